"""Readings: where the engine obeys a ruling, and how the entry says so.

Lives here: finding the ruling that lets an act through or bars it, and the effect by which the entry cites it. Not here: making,
appealing and deciding on rulings (`rulings`); the closed list of readings (`engine.ruling`).

Invariant: a ruling moves a verdict only through the readings of the list, in its own case, while the clause it read stands
unchanged and no appeal is open; whatever it let through is entered as resting on it. Source: docs/spec/acts-rulings.md.
"""

from __future__ import annotations

from dataclasses import dataclass

from isonomy.engine.effect import At, effect
from isonomy.engine.judgement import FORM, Judgement
from isonomy.engine.meeting import Meeting
from isonomy.engine.ruling import (
    APPEALED,
    DAYS_COUNTED,
    DISCUSSED,
    FILLED_SEATS,
    LATE_AMENDMENT,
    MADE,
    OUT_OF_ORDER,
    OUTSIDE_THE_NOTICE,
    OVERTURNED,
    WITHIN_THE_NOTICE,
    Ruling,
)
from isonomy.engine.state import State, day_of
from isonomy.kernel.calendar import Duration
from isonomy.rulebook.model import Place, Procedure


@effect("ruling.applied")
@dataclass(frozen=True, slots=True)
class RulingApplied:
    """Something was let through by a ruling: which one, in which entry, on which clause; it rests on that ruling from here on."""

    ruling: str
    entry: int
    clause: str
    reading: str
    thing: str

    def apply(self, state: State, at: At) -> None:
        """Notes what rests on the ruling."""
        rests = state.rulings[self.ruling].rests
        if self.thing not in rests:
            rests.append(self.thing)


def is_in_force(state: State, ruling: Ruling, edition: str) -> bool:
    """Whether a ruling is to be followed: made or sustained, its clause unchanged; a general one until the supreme body has met.

    A general ruling that was not confirmed ends with the first meeting of the supreme body that is opened after it and closed.
    """
    now, then = state.rulebook(edition), state.rulebook(ruling.edition)
    words = [book.clauses[ruling.clause].source for book in (now, then) if ruling.clause in book.clauses]
    if not ruling.is_obeyed or len(words) != 2 or words[0] != words[1]:
        return False
    supreme = now.supreme
    if not ruling.general or ruling.confirmed or supreme is None:
        return True
    return not any(
        meeting.body == supreme.name and meeting.standing == "closed" and meeting.is_held
        and meeting.opened_on >= ruling.on and state.touched.get(meeting.id, 0) > ruling.entry
        for meeting in state.meetings.values()
    )  # fmt: skip


def ruling_for(
    judgement: Judgement, reading: str, place: Place, key: str, *, meeting: str = "", matter: str = "", motion: str = ""
) -> Ruling | None:
    """The ruling that reads this key so in this case: of this meeting or motion, or a general one; None where there is none."""
    if judgement.reported:
        return None
    for ruling in judgement.state.rulings.values():
        if ruling.reading != reading or not is_in_force(judgement.state, ruling, judgement.edition):
            continue
        if (ruling.clause, ruling.line) != (place.clause_of(key), place.line_of(key)):
            continue
        if ruling.general or _is_case(ruling, meeting, matter, motion):
            return ruling
    return None


def _is_case(ruling: Ruling, meeting: str, matter: str, motion: str) -> bool:
    """Whether a ruling was made in this case: at this very meeting, or outside meetings, on this very object."""
    return ruling.meeting == meeting and ruling.matter in ("", matter) and ruling.motion in ("", motion)


def obey(judgement: Judgement, ruling: Ruling, thing: str) -> bool:
    """Lets the act through by a ruling, which the entry cites with its number and clause; always True."""
    judgement.cite(ruling.clause)
    made = RulingApplied(ruling.id, ruling.entry, ruling.clause, ruling.reading, thing)
    if made not in judgement.effects:
        judgement.then(made)
    return True


# -- what a ruling lets through ----------------------------------------------------------------------------


def poll_to_be(judgement: Judgement) -> str:
    """The poll that the act before the judge would open."""
    return f"po-{judgement.n}"


def is_read_into_notice(judgement: Judgement, place: Place, meeting: str, matter: str, named: tuple[str, ...]) -> bool:
    """Whether a matter that the call did not name was ruled to lie within one that it named."""
    ruling = ruling_for(judgement, WITHIN_THE_NOTICE, place, "meets", meeting=meeting, matter=matter)
    return ruling is not None and ruling.within in named and obey(judgement, ruling, poll_to_be(judgement))


def counts_both_days(
    judgement: Judgement, place: Place, notice: Duration, served: str, start: str, *, meeting: str, matter: str
) -> bool:
    """Whether notice of a matter is kept once the day of notice and that of the meeting are counted, and was ruled to be so.

    It makes up for one day, and for two where the clause says clear days; never for more.
    """
    if not served:
        return False
    short = (notice.after(day_of(served)) - day_of(start)).days
    ruling = ruling_for(judgement, DAYS_COUNTED, place, "notice", meeting=meeting, matter=matter)
    return ruling is not None and short <= 1 + int(notice.clear) and obey(judgement, ruling, poll_to_be(judgement))


def is_discussed_enough(judgement: Judgement, place: Place, meeting: str, motion: str) -> bool:
    """Whether a motion was ruled to have been discussed enough before the clause's time had run."""
    ruling = ruling_for(judgement, DISCUSSED, place, "discussion", meeting=meeting, motion=motion)
    return ruling is not None and obey(judgement, ruling, poll_to_be(judgement))


def is_taken_late(
    judgement: Judgement, procedure: Procedure | None, meeting: Meeting, motion: str, amendment: str
) -> bool:
    """Whether an amendment comes after the clause's deadline, and was ruled to be taken all the same at that meeting."""
    deadline = procedure.motions.amendment_deadline if procedure is not None else None
    if procedure is None or deadline is None or meeting.standing != "open":
        return False
    if judgement.on <= deadline.before(day_of(meeting.starts)).isoformat():
        return False
    ruling = ruling_for(
        judgement, LATE_AMENDMENT, procedure.place, "amendment deadline", meeting=meeting.id, motion=motion
    )
    return ruling is not None and obey(judgement, ruling, amendment)


def was_taken_late(state: State, amendment: str) -> bool:
    """Whether an amendment was taken after its deadline by a ruling that stands."""
    rulings = state.rulings.values()
    return any(one.reading == LATE_AMENDMENT and amendment in one.rests and one.is_obeyed for one in rulings)


def counts_filled_seats(judgement: Judgement, place: Place, meeting: str) -> Ruling | None:
    """The ruling by which a quorum of the seats is one of the seats that are filled; None where there is none."""
    return ruling_for(judgement, FILLED_SEATS, place, "quorum", meeting=meeting)


# -- what a ruling keeps out, and what an appeal holds up --------------------------------------------------


def check_order(judgement: Judgement, meeting: str, matter: str, motion: str) -> None:
    """Grounds against putting a question: ruled out of order, or resting on a ruling that is under appeal or overturned."""
    if judgement.reported:
        return
    for ruling in judgement.state.rulings.values():
        barred = ruling.reading in (OUT_OF_ORDER, OUTSIDE_THE_NOTICE) and (
            ruling.motion == motion if ruling.motion else ruling.matter == matter
        )
        holds = ruling.standing == APPEALED or is_in_force(judgement.state, ruling, judgement.edition)
        if barred and ruling.meeting == meeting and holds:
            what = "the motion is out of order" if ruling.reading == OUT_OF_ORDER else f"{matter} is outside the notice"
            judgement.refuse(
                ruling.clause, f"{what}, by the ruling in entry {ruling.entry} on clause {ruling.clause}",
                {"ruling": ruling.id, "by": ruling.by, "words": ruling.words[:80], "standing": ruling.standing},
                "wait for the appeal" if ruling.standing == APPEALED else f"appeal against {ruling.id} with ruling.appeal",
            )  # fmt: skip


def check_rest(judgement: Judgement, thing: str) -> bool:
    """Whether no ruling on which a meeting or poll rests is under appeal; a ground where one is."""
    clear = True
    for ruling in judgement.state.rulings.values():
        if thing and thing in ruling.rests and ruling.standing == APPEALED:
            judgement.refuse(
                ruling.clause or FORM, f"the ruling in entry {ruling.entry}, on which this rests, is under appeal",
                {"ruling": ruling.id, "appealed by": ruling.appealed_by}, "decide the appeal first, with ruling.decide",
            )  # fmt: skip
            clear = False
    return clear


def overturned_under(state: State, *things: str) -> Ruling | None:
    """The overturned ruling on which a poll, or the amendment it is on, rests; None where there is none."""
    rulings = state.rulings.values()
    found = (ruling for ruling in rulings if set(things) & set(ruling.rests) and ruling.standing == OVERTURNED)
    return next(found, None)


def rests_on(judgement: Judgement, poll: str, decision: str) -> str:
    """Enters that a decision rests on what its poll rested on; the last day on which that may still be appealed, or ""."""
    until = ""
    for ruling in judgement.state.rulings.values():
        if poll in ruling.rests:
            obey(judgement, ruling, decision)
            until = max(until, ruling.appealable_until if ruling.standing == MADE else "")
    return until
