"""All commissions, and one with its terms, members, dates, the views it invited and their answers.

Lives here: these views, and what a viewer may do about a commission. Not here: doing it (`commission_acts`).

Invariant: what the rulebook does not have has no page; each view stands with the answer owed to it, or the day by which it is.
"""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from isonomy.engine.commission import ADOPTED, Commission
from isonomy.engine.proceedings.commissions import convener_of, rule_of_commission
from isonomy.engine.state import Decision, State
from isonomy.rulebook.model import MEMBERS
from isonomy.rulebook.provisions.commission import COMMISSION, CommissionRule, commission_rules
from isonomy.web.asking import may
from isonomy.web.criticism.listing import Step
from isonomy.web.history import history_of
from isonomy.web.organisation import Standing
from isonomy.web.viewer import Viewer

A_PAGE = 25


def commission_rules_of(standing: Standing) -> dict[str, CommissionRule]:
    """The blocks of the edition in force; 404 where it has none and no commission was ever set up."""
    found = commission_rules(standing.rulebook) if standing.edition is not None else {}
    if not found and not standing.state.commissions:
        raise Http404
    return found


def known_here(state: State, id: str) -> Commission:
    """The commission of that id, or 404."""
    found = state.commissions.get(id)
    if found is None:
        raise Http404
    return found


def waiting_decisions(viewer: Viewer) -> list[Decision]:
    """Decisions to set up a commission that nobody has carried out."""
    state, today = viewer.standing.state, viewer.standing.today
    done = {key.partition(" ")[0] for key in state.carried_out}
    return [
        found
        for found in state.decisions.values()
        if found.matter == COMMISSION and found.id not in done and found.standing_on(today) in ("in force", "ratified")
    ]


def commissions(request: HttpRequest) -> HttpResponse:
    """All commissions, those at work first."""
    viewer: Viewer = request.viewer
    rules = commission_rules_of(viewer.standing)
    today = viewer.standing.today
    every = [*reversed(viewer.standing.state.commissions.values())]
    every.sort(key=lambda found: found.standing_on(today) != "at work")
    shown = {
        "page": Paginator([(found, found.standing_on(today)) for found in every], A_PAGE).get_page(request.GET.get("page")),
        "rules": list(rules.values()), "waiting": waiting_decisions(viewer) if rules else [],
    }  # fmt: skip
    return render(request, "criticism/commissions.html", shown)


def commission(request: HttpRequest, id: str) -> HttpResponse:
    """One commission."""
    viewer: Viewer = request.viewer
    state, today = viewer.standing.state, viewer.standing.today
    commission_rules_of(viewer.standing)
    found = known_here(state, id)
    views = [state.views[view] for view in found.views]
    answerable = {
        view.id
        for view in views
        if not view.answer and may(viewer, "view.answer", view=view.id, answer=ADOPTED, reason="?")
    }
    given = {view.of for view in views}
    shown: dict[str, Any] = {
        "commission": found, "rule": rule_of_commission(state, found), "standing_now": found.standing_on(today),
        "convener": convener_of(state, found, today), "views": views, "answerable": answerable, "can": steps_for(viewer, found),
        "silent": [unit for unit in found.invited if unit not in given and unit != MEMBERS],
        "of_members": found.invited == (MEMBERS,), "is_open": bool(found.views_until) and today <= found.views_until,
        "late": [view.id for view in views if not view.answer and view.answer_by and today > view.answer_by],
        "history": history_of(viewer, [id, *found.views], int(id.partition("-")[2])),
    }  # fmt: skip
    return render(request, "criticism/commission.html", shown)


def steps_for(viewer: Viewer, found: Commission) -> list[Step]:
    """What the viewer may do about a commission, asked of the engine."""
    steps: list[Step] = []
    far = "2999-01-01"
    if may(viewer, "commission.invite", commission=found.id, closes_on=far):
        steps.append(Step(_("Invite views"), reverse("commission-invite", args=[found.id])))
    if may(viewer, "view.give", commission=found.id, text="?"):
        steps.append(Step(_("Give your view"), reverse("view-give", args=[found.id])))
    if may(viewer, "commission.report", commission=found.id, text="?"):
        steps.append(Step(_("Report"), reverse("commission-report", args=[found.id])))
    if any(report.sealed and not report.published_on for report in found.reports):
        steps.append(Step(_("Publish the sealed report"), reverse("commission-publish", args=[found.id])))
    return steps
