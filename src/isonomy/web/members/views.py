"""Pages of members and units: the roll, one member, units as a tree, one unit.

Lives here: these views. Not here: searching and narrowing (`roll`), admitting, moving, leaving (`membership`), inviting
(`inviting`).

Invariant: what a page shows of a member is what the record holds in clear, and the name where the viewer may see it.
"""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from isonomy.engine.roll import class_of, members_of_body, unit_lies_in, votes_from
from isonomy.engine.state import State, Unit
from isonomy.kernel.bad_input import BadInput
from isonomy.rulebook.model import Body, Office
from isonomy.web.live import not_live
from isonomy.web.members.roll import Asked, Roll, audience_of, counts_by_unit
from isonomy.web.organisation import Standing
from isonomy.web.seats.held import lines, timeline_of_person
from isonomy.web.traces import traces_of

ON_A_PAGE, MOTIONS_SHOWN = 50, 20


def members(request: HttpRequest) -> HttpResponse:
    """The roll: searched by name or id, narrowed by unit, class and standing."""
    standing, viewer = request.standing, request.viewer
    state = standing.state
    asked = Asked.of(request.GET.dict())
    roll = Roll(viewer)
    listed = roll.found(asked)
    page = Paginator(listed.persons, ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [(state.persons[person], roll.name(person)) for person in page.object_list]
    book = standing.rulebook if standing.edition is not None else None
    shown = {
        "rows": rows, "page": page, "listed": listed, "asked": asked, "q": request.GET.get("q", "")[:100],
        "units": _units_in_order(state), "classes": list(book.member_classes) if book is not None else [],
        "total": page.paginator.count, "query": request.GET.urlencode(),
    }  # fmt: skip
    return render(request, "members/members.html", shown)


@not_live
def export(request: HttpRequest) -> HttpResponse:
    """The roll in CSV, as the viewer may see it."""
    text = Roll(request.viewer).csv(Asked.of(request.GET.dict()))
    answer = HttpResponse(text.encode(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="members-{request.standing.today}.csv"'
    return answer


def member(request: HttpRequest, person: str) -> HttpResponse:
    """One member: what the record holds, mandates now and before, motions moved; one's own page also what one may do."""
    standing, viewer = request.standing, request.viewer
    state = standing.state
    found = state.persons.get(person)
    if found is None:
        raise BadInput(f"there is no member '{person[:40]}'", "member", "look for the member in the list")
    traces = traces_of(request.organisation, standing.size)
    held = lines(state, (one for one in state.mandates.values() if one.person == person), traces, standing.today)
    motions = [motion for motion in reversed(state.motions.values()) if motion.mover == person]
    block = class_of(standing.rulebook, found.member_class) if standing.edition is not None else None
    start = votes_from(found, block)
    shown = {
        "person_id": person, "found": found, "name": viewer.name(person), "is_own": person == viewer.person,
        "now": [line for line in held if line.is_now], "others": [line for line in held if not line.is_now],
        "timeline": timeline_of_person(standing, held, viewer.name(person)), "motions": motions[:MOTIONS_SHOWN],
        "motion_count": len(motions), "votes_from": start.isoformat() if start else "", "block": block,
        "is_member": found.is_member_on(standing.today), "gone_by": traces.gone.get(person),
        "moves": traces.moved.get(person, []), "audience": audience_of(viewer, person) if person == viewer.person else "",
        "unit": state.units.get(found.unit), "units": state.units,
    }  # fmt: skip
    return render(request, "members/member.html", shown)


def _units_in_order(state: State) -> list[tuple[Unit, int]]:
    """The units as a tree laid out in lines, each with its depth."""
    inside: dict[str, list[Unit]] = {}
    for unit in state.units.values():
        inside.setdefault(unit.within, []).append(unit)
    found: list[tuple[Unit, int]] = []

    def walk(within: str, depth: int) -> None:
        for unit in inside.pop(within, []):
            found.append((unit, depth))
            walk(unit.id, depth + 1)

    walk("", 0)
    return found


def units(request: HttpRequest) -> HttpResponse:
    """The units as a tree, each with how many members it has."""
    standing = request.standing
    counts = counts_by_unit(standing.state, standing.today)
    found = [
        {"unit": unit, "depth": depth, "count": counts.get(unit.id, 0)}
        for unit, depth in _units_in_order(standing.state)
    ]
    kinds = list(standing.rulebook.units.values()) if standing.edition is not None else []
    shown = {"units": found, "kinds": kinds, "outside": counts.get("", 0)}
    return render(request, "members/units.html", shown)


def unit(request: HttpRequest, id: str) -> HttpResponse:
    """One unit: its members by number, its bodies and offices with their holders, the units within it."""
    standing = request.standing
    state = standing.state
    found = named_unit(state, id)
    counts = counts_by_unit(state, standing.today)
    shown = {
        "unit": found, "seats": _seats_in(standing, found), "outer": state.units.get(found.within),
        "inside": [(one, counts.get(one.id, 0)) for one in state.units.values() if one.within == id],
        "count": sum(count for unit, count in counts.items() if unit_lies_in(state, unit, id)), "own": counts.get(id, 0),
        "closed_by": traces_of(request.organisation, standing.size).closed.get(id), "title": title_of_unit(found),
        "kind": standing.rulebook.units.get(found.kind) if standing.edition is not None else None,
    }  # fmt: skip
    return render(request, "members/unit.html", shown)


def named_unit(state: State, id: str) -> Unit:
    """A unit; raises `BadInput` where there is none."""
    found = state.units.get(id)
    if found is None:
        raise BadInput(f"there is no unit '{id[:40]}'", "unit", "choose one of the list of units")
    return found


def title_of_unit(unit: Unit) -> str:
    """A unit by its name, else by its id."""
    return unit.name if isinstance(unit.name, str) and unit.name else unit.id.replace("-", " ").capitalize()


def _seats_in(standing: Standing, unit: Unit) -> list[dict[str, Any]]:
    """The bodies and offices that stand in a unit, with who is in them."""
    if standing.edition is None:
        return []
    book, edition = standing.rulebook, standing.edition.id
    blocks: list[Body | Office] = [*book.bodies.values(), *book.offices.values()]
    found = []
    for block in blocks:
        if block.in_each != unit.kind:
            continue
        name = f"{block.name}@{unit.id}"
        of_all = block.filled is not None and block.filled.way == "all members"
        persons = members_of_body(standing.state, edition, name, standing.today)
        found.append(
            {"name": name, "of_all": of_all, "count": len(persons), "clause": block.place.clause,
             "holders": () if of_all else persons[:12]}
        )  # fmt: skip
    return found
