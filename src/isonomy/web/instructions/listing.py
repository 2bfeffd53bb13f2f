"""What was asked of whom: instructions, conditions, targets, what holds because something was not done; one of them; the report.

Lives here: these views. Not here: choosing and comparing (`documents.instruction_report`), reporting (`reporting`).

Invariant: what is shown follows from the record and today; an organisation whose rulebook has no such block, and whose record
has no such thing, has no such page.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from isonomy.documents.instruction_report import conditions_on, draft, of_body, progress_of, shown_on
from isonomy.engine.following import following
from isonomy.engine.refusal import Accepted
from isonomy.engine.words import title_of
from isonomy.web.asking import tried
from isonomy.web.history import history_of
from isonomy.web.instructions.places import has_instructions
from isonomy.web.live import not_live
from isonomy.web.viewer import Viewer


def _checked(request: HttpRequest) -> Viewer:
    viewer: Viewer = request.viewer
    if not has_instructions(viewer):
        raise Http404
    return viewer


def instructions(request: HttpRequest) -> HttpResponse:
    """Everything that was asked for by a day, what is open first; and what holds because something was not done."""
    viewer = _checked(request)
    state, today = viewer.standing.state, viewer.standing.today
    edition = viewer.standing.edition
    shown: dict[str, Any] = {
        "found": of_body(state, "", today),
        "conditions": conditions_on(state, today),
        "targets": [progress_of(state, one, today) for one in state.instructions.targets.values()],
        "follows": following(state, edition.id, today) if edition is not None else [],
        "ended": sorted(state.instructions.ended.items(), key=lambda pair: pair[1]),
        "bodies": sorted({one.body for one in state.instructions.given.values()}),
    }
    return render(request, "instructions/instructions.html", shown)


def instruction(request: HttpRequest, id: str) -> HttpResponse:
    """One instruction, condition or target: what was asked, by when, what was reported, what was decided."""
    viewer = _checked(request)
    state, today = viewer.standing.state, viewer.standing.today
    given = state.instructions
    act, key = {"in": ("instruction.report", "instruction"), "cn": ("condition.report", "condition")}.get(
        id[:2], ("target.follow", "target")
    )
    shown: dict[str, Any] = {"id": id}
    if id in given.given:
        shown["shown"] = shown_on(state, given.given[id], today)
    elif id in given.conditions:
        shown["condition"] = given.conditions[id]
        shown["so"] = given.conditions[id].standing_on(today)
        found = state.decisions.get(given.conditions[id].decision)
        shown["decision_standing"] = found.standing_on(today) if found is not None else ""
        shown["decision"] = found
    elif id in given.targets:
        shown["progress"] = progress_of(state, given.targets[id], today)
    else:
        raise Http404
    words = {"text": "."} | ({"says": "met"} if key == "condition" else {})
    if id in given.given:
        words["kind"] = "interim"
    shown["may_report"] = viewer.is_member and isinstance(tried(viewer, act, **{key: id}, **words)[0], Accepted)
    shown["history"] = history_of(viewer, [id], int(id.partition("-")[2]))
    return render(request, "instructions/instruction.html", shown)


def report(request: HttpRequest) -> HttpResponse:
    """The draft of the report on what a body instructed, made from acts."""
    viewer = _checked(request)
    state = viewer.standing.state
    bodies = sorted({one.body for one in state.instructions.given.values()})
    body = request.GET.get("body", "") or (bodies[0] if bodies else "")
    found = of_body(state, body, viewer.standing.today) if body else []
    return render(request, "instructions/report.html", {"found": found, "body": body, "bodies": bodies})


@not_live
def report_file(request: HttpRequest) -> HttpResponse:
    """The same draft as Markdown, to be finished by its author."""
    viewer = _checked(request)
    standing = viewer.standing
    bodies = sorted({one.body for one in standing.state.instructions.given.values()})
    body = request.GET.get("body", "") or next(iter(bodies), "")
    if body not in bodies:
        raise Http404

    def seat(name: str) -> str:
        return title_of(standing.rulebook, name, standing.state.units)

    text = draft(standing.state, body, standing.today, seat, viewer.name)
    answer = HttpResponse(text.encode(), content_type="text/markdown; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="report.md"'
    return answer
