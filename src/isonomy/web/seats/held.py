"""Mandates as pages show them: who holds what, since, until, by which act, and what ended it.

Lives here: lines for tables and rows for the picture, vacancies, who was chosen and has not taken the seat. Not here: the
mandates (`engine.state`), drawing (`timeline`).

Invariant: every line leads to the entry that began the mandate, and to the one that ended it where one did.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from isonomy.engine.roll import members_of_body, vacancies
from isonomy.engine.seating import SeatLot
from isonomy.engine.state import Decision, Mandate, State
from isonomy.engine.vacant import ended_early, vacant_count, waiting
from isonomy.engine.words import say_day, title_of
from isonomy.rulebook.model import Body, Office, Rulebook
from isonomy.web.organisation import Standing
from isonomy.web.seats.timeline import Row, Span, picture
from isonomy.web.traces import Traces, entry_of
from isonomy.web.viewer import Viewer

WHY = {
    "resigned": gettext_lazy("resigned"),
    "removed": gettext_lazy("removed"),
    "succeeded": gettext_lazy("succeeded by another"),
    "left": gettext_lazy("left"),
    "death": gettext_lazy("died"),
}


@dataclass(frozen=True)
class Line:
    """A mandate as one line of a table."""

    mandate: Mandate
    stands: str
    end: str
    entry: int
    why: str
    ended_by: int | None
    decision: str
    appointed_by: str

    @property
    def is_now(self) -> bool:
        """Whether it is held today."""
        return self.stands == "now"


def lines(state: State, mandates: Iterable[Mandate], traces: Traces, today: str) -> list[Line]:
    """The mandates as lines: those held now first, then those to come, then the past, each the latest first."""
    found = [_line(state, mandate, traces, today) for mandate in mandates]
    order = {"now": 0, "to come": 1, "over": 2}
    found.sort(key=lambda line: line.mandate.since, reverse=True)
    return sorted(found, key=lambda line: order[line.stands])


def _line(state: State, mandate: Mandate, traces: Traces, today: str) -> Line:
    stands = (
        "now" if mandate.is_valid_on(today) else "to come" if mandate.since > today and not mandate.ended_on else "over"
    )
    early = bool(mandate.ended_on) and mandate.ended_on <= today
    ground = mandate.ground
    return Line(
        mandate, stands, end_of(mandate), entry_of(mandate.id),
        str(WHY.get(mandate.ended_why, mandate.ended_why)) if early else "",
        traces.end_of(state, mandate) if early else None,
        ground if ground.startswith("de-") else "", ground.removeprefix("by ") if ground.startswith("by p-") else "",
    )  # fmt: skip


def end_of(mandate: Mandate) -> str:
    """The day on which a mandate is over: its term's end, or an earlier one; "" where none is set."""
    return min((day for day in (mandate.until, mandate.ended_on) if day), default="")


def timeline_of_seat(viewer: Viewer, found: Sequence[Line], title: str) -> SafeString:
    """The picture of a seat: one row a person, in the order in which they first held it."""
    by_person: dict[str, list[Mandate]] = defaultdict(list)
    for line in sorted(found, key=lambda line: line.mandate.since):
        by_person[line.mandate.person].append(line.mandate)
    rows = [Row(viewer.name(person), _spans(mandates)) for person, mandates in by_person.items()]
    return picture(rows, viewer.standing.day, title)


def timeline_of_person(standing: Standing, found: Sequence[Line], title: str) -> SafeString:
    """The picture of a person: one row a seat."""
    book = standing.rulebook if standing.edition is not None else None
    by_seat: dict[str, list[Mandate]] = defaultdict(list)
    for line in sorted(found, key=lambda line: line.mandate.since):
        by_seat[line.mandate.seat].append(line.mandate)
    units = standing.state.units
    rows = [
        Row(title_of(book, seat, units).removeprefix("the "), _spans(mandates)) for seat, mandates in by_seat.items()
    ]
    return picture(rows, standing.day, title)


def _spans(mandates: Iterable[Mandate]) -> tuple[Span, ...]:
    found = []
    for mandate in mandates:
        end = end_of(mandate)
        if end and end <= mandate.since:
            continue
        tells = _("from %(since)s") % {"since": say_day(mandate.since)}
        if end:
            tells = _("%(tells)s to %(end)s") % {"tells": tells, "end": say_day(end)}
        found.append(Span(mandate.since, end, tells))
    return tuple(found)


@dataclass(frozen=True)
class Vacant:
    """Seats that nobody holds: how many, of which unit's delegates ("" of the whole), when a seat is filled by units."""

    count: int
    unit: str = ""


def vacant_seats(state: State, rulebook: Rulebook, edition: str, seat: str, day: str) -> list[Vacant]:
    """The vacancies of a seat on a civil date."""
    block = rulebook.seat(seat)
    if block is None or block.filled is None or block.filled.way in ("all members", "ex officio"):
        return []
    if block.filled.way == "delegation":
        units = (unit.id for unit in state.units.values() if unit.kind == block.filled.unit_kind and not unit.closed_on)
        counts = (
            (unit, vacant_count(state, edition, seat, f"{block.filled.by or seat}@{unit}", day)) for unit in units
        )
        return [Vacant(count, unit) for unit, count in counts if count]
    if isinstance(block, Office):
        count = 0 if members_of_body(state, edition, seat, day) else 1
    else:
        count = vacancies(state, edition, block, seat, day)
    return [Vacant(count)] if count else []


def to_count_back(state: State, edition: str, seat: str, day: str) -> list[Mandate]:
    """The mandates of a seat that ended early and wait for a countback."""
    block = state.rulebook(edition).seat(seat)
    procedure = state.rulebook(edition).election_of(seat)
    rule = procedure.election if procedure is not None else None
    if block is None or rule is None or rule.vacancy != "countback":
        return []
    found = (state.mandates[id] for id in state.by_seat.get(seat, ()))
    early = [mandate for mandate in found if ended_early(mandate, day) and state.countbacks.get(mandate.id) is None]
    body = block.filled.by if block.filled is not None else ""
    return [mandate for mandate in early if mandate in waiting(state, edition, seat, body, day)]


def chosen(state: State, seat: str, day: str) -> list[tuple[Decision, str]]:
    """Who was elected or appointed to a seat by a decision in force and has not taken it yet."""
    plain, _at, unit = seat.partition("@")
    found = []
    for decision in state.decisions.values():
        if decision.matter not in (f"election-of-{plain}", f"appointment-to-{plain}"):
            continue
        if unit and decision.seat.partition("@")[2] not in ("", unit):
            continue
        if decision.standing_on(day) not in ("in force", "ratified"):
            continue
        found += [
            (decision, person)
            for person in decision.person.split()
            if f"{decision.id} {person}" not in state.carried_out
        ]
    return found


def drawn(state: State, seat: str) -> list[tuple[SeatLot, str]]:
    """Whom a lot fell on who has not taken the seat yet."""
    return [
        (lot, person)
        for lot in state.seating.lots.values()
        if lot.seat == seat
        for person in lot.drawn
        if f"{lot.id} {person}" not in state.carried_out
    ]


def holders(state: State, block: Body | Office | None, seat: str, edition: str, day: str) -> tuple[str, ...]:
    """Who sits on a civil date: by mandate, or by the offices that bring a seat with them; nobody by name for a body of all."""
    if block is not None and block.filled is not None and block.filled.way == "all members":
        return ()
    return members_of_body(state, edition, seat, day)
