"""The shape of a requirement: what a source document describes and what Isonomy does about it.

Lives here: documents, passages, kinds and ways of meeting. Not here: the ninety-five themselves (one module a
theme).

Invariant: a requirement names at least one passage with a quoted phrase; one that is met names its clause or,
on paper, its reason, and the trial in which it is met. Only short phrases are quoted; everything else is our
own words.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

QUOTED_WORDS_MAX = 11


@dataclass(frozen=True, slots=True)
class Document:
    """One of the five source documents, by the number under which the list cites it."""

    number: str
    title: str
    author: str
    dated: str

    @property
    def name(self) -> str:
        """Author, title and date in one line, as a reader would look for it."""
        title = self.title.replace("“", "‘").replace("”", "’")
        return f"{self.author}, “{title}” ({self.dated})"


CPGB = Document(
    "000",
    "Lessons of the Twentieth Congress of the C.P.S.U.",
    "Executive Committee of the Communist Party of Great Britain",
    "13 May 1956",
)
CPSU = Document(
    "001",
    "On Overcoming the Cult of the Individual and Its Consequences",
    "Central Committee of the Communist Party of the Soviet Union",
    "30 June 1956",
)
NOTE = Document(
    "002",
    "Feb 25, 1956: Khrushchev gives “Secret Speech” to 20th Congress of the CPSU",
    "a historian's note with quotations and replies",
    "undated; it quotes R. Palme Dutt, June 1956",
)
ENTRY = Document(
    "003",
    "20th Congress of the Communist Party of the Soviet Union",
    "an encyclopaedia entry",
    "undated; it cites literature of 2017",
)
ROBERTS = Document(
    "004",
    "Developments in the Soviet Union Since the Twentieth Congress",
    "Daniel Roberts, International Socialist Review",
    "summer 1956",
)
DOCUMENTS = (CPGB, CPSU, NOTE, ENTRY, ROBERTS)


class Kind(StrEnum):
    """What the passage describes."""

    NORM = "N"
    INSTITUTION = "I"
    PROCEDURE = "P"
    FAILURE = "F"
    REMEDY = "R"

    @property
    def word(self) -> str:
        """The kind as a word."""
        return self.name.lower()


class Met(StrEnum):
    """How Isonomy meets a requirement.

    `BREACH` and `INDICATOR` are of the audit; `PAPER` means that the rulebook says it and no act can be judged by it, for a
    reason that its clause field gives; `PLANNED` that it is not met yet, though a block may say it already.
    """

    REFUSAL = "refusal"
    DUTY = "duty"
    IRREGULARITY = "irregularity"
    BREACH = "breach"
    INDICATOR = "indicator"
    PAPER = "paper"
    PLANNED = "planned"


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a document says it. Lines count in the plain text of the document; the phrase finds it in any
    edition.
    """

    document: Document
    place: str
    phrase: str = ""


@dataclass(frozen=True, slots=True)
class Requirement:
    """One of the ninety-five, in our words. `contested` marks what the documents dispute among themselves.

    `clause` says by which block and key it is met (of the model federation, where a number stands), `acts` by which acts it is
    tried, `trial` where: a page or a test; of what is planned, `clause` may name the block that says it already.
    """

    number: int
    kind: Kind
    norm: str
    passages: tuple[Passage, ...]
    contested: bool = False
    met: Met = Met.PLANNED
    clause: str = ""
    trial: str = ""
    acts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Theme:
    """One of the eight themes, with its requirements in the order of their numbers."""

    letter: str
    title: str
    requirements: tuple[Requirement, ...]
