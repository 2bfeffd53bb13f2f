"""Constraining: the constraints of a clause on those elected, from the rulebook to the poll, the count and its result.

Lives here: groups by attested codes, the test whether candidates can meet the numbers at all, and the winners that totals
give under constraints. Not here: the exact test and what a count does with it (`counting.limits`).

Invariant: who is of which group is frozen when the poll opens; an election whose constraints nobody could meet is not
put, and none is declared with winners that do not meet them. Source: docs/spec/elections.md, section 5.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from isonomy.counting.constraint import Constraint as CountConstraint
from isonomy.counting.limits import Limits, largest_allowed, limits_of
from isonomy.counting.tally import largest
from isonomy.counting.tie import Draw, Lots
from isonomy.engine.election import Election
from isonomy.engine.group_numbers import GroupNumbers, as_counted
from isonomy.engine.judgement import Judgement
from isonomy.engine.proceedings.question import OpenPoll
from isonomy.engine.state import Poll, State
from isonomy.engine.vacant import mandates_filled_by
from isonomy.kernel.bad_input import BadInput
from isonomy.rulebook.election_rule import Constraint
from isonomy.rulebook.model import Procedure


def groups_of(
    state: State,
    persons: Sequence[str | None],
    constraints: Sequence[Constraint],
    election: Election | None = None,
) -> tuple[GroupNumbers, ...]:
    """The groups that constraints speak of, with the places (from 1) of those who bear the code; None stands for words.

    With those who stay in the body, what they already make up is taken off the numbers; more than the seats of the
    election is never asked for then.
    """
    numbers: dict[tuple[str, str, bool], list[int | None]] = {}
    for one in constraints:
        key = (one.kind, one.code, one.with_stayers)
        numbers.setdefault(key, [None, None])[0 if one.is_least else 1] = one.number
    found = []
    for (kind, code, with_stayers), (least, most) in numbers.items():
        told = f"{kind} {code}"
        if with_stayers and election is not None:
            held = sum(_code(state, person, kind) == code for person in staying(state, election))
            told = f"{told} beside {held} who stay{'s' if held == 1 else ''}"
            least = None if least is None else min(election.seats, max(0, least - held))
            most = None if most is None else max(0, most - held)
        members = tuple(
            place for place, person in enumerate(persons, start=1) if person and _code(state, person, kind) == code
        )
        found.append(GroupNumbers(told, members, least or 0, most))
    return tuple(found)


def staying(state: State, election: Election) -> list[str]:
    """Who keeps a seat, filled by the same body, on the day on which those of an election fall vacant."""
    block = state.rulebook(election.edition).seat(election.seat)
    if block is None:
        return []
    mandates = mandates_filled_by(state, block, election.seat, election.body)
    return [mandate.person for mandate in mandates if mandate.is_valid_on(election.vacant_on)]


def _code(state: State, person: str, kind: str) -> str:
    known = state.persons.get(person)
    return str(known.codes.get(kind, "")) if known is not None else ""


def why_infeasible(groups: Sequence[GroupNumbers], standing: Sequence[int], seats: int) -> str:
    """Why nobody could meet the numbers with these candidates; "" where somebody can."""
    try:
        limits_of(as_counted(groups), tuple(standing), seats)
    except BadInput as fault:
        return fault.what
    return ""


def frozen_groups(judgement: Judgement, put: OpenPoll, procedure: Procedure | None) -> tuple[GroupNumbers, ...]:
    """The groups of a poll as it opens; the question is refused where its candidates cannot meet the numbers."""
    rule = procedure.election if procedure is not None else None
    if procedure is None or rule is None or not rule.constraints:
        return ()
    persons, seats = [option.person for option in put.options], int(put.seats)
    election = judgement.state.elections.get(put.election or "")
    groups = groups_of(judgement.state, persons, rule.constraints, election)
    why = "" if judgement.reported else why_infeasible(groups, range(1, len(persons) + 1), seats)
    if why:
        judgement.refuse(
            procedure.place.clause_of("constraint"), f"those who stand can meet the constraints: {why}",
            {"options": len(persons), "seats": seats}, "let more candidates stand, or amend the clause",
        )  # fmt: skip
    return groups


def standing_of(poll: Poll) -> tuple[int, ...]:
    """The numbers of the options that take part in the count."""
    return tuple(number for number in range(1, len(poll.options) + 1) if number not in poll.withdrawn)


def is_infeasible(poll: Poll) -> str:
    """Why those who still stand cannot meet the constraints of a poll; "" where they can."""
    return why_infeasible(poll.constraints, standing_of(poll), poll.seats) if poll.constraints else ""


def largest_within(poll: Poll, totals: Mapping[int, int], draws: tuple[Draw, ...]) -> tuple[int, ...] | None:
    """Who takes the seats by the largest totals and the constraints; None while a tie is open."""
    limits: Limits | None = limits_of(as_counted(poll.constraints), standing_of(poll), poll.seats)
    lots = Lots(recorded=draws)
    try:
        if limits is None:
            return largest(totals, poll.seats, lots, place="")
        return largest_allowed(totals, lots, limits, place="")[0]
    except BadInput:
        return None


def unmet_by(poll: Poll, winners: Sequence[int]) -> CountConstraint | None:
    """The first constraint of a poll that these winners do not meet."""
    return next((one for one in as_counted(poll.constraints) if not one.is_met(winners)), None)
