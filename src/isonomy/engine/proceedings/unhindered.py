"""Unhindered: the person concerned keeps no meeting from deciding on them, and no officer does by doing nothing.

Lives here: who may call, open and put where those who owe it do not; what the person concerned may not do to the meeting.
Not here: the removal itself (`removing`, `hearing`, `settling`).

Invariant: removal rules have safe use: between the request and the vote there is no step that only the person concerned, or only
officers who do nothing, can take. Source: docs/spec/acts-removal.md, "Safe use".
"""

from __future__ import annotations

from isonomy.engine.competence_on_holders import REMOVAL as REMOVAL_FROM
from isonomy.engine.competence_on_holders import RETENTION, REVIEW
from isonomy.engine.judgement import Judgement
from isonomy.engine.meeting import Meeting
from isonomy.engine.removal import STANDS, Removal
from isonomy.engine.state import State
from isonomy.rulebook.provisions.recall import WHOEVER_ASKED


def removals_before(state: State, body: str) -> list[Removal]:
    """The removals that stand before a body."""
    return [each for each in state.removals.values() if each.standing == STANDS and each.body == body]


def is_before(removal: Removal, meeting: Meeting) -> bool:
    """Whether a meeting was called on a removal, or may take it up by right."""
    matter = REMOVAL_FROM + removal.seat.partition("@")[0]
    return meeting.body == removal.body and (matter in meeting.matters or bool(meeting.by_right_on))


def decides_on_holder(meeting: Meeting) -> bool:
    """Whether a meeting was called to decide on a holder: then it does not depend on its officers."""
    return any(matter.startswith((REMOVAL_FROM, RETENTION, REVIEW)) for matter in meeting.matters)


def check_not_concerned(judgement: Judgement, meeting: Meeting, does: str) -> None:
    """The person whose removal is before a meeting does not call it off, close it or adjourn it before the vote."""
    if judgement.reported:
        return
    for each in removals_before(judgement.state, meeting.body):
        if each.person == judgement.author and is_before(each, meeting):
            clause = judgement.state.rulebook(each.edition).provisions["removal"][each.block].place.clause
            judgement.refuse(
                clause, f"the person concerned does not {does} the meeting before the vote",
                {"removal": each.id, "person": each.person, "meeting": meeting.id}, "let another officer do it after the vote",
            )  # fmt: skip


def check_cancelled(judgement: Judgement, meeting: Meeting, first: str) -> None:
    """A meeting on a removal is called off by nobody while no other can be held by the day of the vote; `first` is the first
    lawful day of another."""
    check_not_concerned(judgement, meeting, "call off")
    for each in removals_before(judgement.state, meeting.body):
        matter = REMOVAL_FROM + each.seat.partition("@")[0]
        if matter not in meeting.matters or not each.vote_by:
            continue
        if first > each.vote_by:
            clause = (
                judgement.state.rulebook(each.edition).provisions["removal"][each.block].place.clause_of("vote within")
            )
            judgement.refuse(
                clause, "a meeting on a removal is called off only while another can be held in time",
                {"removal": each.id, "vote by": each.vote_by, "first lawful day": first}, "hold it",
            )  # fmt: skip


def may_call_on_holder(judgement: Judgement, body: str, matters: tuple[str, ...]) -> bool:
    """Whether the author, who asked, may call the meeting because those who owe it let their day pass."""
    if judgement.reported or not judgement.author:
        return False
    for each in removals_before(judgement.state, body):
        plain = each.seat.partition("@")[0]
        asked = judgement.author in (each.asked_by, *each.supporters)
        if asked and REMOVAL_FROM + plain in matters and each.call_by and judgement.on > each.call_by:
            rule = judgement.state.rulebook(each.edition).provisions["removal"][each.block]
            judgement.cite(rule.place.clause_of("vote within"))
            return True
    for condition in judgement.state.retentions.values():
        removal = judgement.state.removals.get(condition.removal)
        matter = REVIEW + condition.seat.partition("@")[0]
        if condition.outcome or removal is None or condition.body != body or matter not in matters:
            continue
        if judgement.author in (removal.asked_by, *removal.supporters) and judgement.on > condition.review_on:
            judgement.cite(condition.clause)
            return True
    return False


def sees_to_own_call(judgement: Judgement, meeting: Meeting) -> bool:
    """Whether a meeting on a holder was called by one who is none of those who call the body: then they see to it themselves."""
    return decides_on_holder(meeting) and bool(judgement.author) and judgement.author == meeting.called_by


def recall_openers(judgement: Judgement, motion: str) -> tuple[bool, tuple[str, ...]]:
    """For the poll of a recall whose day is over: whether the author asked and may open it, and the offices that may."""
    petition = next((each for each in judgement.state.petitions.values() if motion and each.motion == motion), None)
    if petition is None or judgement.reported or not petition.due_on or judgement.on <= petition.due_on:
        return False, ()
    rule = judgement.state.rulebook(petition.edition).provisions[petition.kind][petition.block]
    asked = WHOEVER_ASKED in rule.or_else and judgement.author in (petition.opened_by, *petition.supporters)
    unit = petition.seat.partition("@")[2]
    offices = tuple(judgement.beside(seat, unit) for seat in rule.or_else if seat != WHOEVER_ASKED)
    if asked and judgement.author != petition.person:
        judgement.cite(rule.place.clause_of("or else"))
    return asked and judgement.author != petition.person, offices


def opens_and_puts(judgement: Judgement, body: str, motion: str, meeting: str) -> bool:
    """Whether the author may put a vote on a holder as the one who opened the meeting, not being concerned."""
    moved, sitting = judgement.state.motions.get(motion), judgement.state.meetings.get(meeting)
    if moved is None or sitting is None or judgement.reported or moved.body != body:
        return False
    on_holder = moved.matter.startswith((REMOVAL_FROM, RETENTION, REVIEW)) and decides_on_holder(sitting)
    return on_holder and bool(judgement.author) and sitting.opened_by == judgement.author != moved.person
