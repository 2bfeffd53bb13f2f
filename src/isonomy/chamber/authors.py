"""Authors: whether the signature under an act is its author's.

Lives here: finding the key that an act is signed with and checking the proof. Not here: whether that key may
still be used, whether the person may act (`engine`), the signature scheme (`record.signature`).

Invariant: an act reaches `decide` as `signed` only when the proof fits the act under the key of the
credential named.
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
from isonomy.record.base64_text import from_base64
from isonomy.record.entry import ATTESTED, CONSOLE, at_console, attested_by
from isonomy.record.signature import act_bytes_challenge, is_signed_challenge

ACCOUNT_LENGTH_MAX = 200


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

    A signed act's proof is checked under the credential named, or under each of the author's. Raises
    `BadInput` for an `auth` not in form, `Unsigned` for a proof that does not fit.
    """
    if not isinstance(auth, Mapping):
        raise BadInput("it is not said how the author is known", "auth", "one of signed, attested, console")
    kind = auth.get("kind")
    if kind == CONSOLE and auth.keys() == {"kind"}:
        return at_console()
    if kind == ATTESTED and auth.keys() == {"kind", "account"}:
        account = auth["account"]
        if not isinstance(account, str) or not 0 < len(account) <= ACCOUNT_LENGTH_MAX:
            raise BadInput(f"an account is a text of 1 to {ACCOUNT_LENGTH_MAX} characters", "auth.account")
        return attested_by(account)
    if kind == SIGNED and auth.keys() | {"credential"} == {"kind", "credential", "proof"}:
        return _signed(state, act, data, auth)
    raise BadInput("it is not said how the author is known", "auth", "one of signed, attested, console")


def _signed(state: State, act: dict[str, Json], data: bytes, auth: Mapping[str, Any]) -> dict[str, Json]:
    proof, named = auth["proof"], auth.get("credential")
    if not isinstance(proof, str):
        raise BadInput("a proof is base64 of 64 bytes", "auth.proof", "sign the act with the key file")
    from_base64(proof, "auth.proof", 64)
    if named is not None and type(named) is not int:
        raise BadInput("a credential is a number", "auth.credential", "leave it out: the keys enrolled are tried")
    challenge = act_bytes_challenge(data)
    candidates = _candidates(state, act, named)
    for number, key in candidates:
        if is_signed_challenge(key, challenge, proof):
            return {"kind": SIGNED, "credential": number, "proof": proof}
    if not candidates:
        # Without a credential the engine bars the act, and says what is missing: the person or the enrolment.
        return {"kind": SIGNED, "credential": None, "proof": proof}
    raise Unsigned(
        Ground(
            FORM,
            "the signature does not fit the act under any key of its author",
            {"by": str(act.get("by"))[:40], "credentials tried": [number for number, _ in candidates]},
            "sign exactly the act that is sent, with the key that is enrolled for its author",
        )
    )


def _candidates(state: State, act: dict[str, Json], named: int | None) -> list[tuple[int, bytes]]:
    """The credentials that may have signed, with their keys; a revoked one is for the engine to refuse."""
    by = act.get("by")
    if not state.founded and act.get("act") == FOUNDING:
        keyed = founding_keys(act)
        return [
            (number, key)
            for number, (person, text) in enumerate(keyed)
            if person == by and named in (None, number) and (key := _key(text)) is not None
        ]
    numbers = reversed(state.keys_of.get(by, ())) if isinstance(by, str) else ()
    return [
        (number, key)
        for number in numbers
        if named in (None, number) and (key := _key(state.credentials[number].key)) is not None
    ]


def _key(text: str) -> bytes | None:
    try:
        return from_base64(text, size=32)
    except BadInput:
        return None
