"""The marked roll of a poll: who was entitled, and whether each cast a ballot.

Lives here: the file `roll.json`, its root and digest. Not here: who is entitled
and why (`engine`), the ballots (`box`).

Invariant: lines are sorted by random id and say only that a ballot was cast, never when or which; the counts
are those of the lines. Where nothing but sizes is known, as of many imported polls, there are no lines and no
root.

    boxes/po-42/roll.json:
    {"entitled":3,"lines":[{"marked":true,"person":"p-7q2k"},...],"marked":2,"poll":"po-42"}
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.canonical import Json, canonical_bytes, parse_canonical
from isonomy.record.box import check_poll, whole_number
from isonomy.record.tree import leaf_hash, root_of


@dataclass(frozen=True, slots=True)
class Roll:
    """A marked roll: who was entitled, and whether each cast a ballot. `lines` None: only sizes are known."""

    poll: str
    entitled: int | None
    marked: int | None
    lines: tuple[tuple[str, bool], ...] | None

    @classmethod
    def of_persons(cls, poll: str, persons: Iterable[str], marked: Iterable[str]) -> Roll:
        """The roll of some persons, of whom some cast a ballot."""
        cast = set(marked)
        lines = tuple((person, person in cast) for person in sorted(set(persons)))
        return cls(poll, len(lines), sum(mark for _, mark in lines), lines)

    def root(self) -> bytes | None:
        """The root over the lines, in their order; None where only sizes are known."""
        return (
            None if self.lines is None else root_of([leaf_hash(canonical_bytes(_line(*line))) for line in self.lines])
        )

    def digest(self) -> str | None:
        """The digest of the frozen roll as the opening entry gives it: SHA-256 over the ids, one a line, in hex.

        None where only sizes are known.
        """
        if self.lines is None:
            return None
        return sha256("".join(f"{person}\n" for person, _ in self.lines).encode()).hexdigest()

    def to_bytes(self) -> bytes:
        """The bytes of the file `roll.json`: one canonical JSON object and a newline."""
        shown: dict[str, Json] = {"entitled": self.entitled, "marked": self.marked, "poll": self.poll}
        if self.lines is not None:
            shown["lines"] = [_line(*line) for line in self.lines]
        return canonical_bytes(shown) + b"\n"


def roll_path(poll: str) -> str:
    """The place of a poll's marked roll in an export."""
    return f"boxes/{check_poll(poll, 'poll')}/roll.json"


def read_roll(data: bytes, where: str = "roll.json") -> Roll:
    """The roll of a file; raises `BadInput` when it is not in form or its counts do not fit its lines."""
    if not data.endswith(b"\n"):
        raise BadInput("the file breaks off", where, "fetch the file again")
    try:
        raw = parse_canonical(data[:-1])
    except BadInput as fault:
        raise fault.at(where) from fault
    if not isinstance(raw, dict) or raw.keys() - {"lines"} != {"entitled", "marked", "poll"}:
        raise BadInput("a roll has the keys entitled, marked, poll and, where they are known, lines", where)
    poll = check_poll(raw["poll"], f"{where}: poll")
    entitled, marked = (
        None if raw[key] is None else whole_number(raw[key], f"{where}: {key}") for key in ("entitled", "marked")
    )
    if "lines" not in raw:
        return Roll(poll, entitled, marked, None)
    lines = _read_lines(raw["lines"], f"{where}: lines")
    if entitled != len(lines) or marked != sum(mark for _, mark in lines):
        raise BadInput("the counts are not those of the lines", where)
    return Roll(poll, entitled, marked, lines)


def _line(person: str, is_marked: bool) -> dict[str, Json]:
    return {"marked": is_marked, "person": person}


def _read_lines(raw: Json, where: str) -> tuple[tuple[str, bool], ...]:
    if not isinstance(raw, list):
        raise BadInput("lines are a list", where)
    lines: list[tuple[str, bool]] = []
    for number, item in enumerate(raw):
        if not isinstance(item, dict) or item.keys() != {"marked", "person"}:
            raise BadInput("a line has the keys person and marked", f"{where}[{number}]")
        if not isinstance(item["person"], str) or type(item["marked"]) is not bool:
            raise BadInput("person is an id, marked is true or false", f"{where}[{number}]")
        if lines and lines[-1][0] >= item["person"]:
            raise BadInput("the lines are not sorted by person, each once", f"{where}[{number}]")
        lines.append((item["person"], item["marked"]))
    return tuple(lines)
