"""A club that elects its council: the rulebook with the election block of each trial, and the way through an election.

Lives here: the text, and short ways to the steps of an election. Not here: the trials.
"""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from isonomy.engine.election import Election
from isonomy.engine.lots import lot_of_secret, opening_of
from tests.engine.rulebooks import FRONT
from tests.organisation import TestOrganisation

SECRET = base64.b64encode(hashlib.sha256(b"a secret of thirty-two bytes").digest()).decode()
LOT, OPENING = lot_of_secret(SECRET), opening_of(SECRET)
PEOPLE = ("ann", "bob", "cat", "dan", "eve", "fay", "gus", "hal")
USUAL = {
    "by": "assembly", "taken": "by poll", "polling": "7 days", "secrecy": "secret", "counting": "scottish-stv-2007",
    "nominations": "open for 14 days",
}  # fmt: skip

TEXT = (
    FRONT.format(name="Club of the Weir").replace("status: draft", "status: paraphrase of nothing")
    + """## 1. Members
The secretary admits members.

```rule members full
admitted by: secretary
vote: from admission
```

## 2. Assembly
All members are the assembly.

```rule body assembly, supreme
filled by: all members
meets: on call of secretary
decides: everything else
chaired by: chair
```

```rule decision general
by: assembly
matters: appeal-on-council; everything else
taken: by poll
secrecy: named
```

```rule office chair
filled by: election by assembly
term: 1 year
```

```rule office secretary
filled by: election by assembly
term: 1 year
keeps: roll; minutes; record; polls
```

```rule body watch
filled by: election by assembly
seats: 2
```

## 3. Council

```rule body council
filled by: election by assembly
{body}
```

```rule election council
{election}
```

## 4. Record

```rule record record
kept by: secretary
corrected by: secretary
```
"""
)


def rulebook(*, body: str = "seats: 3\nterm: 2 years", **keys: str | None) -> str:
    """The text with an election block of these keys (underscores for spaces; None leaves a usual one out)."""
    block = USUAL | {key.replace("_", " "): value for key, value in keys.items()}
    lines = "\n".join(f"{key}: {value}" for key, value in block.items() if value is not None)
    return TEXT.replace("{body}", body).replace("{election}", lines)


def weir(
    *, body: str = "seats: 3\nterm: 2 years", codes: dict[str, str] | None = None, **keys: str | None
) -> TestOrganisation:
    """The club: ada is secretary, ben chairs, cy and dot are the watch; eight more members, some with a code of gender."""
    text = rulebook(body=body, **keys)
    mandates = {"secretary": "ada", "chair": "ben", "watch": ("cy", "dot")}
    org = TestOrganisation(text, founders=("ada", "ben", "cy", "dot"), mandates=mandates)
    for name in PEOPLE:
        given = {"gender": codes[name]} if codes and name in codes else None
        org.accepted("member.admit", by="ada", person=org.person(name), codes=given)
    return org


def opened(org: TestOrganisation, **fields: Any) -> str:
    """Opens the election of the council; its id."""
    made = {"body": "assembly", "seat": "council", "lot": LOT} | fields
    return str(org.accepted("election.open", by="ada", as_="secretary", **made).effects[0]["election"])


def election(org: TestOrganisation, id: str) -> Election:
    return org.state.elections[id]


def stood(org: TestOrganisation, id: str, *names: str) -> None:
    """Each of these nominates themself."""
    for name in names:
        org.accepted("nomination.make", by=name, election=id, person=org.person(name))


def closed(org: TestOrganisation, id: str, **fields: Any) -> dict[str, Any]:
    """Lets the time of nominations pass and closes them; the effect."""
    org.days(15)
    made = {"election": id, "opening": OPENING} | fields
    accepted = org.accepted("nominations.close", by="ada", as_="secretary", **made)
    return {effect["effect"]: effect for effect in accepted.effects}


def polled(org: TestOrganisation, id: str, **fields: Any) -> str:
    """Opens the poll of an election whose nominations are closed; its id."""
    last = org.clock.now()[:10]
    made = {
        "body": "assembly", "question": "Who sits on the council?", "matter": "election-of-council", "election": id,
        "closes_on": _week_after(last),
    } | fields  # fmt: skip
    return str(org.accepted("poll.open", by="ada", as_="secretary", **made).effects[0]["poll"])


def _week_after(day: str) -> str:
    from datetime import date, timedelta

    return (date.fromisoformat(day) + timedelta(days=7)).isoformat()


def ready(org: TestOrganisation, *names: str, **fields: Any) -> tuple[str, str]:
    """An election in which these stand, with its poll open: both ids."""
    id = opened(org, **fields)
    stood(org, id, *names)
    closed(org, id)
    return id, polled(org, id)


def number_of(org: TestOrganisation, poll: str, name: str) -> int:
    """The number on the paper of a candidate."""
    persons = [option.person for option in org.state.polls[poll].options]
    return persons.index(org.person(name)) + 1
