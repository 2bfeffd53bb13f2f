"""The first page: what is due of the viewer, what the viewer may decide now, what comes next.

Lives here: choosing among the engine's duties and open proceedings. Not here: what is due (`engine.duties`).

Invariant: every line says its clause; what is shown as open to the viewer was asked of the engine.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from isonomy.web.accounts.door import doors
from isonomy.web.viewer import Viewer, public


@public
def today(request: HttpRequest) -> HttpResponse:
    """The member's day; for everybody else, what this organisation is and how its record is verified."""
    viewer: Viewer = request.viewer
    if not viewer.is_member:
        return render(request, "today/entrance.html", {"doors": doors(viewer)})
    seats = set(viewer.seats)
    mine = [duty for duty in viewer.standing.due if viewer.person in duty.holders or seats & set(duty.seats)]
    others = [duty for duty in viewer.standing.due if duty not in mine]
    return render(request, "today/today.html", {"mine": mine, "others": others})
