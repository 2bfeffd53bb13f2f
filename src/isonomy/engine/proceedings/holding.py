"""Holding: what a person who takes a seat may hold beside it, again, or yet; the choice between two seats.

Lives here: the tests that every taking of a seat goes through, `mandate.choose`. Not here: what bars a person
(`engine.eligibility`), the ways to fill a seat (`mandates`, `coopting`, `interims`, `substituting`).

Invariant: where the clause lets the person choose, the earlier mandate falls by itself when the time is over; nobody else
chooses. Source: docs/spec/acts-seating.md, sections 1 and 2.
"""

from __future__ import annotations

from dataclasses import dataclass

from isonomy.engine.act import judges
from isonomy.engine.effect import At, effect
from isonomy.engine.eligibility import obstacles
from isonomy.engine.judgement import DecisionCarriedOut, Judgement
from isonomy.engine.proceedings.mandates import MandateEnded
from isonomy.engine.seating import Choice
from isonomy.engine.shape import Line
from isonomy.engine.state import Mandate, State, day_of
from isonomy.kernel.calendar import say_date
from isonomy.rulebook.provisions.confirmation import confirmation_of

GIVEN_UP = "gave it up for another seat"
NOT_CHOSEN = "the person did not choose in time"
ELECTED_NOW = "the seat was filled by its election"


@dataclass(frozen=True, slots=True)
class Choose:
    """Chooses between seats that do not go together: keeps one mandate and gives up the other, or the others."""

    keep: Line


@effect("choice.owed")
@dataclass(frozen=True, slots=True)
class ChoiceOwed:
    """A person who holds too much chooses by a day; else the earlier mandates fall."""

    mandate: str
    person: str
    falling: tuple[str, ...]
    until: str
    clause: str

    def apply(self, state: State, at: At) -> None:
        """Enters the choice; the earlier mandates end after its last day."""
        state.seating.choices[self.mandate] = Choice(self.mandate, self.person, self.falling, self.until, self.clause)
        state.touched[self.mandate] = at.n


@effect("choice.made")
@dataclass(frozen=True, slots=True)
class ChoiceMade:
    """A person has chosen; where the earlier mandates were kept, their end is lifted."""

    mandate: str
    keeps: str
    on: str

    def apply(self, state: State, at: At) -> None:
        """Closes the choice."""
        choice = state.seating.choices[self.mandate]
        choice.chosen_on = self.on
        for id in choice.falling if self.keeps in choice.falling else ():
            mandate = state.mandates[id]
            if mandate.ended_why == NOT_CHOSEN:
                mandate.ended_on = mandate.ended_why = ""
                state.touched[mandate.seat] = at.n
        state.touched[self.mandate] = at.n


def check_holding(judgement: Judgement, taken: Mandate, how: str = "") -> None:
    """Grounds against a person's taking a seat; where the clause lets them choose, the choice that is then owed."""
    until, falling, clause = "", [], ""
    for found in obstacles(
        judgement.state, judgement.rulebook, taken.person, taken.seat, taken.since, taken.until, how
    ):
        if found.chooses is None:
            judgement.refuse(found.clause, found.says, found.facts, found.cure)
            continue
        judgement.cite(found.clause)
        last = found.chooses.after(day_of(taken.since)).isoformat()
        until, clause = (last, found.clause) if not until or last < until else (until, clause)
        falling += [id for id in found.falling if id not in falling]
    if falling and not judgement.reported:
        judgement.then(ChoiceOwed(taken.id, taken.person, tuple(falling), until, clause))
        ends = _day_after(until)
        for id in falling:
            if not judgement.state.mandates[id].ended_on or judgement.state.mandates[id].ended_on > ends:
                judgement.then(MandateEnded(id, ends, NOT_CHOSEN))


def _day_after(day: str) -> str:
    return day_of(day).fromordinal(day_of(day).toordinal() + 1).isoformat()


def check_confirmed(judgement: Judgement, person: str, seat: str, way: str, ground: str) -> None:
    """Refuses the taking of a seat whose clause asks another's confirmation that was not given."""
    rule = confirmation_of(judgement.rulebook, seat, way)
    if rule is None:
        return
    clause = rule.place.clause_of("by")
    by = judgement.title(judgement.beside(rule.by, seat.partition("@")[2]))
    says = f"{judgement.title(seat)} is taken once {by} has confirmed it"
    asked = [
        found
        for found in judgement.state.seating.confirmations.values()
        if (found.person, found.seat, found.way) == (person, seat, way)
        and found.ground == ground and f"{found.id} {person}" not in judgement.state.carried_out
    ]  # fmt: skip
    if not asked:
        judgement.refuse(
            clause, says, {"confirmation": "not asked", "person": person}, "ask for it with confirmation.ask"
        )
        return
    last = asked[-1]
    standing = last.standing_on(judgement.on)
    if last.is_confirmed_on(judgement.on):
        judgement.cite(clause)
        judgement.then(DecisionCarriedOut(last.id, person))
        return
    facts = {"confirmation": last.id, "standing": standing} | ({"reasons": last.reasons} if last.reasons else {})
    if standing == "waiting":
        cure = f"{by} answers" + (f" by {say_date(day_of(last.answer_by))}" if last.answer_by else "")
    else:
        cure = "choose another"
    judgement.refuse(clause, says, facts, cure)


def end_the_provisional(judgement: Judgement, taken: Mandate) -> None:
    """With a mandate of the seat's own way those end that were held until then: co-opted, and ad interim."""
    state = judgement.state
    for id in state.by_seat.get(taken.seat, ()):
        mandate, held = state.mandates[id], state.seating.held.get(id)
        if held is None or not held.until_election or mandate.since > taken.since:
            continue
        if mandate.is_valid_on(taken.since):
            judgement.then(MandateEnded(id, taken.since, ELECTED_NOW))


@judges("mandate.choose", Choose, reportable=False)
def judge_choose(judgement: Judgement, choose: Choose) -> None:
    """Judges a choice: the person's own, in time, of a mandate that is in question."""
    found = next(
        (
            choice
            for choice in judgement.state.seating.choices.values()
            if choose.keep in (choice.mandate, *choice.falling) and not choice.chosen_on
        ),
        None,
    )
    if found is None:
        raise judgement.bar(
            "no choice between seats is owed about that mandate", {"mandate": choose.keep},
            "name a mandate of the choice, such as ma-7",
        )  # fmt: skip
    if judgement.author != found.person:
        judgement.refuse(
            found.clause,
            "whoever holds both seats chooses between them",
            {"holder": found.person},
            f"ask {found.person}",
        )
        return
    if judgement.on > found.until:
        judgement.refuse(
            found.clause, "the time to choose is over, and the earlier mandate has ended", {"until": found.until},
            "be chosen anew",
        )  # fmt: skip
        return
    judgement.cite(found.clause)
    judgement.then(ChoiceMade(found.mandate, choose.keep, judgement.on))
    given_up = [found.mandate] if choose.keep in found.falling else list(found.falling)
    for id in given_up:
        mandate = judgement.state.mandates[id]
        if not mandate.ended_on or mandate.ended_on > judgement.on:
            judgement.then(MandateEnded(id, max(judgement.on, mandate.since), GIVEN_UP))
