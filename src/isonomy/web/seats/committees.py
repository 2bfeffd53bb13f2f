"""Committees at work, as pages show them: limits and terms used, who sits otherwise than by election, substitutes, delegates.

Lives here: what the page of a seat says of these, and the pages of attendance and credentials. Not here: their forms
(`seating_forms`), the figures (`engine`).

Invariant: what the rulebook has no block for is not shown; each figure leads to the entry it comes from.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from isonomy.engine.attendance import attendance_of, presence_of
from isonomy.engine.delegates import standing_of
from isonomy.engine.eligibility import mandates_of, terms_served
from isonomy.engine.proceedings.credentials import next_meeting_on
from isonomy.engine.proceedings.rolls import own_case
from isonomy.engine.proceedings.substituting import successor_of
from isonomy.engine.roll import members_of_body
from isonomy.engine.seating import Choice, Examined, SharedOut, shared_out_on
from isonomy.engine.state import Mandate
from isonomy.rulebook.model import Body, Office
from isonomy.rulebook.provisions.accumulation import accumulations
from isonomy.rulebook.provisions.confirmation import WAYS, confirmation_of
from isonomy.rulebook.provisions.cooption import cooption_of
from isonomy.rulebook.provisions.credentials import Credentials, credentials_of
from isonomy.rulebook.provisions.interim import interim_of
from isonomy.rulebook.provisions.limits import Limits, limits_of
from isonomy.rulebook.provisions.substitutes import TAKES_SEAT, substitutes_of
from isonomy.web.asking import may
from isonomy.web.not_here import NotHere
from isonomy.web.organisation import Standing
from isonomy.web.seats.naming import named
from isonomy.web.traces import entry_of
from isonomy.web.viewer import Viewer

ON_A_PAGE = 50
PERSONS_SHOWN = 200


@dataclass(frozen=True)
class Used:
    """How many terms somebody has used of a seat: in the row that runs, and in all."""

    person: str
    in_a_row: int
    in_all: int


@dataclass(frozen=True)
class Delegate:
    """A delegate's mandate with what the panel found, and whether the viewer may speak to it."""

    mandate: Mandate
    found: Examined | None
    entry: int
    is_own_unit: bool
    may_appeal: bool


def of_seat(viewer: Viewer, block: Body | Office, name: str) -> dict[str, Any]:
    """What the page of a seat shows of the blocks on committees at work."""
    standing = viewer.standing
    state, book, today = standing.state, standing.rulebook, standing.today
    mandates = state.mandates_of_seat(name, today)
    limits = limits_of(book, name)
    lent = substitutes_of(book, name)
    body = isinstance(block, Body) and block.filled is not None and block.filled.way != "all members"
    waiting = [
        one for one in state.seating.confirmations.values() if one.seat == name and one.standing_on(today) == "waiting"
    ]
    return {
        "not_with": not_with(standing, block.name), "used": used(standing, limits, block, mandates), "limits": limits,
        "counted_with": [rule for rule in accumulations(book) if rule.counts(name)],
        "how": [
            (one, how, state.seating.is_without_vote(one.id)) for one in mandates if (how := state.seating.how(one.id))
        ],
        "co_opts": cooption_of(book, name) is not None and in_seat(viewer, name),
        "interim": interim_of(book, name) is not None and not mandates,
        "confirms": any(confirmation_of(book, name, way) is not None for way in WAYS), "to_confirm": waiting,
        "choices": [one for one in open_choices(standing) if one.mandate in {each.id for each in mandates}],
        "substitutes": [(one, state.seating.substitutes.get(one.id, [])) for one in mandates] if lent is not None else [],
        "successors": successors(standing, name) if lent is not None and lent.on_leaving == TAKES_SEAT else [],
        "shares_out": isinstance(block, Body) and block.filled is not None and block.filled.apportioned is not None,
        "examines": isinstance(block, Body) and credentials_of(book, name) is not None,
        "panel_of": [one.seat for one in book.provisions.get("credentials", {}).values() if one.panel == block.name],
        "meets": body and any(one.body == name and one.opened_on for one in state.meetings.values()),
    }  # fmt: skip


def in_seat(viewer: Viewer, name: str) -> bool:
    """Whether the viewer is of a body, or keeps its minutes or the roll."""
    return name in viewer.seats or viewer.keeps("roll") or viewer.keeps("minutes")


def not_with(standing: Standing, plain: str) -> list[tuple[str, str]]:
    """The seats that nobody holds beside one, with the clause, whichever block says it."""
    found: dict[str, str] = {}
    for rule in standing.rulebook.provisions.get("limits", {}).values():
        clause = rule.place.clause_of("not with")
        others = rule.not_with if rule.seat == plain else (rule.seat,) if plain in rule.not_with else ()
        for other in others:
            found.setdefault(other, clause)
    return list(found.items())


def used(standing: Standing, limits: Limits | None, block: Body | Office, mandates: list[Mandate]) -> list[Used]:
    """The terms that those who hold a seat have used, where a clause limits them."""
    if limits is None or (limits.in_a_row is None and limits.in_all is None):
        return []
    tomorrow = "9999-12-31"
    found = []
    for person in dict.fromkeys(one.person for one in mandates):
        served = terms_served(standing.state, limits, block, mandates_of(standing.state, person), tomorrow)
        until = max(one.until or tomorrow for one in mandates if one.person == person)
        row = terms_served(standing.state, limits, block, mandates_of(standing.state, person), until).row
        found.append(Used(person, len(row), len(served.counted)))
    return found


def open_choices(standing: Standing) -> list[Choice]:
    """The choices between seats that are owed today."""
    return [one for one in standing.state.seating.choices.values() if not one.chosen_on and standing.today <= one.until]


def successors(standing: Standing, name: str) -> list[tuple[Mandate, str]]:
    """The mandates whose holder left, with the substitute who takes the seat."""
    state = standing.state
    ended = (state.mandates[id] for id in state.by_seat.get(name, ()) if id in state.seating.substitutes)
    found = [(one, successor_of(state, one, standing.today)) for one in ended]
    return [(one, person) for one, person in found if person]


def body_named(standing: Standing, name: str) -> Body:
    """The body of a name, where it stands; raises `NotHere` where there is none."""
    block = named(standing, name)
    if not isinstance(block, Body):
        raise NotHere(f"there is no body '{name[:80]}'", "seat", "choose one of the list of offices and bodies")
    return block


def attendance(request: HttpRequest, name: str) -> HttpResponse:
    """Who was at the meetings of a body, meeting by meeting, and person by person."""
    standing = request.standing
    block = body_named(standing, name)
    edition = standing.state.edition_on(standing.today)
    assert edition is not None
    page = Paginator(attendance_of(standing.state, name), ON_A_PAGE).get_page(request.GET.get("page"))
    of_all = block.filled is not None and block.filled.way == "all members"
    members = () if of_all else members_of_body(standing.state, edition.id, name, standing.today)
    persons = presence_of(standing.state, name, members) if len(members) <= PERSONS_SHOWN else []
    return render(request, "seats/attendance.html", {"name": name, "page": page, "persons": persons})


def credentials(request: HttpRequest, name: str) -> HttpResponse:
    """The mandates of delegates as the panel found them: for the panel, for a delegate, for every member."""
    standing, viewer = request.standing, request.viewer
    rule = rule_named(standing, name)
    state, today = standing.state, standing.today
    edition = state.edition_on(today)
    assert edition is not None
    panel = panel_beside(rule, name)
    lines = [_delegate(viewer, panel, one) for one in state.mandates_of_seat(name, today)]
    now = standing_of(state, edition.id, name, today)
    shown = {
        "name": name, "rule": rule, "panel": panel, "now": now, "most": rule.most(now.delegates),
        "meeting": next_meeting_on(state, name, today), "page": Paginator(lines, ON_A_PAGE).get_page(request.GET.get("page")),
        "is_of_panel": panel in viewer.seats, "may_decide": viewer.keeps("roll") or viewer.keeps("minutes"),
    }  # fmt: skip
    return render(request, "seats/credentials.html", shown)


def rule_named(standing: Standing, name: str) -> Credentials:
    """How the mandates of a body are examined; raises `NotHere` where they are not."""
    body_named(standing, name)
    rule = credentials_of(standing.rulebook, name)
    if rule is None:
        raise NotHere(_("no panel examines the mandates of this body"), "seat", _("see who holds its seats instead"))
    return rule


def panel_beside(rule: Credentials, name: str) -> str:
    """The panel, in the unit of the body where it stands in units."""
    unit = name.partition("@")[2]
    return f"{rule.panel}@{unit}" if unit else rule.panel


def _delegate(viewer: Viewer, panel: str, mandate: Mandate) -> Delegate:
    state, today = viewer.standing.state, viewer.standing.today
    found = state.seating.examined.get(mandate.id)
    mine = mandate.person == viewer.person
    may_appeal = mine and found is not None and may(viewer, "credentials.appeal", mandate=mandate.id, text="I appeal.")
    own = viewer.person in own_case(state, panel, mandate.seat, mandate.person, today)
    return Delegate(mandate, found, entry_of(mandate.id), own, may_appeal)


def shared(standing: Standing, name: str) -> SharedOut | None:
    """The sharing out of delegates that holds today."""
    return shared_out_on(standing.state, name, standing.today)
