"""A rulebook for trials of motions, amendments and adjournments: plainly fictional, one norm a line.

Lives here: the text, the organisation founded under it, and the steps that many trials share. Not here: the trials.
"""

from __future__ import annotations

from typing import Any

from tests.engine.rulebooks import FRONT
from tests.organisation import TestOrganisation

PARLIAMENT = (
    FRONT.format(name="Parliament of Fictional Gardens")
    + """## 1. Members
The clerk admits members. A member votes from admission. There are beds; each has a bed meeting of all its members, which
the clerk calls, and which decides about its own bed.

```rule members full
admitted by: clerk
belong to: bed
vote: from admission
```

```rule unit bed
```

```rule body bed-meeting, in each bed
filled by: all members of the bed
meets: on call of clerk
chaired by: clerk
decides: own bed
```

## 2. Assembly
The assembly is all members. The clerk calls it with 14 days of notice. Half of the members are a quorum. The chair
presides and the clerk keeps the minutes. It decides on paths and on everything else. A matter that was not on the notice is taken by two thirds of
those present. The assembly may adjourn itself by a majority; without a quorum the chair may. An adjourned meeting goes on with 3
days of notice, and those present are then a quorum. Where there is no quorum after 30 minutes, the meeting stands adjourned
for 7 days.

```rule body assembly, supreme
filled by: all members
meets: on call of clerk
notice: 14 days
quorum: 1/2 of the members
chaired by: chair
minutes by: clerk
decides: paths; everything else
urgent matters: by 2/3 of present
adjourned by: the meeting, majority 1/2; chair without a quorum
resumption notice: 3 days
resumption quorum: those present
inquorate: after 30 minutes, adjourned for 7 days
```

## 3. Officers
The assembly elects a chair and a clerk, each for 1 year.

```rule office chair
filled by: election by assembly
term: 1 year
```

```rule office clerk
filled by: election by assembly
term: 1 year
keeps: roll; minutes; record; polls
```

## 4. Motions on seeds
A motion on seeds in the assembly is moved by the chair, by a bed, by a decision of the bed meeting, or by 3 members together.
Any member may second. It stands 10 days before the meeting. The mover may withdraw it, once the meeting is open with its consent.
Amendments are moved by any member, seconded by 1 other, 4 days before the meeting, and put in the order of who goes furthest.
Before the meeting the mover may accept one.

```rule decision seeds
by: assembly
matters: seeds
proposed by: chair or each bed or 3 members
seconded by: members
seconders: 1
motion deadline: 10 days before the meeting
withdrawal: by the mover, with the consent of the meeting
amendments: furthest first
amendments by: members
amendment seconders: 1
amendment deadline: 4 days before the meeting
mover accepts: before the meeting
```

## 5. Motions on tools
The assembly decides on tools by two thirds of the votes cast. Amendments are put in the order received, and the mover may accept
them.

```rule decision tools
by: assembly
matters: tools
majority: 2/3 of cast
amendments: in the order received
mover accepts: yes
```

## 6. Amendment
The assembly amends these rules by two thirds of the votes cast. Amendments to such a motion are put in the order received.

```rule amend rules
by: assembly
majority: 2/3 of cast
amendments: in the order received
```
"""
)

GARDENERS = ("ada", "ben", "cleo", "dora", "emil", "fay")
CALLED_FOR = "2027-03-01"


def garden(**more: Any) -> TestOrganisation:
    """Six gardeners in two beds, ada in the chair, ben the clerk; Monday 4 January 2027."""
    given: dict[str, Any] = {
        "units": {"east": "bed", "west": "bed"},
        "unit_of": {name: "east" if place < 3 else "west" for place, name in enumerate(GARDENERS)},
        "mandates": {"chair": "ada", "clerk": "ben"}, "name": "Parliament of Fictional Gardens",
    }  # fmt: skip
    return TestOrganisation(PARLIAMENT, GARDENERS, **(given | more))


def called(*matters: str, notice: bool = True) -> TestOrganisation:
    """The assembly is called for 1 March 2027 at 10:00, with its notice; it is 4 January. The meeting is mt-1."""
    org = garden()
    org.accepted(
        "meeting.call",
        by="ben",
        body="assembly",
        starts=f"{CALLED_FOR}T10:00",
        matters=list(matters or ("seeds", "tools")),
    )
    if notice:
        org.accepted("notice.send", by="ben", meeting="mt-1", how="post", to_count=6)
    return org


def opened(org: TestOrganisation, *names: str, at: str = f"{CALLED_FOR}T10:00:00Z") -> TestOrganisation:
    """The assembly is open on its day, with all six or those named."""
    org.set_clock(at)
    org.accepted("meeting.open", by="ada", meeting="mt-1", present=people(org, *(names or GARDENERS)))
    return org


def people(org: TestOrganisation, *names: str) -> list[str]:
    """The ids of persons."""
    return [org.person(name) for name in names]


def made(verdict: Any, name: str) -> dict[str, Any]:
    """The effect of that name."""
    return next(found for found in verdict.effects if found["effect"] == name)


def moved(org: TestOrganisation, by: str, matter: str, text: str, *seconders: str, **fields: Any) -> str:
    """A motion, seconded; its id."""
    motion = made(
        org.accepted("motion.move", by=by, body="assembly", matter=matter, text=text, **fields), "motion.moved"
    )["motion"]
    for name in seconders:
        org.accepted("motion.second", by=name, motion=motion)
    return str(motion)


def amended(org: TestOrganisation, by: str, motion: str, *seconders: str, **fields: Any) -> str:
    """An amendment, seconded; its id."""
    amendment = made(org.accepted("motion.amend", by=by, motion=motion, **fields), "amendment.moved")["amendment"]
    for name in seconders:
        org.accepted("amendment.second", by=name, amendment=amendment)
    return str(amendment)


def question(matter: str, motion: str | None = None, amendment: str | None = None) -> dict[str, Any]:
    """The fields that put something to the assembly at its meeting."""
    return {
        "body": "assembly", "question": f"On {amendment or motion or matter}?", "matter": matter, "meeting": "mt-1",
        "motion": motion, "amendment": amendment,
    }  # fmt: skip


def voted(
    org: TestOrganisation,
    matter: str,
    motion: str | None = None,
    amendment: str | None = None,
    *,
    tally: tuple[int, int],
) -> Any:
    """Puts something by show of hands and declares the tally, for and against; the verdict on the declaration."""
    put = org.accepted("poll.open", by="ada", **question(matter, motion, amendment))
    poll = made(put, "poll.opened")["poll"]
    return org.accepted(
        "poll.declare", by="ada", poll=poll, rule="yes-no", tallies={"for": tally[0], "against": tally[1]}
    )
