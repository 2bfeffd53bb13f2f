"""Who judges whom: own causes, punishment before appeal, confession, critics, rehabilitation (C11, C12, C14, C32, C34).

Lives here: what `case` blocks and the appeals of other blocks say of judges. Not here: whether a panel can be packed (the
fixpoint).

Invariant: what a `case` block leaves out is told as left out; nothing is assumed in its favour.
"""

from __future__ import annotations

from collections.abc import Iterator

from isonomy.checker.catalogue import HIGH, LOW, MEDIUM
from isonomy.checker.finding import Finding, cited, finding
from isonomy.checker.inquiry import Inquiry
from isonomy.checker.properties import finds
from isonomy.checker.structure.ties import capital, is_everybody, saying, seats_of
from isonomy.rulebook.model import MEMBERS, Rulebook
from isonomy.rulebook.provisions.case import (
    ACCUSER,
    AFTER_APPEAL,
    ALONE_NOTHING,
    AT_ONCE,
    CRITICISED,
    CaseRule,
    case_rules,
)
from isonomy.rulebook.render import listed


def _sit_in(book: Rulebook, seat: str, body: str) -> bool:
    """Whether a seat has a place in a body, or is it."""
    found = book.bodies.get(body)
    return seat == body or (found is not None and found.filled is not None and seat in found.filled.offices)


@finds("C11")
def own_causes(inquiry: Inquiry) -> Iterator[Finding]:
    """Accusers on the panel, appeals to those appealed against, powers ratified by their holders, seats removed by themselves."""
    book = inquiry.rulebook
    for rule in case_rules(book).values():
        yield from _panels(book, rule)
    yield from _elections(book)
    yield from _holders(book)


def _panels(book: Rulebook, rule: CaseRule) -> Iterator[Finding]:
    say = saying(book)
    panel = say.the(rule.panel)
    for seat in rule.charged_by:
        if seat == rule.panel and ACCUSER in rule.barred and not is_everybody(book, seat):
            yield finding(
                "C11",
                f"{capital(panel)} may bring a charge and itself finds on it; were the accuser to stand aside, as a line "
                "asks, nobody would be left to hear it.",
                cited(rule.place, "charged by"),
                cited(rule.place, "panel"),
                fix=f"in the case block '{rule.name}' let another body be the panel",
            )
            continue
        if seat == MEMBERS or seat in rule.barred_seats or ACCUSER in rule.barred or is_everybody(book, rule.panel):
            continue
        if _sit_in(book, seat, rule.panel):
            yield finding(
                "C11",
                f"{capital(say.the(seat))} may bring a charge and sits on {panel}, which finds on it; no line makes the accuser "
                "stand aside.",
                cited(rule.place, "charged by"),
                cited(rule.place, "panel"),
                fix=f"in the case block '{rule.name}' write 'may not sit: {ACCUSER}'",
            )
    for step in rule.appeals:
        if step.to == rule.panel:
            yield finding(
                "C11",
                f"An appeal against {panel} goes to {panel} itself.",
                cited(rule.place, "panel"),
                cited(rule.place, "appeal"),
                fix=f"in the case block '{rule.name}' let the appeal go to a body in whose making {panel} has no part",
            )


def _elections(book: Rulebook) -> Iterator[Finding]:
    say = saying(book)
    for procedure in book.procedures.values():
        rule = procedure.election
        if rule is None or rule.appeal is None:
            continue
        hears = rule.appeal.to
        if hears == procedure.fills or hears == rule.returning_officer:
            why = (
                "those elected decide whether they were"
                if hears == procedure.fills
                else "who declared it decides on it"
            )
            yield finding(
                "C11",
                f"An appeal on the election of {say.the(procedure.fills)} goes to {say.the(hears)}: {why}.",
                cited(procedure.place, "appeal"),
                fix=f"let the appeal on line {procedure.place.line_of('appeal')} go to another body",
            )


def _holders(book: Rulebook) -> Iterator[Finding]:
    say = saying(book)
    for power in book.powers.values():
        if power.lapses is not None and power.lapses.unless_ratified_by in power.held_by:
            who = say.the(power.lapses.unless_ratified_by)
            yield finding(
                "C11",
                f"What {who} decides alone is ratified by {who}.",
                cited(power.place, "held by"),
                cited(power.place, "lapses"),
                fix=f"let another body ratify on line {power.place.line_of('lapses')}",
            )
    for seat in seats_of(book):
        if seat.removable is not None and seat.removable.by == seat.name and not is_everybody(book, seat.name):
            yield finding(
                "C11",
                f"Only {say.the(seat.name)} itself ends a mandate in it.",
                cited(seat.place, "removable by"),
                severity=MEDIUM,
                fix=f"let those who fill {say.the(seat.name)} remove from it",
            )


@finds("C12")
def before_the_appeal(inquiry: Inquiry) -> Iterator[Finding]:
    """A sanction that takes effect at once, or of which the block does not say that it waits; no appeal at all."""
    book, say = inquiry.rulebook, saying(inquiry.rulebook)
    for rule in case_rules(book).values():
        if rule.effect == AFTER_APPEAL:
            continue
        fix = f"in the case block '{rule.name}' write 'effect: {AFTER_APPEAL}'"
        if not rule.appeals:
            says = f"{capital(say.the(rule.panel))} punishes and no line gives an appeal."
            key, fix = "panel", f"{fix} and 'appeal: to BODY within 30 days'"
        elif rule.effect == AT_ONCE:
            says, key = "A sanction takes effect at once, while an appeal may still be decided.", "effect"
        else:
            says, key = "No line says that a sanction waits until the appeal is decided.", "appeal"
        places = [cited(rule.place, key)]
        if rule.appeals and key == "effect":
            places.append(cited(rule.place, "appeal"))
        yield finding(
            "C12", says, *places, severity=MEDIUM if rule.effect == AT_ONCE or not rule.appeals else LOW, fix=fix
        )


@finds("C14")
def confession(inquiry: Inquiry) -> Iterator[Finding]:
    """A confession is enough, or nothing is said of what it is worth alone."""
    for rule in case_rules(inquiry.rulebook).values():
        if rule.confession == ALONE_NOTHING:
            continue
        key = "confession" if rule.confession else "panel"
        said = (
            "A confession is enough to find against its author."
            if rule.confession
            else ("No line says that a confession alone proves nothing.")
        )
        yield finding(
            "C14",
            said,
            cited(rule.place, key),
            severity=HIGH if rule.confession else MEDIUM,
            fix=f"in the case block '{rule.name}' write 'confession: {ALONE_NOTHING}'",
        )


@finds("C34")
def rehabilitation(inquiry: Inquiry) -> Iterator[Finding]:
    """Where people are punished, nobody can ask to be cleared, or nobody has to answer by a day."""
    for rule in case_rules(inquiry.rulebook).values():
        missing = [
            f"'{key}'"
            for key, has in (
                ("rehabilitation asked by", rule.asked_by),
                ("rehabilitation by", rule.rehabilitated_by),
                ("answer within", rule.answer),
            )
            if not has
        ]
        if not missing:
            continue
        if rule.asked_by and rule.rehabilitated_by:
            says, key = "Who asks to be rehabilitated is owed no answer by any day.", "rehabilitation asked by"
        else:
            says, key = "Nobody who was found against can ask to be cleared.", "panel"
        yield finding(
            "C34", says, cited(rule.place, key), fix=f"in the case block '{rule.name}' write {listed(missing)}"
        )


@finds("C32")
def critics(inquiry: Inquiry) -> Iterator[Finding]:
    """A critic can be charged by those criticised, before them, or without a period of protection."""
    book, say = inquiry.rulebook, saying(inquiry.rulebook)
    rules = book.provisions.get("criticism", {})
    for rule in case_rules(book).values():
        if CRITICISED in rule.barred:
            continue
        for criticism in rules.values():
            protected = criticism.protected_for is not None and criticism.protected_panel
            hit = [seat for seat in criticism.to if seat in rule.charged_by or _sit_in(book, seat, rule.panel)]
            if not protected and hit:
                who = say.either(tuple(hit))
                yield finding(
                    "C32",
                    f"{capital(who)} can be criticised (clause {criticism.place.clause}), and then charges the critic or "
                    "sits on the panel; no line gives the charge to others.",
                    cited(criticism.place, "to"),
                    cited(rule.place, "charged by" if set(hit) & set(rule.charged_by) else "panel"),
                    fix=f"in the criticism block '{criticism.name}' name a protected period and a panel, or in the case block "
                    f"'{rule.name}' write 'may not sit: {CRITICISED}'",
                )
