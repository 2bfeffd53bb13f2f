"""A rehearsal: an organisation of plainly fictional people whose acts are judged and folded, with a clock of its own.

Lives here: founding, submitting, and letting time pass, without any store or signature. Not here: stories of trials (`trial`),
and traces of the checker, which tell what is rehearsed.

Invariant: what is rehearsed is judged by `decide` and folded by `apply` alone; ids and instants come from a count and the clock
that is set, never from chance or the machine.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from isonomy.engine.apply import apply
from isonomy.engine.decide import SEMANTICS, Submission, decide
from isonomy.engine.refusal import Accepted, Verdict
from isonomy.engine.roll import members_of_body
from isonomy.engine.state import State

LOG = "trials.invalid"
FOUNDED = datetime(2027, 1, 4, 9, tzinfo=UTC)
GOOD_FOR = timedelta(hours=1)


def bytes32(words: str) -> str:
    """32 bytes for a name, in base64: a key, a root, a secret that protects nothing."""
    return b64encode(sha256(f"isonomy trial {words}".encode()).digest()).decode()


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(slots=True)
class Rehearsal:
    """The state so far, the clock (UTC), the last verdict and entry, and every act that was entered, as it was submitted."""

    state: State = field(default_factory=State)
    now: datetime = FOUNDED
    verdict: Verdict | None = None
    entry: dict[str, Any] = field(default_factory=dict)
    acts: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    drawn: int = 0

    @property
    def today(self) -> str:
        """The civil date."""
        return self.now.date().isoformat()

    def set_clock(self, day: str, hour: str = "09:00") -> None:
        """Sets the clock to an hour of a day, UTC."""
        self.now = datetime.fromisoformat(f"{day}T{hour}:00+00:00")

    def pass_days(self, days: int) -> None:
        """Lets days pass."""
        self.now += timedelta(days=days)

    def found(
        self, text: str, people: list[dict[str, Any]], units: list[dict[str, Any]], held: list[dict[str, Any]]
    ) -> Verdict:
        """Founds it under a rulebook with people (`person`, `unit`, `member_class`), each with a key, units and mandates."""
        founders = [each | {"key": bytes32(f"key of {each['person']}")} for each in people]
        fields: dict[str, Any] = {
            "name": "A plainly fictional organisation", "kind": "living", "vkey": f"{LOG}+00000000+AAAA",
            "time_zone": "UTC", "sha256": sha256(text.encode()).hexdigest(), "founders": founders, "rulebook": text,
        }  # fmt: skip
        if units:
            fields["units"] = units
        if held:
            fields["mandates"] = held
        return self.submit(founders[0]["person"], "", "found", fields)

    def judge(self, by: str, seat: str, act: str, fields: dict[str, Any]) -> Verdict:
        """The verdict on an act that is only tried."""
        return decide(self.state, self._submission(by, seat, act, fields))

    def submit(self, by: str, seat: str, act: str, fields: dict[str, Any]) -> Verdict:
        """Judges an act of a person under their own key and enters what is accepted."""
        submission = self._submission(by, seat, act, fields)
        self.drawn += 1
        return self._entered(submission)

    def enter(self, act: dict[str, Any]) -> Verdict:
        """Judges an act as it was written in an earlier rehearsal, at the hour for which it is good, and enters what is accepted.

        The act is one that `read_act` reads; raises `ValueError` where its `until` is no instant.
        """
        self.now = datetime.fromisoformat(act["until"]) - GOOD_FOR
        return self._entered(Submission(act, self._auth(act["by"]), _instant(self.now), self._local()))

    def _entered(self, submission: Submission) -> Verdict:
        self.verdict = verdict = decide(self.state, submission)
        if isinstance(verdict, Accepted):
            self.acts.append((submission.at, submission.act))
            if not verdict.boxed:
                self.entry = {
                    **verdict.to_json(submission.act["id"]), "n": self.state.n, "v": 1, "semantics": SEMANTICS,
                    "at": submission.at, "local": submission.local, "act": submission.act, "auth": submission.auth,
                }  # fmt: skip
                apply(self.state, self.entry)
        return verdict

    def _submission(self, by: str, seat: str, act: str, fields: dict[str, Any]) -> Submission:
        made: dict[str, Any] = {
            "id": sha256(f"trial {self.drawn + 1}".encode()).hexdigest()[:32], "log": LOG,
            "until": _instant(self.now + GOOD_FOR), "act": act, "by": by, **fields,
        }  # fmt: skip
        if seat:
            made["as"] = seat
        return Submission(made, self._auth(by), _instant(self.now), self._local())

    def _auth(self, by: str) -> dict[str, Any]:
        numbers = self.state.keys_of.get(by, ())
        if numbers or not self.state.founded:
            return {"kind": "signed", "credential": numbers[0] if numbers else 0, "proof": ""}
        return {"kind": "attested"}

    def _local(self) -> str:
        return self.now.isoformat(timespec="seconds")

    def members_of(self, body: str) -> tuple[str, ...]:
        """Who is in a body, or holds an office, on the day of the clock."""
        edition = self.state.edition_on(self.today)
        return members_of_body(self.state, edition.id if edition else "", body, self.today)
