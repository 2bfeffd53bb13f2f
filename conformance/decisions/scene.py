"""A scene: submissions in order, each with the verdict it gets, as a vector writes them.

Lives here: making, stamping, judging and writing submissions. Not here: what is submitted (`scenes_of_*`), which file a
vector stands in (`make`), checking vectors (`tests/engine/test_conformance.py`).

Invariant: everything follows from fixed texts: keys, ids and instants come from names and a count. Running a scene again
writes the same bytes.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from isonomy.chamber.entering import entry_of
from isonomy.engine.apply import apply
from isonomy.engine.decide import SEMANTICS, Submission, decide
from isonomy.engine.refusal import Accepted, Refused, Verdict
from isonomy.engine.state import State
from isonomy.kernel.canonical import canonical_bytes
from isonomy.record.base64_text import to_base64
from isonomy.record.entry import at_console, attested_by, signed_by
from isonomy.record.note import SignerKey
from isonomy.record.signature import public_key_of, sign_act

FOLDER = Path(__file__).parent
LOG = "decisions.conformance.invalid"
ZONE = ZoneInfo("Europe/London")


def _seed(words: str) -> bytes:
    return sha256(f"isonomy conformance {words}".encode()).digest()


def bytes32(words: str) -> str:
    """32 bytes for a name, in base64: a key, a commitment, a root, a secret that protects nothing."""
    return to_base64(_seed(words))


def person(name: str) -> str:
    """The id of a person called by a short name."""
    return f"p-{name}0000"


class Scene:
    """Submissions to one organisation, in order."""

    def __init__(self, about: str, rulebook: str) -> None:
        self.rulebook = (FOLDER / "rulebooks" / rulebook).read_text(encoding="utf-8")
        self.state = State()
        self.lines: list[dict[str, Any]] = [{"about": about, "semantics": SEMANTICS, "vector": 1}]
        self.now = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)
        self.keyed: list[str] = []
        self.number = 0
        self.ballots: dict[str, dict[str, Any]] = {}

    # -- time ----------------------------------------------------------------------------------------------

    def on(self, day: str, hour: int = 9) -> None:
        """Sets the clock to an hour of a day, UTC."""
        self.now = datetime.fromisoformat(f"{day}T{hour:02}:00:00+00:00")

    @property
    def today(self) -> str:
        """The civil date."""
        return self.now.astimezone(ZONE).date().isoformat()

    # -- submitting ----------------------------------------------------------------------------------------

    def found(
        self, founders: dict[str, str], *, keys: bool = True, member_class: str = "full", **fields: Any
    ) -> dict[str, Any]:
        """The fields of a founding: founders with their branch ("" for none), each with a key."""
        made = [
            {"person": person(name)}
            | ({"key": self.key(name)} if keys else {})
            | ({"member_class": member_class} if member_class else {})
            | ({"unit": unit} if unit else {})
            for name, unit in founders.items()
        ]
        self.keyed = list(founders) if keys else []
        return {
            "name": "A plainly fictional society", "kind": "living", "vkey": SignerKey.make(LOG, _seed("log")).verifier().text(),
            "time_zone": "Europe/London", "sha256": sha256(self.rulebook.encode()).hexdigest(), "founders": made,
            "rulebook": self.rulebook, **fields,
        }  # fmt: skip

    def key(self, name: str) -> str:
        """The public key of a person, in base64."""
        return to_base64(public_key_of(_seed(f"key of {name}")))

    def act(self, act: str, by: str, as_: str = "", **fields: Any) -> dict[str, Any]:
        """An act with its envelope; it is good for an hour."""
        self.number += 1
        made = {
            "id": sha256(f"isonomy conformance act {self.number}".encode()).hexdigest()[:32], "log": LOG,
            "until": (self.now + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ"), "act": act, "by": person(by),
        }  # fmt: skip
        return made | ({"as": as_} if as_ else {}) | {key: value for key, value in fields.items() if value is not None}

    def auth(self, act: dict[str, Any], by: str, assurance: str = "") -> dict[str, Any]:
        """How the author is known: by the first enrolled key, else by a login."""
        if assurance == "console":
            return at_console()
        if assurance != "attested" and by in self.keyed:
            numbers = [found.number for found in self.state.credentials.values() if found.person == person(by)]
            number = numbers[0] if numbers else self.keyed.index(by)
            return signed_by(number, sign_act(_seed(f"key of {by}"), act))
        return attested_by(by)

    def send(self, act: dict[str, Any], auth: dict[str, Any]) -> Verdict:
        """Judges a submission, writes it down with its verdict, and enters what is accepted."""
        at = self.now.strftime("%Y-%m-%dT%H:%M:%SZ")
        submission = Submission(act, auth, at, self.now.astimezone(ZONE).isoformat(timespec="seconds"))
        verdict = decide(self.state, submission)
        line = {
            "act": act,
            "auth": auth,
            "at": at,
            "local": submission.local,
            "verdict": verdict.to_json(str(act["id"])),
        }
        if isinstance(verdict, Accepted):
            line["boxed"] = verdict.boxed
            if not verdict.boxed:
                entry = entry_of(self.state.n, submission, verdict, SEMANTICS)
                line["entry"] = {"n": entry.n, "sha256": sha256(entry.to_bytes()).hexdigest()}
                apply(self.state, entry.to_json())
            elif act["act"] == "ballot.cast":
                self.ballots.setdefault(act["poll"], {})[act["by"]] = act
        self.lines.append(line)
        return verdict

    def accepted(self, act: str, by: str, as_: str = "", *, assurance: str = "", **fields: Any) -> list[dict[str, Any]]:
        """Submits an act that the vector has accepted; its effects."""
        made = self.act(act, by, as_, **fields)
        verdict = self.send(made, self.auth(made, by, assurance))
        assert isinstance(verdict, Accepted), (made, verdict)
        return list(verdict.effects)

    def refused(self, act: str, by: str, as_: str = "", *, assurance: str = "", **fields: Any) -> Refused:
        """Submits an act that the vector has refused."""
        made = self.act(act, by, as_, **fields)
        verdict = self.send(made, self.auth(made, by, assurance))
        assert isinstance(verdict, Refused), (made, verdict)
        return verdict

    def opened(self, effects: list[dict[str, Any]], key: str) -> str:
        """The id that one of the effects gives under a key."""
        return str(next(effect[key] for effect in effects if key in effect))

    # -- writing -------------------------------------------------------------------------------------------

    def to_bytes(self) -> bytes:
        """The vector: one line of canonical JSON a submission, and the state that they leave."""
        state = told_state(self.state)
        end = {"entries": self.state.n, "state": state, "state_sha256": sha256(canonical_bytes(state)).hexdigest()}
        return b"".join(canonical_bytes(line) + b"\n" for line in [*self.lines, end])


def told_state(state: State) -> Any:
    """The state as a vector writes it: without what is empty, so that a new kind of thing changes no vector that has none."""
    return _without_empty(state.to_json())


def _without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {key: _without_empty(item) for key, item in value.items()}
        return {key: item for key, item in kept.items() if item not in (None, "", 0, [], {})}
    return [_without_empty(item) for item in value] if isinstance(value, list) else value
