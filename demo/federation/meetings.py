"""Meetings: called, noticed, opened, put questions to, closed, as every body of the federation holds them.

Lives here: the acts of any meeting, and of a secret election at one. Not here: which meeting is held when (`years`).
"""

from __future__ import annotations

import random
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from demo.federation.clerk import Clerk, ids
from demo.federation.people import People, Person
from isonomy.engine.duties import duties
from isonomy.engine.lots import lot_of_secret

CHAIR, GENERAL, RETURNING, AUDITOR = "chair", "general-secretary", "returning-officer", "auditor"
BOARD, CONGRESS, EVERYBODY = "board", "congress", "members-vote"
SOON_DAYS = 40


@dataclass
class Federation:
    """The federation as the story sees it: who lives there, and the clerk who hands in their acts."""

    clerk: Clerk
    people: People
    draw: random.Random
    founder: Person
    secrets: dict[str, str] = field(default_factory=dict)
    """The secrets of lots that are not open yet, by election or poll."""
    passed_over: set[str] = field(default_factory=set)
    """Urgent decisions that the board leaves to lapse."""
    moved: dict[str, str] = field(default_factory=dict)
    """What was moved for the next congress, by what it is about."""

    def holders(self, seat: str) -> list[Person]:
        """Who holds a seat today."""
        held = self.clerk.state.mandates_of_seat(seat, self.clerk.today.isoformat())
        return [self.people.by_id[mandate.person] for mandate in held]

    def holder(self, seat: str) -> Person:
        """Who holds an office today."""
        return self.holders(seat)[0]

    def seated(self) -> set[str]:
        """Who holds a seat today or will, by id."""
        today = self.clerk.today.isoformat()
        return {
            one.person
            for one in self.clerk.state.mandates.values()
            if not one.ended_on and (one.until or today) >= today
        }

    def until(self, seat: str) -> date:
        """The day on which the next term in a seat is over."""
        held = self.clerk.state.mandates_of_seat(seat, self.clerk.today.isoformat())
        return min(date.fromisoformat(mandate.until) for mandate in held)

    def voters(self, among: list[Person]) -> list[Person]:
        """Those of them who have a vote: members for more than a month."""
        since = (self.clerk.today - timedelta(days=32)).isoformat()
        return [person for person in among if self.clerk.state.persons[person.id].admitted_on < since]

    def secret(self) -> str:
        """The secret of a lot."""
        return b64encode(self.clerk.entropy.draw(32)).decode()

    # -- duties

    def occasion_of(self, duty: str, seat: str) -> str:
        """The occasion of a duty of a seat that comes next and is not done with; nothing where it lies far off."""
        today = self.clerk.today
        for one in duties(self.clerk.state, today, today + timedelta(days=SOON_DAYS)):
            if one.thing.startswith((f"{duty}:", f"{duty}@")) and seat in one.seats:
                return one.thing.rpartition(":")[2]
        return ""

    def discharge(self, seat: str, duty: str, text: str) -> None:
        """Says that what a seat owes next was done, by the officer who sees to it."""
        plain = seat if seat != BOARD else GENERAL
        occasion = self.occasion_of(duty, seat)
        self.clerk.do("duty.discharge", self.holder(plain), plain, duty=duty, occasion=occasion, text=text)

    # -- meetings

    def call(
        self,
        body: str,
        starts: str,
        matters: Sequence[str],
        by: Person,
        as_: str,
        *,
        how: str = "mail",
        **fields: Any,
    ) -> str:
        """Calls a meeting and sends its notice at once; the meeting."""
        meeting = (
            f"mt-{self.clerk.do('meeting.call', by, as_, body=body, starts=starts, matters=list(matters), **fields)}"
        )
        self.clerk.do("notice.send", by, as_, meeting=meeting, how=how, to_count=max(1, len(self.members_of(body))))
        return meeting

    def members_of(self, body: str) -> list[Person]:
        """Who is in a body."""
        if body.startswith("branch-meeting@"):
            return self.people.of[body.partition("@")[2]]
        return self.people.everybody() if body == EVERYBODY else self.holders(body)

    def open(self, meeting: str, by: Person, as_: str, share: float, least: int = 1) -> list[Person]:
        """Opens a meeting with a share of its members, the one who opens it among them; who is there."""
        body = self.clerk.state.meetings[meeting].body
        could = self.voters(self.members_of(body))
        count = max(least, round(len(could) * share))
        present = self.people.some([one for one in could if one != by], count - 1) + ([by] if by in could else [])
        present.sort(key=lambda one: one.id)
        self.clerk.do("meeting.open", by, as_, meeting=meeting, present=ids(present))
        return present

    def move(
        self, body: str, matter: str, text: str, by: Person, seconders: Sequence[Person] = (), **fields: Any
    ) -> str:
        """Moves a motion and has it seconded; the motion."""
        motion = f"mo-{self.clerk.do('motion.move', by, body=body, matter=matter, text=text, **fields)}"
        for seconder in seconders:
            self.clerk.do("motion.second", seconder, motion=motion)
        return motion

    def put(self, meeting: str, motion: str, question: str, by: Person, as_: str, **fields: Any) -> str:
        """Puts a motion at a meeting; the poll."""
        moved = self.clerk.state.motions[motion]
        put = {"meeting": meeting, "body": moved.body, "matter": moved.matter, "motion": motion, "question": question}
        return f"po-{self.clerk.do('poll.open', by, as_, **put, **fields)}"

    def by_hands(
        self, meeting: str, motion: str, question: str, by: Person, as_: str, present: int, share: float, **fields: Any
    ) -> str:
        """A vote by show of hands of which about this share is for; the decision, or nothing where it is not carried."""
        poll = self.put(meeting, motion, question, by, as_, secrecy="by show of hands", **fields)
        return self.hands(poll, by, as_, present, share)

    def hands(self, poll: str, by: Person, as_: str, present: int, share: float) -> str:
        """Declares a show of hands of which about this share is for; the decision, or nothing."""
        in_favour = min(present, max(0, round(present * share)))
        left = present - in_favour
        abstain = min(left, self.draw.randint(0, max(0, present // 8)))
        tallies = {"for": in_favour, "against": left - abstain, "abstain": abstain}
        return self.declared(
            self.clerk.do("poll.declare", by, as_, poll=poll, rule="yes-no", tallies=tallies, present=present)
        )

    def by_name(
        self, meeting: str, motion: str, question: str, by: Person, as_: str, present: list[Person], share: float
    ) -> str:
        """A vote by name; the decision, or nothing where it is not carried."""
        poll = self.put(meeting, motion, question, by, as_, secrecy="named")
        answers = {
            one.id: self.draw.choices(("for", "against", "abstain"), (share, max(0.0, 0.9 - share), 0.1))[0]
            for one in present
        }
        self.clerk.cast(poll, answers)
        self.clerk.do("poll.close", by, as_, poll=poll)
        return self.declared(self.clerk.do("poll.declare", by, as_, poll=poll, rule="yes-no"))

    def declared(self, entry: int) -> str:
        """The decision that a declaration brought, or nothing."""
        return f"de-{entry}" if f"de-{entry}" in self.clerk.state.decisions else ""

    # -- elections at a meeting

    def elect(
        self, meeting: str, seat: str, candidates: list[Person], present: list[Person], by: Person, as_: str,
        *, seats: int = 1, since: date | None = None, weights: Sequence[float] = (),
    ) -> list[Person]:  # fmt: skip
        """Elects by secret ballot among those present, and enters the mandates; who is elected."""
        body = self.clerk.state.meetings[meeting].body
        secret, plain = self.secret(), seat.partition("@")[0]
        options = [{"name": one.name, "person": one.id} for one in candidates]
        poll = self.clerk.do(
            "poll.open", by, as_, body=body, meeting=meeting, matter=f"election-of-{plain}",
            seat=seat, seats=seats, question=f"Who shall be elected: {plain.replace('-', ' ')}?",
            options=options, lot=lot_of_secret(secret),
        )  # fmt: skip
        weights = weights or [self.draw.uniform(0.3, 1.0) for _ in candidates]
        numbers = range(1, len(candidates) + 1)
        papers = {one.id: [[self.draw.choices(numbers, weights)[0]]] for one in present}
        self.clerk.cast(f"po-{poll}", papers)
        self.clerk.do("poll.close", by, as_, poll=f"po-{poll}")
        entry = self.clerk.do("poll.declare", by, as_, poll=f"po-{poll}", rule="plurality", secret=secret)
        decision = self.declared(entry)
        elected = [self.people.by_id[one] for one in self.clerk.state.decisions[decision].person.split()]
        start = max(since or self.clerk.today, self.clerk.today)
        keeper, kept_as = (by, as_) if "@" in seat and "@" in as_ else (self.holder(GENERAL), GENERAL)
        for one in elected:
            self.clerk.do("mandate.begin", keeper, kept_as, person=one, seat=seat, decision=decision, since=start)
        return elected
