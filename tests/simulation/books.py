"""The organisations that the simulation founds: a rulebook, its founders, and texts to amend it with.

Lives here: which rulebooks, and how they are founded. Not here: what happens then (`arena`, `steps`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.engine.meeting_rulebooks import BRANCHES, NORTHERNERS, SOUTHERNERS, VILLAGE, VILLAGERS, WESTERNERS
from tests.engine.rulebooks import CLUB, FRONT

RULEBOOKS = Path(__file__).parents[2] / "rulebooks"
NAMES = ("ada", "ben", "cleo", "dora", "emil", "fay", "gus", "hana", "ivo", "june", "kai", "lena", "max", "nina")

BALLOTS = (
    FRONT.format(name="Society of Every Ballot")
    + """## 1. Members
The board admits members; the assembly may too.

```rule members full
admitted by: board or registrar
```

```rule members friend
admitted by: registrar
vote: no
```

## 2. Assembly
All members are the assembly. It meets on call of the registrar with 2 days of notice, shortened by consent of 1/2, and on
demand of 3 members, called within 5 days, held within 14 days. A third of the members are a quorum.

```rule body assembly, supreme
filled by: all members
meets: on call of registrar or president; on demand of 3 members, called within 5 days, held within 14 days
notice: 2 days
short notice: by consent of 1/2
quorum: 1/3 of the members
chaired by: president
minutes by: registrar
decides: programme; property; everything else
majority: 1/2 of present
```

```rule decision property
by: assembly
matters: property
majority: 3:1
notice: 5 days
seconders: 2
discussion: 1 days
casting vote: president, second vote
tie: casting vote
```

```rule decision polled
by: assembly
matters: opinion
taken: by poll
quorum: 1/4 of the roll
polling: 3 days
secrecy: secret
proposed by: members
seconders: 1
```

```rule decision wording
by: assembly
matters: wording
taken: by poll
counting: debian-2015
default option: Further discussion
quorum: 1/2 of the square root of the roll
polling: 2 days
secrecy: named
```

## 3. Board
The assembly elects a board of 4 for 1 year by plurality, in secret; ties are settled by lot. It may remove them by 2/3.

```rule body board
filled by: election by assembly
seats: 4
term: 1 year
removable by: assembly, majority 2/3
meets: on call of president
notice: 1 days
quorum: 2
chaired by: president
decides: budget
majority: 1/2 of seats
```

```rule election board
by: assembly
counting: plurality
secrecy: secret
tie: lot
```

```rule office president
filled by: election by board
term: 6 months
removable by: board
```

```rule office registrar
filled by: appointment by president
term: 9 months
removable by: board
keeps: roll; minutes; record; polls
```

```rule power purse
held by: president or registrar
matters: spending
up to: 100
lapses: after 10 days unless ratified by board
```

```rule amend rules
by: assembly
majority: 2/3 of cast
protected: 3, majority 3/4 of cast
```

## 4. Record
The registrar reports within 20 days what the president attests.

```rule record record
kept by: registrar
corrected by: registrar
erased by: registrar
approved by: assembly
```

```rule reporting minutes
by: registrar
attested by: president
within: 20 days
```

```rule duty bulletin
owed by: registrar
does: publishes the bulletin
every: every 3 months
```
"""
)


ELECTIONS = (
    FRONT.format(name="Society of Elections")
    + """## 1. Members
The clerk admits members.

```rule members full
admitted by: clerk
```

## 2. Assembly
All members are the assembly, which meets on call of the clerk or a returner. A quarter is a quorum.

```rule body assembly, supreme
filled by: all members
meets: on call of clerk or returner
notice: 2 days
quorum: 1/4 of the members
chaired by: clerk
decides: everything else
```

```rule office clerk
filled by: election by assembly
term: 1 year
removable by: assembly
keeps: roll; minutes; record
```

```rule office returner
filled by: appointment by clerk
term: 1 year
keeps: polls
```

```rule office teller
filled by: appointment by clerk
term: 1 year
```

## 3. Council
The assembly elects a council of 3 by a poll of all members, from nominations open for 5 days that one other seconds. The
returner is returning officer, a teller counts apart; vacancies are filled by countback. Appeals go to the assembly.

```rule body council
filled by: election by assembly
seats: 3
term: 8 months
removable by: assembly
meets: on call of clerk
notice: 1 days
chaired by: clerk
decides: budget
```

```rule election council
by: assembly
taken: by poll
polling: 2 days
counting: scottish-stv-2007
secrecy: secret
tie: lot
nominations: open for 5 days
nominated by: members
seconders: 1
electorate as of: the close of nominations
returning officer: returner
scrutineers: teller
uncontested: elected
reopen nominations: yes
vacancy: countback
appeal: to assembly within 6 days
```

## 4. Bench
The assembly elects a bench of 2 at a meeting, whom others nominate; one of each kind is to sit on it.

```rule body bench
filled by: election by assembly
seats: 2
term: 6 months
```

```rule election bench
by: assembly
counting: plurality
secrecy: secret
nominations: open for 3 days
order on the paper: order of nomination
uncontested: poll held
vacancy: left vacant
constraint: at most 1 of quota a
```

## 5. Amendment
The assembly amends these rules by two thirds.

```rule amend rules
by: assembly
majority: 2/3 of cast
```
"""
)


@dataclass(frozen=True)
class Book:
    """A rulebook, how it is founded, and replacements that make amendments of it."""

    name: str
    text: str
    settings: Mapping[str, Any]
    changes: tuple[tuple[str, str], ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)

    def drafts(self) -> tuple[str, ...]:
        """The texts that may be lodged: the text with one thing changed."""
        return tuple(self.text.replace(old, new) for old, new in self.changes if old in self.text)


def _club() -> Book:
    units = {"north": "branch", "south": "branch"}
    people = NAMES[:9]
    return Book(
        "club", CLUB,
        {
            "founders": people, "units": units,
            "mandates": {"chair": "ada", "secretary": "ben"},
            "unit_of": {name: ("north", "south")[place % 2] for place, name in enumerate(people)},
        },
        (("up to: 200", "up to: 300"), ("term: 6 months", "term: 8 months"), ("notice: 14 clear days", "notice: 7 days"),
         ("protected: 4, majority 3/4 of cast", "protected: 4, majority 4/5 of cast")),
    )  # fmt: skip


def _village() -> Book:
    return Book(
        "village", VILLAGE,
        {"founders": VILLAGERS, "mandates": {"committee": VILLAGERS[:5], "chair": "ada"}, "time_zone": "Europe/Berlin"},
        (("seats: 5", "seats: 4"), ("notice: 3 days", "notice: 2 days"), ("up to: 200", "up to: 50")),
    )  # fmt: skip


def _branches() -> Book:
    people = (*NORTHERNERS, *SOUTHERNERS, *WESTERNERS)
    units = ("north", "south", "west")
    return Book(
        "branches", BRANCHES,
        {
            "founders": people, "units": dict.fromkeys(units, "branch"),
            "unit_of": {name: units[place // 3] for place, name in enumerate(people)},
            "mandates": {
                "branch-secretary@north": "nan", "branch-secretary@south": "sam", "branch-secretary@west": "wil",
                "branch-treasurer@north": "ned", "president": "sue", "registrar": "win",
                "council": ("nan", "sam", "wil", "sue"), "congress": ("nan", "ned", "sam", "sue", "wil", "win"),
            },
        },
        (("delegation from each branch, 2 seats", "delegation from each branch, 1 seats"), ("quorum: 1/2\n", "quorum: 1/3\n")),
    )  # fmt: skip


def _ballots() -> Book:
    return Book(
        "ballots", BALLOTS,
        {"founders": NAMES[:11], "class_of": dict.fromkeys(NAMES[:11], "full"), "mandates": {"board": NAMES[:4], "president": "ada", "registrar": "emil"}},
        (("up to: 100", "up to: 150"), ("seats: 4", "seats: 3"), ("notice: 2 days", "notice: 3 days"),
         ("majority: 3:1", "majority: 2:1"), ("filled by: appointment by president", "filled by: election by assembly")),
    )  # fmt: skip


def _elections() -> Book:
    return Book(
        "elections", ELECTIONS,
        {"founders": NAMES[:12], "mandates": {"clerk": "ada", "returner": "ben", "teller": "cleo", "council": NAMES[:3]}},
        (("seats: 3", "seats: 2"), ("uncontested: elected", "uncontested: poll held"), ("vacancy: countback", "vacancy: by-election")),
    )  # fmt: skip


def _federation() -> Book:
    people, units = NAMES[:12], ("north", "south", "west")
    return Book(
        "federation", (RULEBOOKS / "federation" / "1.md").read_text(encoding="utf-8"),
        {
            "founders": people, "units": dict.fromkeys(units, "branch"),
            "unit_of": {name: units[place % 3] for place, name in enumerate(people)},
            "mandates": {
                "branch-secretary@north": "ada", "branch-secretary@south": "ben", "branch-secretary@west": "cleo",
                "congress": ("ada", "dora", "ben", "emil", "cleo", "fay"), "committee": NAMES[:7], "chair": "ada",
                "general-secretary": "ben", "returning-officer": "hana",
            },
        },
        (("up to: 500", "up to: 600"), ("seats: 7", "seats: 5"), ("notice: 7 days", "notice: 5 days")),
    )  # fmt: skip


def _association() -> Book:
    text = (RULEBOOKS / "association" / "1.md").read_text(encoding="utf-8")
    return Book(
        "association", text,
        {"founders": NAMES[:12], "mandates": {"committee": NAMES[:5], "chair": "ada", "secretary": "ben"}},
        (("up to: 200", "up to: 250"), ("quorum: 1/2 of the seats", "quorum: 3"), ("term: 1 year", "term: 2 years")),
    )  # fmt: skip


def _lone() -> Book:
    text = (RULEBOOKS / "association" / "1.md").read_text(encoding="utf-8")
    return Book("lone founder", text, {"founders": ("ada",)})


def _history() -> Book:
    return Book(
        "history", CLUB,
        {"founders": ("ada", "ben"), "kind": "history", "founded_on": "2020-01-01", "at": "2028-02-01T09:00:00Z"},
        (("up to: 200", "up to: 300"),),
    )  # fmt: skip


BOOKS = {
    book.name: book
    for book in (
        _club(), _village(), _branches(), _ballots(), _association(), _elections(), _federation(), _lone(), _history(),
    )
}  # fmt: skip
