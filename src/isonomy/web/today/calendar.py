"""The calendar: meetings and duties month by month, and the feed to which a calendar program subscribes.

Lives here: the page, the feed, and a member's private address for it. Not here: iCalendar (`documents.calendar_feed`).

Invariant: a feed is a member's own: its address is secret, can be made worthless by its owner, and gives nothing to somebody
who is no member any more. What it says, every member may see; it holds no name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views import View

from isonomy.adapters.system import instant_in
from isonomy.documents.calendar_feed import calendar_feed
from isonomy.engine.duty import Duty
from isonomy.kernel.calendar import MONTHS
from isonomy.web.live import not_live
from isonomy.web.organisation import Standing
from isonomy.web.today.bodies import sits_in, when
from isonomy.web.today.models import FeedAddress
from isonomy.web.today.places import place_of_duty, place_of_thing
from isonomy.web.today.views import is_due_of
from isonomy.web.viewer import Viewer, public


@dataclass(frozen=True)
class Date:
    """One line of the calendar: a meeting or a duty on a day."""

    at: str
    says: str
    href: str
    clause: str = ""
    seats: tuple[str, ...] = ()
    is_meeting: bool = False
    is_mine: bool = False
    is_overdue: bool = False
    standing: str = ""
    thing: str = ""


@dataclass(frozen=True)
class Month:
    """The lines of a month, `March 2027`."""

    name: str
    dates: list[Date] = field(default_factory=list)


def months_of(viewer: Viewer, only_mine: bool) -> list[Month]:
    """What lies ahead, month by month, and before it what is overdue; with `only_mine` that of the viewer's own bodies."""
    dates = [found for found in _dates(viewer) if found.is_mine or not only_mine]
    dates.sort(key=lambda found: (found.at, not found.is_meeting, found.says))
    return [
        Month(f"{MONTHS[int(month[5:]) - 1]} {month[:4]}", list(group))
        for month, group in groupby(dates, key=lambda found: found.at[:7])
    ]


def _dates(viewer: Viewer) -> Iterator[Date]:
    standing = viewer.standing
    state = standing.state
    called = set()
    for meeting in state.meetings.values():
        at = when(meeting)
        if meeting.standing in ("called", "open", "adjourned") and at:
            called.add(meeting.id)
            place = place_of_thing(state, meeting.id)
            mine = sits_in(viewer, meeting.body)
            is_past = at[:10] < standing.today
            yield Date(
                at, "", place, "", (meeting.body,), is_meeting=True, is_mine=mine, is_overdue=is_past,
                standing=meeting.standing, thing=meeting.id,
            )  # fmt: skip
    for duty in standing.due:
        if duty.id.startswith("hold ") and duty.thing in called and not duty.is_overdue:
            continue
        mine = is_due_of(viewer, duty) or any(sits_in(viewer, seat) for seat in duty.seats)
        yield Date(
            duty.due_on, duty.duty, place_of_duty(state, duty), duty.clause, duty.seats, is_mine=mine,
            is_overdue=duty.is_overdue,
        )  # fmt: skip


@not_live
class Calendar(View):
    """The calendar, and the member's private address for a calendar program."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Shows the months; `all=1` shows what is of other bodies too."""
        viewer: Viewer = request.viewer
        shows_all = request.GET.get("all") == "1"
        feed = FeedAddress.objects.filter(person=viewer.person).first()
        shown = {
            "months": months_of(viewer, not shows_all), "shows_all": shows_all,
            "feed": settings.ISONOMY_URL + reverse("feed", args=[feed.token]) if feed is not None else "",
        }  # fmt: skip
        return render(request, "today/calendar.html", shown)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Makes a new private address, or takes the present one away."""
        person = request.viewer.person
        if "stop" in request.POST:
            FeedAddress.objects.filter(person=person).delete()
        else:
            FeedAddress.renew(person)
        return redirect(reverse("calendar") + "#feed")


@public
@not_live
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar of a member as iCalendar text; there is nothing at an address that was given up."""
    found = FeedAddress.of_token(token)
    if found is None:
        raise Http404
    standing: Standing = request.standing
    viewer = Viewer(found.person, request.organisation, standing)
    if not viewer.is_member:
        raise Http404
    text = calendar_feed(standing.state, own_duties(viewer), instant_in(standing.state.time_zone))
    answer = HttpResponse(text.encode(), content_type="text/calendar; charset=utf-8")
    answer["Cache-Control"] = "private, max-age=900"
    answer["Content-Disposition"] = 'inline; filename="calendar.ics"'
    return answer


def own_duties(viewer: Viewer) -> list[Duty]:
    """The duties of the seats the viewer holds and of the bodies the viewer sits in."""
    return [
        duty
        for duty in viewer.standing.due
        if is_due_of(viewer, duty) or any(sits_in(viewer, seat) for seat in duty.seats)
    ]
