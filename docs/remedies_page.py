"""Writes docs/explanation/remedies-of-1956.md, and the editions of the circle that write down what the documents of 1956 name.

    python -m docs.remedies_page

Lives here: the remedies as clauses of the model of the circle, each with document and line, and the table of what they close. Not here:
the checker that says it (`isonomy.checker`). A test compares page and editions with what this writes.

Invariant: neutral. A remedy is written down as far as its document names a rule; where it names none, that is said. Our words.
"""

# ruff: noqa: E501  (passages of clauses and rows of a page stand as they are)

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from isonomy.checker.finding import CAPTURED
from isonomy.checker.outcome import Outcome, outcome_of
from isonomy.checker.settings import Settings
from isonomy.checker.telling import said_seats
from isonomy.rulebook.reader import read_rulebook

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "explanation" / "remedies-of-1956.md"
CIRCLE = ROOT / "rulebooks" / "circle"

Edit = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Remedy:
    """A remedy as a change of clauses: its letter, the documents and lines that name it, what it says here, the edits."""

    letter: str
    named_in: str
    says: str
    edits: tuple[Edit, ...]


REMEDIES = (
    Remedy(
        "C", "000 line 103; 001 lines 127 and 211",
        "Collective work: the committee as a body, and not its secretary, appoints and removes the branch secretaries",
        (
            ("The general secretary appoints a branch secretary in each branch", "The committee appoints a branch secretary in each branch"),
            ("filled by: appointment by general-secretary\nterm: 1 year\nremovable by: general-secretary",
             "filled by: appointment by committee\nterm: 1 year\nremovable by: committee"),
        ),
    ),
    Remedy(
        "R", "001 line 121, recounting a proposal of 1923",
        "Removal from the post: the congress too can remove the general secretary, by making the removal its own",
        (
            ("for 2 years, and may remove the general secretary, who keeps", "for 2 years, who keeps"),
            ("minutes and the\nrecord.\n", "minutes and the\nrecord. The congress may remove the general secretary.\n"),
            ("filled by: election by committee\nterm: 2 years\nremovable by: committee", "filled by: election by committee\nterm: 2 years\nremovable by: congress"),
        ),
    ),
    Remedy(
        "F", "004 line 135, quoting words of 1937",
        "Freedom of elections, first half: any member of the branch nominates delegates",
        (
            ("The branch secretary alone nominates them", "Any member of the branch nominates them"),
            ("nominated by: branch-secretary", "nominated by: members"),
        ),
    ),
    Remedy(
        "S", "004 line 135, quoting words of 1937",
        "Freedom of elections, second half: the vote on delegates is secret",
        (
            ("the vote\nis by show of hands, and ties", "the vote\nis by secret ballot, and ties"),
            ("secrecy: by show of hands", "secrecy: secret"),
        ),
    ),
    Remedy(
        "K", "000 line 105; 001 lines 173 and 211; 004 line 135",
        "Right of criticism: any member addresses the committee, which owes an answer within 30 days",
        (
            ("", "\n## 10. Criticism\nAny member may address a criticism to the committee, which answers within 30 days.\n\n"
             "```rule criticism open-word\nto: committee\nanswer within: 30 days\n```\n"),
        ),
    ),
)  # fmt: skip
EDITIONS = {
    "2": ("000", "CK", "what document 000 names: collective work at every level (line 103) and ears for criticism (line 105)"),
    "3": ("001", "CKR", "what document 001 names: collective leadership and criticism (line 211), and a removal that it recounts (line 121)"),
    "4": ("004", "FKS", "what document 004 names: the right of criticism and freedom of elections (line 135)"),
}  # fmt: skip
BEFORE = """# The remedies of 1956, as each document names them

What five documents on the Twentieth Congress propose against one man's rule is written down here as clauses of the
[model of the circle](../../rulebooks/circle/1.md), a model of a pattern and the statute of nobody; and the checker says what each of them
closes and leaves open, alone and in every combination. The table says nothing about who was right in their quarrel, nor what would have happened: it compares clauses.
Written by `python -m docs.remedies_page`; a test compares it with the checker.

## What the documents name
"""
NO_RULE = """
Two documents name no change of rule. Document 002 quotes the view that practice departed from the correct constitutional forms
(line 21): its remedy is to keep the rules there are. Document 003 tells of a congress that had no warning of its subject and of a paper handed
to the delegates (lines 20 and 31): clauses on notice, which the circle has. Congresses and plenary meetings at their due times (001, line 127) are in
clause 5 of the circle from the first edition. A right of criticism makes nobody a holder of a seat; what it changes cannot be
seen in this table. The courts and security organs of 004 line 57 and 001 line 149 have no counterpart in the circle.

Editions: [2](../../rulebooks/circle/2.md) has what document 000 names, [3](../../rulebooks/circle/3.md) what 001 names, [4](../../rulebooks/circle/4.md) what 004 names.

## What they close, and what stays open
`verdict` and the other columns as in [the specification](../spec/checking.md). `who begins` is the least coalition: the seats that its persons hold when they begin. Muted: the seats that
can keep the congress from meeting.

| remedies | verdict | persons | rounds | who begins | way back | muted by |
|---|---|---|---|---|---|---|
"""


def chosen_sets() -> Iterator[tuple[Remedy, ...]]:
    """Every set of remedies, fewest first."""
    for size in range(len(REMEDIES) + 1):
        yield from combinations(REMEDIES, size)


def with_remedies(chosen: tuple[Remedy, ...]) -> str:
    """The circle with these remedies; each passage that is changed stands there once; an empty one adds at the end."""
    text = (CIRCLE / "1.md").read_text("utf-8")
    for remedy in chosen:
        for old, new in remedy.edits:
            assert not old or text.count(old) == 1, (remedy.letter, old, text.count(old))
            text = text.replace(old, new) if old else text + new
    return text


def edition(number: str) -> str:
    """One edition of the circle, which says whose remedies it writes down."""
    document, letters, words = EDITIONS[number]
    text = with_remedies(tuple(each for each in REMEDIES if each.letter in letters))
    said = f"source: written for this project; writes down, in our words, {words}; document {document} adopted no such text\n"
    head, _, rest = text.partition("source: ")
    return head.replace("edition: 1\n", f"edition: {number}\n") + said + rest.partition("\n")[2]


def row(chosen: tuple[Remedy, ...]) -> str:
    """One row of the table."""
    outcome = outcome_of(read_rulebook(with_remedies(chosen).encode()), Settings())
    letters = "".join(each.letter for each in chosen) or "none"
    return f"| {letters} | {' | '.join((outcome.verdict, *_told(outcome)))} |"


def _told(outcome: Outcome) -> tuple[str, ...]:
    hold, mute = outcome.hold, outcome.mute
    muted = f"{mute.persons}: {'; '.join(mute.seats)}" if mute is not None else "nobody"
    if hold is None:
        return "none smaller than a majority", "", "", "", muted
    back = outcome.verdict != CAPTURED and outcome.recovery is not None and not outcome.recovery.is_captured
    return str(hold.persons), str(hold.rounds), said_seats(outcome.model, hold.seeds), "yes" if back else "no", muted


def as_page() -> str:
    """The page."""
    listed = "\n".join(f"- **{each.letter}** ({each.named_in}): {each.says}." for each in REMEDIES)
    rows = [row(chosen) for chosen in chosen_sets()]
    return f"{BEFORE}{listed}\n{NO_RULE}" + "\n".join(rows) + "\n"


def main() -> None:
    """Writes page and editions."""
    PAGE.write_text(as_page(), "utf-8")
    for number in EDITIONS:
        (CIRCLE / f"{number}.md").write_text(edition(number), "utf-8")


if __name__ == "__main__":
    main()
