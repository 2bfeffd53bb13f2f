"""The `removal` block: how the removal of a holder is asked for, heard and voted on, and what follows.

Lives here: its shape, keys, reading, sentences and powers. Not here: who removes and by which majority (`removable by` of the
seat), a recall by the electors (`recall`), what the engine does with it (`engine.proceedings.removing`).

Invariant: one block speaks of a seat, from which somebody removes; without such a block a removal is moved as any motion.
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
from isonomy.rulebook.model import MEMBERS, Office, Place, Rulebook
from isonomy.rulebook.model import Removal as RemovableBy
from isonomy.rulebook.names import Names
from isonomy.rulebook.passage import Passage
from isonomy.rulebook.provision import Gives, ProvisionKind, Speaking, provide
from isonomy.rulebook.readings import Fact, duration, form, share_or_count
from isonomy.rulebook.readings_of_seats import removal
from isonomy.rulebook.render import say_majority
from isonomy.rulebook.vocabulary import SECRECY, Kind

ELECTORS = "those who elect"
STATED, FREE = "stated", "none asked"
ASKER_FORMS = "write 3 members of the committee, 1/10 of the members, 1/5 of those who elect or decision of BODY"
SUSPENSION_FORM = "write stays, or may be suspended by BODY, for 30 days at most"
REVIEW_FORM, ENDING_FORM = "write it as 6 months after the decision", "write it as ends after 30 days"


@dataclass(frozen=True, slots=True)
class Askers:
    """So many who ask together: of everybody (`members`; for a seat in a unit of its members), of a body, or of the electors."""

    quantity: Share | Count
    of: str

    def words(self, speaking: Speaking) -> str:
        """`1/10 of the members`, `3 members of the committee`."""
        if isinstance(self.quantity, Count):
            some = f"{self.quantity} member{'' if self.quantity.value == 1 else 's'}"
            return some if self.of == MEMBERS else f"{some} of {_group(self.of, speaking)}"
        return f"{self.quantity} of {_group(self.of, speaking)}"


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks: so many together, or a body by its decision."""

    together: tuple[Askers, ...] = ()
    by_decision: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Suspension:
    """Who may suspend the holder until the vote, and for how long at most."""

    by: str
    at_most: Duration


@dataclass(frozen=True, slots=True)
class RemovalRule:
    """What a `removal` block says; None or empty where a key is not written (docs/spec/acts-removal.md gives the meaning)."""

    name: str
    place: Place
    seats: tuple[str, ...]
    asked_by: Asking = Asking()
    grounds: str = FREE
    offered_within: Duration | None = None
    hearing_notice: Duration | None = None
    vote_within: Duration | None = None
    secrecy: str = ""
    until_then: Suspension | None = None
    interim: str = ""
    filled_within: Duration | None = None
    barred_again: Duration | None = None
    protected: Duration | None = None
    censured_by: RemovableBy | None = None
    review_on: Duration | None = None
    owner: str = ""
    unreviewed: Duration | None = None

    @property
    def hears(self) -> bool:
        """Whether the person concerned is offered a hearing before the vote."""
        return self.offered_within is not None or self.hearing_notice is not None


def _group(of: str, speaking: Speaking) -> str:
    return "the members" if of == MEMBERS else ELECTORS if of == ELECTORS else speaking.the(of)


def asking(passage: Passage, names: Names, facts: list[Fact]) -> Asking:
    """`3 members of the committee or 1/10 of the members or decision of branch-meeting`."""
    together: list[Askers] = []
    bodies: list[str] = []
    for part in passage.split(r"\s+or\s+"):
        if found := re.fullmatch(r"(?:a\s+)?decision\s+of\s+(.+)", part.text):
            bodies.append(of_names.seat(part.group(found, 1), names, facts, "body"))
        else:
            together.append(askers(part, names, facts))
    return Asking(tuple(together), tuple(dict.fromkeys(bodies)))


def askers(passage: Passage, names: Names, facts: list[Fact]) -> Askers:
    """`10 members`, `1/10 of the members`, `3 members of the committee`, `1/5 of those who elect`."""
    plain = re.fullmatch(r"([0-9]+)\s+members?", passage.text)
    if plain:
        return Askers(share_or_count(passage.group(plain, 1), facts), MEMBERS)
    found = re.fullmatch(r"(\S+)\s+(?:members?\s+)?of\s+(.+)", passage.text)
    if not found:
        raise form(passage, "a way to ask together", ASKER_FORMS)
    whole = passage.group(found, 2)
    quantity = share_or_count(passage.group(found, 1), facts)
    if whole.text == ELECTORS:
        return Askers(quantity, ELECTORS)
    return Askers(quantity, of_names.seat(whole, names, facts, "body", members=True))


def suspension(passage: Passage, names: Names, facts: list[Fact]) -> Suspension | None:
    """`stays`, or `may be suspended by congress, for 30 days at most`."""
    if passage.text == "stays":
        return None
    found = re.fullmatch(r"may\s+be\s+suspended\s+by\s+(.+?),\s*for\s+(.+?)\s+at\s+most", passage.text)
    if not found:
        raise form(passage, "what holds until the vote", SUSPENSION_FORM)
    by = of_names.seat(passage.group(found, 1), names, facts, "body")
    return Suspension(by, duration(passage.group(found, 2), facts))


def vote_secrecy(passage: Passage, facts: list[Fact]) -> str:
    """How a vote is given; that it is secret, or by show of hands, stands in the words too."""
    value = read.one_of(passage, SECRECY)
    if value != "named":
        read.note(facts, "sign", value, passage)
    return value


def _review(passage: Passage, facts: list[Fact]) -> Duration:
    found = re.fullmatch(r"(.+?)\s+after\s+the\s+decision", passage.text)
    if not found:
        raise form(passage, "a day of review", REVIEW_FORM)
    return duration(passage.group(found, 1), facts)


def _ending(passage: Passage, facts: list[Fact]) -> Duration:
    found = re.fullmatch(r"ends\s+after\s+(.+)", passage.text)
    if not found:
        raise form(passage, "what follows without a review", ENDING_FORM)
    return duration(passage.group(found, 1), facts)


def _reads(b: BlockReader, name: str) -> RemovalRule:
    return RemovalRule(
        name,
        b.place,
        b.take_named("from", of_names.seats, ()),
        b.take_named("asked by", asking, Asking()),
        b.take("grounds", read.one_of, FREE, (STATED, FREE)),
        b.take_stated("hearing offered within", read.duration, None),
        b.take_stated("hearing notice", read.duration, None),
        b.take_stated("vote within", read.duration, None),
        b.take_stated("secrecy", vote_secrecy, ""),
        b.take_named("until then", suspension, None),
        b.take_named("interim holder", of_names.seat, "", "office"),
        b.take_stated("filled within", read.duration, None),
        b.take_stated("barred again", read.duration, None),
        b.take_stated("protected", read.duration, None),
        b.take_named("censured by", removal, None),
        b.take_stated("review on", _review, None),
        b.take_named("owner", of_names.seat, ""),
        b.take_stated("unreviewed", _ending, None),
    )


def _says(block: RemovalRule, speaking: Speaking) -> Iterator[tuple[str, str]]:
    yield "from", f"It rules the removal from {speaking.either(block.seats)}."
    ways = [each.words(speaking) for each in block.asked_by.together]
    ways += [f"{speaking.the(body)} by its decision" for body in block.asked_by.by_decision]
    yield "asked by", f"It is asked for by {' or '.join(ways)}."
    yield "grounds", "Grounds are stated." if block.grounds == STATED else "No grounds are asked."
    yield "hearing offered within", f"The person concerned is offered a hearing within {block.offered_within}."
    yield (
        "hearing notice",
        f"The hearing is {block.hearing_notice} after the offer or later; no vote comes before it.",
    )
    yield "vote within", f"The vote is held within {block.vote_within} of the day on which enough had asked."
    yield "secrecy", f"The vote is {block.secrecy}."
    until = block.until_then
    if until is None:
        yield "until then", "Until the vote the holder stays."
    else:
        yield (
            "until then",
            f"Until the vote {speaking.the(until.by)} may suspend the holder, for {until.at_most} at most.",
        )
    yield (
        "interim holder",
        f"While the seat is vacant or its holder suspended, {speaking.the(block.interim)} acts in it.",
    )
    yield "filled within", f"A vacant seat is filled within {block.filled_within}."
    yield "barred again", f"After a vote that failed it is not asked for again for {block.barred_again}."
    yield "protected", f"For {block.protected} the person concerned moves no removal or censure of those who asked."
    if block.censured_by is not None:
        by = f", by {say_majority(block.censured_by.majority)}" if block.censured_by.majority else ""
        yield "censured by", f"Without removing, {speaking.the(block.censured_by.by)} may censure the holder{by}."
    yield "review on", f"Whoever is kept on a condition is reviewed {block.review_on} after the decision."
    if block.owner:
        yield "owner", f"The condition is watched by {speaking.the(block.owner)}, who lays the review before the body."
    yield "unreviewed", f"Without a review the mandate ends {block.unreviewed} after its day."


def _gives(block: RemovalRule, speaking: Speaking) -> Iterator[Gives]:
    for seat in block.seats:
        about = speaking.the(seat)
        for each in block.asked_by.together:
            holder = MEMBERS if each.of == ELECTORS else each.of
            amount = each.words(speaking)
            size = each.quantity if isinstance(each.quantity, Share) else each.quantity.value
            yield Gives(holder, "asks-removal", seat, f"asks for a removal from {about}", "asked by", amount, size)
        for body in block.asked_by.by_decision:
            yield Gives(body, "asks-removal", seat, f"asks for a removal from {about} by its decision", "asked by")
        if block.until_then is not None:
            until = block.until_then
            says = f"suspends a holder of {about} until the vote"
            yield Gives(until.by, "suspends", seat, says, "until then", str(until.at_most), until.at_most)
        if block.interim:
            yield Gives(block.interim, "acts-for", seat, f"acts as {about} while it is vacant", "interim holder")
        if block.censured_by is not None:
            says, majority = f"censures a holder of {about}", block.censured_by.majority
            yield Gives(block.censured_by.by, "censures", seat, says, "censured by", majority=majority)
        if block.owner:
            yield Gives(block.owner, "watches", seat, f"watches a condition on {about}", "owner")
        for key, label, length in (
            ("hearing notice", f"time before a hearing about {about}", block.hearing_notice),
            ("vote within", f"time to vote on a removal from {about}", block.vote_within),
            ("barred again", f"time without another request about {about}", block.barred_again),
            ("protected", f"time in which those who asked about {about} are protected", block.protected),
            ("filled within", f"time to fill {about}", block.filled_within),
        ):
            if length is not None:
                yield Gives(seat, key, seat, label, key, str(length), length, is_power=False)


def _examine(block: RemovalRule, b: BlockReader, book: Rulebook) -> None:
    for seat in block.seats:
        found = book.seat(seat)
        if found is not None and found.removable is None:
            what = f"nobody removes from {found.title}: its block has no 'removable by'"
            b.contradiction("from", what, "say there who removes, or leave it out here")
        others = [each.name for each in removals(book).values() if seat in each.seats and each.name != block.name]
        if others and block.name > others[0]:
            what = f"two removal blocks speak of {found.title if found else seat}"
            b.contradiction("from", what, f"leave it to the block {others[0]}")
        if block.interim == seat:
            b.contradiction("interim holder", "nobody acts for themselves", "name another office")
        if block.interim and found is not None and not isinstance(found, Office):
            b.contradiction("interim holder", f"{found.title} is a body; its other members act", "leave the key out")
    if (block.owner or block.unreviewed) and block.review_on is None:
        key = "owner" if block.owner else "unreviewed"
        b.contradiction(key, "there is no review to which this belongs", "say 'review on' too")
    if block.review_on is not None and not block.owner:
        b.contradiction(
            "review on", "a condition that nobody watches", "say under 'owner' who lays the review before the body"
        )


def removals(rulebook: Rulebook) -> dict[str, RemovalRule]:
    """The removal blocks of an edition, by name."""
    return dict(rulebook.provisions.get("removal", {}))


def removal_of(rulebook: Rulebook, seat: str) -> RemovalRule | None:
    """The removal block that speaks of a seat; None where there is none."""
    plain = seat.partition("@")[0]
    return next((each for each in rulebook.provisions.get("removal", {}).values() if plain in each.seats), None)


provide(
    ProvisionKind(
        Kind(
            "removal",
            ("from", "asked by"),
            (
                "grounds", "hearing offered within", "hearing notice", "vote within", "secrecy", "until then",
                "interim holder", "filled within", "barred again", "protected", "censured by", "review on", "owner",
                "unreviewed",
            ),
        ),
        _reads, _says, _gives, _examine,
        attributes={"from": "seats", "interim holder": "interim", "hearing offered within": "offered_within"},
        matters_about={
            "asking-removal-from-": "seat", "suspension-from-": "seat", "retention-of-": "seat", "review-of-": "seat",
            "censure-of-": "seat",
        },
    )
)  # fmt: skip
