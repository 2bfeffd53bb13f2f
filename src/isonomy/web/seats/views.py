"""Pages of offices and bodies: all of them, one of them, who holds several.

Lives here: these views. Not here: mandates as lines (`held`), beginning and ending them (`mandates`).
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from isonomy.documents.instruction_report import to_seat
from isonomy.engine.roll import members_of_body
from isonomy.engine.state import Mandate
from isonomy.rulebook.model import Body, Office
from isonomy.rulebook.powers import holdings_of
from isonomy.rulebook.render import BlockRead, plain_reading
from isonomy.web.asking import may, needs_no_other, tried
from isonomy.web.not_here import NotHere
from isonomy.web.organisation import Standing
from isonomy.web.powers.listing import handed, holders_of
from isonomy.web.removals.places import may_be_asked
from isonomy.web.seats.committees import of_seat
from isonomy.web.seats.drawing import fills_by_lot, lots_of, may_announce
from isonomy.web.seats.held import (
    chosen,
    holders,
    lines,
    timeline_of_seat,
    to_count_back,
    vacant_seats,
)
from isonomy.web.seats.naming import named as named
from isonomy.web.traces import traces_of
from isonomy.web.viewer import Viewer

SEATING = ("limits", "cooption", "confirmation", "substitutes", "interim", "credentials")
"""The blocks that are named after the seat they speak of."""
UNITS_SHOWN, UNITS_ON_A_PAGE, PAST_ON_A_PAGE, HOLDERS_SHOWN = 12, 50, 50, 12


def seats(request: HttpRequest) -> HttpResponse:
    """Every body and office of the rulebook, with its holders and vacancies."""
    standing = request.standing
    if standing.edition is None:
        return render(request, "seats/seats.html", {"groups": [], "several": []})
    book = standing.rulebook
    groups = [
        ("bodies", [_summary(standing, block) for block in book.bodies.values()]),
        ("offices", [_summary(standing, block) for block in book.offices.values()]),
    ]
    return render(request, "seats/seats.html", {"groups": groups, "several": held_together(standing)[:5]})


def _summary(standing: Standing, block: Body | Office) -> dict[str, Any]:
    if not block.in_each:
        return _shown(standing, block, block.name)
    units = [unit.id for unit in standing.state.units.values() if unit.kind == block.in_each and not unit.closed_on]
    return {
        "block": block, "name": "", "unit_count": len(units),
        "units": [_shown(standing, block, f"{block.name}@{unit}") for unit in units[:UNITS_SHOWN]],
    }  # fmt: skip


def _shown(standing: Standing, block: Body | Office, name: str) -> dict[str, Any]:
    state, edition, today = standing.state, standing.state.edition_on(standing.today), standing.today
    assert edition is not None
    sitting = holders(state, block, name, edition.id, today)
    of_all = block.filled is not None and block.filled.way == "all members"
    vacant = vacant_seats(state, standing.rulebook, edition.id, name, today)
    return {
        "block": block, "name": name, "of_all": of_all, "holders": sitting[:HOLDERS_SHOWN], "count": len(sitting),
        "more": max(0, len(sitting) - HOLDERS_SHOWN), "vacant": sum(found.count for found in vacant),
        "until": _until(standing, name) if isinstance(block, Office) else "",
    }  # fmt: skip


def _until(standing: Standing, name: str) -> str:
    held = standing.state.mandates_of_seat(name, standing.today)
    return held[0].until if held else ""


def in_units(request: HttpRequest, plain: str) -> HttpResponse:
    """A body or office that stands in each unit: all of them, page by page."""
    standing = request.standing
    block = standing.rulebook.seat(plain)
    if block is None or not block.in_each:
        raise NotHere(f"no body or office '{plain[:40]}' stands in units", "seat", "choose one of the list")
    units = [unit.id for unit in standing.state.units.values() if unit.kind == block.in_each and not unit.closed_on]
    page = Paginator(units, UNITS_ON_A_PAGE).get_page(request.GET.get("page"))
    found = [_shown(standing, block, f"{plain}@{unit}") for unit in page.object_list]
    return render(request, "seats/in_units.html", {"rule": block, "items": found, "page": page})


def seat(request: HttpRequest, name: str) -> HttpResponse:
    """One body or office: who holds it and by which act, who held it before, what it may and must do."""
    standing, viewer = request.standing, request.viewer
    state, today = standing.state, standing.today
    block = named(standing, name)
    edition = state.edition_on(today)
    assert edition is not None
    found = lines(
        state, (state.mandates[id] for id in state.by_seat.get(name, ())), traces_of(request.organisation, standing.size),
        today,
    )  # fmt: skip
    before = Paginator([line for line in found if line.stands == "over"], PAST_ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    sitting = holders(state, block, name, edition.id, today)
    by_mandate = {line.mandate.person for line in found if line.is_now}
    shown = {
        "name": name, "rule": block, "now": [line for line in found if line.is_now],
        "to_come": [line for line in found if line.stands == "to come"], "page": before,
        "ex_officio": [person for person in sitting if person not in by_mandate],
        "timeline": timeline_of_seat(viewer, found, _title(name)), "unit": state.units.get(name.partition("@")[2]),
        **(_by_rule(viewer, block, name, edition.id) if block is not None else {}),
    }  # fmt: skip
    return render(request, "seats/seat.html", shown)


def _title(name: str) -> str:
    return name.replace("-", " ")


def _by_rule(viewer: Viewer, block: Body | Office, name: str, edition: str) -> dict[str, Any]:
    """What the rulebook says of a seat, and what may be done about it."""
    standing = viewer.standing
    state, book, today = standing.state, standing.rulebook, standing.today
    held = [found for found in holdings_of(book) if found.holder == block.name]
    filled = block.filled
    of_all = filled is not None and filled.way == "all members"
    return {
        **of_seat(viewer, block, name),
        "lots": lots_of(viewer, name), "by_lot": fills_by_lot(block), "announces": may_announce(viewer, block, name),
        "reading": _reading(standing, block), "of_all": of_all,
        "count": len(members_of_body(state, edition, name, today)) if of_all else 0,
        "powers": [found for found in held if found.is_power], "bounds": [found for found in held if not found.is_power],
        "duties": [duty for duty in book.duties.values() if duty.owed_by == block.name],
        "due": [duty for duty in standing.due if name in duty.seats],
        "instructed": to_seat(standing.state, name, standing.today),
        "vacant": vacant_seats(state, book, edition, name, today),
        "chosen": [
            (decision, person, may(viewer, "mandate.begin", person=person, seat=name, decision=decision.id))
            for decision, person in chosen(state, name, today)
        ],
        "countbacks": to_count_back(state, edition, name, today),
        "may_appoint": filled is not None and filled.way == "appointment" and _may_appoint(viewer, name),
        "removals": _removals(viewer, block, name),
        "move_removal": _move_removal(viewer, block, name),
        "asks": may_be_asked(viewer, name),
        "holders": holders_of(standing, name), "handed": handed(standing, name),
        "mine": next((found for found in viewer.mandates if found.seat == name), None),
    }  # fmt: skip


def _move_removal(viewer: Viewer, block: Body | Office, name: str) -> str:
    """The address at which the viewer moves a removal, the person left open; "" where they may not."""
    held = viewer.standing.state.mandates_of_seat(name, viewer.standing.today)
    if block.removable is None or block.removable.by not in viewer.standing.rulebook.bodies or not held:
        return ""
    remover = viewer.standing.rulebook.bodies[block.removable.by]
    unit = name.partition("@")[2]
    about = {
        "body": f"{remover.name}@{unit}" if remover.in_each and unit else remover.name,
        "matter": f"removal-from-{block.name}",
    }
    if not may(viewer, "motion.move", **about, text=name, person=held[0].person):
        return ""
    return f"{reverse('motion-move')}?{urlencode(about)}"


def _removals(viewer: Viewer, block: Body | Office, name: str) -> set[str]:
    """The mandates that the viewer may end now: by a decision that was taken, or in an office that removes."""
    if block.removable is None:
        return set()
    state = viewer.standing.state
    decisions = [one for one in state.decisions.values() if one.matter == f"removal-from-{block.name}"]
    found = set()
    for mandate in state.mandates_of_seat(name, viewer.standing.today):
        grounds = [None, *(one.id for one in decisions if mandate.person in one.person.split())]
        if mandate.person != viewer.person and any(
            may(viewer, "mandate.end", mandate=mandate.id, decision=ground) for ground in grounds
        ):
            found.add(mandate.id)
    return found


def _may_appoint(viewer: Viewer, name: str) -> bool:
    """Whether appointing to the seat is the viewer's at all, whoever may be appointed."""
    verdict, _seat = tried(viewer, "mandate.begin", person=viewer.person, seat=name)
    return needs_no_other(verdict)


def _reading(standing: Standing, block: Body | Office) -> list[BlockRead]:
    """The blocks that speak of a seat: its own, and the procedure that fills it."""
    procedure = standing.rulebook.election_of(block.name)
    lines_of = {block.place.line} | ({procedure.place.line} if procedure is not None else set())
    for kind in SEATING:
        found = standing.rulebook.provisions.get(kind, {}).values()
        lines_of |= {one.place.line for one in found if getattr(one, "seat", block.name) == block.name}
    return [found for found in plain_reading(standing.rulebook) if found.place.line in lines_of]


def several(request: HttpRequest) -> HttpResponse:
    """Who holds more than one seat today."""
    page = Paginator(held_together(request.standing), PAST_ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "seats/several.html", {"page": page})


def held_together(standing: Standing) -> list[tuple[str, list[Mandate]]]:
    """The persons who hold several seats today with their mandates; those with most first."""
    by_person: dict[str, list[Mandate]] = defaultdict(list)
    for mandate in standing.state.mandates.values():
        if mandate.is_valid_on(standing.today):
            by_person[mandate.person].append(mandate)
    found = [(person, mandates) for person, mandates in by_person.items() if len(mandates) > 1]
    return sorted(found, key=lambda pair: (-len(pair[1]), pair[0]))
