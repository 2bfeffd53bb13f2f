"""Lots: the returning officer's secret, made from the signing key, filled in where a line leaves it out.

Lives here: the lot of `election.open`, the opening of `nominations.close`, the secret of `poll.declare`. Not here: what
these are for (docs/spec/elections.md, section 4), the other things that are filled in (`signing`).

Invariant: nothing is stored; whoever has the key finds the secret again, and nobody else can. What a line says stays.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from isonomy.adapters.key_files import MemberKey
from isonomy.engine.election import Election
from isonomy.engine.lots import lot_of_secret, opening_of
from isonomy.engine.state import State

OPEN_ACT, CLOSE_ACT, DECLARE_ACT = "election.open", "nominations.close", "poll.declare"


def fill_lot(act: dict[str, Any], state: State, keys: Mapping[str, MemberKey]) -> None:
    """Fills in the lot, its opening or its secret, where the key of who published it is at hand."""
    name = act.get("act")
    if name == OPEN_ACT and "lot" not in act:
        key = keys.get(str(act.get("by")))
        if key is not None:
            act["lot"] = lot_of_secret(key.lot_secret(str(act["id"])))
    elif name == CLOSE_ACT and "opening" not in act:
        election = state.elections.get(str(act.get("election")))
        secret = _secret(election, keys)
        if election is not None and secret and not election.opening:
            act["opening"] = opening_of(secret)
    elif name == DECLARE_ACT and "secret" not in act:
        poll = state.polls.get(str(act.get("poll")))
        secret = _secret(state.elections.get(poll.election) if poll is not None else None, keys)
        if secret:
            act["secret"] = secret


def _secret(election: Election | None, keys: Mapping[str, MemberKey]) -> str:
    """The secret of an election's lot; "" where it did not come from a key that is at hand."""
    key = keys.get(election.opened_by) if election is not None else None
    if election is None or key is None:
        return ""
    secret = key.lot_secret(election.opened_with)
    return secret if lot_of_secret(secret) == election.lot else ""
