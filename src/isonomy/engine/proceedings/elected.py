"""Elected: who takes the seats, as far as the tallies alone tell; whom the option to re-open nominations keeps out.

Lives here: the derivation of winners from totals and answers, and the tests that every rule's winners must pass. Not here:
rules that test options against a default (`outcome`), counting itself (`counting`; the chamber repeats it).

Invariant: whoever is elected is on the paper, did not withdraw, and is not one too many; where the tallies alone decide, no
word of the declarer counts. Source: docs/spec/elections.md, section 5.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from isonomy.counting.quota import droop_plus_unit, droop_whole
from isonomy.counting.tie import Draw
from isonomy.engine.conditions import is_carried
from isonomy.engine.facts import Group, NamedFacts, roll_span
from isonomy.engine.judgement import Judgement
from isonomy.engine.proceedings.constraining import is_infeasible, largest_within, standing_of, unmet_by
from isonomy.engine.proceedings.outcome import (
    BY_MATRIX,
    BY_ORDER,
    BY_STAGES,
    BY_TOTALS,
    FILLS_ALL,
    YES_NO,
    Outcome,
    majority_of,
    procedure_for,
)
from isonomy.engine.proceedings.tallies import Counted
from isonomy.engine.state import Option, Poll
from isonomy.kernel.quantity import Answer, Span

WIGM_UNIT = 10**4
"""The rule `wigm` counts in ten-thousandths of a vote."""


def choose(
    judgement: Judgement, poll: Poll, counted: Counted, winners: tuple[int, ...], draws: tuple[Draw, ...], edition: str,
    outcome: Outcome,
) -> None:  # fmt: skip
    """Who wins a choice between options: derived where the tallies decide, else as counted, with the tests it must pass."""
    outcome.winners = winners
    if poll.constraints:
        _choose_within(judgement, poll, counted, draws, edition, outcome)
        return
    standing = [number for number in range(1, len(poll.options) + 1) if number not in poll.withdrawn]
    if poll.counting in BY_TOTALS:
        totals = {number: counted.totals.get(number, 0) for number in standing}
        _take_seats(totals, poll.seats, draws, outcome)
    elif poll.counting == YES_NO:
        _take_seats(_carried(judgement, poll, counted, standing, edition, outcome), poll.seats, draws, outcome)
    elif poll.counting in BY_STAGES:
        _check_stages(judgement, poll, counted, winners)
    elif poll.counting in BY_ORDER:
        _check_order(judgement, poll, counted, winners, standing)


def _choose_within(
    judgement: Judgement, poll: Poll, counted: Counted, draws: tuple[Draw, ...], edition: str, outcome: Outcome
) -> None:
    """Who wins under constraints: nobody where those who still stand cannot meet them; by totals where these tell."""
    procedure, clause = procedure_for(judgement.state, poll, edition, poll.matter)
    clause = procedure.place.clause_of("constraint") if procedure else clause
    judgement.cite(clause)
    if judgement.reported:
        return
    why = is_infeasible(poll)
    test = {"test": "constraints", "clause": clause, "result": (Answer.NO if why else Answer.YES).value}
    outcome.tests.append(test | ({"why": why} if why else {}))
    if why:
        outcome.winners, outcome.decided = (), False
    elif poll.counting in BY_TOTALS:
        totals = {number: counted.totals.get(number, 0) for number in standing_of(poll)}
        found = largest_within(poll, totals, draws)
        outcome.winners, outcome.decided = found or (), found is not None


def _take_seats(figures: Mapping[int, int], seats: int, draws: tuple[Draw, ...], outcome: Outcome) -> None:
    """The largest figures take the seats; a tie at the last one is open unless a draw resolves it."""
    order = sorted(figures, key=lambda number: (-figures[number], number))
    if len(order) <= seats:
        outcome.winners = tuple(order)
        return
    cut = figures[order[seats - 1]]
    above = [number for number in order if figures[number] > cut]
    equal = [number for number in order if figures[number] == cut]
    if len(above) + len(equal) > seats:
        chosen = next((list(draw.chosen) for draw in draws if sorted(draw.among) == sorted(equal)), [])
        outcome.decided = len(above) + len(chosen) == seats
        equal = chosen
    outcome.winners = (*above, *equal)


def _carried(
    judgement: Judgement, poll: Poll, counted: Counted, standing: list[int], edition: str, outcome: Outcome
) -> dict[int, int]:
    """The options that are carried by the majority of the clause, each with its votes for."""
    majority, clause = majority_of(judgement.state, poll, edition, poll.matter)
    found: dict[int, int] = {}
    for number in standing:
        given = counted.options[number]
        spans = {kind: Span.exactly(count) for kind, count in given.items()}
        spans |= {"cast": Span.exactly(given["for"] + given["against"]), "present": Span.exactly(counted.ballots)}
        spans |= {"entitled": roll_span(poll), "seats": judgement.facts.count(Group("seats", poll.body))}
        tested = is_carried(NamedFacts(judgement.state, judgement.on, poll.id, spans, edition), majority, poll.id)
        outcome.tests.append(
            {"test": "majority", "option": number, "clause": clause, "result": tested.answer.value, **tested.facts}
        )
        if tested.answer is Answer.YES:
            found[number] = given["for"]
    judgement.cite(clause)
    return found


def _check_stages(judgement: Judgement, poll: Poll, counted: Counted, winners: tuple[int, ...]) -> None:
    """The quota where the rule fixes it, and whoever reached it with first preferences."""
    fixed: dict[str, Fraction] = {
        "scottish-stv-2007": Fraction(droop_whole(counted.valid, poll.seats)),
        "wigm": Fraction(droop_plus_unit(counted.valid * WIGM_UNIT, poll.seats), WIGM_UNIT),
    }
    quota = fixed.get(poll.counting)
    if quota is not None and counted.quota != quota:
        raise judgement.bar(
            "the quota follows from the valid papers and the seats",
            {"valid": counted.valid, "seats": poll.seats, "declared": str(counted.quota)}, "declare what the count gives",
        )  # fmt: skip
    if poll.counting == "irv":
        quota = Fraction(counted.valid, 2) + Fraction(1, 2) if counted.valid else None
    passed = [number for number, total in counted.first.items() if quota is not None and total >= quota]
    missing = [number for number in passed if number not in winners]
    if missing:
        raise judgement.bar(
            "whoever reaches the quota with first preferences is elected",
            {"missing": missing},
            "declare what the count gives",
        )


def _check_order(
    judgement: Judgement, poll: Poll, counted: Counted, winners: tuple[int, ...], standing: list[int]
) -> None:
    """An option that beats every other one in pairs comes first."""
    matrix = counted.matrix
    for one in standing:
        beats_all = all(matrix[one - 1][other - 1] > matrix[other - 1][one - 1] for other in standing if other != one)
        if beats_all and winners[:1] != (one,):
            raise judgement.bar(
                "an option that beats every other one comes first", {"option": one, "declared": list(winners)},
                "declare what the count gives",
            )  # fmt: skip


def check_winners(judgement: Judgement, poll: Poll, counted: tuple[int, ...], outcome: Outcome) -> None:
    """Bars winners that are not those of rulebook and tallies, not on the paper, withdrawn, too many or too few."""
    on_paper = all(1 <= number <= len(poll.options) for number in counted)
    if poll.constraints and on_paper and not judgement.reported:
        _check_constraints(judgement, poll, counted, outcome)
    derived = poll.counting in (*BY_MATRIX, *BY_TOTALS) or (poll.counting == YES_NO and len(poll.options) > 1)
    if (
        derived
        and not (poll.constraints and judgement.reported)
        and outcome.decided
        and sorted(counted) != sorted(outcome.winners)
    ):
        raise judgement.bar(
            "the winners declared are not those that rulebook and tallies give",
            {"declared": list(counted), "derived": list(outcome.winners)}, "declare what the count gives",
        )  # fmt: skip
    if any(not 1 <= number <= max(1, len(poll.options)) for number in counted) or len(set(counted)) != len(counted):
        raise judgement.bar(
            "a winner is one of the options, named once", {"winners": list(counted)}, "give their numbers on the paper"
        )
    gone = sorted(set(counted) & set(poll.withdrawn))
    if gone:
        raise judgement.bar("nobody is elected who withdrew", {"withdrawn": gone}, "count without them")
    if judgement.reported:
        return
    if (poll.counting != YES_NO or len(poll.options) > 1) and outcome.decided and len(counted) > poll.seats:
        raise judgement.bar(
            "no more win than are to be elected",
            {"winners": len(counted), "seats": poll.seats},
            "declare what the count gives",
        )
    most = min(poll.seats, len(poll.options) - len(poll.withdrawn))
    if poll.counting in FILLS_ALL and outcome.decided and len(counted) < most:
        raise judgement.bar(
            "every seat is filled by this rule",
            {"winners": len(counted), "to be filled": most},
            "declare what the count gives",
        )


def _check_constraints(judgement: Judgement, poll: Poll, counted: tuple[int, ...], outcome: Outcome) -> None:
    """Bars winners that do not meet the constraints, or any where nobody who still stands can."""
    procedure, clause = procedure_for(judgement.state, poll, poll.editions[0], poll.matter)
    clause = procedure.place.clause_of("constraint") if procedure else clause
    why = is_infeasible(poll)
    if why and counted:
        raise judgement.bar(
            f"nobody is elected where the constraints cannot be met: {why}", {"winners": list(counted)},
            "declare no winners, and hold another election", clause,
        )  # fmt: skip
    found = unmet_by(poll, counted) if not why and outcome.decided else None
    if found is not None:
        persons = [poll.options[number - 1].person or poll.options[number - 1].name for number in counted]
        raise judgement.bar(
            f"of those elected, {found}",
            {"elected": persons},
            "declare what the count gives with the constraint",
            clause,
        )


def elected(poll: Poll, winners: tuple[int, ...]) -> list[Option]:
    """The options that win, in order: none that comes after the option to re-open nominations, and no default option."""
    found: list[Option] = []
    for number in winners:
        option = poll.options[number - 1]
        if option.reopen:
            break
        if not option.default:
            found.append(option)
    return found
