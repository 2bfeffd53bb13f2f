"""Amendment: easier than what it protects (C17), and amending its own clause downward (C18).

Lives here: comparing bars, over every turnout of a body of a few dozen, by the engine's own condition. Not here: amendment as the
last step of a capture (`least`).

Invariant: a bar is harder than another where no turnout carries it with fewer votes and some turnout needs more. The engine gives
a clause that sets a higher bar that bar as well; what it protects so is told as such, never as open.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from isonomy.checker.catalogue import HIGH, LOW
from isonomy.checker.counts import MORE_THAN_HALF, is_carried_by, least_to_carry
from isonomy.checker.finding import Cited, Finding, Step, cited, finding
from isonomy.checker.inquiry import Inquiry
from isonomy.checker.model import ALL_MEMBERS, BY_DELEGATION, BY_ELECTION, Model
from isonomy.checker.moves import AMEND, Move, Seating
from isonomy.checker.properties import finds
from isonomy.checker.telling import line_of, seating_of_votes, the
from isonomy.rulebook.model import MEMBERS, Body, Majority, Office, Place, Procedure, Rulebook

TURNOUTS = (
    (60, 60, 60),
    (30, 40, 60),
    (12, 12, 60),
    (59, 60, 60),
    (7, 9, 11),
    (5, 5, 5),
    (100, 100, 100),
    (31, 31, 97),
)
"""Votes cast, present, entitled: where two bars differ, one of these tells them apart."""


@lru_cache(maxsize=4096)
def _least_votes(majority: Majority, cast: int, present: int, entitled: int) -> int:
    """The least votes for that carry, where the others cast are against; one more than all where none do."""
    return next(
        (votes for votes in range(1, cast + 1) if is_carried_by(votes, cast - votes, present, entitled, majority)),
        cast + 1,
    )


def is_harder(one: Majority, other: Majority) -> bool:
    """Whether a majority is harder to reach than another: never fewer votes, somewhere more."""
    pairs = [(_least_votes(one, *turnout), _least_votes(other, *turnout)) for turnout in TURNOUTS]
    return all(left >= right for left, right in pairs) and any(left > right for left, right in pairs)


def ordinary_of(rulebook: Rulebook, body: str) -> Majority:
    """The ordinary majority of a body."""
    found = rulebook.bodies.get(body)
    return (found.majority if found is not None else None) or MORE_THAN_HALF


def bar_for(rulebook: Rulebook, amendment: Procedure, clause: str) -> Majority:
    """The majority that amends a clause: the higher one for protected clauses and for the amendment clause beside them."""
    if amendment.protected_majority is not None and clause in (*amendment.protected, amendment.place.clause):
        return amendment.protected_majority
    return amendment.majority or ordinary_of(rulebook, amendment.by)


def _guarded(rulebook: Rulebook) -> Iterator[tuple[str, Majority, Place, str]]:
    """What asks a majority of its own: in words, the majority, the block, the key."""
    for procedure in rulebook.procedures.values():
        if procedure.kind == "decision" and procedure.majority is not None:
            yield (
                f"the decision on {', '.join(procedure.matters).replace('-', ' ')}",
                procedure.majority,
                procedure.place,
                "majority",
            )
    seats: tuple[Body | Office, ...] = (*rulebook.bodies.values(), *rulebook.offices.values())
    for seat in seats:
        if seat.removable is not None and seat.removable.majority is not None:
            yield f"the removal from {seat.title or seat.name}", seat.removable.majority, seat.place, "removable by"


@finds("C17")
def easier(inquiry: Inquiry) -> Iterator[Finding]:
    """Higher bars that are walked around by amending the clause that sets them; amendment by less than the supreme body."""
    book, model = inquiry.rulebook, inquiry.model
    amendment = book.amendment()
    if amendment is None:
        return
    for what, majority, place, key in _guarded(book):
        clause = place.clause_of(key)
        bar = bar_for(book, amendment, clause)
        if is_harder(majority, bar):
            at = cited(place, key)
            yield finding(
                "C17",
                f"{_cap(what)} asks {majority}; but {the(model, amendment.by)} amends clause {clause}, which asks "
                f"it, by {bar}: whoever "
                "cannot reach the one changes the other",
                at, _at(amendment),
                fix=f"clause {amendment.place.clause}: protect clause {clause} by at least {majority}, or amend by no less",
                trace=(_amends(model, amendment, f"amends clause {clause} by {bar}, so that it asks {bar} and no more"),),
                seating=_seating(model, amendment, bar),
            )  # fmt: skip
    yield from _lesser_body(model, book, amendment)


def _lesser_body(model: Model, book: Rulebook, amendment: Procedure) -> Iterator[Finding]:
    supreme, by = book.supreme, model.classes.get(amendment.by)
    if supreme is None or by is None or amendment.by in (supreme.name, MEMBERS) or by.way == ALL_MEMBERS:
        return
    yield finding(
        "C17",
        f"{_cap(the(model, amendment.by))} amends these rules, though {the(model, supreme.name)} is the highest "
        "body: it can take from "
        "it what the rules give it",
        _at(amendment), cited(supreme.place),
        fix=f"clause {amendment.place.clause}, line {amendment.place.line_of('by')}: `by: {supreme.name}`", severity=HIGH,
    )  # fmt: skip


@finds("C18")
def downward(inquiry: Inquiry) -> Iterator[Finding]:
    """An amendment clause that a lower bar than its own changes, or that its own bar lowers for good."""
    book, model = inquiry.rulebook, inquiry.model
    amendment = book.amendment()
    if amendment is None:
        return
    ordinary = ordinary_of(book, amendment.by)
    general = amendment.majority or ordinary
    own = amendment.place.clause
    bar = amendment.protected_majority
    if bar is not None and is_harder(general, bar):
        yield finding(
            "C18",
            f"The protected clauses, and clause {own} that protects them, are amended by {bar}, though other "
            f"clauses ask {general}: "
            "the amendment clause is lowered by the easier road",
            cited(amendment.place, "protected"), _at(amendment),
            fix=f"clause {own}, line {amendment.place.line_of('protected')}: protect them by more than {general}", severity=HIGH,
            trace=_two_steps(model, amendment, bar, bar), seating=_seating(model, amendment, bar),
        )  # fmt: skip
    elif bar is None and is_harder(general, ordinary):
        yield finding(
            "C18",
            f"Clause {own} asks {general} for amendments and is itself amended by {general}: once reached, it lowers the bar for "
            f"good, and from then on {ordinary} amends everything",
            _at(amendment),
            fix=f"clause {own}: add `protected: {own}, majority 3/4 of cast`",
            severity=LOW, trace=_two_steps(model, amendment, general, ordinary), seating=_seating(model, amendment, general),
        )  # fmt: skip
    elif bar is not None and own not in amendment.protected:
        yield finding(
            "C18",
            f"Clause {own} protects clauses {', '.join(amendment.protected)} by {bar} and does not name itself. The "
            "engine holds it to "
            "the same bar; the words do not say so, and a reader could take it to be amended by less",
            cited(amendment.place, "protected"),
            fix=f"clause {own}, line {amendment.place.line_of('protected')}: name clause {own} among the protected "
            "ones", severity=LOW,
        )  # fmt: skip


def _two_steps(model: Model, amendment: Procedure, bar: Majority, then: Majority) -> tuple[Step, ...]:
    place = _at(amendment)
    text = f"amends clause {place.id} by {bar}, so that it asks {then} and protects nothing"
    old = line_of(model, amendment.place.clause, place.line)
    edit = (place.line, old, f"majority: {then}") if old.startswith("majority:") else None
    first = _amends(model, amendment, text, edit=edit)
    told = f"From then on {then} of {the(model, amendment.by)} amends any other clause (clause {place.id})."
    return first, Step(AMEND, amendment.by, place.id, told)


def _seating(model: Model, amendment: Procedure, bar: Majority) -> Seating | None:
    """As many of the amending body as carry by a bar; None where it stands in units or nobody reaches the bar."""
    seat = model.classes.get(amendment.by)
    quorum = seat.block.quorum if seat is not None and isinstance(seat.block, Body) else None
    votes = least_to_carry(seat.size, bar, quorum) if seat is not None else None
    if seat is None or votes is None or seat.chain or seat.way not in (ALL_MEMBERS, BY_DELEGATION, BY_ELECTION):
        return None
    return seating_of_votes(model, amendment.by, votes)


def _amends(model: Model, amendment: Procedure, text: str, *, edit: tuple[int, str, str] | None = None) -> Step:
    place = _at(amendment)
    move = Move(
        AMEND, amendment.by, amendment.by, place.id, place.line, matter="amendment",
        meeting=amendment.by, edit=edit,
    )  # fmt: skip
    return Step(AMEND, amendment.by, place.id, f"{_cap(the(model, amendment.by))} {text} (clause {place.id}).", move)


def _at(amendment: Procedure) -> Cited:
    return cited(amendment.place, "majority") if "majority" in amendment.place.lines else cited(amendment.place)


def _cap(text: str) -> str:
    return text[:1].upper() + text[1:]
