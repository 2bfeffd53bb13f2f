"""The circle and its remedies: each by itself and all together in every combination, as a table.

    python -m tests.checker.remedies            writes tests/checker/expected/circle_remedies.csv anew

Lives here: the remedies as edits of `rulebooks/circle/1.md`, the rows and their file. Not here: what they must say
(`test_circle`).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from isonomy.checker import Settings
from isonomy.checker.finding import CAPTURED
from isonomy.checker.outcome import outcome_of
from isonomy.checker.telling import said_seats
from isonomy.rulebook.reader import read_rulebook
from tests.checker.faults_of_power import CIRCLE, Edit, edited

TABLE = Path(__file__).parent / "expected" / "circle_remedies.csv"
HEADER = ("remedies", "verdict", "persons", "rounds", "against vigilant others", "way back", "who begins", "muted by")


@dataclass(frozen=True, slots=True)
class Remedy:
    """One remedy: its letter, what it says, the edits of the circle."""

    letter: str
    says: str
    edits: tuple[Edit, ...]


MEETS = "meets: by right every 2 years on 1 May; on call of committee; on demand of 1/3 of the branches, held within 30 days"
REMEDIES = (
    Remedy("A", "the branch meeting elects its secretary", (("filled by: appointment by general-secretary", "filled by: election by branch-meeting"),)),
    Remedy("B", "any member nominates delegates", (("nominated by: branch-secretary", "nominated by: members"),)),
    Remedy("C", "delegates are elected by secret ballot", (("secrecy: by show of hands", "secrecy: secret"),)),
    Remedy("D", "the congress elects the general secretary", (("filled by: election by committee", "filled by: election by congress"),)),
    Remedy("E", "all members elect the general secretary", (("filled by: election by committee", "filled by: election by members"),)),
    Remedy("F", "the branch meeting removes its secretary", (("removable by: general-secretary", "removable by: branch-meeting"),)),
    Remedy("G", "the committee alone calls the congress, so that nobody else can misuse it", ((MEETS, "meets: on call of committee"),)),
)  # fmt: skip


def combinations_of() -> Iterator[tuple[Remedy, ...]]:
    """Every set of remedies that can stand together (D and E fill one seat), fewest first."""
    for size in range(len(REMEDIES) + 1):
        for chosen in combinations(REMEDIES, size):
            if not {"D", "E"} <= {each.letter for each in chosen}:
                yield chosen


def row_of(chosen: tuple[Remedy, ...]) -> tuple[str, ...]:
    """One row: the outcome under the circle with these remedies."""
    edits = tuple(edit for each in chosen for edit in each.edits)
    outcome = outcome_of(read_rulebook(edited(CIRCLE, edits)), Settings())
    hold, mute = outcome.hold, outcome.mute
    letters = "".join(each.letter for each in chosen) or "none"
    told: tuple[str, ...] = ("", "", "", "", "")
    if hold is not None:
        resisted = outcome.verdict == CAPTURED
        back = outcome.recovery is not None and not outcome.recovery.is_captured
        told = (
            str(hold.persons), str(hold.rounds), "captured" if resisted else "repelled", "yes" if back else "no",
            said_seats(outcome.model, hold.seeds),
        )  # fmt: skip
    muted = f"{mute.persons}: {'; '.join(mute.seats)}" if mute is not None else ""
    return (letters, outcome.verdict, *told, muted)


def table() -> str:
    """The whole table as CSV."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows(row_of(chosen) for chosen in combinations_of())
    return written.getvalue()


if __name__ == "__main__":
    TABLE.parent.mkdir(exist_ok=True)
    TABLE.write_text(table(), "utf-8")
