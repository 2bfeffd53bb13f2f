"""The lint: whether the words of each clause and its blocks say the same, and what no block says at all.

Lives here: what is examined and how it is put to the reader; pointers, references between clauses, the list
of clauses that are not machine-checked. Not here: when a fact and words agree (`agreement`), the form of
blocks (`blocks`, `readings`), what blocks may not say together (`consistency`), whether the rulebook can be
captured (the checker).

Invariant: every number, share, duration, day, seat and majority of a block occurs in the words of its clause,
or its line points with `says` at words that stand elsewhere in the rulebook; what does not is named with its
line.
"""

from __future__ import annotations

import re

from isonomy.kernel.bad_input import did_you_mean
from isonomy.rulebook.agreement import Agreement, Calling
from isonomy.rulebook.blocks import Stated
from isonomy.rulebook.findings import ERROR, NOTE, WARNING, Notebook, shown
from isonomy.rulebook.from_surface import Built
from isonomy.rulebook.model import Clause, Rulebook
from isonomy.rulebook.passage import Passage
from isonomy.rulebook.readings import Fact
from isonomy.rulebook.source import REFERENCE
from isonomy.rulebook.surface import Pointer, Surface
from isonomy.rulebook.words import LANGUAGES, Said, read_words


def examine_words(built: Built, surface: Surface, notes: Notebook) -> None:
    """Writes down where words and blocks differ, what points nowhere, and clauses without a block.

    A difference is an error in an edition that is adopted, a draft or a model; in a paraphrase a warning.
    Whether the words name a matter is a warning everywhere, because words decline where matters do not.
    """
    if built.rulebook.front.language not in LANGUAGES:
        return
    _Words(built, notes).examine(surface)
    _references(built.rulebook, notes)
    for clause in built.rulebook.clauses.values():
        if not clause.blocks and (clause.words or not _has_parts(clause, built.rulebook)):
            what = "not machine-checked: this clause has no block"
            notes.add("not-machine-checked", what, clause.first_line, clause.id, "", NOTE)


def _has_parts(clause: Clause, book: Rulebook) -> bool:
    return any(other.startswith(f"{clause.id}.") for other in book.clauses)


def _references(book: Rulebook, notes: Notebook) -> None:
    """`[8.2]` in the words refers to a clause that must exist; letters alone may be an abbreviation."""
    for clause in book.clauses.values():
        for found in REFERENCE.finditer(clause.words):
            id = found.group(1)
            if id not in book.clauses and re.search("[0-9]", id):
                what = f"the words refer to clause {id}, which does not exist"
                cure = did_you_mean(id, list(book.clauses))
                notes.add("unknown-clause", what, clause.first_line, clause.id, cure)


class _Words:
    """One edition's blocks held against its words."""

    def __init__(self, built: Built, notes: Notebook) -> None:
        self.book, self.built, self.notes = built.rulebook, built, notes
        self.language = self.book.front.language
        self.severity = WARNING if self.book.front.is_paraphrase else ERROR
        self.calling = Calling(self.book)
        self.stated_in: dict[str, list[Fact]] = {}
        for stated in built.stated:
            self.stated_in.setdefault(stated.clause, []).extend(stated.facts)
            for pointer in stated.entry.says if stated.entry else ():
                self.stated_in.setdefault(pointer.clause.text, []).extend(stated.facts)

    def examine(self, surface: Surface) -> None:
        """Every pointer and every line of every block."""
        for block in surface.blocks:
            for entry in block.entries:
                for pointer in entry.says:
                    self._pointer(pointer, block.clause)
        for stated in self.built.stated:
            clause = self.book.clauses.get(stated.clause)
            if clause is not None:
                quotes = self._quotes(stated)
                for fact in stated.facts:
                    self._fact(fact, stated.key, clause, quotes)

    def _pointer(self, pointer: Pointer, clause: str) -> None:
        """The quoted words must stand in the clause that is pointed at."""
        id = pointer.clause.text
        there = self.book.clauses.get(id)
        if there is None:
            cure = did_you_mean(id, list(self.book.clauses))
            self.notes.add("unknown-clause", f"there is no clause '{shown(id)}'", pointer.clause, clause, cure)
        elif not _flat(pointer.quote.text):
            self.notes.add("pointer", "'says' quotes no words", pointer.quote, clause, "quote the words that state it")
        elif _flat(pointer.quote.text) not in _flat(f"{there.title}. {there.words}"):
            what = f'the words "{shown(pointer.quote.text)}" do not stand in clause {id}'
            self.notes.add("pointer", what, pointer.quote, clause, "quote them letter for letter")

    def _quotes(self, stated: Stated) -> list[Said]:
        says = stated.entry.says if stated.entry else ()
        return [read_words(pointer.quote.text, self.language) for pointer in says]

    def _fact(self, fact: Fact, key: str, clause: Clause, quotes: list[Said]) -> None:
        own = Agreement(
            read_words(f"{clause.title}.\n{clause.words}", self.language), self._names(clause), self.calling
        )
        pointed = [Agreement(quote, quote, self.calling) for quote in quotes]
        if own.holds(fact, key, clause) or any(quote.holds(fact, key, clause) for quote in pointed):
            return
        # Words that are pointed at and say nothing of that sort are vouched for by whoever points at them.
        if pointed and not any(quote.speaks_of(fact.sort) for quote in pointed):
            return
        text = "the words it points at do" if pointed else "the text of the clause does"
        if key:
            what = f"the block says {shown(own.wording(fact))} ('{key}'), {text} not"
        else:
            what = f"the block is about {shown(fact.said)}, {text} not name it"
        cure = pointed[0].cure(fact, []) if pointed else own.cure(fact, self.stated_in[clause.id])
        if not cure:
            cure = f'write it in clause {clause.id}, mend the block, or point at the words with says: "..." [4]'
        at = Passage.of_line(fact.said, fact.line, fact.column)
        severity = self.severity if fact.sort != "matter" else WARNING if self.severity == ERROR else NOTE
        self.notes.add("words-differ", what, at, clause.id, cure, severity)

    def _names(self, clause: Clause) -> Said:
        """The words in which a seat may be named: the clause, its title, and the titles of the clauses it lies in."""
        parts = clause.id.split(".")
        above = [self.book.clauses.get(".".join(parts[:count])) for count in range(1, len(parts))]
        titles = [found.title for found in above if found is not None]
        return read_words(".\n".join([*titles, clause.title, clause.words]), self.language)


def _flat(text: str) -> str:
    """Words as they compare letter for letter: one space, small letters, plain quotes, without marks of emphasis."""
    text = re.sub(r"[*_`]", "", text).replace("\u2019", "'").replace("\u2018", "'")
    return " ".join(text.casefold().split()).strip(" .,;:")
