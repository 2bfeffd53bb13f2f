"""The `case` block: due process, from the charge to the appeal, and the way back for those wronged.

Lives here: its shape, keys, reading, sentences and powers. Not here: the proceeding, which is planned; what is looked for in it
(the checker).

Invariant: what the block leaves out is not read into it: without `doubt` nothing is said of doubt, without `representation`
nobody is said to be represented. A person may never sit on their own case, whatever the block says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.calendar import Duration
from isonomy.kernel.ids import slug
from isonomy.rulebook import names as of_names
from isonomy.rulebook import readings as read
from isonomy.rulebook.blocks import BlockReader
from isonomy.rulebook.election_rule import AppealRule
from isonomy.rulebook.findings import Misreading
from isonomy.rulebook.model import Majority, Place, Rulebook
from isonomy.rulebook.names import Names
from isonomy.rulebook.passage import Passage
from isonomy.rulebook.provision import Gives, ProvisionKind, Speaking, provide
from isonomy.rulebook.readings import Fact
from isonomy.rulebook.readings_of_elections import appeal as read_appeal
from isonomy.rulebook.render import listed, say_majority
from isonomy.rulebook.vocabulary import Kind

ACCUSER, JUDGED_BEFORE, RELATIVES, CRITICISED = "the accuser", "who decided before", "relatives", "the criticised"
BARRED = (ACCUSER, JUDGED_BEFORE, RELATIVES, CRITICISED)
ALONE_NOTHING, ENOUGH = "alone proves nothing", "is enough"
ANYONE, A_MEMBER, NOBODY = "by anyone", "by a member", "none"
OPEN, CLOSED, AS_ACCUSED_ASKS = "open", "closed", "open unless the accused asks otherwise"
BEYOND_DOUBT, MORE_LIKELY = "beyond reasonable doubt", "more likely than not"
FOR_ACCUSED, AGAINST_ACCUSED = "for the accused", "against the accused"
AFTER_APPEAL, AT_ONCE = "after the appeal", "at once"
NEW_FACTS, NEVER = "on new facts", "none"
SELF, FAMILY, ANY_MEMBER = "the person", "relatives", "any member"
ASKERS = (SELF, FAMILY, ANY_MEMBER)


@dataclass(frozen=True, slots=True)
class CaseRule:
    """Who charges, who finds, who may not sit, what proves and what follows; "" and None where the block is silent.

    `appeals` are the steps of the ladder in order. `asked_by` may ask for rehabilitation of `rehabilitated_by`, which answers
    within `answer`.
    """

    name: str
    place: Place
    charged_by: tuple[str, ...]
    panel: str
    barred: tuple[str, ...] = ()
    barred_seats: tuple[str, ...] = ()
    confession: str = ""
    notice: Duration | None = None
    representation: str = ""
    hearing: str = ""
    standard: str = ""
    doubt: str = ""
    majority: Majority | None = None
    sanctions: tuple[str, ...] = ()
    effect: str = ""
    appeals: tuple[AppealRule, ...] = ()
    review: str = ""
    asked_by: tuple[str, ...] = ()
    rehabilitated_by: str = ""
    answer: Duration | None = None


def _barred(passage: Passage, names: Names, facts: list[Fact]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Kinds of person, and seats whose holders may not sit."""
    kinds: list[str] = []
    seats: list[str] = []
    for part in of_names.listed(passage):
        if part.text in BARRED:
            kinds.append(part.text)
        elif found := re.fullmatch(r"(?:members|holders?) of (.+)", part.text):
            seats.append(of_names.seat(part.group(found, 1), names, facts))
        else:
            cure = f"write {', '.join(BARRED)} or members of BODY"
            raise Misreading("value-form", f"'{part.text}' is nobody known here", part, cure)
    return tuple(kinds), tuple(seats)


def _ladder(passage: Passage, names: Names, facts: list[Fact]) -> tuple[AppealRule, ...]:
    return tuple(read_appeal(part, names, facts) for part in of_names.listed(passage))


def _askers(passage: Passage) -> tuple[str, ...]:
    found = tuple(read.one_of(part, ASKERS) for part in of_names.listed(passage))
    if len(set(found)) < len(found):
        raise Misreading("double-value", "one of them is named twice", passage, "name each once")
    return found


def _sanctions(passage: Passage) -> tuple[str, ...]:
    found = []
    for part in of_names.listed(passage):
        try:
            found.append(slug(part.text))
        except BadInput as fault:
            raise Misreading(
                "value-form", f"'{part.text}' cannot be the name of a sanction", part, fault.cure
            ) from fault
    return tuple(found)


def _reads(b: BlockReader, name: str) -> CaseRule:
    kinds, seats = b.take_named("may not sit", _barred, ((), ()))
    rule = CaseRule(
        name,
        b.place,
        b.take_named("charged by", of_names.seats, (), "seat", True),
        b.take_named("panel", of_names.seat, "", "body"),
        kinds,
        seats,
        b.take("confession", read.one_of, "", (ALONE_NOTHING, ENOUGH)),
        b.take_stated("notice", read.duration, None),
        b.take("representation", read.one_of, "", (ANYONE, A_MEMBER, NOBODY)),
        b.take("hearing", read.one_of, "", (OPEN, CLOSED, AS_ACCUSED_ASKS)),
        b.take("standard", read.one_of, "", (BEYOND_DOUBT, MORE_LIKELY)),
        b.take("doubt", read.one_of, "", (FOR_ACCUSED, AGAINST_ACCUSED)),
        b.take_stated("majority", read.majority, None),
        b.take("sanctions", _sanctions, ()),
        b.take("effect", read.one_of, "", (AFTER_APPEAL, AT_ONCE)),
        b.take_named("appeal", _ladder, ()),
        b.take("review", read.one_of, "", (NEW_FACTS, NEVER)),
        b.take("rehabilitation asked by", _askers, ()),
        b.take_named("rehabilitation by", of_names.seat, "", "body"),
        b.take_stated("answer within", read.duration, None),
    )
    if rule.effect == AFTER_APPEAL and not rule.appeals:
        b.contradiction(
            "effect", "a sanction waits for an appeal that there is not", "add a line appeal: to BODY within ..."
        )
    if rule.asked_by and not rule.rehabilitated_by:
        b.contradiction("rehabilitation asked by", "nobody rehabilitates", "add a line rehabilitation by: BODY")
    return rule


def _says(block: CaseRule, speaking: Speaking) -> Iterator[tuple[str, str]]:
    yield "charged by", _sentence(f"{speaking.either(block.charged_by)} may bring a charge.")
    yield "panel", _sentence(f"{speaking.the(block.panel)} hears the case and finds.")
    out = [*block.barred, *(f"members of {speaking.the(seat)}" for seat in block.barred_seats)]
    yield "may not sit", f"On it may not sit: {listed(out)}."
    yield "confession", f"A confession {block.confession}."
    yield "notice", f"The charge is given in writing {block.notice} before the hearing."
    yield "representation", f"The accused is represented {block.representation}."
    yield "hearing", f"The hearing is {block.hearing}."
    yield "standard", f"What must be shown: {block.standard}."
    yield "doubt", f"Doubt is resolved {block.doubt}."
    if block.majority is not None:
        yield "majority", f"A finding against the accused needs {say_majority(block.majority)}."
    yield "sanctions", f"The sanctions are {listed([sanction.replace('-', ' ') for sanction in block.sanctions])}."
    yield "effect", f"A sanction takes effect {block.effect}."
    steps = [f"to {speaking.the(step.to)} within {step.within}" for step in block.appeals]
    yield "appeal", f"An appeal goes {', then '.join(steps)}."
    again = "A finding is reviewed on new facts" if block.review == NEW_FACTS else "A finding is never reviewed"
    yield "review", f"{again}."
    yield "rehabilitation asked by", f"Rehabilitation may be asked for by {listed(list(block.asked_by), 'or')}."
    yield "rehabilitation by", _sentence(f"{speaking.the(block.rehabilitated_by)} decides on rehabilitation.")
    yield "answer within", f"Who asks for rehabilitation is answered within {block.answer}."


def _gives(block: CaseRule, speaking: Speaking) -> Iterator[Gives]:
    del speaking
    for seat in block.charged_by:
        yield Gives(seat, "charges", block.name, f"brings charges ('{block.name}')", "charged by")
    yield Gives(block.panel, "finds", block.name, f"finds on charges ('{block.name}')", "panel")
    if block.majority is not None:
        label = f"majority for a finding ('{block.name}')"
        yield Gives(block.panel, "finding", block.name, label, "majority", majority=block.majority, is_power=False)
    if block.notice is not None:
        label = f"time between charge and hearing ('{block.name}')"
        yield Gives(block.panel, "charge", block.name, label, "notice", size=block.notice, is_power=False)
    for step in block.appeals:
        yield Gives(step.to, "hears appeals", block.name, f"hears appeals ('{block.name}')", "appeal", size=step.within)
    if block.rehabilitated_by:
        yield Gives(
            block.rehabilitated_by, "rehabilitates", block.name, "decides on rehabilitation", "rehabilitation by"
        )
        if block.answer is not None:
            label = "time to answer who asks for rehabilitation"
            yield Gives(
                block.rehabilitated_by, "answers", block.name, label, "answer within", size=block.answer, is_power=False
            )


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def case_rules(rulebook: Rulebook) -> dict[str, CaseRule]:
    """The ways of due process of an edition, by name."""
    return dict(rulebook.provisions.get("case", {}))


provide(
    ProvisionKind(
        Kind(
            "case",
            ("charged by", "panel"),
            (
                "may not sit", "confession", "notice", "representation", "hearing", "standard", "doubt", "majority",
                "sanctions", "effect", "appeal", "review", "rehabilitation asked by", "rehabilitation by",
                "answer within",
            ),
        ),
        _reads, _says, _gives, executed=False,
        attributes={
            "may not sit": "barred", "appeal": "appeals", "rehabilitation asked by": "asked_by",
            "rehabilitation by": "rehabilitated_by", "answer within": "answer",
        },
    )
)  # fmt: skip
