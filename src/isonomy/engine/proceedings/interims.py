"""Interims: a vacant seat is filled for the time being, by those the clause names, and not for longer than it says.

Lives here: `seat.interim`. Not here: the seat's own way (`mandates`), countback (`vacancies`).

Invariant: nobody is appointed ad interim twice running to outlive the clause's time: it counts from the first.
Source: docs/spec/acts-seating.md, section 6.
"""

from __future__ import annotations

from dataclasses import dataclass

from isonomy.engine.act import judges
from isonomy.engine.competence import Road, decided_by
from isonomy.engine.judgement import Judgement
from isonomy.engine.proceedings.coopting import SeatHeld
from isonomy.engine.proceedings.holding import check_holding
from isonomy.engine.proceedings.mandates import MandateBegun, check_room, check_seated
from isonomy.engine.seating import INTERIM
from isonomy.engine.shape import PersonId, ProceedingId, SeatName
from isonomy.engine.state import Mandate, day_of
from isonomy.kernel.ids import proceeding_id
from isonomy.rulebook.model import Competence, Office, Rulebook
from isonomy.rulebook.provisions.interim import Interim, interim_of

APPOINTING = "interim-in-"


@dataclass(frozen=True, slots=True)
class AppointInterim:
    """Appoints a person to a vacant seat until it is filled in its own way."""

    person: PersonId
    seat: SeatName
    decision: ProceedingId | None = None


@decided_by(APPOINTING)
def _appointers(rulebook: Rulebook, about: str) -> Road:
    rule = interim_of(rulebook, about)
    return (
        tuple(Competence(seat, rule.place) for seat in rule.by if seat in rulebook.bodies) if rule is not None else ()
    )


@judges("seat.interim", AppointInterim, reportable=False)
def judge_interim(judgement: Judgement, interim: AppointInterim) -> None:
    """Judges an appointment ad interim: the clause has it, the seat is vacant, its time is not used up."""
    block = judgement.seat(interim.seat)
    rule = interim_of(judgement.rulebook, interim.seat)
    plain, _, unit = interim.seat.partition("@")
    if rule is None:
        raise judgement.bar(
            f"nobody is appointed ad interim to {judgement.title(interim.seat)}", {"seat": interim.seat},
            "fill the seat as its clause says", block.place.clause,
        )  # fmt: skip
    clause, since = rule.place.clause_of("by"), judgement.on
    judgement.is_granted(
        rule.by, clause, f"an interim of {judgement.title(interim.seat)} is appointed by those the clause names",
        decision=interim.decision, matter=APPOINTING + plain, about=interim.person, unit=unit,
    )  # fmt: skip
    check_seated(judgement, interim.person, interim.seat, block)
    until = _until(judgement, rule, interim.seat, since)
    ground = interim.decision or f"by {judgement.author}"
    taken = Mandate(proceeding_id("ma", judgement.n), interim.person, interim.seat, since, until, clause, ground)
    _check_vacant(judgement, taken, isinstance(block, Office))
    check_room(judgement, block, taken, passing=True)
    judgement.cite(clause)
    judgement.then(MandateBegun(taken.id, taken.person, taken.seat, since, until, clause, ground))
    judgement.then(SeatHeld(taken.id, INTERIM))
    check_holding(judgement, taken, INTERIM)


def _check_vacant(judgement: Judgement, taken: Mandate, is_office: bool) -> None:
    held = judgement.state.mandates_of_seat(taken.seat, taken.since)
    if is_office and held:
        judgement.refuse(
            taken.clause,
            "only a vacant seat is filled ad interim",
            {"held by": held[0].person},
            "wait until it is vacant",
        )


def _until(judgement: Judgement, rule: Interim, seat: str, since: str) -> str:
    """The end of the interim: the clause's time, counted from the first interim since the seat was last filled in its own way."""
    state = judgement.state
    mandates = [state.mandates[id] for id in state.by_seat.get(seat, ())]
    own = max((one.since for one in mandates if not state.seating.how(one.id)), default="")
    before = [
        one for one in mandates if state.seating.how(one.id) == INTERIM and one.since >= own and one.since < since
    ]
    is_one = isinstance(judgement.rulebook.seat(seat), Office)
    first = min((one.since for one in before), default=since) if is_one else since
    until = rule.at_most.after(day_of(first)).isoformat()
    if until <= since:
        judgement.refuse(
            rule.place.clause_of("at most"), f"an interim lasts at most {rule.at_most}",
            {"first appointed": first, "over since": until}, "fill the seat in its own way",
        )  # fmt: skip
    return until
