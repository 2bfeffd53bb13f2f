"""The minutes of a meeting as a page and as files.

Lives here: these views. Not here: reading the acts (`writing`), what stands in minutes (`documents.minutes`), approving
(`approval`).

Invariant: a page of minutes holds what the record says of the meeting and the names that the viewer may see, and nothing else.
"""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from isonomy.adapters.pdf import pdf_of
from isonomy.documents.minutes import Line, Minutes
from isonomy.documents.minutes_approval import MINUTES, read_approval
from isonomy.documents.minutes_html import minutes_html
from isonomy.documents.minutes_items import Item
from isonomy.documents.minutes_text import minutes_text
from isonomy.engine.meeting import Meeting
from isonomy.engine.state import State
from isonomy.web.decisions.approval import may_be_moved
from isonomy.web.decisions.writing import written
from isonomy.web.live import not_live
from isonomy.web.viewer import Viewer

A_PAGE = 30


def minutes(request: HttpRequest, meeting: str) -> HttpResponse:
    """The minutes, with what a viewer may do about them."""
    viewer: Viewer = request.viewer
    found = written(viewer, meeting)
    shown: dict[str, Any] = {
        "written": found,
        "minutes": found.minutes,
        "course": [(told, isinstance(told, Item), number) for told, number in _numbered(found.minutes)],
        "standing_of_minutes": found.standing,
        "may_approve": found.standing.name == "draft" and may_be_moved(viewer, found.minutes, found.acts),
    }
    return render(request, "decisions/minutes.html", shown)


def _numbered(found: Minutes) -> list[tuple[Line | Item, int]]:
    """The course with the number of each item (0 of a line)."""
    numbered, count = [], 0
    for told in found.course:
        count += isinstance(told, Item)
        numbered.append((told, count if isinstance(told, Item) else 0))
    return numbered


def all_minutes(request: HttpRequest) -> HttpResponse:
    """The meetings that were held, the latest first, each with the standing of its minutes."""
    state: State = request.standing.state
    held = [found for found in state.meetings.values() if found.standing in ("open", "adjourned", "closed", "lapsed")]
    held.sort(key=lambda found: (found.starts, found.id), reverse=True)
    page = Paginator(held, A_PAGE).get_page(request.GET.get("page"))
    approved = _approved(state, request.standing.today)
    lines = [(meeting, _standing(meeting, approved)) for meeting in page]
    return render(request, "decisions/all_minutes.html", {"page": page, "lines": lines})


def _approved(state: State, day: str) -> dict[str, str]:
    """The decision that approved the minutes of each meeting; whether its digest is right the page of the minutes says."""
    found = {}
    for decision in state.decisions.values():
        approval = read_approval(decision.text) if decision.matter == MINUTES else None
        if approval is not None and decision.standing_on(day) in ("in force", "ratified"):
            found[approval.meeting] = decision.id
    return found


def _standing(meeting: Meeting, approved: dict[str, str]) -> tuple[str, str]:
    if meeting.id in approved:
        return "approved", approved[meeting.id]
    return ("draft" if meeting.standing in ("closed", "lapsed") else "in progress"), ""


@not_live
def as_markdown(request: HttpRequest, meeting: str) -> HttpResponse:
    """The minutes as Markdown."""
    found = written(request.viewer, meeting)
    return _file(
        minutes_text(found.minutes, found.said).encode(), "text/markdown; charset=utf-8", f"minutes-{meeting}.md"
    )


@not_live
def as_html(request: HttpRequest, meeting: str) -> HttpResponse:
    """The minutes as one page to keep, that needs nothing beside it."""
    found = written(request.viewer, meeting)
    return _file(
        minutes_html(found.minutes, found.said).encode(), "text/html; charset=utf-8", f"minutes-{meeting}.html"
    )


@not_live
def as_pdf(request: HttpRequest, meeting: str) -> HttpResponse:
    """The minutes as PDF; where none can be made, what to do instead."""
    found = written(request.viewer, meeting)
    return _file(pdf_of(minutes_html(found.minutes, found.said)), "application/pdf", f"minutes-{meeting}.pdf")


def _file(data: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
