"""Changes: the edits of single lines that could close a door, and the smallest sets of them that do.

Lives here: the finite list of edits for a hold, applying them to the edition as a value, and the minimal sets. Not here: what is
closed (`outcome`).

Invariant: every change is an edit of one line of one block, in the notation, and is tried: a set is told only after the check
was made again with it and the door was shut. No set told contains another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING

from isonomy.checker.classes import kinds_of
from isonomy.checker.model import ALL_MEMBERS, BY_APPOINTMENT, BY_ELECTION, Model, SeatClass, provision_about
from isonomy.checker.outcome import is_open
from isonomy.kernel.quantity import Share
from isonomy.rulebook.election_rule import POLL_HELD
from isonomy.rulebook.model import Body, Filled, Office, Procedure, Rulebook

if TYPE_CHECKING:
    from isonomy.checker.inquiry import Inquiry
    from isonomy.checker.least import Hold

CHANGES_MAX, SET_MAX, WORK_MAX, SETS_SHOWN = 10, 3, 20_000, 12
"""At most so many changes are tried, in sets of at most so many, as long as classes times checks stay below; so many are told."""


@dataclass(frozen=True, slots=True)
class Change:
    """An edit of one line: where, what stands there then (`line` of the file, or of the fence where the line is new)."""

    clause: str
    line: int
    is_new: bool
    text: str
    apply: Callable[[Rulebook], Rulebook]
    also: int = 0
    """On how many other lines, of seats that differ in nothing but the name, the same edit is made with it."""

    def __str__(self) -> str:
        also = f", and the same for {self.also} seats like it" if self.also else ""
        return f"clause {self.clause}, line {self.line}: {'add ' if self.is_new else ''}`{self.text}`{also}"


def _with_seat(rulebook: Rulebook, name: str, edit: Callable[[Body | Office], Body | Office]) -> Rulebook:
    if name in rulebook.bodies:
        body = edit(rulebook.bodies[name])
        assert isinstance(body, Body)
        return replace(rulebook, bodies={**rulebook.bodies, name: body})
    office = edit(rulebook.offices[name])
    assert isinstance(office, Office)
    return replace(rulebook, offices={**rulebook.offices, name: office})


def _with_procedure(rulebook: Rulebook, seat: str, edit: Callable[[Procedure], Procedure]) -> Rulebook:
    procedures = {name: edit(found) if found.fills == seat else found for name, found in rulebook.procedures.items()}
    return replace(rulebook, procedures=procedures)


def changes_for(model: Model, hold: Hold) -> list[Change]:
    """The edits that touch what the hold rests on, in the order of lines."""
    found: list[tuple[str, Change]] = []
    for name in dict.fromkeys((*(gain.name for gain in hold.growth.gains), *(name for name, _ in hold.seeds))):
        seat = model.classes[name]
        if seat.block is not None:
            edits = (*_of_filling(model, seat), *_of_election(model, seat), *_of_credentials(model, seat))
            found += [(name, change) for change in edits]
    return sorted(_together(model, found), key=lambda change: (change.line, change.text))[:CHANGES_MAX]


def _together(model: Model, found: list[tuple[str, Change]]) -> list[Change]:
    """The same edit of interchangeable seats as one change."""
    kinds = kinds_of(model)
    groups: dict[tuple[int, str], dict[int, Change]] = {}
    for name, change in found:
        sign = change.text.replace(name, "NAME")
        groups.setdefault((kinds[name], sign), {}).setdefault(change.line, change)
    return [_one(list(each.values())) for each in groups.values()]


def _one(alike: list[Change]) -> Change:
    if len(alike) == 1:
        return alike[0]

    def apply(book: Rulebook) -> Rulebook:
        for each in alike:
            book = each.apply(book)
        return book

    return replace(alike[0], apply=apply, also=len(alike) - 1)


def _assembly_beside(model: Model, seat: SeatClass) -> str:
    """The body of all members beside a seat, or the supreme body for a seat at the top: who could fill it instead."""
    for other in model.classes.values():
        if other.chain == seat.chain and other.way == ALL_MEMBERS and other.block is not None:
            return other.name
    supreme = model.supreme
    return supreme.name if supreme is not None and not seat.chain and supreme.name != seat.name else ""


def _of_filling(model: Model, seat: SeatClass) -> Iterable[Change]:
    filled = seat.filled
    if filled is None or filled.way not in (BY_APPOINTMENT, BY_ELECTION):
        return
    by = _assembly_beside(model, seat)
    clause, line = seat.place.clause_of("filled by"), seat.place.line_of("filled by")
    if by and by != filled.by and not (filled.way == BY_ELECTION and model.rulebook.election_of(seat.name)):
        text = f"filled by: election by {by}"
        made = Filled(BY_ELECTION, by)
        yield Change(
            clause, line, False, text, lambda book: _with_seat(book, seat.name, lambda old: replace(old, filled=made))
        )
    procedure = model.rulebook.election_of(seat.name)
    if not seat.chain and filled.way == BY_ELECTION and (procedure is None or procedure.by != "members"):
        text = "filled by: election by members"
        made_by_all = Filled(BY_ELECTION, "members")

        def by_members(book: Rulebook) -> Rulebook:
            book = _with_seat(book, seat.name, lambda old: replace(old, filled=made_by_all))
            return _with_procedure(book, seat.name, lambda old: replace(old, by="members", taken="poll"))

        if procedure is None:
            yield Change(clause, line, False, text, by_members)


def _of_election(model: Model, seat: SeatClass) -> Iterable[Change]:
    procedure = model.rulebook.election_of(seat.name)
    choice = seat.choice
    if procedure is None or choice is None:
        return
    place = procedure.place
    if not choice.is_secret and choice.nominators:
        is_new = "secrecy" not in place.lines
        yield Change(
            place.clause_of("secrecy"), place.line_of("secrecy"), is_new, "secrecy: secret",
            lambda book: _with_procedure(book, seat.name, lambda old: replace(old, secrecy="secret")),
        )  # fmt: skip
    rule = procedure.election
    if choice.nominators and rule is not None:
        yield Change(
            place.clause_of("nominated by"), place.line_of("nominated by"), False, f"nominated by: {choice.by}",
            lambda book: _with_procedure(
                book, seat.name, lambda old: replace(old, election=replace(old.election, nominated_by=(choice.by,)))  # type: ignore[type-var]
            ),
        )  # fmt: skip
    if choice.nominators and choice.settled and rule is not None:
        yield Change(
            place.clause_of("uncontested"), place.line_of("uncontested"), False, "uncontested: poll held",
            lambda book: _with_procedure(
                book, seat.name, lambda old: replace(old, election=replace(old.election, uncontested=POLL_HELD))  # type: ignore[type-var]
            ),
        )  # fmt: skip


def _of_credentials(model: Model, seat: SeatClass) -> Iterable[Change]:
    """A bound on what a credentials panel may refuse."""
    rule = provision_about(model.rulebook, "credentials", seat.name)
    if rule is None or rule.at_most is not None:
        return

    def bounded(book: Rulebook) -> Rulebook:
        blocks = {**book.provisions["credentials"], rule.name: replace(rule, at_most=Share(Fraction(1, 10)))}
        return replace(book, provisions={**book.provisions, "credentials": blocks})

    yield Change(rule.place.clause, rule.place.line, True, "refuses at most: 1/10 of the delegates", bounded)


def closes(model: Model, changes: Iterable[Change]) -> bool:
    """Whether the door is shut once the changes are made: no coalition smaller than by votes alone is left."""
    book = model.rulebook
    for change in changes:
        book = change.apply(book)
    return not is_open(book, model.settings)


def closing_changes(model: Model, hold: Hold) -> list[tuple[Change, ...]]:
    """The smallest sets of changes that close the door, fewest changes first; no set contains another."""
    changes = changes_for(model, hold)
    found: list[tuple[Change, ...]] = []
    work = WORK_MAX
    for size in range(1, SET_MAX + 1):
        for chosen in combinations(changes, size):
            if any(set(smaller) <= set(chosen) for smaller in found):
                continue
            if len({change.line for change in chosen if not change.is_new}) < sum(
                not change.is_new for change in chosen
            ):
                continue  # two edits of one line are not made together
            work -= len(model.classes)
            if work < 0:
                return found
            if closes(model, chosen):
                found.append(chosen)
    return found


def closing_sets(inquiry: Inquiry) -> tuple[tuple[str, ...], ...]:
    """The same in words, as a finding tells them."""
    hold = inquiry.outcome.hold
    if hold is None:
        return ()
    sets = closing_changes(inquiry.outcome.model, hold)
    return tuple(tuple(str(change) for change in chosen) for chosen in sets[:SETS_SHOWN])


def fix_of(closing: tuple[tuple[str, ...], ...]) -> str:
    """The first smallest set as one sentence."""
    if not closing:
        return "no set of up to three of the changes tried closes the door; let whoever is chosen from above be elected below"
    return "; and ".join(closing[0])
