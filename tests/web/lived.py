"""A club that has lived a while: something of everything that a page can be about, and what addresses call it.

Lives here: its rulebook (the model, with motions by seconders, amendments, polls and an election by nominations), its
story, and examples for addresses (`Lived.examples`). Not here: what is tried on it.

Plainly fictional: `ada` keeps roll, minutes, record and polls, `ben` is chair, `cleo` and `dora` sit in the committee,
`emil` and `fay` are members, `gus` has left.
"""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from typing import Any

from isonomy.engine.lots import lot_of_secret
from tests.web.site import MODEL, Site

NOW = "2027-04-10T10:00:00Z"
SECRET = base64.b64encode(hashlib.sha256(b"thirty-two bytes that nobody else has").digest()).decode()
MORE = """
## 7. Motions and polls
A motion on policy is moved by a member and seconded by another. Amendments are put in the order received; the mover may accept
one. Letters are decided by all members in a named poll of 30 days, gifts in a secret one.

```rule decision policies
by: members-meeting
matters: policy
seconders: 1
amendments: in the order received
mover accepts: yes
```

```rule decision letters
by: members-meeting
matters: letters
taken: by poll
polling: 30 days
secrecy: named
```

```rule decision gifts
by: members-meeting
matters: gifts
taken: by poll
polling: 30 days
secrecy: secret
```

## 8. Treasurer
The members' meeting elects a treasurer for 1 year by secret ballot in a poll of 7 days. Nominations are open for 60 days; another
member seconds. The returning officer is the secretary. An appeal may be made within 14 days.

```rule office treasurer
filled by: election by members-meeting
term: 1 year
```

```rule election treasurer
by: members-meeting
taken: by poll
polling: 7 days
secrecy: secret
counting: scottish-stv-2007
nominations: open for 60 days
nominated by: members
seconders: 1
returning officer: secretary
reopen nominations: yes
appeal: to members-meeting within 14 days
```

## 9. Mandates to act
The members' meeting instructs the committee or the chair, who report within 30 days.

```rule instruction mandates
by: members-meeting
to: committee or chair
report within: 30 days
```

## 22. Questions
Any member puts a question to the chair or the committee, and members may join. An answer is owed within 14 days; after that the
members' meeting has 30 days. One may reply within 7 days.

```rule criticism questions
to: chair or committee
joined by: members
answer within: 14 days
escalates to: members-meeting, within 30 days
rejoinder within: 7 days
called: question
```

## 24. Commissions
The committee may set up commissions.

```rule commission inquiries
set up by: committee
```

## 25. Removal and petitions
The removal from the committee is asked for by 2 members. 2 members may put a matter on the next agenda of the members' meeting.

```rule removal committee
from: committee
asked by: 2 members
```

```rule petition agenda
to: members-meeting
of: 2 members
```

## 32. Papers and closed sessions
The members' meeting may close its session, and may seal its papers for 1 year at most; the secretary keeps what is sealed, and the chair may
open it too. Papers are laid 3 days before the meeting.

```rule publication papers
of: papers of members-meeting; closed sessions of members-meeting
sealed by: members-meeting
sealed at most: 1 year
kept by: secretary
opened by: chair
laid: 3 days before the meeting
closed by: members-meeting
```
"""


def rules(edition: int = 1) -> str:
    """The club's rulebook: committee and chair are appointed, so that the story can begin at once."""
    text = MODEL.replace("edition: 1", f"edition: {edition}")
    for before, after in (
        ("The members' meeting elects a committee of 5 for 1 year by secret ballot; a tie is settled by lot.", "The secretary appoints a committee of 5 for 1 year."),
        ("filled by: election by members-meeting\nseats: 5", "filled by: appointment by secretary\nseats: 5"),
        ("```rule election committee\nby: members-meeting\ncounting: plurality\nsecrecy: secret\ntie: lot\n```\n\n", ""),
        ("The committee elects one of its members as chair", "The secretary appoints a member as chair"),
        ("```rule office chair\nfilled by: election by committee", "```rule office chair\nfilled by: appointment by secretary"),
    ):  # fmt: skip
        assert before in text, before
        text = text.replace(before, after)
    return text + MORE


class Lived:
    """The club, and an example for each part of an address by the first word of the address."""

    def __init__(self, folder: Path) -> None:
        self.site = Site(folder, rules(), members=("ben", "cleo", "dora", "emil", "fay", "gus"), seats=("secretary",))
        self.examples: dict[str, str] = {}
        self._january()
        self._march()
        self._april()

    def _id(self, kind: str, by: str, act: str, **fields: Any) -> str:
        entry = self.site.must({"act": act, "by": by, **{key.rstrip("_"): value for key, value in fields.items()}})
        return f"{kind}-{entry['n']}"

    def _january(self) -> None:
        site = self.site
        for name, seat in (("ben", "chair"), ("ben", "committee"), ("cleo", "committee"), ("dora", "committee")):
            self._id("ma", "ada", "mandate.begin", as_="secretary", person=site.ids[name], seat=seat)
        self.examples["mandates"] = site.state.mandates_of_person(site.ids["cleo"], site.today)[0].id
        self.examples["members"] = site.ids["emil"]
        self.examples["seats"] = "committee"
        site.must({"act": "member.leave", "by": "gus"})
        text = rules(2)
        digest = hashlib.sha256(text.encode()).hexdigest()
        self.examples["editions"] = self._id("ed", "ben", "rulebook.lodge", sha256=digest, rulebook=text)
        site.clock.set("2027-02-01T09:00:00Z")
        self.carried = self._id("mo", "cleo", "motion.move", body="members-meeting", matter="outings", text="A boat.")
        charged = {"does": "Buy the boat.", "due_on": "2027-05-01", "to": "committee"}
        site.must({"act": "motion.terms", "by": "cleo", "motion": self.carried, "instruct": charged})
        self.motion = self._id("mo", "emil", "motion.move", body="members-meeting", matter="policy", text="We row on.")
        self.examples["motions"] = self.motion
        self.examples["amendments"] = self._id(
            "am", "dora", "motion.amend", motion=self.motion, passage="on", becomes="on at dawn"
        )
        site.clock.set("2027-02-10T09:00:00Z")
        self.meeting = self._id(
            "mt", "ben", "meeting.call", as_="chair", body="members-meeting", starts="2027-03-06T10:00",
            matters=["outings", "policy"], by_right="2027-03-06", place="Example Hall",
        )  # fmt: skip
        site.must(
            {
                "act": "notice.send",
                "by": "ada",
                "as": "secretary",
                "meeting": self.meeting,
                "how": "by mail",
                "to_count": 6,
            }
        )

    def _march(self) -> None:
        site = self.site
        site.clock.set("2027-03-06T10:05:00Z")
        present = [site.ids[name] for name in ("ada", "ben", "cleo", "dora", "emil")]
        site.must({"act": "meeting.open", "by": "ben", "as": "chair", "meeting": self.meeting, "present": present})
        poll = self._id(
            "po", "ben", "poll.open", as_="chair", body="members-meeting", question="Shall the club buy a boat?",
            matter="outings", motion=self.carried, meeting=self.meeting, secrecy="by show of hands",
        )  # fmt: skip
        tallies = {"for": 4, "against": 1, "abstain": 0, "blank": 0}
        told = {"poll": poll, "rule": "yes-no", "tallies": tallies, "present": 5}
        site.must({"act": "poll.declare", "by": "ben", "as": "chair", **told})
        self.examples["hands"] = poll
        self.examples["decisions"] = next(iter(site.state.decisions))
        self.examples["instructions"] = next(iter(site.state.instructions.given))
        line = rules().splitlines().index("## 3. Members' meeting") + 2
        self.examples["ruling"] = self._id(
            "ru", "ben", "ruling.make", as_="chair", meeting=self.meeting, clause="3", line=line,
            words="Guests may listen.",
        )  # fmt: skip
        site.must({"act": "meeting.close", "by": "ben", "as": "chair", "meeting": self.meeting})
        self.examples["minutes"] = self.meeting

    def _april(self) -> None:
        site = self.site
        site.clock.set("2027-04-01T09:00:00Z")
        self.examples["criticism"] = self._id("ct", "emil", "criticism.make", to="chair", text="Why was it late?")
        self.examples["removals"] = self._id(
            "pe", "emil", "petition.open", petition="agenda", matter="boats", text="Two boats."
        )
        self.examples["demands"] = self._id("ca", "fay", "meeting.demand", body="members-meeting", matters=["outings"])
        self.coming = self._id(
            "mt", "ben", "meeting.call", as_="chair", body="committee", starts="2027-04-20T18:00", matters=["budget"]
        )
        self.poll = self._id(
            "po",
            "ada",
            "poll.open",
            as_="secretary",
            body="members-meeting",
            question="Shall we write?",
            matter="letters",
            closes_on="2027-05-05",
        )
        self.secret = self._id(
            "po",
            "ada",
            "poll.open",
            as_="secretary",
            body="members-meeting",
            question="Shall we give?",
            matter="gifts",
            closes_on="2027-05-05",
        )
        self.election = self._id(
            "el", "ada", "election.open", as_="secretary", body="members-meeting", seat="treasurer",
            lot=lot_of_secret(SECRET),
        )  # fmt: skip
        site.must({"act": "nomination.make", "by": "dora", "election": self.election, "person": site.ids["dora"]})
        self.open_meeting = self._id(
            "mt", "ben", "meeting.call", as_="chair", body="committee", starts="2027-04-10T10:00", matters=["spending"]
        )
        site.must(
            {
                "act": "notice.send",
                "by": "ben",
                "as": "chair",
                "meeting": self.open_meeting,
                "how": "by mail",
                "to_count": 2,
            }
        )
        site.clock.set(NOW)
        present = [site.ids[name] for name in ("ben", "cleo", "dora")]
        site.must({"act": "meeting.open", "by": "ben", "as": "chair", "meeting": self.open_meeting, "present": present})
        self.examples |= {
            "meetings": self.coming,
            "polls": self.poll,
            "elections": self.election,
            "entries": "7",
            "record": "7",
        }
