"""The appender: the one writer of an organisation.

Lives here: taking acts in groups, making what becomes of them durable in the right order, signing the head,
answering (docs/spec/chamber.md, section 6). Not here: judging one act (`submit`), the stores (adapters), the
socket by which other processes will reach the one appender.

Invariant: an answer is given only for what is durable; a state never keeps the effects of an entry that is
not in the record; heads are signed in the order of the record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from isonomy.chamber.answers import AGAIN, BOXED, ENTERED, REFUSED, Answer, Reply, refusal_json, signed_refusal
from isonomy.chamber.casting import CLOSE_ACT, SECRET, touches_boxes
from isonomy.chamber.claims import CLOSED_EFFECT
from isonomy.chamber.loading import Loaded, contradiction, load, prefix_root
from isonomy.chamber.ports import (
    MARKED,
    NO_PAPERS,
    USED,
    BoxStore,
    Clock,
    DocumentStore,
    Drop,
    Papers,
    RecordStore,
    SignerPort,
    StoreFault,
    ValueStore,
    Zone,
)
from isonomy.chamber.submit import Dropping, Entering, Outcome, Repeated, Sent, Sitting, Turned
from isonomy.engine.judgement import FORM
from isonomy.engine.refusal import Ground, Refused
from isonomy.engine.state import State
from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.canonical import Json, parse_canonical
from isonomy.record.base64_text import from_base64
from isonomy.record.checkpoint import Checkpoint
from isonomy.record.tree import leaf_hash

GROUP_ACTS_MAX = 1_000
GROUP_BYTES_MAX = 4_000_000
ERASED_EFFECT = "value.erased"


@dataclass(frozen=True, slots=True)
class Stores:
    """The stores and the signer of one organisation."""

    record: RecordStore
    values: ValueStore
    documents: DocumentStore
    boxes: BoxStore
    signer: SignerPort

    def close(self) -> None:
        """Gives up all connections and the lock."""
        self.boxes.close()
        self.values.close()
        self.record.close()


@dataclass(slots=True)
class _Group:
    """Acts that are made durable together, with what is to become of each."""

    outcomes: list[Outcome | BadInput] = field(default_factory=list)
    byte_count: int = 0

    def add(self, outcome: Outcome | BadInput) -> None:
        self.outcomes.append(outcome)
        if isinstance(outcome, Entering):
            self.byte_count += len(outcome.data)

    @property
    def is_full(self) -> bool:
        return len(self.outcomes) >= GROUP_ACTS_MAX or self.byte_count >= GROUP_BYTES_MAX

    def entering(self) -> list[Entering]:
        return [outcome for outcome in self.outcomes if isinstance(outcome, Entering)]


class Appender:
    """The writer. `submit` takes acts; `state` is the record's, with no effect that is not in it."""

    def __init__(self, stores: Stores, clock: Clock, zone: Zone) -> None:
        self._stores, self._clock, self._zone = stores, clock, zone
        self._loaded: Loaded | None = None
        self._sitting: Sitting | None = None
        self._erasing: set[bytes] = set()
        self._closing: set[str] = set()
        self._open()

    @property
    def state(self) -> State:
        """The state after all entries of the record."""
        return self._open().state

    @property
    def head(self) -> Checkpoint:
        """The head of all durable entries, unsigned."""
        return self._open().head(self._stores.signer.key.name)

    def submit(self, acts: Iterable[Sent]) -> Iterator[Reply]:
        """The replies to some acts, in their order; each comes when what it says is durable.

        A reply is a `BadInput` for what was no act, and for an act that could not be stored (`StoreFault`):
        nothing of it is kept, and it can be sent again under its own id.
        """
        group = _Group()
        try:
            for sent in acts:
                if group.outcomes and (group.is_full or touches_boxes(sent.act)):
                    replies, group = self._complete(group), _Group()
                    yield from replies
                group.add(self._judge(sent))
            replies, group = self._complete(group), _Group()
            yield from replies
        finally:
            if group.outcomes:
                # Whoever sends the acts broke off: what was judged but never stored leaves no effect.
                self._forget()

    def settle(self) -> None:
        """Does what durable entries ask for: boxes rewritten, values erased, the head signed; raises `StoreFault`."""
        loaded, stores = self._open(), self._stores
        for poll in sorted(self._closing):
            stores.boxes.close_box(poll)
            self._closing.discard(poll)
        for commitment in sorted(self._erasing):
            stores.values.erase(commitment)
            stores.documents.erase(commitment)
            self._erasing.discard(commitment)
        if loaded.tree.size:
            last = stores.signer.last()
            if last is None or last.size != loaded.tree.size:
                head = loaded.head(stores.signer.key.name)
                stores.signer.sign_head(head, lambda size: prefix_root(stores.record, loaded.roots, size))
            loaded.roots = {0: loaded.roots[0], loaded.tree.size: loaded.tree.root()}

    def close(self) -> None:
        """Gives up the stores and the lock."""
        self._stores.close()

    # -- the state, always that of the record

    def _open(self) -> Loaded:
        """The loaded record, loaded anew after a failure; finishes what a crash interrupted."""
        if self._loaded is None:
            stores = self._stores
            signed = stores.signer.last()
            loaded = load(stores.record.read(), signed)
            fault = contradiction(loaded, stores.record, stores.signer, signed)
            if fault is not None:
                raise fault
            self._loaded = loaded
            self._sitting = None
            self._note_unfinished(loaded.state)
            stores.values.drop_unentered(loaded.tree.size)
            self.settle()
        return self._loaded

    def _note_unfinished(self, state: State) -> None:
        boxes = self._stores.boxes
        for poll in state.polls.values():
            is_ours = poll.secrecy == SECRET and poll.roll is not None and poll.standing not in ("open", "")
            if is_ours and not (boxes.is_closed(poll.id) and poll.standing == "declared"):
                self._closing.add(poll.id)
        for commitment in map(from_base64, state.erased):
            if self._stores.values.get(commitment) is not None or self._stores.documents.get(commitment) is not None:
                self._erasing.add(commitment)

    def _sit(self) -> Sitting:
        loaded = self._open()
        if self._sitting is None:
            stores = self._stores
            self._sitting = Sitting(loaded.state, stores.signer.key, stores.boxes, self._clock, self._zone)
        return self._sitting

    def _forget(self) -> None:
        self._loaded = None
        self._sitting = None

    # -- one group

    def _judge(self, sent: Sent) -> Outcome | BadInput:
        done = False
        try:
            outcome = self._sit().judge(sent)
            done = True
        except BadInput as fault:
            done = True
            return fault
        finally:
            if not done:
                # A defect of the program may have left effects behind: the record alone says what is.
                self._forget()
        return outcome

    def _complete(self, group: _Group) -> list[Reply]:
        """Makes a group durable and answers it."""
        done = False
        try:
            self.settle()
            self._store(group)
            done = True
        except BadInput as fault:
            self._forget()
            done = True
            return [outcome if isinstance(outcome, BadInput) else _not_stored(fault) for outcome in group.outcomes]
        finally:
            if not done:
                self._forget()
        fates = self._drop(group)
        self._sit().forget_brought()
        self._settle_later(group)
        return [self._reply(place, outcome, fates) for place, outcome in enumerate(group.outcomes)]

    def _store(self, group: _Group) -> None:
        """Values, documents and boxes first, then the entries: no entry stands without what it commits to."""
        stores, loaded, entering = self._stores, self._open(), group.entering()
        if not entering:
            return
        size = loaded.tree.size
        kept = [kept for outcome in entering for kept in outcome.sent.kept]
        if kept:
            stores.values.drop_unentered(size)
            for outcome in entering:
                for commitment, data in outcome.sent.documents.items():
                    stores.documents.put(commitment, data)
            stores.values.put(kept, size)
        for outcome in entering:
            self._lay_box(outcome)
        stores.record.append(size, [outcome.data for outcome in entering])
        loaded.tree.extend(leaf_hash(outcome.data) for outcome in entering)
        loaded.roots[loaded.tree.size] = loaded.tree.root()

    def _lay_box(self, outcome: Entering) -> None:
        """Of a reported close its whole box; of a close here the papers that come with it, in place of any that lie there."""
        boxes, sent, act = self._stores.boxes, outcome.sent, outcome.entry["act"]
        if act["act"] == CLOSE_ACT:
            boxes.stage(act["poll"], NO_PAPERS if sent.box is None else Papers(sent.box, sent.marked or ()))
        elif sent.box is not None:
            boxes.put_closed(_closed_poll(outcome.entry), sent.box, sent.marked)

    def _drop(self, group: _Group) -> dict[int, str | StoreFault]:
        """Drops the ballots of a group into their boxes; says what became of each, by its place in the group."""
        waiting: dict[str, list[tuple[int, Drop]]] = {}
        for place, outcome in enumerate(group.outcomes):
            if isinstance(outcome, Dropping) and not outcome.cast_before:
                waiting.setdefault(outcome.poll, []).append((place, outcome.drop))
        fates: dict[int, str | StoreFault] = {}
        for poll, drops in waiting.items():
            try:
                found: list[str | StoreFault] = [*self._stores.boxes.cast(poll, [drop for _, drop in drops])]
            except StoreFault as fault:
                found = [fault for _ in drops]
            fates.update(zip((place for place, _ in drops), found, strict=True))
        return fates

    def _settle_later(self, group: _Group) -> None:
        """As `settle`; a fault does not touch the answers of this group, but stops the writer before its next one."""
        for outcome in group.entering():
            for effect in outcome.entry["effects"]:
                if effect["effect"] == ERASED_EFFECT:
                    self._erasing.add(from_base64(effect["commitment"]))
                elif effect["effect"] == CLOSED_EFFECT and self._open().state.polls[effect["poll"]].secrecy == SECRET:
                    self._closing.add(effect["poll"])
        try:
            self.settle()
        except StoreFault:
            return

    # -- answers

    def _reply(self, place: int, outcome: Outcome | BadInput, fates: dict[int, str | StoreFault]) -> Reply:
        if isinstance(outcome, BadInput):
            return outcome
        if isinstance(outcome, Entering):
            return Answer(outcome.entry["act"]["id"], ENTERED, entry=outcome.entry)
        if isinstance(outcome, Repeated):
            entry = parse_canonical(next(iter(self._stores.record.read(outcome.n, outcome.n + 1))))
            return Answer(entry["act"]["id"], AGAIN, entry=entry)
        if isinstance(outcome, Turned):
            return self._refuse(outcome.refusal)
        return self._reply_to_ballot(outcome, fates.get(place, ""))

    def _reply_to_ballot(self, outcome: Dropping, fate: str | StoreFault) -> Reply:
        if isinstance(fate, StoreFault):
            return _not_stored(fate)
        if fate in (MARKED, USED):
            says, cure = _WHY_NOT_CAST[fate]
            refused = Refused((Ground(FORM, says, {"poll": outcome.poll}, cure),))
            entries = self._open().state.n
            return self._refuse(
                refusal_json(outcome.act, refused, at=outcome.at, log=self._stores.signer.key.name, entries=entries)
            )
        receipt, before = outcome.drop.commitment, outcome.cast_before or (bool(fate) and fate != "cast")
        return Answer(str(outcome.act["id"]), BOXED, receipt=receipt, cast_before=before)

    def _refuse(self, shown: dict[str, Json]) -> Answer:
        return Answer(shown["act"], REFUSED, refusal=signed_refusal(shown, self._stores.signer.sign))


_WHY_NOT_CAST = {
    MARKED: (
        "one member, one ballot: another ballot of this member lies in the box",
        "a secret ballot cannot be replaced",
    ),
    USED: ("the nonce of this ballot was used before", "take a new form with a new nonce"),
}


def _closed_poll(entry: dict[str, Json]) -> str:
    return next(str(effect["poll"]) for effect in entry["effects"] if effect["effect"] == CLOSED_EFFECT)


def _not_stored(fault: BadInput) -> StoreFault:
    return StoreFault(f"not stored: {fault.what}", fault.where, fault.cure or "send the act again under its own id")
