"""The `petition` block: so many members ask a body to put a matter on its next agenda, or to answer.

Lives here: its shape, keys, reading, sentences and powers, and how supporters are known. Not here: the recall of a holder
(`recall`), what the engine does with a petition (`engine.proceedings.petitions`).

Invariant: who is asked, by how many, in which time, and what follows when nothing is done stand in the block.
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
from isonomy.rulebook.model import Place, Rulebook
from isonomy.rulebook.names import Names
from isonomy.rulebook.passage import Passage
from isonomy.rulebook.provision import Gives, ProvisionKind, Speaking, provide
from isonomy.rulebook.provisions.removal import ELECTORS, Askers, askers
from isonomy.rulebook.readings import Fact, form
from isonomy.rulebook.vocabulary import Kind

AGENDA, ANSWER = "a matter on the agenda", "an answer"
SUPPORT_FORM = "write named, or secret, known to OFFICE"


@dataclass(frozen=True, slots=True)
class PetitionRule:
    """What a `petition` block says: to whom, by how many, how they are known (`known_to` an office alone; "" named), in
    which time, what it asks, and by when the body acts."""

    name: str
    place: Place
    to: str
    of: Askers
    asks: str = AGENDA
    known_to: str = ""
    gathered_within: Duration | None = None
    within: Duration | None = None


def support(passage: Passage, names: Names, facts: list[Fact]) -> str:
    """`named`, or `secret, known to returning-officer`: the office that alone knows the names."""
    if passage.text == "named":
        return ""
    found = re.fullmatch(r"secret,\s*known\s+to\s+(.+)", passage.text)
    if not found:
        raise form(passage, "a way in which supporters are known", SUPPORT_FORM)
    read.note(facts, "sign", "secret", passage.part(0, len("secret")))
    return of_names.seat(passage.group(found, 1), names, facts, "office")


def say_support(known_to: str, speaking: Speaking) -> str:
    """How supporters are known, in a sentence."""
    if not known_to:
        return "Supporters are named."
    return f"Supporters are secret: {speaking.the(known_to)} alone knows them and answers for their number."


def _reads(b: BlockReader, name: str) -> PetitionRule:
    return PetitionRule(
        name,
        b.place,
        b.take_named("to", of_names.seat, "", "body"),
        b.take_named("of", askers, Askers(Count(1), ELECTORS)),
        b.take("asks", read.one_of, AGENDA, (AGENDA, ANSWER)),
        b.take_named("supporters", support, ""),
        b.take_stated("gathered within", read.duration, None),
        b.take_stated("within", read.duration, None),
    )


def _says(block: PetitionRule, speaking: Speaking) -> Iterator[tuple[str, str]]:
    to = speaking.the(block.to)
    yield "to", f"A petition goes to {to}."
    yield "of", f"It needs {block.of.words(speaking)}."
    if block.asks == AGENDA:
        yield (
            "asks",
            f"Its matter is put on the next agenda of {to}; where nobody puts it there, it stands there by itself.",
        )
    else:
        yield "asks", f"{to[:1].upper()}{to[1:]} answers it by a decision."
    yield "supporters", say_support(block.known_to, speaking)
    yield "gathered within", f"Support is gathered within {block.gathered_within}."
    yield "within", f"The body acts within {block.within} of the day on which enough stood behind it."


def _gives(block: PetitionRule, speaking: Speaking) -> Iterator[Gives]:
    verb = "puts a matter on the agenda of" if block.asks == AGENDA else "asks an answer of"
    size = block.of.quantity if isinstance(block.of.quantity, Share) else block.of.quantity.value
    says = f"{verb} {speaking.the(block.to)} by petition"
    yield Gives(block.of.of, "petitions", block.to, says, "of", block.of.words(speaking), size)
    if block.known_to:
        says = f"knows alone who stands behind a petition to {speaking.the(block.to)}"
        yield Gives(block.known_to, "knows-supporters", block.to, says, "supporters")
    for key, label, length in (
        ("gathered within", f"time to gather support to {speaking.the(block.to)}", block.gathered_within),
        ("within", "time to act on a petition", block.within),
    ):
        if length is not None:
            yield Gives(block.to, key, block.name, label, key, str(length), length, is_power=False)


def _examine(block: PetitionRule, b: BlockReader, book: Rulebook) -> None:
    del book
    if block.of.of == ELECTORS and b.has("of"):
        b.contradiction(
            "of", "a petition is not about a seat that somebody elects", "write of the members, or of a body"
        )
    if block.asks == ANSWER and block.within is None:
        b.contradiction("asks", "an answer without a day by which it is given", "say 'within' too")


def petitions(rulebook: Rulebook) -> dict[str, PetitionRule]:
    """The petition blocks of an edition, by name."""
    return dict(rulebook.provisions.get("petition", {}))


provide(
    ProvisionKind(
        Kind("petition", ("to", "of"), ("asks", "supporters", "gathered within", "within")),
        _reads, _says, _gives, _examine,
        attributes={"supporters": "known_to"},
        matters_about={"petition-to-": "seat"},
    )
)  # fmt: skip
