"""Rolls: who is entitled, in which body or poll, as of a civil date.

Lives here: the derivation of electorates and memberships of bodies from persons, units and mandates. Not here: freezing
and committing a roll (`proceedings.polls`).

Invariant: a roll is a function of the state, the edition and a date; it lists random ids in sorted order, so that it can be
committed without publishing who is a member.
"""

from __future__ import annotations

import hashlib
from datetime import date

from isonomy.engine.seating import stepped_in
from isonomy.engine.state import Mandate, Person, State, day_of
from isonomy.engine.subscription import takes
from isonomy.engine.transfer import voting_unit
from isonomy.rulebook.model import MEMBERS, Body, MemberClass, Rulebook
from isonomy.rulebook.provisions.credentials import VOTE, Credentials, credentials_of
from isonomy.rulebook.provisions.removal import removal_of
from isonomy.rulebook.provisions.subscription import NO_VOTE

PUT_OUT = ("removed", "recalled", "not kept")
"""Why a mandate ended whose holder is not to act in its seat until it is filled."""


def class_of(rulebook: Rulebook, name: str) -> MemberClass | None:
    """The block of a class of members; who founded under a text that came in parts is of its only class."""
    if not name and len(rulebook.member_classes) == 1:
        return next(iter(rulebook.member_classes.values()))
    return rulebook.member_classes.get(name)


def votes_from(person: Person, member_class: MemberClass | None) -> date | None:
    """From which date a member counts in rolls; None for a class without a vote."""
    if member_class is None:
        return day_of(person.admitted_on)
    if not member_class.votes:
        return None
    start = day_of(person.admitted_on)
    return member_class.vote_from.after(start) if member_class.vote_from else start


def is_voter(person: Person, rulebook: Rulebook, day: str) -> bool:
    """Whether a person is a member with a vote on a civil date."""
    if not person.is_member_on(day) or (person.codes and takes(person, rulebook, day, NO_VOTE)):
        return False
    start = votes_from(person, class_of(rulebook, person.member_class))
    return start is not None and start <= day_of(day)


def roll_of(state: State, edition: str, day: str) -> tuple[str, ...]:
    """All members with a vote on a civil date, sorted by id."""
    rulebook = state.rulebook(edition)
    return tuple(sorted(found.id for found in state.persons.values() if is_voter(found, rulebook, day)))


def unit_lies_in(state: State, unit: str, within: str) -> bool:
    """Whether a unit is `within` or lies, at any depth, inside it."""
    seen: set[str] = set()
    while unit and unit not in seen:
        if unit == within:
            return True
        seen.add(unit)
        unit = state.units[unit].within if unit in state.units else ""
    return False


def members_of_body(state: State, edition: str, seat: str, day: str) -> tuple[str, ...]:
    """The members of a body on a civil date: everybody, everybody of its unit, ex officio holders, or by mandate."""
    rulebook = state.rulebook(edition)
    plain, _, unit = seat.partition("@")
    if plain == MEMBERS:
        return roll_of(state, edition, day)
    body = rulebook.bodies.get(plain)
    if body is None:
        held = {mandate.person for mandate in state.mandates_of_seat(seat, day)}
        return tuple(sorted(held or interim_holders(state, rulebook, seat, day)))
    if body.filled is not None and body.filled.way == "all members":
        return tuple(
            sorted(
                found.id
                for found in state.persons.values()
                if is_voter(found, rulebook, day)
                and (not unit or unit_lies_in(state, voting_unit(state, rulebook, found, day), unit))
            )
        )
    held = sitting(state, rulebook, seat, day)
    if body.filled is not None and body.filled.way == "ex officio":
        for office in body.filled.offices:
            held |= _holders(state, rulebook, office, day)
    living = (person for person in held if _is_living(state, person, day))
    return tuple(sorted(living))


def sitting(state: State, rulebook: Rulebook, seat: str, day: str) -> set[str]:
    """Who sits with a vote by mandate in a body: holders, substitutes in the place of theirs; none whose mandate was refused."""
    stepped = stepped_in(state, seat, day)
    rule = credentials_of(rulebook, seat)
    held = set()
    for mandate in state.mandates_of_seat(seat, day):
        if state.seating.is_without_vote(mandate.id) or (
            rule is not None and not _is_let_in(state, rule, mandate, day)
        ):
            continue
        held.add(stepped.get(mandate.id, mandate.person))
    return held


def _is_let_in(state: State, rule: Credentials, mandate: Mandate, day: str) -> bool:
    """Whether a delegate votes: accepted; not examined, or refused with an appeal open, as the clause says."""
    found = state.seating.examined.get(mandate.id)
    if found is None or day < found.on:
        return rule.unexamined == VOTE or not _meets_on(state, mandate.seat, day)
    if not found.is_refused_on(day):
        return True
    return rule.refused == VOTE and found.may_appeal_on(day)


def _meets_on(state: State, seat: str, day: str) -> bool:
    """Whether a body sits on a civil date, as far as the record tells."""
    for meeting in state.meetings.values():
        if meeting.body == seat and meeting.standing not in ("cancelled", "lapsed"):
            last = meeting.closed_on or (day if meeting.opened_on else meeting.starts[:10])
            if (meeting.opened_on or meeting.starts[:10]) <= day <= last:
                return True
    return False


def interim_holders(state: State, rulebook: Rulebook, seat: str, day: str) -> set[str]:
    """Who acts in an office that nobody exercises on a civil date: the holders of the office its removal clause names.

    Whoever was put out of the seat, or is suspended from it, does not come back to it in this way.
    """
    plain, _, unit = seat.partition("@")
    rule = removal_of(rulebook, plain)
    if rule is None or not rule.interim:
        return set()
    office = rulebook.offices.get(rule.interim)
    acting = f"{rule.interim}@{unit}" if unit and office is not None and office.in_each else rule.interim
    found = {mandate.person for mandate in state.mandates_of_seat(acting, day)}
    own = [state.mandates[id] for id in state.by_seat.get(seat, ())]
    return found - {each.person for each in own if each.ended_why in PUT_OUT or each.is_suspended_on(day)}


def roll_as_of(state: State, edition: str, seat: str, day: str, today: str) -> tuple[str, ...]:
    """Who was entitled on an earlier date and is still a member: the members of the body then, less those gone since."""
    then = members_of_body(state, edition, seat, day)
    if day == today:
        return then
    return tuple(id for id in then if id not in state.persons or state.persons[id].is_member_on(today))


def without(roll: tuple[str, ...], barred: tuple[str, ...]) -> tuple[str, ...]:
    """A roll without those who have no vote on the matter."""
    return tuple(person for person in roll if person not in barred) if barred else roll


def _holders(state: State, rulebook: Rulebook, office: str, day: str) -> set[str]:
    found = rulebook.offices.get(office)
    if found is None or not found.in_each:
        return {mandate.person for mandate in state.mandates_of_seat(office, day)}
    units = [unit.id for unit in state.units.values() if unit.kind == found.in_each]
    return {mandate.person for unit in units for mandate in state.mandates_of_seat(f"{office}@{unit}", day)}


def _is_living(state: State, person: str, day: str) -> bool:
    return person not in state.persons or not state.persons[person].is_dead_on(day)


def entitled_in(state: State, edition: str, seat: str, day: str) -> tuple[str, ...]:
    """The persons who hold a seat on a civil date: a body's members, an office's holder, or all members."""
    return members_of_body(state, edition, seat, day)


def is_entitled_in(state: State, edition: str, seat: str, day: str, person: str) -> bool:
    """Whether a person is one of `entitled_in`, found without walking the roll where a seat is everybody's."""
    rulebook = state.rulebook(edition)
    plain, _, unit = seat.partition("@")
    body = rulebook.bodies.get(plain)
    is_everybody = body is not None and body.filled is not None and body.filled.way == "all members"
    if plain != MEMBERS and not is_everybody:
        return person in entitled_in(state, edition, seat, day)
    found = state.persons.get(person)
    if found is None or not is_voter(found, rulebook, day):
        return False
    return plain == MEMBERS or not unit or unit_lies_in(state, voting_unit(state, rulebook, found, day), unit)


def vacancies(state: State, edition: str, body: Body, seat: str, day: str) -> int:
    """How many seats of a body are vacant on a civil date (0 where the clause sets no number)."""
    if body.seats is None:
        return 0
    return max(0, body.seats - len(members_of_body(state, edition, seat, day)))


def roll_digest(roll: tuple[str, ...]) -> str:
    """The commitment to a frozen roll: SHA-256 over the sorted random ids, one a line."""
    return hashlib.sha256("".join(f"{person}\n" for person in roll).encode()).hexdigest()
