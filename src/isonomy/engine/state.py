"""The state of an organisation: what the entries so far have made of it.

Lives here: the things an organisation consists of, as they stand, and questions that only need looking up. Not here: how
they change (`effect`, `apply`, the effects in `proceedings`) and what the rulebook makes of them (`facts`, `conditions`).

Invariant: the state is a fold of effects and of nothing else; it is changed in place inside the fold alone; two states are
equal when their canonical digests are. Nothing here is a personal value: names stand as commitments.
"""

from __future__ import annotations

import dataclasses
from base64 import b64encode
from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from isonomy.engine.alone import TakenAlone
from isonomy.engine.commission import Commission, View
from isonomy.engine.criticism import Criticism, Disagreement
from isonomy.engine.delegation import Delegation
from isonomy.engine.election import Appeal, Election
from isonomy.engine.emergency import Emergency
from isonomy.engine.group_numbers import GroupNumbers
from isonomy.engine.identity import Joining, ToAssign
from isonomy.engine.instruction import Instructions
from isonomy.engine.meeting import Meeting, MeetingDemand
from isonomy.engine.money import Money
from isonomy.engine.motion import Amendment, Motion
from isonomy.engine.noted import Correction as Correction
from isonomy.engine.noted import ReportNote as ReportNote
from isonomy.engine.opening import OpeningBalance
from isonomy.engine.outside import OutsideOrder, is_stayed
from isonomy.engine.packed import ActPlaces, Digests
from isonomy.engine.petition import Petition
from isonomy.engine.publication import Publications
from isonomy.engine.removal import Condition, Removal
from isonomy.engine.ruling import Ruling
from isonomy.engine.seating import Seating
from isonomy.engine.subscription import Subscriptions
from isonomy.kernel.calendar import parse_date
from isonomy.kernel.canonical import digest
from isonomy.rulebook.model import Rulebook

LIVING, HISTORY = "living", "history"
NO_CODES: dict[str, str] = {}
"""The coded facts of a person who has none; shared, and never changed in place."""


@dataclass(slots=True)
class Person:
    """A member or former member: random id, unit, class, dates; the name is a commitment, `sealed` its 32 bytes.

    There are as many of these as members: words that many share are one text, and `codes` that nobody has are `NO_CODES`.
    """

    id: str
    member_class: str
    unit: str
    admitted_on: str
    entry: int
    sealed: bytes | None = None
    codes: dict[str, str] = field(default_factory=lambda: NO_CODES)
    left_on: str = ""
    died_on: str = ""

    @property
    def name(self) -> dict[str, str] | None:
        """The commitment as it stands in entries, `{"c": base64}`; None where no name was given."""
        return None if self.sealed is None else {"c": b64encode(self.sealed).decode("ascii")}

    def to_json(self) -> dict[str, Any]:
        """The person as a JSON object: the fields, and the name in the place of its bytes."""
        found = {item.name: _plain(getattr(self, item.name)) for item in dataclasses.fields(self)}
        found["name"] = self.name
        del found["sealed"]
        return found

    def is_member_on(self, day: str) -> bool:
        """Whether the person is a member at the end of a civil date."""
        return self.admitted_on <= day and not (self.left_on and self.left_on <= day) and not self.is_dead_on(day)

    def is_dead_on(self, day: str) -> bool:
        """Whether the person had died by a civil date."""
        return bool(self.died_on) and self.died_on <= day


@dataclass(slots=True)
class Credential:
    """A key that a person enrolled: its number, its entry, by whom, and how far that author was known.

    A passkey has an `algorithm` and the host name `rp` it is bound to; the key of a key file has neither.
    """

    number: int
    entry: int
    person: str
    key: str
    assurance: str
    revoked: int | None = None
    enrolled_by: str = ""
    algorithm: str = ""
    rp: str = ""


@dataclass(slots=True)
class Unit:
    """A branch, region or section; `into` are its successors where it was split or merged, `heir` the one that goes on for it."""

    id: str
    kind: str
    within: str
    founded_on: str
    name: Any = None
    closed_on: str = ""
    entry: int = -1
    into: tuple[str, ...] = ()
    heir: str = ""


@dataclass(slots=True)
class Mandate:
    """A seat held by a person from a day to a day (`until` "" where the clause sets no term).

    `lapses_on` is its last day where it was kept on a condition that nobody reviews; from `suspended_on` through
    `suspended_until` its holder does not act in it, and the seat is not vacant.
    """

    id: str
    person: str
    seat: str
    since: str
    until: str
    clause: str
    ground: str = ""
    ended_on: str = ""
    ended_why: str = ""
    lapses_on: str = ""
    suspended_on: str = ""
    suspended_until: str = ""
    stays: dict[str, tuple[str, str]] = field(default_factory=dict)

    def is_valid_on(self, day: str) -> bool:
        """Whether the mandate is held on a civil date: begun, not past its term, not ended, not lapsed without a review."""
        if day < self.since or (self.ended_on and day >= self.ended_on) or (self.lapses_on and day > self.lapses_on):
            return False
        return not self.until or day < self.until

    def is_suspended_on(self, day: str) -> bool:
        """Whether its holder is suspended on a civil date, by the organisation or by an order from outside."""
        if self.stays and is_stayed(self.stays, day):
            return True
        return bool(self.suspended_on) and self.suspended_on <= day <= self.suspended_until

    def is_exercised_on(self, day: str) -> bool:
        """Whether its holder acts in it on a civil date: valid and not suspended."""
        return self.is_valid_on(day) and not self.is_suspended_on(day)


@dataclass(slots=True)
class Option:
    """An option of a poll: its name, and the matter, motion or person it stands for; `reopen`: new nominations."""

    name: str
    matter: str = ""
    motion: str = ""
    person: str = ""
    default: bool = False
    reopen: bool = False


@dataclass(slots=True)
class Poll:
    """A question put: frozen roll, options, box, outcome. Several `editions` only where a report leaves it open.

    `amendment` is put with its motion; `about` is the motion of which a meeting decides that it is urgent or withdrawn.
    `withdrawn` are the options that take no part in the count; `constraints` bind those elected. `lot` is what was published
    when it opened (or with its election), `secret` what opened it at the declaration; `attested` are the digests of
    scrutineers, by person. `on_paper` of its ballots were cast on paper and entered by the `tellers`.
    """

    id: str
    body: str
    question: str
    procedure: str
    editions: tuple[str, ...]
    options: tuple[Option, ...]
    opened_on: str
    counting: str
    secrecy: str
    meeting: str = ""
    motion: str = ""
    seat: str = ""
    seats: int = 1
    closes_on: str = ""
    roll: tuple[str, ...] | None = None
    roll_lo: int = 0
    roll_hi: int | None = None
    struck: list[str] = field(default_factory=list)
    named: dict[str, Any] = field(default_factory=dict)
    standing: str = "open"
    box_root: str = ""
    box_size: int | None = None
    marked: int | None = None
    closed_on: str = ""
    matter: str = ""
    rule: str = ""
    tallies: Any = None
    outcome: Any = None
    decision: str = ""
    trace: str = ""
    declared_by: str = ""
    election: str = ""
    lot: str = ""
    secret: str = ""
    withdrawn: tuple[int, ...] = ()
    amendment: str = ""
    about: str = ""
    resumes: str = ""
    constraints: tuple[GroupNumbers, ...] = ()
    attested: dict[str, str] = field(default_factory=dict)
    on_paper: int = 0
    tellers: tuple[str, ...] = ()

    def has_on_roll(self, person: str) -> bool:
        """Whether a person stands on the frozen roll, struck or not; the roll is sorted by id."""
        roll = self.roll or ()
        place = bisect_left(roll, person)
        return place < len(roll) and roll[place] == person


@dataclass(slots=True)
class Decision:
    """What a body or office decided: where it stands, until when, and by which poll or power.

    Of an election: `until` is the end of the mandate where it is not that of a full term; `appealable_until` the last day
    of the time to appeal, `appeals` those undecided, `unattested` that a scrutineer's count is still to come. Of a motion:
    `amendments` are those that became part of it. `about` is the motion that it holds urgent or lets be withdrawn. `alone`
    is what an office owes that took it alone.
    `stands_until` is its last day while nobody has reviewed its condition; `annulled_on`, `stays` come from outside, by order.
    """

    id: str
    seat: str
    matter: str
    text: str
    taken_on: str
    clause: str
    poll: str = ""
    meeting: str = ""
    motion: str = ""
    amount: int | None = None
    standing: str = "in force"
    lapses_on: str = ""
    ratify_by: str = ""
    ratified_by: str = ""
    draft: str = ""
    person: str = ""
    reported: str = ""
    until: str = ""
    appealable_until: str = ""
    unattested: bool = False
    amendments: tuple[str, ...] = ()
    about: str = ""
    appeals: list[str] = field(default_factory=list)
    alone: TakenAlone | None = None
    stands_until: str = ""
    annulled_on: str = ""
    stays: dict[str, tuple[str, str]] = field(default_factory=dict)

    def standing_on(self, day: str) -> str:
        """`in force`, `ratified`, `awaiting ratification`, `lapsed`, `provisional`, `stayed` or what else became of it."""
        if self.annulled_on and day >= self.annulled_on:
            return "annulled"
        if self.stays and is_stayed(self.stays, day):
            return "stayed"
        if self.alone is not None and self.alone.refused_by:
            return "refused"
        if self.lapses_on and not self.ratified_by:
            return "lapsed" if day > self.lapses_on else "awaiting ratification"
        if self.stands_until and day > self.stands_until:
            return "lapsed"
        if self.standing == "in force" and (self.unattested or self.appeals or day <= self.appealable_until):
            return "provisional"
        return self.standing


@dataclass(slots=True)
class Edition:
    """An edition of the rulebook: the text as lodged, and from when it governs ("" while it is a draft)."""

    id: str
    sha256: str
    lodged_on: str
    parts: int
    texts: dict[int, str] = field(default_factory=dict)
    in_force_from: str = ""
    decision: str = ""
    adopted_at: int = -1

    @property
    def complete(self) -> bool:
        """Whether every part of the text has arrived."""
        return len(self.texts) == self.parts


@dataclass(slots=True)
class State:
    """Everything the entries so far have made, keyed by id; `countbacks` say who filled the seat of a mandate ("" nobody)."""

    n: int = 0
    at: str = ""
    local: str = ""
    origin: str = ""
    name: str = ""
    kind: str = ""
    time_zone: str = ""
    founded_on: str = ""
    recorders: tuple[str, ...] = ()
    persons: dict[str, Person] = field(default_factory=dict)
    credentials: dict[int, Credential] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    mandates: dict[str, Mandate] = field(default_factory=dict)
    meetings: dict[str, Meeting] = field(default_factory=dict)
    demands: dict[str, MeetingDemand] = field(default_factory=dict)
    motions: dict[str, Motion] = field(default_factory=dict)
    amendments: dict[str, Amendment] = field(default_factory=dict)
    polls: dict[str, Poll] = field(default_factory=dict)
    elections: dict[str, Election] = field(default_factory=dict)
    appeals: dict[str, Appeal] = field(default_factory=dict)
    countbacks: dict[str, str] = field(default_factory=dict)
    decisions: dict[str, Decision] = field(default_factory=dict)
    editions: dict[str, Edition] = field(default_factory=dict)
    corrections: dict[str, Correction] = field(default_factory=dict)
    reports: dict[str, ReportNote] = field(default_factory=dict)
    protests: dict[str, str] = field(default_factory=dict)
    opening: OpeningBalance | None = None
    emergencies: dict[str, Emergency] = field(default_factory=dict)
    delegations: dict[str, Delegation] = field(default_factory=dict)
    rulings: dict[str, Ruling] = field(default_factory=dict)
    instructions: Instructions = field(default_factory=Instructions)
    removals: dict[str, Removal] = field(default_factory=dict)
    retentions: dict[str, Condition] = field(default_factory=dict)
    petitions: dict[str, Petition] = field(default_factory=dict)
    discharged: dict[str, str] = field(default_factory=dict)
    criticisms: dict[str, Criticism] = field(default_factory=dict)
    disagreements: dict[str, Disagreement] = field(default_factory=dict)
    marks: dict[str, list[str]] = field(default_factory=dict)
    commissions: dict[str, Commission] = field(default_factory=dict)
    views: dict[str, View] = field(default_factory=dict)
    orders: dict[str, OutsideOrder] = field(default_factory=dict)
    joinings: dict[str, Joining] = field(default_factory=dict)
    to_assign: dict[str, ToAssign] = field(default_factory=dict)
    erased: dict[str, str] = field(default_factory=dict)
    carried_out: dict[str, int] = field(default_factory=dict)
    seating: Seating = field(default_factory=Seating)
    publications: Publications = field(default_factory=Publications)
    money: Money = field(default_factory=Money)
    subscriptions: Subscriptions = field(default_factory=Subscriptions)
    touched: dict[str, int] = field(default_factory=dict)
    acts: ActPlaces = field(default_factory=ActPlaces)
    act_digests: Digests = field(default_factory=Digests)
    authors: list[str] = field(default_factory=list)
    rulebooks: dict[str, Rulebook] = field(default_factory=dict, compare=False)
    author_names: dict[str, str] = field(default_factory=dict, compare=False)
    texts: dict[str, str] = field(default_factory=dict, compare=False)
    by_seat: dict[str, list[str]] = field(default_factory=dict, compare=False)
    keys_of: dict[str, tuple[int, ...]] = field(default_factory=dict, compare=False)
    past_units: dict[str, list[tuple[str, str]]] = field(default_factory=dict, compare=False)
    number_of_key: dict[str, int] = field(default_factory=dict, compare=False)

    @property
    def founded(self) -> bool:
        """Whether the first entry has been made."""
        return bool(self.founded_on)

    @property
    def today(self) -> str:
        """The civil date of the last entry ("" before the founding)."""
        return self.local[:10]

    def editions_between(self, earliest: str, latest: str) -> tuple[Edition, ...]:
        """The editions that governed on some day from `earliest` to `latest`, oldest first."""
        adopted = sorted(
            (found for found in self.editions.values() if found.in_force_from),
            key=lambda found: (found.in_force_from, int(found.id.partition("-")[2])),
        )
        before = [found for found in adopted if found.in_force_from <= earliest]
        within = [found for found in adopted if earliest < found.in_force_from <= latest]
        return tuple(before[-1:] + within)

    def edition_on(self, day: str) -> Edition | None:
        """The edition that governs on a civil date."""
        found = self.editions_between(day, day)
        return found[-1] if found else None

    def rulebook(self, edition: str) -> Rulebook:
        """The rulebook of an edition, as the fold has read it."""
        return self.rulebooks[edition]

    def author_of(self, entry: int) -> tuple[str, str]:
        """Who made an entry, and in which seat ("" where none was named)."""
        author, _, seat = self.authors[entry].partition(" ")
        return author, seat

    def shared(self, text: str) -> str:
        """A word that many things bear (a unit, a class, a day) as one text in memory, however often it is read anew."""
        return self.texts.setdefault(text, text)

    def one_text(self, person: str) -> str:
        """The id of a person as one text in memory, however often it is read anew; of a stranger the text itself."""
        known = self.persons.get(person)
        return person if known is None else known.id

    def mandates_of_seat(self, seat: str, day: str) -> list[Mandate]:
        """The mandates of a seat that are exercised on a civil date, in the order they were begun."""
        found = (self.mandates[mandate] for mandate in self.by_seat.get(seat, ()))
        return [mandate for mandate in found if mandate.is_exercised_on(day)]

    def mandates_of_person(self, person: str, day: str) -> list[Mandate]:
        """The mandates in which a person acts on a civil date."""
        return [found for found in self.mandates.values() if found.person == person and found.is_exercised_on(day)]

    def to_json(self) -> Any:
        """The whole state as a JSON value; keys sorted by `kernel.canonical` when it is written."""
        return {item.name: _plain(getattr(self, item.name)) for item in dataclasses.fields(self) if item.compare}

    def digest(self) -> str:
        """SHA-256 of the canonical JSON of the state: equality of states as one short text."""
        return digest(self.to_json())


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Person | Digests | ActPlaces):
        return value.to_json()
    return {item.name: _plain(getattr(value, item.name)) for item in dataclasses.fields(value)}


def day_of(text: str) -> date:
    """The civil date that a date, a civil time or a local instant begins with."""
    return parse_date(text[:10])
