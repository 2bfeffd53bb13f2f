"""A strict reader of iCalendar text, for trials: RFC 5545 as far as a feed of events goes.

Lives here: unfolding, content lines, values, the rules of VCALENDAR and VEVENT. Not here: the trials.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime

LINE = re.compile(r'(?P<name>[A-Z0-9-]+)(?P<params>(?:;[A-Z0-9-]+=(?:[^";:,]*|"[^"]*"))*):(?P<value>.*)', re.DOTALL)
CONTROLS = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
ONCE = {
    "DTSTAMP", "UID", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "LOCATION", "STATUS", "SEQUENCE", "TRANSP",
}  # fmt: skip
TEXTS = {"SUMMARY", "DESCRIPTION", "LOCATION", "UID", "X-WR-CALNAME", "X-WR-TIMEZONE"}


@dataclass
class Component:
    """A component with its properties (name to parameters and value) and the components inside it."""

    name: str
    properties: list[tuple[str, dict[str, str], str]] = field(default_factory=list)
    inside: list[Component] = field(default_factory=list)

    def value(self, name: str) -> str:
        """The value of a property that stands once."""
        (found,) = [value for key, _, value in self.properties if key == name]
        return found

    def has(self, name: str) -> bool:
        return any(key == name for key, _, _ in self.properties)


def unfolded(text: str) -> list[str]:
    """The content lines of a text; fails on a bare CR or LF and on a line of more than 75 octets."""
    assert text.endswith("\r\n"), "the text does not end with CRLF"
    lines: list[str] = []
    for line in text[:-2].split("\r\n"):
        assert "\r" not in line, "a bare CR"
        assert "\n" not in line, "a bare LF"
        assert len(line.encode()) <= 75, f"{len(line.encode())} octets: {line}"
        if line[:1] in (" ", "\t"):
            assert lines, "the first line continues none"
            lines[-1] += line[1:]
        else:
            assert line, "an empty line"
            lines.append(line)
    return lines


def unescaped(value: str) -> str:
    """The text of a value; fails on an escape that is none and on a bare comma or semicolon."""
    assert not re.search(r"(?<!\\)(?:\\\\)*[,;]", value), value
    assert re.fullmatch(r"(?:[^\\]|\\[\\;,nN])*", value, re.DOTALL), value
    return re.sub(r"\\([\\;,nN])", lambda found: "\n" if found.group(1) in "nN" else found.group(1), value)


def read_calendar(text: str) -> Component:
    """The calendar in a text; fails where a rule is broken."""
    root = Component("")
    open_ones = [root]
    for line in unfolded(text):
        found = LINE.fullmatch(line)
        assert found, f"no content line: {line}"
        assert not CONTROLS.search(line), f"a control character: {line!r}"
        name, value = found["name"], found["value"]
        params = dict(part.split("=", 1) for part in found["params"].split(";") if part)
        if name == "BEGIN":
            made = Component(value)
            open_ones[-1].inside.append(made)
            open_ones.append(made)
        elif name == "END":
            assert open_ones[-1].name == value, f"END:{value} closes {open_ones[-1].name}"
            open_ones.pop()
        else:
            open_ones[-1].properties.append((name, params, unescaped(value) if name in TEXTS else value))
    assert open_ones == [root], "a component is not closed"
    (calendar,) = root.inside
    _check_calendar(calendar)
    return calendar


def _check_calendar(calendar: Component) -> None:
    assert calendar.name == "VCALENDAR"
    assert calendar.value("VERSION") == "2.0"
    assert calendar.value("PRODID")
    uids = []
    for event in calendar.inside:
        assert event.name == "VEVENT"
        names = [name for name, _, _ in event.properties]
        assert {"UID", "DTSTAMP", "DTSTART"} <= set(names)
        assert all(names.count(name) == 1 for name in ONCE & set(names)), names
        uids.append(event.value("UID"))
        assert re.fullmatch(r"\d{8}T\d{6}Z", event.value("DTSTAMP"))
        assert event.value("SEQUENCE").isdigit()
        _check_times(event)
        if event.has("STATUS"):
            assert event.value("STATUS") in ("TENTATIVE", "CONFIRMED", "CANCELLED")
    assert len(set(uids)) == len(uids), "a UID stands twice"


def _check_times(event: Component) -> None:
    for name, params, value in event.properties:
        if name in ("DTSTART", "DTEND"):
            assert set(params) <= {"VALUE"}
            whole_day = params.get("VALUE") == "DATE"
            form = "%Y%m%d" if whole_day else "%Y%m%dT%H%M%SZ" if value.endswith("Z") else "%Y%m%dT%H%M%S"
            datetime.strptime(value, form)
    if event.has("DTEND"):
        assert event.value("DTEND") > event.value("DTSTART")
