"""The register of decisions, one decision, and the files for other programs.

Lives here: these views. Not here: choosing and grounds (`documents.decision_register`), deciding (`taking`).

Invariant: a decision has one address for good; what is shown of it is what the record holds today.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render

from isonomy.documents.decision_register import (
    Row,
    Wanted,
    citation,
    found_in,
    register,
    register_csv,
    rested_by,
    rests_on,
    row_of,
)  # fmt: skip
from isonomy.documents.minutes_items import votes_of
from isonomy.documents.popolo import popolo_pieces
from isonomy.engine.competence import RATIFICATION
from isonomy.engine.state import Decision
from isonomy.rulebook.provisions.criticism import DISAGREEING
from isonomy.web.asking import may
from isonomy.web.decisions.taking import powers_of
from isonomy.web.history import history_of
from isonomy.web.live import not_live
from isonomy.web.organisation import Organisation
from isonomy.web.viewer import Viewer

A_PAGE = 25
WORDS_MAX = 200
AT_A_TIME = 200
"""So many objects of a long file are made before other pages have their turn."""
STANDINGS = ("in force", "provisional", "awaiting ratification", "ratified", "lapsed")


def wanted_of(given: Mapping[str, str]) -> Wanted:
    """What an address looks for; what is no such thing finds nothing, and never fails."""
    keys = ("words", "seat", "matter", "year", "clause", "standing")
    return Wanted(*(str(given.get(key, "")).strip()[:WORDS_MAX] for key in keys))


def decisions(request: HttpRequest) -> HttpResponse:
    """The register, searched, the latest first."""
    viewer: Viewer = request.viewer
    rows = register(viewer.standing.state, viewer.standing.today, viewer.name)
    wanted = wanted_of(request.GET)
    page = Paginator(found_in(rows, wanted), A_PAGE).get_page(request.GET.get("page"))
    asked = request.GET.copy()
    asked.pop("page", None)
    shown: dict[str, Any] = {
        "page": page, "wanted": wanted, "count": len(rows), "asked": asked.urlencode(), "choices": _choices(rows),
        "powers": powers_of(viewer),
    }  # fmt: skip
    return render(request, "decisions/decisions.html", shown)


def _choices(rows: list[Row]) -> dict[str, list[tuple[str, str]]]:
    """What a search can choose among: what stands in the register, each once."""
    seats = {row.seat: row.seat_said for row in rows}
    matters = {row.matter: row.matter_said for row in rows}
    years = sorted({row.year for row in rows}, reverse=True)
    standings = sorted({row.standing for row in rows}, key=lambda said: (said not in STANDINGS, said))
    return {
        "seats": sorted(seats.items(), key=lambda pair: pair[1]),
        "matters": sorted(matters.items(), key=lambda pair: pair[1]),
        "years": [(year, year) for year in years],
        "standings": [(said, said.capitalize()) for said in standings],
    }


def decision(request: HttpRequest, id: str) -> HttpResponse:
    """One decision: its words, votes, clause, what it rests on and what rests on it."""
    viewer: Viewer = request.viewer
    state, today = viewer.standing.state, viewer.standing.today
    found = state.decisions.get(id)
    if found is None:
        raise Http404
    row = row_of(state, found, today, viewer.standing.rulebook if viewer.standing.edition else None, viewer.name)
    names = viewer.names(_persons(viewer, found))
    votes = votes_of(state, found.poll, names)
    shown: dict[str, Any] = {
        "row": row, "decision": found, "votes": votes, "citation": citation(state, row),
        "rests_on": rests_on(state, found), "rested_by": rested_by(state, found),
        "history": history_of(viewer, [found.id], row.entry), "ratifier": found.ratify_by,
        "conditions": [(one, one.standing_on(today)) for one in state.instructions.conditions_of(found.id)],
        "may_record": found.matter == DISAGREEING and may_record(viewer, found),
        "disagreements": [one for one in state.disagreements.values() if one.about == found.id],
        "may_ratify": row.standing == "awaiting ratification" and _may_ratify(viewer, found),
        "address": request.build_absolute_uri(request.path),
    }  # fmt: skip
    return render(request, "decisions/decision.html", shown)


def _persons(viewer: Viewer, found: Decision) -> list[str]:
    poll = viewer.standing.state.polls.get(found.poll)
    options = [option.person for option in poll.options if option.person] if poll is not None else []
    named = list(poll.named) if poll is not None else []
    return [*options, *named, *found.person.split()]


def may_record(viewer: Viewer, found: Decision) -> bool:
    """Whether the viewer may enter the disagreement that a body decided beside the view it is about."""
    motion = viewer.standing.state.motions.get(found.motion)
    about = motion.ratifies if motion is not None else ""
    return bool(about) and may(viewer, "disagreement.record", about=about, text=found.text, decision=found.id)


def _may_ratify(viewer: Viewer, found: Decision) -> bool:
    plain, unit = found.ratify_by, found.seat.partition("@")[2]
    body = viewer.standing.rulebook.bodies.get(plain.partition("@")[0])
    seat = f"{plain}@{unit}" if body is not None and body.in_each and unit and "@" not in plain else plain
    return may(viewer, "motion.move", body=seat, matter=RATIFICATION, text="Ratified.", ratifies=found.id)


@not_live
def as_csv(request: HttpRequest) -> HttpResponse:
    """The register as CSV, as it was searched."""
    viewer: Viewer = request.viewer
    rows = found_in(register(viewer.standing.state, viewer.standing.today, viewer.name), wanted_of(request.GET))
    return _file(register_csv(rows), "text/csv; charset=utf-8", "decisions.csv")


@not_live
def as_popolo(request: HttpRequest) -> StreamingHttpResponse:
    """People, bodies, motions and votes as Popolo, with the names that the viewer may see."""
    viewer: Viewer = request.viewer

    def name_of(person: str) -> str:
        found = viewer.name(person)
        return found if found != person else ""

    pieces = popolo_pieces(viewer.standing.state, name_of)
    answer = StreamingHttpResponse(_in_turns(viewer.organisation, pieces), content_type="application/json")
    answer["Content-Disposition"] = 'attachment; filename="popolo.json"'
    return answer


def _in_turns(organisation: Organisation, pieces: Iterator[str]) -> Iterator[bytes]:
    """A long text as it is sent: other pages have their turn between two parts of it, and nobody holds it whole."""
    while True:
        with organisation.turn():
            part = "".join(islice(pieces, AT_A_TIME))
        if not part:
            return
        yield part.encode()


def _file(text: str, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(text.encode(), content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
