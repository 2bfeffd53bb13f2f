"""Ballots of all members: elections of the board with nominations, countbacks, and votes on the rent charter.

Lives here: these proceedings from their first act to the seats taken, each step on its own day. Not here: when they begin
(`years`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from demo.federation.meetings import AUDITOR, BOARD, CHAIR, EVERYBODY, GENERAL, RETURNING, Federation
from demo.federation.people import NORTH, SOUTH, Person
from isonomy.engine.lots import lot_of_secret, opening_of

OPEN_DAYS = 7


@dataclass
class BoardElection:
    """One election of the board: nominations for two weeks, a week of voting, count, attestation, time to appeal."""

    here: Federation
    opens_on: date
    candidates_count: int
    turnout: float
    seconders: int
    id: str = ""
    poll: str = ""
    decision: str = ""
    standing: list[Person] = field(default_factory=list)

    def plan(self) -> None:
        """Plans every step on its day."""
        clerk = self.here.clerk
        clerk.plan(self.opens_on, "09:00", self.open)
        clerk.plan(self.opens_on + timedelta(days=15), "09:00", self.close_nominations)
        clerk.plan(self.opens_on + timedelta(days=15), "10:00", self.open_poll)
        for day in range(OPEN_DAYS):
            clerk.plan(self.opens_on + timedelta(days=15 + day), "20:00", lambda: self.vote(1 / OPEN_DAYS))
        clerk.plan(self.opens_on + timedelta(days=16 + OPEN_DAYS), "09:00", self.declare)
        clerk.plan(self.opens_on + timedelta(days=17 + OPEN_DAYS), "09:00", self.attest)
        clerk.plan(self.opens_on + timedelta(days=17 + OPEN_DAYS + 15), "09:00", self.seat)

    def open(self) -> None:
        """Opens the election; those who stand are nominated over the two weeks."""
        here, clerk = self.here, self.here.clerk
        secret = here.secret()
        vacant = here.until(BOARD)
        fields = {"body": EVERYBODY, "seat": BOARD, "vacant_on": vacant, "lot": lot_of_secret(secret)}
        self.id = f"el-{clerk.do('election.open', here.holder(RETURNING), RETURNING, **fields)}"
        here.secrets[self.id] = secret
        banks = {
            bank: [one for one in here.voters(here.people.everybody()) if one.bank == bank] for bank in (NORTH, SOUTH)
        }
        for members in banks.values():
            members[:] = [one for one in members if one not in self._keepers()]
            here.draw.shuffle(members)
        stands = [banks[(NORTH, SOUTH)[place % 2]].pop() for place in range(self.candidates_count)]
        for place, person in enumerate(stands):
            day = self.opens_on + timedelta(days=1 + place * 12 // self.candidates_count)
            clerk.plan(day, "19:00", lambda person=person: self.nominate(person))

    def _keepers(self) -> list[Person]:
        return [self.here.holder(seat) for seat in (RETURNING, AUDITOR)]

    def nominate(self, person: Person) -> None:
        """Neighbours nominate somebody and second it, and the nominee consents; whoever has left stands no longer."""
        here, clerk = self.here, self.here.clerk
        if clerk.state.persons[person.id].left_on:
            return
        others = [one for one in here.voters(here.people.everybody()) if one != person and one not in self._keepers()]
        first, *seconders = here.people.some(others, 1 + self.seconders)
        clerk.do("nomination.make", first, election=self.id, person=person)
        for one in seconders:
            clerk.do("nomination.second", one, election=self.id, person=person)
        clerk.do("nomination.accept", person, election=self.id)
        self.standing.append(person)

    def close_nominations(self) -> None:
        """Closes nominations: the lot orders the paper."""
        here = self.here
        opening = opening_of(here.secrets[self.id])
        here.clerk.do("nominations.close", here.holder(RETURNING), RETURNING, election=self.id, opening=opening)

    def open_poll(self) -> None:
        """Opens the poll for a week, with the roll of the opening of nominations."""
        here = self.here
        fields = {
            "body": EVERYBODY, "matter": "election-of-board", "election": self.id, "question": "Who shall sit on the board?",
            "closes_on": here.clerk.today + timedelta(days=OPEN_DAYS),
        }  # fmt: skip
        self.poll = f"po-{here.clerk.do('poll.open', here.holder(RETURNING), RETURNING, **fields)}"

    def vote(self, share: float) -> None:
        """Some members cast their ballots: most know a neighbour on the paper, and fewer than half rank many."""
        here, state = self.here, self.here.clerk.state
        options = [here.people.by_id[option.person] for option in state.polls[self.poll].options if option.person]
        known = {one.id: here.people.unit_of(one) for one in options}
        liked = {one.id: here.draw.uniform(0.2, 1.0) for one in options}
        waiting = _waiting(here, self.poll)
        papers: dict[str, Any] = {}
        for voter in here.people.some(waiting, round(len(state.polls[self.poll].roll or ()) * self.turnout * share)):
            unit = here.people.unit_of(voter)
            pull = {
                number: liked[one.id] * here.draw.expovariate(1.0) * (3.0 if known[one.id] == unit else 1.0)
                for number, one in enumerate(options, start=1)
            }
            ranked = sorted(pull, key=lambda number: -pull[number])
            papers[voter.id] = [[number] for number in ranked[: here.draw.choice((1, 2, 3, 3, 4, 5, 7, len(ranked)))]]
        here.clerk.cast(self.poll, papers)

    def declare(self) -> None:
        """Closes the poll, counts the box and declares."""
        here, officer = self.here, self.here.holder(RETURNING)
        here.clerk.do("poll.close", officer, RETURNING, poll=self.poll)
        fields = {"poll": self.poll, "rule": "scottish-stv-2007", "secret": here.secrets.pop(self.id)}
        self.decision = here.declared(here.clerk.do("poll.declare", officer, RETURNING, **fields))

    def attest(self) -> None:
        """The auditor counts apart and attests the same digest."""
        here = self.here
        trace = here.clerk.state.polls[self.poll].trace
        here.clerk.do("count.attest", here.holder(AUDITOR), AUDITOR, poll=self.poll, trace=trace)

    def seat(self) -> None:
        """Enters the mandates once the time to appeal has run."""
        here = self.here
        today = here.clerk.today
        since = max(today, here.until(BOARD)) if here.holders(BOARD) else today
        for person in here.clerk.state.decisions[self.decision].person.split():
            fields = {"person": person, "seat": BOARD, "decision": self.decision, "since": since}
            here.clerk.do("mandate.begin", here.holder(GENERAL), GENERAL, **fields)


def resigns(here: Federation, seat: str, why: str) -> str:
    """Somebody gives up a seat on a body; the mandate that ended."""
    day = here.clerk.today.isoformat()
    kept = (here.holder(CHAIR).id, here.holder(GENERAL).id)
    mandate = here.draw.choice([one for one in here.clerk.state.mandates_of_seat(seat, day) if one.person not in kept])
    here.clerk.do("mandate.end", mandate.person, mandate=mandate.id, why=why)
    return mandate.id


def countback(here: Federation, mandate: str) -> None:
    """Fills the seat of a mandate on the board that ended early from the papers of its election."""
    clerk, officer = here.clerk, here.holder(RETURNING)
    decision = here.declared(clerk.do("vacancy.fill", officer, RETURNING, mandate=mandate))

    def seat() -> None:
        for person in clerk.state.decisions[decision].person.split():
            fields = {"person": person, "seat": BOARD, "decision": decision}
            clerk.do("mandate.begin", here.holder(GENERAL), GENERAL, **fields)

    if decision:
        clerk.plan(clerk.today + timedelta(days=15), "09:00", seat)


@dataclass
class MembersVote:
    """A vote of all members on the rent charter: seven days of discussion, fourteen of voting."""

    here: Federation
    moves_on: date
    text: str
    question: str
    share: float
    turnout: float
    motion: str = ""
    poll: str = ""

    def plan(self) -> None:
        """Plans every step on its day."""
        clerk = self.here.clerk
        clerk.plan(self.moves_on, "18:00", self.move)
        clerk.plan(self.moves_on + timedelta(days=9), "09:00", self.open)
        for day in range(14):
            clerk.plan(self.moves_on + timedelta(days=9 + day), "21:00", lambda: self.vote(1 / 14))
        clerk.plan(self.moves_on + timedelta(days=25), "09:00", self.declare)

    def move(self) -> None:
        """A member moves it and three others second it."""
        here = self.here
        mover, *seconders = here.people.some(here.voters(here.people.everybody()), 4)
        self.motion = here.move(EVERYBODY, "rent-charter", self.text, mover, seconders)

    def open(self) -> None:
        """Opens the poll."""
        here = self.here
        fields = {
            "body": EVERYBODY, "matter": "rent-charter", "motion": self.motion, "question": self.question,
            "closes_on": here.clerk.today + timedelta(days=14),
        }  # fmt: skip
        self.poll = f"po-{here.clerk.do('poll.open', here.holder(RETURNING), RETURNING, **fields)}"

    def vote(self, share: float) -> None:
        """Some members answer."""
        here = self.here
        weights = (self.share * 0.95, (1 - self.share) * 0.95, 0.05)
        count = round(len(here.clerk.state.polls[self.poll].roll or ()) * self.turnout * share)
        voters = here.people.some(_waiting(here, self.poll), count)
        answers = {one.id: here.draw.choices(("for", "against", "abstain"), weights)[0] for one in voters}
        here.clerk.cast(self.poll, answers)

    def declare(self) -> None:
        """Closes the poll and declares."""
        here, officer = self.here, self.here.holder(RETURNING)
        here.clerk.do("poll.close", officer, RETURNING, poll=self.poll)
        here.clerk.do("poll.declare", officer, RETURNING, poll=self.poll, rule="yes-no")


def _waiting(here: Federation, poll: str) -> list[Person]:
    """Those on the roll of a poll who have not voted yet and are members still, without the visitors of the first page."""
    found, voted = here.clerk.state.polls[poll], here.clerk.boxes.marked(poll) or ()
    return [
        one for one in here.people.everybody()
        if one.id not in here.people.reserved and one.id not in voted and found.has_on_roll(one.id)
    ]  # fmt: skip
