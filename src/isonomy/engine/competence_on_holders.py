"""Competence for what concerns a holder of a seat: removal, suspension, retention, review, censure, recall; and for petitions.

Lives here: which body these matters belong to under the `removal`, `recall` and `petition` blocks, and how it decides them.
Not here: all other matters (`competence`).

Invariant: a matter whose block the rulebook does not have belongs to nobody, and not to the residual body either.
"""

from __future__ import annotations

from dataclasses import replace

from isonomy.rulebook.model import Competence, Majority, Place, Procedure, Rulebook
from isonomy.rulebook.provisions.petition import ANSWER, petitions
from isonomy.rulebook.provisions.recall import recall_of
from isonomy.rulebook.provisions.removal import RemovalRule, removal_of

REMOVAL, RECALL = "removal-from-", "recall-from-"
ASKING, SUSPENSION = "asking-removal-from-", "suspension-from-"
RETENTION, REVIEW, CENSURE = "retention-of-", "review-of-", "censure-of-"
PETITION_TO = "petition-to-"
ON_HOLDERS = (ASKING, SUSPENSION, RETENTION, REVIEW, CENSURE, RECALL)
"""How the matters begin that name a holder, beside `removal-from-`."""


def holders_competences(rulebook: Rulebook, matter: str) -> tuple[Competence, ...] | None:
    """The competences for such a matter; empty where no block has it, None where the matter is none of these."""
    if matter.startswith(PETITION_TO):
        return _answers(rulebook, matter.removeprefix(PETITION_TO))
    if matter.startswith(RECALL):
        return _recalls(rulebook, matter)
    if matter.startswith(REMOVAL):
        rule = removal_of(rulebook, matter.removeprefix(REMOVAL))
        return _removes(rulebook, matter, rule) if rule is not None else None
    prefix = next((each for each in ON_HOLDERS if matter.startswith(each)), "")
    if not prefix:
        return None
    seat = matter.removeprefix(prefix)
    rule = removal_of(rulebook, seat)
    return _about(rulebook, prefix, seat, rule) if rule is not None else ()


def _at(place: Place, key: str) -> Place:
    return Place(place.clause_of(key), place.line_of(key), place.lines, place.clauses)


def _answers(rulebook: Rulebook, body: str) -> tuple[Competence, ...]:
    return tuple(
        Competence(each.to, _at(each.place, "asks"))
        for each in petitions(rulebook).values()
        if each.asks == ANSWER and each.to == body
    )[:1]


def _recalls(rulebook: Rulebook, matter: str) -> tuple[Competence, ...]:
    name = matter.removeprefix(RECALL)
    rule, seat = recall_of(rulebook, name), rulebook.seat(name)
    if rule is None or seat is None or seat.filled is None:
        return ()
    return (Competence(seat.filled.by, rule.place, procedure=rule.procedure(seat.filled.by, matter)),)


def _removes(rulebook: Rulebook, matter: str, rule: RemovalRule) -> tuple[Competence, ...]:
    """The body that removes; where the block says how the vote is given, with a procedure that says so."""
    seat = rulebook.seat(matter.removeprefix(REMOVAL))
    if seat is None or seat.removable is None:
        return ()
    by = seat.removable.by
    named = (each for each in rulebook.competent(matter) if each.seat == by and each.procedure is not None)
    own = next(named, None)
    if not rule.secrecy:
        return (own,) if own is not None else (Competence(by, seat.place),)
    if own is not None and own.procedure is not None:
        return (replace(own, procedure=replace(own.procedure, secrecy=rule.secrecy)),)
    return (Competence(by, seat.place, procedure=_plain(rule.place, by, matter, secrecy=rule.secrecy)),)


def _plain(place: Place, by: str, matter: str, *, majority: Majority | None = None, secrecy: str = "") -> Procedure:
    return Procedure("decision", "", place, by, (matter,), majority=majority, secrecy=secrecy)


def _about(rulebook: Rulebook, prefix: str, seat: str, rule: RemovalRule) -> tuple[Competence, ...]:
    if prefix == ASKING:
        return tuple(Competence(body, _at(rule.place, "asked by")) for body in rule.asked_by.by_decision)
    if prefix == SUSPENSION:
        return (Competence(rule.until_then.by, _at(rule.place, "until then")),) if rule.until_then is not None else ()
    if prefix == CENSURE:
        censure, place = rule.censured_by, _at(rule.place, "censured by")
        if censure is None:
            return ()
        procedure = _plain(place, censure.by, prefix + seat, majority=censure.majority) if censure.majority else None
        return (Competence(censure.by, place, procedure=procedure),)
    found = rulebook.seat(seat)
    if rule.review_on is None or found is None or found.removable is None:
        return ()
    return (Competence(found.removable.by, _at(rule.place, "review on")),)
