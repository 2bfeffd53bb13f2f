"""Whatever fails, whenever it fails, in whatever order: nothing answered is lost, no effect stands without its entry.

A machine of states sends acts, ballots and repetitions while any store may fail before or after it did its
work, and the writer may end at any of these points; after every step all promises are held against what is
stored.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from isonomy.adapters.memory import MemorySigner
from isonomy.chamber.answers import BOXED, REFUSED, Answer, Reply
from isonomy.chamber.appender import Appender, Stores
from isonomy.chamber.ports import StoreFault
from isonomy.chamber.submit import Sent
from isonomy.record.base64_text import to_base64
from isonomy.record.checkpoint import open_checkpoint
from isonomy.record.tree import Tree, leaf_hash
from tests.chamber.house import House, Zones

FAULTS = ("record.append", "values.put", "boxes.cast", "boxes.close_box", "signer.sign_head", "values.erase")


class Ended(BaseException):
    """The process ended here."""


class Failing:
    """A store that fails when told to: before its work or after it, with a fault or the end of the process."""

    def __init__(self, inner: Any, name: str, plan: dict[str, tuple[bool, bool]]) -> None:
        self._inner, self._name, self._plan = inner, name, plan

    def __getattr__(self, method: str) -> Any:
        found = getattr(self._inner, method)
        key = f"{self._name}.{method}"
        if not callable(found) or key not in FAULTS:
            return found

        def call(*given: Any) -> Any:
            plan = self._plan.pop(key, None)
            if plan is None:
                return found(*given)
            works_first, ends = plan
            if works_first:
                found(*given)
            raise Ended if ends else StoreFault("the disk is at fault", key, "look at the disk")

        return call


class Chamber(RuleBasedStateMachine):
    """A club whose stores fail at random."""

    def __init__(self) -> None:
        super().__init__()
        self.plan: dict[str, tuple[bool, bool]] = {}
        self.answered: dict[str, dict[str, Any]] = {}
        self.receipts: dict[str, set[bytes]] = {}
        self.sent: list[Sent] = []
        self.names = 0
        self.values: dict[bytes, str] = {}

    @initialize()
    def found(self) -> None:
        self.house = House(None).found()
        self.house.shut()
        assert isinstance(self.house.signer, MemorySigner)

    # -- the writer

    def appender(self) -> Appender:
        if self.house._appender is None:
            stores = self.house.stores()
            failing = Stores(
                *(
                    Failing(getattr(stores, name), name, self.plan)
                    for name in ("record", "values", "documents", "boxes", "signer")
                )
            )
            self.house._stores = failing
            done = False
            try:
                self.house._appender = Appender(failing, self.house.org.clock, Zones())
                done = True
            finally:
                if not done:
                    self.house.memory.is_written = False
        return self.house._appender

    def end(self) -> None:
        self.house._appender = None
        self.house.memory.is_written = False

    def send(self, make: Callable[[], list[Sent]]) -> None:
        try:
            self.appender()
            sent = make()
            self.sent += sent
            for given, reply in zip(sent, self.appender().submit(sent), strict=True):
                self.hold(given, reply)
        except StoreFault:
            self.end()  # it could not be opened
        except Ended:
            self.end()

    def hold(self, given: Sent, reply: Reply) -> None:
        assert isinstance(reply, Answer | StoreFault), reply
        if isinstance(reply, StoreFault) or reply.what == REFUSED:
            return
        if reply.what == BOXED:
            self.receipts.setdefault(given.act["poll"], set()).add(reply.receipt)
            return
        known = self.answered.setdefault(reply.act, reply.entry)
        assert known == reply.entry
        for kept in given.kept:
            self.values[kept.opening.commitment] = kept.opening.value or ""

    # -- what happens

    @rule(count=st.integers(1, 4), named=st.booleans())
    def admit(self, count: int, named: bool) -> None:
        def make() -> list[Sent]:
            sent = []
            for _ in range(count):
                self.names += 1
                kept = self.house.kept(f"Name {self.names}")
                name = {"c": to_base64(kept.opening.commitment)} if named else None
                act = self.house.act("member.admit", by="ada", person=f"p-n{self.names:05}", name=name)
                sent.append(self.house.sent(act, "ada", kept=(kept,) if named else ()))
            return sent

        self.send(make)

    @rule()
    def refuse(self) -> None:
        self.send(lambda: [self.house.sent(self.house.act("member.admit", by="ben", person="p-never"), "ben")])

    @precondition(lambda self: self.sent)
    @rule(data=st.data())
    def repeat(self, data: st.DataObject) -> None:
        again = data.draw(st.lists(st.sampled_from(self.sent), min_size=1, max_size=4))
        self.send(lambda: again)

    def polls(self, standing: str) -> list[str]:
        return [poll.id for poll in self.appender().state.polls.values() if poll.standing == standing]

    @rule()
    def open_poll(self) -> None:
        self.names += 1
        question = f"Question {self.names}?"
        act = self.house.act("poll.open", by="ada", body="members-meeting", question=question, matter="boats")
        self.send(lambda: [self.house.sent(act, "ada")])

    @rule(
        voters=st.lists(
            st.tuples(st.sampled_from(["ada", "ben", "cy"]), st.sampled_from(["for", "against"])), max_size=4
        )
    )
    def cast(self, voters: list[tuple[str, str]]) -> None:
        def make() -> list[Sent]:
            sent = []
            for poll in self.polls("open")[:1]:
                for name, paper in voters:
                    nonce = to_base64(hashlib.sha256(f"{poll} {name} {paper}".encode()).digest())
                    act = self.house.act("ballot.cast", by=name, poll=poll, ballot=paper, nonce=nonce)
                    sent.append(self.house.sent(act, name))
            return sent

        self.send(make)

    @rule()
    def close(self) -> None:
        def make() -> list[Sent]:
            sent = []
            for poll in self.polls("open")[:1]:
                act = self.house.act("poll.close", by="ada", **self.house.close_fields(poll))
                sent.append(self.house.sent(act, "ada"))
            return sent

        self.send(make)

    @rule()
    def declare(self) -> None:
        def make() -> list[Sent]:
            sent = []
            for poll in self.polls("closed")[:1]:
                act = self.house.act("poll.declare", by="ada", **self.house.declare_fields(poll))
                sent.append(self.house.sent(act, "ada"))
            return sent

        self.send(make)

    @precondition(lambda self: any(not self.is_erased(commitment) for commitment in self.values))
    @rule()
    def erase(self) -> None:
        commitment = to_base64(min(found for found in self.values if not self.is_erased(found)))
        entry = next(n for n, data in enumerate(self.house.memory.entries) if commitment.encode() in data)
        act = self.house.act("erase", by="ada", entry=entry, commitment=commitment, ground="a wish")
        self.send(lambda: [self.house.sent(act, "ada")])

    @rule(key=st.sampled_from(FAULTS), works_first=st.booleans(), ends=st.booleans())
    def something_will_fail(self, key: str, works_first: bool, ends: bool) -> None:
        self.plan[key] = (works_first, ends)

    @rule()
    def restart(self) -> None:
        self.end()

    def is_erased(self, commitment: bytes) -> bool:
        """Whether an entry erases a value, answered or not."""
        says = f'"commitment":"{to_base64(commitment)}","effect":"value.erased"'.encode()
        return any(says in data for data in self.house.memory.entries)

    # -- what holds

    @invariant()
    def nothing_answered_is_lost_and_nothing_else_is_believed(self) -> None:
        if not hasattr(self, "house"):
            return
        stored = self.house.memory.entries
        for entry in self.answered.values():
            assert f'"id":"{entry["act"]["id"]}"'.encode() in stored[entry["n"]]
        for commitment, value in self.values.items():
            if not self.is_erased(commitment):
                kept = self.house.memory.values[commitment][0]
                assert kept.opening.value == value
        for poll, receipts in self.receipts.items():
            assert receipts <= {commitment for commitment, _ in self.house.memory.boxes[poll].ballots}
        for box in self.house.memory.boxes.values():
            assert box.marks is not None
            assert len(box.marks) == len(box.ballots)

    @invariant()
    def the_log_has_one_history(self) -> None:
        if not hasattr(self, "house"):
            return
        tree = Tree()
        roots = {0: tree.root()}
        for data in self.house.memory.entries:
            tree.append(leaf_hash(data))
            roots[tree.size] = tree.root()
        assert self.house.signer is not None
        for note in self.house.signer.heads:
            head, _ = open_checkpoint(note, self.house.org.log_key.verifier())
            assert roots[head.size] == head.root

    @invariant()
    def the_live_state_is_the_replayed_one(self) -> None:
        if hasattr(self, "house") and self.house._appender is not None:
            plan = dict(self.plan)
            self.plan.clear()
            state = self.house._appender.state
            self.plan.update(plan)
            assert state.digest() == self.house.replayed().digest()

    def teardown(self) -> None:
        """In the end nothing fails any more: all is finished, and nothing is left over."""
        if not hasattr(self, "house"):
            return
        self.plan.clear()
        self.end()
        state = self.appender().state
        self.nothing_answered_is_lost_and_nothing_else_is_believed()
        for poll in state.polls.values():
            if poll.standing != "open":
                assert self.house.memory.boxes[poll.id].closed
        stored = b"".join(self.house.memory.entries)
        for commitment in self.house.memory.values:
            assert to_base64(commitment).encode() in stored, "a value without its entry"
            assert to_base64(commitment) not in state.erased, "an erased value is still there"
        assert self.house.signer is not None
        last = self.house.signer.last()
        assert last is not None
        assert last.size == len(self.house.memory.entries)


TestChamber = Chamber.TestCase
TestChamber.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
