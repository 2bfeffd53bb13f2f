"""Somebody who holds everything after a poll is closed, and tries to link voters to ballots.

Lives here: what such an adversary holds (tables, files, journals, sessions, logs, and the order in which members cast), and
every way of linking that is tried. Not here: the poll (`test_secrecy`).

An attempt is a list of pairs of a voter and a ballot. By chance alone one pair of a whole attempt is right on average,
however many voters there are; nine or more right ones come about by chance in less than one of 500,000 attempts.
"""

from __future__ import annotations

import base64
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

CHANCE_MAX = 8
"""More right links than these are no chance."""


@dataclass(frozen=True)
class Voter:
    """A voter by every word that could stand for them in a file."""

    person: str
    words: tuple[bytes, ...]


@dataclass(frozen=True)
class BallotHeld:
    """A ballot by every word that could stand for it, its receipt and its nonce in each writing, and its answer."""

    receipt: str
    words: tuple[bytes, ...]
    answer: str

    @classmethod
    def of(cls, receipt: str, nonce: str, answer: str) -> BallotHeld:
        """A ballot with its words, from what its voter was shown."""
        words: list[bytes] = []
        for text in (receipt, nonce):
            raw = base64.b64decode(text)
            url = base64.urlsafe_b64encode(raw).rstrip(b"=")
            words += [text.encode(), raw, raw.hex().encode(), url]
        return cls(receipt, tuple(words), answer)


@dataclass
class Holdings:
    """What the adversary holds: named sequences of records, each the bytes of a row, a line or a session."""

    places: dict[str, list[bytes]] = field(default_factory=dict)

    def add_folder(self, folder: Path) -> None:
        """Every file under a folder: whole, line by line, and as tables where it is a database."""
        for path in sorted(found for found in folder.rglob("*") if found.is_file()):
            data = path.read_bytes()
            name = str(path.relative_to(folder))
            self.places[f"{name} (bytes)"] = [data]
            if data.startswith(b"SQLite format 3"):
                for table, rows in _tables(path):
                    self.places[f"{name}: {table}"] = rows
            elif path.suffix != ".sqlite":
                self.places[f"{name} (lines)"] = data.splitlines()

    def add(self, name: str, records: Sequence[bytes]) -> None:
        """Records from elsewhere: sessions, logs."""
        self.places[name] = list(records)


def _tables(path: Path) -> Iterator[tuple[str, list[bytes]]]:
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for name in names:
            rows = connection.execute(f'SELECT * FROM "{name}"').fetchall()
            yield name, [b"\x1f".join(_bytes(cell) for cell in row) for row in rows]
    finally:
        connection.close()


def _bytes(cell: object) -> bytes:
    return cell if isinstance(cell, bytes) else str(cell).encode()


Attempt = list[tuple[str, str]]


def attempts(
    held: Holdings, voters: Sequence[Voter], ballots: Sequence[BallotHeld], cast_in: Sequence[str]
) -> Iterator[tuple[str, Attempt]]:
    """Every attempt to link, with what it rests on: one record that holds both, or one order laid against another."""
    voter_orders: dict[str, list[str]] = {"the order of casting": list(cast_in)}
    ballot_orders: dict[str, list[str]] = {}
    for name, records in held.places.items():
        beside: Attempt = []
        if len(records) > 1:
            for record in records:
                who = [voter.person for voter in voters if any(word in record for word in voter.words)]
                what = [ballot.receipt for ballot in ballots if any(word in record for word in ballot.words)]
                beside += [(who[0], what[0])] if len(who) == 1 and len(what) == 1 else []
        if beside:
            yield f"one record of {name}", beside
        seen_voters = _in_order(records, [(voter.person, voter.words) for voter in voters])
        seen_ballots = _in_order(records, [(ballot.receipt, ballot.words) for ballot in ballots])
        if len(seen_voters) == len(voters):
            voter_orders[name] = seen_voters
        if len(seen_ballots) == len(ballots):
            ballot_orders[name] = seen_ballots
    for voter_place, persons in voter_orders.items():
        for ballot_place, receipts in ballot_orders.items():
            yield f"{voter_place} with {ballot_place}", list(zip(persons, receipts, strict=True))
            yield f"{voter_place} with {ballot_place}, backwards", list(zip(persons, reversed(receipts), strict=True))


def _in_order(records: Sequence[bytes], wanted: Sequence[tuple[str, tuple[bytes, ...]]]) -> list[str]:
    """Which of the wanted stand in the records, in the order in which they first do."""
    found: dict[str, tuple[int, int]] = {}
    for number, record in enumerate(records):
        for name, words in wanted:
            places = [record.find(word) for word in words]
            first = min((place for place in places if place >= 0), default=-1)
            if first >= 0 and name not in found:
                found[name] = (number, first)
    return sorted(found, key=lambda name: found[name])


def answers_guessed(held: Holdings, voters: Sequence[Voter], tokens: Mapping[str, tuple[bytes, ...]]) -> dict[str, str]:
    """How each voter voted, read from records that hold the voter and the words of one answer alone."""
    found: dict[str, str] = {}
    for name, records in held.places.items():
        if name.endswith("(bytes)"):
            continue
        for record in records:
            told = [answer for answer, words in tokens.items() if any(word in record for word in words)]
            who = [voter.person for voter in voters if any(word in record for word in voter.words)]
            if len(told) == 1 and len(who) == 1:
                found[who[0]] = told[0]
    return found


def right(attempt: Attempt, truth: Mapping[str, str]) -> int:
    """How many links of an attempt are right."""
    return sum(truth.get(person) == receipt for person, receipt in attempt)
