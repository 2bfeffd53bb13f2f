"""Who makes whom: circles of making, elections in name, and slates (C04, C05, C06).

Lives here: the findings that follow from how seats are filled. Not here: whether a coalition can use a circle (the fixpoint).

Invariant: a circle is told by its ties, each with its line; it closes when every seat in it is made by seats in it alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from isonomy.checker.catalogue import HIGH, MEDIUM
from isonomy.checker.finding import Cited, Finding, cited, finding
from isonomy.checker.inquiry import Inquiry
from isonomy.checker.properties import finds
from isonomy.checker.structure.ties import (
    NAMES,
    OPEN_VOTE,
    Tie,
    capital,
    is_everybody,
    makers,
    saying,
    sole_namer,
)
from isonomy.rulebook.model import MEMBERS, Rulebook


@finds("C04")
def circles(inquiry: Inquiry) -> Iterator[Finding]:
    """Seats that make one another in a circle; heavier where nobody outside has a hand in it."""
    book = inquiry.rulebook
    made_by = makers(book)
    for group in _groups(made_by):
        path = _round(sorted(group, key=lambda seat: _line(book, seat)), group, made_by)
        outside = sorted(
            {tie.maker for seat in group for tie in made_by[seat] if tie.maker not in group and tie.how != NAMES}
        )
        say = saying(book)
        told = ", ".join(f"{say.the(tie.maker)} {tie.how} {say.the(tie.made)} (clause {tie.at.id})" for tie in path)
        closed = not outside
        rest = (
            "Nobody outside the circle has a hand in it."
            if closed
            else f"From outside {say.either(tuple(outside))} also makes one of them."
        )
        yield finding(
            "C04",
            f"{capital(told)}: so each depends in the end on those it makes. {rest}",
            *(tie.at for tie in path),
            severity=HIGH if closed else MEDIUM,
            fix=_opened(book, path),
        )


def round_of(book: Rulebook) -> list[Tie]:
    """The ties of the first circle of making in an edition, in their order; none where there is no circle."""
    made_by = makers(book)
    groups = _groups(made_by)
    return _round(sorted(groups[0], key=lambda seat: _line(book, seat)), groups[0], made_by) if groups else []


def _opened(book: Rulebook, path: list[Tie]) -> str:
    """The tie to be given to the members, or to those of the unit, instead."""
    tie = path[0]
    seat = book.seat(tie.made)
    all_members = [body for body in book.bodies.values() if is_everybody(book, body.name)]
    near = [body.name for body in all_members if seat is not None and body.in_each == seat.in_each]
    above = [body.name for body in all_members if body.supreme]
    voters = [*near, *above, MEMBERS][0]
    what = "nominated by: members" if tie.how == NAMES else f"filled by: election by {voters}"
    title = saying(book).the(tie.made)
    return f"on line {tie.at.line} write '{what}', by secret ballot, so that {title} does not come from the circle"


def _line(book: Rulebook, seat: str) -> int:
    found = book.seat(seat)
    return found.place.line if found else 0


def _groups(made_by: dict[str, list[Tie]]) -> list[frozenset[str]]:
    """The largest sets of seats that all reach one another by making, in the order of their names."""
    nodes = sorted({*made_by, *(tie.maker for each in made_by.values() for tie in each)})
    forward: dict[str, set[str]] = {node: set() for node in nodes}
    for each in made_by.values():
        for tie in each:
            forward[tie.maker].add(tie.made)
    reached = {node: _reached(node, forward) for node in nodes}
    groups = {
        frozenset(other for other in reached[node] if node in reached[other]) for node in nodes if node in reached[node]
    }
    return sorted(groups, key=sorted)


def _reached(start: str, forward: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = list(forward[start])
    while waiting:
        node = waiting.pop()
        if node not in found:
            found.add(node)
            waiting += forward[node]
    return found


def _round(order: list[str], group: frozenset[str], made_by: dict[str, list[Tie]]) -> list[Tie]:
    """A shortest way round from the first seat of the group back to itself."""
    start = order[0]
    ways: dict[str, list[Tie]] = {}
    waiting = [(start, list[Tie]())]
    while waiting:
        seat, way = waiting.pop(0)
        for tie in made_by[seat]:
            if tie.maker not in group:
                continue
            longer = [tie, *way]
            if tie.maker == start:
                return longer
            if tie.maker not in ways:
                ways[tie.maker] = longer
                waiting.append((tie.maker, longer))
    raise AssertionError("a group without a way round")


@finds("C06")
def slates(inquiry: Inquiry) -> Iterator[Finding]:
    """One seat alone names the candidates, and votes are seen: the choice is made by who makes the list."""
    book, say = inquiry.rulebook, saying(inquiry.rulebook)
    for procedure in book.procedures.values():
        namer = sole_namer(book, procedure) if procedure.kind == "election" else ""
        if not namer or procedure.secrecy == "secret":
            continue
        rule = procedure.election
        places = [cited(procedure.place, "nominated by")]
        vote = "the vote is open" if procedure.secrecy in OPEN_VOTE else "no clause makes the ballot secret"
        if "secrecy" in procedure.place.lines:
            places.append(cited(procedure.place, "secrecy"))
        more = ""
        if rule is not None and rule.uncontested == "elected":
            places.append(cited(procedure.place, "uncontested"))
            more = ", and as many candidates as seats are elected without a poll"
        who, seat = say.the(namer), say.the(procedure.fills)
        yield finding(
            "C06",
            f"Only {who} names who stands for {seat}, and {vote}{more}: the list decides.",
            *places,
            fix=f"in the election of {seat} write 'nominated by: members' or 'secrecy: secret' with 'reopen nominations: yes'",
        )


@finds("C05")
def confirmed_from_above(inquiry: Inquiry) -> Iterator[Finding]:
    """Elected below, and effective only when another seat agrees that those who elect have no hand in."""
    book, say = inquiry.rulebook, saying(inquiry.rulebook)
    for made, confirmer, at in confirmations(book):
        seat = book.seat(made)
        if seat is None or seat.filled is None or seat.filled.way not in ("election", "delegation"):
            continue
        procedure = book.election_of(made)
        electors = seat.filled.by or (procedure.by if procedure is not None else MEMBERS)
        if confirmer in (electors, MEMBERS) or is_everybody(book, confirmer):
            continue
        yield finding(
            "C05",
            f"{capital(say.the(electors))} elects {say.the(made)} (clause {seat.place.clause_of('filled by')}), but nobody takes "
            f"office without the consent of {say.the(confirmer)}.",
            cited(seat.place, "filled by"),
            at,
            fix=f"leave out the confirmation on line {at.line}, or let a refusal go to those who elected",
        )


def confirmations(book: Rulebook) -> Iterator[tuple[str, str, Cited]]:
    """Seat, who confirms whoever is elected to it, and where that stands; a confirmation of those co-opted alone is none."""
    for rule in book.provisions.get("confirmation", {}).values():
        if "election" in rule.of:
            yield rule.seat, rule.by, cited(rule.place, "by")
