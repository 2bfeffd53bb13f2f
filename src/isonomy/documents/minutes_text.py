"""Minutes as text: Markdown that reads well as it stands.

Lives here: the words and their order. Not here: what stands in minutes (`minutes`), pages (`minutes_html`).

Invariant: the same minutes give the same bytes. What members wrote stands in it as text: no character of theirs is taken for
markup. Source: docs/spec/minutes.md.
"""

from __future__ import annotations

import re

from isonomy.documents.minutes import Line, Minutes, date_line, present_line
from isonomy.documents.minutes_items import AmendmentTold, DecisionTold, Item, Vote
from isonomy.engine.words import listed, say_time

_MARKED = re.compile(r"([\\`*_\[\]<>#|~&])")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def escaped(text: str) -> str:
    """The text so that Markdown shows it as it is, on one line."""
    return _MARKED.sub(r"\\\1", _CONTROLS.sub("\ufffd", " ".join(text.split())))


def quoted(text: str) -> list[str]:
    """The text as a quotation, line for line."""
    return [f"> {escaped(line)}".rstrip() for line in text.strip().splitlines()]


def minutes_text(minutes: Minutes, standing: str = "") -> str:
    """The minutes as Markdown; `standing` is a sentence on how far they have come."""
    parts = [f"# Minutes: {escaped(minutes.title)}", ""]
    if standing:
        parts += [f"**{escaped(standing)}**", ""]
    parts += [escaped(minutes.organisation), "", f"{escaped(date_line(minutes))} ({minutes.meeting})", ""]
    parts += _section("How it came together", [_line(line) for line in minutes.convened])
    parts += _present(minutes)
    if minutes.course:
        parts += ["## Course of the meeting", ""]
        number = 0
        for told in minutes.course:
            if isinstance(told, Item):
                number += 1
                parts += _item(number, told)
            else:
                parts += [*_line(told), ""]
    parts += _section("Corrected since", [_line(line) for line in minutes.corrections])
    return "\n".join(parts).rstrip() + "\n"


def _section(title: str, lines: list[list[str]]) -> list[str]:
    return [f"## {title}", "", *(text for line in lines for text in line), ""] if lines else []


def source(clauses: tuple[str, ...] | list[str], entry: int) -> str:
    """Where a line comes from: `[clause 3; entry 42]`."""
    found = [f"clause{'s' if len(clauses) > 1 else ''} {listed(clauses)}"] if clauses else []
    if entry >= 0:
        found.append(f"entry {entry}")
    return f" ({'; '.join(found)})" if found else ""


def _line(line: Line) -> list[str]:
    at = f"{say_time(line.at)}: " if line.at else ""
    found = [f"- {at}{escaped(line.text)}{source(line.clauses, line.entry)}"]
    return found + [f"  {text}" for detail in line.details for text in quoted(detail)]


def _present(minutes: Minutes) -> list[str]:
    presence = minutes.presence
    if presence.entry < 0:
        return []
    found = ["## Present", "", f"{present_line(presence)}{source((), presence.entry)}", ""]
    if presence.names:
        found += [escaped(listed(presence.names)) + ".", ""]
    if presence.absent:
        found += [f"Absent: {escaped(listed(presence.absent))}.", ""]
    clauses = (presence.clause,) if presence.clause else ()
    return [*found, f"{presence.quorum}{source(clauses, -1)}.", ""]


def _item(number: int, item: Item) -> list[str]:
    found = [f"### {number}. {escaped(item.title)}", ""]
    if item.motion:
        found += [f"{escaped(item.who)} ({item.motion}; entry {item.entry}):", "", *quoted(item.words), ""]
    for amendment in item.amendments:
        found += _amendment(amendment)
    if item.as_put:
        found += ["The motion as amended:", "", *quoted(item.as_put), ""]
    for vote in item.votes:
        found += _vote(vote)
    for decision in item.decisions:
        found += _decision(decision)
    return found


def _amendment(told: AmendmentTold) -> list[str]:
    found = [f"Amendment {told.id} (entry {told.entry}). {escaped(told.who)}:", ""]
    if told.passage:
        found += ["Strike out:", "", *quoted(told.passage), ""]
        found += ["Put in its place:", "", *quoted(told.becomes), ""] if told.becomes else []
    else:
        found += ["In the place of the whole text:", "", *quoted(told.text), ""]
    if told.vote is not None:
        return found + _vote(told.vote)
    return [*found, f"{told.fate}.", ""]


def _vote(vote: Vote) -> list[str]:
    asked = f"; asked: {vote.asked}" if vote.asked else ""
    figures = f": {escaped(vote.figures_said)}" if vote.figures else ""
    clauses = (vote.clause,) if vote.clause else ()
    found = [f"Put: {escaped(vote.question)} ({vote.poll}; {vote.how}{asked})", ""]
    rule = f", counted by {vote.rule}" if vote.rule and vote.rule != "yes-no" else ""
    found += [f"**{escaped(vote.result)}**{figures}{rule}{source(clauses, vote.declared_at)}.", ""]
    for answer, names in vote.by_name:
        found += [f"{answer.capitalize()}: {escaped(listed(names))}.", ""]
    return found + [text for note in vote.notes for text in (f"{escaped(note)}.", "")]


def _decision(decision: DecisionTold) -> list[str]:
    clauses = (decision.clause,) if decision.clause else ()
    found = [f"Decided: {decision.id}{source(clauses, decision.entry)}.", ""]
    if decision.text and not decision.is_said:
        found += [*quoted(decision.text), ""]
    return found + [text for note in decision.notes for text in (f"{escaped(note)}.", "")]
