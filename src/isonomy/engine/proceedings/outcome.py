"""The outcome of a poll, derived from rulebook, roll and tallies: quorum, majorities, what is dropped, who or what wins.

Lives here: the parameters that a count takes from the rulebook, and the judging of tallies. Not here: counting ballots
(`counting`), the act that declares (`declaring`).

Invariant: the outcome is a function of edition, roll and tallies; nothing in it is taken on the declarer's word that the
tallies tell. Where the size of the roll is not known, the quorum is reached, missed or cannot be told, never guessed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from isonomy.counting.debian_2003 import decide_by_matrix
from isonomy.counting.pairwise import matrix_from_rows
from isonomy.counting.parameters import Parameters
from isonomy.counting.parameters import Quorum as CountQuorum
from isonomy.counting.tie import Draw, Lots
from isonomy.engine.competence import ADJOURNMENT, REMOVAL, URGENCY, competence_in, is_own_business
from isonomy.engine.facts import roll_span
from isonomy.engine.group_numbers import as_counted
from isonomy.engine.state import Poll, State
from isonomy.kernel.quantity import Answer, Count, Ratio, Root, Share, Span
from isonomy.rulebook.election_rule import TOP_SCORE
from isonomy.rulebook.model import Body, Majority, Procedure, Quorum, Rulebook

YES_NO = "yes-no"
BY_MATRIX = {"debian-2003": True, "debian-2015": False}
"""Rules whose outcome the matrix alone decides, and whether a ratio must be exceeded."""
AGAINST_DEFAULT = (*BY_MATRIX, "debian-1998")
"""Rules that test each option against the default option."""
BY_TOTALS = ("plurality", "approval", "bloc", "score")
"""Rules that fill the seats by the largest totals."""
BY_STAGES = ("scottish-stv-2007", "wigm", "meek-prf", "ers97", "irv")
BY_ORDER = ("schulze-wv", "ranked-pairs-wv")
FILLS_ALL = (*BY_TOTALS, *BY_STAGES, *BY_ORDER, "star", "seq-pav", "pav")
"""Rules that leave no seat empty while somebody stands."""
MORE_THAN_HALF = Majority(Share(Fraction(1, 2)))


@dataclass(slots=True)
class Outcome:
    """What a poll decided: winners by option number, or carried; the tests behind it, with clause and facts."""

    winners: tuple[int, ...] = ()
    decided: bool = True
    quorum: Answer | None = None
    dropped: list[dict[str, Any]] = field(default_factory=list)
    tests: list[dict[str, Any]] = field(default_factory=list)
    says: list[str] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """The outcome as it stands in the effect."""
        return {
            "winners": list(self.winners),
            "decided": self.decided,
            "quorum": self.quorum.value if self.quorum else "none asked",
            "dropped": self.dropped,
            "tests": self.tests,
        }


def procedure_for(state: State, poll: Poll, edition: str, matter: str) -> tuple[Procedure | None, str]:
    """The procedure of a matter in the poll's body, and the clause that gives it."""
    competence = competence_in(state.rulebook(edition), poll.body, matter)
    return (competence.procedure, competence.place.clause) if competence is not None else (None, "")


def quorum_of(state: State, poll: Poll, edition: str) -> tuple[Quorum | None, str]:
    """The quorum of a poll and its clause: the procedure's, else the body's own where it decides by poll."""
    procedure, clause = procedure_for(state, poll, edition, poll.matter)
    if procedure is not None and procedure.quorum is not None and not poll.amendment:
        return procedure.quorum, clause
    body = state.rulebook(edition).bodies.get(poll.body.partition("@")[0])
    by_poll = procedure is not None and procedure.taken == "poll"
    if body is not None and body.quorum is not None and by_poll:
        return body.quorum, body.place.clause
    return None, clause


def majority_of(state: State, poll: Poll, edition: str, matter: str) -> tuple[Majority, str]:
    """The majority that a matter needs in the poll's body, and its clause."""
    procedure, clause = procedure_for(state, poll, edition, matter)
    body = state.rulebook(edition).bodies.get(poll.body.partition("@")[0])
    if poll.amendment or is_own_business(state.rulebook(edition), matter):
        return _majority_of_business(body, poll, matter), clause
    seat = state.rulebook(edition).seat(matter[len(REMOVAL) :]) if matter.startswith(REMOVAL) else None
    if seat is not None and seat.removable is not None and seat.removable.majority is not None:
        return seat.removable.majority, seat.place.clause_of("removable by")
    if (
        procedure is not None
        and procedure.protected_majority is not None
        and _touches_protected(state, poll, procedure, edition)
    ):
        return procedure.protected_majority, clause
    if procedure is not None and procedure.majority is not None:
        return procedure.majority, clause
    if body is not None and body.majority is not None:
        return body.majority, clause or body.place.clause
    return MORE_THAN_HALF, clause or (body.place.clause if body else "")


def _majority_of_business(body: Body | None, poll: Poll, matter: str) -> Majority:
    """What carries an amendment, or a meeting's own business: the body's ordinary majority, or that of its own key."""
    ordinary = (body.majority if body is not None else None) or MORE_THAN_HALF
    if body is None or poll.amendment:
        return ordinary
    return {URGENCY: body.sitting.urgent, ADJOURNMENT: body.sitting.majority}.get(matter) or ordinary


def _touches_protected(state: State, poll: Poll, procedure: Procedure, edition: str) -> bool:
    """Whether the edition voted on changes words or blocks of a clause with a higher bar.

    The clause that sets the bar has it too: it is not lowered by the easier road first.
    """
    motion = state.motions.get(poll.motion)
    if motion is None or motion.draft not in state.rulebooks:
        return False
    now, then = state.rulebook(edition), state.rulebook(motion.draft)
    return any(
        _source(now, clause) != _source(then, clause) for clause in (*procedure.protected, procedure.place.clause)
    )


def _source(rulebook: Rulebook, clause: str) -> str:
    found = rulebook.clauses.get(clause)
    return found.source if found else ""


def ratio_of(majority: Majority) -> Fraction:
    """A majority as a ratio of for to against: 1/2 is 1:1, 2/3 is 2:1, 3:1 is 3:1."""
    threshold = majority.threshold
    if isinstance(threshold, Ratio):
        return Fraction(threshold.in_favour, threshold.against)
    return Fraction(threshold.value.numerator, threshold.value.denominator - threshold.value.numerator)


def default_number(poll: Poll) -> int:
    """The number of the default option; 0 where there is none."""
    return next((number for number, option in enumerate(poll.options, start=1) if option.default), 0)


def parameters_of(state: State, poll: Poll, edition: str) -> Parameters:
    """What the count of a poll takes from the rulebook: quorum (where the roll is known), ratios, default, seats, choices,
    and the constraints as they were frozen when it opened."""
    if poll.counting not in AGAINST_DEFAULT:
        seats = poll.seats if poll.seats > 1 or (poll.counting == YES_NO and len(poll.options) > 1) else None
        constraints = as_counted(poll.constraints)
        return Parameters(seats=seats, choices=_choices(state, poll, edition), constraints=constraints)
    default = default_number(poll)
    ratios = {}
    for number, option in enumerate(poll.options, start=1):
        if number != default:
            ratios[number] = ratio_of(majority_of(state, poll, edition, option.matter or poll.matter)[0])
    quorum, _ = quorum_of(state, poll, edition)
    roll = roll_span(poll).known
    counted = _count_quorum(quorum, roll) if quorum is not None else None
    return Parameters(quorum=counted, majorities=ratios, default=default)


def _choices(state: State, poll: Poll, edition: str) -> dict[str, str]:
    """The further settings of a rule that the clause makes: the top score, the majority that answers need."""
    if poll.counting == "star":
        return {"max": str(top_score_of(state, poll, edition))}
    if poll.counting != YES_NO or len(poll.options) <= 1:
        return {}
    majority, _ = majority_of(state, poll, edition, poll.matter)
    found = {"majority": str(majority.threshold), "of": majority.of}
    entitled = roll_span(poll).known if majority.of == "entitled" else None
    body = state.rulebook(edition).bodies.get(poll.body.partition("@")[0])
    if majority.of == "seats" and body is not None:
        entitled = body.seats
    return found | ({"entitled": str(entitled)} if entitled is not None else {})


def top_score_of(state: State, poll: Poll, edition: str) -> int:
    """The highest score on a poll's paper."""
    procedure, _ = procedure_for(state, poll, edition, poll.matter)
    return procedure.election.top_score if procedure is not None and procedure.election is not None else TOP_SCORE


def _count_quorum(quorum: Quorum, roll: int | None) -> CountQuorum | None:
    if isinstance(quorum.quantity, Count):
        return CountQuorum(Fraction(quorum.quantity.value))
    if roll is None:
        return None
    if isinstance(quorum.quantity, Root):
        return CountQuorum(root=quorum.quantity, whole=roll)
    return CountQuorum(quorum.quantity.value * roll)


def outcome_by_matrix(
    state: State,
    poll: Poll,
    edition: str,
    matrix: list[list[int]],
    counted: int,
    winners: tuple[int, ...],
    draws: tuple[Draw, ...],
) -> Outcome:
    """The outcome of a poll counted against a default option.

    `matrix[a-1][b-1]` ballots prefer option a to b; `counted` ballots were in the box; `winners` as the count gave them,
    taken only where the matrix alone does not decide (debian-1998).
    """
    parameters = parameters_of(state, poll, edition)
    default = parameters.default or 0
    outcome = Outcome()
    _test_quorum(state, poll, edition, matrix, counted, default, outcome)
    for number, option in enumerate(poll.options, start=1):
        if number == default or not default:
            continue
        majority, clause = majority_of(state, poll, edition, option.matter or poll.matter)
        outcome.tests.append(
            {"test": "majority", "option": number, "asked": _shown_ratio(majority), "clause": clause,
             "for": matrix[number - 1][default - 1], "against": matrix[default - 1][number - 1]}
        )  # fmt: skip
    if poll.counting in BY_MATRIX:
        steps, found, decided = decide_by_matrix(
            matrix_from_rows(matrix), tuple(range(1, len(matrix) + 1)), default=default,
            quorum=parameters.quorum, majorities=parameters.majorities, strict=BY_MATRIX[poll.counting], lots=lots_of(draws),
        )  # fmt: skip
        outcome.winners, outcome.decided = found, decided
        names = tuple(option.name for option in poll.options)
        outcome.says = [step.sentence(names) for step in steps]
        _note_steps(steps, outcome)
    else:
        outcome.winners, outcome.decided = winners, len(winners) == 1
    return outcome


def lots_of(draws: tuple[Draw, ...]) -> Lots:
    """The draws and casting votes of a declared count; a recount uses them and never draws again."""
    return Lots(recorded=draws) if draws else Lots()


def _shown_ratio(majority: Majority) -> str:
    ratio = ratio_of(majority)
    return f"{ratio.numerator}:{ratio.denominator}"


def _note_steps(steps: tuple[Any, ...], outcome: Outcome) -> None:
    for step in steps:
        if step.kind in ("quorum", "majority"):
            for test in outcome.tests:
                if test["test"] == step.kind and test["option"] == step.option:
                    test["result"] = Answer.of(step.kept).value
            if not step.kept:
                outcome.dropped.append({"option": step.option, "why": step.kind})
    for test in outcome.tests:
        if test["test"] == "majority" and "result" not in test:
            test["result"] = "not tested"


def _test_quorum(
    state: State, poll: Poll, edition: str, matrix: list[list[int]], counted: int, default: int, outcome: Outcome
) -> None:
    """The quorum of each option against the default, over the bounds of the roll: it is no smaller than the box."""
    quorum, clause = quorum_of(state, poll, edition)
    if quorum is None or not default:
        return
    roll = roll_span(poll)
    bounds = Span(max(roll.lo, counted) if roll.hi is None or roll.hi >= counted else roll.lo, roll.hi)
    answers = []
    for number in range(1, len(matrix) + 1):
        if number == default:
            continue
        votes = matrix[number - 1][default - 1]
        answer = quorum.quantity.is_reached(Span.exactly(votes), bounds)
        answers.append(answer)
        outcome.tests.append(
            {"test": "quorum", "option": number, "asked": str(quorum), "roll": str(roll), "votes": votes, "clause": clause,
             "result": answer.value}
        )  # fmt: skip
    outcome.quorum = Answer.UNTOLD if Answer.UNTOLD in answers else Answer.of(Answer.YES in answers)
