"""A rulebook for trials of committees at work: plainly fictional, one norm a line.

Lives here: the text, an organisation under it, a body's decision. Not here: the trials.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from tests.engine.rulebooks import FRONT
from tests.organisation import TestOrganisation

SEATED = (
    FRONT.format(name="Society of Many Chairs")
    + """## 1. Members
The secretary admits members; each belongs to a branch, which the assembly founds and closes. A member votes from admission.

```rule members full
admitted by: secretary
belong to: branch
vote: from admission
```

```rule unit branch
founded by: assembly
closed by: assembly
```

## 2. Assembly
The assembly is all members. It meets on the call of the chair, with 3 days of notice. The chair presides, the secretary keeps
the minutes. It decides everything else.

```rule body assembly, supreme
filled by: all members
meets: on call of chair
notice: 3 days
chaired by: chair
minutes by: secretary
decides: everything else
```

## 3. Board
The assembly elects a board of 5 for 1 year. The chair calls it with 1 day of notice and presides, the secretary keeps the
minutes; half of the seats are a quorum.

```rule body board
filled by: election by assembly
seats: 5
term: 1 year
meets: on call of chair
notice: 1 day
quorum: 1/2 of the seats
chaired by: chair
minutes by: secretary
```

## 4. Offices
The assembly elects the chair, the secretary, the treasurer and the auditor for 1 year. The chair appoints an editor for 1 year.

```rule office chair
filled by: election by assembly
term: 1 year
```

```rule office secretary
filled by: election by assembly
term: 1 year
keeps: roll; minutes; record; polls
```

```rule office treasurer
filled by: election by assembly
term: 1 year
```

```rule office auditor
filled by: election by assembly
term: 1 year
```

```rule office editor
filled by: appointment by chair
term: 1 year
```

## 5. Seats that do not go together
The auditor is not treasurer and not on the board. Nobody holds more than 2 of these seats at one time: chair, secretary,
treasurer, board; whoever would chooses within 10 days. Nobody is treasurer for more than 2 terms in a row, or for 3 in all; after
that a person waits 1 year. The auditor has been a member for 1 month.

```rule limits auditor
not with: treasurer; board
member for: 1 month
```

```rule limits treasurer
terms in a row: 2
terms in all: 3
waiting: 1 year
part of a term: counts when longer than half
```

```rule accumulation seats
at most: 2
across: chair; secretary; treasurer; board
or else: chooses within 10 days
```

## 6. Co-option
The board may fill up to 2 of its seats by its own decision, until the next election. Whoever is co-opted has a vote.

```rule cooption board
up to: 2
lasts: until the next election
vote: yes
```

## 7. Confirmation
The editor is confirmed by the board within 14 days; with silence the choice stands.

```rule confirmation editor
by: board
within: 14 days
silence: stands
```

## 8. Substitutes
Each member of the board names up to 2 substitutes. The secretary attests at the opening that one steps in. When a holder leaves,
the first takes the seat.

```rule substitutes board
named by: the holder
number: 2
attested by: secretary
when the holder leaves: takes the seat
```

## 9. Interim
While the treasurer's seat is vacant the board or the chair appoints a treasurer ad interim, for at most 3 months.

```rule interim treasurer
by: board or chair
at most: 3 months
```

## 10. Council
Delegates of the branches are the council, by membership as of 1 March: 7 seats, shared out by sainte-lague, each branch having
at least 1. They are elected for 1 year by the branch meeting. The council meets on the call of the chair with 1 day of notice; half
of its members are a quorum. The chair presides, the secretary keeps the minutes.

```rule body council
filled by: delegation from each branch, by membership, 7 seats, sainte-lague, as of 1 March, at least 1 each
term: 1 year
meets: on call of chair
notice: 1 day
quorum: 1/2 of the members
chaired by: chair
minutes by: secretary
```

```rule body branch-meeting, in each branch
filled by: all members of the branch
```

## 11. Panel
The assembly elects a panel of 3 for 1 year, which meets on the call of the chair with 1 day of notice; the chair
presides, the secretary keeps the minutes. It examines the mandates
of the council from 7 days before the meeting. It refuses whoever was not elected, or does not belong to the branch, and nobody else;
at most a quarter of the delegates. Within 3 days a refused delegate may appeal to the board. The assembly may overturn.

```rule body panel
filled by: election by assembly
seats: 3
term: 1 year
meets: on call of chair
notice: 1 day
chaired by: chair
minutes by: secretary
```

```rule credentials council
panel: panel
grounds: not elected; not of the branch
opens: 7 days before the meeting
unexamined: vote
refused: do not vote
refuses at most: 1/4 of the delegates
appeal: to board within 3 days
overturned by: assembly
```

## 12. Jury
A jury of 2 is filled by lot among the members for 1 year.

```rule body jury
filled by: lot among the members
seats: 2
term: 1 year
```

## 13. Amendment
The assembly amends these rules.

```rule amend rules
by: assembly
```
"""
)

NORTH, SOUTH = ("ada", "ben", "cy", "di", "eli", "fay", "gus"), ("hal", "ida", "jo")
PEOPLE = (*NORTH, *SOUTH)


def seated(rulebook: str = SEATED, **mandates: Any) -> TestOrganisation:
    """Ten founders in two branches: ada is chair, ben secretary; cy, di and hal are on the board of five."""
    held = {"chair": "ada", "secretary": "ben", "board": ("cy", "di", "hal"), "panel": ("eli", "fay", "ida")} | mandates
    return TestOrganisation(
        rulebook, founders=PEOPLE, units={"north": "branch", "south": "branch"},
        unit_of=dict.fromkeys(NORTH, "north") | dict.fromkeys(SOUTH, "south"),
        mandates={seat: who for seat, who in held.items() if who},
    )  # fmt: skip


def mandate_of(org: TestOrganisation, name: str, seat: str) -> str:
    """The last mandate of a person in a seat."""
    found = [id for id in org.state.by_seat.get(seat, ()) if org.state.mandates[id].person == org.person(name)]
    return found[-1]


def decided(
    org: TestOrganisation, body: str, matter: str, person: str, present: tuple[str, ...], votes: tuple[int, int]
) -> str:
    """A decision of a body on a person, at a meeting four days ahead; the decision's id."""
    meeting = met(org, body, matter, present)
    mover = next(name for name in present if name != person)
    org.accepted("motion.move", by=mover, body=body, matter=matter, text=f"On {person}.", person=org.person(person))
    return put_and_declared(org, body, matter, meeting, votes, motion=f"mo-{org.state.n - 1}")


def met(org: TestOrganisation, body: str, matter: str, present: tuple[str, ...]) -> str:
    """A meeting of a body that is called and noticed today, and opened four days later; its id."""
    start = (date.fromisoformat(org.today) + timedelta(days=4)).isoformat()
    called = org.accepted("meeting.call", by="ada", as_="chair", body=body, starts=f"{start}T19:00", matters=[matter])
    meeting = str(called.effects[0]["meeting"])
    org.accepted("notice.send", by="ada", as_="chair", meeting=meeting, how="post", to_count=3)
    org.set_clock(f"{start}T19:30:00Z")
    org.accepted("meeting.open", by="ada", meeting=meeting, present=[org.person(name) for name in present])
    return meeting


def put_and_declared(
    org: TestOrganisation, body: str, matter: str, meeting: str, votes: tuple[int, int], **put: Any
) -> str:
    """A question put and declared by show of hands, the meeting closed; the decision's id."""
    poll, who = f"po-{org.state.n}", "ada"
    org.accepted(
        "poll.open", by=who, body=body, question="Shall it be?", matter=matter, meeting=meeting, secrecy="by show of hands",
        **put,
    )  # fmt: skip
    tallies = {"for": votes[0], "against": votes[1], "abstain": 0}
    org.accepted("poll.declare", by=who, poll=poll, rule="yes-no", tallies=tallies)
    org.accepted("meeting.close", by=who, meeting=meeting)
    return org.state.polls[poll].decision


def elected(org: TestOrganisation, seat: str, person: str) -> str:
    """An election of one person to a seat in the assembly; the decision's id."""
    matter = f"election-of-{seat}"
    meeting = met(org, "assembly", matter, PEOPLE)
    options = [{"name": person, "person": org.person(person)}]
    return put_and_declared(org, "assembly", matter, meeting, (9, 0), seat=seat, options=options)
