"""Who holds on: no removal, no limit, vacancies, posts together, watchers that answer to one (C19, C21, C22, C25, C26).

Lives here: findings about holding a seat. Not here: races between removers (the search in time).

Invariant: a seat that lasts no longer than those who made it want is not reported as lasting.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from isonomy.checker.catalogue import HIGH, LOW, MEDIUM
from isonomy.checker.finding import Cited, Finding, cited, finding
from isonomy.checker.inquiry import Inquiry
from isonomy.checker.properties import finds
from isonomy.checker.structure.ties import capital, is_everybody, one_person, saying, seats_of, sole_namer, watching
from isonomy.rulebook.model import Body, Office, Rulebook
from isonomy.rulebook.render import listed

YEAR_BEGINS = date(2027, 1, 1)
"""Durations are compared by the day they come to from here."""


def _removers(book: Rulebook) -> set[str]:
    """Seats that some block lets be emptied before the term: `removable by`, removal and recall blocks."""
    found = {seat.name for seat in seats_of(book) if seat.removable is not None}
    for kind in ("removal", "recall"):
        found |= {str(getattr(block, "seat", "") or name) for name, block in book.provisions.get(kind, {}).items()}
    return found


@finds("C19")
def no_removal(inquiry: Inquiry) -> Iterator[Finding]:
    """An office, or a body whose members are elected or appointed, from which nobody can be removed before the term is over."""
    book, say = inquiry.rulebook, saying(inquiry.rulebook)
    removable = _removers(book)
    for seat in seats_of(book):
        way = seat.filled.way if seat.filled else ""
        if way not in ("election", "appointment") or seat.name in removable:
            continue
        if isinstance(seat, Body) and not _has_power(book, seat):
            continue
        who = say.the(seat.name)
        length = f"for {seat.term}" if seat.term is not None else "without any term"
        maker = seat.filled.by if seat.filled else ""
        weight = HIGH if seat.term is None else MEDIUM if isinstance(seat, Office) else LOW
        yield finding(
            "C19",
            f"{capital(who)} is filled {length} (clause {seat.place.clause_of('filled by')}), and no clause lets anybody end "
            "a mandate before.",
            cited(seat.place, "filled by"),
            severity=weight,
            fix=f"in the block of {who} write 'removable by: {maker}'",
        )


def _has_power(book: Rulebook, body: Body) -> bool:
    """Whether a body decides, makes or judges anything."""
    makes = any(seat.filled is not None and seat.filled.by == body.name for seat in seats_of(book))
    procedures = any(found.by == body.name for found in book.procedures.values())
    return bool(body.decides) or makes or procedures


@finds("C21")
def without_limit(inquiry: Inquiry) -> Iterator[Finding]:
    """Who appoints others, or alone names who stands, may be elected again and again."""
    book, say = inquiry.rulebook, saying(inquiry.rulebook)
    for seat in seats_of(book):
        if seat.filled is None or seat.filled.way not in ("election", "appointment") or _limited(book, seat):
            continue
        appoints = [
            other
            for other in seats_of(book)
            if other.filled and other.filled.way == "appointment" and other.filled.by == seat.name
        ]
        names = [
            found
            for found in book.procedures.values()
            if found.kind == "election" and sole_namer(book, found) == seat.name
        ]
        if not (appoints or names) or not one_person(book, seat.name):
            continue
        does = [f"appoints {say.the(other.name)}" for other in appoints]
        does += [f"alone names who stands for {say.the(found.fills)}" for found in names]
        places = [cited(other.place, "filled by") for other in appoints]
        places += [cited(found.place, "nominated by") for found in names]
        term = f"elected for {seat.term}" if seat.term else "elected without a term"
        yield finding(
            "C21",
            f"{capital(say.the(seat.name))} is {term}, may be elected without limit, and {listed(does)}.",
            cited(seat.place, "term" if seat.term else "filled by"),
            *places,
            fix=f"in a block 'limits {seat.name}' write 'terms in a row: 2', or let those who elect fill the others",
        )


def _limited(book: Rulebook, seat: Body | Office) -> bool:
    """Whether a block limits how often one person holds the seat."""
    rules = book.provisions.get("limits", {}).values()
    return any(rule.seat == seat.name and (rule.in_a_row or rule.in_all) for rule in rules)


@finds("C22")
def vacancies(inquiry: Inquiry) -> Iterator[Finding]:
    """A seat that stays empty once it falls vacant, or that those fill who gain by it."""
    book, say = inquiry.rulebook, saying(inquiry.rulebook)
    for procedure in book.procedures.values():
        rule = procedure.election
        if rule is not None and rule.vacancy == "left vacant":
            title = say.the(procedure.fills)
            yield finding(
                "C22",
                f"When a seat in {title} falls vacant it stays empty until the term is over.",
                cited(procedure.place, "vacancy"),
                fix=f"in the election of {title} write 'vacancy: by-election' or 'vacancy: countback'",
            )
    for seat in seats_of(book):
        yield from _instead_of_elections(book, seat)
        for filler, at in _interim(book, seat):
            if filler == seat.name or _answers_to(book, filler, seat.name):
                yield finding(
                    "C22",
                    f"A vacancy in {say.the(seat.name)} is filled by {say.the(filler)}, over whom it has a hold.",
                    at,
                    fix=f"let those who elect {say.the(seat.name)} fill its vacancies",
                )


def _instead_of_elections(book: Rulebook, seat: Body | Office) -> Iterator[Finding]:
    """An interim by one person that lasts as long as an elected term: who appoints it has no need of an election."""
    say = saying(book)
    if seat.filled is None or seat.filled.way != "election" or seat.term is None:
        return
    for rule in book.provisions.get("interim", {}).values():
        if rule.seat != seat.name or rule.at_most.after(YEAR_BEGINS) < seat.term.after(YEAR_BEGINS):
            continue
        for by in rule.by:
            if one_person(book, by) and by != seat.filled.by and not _answers_to(book, by, seat.name):
                yield finding(
                    "C22",
                    f"While {say.the(seat.name)} is vacant {say.the(by)} appoints to it alone for up to {rule.at_most}, as long "
                    f"as a term of {seat.term}: no election need follow.",
                    cited(rule.place, "at most"),
                    cited(seat.place, "filled by"),
                    fix=f"in the interim block '{rule.name}' write 'at most: 3 months', or let {say.the(seat.filled.by)} appoint",
                )


def _interim(book: Rulebook, seat: Body | Office) -> Iterator[tuple[str, Cited]]:
    for rule in book.provisions.get("interim", {}).values():
        if rule.seat == seat.name:
            for by in rule.by:
                yield by, cited(rule.place, "by")


def _answers_to(book: Rulebook, seat: str, holder: str) -> bool:
    """Whether `holder` makes or removes `seat`."""
    found = book.seat(seat)
    if found is None:
        return False
    makes = found.filled is not None and found.filled.by == holder
    return makes or (found.removable is not None and found.removable.by == holder)


@finds("C25")
def posts_together(inquiry: Inquiry) -> Iterator[Finding]:
    """One person may hold both of two posts of which one is there to check the other."""
    book, say = inquiry.rulebook, saying(inquiry.rulebook)
    for first, second, why, places in _pairs(book):
        if not _barred(book, first, second):
            yield finding(
                "C25",
                f"One person may be {say.the(first)} and {say.the(second)} at one time: {why}.",
                *places,
                fix=f"in a block 'limits {first}' write 'not with: {second}'",
            )


def _pairs(book: Rulebook) -> Iterator[tuple[str, str, str, list[Cited]]]:
    say = saying(book)
    for office in book.offices.values():
        for other in book.offices.values():
            if other.name == office.name or office.in_each != other.in_each:
                continue
            if other.filled is not None and other.filled.way == "appointment" and other.filled.by == office.name:
                why = f"{say.the(office.name)} appoints {say.the(other.name)}"
                yield office.name, other.name, why, [cited(other.place, "filled by"), cited(office.place)]
            elif other.removable is not None and other.removable.by == office.name:
                why = f"{say.the(office.name)} removes {say.the(other.name)}"
                yield office.name, other.name, why, [cited(other.place, "removable by"), cited(office.place)]
    for procedure in book.procedures.values():
        rule = procedure.election
        if rule is None or not rule.returning_officer or procedure.fills == rule.returning_officer:
            continue
        seat = book.seat(procedure.fills)
        if isinstance(seat, Office):
            why = f"{say.the(rule.returning_officer)} conducts and declares the election of {say.the(procedure.fills)}"
            yield (
                rule.returning_officer,
                procedure.fills,
                why,
                [cited(procedure.place, "returning officer"), cited(seat.place)],
            )
    auditors = [office for office in book.offices.values() if "audit" in office.name]
    for auditor in auditors:
        for power in book.powers.values():
            for holder in power.held_by:
                if holder in book.offices and holder != auditor.name:
                    why = f"{say.the(auditor.name)} examines what {say.the(holder)} decides alone"
                    yield auditor.name, holder, why, [cited(auditor.place), cited(power.place, "held by")]


def _barred(book: Rulebook, first: str, second: str) -> bool:
    """Whether a block keeps one person from holding both."""
    for rule in book.provisions.get("limits", {}).values():
        if (
            (rule.seat, *rule.not_with)
            and {first, second} <= {rule.seat, *rule.not_with}
            and rule.seat in (first, second)
        ):
            return True
    for rule in book.provisions.get("accumulation", {}).values():
        if rule.at_most == 1 and (not rule.across or {first, second} <= set(rule.across)):
            return True
    return False


@finds("C26")
def answers_to_one(inquiry: Inquiry) -> Iterator[Finding]:
    """A seat that keeps, returns, watches or judges, and that one person fills or empties."""
    book, say = inquiry.rulebook, saying(inquiry.rulebook)
    told: set[str] = set()
    for name, what, at in watching(book):
        seat = book.seat(name)
        if seat is None or name in told or is_everybody(book, name):
            continue
        by, key = "", ""
        if seat.filled is not None and seat.filled.way == "appointment" and one_person(book, seat.filled.by):
            by, key = seat.filled.by, "filled by"
        elif seat.removable is not None and one_person(book, seat.removable.by):
            by, key = seat.removable.by, "removable by"
        if not by or by == name:
            continue
        told.add(name)
        does = "appoints" if key == "filled by" else "removes"
        yield finding(
            "C26",
            f"{capital(say.the(name))} {what} (clause {at.id}), and one person, {say.the(by)}, {does} its holder.",
            at,
            cited(seat.place, key),
            fix=f"let a body fill and remove {say.the(name)}, on line {seat.place.line_of(key)}",
        )
