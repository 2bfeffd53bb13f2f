"""What follows when something was not done, where it must be entered or takes several: a mandate that lapses, a call of many.

Lives here: `overdue.enter`, `call.join`. Not here: finding what follows (`following`), who calls instead (`substitutes`), the
call itself (`calls`).

Invariant: entering states what follows from the record and decides nothing, so any member may do it; it reaches those who held
the seat on the day that was missed, and no successor.
"""

from __future__ import annotations

from dataclasses import dataclass

from isonomy.engine.act import judges
from isonomy.engine.effect import At, effect
from isonomy.engine.following import following
from isonomy.engine.judgement import Judgement
from isonomy.engine.proceedings.demands import seats_that_speak_for
from isonomy.engine.proceedings.mandates import MandateEnded
from isonomy.engine.shape import Line, SeatName
from isonomy.engine.state import Mandate, State, day_of
from isonomy.engine.substitutes import Substitute, joining_key, missed_on, substitutes_of
from isonomy.kernel.calendar import say_date
from isonomy.rulebook.consequence import LAPSE_OF_MANDATE
from isonomy.rulebook.model import MEMBERS


@dataclass(frozen=True, slots=True)
class Enter:
    """Enters what follows from a duty, instruction or condition that was not done: the lapse of a mandate."""

    thing: Line


@dataclass(frozen=True, slots=True)
class Join:
    """Joins others in calling a meeting by right that nobody called, as a member or for one's unit."""

    body: SeatName


@effect("overdue.entered")
@dataclass(frozen=True, slots=True)
class OverdueEntered:
    """Something was not done by its day, and what the clause names follows."""

    thing: str
    due_on: str
    on: str
    follows: str

    def apply(self, state: State, at: At) -> None:
        """Notes that it was entered."""
        state.instructions.overdue[self.thing] = self.on
        state.touched[self.thing] = at.n


@effect("call.joined")
@dataclass(frozen=True, slots=True)
class CallJoined:
    """A member or unit joined in a call of many."""

    body: str
    due_on: str
    supporter: str

    def apply(self, state: State, at: At) -> None:
        """Adds the supporter."""
        state.instructions.joined.setdefault(f"{self.body}:{self.due_on}", []).append(self.supporter)
        state.touched[self.body] = at.n


@judges("overdue.enter", Enter, reportable=False)
def judge_enter(judgement: Judgement, enter: Enter) -> None:
    """Judges an entering: the thing is overdue on this day, its clause names the lapse of a mandate, and it is not entered."""
    known = judgement.state.persons.get(judgement.author)
    if known is None or not known.is_member_on(judgement.on):
        judgement.refuse("", "what follows is entered by any member", {"by": judgement.author}, "ask a member")
    if enter.thing in judgement.state.instructions.overdue:
        raise judgement.bar(
            "this is entered already",
            {"on": judgement.state.instructions.overdue[enter.thing]},
            "nothing more is needed",
        )
    found = [each for each in following(judgement.state, judgement.edition, judgement.on) if each.thing == enter.thing]
    if not found:
        raise judgement.bar(
            f"nothing follows from '{enter.thing}' today", {"thing": enter.thing, "today": judgement.on},
            "isonomy due shows what is overdue, and what follows",
        )  # fmt: skip
    lapsing = [each for each in found if each.consequence.kind == LAPSE_OF_MANDATE]
    if not lapsing:
        raise judgement.bar(
            "what follows from it needs no entering", {"follows": "; ".join(each.consequence.said for each in found)},
            "it holds by itself", found[0].clause,
        )  # fmt: skip
    reached: list[Mandate] = []
    for each in lapsing:
        judgement.cite(each.clause)
        unit = each.seat.partition("@")[2]
        seat = judgement.beside(each.consequence.seat, unit)
        reached += [
            mandate
            for mandate in judgement.state.mandates_of_seat(seat, judgement.on)
            if mandate.is_valid_on(each.missed_on)
        ]
    if not reached:
        raise judgement.bar(
            "nobody who held the seat on the day that was missed holds it still", {"missed": lapsing[0].missed_on},
            "nothing is to be entered", lapsing[0].clause,
        )  # fmt: skip
    said = "; ".join(each.consequence.said for each in lapsing)
    judgement.then(OverdueEntered(enter.thing, lapsing[0].missed_on, judgement.on, said))
    for mandate in reached:
        judgement.then(MandateEnded(mandate.id, judgement.on, f"{enter.thing} was not done by {lapsing[0].missed_on}"))


def supporter_in(judgement: Judgement, one: Substitute, body: str) -> str:
    """In whose name the author takes part in a call of many: the unit for which the author speaks, or the author; "" nobody."""
    unit = body.partition("@")[2]
    if one.of == MEMBERS:
        holders = judgement.facts.holds(judgement.author, body if unit else MEMBERS)
        return judgement.author if holders.value == "yes" else ""
    offices = seats_that_speak_for(judgement.rulebook, one.of)
    held = [
        found.seat
        for found in judgement.state.mandates_of_person(judgement.author, judgement.on)
        if found.seat.partition("@")[0] in offices and (not judgement.as_ or found.seat == judgement.as_)
    ]
    return next((seat.partition("@")[2] for seat in held), "")


@judges("call.join", Join, reportable=False)
def judge_join(judgement: Judgement, join: Join) -> None:
    """Judges a joining: a clause lets so many call together, their day has come, and the author counts among them."""
    body, now = judgement.body(join.body), day_of(judgement.on)
    clause = body.place.clause_of("else called by")
    ways = [one for one in body.else_called_by if one.quantity is not None]
    if not ways:
        raise judgement.bar(
            f"no clause lets several call {judgement.title(join.body)} together",
            {},
            "see who calls it in isonomy due",
            clause,
        )
    missed = missed_on(judgement.state, join.body, now)
    if missed is None:
        raise judgement.bar(
            f"no meeting of {judgement.title(join.body)} is missed",
            {"today": judgement.on},
            "nothing is to be called",
            clause,
        )
    found = [one for one in substitutes_of(judgement.state, judgement.edition, join.body, missed, now) if one.quantity]
    for one in found:
        supporter = supporter_in(judgement, one, join.body)
        if not supporter:
            continue
        if one.from_on > now:
            judgement.refuse(
                clause, f"{one.said}: their day has not come", {"missed": missed.isoformat(), "from": one.from_on.isoformat()},
                f"join on {say_date(one.from_on)} or later",
            )  # fmt: skip
            return
        key = joining_key(join.body, missed)
        if supporter in judgement.state.instructions.joined.get(key, []):
            raise judgement.bar(f"{supporter} has joined already", {}, "nothing more is needed")
        judgement.cite(clause)
        judgement.then(CallJoined(join.body, missed.isoformat(), supporter))
        return
    judgement.refuse(
        clause, f"{judgement.title(join.body)} is called together by those the clause names",
        {"asked": "; ".join(one.said for one in found)}, "ask one of them",
    )  # fmt: skip
