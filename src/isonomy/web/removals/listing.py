"""Removals and petitions: all of them, and one of them with the calendar of its proceeding.

Lives here: these views. Not here: acting in them (`acting`).

Invariant: what is shown follows from the record and today; of secret supporters there is a number and no name.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from isonomy.engine.petition import Petition
from isonomy.engine.proceedings.asking import group_of
from isonomy.engine.removal import GATHERING, STANDS, Removal
from isonomy.rulebook.provisions.petition import petitions
from isonomy.rulebook.provisions.removal import RemovalRule
from isonomy.web.history import history_of
from isonomy.web.removals.acting import steps_of
from isonomy.web.removals.places import has_removals
from isonomy.web.viewer import Viewer


@dataclass(frozen=True)
class Day:
    """A day of the proceeding: what, when, whether it is done, and what follows where it is not."""

    what: str
    on: str
    done: bool
    else_: str = ""


def _checked(request: HttpRequest) -> Viewer:
    viewer: Viewer = request.viewer
    if not has_removals(viewer):
        raise Http404
    return viewer


def removals(request: HttpRequest) -> HttpResponse:
    """Everything that was asked for, what is open first; conditions that are to be reviewed; what may be petitioned."""
    viewer = _checked(request)
    state, today = viewer.standing.state, viewer.standing.today
    going = [each for each in state.removals.values() if each.standing in (GATHERING, STANDS)]
    shown: dict[str, Any] = {
        "going": going, "settled": [each for each in state.removals.values() if each not in going],
        "conditions": [each for each in state.retentions.values() if not each.outcome],
        "petitions": [(each, each.standing_on(today)) for each in state.petitions.values()],
        "blocks": list(petitions(viewer.standing.rulebook).values()),
        "has_recalls": bool(viewer.standing.rulebook.provisions.get("recall")),
    }  # fmt: skip
    return render(request, "removals/removals.html", shown)


def removal(request: HttpRequest, id: str) -> HttpResponse:
    """One removal, petition or recall: who asks, the days, what may be done now, and what was done."""
    viewer = _checked(request)
    state = viewer.standing.state
    shown: dict[str, Any] = {"id": id, "steps": steps_of(viewer, id)}
    if id in state.removals:
        found = state.removals[id]
        shown |= {"removal": found, "days": _days(viewer, found), "over": not _is_held(viewer, found)}
    elif id in state.petitions:
        petition = state.petitions[id]
        shown |= {
            "petition": petition,
            "so": petition.standing_on(viewer.standing.today),
            "of": _whole(viewer, petition),
        }
    else:
        raise Http404
    shown["history"] = history_of(viewer, [id], int(id.partition("-")[2]))
    return render(request, "removals/removal.html", shown)


def _is_held(viewer: Viewer, removal: Removal) -> bool:
    return viewer.standing.state.mandates[removal.mandate].is_valid_on(viewer.standing.today)


def _whole(viewer: Viewer, petition: Petition) -> int:
    """How many there are who may support it."""
    state, today = viewer.standing.state, viewer.standing.today
    return len(group_of(state, petition.edition, petition.of, petition.seat or petition.body, petition.person, today))


def _days(viewer: Viewer, removal: Removal) -> list[Day]:
    """The calendar of a removal: what was and what is to come."""
    found = [Day(_("Asked for"), removal.asked_on, True)]
    if removal.stands_on:
        found.append(Day(_("As many asked as the clause says"), removal.stands_on, True))
    if removal.offer_by:
        done = bool(removal.heard)
        found.append(Day(_("The hearing is offered by"), removal.offer_by, done, _("those who asked offer it")))
    if removal.hearing_at:
        done = bool(removal.heard_on)
        found.append(Day(_("The hearing"), removal.hearing_at[:10], done, _("it is entered as not used")))
    if removal.vote_by:
        done = bool(removal.settled_on)
        found.append(Day(_("The meeting is called by"), removal.call_by, done, _("those who asked call it")))
        found.append(Day(_("The vote is held by"), removal.vote_by, done))
    if removal.settled_on:
        found.append(Day(_("Decided"), removal.settled_on, True))
    condition = viewer.standing.state.retentions.get(removal.mandate)
    if condition is not None and condition.removal == removal.id:
        lapses = _("the mandate ends") if condition.lapses_on else ""
        found.append(Day(_("The condition is reviewed"), condition.review_on, bool(condition.outcome), lapses))
    if removal.protected_until:
        found.append(Day(_("Those who asked are protected through"), removal.protected_until, False))
    return found


def calendar_ahead(rule: RemovalRule, today: date) -> list[Day]:
    """The calendar as it would run if enough asked today."""
    found = []
    if rule.offered_within is not None:
        day = rule.offered_within.after(today).isoformat()
        found.append(Day(_("The hearing is offered by"), day, False, _("those who asked offer it")))
    if rule.hearing_notice is not None:
        day = rule.hearing_notice.after(today).isoformat()
        found.append(Day(_("The hearing, at the earliest"), day, False))
    if rule.vote_within is not None:
        day = rule.vote_within.after(today).isoformat()
        found.append(Day(_("The vote is held by"), day, False, _("those who asked call the meeting")))
    return found
