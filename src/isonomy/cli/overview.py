"""The overview of an organisation: what the state holds on a day, as data with stable keys.

Lives here: choosing and naming, from the state and the personal values at hand. Not here: the fold (`engine`),
printing (`state`).

Invariant: nothing is judged here; every figure can be found again in the record. Keys are only ever added.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from isonomy.cli.overview_of_money import budgets, by_standing, payments_waiting
from isonomy.cli.overview_of_orders import joinings, orders, to_assign
from isonomy.cli.overview_of_powers import decided_alone, delegations, emergencies
from isonomy.cli.overview_of_transfers import transfers_under_way
from isonomy.engine.commission import AT_WORK
from isonomy.engine.following import following
from isonomy.engine.owed_answers import by_addressee
from isonomy.engine.roll import members_of_body, vacancies
from isonomy.engine.state import State
from isonomy.rulebook.consequence import WORDS
from isonomy.rulebook.model import Body, Office, Rulebook

NameOf = Callable[[Any], str]
"""The value behind a commitment, "" where it is not at hand."""


def overview(state: State, day: str, name_of: NameOf) -> dict[str, Any]:
    """Everything that stands on a civil date, by kind."""
    edition = state.edition_on(day)
    rulebook = state.rulebook(edition.id) if edition else None
    return {
        "organisation": state.name,
        "origin": state.origin,
        "kind": state.kind,
        "founded_on": state.founded_on,
        "time_zone": state.time_zone,
        "day": day,
        "entries": state.n,
        "last_entry_at": state.at,
        "edition": None
        if edition is None or rulebook is None
        else {
            "id": edition.id,
            "edition": rulebook.front.edition,
            "status": rulebook.front.status,
            "in_force_from": edition.in_force_from,
            "sha256": edition.sha256,
        },
        "members": _members(state, day, name_of),
        "units": [
            {"unit": unit.id, "kind": unit.kind, "within": unit.within, "founded_on": unit.founded_on}
            for unit in state.units.values()
            if not unit.closed_on or unit.closed_on > day
        ],
        "seats": list(_seats(state, rulebook, edition.id, day)) if edition and rulebook else [],
        "open": list(_open(state, day)),
        "criticism": {"by_addressee": by_addressee(state, day), "owed": list(_owed(state, day))},
        "emergencies": emergencies(state, day),
        "delegations": delegations(state, day),
        "decided_alone": decided_alone(state, day),
        "budgets": budgets(state, day),
        "orders": orders(state, day),
        "joinings": joinings(state),
        "to_assign": to_assign(state, day),
    }


def _members(state: State, day: str, name_of: NameOf) -> dict[str, Any]:
    present = [person for person in state.persons.values() if person.is_member_on(day)]
    return {
        "count": len(present),
        "by_unit": dict(sorted(Counter(person.unit for person in present).items())),
        "by_standing": by_standing(state, [person.id for person in present]),
        "by_class": dict(sorted(Counter(person.member_class for person in present).items())),
        "persons": [
            {
                "person": person.id,
                "name": name_of(person.name) if person.name else "",
                "class": person.member_class,
                "unit": person.unit,
                "admitted_on": person.admitted_on,
            }
            for person in present
        ],
    }


def _seats(state: State, rulebook: Rulebook, edition: str, day: str) -> Iterator[dict[str, Any]]:
    seats: list[Body | Office] = [*rulebook.bodies.values(), *rulebook.offices.values()]
    for seat in seats:
        for unit in _places(state, seat.in_each, day):
            yield _seat(state, edition, day, seat, f"{seat.name}@{unit}" if unit else seat.name, unit)


def _places(state: State, kind: str, day: str) -> list[str]:
    if not kind:
        return [""]
    return [
        unit.id for unit in state.units.values() if unit.kind == kind and (not unit.closed_on or unit.closed_on > day)
    ]


def _seat(state: State, edition: str, day: str, found: Body | Office, name: str, unit: str) -> dict[str, Any]:
    of_all = isinstance(found, Body) and found.filled is not None and found.filled.way == "all members"
    shown: dict[str, Any] = {
        "seat": name,
        "title": found.title + (f" of {unit}" if unit else ""),
        "kind": "body" if isinstance(found, Body) else "office",
        "clause": found.place.clause,
        "holders": []
        if of_all
        else [
            {
                "person": mandate.person,
                "since": mandate.since,
                "until": mandate.until,
                "mandate": mandate.id,
                "ground": mandate.ground,
            }
            for mandate in state.mandates_of_seat(name, day)
        ],
    }
    if isinstance(found, Body):
        shown["members"] = len(members_of_body(state, edition, name, day))
        shown["all_members"] = of_all
        if found.seats is not None:
            shown |= {"seats": found.seats, "vacant": vacancies(state, edition, found, name, day)}
    return shown


def _in_question(state: State) -> Iterator[dict[str, Any]]:
    """The open parts of an opening balance, rulings under appeal, and those that an open meeting goes by."""
    for part in state.opening.open_parts if state.opening is not None else ():
        about = f"{part.kind}: {len(part.things)}, from {part.source}"
        yield _item(part.id, "part of the opening balance", "", "not approved", about)
    for ruling in state.rulings.values():
        meeting = state.meetings.get(ruling.meeting)
        if ruling.standing == "appealed" or (ruling.is_obeyed and meeting is not None and meeting.standing == "open"):
            stands = f"{ruling.standing}, on clause {ruling.clause}"
            yield _item(ruling.id, "ruling", ruling.appeal_to or ruling.body, stands, ruling.words)


def _owed(state: State, day: str) -> Iterator[dict[str, Any]]:
    """The answers owed to criticism on a day: by whom, until when."""
    for criticism in state.criticisms.values():
        step = criticism.owing_on(day)
        if step is not None:
            yield {
                "criticism": criticism.id, "of": criticism.addressee, "made_on": criticism.on, "owed_by": step.seat,
                "due_on": step.due_on, "stands": criticism.standing_on(day), "silence_published_on": criticism.silent_on,
            }  # fmt: skip


def _criticism_and_commissions(state: State, day: str) -> Iterator[dict[str, Any]]:
    for criticism in state.criticisms.values():
        if not criticism.is_over(day):
            step = criticism.owing_on(day)
            owed = f", answer owed by {step.seat} until {step.due_on}" if step is not None else ""
            about = criticism.text or f"sealed until {criticism.opens_on}"
            stands = f"{criticism.standing_on(day)}{owed}"
            yield _item(criticism.id, "criticism", criticism.addressee, stands, about)
    for commission in state.commissions.values():
        if commission.standing_on(day) == AT_WORK:
            until = f", report due on {commission.report_by}" if commission.report_by else ""
            yield _item(commission.id, "commission", commission.seat, f"at work{until}", commission.title)


def _open(state: State, day: str) -> Iterator[dict[str, Any]]:
    """What is under way: each with its id, kind, the seat it lies with, and where it stands."""
    for meeting in state.meetings.values():
        if meeting.standing in ("called", "open"):
            about = ", ".join(meeting.matters) or "what falls to it by right"
            yield _item(meeting.id, "meeting", meeting.body, f"{meeting.standing} for {meeting.starts}", about)
        if meeting.standing == "adjourned":
            until = f"adjourned to {meeting.resumes}" if meeting.resumes else "adjourned without day"
            yield _item(meeting.id, "meeting", meeting.body, until, ", ".join(meeting.matters))
    for demand in state.demands.values():
        if not demand.meeting:
            stands = f"reached its number on {demand.reached_on}" if demand.reached_on else "waits for supporters"
            yield _item(demand.id, "demand for a meeting", demand.body, stands, ", ".join(demand.matters))
    for motion in state.motions.values():
        if motion.standing == "open":
            yield _item(motion.id, "motion", motion.body, f"moved on {motion.moved_on}", motion.text)
    for amendment in state.amendments.values():
        if amendment.standing == "open" and state.motions[amendment.motion].standing == "open":
            about = amendment.text or f"{amendment.passage} -> {amendment.becomes}"
            stands = f"to {amendment.motion}, {'stands' if amendment.stands else 'waits for seconders'}"
            yield _item(amendment.id, "amendment", amendment.body, stands, about)
    for poll in state.polls.values():
        if poll.standing in ("open", "closed"):
            until = f", closes on {poll.closes_on}" if poll.closes_on and poll.standing == "open" else ""
            yield _item(poll.id, "poll", poll.body, f"{poll.standing}{until}", poll.question)
    for election in state.elections.values():
        if election.is_open_on(day):
            stands = f"{election.standing}, nominations through {election.nominations_until}"
            about = f"election of {election.seat}, {len(election.candidates)} nominated"
            yield _item(election.id, "election", election.body, stands, about)
    for appeal in state.appeals.values():
        if appeal.standing == "undecided":
            yield _item(appeal.id, "appeal", appeal.body, f"lodged on {appeal.lodged_on}", appeal.decision)
    yield from _in_question(state)
    yield from _criticism_and_commissions(state, day)
    yield from _asked_for(state, day)
    yield from _on_holders(state, day)
    yield from payments_waiting(state, day)
    yield from transfers_under_way(state, day)
    for decision in state.decisions.values():
        if decision.standing_on(day) in ("provisional", "under appeal", "under review"):
            yield _item(decision.id, "decision", decision.seat, decision.standing_on(day), decision.text)
        if decision.standing_on(day) == "awaiting ratification":
            stands = f"lapses on {decision.lapses_on} unless ratified by {decision.ratify_by}"
            yield _item(decision.id, "decision", decision.seat, stands, decision.text)
    for report in state.reports.values():
        if report.ratify_by:
            yield _item(report.id, "report", report.ratify_by, "awaits ratification", f"{report.act}, {report.source}")
    for edition in state.editions.values():
        if not edition.in_force_from:
            stands = "a draft" if edition.complete else "not whole yet"
            yield _item(edition.id, "edition", "", f"{stands}, lodged on {edition.lodged_on}", edition.sha256)


def _asked_for(state: State, day: str) -> Iterator[dict[str, Any]]:
    """Instructions, conditions and targets that are open, and what holds because something was not done."""
    given = state.instructions
    for one in given.given.values():
        if one.is_open:
            stands = f"{one.standing_on(day)}, report owed by {one.report_by}"
            yield _item(one.id, "instruction", one.to or one.person, stands, one.does)
    for condition in given.conditions.values():
        if condition.is_open:
            stands = f"{condition.standing_on(day)}, reviewed by {condition.reviewer} by {condition.review_on}"
            yield _item(condition.id, "condition", condition.owner, stands, f"{condition.decision}: {condition.that}")
    for target in given.targets.values():
        if not target.followed_on:
            yield _item(target.id, "target", target.unit, f"by {target.by_on}", f"{target.number} members")
    edition = state.edition_on(day)
    for each in following(state, edition.id, day) if edition is not None else ():
        if each.consequence.kind != WORDS:
            yield _item(each.thing, "follows", each.seat, f"missed on {each.missed_on}", each.consequence.said)


def _on_holders(state: State, day: str) -> Iterator[dict[str, Any]]:
    """Removals under way, holders kept on a condition, petitions that gather support or wait for what they asked."""
    for removal in state.removals.values():
        held = state.mandates[removal.mandate].is_valid_on(day)
        if removal.standing in ("gathering", "stands") and held:
            by = f", vote by {removal.vote_by}" if removal.vote_by else f", {len(removal.supporters)} ask"
            heard = f", hearing {removal.heard}" if removal.heard else ""
            yield _item(removal.id, "removal", removal.seat, removal.standing + by + heard, removal.grounds)
    for condition in state.retentions.values():
        if not condition.outcome and state.mandates[condition.mandate].is_valid_on(day):
            stands = f"kept on a condition, reviewed on {condition.review_on}"
            yield _item(condition.mandate, "condition", condition.seat, stands, condition.words)
    for petition in state.petitions.values():
        standing = petition.standing_on(day)
        if standing in ("gathering", "reached"):
            stands = f"{standing}, {petition.support_count} behind it"
            yield _item(petition.id, petition.kind, petition.seat or petition.body, stands, petition.words)


def _item(id: str, kind: str, seat: str, stands: str, about: str) -> dict[str, Any]:
    return {"id": id, "kind": kind, "seat": seat, "stands": stands, "about": about}
