"""Addresses: one line for each thing a member comes for.

Lives here: which app answers which address. Not here: the addresses within (each app's `urls`).
"""

from __future__ import annotations

from django.urls import include, path

from isonomy.web import answering

urlpatterns = [
    path("", include("isonomy.web.today.urls")),
    path("", include("isonomy.web.accounts.urls")),
    path("", include("isonomy.web.record.urls")),
    path("", include("isonomy.web.operators.urls")),
    path("", include("isonomy.web.founding.urls")),
    path("", include("isonomy.web.instructions.urls")),
    path("", include("isonomy.web.motions.urls")),
    path("", include("isonomy.web.criticism.urls")),
    path("", include("isonomy.web.publication.urls")),
    path("", include("isonomy.web.money.urls")),
    path("", include("isonomy.web.decisions.urls")),
    path("", include("isonomy.web.meetings.urls")),
    path("", include("isonomy.web.polls.urls")),
    path("", include("isonomy.web.elections.urls")),
    path("", include("isonomy.web.rulebook.urls")),
    path("", include("isonomy.web.members.urls")),
    path("", include("isonomy.web.removals.urls")),
    path("", include("isonomy.web.seats.urls")),
    path("", include("isonomy.web.powers.urls")),
]

handler404 = answering.not_found
handler500 = answering.defect
