"""Reading one block: its kind, name and flags against the vocabulary, its keys one by one, each with what
it states.

Lives here: everything that holds for any kind of block (unknown, double, missing and empty keys; flags;
names). Not here: what the keys of a kind mean together (`from_surface`, `consistency`).

Invariant: every line of a block is either read, with its facts kept for the lint, or is a finding.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Concatenate, ParamSpec, TypeVar

from isonomy.kernel.bad_input import BadInput, did_you_mean
from isonomy.kernel.ids import NAME_LENGTH_MAX, is_slug, slug
from isonomy.rulebook.findings import Misreading, Notebook, shown
from isonomy.rulebook.model import Place
from isonomy.rulebook.names import Names, unit_kind
from isonomy.rulebook.passage import Passage
from isonomy.rulebook.provision import PROVISIONS, kind_named, kinds
from isonomy.rulebook.readings import Fact
from isonomy.rulebook.surface import Block, Entry
from isonomy.rulebook.vocabulary import RESERVED_KINDS, Kind

T = TypeVar("T")
P = ParamSpec("P")
MEANS = "means "
NOT_EXECUTED = "see to it by hand: nothing is refused or due by this block"


@dataclass(frozen=True, slots=True)
class Stated:
    """A line of a block with the facts that were read from it."""

    clause: str
    kind: str
    key: str
    entry: Entry | None
    facts: tuple[Fact, ...]


def kind_of(block: Block, notes: Notebook, adopted: bool) -> Kind | None:
    """The kind of a block, or a finding: unknown, or reserved for what is not yet executed."""
    name = block.kind.text
    found = kind_named(name)
    if found is not None:
        if name in PROVISIONS and not PROVISIONS[name].executed:
            what = f"a block '{name}' is read and checked, not yet executed"
            notes.add("not-executed", what, block.kind, block.clause, NOT_EXECUTED, "warning")
        return found
    if name in RESERVED_KINDS:
        cure = "leave the block out; the words of the clause stand, without being machine-checked"
        severity = "error" if adopted else "warning"
        notes.add("reserved-kind", f"a block '{name}' is not yet executed", block.kind, block.clause, cure, severity)
        return None
    cure = did_you_mean(name, list(kinds()))
    notes.add("unknown-kind", f"'{shown(name)}' is not a kind of block", block.kind, block.clause, cure)
    return None


def name_of(block: Block, notes: Notebook) -> str:
    """The slug that names a block, or nothing with a finding."""
    text = block.name.text
    if is_slug(text):
        return text
    if not text:
        cure = f"write it after the kind: ```rule {block.kind.text} NAME"
        notes.add("no-name", f"the {block.kind.text} block has no name", block.kind, block.clause, cure)
        return ""
    try:
        cure = f"write it as {slug(text)}"
    except BadInput as fault:
        cure = fault.cure
    what = f"'{shown(text)}' is not a name (small letters, digits and hyphens, at most {NAME_LENGTH_MAX})"
    notes.add("name-form", what, block.name, block.clause, cure)
    return ""


class BlockReader:
    """The lines of one block, to be taken key by key."""

    def __init__(self, block: Block, kind: Kind, names: Names, notes: Notebook) -> None:
        self.block, self.kind, self.names, self.notes = block, kind, names, notes
        self.stated: list[Stated] = []
        self.entries: dict[str, Entry] = {}
        self.terms: list[Entry] = []
        for entry in block.entries:
            self._file(entry)
        for key in kind.needs:
            if key not in self.entries:
                what = f"the {kind.name} block '{shown(block.name.text)}' does not say '{key}'"
                notes.add("missing-key", what, block.kind, block.clause, f"add a line {key}: ...")
        self.supreme, self.in_each = self._flags()

    @property
    def place(self) -> Place:
        """Where the block and each of its keys stand, and which clause says a key in words."""
        lines = {key: entry.key.line for key, entry in self.entries.items()}
        lines.update({entry.key.text: entry.key.line for entry in self.terms})
        clauses = {key: entry.says[0].clause.text for key, entry in self.entries.items() if entry.says}
        return Place(self.block.clause, self.block.line, lines, clauses)

    def has(self, key: str) -> bool:
        """Whether a key is written."""
        return key in self.entries

    def take(
        self,
        key: str,
        reader: Callable[Concatenate[Passage, P], T],
        default: T,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """The value of a key as `reader(passage, ...)` reads it; the default where it is not written or
        misread.

        A reader that notes facts is given the list through `take_stated` or `take_named`.
        """
        entry = self.entries.get(key)
        if entry is None or not entry.value.text:
            return default
        try:
            return reader(entry.value, *args, **kwargs)
        except Misreading as fault:
            self.notes.misread(fault, self.block.clause)
            return default

    def take_stated(
        self,
        key: str,
        reader: Callable[Concatenate[Passage, list[Fact], P], T],
        default: T,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """As `take`, for a reader of quantities or times."""
        facts: list[Fact] = []
        value = self.take(key, lambda passage: reader(passage, facts, *args, **kwargs), default)
        self.state(key, facts)
        return value

    def take_named(
        self,
        key: str,
        reader: Callable[Concatenate[Passage, Names, list[Fact], P], T],
        default: T,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """As `take`, for a reader that resolves names."""
        facts: list[Fact] = []
        value = self.take(key, lambda passage: reader(passage, self.names, facts, *args, **kwargs), default)
        self.state(key, facts)
        return value

    def state(self, key: str, facts: list[Fact]) -> None:
        """Keeps what a line states, with the words it points at."""
        entry = self.entries.get(key)
        if entry is not None:
            self.stated.append(Stated(self.block.clause, self.kind.name, key, entry, tuple(facts)))

    def contradiction(self, key: str, what: str, cure: str) -> None:
        """A finding: what this key says cannot stand beside the rest."""
        entry = self.entries.get(key)
        at = entry.key if entry else self.block.kind
        self.notes.add("contradiction", what, at, self.block.clause, cure)

    def _file(self, entry: Entry) -> None:
        key, clause = entry.key.text, self.block.clause
        if self.kind.name == "definitions" and key.startswith(MEANS):
            self.terms.append(entry)
            return
        if key not in self.kind.keys:
            what = f"'{shown(key)}' is not known in {_a(self.kind.name)} block"
            self.notes.add("unknown-key", what, entry.key, clause, did_you_mean(key, list(self.kind.keys)))
        elif key in self.entries:
            what = f"'{key}' stands twice in this block (first on line {self.entries[key].key.line})"
            self.notes.add("double-key", what, entry.key, clause, "keep one of them")
        elif not entry.value.text:
            cure = "write a value or leave the line out"
            self.notes.add("no-value", f"nothing is written after '{key}:'", entry.key, clause, cure)
            self.entries[key] = entry
        else:
            self.entries[key] = entry

    def _flags(self) -> tuple[bool, str]:
        supreme, in_each = False, ""
        for flag in self.block.flags:
            text = flag.text
            if "supreme" in self.kind.flags and text == "supreme" and not supreme:
                supreme = True
            elif "in each" in self.kind.flags and text.startswith("in each ") and not in_each:
                facts: list[Fact] = []
                try:
                    in_each = unit_kind(flag.part(len("in each "), len(text)).trimmed(), self.names, facts)
                except Misreading as fault:
                    self.notes.misread(fault, self.block.clause)
                self.stated.append(Stated(self.block.clause, self.kind.name, "in each", None, tuple(facts)))
            else:
                known = ["supreme"] if "supreme" in self.kind.flags else []
                known += ["in each KIND"] if "in each" in self.kind.flags else []
                what = f"'{shown(text)}' is not known on the first line of {_a(self.kind.name)} block"
                cure = f"known here: {', '.join(known)}" if known else "leave it out"
                self.notes.add("unknown-flag", what, flag, self.block.clause, cure)
        return supreme, in_each


def _a(word: str) -> str:
    return f"an {word}" if word[0] in "aeiou" else f"a {word}"
