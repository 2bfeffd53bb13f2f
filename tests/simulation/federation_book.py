"""The federation that lives through the years: the model federation, with clauses on what the model has no clause for.

Lives here: its text, its texts to amend it with, its founding at any size. Not here: what happens in it (`life`, `years`).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from tests.organisation import instant
from tests.simulation.arena import Arena
from tests.simulation.books import RULEBOOKS

MORE = """
## 91. Jury
A jury of 5 is drawn by lot among the members for 1 year.

```rule body jury
filled by: lot among the members
seats: 5
term: 1 year
meets: on call of returning-officer
notice: 3 days
chaired by: returning-officer
```

## 92. Council of branches
The branches send 60 delegates to the council, shared out by membership as of 1 March, at least 1 each, for 1 year.

```rule body council
filled by: delegation from each branch, by membership, 150 seats, sainte-lague, as of 1 March, at least 1 each
term: 1 year
meets: on call of chair
notice: 7 days
chaired by: chair
```

```rule election council
by: branch-meeting
counting: plurality
secrecy: secret
tie: lot
```

## 93. Auditors
The congress elects 3 auditors for 1 year by a poll, from nominations open for 5 days that one other seconds. The
returning officer is returning officer; a teller, whom the returning officer appoints, counts apart. Who leaves is followed by
countback. Appeals go to the congress. The committee confirms the appointment of a teller; its silence refuses.

```rule office teller
filled by: appointment by returning-officer
term: 1 year
removable by: congress
```

```rule confirmation teller
by: committee
of: appointment
within: 60 days
silence: falls
```

```rule body auditors
filled by: election by congress
seats: 3
term: 1 year
removable by: congress
meets: on call of chair
notice: 3 days
chaired by: chair
```

```rule election auditors
by: congress
taken: by poll
polling: 2 days
counting: scottish-stv-2007
secrecy: secret
tie: lot
nominations: open for 5 days
nominated by: members
seconders: 1
electorate as of: the close of nominations
returning officer: returning-officer
scrutineers: teller
uncontested: elected
vacancy: countback
appeal: to congress within 6 days
```

## 94. Rulings
Between meetings the chair rules, with appeal to the congress within 14 days; the congress rules for all cases.

```rule ruling rulings
between meetings by: chair
appeal: to congress within 14 days
general by: congress
```

## 95. Sealed words
A member may criticise the returning officer in words that stay sealed for 60 days; the answer is owed within 21 days.

```rule criticism sealed-criticism
to: returning-officer
by: members
joined by: members
answer within: 21 days
rejoinder within: 14 days
words: sealed for 60 days
author: known to general-secretary
```

## 96. Handed on
The congress may hand over the programme to the committee, for 1 year at most, which may hand it on to the chair.

```rule delegation programme-handed-over
by: congress
matters: programme
to: committee
at most: 1 year
further: chair
report: within 30 days of its end
```
"""
CHANGES = (
    ("inquorate", "quorum: 1/4 of the members\nchaired by: branch-secretary", "quorum: 1/4 of the members\ninquorate: after 30 minutes, adjourned for 7 days\nchaired by: branch-secretary"),
    ("short notice", "notice: 7 days\nquorum: 1/2 of the seats", "notice: 7 days\nshort notice: by consent of 1/2\nquorum: 1/2 of the seats"),
    ("urgent matters", "adjourned by: the meeting\n", "adjourned by: the meeting\nurgent matters: by 2/3 of cast\n"),
)  # fmt: skip
"""What the simulation adds to blocks of the model."""
AMENDMENTS = (
    ("majority: 2/3 of cast\nnotice: 28 days", "majority: 3/5 of cast\nnotice: 28 days"),
    ("answer within: 21 days\nanswer of a body", "answer within: 14 days\nanswer of a body"),
    ("petition of: 1/5 of the members", "petition of: 1/10 of the members"),
    ("up to: 500", "up to: 600"), ("notice: 7 days\n", "notice: 5 days\n"), ("seats: 7", "seats: 9"),
    ("lapses: after 14 days unless", "lapses: after 21 days unless"), ("vote within: 60 days", "vote within: 90 days"),
    ("of: 1/20 of the members", "of: 1/50 of the members"), ("quorum: 1/2 of the members\nchaired by: returning-officer", "quorum: 1/3 of the members\nchaired by: returning-officer"),
    ("at most 3 in 3 months", "at most 4 in 3 months"), ("terms in a row: 4", "terms in a row: 2"),
)  # fmt: skip
"""Changes of thresholds and days, each an edition that is adopted while proceedings run."""


def text() -> str:
    """The rulebook."""
    found = (RULEBOOKS / "federation" / "1.md").read_text(encoding="utf-8")
    for name, old, new in CHANGES:
        assert old in found, f"the model has no place for {name}"
        found = found.replace(old, new, 1)
    return found + MORE


def drafts(book: str) -> tuple[str, ...]:
    """Texts with one of the amendments more, as far as they still differ."""
    return tuple(book.replace(old, new) for old, new in AMENDMENTS if old in book and book.replace(old, new) != book)


class FederationArena(Arena):
    """The arena of a federation; founders beyond the first eight have no key, so that the founding is one entry."""

    def _found_fields(self, *given: Any) -> dict[str, Any]:
        fields = super()._found_fields(*given)
        for founder in fields["founders"][8:]:
            founder.pop("key")
        return fields

    def wait_until(self, civil: str) -> None:
        """Lets time pass to a civil hour here (or on, where it is past)."""
        when = datetime.fromisoformat(civil[:16]).replace(tzinfo=ZoneInfo(self.time_zone))
        self.clock.set(max(self.clock.now(), instant(when)))


def found_federation(seed: int, branches: int) -> FederationArena:
    """A federation with so many branches and a founder in each."""
    people = [f"f{place:02}" for place in range(max(branches, 12))]
    units = {f"b{place:02}": "branch" for place in range(branches)}
    held: dict[str, Any] = {f"branch-secretary@{unit}": people[place] for place, unit in enumerate(units)}
    held |= {
        "committee": people[:7],
        "chair": people[7],
        "general-secretary": people[1],
        "returning-officer": people[8],
    }
    return FederationArena(
        seed, text(), founders=people, units=units, mandates=held, name="Model Federation",
        unit_of={name: f"b{place % branches:02}" for place, name in enumerate(people)},
    )  # fmt: skip
