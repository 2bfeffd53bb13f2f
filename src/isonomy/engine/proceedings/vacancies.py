"""Vacancies: a seat that fell vacant before its term is filled from the papers of the election that filled it.

Lives here: `vacancy.fill`, and who takes part in a countback. Not here: counting back (`counting.countback`; the chamber
repeats it), other elections (`elections`).

Invariant: nobody who sits loses the seat; whoever is called sits for the rest of the term; a vacancy is filled once.
Source: docs/spec/elections.md, section 7.
"""

from __future__ import annotations

from dataclasses import dataclass

from isonomy.engine.act import judges
from isonomy.engine.competence import ELECTION
from isonomy.engine.effect import At, effect
from isonomy.engine.eligibility import why_barred
from isonomy.engine.judgement import Judgement
from isonomy.engine.lots import seed_of_countback
from isonomy.engine.proceedings.decisions import DecisionTaken
from isonomy.engine.proceedings.draws import Drawn, check_lots
from isonomy.engine.proceedings.elections import appealable_until
from isonomy.engine.proceedings.outcome import procedure_for
from isonomy.engine.proceedings.standing import check_returning
from isonomy.engine.proceedings.tallies import read_tallies
from isonomy.engine.roll import is_voter, unit_lies_in
from isonomy.engine.shape import Json, Line, Natural, Sha256
from isonomy.engine.state import Mandate, Poll, State
from isonomy.engine.vacant import can_be_counted_back, ended_early, is_called
from isonomy.kernel.ids import proceeding_id
from isonomy.rulebook.election_rule import COUNTBACK


@dataclass(frozen=True, slots=True)
class FillVacancy:
    """Fills the seat of a mandate that ended early by countback; without winners: nobody is left."""

    mandate: Line
    tallies: Json
    winners: tuple[Natural, ...] = ()
    draws: tuple[Drawn, ...] = ()
    trace: Sha256 | None = None


@effect("vacancy.filled")
@dataclass(frozen=True, slots=True)
class VacancyFilled:
    """The papers of an election call a person to the seat of a mandate that ended early ("" nobody is left)."""

    mandate: str
    poll: str
    on: str
    tallies: Json
    option: int = 0
    person: str = ""
    trace: str = ""

    def apply(self, state: State, at: At) -> None:
        """Notes who was called."""
        state.countbacks[self.mandate] = self.person
        state.touched[self.poll] = state.touched[state.mandates[self.mandate].seat] = at.n


@dataclass(frozen=True, slots=True)
class Parts:
    """Who takes part in a countback, by option number: who sits and is not excluded, and who takes no part."""

    sitting: tuple[int, ...]
    leaving: tuple[int, ...]


def parts_of(state: State, poll: Poll, mandate: Mandate, day: str) -> Parts:
    """Who sits, and who is passed over, in a countback for the seat of a mandate on a civil date."""
    resting = {id for id, decision in state.decisions.items() if decision.poll == poll.id}
    mandates = [state.mandates[id] for id in state.by_seat.get(mandate.seat, ()) if id != mandate.id]
    sitting = {found.person for found in mandates if found.ground in resting and found.is_valid_on(day)}
    sitting |= {
        person
        for ended, person in state.countbacks.items()
        if ended != mandate.id and state.mandates[ended].ground in resting
        and is_called(state, state.mandates[ended], person, day)
    }  # fmt: skip
    before = {person for id in resting for person in state.decisions[id].person.split()}
    seated = {found.person for found in mandates if found.is_valid_on(day)}
    inside, out = [], []
    for number, option in enumerate(poll.options, start=1):
        if option.person in sitting:
            inside.append(number)
        elif (
            not option.person or option.person in before | seated or not _is_available(state, poll, option.person, day)
        ):
            out.append(number)
    gone = (number for number in poll.withdrawn if number not in inside)
    return Parts(tuple(inside), tuple(sorted({*out, *gone})))


def _is_available(state: State, poll: Poll, person: str, day: str) -> bool:
    """Whether a candidate who was not elected could take a seat now and has not withdrawn."""
    known = state.persons.get(person)
    edition = state.edition_on(day)
    if known is None or edition is None or not is_voter(known, state.rulebook(edition.id), day):
        return False
    unit = poll.seat.partition("@")[2]
    if unit and not unit_lies_in(state, known.unit, unit):
        return False
    if why_barred(state, state.rulebook(edition.id), person, poll.seat, day):
        return False
    election = state.elections.get(poll.election)
    return election is None or not election.candidates[person].withdrawn_on


@judges("vacancy.fill", FillVacancy, reportable=False)
def judge_fill(judgement: Judgement, fill: FillVacancy) -> None:
    """Judges a countback: the clause has it, the mandate ended early, the seat waits, the person called takes part."""
    state = judgement.state
    mandate = state.mandates.get(fill.mandate)
    if mandate is None or not ended_early(mandate, judgement.on):
        raise judgement.bar(
            "a countback fills the seat of a mandate that ended before its term", {"mandate": fill.mandate},
            "name one that did, such as ma-7",
        )  # fmt: skip
    poll = poll_behind(state, mandate)
    if poll is None:
        raise judgement.bar(
            "there are no papers of an election to count", {"mandate": mandate.id}, "hold another election"
        )
    procedure, clause = procedure_for(state, poll, poll.editions[0], poll.matter)
    rule = procedure.election if procedure is not None else None
    if procedure is None or rule is None or rule.vacancy != COUNTBACK:
        raise judgement.bar(
            "no clause fills vacancies by countback here", {"seat": mandate.seat}, "hold another election", clause
        )
    clause = procedure.place.clause_of("vacancy")
    _check_waiting(judgement, mandate)
    check_returning(judgement, poll.body, procedure, clause, "a vacancy is filled by the returning officer")
    read_tallies(judgement, poll, fill.tallies)
    _check_draws(judgement, poll, mandate, fill, clause)
    person = _called(judgement, poll, mandate, fill)
    judgement.cite(clause)
    judgement.then(
        VacancyFilled(
            mandate.id, poll.id, judgement.on, fill.tallies, int(fill.winners[0]) if person else 0, person, fill.trace or ""
        )
    )  # fmt: skip
    if person:
        judgement.then(
            DecisionTaken(
                proceeding_id("de", judgement.n), poll.body, ELECTION + mandate.seat.partition("@")[0], judgement.on, clause,
                text="Called by countback", poll=poll.id, person=person, until=mandate.until,
                appealable_until=appealable_until(rule, judgement.on),
            )
        )  # fmt: skip


def poll_behind(state: State, mandate: Mandate) -> Poll | None:
    """The declared poll on whose papers a mandate rests; None where there are none."""
    if not can_be_counted_back(state, mandate):
        return None
    return state.polls[state.decisions[mandate.ground].poll]


def _check_waiting(judgement: Judgement, mandate: Mandate) -> None:
    person = judgement.state.countbacks.get(mandate.id)
    if person == "":
        raise judgement.bar("nobody was left to be called", {"mandate": mandate.id}, "hold another election")
    if person is not None and is_called(judgement.state, mandate, person, judgement.on):
        raise judgement.bar(
            f"{person} is called to this seat already", {"mandate": mandate.id}, "begin that mandate with mandate.begin"
        )
    followed = [
        decision
        for decision in judgement.state.decisions.values()
        if person and decision.person == person and f"{decision.id} {person}" in judgement.state.carried_out
        and decision.until == mandate.until
    ]  # fmt: skip
    if followed:
        raise judgement.bar(
            f"{person} took this seat", {"mandate": mandate.id}, "count back for that mandate, should it have ended"
        )


def _check_draws(judgement: Judgement, poll: Poll, mandate: Mandate, fill: FillVacancy, clause: str) -> None:
    for drawn in fill.draws:
        if drawn.by != "lot" or not set(drawn.chosen) <= set(drawn.among):
            raise judgement.bar("a tie of a countback is drawn by lot", {"by": drawn.by[:40]}, "draw among those tied")
    if poll.lot:
        check_lots(judgement, fill.draws, seed_of_countback(judgement.state, poll, mandate.id), clause)


def _called(judgement: Judgement, poll: Poll, mandate: Mandate, fill: FillVacancy) -> str:
    """The person whom the countback calls; "" where it calls nobody."""
    if not fill.winners:
        return ""
    parts = parts_of(judgement.state, poll, mandate, judgement.on)
    number = int(fill.winners[0])
    among = [each for each in range(1, len(poll.options) + 1) if each not in (*parts.sitting, *parts.leaving)]
    if len(fill.winners) > 1 or number not in among:
        raise judgement.bar(
            "a countback calls one person who stood, does not sit and is available",
            {"declared": [int(each) for each in fill.winners], "among": among}, "declare what the count gives",
        )  # fmt: skip
    return poll.options[number - 1].person
