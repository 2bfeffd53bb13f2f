"""Decisions: what stands decided, by a body's vote or by an office within its power; ratification, refusal and lapse.

Lives here: the effects by which decisions begin, are ratified, refused or reported, and when one lapses. Not here: votes
(`polls`), taking a decision alone (`taking`).

Invariant: where a power says so, a decision lapses on its day unless the body the clause names has ratified it. Lapse needs no
act: it follows from the date.
"""

from __future__ import annotations

from dataclasses import dataclass

from isonomy.engine.alone import Alone, TakenAlone
from isonomy.engine.effect import At, effect
from isonomy.engine.judgement import Judgement
from isonomy.engine.state import Decision, State, day_of
from isonomy.rulebook.model import Power


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
    alone: Alone | None = None

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
        if self.alone is not None:
            made = self.alone
            state.decisions[self.decision].alone = TakenAlone(
                made.power, made.by, made.grounds, made.thing, made.under, made.handed_by
            )
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


@effect("decision.refused")
@dataclass(frozen=True, slots=True)
class DecisionRefused:
    """A decision taken alone ends, because the body voted its ratification down in a poll."""

    decision: str
    poll: str

    def apply(self, state: State, at: At) -> None:
        """Marks the decision."""
        alone = state.decisions[self.decision].alone
        if alone is not None:
            alone.refused_by, alone.refused_on = self.poll, at.on
        state.touched[self.decision] = at.n


@effect("decision.accounted")
@dataclass(frozen=True, slots=True)
class DecisionAccounted:
    """A decision taken alone is reported to the body that the clause names."""

    decision: str
    to: str

    def apply(self, state: State, at: At) -> None:
        """Marks the decision."""
        alone = state.decisions[self.decision].alone
        if alone is not None:
            alone.accounted_on = at.on
        state.touched[self.decision] = at.n


def lapse_of(judgement: Judgement, power: Power) -> tuple[str, str]:
    """The last day on which a decision under a power is ratified, and by whom; "" where the power says nothing of it."""
    if power.lapses is None:
        return "", ""
    return power.lapses.after.after(day_of(judgement.on)).isoformat(), power.lapses.unless_ratified_by
