"""Recount: a poll's ballots counted again, to be held against what was declared.

Lives here: from the ballots of a box to the tallies that `poll.declare` carries, and the first difference
between a declaration and a count. Not here: counting (`counting`), the parameters that the rulebook gives
(`engine`), where ballots are kept.

Invariant: whoever has the record and the box gets the same tallies, winners and trace digest; a lot is never
drawn here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from isonomy.counting.ballot import Option, Profile, in_order, merge, merge_scores
from isonomy.counting.constraint import Infeasible
from isonomy.counting.countback import countback
from isonomy.counting.pairwise import pairwise_matrix, rows_of
from isonomy.counting.parameters import Parameters
from isonomy.counting.registry import count, rule_named
from isonomy.counting.stage_steps import StageCounted
from isonomy.counting.tally import AnswersCounted, TallyCounted
from isonomy.counting.tie import Draw, Lots, Tie
from isonomy.counting.trace import Result
from isonomy.counting.values import replace as in_counting
from isonomy.engine.lots import PublishedLots, lot_of_secret, seed_of_count, seed_of_countback
from isonomy.engine.proceedings.outcome import (
    AGAINST_DEFAULT,
    BY_ORDER,
    BY_STAGES,
    BY_TOTALS,
    parameters_of,
    procedure_for,
)
from isonomy.engine.proceedings.vacancies import Parts, parts_of, poll_behind
from isonomy.engine.state import Poll, State
from isonomy.kernel.bad_input import BadInput
from isonomy.record.box import ABSTAIN, AGAINST, FOR, Ballot

YES_NO, LOT = "yes-no", "lot"
_SCORES = {FOR: 1, AGAINST: -1, ABSTAIN: 0}


@dataclass(frozen=True, slots=True)
class Recount:
    """A count of a poll's ballots: the tallies as an act declares them, the winners by number, the typed result.

    `lot_secret` is the secret by which ties were drawn; "" where no lot was published or its secret is not told.
    `may_stay_open` says that the clause lets a tie stand that nothing resolves.
    """

    tallies: dict[str, Any]
    winners: tuple[int, ...]
    result: Result
    lot_secret: str = ""
    may_stay_open: bool = False

    @property
    def trace(self) -> str:
        """The digest of the count's trace."""
        return self.result.digest()

    def declaration(self, poll: Poll) -> dict[str, Any]:
        """The fields by which `poll.declare` declares this count."""
        found: dict[str, Any] = {"poll": poll.id, "rule": poll.counting, "tallies": self.tallies, "trace": self.trace}
        if poll.box_root:
            found["box_root"] = poll.box_root
        if not is_question(poll):
            found["winners"] = list(self.winners)
        if self.lot_secret:
            found["secret"] = self.lot_secret
        return found | ({"draws": self.draws} if self.draws else {})

    @property
    def draws(self) -> list[dict[str, Any]]:
        """The ties that the published lot resolved, as an act declares them."""
        return [
            {"among": list(tie.among), "chosen": list(tie.chosen), "by": LOT, "tie": tie.number}
            for tie in self.result.ties
            if tie.by == LOT and not tie.provisional
        ]


@dataclass(frozen=True, slots=True)
class Differs:
    """The first figure at which a declaration and a count part: its key path, as declared and as counted."""

    key: str
    declared: Any
    counted: Any


def is_question(poll: Poll) -> bool:
    """Whether a poll asks one question, answered for or against."""
    return poll.counting == YES_NO and len(poll.options) <= 1


def profile_of(poll: Poll, ballots: Iterable[Ballot]) -> Profile:
    """The ballots of a poll as counting takes them; raises `BadInput` for a ballot of another kind."""
    names = [option.name for option in poll.options] or [poll.question]
    options = tuple(
        Option(number, name, withdrawn=number in poll.withdrawn) for number, name in enumerate(names, start=1)
    )
    reads = rule_named(poll.counting).ballots
    if reads == "approvals":
        return Profile(options, scored=merge_scores((_marks(ballot, poll), ballot.weight) for ballot in ballots))
    if reads == "scores":
        return Profile(options, scored=merge_scores((_scores(ballot, poll), ballot.weight) for ballot in ballots))
    return Profile(options, merge((_ranks(ballot, poll), ballot.weight) for ballot in ballots))


def _scores(ballot: Ballot, poll: Poll) -> tuple[int | None, ...]:
    if ballot.answer is not None and is_question(poll):
        return (_SCORES[ballot.answer],)
    if ballot.scores is not None and len(ballot.scores) == len(poll.options):
        return ballot.scores
    if ballot.ranks == ():
        return (None,) * len(poll.options)
    raise BadInput(f"a ballot of {poll.id} is not one that {poll.counting} reads", f"box of {poll.id}")


def _marks(ballot: Ballot, poll: Poll) -> tuple[int | None, ...]:
    """A paper of marks: any rank is one; a score stays as it is."""
    if not ballot.ranks:
        return _scores(ballot, poll)
    marked = {number for rank in ballot.ranks for number in rank}
    return tuple(1 if number in marked else None for number in range(1, len(poll.options) + 1))


def _ranks(ballot: Ballot, poll: Poll) -> tuple[tuple[int, ...], ...]:
    if ballot.ranks is None:
        raise BadInput(f"a ballot of {poll.id} is not one that {poll.counting} reads", f"box of {poll.id}")
    if all(len(rank) == 1 for rank in ballot.ranks):
        return in_order(rank[0] for rank in ballot.ranks)
    return ballot.ranks


@dataclass(frozen=True, slots=True)
class CountTask:
    """All that a count needs beside the ballots, so that it can be done in another process, without the state.

    With `back` it is a countback: who sits and who is passed over.
    """

    poll: Poll
    parameters: Parameters
    lots: Lots
    back: Parts | None = None
    lot_secret: str = ""
    may_stay_open: bool = False

    def count(self, ballots: Sequence[Ballot]) -> Recount:
        """Counts the ballots; raises `BadInput` for ballots that the rule does not read."""
        profile = profile_of(self.poll, ballots)
        if self.back is not None:
            found = countback(
                profile, self.poll.counting, self.back.sitting, self.back.leaving, self.parameters, self.lots.fresh()
            )
            called = (found.filled_by,) if found.filled_by else ()
            return Recount(_tallies(self.poll, profile, found.recount), called, found.recount)
        try:
            result = count(profile, self.poll.counting, self.parameters, self.lots.fresh())
        except Infeasible:
            # Candidates were lost while the poll was open: it is counted without the constraints, and nobody is elected.
            free = in_counting(self.parameters, constraints=())
            result = count(profile, self.poll.counting, free, self.lots.fresh())
            return Recount(_tallies(self.poll, profile, result), (), result, self.lot_secret, self.may_stay_open)
        tallies = _tallies(self.poll, profile, result)
        return Recount(tallies, result.winners, result, self.lot_secret, self.may_stay_open)


def task_of(state: State, poll: Poll, told: Mapping[str, Any] | None = None) -> CountTask:
    """The count of a poll: its rule, what the rulebook fixes, draws or secret told. The fold does not change it."""
    lots, secret = _lots(state, poll, told or {})
    procedure, _ = procedure_for(state, poll, poll.editions[0], poll.matter)
    stays_open = procedure is not None and procedure.tie != LOT and not procedure.casting_vote
    given = parameters_of(state, poll, poll.editions[0])
    return CountTask(_kept(poll), given, lots, lot_secret=secret, may_stay_open=stays_open)


def countback_task(
    state: State, mandate: str, day: str, told: Mapping[str, Any] | None = None
) -> tuple[CountTask, Poll]:
    """The countback for the seat of a mandate on a civil date, and the poll whose papers it counts.

    Raises `BadInput` where no papers stand behind the mandate.
    """
    ended = state.mandates.get(mandate)
    poll = poll_behind(state, ended) if ended is not None else None
    if ended is None or poll is None:
        raise BadInput(f"no election's papers stand behind '{mandate[:60]}'", "mandate", "name a mandate such as ma-7")
    seed = seed_of_countback(state, poll, mandate)
    lots = PublishedLots(seed) if seed else _recorded(told or {})
    parts = parts_of(state, poll, ended, day)
    given = parameters_of(state, poll, poll.editions[0])
    return CountTask(_kept(poll), _with_seats(given, poll.seats), lots, parts), poll


def _with_seats(parameters: Parameters, seats: int) -> Parameters:
    """The parameters with the number of seats of the election itself."""
    return in_counting(parameters, seats=seats)


def _kept(poll: Poll) -> Poll:
    """The poll as it is now, with nothing that the fold still changes."""
    return replace(poll, named=dict(poll.named), struck=list(poll.struck), attested={}, roll=None)


def _lots(state: State, poll: Poll, told: Mapping[str, Any]) -> tuple[Lots, str]:
    """How ties are drawn: by the seed of the published lot where its secret is told, else as recorded."""
    secret = told.get("secret")
    try:
        if poll.lot and isinstance(secret, str) and lot_of_secret(secret) == poll.lot:
            return PublishedLots(seed_of_count(state, poll, secret)), secret
    except ValueError:
        pass
    return _recorded(told), ""


def _recorded(told: Mapping[str, Any]) -> Lots:
    draws = draws_of(told)
    return Lots(recorded=draws) if draws else Lots()


def recount(state: State, poll: Poll, ballots: Sequence[Ballot], told: Mapping[str, Any] | None = None) -> Recount:
    """Counts the ballots of a poll by its rule, with what the rulebook fixes and the draws or secret told.

    Raises `BadInput` for ballots that the rule does not read. Source: docs/spec/counting.md, section 1.
    """
    return task_of(state, poll, told).count(ballots)


def _tallies(poll: Poll, profile: Profile, result: Result) -> dict[str, Any]:
    papers = profile.paper_count
    if poll.counting in BY_STAGES:
        return _stage_tallies(result, papers)
    if poll.counting in (*AGAINST_DEFAULT, *BY_ORDER):
        return {"matrix": rows_of(pairwise_matrix(profile.ballots, len(profile.options))), "ballots": papers}
    if is_question(poll):
        found = dict.fromkeys(_SCORES, 0)
        for (score,), weight in profile.scored:
            found[{1: FOR, -1: AGAINST}.get(score or 0, ABSTAIN)] += weight
        return dict(found)
    if poll.counting == YES_NO:
        answers = {
            str(step.option): {FOR: step.in_favour, AGAINST: step.against, ABSTAIN: step.abstain}
            for step in result.steps
            if isinstance(step, AnswersCounted)
        }
        return {"answers": answers, "ballots": papers}
    figures = next((step.figures for step in result.steps if isinstance(step, TallyCounted)), ())
    return {"totals": {str(number): figure for number, figure in figures if isinstance(figure, int)}, "ballots": papers}


def _stage_tallies(result: Result, papers: int) -> dict[str, Any]:
    """What a declaration says of a count by stages: quota, totals of the first and last stage, their number."""
    stages = [step.to_json()["totals"] for step in result.steps if isinstance(step, StageCounted)]
    first, last = (
        {str(number): total for number, total in enumerate(totals, start=1)} for totals in (stages[0], stages[-1])
    )
    return {
        "ballots": papers, "valid": result.valid, "quota": result.quota, "first": first, "last": last,
        "stages": len(stages),
    }  # fmt: skip


def draws_of(declared: Mapping[str, Any]) -> tuple[Draw, ...]:
    """The draws that a declaration records; [] where they are malformed (the engine answers that)."""
    found = declared.get("draws") or ()
    try:
        return tuple(Draw(tuple(draw["among"]), tuple(draw["chosen"])) for draw in found)
    except (TypeError, KeyError):
        return ()


def difference(declared: Mapping[str, Any], counted: Recount, poll: Poll) -> Differs | None:
    """The first figure at which the fields of a `poll.declare` differ from the count; None when they agree.

    A lot that was drawn provisionally is a difference: a declaration records how its ties were resolved.
    """
    given = declared.get("tallies")
    given = given if isinstance(given, Mapping) else {}
    for key, figure in counted.tallies.items():
        told = given.get(key, 0 if is_question(poll) else None)
        if told != figure:
            return _inner(f"tallies.{key}", told, figure)
    if is_question(poll) and given.get("blank", 0):
        return Differs("tallies.blank", given["blank"], 0)
    provisional = next((tie for tie in counted.result.ties if tie.provisional), None)
    if provisional is not None and counted.may_stay_open and poll.counting in (*BY_TOTALS, YES_NO):
        return None if declared.get("trace") in (None, counted.trace) else _trace(declared, counted)
    if provisional is not None:
        return Differs("draws", "none", _tie(provisional))
    if counted.draws and [*declared.get("draws", ())] != counted.draws:
        return Differs("draws", declared.get("draws", []), counted.draws)
    if not is_question(poll) and _in_order(declared.get("winners", ()), counted) != _in_order(counted.winners, counted):
        return Differs("winners", list(declared.get("winners", ())), list(counted.winners))
    return None if declared.get("trace") in (None, counted.trace) else _trace(declared, counted)


def _trace(declared: Mapping[str, Any], counted: Recount) -> Differs:
    return Differs("trace", declared["trace"], counted.trace)


def _tie(tie: Tie) -> dict[str, Any]:
    return {"tie among": list(tie.among), "at": tie.at}


def _in_order(winners: Iterable[int], counted: Recount) -> list[int]:
    """Winners as they compare: in the order of election where the rule fills seats, else as a set."""
    return list(winners) if counted.result.elects else sorted(winners)


def _inner(key: str, told: Any, figure: Any) -> Differs:
    """The first cell of a table that differs, so that a wide matrix is not printed whole."""
    if isinstance(figure, list) and isinstance(told, list) and len(figure) == len(told):
        for place, (left, right) in enumerate(zip(told, figure, strict=True)):
            if left != right:
                return _inner(f"{key}[{place}]", left, right)
    if isinstance(figure, dict) and isinstance(told, dict):
        for name in sorted(figure.keys() | told.keys()):
            if told.get(name) != figure.get(name):
                return _inner(f"{key}.{name}", told.get(name), figure.get(name))
    return Differs(key, told, figure)
