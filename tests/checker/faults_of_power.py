"""Faults of power, each with its clean twin: what the fixpoint and the search in time must find, and must not.

Lives here: the texts, as changes of the circle, the federation or the sound rulebook. Not here: what is asked of them
(`test_faults_of_power`).

A twin differs from its fault in the one thing that the finding is about.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from tests.checker.structure.faults import SOUND

RULEBOOKS = Path(__file__).parents[2] / "rulebooks"
CIRCLE = (RULEBOOKS / "circle" / "1.md").read_text("utf-8")
FEDERATION = (RULEBOOKS / "federation" / "1.md").read_text("utf-8")
ASSOCIATION = (RULEBOOKS / "association" / "1.md").read_text("utf-8")
AMENDMENT = re.findall(r"^## ([0-9]+)\. Amendment", SOUND, re.MULTILINE)[0]

Edit = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Pair:
    """A fault and its twin: the text that both start from, the edits of each, the least persons where they are counted."""

    id: str
    base: str
    fault: tuple[Edit, ...]
    twin: tuple[Edit, ...]
    persons: int | None = None


def edited(text: str, edits: tuple[Edit, ...]) -> bytes:
    """A text with some passages changed; each stands there once. An empty passage adds at the end."""
    for old, new in edits:
        if not old:
            text += new
            continue
        assert text.count(old) == 1, (old, text.count(old))
        text = text.replace(old, new)
    return text.encode()


PANEL = """
## 90. Credentials
A credentials panel of 3 examines the mandates of the delegates to the congress and refuses on the ground of form.

```rule body credentials-panel
filled by: appointment by secretary
seats: 3
term: 2 years
meets: by right every 6 months
```

```rule credentials congress
panel: credentials-panel
grounds: form
```
"""
BOUNDED = (
    PANEL.replace("grounds: form\n", "grounds: form\nappeal: to branch-court within 3 days\n")
    + """
## 91. Branch court
All members of all branches elect a branch court of 3 by secret ballot.

```rule body branch-court
filled by: election by members
seats: 3
term: 2 years
meets: by right every 6 months
```
"""
)
COOPTION = """
## 92. Co-option
The council co-opts up to {} of its seats; those co-opted have {} vote.

```rule cooption council
up to: {}
vote: {}
```
"""
STAFF = """
## 94. Staff
The chair appoints a staff of 5 for 1 year.

```rule body staff
filled by: appointment by chair
seats: 5
term: 1 year
meets: by right every month
```
"""
BUREAU = """
## 93. Bureau
The secretary and the returning officer are the bureau.

```rule body bureau
filled by: holders of secretary; returning-officer
meets: by right every month
quorum: {}
decides: rooms
```
"""
CASES = "effect: after the appeal\nappeal: to congress within 30 days\n"

PAIRS: dict[str, Pair] = {
    "one person goes round the circle": Pair("C01", CIRCLE, (), (("nominated by: branch-secretary", "nominated by: members"),), 1),
    "local secretaries appointed, and slates their own": Pair(
        "C01", CIRCLE, (("secrecy: by show of hands", "secrecy: named"),),
        (("filled by: appointment by general-secretary", "filled by: election by branch-meeting"), ("secrecy: by show of hands", "secrecy: secret")), 1,
    ),
    "a general secretary appoints the congress": Pair(
        "C01", SOUND,
        (("filled by: delegation from each branch, 2 seats\nterm: 2 years\n", "filled by: appointment by secretary\nseats: 10\nterm: 2 years\n"),
         ("```rule election congress\nby: branch-meeting\ncounting: plurality\nsecrecy: secret\n```", "")),
        (), 1,
    ),
    "a panel of the secretary's refuses whom it will": Pair("C01", SOUND, (("", PANEL),), (("", BOUNDED),)),
    "the congress meets when the council likes": Pair(
        "C02", SOUND,
        (("meets: by right every 2 years on 1 May; on demand of 1/3 of the branches, held within 30 days", "meets: on call of council"),),
        (("meets: by right every 2 years on 1 May; on demand of 1/3 of the branches, held within 30 days",
          "meets: on call of council; on demand of 1/3 of the branches, held within 30 days"),), 4,
    ),
    "the congress meets when one person calls": Pair(
        "C02", SOUND,
        (("meets: by right every 2 years on 1 May; on demand of 1/3 of the branches, held within 30 days", "meets: on call of secretary"),),
        (("meets: by right every 2 years on 1 May; on demand of 1/3 of the branches, held within 30 days",
          "meets: by right every 2 years on 1 May; on call of secretary"),), 1,
    ),
    "a demand that binds nobody to a day": Pair(
        "C02", SOUND,
        (("meets: by right every 2 years on 1 May; on demand of 1/3 of the branches, held within 30 days",
          "meets: on call of secretary; on demand of 1/3 of the branches"),),
        (("meets: by right every 2 years on 1 May; on demand of 1/3 of the branches, held within 30 days",
          "meets: on call of secretary; on demand of 1/3 of the branches, held within 30 days"),), 1,
    ),
    "after the circle nothing leads back": Pair(
        "C03", CIRCLE, (), (("filled by: election by committee", "filled by: election by members"),), 1,
    ),
    "a demanded congress comes after six rounds": Pair(
        "C09", CIRCLE, (("on call of committee; on demand of 1/3 of the branches, held within 30 days", "on demand of 1/3 of the branches, held within 6 months"),),
        (("on call of committee; ", ""),), 1,
    ),
    "a panel examines those who elect it": Pair(
        "C07", SOUND, (("", PANEL.replace("filled by: appointment by secretary", "filled by: election by congress")),),
        (("", PANEL.replace("filled by: appointment by secretary", "filled by: election by members")),),
    ),
    "the returning officer is the council's": Pair(
        "C07", SOUND,
        (("returning officer: returning-officer\nappeal: to tribunal within 14 days\n", "returning officer: secretary\n"),),
        (("appeal: to tribunal within 14 days\n", ""),),
    ),
    "a quorum of more than there are": Pair(
        "C10", SOUND, (("", BUREAU.format(3)),), (("", BUREAU.format(2)),),
    ),
    "whoever calls is quorum enough": Pair(
        "C10", SOUND, (("meets: by right every 3 months\n", "meets: by right every 3 months; on call of secretary\nquorum: 1\n"),),
        (("meets: by right every 3 months\n", "meets: by right every 3 months; on call of secretary\nquorum: 1/2 of the seats\nnotice: 7 days\n"),), 1,
    ),
    "the expelled have no vote on the next expulsion": Pair(
        "C13", SOUND,
        (("panel: tribunal", "panel: congress"), (CASES, "effect: at once\nsanctions: expulsion\nappeal: to tribunal within 30 days\n")),
        (("panel: tribunal", "panel: congress"), (CASES, "effect: after the appeal\nsanctions: expulsion\nappeal: to tribunal within 30 days\n")),
    ),
    "a tribunal apart expels nobody who votes in it": Pair(
        "C13", SOUND, (("panel: tribunal", "panel: council"), (CASES, "effect: at once\nsanctions: expulsion\nappeal: to congress within 30 days\n")),
        ((CASES, "effect: at once\nsanctions: expulsion\nappeal: to congress within 30 days\n"),),
    ),
    "amending is easier than removing": Pair(
        "C17", SOUND, (("removable by: congress\nmeets: by right every 3 months", "removable by: congress, majority 3/4\nmeets: by right every 3 months"),),
        (("removable by: congress\nmeets: by right every 3 months", "removable by: congress, majority 2/3\nmeets: by right every 3 months"),),
    ),
    "the council amends": Pair("C17", SOUND, (("by: congress\nmajority: 2/3\n", "by: council\nmajority: 2/3\n"),), ()),
    "the protected clauses fall to the lower bar": Pair(
        "C18", SOUND, (("majority: 2/3\n", f"majority: 2/3\nprotected: 5; {AMENDMENT}, majority 1/2\n"),),
        (("majority: 2/3\n", f"majority: 2/3\nprotected: 5; {AMENDMENT}, majority 3/4\n"),),
    ),
    "the amendment clause lowers itself": Pair("C18", SOUND, (), (("majority: 2/3\n", f"majority: 2/3\nprotected: {AMENDMENT}, majority 3/4\n"),)),
    "the amendment clause is not named among the protected": Pair(
        "C18", SOUND, (("majority: 2/3\n", "majority: 2/3\nprotected: 5, majority 3/4\n"),),
        (("majority: 2/3\n", f"majority: 2/3\nprotected: 5; {AMENDMENT}, majority 3/4\n"),),
    ),
    "the secretary removes those who could remove it": Pair(
        "C20", SOUND, (("removable by: congress\nmeets: by right every 3 months", "removable by: secretary\nmeets: by right every 3 months"),), (),
    ),
    "the co-opted are the majority": Pair(
        "C23", SOUND, (("", COOPTION.format(4, "a", 4, "yes")),), (("", COOPTION.format(2, "a", 2, "yes")),),
    ),
    "the co-opted have no vote": Pair(
        "C23", SOUND, (("", COOPTION.format(5, "a", 5, "yes")),), (("", COOPTION.format(5, "no", 5, "no")),),
    ),
    "a council that elects itself": Pair(
        "C23", SOUND, (("filled by: election by congress\nseats: 7", "filled by: election by council\nseats: 7"), ("by: congress\ncounting", "by: council\ncounting")), (),
    ),
    "those elected found the branches that elect": Pair(
        "C24", SOUND, (("founded by: congress", "founded by: council"),), (), 6,
    ),
    "who is outvoted appoints more": Pair(
        "C24", SOUND, (("filled by: election by congress\nseats: 5", "filled by: appointment by council"),),
        (("filled by: election by congress\nseats: 5", "filled by: appointment by council\nseats: 5"),),
    ),
    "whom the declarer appoints renews": Pair("C16", FEDERATION, (("renewed by: congress", "renewed by: staff"), ("", STAFF)), ()),
    "an emergency is declared anew the next day": Pair("C16", FEDERATION, (("again: after 6 months", "again: after 1 day"),), ()),
    "elections go on under the emergency": Pair(
        "C16", FEDERATION, (("bars: elections; removals; amendments; closings; expulsions", "bars: removals; amendments; closings; expulsions"),), (),
    ),
    "nobody may call the branches": Pair(
        "C30", SOUND, (("meets: by right every year on 1 February\n", ""),), (),
    ),
    "more members must demand than there are": Pair(
        "C30", SOUND, (("meets: by right every 3 months", "meets: on demand of 9 of its members"),),
        (("meets: by right every 3 months", "meets: on demand of 3 of its members"),),
    ),
}  # fmt: skip
