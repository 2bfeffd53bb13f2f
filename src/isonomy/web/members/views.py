"""Pages of members: the roll, one member, the roll as a file.

Lives here: these views. Not here: searching and narrowing (`roll`), admitting, moving, leaving (`membership`), inviting
(`inviting`), units (`units`).

Invariant: what a page shows of a member is what the record holds in clear, and the name where the viewer may see it.
"""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from isonomy.engine.identity import now_known_as
from isonomy.engine.roll import class_of, votes_from
from isonomy.web.live import live_by, not_live
from isonomy.web.members.membership import may_admit, offers_about
from isonomy.web.members.roll import Asked, Roll, audience_of
from isonomy.web.members.standing import stands
from isonomy.web.members.units import units_in_order
from isonomy.web.not_here import NotHere
from isonomy.web.seats.held import lines, timeline_of_person
from isonomy.web.traces import traces_of

ON_A_PAGE, MOTIONS_SHOWN = 50, 20


def members(request: HttpRequest) -> HttpResponse:
    """The roll: searched by name or id, narrowed by unit, class and standing."""
    standing, viewer = request.standing, request.viewer
    state = standing.state
    asked = Asked.of(request.GET.dict())
    roll = Roll(viewer)
    listed = roll.found(asked)
    page = Paginator(listed.persons, ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [(state.persons[person], roll.name(person)) for person in page.object_list]
    book = standing.rulebook if standing.edition is not None else None
    shown = {
        "rows": rows, "page": page, "listed": listed, "asked": asked, "q": request.GET.get("q", "")[:100],
        "units": units_in_order(state), "classes": list(book.member_classes) if book is not None else [],
        "total": page.paginator.count, "query": request.GET.urlencode(), "may_admit": may_admit(viewer),
        "keeps_roll": viewer.keeps("roll"),
    }  # fmt: skip
    return render(request, "members/members.html", shown)


@not_live
def export(request: HttpRequest) -> HttpResponse:
    """The roll in CSV, as the viewer may see it."""
    text = Roll(request.viewer).csv(Asked.of(request.GET.dict()))
    answer = HttpResponse(text.encode(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="members-{request.standing.today}.csv"'
    return answer


def _address_of_viewer(request: HttpRequest, **_kwargs: object) -> str:
    return getattr(request.user, "email", "")


@live_by(_address_of_viewer)
def member(request: HttpRequest, person: str) -> HttpResponse:
    """One member: what the record holds, mandates now and before, motions moved; one's own page also what one may do."""
    standing, viewer = request.standing, request.viewer
    state = standing.state
    found = state.persons.get(person)
    if found is None:
        raise NotHere(f"there is no member '{person[:40]}'", "member", "look for the member in the list")
    traces = traces_of(request.organisation, standing.size)
    held = lines(state, (one for one in state.mandates.values() if one.person == person), traces, standing.today)
    motions = [motion for motion in reversed(state.motions.values()) if motion.mover == person]
    block = class_of(standing.rulebook, found.member_class) if standing.edition is not None else None
    start = votes_from(found, block)
    shown = {
        "person_id": person, "found": found, "name": viewer.name(person), "is_own": person == viewer.person,
        "now": [line for line in held if line.is_now], "others": [line for line in held if not line.is_now],
        "timeline": timeline_of_person(standing, held, viewer.name(person)), "motions": motions[:MOTIONS_SHOWN],
        "motion_count": len(motions), "votes_from": start.isoformat() if start else "", "rule": block,
        "is_member": found.is_member_on(standing.today), "gone_by": traces.gone.get(person),
        "moves": traces.moved.get(person, []), "audience": audience_of(viewer, person) if person == viewer.person else "",
        "unit": state.units.get(found.unit), "now_known_as": now_known_as(state, person), "offers": offers_about(viewer, found),
        "stands": stands(viewer, person),
    }  # fmt: skip
    return render(request, "members/member.html", shown)
