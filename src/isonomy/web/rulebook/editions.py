"""Pages of editions: which there are, one of them, two of them compared.

Lives here: these views. Not here: the comparison (`rulebook.compare`), proposing and adopting (`proposing`).
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from isonomy.engine.state import State
from isonomy.kernel.bad_input import BadInput
from isonomy.rulebook.compare import Comparison, compare
from isonomy.web.live import live_by, not_live
from isonomy.web.rulebook.checked import amending, is_known
from isonomy.web.rulebook.proposing import may_adopt, may_propose
from isonomy.web.rulebook.reading import before, edition_named, in_order, source_of, text_of
from isonomy.web.traces import entry_of
from isonomy.web.viewer import public


@public
def editions(request: HttpRequest) -> HttpResponse:
    """All editions with the days on which they began to govern, and the texts that are proposed."""
    state = request.standing.state
    found = [
        {"edition": edition, "front": state.rulebook(edition.id).front if edition.complete else None,
         "entry": entry_of(edition.id), "before": before(state, edition)}
        for edition in reversed(in_order(state))
    ]  # fmt: skip
    shown = {"editions": found, "may_propose": may_propose(request.viewer)}
    return render(request, "rulebook/editions.html", shown)


def _is_checked(request: HttpRequest, id: str) -> bool:
    """Whether the check of a proposed text is known: the page changes when it is."""
    return is_known(request.standing.state, id)


@public
@live_by(_is_checked)
def edition(request: HttpRequest, id: str) -> HttpResponse:
    """One edition: what it changes, where it stands, and its text."""
    state = request.standing.state
    if _is_to_go_on(request, id):
        return HttpResponseRedirect(reverse("rulebook-rest", args=[id]))
    found = edition_named(state, id)
    old = before(state, found)
    motions = [motion for motion in state.motions.values() if motion.draft == found.id]
    in_force = request.standing.edition
    is_in_force = in_force is not None and found.id == in_force.id
    by, _ = state.author_of(entry_of(found.id))
    shown = {
        "edition": found, "text": text_of(state.rulebook(found.id), "" if is_in_force else found.id),
        "is_in_force": is_in_force, "old": old, "lodged_by": by, "entry": entry_of(found.id),
        "comparison": _comparison(state, old.id, found.id) if old is not None and old.complete else None,
        "motions": motions, "may_adopt": not found.in_force_from and may_adopt(request.viewer, found),
        "is_draft": not found.in_force_from, "amending": amending(state, found.id),
        "by": _amending_body(request),
    }  # fmt: skip
    return render(request, "rulebook/edition.html", shown)


def _is_to_go_on(request: HttpRequest, id: str) -> bool:
    """Whether the text of an edition is not whole, and the viewer is who lodges the rest of it."""
    found = request.standing.state.editions.get(id)
    if found is None or found.complete:
        return False
    return request.viewer.person == request.standing.state.author_of(entry_of(found.id))[0]


@public
def compared(request: HttpRequest) -> HttpResponse:
    """Any two editions side by side: powers gained and lost, then clauses word by word."""
    state = request.standing.state
    whole = [found for found in in_order(state) if found.complete]
    if not whole:
        raise BadInput("there is no edition to compare", "", "lodge a text first")
    first = edition_named(state, request.GET.get("before") or whole[0].id)
    second = edition_named(state, request.GET.get("after") or whole[-1].id)
    choices = [(found.id, state.rulebook(found.id).front.edition, found.in_force_from) for found in whole]
    shown = {
        "first": first, "second": second, "choices": choices, "comparison": _comparison(state, first.id, second.id),
    }  # fmt: skip
    return render(request, "rulebook/compared.html", shown)


@public
@not_live
def source(request: HttpRequest, id: str) -> HttpResponse:
    """The text of an edition as it was lodged, byte for byte, so that its digest can be checked."""
    found = edition_named(request.standing.state, id)
    answer = HttpResponse(source_of(found).encode(), content_type="text/markdown; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="rulebook-{found.id}.md"'
    return answer


def _amending_body(request: HttpRequest) -> str:
    standing = request.standing
    amendment = standing.rulebook.amendment() if standing.edition is not None else None
    return amendment.by if amendment is not None else ""


def _comparison(state: State, first: str, second: str) -> Comparison:
    return compare(state.rulebook(first), state.rulebook(second))
