"""Keys: enrolling and revoking the keys by which members sign their acts.

Lives here: `key.enrol`, `key.revoke`. Not here: verifying signatures, and whether a key is one at all (`record.passkey`,
called by the chamber).

Invariant: an act is no more assured than the weakest enrolment behind its key, so every credential keeps how far the
author of its enrolment was known: no further than by the key that signed it, and as a keeper's word where another enrolled
it. Nobody enrols a second key for another who has one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from isonomy.engine.act import judges
from isonomy.engine.effect import At, effect
from isonomy.engine.judgement import FORM, Judgement
from isonomy.engine.shape import Base64, Bytes32, Line, Natural, PersonId
from isonomy.engine.state import Credential, State

CONSOLE = "console"
ALGORITHMS = {"ES256": 65, "EdDSA": 32}
"""The algorithms of passkeys that are taken, and the bytes of their public keys (docs/spec/record.md)."""
RP_LENGTH_MAX = 253

# A host name as browsers bind passkeys to it: never an address in figures, whose last part has no letter.
_RP = re.compile(r"localhost|([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?")


@dataclass(frozen=True, slots=True)
class Passkey:
    """A passkey's public half: its algorithm, its key, and the host name of the page on which it was made (`rp`)."""

    algorithm: Line
    key: Base64
    rp: Line


@dataclass(frozen=True, slots=True)
class Enrol:
    """Enrols a key for a member: the member's own further key, or a first key by a keeper of the roll.

    It is either the Ed25519 `key` of a key file or a `passkey`.
    """

    person: PersonId
    key: Bytes32 | None = None
    passkey: Passkey | None = None


@dataclass(frozen=True, slots=True)
class Revoke:
    """Revokes an enrolled key, by its credential number."""

    credential: Natural
    why: Line | None = None


@effect("key.enrolled")
@dataclass(frozen=True, slots=True)
class KeyEnrolled:
    """A person's key; credentials are numbered from 0 in the order they were enrolled.

    `algorithm` and `rp` stand where it is a passkey.
    """

    person: str
    key: str
    algorithm: str = ""
    rp: str = ""

    def apply(self, state: State, at: At) -> None:
        """Enters the credential with the assurance of its enrolment."""
        number = len(state.credentials)
        # A key that another enrolled rests on that other's word, however well the other is known.
        assurance = at.assurance if at.by == self.person else CONSOLE
        person, by = state.one_text(self.person), state.one_text(at.by)
        state.credentials[number] = Credential(
            number, at.n, person, self.key, assurance, None, by, state.shared(self.algorithm), state.shared(self.rp)
        )
        state.keys_of[person] = (*state.keys_of.get(person, ()), number)
        state.number_of_key.setdefault(self.key, number)
        state.touched[person] = at.n


@effect("key.revoked")
@dataclass(frozen=True, slots=True)
class KeyRevoked:
    """A credential is good no longer."""

    credential: int

    def apply(self, state: State, at: At) -> None:
        """Marks the credential with the entry that revoked it."""
        state.credentials[self.credential].revoked = at.n


def _keepers(judgement: Judgement, person: str) -> tuple[str, ...]:
    """Who keeps the roll or record on which a person stands."""
    known = judgement.state.persons.get(person)
    unit = known.unit if known else ""
    return judgement.keepers("roll", unit) + judgement.keepers("record", unit)


@judges("key.enrol", Enrol, reportable=False)
def judge_enrol(judgement: Judgement, enrol: Enrol) -> None:
    """Judges an enrolment: by the member, or the first one by a keeper of the roll."""
    state = judgement.state
    person = state.persons.get(enrol.person)
    if person is None and enrol.person not in state.recorders:
        raise judgement.bar(f"{enrol.person} is not known here", {}, "admit the person first")
    if person is not None and not person.is_member_on(judgement.on) and enrol.person not in state.recorders:
        raise judgement.bar(f"{enrol.person} is not a member", {}, "enrol keys for members")
    made = _enrolled(judgement, enrol)
    if made.key in state.number_of_key:
        number = state.number_of_key[made.key]
        raise judgement.bar("this key is enrolled already", {"credential": number}, "make a new key")
    if enrol.person != judgement.author:
        held = [number for number in state.keys_of.get(enrol.person, ()) if state.credentials[number].revoked is None]
        if held:
            judgement.refuse(
                FORM, "a member who has a key enrols the next one", {"person": enrol.person, "credential": held[0]},
                f"{enrol.person} signs the enrolment with the key already enrolled",
            )  # fmt: skip
        clause = judgement.rulebook.record.place.clause if judgement.rulebook.record else FORM
        judgement.may_act(
            _keepers(judgement, enrol.person),
            clause,
            "a first key is enrolled by a keeper of the roll",
        )
    judgement.then(made)


def _enrolled(judgement: Judgement, enrol: Enrol) -> KeyEnrolled:
    """What the enrolment of this key brings about; bars an act without a key, with two, or with one not in form."""
    key, passkey = enrol.key, enrol.passkey
    if (key is None) == (passkey is None):
        given = "none" if key is None else "two"
        raise judgement.bar("one key is enrolled at a time", {"given": given}, "give 'key' or 'passkey'")
    if passkey is None:
        return KeyEnrolled(enrol.person, str(key))
    size = ALGORITHMS.get(passkey.algorithm)
    if size is None:
        raise judgement.bar(
            f"passkeys of the algorithm {passkey.algorithm[:20]} are not taken", {"taken": sorted(ALGORITHMS)},
            "make the passkey with a phone, a security key or the browser itself; those give ES256",
        )  # fmt: skip
    found = len(passkey.key) * 3 // 4 - passkey.key.count("=")
    if found != size:
        raise judgement.bar(
            "the public key has another size", {"algorithm": passkey.algorithm, "bytes": found},
            f"{size} bytes belong there, in base64",
        )  # fmt: skip
    if len(passkey.rp) > RP_LENGTH_MAX or _RP.fullmatch(passkey.rp) is None:
        raise judgement.bar(
            "a passkey is bound to a host name", {"rp": passkey.rp[:60]},
            "name the host of the page in lower case, without https:// and port",
        )  # fmt: skip
    return KeyEnrolled(enrol.person, passkey.key, passkey.algorithm, passkey.rp)


@judges("key.revoke", Revoke, reportable=False)
def judge_revoke(judgement: Judgement, revoke: Revoke) -> None:
    """Judges a revocation: by the member whose key it is, or by a keeper of the roll (a lost key, a death)."""
    credential = judgement.state.credentials.get(revoke.credential)
    if credential is None or credential.revoked is not None:
        raise judgement.bar(
            "there is no such key in use",
            {"credential": revoke.credential},
            "name the number of a key that is enrolled",
        )
    if credential.person != judgement.author:
        clause = judgement.rulebook.record.place.clause if judgement.rulebook.record else FORM
        judgement.may_act(
            _keepers(judgement, credential.person),
            clause,
            "another's key is revoked by a keeper of the roll",
        )
    judgement.then(KeyRevoked(revoke.credential))
