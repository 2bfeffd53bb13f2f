"""Units: the tree of them, one of them, founding and closing.

Lives here: these pages, and what is offered on them. Not here: the members of a unit as a list (`views`), who founds and
closes (`decide`).

Invariant: what is offered was asked of the engine; a unit's short name is never used again.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy

from isonomy.chamber.answers import Answer
from isonomy.engine.roll import members_of_body, unit_lies_in
from isonomy.engine.state import State, Unit
from isonomy.rulebook.model import Body, Office
from isonomy.web.asking import may, needs_no_other, tried
from isonomy.web.desk import ActForm, ActPage
from isonomy.web.members.forms import CloseUnitForm, FoundUnitForm, decision_choices
from isonomy.web.members.roll import counts_by_unit
from isonomy.web.not_here import NotHere
from isonomy.web.organisation import Standing
from isonomy.web.traces import traces_of
from isonomy.web.viewer import Viewer

WAITING_SHOWN = 50
"""So many members to be assigned stand on the page of the unit that was split."""
UNNAMED = "a-new-unit"
"""Stands for the unit that would be founded, when it is asked whether founding is the viewer's at all."""


def may_found(viewer: Viewer) -> bool:
    """Whether founding a unit is the viewer's: in an office that founds, or carrying out a decision."""
    if viewer.standing.edition is None:
        return False
    return any(
        decision_choices(viewer, f"founding-of-{kind}")
        or needs_no_other(tried(viewer, "unit.found", unit=UNNAMED, kind=kind)[0])
        for kind in viewer.standing.rulebook.units
    )


def may_close(viewer: Viewer, unit: Unit) -> bool:
    """Whether the viewer may close a unit now, in an office or by a decision."""
    if unit.closed_on or viewer.standing.edition is None:
        return False
    decisions = [id for id, _said in decision_choices(viewer, f"closing-of-{unit.kind}") if id]
    return any(may(viewer, "unit.close", unit=unit.id, decision=one) for one in [None, *decisions])


def may_reshape(viewer: Viewer, unit: Unit, key: str, matter: str) -> bool:
    """Whether the viewer may split a unit or merge it with others, in an office or by a decision."""
    kind = viewer.standing.rulebook.units.get(unit.kind) if viewer.standing.edition is not None else None
    if kind is None or unit.closed_on:
        return False
    named: tuple[str, ...] = getattr(kind, key)
    offices = [seat for seat in named if seat in viewer.standing.rulebook.offices]
    return bool(named) and (
        bool(set(offices) & set(viewer.seats)) or bool(decision_choices(viewer, f"{matter}-{unit.kind}"))
    )


def units_in_order(state: State) -> list[tuple[Unit, int]]:
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
        for unit, depth in units_in_order(standing.state)
    ]
    kinds = list(standing.rulebook.units.values()) if standing.edition is not None else []
    shown = {
        "units": found, "kinds": kinds, "outside": counts.get("", 0), "may_found": may_found(request.viewer),
    }  # fmt: skip
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
        "may_close": may_close(request.viewer, found),
        "may_split": may_reshape(request.viewer, found, "split_by", "splitting-of"),
        "may_merge": may_reshape(request.viewer, found, "merged_by", "merging-of"),
        "waiting": [person for person, one in state.to_assign.items() if one.unit == id][:WAITING_SHOWN],
    }  # fmt: skip
    return render(request, "members/unit.html", shown)


def named_unit(state: State, id: str) -> Unit:
    """A unit; raises `NotHere` where there is none."""
    found = state.units.get(id)
    if found is None:
        raise NotHere(f"there is no unit '{id[:40]}'", "unit", "choose one of the list of units")
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


class FoundUnit(ActPage):
    """Founding a unit."""

    form_class = FoundUnitForm
    template_name = "members/act.html"
    title = gettext_lazy("Found a unit")
    button = gettext_lazy("Found it")

    def context(self) -> dict[str, Any]:
        """The clauses that say who founds."""
        return {"cancel": reverse("units"), "kinds": list(self.request.standing.rulebook.units.values())}

    def next_url(self, answer: Answer) -> str:
        """The unit's page."""
        return reverse("unit", args=[answer.entry["act"]["unit"]])


class CloseUnit(ActPage):
    """Closing a unit."""

    template_name = "members/act.html"
    title = gettext_lazy("Close the unit")
    button = gettext_lazy("Close it")

    def make_form(self, data: Any = None) -> ActForm:
        """The form about the unit."""
        found = named_unit(self.request.standing.state, self.kwargs["id"])
        return CloseUnitForm(data, viewer=self.request.viewer, unit=found.id, kind=found.kind)

    def context(self) -> dict[str, Any]:
        """The unit."""
        found = named_unit(self.request.standing.state, self.kwargs["id"])
        return {"cancel": reverse("unit", args=[found.id]), "unit_title": title_of_unit(found)}

    def next_url(self, answer: Answer) -> str:
        """The unit's page."""
        return reverse("unit", args=[self.kwargs["id"]])
