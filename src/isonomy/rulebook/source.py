"""From bytes to clauses: front matter, headings, words with the lines they span, and the raw fences of the
blocks.

Lives here: the scanning of lines. Not here: the lines inside a block (`from_source`), and Markdown beyond
headings and fences: the words of a clause are kept as they are written.

Invariant: every line of the file belongs to at most one thing, and any bytes give a source or findings with
a line. The bounds (1 MiB, 2,000 characters a line, 1,000 blocks, 5,000 clauses) keep the reading quick
whatever the bytes are.
"""

from __future__ import annotations

import difflib
import hashlib
import re
from dataclasses import dataclass

from isonomy.rulebook.findings import Notebook, shown
from isonomy.rulebook.model import Clause
from isonomy.rulebook.passage import Passage

BYTES_MAX = 1024 * 1024
LINE_LENGTH_MAX = 2000
BLOCKS_MAX = 1000
CLAUSES_MAX = 5000

CLAUSE_ID = r"(?:[0-9]{1,4}[A-Z]?|[A-Z]{1,6})(?:\.(?:[0-9]{1,4}[A-Z]?|[A-Z]{1,6}))*"
REFERENCE = re.compile(rf"\[({CLAUSE_ID})\](?![(:])")
"""How the words of a clause refer to another: `[8.2]`."""
_HEADING = re.compile(r"(#{1,6})(?:[ \t](.*))?")
_NUMBERED = re.compile(rf"({CLAUSE_ID})(\.?)(?:[ \t]+(.*))?")
_FENCE = re.compile(r"([ \t]*)(`{3,}|~{3,})([^`]*)")
_COMMENT = "<!--"
# Signs that make a page show something else than it holds (UTS 55): direction overrides and isolates,
# invisible joiners.
_UNSEEN = re.compile("[\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Fence:
    """A `rule` fence as scanned: its clause, its info string, the lines between its marks."""

    clause: str
    info: Passage
    lines: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """An edition as scanned; `front_line` is the line of the opening `---`, 0 where there is none."""

    front: tuple[Passage, ...]
    front_line: int
    clauses: tuple[Clause, ...]
    fences: tuple[Fence, ...]
    sha256: str


@dataclass(slots=True)
class _Open:
    """The clause whose words are being gathered."""

    id: str
    title: str
    line: int
    words: list[str]
    blocks: int = 0


def scan(data: bytes, notes: Notebook) -> Source:
    """Front matter, clauses and rule fences of an edition; what is wrong goes to `notes`. Never raises
    `BadInput`."""
    digest = hashlib.sha256(data).hexdigest()
    text = _decoded(data, notes)
    if text is None:
        return Source((), 0, (), (), digest)
    lines = text.split("\n")
    front, front_line, first = _front(lines, notes)
    scan = _Scan(lines, notes)
    scan.run(first)
    return Source(front, front_line, tuple(scan.clauses), tuple(scan.fences), digest)


def _decoded(data: bytes, notes: Notebook) -> str | None:
    """The text, or nothing where what is wrong with it leaves nothing to read."""
    if len(data) > BYTES_MAX:
        notes.add(
            "too-large",
            f"the file has {len(data)} bytes, more than the {BYTES_MAX} that are read",
            1,
            cure="split it",
        )
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        notes.add("not-utf-8", f"not UTF-8 text (byte {fault.start})", line, cure="save the file as UTF-8")
        return None
    text = text.replace("\r\n", "\n")
    for number, line_text in enumerate(text.split("\n"), 1):
        if len(line_text) > LINE_LENGTH_MAX:
            what = f"the line has {len(line_text)} characters, more than the {LINE_LENGTH_MAX} that are read"
            notes.add("long-line", what, number, cure="break it into lines")
            return None
        found = _CONTROL.search(line_text) or _UNSEEN.search(line_text)
        if found:
            at = Passage.of_line(line_text, number).part(found.start(), found.end())
            what = f"an invisible character (U+{ord(found.group()):04X}) stands here"
            notes.add("unseen-character", what, at, cure="remove it: what members read must be what the file holds")
            return None
    return text


def _front(lines: list[str], notes: Notebook) -> tuple[tuple[Passage, ...], int, int]:
    """The lines between the two `---`, the line of the first of these, and the index of the line after the
    second."""
    start = next((index for index, line in enumerate(lines) if line.strip()), 0)
    if lines[start].rstrip() != "---":
        cure = "begin it with a line ---, then organisation, language, time zone, edition, status, then ---"
        notes.add("no-front-matter", "the file does not begin with front matter", start + 1, cure=cure)
        return (), 0, 0
    for index in range(start + 1, len(lines)):
        if lines[index].rstrip() == "---":
            inside = range(start + 1, index)
            found = tuple(Passage.of_line(lines[at], at + 1) for at in inside if lines[at].strip())
            return found, start + 1, index + 1
        if _HEADING.fullmatch(lines[index]) and lines[index].startswith("##"):
            break
    notes.add("open-front-matter", "the front matter is not closed", start + 1, cure="close it with a line ---")
    return (), 0, start + 1


class _Scan:
    """One pass over the lines after the front matter."""

    def __init__(self, lines: list[str], notes: Notebook) -> None:
        self.lines, self.notes = lines, notes
        self.clauses: list[Clause] = []
        self.ids: dict[str, int] = {}
        self.fences: list[Fence] = []
        self.open: _Open | None = None
        self.heading = ""

    def run(self, first: int) -> None:
        """Scans from the line at index `first` to the end."""
        index = first
        while index < len(self.lines):
            line = self.lines[index]
            fence = _FENCE.fullmatch(line)
            heading = _HEADING.fullmatch(line)
            if fence:
                index = self.fence(index, fence)
            elif heading:
                self.close(index)
                self.begin(index, heading)
            else:
                self.word(index)
            index += 1
        self.close(len(self.lines))
        if not self.clauses and not self.notes.findings:
            cure = "write a heading with a number, such as: ## 1. Members"
            self.notes.add("no-clause", "the file has no numbered clause", min(first + 1, len(self.lines)), cure=cure)

    def word(self, index: int) -> None:
        """A line of words."""
        if self.open is None:
            return
        line = self.lines[index]
        if _COMMENT in line:
            at = Passage.of_line(line, index + 1).part(line.index(_COMMENT), len(line))
            what, cure = (
                "a comment hides words from whoever reads the page",
                "put it outside the numbered clauses",
            )
            self.notes.add("hidden-words", what, at, self.open.id, cure)
        self.open.words.append(line)

    def begin(self, index: int, heading: re.Match[str]) -> None:
        """A heading: a numbered one begins a clause, any other ends the one before."""
        title = (heading.group(2) or "").strip().rstrip("#").rstrip()
        self.heading = title
        numbered = _NUMBERED.fullmatch(title)
        # A capital letter without a point may be a word: `## A note` is no clause, `## A. Voting` is.
        if heading.group(1) == "#" or not numbered:
            return
        if not numbered.group(1)[0].isdigit() and "." not in numbered.group(1) + numbered.group(2):
            return
        id = numbered.group(1)
        if id in self.ids:
            cure = "give one of them another number"
            self.notes.add(
                "double-clause",
                f"clause {id} stands twice (first on line {self.ids[id]})",
                index + 1,
                id,
                cure,
            )
            return
        if len(self.clauses) >= CLAUSES_MAX:
            self.notes.add("too-many-clauses", f"more than {CLAUSES_MAX} clauses", index + 1, id, "split the file")
            return
        self.ids[id] = index + 1
        self.open = _Open(id, (numbered.group(3) or "").strip(), index + 1, [])

    def close(self, index: int) -> None:
        """Ends the open clause before the line at `index`."""
        if self.open is not None:
            found = self.open
            words = "\n".join(found.words).strip("\n").rstrip()
            while "\n\n\n" in words:
                words = words.replace("\n\n\n", "\n\n")
            source = "\n".join(self.lines[found.line - 1 : index]).rstrip()
            self.clauses.append(Clause(found.id, found.title, words, found.line, index, found.blocks, source))
        self.open = None

    def fence(self, index: int, opening: re.Match[str]) -> int:
        """A fenced block: returns the index of its last line."""
        indent, marks, info = opening.groups()
        closing = re.compile(rf"[ \t]*{re.escape(marks[0])}{{{len(marks)},}}[ \t]*")
        last = index + 1
        while last < len(self.lines) and not closing.fullmatch(self.lines[last]):
            last += 1
        place = Passage.of_line(self.lines[index], index + 1)
        clause = self.open.id if self.open else ""
        if last == len(self.lines):
            cure = f"close it with a line {marks}"
            self.notes.add("open-block", "the block that begins here is not closed", place, clause, cure)
            return last
        first_word = info.split(maxsplit=1)[0] if info.strip() else ""
        if first_word != "rule":
            self.other_fence(index, last, place, first_word)
            return last
        if indent or marks != "```":
            cure = "begin it with ```rule at the beginning of the line"
            self.notes.add("block-mark", "a rule block begins with three backticks and no indent", place, clause, cure)
            return last
        if self.open is None:
            under = f"the heading '{shown(self.heading)}'" if self.heading else "no heading"
            what = f"a rule block stands under {under}, outside any numbered clause"
            self.notes.add("block-outside", what, place, cure="put it under the clause whose words it says again")
            return last
        if len(self.fences) >= BLOCKS_MAX:
            self.notes.add("too-many-blocks", f"more than {BLOCKS_MAX} blocks", place, clause, "split the file")
            return len(self.lines)
        self.open.blocks += 1
        after = opening.start(3) + info.index("rule") + len("rule")
        inside = tuple(Passage.of_line(self.lines[at], at + 1) for at in range(index + 1, last))
        self.fences.append(Fence(clause, place.part(after, len(place.text)).trimmed(), inside))
        return last

    def other_fence(self, index: int, last: int, place: Passage, first_word: str) -> None:
        """A fence that is no rule block: its lines are words, unless it is plainly a rule block misspelt."""
        near = difflib.SequenceMatcher(None, first_word.lower(), "rule").ratio() * 4 >= 3
        if first_word and near:
            clause = self.open.id if self.open else ""
            what = f"'{shown(first_word)}' begins no block"
            self.notes.add("block-mark", what, place, clause, "did you mean 'rule'?")
        elif self.open is not None:
            self.open.words.extend(self.lines[index : last + 1])
