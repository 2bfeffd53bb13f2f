"""The Debian votes under test: the folder, the table, and the tabulated official counts."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from isonomy.adapters.importers.debian import read_votes
from isonomy.adapters.importers.debian_vote import DebianVote

FOLDER = Path(__file__).parents[2] / "data" / "debian"
RULEBOOKS = Path(__file__).parents[2] / "rulebooks" / "paraphrase" / "debian"
EDITIONS = ("1.0", "1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.7")
WITHOUT_COUNT = ("2002_leader2002", "2003_gr_sec415", "2003_gr_voting", "2003_leader2003")


@dataclass(frozen=True)
class Oracle:
    """One line of official_results.csv."""

    vote: str
    options: int
    ballots: int
    quorum: str
    passed: dict[int, int]
    tested: dict[int, int]
    dropped: tuple[int, ...]
    winners: tuple[int, ...]


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(";") if part)


def _ratios(text: str) -> dict[int, int]:
    return {int(option): int(ratio) for option, ratio in (part.split(":") for part in text.split(";") if part)}


@cache
def oracles() -> dict[str, Oracle]:
    """The published counts, tabulated apart from the importer."""
    with (FOLDER / "official_results.csv").open(newline="", encoding="utf-8") as lines:
        return {
            row["vote"]: Oracle(
                row["vote"],
                int(row["options_in_matrix"]),
                int(row["ballots_in_tally"]),
                row["quorum"],
                _ratios(row["majority_passed(option:ratio)"]),
                _ratios(row["majority_tested(option:ratio)"]),
                _numbers(row["options_dropped"]),
                _numbers(row["winner_options"]),
            )
            for row in csv.DictReader(lines)
        }


@cache
def votes(with_table: bool = True) -> dict[str, DebianVote]:
    """All votes of the folder, in order of opening."""
    table = (RULEBOOKS / "votes.csv").read_bytes() if with_table else None
    return {vote.id: vote for vote in read_votes(FOLDER, table)}
