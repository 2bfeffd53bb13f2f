"""Ties between seats as blocks state them: who makes whom, who can unmake whom, who watches.

Lives here: reading those ties out of an edition, each with clause and line. Not here: findings.

Invariant: a tie follows from one key of one block; nothing is a tie that a member could not read there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from isonomy.checker.finding import Cited, cited
from isonomy.rulebook.model import MEMBERS, Body, Office, Procedure, Rulebook
from isonomy.rulebook.render import Speaker

ELECTS, APPOINTS, DELEGATES, SITS, NAMES = (
    "elects",
    "appoints",
    "sends",
    "sits by office in",
    "alone names who stands for",
)
OPEN_VOTE = ("by show of hands", "named")


@dataclass(frozen=True, slots=True)
class Tie:
    """That `maker` has a hand in who holds `made`: how, and by which line."""

    maker: str
    made: str
    how: str
    at: Cited


def seats_of(rulebook: Rulebook) -> list[Body | Office]:
    """Bodies, then offices."""
    return [*rulebook.bodies.values(), *rulebook.offices.values()]


def is_everybody(rulebook: Rulebook, seat: str) -> bool:
    """Whether a seat is all members, of the organisation or of a unit."""
    body = rulebook.bodies.get(seat)
    return seat == MEMBERS or (body is not None and body.filled is not None and body.filled.way == "all members")


def ties(rulebook: Rulebook) -> list[Tie]:
    """Who makes whom, by election, appointment, delegation, by office, or by being the only one to name candidates."""
    found: list[Tie] = []
    for seat in seats_of(rulebook):
        way = seat.filled
        if way is None:
            continue
        at = cited(seat.place, "filled by")
        procedure = rulebook.election_of(seat.name)
        if way.way == "election":
            found.append(Tie(way.by, seat.name, ELECTS, at))
        elif way.way == "appointment":
            found.append(Tie(way.by, seat.name, APPOINTS, at))
        elif way.way == "delegation":
            found.append(Tie(procedure.by if procedure is not None else MEMBERS, seat.name, DELEGATES, at))
        for office in way.offices:
            found.append(Tie(office, seat.name, SITS, at))
        if procedure is not None and (namer := sole_namer(rulebook, procedure)):
            found.append(Tie(namer, seat.name, NAMES, cited(procedure.place, "nominated by")))
    return found


def sole_namer(rulebook: Rulebook, procedure: Procedure) -> str:
    """The one seat that names all candidates and is not the electorate itself; "" where others may name as well, or where voters
    can refuse the whole list (new nominations) in a secret ballot."""
    rule = procedure.election
    if rule is None or len(rule.nominated_by) != 1:
        return ""
    (namer,) = rule.nominated_by
    if namer in (MEMBERS, procedure.by) or is_everybody(rulebook, namer):
        return ""
    return "" if rule.reopens and procedure.secrecy == "secret" else namer


def makers(rulebook: Rulebook) -> dict[str, list[Tie]]:
    """The ties of each seat that is made, in the order of the text."""
    found: dict[str, list[Tie]] = {}
    for tie in ties(rulebook):
        found.setdefault(tie.made, []).append(tie)
    return found


def one_person(rulebook: Rulebook, seat: str) -> bool:
    """Whether a seat is one person: an office that does not stand in every unit, or a body of one seat."""
    body = rulebook.bodies.get(seat)
    return seat in rulebook.offices or (body is not None and body.seats == 1)


def capital(text: str) -> str:
    """The text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def saying(rulebook: Rulebook) -> Speaker:
    """Says seats by their titles."""
    return Speaker(rulebook)


def watching(rulebook: Rulebook) -> Iterator[tuple[str, str, Cited]]:
    """Seats that keep, return, watch or judge: name, as what, and by which line; a seat may come more than once."""
    for office in rulebook.offices.values():
        for kept in office.keeps:
            yield office.name, f"keeps the {kept}", cited(office.place, "keeps")
    for procedure in rulebook.procedures.values():
        rule = procedure.election
        if rule is None:
            continue
        if rule.returning_officer:
            yield rule.returning_officer, "is returning officer", cited(procedure.place, "returning officer")
        for seat in rule.scrutineers:
            yield seat, "counts as scrutineer", cited(procedure.place, "scrutineers")
        if rule.appeal is not None:
            yield rule.appeal.to, "hears appeals on an election", cited(procedure.place, "appeal")
    for case in rulebook.provisions.get("case", {}).values():
        yield case.panel, "hears cases", cited(case.place, "panel")
        for step in case.appeals:
            yield step.to, "hears appeals", cited(case.place, "appeal")
    for held in seats_of(rulebook):
        if any(word in f"{held.name} {held.title}".lower() for word in WATCHING_WORDS):
            yield held.name, "watches by its name", cited(held.place)


WATCHING_WORDS = (
    "audit", "security", "investigat", "inspect", "tribunal", "credential", "scrutin", "ombud", "control commission",
    "revision", "returning officer", "arbitrat", "disciplin",
)  # fmt: skip
"""Parts of names by which a seat is one that watches, investigates or judges; data, for the findings to say so."""
