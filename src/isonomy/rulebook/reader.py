"""Reading an edition: the one door from bytes to a rulebook, and the examination that finds all that is
wrong.

Lives here: the order of the stages. Not here: any of them.

Invariant: any bytes give a rulebook or findings with a line; never another exception, never a wait.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from isonomy.rulebook.consistency import examine_consistency
from isonomy.rulebook.findings import ERROR, Enough, Examination, Notebook
from isonomy.rulebook.from_source import surface_of
from isonomy.rulebook.from_surface import Built, build
from isonomy.rulebook.lint import examine_words
from isonomy.rulebook.model import Rulebook
from isonomy.rulebook.source import scan
from isonomy.rulebook.surface import Surface
from isonomy.rulebook.vocabulary import COUNTING_RULES


def read_rulebook(data: bytes, name: str = "rulebook.md", counting: Iterable[str] = COUNTING_RULES) -> Rulebook:
    """The rulebook that the bytes of an edition hold; raises `BadInput` with place and cure for the first error.

    `name` stands before the line in messages; `counting` are the names of counting rules that a block may
    use. The words of the clauses are not compared with the blocks: the text is the law, and a slip in a
    block locks nobody out (`examine` compares them). Source: docs/spec/rulebook.md.
    """
    notes = Notebook()
    read = _read(data, notes, frozenset(counting))
    errors = [found for found in notes.in_order() if found.severity == ERROR]
    if errors:
        raise errors[0].as_bad_input(name)
    assert read is not None
    return read[0].rulebook


def examine(data: bytes, name: str = "rulebook.md", counting: Iterable[str] = COUNTING_RULES) -> Examination:
    """Everything found in an edition, in order of lines, with the rulebook where it could be read whole.

    Where words and blocks differ the rulebook is still handed out: such findings bar an adoption, not a
    reading.
    """
    notes = Notebook()
    rulebook: Rulebook | None = None
    read = _read(data, notes, frozenset(counting))
    if read is not None:
        built, surface = read
        if not any(found.severity == ERROR for found in notes.findings):
            rulebook = built.rulebook
        with suppress(Enough):
            examine_words(built, surface, notes)
    return Examination(name, rulebook, notes.in_order())


def _read(data: bytes, notes: Notebook, counting: frozenset[str]) -> tuple[Built, Surface] | None:
    """What could be read, or nothing where there was more wrong than a person would read."""
    try:
        surface = surface_of(scan(data, notes), notes)
        built = build(surface, notes, counting)
        examine_consistency(built, notes)
    except Enough:
        return None
    return built, surface
