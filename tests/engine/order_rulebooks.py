"""A rulebook for trials of rulings: plainly fictional, one norm a line.

Lives here: the text, an organisation under it, and the line of a key. Not here: the trials.
"""

from __future__ import annotations

from typing import Any

from isonomy.rulebook.model import Place
from tests.engine.rulebooks import FRONT
from tests.organisation import TestOrganisation

ORDERLY = (
    FRONT.format(name="Society of Orderly Debate")
    + """## 1. Members
The secretary admits members. A member votes from admission.

```rule members full
admitted by: secretary
vote: from admission
```

## 2. Assembly
The assembly is all members. It meets every year on 1 May and on the call of the chair, with 10 clear days of notice. The chair
presides, the secretary keeps the minutes. It decides everything else.

```rule body assembly, supreme
filled by: all members
meets: by right every year on 1 May; on call of chair
notice: 10 clear days
chaired by: chair
minutes by: secretary
decides: everything else
```

## 3. Dues
The assembly decides the dues with 20 clear days of notice. A motion on the programme is discussed for 7 days.
Amendments to an anthem stand 5 days before the meeting, and are put in the order received.
Letters are discussed for 7 days and then decided by it in a poll, for 2 days.

```rule decision dues
by: assembly
matters: dues
notice: 20 clear days
```

```rule decision programme
by: assembly
matters: programme
discussion: 7 days
```

```rule decision anthem
by: assembly
matters: anthem
amendments: in the order received
amendment deadline: 5 days before the meeting
```

```rule decision letters
by: assembly
matters: letters
taken: by poll
discussion: 7 days
polling: 2 days
```

## 4. Board
The assembly elects a board of 6 for 1 year. The chair calls it with 3 days of notice and presides, the secretary keeps
the minutes; half of the seats are a quorum. It decides the budget.

```rule body board
filled by: election by assembly
seats: 6
term: 1 year
meets: on call of chair
notice: 3 days
quorum: 1/2 of the seats
chaired by: chair
minutes by: secretary
decides: budget
```

## 5. Offices
The assembly elects the chair and the secretary for 1 year.

```rule office chair
filled by: election by assembly
term: 1 year
```

```rule office secretary
filled by: election by assembly
term: 1 year
keeps: roll; minutes; record; polls
```

## 6. Amendment
The assembly amends these rules by 2/3 of the votes cast.

```rule amend rules
by: assembly
majority: 2/3 of cast
```

## 7. Rulings
Between meetings the chair rules; a ruling may be appealed to the board within 14 days. The board may rule for all cases. When
votes are equal on an appeal, the ruling is overturned.

```rule ruling order
between meetings by: chair
appeal: to board within 14 days
general by: board
tie: overturned
```
"""
)

PEOPLE = ("ada", "ben", "cy", "di", "eli")


def orderly() -> TestOrganisation:
    """Five founders: ada is chair, ben secretary, both and cy and di are on the board of six."""
    return TestOrganisation(
        ORDERLY, founders=PEOPLE,
        mandates={"chair": "ada", "secretary": "ben", "board": ("ada", "ben", "cy", "di")},
    )  # fmt: skip


def line(org: TestOrganisation, place: Place, key: str) -> dict[str, Any]:
    """Clause and line of a key, as a ruling names them."""
    return {"clause": place.clause_of(key), "line": place.line_of(key)}


def places(org: TestOrganisation) -> dict[str, Place]:
    """Where the blocks of the edition in force stand, by name."""
    book = org.state.rulebook("ed-0")
    return {
        name: block.place for table in (book.bodies, book.offices, book.procedures) for name, block in table.items()
    }


def assembled(
    org: TestOrganisation, body: str, matters: list[str], days: int, present: tuple[str, ...] = PEOPLE
) -> str:
    """A meeting called for so many days ahead, noticed today, and opened with those present."""
    start = f"2027-01-{4 + days:02}"
    called = org.accepted("meeting.call", by="ada", as_="chair", body=body, starts=f"{start}T19:00", matters=matters)
    meeting = str(called.effects[0]["meeting"])
    org.accepted("notice.send", by="ada", as_="chair", meeting=meeting, how="post", to_count=5)
    org.set_clock(f"{start}T19:30:00Z")
    org.accepted("meeting.open", by="ada", meeting=meeting, present=[org.person(name) for name in present])
    return meeting


def moved(org: TestOrganisation, matter: str, body: str = "assembly", by: str = "cy", **fields: Any) -> str:
    """A motion, and its id."""
    org.accepted("motion.move", by=by, body=body, matter=matter, text=f"On {matter}.", **fields)
    return f"mo-{org.state.n - 1}"
