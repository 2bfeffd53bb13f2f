"""Reading an organisation beside its writer: the state, the entries, the head, and acts tried out.

Lives here: what every page, report and dry run looks at. Not here: writing (`appender`), rendering
(`documents`).

Invariant: a reader changes nothing; what it shows is the record as it stood when it was opened, and whether
that is what the log signed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from isonomy.chamber.answers import AGAIN, BOXED, JUDGED, REFUSED, Answer, Reply
from isonomy.chamber.appender import Stores
from isonomy.chamber.loading import contradiction, load
from isonomy.chamber.ports import Clock, ForkRefused, Zone
from isonomy.chamber.submit import Entering, Outcome, Repeated, Sent, Sitting, Turned
from isonomy.engine.state import State
from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.canonical import Json, parse_canonical


class Reader:
    """An organisation opened for reading."""

    def __init__(self, stores: Stores, clock: Clock, zone: Zone) -> None:
        self.stores = stores
        self._clock, self._zone = clock, zone
        signed = stores.signer.last()
        loaded = load(stores.record.read(), signed)
        self._state: State | None = loaded.state
        self.size = loaded.tree.size
        self.root = loaded.tree.root()
        self.contradiction: ForkRefused | None = contradiction(loaded, stores.record, stores.signer, signed)

    @property
    def state(self) -> State:
        """The state after all entries of the record."""
        if self._state is None:
            self._state = load(self.stores.record.read(0, self.size), None).state
        return self._state

    def entries(self, first: int = 0, after: int | None = None) -> Iterator[dict[str, Json]]:
        """The entries from `first` up to but not including `after`, as JSON."""
        for data in self.stores.record.read(first, self.size if after is None else min(after, self.size)):
            yield parse_canonical(data)

    def dry_run(self, acts: Iterable[Sent]) -> Iterator[Reply]:
        """The replies that acts would get if they were sent one after the other; nothing is kept, nothing signed."""
        sitting = Sitting(self.state, self.stores.signer.key, self.stores.boxes, self._clock, self._zone)
        self._state = None
        for sent in acts:
            try:
                yield self._reply(sitting.judge(sent))
            except BadInput as fault:
                yield fault

    def _reply(self, outcome: Outcome) -> Answer:
        if isinstance(outcome, Entering):
            return Answer(outcome.entry["act"]["id"], JUDGED, entry=outcome.entry)
        if isinstance(outcome, Turned):
            return Answer(outcome.refusal["act"], REFUSED, refusal=outcome.refusal)
        if isinstance(outcome, Repeated):
            if outcome.n >= self.size:
                raise BadInput("the act stands twice among those sent", "id", "send it once")
            entry = next(self.entries(outcome.n, outcome.n + 1))
            return Answer(entry["act"]["id"], AGAIN, entry=entry)
        receipt = outcome.drop.commitment
        return Answer(str(outcome.act["id"]), BOXED, receipt=receipt, cast_before=outcome.cast_before)

    def close(self) -> None:
        """Gives up the stores."""
        self.stores.close()
