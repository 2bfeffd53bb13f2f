"""Movers: who may move, second and withdraw a motion, and by when it stands.

Lives here: those questions, for motions and for amendments to them. Not here: the acts (`motions`, `amendments`), putting
to the vote (`putting`).

Invariant: a body moves by its decision and by nothing else where the clause says so, in the words that it decided; a motion
stands when as many stand behind it as the clause asks, and not a day earlier.
"""

from __future__ import annotations

from isonomy.engine.competence import (
    PROPOSING,
    URGENCY,
    WITHDRAWAL,
    competence_in,
    competent_for,
    movers_by_decision,
)
from isonomy.engine.conditions import holds_one_of
from isonomy.engine.delegation import handed_to, place_under
from isonomy.engine.judgement import FORM, Judgement
from isonomy.engine.meeting import Meeting
from isonomy.engine.motion import Motion
from isonomy.engine.proceedings.agenda import is_on_agenda
from isonomy.engine.state import Decision, day_of
from isonomy.kernel.calendar import Duration
from isonomy.kernel.quantity import Answer
from isonomy.rulebook.model import MEMBERS, Competence, Procedure
from isonomy.rulebook.motion_rule import WITH_CONSENT, MotionRule

TO_COME = ("called", "open", "adjourned")


def competence_of(judgement: Judgement, body: str, matter: str, *, edition: str = "") -> Competence | None:
    """The competence of a body for a matter; a ground that names who is competent when it has none."""
    rulebook = judgement.state.rulebook(edition) if edition else judgement.rulebook
    competence = competence_in(rulebook, body, matter)
    if competence is not None:
        return competence
    handed = handed_to(judgement.state, body, matter, judgement.on)
    if handed is not None:
        return Competence(body.partition("@")[0], place_under(judgement.state, handed))
    found = competent_for(rulebook, matter)
    known = rulebook.definitions.matters if rulebook.definitions else ()
    if not found:
        cure = f"matters known here: {', '.join(known)}" if known else "amend the rulebook first"
        judgement.refuse(FORM, f"no clause gives '{matter}' to anybody", {"body": body, "matter": matter}, cure)
        return None
    who = " or ".join(judgement.title(competence.seat) for competence in found)
    judgement.refuse(
        found[0].place.clause,
        f"{matter} is decided by {who}",
        {"here": judgement.title(body), "matter": matter},
        f"bring it before {who}",
    )
    return None


def rule_of(procedure: Procedure | None) -> MotionRule:
    """What a procedure says of motions; nothing beyond the body's own rules where there is none."""
    return procedure.motions if procedure is not None else MotionRule()


def place_clause(competence: Competence, key: str) -> str:
    """The clause that states a key of the procedure, or that of the competence."""
    procedure = competence.procedure
    return procedure.place.clause_of(key) if procedure is not None else competence.place.clause


# -- who ---------------------------------------------------------------------------------------------------


def seats_that_move(procedure: Procedure | None, body: str) -> tuple[str, ...]:
    """The seats whose holders move alone: those the clause names, else the body's members."""
    if procedure is None or not (procedure.proposed_by or procedure.motions.names_movers):
        return (body,)
    return procedure.proposed_by


def check_mover(judgement: Judgement, body: str, competence: Competence, *, text: str, decision: str | None) -> int:
    """Whether the author may move in a body: alone, with others, or for a body that decided to; how many must second."""
    procedure, rule = competence.procedure, rule_of(competence.procedure)
    clause, unit = place_clause(competence, "proposed by"), body.partition("@")[2]
    says = f"motions in {judgement.title(body)} are moved by those the clause names"
    seats = seats_that_move(procedure, body)
    by_decision = movers_by_decision(judgement.rulebook, procedure) if procedure is not None else ()
    if decision is not None or (by_decision and not seats and not rule.together):
        _check_decided(judgement, body, by_decision, text, decision, (clause, says))
        return 0
    asked = procedure.seconders if procedure is not None else 0
    if rule.together and not _holds(judgement, seats, unit):
        judgement.may_act((*seats, MEMBERS), clause, says, unit=unit)
        return max(asked, rule.together - 1)
    judgement.may_act(seats, clause, says, unit=unit)
    # Without keys of its own the number is read from the clause when the motion is put, as it always was.
    return asked if rule != MotionRule() else 0


def _holds(judgement: Judgement, seats: tuple[str, ...], unit: str) -> bool:
    if not seats or not judgement.author:
        return bool(seats)
    wanted = judgement.standing(seats, unit)
    return holds_one_of(judgement.facts, judgement.author, wanted).answer is Answer.YES


def _check_decided(
    judgement: Judgement, body: str, movers: tuple[str, ...], text: str, decision: str | None, ground: tuple[str, str]
) -> None:
    """A motion of a body: its decision to move it is in force, was not carried out yet, and has the same words."""
    clause, says = ground
    if not movers:
        judgement.refuse(clause, "no clause lets a body move here by its decision", {"decision": decision or "none"},
                         'leave "decision" out')  # fmt: skip
        return
    matter = PROPOSING + body.partition("@")[0]
    judgement.is_granted(
        movers, clause, says, decision=decision, matter=matter, about=body, unit=body.partition("@")[2]
    )
    found = judgement.state.decisions.get(decision or "")
    if found is not None and found.text != text and not judgement.reported:
        judgement.refuse(
            clause, "a motion of a body has the words that it decided", {"decision": found.id, "decided": found.text[:200]},
            "move it in those words",
        )  # fmt: skip


def check_seconder(judgement: Judgement, body: str, competence: Competence) -> None:
    """Whether the author may second in a body: those the clause names, else those who may move."""
    procedure, rule = competence.procedure, rule_of(competence.procedure)
    seats = rule.seconded_by or seats_that_move(procedure, body)
    if rule.together and not rule.seconded_by:
        seats = (*seats, MEMBERS)
    says = "by those the clause names" if rule.seconded_by else "by those who may move them"
    judgement.may_act(
        tuple(dict.fromkeys(seats)) or (body,), place_clause(competence, "seconded by"),
        f"motions in {judgement.title(body)} are seconded {says}", unit=body.partition("@")[2],
    )  # fmt: skip


def seconders_asked(number: int) -> str:
    """The demand of a clause for seconders in words."""
    return "1 other must second" if number == 1 else f"{number} others must second"


# -- withdrawing -------------------------------------------------------------------------------------------


def check_withdrawn_by_body(judgement: Judgement, motion: Motion, decision: str | None) -> None:
    """A motion that a body moved is withdrawn by another decision of it on the same matter."""
    moved = judgement.state.decisions[motion.decision]
    plain, _, unit = moved.seat.partition("@")
    judgement.is_granted(
        (plain,), moved.clause, f"a motion of {judgement.title(moved.seat)} is withdrawn by its decision",
        decision=decision, matter=moved.matter, about=motion.id, unit=unit,
    )  # fmt: skip


def check_consent(judgement: Judgement, motion: Motion, decision: str | None) -> None:
    """Once a motion is before an open meeting, its withdrawal has the meeting's consent where the clause asks it."""
    competence = competence_in(judgement.state.rulebook(motion.edition), motion.body, motion.matter)
    if competence is None or rule_of(competence.procedure).withdrawal != WITH_CONSENT or motion.decision:
        return
    before = [meeting for meeting in meetings_of(judgement, motion) if meeting.standing in ("open", "adjourned")]
    clause = place_clause(competence, "withdrawal")
    if not before or judgement.reported:
        judgement.cite(clause)
        return
    consent = judgement.state.decisions.get(decision or "")
    if consent is None or not _is_about(judgement, consent, WITHDRAWAL, motion.id):
        judgement.refuse(
            clause, "a motion before an open meeting is withdrawn with its consent",
            {"meeting": before[0].id, "decision": decision or "none"},
            f"put it to the meeting (poll.open on {WITHDRAWAL}, naming the motion), then name the decision",
        )  # fmt: skip
        return
    judgement.cite(clause)


def _is_about(judgement: Judgement, decision: Decision, matter: str, motion: str) -> bool:
    in_force = decision.standing_on(judgement.on) in ("in force", "ratified")
    return decision.matter == matter and decision.about == motion and in_force


def is_urgent(judgement: Judgement, motion: str, meeting: str) -> bool:
    """Whether a meeting has decided to take a motion that is past its deadline, or on a matter not on its notice."""
    return any(
        decision.meeting == meeting and _is_about(judgement, decision, URGENCY, motion)
        for decision in judgement.state.decisions.values()
    )


# -- by when -----------------------------------------------------------------------------------------------


def meetings_of(judgement: Judgement, motion: Motion) -> list[Meeting]:
    """The meetings of its body at which a motion can come up, the next first: with its matter on the agenda."""
    found = [
        meeting
        for meeting in judgement.state.meetings.values()
        if meeting.body == motion.body and meeting.standing in TO_COME
        and (meeting.id == motion.meeting or is_on_agenda(judgement, meeting, motion.matter))
    ]  # fmt: skip
    return sorted(found, key=lambda meeting: (meeting.id != motion.meeting, meeting.starts, meeting.id))


def check_in_time(
    judgement: Judgement,
    meeting: Meeting,
    deadline: Duration | None,
    stood_on: str,
    ground: tuple[str, str],
    cure: str = "",
) -> bool:
    """Whether something stood early enough before a meeting; a ground with the last day and what cures it where not."""
    clause, what = ground
    if deadline is None or judgement.reported:
        return True
    last = deadline.before(day_of(meeting.starts)).isoformat()
    if stood_on and stood_on <= last:
        judgement.cite(clause)
        return True
    first = deadline.after(day_of(stood_on or judgement.on)).isoformat()
    judgement.refuse(
        clause, f"{what} stands {deadline} before the meeting",
        {"meeting": meeting.starts[:10], "last day": last, "stood": stood_on or "not yet"},
        cure or f"bring it to a meeting on {first} or later",
    )  # fmt: skip
    return False


def check_meeting(judgement: Judgement, meeting: str, body: str, matter: str, competence: Competence) -> None:
    """Whether a motion can be moved for a meeting today: it is of that body, still to come, on the matter, in time."""
    found = judgement.state.meetings.get(meeting)
    if found is None or found.body != body:
        raise judgement.bar(f"there is no meeting '{meeting}' of {judgement.title(body)}", {}, "name the meeting")
    if judgement.reported:
        return
    if found.standing not in TO_COME:
        raise judgement.bar(f"the meeting is {found.standing}", {"meeting": meeting}, "move it for another meeting")
    sitting = judgement.state.rulebook(found.edition).bodies[body.partition("@")[0]].sitting
    clause = place_clause(competence, "motion deadline")
    if not is_on_agenda(judgement, found, matter) and sitting.urgent is None:
        block = judgement.state.rulebook(found.edition).bodies[body.partition("@")[0]]
        judgement.refuse(
            block.place.clause_of("meets"), "the meeting was not called on this matter",
            {"matters in the call": list(found.matters), "matter": matter},
            'leave "meeting" out: the motion waits for a meeting on its matter',
        )  # fmt: skip
    cure = 'leave "meeting" out: the motion waits for a later meeting'
    if sitting.urgent is not None:
        cure += ", or the meeting holds it urgent"
    deadline = rule_of(competence.procedure).deadline
    check_in_time(judgement, found, deadline, judgement.on, (clause, "a motion"), cure)
