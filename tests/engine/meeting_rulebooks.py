"""Rulebooks for trials of meetings: plainly fictional, one norm a line.

Lives here: the texts and organisations founded under them. Not here: the trials.
"""

from __future__ import annotations

from typing import Any

from isonomy.engine.apply import apply
from tests.engine.rulebooks import FRONT
from tests.organisation import TestOrganisation

VILLAGE = (
    FRONT.format(name="Village Hall Society")
    + """## 1. Members
The committee admits members. A member votes from admission.

```rule members full
admitted by: committee
vote: from admission
```

## 2. Committee
The members' meeting elects a committee of 5 for 1 year and may remove it. It decides the budget.

```rule body committee
filled by: election by members-meeting
seats: 5
term: 1 year
removable by: members-meeting
meets: on call of chair says: "The chair calls its meetings" [4]
notice: 3 days says: "3 days of notice" [4]
chaired by: chair says: "The chair calls its meetings" [4]
decides: budget
```

## 3. Members' meeting
The members' meeting is all members. It meets every year on the first Saturday of March without being called, and on
demand of 1/5 of the members, held within 21 days. 14 clear days of notice are given. A quarter of the members are a
quorum. The chair presides.

```rule body members-meeting, supreme
filled by: all members
meets: by right every year on the first Saturday of March; on demand of 1/5 of the members, held within 21 days
notice: 14 clear days
quorum: 1/4 of the members
chaired by: chair
decides: everything else
```

## 4. Chair
The committee elects the chair for 1 year. The chair calls its meetings with 3 days of notice, and between meetings may
spend up to 200. That lapses unless the committee ratifies it within 30 days.

```rule office chair
filled by: election by committee
term: 1 year
```

```rule power urgent-spending
held by: chair
matters: spending
up to: 200
lapses: after 30 days unless ratified by committee
```

## 5. Amendment
The members' meeting amends these rules by 2/3 of the votes cast, with 28 days of notice.

```rule amend rules
by: members-meeting
majority: 2/3 of cast
notice: 28 days
```
"""
)

BRANCHES = (
    FRONT.format(name="League of Fictional Branches")
    + """## 1. Units
There are branches, founded by the congress. A branch meeting is all members of the branch; its branch secretary calls
it, presides and keeps its minutes. A branch has a treasurer too.

```rule unit branch
founded by: congress
```

```rule members full
admitted by: registrar
belong to: branch
```

```rule body branch-meeting, in each branch
filled by: all members of the branch
meets: on call of branch-secretary; on demand of 1/3 of its members, called within 7 days, held within 14 days
notice: 3 days
chaired by: branch-secretary
minutes by: branch-secretary
decides: branch-rooms
```

```rule office branch-secretary, in each branch
filled by: election by branch-meeting
term: 1 year
```

```rule office branch-treasurer, in each branch
filled by: appointment by branch-secretary
term: 1 year
```

## 2. Congress
Each branch sends 2 delegates. The congress meets every 2 years on 1 May, on call of the council, and on demand of 1/3
of the branches, called within 7 days, held within 30 days. 14 days of notice are given, deemed served 2 days after
dispatch. Half of the delegates are a quorum. The president chairs it.

```rule body congress, supreme
filled by: delegation from each branch, 2 seats
term: 2 years
meets: by right every 2 years on 1 May; on call of council;
  on demand of 1/3 of branches, called within 7 days, held within 30 days
notice: 14 days
notice served: 2 days after dispatch
quorum: 1/2
chaired by: president
decides: programme; everything else
```

## 3. Council
The president calls the council with 7 days of notice; 9/10 of it may consent to less. It meets every 3 months at least.

```rule body council
filled by: election by congress
seats: 4
term: 2 years
meets: by right every 3 months; on call of president
notice: 7 days
short notice: by consent of 9/10
quorum: 1/2 of the seats
chaired by: president
decides: budget
```

```rule office president
filled by: election by congress
term: 2 years
```

```rule office registrar
filled by: appointment by president
keeps: roll; minutes; record
```

```rule duty bulletin
owed by: registrar
does: publishes the bulletin
every: every 3 months
```

```rule duty minutes
owed by: president
does: circulates the minutes
within: 14 days of each meeting of council
```

```rule reporting outside
by: registrar
within: 30 days
```
"""
)

VILLAGERS = ("ada", "ben", "cleo", "dora", "emil", "fay", "gus", "hana", "ivo", "june", "kai", "lena")
NORTHERNERS, SOUTHERNERS, WESTERNERS = ("nan", "ned", "nia"), ("sam", "sue", "sol"), ("wil", "win", "wes")


def village(**more: Any) -> TestOrganisation:
    """The society of the worked example: 12 members, a committee of 5, a chair; Wednesday 6 January 2027."""
    given: dict[str, Any] = {
        "mandates": {"committee": VILLAGERS[:5], "chair": "ada"}, "time_zone": "Europe/Berlin",
        "at": "2027-01-06T09:00:00Z", "name": "Village Hall Society",
    }  # fmt: skip
    return TestOrganisation(VILLAGE, VILLAGERS, **(given | more))


def branches(**more: Any) -> TestOrganisation:
    """A league of three branches with three members each; Wednesday 6 January 2027."""
    people = (*NORTHERNERS, *SOUTHERNERS, *WESTERNERS)
    units = ("north", "south", "west")
    given: dict[str, Any] = {
        "units": dict.fromkeys(units, "branch"),
        "unit_of": {name: units[place // 3] for place, name in enumerate(people)},
        "mandates": {
            "branch-secretary@north": "nan", "branch-secretary@south": "sam", "branch-secretary@west": "wil",
            "branch-treasurer@north": "ned", "president": "sue", "registrar": "win",
            "council": ("nan", "sam", "wil", "sue"),
            "congress": ("nan", "ned", "sam", "sue", "wil", "win"),
        },
        "at": "2027-01-06T09:00:00Z", "name": "League of Fictional Branches",
    }  # fmt: skip
    return TestOrganisation(BRANCHES, people, **(given | more))


def adopt(org: TestOrganisation, text: str, on: str) -> None:
    """Puts another edition into force by its effects alone: what leads to an adoption is tried elsewhere."""
    act = org.act("rulebook.lodge", by=org.founder, rulebook=text, sha256="0" * 64)
    now, number = org.submission(act, {}), org.state.n
    edition = f"ed-{number}"
    effects = [
        {"effect": "edition.lodged", "edition": edition, "sha256": "0" * 64, "parts": 1},
        {"effect": "edition.adopted", "edition": edition, "in_force_from": on},
    ]
    entry = {"n": number, "at": now.at, "local": now.local, "act": act, "auth": {"kind": "signed"}, "effects": effects}
    apply(org.state, entry)


def says(verdict: Any) -> str:
    """All grounds of a refusal in one text."""
    return "; ".join(f"[{ground.clause}] {ground.says} {ground.facts} -> {ground.cure}" for ground in verdict.grounds)
