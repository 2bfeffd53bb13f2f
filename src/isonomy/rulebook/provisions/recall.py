"""The `recall` block: those who elect a holder petition for a poll on recalling them.

Lives here: its shape, keys, reading, sentences and powers. Not here: removal by a body (`removal`), petitions to a body
(`petition`), what the engine does with it (`engine.proceedings.petitions`, `engine.proceedings.recalling`).

Invariant: the electors of the seat, and nobody else, petition and vote; a poll that is owed has somebody who may open it when
those who owe it do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from isonomy.kernel.calendar import Duration
from isonomy.kernel.quantity import Count, Share
from isonomy.rulebook import names as of_names
from isonomy.rulebook import readings as read
from isonomy.rulebook.blocks import BlockReader
from isonomy.rulebook.model import MEMBERS, Majority, Place, Procedure, Quorum, Rulebook
from isonomy.rulebook.names import Names
from isonomy.rulebook.passage import Passage
from isonomy.rulebook.provision import Gives, ProvisionKind, Speaking, provide
from isonomy.rulebook.provisions.petition import say_support, support
from isonomy.rulebook.provisions.removal import ELECTORS, Askers, askers, vote_secrecy
from isonomy.rulebook.readings import Fact, form
from isonomy.rulebook.render import say_majority
from isonomy.rulebook.vocabulary import Kind

WHOEVER_ASKED = "those who asked"
OPENED_FORM = "write opened by those who asked, or opened by OFFICE or OFFICE"


@dataclass(frozen=True, slots=True)
class RecallRule:
    """What a `recall` block says; `or_else` are the seats that open, close and declare the poll when it was not opened in time
    (`those who asked`: whoever opened or supports the petition)."""

    name: str
    place: Place
    seats: tuple[str, ...]
    of: Askers
    known_to: str = ""
    gathered_within: Duration | None = None
    poll_within: Duration | None = None
    or_else: tuple[str, ...] = ()
    polling: Duration | None = None
    majority: Majority | None = None
    quorum: Quorum | None = None
    secrecy: str = ""
    barred_again: Duration | None = None

    def procedure(self, electors: str, matter: str) -> Procedure:
        """How the electors vote: by a poll outside meetings, as the block says."""
        return Procedure(
            "decision", "", self.place, electors, (matter,), taken="poll", majority=self.majority, quorum=self.quorum,
            secrecy=self.secrecy, polling=self.polling,
        )  # fmt: skip


def _or_else(passage: Passage, names: Names, facts: list[Fact]) -> tuple[str, ...]:
    found = re.fullmatch(r"opened\s+by\s+(.+)", passage.text)
    if not found:
        raise form(passage, "what follows", OPENED_FORM)
    seats = []
    for part in passage.group(found, 1).split(r"\s+or\s+"):
        seats.append(WHOEVER_ASKED if part.text == WHOEVER_ASKED else of_names.seat(part, names, facts, "office"))
    return tuple(dict.fromkeys(seats))


def _reads(b: BlockReader, name: str) -> RecallRule:
    return RecallRule(
        name,
        b.place,
        b.take_named("from", of_names.seats, ()),
        b.take_named("petition of", askers, Askers(Count(1), ELECTORS)),
        b.take_named("supporters", support, ""),
        b.take_stated("gathered within", read.duration, None),
        b.take_stated("poll within", read.duration, None),
        b.take_named("or else", _or_else, ()),
        b.take_stated("polling", read.duration, None),
        b.take_stated("majority", read.majority, None),
        b.take_stated("quorum", read.quorum, None),
        b.take_stated("secrecy", vote_secrecy, ""),
        b.take_stated("barred again", read.duration, None),
    )


def _says(block: RecallRule, speaking: Speaking) -> Iterator[tuple[str, str]]:
    yield "from", f"Those who elect {speaking.either(block.seats)} may recall from it."
    yield "petition of", f"A petition of {block.of.words(speaking)} asks for the poll."
    yield "supporters", say_support(block.known_to, speaking)
    yield "gathered within", f"Support is gathered within {block.gathered_within}."
    yield "poll within", f"The poll is opened within {block.poll_within} of the day on which enough stood behind it."
    if block.or_else:
        who = [WHOEVER_ASKED if seat == WHOEVER_ASKED else speaking.the(seat) for seat in block.or_else]
        yield "or else", f"When it is not opened in time, {' or '.join(who)} may open it."
    yield "polling", f"The poll lasts {block.polling}."
    if block.majority is not None:
        yield "majority", f"A recall needs {say_majority(block.majority)}."
    yield "quorum", f"It needs a quorum of {block.quorum}."
    yield "secrecy", f"The vote is {block.secrecy}."
    yield "barred again", f"After a poll that failed no other is asked for for {block.barred_again}."


def _gives(block: RecallRule, speaking: Speaking) -> Iterator[Gives]:
    size = block.of.quantity if isinstance(block.of.quantity, Share) else block.of.quantity.value
    for seat in block.seats:
        about = speaking.the(seat)
        holder = MEMBERS if block.of.of == ELECTORS else block.of.of
        says = f"petitions for a recall from {about}"
        yield Gives(holder, "recalls", seat, says, "petition of", block.of.words(speaking), size)
        if block.majority is not None:
            says = f"decides a recall from {about}"
            yield Gives(MEMBERS, "recall-poll", seat, says, "majority", majority=block.majority)
        if block.known_to:
            says = f"knows alone who petitions for a recall from {about}"
            yield Gives(block.known_to, "knows-supporters", seat, says, "supporters")
        for opener in block.or_else:
            if opener != WHOEVER_ASKED:
                yield Gives(opener, "opens-recall", seat, f"opens an overdue poll on {about}", "or else")
        for key, label, length in (
            ("gathered within", f"time to gather support against {about}", block.gathered_within),
            ("poll within", f"time to open the poll on {about}", block.poll_within),
            ("barred again", f"time without another recall from {about}", block.barred_again),
        ):
            if length is not None:
                yield Gives(seat, key, seat, label, key, str(length), length, is_power=False)


def _examine(block: RecallRule, b: BlockReader, book: Rulebook) -> None:
    for seat in block.seats:
        found = book.seat(seat)
        if found is not None and (found.filled is None or found.filled.way != "election" or found.filled.by == MEMBERS):
            what = f"{found.title} is not elected by a body whose members could recall from it"
            b.contradiction("from", what, "leave it out, or say which body elects to it")
    if block.or_else and block.poll_within is None:
        b.contradiction("or else", "nothing follows where no day is set", "say 'poll within' too")


def recall_of(rulebook: Rulebook, seat: str) -> RecallRule | None:
    """The recall block that speaks of a seat; None where there is none."""
    plain = seat.partition("@")[0]
    return next((each for each in rulebook.provisions.get("recall", {}).values() if plain in each.seats), None)


provide(
    ProvisionKind(
        Kind(
            "recall",
            ("from", "petition of"),
            (
                "supporters", "gathered within", "poll within", "or else", "polling", "majority", "quorum", "secrecy",
                "barred again",
            ),
        ),
        _reads, _says, _gives, _examine,
        attributes={"from": "seats", "petition of": "of", "supporters": "known_to"},
        matters_about={"recall-from-": "seat"},
    )
)  # fmt: skip
