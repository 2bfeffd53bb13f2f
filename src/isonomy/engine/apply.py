"""The fold: entries, one after the other, change the state.

Lives here: applying one entry's stored effects. Not here: the effects themselves (`proceedings`) and judging (`decide`).

Invariant: replaying the record from nothing gives the live state. The fold reads the stored effects and never judges, so a
later version of the judges cannot change what was decided.
"""

from __future__ import annotations

from typing import Any

from isonomy.engine.effect import At, read_effect
from isonomy.engine.state import State
from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.canonical import digest

SIGNED = "signed"


def assurance_of(state: State, auth: dict[str, Any]) -> str:
    """How far the author is known: no further than by the enrolment of the key that was used."""
    credential = state.credentials.get(auth.get("credential", -1)) if auth["kind"] == SIGNED else None
    return credential.assurance if credential is not None else state.shared(str(auth["kind"]))


def apply(state: State, entry: dict[str, Any]) -> None:
    """Folds one entry (its JSON, as in record.md) into the state, in place; entries come in order without gaps.

    Raises `BadInput` when the entry is not the next one or an effect is not known.
    """
    n = entry["n"]
    if n != state.n:
        raise BadInput(
            f"entry {n} stands where entry {state.n} is expected", f"entry {n}", "the record has a gap or a double"
        )
    act = entry["act"]
    at = At(n, entry["at"], entry["local"], assurance_of(state, entry["auth"]), act)
    for place, raw in enumerate(entry["effects"]):
        read_effect(raw, f"entry {n}: effects[{place}]").apply(state, at)
    state.n = n + 1
    state.at, state.local = entry["at"], entry["local"]
    state.acts.append(act["id"])
    state.act_digests.append(bytes.fromhex(digest(act)))
    author = f"{act.get('by', '')} {act.get('as', '')}".strip()
    state.authors.append(state.author_names.setdefault(author, author))
