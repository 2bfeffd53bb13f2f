"""Transfers of members between units in the state: who asked, what the units answered, and where a vote is after a move.

Lives here: their shape, and questions that only need looking up. Not here: how they change (`proceedings.transferring`), the
move itself (`proceedings.membership`).

Invariant: an old unit that is silent is taken to have let go, from the day after its last one, without any act. Source:
docs/spec/acts-transfer.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from isonomy.kernel.calendar import parse_date
from isonomy.rulebook.provisions.transfer import transfer_rule

if TYPE_CHECKING:
    from isonomy.engine.state import Person, State
    from isonomy.rulebook.model import Rulebook

ASKED, CONSENTED, REFUSED, MOVED, WITHDRAWN = "asked", "consented", "refused", "moved", "withdrawn"
OPEN = (ASKED, CONSENTED)


@dataclass(slots=True)
class Transfer:
    """A member asks to move from a unit ("" from none); `let_go_by` is the last day of the old one, "" where it has none."""

    id: str
    person: str
    old: str
    new: str
    on: str
    answer_by: str
    let_go_by: str
    clause: str
    edition: str
    standing: str = ASKED
    answered_on: str = ""
    let_go_on: str = ""
    moved_on: str = ""
    why: str = ""

    def is_let_go_on(self, day: str) -> bool:
        """Whether the old unit has let go on a civil date, or is taken to have."""
        return (
            not self.old or not self.let_go_by or bool(self.let_go_on and self.let_go_on <= day) or day > self.let_go_by
        )


@dataclass(slots=True)
class MovedBefore:
    """Shortly before a poll opened, these members moved into one unit."""

    poll: str
    unit: str
    since: str
    persons: tuple[str, ...]


def open_transfer(state: State, person: str) -> Transfer | None:
    """What a member asks for now: neither refused, nor withdrawn, nor done; None where nothing is open."""
    mine = (found for found in state.seating.transfers.values() if found.person == person and found.standing in OPEN)
    return next(mine, None)


def voting_unit(state: State, rulebook: Rulebook, person: Person, day: str) -> str:
    """The unit in whose bodies a member votes on a civil date: the old one until `vote after` has run since the move.

    A unit that was closed, and one out of which the new one came, keeps no vote.
    """
    rule = transfer_rule(rulebook)
    unit = person.unit
    if rule is None or rule.vote_after is None:
        return unit
    for moved_on, before in reversed(state.past_units.get(person.id, ())):
        old = state.units.get(before)
        if (
            old is None
            or old.closed_on
            or unit in old.into
            or day >= rule.vote_after.after(parse_date(moved_on)).isoformat()
        ):
            return unit
        unit = before
    return unit
