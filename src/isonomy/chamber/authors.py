"""Authors: whether the proof under an act is its author's.

Lives here: finding the key or passkey that an act is signed with and checking the proof. Not here: whether that key may
still be used, whether the person may act (`engine`), the signature schemes (`record.signature`, `record.passkey`), which
account had signed in (the pages keep that, outside the record).

Invariant: an act reaches `decide` as `signed` only when the proof fits the act under the key of the
credential named. Of a login nothing but the word `attested` goes on.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from isonomy.engine.decide import FOUNDING, SIGNED
from isonomy.engine.judgement import FORM
from isonomy.engine.refusal import Ground
from isonomy.engine.state import State
from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.canonical import Json
from isonomy.record.assertion import Assertion
from isonomy.record.base64_text import from_base64
from isonomy.record.entry import ATTESTED, CONSOLE, at_console, attested
from isonomy.record.passkey import AuthorKey, Passkey, misfit, read_author_key, rp_hash
from isonomy.record.signature import act_bytes_challenge


class Unsigned(Exception):
    """The proof does not fit; carries the ground of the refusal. Never leaves the chamber."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        super().__init__(ground.says)


def founding_keys(act: Mapping[str, Json]) -> list[tuple[str, str]]:
    """The persons and keys that a founding enrols, in order of their credential numbers; [] where malformed."""
    founders = act.get("founders")
    if not isinstance(founders, list):
        return []
    return [
        (founder["person"], founder["key"])
        for founder in founders
        if isinstance(founder, dict) and isinstance(founder.get("person"), str) and isinstance(founder.get("key"), str)
    ]


def known_author(state: State, act: dict[str, Json], data: bytes, auth: Any) -> dict[str, Json]:
    """How the author of an act is known, as it stands in the entry; `data` are the act's canonical bytes.

    A signed act's proof is checked under the credential named, or under each of the author's of its kind. Raises
    `BadInput` for an `auth` not in form, `Unsigned` for a proof that does not fit.
    """
    if not isinstance(auth, Mapping):
        raise BadInput("it is not said how the author is known", "auth", "one of signed, attested, console")
    kind = auth.get("kind")
    if kind == CONSOLE and auth.keys() == {"kind"}:
        return at_console()
    if kind == ATTESTED and auth.keys() == {"kind"}:
        return attested()
    if kind == ATTESTED and "account" in auth:
        raise BadInput("which account had signed in does not enter the record", "auth.account", "leave it out")
    if kind == SIGNED and auth.keys() | {"credential"} == {"kind", "credential", "proof"}:
        return _signed(state, act, data, auth)
    raise BadInput("it is not said how the author is known", "auth", "one of signed, attested, console")


def _signed(state: State, act: dict[str, Json], data: bytes, auth: Mapping[str, Any]) -> dict[str, Json]:
    proof, named = auth["proof"], auth.get("credential")
    if isinstance(proof, dict):
        Assertion.from_json(proof, "auth.proof")
    elif isinstance(proof, str):
        from_base64(proof, "auth.proof", 64)
    else:
        cure = "sign the act with the key file or the passkey"
        raise BadInput("a proof is base64 of 64 bytes, or an assertion of a passkey", "auth.proof", cure)
    if named is not None and type(named) is not int:
        raise BadInput("a credential is a number", "auth.credential", "leave it out: the keys enrolled are tried")
    candidates = _candidates(state, act, named)
    if not candidates:
        # Without a credential the engine bars the act, and says what is missing: the person or the enrolment.
        return {"kind": SIGNED, "credential": None, "proof": proof}
    challenge, faults = act_bytes_challenge(data), []
    for number, key in _likely(candidates, proof):
        fault = misfit(key, challenge, proof)
        if fault is None:
            return {"kind": SIGNED, "credential": number, "proof": proof}
        faults.append((number, fault))
    first = faults[0][1]
    facts = {**first.facts, "by": str(act.get("by"))[:40], "credentials tried": [number for number, _ in faults]}
    raise Unsigned(Ground(FORM, first.says, facts, first.cure))


def _likely(candidates: list[tuple[int, AuthorKey]], proof: Json) -> list[tuple[int, AuthorKey]]:
    """The candidates of the proof's own kind and site, or all of them where there are none."""
    if isinstance(proof, str):
        return [found for found in candidates if not isinstance(found[1], Passkey)] or candidates
    site = Assertion.from_json(proof).authenticator_data[:32]
    passkeys = [(number, key) for number, key in candidates if isinstance(key, Passkey)]
    return [found for found in passkeys if rp_hash(found[1].rp) == site] or list(passkeys) or candidates


def _candidates(state: State, act: dict[str, Json], named: int | None) -> list[tuple[int, AuthorKey]]:
    """The credentials that may have signed, with their keys; a revoked one is for the engine to refuse."""
    by = act.get("by")
    if not state.founded and act.get("act") == FOUNDING:
        keyed = founding_keys(act)
        return [
            (number, key)
            for number, (person, text) in enumerate(keyed)
            if person == by and named in (None, number) and (key := _key(text)) is not None
        ]
    found = [
        (number, state.credentials[number])
        for number in reversed(state.keys_of.get(by, ()) if isinstance(by, str) else ())
        if named in (None, number)
    ]
    return [
        (number, key)
        for number, enrolled in found
        if (key := _key(enrolled.key, enrolled.algorithm, enrolled.rp)) is not None
    ]


def _key(text: str, algorithm: str = "", rp: str = "") -> AuthorKey | None:
    try:
        return read_author_key(text, algorithm, rp)
    except BadInput:
        return None
