"""The page of one clause: its words, what the program reads in them, how they changed, what was done under them.

Lives here: this view. Not here: which entries cite a clause (`traces`), sentences about them (`engine.explain`).

Invariant: what was done is told to members, with the names they may see; to others only how often.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from isonomy.chamber.answers import ENTERED, Answer
from isonomy.engine.state import Edition
from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.canonical import Json
from isonomy.rulebook.compare import ClauseChange, compare
from isonomy.web.desk import told
from isonomy.web.live import live_by
from isonomy.web.not_here import NotHere
from isonomy.web.rulebook.reading import before, edition_named, text_of
from isonomy.web.traces import traces_of
from isonomy.web.viewer import Viewer, public

ON_A_PAGE = 20


def _read_so_far(request: HttpRequest, **_kwargs: Any) -> int:
    return traces_of(request.organisation, request.standing.size).size


@public
@live_by(_read_so_far)
def clause(request: HttpRequest, id: str) -> HttpResponse:
    """One clause of the edition in force, or of the one named in `edition`."""
    standing, viewer = request.standing, request.viewer
    edition = _edition(request)
    is_in_force = standing.edition is not None and edition.id == standing.edition.id
    text = text_of(standing.state.rulebook(edition.id), "" if is_in_force else edition.id)
    laid = text.clauses.get(id)
    if laid is None:
        raise NotHere(
            f"there is no clause '{id[:40]}' in edition {text.rulebook.front.edition}", "clause",
            "choose one from the contents of the rulebook",
        )  # fmt: skip
    traces = traces_of(request.organisation, standing.size)
    numbers = traces.under(id)
    page = Paginator(Backwards(numbers), ON_A_PAGE).get_page(request.GET.get("page"))
    earlier, later = text.around(id)
    shown = {
        "laid": laid, "text": text, "edition": edition, "is_in_force": is_in_force, "earlier": earlier, "later": later,
        "within": text.within(id), "change": _change(request, edition, id), "previous": before(standing.state, edition),
        "page": page, "count": len(numbers), "read": traces.size, "is_whole": traces.size == standing.size,
        "done": list(_done(viewer, page.object_list, edition)) if viewer.is_member else [],
    }  # fmt: skip
    return render(request, "rulebook/clause.html", shown)


class Backwards(Sequence[int]):
    """Numbers from the last to the first, without copying them."""

    def __init__(self, numbers: Sequence[int]) -> None:
        self._numbers = numbers

    def __len__(self) -> int:
        return len(self._numbers)

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            return [self[at] for at in range(*place.indices(len(self)))]
        return self._numbers[len(self._numbers) - 1 - place]


def _edition(request: HttpRequest) -> Edition:
    asked = request.GET.get("edition", "")
    if asked:
        return edition_named(request.standing.state, asked)
    if request.standing.edition is None:
        raise BadInput("no edition of the rulebook is in force yet", "", "look at the editions that were lodged")
    found: Edition = request.standing.edition
    return found


def _change(request: HttpRequest, edition: Edition, id: str) -> ClauseChange | None:
    """How the clause came to read as it does in this edition; None where it is as it was."""
    state = request.standing.state
    old = before(state, edition)
    if old is None or not old.complete:
        return None
    found = compare(state.rulebook(old.id), state.rulebook(edition.id))
    return next((change for change in found.clauses if change.after == id), None)


def _done(viewer: Viewer, numbers: Sequence[int], edition: Edition) -> Iterator[dict[str, Json]]:
    state = viewer.standing.state
    for number in numbers:
        entry = viewer.organisation.entry(number)
        governed = state.edition_on(entry["local"][:10])
        under = governed.id if governed is not None and governed.id != edition.id else ""
        says = told(viewer, Answer("", ENTERED, entry=entry))
        how = entry["auth"]["kind"]
        yield {"n": number, "says": says, "on": entry["local"][:16], "auth": how, "edition": under}
