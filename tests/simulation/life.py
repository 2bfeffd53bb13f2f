"""A life: the acts of a federation over the years, each proceeding a story that waits for its days beside the others.

Lives here: submitting with all that goes wrong with mail, the agenda of each body, its meetings and votes. Not here: the
stories themselves (`stories_of_*`), when they are told (`years`).
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from isonomy.engine.refusal import Accepted
from isonomy.engine.state import Poll, day_of
from isonomy.record.entry import attested
from tests.organisation import instant, moment
from tests.simulation.arena import Arena
from tests.simulation.drawing import Drawer
from tests.simulation.people import BY_HANDS
from tests.simulation.steps import Steps

Story = Generator[str, None, Any]
"""Yields the civil day or hour here at which it goes on."""
TEN_MINUTES = 10


@dataclass
class Item:
    """Something that shall be decided: of which body, on which matter, and what became of it."""

    body: str
    matter: str
    motion: dict[str, Any] = field(default_factory=dict)
    terms: dict[str, Any] = field(default_factory=dict)
    put: dict[str, Any] = field(default_factory=dict)
    moved: str = ""
    carried: float = 0.85
    decision: str = ""
    done: bool = False
    tries: int = 0


class Life:
    """A federation, what waits in it, and what goes wrong with its mail."""

    def __init__(self, arena: Arena, drafts: Callable[[], tuple[str, ...]], noise: float = 0.12) -> None:
        self.arena, self.state, self.random = arena, arena.state, arena.random
        self.draw = Drawer(arena.random, arena.state, ())
        self.drafts = drafts
        self.steps = Steps(arena, self.draw)
        self.noise = noise
        self.agenda: dict[str, list[Item]] = {}
        self.mail: list[tuple[str, dict[str, Any]]] = []
        self.stories: list[tuple[str, int, Story]] = []
        self.told = 0
        self._members: dict[tuple[str, str], tuple[str, ...]] = {}
        self.born = 0

    # -- time ----------------------------------------------------------------------------------------------

    @property
    def today(self) -> str:
        """The civil date here."""
        return self.arena.today

    def later(self, days: int, hour: int = 10) -> str:
        """An hour of a day to come."""
        return f"{(day_of(self.today) + timedelta(days=days)).isoformat()}T{hour:02}:00"

    def tell(self, story: Story, at: str = "") -> None:
        """Begins a story at an hour; left out: now."""
        self.told += 1
        heapq.heappush(self.stories, (at or f"{self.today}T00:00", self.told, story))

    def go_on(self, until: str) -> Iterator[int]:
        """Lets every story go on in the order of its hours, up to a day; gives the number of entries after each step."""
        while self.stories and self.stories[0][0][:10] < until:
            at, _, story = heapq.heappop(self.stories)
            self.arena.wait_until(at)
            self.arena.wait(minutes=self.random.randrange(TEN_MINUTES))
            self._deliver()
            following = next(story, None)
            if following is not None:
                self.told += 1
                heapq.heappush(self.stories, (following, self.told, story))
            yield self.state.n

    # -- acting --------------------------------------------------------------------------------------------

    def act(self, name: str, by: str, as_: str = "", /, **fields: Any) -> int | None:
        """The entry of an act, None where it was refused, or is still in the mail."""
        if not by:
            return None
        made: dict[str, Any] = {
            "id": f"{self.random.getrandbits(128):032x}", "log": self.arena.log, "act": name, "by": by,
            "until": instant(moment(self.arena.clock.now()) + timedelta(days=20)),
            **({"as": as_} if as_ else {}), **{key: value for key, value in fields.items() if value is not None},
        }  # fmt: skip
        if self.random.random() < self.noise:
            made = self._gone_wrong(made)
        if not made:
            return None
        entry = self.state.n
        verdict = self.arena.attempt(made, self._auth(made["by"]))
        if not isinstance(verdict, Accepted):
            return None
        if self.random.random() < self.noise / 3 and not verdict.boxed:
            self._again(made)
        return entry

    def sure(self, name: str, by: str, as_: str = "", /, **fields: Any) -> int | None:
        """As `act`; where that came to nothing the author tries once more, and with care."""
        found = self.act(name, by, as_, **fields)
        if found is not None or self.random.random() < self.noise / 2:
            return found
        noise, self.noise = self.noise, 0.0
        found = self.act(name, by, as_, **fields)
        self.noise = noise
        return found

    def _auth(self, person: str) -> dict[str, Any]:
        return self.arena.draw_auth(person) if self.random.random() < self.noise / 4 else attested()

    def _gone_wrong(self, made: dict[str, Any]) -> dict[str, Any]:
        """Another act first, which is refused as a rule; or the act itself goes into the mail, and nothing is left."""
        how = self.random.randrange(6)
        before = self.state.n
        if how == 0:
            self.arena.attempt({**made, "id": self._id(), "by": self.draw.person()}, attested())
        elif how == 1:
            late = {**made, "until": instant(moment(self.arena.clock.now()) - timedelta(minutes=1))}
            assert not isinstance(self.arena.attempt(late, attested()), Accepted), "taken after its time"
        elif how == 2:
            self.mail.append((self.later(self.random.choice((1, 3, 9, 30))), made))
            return {}
        elif how == 3:
            spoiled = self.draw.spoil({**made, "id": self._id()})
            self.arena.attempt(spoiled, self._auth(str(spoiled.get("by", ""))))
        elif how == 4 and any("-" in str(value) for value in made.values()):
            forged = {
                key: self.draw.proceeding() if self._is_reference(value) else value for key, value in made.items()
            }
            self.arena.attempt({**forged, "id": self._id()}, attested())
        else:
            self.arena.attempt(
                {**made, "id": self._id(), "as": self.draw.pick(self.draw.seats(), "committee")}, attested()
            )
        return made if self.state.n == before or self.random.random() < 0.5 else {}

    def _id(self) -> str:
        return f"{self.random.getrandbits(128):032x}"

    @staticmethod
    def _is_reference(value: Any) -> bool:
        return isinstance(value, str) and value[2:3] == "-" and value[3:].replace("-", "").isdigit()

    def _again(self, made: dict[str, Any]) -> None:
        """The same id once more, with the same bytes or others, never makes a second entry."""
        before = self.state.n
        for again in (made, {**made, "until": "9000-01-01T00:00:00Z"}):
            self.arena.attempt(again, attested())
        assert self.state.n == before, f"an id made two entries: {made}"

    def _deliver(self) -> None:
        now = f"{self.today}T23:59"
        due = [made for at, made in self.mail if at <= now]
        self.mail = [(at, made) for at, made in self.mail if at > now]
        for made in due:
            self.arena.attempt(made, attested())

    # -- people --------------------------------------------------------------------------------------------

    def holders(self, seat: str) -> tuple[str, ...]:
        """Who belongs to a seat today; of a branch, who belonged to it when this was asked first that day."""
        if not seat.startswith("branch-meeting"):
            return self.steps.members(seat)
        if (self.today, seat) not in self._members:
            if len(self._members) > len(self.state.units):
                self._members.clear()
            self._members[self.today, seat] = self.steps.members(seat)
        return self._members[self.today, seat]

    def one(self, seat: str, besides: str = "") -> str:
        """One who belongs to it, other than `besides`; "" where nobody does."""
        return str(self.draw.pick([person for person in self.holders(seat) if person != besides], ""))

    def member(self, unit: str = "") -> str:
        """A member, of a unit."""
        if unit:
            return self.one(f"branch-meeting@{unit}")
        for _ in range(20):
            person = str(self.draw.pick(self.known(), ""))
            if self.state.persons[person].is_member_on(self.today):
                return person
        return ""

    def known(self) -> list[str]:
        """Everybody who was ever admitted."""
        if len(getattr(self, "_known", ())) != len(self.state.persons):
            self._known = list(self.state.persons)
        return self._known

    def units(self) -> list[str]:
        """The branches that are open."""
        return [unit.id for unit in self.state.units.values() if not unit.closed_on]

    def presiding(self, seat: str, besides: str = "") -> tuple[str, str]:
        """Who presides over a body and in which office: person, office; a member of the body where nobody does."""
        body = self.steps.body(seat)
        chair = self.steps.beside(body.chaired_by, seat) if body and body.chaired_by else ""
        for office in (chair, "returning-officer"):
            person = self.one(office, besides) if office else ""
            if person and person not in besides.split():
                return person, office
        opened = [
            found.opened_by for found in self.state.meetings.values() if found.body == seat and found.standing == "open"
        ]
        return (opened[-1] if opened and opened[-1] not in besides.split() else self.one(seat, besides)), ""

    def seeing_to(self, seat: str) -> tuple[str, str]:
        """Who calls a body, opens it and closes it: its chair, the keeper of its minutes, else one of its members."""
        body = self.steps.body(seat)
        offices = (
            [self.steps.beside(office, seat) for office in (body.chaired_by, body.minutes_by) if office] if body else []
        )
        for office in offices:
            person = self.one(office)
            if person:
                return person, office
        opened = [
            found.opened_by for found in self.state.meetings.values() if found.body == seat and found.standing == "open"
        ]
        return (opened[-1] if opened else self.one(seat)), ""

    # -- deciding ------------------------------------------------------------------------------------------

    def decided(self, body: str, matter: str, **told: Any) -> Generator[str, None, Item]:
        """Puts something on the agenda of a body and waits until it is decided; the item, done or given up."""
        item = Item(body, matter, **told)
        self.agenda.setdefault(body, []).append(item)
        for _ in range(40 if matter != f"call-of-{self.supreme}" else 8):
            yield self.later(self.random.choice((5, 8, 13)), 18)
            if item.done:
                break
        else:
            self.agenda[body].remove(item)
        return item

    @property
    def supreme(self) -> str:
        """The supreme body; whoever waits for its call does not wait long, since it also meets by right."""
        rulebook = self.draw.rulebook
        return rulebook.supreme.name if rulebook and rulebook.supreme else ""

    def waiting(self, body: str) -> list[Item]:
        """What waits for a body."""
        return self.agenda.setdefault(body, [])

    def agenda_of_motion(self, body: str, matter: str, motion: str, person: str) -> Item:
        """Puts a motion that stands already on the agenda."""
        item = Item(body, matter, moved=motion, motion={"person": person}, put={"secrecy": "secret"}, carried=0.5)
        self.waiting(body).append(item)
        return item

    @staticmethod
    def arena_day(day: str) -> date:
        """A day as a date."""
        return day_of(day)

    def settle(self, meeting: str, item: Item) -> None:
        """Moves, puts and declares something at an open meeting."""
        item.tries += 1
        if item.tries > 2:
            self._finish(item)
        found = self.state.meetings[meeting]
        present = [person for person in found.present or () if person not in (item.motion.get("person"),)]
        mover = str(self.draw.pick(present, ""))
        motion = item.moved
        if not motion:
            entry = self.sure("motion.move", mover, body=item.body, matter=item.matter,
                             **{"text": f"On {item.matter}.", **item.motion})  # fmt: skip
            if entry is None:
                return
            motion = f"mo-{entry}"
        if item.terms and not self.sure("motion.terms", mover, motion=motion, **item.terms):
            return
        by, office = self.presiding(item.body, besides=str(item.motion.get("person", "")))
        opened = self.sure("poll.open", by, office, body=item.body, question="Shall it be so?", matter=item.matter,
                          motion=motion, meeting=meeting, **item.put)  # fmt: skip
        if opened is not None:
            self.count(f"po-{opened}", item)

    def count(self, poll_id: str, item: Item) -> None:
        """Votes, closes where there is a box, and declares."""
        poll = self.state.polls[poll_id]
        by, office = self.presiding(poll.body, besides=str(item.motion.get("person", "")))
        carried = self.random.random() < item.carried
        if poll.secrecy == BY_HANDS:
            present = len(self.state.meetings[poll.meeting].present or ()) if poll.meeting else 3
            yes = present if carried else present // 2
            tallies: Any = {"for": yes, "against": present - yes}
            if poll.counting != "yes-no":
                return
            entry = self.sure(
                "poll.declare", by, office, poll=poll_id, rule=poll.counting, tallies=tallies, present=present
            )
        else:
            self.vote(poll, carried)
            closed = self.steps.close_poll(poll) or {}
            closed |= {"by": by, "as": office} if office else {"by": by}
            self.sure(closed.pop("act"), closed.pop("by"), closed.pop("as", ""), **closed)
            entry = self.declared(poll, by, office)
        if entry is not None:
            self._finish(item)
            item.decision = f"de-{entry}" if f"de-{entry}" in self.state.decisions else ""

    def vote(self, poll: Poll, carried: bool = True) -> None:
        """Some on the roll vote; most the same way."""
        roll = list(poll.roll or ())
        question = poll.counting == "yes-no" and len(poll.options) <= 1
        for person in self.random.sample(roll, k=min(len(roll), self.random.choice((5, 8, 14)))):
            ballot: Any = "for" if carried == (self.random.random() < 0.9) else "against"
            if not question:
                ballot = self.steps.paper(poll)
            nonce = self.draw.bytes32() if poll.secrecy == "secret" else None
            self.act("ballot.cast", person, poll=poll.id, ballot=ballot, nonce=nonce)

    def declared(self, poll: Poll, by: str, office: str = "") -> int | None:
        """Declares what a recount gives."""
        if poll.standing == "open":
            return None
        made = self.steps.declare(poll) or {}
        for key in ("by", "as", "act"):
            made.pop(key, None)
        return self.sure("poll.declare", by, office, **made)

    def _finish(self, item: Item) -> None:
        item.done = True
        if item in self.waiting(item.body):
            self.waiting(item.body).remove(item)

    def day(self) -> date:
        """Today as a date."""
        return day_of(self.today)
