"""Two editions side by side: as clauses with their words, and as powers gained and lost by each body and office.

Lives here: the comparison and its sentences. Not here: what a seat holds (`powers`), what an amendment opens to a
coalition (the checker).

Invariant: an edition compared with itself gives nothing; exchanging the editions turns every gain into a loss. What is
said of a change follows from exact measures; where two values have no common scale it is called a change, no more.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from isonomy.rulebook.model import Clause, Rulebook
from isonomy.rulebook.powers import Holding, holdings_of
from isonomy.rulebook.render import Speaker

GAINED, LOST, CHANGED = "gained", "lost", "changed"
WORDS_COMPARED_MAX = 4000

# What more and less mean on each scale, by its first word.
MORE_LESS = {
    "bar": ("higher", "lower"), "length": ("longer", "shorter"), "number": ("higher", "lower"),
    "interval": ("rarer", "more frequent"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class WordChange:
    """Words that both editions have (`same`), only the older (`out`), or only the newer one (`in`)."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """A clause that was `added`, `removed`, `renumbered` or `changed` (in its words, its blocks or both)."""

    change: str
    before: str
    after: str
    title: str
    words: tuple[WordChange, ...]
    blocks_changed: bool
    line_before: int
    line_after: int


@dataclass(frozen=True, slots=True)
class PowerChange:
    """A holding that a seat gained or lost, or whose value changed; `direction` says how where a scale tells."""

    change: str
    holder: str
    power: str
    about: str
    direction: str
    before: str
    after: str
    clause_before: str
    clause_after: str
    line_before: int
    line_after: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two editions."""

    before: str
    after: str
    clauses: tuple[ClauseChange, ...]
    powers: tuple[PowerChange, ...]

    def by_holder(self) -> dict[str, list[PowerChange]]:
        """The changes of each seat, in the order of their first change."""
        found: dict[str, list[PowerChange]] = {}
        for change in self.powers:
            found.setdefault(change.holder, []).append(change)
        return found


def compare(before: Rulebook, after: Rulebook) -> Comparison:
    """What differs between an edition and the one after it."""
    return Comparison(
        before.front.edition, after.front.edition, tuple(_clauses(before, after)), tuple(_powers(before, after))
    )


def _clauses(before: Rulebook, after: Rulebook) -> list[ClauseChange]:
    removed = {id: clause for id, clause in before.clauses.items() if id not in after.clauses}
    found: list[ClauseChange] = []
    for id, clause in after.clauses.items():
        old = before.clauses.get(id) or _same_clause(clause, removed)
        if old is None:
            found.append(_clause_change("added", None, clause))
            continue
        removed.pop(old.id, None)
        if old.id != id and _inside(old) == _inside(clause):
            found.append(_clause_change("renumbered", old, clause))
        elif _inside(old) != _inside(clause) or old.title != clause.title:
            found.append(_clause_change("changed", old, clause))
    found += [_clause_change("removed", clause, None) for clause in removed.values()]
    return found


def _same_clause(clause: Clause, removed: dict[str, Clause]) -> Clause | None:
    """The clause that went away under another number, with the same title and words."""
    if not clause.words:
        return None
    return next((old for old in removed.values() if (old.title, old.words) == (clause.title, clause.words)), None)


def _inside(clause: Clause) -> str:
    """Words and blocks of a clause without its heading."""
    return clause.source.partition("\n")[2].strip()


def _blocks(clause: Clause | None) -> list[str]:
    return re.findall(r"^```rule\b.*?^```", clause.source, re.MULTILINE | re.DOTALL) if clause else []


def _clause_change(change: str, old: Clause | None, new: Clause | None) -> ClauseChange:
    return ClauseChange(
        change,
        old.id if old else "",
        new.id if new else "",
        (new or old or Clause("", "", "", 0, 0)).title,
        _words(*_said(old, new)),
        _blocks(old) != _blocks(new),
        old.first_line if old else 0,
        new.first_line if new else 0,
    )


def _said(old: Clause | None, new: Clause | None) -> tuple[str, str]:
    """The words of both, with their titles where these differ."""
    titled = old is None or new is None or old.title != new.title
    before, after = (f"{one.title if titled else ''}\n{one.words}" if one else "" for one in (old, new))
    return before, after


def _words(before: str, after: str) -> tuple[WordChange, ...]:
    """The difference word by word; of very long clauses all words go out and all come in."""
    old, new = before.split(), after.split()
    if old == new:
        return (WordChange("same", " ".join(new)),) if new else ()
    if max(len(old), len(new)) > WORDS_COMPARED_MAX:
        pairs = [("out", " ".join(old)), ("in", " ".join(new))]
        return tuple(WordChange(kind, text) for kind, text in pairs if text)
    found: list[WordChange] = []
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(WordChange("same", " ".join(new[j1:j2])))
            continue
        if i2 > i1:
            found.append(WordChange("out", " ".join(old[i1:i2])))
        if j2 > j1:
            found.append(WordChange("in", " ".join(new[j1:j2])))
    return tuple(found)


def _powers(before: Rulebook, after: Rulebook) -> list[PowerChange]:
    old = {holding.key: holding for holding in holdings_of(before)}
    new = {holding.key: holding for holding in holdings_of(after)}
    procedures = _procedures(old.values()), _procedures(new.values())
    found: list[PowerChange] = []
    for key in [*old, *(key for key in new if key not in old)]:
        was, is_now = old.get(key), new.get(key)
        if was and is_now and (was.size.says, was.says) == (is_now.size.says, is_now.says):
            continue
        detail = (is_now or old[key]).detail_of
        if detail and not (was and is_now) and not all(detail in table for table in procedures):
            continue  # the procedure itself is new or gone, which is told
        found.append(_power_change(was, is_now, Speaker(after if is_now else before)))
    order = {LOST: 0, CHANGED: 1, GAINED: 2}
    return sorted(found, key=lambda change: (change.holder, order[change.change], change.power, change.about))


def _procedures(holdings: Iterable[Holding]) -> set[str]:
    """The procedures that an edition says anything about."""
    return {holding.detail_of for holding in holdings}


def _power_change(was: Holding | None, is_now: Holding | None, speaker: Speaker) -> PowerChange:
    holding = is_now or was
    assert holding is not None
    change = GAINED if was is None else LOST if is_now is None else CHANGED
    direction = _direction(was, is_now)
    who = speaker.the(holding.holder)
    size = f" ({holding.size.says})" if holding.size.says else ""
    if was is not None and is_now is not None:
        how = f"{direction}, " if direction else ""
        sentence = f"{who[:1].upper()}{who[1:]}: {holding.says}: {how}{is_now.size.says} instead of {was.size.says}"
        where = (
            f"clause {is_now.clause}" if was.clause == is_now.clause else f"clause {was.clause}, now {is_now.clause}"
        )
    else:
        power = ("Gained by", "Lost by") if holding.is_power else ("New for", "No longer for")
        sentence = f"{power[change == LOST]} {who}: {holding.says}{size}"
        where = f"clause {holding.clause}"
    return PowerChange(
        change, holding.holder, holding.power, holding.about, direction,
        was.size.says if was else "", is_now.size.says if is_now else "",
        was.clause if was else "", is_now.clause if is_now else "",
        was.line if was else 0, is_now.line if is_now else 0,
        f"{sentence} ({where}).",
    )  # fmt: skip


def _direction(was: Holding | None, is_now: Holding | None) -> str:
    """`higher`, `shorter` and the like, where both have a measure on one scale."""
    if was is None or is_now is None or was.size.scale != is_now.size.scale:
        return ""
    if was.size.measure is None or is_now.size.measure is None or was.size.measure == is_now.size.measure:
        return ""
    more, less = MORE_LESS[was.size.scale.split()[0]]
    return more if is_now.size.measure > was.size.measure else less
