"""Motions: something moved in a body that is competent for it, seconded where the clause asks, withdrawn by its mover.

Lives here: `motion.move`, `motion.second`, `motion.withdraw`. Not here: who may do these (`movers`), putting it to the vote
(`putting`), amendments to it (`amendments`).

Invariant: a motion is on one matter, in the body that some clause makes competent for it; its words stand in the record
from the day it was moved.
"""

from __future__ import annotations

from dataclasses import dataclass

from isonomy.engine.act import judges
from isonomy.engine.competence import (
    ADMISSION,
    AMENDMENT,
    APPOINTMENT,
    CORRECTION,
    RATIFICATION,
    is_own_business,
)
from isonomy.engine.effect import At, effect
from isonomy.engine.judgement import FORM, Judgement
from isonomy.engine.motion import Motion
from isonomy.engine.proceedings.appeals import check_moved
from isonomy.engine.proceedings.interim import check_moved_balance
from isonomy.engine.proceedings.movers import (
    check_consent,
    check_meeting,
    check_mover,
    check_seconder,
    check_withdrawn_by_body,
    competence_of,
)
from isonomy.engine.proceedings.on_holders import check_moved_on_holder, is_about_person, removal_moved
from isonomy.engine.shape import Line, Natural, PersonId, ProceedingId, SeatName, Slug, Text
from isonomy.engine.state import State
from isonomy.kernel.ids import proceeding_id

AWAITING = "awaiting ratification"


@dataclass(frozen=True, slots=True)
class Move:
    """Moves a motion on a matter in a body.

    `edition` for a motion to amend, `ratifies` for one to ratify, `seat` and `person` for one on a seat, `amount` for money,
    `appeal` for one on an appeal. `decision` of the body that moves it; `meeting` for which it is moved.
    """

    body: SeatName
    matter: Slug
    text: Text
    edition: ProceedingId | None = None
    ratifies: ProceedingId | None = None
    person: PersonId | None = None
    amount: Natural | None = None
    appeal: ProceedingId | None = None
    decision: ProceedingId | None = None
    meeting: ProceedingId | None = None


@dataclass(frozen=True, slots=True)
class Second:
    """Seconds a motion."""

    motion: ProceedingId


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Withdraws one's own motion before it is put to the vote; `decision` where a body moved it, or must consent."""

    motion: ProceedingId
    why: Line | None = None
    decision: ProceedingId | None = None


@effect("motion.moved")
@dataclass(frozen=True, slots=True)
class MotionMoved:
    """A motion stands before a body."""

    motion: str
    body: str
    matter: str
    mover: str
    text: str
    on: str
    edition: str
    draft: str = ""
    ratifies: str = ""
    person: str = ""
    amount: int | None = None
    appeal: str = ""
    seconders_needed: int = 0
    decision: str = ""
    meeting: str = ""

    def apply(self, state: State, at: At) -> None:
        """Enters the motion; where nobody must second, it stands at once."""
        state.motions[self.motion] = Motion(
            self.motion, self.body, self.matter, self.mover, self.text, self.on, self.edition,
            draft=self.draft, ratifies=self.ratifies, person=self.person, amount=self.amount, appeal=self.appeal,
            seconders_needed=self.seconders_needed, decision=self.decision, meeting=self.meeting,
        )  # fmt: skip
        state.touched[self.motion] = state.touched[self.body] = at.n


@effect("motion.seconded")
@dataclass(frozen=True, slots=True)
class MotionSeconded:
    """A further person stands behind a motion."""

    motion: str
    person: str

    def apply(self, state: State, at: At) -> None:
        """Adds the seconder; with the last that is needed the motion stands."""
        motion = state.motions[self.motion]
        motion.seconders.append(self.person)
        if not motion.stood_on and 0 < motion.seconders_needed <= len(motion.seconders):
            motion.stood_on = at.on
        state.touched[self.motion] = at.n


@effect("motion.withdrawn")
@dataclass(frozen=True, slots=True)
class MotionWithdrawn:
    """A motion stands no longer."""

    motion: str

    def apply(self, state: State, at: At) -> None:
        """Closes the motion."""
        state.motions[self.motion].standing = "withdrawn"
        state.touched[self.motion] = at.n


@judges("motion.move", Move)
def judge_move(judgement: Judgement, move: Move) -> None:
    """Judges a motion: the body is competent, the mover may move there, the object fits the matter."""
    judgement.body(move.body)
    competence = competence_of(judgement, move.body, move.matter)
    if competence is None:
        return
    clause = competence.place.clause
    if is_own_business(judgement.rulebook, move.matter):
        raise judgement.bar(
            f"{move.matter} is put at the meeting itself", {"matter": move.matter}, "put it with poll.open", clause
        )
    needed = check_mover(judgement, move.body, competence, text=move.text, decision=move.decision)
    _check_object(judgement, move, clause)
    if move.meeting is not None:
        check_meeting(judgement, move.meeting, move.body, move.matter, competence)
    check_moved(judgement, move.body, move.matter, move.appeal)
    check_moved_balance(judgement, move.matter, move.ratifies)
    check_moved_on_holder(judgement, move.body, move.matter, move.person)
    judgement.then(
        MotionMoved(
            proceeding_id("mo", judgement.n), move.body, move.matter, judgement.author, move.text, judgement.on,
            judgement.edition,
            draft=move.edition or "", ratifies=move.ratifies or "", person=move.person or "", amount=move.amount,
            appeal=move.appeal or "", seconders_needed=needed, decision=move.decision or "", meeting=move.meeting or "",
        )
    )  # fmt: skip


def _check_object(judgement: Judgement, move: Move, clause: str) -> None:
    state = judgement.state
    if move.edition is not None and move.edition not in state.editions:
        raise judgement.bar(
            f"there is no edition '{move.edition}'", {"known": sorted(state.editions)}, "lodge its text first"
        )
    if move.matter == AMENDMENT and move.edition is None:
        judgement.refuse(
            clause,
            "a motion to amend names the lodged text",
            {"edition": "none"},
            "lodge the text with rulebook.lodge and name it",
        )
    if move.edition is not None and not judgement.reported:
        draft = state.editions[move.edition]
        if draft.in_force_from or not draft.complete:
            what = "is in force already" if draft.in_force_from else "is not whole yet"
            raise judgement.bar(f"the edition {what}", {"edition": move.edition}, "lodge a text that is whole and new")
    if move.matter == RATIFICATION and move.ratifies not in state.decisions and move.ratifies not in state.reports:
        judgement.refuse(
            clause,
            "a motion to ratify names a decision or report",
            {"ratifies": move.ratifies or "nothing"},
            "name it, such as de-12",
        )
    elif move.matter == RATIFICATION and not judgement.reported:
        may_be_ratified(judgement, move.body, move.ratifies or "", clause)
    if move.matter == CORRECTION and move.ratifies is None and move.person is None:
        judgement.refuse(
            clause, "a motion to correct names what it corrects", {"ratifies": "none", "person": "none"},
            'give "person", or under "ratifies" the decision or mandate',
        )  # fmt: skip
    about_person = move.matter.startswith(APPOINTMENT) or is_about_person(move.matter)
    if move.person is None and (move.matter == ADMISSION or about_person):
        judgement.refuse(clause, f"a motion on {move.matter} names the person", {"person": "none"}, 'give "person"')


def may_be_ratified(judgement: Judgement, body: str, thing: str, clause: str) -> None:
    """Grounds against ratifying a decision or report: it awaits none, another body's it is, it has lapsed."""
    decision, report = judgement.state.decisions.get(thing), judgement.state.reports.get(thing)
    if decision is not None:
        standing, ratifier, lapsed = decision.standing_on(judgement.on), decision.ratify_by, decision.lapses_on
    elif report is not None:
        standing, ratifier, lapsed = report.standing, report.ratify_by, ""
    else:
        raise judgement.bar(
            f"there is nothing to ratify under '{thing}'", {}, "name a decision or report that awaits it"
        )
    if standing == "lapsed":
        judgement.refuse(
            clause,
            "the decision has lapsed",
            {"on": lapsed, "today": judgement.on},
            "decide it anew, as a matter of its own",
        )
    elif standing != AWAITING:
        raise judgement.bar(f"{thing} awaits no ratification", {"standing": standing}, "nothing more is needed", clause)
    elif not ratifier:
        judgement.refuse(
            clause, f"nobody ratifies {thing}: it has a road of its own", {"of": report.act if report else thing},
            "do it anew, as the clause on it says",
        )  # fmt: skip
    elif body not in (ratifier, judgement.beside(ratifier, body.partition("@")[2])):
        judgement.refuse(
            clause, f"it is ratified by {judgement.title(ratifier)}", {"here": judgement.title(body)},
            f"bring it before {judgement.title(ratifier)}",
        )  # fmt: skip


def open_motion(judgement: Judgement, motion: str) -> Motion:
    """The motion of that id while it is open; bars the act otherwise."""
    found = judgement.state.motions.get(motion)
    if found is None:
        raise judgement.bar(f"there is no motion '{motion}'", {}, "name one, such as mo-31")
    if found.standing != "open":
        raise judgement.bar(f"the motion is {found.standing}", {"motion": motion}, "move it anew")
    return found


@judges("motion.second", Second)
def judge_second(judgement: Judgement, second: Second) -> None:
    """Judges a seconding: another person of those who could have moved it."""
    motion = open_motion(judgement, second.motion)
    competence = competence_of(judgement, motion.body, motion.matter, edition=motion.edition)
    if competence is None:
        return
    clause = competence.place.clause
    if judgement.author and judgement.author in (motion.mover, *motion.seconders):
        judgement.refuse(
            clause,
            "the mover and each seconder are different persons",
            {"person": judgement.author},
            "ask someone else to second",
        )
    check_seconder(judgement, motion.body, competence)
    judgement.then(MotionSeconded(motion.id, judgement.author))


@judges("motion.withdraw", Withdraw)
def judge_withdraw(judgement: Judgement, withdraw: Withdraw) -> None:
    """Judges a withdrawal: the mover's own, before the vote; of a body's motion, its own; with consent where that is asked."""
    motion = open_motion(judgement, withdraw.motion)
    removal = removal_moved(judgement.state, motion.id)
    if removal is not None:
        raise judgement.bar(
            "a removal that enough ask for is not withdrawn by one of them", {"removal": removal.id, "motion": motion.id},
            "the body decides on it", judgement.state.rulebook(removal.edition).provisions["removal"][removal.block].place.clause,
        )  # fmt: skip
    if motion.decision:
        check_withdrawn_by_body(judgement, motion, withdraw.decision)
    elif judgement.author and judgement.author != motion.mover:
        judgement.refuse(
            FORM,
            "a motion is withdrawn by its mover",
            {"mover": motion.mover, "by": judgement.author},
            f"ask {motion.mover}",
        )
    if any(poll.motion == motion.id and poll.standing != "declared" for poll in judgement.state.polls.values()):
        judgement.refuse(FORM, "a motion being voted on is not withdrawn", {"motion": motion.id}, "wait for the result")
    check_consent(judgement, motion, withdraw.decision)
    judgement.then(MotionWithdrawn(motion.id))
