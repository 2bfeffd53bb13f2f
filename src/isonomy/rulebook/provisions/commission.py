"""The `commission` block: bodies may set up commissions that examine something, hear everybody's view and report by a day.

Lives here: its shape, keys, reading and sentences. Not here: the acts (`engine.proceedings.commissions`), what is owed on a
day (`engine.commission`).

Invariant: a commission has no power that its block does not name, and ends with its report or at its day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from isonomy.kernel.calendar import Duration
from isonomy.rulebook import names as of_names
from isonomy.rulebook import readings as read
from isonomy.rulebook.blocks import BlockReader
from isonomy.rulebook.model import MEMBERS, Place, Rulebook
from isonomy.rulebook.names import Names
from isonomy.rulebook.passage import Passage
from isonomy.rulebook.provision import Gives, ProvisionKind, Speaking, provide
from isonomy.rulebook.readings import Fact, form
from isonomy.rulebook.render import listed
from isonomy.rulebook.vocabulary import Kind

COMMISSION = "commission"
"""The built-in matter on which a body decides to set one up."""
EXAMINED = "those examined"
INVITES, MINUTES, SEALED, HEARS = "invite views", "see the minutes", "see sealed records", "hear persons"
POWERS = (INVITES, MINUTES, SEALED, HEARS)


@dataclass(frozen=True, slots=True)
class CommissionRule:
    """Who sets commissions up, how many sit in one and who not, its powers, and the times of report, views and answers.

    `barred_examined`: who is examined does not sit; `barred` are seats whose holders never do. `views_of` is `members` or a
    kind of unit, "" where nobody is asked.
    """

    name: str
    place: Place
    set_up_by: tuple[str, ...] = ()
    members: int | None = None
    barred_examined: bool = False
    barred: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    report_within: Duration | None = None
    interim_reports_every: Duration | None = None
    report_published_within: Duration | None = None
    views_of: str = ""
    views_open_for: Duration | None = None
    views_answered_within: Duration | None = None
    called: str = ""

    @property
    def title(self) -> str:
        """What the organisation calls it."""
        return self.called or "commission"

    @property
    def may_not_sit(self) -> tuple[str, ...]:
        """Who does not sit in one, as the block lists them."""
        return ((EXAMINED,) if self.barred_examined else ()) + self.barred


def _barred(passage: Passage, names: Names, facts: list[Fact]) -> tuple[bool, tuple[str, ...]]:
    """`those examined; committee`."""
    examined, seats = False, []
    for part in of_names.listed(passage):
        if part.text == EXAMINED:
            examined = True
        else:
            seats.append(of_names.seat(part, names, facts))
    return examined, tuple(seats)


def _powers(passage: Passage) -> tuple[str, ...]:
    found = []
    for part in of_names.listed(passage):
        if part.text not in POWERS:
            raise form(part, "a power of a commission", f"write {'; '.join(POWERS)}, or some of them")
        found.append(part.text)
    return tuple(dict.fromkeys(found))


def _views_of(passage: Passage, names: Names, facts: list[Fact]) -> str:
    if passage.text in ("members", "all members"):
        return MEMBERS
    found = re.fullmatch(r"(?:each|all|every)\s+(.+)", passage.text)
    return of_names.unit_kind(passage.group(found, 1) if found else passage, names, facts)


def _reads(b: BlockReader, name: str) -> CommissionRule:
    examined, barred = b.take_named("may not sit", _barred, (False, ()))
    rule = CommissionRule(
        name,
        b.place,
        b.take_named("set up by", of_names.seats, (), "body"),
        b.take_stated("members", read.whole, None),
        examined,
        barred,
        b.take("may", _powers, ()),
        b.take_stated("report within", read.duration, None),
        b.take_stated("interim reports every", read.duration, None),
        b.take_stated("report published within", read.duration, None),
        b.take_named("views of", _views_of, ""),
        b.take_stated("views open for", read.duration, None),
        b.take_stated("views answered within", read.duration, None),
        b.take("called", read.words, ""),
    )
    if rule.views_of and INVITES not in rule.may:
        b.contradiction("views of", "nobody may invite these views", f"add a line may: {INVITES}")
    if INVITES in rule.may and not b.has("views of"):
        b.contradiction("may", "it is not said whose views are invited", "add a line views of: each KIND, or members")
    return rule


def _says(rule: CommissionRule, speaking: Speaking) -> Iterator[tuple[str, str]]:
    bodies = speaking.either(rule.set_up_by)
    yield (
        "set up by",
        f"{bodies[:1].upper()}{bodies[1:]} may set up a commission by its decision, whose words are its terms.",
    )
    if rule.members is not None:
        yield "members", f"At least {rule.members} sit in it."
    if rule.may_not_sit:
        never = [EXAMINED] if rule.barred_examined else []
        yield "may not sit", f"In it do not sit: {listed([*never, *(speaking.the(seat) for seat in rule.barred)])}."
    if rule.may:
        yield "may", f"It may {listed(rule.may)}, as far as its terms give it."
    if rule.report_within is not None:
        yield "report within", f"Its report is due within {rule.report_within}, or it ends without one."
    if rule.interim_reports_every is not None:
        yield "interim reports every", f"Until then it reports every {rule.interim_reports_every}."
    if rule.report_published_within is not None:
        yield "report published within", f"The report is published within {rule.report_published_within}."
    if rule.views_of:
        whose = "all members" if rule.views_of == MEMBERS else f"each {rule.views_of}"
        yield "views of", f"The views of {whose} are invited."
    if rule.views_open_for is not None:
        yield "views open for", f"There are at least {rule.views_open_for} to give them."
    if rule.views_answered_within is not None:
        yield (
            "views answered within",
            f"Each view is answered, with reasons, within {rule.views_answered_within} after that.",
        )
    if rule.called:
        yield "called", f"It is called: {rule.called}."


def _gives(rule: CommissionRule, speaking: Speaking) -> Iterator[Gives]:
    del speaking
    for body in rule.set_up_by:
        yield Gives(body, "sets up commissions", rule.name, f"sets up a {rule.title}", "set up by")
        for key, label, length in (
            ("report within", f"longest time of a {rule.title}", rule.report_within),
            ("views answered within", "time to answer views", rule.views_answered_within),
        ):
            if length is not None:
                yield Gives(body, key, rule.name, label, key, str(length), length, is_power=False)


def commission_rules(rulebook: Rulebook) -> dict[str, CommissionRule]:
    """The commission blocks of an edition, by name."""
    return dict(rulebook.provisions.get("commission", {}))


provide(
    ProvisionKind(
        Kind(
            "commission",
            ("set up by",),
            (
                "members", "may not sit", "may", "report within", "interim reports every", "report published within",
                "views of", "views open for", "views answered within", "called",
            ),
        ),
        _reads, _says, _gives, matters=(COMMISSION,),
    )
)  # fmt: skip
