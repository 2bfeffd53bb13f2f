"""Keys: enrolling and revoking the keys by which members sign their acts.

Lives here: `key.enrol`, `key.revoke`. Not here: verifying signatures (`record.signature`, called by the chamber).

Invariant: an act is no more assured than the weakest enrolment behind its key, so every credential keeps how far the
author of its enrolment was known: no further than by the key that signed it, and as a keeper's word where another enrolled
it. Nobody enrols a second key for another who has one.
"""

from __future__ import annotations

from dataclasses import dataclass

from isonomy.engine.act import judges
from isonomy.engine.effect import At, effect
from isonomy.engine.judgement import FORM, Judgement
from isonomy.engine.shape import Bytes32, Line, Natural, PersonId
from isonomy.engine.state import Credential, State

CONSOLE = "console"


@dataclass(frozen=True, slots=True)
class Enrol:
    """Enrols an Ed25519 key for a member: the member's own further key, or a first key by a keeper of the roll."""

    person: PersonId
    key: Bytes32


@dataclass(frozen=True, slots=True)
class Revoke:
    """Revokes an enrolled key, by its credential number."""

    credential: Natural
    why: Line | None = None


@effect("key.enrolled")
@dataclass(frozen=True, slots=True)
class KeyEnrolled:
    """A person's key; credentials are numbered from 0 in the order they were enrolled."""

    person: str
    key: str

    def apply(self, state: State, at: At) -> None:
        """Enters the credential with the assurance of its enrolment."""
        number = len(state.credentials)
        # A key that another enrolled rests on that other's word, however well the other is known.
        assurance = at.assurance if at.by == self.person else CONSOLE
        state.credentials[number] = Credential(number, at.n, self.person, self.key, assurance)
        state.keys_of.setdefault(self.person, []).append(number)
        state.number_of_key.setdefault(self.key, number)
        state.touched[self.person] = at.n


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
    if enrol.key in state.number_of_key:
        number = state.number_of_key[enrol.key]
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
    judgement.then(KeyEnrolled(enrol.person, enrol.key))


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
