"""An organisation that is driven at random and watched: every verdict is held against what must always be so.

Lives here: submitting without real signatures, and what is compared at every act (the same verdict twice, the same bytes,
nothing changed by a refusal). Not here: drawing the acts (`drawing`, `steps`), the laws of the state (`watch`).

Everything follows from a seed; a failure names it.
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from random import Random
from typing import Any

from isonomy.chamber.entering import entry_of
from isonomy.engine.apply import apply
from isonomy.engine.decide import SEMANTICS, Submission, decide
from isonomy.engine.effect import effect_json, read_effect
from isonomy.engine.refusal import Accepted, Refused, Verdict
from isonomy.engine.state import State
from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.canonical import canonical_bytes, parse_canonical
from isonomy.record.entry import Entry, at_console, attested, signed_by
from tests.organisation import TestOrganisation, instant, local_time, moment
from tests.simulation.watch import Watch

PROOF = "A" * 86 + "=="
"""The form of a proof; `decide` leaves verifying it to the chamber."""
CAN_HAVE_NO_CURE = (
    "is not a member",  # who died or left acts no more
)
"""Grounds that nothing the author could do would cure."""


class Arena(TestOrganisation):
    """An organisation whose every act is judged twice and whose every entry is watched."""

    __test__ = False

    def __init__(self, number: int, rulebook: str, **settings: Any) -> None:
        self.number = number
        self.random = Random(number)
        self.watch: Watch | None = None
        self.boxes: dict[str, dict[str, Any]] = {}
        self.counted: Counter[str] = Counter()
        self.cureless: set[str] = set()
        self.tried: list[Submission] = []
        self.too_big = 0
        self.sample = 0.01
        self.strangers = 1.0
        super().__init__(rulebook, **settings)
        self.watch = Watch(self.state, self.random.randrange(1 << 30))

    # -- acting --------------------------------------------------------------------------------------------

    def attempt(self, act: dict[str, Any], auth: dict[str, Any]) -> Verdict | BadInput:
        """The verdict on an act, or the complaint about it; nothing else ever comes out of `decide`."""
        try:
            return self.submit_raw(act, auth)
        except BadInput as fault:
            assert fault.what, "bad input says what happened"
            self.counted[f"bad input {act.get('act')}"] += 1
            return fault

    def submit_raw(self, act: dict[str, Any], auth: dict[str, Any]) -> Verdict:
        """Judges an act twice, once as a stranger would read it, and enters it where it is accepted."""
        submission = self.submission(act, auth)
        self.tried.append(submission)
        sample = self.random.random() < self.sample
        before = self.state.digest() if sample else ""
        verdict = decide(self.state, submission)
        if self.strangers == 1 or self.random.random() < self.strangers:
            self._hold_against_a_stranger(submission, verdict)
        if before:
            assert self.state.digest() == before, f"seed {self.number}: judging changed the state: {act}"
        name = str(act.get("act"))
        if isinstance(verdict, Refused):
            self.counted[f"refused {name}"] += 1
            self._look_at_refusal(act, verdict)
            return verdict
        self.counted[f"accepted {name}"] += 1
        if verdict.boxed:
            self._drop(act)
            return verdict
        self._enter(act, submission, verdict)
        return verdict

    def _hold_against_a_stranger(self, submission: Submission, verdict: Verdict) -> None:
        """Another machine reads the same bytes and gives the same answer, byte for byte."""
        read = parse_canonical(canonical_bytes(submission.act))
        again = decide(self.state, Submission(read, dict(submission.auth), submission.at, submission.local))
        shown = canonical_bytes(verdict.to_json("it"))
        assert shown == canonical_bytes(again.to_json("it")), f"seed {self.number}: two verdicts on {submission.act}"

    def _look_at_refusal(self, act: dict[str, Any], refused: Refused) -> None:
        assert refused.grounds, f"seed {self.number}: no without a reason: {act}"
        for ground in refused.grounds:
            assert isinstance(ground.clause, str)
            assert ground.says.strip(), f"seed {self.number}: a ground says nothing: {act}"
            if not ground.cure.strip() and not any(words in ground.says for words in CAN_HAVE_NO_CURE):
                self.cureless.add(f"{act.get('act')}: {ground.says} {ground.facts}")

    def _drop(self, act: dict[str, Any]) -> None:
        poll = self.state.polls[act["poll"]]
        assert poll.roll is not None
        assert act["by"] in poll.roll, f"seed {self.number}: a stranger voted in {poll.id}"
        assert act["by"] not in poll.struck, f"seed {self.number}: one who was struck voted in {poll.id}"
        self.boxes.setdefault(poll.id, {})[act["by"]] = act["ballot"]

    def _enter(self, act: dict[str, Any], submission: Submission, verdict: Accepted) -> None:
        entry = entry_of(self.state.n, submission, verdict, SEMANTICS)
        try:
            data = entry.to_bytes()
        except BadInput as fault:
            assert "bytes" in fault.what, f"seed {self.number}: {fault} in {act}"
            self.too_big += 1
            return
        assert Entry.from_bytes(data).to_bytes() == data
        for raw in verdict.effects:
            assert effect_json(read_effect(raw)) == raw, f"seed {self.number}: {raw} is not read back as written"
        if self.watch is not None:
            self.watch.before(entry.to_json())
        apply(self.state, entry.to_json())
        self.entries.append(entry.to_json())
        self.entry_bytes.append(data)
        if self.watch is not None:
            self.watch.after(entry.to_json())

    # -- authors and time ----------------------------------------------------------------------------------

    def draw_auth(self, person: str) -> dict[str, Any]:
        """How an author might be known: mostly by a login, sometimes by a key, at the console, or wrongly."""
        chance = self.random.random()
        if chance < 0.75:
            return attested()
        if chance < 0.9:
            own = [found.number for found in self.state.credentials.values() if found.person == person]
            return signed_by(self.random.choice(own) if own else self.random.randrange(9), PROOF)
        return at_console()

    def wait(self, days: int = 0, minutes: int = 0) -> None:
        """Lets time pass."""
        self.clock.move(days=days, minutes=minutes)

    def wait_until(self, civil: str) -> None:
        """Lets time pass to a civil time here (or on, where it is past)."""
        day = moment(f"{civil[:10]}T00:00:00Z")
        for hours in range(-14, 38):
            now = instant(day + timedelta(hours=hours, minutes=int(civil[14:16] or 0)))
            if local_time(now, self.time_zone)[:16] >= civil[:16]:
                if now > self.clock.now():
                    self.clock.set(now)
                return

    # -- at the end ----------------------------------------------------------------------------------------

    def replay_agrees(self) -> None:
        """Replaying the record from nothing gives the live state, and every verdict on the way is the one recorded."""
        state = State()
        for data, submission in zip(self.entry_bytes, self._all_submissions(), strict=True):
            raw = Entry.from_bytes(data).to_json()
            verdict = decide(state, submission)
            assert isinstance(verdict, Accepted), f"seed {self.number}: entry {raw['n']} is refused when judged again"
            again = entry_of(state.n, submission, verdict, SEMANTICS)
            assert again.to_bytes() == data, f"seed {self.number}: entry {raw['n']} is judged otherwise now"
            apply(state, raw)
        assert state.digest() == self.state.digest(), f"seed {self.number}: replay differs from the live state"

    def _all_submissions(self) -> list[Submission]:
        return [Submission(raw["act"], raw["auth"], raw["at"], raw["local"]) for raw in self.entries]
