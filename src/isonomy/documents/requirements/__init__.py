"""The ninety-five norms, institutions, procedures, failures and remedies that the five source documents
describe.

Lives here: the list by theme, `requirement(number)`, and its rendering as data and as lines for a reader. Not
here: the rules that meet a requirement (rulebooks, `engine`) and the trials that show it (`tests`).

Invariant: numbers run from 1 to 95 without a gap, each in one theme; the documents are cited, never copied,
and where they disagree the item says so and takes no side.
"""

from __future__ import annotations

from isonomy.documents.requirements.criticism import CRITICISM
from isonomy.documents.requirements.elections import ELECTIONS
from isonomy.documents.requirements.history import HISTORY
from isonomy.documents.requirements.justice import JUSTICE
from isonomy.documents.requirements.leadership import LEADERSHIP
from isonomy.documents.requirements.meetings import MEETINGS
from isonomy.documents.requirements.reforms import REFORMS
from isonomy.documents.requirements.repair import REPAIR
from isonomy.documents.requirements.shape import DOCUMENTS, Document, Kind, Met, Passage, Requirement, Theme
from isonomy.kernel.bad_input import BadInput

__all__ = [
    "DOCUMENTS",
    "THEMES",
    "Document",
    "Kind",
    "Met",
    "Passage",
    "Requirement",
    "Theme",
    "as_data",
    "as_lines",
    "requirement",
    "requirements",
    "theme_of",
]

THEMES: tuple[Theme, ...] = (LEADERSHIP, MEETINGS, CRITICISM, ELECTIONS, JUSTICE, REPAIR, HISTORY, REFORMS)


def requirements() -> tuple[Requirement, ...]:
    """All requirements in the order of their numbers."""
    return tuple(item for theme in THEMES for item in theme.requirements)


def requirement(number: int) -> Requirement:
    """The requirement of this number (1 to 95); `BadInput` if there is none."""
    everything = requirements()
    if not 1 <= number <= len(everything):
        raise BadInput(f"there is no requirement {number}", "requirement", f"give a number from 1 to {len(everything)}")
    return everything[number - 1]


def theme_of(item: Requirement) -> Theme:
    """The theme to which a requirement belongs."""
    return next(theme for theme in THEMES if item in theme.requirements)


def as_data(item: Requirement) -> dict[str, object]:
    """The requirement as JSON data; keys are only ever added."""
    theme = theme_of(item)
    return {
        "number": item.number,
        "theme": theme.letter,
        "theme_title": theme.title,
        "kind": item.kind.word,
        "contested": item.contested,
        "norm": item.norm,
        "passages": [
            {
                "document": passage.document.number,
                "title": passage.document.title,
                "author": passage.document.author,
                "dated": passage.document.dated,
                "place": passage.place,
                "phrase": passage.phrase,
            }
            for passage in item.passages
        ],
        "met": item.met.value,
        "clause": item.clause,
        "trial": item.trial,
        "acts": list(item.acts),
    }


def as_lines(item: Requirement) -> list[str]:
    """The requirement as lines for a reader: the norm, where it is described, how it is met."""
    theme = theme_of(item)
    contested = ", contested between the documents" if item.contested else ""
    lines = [
        f"{item.number}. {item.norm}",
        f"{item.kind.word}{contested}; theme {theme.letter}: {theme.title}",
        "",
    ]
    for passage in item.passages:
        phrase = f": “{passage.phrase}”" if passage.phrase else ""
        lines.append(f"Described in document {passage.document.number}, {passage.place}{phrase}")
        lines.append(f"  {passage.document.name}")
    lines.append("")
    if item.met is Met.PLANNED:
        lines.append("Met: planned" + (f"; the rulebook can say it: {item.clause}" if item.clause else ""))
    else:
        lines.append(f"Met by: {item.met.value}; {item.clause}")
        if item.acts:
            lines.append(f"Acts: {', '.join(item.acts)}")
        lines.append(f"Tried in: {item.trial}")
    return lines
