"""The `publication` block: what is published to whom, by whom and when; what may be sealed, how long; papers; closed sessions.

Lives here: its shape, keys, reading, sentences and powers. Not here: the acts (`engine.proceedings.sealing`, `papers_laid`,
`closed_sessions`), what is owed on a day (`engine.due_publication`).

Invariant: nothing is sealed without a longest time, a keeper and others who hold the opening; results, the roll and the rulebook
are never among what may be sealed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from isonomy.kernel.calendar import Duration
from isonomy.rulebook import names as of_names
from isonomy.rulebook import readings as read
from isonomy.rulebook.blocks import BlockReader
from isonomy.rulebook.findings import Misreading
from isonomy.rulebook.model import MEMBERS, Majority, Place, Rulebook
from isonomy.rulebook.names import Names
from isonomy.rulebook.passage import Passage
from isonomy.rulebook.provision import Gives, ProvisionKind, Speaking, provide
from isonomy.rulebook.readings import Fact, form
from isonomy.rulebook.readings_of_seats import removal
from isonomy.rulebook.render import listed, say_majority
from isonomy.rulebook.vocabulary import Kind

MINUTES, DECISIONS, PAPERS, REPORTS, SESSIONS = "minutes", "decisions", "papers", "reports", "closed sessions"
TEXTS = (MINUTES, DECISIONS, PAPERS, REPORTS, SESSIONS)
"""What a block may rule, each `of` a body (reports: of a body or office)."""
NEVER_SEALED = ("result", "roll", "rulebook")
"""What no clause can let anybody seal."""
PUBLIC = "public"
SEALING, CLOSING_DOORS = "sealing", "closed-session"
"""The built-in matters: a body seals a text or lets it be opened early, and closes a session."""


@dataclass(frozen=True, slots=True)
class Texts:
    """One sort of texts of one seat: the minutes of the congress."""

    what: str
    seat: str


@dataclass(frozen=True, slots=True)
class PublicationRule:
    """What is published (`of`) to whom, by whom, in which time; how long it may be sealed (None: not at all) on whose decision,
    who keeps the opening and who else holds it; when papers are laid and for which matters they must be; who closes a session.
    """

    name: str
    place: Place
    of: tuple[Texts, ...] = ()
    to: str = MEMBERS
    by: tuple[str, ...] = ()
    within: Duration | None = None
    otherwise_by: tuple[str, ...] = ()
    sealed_by: tuple[str, ...] = ()
    sealed_at_most: Duration | None = None
    kept_by: str = ""
    opened_by: tuple[str, ...] = ()
    laid: Duration | None = None
    asked_for: tuple[str, ...] = ()
    closed_by: str = ""
    closed_majority: Majority | None = None

    def rules(self, what: str, seat: str) -> bool:
        """Whether the block rules texts of that sort, of a body or office."""
        return any(found.what == what and found.seat == seat.partition("@")[0] for found in self.of)


def _texts(passage: Passage, names: Names, facts: list[Fact]) -> tuple[Texts, ...]:
    """`minutes of congress; papers of congress`."""
    found: list[Texts] = []
    for part in of_names.listed(passage):
        said = re.fullmatch(rf"({'|'.join(TEXTS)})\s+of\s+(.+)", part.text)
        if said is None:
            raise form(
                part, "a sort of texts of a seat", f"write one of {', '.join(TEXTS)}, and of whom: minutes of BODY"
            )
        among = "seat" if said.group(1) == REPORTS else "body"
        one = Texts(said.group(1), of_names.seat(part.group(said, 2), names, facts, among))
        if one in found:
            raise Misreading("double-value", f"'{part.text}' stands twice", part, "name it once")
        found.append(one)
    return tuple(found)


def _audience(passage: Passage, names: Names, facts: list[Fact]) -> str:
    """`public`, `members`, or a body."""
    return PUBLIC if passage.text == PUBLIC else of_names.seat(passage, names, facts, "body", True)


def _laid(passage: Passage, facts: list[Fact]) -> Duration:
    """`14 days before the meeting`."""
    found = re.fullmatch(r"(.+?)\s+before\s+the\s+meeting", passage.text)
    if not found:
        raise form(passage, "a time before the meeting", "write it as 14 days before the meeting")
    return read.duration(passage.group(found, 1), facts)


def _reads(b: BlockReader, name: str) -> PublicationRule:
    closing = b.take_named("closed by", removal, None)
    return PublicationRule(
        name,
        b.place,
        b.take_named("of", _texts, ()),
        b.take_named("to", _audience, MEMBERS),
        b.take_named("by", of_names.seats, ()),
        b.take_stated("within", read.duration, None),
        b.take_named("or else by", of_names.seats, ()),
        b.take_named("sealed by", of_names.seats, (), "body"),
        b.take_stated("sealed at most", read.duration, None),
        b.take_named("kept by", of_names.seat, "", "office"),
        b.take_named("opened by", of_names.seats, ()),
        b.take_stated("laid", _laid, None),
        b.take_named("asked for", of_names.matters, (), False),
        closing.by if closing else "",
        closing.majority if closing else None,
    )


def _examine(rule: PublicationRule, b: BlockReader, book: Rulebook) -> None:
    del book
    if b.has("within") and not b.has("by"):
        b.contradiction("within", "it is published within a time, and no line says by whom", "add a line by: OFFICE")
    if b.has("sealed by") != b.has("sealed at most"):
        at = "sealed by" if b.has("sealed by") else "sealed at most"
        b.contradiction(
            at,
            "a text is sealed by a body, and for a longest time",
            "write both: sealed by: BODY, sealed at most: 2 years",
        )
    if b.has("sealed by") and not (rule.kept_by and set(rule.opened_by) - {rule.kept_by}):
        b.contradiction(
            "sealed by", "what is sealed is kept by one and can be opened by another: a seal hangs on nobody alone",
            "add kept by: OFFICE, and opened by: OTHER OFFICE",
        )  # fmt: skip
    if b.has("asked for") and not b.has("laid"):
        b.contradiction(
            "asked for", "papers are asked for, and no line says by when they are laid",
            "add a line laid: 14 days before the meeting",
        )  # fmt: skip
    if b.has("closed by") and not any(found.what == SESSIONS for found in rule.of):
        b.contradiction("closed by", "no closed sessions are named", "write of: closed sessions of BODY")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _whom(rule: PublicationRule, speaking: Speaking) -> str:
    return "everybody" if rule.to == PUBLIC else speaking.the(rule.to)


def _named(rule: PublicationRule, speaking: Speaking) -> str:
    return listed([f"the {found.what} of {speaking.the(found.seat)}" for found in rule.of])


def _says(rule: PublicationRule, speaking: Speaking) -> Iterator[tuple[str, str]]:
    yield "of", f"This rules {_named(rule, speaking)}."
    yield "to", f"They are open to {_whom(rule, speaking)}."
    if rule.by:
        does = "lays" if all(found.what == PAPERS for found in rule.of) else "publishes"
        yield "by", f"{_capital(speaking.either(rule.by))} {does} them."
    if rule.within is not None:
        yield "within", f"They are published within {rule.within}."
    if rule.otherwise_by:
        yield "or else by", f"When they are not, {speaking.either(rule.otherwise_by)} may publish them."
    if rule.sealed_by:
        bodies = _capital(speaking.either(rule.sealed_by))
        yield "sealed by", f"{bodies} may seal one of them, by a decision that names the day on which it opens."
    if rule.sealed_at_most is not None:
        never = "results, the roll and these rules never are"
        yield "sealed at most", f"Nothing is sealed for longer than {rule.sealed_at_most}; {never}."
    if rule.kept_by:
        keeper = _capital(speaking.the(rule.kept_by))
        yield "kept by", f"{keeper} keeps what is sealed, and opens it on its day."
    if rule.opened_by:
        others = _capital(speaking.either(rule.opened_by))
        yield "opened by", f"{others} may open it too, from that day."
    if rule.laid is not None:
        yield "laid", f"A paper for a meeting is laid before those who meet {rule.laid} before the meeting."
    if rule.asked_for:
        matters = listed([matter.replace("-", " ") for matter in rule.asked_for])
        yield "asked for", f"On {matters} nothing is decided without a paper that was laid in time."
    if rule.closed_by:
        by = f", by {say_majority(rule.closed_majority)}" if rule.closed_majority else ""
        yield (
            "closed by",
            f"{_capital(speaking.the(rule.closed_by))} closes a session by its decision{by}, for matters on its notice, and "
            "sends none of its members out.",
        )


def _gives(rule: PublicationRule, speaking: Speaking) -> Iterator[Gives]:
    named = _named(rule, speaking)
    for seat in rule.by:
        if rule.within is not None:
            label = f"time to publish {named}"
            yield Gives(seat, "publishes", rule.name, label, "within", str(rule.within), rule.within, is_power=False)
        else:
            does = "lays" if all(found.what == PAPERS for found in rule.of) else "publishes"
            yield Gives(seat, does, rule.name, f"{does} {named}", "by")
    for seat in rule.otherwise_by:
        yield Gives(seat, "publishes instead", rule.name, f"publishes {named} where nobody else did", "or else by")
    for seat in rule.sealed_by:
        amount = str(rule.sealed_at_most) if rule.sealed_at_most else ""
        yield Gives(seat, "seals", rule.name, f"seals {named}", "sealed at most", amount, rule.sealed_at_most)
    if rule.kept_by:
        yield Gives(rule.kept_by, "keeps what is sealed", rule.name, f"keeps what is sealed of {named}", "kept by")
    for seat in rule.opened_by:
        yield Gives(seat, "opens", rule.name, f"opens {named} when their day has come", "opened by")
    for found in rule.of:
        if rule.laid is not None:
            label = f"time between a paper and its meeting ('{rule.name}')"
            yield Gives(
                found.seat, "is given papers", rule.name, label, "laid", str(rule.laid), rule.laid, is_power=False
            )
    if rule.closed_by:
        says = "closes its session"
        yield Gives(rule.closed_by, "closes a session", rule.name, says, "closed by", majority=rule.closed_majority)


def publication_rules(rulebook: Rulebook) -> dict[str, PublicationRule]:
    """The publication blocks of an edition, by name."""
    return dict(rulebook.provisions.get("publication", {}))


def rule_on(rulebook: Rulebook, what: str, seat: str, key: str = "of") -> PublicationRule | None:
    """The block that rules a sort of texts of a seat and states a key."""
    return next(
        (
            rule
            for rule in publication_rules(rulebook).values()
            if rule.rules(what, seat) and (key == "of" or key in rule.place.lines)
        ),
        None,
    )


provide(
    ProvisionKind(
        Kind(
            "publication",
            ("of",),
            (
                "to", "by", "within", "or else by", "sealed by", "sealed at most", "kept by", "opened by", "laid",
                "asked for", "closed by",
            ),
        ),
        _reads, _says, _gives, _examine,
        attributes={"or else by": "otherwise_by"},
        matters=(SEALING, CLOSING_DOORS),
    )
)  # fmt: skip
