"""Next steps: what the rulebook lets the viewer do about a meeting now, in order.

Lives here: the acts that come into question at each standing of a meeting. Not here: the questions it votes on (`business`),
the forms of these acts.

Invariant: a step is offered because the engine accepts the act that its page hands in; what a page asks for itself (who is
there, what was counted) is all that may still be missing.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from isonomy.engine.competence import ADJOURNMENT
from isonomy.engine.ruling import APPEALED, MADE
from isonomy.web.meetings.business import of_agenda, of_own_business, of_poll
from isonomy.web.meetings.sitting import Sitting
from isonomy.web.meetings.step import FIRST, LAST, MEMBER, OWED, Asked, Step
from isonomy.web.viewer import Viewer


def steps_of(viewer: Viewer, sitting: Sitting) -> list[Step]:
    """Every step that comes into question, in order, with the engine's answer."""
    if not viewer.person:
        return []
    kinds = {"called": _called, "open": _open, "adjourned": _adjourned}
    found = kinds.get(sitting.meeting.standing)
    return list(found(viewer, sitting)) if found is not None else []


def _called(viewer: Viewer, sitting: Sitting) -> Iterator[Step]:
    ask, meeting = Asked(viewer, sitting), sitting.meeting
    if not meeting.notices:
        yield ask.step(
            _("Send the notice"), "meeting-notice", "notice.send", meeting=meeting.id, how="mail", to_count=1, of=OWED
        )
    if sitting.body.short_notice is not None and sitting.is_short and viewer.person not in meeting.consents:
        yield ask.step(_("Consent to short notice"), "meeting-consent", "notice.consent", meeting=meeting.id, of=MEMBER)
    yield ask.there(_("Open the meeting"), "meeting-open", "meeting.open")
    if sitting.body.sitting.inquorate is not None:
        yield ask.there(
            _("Record that it stands adjourned for want of a quorum"), "meeting-inquorate", "meeting.adjourn", of=LAST
        )
    lapse = ask.there(_("Record that no quorum came"), "meeting-lapse", "meeting.lapse", of=LAST)
    if sitting.body.sitting.inquorate is None or lapse.is_open:
        yield lapse
    yield ask.step(_("Cancel the call"), "meeting-cancel", "meeting.cancel", meeting=meeting.id, why="?", of=LAST)


def _adjourned(viewer: Viewer, sitting: Sitting) -> Iterator[Step]:
    ask, meeting = Asked(viewer, sitting), sitting.meeting
    if not meeting.resumes:
        later = f"{viewer.standing.day.year + 1}-{viewer.standing.today[5:7]}-01T19:00"
        yield ask.step(
            _("Name the time at which it goes on"), "meeting-reconvene", "meeting.reconvene", meeting=meeting.id,
            resumes=later, of=FIRST,
        )  # fmt: skip
        return
    if not meeting.resumption_notices and sitting.body.sitting.notice is not None:
        yield ask.step(
            _("Send notice of its going on"), "meeting-notice", "notice.send", meeting=meeting.id, how="mail", to_count=1,
            of=OWED,
        )  # fmt: skip
    yield ask.there(_("Go on with the meeting"), "meeting-resume", "meeting.resume")
    yield ask.there(_("Record that it did not go on"), "meeting-lapse", "meeting.lapse", of=LAST)


def _open(viewer: Viewer, sitting: Sitting) -> Iterator[Step]:
    ask, meeting, state = Asked(viewer, sitting), sitting.meeting, viewer.standing.state
    must_count = bool(meeting.challenged_by) or meeting.counted_on < viewer.standing.today or meeting.quorate == "no"
    count = ask.step(
        _("Count those present again"),
        "meeting-count",
        "quorum.count",
        meeting=meeting.id,
        of=FIRST if must_count else LAST,
    )
    if must_count:
        yield count
    for ruling in sitting.rulings:
        if ruling.standing == APPEALED:
            yield ask.step(
                _("Declare what the meeting decided on the appeal"), "ruling-decide", "ruling.decide", ruling.id, of=FIRST,
                ruling=ruling.id, meeting=meeting.id, sustain=0, overturn=0,
            )  # fmt: skip
        elif ruling.standing == MADE and ruling.on == viewer.standing.today and ruling.by != viewer.person:
            yield ask.step(
                _("Appeal against the ruling on clause %(clause)s") % {"clause": ruling.clause}, "ruling-appeal",
                "ruling.appeal", ruling.id, of=MEMBER, ruling=ruling.id,
            )  # fmt: skip
    for poll in sitting.open_polls:
        yield from of_poll(ask, poll)
    yield from of_agenda(ask)
    yield from of_own_business(ask)
    yield from _breaking_off(ask)
    first = sitting.body.place.clause_of("meets")
    line = state.rulebook(meeting.edition).clauses[first].first_line
    yield ask.step(
        _("Rule on a question of order"),
        "meeting-ruling",
        "ruling.make",
        meeting=meeting.id,
        clause=first,
        line=line,
        words="?",
    )
    if not meeting.challenged_by:
        yield ask.step(
            _("Challenge the quorum"), "meeting-challenge", "quorum.challenge", meeting=meeting.id, of=MEMBER
        )
    if not must_count:
        yield count
    yield ask.step(_("Close the meeting"), "meeting-close", "meeting.close", meeting=meeting.id, of=LAST)


def _breaking_off(ask: Asked) -> Iterator[Step]:
    rule, meeting, state = ask.sitting.body.sitting, ask.sitting.meeting, ask.viewer.standing.state
    if not (rule.by_meeting or rule.by_offices or rule.without_quorum):
        return
    decided = [
        found.id
        for found in ask.sitting.decisions
        if found.matter == ADJOURNMENT and f"{found.id} {meeting.id}" not in state.carried_out
    ]
    if decided:
        yield ask.step(
            _("Adjourn, as the meeting decided"), "meeting-adjourn", "meeting.adjourn", meeting=meeting.id,
            decision=decided[0], of=FIRST,
        )  # fmt: skip
        return
    direct = ask.step(_("Adjourn the meeting"), "meeting-adjourn", "meeting.adjourn", meeting=meeting.id, of=LAST)
    if direct.is_open or not rule.by_meeting:
        yield direct
    if rule.by_meeting and not any(poll.matter == ADJOURNMENT for poll in ask.sitting.open_polls):
        yield ask.step(
            _("Ask the meeting whether to adjourn"), "meeting-put", "poll.open", query=f"?matter={ADJOURNMENT}",
            body=meeting.body, meeting=meeting.id, matter=ADJOURNMENT, question="?", of=LAST,
        )  # fmt: skip
