"""Putting amendments, and what a meeting puts of its own business.

Lives here: when an amendment may be put, and the motion after it; urgency, adjournment and consent to a withdrawal as
questions. Not here: the other questions (`putting`), the amendments themselves (`amendments`).

Invariant: amendments that stand are put before their motion, in the order that the clause or the chair lays down; the last
question is on the motion as amended.
"""

from __future__ import annotations

from isonomy.engine.competence import ADJOURNMENT
from isonomy.engine.judgement import Judgement
from isonomy.engine.meeting import Meeting
from isonomy.engine.motion import Amendment, Motion
from isonomy.engine.proceedings.agenda import is_in_order
from isonomy.engine.proceedings.amendments import amendments_to, open_amendment
from isonomy.engine.proceedings.motions import open_motion
from isonomy.engine.proceedings.movers import check_in_time, is_urgent, place_clause, rule_of, seconders_asked
from isonomy.engine.proceedings.question import OpenPoll
from isonomy.engine.proceedings.readings import was_taken_late
from isonomy.engine.proceedings.terms import check_put_with_terms
from isonomy.engine.state import day_of
from isonomy.rulebook.model import Competence
from isonomy.rulebook.motion_rule import FURTHEST_FIRST


def check_stands(judgement: Judgement, put: OpenPoll, motion: Motion, competence: Competence) -> None:
    """Whether a motion stood by the deadline of its clause, or the meeting holds it urgent; and what is put before it."""
    rule = rule_of(competence.procedure)
    meeting = judgement.state.meetings.get(put.meeting or "")
    if motion.seconders_needed > len(motion.seconders) and not judgement.reported:
        missing = motion.seconders_needed - len(motion.seconders)
        judgement.refuse(
            place_clause(competence, "seconders"), seconders_asked(motion.seconders_needed),
            {"seconders": len(motion.seconders)}, f"{missing} more must second",
        )  # fmt: skip
    if meeting is not None and not is_urgent(judgement, motion.id, meeting.id):
        ground = (place_clause(competence, "motion deadline"), "a motion")
        check_in_time(judgement, meeting, rule.deadline, motion.stands_since, ground)
    if judgement.reported:
        return
    check_put_with_terms(judgement, motion)
    if put.amendment is not None:
        _check_amendment(judgement, put, motion, competence, meeting)
    elif waiting := _waiting(judgement, motion, competence, meeting):
        judgement.refuse(
            place_clause(competence, "amendments"), "amendments are put before the motion",
            {"waiting": [found.id for found in waiting][:50]}, f"put {_next(motion, waiting, rule.amendments)} first",
        )  # fmt: skip


def _waiting(judgement: Judgement, motion: Motion, competence: Competence, meeting: Meeting | None) -> list[Amendment]:
    """The amendments to a motion that stand, and stood in time for the meeting."""
    deadline = rule_of(competence.procedure).amendment_deadline
    found = [one for one in amendments_to(judgement.state, motion.id) if one.stands]
    if deadline is None or meeting is None:
        return found
    state, start = judgement.state, day_of(meeting.starts)
    return [one for one in found if deadline.after(day_of(one.stood_on)) <= start or was_taken_late(state, one.id)]


def _next(motion: Motion, waiting: list[Amendment], order: str) -> str:
    """The amendment that is put next, or what lays down the order."""
    ids = [found.id for found in waiting]
    if order != FURTHEST_FIRST or len(ids) == 1:
        return ids[0]
    if not set(ids) <= set(motion.order):
        return "the order (amendment.order) and then the amendments"
    return next(id for id in motion.order if id in ids)


def _check_amendment(
    judgement: Judgement, put: OpenPoll, motion: Motion, competence: Competence, meeting: Meeting | None
) -> None:
    amendment = open_amendment(judgement, put.amendment or "")
    rule, clause = rule_of(competence.procedure), place_clause(competence, "amendments")
    if amendment.motion != motion.id:
        raise judgement.bar(
            "the amendment is to another motion",
            {"amendment": amendment.id, "to": amendment.motion},
            "name that motion",
        )
    if not amendment.stands:
        missing = amendment.seconders_needed - len(amendment.seconders)
        judgement.refuse(
            place_clause(competence, "amendment seconders"), seconders_asked(amendment.seconders_needed),
            {"seconders": len(amendment.seconders)}, f"{missing} more must second",
        )  # fmt: skip
        return
    if meeting is not None and not was_taken_late(judgement.state, amendment.id):
        ground = (place_clause(competence, "amendment deadline"), "an amendment")
        if not check_in_time(judgement, meeting, rule.amendment_deadline, amendment.stood_on, ground):
            return
    waiting = _waiting(judgement, motion, competence, meeting)
    ordered = rule.amendments != FURTHEST_FIRST or len(waiting) < 2
    if not ordered and not {found.id for found in waiting} <= set(motion.order):
        judgement.refuse(
            clause, f"amendments are put {rule.amendments}", {"stand": [found.id for found in waiting], "order": "none"},
            "lay down the order with amendment.order",
        )  # fmt: skip
    elif (first := _next(motion, waiting, rule.amendments)) != amendment.id:
        judgement.refuse(
            clause, f"amendments are put {rule.amendments}", {"put": amendment.id, "next": first}, f"put {first} first"
        )
    else:
        judgement.cite(clause)


def check_own_business(judgement: Judgement, put: OpenPoll, clause: str) -> None:
    """Whether a meeting may put its own business: it is open and in order, and a motion is named where it is about one."""
    if put.options or put.amendment is not None:
        raise judgement.bar(
            "a meeting answers its own business for or against", {"matter": put.matter}, "name no options", clause
        )
    meeting = judgement.state.meetings.get(put.meeting or "")
    if meeting is None or meeting.body != put.body:
        raise judgement.bar(
            f"there is no meeting '{put.meeting or ''}' of {judgement.title(put.body)}", {}, "name the meeting", clause
        )
    if meeting.standing != "open":
        judgement.refuse(
            clause, "a question is put while the meeting is open", {"meeting": meeting.id, "standing": meeting.standing},
            "open the meeting first",
        )  # fmt: skip
    is_in_order(judgement, meeting)
    if put.resumes is not None and put.matter != ADJOURNMENT:
        raise judgement.bar("only an adjournment names a time", {"matter": put.matter}, 'leave "resumes" out', clause)
    if put.matter == ADJOURNMENT:
        if put.motion is not None:
            raise judgement.bar(
                "an adjournment is about no motion", {"motion": put.motion}, 'leave "motion" out', clause
            )
        return
    if put.motion is None:
        raise judgement.bar(f"{put.matter} is about a motion", {"motion": "none"}, "name the motion", clause)
    motion = open_motion(judgement, put.motion)
    if motion.body != put.body:
        raise judgement.bar("the motion is before another body", {"motion in": motion.body}, "put it there", clause)
