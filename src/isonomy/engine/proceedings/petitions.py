"""Petitions: members ask a body to put a matter on its agenda or to answer; electors ask for a poll on recalling a holder.

Lives here: `petition.open`, `petition.support`, `petition.retract`. Not here: secret supporters and answers (`petitioned`), what
follows the poll of a recall (`recalling`), removals by a body (`removing`).

Invariant: supporters count once each, while they may support. What was reached stays reached, and its day runs from there.
"""

from __future__ import annotations

from dataclasses import dataclass

from isonomy.engine.act import judges
from isonomy.engine.competence_on_holders import PETITION_TO, RECALL
from isonomy.engine.effect import At, effect
from isonomy.engine.judgement import Judgement
from isonomy.engine.petition import FAILED, GATHERING, PETITION, REACHED, Petition
from isonomy.engine.petition import RECALL as RECALL_KIND
from isonomy.engine.proceedings.asking import enough, group_of, slug_of
from isonomy.engine.proceedings.motions import MotionMoved
from isonomy.engine.shape import Line, ProceedingId, Slug, Text
from isonomy.engine.state import Mandate, State, day_of
from isonomy.kernel.bad_input import did_you_mean
from isonomy.kernel.ids import proceeding_id
from isonomy.kernel.quantity import Answer
from isonomy.rulebook.provisions.petition import AGENDA, ANSWER, PetitionRule
from isonomy.rulebook.provisions.petition import petitions as petition_rules
from isonomy.rulebook.provisions.recall import RecallRule, recall_of


@dataclass(frozen=True, slots=True)
class OpenPetition:
    """Opens a petition under its block, or, with `mandate`, one for the recall of its holder.

    `matter` is what shall stand on the agenda; `text` is the petition in the words of whoever opens it.
    """

    text: Text
    petition: Slug | None = None
    matter: Slug | None = None
    mandate: Line | None = None


@dataclass(frozen=True, slots=True)
class SupportPetition:
    """Stands behind a petition whose supporters are named."""

    petition: ProceedingId


@dataclass(frozen=True, slots=True)
class RetractPetition:
    """Takes one's own name back from a petition, before its number is reached."""

    petition: ProceedingId


@effect("petition.opened")
@dataclass(frozen=True, slots=True)
class PetitionOpened:
    """A petition stands open for support."""

    petition: str
    kind: str
    block: str
    edition: str
    body: str
    of: str
    matter: str
    words: str
    on: str
    gather_until: str = ""
    known_to: str = ""
    mandate: str = ""
    person: str = ""
    seat: str = ""
    asks: str = ""

    def apply(self, state: State, at: At) -> None:
        """Enters the petition; where supporters are named, whoever opens it is the first."""
        state.petitions[self.petition] = Petition(
            self.petition, self.kind, self.block, self.edition, self.body, self.of, self.matter, self.words, at.by, self.on,
            self.gather_until, self.known_to, self.mandate, self.person, self.seat, self.asks,
        )  # fmt: skip
        if not self.known_to:
            state.petitions[self.petition].supporters.append(at.by)
        state.touched[self.petition] = at.n


@effect("petition.supported")
@dataclass(frozen=True, slots=True)
class PetitionSupported:
    """A further person stands behind a petition."""

    petition: str
    person: str

    def apply(self, state: State, at: At) -> None:
        """Adds the person."""
        state.petitions[self.petition].supporters.append(self.person)
        state.touched[self.petition] = at.n


@effect("petition.retracted")
@dataclass(frozen=True, slots=True)
class PetitionRetracted:
    """A person stands behind a petition no longer."""

    petition: str
    person: str

    def apply(self, state: State, at: At) -> None:
        """Strikes the person."""
        state.petitions[self.petition].supporters.remove(self.person)
        state.touched[self.petition] = at.n


@effect("petition.reached")
@dataclass(frozen=True, slots=True)
class PetitionReached:
    """As many stand behind a petition as the clause asks: the body acts, or the poll is opened, by this day ("": none set)."""

    petition: str
    on: str
    due_on: str = ""
    motion: str = ""

    def apply(self, state: State, at: At) -> None:
        """Sets the day."""
        petition = state.petitions[self.petition]
        petition.standing, petition.reached_on = REACHED, self.on
        petition.due_on, petition.motion = self.due_on, self.motion
        state.touched[self.petition] = state.touched[petition.body] = at.n


# -- opening -----------------------------------------------------------------------------------------------


@judges("petition.open", OpenPetition, reportable=False)
def judge_open(judgement: Judgement, opened: OpenPetition) -> None:
    """Judges the opening of a petition: a clause has it, its author may support it, nothing bars it."""
    if opened.mandate is not None:
        _open_recall(judgement, opened, opened.mandate)
        return
    rules = petition_rules(judgement.rulebook)
    if not rules:
        raise judgement.bar("the rulebook has no petitions", {}, "amend the rulebook first")
    if opened.petition is None and len(rules) > 1:
        raise judgement.bar("the rulebook has several petitions", {"petition": sorted(rules)}, "name one of them")
    rule = rules.get(opened.petition or next(iter(rules)))
    if rule is None:
        known = sorted(rules)
        cure = did_you_mean(opened.petition or "", known)
        raise judgement.bar(f"the rulebook has no petition '{opened.petition}'", {"petition": known}, cure)
    if rule.asks == AGENDA and opened.matter is None:
        raise judgement.bar(
            "a petition says which matter shall stand on the agenda", {"matter": "none"}, 'give "matter"'
        )
    if rule.asks == ANSWER and opened.matter is not None:
        raise judgement.bar("a petition for an answer has no matter", {"matter": opened.matter}, "put it into the text")
    until = rule.gathered_within.after(day_of(judgement.on)).isoformat() if rule.gathered_within else ""
    unit = _own_unit(judgement, rule.to)
    body = judgement.beside(rule.to, unit)
    made = PetitionOpened(
        proceeding_id("pe", judgement.n), PETITION, rule.name, judgement.edition, body, slug_of(rule.of.of),
        opened.matter or PETITION_TO + rule.to, opened.text, judgement.on, until, rule.known_to, asks=rule.asks,
    )  # fmt: skip
    _open(judgement, made, rule)


def _own_unit(judgement: Judgement, body: str) -> str:
    """The unit in whose body a petition is brought: that of its author."""
    block, person = judgement.rulebook.bodies.get(body), judgement.state.persons.get(judgement.author)
    return person.unit if block is not None and block.in_each and person is not None else ""


def _open_recall(judgement: Judgement, opened: OpenPetition, id: str) -> None:
    mandate = judgement.state.mandates.get(id)
    if mandate is None or not mandate.is_valid_on(judgement.on):
        raise judgement.bar(f"'{id}' is no mandate that is held", {"mandate": id}, "name one, such as ma-7")
    rule = recall_of(judgement.rulebook, mandate.seat)
    if rule is None:
        raise judgement.bar(
            f"no clause lets anybody recall from {judgement.title(mandate.seat)}", {"seat": mandate.seat},
            "amend the rulebook first", judgement.seat(mandate.seat).place.clause,
        )  # fmt: skip
    if opened.matter is not None or opened.petition is not None:
        raise judgement.bar("a recall is about a mandate alone", {"mandate": id}, 'leave "petition" and "matter" out')
    _check_free(judgement, mandate, rule)
    plain, _, unit = mandate.seat.partition("@")
    filled = judgement.seat(mandate.seat).filled
    assert filled is not None, "the lint lets a recall block name elected seats alone"
    until = rule.gathered_within.after(day_of(judgement.on)).isoformat() if rule.gathered_within else ""
    made = PetitionOpened(
        proceeding_id("pe", judgement.n), RECALL_KIND, rule.name, judgement.edition, judgement.beside(filled.by, unit),
        slug_of(rule.of.of), RECALL + plain, opened.text, judgement.on, until, rule.known_to, mandate.id, mandate.person,
        mandate.seat,
    )  # fmt: skip
    _open(judgement, made, rule)


def _check_free(judgement: Judgement, mandate: Mandate, rule: RecallRule) -> None:
    for other in judgement.state.petitions.values():
        if other.mandate != mandate.id:
            continue
        if other.standing == REACHED or (
            other.standing_on(judgement.on) == GATHERING and other.opened_by == judgement.author
        ):
            raise judgement.bar(
                "a recall is asked for already", {"petition": other.id, "standing": other.standing},
                f"support {other.id}" if other.standing == GATHERING else "the electors vote on it",
            )  # fmt: skip
        if other.standing == FAILED and other.barred_until and judgement.on <= other.barred_until:
            judgement.refuse(
                rule.place.clause_of("barred again"),
                f"after a poll that failed there is no other recall for {rule.barred_again}",
                {"failed": other.settled_on, "petition": other.id, "barred until": other.barred_until},
                f"open it after {judgement.day(other.barred_until)}",
            )  # fmt: skip


def _open(judgement: Judgement, made: PetitionOpened, rule: PetitionRule | RecallRule) -> None:
    petition = Petition(
        made.petition, made.kind, made.block, made.edition, made.body, made.of, made.matter, made.words, judgement.author,
        made.on, made.gather_until, made.known_to, made.mandate, made.person, made.seat, made.asks,
    )  # fmt: skip
    clause = clause_of_number(rule)
    _check_supporter(judgement, petition, rule, clause)
    judgement.cite(clause)
    judgement.then(made)
    if not petition.known_to:
        petition.supporters.append(judgement.author)
        _test(judgement, petition, rule, petition.supporters)


# -- supporting --------------------------------------------------------------------------------------------


def block_of(judgement: Judgement, petition: Petition) -> PetitionRule | RecallRule:
    """The block of a petition, in the edition under which it was opened."""
    found = judgement.state.rulebook(petition.edition).provisions[petition.kind][petition.block]
    assert isinstance(found, PetitionRule | RecallRule)
    return found


def clause_of_number(rule: PetitionRule | RecallRule) -> str:
    """The clause that says how many stand behind it."""
    return rule.place.clause_of("of" if isinstance(rule, PetitionRule) else "petition of")


def supporting_group(judgement: Judgement, petition: Petition, rule: PetitionRule | RecallRule) -> tuple[str, ...]:
    """Who may support a petition on the day judged."""
    seat = petition.seat or petition.body
    return group_of(judgement.state, petition.edition, rule.of.of, seat, petition.person, judgement.on)


def _check_supporter(judgement: Judgement, petition: Petition, rule: PetitionRule | RecallRule, clause: str) -> None:
    says = "a petition is supported by those the clause names"
    if judgement.author == petition.person:
        judgement.refuse(clause, "nobody asks for their own recall", {"person": judgement.author}, "resign instead")
    elif judgement.author not in supporting_group(judgement, petition, rule):
        judgement.refuse(
            clause, says, {"person": judgement.author, "asked": rule.of.of}, "ask one of those to support it"
        )


def open_petition(judgement: Judgement, id: str) -> Petition:
    """The petition of that id while it gathers support; bars the act otherwise."""
    found = judgement.state.petitions.get(id)
    if found is None:
        raise judgement.bar(f"there is no petition '{id}'", {}, "name one, such as pe-17")
    standing = found.standing_on(judgement.on)
    if standing != GATHERING:
        raise judgement.bar(
            f"the petition gathers no support any more: {standing}",
            {"petition": id, "until": found.gather_until or "no time set", "reached": found.reached_on or "not reached"},
            "open another" if standing != REACHED else "nothing more is needed",
        )  # fmt: skip
    return found


@judges("petition.support", SupportPetition, reportable=False)
def judge_support(judgement: Judgement, support: SupportPetition) -> None:
    """Judges a support: by one who may, once, where supporters are named, and in time."""
    petition = open_petition(judgement, support.petition)
    rule = block_of(judgement, petition)
    if petition.known_to:
        raise judgement.bar(
            "the supporters of this petition are secret", {"known to": petition.known_to},
            f"tell {judgement.title(petition.known_to)}, who attests the number", rule.place.clause_of("supporters"),
        )  # fmt: skip
    if judgement.author in petition.supporters:
        raise judgement.bar(
            f"{judgement.author} supports it already", {"petition": petition.id}, "nothing more is needed"
        )
    _check_supporter(judgement, petition, rule, clause_of_number(rule))
    judgement.cite(clause_of_number(rule))
    judgement.then(PetitionSupported(petition.id, judgement.author))
    _test(judgement, petition, rule, [*petition.supporters, judgement.author])


@judges("petition.retract", RetractPetition, reportable=False)
def judge_retract(judgement: Judgement, retract: RetractPetition) -> None:
    """Judges a retraction: one's own name, before the number is reached."""
    petition = open_petition(judgement, retract.petition)
    if judgement.author not in petition.supporters:
        raise judgement.bar(f"{judgement.author} does not support it by name", {"petition": petition.id}, "")
    judgement.cite(clause_of_number(block_of(judgement, petition)))
    judgement.then(PetitionRetracted(petition.id, judgement.author))


def _test(judgement: Judgement, petition: Petition, rule: PetitionRule | RecallRule, supporters: list[str]) -> None:
    group = supporting_group(judgement, petition, rule)
    counted = sum(1 for each in supporters if each in group and each != petition.person)
    if enough(judgement, petition.edition, rule.of, counted, len(group)).answer is Answer.YES:
        reach(judgement, petition, rule)


def reach(judgement: Judgement, petition: Petition, rule: PetitionRule | RecallRule) -> None:
    """The number is reached: the day runs, and the question of a recall stands before the electors as a motion."""
    within = rule.within if isinstance(rule, PetitionRule) else rule.poll_within
    due = within.after(day_of(judgement.on)).isoformat() if within else ""
    motion = ""
    if isinstance(rule, RecallRule):
        motion = proceeding_id("mo", judgement.n)
        judgement.then(
            MotionMoved(
                motion, petition.body, petition.matter, petition.opened_by, petition.words, judgement.on, petition.edition,
                person=petition.person,
            )
        )  # fmt: skip
    judgement.then(PetitionReached(petition.id, judgement.on, due, motion))
