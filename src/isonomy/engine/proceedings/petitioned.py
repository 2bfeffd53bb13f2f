"""Petitioned: secret supporters that are attested, and the answer of the body that was asked.

Lives here: `petition.attest`, `petition.answer`. Not here: opening and supporting by name (`petitions`).

Invariant: of secret supporters the record holds commitments and their number; that each stands for another person who may support
rests on the word of the office that knows them. Source: docs/spec/acts-removal.md, "Secret supporters".
"""

from __future__ import annotations

from dataclasses import dataclass

from isonomy.engine.act import judges
from isonomy.engine.effect import At, effect
from isonomy.engine.judgement import Judgement
from isonomy.engine.petition import ANSWERED, REACHED
from isonomy.engine.petition import RECALL as RECALL_KIND
from isonomy.engine.proceedings.asking import enough
from isonomy.engine.proceedings.petitions import block_of, open_petition, reach, supporting_group
from isonomy.engine.shape import Bytes32, ProceedingId
from isonomy.engine.state import State
from isonomy.kernel.quantity import Answer
from isonomy.rulebook.provisions.petition import ANSWER


@dataclass(frozen=True, slots=True)
class Attest:
    """Enters further secret supporters: a commitment for each, by the office that alone knows them."""

    petition: ProceedingId
    commitments: tuple[Bytes32, ...]


@dataclass(frozen=True, slots=True)
class AnswerPetition:
    """Answers a petition, by a decision of the body that was asked."""

    petition: ProceedingId
    decision: ProceedingId


@effect("petition.attested")
@dataclass(frozen=True, slots=True)
class PetitionAttested:
    """The office that knows the supporters attests further ones, each by a commitment."""

    petition: str
    person: str
    commitments: tuple[str, ...]

    def apply(self, state: State, at: At) -> None:
        """Adds the commitments."""
        petition = state.petitions[self.petition]
        petition.commitments += self.commitments
        petition.attested_by = self.person
        state.touched[self.petition] = at.n


@effect("petition.answered")
@dataclass(frozen=True, slots=True)
class PetitionAnswered:
    """A body has answered a petition by its decision."""

    petition: str
    decision: str
    on: str

    def apply(self, state: State, at: At) -> None:
        """Closes the petition."""
        petition = state.petitions[self.petition]
        petition.standing, petition.settled_on, petition.decision = ANSWERED, self.on, self.decision
        state.touched[self.petition] = at.n


@judges("petition.attest", Attest, reportable=False)
def judge_attest(judgement: Judgement, attest: Attest) -> None:
    """Judges an attestation of secret supporters: by the office that knows them, not by the person concerned, each commitment
    once, no more than there are who may support."""
    petition = open_petition(judgement, attest.petition)
    rule = block_of(judgement, petition)
    clause = rule.place.clause_of("supporters")
    if not petition.known_to:
        raise judgement.bar(
            "the supporters of this petition are named", {}, "each supports it by petition.support", clause
        )
    if not attest.commitments:
        raise judgement.bar("no supporter is attested", {"commitments": 0}, "give a commitment for each")
    unit = petition.seat.partition("@")[2]
    known_to = judgement.beside(petition.known_to, unit)
    judgement.may_act((known_to,), clause, f"{judgement.title(known_to)} alone knows who supports it")
    if judgement.author and judgement.author == petition.person:
        judgement.refuse(
            clause, "the person concerned does not hold the names of those who ask", {"person": judgement.author},
            "let another take the office ad interim, or name supporters in the clause",
        )  # fmt: skip
    new = [str(each) for each in attest.commitments]
    if len(set(new)) != len(new) or set(new) & set(petition.commitments):
        raise judgement.bar("a commitment stands twice", {"commitments": len(new)}, "one for each supporter")
    group = supporting_group(judgement, petition, rule)
    most = len([person for person in group if person != petition.person])
    count = len(petition.commitments) + len(new)
    if count > most:
        judgement.refuse(
            clause,
            "no more are attested than may support it",
            {"attested": count, "those who may": most},
            "count again",
        )
        return
    judgement.then(PetitionAttested(petition.id, judgement.author, tuple(new)))
    if enough(judgement, petition.edition, rule.of, count, len(group)).answer is Answer.YES:
        reach(judgement, petition, rule)


@judges("petition.answer", AnswerPetition, reportable=False)
def judge_answer(judgement: Judgement, answer: AnswerPetition) -> None:
    """Judges an answer: the petition reached its number and asks one, and the body that was asked decided it."""
    petition = judgement.state.petitions.get(answer.petition)
    if petition is None:
        raise judgement.bar(f"there is no petition '{answer.petition}'", {}, "name one, such as pe-17")
    if petition.kind == RECALL_KIND or petition.asks != ANSWER:
        raise judgement.bar("this petition asks for no answer", {"petition": petition.id}, "take its matter up")
    if petition.standing != REACHED:
        raise judgement.bar(
            f"the petition is {petition.standing_on(judgement.on)}", {"petition": petition.id}, "nothing is owed"
        )
    rule = block_of(judgement, petition)
    plain, _, unit = petition.body.partition("@")
    judgement.is_granted(
        (plain,), rule.place.clause_of("asks"), f"{judgement.title(petition.body)} answers by its decision",
        decision=answer.decision, matter=petition.matter, about=petition.id, unit=unit,
    )  # fmt: skip
    found = judgement.state.decisions.get(answer.decision)
    if found is not None and found.taken_on < petition.reached_on:
        judgement.refuse(
            rule.place.clause_of("asks"), "an answer is given to a petition that was there",
            {"decided": found.taken_on, "reached": petition.reached_on}, "decide on this petition",
        )  # fmt: skip
    judgement.then(PetitionAnswered(petition.id, answer.decision, judgement.on))
