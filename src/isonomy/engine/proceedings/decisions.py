"""Decisions: what stands decided, by a body's vote or by an office within its power; ratification and lapse.

Lives here: `decision.take` (an office alone), and the effects by which decisions begin and are ratified. Not here: votes
(`polls`).

Invariant: an office decides alone only what a power names, within its amount; where the power says so, the decision lapses
on its day unless the body the clause names has ratified it. Lapse needs no act: it follows from the date.
"""

from __future__ import annotations

from dataclasses import dataclass

from isonomy.engine.act import judges
from isonomy.engine.competence import competent_for
from isonomy.engine.effect import At, effect
from isonomy.engine.judgement import FORM, Judgement
from isonomy.engine.shape import Natural, Slug, Text
from isonomy.engine.state import Decision, State, day_of
from isonomy.kernel.ids import proceeding_id
from isonomy.rulebook.model import Competence, Power


@dataclass(frozen=True, slots=True)
class Take:
    """Takes a decision alone, in an office, under a power that a clause gives it."""

    matter: Slug
    text: Text
    amount: Natural | None = None


@effect("decision.taken")
@dataclass(frozen=True, slots=True)
class DecisionTaken:
    """Something is decided: by which seat, on which matter, under which clause, until when it must be ratified.

    `amendments` became part of its motion; `about` is the motion that it holds urgent or lets be withdrawn.
    Of an election: which one, the end of the mandate where it is no full term, and what keeps it provisional.
    """

    decision: str
    seat: str
    matter: str
    on: str
    clause: str
    text: str = ""
    poll: str = ""
    meeting: str = ""
    motion: str = ""
    amount: int | None = None
    lapses_on: str = ""
    ratify_by: str = ""
    draft: str = ""
    person: str = ""
    reported: bool = False
    election: str = ""
    until: str = ""
    appealable_until: str = ""
    unattested: bool = False
    amendments: tuple[str, ...] = ()
    about: str = ""

    def apply(self, state: State, at: At) -> None:
        """Enters the decision; the motion it decides is closed."""
        if self.motion in state.motions:
            state.motions[self.motion].standing = "carried"
        state.decisions[self.decision] = Decision(
            self.decision, self.seat, self.matter, self.text, self.on, self.clause, self.poll, self.meeting, self.motion,
            self.amount, lapses_on=self.lapses_on, ratify_by=self.ratify_by, draft=self.draft, person=self.person,
            reported="reported" if self.reported else "", until=self.until, appealable_until=self.appealable_until,
            unattested=self.unattested, amendments=self.amendments, about=self.about,
        )  # fmt: skip
        state.touched[self.decision] = state.touched[self.seat] = at.n
        if self.poll in state.polls and not state.polls[self.poll].decision:
            state.polls[self.poll].decision = self.decision
        if self.election in state.elections:
            state.elections[self.election].decision = self.decision


@effect("decision.ratified")
@dataclass(frozen=True, slots=True)
class DecisionRatified:
    """A decision stands for good, ratified by another decision."""

    decision: str
    by: str

    def apply(self, state: State, at: At) -> None:
        """Marks the decision."""
        decision = state.decisions[self.decision]
        decision.ratified_by, decision.standing = self.by, "ratified"
        state.touched[self.decision] = at.n


@judges("decision.take", Take)
def judge_take(judgement: Judgement, take: Take) -> None:
    """Judges a decision in an office: a power names the matter, the amount is within it, the author holds the office."""
    found = competent_for(judgement.rulebook, take.matter)
    # A body that holds a power decides by its vote: no member of it decides alone.
    powers = tuple(each for each in found if each.power is not None and each.seat in judgement.rulebook.offices)
    mine = _own(judgement, powers)
    if mine is None or mine.power is None:
        _refuse(judgement, take, found, powers)
        return
    power = mine.power
    clause = power.place.clause
    judgement.may_act(
        power.held_by,
        clause,
        "the decision belongs to the office the clause names",
        unit=judgement.as_.partition("@")[2],
    )
    if power.up_to is not None and (take.amount is None or take.amount > power.up_to):
        amount = "not given" if take.amount is None else take.amount
        others = [judgement.title(competence.seat) for competence in found if competence.power is None]
        cure = f"bring it before {' or '.join(others)}" if others else f"stay within {power.up_to}"
        judgement.refuse(clause, f"the power reaches up to {power.up_to}", {"amount": amount}, cure)
    seat = judgement.as_ or _seat_held(judgement, mine.seat)
    lapses_on, ratify_by = lapse_of(judgement, power)
    judgement.then(
        DecisionTaken(
            proceeding_id("de", judgement.n), seat, take.matter, judgement.on, clause,
            text=take.text, amount=take.amount, lapses_on=lapses_on, ratify_by=ratify_by, reported=judgement.reported,
        )
    )  # fmt: skip


def _seat_held(judgement: Judgement, seat: str) -> str:
    """The seat in which the author decides, where the act does not say it: of an office in units, the author's own."""
    standing = judgement.standing((seat,), "")
    return next((each for each in standing if judgement.author in judgement.holders(each)), seat)


def _own(judgement: Judgement, powers: tuple[Competence, ...]) -> Competence | None:
    acted_in = judgement.as_.partition("@")[0]
    for competence in powers:
        if acted_in and competence.seat.partition("@")[0] == acted_in:
            return competence
    return powers[0] if powers and not acted_in else None


def _refuse(judgement: Judgement, take: Take, found: tuple[Competence, ...], powers: tuple[Competence, ...]) -> None:
    acting = judgement.title(judgement.as_) if judgement.as_ else "nobody alone"
    facts = {"matter": take.matter, "acted as": judgement.as_ or "no office", "by": judgement.author}
    if not found:
        judgement.refuse(FORM, f"no clause gives '{take.matter}' to anybody", facts, "amend the rulebook first")
        return
    deciding = [*powers, *(each for each in found if each.power is None)] or list(found)
    who = " or ".join(dict.fromkeys(judgement.title(competence.seat) for competence in deciding))
    judgement.refuse(
        found[0].place.clause,
        f"{take.matter} is decided by {who}; {acting} has no power of it",
        facts,
        f"bring it before {who}",
    )


def lapse_of(judgement: Judgement, power: Power) -> tuple[str, str]:
    """The last day on which a decision under a power is ratified, and by whom; "" where the power says nothing of it."""
    if power.lapses is None:
        return "", ""
    return power.lapses.after.after(day_of(judgement.on)).isoformat(), power.lapses.unless_ratified_by
