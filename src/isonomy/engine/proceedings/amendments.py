"""Amendments to motions: moved, seconded, accepted by the mover, withdrawn, put in order, carried or fallen.

Lives here: `motion.amend`, `amendment.second`, `amendment.accept`, `amendment.withdraw`, `amendment.order`, and what
follows when an amendment becomes part of its motion. Not here: motions (`motions`), who may move (`movers`), putting to the
vote (`putting_amendments`).

Invariant: the words of a motion change by an amendment that its body carried, or that its mover accepted where the clause
lets them; each keeps its place in the record, and one whose place in the text is gone falls. Amendments to amendments are
planned.
"""

from __future__ import annotations

from dataclasses import dataclass

from isonomy.engine.act import judges
from isonomy.engine.competence import AMENDMENT
from isonomy.engine.effect import At, effect
from isonomy.engine.judgement import Judgement
from isonomy.engine.motion import ACCEPTED, CARRIED, FALLEN, NOT_CARRIED, OPEN, WITHDRAWN, Amendment, Motion
from isonomy.engine.proceedings.motions import open_motion
from isonomy.engine.proceedings.movers import (
    check_in_time,
    competence_of,
    meetings_of,
    place_clause,
    rule_of,
    seats_that_move,
    seconders_asked,
)
from isonomy.engine.proceedings.presiding import preside
from isonomy.engine.proceedings.readings import is_taken_late
from isonomy.engine.shape import TEXT_MAX, Line, ProceedingId, Text
from isonomy.engine.state import State
from isonomy.kernel.ids import proceeding_id
from isonomy.rulebook.model import MEMBERS, Competence
from isonomy.rulebook.motion_rule import ALWAYS, BEFORE_MEETING, FURTHEST_FIRST, MotionRule

AMENDMENTS_MAX = 500


@dataclass(frozen=True, slots=True)
class Amend:
    """Moves an amendment to a motion: another whole text, or what a passage of it becomes (left out: struck out)."""

    motion: ProceedingId
    text: Text | None = None
    passage: Text | None = None
    becomes: Text | None = None
    edition: ProceedingId | None = None


@dataclass(frozen=True, slots=True)
class SecondAmendment:
    """Seconds an amendment."""

    amendment: ProceedingId


@dataclass(frozen=True, slots=True)
class AcceptAmendment:
    """Makes an amendment part of one's own motion without a vote."""

    amendment: ProceedingId


@dataclass(frozen=True, slots=True)
class WithdrawAmendment:
    """Withdraws one's own amendment."""

    amendment: ProceedingId
    why: Line | None = None


@dataclass(frozen=True, slots=True)
class OrderAmendments:
    """Lays down in which order the amendments to a motion are put: who goes furthest comes first."""

    motion: ProceedingId
    amendments: tuple[ProceedingId, ...]


@effect("amendment.moved")
@dataclass(frozen=True, slots=True)
class AmendmentMoved:
    """An amendment to a motion is before the body."""

    amendment: str
    motion: str
    body: str
    mover: str
    on: str
    text: str = ""
    passage: str = ""
    becomes: str = ""
    draft: str = ""
    seconders_needed: int = 0

    def apply(self, state: State, at: At) -> None:
        """Enters the amendment; where nobody must second, it stands at once."""
        state.amendments[self.amendment] = Amendment(
            self.amendment, self.motion, self.body, self.mover, self.on, self.text, self.passage, self.becomes,
            self.draft, seconders_needed=self.seconders_needed, stood_on="" if self.seconders_needed else self.on,
        )  # fmt: skip
        state.touched[self.amendment] = state.touched[self.motion] = at.n


@effect("amendment.seconded")
@dataclass(frozen=True, slots=True)
class AmendmentSeconded:
    """A further person stands behind an amendment."""

    amendment: str
    person: str

    def apply(self, state: State, at: At) -> None:
        """Adds the seconder; with the last that is needed the amendment stands."""
        amendment = state.amendments[self.amendment]
        amendment.seconders.append(self.person)
        if not amendment.stood_on and amendment.stands:
            amendment.stood_on = at.on
        state.touched[self.amendment] = state.touched[amendment.motion] = at.n


@effect("amendment.taken.in")
@dataclass(frozen=True, slots=True)
class AmendmentTakenIn:
    """An amendment is part of its motion, carried by the body or accepted by the mover; `text` is the motion's now."""

    amendment: str
    motion: str
    how: str
    text: str
    draft: str = ""

    def apply(self, state: State, at: At) -> None:
        """Changes the words of the motion."""
        amendment, motion = state.amendments[self.amendment], state.motions[self.motion]
        motion.moved_text = motion.moved_text or motion.text
        amendment.standing, motion.text = self.how, self.text
        motion.draft = self.draft or motion.draft
        motion.amended_by.append(self.amendment)
        state.touched[self.amendment] = state.touched[self.motion] = at.n


@effect("amendment.closed")
@dataclass(frozen=True, slots=True)
class AmendmentClosed:
    """An amendment is no part of its motion: not carried, withdrawn, or fallen because its place in the text is gone."""

    amendment: str
    how: str

    def apply(self, state: State, at: At) -> None:
        """Closes the amendment."""
        amendment = state.amendments[self.amendment]
        amendment.standing = self.how
        state.touched[self.amendment] = state.touched[amendment.motion] = at.n


@effect("amendment.ordered")
@dataclass(frozen=True, slots=True)
class AmendmentsOrdered:
    """The order in which the amendments to a motion are put."""

    motion: str
    amendments: tuple[str, ...]

    def apply(self, state: State, at: At) -> None:
        """Keeps the order."""
        state.motions[self.motion].order = self.amendments
        state.touched[self.motion] = at.n


def open_amendment(judgement: Judgement, id: str) -> Amendment:
    """The amendment of that id while it is open; bars the act otherwise."""
    found = judgement.state.amendments.get(id)
    if found is None:
        raise judgement.bar(f"there is no amendment '{id}'", {}, "name one, such as am-31")
    if found.standing != OPEN:
        raise judgement.bar(f"the amendment is {found.standing}", {"amendment": id}, "move another")
    return found


def amendments_to(state: State, motion: str) -> list[Amendment]:
    """The open amendments to a motion, in the order in which they were moved."""
    return [found for found in state.amendments.values() if found.motion == motion and found.standing == OPEN]


def _rule(judgement: Judgement, motion: Motion) -> tuple[MotionRule, Competence]:
    """What the clause says of amendments to a motion; bars the act where it takes none."""
    competence = competence_of(judgement, motion.body, motion.matter, edition=motion.edition)
    rule = rule_of(competence.procedure) if competence is not None else MotionRule()
    if competence is None or not rule.amendments:
        raise judgement.bar(
            f"no clause takes amendments to a motion on {motion.matter}", {"motion": motion.id},
            "move another motion, or have its mover withdraw it and move it anew",
            competence.place.clause if competence is not None else "",
        )  # fmt: skip
    return rule, competence


def _check_not_put(judgement: Judgement, motion: Motion, amendment: str = "") -> None:
    for poll in judgement.state.polls.values():
        if poll.motion == motion.id and poll.standing != "declared" and poll.amendment in ("", amendment):
            what = "motion" if not poll.amendment else "amendment"
            raise judgement.bar(f"the {what} is being voted on", {"poll": poll.id}, "wait for the result")


# -- moving and seconding ----------------------------------------------------------------------------------


@judges("motion.amend", Amend)
def judge_amend(judgement: Judgement, amend: Amend) -> None:
    """Judges an amendment: the clause takes them, the mover may, in time, and it changes the words of the motion."""
    motion = open_motion(judgement, amend.motion)
    rule, competence = _rule(judgement, motion)
    _check_not_put(judgement, motion)
    _check_mover(judgement, motion, competence, rule, "moved")
    made = Amendment(
        proceeding_id("am", judgement.n), motion.id, motion.body, judgement.author, judgement.on, amend.text or "",
        amend.passage or "", amend.becomes or "", amend.edition or "",
    )  # fmt: skip
    clause = place_clause(competence, "amendments")
    _check_form(judgement, motion, amend, clause)
    _check_change(judgement, motion, made, clause)
    coming = meetings_of(judgement, motion)
    if coming:
        ground = (place_clause(competence, "amendment deadline"), "an amendment")
        cure = "speak for another wording at the meeting, or vote against; the next motion may have it"
        if not is_taken_late(judgement, competence.procedure, coming[0], motion.id, made.id):
            check_in_time(judgement, coming[0], rule.amendment_deadline, judgement.on, ground, cure)
    judgement.then(
        AmendmentMoved(
            made.id, motion.id, motion.body, judgement.author, judgement.on, made.text, made.passage, made.becomes,
            made.draft, rule.amendment_seconders,
        )
    )  # fmt: skip


def _check_mover(judgement: Judgement, motion: Motion, competence: Competence, rule: MotionRule, did: str) -> None:
    seats = rule.amendments_by or seats_that_move(competence.procedure, motion.body)
    if not rule.amendments_by and rule.together:
        seats = (*seats, MEMBERS)
    judgement.may_act(
        tuple(dict.fromkeys(seats)) or (motion.body,), place_clause(competence, "amendments by"),
        f"amendments in {judgement.title(motion.body)} are {did} by those the clause names",
        unit=motion.body.partition("@")[2],
    )  # fmt: skip


def _check_form(judgement: Judgement, motion: Motion, amend: Amend, clause: str) -> None:
    """One of the two forms; of a motion to amend the rulebook a whole edition that takes the place of the other."""
    if (amend.text is None) == (amend.passage is None):
        raise judgement.bar(
            "an amendment gives another whole text, or a passage and what it becomes",
            {"text": amend.text is not None, "passage": amend.passage is not None}, 'give "text" or "passage"', clause,
        )  # fmt: skip
    if amend.becomes is not None and amend.passage is None:
        raise judgement.bar('"becomes" stands with a passage', {}, 'give "passage"', clause)
    if motion.matter != AMENDMENT:
        if amend.edition is not None:
            raise judgement.bar(
                "only a motion to amend the rulebook has an edition", {"matter": motion.matter}, 'leave "edition" out'
            )
        return
    draft = judgement.state.editions.get(amend.edition or "")
    if draft is None or draft.in_force_from or not draft.complete or draft.id == motion.draft:
        judgement.refuse(
            clause, "an amendment to a motion to amend the rulebook names another lodged text, whole and new",
            {"edition": amend.edition or "none"}, "lodge the text as amended with rulebook.lodge and name it",
        )  # fmt: skip
    elif amend.passage is not None:
        judgement.refuse(
            clause, "the words of the rulebook are changed in the lodged text", {"passage": amend.passage[:200]},
            'give "text", which says what the other edition changes',
        )  # fmt: skip


def _check_change(judgement: Judgement, motion: Motion, made: Amendment, clause: str) -> None:
    """It is admissible: its place is found once, the words change, something is left, nobody moved the same."""
    text = made.of(motion.text)
    if text is None:
        times = motion.text.count(made.passage)
        judgement.refuse(
            clause, "the passage stands in the motion exactly once", {"passage": made.passage[:200], "times": times},
            "quote a passage as it stands in the motion" if not times else "quote more of it, so that it stands there once",
        )  # fmt: skip
        return
    if text == motion.text and not made.draft:
        judgement.refuse(
            clause, "an amendment changes the words of the motion", {"changes": "nothing"}, "second the motion"
        )
    if not text.strip():
        judgement.refuse(
            clause, "an amendment leaves something to decide", {"left": "nothing"}, "vote against the motion instead"
        )
    if len(text) > TEXT_MAX:
        judgement.refuse(
            clause, f"a motion has at most {TEXT_MAX:,} characters", {"as amended": len(text)}, "shorten the amendment"
        )
    others = amendments_to(judgement.state, motion.id)
    same = [other.id for other in others if other.of(motion.text) == text and other.draft == made.draft]
    if same and not judgement.reported:
        judgement.refuse(clause, "the same amendment was moved already", {"amendment": same[0]}, f"second {same[0]}")
    if len(others) >= AMENDMENTS_MAX:
        judgement.refuse(
            clause,
            f"a motion has at most {AMENDMENTS_MAX} open amendments",
            {"open": len(others)},
            "second one of them",
        )


@judges("amendment.second", SecondAmendment)
def judge_second(judgement: Judgement, second: SecondAmendment) -> None:
    """Judges a seconding: another person of those who could have moved the amendment."""
    amendment = open_amendment(judgement, second.amendment)
    motion = open_motion(judgement, amendment.motion)
    rule, competence = _rule(judgement, motion)
    _check_not_put(judgement, motion, amendment.id)
    if judgement.author and judgement.author in (amendment.mover, *amendment.seconders):
        judgement.refuse(
            place_clause(competence, "amendment seconders"), "the mover and each seconder are different persons",
            {"person": judgement.author}, "ask someone else to second",
        )  # fmt: skip
    _check_mover(judgement, motion, competence, rule, "seconded")
    judgement.then(AmendmentSeconded(amendment.id, judgement.author))


# -- accepting, withdrawing, ordering ----------------------------------------------------------------------


@judges("amendment.accept", AcceptAmendment)
def judge_accept(judgement: Judgement, accept: AcceptAmendment) -> None:
    """Judges an acceptance: by the motion's mover, where the clause lets them, of an amendment that stands."""
    amendment = open_amendment(judgement, accept.amendment)
    motion = open_motion(judgement, amendment.motion)
    rule, competence = _rule(judgement, motion)
    clause = place_clause(competence, "mover accepts")
    _check_not_put(judgement, motion, amendment.id)
    if judgement.author and judgement.author != motion.mover:
        judgement.refuse(
            clause, "an amendment is accepted by the mover of the motion",
            {"mover": motion.mover, "by": judgement.author}, f"ask {motion.mover}, or have it put",
        )  # fmt: skip
    opened = [found.id for found in meetings_of(judgement, motion) if found.standing in ("open", "adjourned")]
    if rule.mover_accepts not in (ALWAYS, BEFORE_MEETING):
        judgement.refuse(
            clause,
            "no clause lets the mover accept an amendment",
            {"amendment": amendment.id},
            "have it put to the vote",
        )
    elif rule.mover_accepts == BEFORE_MEETING and opened and not judgement.reported:
        judgement.refuse(
            clause,
            "once the meeting is open the motion is the meeting's",
            {"meeting": opened[0]},
            "have it put to the vote",
        )
    else:
        judgement.cite(clause)
    if motion.decision and not judgement.reported:
        judgement.refuse(
            clause,
            "the words of a body's motion are its decision",
            {"decision": motion.decision},
            "have it put to the vote",
        )
    missing = amendment.seconders_needed - len(amendment.seconders)
    if missing > 0 and not judgement.reported:
        judgement.refuse(
            place_clause(competence, "amendment seconders"), seconders_asked(amendment.seconders_needed),
            {"seconders": len(amendment.seconders)}, f"{missing} more must second",
        )  # fmt: skip
    take_in(judgement, amendment, ACCEPTED)


@judges("amendment.withdraw", WithdrawAmendment)
def judge_withdraw(judgement: Judgement, withdraw: WithdrawAmendment) -> None:
    """Judges a withdrawal: the amendment's own mover, before it is put."""
    amendment = open_amendment(judgement, withdraw.amendment)
    motion = open_motion(judgement, amendment.motion)
    _, competence = _rule(judgement, motion)
    _check_not_put(judgement, motion, amendment.id)
    clause = place_clause(competence, "amendments")
    if judgement.author and judgement.author != amendment.mover:
        judgement.refuse(
            clause, "an amendment is withdrawn by its mover", {"mover": amendment.mover, "by": judgement.author},
            f"ask {amendment.mover}",
        )  # fmt: skip
    judgement.cite(clause)
    judgement.then(AmendmentClosed(amendment.id, WITHDRAWN))


@judges("amendment.order", OrderAmendments, reportable=False)
def judge_order(judgement: Judgement, order: OrderAmendments) -> None:
    """Judges an order of putting: by who presides, where the clause asks who goes furthest, of every amendment that stands."""
    motion = open_motion(judgement, order.motion)
    rule, competence = _rule(judgement, motion)
    clause = place_clause(competence, "amendments")
    _check_not_put(judgement, motion)
    preside(
        judgement, motion.body, motion.id, clause, "the order of putting is laid down by the chair or a keeper of polls"
    )
    if rule.amendments != FURTHEST_FIRST:
        judgement.refuse(
            clause, f"amendments are put {rule.amendments}", {"order": "the clause's own"}, "put them in that order"
        )
    standing = [found.id for found in amendments_to(judgement.state, motion.id) if found.stands]
    if sorted(order.amendments) != sorted(standing):
        judgement.refuse(
            clause, "the order names every amendment that stands, each once",
            {"stand": standing, "named": list(order.amendments)[:50]}, f"name {', '.join(standing) or 'none: none stands'}",
        )  # fmt: skip
    judgement.then(AmendmentsOrdered(motion.id, tuple(order.amendments)))


# -- becoming part of the motion ---------------------------------------------------------------------------


def take_in(judgement: Judgement, amendment: Amendment, how: str) -> None:
    """The effects by which an amendment becomes part of its motion, and others lose their place in its words."""
    motion = judgement.state.motions[amendment.motion]
    text = amendment.of(motion.text)
    if text is None:
        judgement.refuse("", "the passage no longer stands in the motion", {"amendment": amendment.id}, "move another")
        return
    judgement.then(AmendmentTakenIn(amendment.id, motion.id, how, text, amendment.draft))
    for other in amendments_to(judgement.state, motion.id):
        # Another whole text was an answer to the same question: once one is taken in, the question is answered.
        both_whole = not amendment.passage and not other.passage
        if other.id != amendment.id and (both_whole or other.of(text) in (None, text)):
            judgement.then(AmendmentClosed(other.id, FALLEN))


def decide_amendment(judgement: Judgement, id: str, *, carried: bool) -> None:
    """What follows from the result of a vote on an amendment."""
    amendment = judgement.state.amendments[id]
    if carried:
        take_in(judgement, amendment, CARRIED)
    else:
        judgement.then(AmendmentClosed(id, NOT_CARRIED))
