"""An organisation to try rules on: a rulebook text, plainly fictional people with keys, a clock that obeys.

    org = TestOrganisation(RULEBOOK, founders=("ada", "ben"), mandates={"chair": "ada"})
    org.accepted("member.admit", by="ada", as_="chair", person=org.person("cy"))
    org.days(3)
    refused = org.refused("meeting.call", by="ben", body="committee", starts="2027-01-09T19:00", matters=["budget"])
    assert refused.grounds[0].clause == "2"

Lives here: making, signing, judging and folding acts by the engine alone, without any store. Not here: the
chamber's procedure (`tests/chamber`).

Everything is deterministic: keys, ids and instants come from names and a count, never from chance or the
machine's clock.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from isonomy.chamber.entering import entry_of
from isonomy.engine.apply import apply
from isonomy.engine.decide import SEMANTICS, Submission, decide
from isonomy.engine.refusal import Accepted, Refused, Verdict
from isonomy.engine.state import State
from isonomy.record.base64_text import to_base64
from isonomy.record.commitment import seal
from isonomy.record.entry import at_console, attested, signed_by
from isonomy.record.note import SignerKey
from isonomy.record.signature import public_key_of, sign_act

LOG = "riverside.test"


def instant(moment: datetime) -> str:
    """An instant as entries write it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def moment(text: str) -> datetime:
    """The moment that an instant names."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)


class FakeClock:
    """A clock that moves only when told to."""

    def __init__(self, at: str) -> None:
        self._now = moment(at)

    def now(self) -> str:
        """The instant it shows."""
        return instant(self._now)

    def set(self, at: str) -> None:
        """Sets it, forwards or backwards."""
        self._now = moment(at)

    def move(self, **lengths: int) -> None:
        """Moves it by days, hours, minutes, seconds (negative: back)."""
        self._now += timedelta(**lengths)


def local_time(at: str, zone: str) -> str:
    """The civil time with offset of an instant in a zone."""
    return moment(at).astimezone(ZoneInfo(zone)).isoformat(timespec="seconds")


class TestOrganisation:
    """An organisation in memory. Persons are called by short names; `person(name)` is the id.

    `mandates` maps a seat to the founder or founders who hold it from the founding. `units` maps a unit to
    its kind, or to (kind, within). `parts` splits the rulebook's text over so many acts. `found` extra
    fields go into the founding act.
    """

    __test__ = False

    def __init__(
        self,
        rulebook: str,
        founders: Iterable[str] = ("ada",),
        *,
        mandates: Mapping[str, str | Iterable[str]] | None = None,
        units: Mapping[str, str | tuple[str, str]] | None = None,
        unit_of: Mapping[str, str] | None = None,
        class_of: Mapping[str, str] | None = None,
        kind: str = "living",
        time_zone: str = "Europe/London",
        at: str = "2027-01-04T09:00:00Z",
        founded_on: str | None = None,
        name: str = "Riverside Rowing Club",
        found: bool = True,
        parts: int = 1,
    ) -> None:
        self.clock = FakeClock(at)
        self.time_zone = time_zone
        self.state = State()
        self.entries: list[dict[str, Any]] = []
        self.entry_bytes: list[bytes] = []
        self.log = LOG
        self.log_key = SignerKey.make(LOG, _seed("the log"))
        self._drawn = 0
        self._rulebook, self._parts = rulebook, parts
        self._founding = self._found_fields(
            rulebook, tuple(founders), mandates or {}, units or {}, unit_of or {}, class_of or {}
        )
        self._founding |= {"name": name, "kind": kind, "time_zone": time_zone}
        if founded_on is not None:
            self._founding["founded_on"] = founded_on
        self.founder = next(iter(founders))
        if found:
            self.found()

    # -- founding ----------------------------------------------------------------------------------------

    def founding_acts(self) -> list[dict[str, Any]]:
        """The act `found` and, where the text comes in parts, the acts that lodge the others."""
        pieces = _pieces(self._rulebook, self._parts)
        first = dict(self._founding)
        if self._parts == 1:
            first["rulebook"] = pieces[0]
        else:
            first |= {"rulebook": pieces[0], "parts": self._parts}
        acts = [self.act("found", by=self.founder, **first)]
        acts += [
            self.act("rulebook.part", by=self.founder, edition="ed-0", part=number, text=piece)
            for number, piece in enumerate(pieces)
            if number
        ]
        return acts

    def found(self) -> None:
        """Founds the organisation, signed by the first founder."""
        for act in self.founding_acts():
            self._must_accept(self.submit_raw(act, self.signed(act, self.founder)), act)

    def _found_fields(
        self,
        rulebook: str,
        founders: tuple[str, ...],
        mandates: Mapping[str, str | Iterable[str]],
        units: Mapping[str, str | tuple[str, str]],
        unit_of: Mapping[str, str],
        class_of: Mapping[str, str],
    ) -> dict[str, Any]:
        persons = []
        for name in founders:
            person: dict[str, Any] = {"person": self.person(name), "key": self.key(name)}
            if name in unit_of:
                person["unit"] = unit_of[name]
            if name in class_of:
                person["member_class"] = class_of[name]
            persons.append(person)
        held = [
            {"person": self.person(name), "seat": seat}
            for seat, names in mandates.items()
            for name in ((names,) if isinstance(names, str) else names)
        ]
        made = []
        for unit, kind in units.items():
            plain, within = kind if isinstance(kind, tuple) else (kind, None)
            made.append({"unit": unit, "kind": plain} | ({"within": within} if within else {}))
        return {
            "vkey": self.log_key.verifier().text(),
            "sha256": hashlib.sha256(rulebook.encode()).hexdigest(),
            "founders": persons,
            **({"mandates": held} if held else {}),
            **({"units": made} if made else {}),
        }

    # -- people ------------------------------------------------------------------------------------------

    def person(self, name: str) -> str:
        """The id of a person called by a short name (an id is given back as it is)."""
        return name if name.startswith("p-") else f"p-{name}000"

    def seed(self, name: str) -> bytes:
        """The private key of a person."""
        return _seed(self.person(name))

    def key(self, name: str) -> str:
        """The public key of a person in base64."""
        return to_base64(public_key_of(self.seed(name)))

    def name_of(self, name: str) -> dict[str, str]:
        """A person's name as a commitment, for `name` in acts."""
        return seal(_seed(f"salt of {name}"), "name", name.title())

    def enrol(self, *names: str, by: str | None = None, as_: str | None = None) -> None:
        """Enrols the keys of members, by themselves (attested) or by a keeper of the roll."""
        for name in names:
            author = by or name
            self.accepted(
                "key.enrol",
                by=author,
                as_=as_,
                person=self.person(name),
                key=self.key(name),
                assurance="signed" if by else "attested",
            )

    # -- acts --------------------------------------------------------------------------------------------

    def draw_id(self) -> str:
        """A fresh act id."""
        self._drawn += 1
        return hashlib.sha256(f"act {self._drawn}".encode()).hexdigest()[:32]

    def act(
        self,
        act: str,
        /,
        *,
        by: str,
        as_: str | None = None,
        expects: int | None = None,
        until: str | None = None,
        log: str | None = None,
        id: str | None = None,
        **fields: Any,
    ) -> dict[str, Any]:
        """The JSON of an act; fields that are None are left out. Without `until` it is good for an hour."""
        made: dict[str, Any] = {
            "id": id or self.draw_id(),
            "log": log or self.log,
            "until": until or instant(moment(self.clock.now()) + timedelta(hours=1)),
            "act": act,
            "by": self.person(by),
        }
        made |= {"as": as_} if as_ is not None else {}
        made |= {"expects": expects} if expects is not None else {}
        return made | {key.rstrip("_"): value for key, value in fields.items() if value is not None}

    def signed(self, act: dict[str, Any], name: str) -> dict[str, Any]:
        """The `auth` of an act signed by a person's key; before the founding the founder's own key counts
        as 0.
        """
        person, key = self.person(name), self.key(name)
        number = next(
            (found.number for found in self.state.credentials.values() if found.person == person and found.key == key),
            None,
        )
        if number is None and not self.state.founded:
            keyed = [founder["person"] for founder in self._founding["founders"] if "key" in founder]
            number = keyed.index(person)
        assert number is not None, f"{name} has no key enrolled; enrol one or act with assurance='attested'"
        return signed_by(number, sign_act(self.seed(name), act))

    def auth(self, act: dict[str, Any], name: str, assurance: str | None = None) -> dict[str, Any]:
        """How the author is known: `signed`, `attested`, `console`; by default signed where a key is
        enrolled.
        """
        if assurance is None:
            person = self.person(name)
            keyed = any(found.person == person for found in self.state.credentials.values())
            assurance = "signed" if keyed or not self.state.founded else "attested"
        if assurance == "signed":
            return self.signed(act, name)
        return at_console() if assurance == "console" else attested()

    def submission(self, act: dict[str, Any], auth: dict[str, Any]) -> Submission:
        """The act with the stamp of the clock, as the chamber hands it to `decide`."""
        now = self.clock.now()
        return Submission(act, auth, now, local_time(now, self.state.time_zone or self.time_zone))

    def judge(self, act: str, /, *, by: str, assurance: str | None = None, **fields: Any) -> Verdict:
        """The verdict on an act that is not entered."""
        made = self.act(act, by=by, **fields)
        return decide(self.state, self.submission(made, self.auth(made, by, assurance)))

    def submit(self, act: str, /, *, by: str, assurance: str | None = None, **fields: Any) -> Verdict:
        """The verdict on an act, which is entered where it is accepted."""
        made = self.act(act, by=by, **fields)
        return self.submit_raw(made, self.auth(made, by, assurance))

    def submit_raw(self, act: dict[str, Any], auth: dict[str, Any]) -> Verdict:
        """As `submit`, for an act and auth made beforehand."""
        submission = self.submission(act, auth)
        verdict = decide(self.state, submission)
        if isinstance(verdict, Accepted) and not verdict.boxed:
            entry = entry_of(self.state.n, submission, verdict, SEMANTICS)
            data = entry.to_bytes()
            apply(self.state, entry.to_json())
            self.entries.append(entry.to_json())
            self.entry_bytes.append(data)
        return verdict

    def accepted(self, act: str, /, *, by: str, **fields: Any) -> Accepted:
        """Submits an act that must be accepted."""
        return self._must_accept(self.submit(act, by=by, **fields), {"act": act, "by": by, **fields})

    def refused(self, act: str, /, *, by: str, **fields: Any) -> Refused:
        """Submits an act that must be refused."""
        verdict = self.submit(act, by=by, **fields)
        assert isinstance(verdict, Refused), f"accepted: {act} by {by} {fields}"
        return verdict

    def report(self, what: dict[str, Any], *, by: str, **fields: Any) -> Verdict:
        """Submits a report of an act that happened outside (`what` without id, log and until)."""
        return self.submit("report", by=by, what=what, **fields)

    @staticmethod
    def _must_accept(verdict: Verdict, act: Mapping[str, Any]) -> Accepted:
        if isinstance(verdict, Refused):
            grounds = "\n".join(
                f"  [{ground.clause}] {ground.says} {ground.facts} cure: {ground.cure}" for ground in verdict.grounds
            )
            raise AssertionError(f"refused: {act}\n{grounds}")
        return verdict

    # -- time and state ----------------------------------------------------------------------------------

    @property
    def today(self) -> str:
        """The civil date that the clock shows here."""
        return local_time(self.clock.now(), self.time_zone)[:10]

    def days(self, number: int) -> None:
        """Lets days pass."""
        self.clock.move(days=number)

    def set_clock(self, at: str) -> None:
        """Sets the clock to an instant, or to 09:00 UTC of a date."""
        self.clock.set(at if "T" in at else f"{at}T09:00:00Z")

    def replayed(self) -> State:
        """The state folded from the entries' bytes, from nothing."""
        from isonomy.record.entry import Entry

        state = State()
        for data in self.entry_bytes:
            apply(state, Entry.from_bytes(data).to_json())
        return state


def _seed(words: str) -> bytes:
    return hashlib.sha256(f"seed of {words}".encode()).digest()


def _pieces(text: str, parts: int) -> list[str]:
    length = -(-len(text) // parts)
    return [text[at : at + length] for at in range(0, len(text), length)]
