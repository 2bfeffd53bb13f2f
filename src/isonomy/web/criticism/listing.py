"""All criticism with its dates, and one with its answers, replies and history.

Lives here: these views, and what a viewer may do about a criticism. Not here: doing it (`acting`).

Invariant: a silence, an escalation and a late answer are shown in words where the eye falls; no answer is judged, each stands
beside the words it answers. What the rulebook does not have has no page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from isonomy.engine.criticism import Criticism
from isonomy.engine.owed_answers import by_addressee, rule_of
from isonomy.engine.state import State
from isonomy.rulebook.model import MEMBERS
from isonomy.rulebook.provisions.criticism import ANSWERING, BY_CHAIR, CriticismRule, criticism_rules
from isonomy.web.asking import may
from isonomy.web.history import history_of
from isonomy.web.organisation import Standing
from isonomy.web.viewer import Viewer

A_PAGE = 25


@dataclass(frozen=True)
class Line:
    """A criticism in the list: where it stands today, who owes the answer until when."""

    criticism: Criticism
    standing: str
    owes: str
    due_on: str


@dataclass(frozen=True)
class Step:
    """Something the viewer may do about it now."""

    label: str
    href: str


def rules_of(standing: Standing) -> dict[str, CriticismRule]:
    """The blocks of the edition in force; 404 where it has none and nothing was ever criticised here."""
    found = criticism_rules(standing.rulebook) if standing.edition is not None else {}
    if not found and not standing.state.criticisms:
        raise Http404
    return found


def title_of(standing: Standing) -> str:
    """What the organisation calls it, in the singular, as the first block says."""
    found = criticism_rules(standing.rulebook) if standing.edition is not None else {}
    called = next((rule.called for rule in found.values() if rule.called), "")
    return called or _("criticism")


def line_of(criticism: Criticism, day: str) -> Line:
    """A criticism as the list shows it."""
    step = criticism.owing_on(day)
    shown = step is not None and not criticism.silence_on(day)
    return Line(
        criticism,
        criticism.standing_on(day),
        step.seat if step and shown else "",
        step.due_on if step and shown else "",
    )


def known(state: State, id: str) -> Criticism:
    """The criticism of that id, or 404."""
    found = state.criticisms.get(id)
    if found is None:
        raise Http404
    return found


def criticisms(request: HttpRequest) -> HttpResponse:
    """All of it, what waits for an answer first; how many each addressee was sent, and what became of them."""
    viewer: Viewer = request.viewer
    rules = rules_of(viewer.standing)
    state, today = viewer.standing.state, viewer.standing.today
    lines = [line_of(found, today) for found in reversed(state.criticisms.values())]
    lines.sort(key=lambda line: (not line.due_on, line.due_on))
    shown = {
        "page": Paginator(lines, A_PAGE).get_page(request.GET.get("page")), "title": title_of(viewer.standing),
        "counts": by_addressee(state, today), "rules": list(rules.values()), "may_write": bool(rules),
    }  # fmt: skip
    return render(request, "criticism/criticisms.html", shown)


def criticism(request: HttpRequest, id: str) -> HttpResponse:
    """One criticism: its words, its way, its answers side by side, what the viewer may do."""
    viewer: Viewer = request.viewer
    state, today = viewer.standing.state, viewer.standing.today
    rules_of(viewer.standing)
    found = known(state, id)
    words = found.text or viewer.sees({"c": found.sealed} if found.sealed else None)
    steps = [(step, _passed(found, step.seat, step.since, step.due_on, today)) for step in found.steps]
    shown: dict[str, Any] = {
        "criticism": found, "rule": rule_of(state, found), "line": line_of(found, today), "words": words,
        "title": title_of(viewer.standing), "way": steps, "silence": found.silence_on(today),
        "to_members": found.silent_to == MEMBERS, "can": steps_for(viewer, found), "answers": found.answers,
        "disagreements": [one for one in state.disagreements.values() if one.about == id],
        "history": history_of(viewer, [id], found.entry),
    }  # fmt: skip
    return render(request, "criticism/criticism.html", shown)


def _passed(criticism: Criticism, seat: str, since: str, due_on: str, today: str) -> str:
    """What became of a step of its way: answered, not answered, waiting, or to come."""
    answer = criticism.answer_of(seat)
    if answer is not None:
        return _("answered late") if answer.on > due_on else _("answered")
    if criticism.over_on and criticism.over_on < since:
        return _("not reached")
    if today < since:
        return _("only if nobody answers before")
    if criticism.over_on and criticism.over_on <= due_on:
        return _("not needed")
    return _("owes the answer") if today <= due_on else _("did not answer")


def steps_for(viewer: Viewer, found: Criticism) -> list[Step]:
    """What the viewer may do about a criticism, asked of the engine."""
    steps: list[Step] = []
    if may(viewer, "criticism.join", criticism=found.id):
        steps.append(Step(_("Join it"), reverse("criticism-join", args=[found.id])))
    if answering(viewer, found):
        steps.append(Step(_("Answer it"), reverse("criticism-answer", args=[found.id])))
    body = body_to_move_in(viewer, found)
    if body:
        about = urlencode({"body": body, "matter": ANSWERING, "ratifies": found.id})
        steps.append(Step(_("Move an answer of the body"), f"{reverse('motion-move')}?{about}"))
    if may(viewer, "criticism.rejoin", criticism=found.id, text="?"):
        steps.append(Step(_("Reply to the answer"), reverse("criticism-reply", args=[found.id])))
    if found.sealed and not found.opened_on and may_open(viewer, found):
        steps.append(Step(_("Open its words"), reverse("criticism-open", args=[found.id])))
    if found.author and viewer.is_member and viewer.person not in found.critics:
        steps.append(Step(_("I wrote it: say so"), reverse("criticism-avow", args=[found.id])))
    if may(viewer, "criticism.withdraw", criticism=found.id):
        steps.append(Step(_("Withdraw it"), reverse("criticism-withdraw", args=[found.id])))
    return steps


@dataclass(frozen=True)
class Answering:
    """For which seat the viewer may answer now, and with which words a body decided, where it did."""

    seat: str
    decision: str = ""
    text: str = ""


def answering(viewer: Viewer, found: Criticism) -> list[Answering]:
    """The seats for which the viewer may answer now: their own office, a body that they chair, one that has decided."""
    state, today = viewer.standing.state, viewer.standing.today
    possible = []
    for step in found.reached(today) or ():
        for decision in state.decisions.values():
            motion = state.motions.get(decision.motion)
            if decision.seat == step.seat and decision.matter == ANSWERING and motion and motion.ratifies == found.id:
                possible.append(Answering(step.seat, decision.id, decision.text))
        possible.append(Answering(step.seat))
    if not found.steps:
        possible.append(Answering(found.addressee))
    return [
        each
        for each in possible
        if may(
            viewer, "criticism.answer", criticism=found.id, seat=each.seat, text=each.text or "?",
            decision=each.decision or None,
        )
    ]  # fmt: skip


def body_to_move_in(viewer: Viewer, found: Criticism) -> str:
    """The body that owes the answer, where it answers by its decision and the viewer may move one in it."""
    step = found.owing_on(viewer.standing.today)
    book = viewer.standing.rulebook
    if step is None or step.seat.partition("@")[0] not in book.bodies:
        return ""
    if rule_of(viewer.standing.state, found).answer_of_a_body == BY_CHAIR:
        return ""
    asked = may(viewer, "motion.move", body=step.seat, matter=ANSWERING, text="?", ratifies=found.id)
    return step.seat if asked else ""


def may_open(viewer: Viewer, found: Criticism) -> bool:
    """Whether the viewer may open its sealed words now, and the words and their salt are kept here."""
    kept = viewer.organisation.kept({"c": found.sealed})
    if kept is None or kept.opening.value is None:
        return False
    from isonomy.record.base64_text import to_base64

    salt = to_base64(kept.opening.salt)
    return may(viewer, "criticism.open", criticism=found.id, text=kept.opening.value, salt=salt)
