"""Clauses as pages show them: words as HTML, the plain reading of each block beside them, what refers to what.

Lives here: an edition laid out clause by clause, kept by its digest. Not here: what the words and blocks mean
(`isonomy.rulebook`).

Invariant: words are rendered by `rulebook.render_html`, which escapes whatever stands in a rulebook; a reference leads to
the page of that clause.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from isonomy.engine.proceedings.editions import whole_text
from isonomy.engine.state import Edition, State
from isonomy.kernel.bad_input import BadInput
from isonomy.rulebook.model import Clause, Rulebook
from isonomy.rulebook.render import BlockRead, plain_reading
from isonomy.rulebook.render_html import words_html
from isonomy.rulebook.source import REFERENCE
from isonomy.web.not_here import NotHere

KEPT_MAX = 8
SNIPPET = 90
_ANCHOR = re.compile(r'href="#clause-([A-Za-z0-9.]+)"')


@dataclass(frozen=True)
class Laid:
    """One clause laid out: its words as HTML, its blocks read aloud, the clauses that refer to it."""

    clause: Clause
    words: SafeString
    blocks: tuple[BlockRead, ...]
    referred: tuple[str, ...]

    @property
    def id(self) -> str:
        """The clause's number."""
        return self.clause.id

    @property
    def depth(self) -> int:
        """1 for clause 4, 2 for 4.2."""
        return self.clause.id.count(".") + 1

    @property
    def level(self) -> int:
        """The level of its heading on the page of the whole text."""
        return min(6, self.depth + 1)


class Text:
    """One edition laid out for reading."""

    def __init__(self, rulebook: Rulebook, edition: str = "") -> None:
        self.rulebook, self.edition = rulebook, edition

    @cached_property
    def clauses(self) -> dict[str, Laid]:
        """Every clause by its number, in the order of the text."""
        blocks: dict[str, list[BlockRead]] = {}
        for block in plain_reading(self.rulebook):
            blocks.setdefault(block.place.clause, []).append(block)
        referred: dict[str, list[str]] = {}
        for clause in self.rulebook.clauses.values():
            for found in dict.fromkeys(REFERENCE.findall(clause.words)):
                referred.setdefault(found, []).append(clause.id)
        return {
            clause.id: Laid(
                clause, self._words(clause), tuple(blocks.get(clause.id, ())), tuple(referred.get(clause.id, ()))
            )
            for clause in self.rulebook.clauses.values()
        }

    def _words(self, clause: Clause) -> SafeString:
        query = f"?edition={self.edition}" if self.edition else ""

        def link(found: re.Match[str]) -> str:
            return f'href="{reverse("clause", args=[found.group(1)])}{query}"'

        return mark_safe(_ANCHOR.sub(link, words_html(clause.words, self.rulebook)))

    def around(self, id: str) -> tuple[Laid | None, Laid | None]:
        """The clauses before and after one."""
        order = list(self.clauses)
        place = order.index(id)
        before = self.clauses[order[place - 1]] if place else None
        after = self.clauses[order[place + 1]] if place + 1 < len(order) else None
        return before, after

    def within(self, id: str) -> list[Laid]:
        """The clauses under a clause: those of 4 are 4.1, 4.2 and so on."""
        return [found for found in self.clauses.values() if found.id.startswith(f"{id}.")]

    def search(self, words: Sequence[str]) -> list[tuple[Laid, str, str, str]]:
        """The clauses in which all words stand: the clause, and the text before, at and after the first of them."""
        found = []
        for laid in self.clauses.values():
            text = " ".join(f"{laid.clause.title}. {laid.clause.words}".split())
            lower = text.casefold()
            if len(lower) == len(text) and all(word in lower for word in words):
                at = lower.index(words[0])
                end = at + len(words[0])
                start, stop = max(0, at - SNIPPET), min(len(text), end + SNIPPET)
                before = ("\N{HORIZONTAL ELLIPSIS}" if start else "") + text[start:at]
                after = text[end:stop] + ("\N{HORIZONTAL ELLIPSIS}" if stop < len(text) else "")
                found.append((laid, before, text[at:end], after))
        return found


_kept: dict[tuple[str, str], Text] = {}


def text_of(rulebook: Rulebook, edition: str = "") -> Text:
    """An edition laid out; the last few are kept. `edition` is named in links where it is not the one in force."""
    key = (rulebook.sha256, edition)
    if key not in _kept:
        while len(_kept) >= KEPT_MAX:
            _kept.pop(next(iter(_kept)), None)
        _kept[key] = Text(rulebook, edition)
    return _kept[key]


def edition_named(state: State, id: str) -> Edition:
    """An edition whose text is whole; raises `BadInput` where there is none."""
    found = state.editions.get(id)
    if found is None:
        raise NotHere(f"there is no edition '{id[:40]}'", "edition", "choose one of the editions listed")
    if not found.complete:
        raise BadInput("the text of this edition is not whole yet", "edition", "come back when its last part is lodged")
    return found


def source_of(edition: Edition) -> str:
    """The text of an edition as it was lodged."""
    return whole_text(edition)


def in_order(state: State) -> list[Edition]:
    """All editions, those in force first to last as they began to govern, then the drafts as they were lodged."""
    return sorted(
        state.editions.values(), key=lambda found: (found.in_force_from or "9", int(found.id.partition("-")[2]))
    )


def drafts(state: State) -> list[Edition]:
    """The texts that are lodged and not in force, the newest first."""
    found = [edition for edition in state.editions.values() if not edition.in_force_from and edition.complete]
    return list(reversed(found))


def before(state: State, edition: Edition) -> Edition | None:
    """The edition to compare one with: the one that governed before it; for a draft the one that governs last."""
    adopted = [found for found in in_order(state) if found.in_force_from and found.id != edition.id]
    if edition.in_force_from:
        number = edition.adopted_at
        adopted = [found for found in adopted if found.adopted_at < number]
    return adopted[-1] if adopted else None
