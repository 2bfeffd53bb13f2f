"""A trial of acts as it stands on a page: lines that found, act, meet, and expect.

Lives here: reading the lines into statements, with their places. Not here: carrying them out (`trial`), the fences around
them (`rulebook.trials`).

Invariant: a line is a statement or `BadInput` with its line; nothing on a page is passed over but empty lines and lines that
begin with `#`. Source: docs/spec/rulebook.md, "Trials of acts".
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

from isonomy.kernel.bad_input import BadInput
from isonomy.rulebook.trials import Trial

NAME = r"[a-z][a-z0-9]*"
SEAT = r"[a-z][a-z0-9-]*(?:@[a-z][a-z0-9-]*)?"
CLAUSE = r"[A-Z0-9][A-Za-z0-9.]*"

_RESTS = re.compile(rf"rests on ({CLAUSE})(?: ([a-z0-9-]+))?(?:: ([a-z ]+))?")
_UNITS = re.compile(r"units: (.+)")
_PEOPLE = re.compile(r"people: (.+)")
_SEATS = re.compile(r"seats: (.+)")
_ON = re.compile(r"on (\d{4}-\d\d-\d\d)(?: (\d\d:\d\d))?")
_MEETING = re.compile(
    rf"meeting of ({SEAT}) on (\d{{4}}-\d\d-\d\d) (\d\d:\d\d)(?: for ([a-z0-9; -]+?))?"
    rf" by ({NAME})(?: as ({SEAT}))?(?: -> ({NAME}))?"
)
_DECIDES = re.compile(
    rf"({NAME}) decides ([a-z0-9-]+) (\d+):(\d+)(?: abstain (\d+))? by ({NAME})(?: as ({SEAT}))?(?: (\{{.*\}}))?(?: -> ({NAME}))?"
)
_ACT = re.compile(rf"({NAME})(?: as ({SEAT}))?: ([a-z_.]+)(?: (\{{.*\}}))?(?: -> ({NAME}))?")
_VERDICT = re.compile(rf"=> (accepted|refused|irregular)(?: ({CLAUSE}))?(?:: (.+))?")
_DUE = re.compile(rf"=> (not due|due|overdue) ({SEAT}|nobody)(?: (\d{{4}}-\d\d-\d\d))?(?:: (.+))?")
_IS = re.compile(rf"=> \$({NAME}) ([a-z_]+) is (.*)")
_SAYS = re.compile(r"=> says (.+)")


@dataclass(frozen=True, slots=True)
class RestsOn:
    """A line of the edition without which the trial must come out otherwise: clause, block ("" any), key ("" whole blocks)."""

    clause: str
    block: str = ""
    key: str = ""

    def __str__(self) -> str:
        block = f" {self.block}" if self.block else ""
        return f"{self.clause}{block}" + (f": {self.key}" if self.key else "")


@dataclass(frozen=True, slots=True)
class Statement:
    """A line that does something: `kind` says what, `said` its parts, `fields` its JSON, `bind` the name of what it opens."""

    line: int
    kind: str
    said: tuple[str, ...]
    fields: dict[str, Any] = field(default_factory=dict)
    bind: str = ""


@dataclass(frozen=True, slots=True)
class Script:
    """A trial of acts as read: what it rests on, how it is founded, its statements and expectations in order."""

    title: str
    line: int
    of: str
    rests_on: tuple[RestsOn, ...]
    change: tuple[tuple[str, ...], tuple[str, ...]]
    units: tuple[tuple[str, str], ...]
    people: tuple[tuple[str, str], ...]
    seats: tuple[tuple[str, str], ...]
    statements: tuple[Statement, ...]


def read_script(trial: Trial) -> Script:
    """The script of a `trial acts`; raises `BadInput` with the line that is not a statement."""
    rests: list[RestsOn] = []
    units: list[tuple[str, str]] = []
    people: list[tuple[str, str]] = []
    seats: list[tuple[str, str]] = []
    statements: list[Statement] = []
    old: list[str] = []
    new: list[str] = []
    for at, text in _lines(trial):
        if text.startswith(("- ", "+ ")):
            (old if text[0] == "-" else new).append(text[2:])
        elif found := _RESTS.fullmatch(text):
            rests.append(RestsOn(found[1], found[2] or "", (found[3] or "").strip()))
        elif found := _UNITS.fullmatch(text):
            units += _pairs(found[1], " are ", " is ")
        elif found := _PEOPLE.fullmatch(text):
            people += _pairs(found[1], " in ")
        elif found := _SEATS.fullmatch(text):
            seats += _pairs(found[1], " are ", " is ")
        else:
            statements.append(_statement(at, text))
    if not trial.of:
        raise BadInput("a trial of acts names no edition", f"line {trial.line}", "write trial acts of NAME/EDITION")
    return Script(
        trial.title, trial.line, trial.of, tuple(rests), (tuple(old), tuple(new)), tuple(units), tuple(people),
        tuple(seats), tuple(statements),
    )  # fmt: skip


def _lines(trial: Trial) -> list[tuple[int, str]]:
    """Lines with their places on the page; one that begins with four spaces goes on the line before it."""
    found: list[tuple[int, str]] = []
    for at, text in enumerate(trial.lines, trial.line + 1):
        if text.startswith("    ") and found and not text.startswith(("- ", "+ ")):
            found[-1] = (found[-1][0], f"{found[-1][1]} {text.strip()}")
        elif text.strip() and not text.startswith("#"):
            found.append((at, text.rstrip() if text.startswith(("- ", "+ ")) else text.strip()))
    return found


def _pairs(text: str, *between: str) -> list[tuple[str, str]]:
    """`ann, bob in north; eve` as pairs of a name and what stands after the word between."""
    found: list[tuple[str, str]] = []
    for part in text.split(";"):
        word = next((word for word in between if word in part), "")
        names, _, rest = part.partition(word) if word else (part, "", "")
        found += [(name.strip(), rest.strip()) for name in names.split(",") if name.strip()]
    return found


def _statement(at: int, text: str) -> Statement:
    if found := _ON.fullmatch(text):
        return Statement(at, "on", (found[1], found[2] or "09:00"))
    if found := _MEETING.fullmatch(text):
        said = tuple(found[number] or "" for number in range(1, 7))
        return Statement(at, "meeting", said, bind=found[7] or "")
    if found := _DECIDES.fullmatch(text):
        said = tuple(found[number] or "" for number in range(1, 8))
        return Statement(at, "decides", said, _json(found[8], at), found[9] or "")
    if found := _VERDICT.fullmatch(text):
        return Statement(at, "verdict", (found[1], found[2] or "", found[3] or ""))
    if found := _DUE.fullmatch(text):
        return Statement(at, "due", tuple(found[number] or "" for number in range(1, 5)))
    if found := _IS.fullmatch(text):
        return Statement(at, "is", (found[1], found[2], found[3]))
    if found := _SAYS.fullmatch(text):
        return Statement(at, "says", (found[1],))
    if found := _ACT.fullmatch(text):
        return Statement(at, "act", (found[1], found[2] or "", found[3]), _json(found[4], at), found[5] or "")
    cure = 'write NAME as SEAT: act {"key": "value"}, on DATE, meeting of ..., NAME decides ..., or => what is expected'
    raise BadInput(f"'{text[:80]}' is not a statement", f"line {at}", cure)


def _json(text: str | None, at: int) -> dict[str, Any]:
    if not text:
        return {}
    try:
        found = json.loads(text)
    except ValueError as fault:
        raise BadInput("the fields are not JSON", f"line {at}", 'write {"key": "value"}') from fault
    if not isinstance(found, dict):
        raise BadInput("the fields are not a JSON object", f"line {at}", 'write {"key": "value"}')
    return found
