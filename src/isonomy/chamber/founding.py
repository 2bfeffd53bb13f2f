"""Founding: the first acts of an organisation, made from its rulebook and its founder's key.

Lives here: composing the act `found`, splitting a long rulebook into parts, the origin of a log that has no
address. Not here: judging them (`engine`), making folder and keys (adapters).

Invariant: nothing is asked that the rulebook answers; the origin is fixed here once and for all.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Any

from isonomy.chamber.ports import MEMBERS, Clock, Entropy
from isonomy.engine.shape import LONG_TEXT_MAX
from isonomy.engine.state import LIVING
from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.calendar import parse_instant
from isonomy.kernel.ids import slug
from isonomy.record.note import VerifierKey
from isonomy.rulebook.model import Body, Rulebook
from isonomy.rulebook.reader import read_rulebook

_FIRST_PART_BYTES_MAX = 48_000
"""What a rulebook may take in the founding entry, beside founders, units and mandates."""


@dataclass(frozen=True, slots=True)
class Founder:
    """Who founds: a random id, the public key in base64 by which the founder signs (None: at the console), and a
    name for members to see, which enters as a value to be sealed (`completing.sealed`)."""

    person: str
    key: str | None
    name: str = ""


@dataclass(frozen=True, slots=True)
class OpeningFounding:
    """That an existing body is founded: the source of its first part, its units, the founder's class, unit and first day."""

    source: str
    units: tuple[dict[str, Any], ...] = ()
    founder_since: str = ""
    founder_class: str = ""
    founder_unit: str = ""


@dataclass(frozen=True, slots=True)
class Founding:
    """What is founded. `name` and `time_zone` follow the rulebook where left out; `seats` None: one of each."""

    rulebook: str
    founder: Founder
    kind: str = LIVING
    name: str = ""
    time_zone: str = ""
    seats: tuple[str, ...] | None = None
    founded_on: str | None = None
    opening: OpeningFounding | None = None


def origin_of(name: str, public_key: bytes) -> str:
    """The origin of a log without an address: `<slug>.<first 16 hex of SHA-256(public key)>.invalid`."""
    return f"{slug(name)}.{sha256(public_key).hexdigest()[:16]}.invalid"


def with_front(text: str, key: str, value: str) -> str:
    """A rulebook's text with one line of its front matter replaced, such as `organisation`; nothing else is changed."""
    lines = text.split("\n")
    for place, line in enumerate(lines):
        if place and line.strip() == "---":
            break
        if line.partition(":")[0].strip() == key:
            lines[place] = f"{key}: {value}"
    return "\n".join(lines)


def draw_person(entropy: Entropy) -> str:
    """A random id for a person."""
    return f"p-{entropy.draw(10).hex()}"


def draw_act_id(entropy: Entropy) -> str:
    """A random id for an act: 128 bits as 32 hex digits."""
    return entropy.draw(16).hex()


def hours_from(at: str, hours: int) -> str:
    """The instant so many hours after another."""
    return (parse_instant(at) + timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M:%SZ")


def founding_acts(founding: Founding, key: VerifierKey, clock: Clock, entropy: Entropy) -> list[dict[str, Any]]:
    """The act `found`, and a `rulebook.part` for each further part of a long rulebook; raises `BadInput`."""
    book = read_rulebook(founding.rulebook.encode())
    parts = parts_of(founding.rulebook)
    person = founding.founder.person
    founder: dict[str, Any] = {"person": person}
    if founding.founder.key is not None:
        founder["key"] = founding.founder.key
    if founding.founder.name:
        founder["name"] = {"value": founding.founder.name, "audience": MEMBERS}
    classes = list(book.member_classes)
    if len(classes) > 1 and founding.kind == LIVING:
        founder["member_class"] = next((name for name in classes if book.member_classes[name].votes), classes[0])
    fields: dict[str, Any] = {
        "act": "found",
        "name": founding.name or book.front.organisation,
        "kind": founding.kind,
        "vkey": key.text(),
        "time_zone": founding.time_zone or book.front.time_zone,
        "sha256": sha256(founding.rulebook.encode()).hexdigest(),
        "founders": [founder],
        "rulebook": parts[0],
    }
    if len(parts) > 1:
        fields["parts"] = len(parts)
    if founding.founded_on is not None:
        fields["founded_on"] = founding.founded_on
    if founding.opening is not None:
        _open(fields, founder, founding.opening)
    seats = _seats_of(book, founding, len(parts))
    if seats:
        fields["mandates"] = [{"person": person, "seat": seat} for seat in seats]
    until = hours_from(clock.now(), 1)

    def act(fields: dict[str, Any]) -> dict[str, Any]:
        return {"id": draw_act_id(entropy), "log": key.name, "until": until, "by": person, **fields}

    further = [
        act({"act": "rulebook.part", "edition": "ed-0", "part": number, "text": part})
        for number, part in enumerate(parts)
        if number
    ]
    return [act(fields), *further]


def _open(fields: dict[str, Any], founder: dict[str, Any], opening: OpeningFounding) -> None:
    """What the founding of an existing body says beyond that of a new one."""
    fields["opening"] = {"source": opening.source}
    if opening.units:
        fields["units"] = list(opening.units)
    given = {"since": opening.founder_since, "member_class": opening.founder_class, "unit": opening.founder_unit}
    founder.update({key: value for key, value in given.items() if value})


def _seats_of(book: Rulebook, founding: Founding, part_count: int) -> tuple[str, ...]:
    """The seats that the founder takes until they are filled as the rulebook says."""
    if founding.seats is not None:
        return founding.seats
    if founding.kind != LIVING or part_count > 1 or founding.opening is not None:
        return ()
    offices = [office.name for office in book.offices.values() if not office.in_each]
    return (*offices, *(body.name for body in book.bodies.values() if not body.in_each and _has_mandates(body)))


def _has_mandates(body: Body) -> bool:
    return body.filled is not None and body.filled.way in ("election", "appointment")


def parts_of(text: str) -> list[str]:
    """A text in parts that each fit an entry, cut at the ends of lines."""
    if len(text) <= LONG_TEXT_MAX and len(text.encode()) <= _FIRST_PART_BYTES_MAX:
        return [text]
    parts, part, size = [], "", 0
    for line in text.splitlines(keepends=True):
        length = len(line.encode())
        if length > _FIRST_PART_BYTES_MAX:
            raise BadInput(
                "a line of the rulebook is too long", "rulebook", "break it into lines of up to 2,000 characters"
            )
        if part and (len(part) + len(line) > LONG_TEXT_MAX or size + length > _FIRST_PART_BYTES_MAX):
            parts.append(part)
            part, size = "", 0
        part, size = part + line, size + length
    return [*parts, part]
