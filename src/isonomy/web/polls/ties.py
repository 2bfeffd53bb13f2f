"""Ties that a count leaves open: among whom, for how many places, and who or what may settle them.

Lives here: finding them before a result is declared. Not here: the count (`engine.recount`), whether a draw may stand
(`engine.proceedings.draws`).

Invariant: no lot is drawn here; where a lot was published, only its secret settles a tie.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from isonomy.chamber.casting import paper_of
from isonomy.chamber.ports import BoxStore
from isonomy.engine.proceedings.draws import CASTING_VOTE, LOT, is_allowed
from isonomy.engine.proceedings.outcome import procedure_for
from isonomy.engine.recount import is_question, recount
from isonomy.engine.state import Poll, State


@dataclass(frozen=True)
class OpenTie:
    """A tie of a count: its number, the options it stands among in words, for how many places, settled `by` what."""

    number: int
    among: tuple[int, ...]
    values: tuple[str, ...]
    names: tuple[str, ...]
    places: int
    by: str
    is_question: bool = False


def open_ties(state: State, boxes: BoxStore, poll: Poll, names: Sequence[str], told: dict[str, Any]) -> list[OpenTie]:
    """The ties that nothing has settled yet and that the clause lets a draw or a casting vote settle."""
    ballots = [paper_of(paper) for paper in poll.named.values()] if poll.named else boxes.ballots(poll.id)
    counted = recount(state, poll, ballots, told)
    procedure, _clause = procedure_for(state, poll, poll.editions[0], poll.matter)
    by = LOT if is_allowed(poll, procedure, LOT) else CASTING_VOTE
    if not is_allowed(poll, procedure, by):
        return []
    if is_question(poll):
        answers = counted.tallies
        if by != CASTING_VOTE or answers.get("for") != answers.get("against"):
            return []
        return [OpenTie(1, (), ("for", "against"), (str(_("For")), str(_("Against"))), 1, by, True)]
    if poll.lot and by == LOT:
        return []
    return [
        OpenTie(
            tie.number, tuple(tie.among), tuple(str(number) for number in tie.among),
            tuple(names[number - 1] for number in tie.among), len(tie.chosen), by,
        )
        for tie in counted.result.ties if tie.provisional
    ]  # fmt: skip


def has_tie(state: State, boxes: BoxStore, poll: Poll) -> bool:
    """Whether the count of a poll meets a tie that a lot has to settle."""
    ballots = [paper_of(paper) for paper in poll.named.values()] if poll.named else boxes.ballots(poll.id)
    return any(tie.provisional for tie in recount(state, poll, ballots).result.ties)
