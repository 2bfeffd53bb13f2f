"""The models, founded with every seat filled: plainly fictional people, two units of each kind.

Lives here: making them. Not here: what their calendars hold (`test_calendars_of_models`).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from isonomy.rulebook.model import Office
from isonomy.rulebook.reader import read_rulebook
from tests.organisation import TestOrganisation

RULEBOOKS = Path(__file__).parents[2] / "rulebooks"
MODELS = tuple(sorted(path.parent.name for path in RULEBOOKS.glob("*/1.md")))
NAMES = tuple(f"p{place:02}" for place in range(16))


def founded(name: str, at: str = "2027-01-04T09:00:00Z") -> TestOrganisation:
    """The organisation of a model, founded on 4 January 2027 with each seat held by somebody, on the day after."""
    text = (RULEBOOKS / name / "1.md").read_text(encoding="utf-8")
    rulebook = read_rulebook(text.encode())
    units: dict[str, Any] = {}
    for kind, block in rulebook.units.items():
        for number in (1, 2):
            units[f"{kind}-{number}"] = (
                kind if block.within in ("", "organisation") else (kind, f"{block.within}-{number}")
            )
    kinds = {found.belong_to for found in rulebook.member_classes.values() if found.belong_to}
    own = [unit for unit, kind in units.items() if (kind if isinstance(kind, str) else kind[0]) in kinds]
    unit_of = {person: own[place % len(own)] for place, person in enumerate(NAMES)} if own else {}
    classes = [found.name for found in rulebook.member_classes.values()]
    org = TestOrganisation(
        text, founders=NAMES, units=units, unit_of=unit_of, at=at, name=rulebook.front.organisation,
        class_of=dict.fromkeys(NAMES, classes[0]) if len(classes) > 1 else {},
        mandates=_mandates(rulebook, units, unit_of),
    )  # fmt: skip
    org.days(1)
    for body in rulebook.bodies.values():
        if body.filled is not None and body.filled.apportioned is not None:
            org.accepted("delegates.apportion", by=NAMES[0], body=body.name)
    return org


def _mandates(rulebook: Any, units: dict[str, Any], unit_of: dict[str, str]) -> dict[str, Any]:
    held: dict[str, Any] = {}
    turn = 0
    for seat in (*rulebook.bodies.values(), *rulebook.offices.values()):
        if seat.filled is None or seat.filled.way in ("all members", "holders", "lot"):
            continue
        places = (
            [f"{seat.name}@{unit}" for unit, kind in units.items() if kind == seat.in_each]
            if seat.in_each
            else [seat.name]
        )
        for place in places:
            unit = place.partition("@")[2]
            people = [person for person in NAMES if not unit or unit_of.get(person) == unit]
            if seat.filled.way == "delegation":
                sent = seat.filled.seats_each or 2
                held[place] = [person for unit in sorted(set(unit_of.values()))
                               for person in [each for each in NAMES if unit_of[each] == unit][:sent]]  # fmt: skip
                continue
            number = 1 if isinstance(seat, Office) else seat.seats or 3
            held[place] = [people[(turn + step) % len(people)] for step in range(min(number, len(people)))]
            turn += number
    return held
