"""Co-opting: a body fills some of its own seats by its decision.

Lives here: `seat.coopt`. Not here: the vote (`polls`; whoever was co-opted is not on its roll), another's confirmation
(`confirming`).

Invariant: no more are co-opted at one time than the clause allows, and those elected alone choose them.
Source: docs/spec/acts-seating.md, section 3.
"""

from __future__ import annotations

from dataclasses import dataclass

from isonomy.engine.act import judges
from isonomy.engine.competence import Road, decided_by
from isonomy.engine.effect import At, effect
from isonomy.engine.judgement import Judgement
from isonomy.engine.proceedings.holding import check_confirmed, check_holding
from isonomy.engine.proceedings.mandates import MandateBegun, check_room, check_seated
from isonomy.engine.seating import COOPTED, Held
from isonomy.engine.shape import PersonId, ProceedingId, SeatName
from isonomy.engine.state import Mandate, State, day_of
from isonomy.kernel.ids import proceeding_id
from isonomy.rulebook.model import Body, Competence, Rulebook
from isonomy.rulebook.provisions.cooption import Cooption, cooption_of

COOPTING = "co-option-to-"


@dataclass(frozen=True, slots=True)
class Coopt:
    """Co-opts a person to a seat of the body, by the body's decision."""

    person: PersonId
    seat: SeatName
    decision: ProceedingId


@effect("seat.held")
@dataclass(frozen=True, slots=True)
class SeatHeld:
    """A mandate was not begun by the seat's own way: how, whether it has a vote, whether the next election ends it."""

    mandate: str
    how: str
    votes: bool = True
    until_election: bool = True

    def apply(self, state: State, at: At) -> None:
        """Notes it."""
        state.seating.held[self.mandate] = Held(self.how, self.votes, self.until_election)


@decided_by(COOPTING)
def _coopters(rulebook: Rulebook, about: str) -> Road:
    """A body co-opts to itself."""
    rule = cooption_of(rulebook, about)
    return (Competence(about, rule.place),) if rule is not None else ()


def coopted_on(state: State, seat: str, since: str, until: str) -> list[Mandate]:
    """Whoever sits co-opted in a body on some day from `since` to before `until`."""
    found = (state.mandates[id] for id in state.by_seat.get(seat, ()) if state.seating.how(id) == COOPTED)
    return [one for one in found if (not until or one.since < until) and one.is_valid_on(max(one.since, since))]


@judges("seat.coopt", Coopt, reportable=False)
def judge_coopt(judgement: Judgement, coopt: Coopt) -> None:
    """Judges a co-option: the clause has it, the body decided it, room is left, the person may sit there."""
    body = judgement.body(coopt.seat)
    rule = cooption_of(judgement.rulebook, coopt.seat)
    plain, _, unit = coopt.seat.partition("@")
    if rule is None:
        raise judgement.bar(
            f"{judgement.title(coopt.seat)} co-opts nobody", {"seat": coopt.seat}, "fill the seat as its clause says",
            body.place.clause,
        )  # fmt: skip
    clause, since = rule.place.clause_of("up to"), judgement.on
    judgement.is_granted(
        (plain,), clause, f"{judgement.title(coopt.seat)} co-opts by its own decision", decision=coopt.decision,
        matter=COOPTING + plain, about=coopt.person, unit=unit,
    )  # fmt: skip
    check_seated(judgement, coopt.person, coopt.seat, body)
    until = _until(judgement, rule, coopt.seat, since)
    taken = Mandate(proceeding_id("ma", judgement.n), coopt.person, coopt.seat, since, until, clause, coopt.decision)
    _check_number(judgement, rule, body, taken)
    check_room(judgement, body, taken, passing=True)
    check_confirmed(judgement, coopt.person, coopt.seat, "co-option", coopt.decision)
    judgement.cite(clause)
    judgement.then(MandateBegun(taken.id, taken.person, taken.seat, since, until, clause, coopt.decision))
    judgement.then(SeatHeld(taken.id, COOPTED, rule.votes))
    check_holding(judgement, taken, COOPTED)


def _check_number(judgement: Judgement, rule: Cooption, body: Body, taken: Mandate) -> None:
    most = rule.most(body.seats or 0)
    sitting = coopted_on(judgement.state, taken.seat, taken.since, taken.until)
    if len(sitting) >= most:
        facts = {"co-opted": [one.person for one in sitting], "at most": most}
        judgement.refuse(
            rule.place.clause_of("up to"), f"{judgement.title(taken.seat)} co-opts at most {most}", facts,
            "fill further seats by election",
        )  # fmt: skip


def _until(judgement: Judgement, rule: Cooption, seat: str, since: str) -> str:
    """The end of the mandate: that of the clause's time, and no later than that of the last of those who are elected."""
    own = rule.lasts.duration.after(day_of(since)).isoformat() if rule.lasts.duration is not None else ""
    state = judgement.state
    sitting = [one for one in state.mandates_of_seat(seat, since) if not state.seating.how(one.id)]
    ends = [one.until for one in sitting if one.until]
    return min((day for day in (own, max(ends, default="")) if day), default="")
