"""Elections in a replay: nominations as the clause has them, a paper or a show of hands, a count, and mandates.

Lives here: the acts of one election by a body or a poll. Not here: other moves (`replay`), counting itself (`counting`).

Invariant: the coalition's voters mark its candidates; all others mark rivals where the rules let rivals stand. Where the slate is
the only one and the vote is open, the vote is for the slate: that is what an open vote on one slate means in the checker.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from isonomy.checker.counts import days_of
from isonomy.checker.model import BY_DELEGATION, Model, SeatClass
from isonomy.checker.moves import Move
from isonomy.checker.replay_votes import counted
from isonomy.checker.stage import EVENING, NotLawful, Stage
from isonomy.engine.competence import ELECTION
from isonomy.engine.state import Mandate
from isonomy.rulebook.model import MEMBERS, Procedure

YES_NO, ONE_MARK = "yes-no", "plurality"
TOTALS = (ONE_MARK, "approval", "bloc")
NOMINATIONS_BEFORE = 30
"""How many days before the meeting that votes nominations are closed at the latest here: an election that waits longer lapses."""
MakeRoom = Callable[[Stage, str, int], None]


def elect(stage: Stage, model: Model, move: Move, make_room: MakeRoom) -> None:
    """Fills seats by election, in each of the units of the move; raises `NotLawful` at the first act that is refused."""
    seat = model.classes[move.on]
    if seat.way == BY_DELEGATION and seat.filled is not None:
        kind, each = seat.filled.unit_kind, seat.filled.seats_each or 1
        units = stage.units[kind]
        left: dict[str, int] = {}
        for number in move.units or range(1, len(units) + 1):
            place = _standing(stage, move.on, seat, units[number - 1])
            many = min(each, left.setdefault(place, move.count)) or each
            left[place] -= many
            _one(stage, model, move, place, units[number - 1], many, make_room)
        return
    places = [move.on]
    if seat.chain:
        units = stage.units[seat.chain[-1]]
        places = [f"{move.on}@{units[number - 1]}" for number in move.units or range(1, len(units) + 1)]
    for place in places:
        _one(stage, model, move, place, place.partition("@")[2], min(move.count, seat.size), make_room)


def _standing(stage: Stage, name: str, seat: SeatClass, unit: str) -> str:
    """The body to which a unit sends its delegates: the one of the unit around it, where it stands in units."""
    around = stage.units[seat.chain[-1]] if seat.chain else []
    return next((f"{name}@{outer}" for outer in around if stage.is_in(unit, outer)), name)


def _one(stage: Stage, model: Model, move: Move, place: str, unit: str, many: int, make_room: MakeRoom) -> None:
    """One election of so many persons."""
    chair = _own_chair(stage, model, move, place)
    if not chair:
        make_room(stage, place, many)
    procedure = model.rulebook.election_of(move.on)
    by = model.classes.get(move.actor)
    body = move.actor
    if by is not None and by.chain and unit:
        body = next(f"{move.actor}@{each}" for each in stage.units[by.chain[-1]] if stage.is_in(unit, each))
    home = unit if place != move.on or model.classes[move.on].way == BY_DELEGATION else ""
    officers = _officers(model, procedure, body)
    conduct = {
        person for officer in officers[:1] for person in stage.holders(officer)
    }  # who opens an election does not stand
    candidates = stage.recruits(home, many, set(stage.holders(place)) | conduct)
    if procedure is not None and procedure.election is not None and procedure.election.nominations is not None:
        poll = _nominated(stage, procedure, body, place, candidates, officers)
    else:
        poll = _put(stage, procedure, body, place, candidates, officers)
    decision = (
        poll if poll.startswith("de-") else _counted(stage, model, move, procedure, poll, body, candidates, officers)
    )
    _wait_until_final(stage, decision)
    for person in candidates:
        fields = {"person": person, "seat": place, "decision": decision}
        if chair:
            fields["since"] = chair.until
        stage.do("mandate.begin", fields, *officers, members_of=body)


def _own_chair(stage: Stage, model: Model, move: Move, place: str) -> Mandate | None:
    """The coalition's mandate in the office that alone opens the meetings of the body that elects to it.

    Its next holder is elected at a meeting before the term ends, because afterwards nobody is there to open one.
    """
    rule = model.rulebook.bodies.get(move.actor)
    sitting = stage.rehearsal.state.mandates_of_seat(place, stage.rehearsal.today)
    alone = rule is not None and rule.chaired_by == move.on and rule.minutes_by in ("", move.on)
    if not alone or len(sitting) != 1 or sitting[0].person not in stage.coalition or not sitting[0].until:
        return None
    return sitting[0]


def _officers(model: Model, procedure: Procedure | None, body: str) -> list[str]:
    book = model.rulebook
    unit = body.partition("@")[2]
    rule = book.bodies.get(body.partition("@")[0])
    named = [procedure.election.returning_officer] if procedure is not None and procedure.election is not None else []
    named += [rule.chaired_by, rule.minutes_by] if rule is not None else []
    named += [office.name for office in book.offices.values() if {"polls", "roll", "record"} & set(office.keeps)]
    found = []
    for name in dict.fromkeys(each for each in named if each):
        seat = book.seat(name)
        found.append(f"{name}@{unit}" if seat is not None and seat.in_each and unit else name)
    return found


def _secret(place: str) -> tuple[str, str, str]:
    """Secret, opening and lot of an election, as base64, base64, hexadecimal."""
    from base64 import b64encode

    secret = sha256(f"isonomy trial secret of {place}".encode()).digest()
    opening = sha256(secret).digest()
    return b64encode(secret).decode(), b64encode(opening).decode(), sha256(opening).hexdigest()


def _nominated(
    stage: Stage, procedure: Procedure, body: str, place: str, candidates: list[str], officers: list[str]
) -> str:
    """Nominations of the coalition's candidates by who may make them, and the poll; or the decision where there is none."""
    rule = procedure.election
    assert rule is not None
    assert rule.nominations is not None
    matter = f"{ELECTION}{place.partition('@')[0]}"
    at_meeting = getattr(rule.nominations, "at_meeting", False)
    meeting = stage.meeting(body, [matter]) if at_meeting else ""
    fields: dict[str, Any] = {"body": body, "seat": place, "lot": _secret(place)[2]}
    if meeting:
        fields["meeting"] = meeting
    else:
        length = getattr(rule.nominations, "length", None)
        stage.wait_for_meeting(body, days_of(length) + NOMINATIONS_BEFORE)
    if not stage.may("election.open", fields, *officers, members_of=body):
        fields["seats"] = len(candidates)
    election = f"el-{stage.do('election.open', fields, *officers, members_of=body)['n']}"
    unit = body.partition("@")[2]
    book = stage.model.rulebook
    nominators = [
        f"{seat}@{unit}" if unit and _in_each(book, seat) else seat for seat in rule.nominated_by if seat != MEMBERS
    ]
    for person in candidates:
        stage.do("nomination.make", {"election": election, "person": person}, *nominators, members_of=body)
        for voter in stage.holders(body)[: procedure.seconders + 3]:
            if procedure.seconders:
                stage.rehearsal.submit(voter, "", "nomination.second", {"election": election, "person": person})
        if person not in stage.rehearsal.state.elections[election].candidates or not _consented(
            stage, election, person
        ):
            stage.rehearsal.submit(person, "", "nomination.accept", {"election": election})
    if not meeting:
        length = getattr(rule.nominations, "length", None) or getattr(rule.nominations, "open_for", None)
        day = length.after(date.fromisoformat(stage.rehearsal.today)) if length is not None else None
        if day is not None:
            stage.rehearsal.set_clock((day + timedelta(days=1)).isoformat())
    closing: dict[str, Any] = {"election": election}
    if not stage.may("nominations.close", closing, *officers, members_of=body):
        closing["opening"] = _secret(place)[1]
    closed = stage.do("nominations.close", closing, *officers, members_of=body)
    if any(effect["effect"] == "decision.taken" for effect in closed["effects"]):
        return f"de-{closed['n']}"
    return _put(stage, procedure, body, place, candidates, officers, election, meeting)


def _consented(stage: Stage, election: str, person: str) -> bool:
    candidate = stage.rehearsal.state.elections[election].candidates.get(person)
    return bool(candidate is not None and getattr(candidate, "accepted", False))


def _in_each(book: Any, seat: str) -> bool:
    found = book.seat(seat)
    return bool(found is not None and found.in_each)


def _put(
    stage: Stage, procedure: Procedure | None, body: str, place: str, candidates: list[str], officers: list[str],
    election: str = "", meeting: str = "",
) -> str:  # fmt: skip
    """The question is put, at a meeting or by poll; rivals stand where whoever puts it names the candidates."""
    matter = f"{ELECTION}{place.partition('@')[0]}"
    by_poll = procedure is not None and procedure.taken == "poll"
    if not by_poll and not meeting:
        meeting = stage.meeting(body, [matter])
    fields: dict[str, Any] = {"body": body, "question": "Who shall it be?", "matter": matter}
    if meeting:
        fields["meeting"] = meeting
    if election:
        fields["election"] = election
    else:
        fields |= {
            "options": [{"name": person, "person": person} for person in candidates], "seat": place, "seats": len(candidates),
        }  # fmt: skip
        if len(candidates) == 1 and procedure is not None and procedure.counting in TOTALS:
            rival = next(person for person in stage.people if person not in stage.loyal)
            fields["options"].append({"name": rival, "person": rival})
        if procedure is not None and procedure.default_option:
            fields["options"].append({"name": procedure.default_option, "default": True})
    if procedure is None or not procedure.secrecy:
        fields["secrecy"] = "secret" if by_poll else "by show of hands"
    if by_poll and procedure is not None and procedure.polling is not None:
        fields["closes_on"] = procedure.polling.after(date.fromisoformat(stage.rehearsal.today)).isoformat()
    for more in ({}, {"lot": _secret(place)[2]}):
        if stage.may("poll.open", fields | more, *officers, members_of=body):
            return f"po-{stage.do('poll.open', fields | more, *officers, members_of=body)['n']}"
    return f"po-{stage.do('poll.open', fields, *officers, members_of=body)['n']}"


def _counted(
    stage: Stage, model: Model, move: Move, procedure: Procedure | None, poll: str, body: str, candidates: list[str],
    officers: list[str],
) -> str:  # fmt: skip
    """The count is declared: the votes of the coalition for its candidates."""
    held = stage.rehearsal.state.polls[poll]
    there = stage.there(body) if body != MEMBERS else tuple(stage.people)
    votes = len(there) if _is_slate(model, move) else sum(1 for person in there if person in stage.loyal)
    persons = {option.person: number for number, option in enumerate(held.options, 1) if option.person}
    mine = [persons[person] for person in candidates]
    default = [number for number, option in enumerate(held.options, 1) if option.default]
    ours = [person for person in there if _is_slate(model, move) or person in stage.loyal]
    orders = {person: [] if held.counting == YES_NO else default for person in there}
    for at, person in enumerate(ours):
        first = at % len(mine)
        orders[person] = [mine[first]] if held.counting == ONE_MARK else [*mine[first:], *mine[:first]]
    result = counted(stage, poll, orders, officers, body, {"secret": _secret(held.seat)[0]})
    entry = stage.do("poll.declare", result, *officers, members_of=body)
    if not any(effect["effect"] == "decision.taken" for effect in entry["effects"]):
        raise NotLawful(f"{votes} of {len(there)} votes elect nobody in {body}")
    return f"de-{entry['n']}"


def _is_slate(model: Model, move: Move) -> bool:
    """Whether the vote is open and on one slate, so that it is the slate-maker's."""
    choice = model.classes[move.on].choice
    return choice is not None and bool(choice.nominators) and not choice.is_secret


def _wait_until_final(stage: Stage, decision: str) -> None:
    """Lets the time to appeal run out."""
    taken = stage.rehearsal.state.decisions[decision]
    for _ in range(400):
        if taken.standing_on(stage.rehearsal.today) in ("in force", "ratified"):
            return
        stage.rehearsal.pass_days(1)
        stage.rehearsal.set_clock(stage.rehearsal.today, EVENING)
    raise NotLawful(f"the election {decision} does not come into force: {taken.standing}")
