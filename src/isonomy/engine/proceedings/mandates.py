"""Mandates: who holds a seat, from when, until when, on which ground.

Lives here: `mandate.begin`. Not here: ending one (`ending`), the elections that choose (`polls`), vacancies (`engine.roll`).

Invariant: a mandate rests on the way the clause fills the seat: the decision of the electing body, or the act of the
appointing seat; its end is its beginning plus the term of the clause at that time, and an amendment does not lengthen it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from isonomy.engine.act import judges
from isonomy.engine.effect import At, effect
from isonomy.engine.judgement import DecisionCarriedOut, Judgement
from isonomy.engine.protection import SUCCEEDED as FOLLOWED
from isonomy.engine.protection import protect
from isonomy.engine.refusal import Untold
from isonomy.engine.roll import is_voter, unit_lies_in
from isonomy.engine.shape import CivilDate, PersonId, ProceedingId, SeatName
from isonomy.engine.state import Decision, Mandate, State, day_of
from isonomy.engine.vacant import is_passing, seat_count
from isonomy.kernel.calendar import Duration
from isonomy.kernel.ids import proceeding_id
from isonomy.rulebook.model import Body, Filled, Office

SUCCEEDED = "succeeded"
FARTHEST = "9000-01-01"
AHEAD = Duration(1, "year")
FOLLOWS: list[Callable[[Judgement, Mandate], None]] = []
"""What is asked further of every mandate that begins in the seat's own way (`seated`)."""
"""How far ahead a mandate without a term may begin; one with a term begins within that term."""


@dataclass(frozen=True, slots=True)
class Begin:
    """Begins a mandate: a person takes a seat, on the ground of an election or by appointment."""

    person: PersonId
    seat: SeatName
    decision: ProceedingId | None = None
    since: CivilDate | None = None


@effect("mandate.begun")
@dataclass(frozen=True, slots=True)
class MandateBegun:
    """A person holds a seat from a day until a day ("" where no term is set)."""

    mandate: str
    person: str
    seat: str
    since: str
    until: str
    clause: str
    ground: str = ""

    def apply(self, state: State, at: At) -> None:
        """Enters the mandate; an office's earlier mandate ends where the new one begins, the new one where a later does."""
        made = Mandate(self.mandate, self.person, self.seat, self.since, self.until, self.clause, self.ground)
        edition = state.edition_on(max(self.since, at.on))
        office = edition is not None and self.seat.partition("@")[0] in state.rulebook(edition.id).offices
        for id in state.by_seat.get(self.seat, ()) if office else ():
            other = state.mandates[id]
            if other.is_valid_on(self.since):
                other.ended_on, other.ended_why = self.since, SUCCEEDED
            elif other.since > self.since and other.is_valid_on(other.since) and made.is_valid_on(other.since):
                made.ended_on, made.ended_why = other.since, SUCCEEDED
        state.mandates[self.mandate] = made
        state.by_seat.setdefault(self.seat, []).append(self.mandate)
        state.touched[self.seat] = at.n


@effect("mandate.ended")
@dataclass(frozen=True, slots=True)
class MandateEnded:
    """A mandate ends before its term."""

    mandate: str
    on: str
    why: str

    def apply(self, state: State, at: At) -> None:
        """Ends the mandate."""
        mandate = state.mandates[self.mandate]
        mandate.ended_on, mandate.ended_why = self.on, self.why
        state.touched[mandate.seat] = at.n


def term_end(seat: Body | Office, since: str) -> str:
    """The day on which a mandate that begins on `since` is over; "" where the clause sets no term."""
    return seat.term.after(day_of(since)).isoformat() if seat.term else ""


@judges("mandate.begin", Begin)
def judge_begin(judgement: Judgement, begin: Begin) -> None:
    """Judges the taking of a seat: the seat is free, the person may hold it, the clause's way of filling was gone."""
    seat = judgement.seat(begin.seat)
    clause = seat.place.clause
    since = begin.since or judgement.on
    if since > FARTHEST:
        raise judgement.bar("the day lies too far off", {"since": since}, "name a day within one term")
    _check_since(judgement, begin, seat, since)
    check_seated(judgement, begin.person, begin.seat, seat)
    filled = seat.filled
    if filled is None or filled.way in ("all members", "ex officio"):
        judgement.refuse(
            clause,
            f"{judgement.title(begin.seat)} is not filled by mandates",
            {"filled": filled.way if filled else "not said"},
            "who belongs to it belongs to it by the clause itself" if filled else "amend the rulebook first",
        )
    else:
        _check_way(judgement, begin, seat, filled, since)
    ground = begin.decision or f"by {judgement.author}"
    until = _until(judgement, begin, seat, since)
    made = MandateBegun(proceeding_id("ma", judgement.n), begin.person, begin.seat, since, until, clause, ground)
    _check_followed(judgement, begin, seat, since)
    check_room(judgement, seat, Mandate(made.mandate, made.person, made.seat, since, made.until, clause))
    judgement.cite(clause)
    judgement.then(made)
    taken = Mandate(made.mandate, made.person, made.seat, since, made.until, clause, ground)
    for follow in FOLLOWS:
        follow(judgement, taken)


def _check_followed(judgement: Judgement, begin: Begin, seat: Body | Office, since: str) -> None:
    """Whoever is followed in an office before the end of their time is protected as one removed is."""
    if not isinstance(seat, Office) or seat.filled is None:
        return
    for other in judgement.state.mandates_of_seat(begin.seat, since):
        if other.person != begin.person:
            decision = judgement.state.decisions.get(begin.decision or "")
            choosing = decision.seat if decision is not None else seat.filled.by or begin.seat
            protect(judgement, other.person, FOLLOWED, deciding=choosing)


def _until(judgement: Judgement, begin: Begin, seat: Body | Office, since: str) -> str:
    """The end of the mandate: a full term, or the rest of one where the decision called to a seat that fell vacant."""
    decision = judgement.state.decisions.get(begin.decision or "")
    if decision is None or not decision.until:
        return term_end(seat, since)
    if since >= decision.until:
        judgement.refuse(
            seat.place.clause, "the rest of a term is taken while it runs", {"term until": decision.until, "since": since},
            "elect to the next term",
        )  # fmt: skip
    return decision.until


def check_seated(judgement: Judgement, who: str, name: str, seat: Body | Office) -> None:
    """Grounds against a person's sitting at all: not a member with a vote, not of the unit of the seat."""
    person = judgement.state.persons.get(who)
    if person is None:
        if not judgement.reported:
            raise judgement.bar(f"{who} is not known here", {}, "admit the person first")
        return
    if not is_voter(person, judgement.rulebook, judgement.on):
        judgement.refuse(
            seat.place.clause,
            "a seat is held by a member with a vote",
            {"person": who},
            "choose one who has a vote",
        )
    unit = name.partition("@")[2]
    if unit and not unit_lies_in(judgement.state, person.unit, unit):
        judgement.refuse(
            seat.place.clause,
            f"a seat of {unit} is held by one of its members",
            {"unit of the person": person.unit or "none"},
            f"choose one of {unit}",
        )


def _check_since(judgement: Judgement, begin: Begin, seat: Body | Office, since: str) -> None:
    """A mandate begins today or later, and not so late that another should choose by then."""
    if judgement.reported:
        return
    clause = seat.place.clause
    if since < judgement.on:
        judgement.refuse(
            clause, "a mandate does not begin in the past", {"since": since, "today": judgement.on}, "leave 'since' out"
        )
    last = (seat.term or AHEAD).after(day_of(judgement.on)).isoformat()
    if since > last:
        judgement.refuse(
            clause, "a seat is not given away further ahead than its term", {"since": since, "at the latest": last},
            "let those choose who are to choose then",
        )  # fmt: skip


def check_room(judgement: Judgement, seat: Body | Office, wanted: Mandate, *, passing: bool = False) -> None:
    """No more holders than seats on any day of a mandate; a term that was given is not cut short by a successor.

    Whoever sits only until the seat is filled in its own way keeps nobody out but another of these (`passing`).
    """
    since = wanted.since
    others = [
        found
        for found in (judgement.state.mandates[id] for id in judgement.state.by_seat.get(wanted.seat, ()))
        if found.id != wanted.id
        and _overlaps(found, since, wanted.until)
        and not _is_dead(judgement, found)
        and (passing or not is_passing(judgement.state, found))
    ]
    clause, title = seat.place.clause, judgement.title(wanted.seat)
    own = next((found for found in others if found.person == wanted.person), None)
    if own is not None:
        judgement.refuse(
            clause, f"{wanted.person} holds a seat in {title} already", {"mandate": own.id, "until": end_of(own)},
            f"begin it {_after(own)}",
        )  # fmt: skip
    elif isinstance(seat, Office):
        _check_term_of_others(judgement, seat, others, title)
    elif seat.seats is not None:
        days = {since, *(found.since for found in others if found.since > since)}
        most = max(sum(1 for found in others if found.is_valid_on(day)) for day in days)
        if most >= seat.seats:
            judgement.refuse(
                clause, f"{title} has {seat.seats} seats", {"taken": most}, "a seat must fall vacant first"
            )


def _check_term_of_others(judgement: Judgement, office: Office, others: list[Mandate], title: str) -> None:
    """Whoever holds an office for a term keeps it to its end, save where those who choose may also remove as they choose."""
    holding = next((found for found in others if found.until), None)
    removal, filled = office.removable, office.filled
    same = removal is not None and filled is not None and removal.by == filled.by and removal.majority is None
    if holding is not None and not judgement.reported and not same:
        how = (
            "resigns"
            if office.removable is None
            else f"resigns or is removed by {judgement.title(office.removable.by)}"
        )
        judgement.refuse(
            office.place.clause, f"{title} is held for a term", {"holder": holding.person, "until": end_of(holding)},
            f"begin it {_after(holding)}, or after {holding.person} {how}",
        )  # fmt: skip


def _overlaps(mandate: Mandate, since: str, until: str) -> bool:
    """Whether a mandate is valid on some day from `since` to before `until` ("" without an end)."""
    if until and mandate.since >= until:
        return False
    return mandate.is_valid_on(max(mandate.since, since))


def _is_dead(judgement: Judgement, mandate: Mandate) -> bool:
    person = judgement.state.persons.get(mandate.person)
    return person is not None and person.is_dead_on(judgement.on)


def end_of(mandate: Mandate) -> str:
    """The day on which a mandate is over, in words: its term's end or an earlier one, else `no term`."""
    ends = [day for day in (mandate.until, mandate.ended_on) if day]
    return min(ends) if ends else "no term"


def _after(mandate: Mandate) -> str:
    end = end_of(mandate)
    return f"on {end} ('since')" if end[:1].isdigit() else "when that one has ended"


def _check_way(judgement: Judgement, begin: Begin, seat: Body | Office, filled: Filled, since: str) -> None:
    clause = seat.place.clause
    says = f"{judgement.title(begin.seat)} is filled as the clause says"
    if judgement.reported and begin.decision is None:
        judgement.untold.append(Untold(clause, says, {"decision": "not told"}))
        return
    if filled.way == "lot":
        _check_drawn(judgement, begin, clause, says)
        return
    if filled.way == "appointment":
        judgement.is_granted(
            (filled.by,), clause, says, decision=begin.decision, matter=f"appointment-to-{begin.seat.partition('@')[0]}",
            about=begin.person, unit=begin.seat.partition("@")[2],
        )  # fmt: skip
        _check_fresh(judgement, judgement.state.decisions.get(begin.decision or ""), seat, since)
        return
    decision = judgement.state.decisions.get(begin.decision or "")
    if decision is None:
        electorate = filled.by or f"each {filled.unit_kind}"
        judgement.refuse(
            clause,
            says,
            {"decision": begin.decision or "none named"},
            f"name the decision by which {electorate} elected {begin.person}",
        )
        return
    plain, _, unit = begin.seat.partition("@")
    facts = {"decision": decision.id, "of": decision.seat, "on": decision.matter, "person": decision.person or "none"}
    if decision.matter != f"election-of-{plain}" or begin.person not in decision.person.split():
        judgement.refuse(clause, says, facts, f"name the decision that elected {begin.person}")
    elif filled.way == "election" and decision.seat != judgement.beside(filled.by, unit):
        judgement.refuse(clause, says, facts, f"elected by {judgement.title(filled.by)}")
    elif filled.way == "delegation":
        _check_delegation(judgement, begin, filled, clause, decision.seat, since)
    if decision.standing_on(judgement.on) not in ("in force", "ratified"):
        judgement.refuse(clause, "the election is not in force", facts, "elect again")
    if f"{decision.id} {begin.person}" in judgement.state.carried_out:
        judgement.refuse(clause, "this election gave its mandate already", facts, "elect again")
    _check_fresh(judgement, decision, seat, since)
    judgement.then(DecisionCarriedOut(decision.id, begin.person))
    judgement.cite(clause)
    keepers = (keeper for what in ("roll", "record", "minutes") for keeper in judgement.keepers(what, unit))
    judgement.may_act(
        tuple(dict.fromkeys((*keepers, decision.seat))), clause,
        "a mandate is entered by a keeper of roll or minutes, or by the body that elected",
    )  # fmt: skip


def _check_drawn(judgement: Judgement, begin: Begin, clause: str, says: str) -> None:
    """Whoever a lot fell on takes the seat: once, entered by the person or by a keeper of the roll or minutes."""
    lot = judgement.state.seating.lots.get(begin.decision or "")
    if lot is None or lot.seat != begin.seat or begin.person not in lot.drawn:
        facts = {"lot": begin.decision or "none named", "person": begin.person}
        judgement.refuse(clause, says, facts, f"name the lot that fell on {begin.person}, such as lo-7")
        return
    if f"{lot.id} {begin.person}" in judgement.state.carried_out:
        judgement.refuse(clause, "this lot gave its mandate already", {"lot": lot.id}, "draw again")
    judgement.then(DecisionCarriedOut(lot.id, begin.person))
    if begin.person != judgement.author:
        unit = begin.seat.partition("@")[2]
        keepers = (keeper for what in ("roll", "record", "minutes") for keeper in judgement.keepers(what, unit))
        judgement.may_act(
            tuple(dict.fromkeys(keepers)), clause, "a mandate is entered by its holder or a keeper of roll or minutes"
        )


def _check_fresh(judgement: Judgement, decision: Decision | None, seat: Body | Office, since: str) -> None:
    """An election or appointment is for the coming term: an old one, or one that another has followed, gives no seat."""
    if decision is None or judgement.reported:
        return
    last = (seat.term or AHEAD).after(day_of(decision.taken_on)).isoformat()
    if since > last:
        judgement.refuse(
            seat.place.clause, "a seat is taken within one term of the decision that gives it",
            {"decided": decision.taken_on, "since": since, "at the latest": last}, "decide anew",
        )  # fmt: skip
    if not isinstance(seat, Office):
        return
    number = int(decision.id.partition("-")[2])
    for later in judgement.state.decisions.values():
        same = later.matter == decision.matter and later.seat == decision.seat
        if same and int(later.id.partition("-")[2]) > number:
            judgement.refuse(
                seat.place.clause, "a later decision has given this seat to another",
                {"decision": decision.id, "later": later.id, "to": later.person or "nobody"}, f"name {later.id}",
            )  # fmt: skip
            return


def _check_delegation(judgement: Judgement, begin: Begin, filled: Filled, clause: str, body: str, since: str) -> None:
    unit = body.partition("@")[2]
    facts = {"elected by": body, "in each": filled.unit_kind}
    if not unit or unit not in judgement.state.units or judgement.state.units[unit].kind != filled.unit_kind:
        judgement.refuse(
            clause, f"delegates are elected in each {filled.unit_kind}", facts, f"elect them in the {filled.unit_kind}"
        )
        return
    seat = judgement.seat(begin.seat)
    until = term_end(seat, since)
    others = [
        found
        for found in (judgement.state.mandates[id] for id in judgement.state.by_seat.get(begin.seat, ()))
        if _overlaps(found, since, until) and _sent_by(judgement, found) == unit and not _is_dead(judgement, found)
    ]
    days = {since, *(found.since for found in others if found.since > since)}
    sent = max(sum(1 for found in others if found.is_valid_on(day)) for day in days)
    most = seat_count(judgement.state, seat, begin.seat, unit, judgement.on) or 0
    if sent >= most:
        who = f"each {filled.unit_kind}" if filled.apportioned is None else unit
        judgement.refuse(
            clause,
            f"{who} sends {most}",
            {"sent already": sent},
            "a seat must fall vacant first",
        )


def _sent_by(judgement: Judgement, mandate: Mandate) -> str:
    """Which unit a delegate was sent by: that of the body that elected; at the founding the person's own."""
    decision = judgement.state.decisions.get(mandate.ground)
    if decision is not None:
        return decision.seat.partition("@")[2]
    person = judgement.state.persons.get(mandate.person)
    return person.unit if person is not None else ""
