"""What follows when something owed is not done: a closed list that the engine carries out, and words that it shows.

Lives here: the shape of a consequence, its reading and its sentence. Not here: carrying it out (`engine.following`,
`engine.substitutes`).

Invariant: a part of the value that has one of the forms is that consequence and names things of the rulebook; any other part is
words, shown as words and doing nothing. Source: docs/spec/acts-instructions.md.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from isonomy.rulebook.findings import Misreading
from isonomy.rulebook.names import Names, listed, matter, seat, unit_kind
from isonomy.rulebook.passage import Passage
from isonomy.rulebook.readings import Fact

LAPSE_OF_MANDATE, CALLS, ANY_CALLS, ON_AGENDA, DECISION_LAPSES, DEFAULT, WORDS = (
    "lapse of mandate", "calls", "any calls", "on agenda", "decision lapses", "default", "words",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Consequence:
    """One thing that follows: its `kind`, and the seat, kind of unit, matter, body or words that it names."""

    kind: str
    said: str
    seat: str = ""
    unit_kind: str = ""
    matter: str = ""
    body: str = ""

    @property
    def is_carried_out(self) -> bool:
        """Whether the engine does something by it; words are only shown."""
        return self.kind not in (WORDS, DEFAULT)

    def __str__(self) -> str:
        return self.said


def consequences(passage: Passage, names: Names, facts: list[Fact]) -> tuple[Consequence, ...]:
    """`lapse of the mandate of SEAT; SEAT calls BODY; any KIND calls BODY; MATTER stands on the agenda of BODY; the decision
    lapses; default: WORDS`, or words."""
    return tuple(_one(part, names, facts) for part in listed(passage))


def _one(part: Passage, names: Names, facts: list[Fact]) -> Consequence:
    text = part.text
    if text == "the decision lapses":
        return Consequence(DECISION_LAPSES, text)
    if found := re.fullmatch(r"(?:the\s+)?lapse\s+of\s+the\s+mandates?\s+of\s+(.+)", text):
        return Consequence(LAPSE_OF_MANDATE, text, seat=seat(part.group(found, 1), names, facts))
    if found := re.fullmatch(r"(.+?)\s+stands\s+on\s+the\s+agenda\s+of\s+(.+)", text):
        about = matter(part.group(found, 1), names, facts, residual=False)
        return Consequence(ON_AGENDA, text, matter=about, body=seat(part.group(found, 2), names, facts, "body"))
    if found := re.fullmatch(r"any\s+(\S+)\s+calls\s+(.+)", text):
        kind = unit_kind(part.group(found, 1), names, facts)
        return Consequence(ANY_CALLS, text, unit_kind=kind, body=seat(part.group(found, 2), names, facts, "body"))
    if found := re.fullmatch(r"default:\s*(.+)", text):
        return Consequence(DEFAULT, found.group(1))
    if found := re.fullmatch(r"(\S+(?:\s\S+){0,3}?)\s+calls\s+(.+)", text):
        noted: list[Fact] = []
        try:
            caller = seat(part.group(found, 1), names, noted)
            called = seat(part.group(found, 2), names, noted, "body")
        except Misreading:
            return Consequence(WORDS, text)
        facts += noted
        return Consequence(CALLS, text, seat=caller, body=called)
    return Consequence(WORDS, text)


def say_consequences(found: tuple[Consequence, ...]) -> str:
    """Consequences in words, as they stand in the clause."""
    return "; ".join(f"by default {each.said}" if each.kind == DEFAULT else each.said for each in found)
