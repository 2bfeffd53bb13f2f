"""A rulebook with two emergencies, plainly fictional, for trials of what yields, what is barred, and that it ends.

Lives here: the text, and an organisation under it. Not here: the trials.
"""

from __future__ import annotations

from typing import Any

from isonomy.engine.refusal import Accepted, Verdict
from tests.engine.rulebooks import FRONT
from tests.organisation import TestOrganisation

PEOPLE = ("ada", "ben", "cy", "dora", "eli", "fay")
COUNCIL = ("ada", "ben", "cy", "dora")

BOOK = (
    FRONT.format(name="Harbour Society")
    + """## 1. Members
The secretary admits members. A member votes from admission.

```rule members full
admitted by: secretary
vote: from admission
```

## 2. Assembly
The assembly of all members decides everything else. It meets by right every year on 1 May and on call of the chair, with 10 clear
days of notice; half of the members are a quorum. The chair presides, the secretary keeps the minutes. It elects the chair and the secretary
for 1 year and may remove them.

```rule body assembly, supreme
filled by: all members
meets: by right every year on 1 May; on call of chair
notice: 10 clear days
quorum: 1/2 of the members
chaired by: chair
minutes by: secretary
decides: everything else
```

```rule office chair
filled by: election by assembly
term: 1 year
removable by: assembly
```

```rule office secretary
filled by: election by assembly
term: 1 year
removable by: assembly
keeps: roll; minutes; record
```

## 3. Council
The assembly elects a council of 5 for 1 year. It meets on call of the chair or the secretary. The chair presides, the secretary keeps its
minutes. It decides on repairs.

```rule body council
filled by: election by assembly
seats: 5
term: 1 year
meets: on call of chair or secretary
chaired by: chair
minutes by: secretary
decides: repairs
```

## 4. Repairs alone
The chair may decide alone on repairs up to 100.

```rule power small-repairs
held by: chair
matters: repairs
up to: 100
```

## 5. Flood
When there is high water, the chair may declare a flood. It lapses after 10 days. The council renews it at most 2 times for 7 days; the
secretary ends it. While it lasts 2 days of notice and a sixth of the members are enough, the annual meeting may be put off by 2 months, and
repairs alone (small-repairs) reach up to 1000. There are no elections, removals, amendments, closings or expulsions. The chair reports within 14 days to
the council.

```rule emergency flood
declared by: chair
facts: high water
lapses: after 10 days
renewed by: council
renewals: 2
renewal: 7 days
ended by: secretary
notice: 2 days
quorum: 1/6 of the members
postpones: 2 months
widens: small-repairs up to 1000
bars: elections; removals; amendments; closings; expulsions
report: within 14 days to council
```

## 6. Storm
When there is a storm warning, the secretary or the council may declare a storm. It lapses after 5 days; another emergency follows after 1 month.
While it lasts 3 days of notice are enough.

```rule emergency storm
declared by: secretary or council
facts: storm warning
lapses: after 5 days
again: after 1 month
notice: 3 days
```

## 7. Amendment
The assembly amends these rules by two thirds.

```rule amend rules
by: assembly
majority: 2/3 of cast
```
"""
)


class Harbour(TestOrganisation):
    """The society, its six founders, and short ways to decide."""

    __test__ = False

    def __init__(self, book: str = BOOK) -> None:
        super().__init__(book, PEOPLE, mandates={"chair": "ada", "secretary": "ben", "council": COUNCIL})

    def declare(self, block: str = "flood", by: str = "ada", as_: str = "chair", **fields: Any) -> Verdict:
        """A declaration on the fact of the block."""
        fact = {"flood": "high water", "storm": "storm warning"}[block]
        said = {"fact": fact, "words": "The quay is under water."} | fields
        return self.submit("emergency.declare", by=by, as_=as_, emergency=block, **said)

    def declared(self, block: str = "flood", by: str = "ada", as_: str = "chair", **fields: Any) -> str:
        """The id of an emergency that is declared now."""
        verdict = self.declare(block, by, as_, **fields)
        assert isinstance(verdict, Accepted), verdict
        return str(verdict.effects[-1]["emergency"])

    def council_decides(self, matter: str, text: str = "So be it.", **moved: Any) -> str:
        """The id of a decision of the council, taken at a meeting of its own now."""
        return self.decides("council", matter, text, COUNCIL, **moved)

    def decides(
        self, body: str, matter: str, text: str, present: tuple[str, ...], *, meeting: str = "", **moved: Any
    ) -> str:
        """A decision of a body at a meeting that is called and opened now, or at one that is open."""
        self.clock.move(minutes=1)
        if not meeting:
            hour = self.state.local and self.hour()
            called = self.accepted("meeting.call", by="ada", as_="chair", body=body, starts=hour, matters=[matter])
            meeting = called.effects[0]["meeting"]
            self.accepted(
                "meeting.open", by="ada", as_="chair", meeting=meeting, present=[self.person(one) for one in present]
            )
        motion = self.accepted("motion.move", by="cy", body=body, matter=matter, text=text, **moved).effects[0][
            "motion"
        ]
        put = {"body": body, "question": "So?", "matter": matter, "motion": motion, "meeting": meeting}
        poll = self.accepted("poll.open", by="ada", secrecy="by show of hands", **put).effects[0]["poll"]
        tallies = {"for": len(present), "against": 0, "abstain": 0}
        made = self.accepted("poll.declare", by="ada", poll=poll, rule="yes-no", tallies=tallies)
        if body == "council":
            self.accepted("meeting.close", by="ada", meeting=meeting)
        return str(next(effect["decision"] for effect in made.effects if effect["effect"] == "decision.taken"))

    def hour(self) -> str:
        """The civil time now, to the minute."""
        return self.submission({}, {"kind": "attested"}).local[:16]
