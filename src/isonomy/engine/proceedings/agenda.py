"""The agenda: what an open meeting may decide now.

Lives here: the question `may_decide`, and whether a meeting is in order and a matter on its agenda. Not here: opening and
closing meetings (`meetings`), putting the question (`putting`).

Invariant: a meeting decides only when it is open, quorate, and the matter was named in a notice that was kept, or the
meeting holds it urgent where a clause lets it. Source: docs/spec/acts-meetings.md, meeting.open.
"""

from __future__ import annotations

from typing import Any

from isonomy.engine.competence import URGENCY, competent_for
from isonomy.engine.competence_of_criticism import stands_by_itself
from isonomy.engine.competence_of_publication import asks_no_notice
from isonomy.engine.conditions import Tested
from isonomy.engine.emergency import in_force
from isonomy.engine.following import on_the_agenda
from isonomy.engine.judgement import Judgement
from isonomy.engine.meeting import Meeting
from isonomy.engine.petition import REACHED, Petition
from isonomy.engine.proceedings.closed_sessions import check_doors
from isonomy.engine.proceedings.notices import Asked, asked_of, earliest_start, meets_by_clause, noticed
from isonomy.engine.proceedings.papers_laid import check_papers
from isonomy.engine.proceedings.presence import has_broken_off
from isonomy.engine.proceedings.readings import check_rest, counts_both_days, is_read_into_notice
from isonomy.engine.proceedings.yielding import check_yielded
from isonomy.engine.state import State, day_of
from isonomy.kernel.quantity import Answer
from isonomy.rulebook.model import Body, Procedure
from isonomy.rulebook.provisions.emergency import ENDING
from isonomy.rulebook.provisions.petition import AGENDA


def block_of(judgement: Judgement, meeting: Meeting) -> Body:
    """The body as in the edition under which its meeting was called: quorum and notice keep it."""
    return judgement.state.rulebook(meeting.edition).bodies[meeting.body.partition("@")[0]]


def may_decide(judgement: Judgement, meeting: Meeting, matter: str, procedure: Procedure | None = None) -> bool:
    """Whether an open meeting may decide a matter: quorate, and named in a notice that was kept; grounds where
    not.

    Without such a notice a meeting by right decides what a clause assigns to the body by name; a matter whose
    procedure asks for its own notice is decided with that notice alone. `procedure` is that of the matter.
    """
    if not is_in_order(judgement, meeting) or not check_yielded(judgement, meeting, matter):
        return False
    if not check_doors(judgement, meeting, matter) or not check_papers(judgement, meeting, matter):
        return False
    body = block_of(judgement, meeting)
    if matter == ENDING and body.supreme and in_force(judgement.state, judgement.on) is not None:
        # The supreme body ends an emergency whenever it meets: no notice of that is asked.
        judgement.cite(body.place.clause)
        return True
    if matter in meeting.finished and meeting.resumed_on and not judgement.reported:
        first = earliest_start(body, asked_of(judgement.rulebook, meeting.body), day_of(judgement.on)).isoformat()
        judgement.refuse(
            body.place.clause_of("adjourned by"), "an adjourned meeting goes on with what it left unfinished",
            {"finished": list(meeting.finished), "matter": matter}, f"call a meeting on {matter} for {first} or later",
        )  # fmt: skip
        return False
    if procedure is not None and procedure.notice is not None:
        asked = Asked(procedure.place.clause_of("notice"), procedure.notice, matter)
        return _may_with_own_notice(judgement, meeting, asked, body, procedure)
    return _may_by_agenda(judgement, meeting, body, matter)


def is_in_order(judgement: Judgement, meeting: Meeting) -> bool:
    """Whether an open meeting may decide anything now: counted today, quorate, its quorum not challenged."""
    body = block_of(judgement, meeting)
    clause = body.place.clause_of("meets")
    if not judgement.reported and judgement.on > meeting.counted_on:
        if has_broken_off(judgement, meeting):
            judgement.refuse(
                clause, "a meeting goes on from day to day; this one has broken off",
                {"last counted": meeting.counted_on, "today": judgement.on}, "close it and call another",
            )  # fmt: skip
        else:
            judgement.refuse(
                clause, "on another day those present are counted again", {"last counted": meeting.counted_on},
                "count them with quorum.count",
            )  # fmt: skip
        return False
    if meeting.quorate == "no":
        judgement.refuse(clause, "a meeting without a quorum decides nothing", {"meeting": meeting.id}, "call it again")
        return False
    if meeting.challenged_by:
        judgement.refuse(
            clause, "the quorum is challenged; nothing is decided until those present are counted",
            {"challenged by": meeting.challenged_by}, "count them with quorum.count",
        )  # fmt: skip
        return False
    return check_rest(judgement, meeting.id)


def _may_with_own_notice(
    judgement: Judgement, meeting: Meeting, asked: Asked, body: Body, procedure: Procedure
) -> bool:
    first = earliest_start(body, (asked,), day_of(judgement.on)).isoformat()
    cure = f"call a meeting on {asked.matter} for {first} or later"
    if asked.matter not in meeting.matters:
        facts: dict[str, Any] = {"matters in the call": list(meeting.matters), "asked": str(asked.notice)}
        answer = Answer.UNTOLD if _agenda_untold(judgement, meeting) else Answer.NO
        return judgement.require(Tested(answer, facts), asked.clause, asked.says, cure)
    tested = noticed(judgement, meeting, asked)
    if tested.answer is Answer.NO and meeting.notices:
        served = min(served_on for _, served_on in meeting.notices)
        start, id = meeting.starts[:10], meeting.id
        if counts_both_days(judgement, procedure.place, asked.notice, served, start, meeting=id, matter=asked.matter):
            return True
    return judgement.require(tested, asked.clause, asked.says, cure)


def _may_by_agenda(judgement: Judgement, meeting: Meeting, body: Body, matter: str) -> bool:
    clause, named = body.place.clause_of("meets"), matter in meeting.matters
    assigned = _assigned(judgement, meeting, matter)
    of_itself = stands_by_itself(judgement.state, meeting.body, matter, judgement.on)
    of_itself = of_itself or asks_no_notice(judgement.state.rulebook(meeting.edition), meeting.body, matter)
    if of_itself and not named:
        judgement.cite(of_itself)
        return True
    if assigned and (named or meeting.by_right_on):
        judgement.cite(clause, assigned)
        return True
    asked = asked_of(judgement.state.rulebook(meeting.edition), meeting.body)
    facts: dict[str, Any] = {"matters in the call": list(meeting.matters), "matter": matter}
    first = earliest_start(body, asked, day_of(judgement.on)).isoformat()
    cure = f"call a meeting on {matter} for {first} or later"
    if not named and is_read_into_notice(judgement, body.place, meeting.id, matter, meeting.matters):
        return True
    if not named and (clause_of_overdue := _stands_on_agenda(judgement, meeting, matter)):
        judgement.cite(clause_of_overdue)
        return True
    petition = None if named else petitioned(judgement.state, meeting, matter)
    if petition is not None and not judgement.reported:
        judgement.cite(
            judgement.state.rulebook(petition.edition).provisions["petition"][petition.block].place.clause_of("asks")
        )
        return True
    if not named and _is_held_urgent(judgement, meeting, matter):
        judgement.cite(body.place.clause_of("urgent matters"))
        return True
    if not named and body.sitting.urgent is not None:
        cure += f", or let the meeting take it by {body.sitting.urgent} (poll.open on {URGENCY}, naming the motion)"
    if not named:
        answer = Answer.UNTOLD if _agenda_untold(judgement, meeting) else Answer.NO
        says = f"a meeting of {judgement.title(meeting.body)} decides the matters it was called for"
        return judgement.require(Tested(answer, facts), clause, says, cure)
    if meets_by_clause(meeting) and asked:
        says = "without its notice a meeting by right decides only what the rulebook assigns to it by name"
        return judgement.require(noticed(judgement, meeting, asked[0]), asked[0].clause, says, cure)
    judgement.cite(clause)
    return True


def _is_held_urgent(judgement: Judgement, meeting: Meeting, matter: str) -> bool:
    """Whether the meeting has decided to take a motion on this matter, which was not on its notice."""
    motions = judgement.state.motions
    return any(
        decision.meeting == meeting.id
        and decision.matter == URGENCY
        and decision.about in motions
        and motions[decision.about].matter == matter
        for decision in judgement.state.decisions.values()
    )


def is_on_agenda(judgement: Judgement, meeting: Meeting, matter: str) -> bool:
    """Whether a meeting was called on a matter, or it is the body's own by name at its meeting by right, or stands there because
    something was not done or by petition."""
    by_right = bool(meeting.by_right_on) and bool(_assigned(judgement, meeting, matter))
    of_itself = bool(stands_by_itself(judgement.state, meeting.body, matter, judgement.on))
    of_itself = of_itself or petitioned(judgement.state, meeting, matter) is not None
    of_itself = of_itself or bool(asks_no_notice(judgement.state.rulebook(meeting.edition), meeting.body, matter))
    return matter in meeting.matters or by_right or of_itself or bool(_stands_on_agenda(judgement, meeting, matter))


def _stands_on_agenda(judgement: Judgement, meeting: Meeting, matter: str) -> str:
    """The clause by which a matter stands on the agenda because something was not done; "" where none puts it there."""
    found = on_the_agenda(judgement.state, judgement.edition, meeting.body, judgement.on)
    return next((each.clause for each in found if each.consequence.matter == matter), "")


def petitioned(state: State, meeting: Meeting, matter: str) -> Petition | None:
    """The petition by which a matter stands on the agenda of a meeting by itself: reached before the meeting was noticed, or,
    where nobody noticed it, before its day; None where there is none."""
    noticed_on = min((sent_on for sent_on, _ in meeting.notices), default=meeting.starts[:10])
    return next(
        (
            each
            for each in state.petitions.values()
            if each.standing == REACHED and each.asks == AGENDA and each.body == meeting.body and each.matter == matter
            and each.reached_on < noticed_on and not _was_put(state, each, meeting)
        ),
        None,
    )  # fmt: skip


def _was_put(state: State, petition: Petition, meeting: Meeting) -> bool:
    """Whether a question on a petition's matter was put at an earlier meeting, since enough stood behind it."""
    return any(
        poll.body == petition.body and poll.matter == petition.matter and poll.opened_on >= petition.reached_on
        and poll.meeting != meeting.id
        for poll in state.polls.values()
    )  # fmt: skip


def _assigned(judgement: Judgement, meeting: Meeting, matter: str) -> str:
    """The clause that assigns a matter to the meeting's body by name, not as the residual body; else ""."""
    plain = meeting.body.partition("@")[0]
    for competence in competent_for(judgement.state.rulebook(meeting.edition), matter):
        if competence.seat.partition("@")[0] == plain and not competence.residual:
            return competence.place.clause
    return ""


def _agenda_untold(judgement: Judgement, meeting: Meeting) -> bool:
    """Whether the record does not tell what a meeting was called for."""
    return judgement.reported and not meeting.matters
