"""The meetings: all of them, one for its members, one for whoever presides.

Lives here: these pages. Not here: what is shown of a meeting (`sitting`), what may be done next (`steps`).

Invariant: the chair's page and the member's show the same meeting; the chair's shows more of what may be done, and everybody
who is a member may look at it.
"""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from isonomy.engine.meeting import Meeting
from isonomy.engine.proceedings.question import HANDS
from isonomy.engine.roll import members_of_body
from isonomy.engine.words import capital, meeting_of, title_of
from isonomy.web.live import live_by
from isonomy.web.meetings.asking import judged
from isonomy.web.meetings.call import bodies_near, occasions_ahead
from isonomy.web.meetings.sitting import COMING, PAST, UNDER_WAY, Sitting, uncalled
from isonomy.web.meetings.step import CHAIR, FIRST, LAST, MEMBER, OWED, Step, but_for_presence
from isonomy.web.meetings.steps import steps_of
from isonomy.web.not_here import NotHere
from isonomy.web.organisation import Standing
from isonomy.web.viewer import Viewer

PAST_ON_A_PAGE = 25
_OF_THE_CHAIR = (FIRST, CHAIR, LAST)


def by_minute(request: HttpRequest, **_kwargs: Any) -> str:
    """The chair's page changes with the minute: a meeting is opened from its hour on."""
    minute: str = request.standing.local[:16]
    return minute


def title_for(standing: Standing, meeting: Meeting) -> str:
    """A meeting by its body: `Members' meeting`, `Meeting of the committee`."""
    rulebook = standing.rulebook if standing.edition is not None else None
    return capital(meeting_of(title_of(rulebook, meeting.body, standing.state.units)).removeprefix("the "))


def known_meeting(standing: Standing, id: str) -> Meeting:
    """The meeting of that id; raises `NotHere` where there is none."""
    found = standing.state.meetings.get(id)
    if found is None:
        raise NotHere(
            _("there is no meeting '%(id)s'") % {"id": id[:40]}, "meeting", _("look for it among all meetings")
        )
    return found


def meetings(request: HttpRequest) -> HttpResponse:
    """All meetings: under way, coming, past; of one body where `?body=` names it."""
    viewer: Viewer = request.viewer
    standing, body = viewer.standing, request.GET.get("body", "")[:100]
    found = [Sitting(standing, meeting) for meeting in standing.state.meetings.values() if body in ("", meeting.body)]
    past = sorted((each for each in found if each.phase == PAST), key=lambda each: each.when, reverse=True)
    open_demands = [
        demand for demand in standing.state.demands.values() if not demand.meeting and body in ("", demand.body)
    ]
    shown = {
        "under_way": [each for each in found if each.phase == UNDER_WAY],
        "coming": sorted((each for each in found if each.phase == COMING), key=lambda each: each.when or "9999"),
        "past": Paginator(past, PAST_ON_A_PAGE).get_page(request.GET.get("page")),
        "demands": open_demands,
        "today": [seat for seat in bodies_near(viewer) if _meets_today(standing, seat)],
        "bodies": sorted({meeting.body for meeting in standing.state.meetings.values()}),
        "body": body,
        "has_rulings": bool(standing.state.rulings)
        or (standing.edition is not None and standing.rulebook.ruling is not None),
    }
    return render(request, "meetings/meetings.html", shown)


def _meets_today(standing: Standing, seat: str) -> bool:
    return any(found.on == standing.day for found in occasions_ahead(standing, seat))


def meeting(request: HttpRequest, id: str) -> HttpResponse:
    """One meeting for its members: where it is, what is being decided, what one may do now."""
    shown = _shown(request, id)
    steps: list[Step] = shown["steps"]
    shown["mine"] = [step for step in steps if step.of == MEMBER and (step.is_open or step.is_yours)]
    shown["owed"] = [step for step in steps if step.of == OWED and step.is_open]
    # Whether it can be opened changes with the minute; from its day on the way there stands for whose it is, so that this page,
    # which many have open at once, changes with the record alone.
    has_come = shown["sitting"].when[:10] <= request.standing.today
    shown["presides"] = any(step.is_open or (has_come and step.is_yours) for step in steps if step.of in _OF_THE_CHAIR)
    return render(request, "meetings/meeting.html", shown)


@live_by(by_minute)
def chair(request: HttpRequest, id: str) -> HttpResponse:
    """The same meeting for whoever presides: quorum, the question, the next steps that the rulebook allows, in order."""
    shown = _shown(request, id)
    steps: list[Step] = shown["steps"]
    now = [step for kind in (OWED, FIRST, CHAIR, MEMBER, LAST) for step in steps if step.of == kind and step.is_open]
    shown["presides"] = any(step.is_open or step.is_yours for step in steps if step.of in _OF_THE_CHAIR)
    shown["now"] = [step for step in now if step.of in (OWED, FIRST, CHAIR)]
    shown["any_time"] = [step for step in now if step.of in (MEMBER, LAST)]
    shown["not_yet"] = [step for step in steps if not step.is_open and step.is_yours]
    shown["not_yours"] = [step for step in steps if not step.is_open and not step.is_yours]
    return render(request, "meetings/chair.html", shown)


def _shown(request: HttpRequest, id: str) -> dict[str, Any]:
    viewer: Viewer = request.viewer
    standing = viewer.standing
    sitting = Sitting(standing, known_meeting(standing, id))
    return {
        "sitting": sitting, "meeting": sitting.meeting, "heading": title_for(standing, sitting.meeting),
        "steps": steps_of(viewer, sitting), "entry_number": int(id.partition("-")[2]),
        "has_minutes": _has_minutes(id), "is_of_body": _is_of_body(viewer, sitting.meeting),
        "is_present": viewer.person in sitting.meeting.present,
        "to_vote": [
            poll for poll in sitting.open_polls
            if poll.standing == "open" and poll.secrecy != HANDS and poll.has_on_roll(viewer.person)
        ],
    }  # fmt: skip


def _is_of_body(viewer: Viewer, meeting: Meeting) -> bool:
    standing = viewer.standing
    return viewer.person in members_of_body(standing.state, meeting.edition, meeting.body, standing.today)


def _has_minutes(id: str) -> bool:
    try:
        reverse("minutes", args=[id])
    except NoReverseMatch:
        return False
    return True


def by_right_today(request: HttpRequest, seat: str) -> HttpResponse:
    """A body that meets by right today and was not called: what may be done about it."""
    viewer: Viewer = request.viewer
    standing = viewer.standing
    if seat not in bodies_near(viewer) or not _meets_today(standing, seat):
        raise NotHere(
            _("'%(seat)s' does not meet by right today") % {"seat": seat[:60]}, "body", _("look among all meetings")
        )
    sitting = Sitting(standing, uncalled(standing, seat))
    steps = [
        Step(title, reverse(page, args=[seat]), but_for_presence(judged(viewer, name, body=seat)))
        for title, page, name in (
            (_("Open the meeting"), "by-right-open", "meeting.open"),
            (_("Record that no quorum came"), "by-right-lapse", "meeting.lapse"),
        )
    ]
    shown = {"sitting": sitting, "steps": steps, "heading": title_for(standing, sitting.meeting), "seat_name": seat}
    return render(request, "meetings/by_right.html", shown)
