"""The clerk: hands the acts of the story to the writer of the record, each at its own instant.

Lives here: the clock of the story, completing and submitting one act, casting many ballots, the order of what is planned.
Not here: what happens (`years`), whether it may (the engine: an act of the story that is refused ends it).

Invariant: the clock is data and goes forward only; nothing enters the record but by the appender.
"""

from __future__ import annotations

import heapq
import itertools
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from demo.federation.people import Person, Seeded
from isonomy.adapters.system import SystemZone, instant_in
from isonomy.chamber.answers import Answer
from isonomy.chamber.appender import Appender
from isonomy.chamber.completing import completed, sealed
from isonomy.chamber.ports import BoxStore, PrefixRoot, SignerPort
from isonomy.chamber.submit import Sent
from isonomy.engine.state import State
from isonomy.kernel.bad_input import BadInput
from isonomy.record.checkpoint import Checkpoint
from isonomy.record.commitment import SALT_SIZE
from isonomy.record.manifest import Manifest
from isonomy.record.note import VerifierKey

TIME_ZONE = "Europe/London"
SECONDS_AN_ACT = 40
Step = Callable[[], object]


class StoryClock:
    """A clock that shows what the story says, and moves on a little with every act."""

    def __init__(self) -> None:
        self._instant_of = instant_in(TIME_ZONE)
        self._now = datetime(1970, 1, 1, tzinfo=UTC)

    def now(self) -> str:
        """The instant it shows."""
        return self._now.strftime("%Y-%m-%dT%H:%M:%SZ")

    def set(self, day: date, hour: str) -> None:
        """Sets it to an hour of a day where the federation lives; never back."""
        at = datetime.strptime(self._instant_of(f"{day.isoformat()}T{hour}"), "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
        self._now = max(self._now + timedelta(seconds=SECONDS_AN_ACT), at)

    def tick(self) -> None:
        """Lets the time pass that an act takes."""
        self._now += timedelta(seconds=SECONDS_AN_ACT)


class LateSigner:
    """The signer of a record in the making: of all its heads the log signs one, the last, when it is opened next."""

    def __init__(self, signer: SignerPort) -> None:
        self._signer, self._last = signer, signer.last()
        self.key: VerifierKey = signer.key

    def last(self) -> Checkpoint | None:
        """The last head, signed or to be signed."""
        return self._last

    def last_note(self) -> bytes | None:
        """The last signed head as a note."""
        return self._signer.last_note()

    def sign_head(self, head: Checkpoint, prefix_root: PrefixRoot) -> bytes:
        """Notes the head; no signature is given out for it."""
        self._last = head
        return b""

    def sign(self, message: bytes) -> bytes:
        """The log's signature, under a refusal."""
        return self._signer.sign(message)

    def sign_manifest(self, manifest: Manifest, prefix_root: PrefixRoot) -> bytes:
        """The manifest of an export as a signed note."""
        return self._signer.sign_manifest(manifest, prefix_root)


class Clerk:
    """Hands in acts and gives back their entries."""

    def __init__(self, appender: Appender, boxes: BoxStore, clock: StoryClock, entropy: Seeded, last: date) -> None:
        self.appender, self.boxes, self.clock, self.entropy = appender, boxes, clock, entropy
        self.last = last
        """The last day of the story; what is planned for later does not happen."""
        self._planned: list[tuple[date, str, int, Step]] = []
        self._order = itertools.count()
        self._zone = SystemZone()

    # -- time

    def plan(self, day: date, hour: str, step: Step) -> None:
        """Lets something happen at an hour of a day, if that is not after the story."""
        if day <= self.last:
            heapq.heappush(self._planned, (day, hour, next(self._order), step))

    def live(self, on_day: Callable[[date], None]) -> None:
        """Lets everything happen that is planned, in order, and what is planned meanwhile."""
        while self._planned:
            day, hour, _, step = heapq.heappop(self._planned)
            self.clock.set(day, hour)
            on_day(day)
            step()
        on_day(self.last)

    @property
    def state(self) -> State:
        """The state after all entries so far."""
        return self.appender.state

    @property
    def today(self) -> date:
        """The civil date of the story."""
        return date.fromisoformat(self._zone.local(self.clock.now(), TIME_ZONE)[:10])

    # -- acts

    def hand_in(self, act: str, by: Person | str, as_: str = "", **fields: Any) -> Answer:
        """The answer to one act; raises `BadInput` for what is none."""
        self.clock.tick()
        raw: dict[str, Any] = {"act": act, "by": by.id if isinstance(by, Person) else by}
        raw |= {"as": as_} if as_ else {}
        raw |= {key: _plain(value) for key, value in fields.items() if value is not None}
        whole = completed(raw, self.state, self.boxes, self.clock, self.entropy, self.today.isoformat())
        whole, kept = sealed(whole, lambda place: self.entropy.draw(SALT_SIZE))
        (reply,) = self.appender.submit([Sent(whole, {"kind": "attested"}, kept, clock_is_right=True)])
        if isinstance(reply, BadInput):
            raise reply
        return reply

    def do(self, act: str, by: Person | str, as_: str = "", **fields: Any) -> int:
        """Does what must be lawful; the number of the entry."""
        answer = self.hand_in(act, by, as_, **fields)
        if not answer.is_accepted:
            raise BadInput(f"{act} on {self.today} is refused: {answer.refusal['grounds']}", str(fields))
        return int(answer.entry["n"]) if answer.entry else -1

    def refused(self, act: str, by: Person | str, as_: str = "", **fields: Any) -> Answer:
        """Tries what must be refused; the signed refusal."""
        answer = self.hand_in(act, by, as_, **fields)
        if answer.is_accepted:
            raise BadInput(f"{act} on {self.today} was to be refused", str(fields))
        return answer

    def cast(self, poll: str, papers: Mapping[str, Any]) -> None:
        """Casts many ballots, by voter's id; each is judged."""
        is_secret = self.state.polls[poll].secrecy == "secret"
        sent = []
        for voter, paper in papers.items():
            act = {"act": "ballot.cast", "by": voter, "poll": poll, "ballot": paper}
            if is_secret:
                act["nonce"] = b64encode(self.entropy.draw(32)).decode()
            whole = completed(act, self.state, self.boxes, self.clock, self.entropy)
            sent.append(Sent(whole, {"kind": "attested"}, clock_is_right=True))
        for reply in self.appender.submit(sent):
            if isinstance(reply, BadInput):
                raise reply
            if not reply.is_accepted:
                raise BadInput(f"a ballot is refused: {reply.refusal['grounds']}", poll)
        self.clock.tick()


def _plain(value: Any) -> Any:
    """A value as JSON: dates as text, persons as their ids."""
    if isinstance(value, Person):
        return value.id
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value


def ids(persons: Iterable[Person]) -> list[str]:
    """The ids of persons."""
    return [person.id for person in persons]
