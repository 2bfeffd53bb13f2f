"""Transferring: a member asks another unit to be taken in, that unit answers, the old one lets go.

Lives here: `transfer.ask`, `transfer.consent`, what a move needs where the block stands, and the mark of a poll before
which several moved into one unit. Not here: the move (`membership`), units that are split (`splitting`).

Invariant: without the block nothing here is possible and a move is as it was; the old unit delays, and prevents nothing. Source:
docs/spec/acts-transfer.md.
"""

from __future__ import annotations

from dataclasses import dataclass

from isonomy.engine.act import judges
from isonomy.engine.effect import At, effect
from isonomy.engine.judgement import Judgement
from isonomy.engine.roll import unit_lies_in
from isonomy.engine.shape import Line, ProceedingId, Slug
from isonomy.engine.state import Person, State, day_of
from isonomy.engine.transfer import (
    ASKED,
    CONSENTED,
    MOVED,
    OPEN,
    REFUSED,
    WITHDRAWN,
    MovedBefore,
    Transfer,
    open_transfer,
)
from isonomy.kernel.ids import proceeding_id
from isonomy.rulebook.model import MEMBERS
from isonomy.rulebook.provisions.transfer import TransferRule, transfer_rule

SEVERAL = 2
"""From so many moves into one unit a poll is marked: one member who moves is no wave."""


@dataclass(frozen=True, slots=True)
class AskTransfer:
    """Asks another unit to be taken in; the member's own act."""

    unit: Slug


@dataclass(frozen=True, slots=True)
class ConsentTransfer:
    """Answers for a unit: the receiving one consents or refuses, the old one lets go."""

    transfer: ProceedingId
    unit: Slug
    consents: bool
    why: Line | None = None


@effect("transfer.asked")
@dataclass(frozen=True, slots=True)
class TransferAsked:
    """A member asks to move; what the member asked before is withdrawn."""

    transfer: str
    person: str
    old: str
    new: str
    on: str
    answer_by: str
    let_go_by: str
    clause: str
    edition: str

    def apply(self, state: State, at: At) -> None:
        """Enters the transfer."""
        before = open_transfer(state, self.person)
        if before is not None:
            before.standing = WITHDRAWN
            state.touched[before.id] = at.n
        state.seating.transfers[self.transfer] = Transfer(
            self.transfer, self.person, self.old, self.new, self.on, self.answer_by, self.let_go_by, self.clause,
            self.edition,
        )  # fmt: skip
        state.touched[self.transfer] = at.n


@effect("transfer.answered")
@dataclass(frozen=True, slots=True)
class TransferAnswered:
    """The receiving unit consents or refuses, with its reason."""

    transfer: str
    consents: bool
    on: str
    why: str = ""

    def apply(self, state: State, at: At) -> None:
        """Sets the answer."""
        found = state.seating.transfers[self.transfer]
        found.standing, found.answered_on, found.why = CONSENTED if self.consents else REFUSED, self.on, self.why
        state.touched[self.transfer] = at.n


@effect("transfer.let-go")
@dataclass(frozen=True, slots=True)
class TransferLetGo:
    """The old unit lets the member go before its time is over."""

    transfer: str
    on: str

    def apply(self, state: State, at: At) -> None:
        """Enters the day."""
        state.seating.transfers[self.transfer].let_go_on = self.on
        state.touched[self.transfer] = at.n


@effect("transfer.moved")
@dataclass(frozen=True, slots=True)
class TransferMoved:
    """The move that was asked for has been made."""

    transfer: str
    on: str

    def apply(self, state: State, at: At) -> None:
        """Closes the transfer."""
        found = state.seating.transfers[self.transfer]
        found.standing, found.moved_on = MOVED, self.on
        state.touched[self.transfer] = at.n


@effect("poll.moves-marked")
@dataclass(frozen=True, slots=True)
class PollMovesMarked:
    """Since a day shortly before a poll, these members moved into one unit."""

    poll: str
    unit: str
    since: str
    persons: tuple[str, ...]

    def apply(self, state: State, at: At) -> None:
        """Marks the poll."""
        made = MovedBefore(self.poll, self.unit, self.since, self.persons)
        state.seating.moved_before.setdefault(self.poll, []).append(made)


def _rule(judgement: Judgement) -> TransferRule:
    rule = transfer_rule(judgement.rulebook)
    if rule is None:
        raise judgement.bar(
            "the rulebook has no transfer between units by consent", {}, "move as the clause on members says"
        )
    return rule


@judges("transfer.ask", AskTransfer)
def judge_ask(judgement: Judgement, ask: AskTransfer) -> None:
    """Judges the asking: one's own, to another open unit of the same kind."""
    rule, state = _rule(judgement), judgement.state
    person = state.persons.get(judgement.author)
    if person is None or not person.is_member_on(judgement.on):
        raise judgement.bar(f"{judgement.author} is not a member", {}, "only a member moves")
    clause = rule.place.clause_of("consented by")
    old, new = state.units.get(person.unit), state.units.get(ask.unit)
    if person.unit == ask.unit:
        raise judgement.bar(f"{person.id} is there already", {"unit": ask.unit}, "nothing more is needed")
    if new is None or new.closed_on or (old is not None and new.kind != old.kind):
        judgement.refuse(
            clause, "a member moves to an open unit of the same kind", {"unit": ask.unit}, "name another unit"
        )
        return
    before = open_transfer(state, person.id)
    if before is not None and before.new == ask.unit:
        raise judgement.bar(
            "it is asked already", {"transfer": before.id, "answer by": before.answer_by}, "wait for the answer", clause
        )
    judgement.cite(clause)
    # The units' time runs from the entry, even where the asking is reported of an earlier day.
    today = day_of(judgement.local)
    let_go_by = rule.let_go_within.after(today).isoformat() if person.unit and rule.let_go_within is not None else ""
    judgement.then(
        TransferAsked(
            proceeding_id("tf", judgement.n), person.id, person.unit, ask.unit, judgement.on,
            rule.answered_within.after(today).isoformat(), let_go_by, clause,
            judgement.edition,
        )
    )  # fmt: skip


@judges("transfer.consent", ConsentTransfer)
def judge_consent(judgement: Judgement, answer: ConsentTransfer) -> None:
    """Judges the answer of a unit: the receiving one is free, the old one has nothing to refuse."""
    rule = _rule(judgement)
    found = judgement.state.seating.transfers.get(answer.transfer)
    if found is None or found.standing not in OPEN:
        standing = found.standing if found is not None else "unknown"
        raise judgement.bar(
            f"'{answer.transfer}' waits for no answer", {"standing": standing}, "name a transfer that is asked for"
        )
    if answer.unit == found.new:
        _answer(judgement, rule, found, answer)
    elif answer.unit == found.old:
        _let_go(judgement, rule, found, answer)
    else:
        raise judgement.bar(
            f"the transfer does not concern {answer.unit}", {"from": found.old, "to": found.new}, "name one of the two"
        )


def _answer(judgement: Judgement, rule: TransferRule, found: Transfer, answer: ConsentTransfer) -> None:
    clause = rule.place.clause_of("consented by")
    if found.standing != ASKED:
        raise judgement.bar("it is answered already", {"on": found.answered_on}, "nothing more is needed", clause)
    judgement.may_act(
        judgement.standing(rule.consented_by, found.new), clause, "the receiving unit consents", unit=found.new
    )
    if not answer.consents and answer.why is None:
        judgement.refuse(clause, "a refusal has its reason", {"transfer": found.id}, 'give "why"')
    judgement.then(TransferAnswered(found.id, answer.consents, judgement.on, answer.why or ""))


def _let_go(judgement: Judgement, rule: TransferRule, found: Transfer, answer: ConsentTransfer) -> None:
    clause = rule.place.clause_of("let go within")
    if found.is_let_go_on(judgement.on):
        raise judgement.bar("the old unit has let go", {"transfer": found.id}, "nothing more is needed", clause)
    judgement.may_act(
        judgement.standing(rule.let_go_by or rule.consented_by, found.old), clause, "the old unit lets go",
        unit=found.old,
    )  # fmt: skip
    if not answer.consents:
        judgement.refuse(
            clause, "the old unit keeps nobody", {"is taken to have let go after": found.let_go_by},
            "let go, or be silent until then",
        )  # fmt: skip
    judgement.then(TransferLetGo(found.id, judgement.on))


def check_transfer(judgement: Judgement, person: Person, unit: str) -> None:
    """Grounds against a move that the member did not ask for, or to which a unit has still to answer; without a block none."""
    rule = transfer_rule(judgement.rulebook)
    if rule is None or person.id in judgement.state.to_assign:
        return
    clause = rule.place.clause_of("consented by")
    found = open_transfer(judgement.state, person.id)
    if found is None or found.new != unit or found.old != person.unit:
        judgement.refuse(
            clause, "a member moves who has asked the receiving unit", {"person": person.id, "unit": unit},
            f'{person.id} asks {unit} first ("transfer.ask")',
        )  # fmt: skip
        return
    if found.standing != CONSENTED:
        judgement.refuse(
            clause, "the receiving unit has not consented", {"transfer": found.id, "answer by": found.answer_by},
            f"wait for the answer of {unit}",
        )  # fmt: skip
    old = judgement.state.units.get(found.old)
    if old is not None and not old.closed_on and not found.is_let_go_on(judgement.on):
        judgement.refuse(
            rule.place.clause_of("let go within"), "the old unit has not let go",
            {"transfer": found.id, "is taken to have let go after": found.let_go_by},
            f"wait until {judgement.day(found.let_go_by)} is over, or until {found.old} lets go",
        )  # fmt: skip
    judgement.cite(clause)
    judgement.then(TransferMoved(found.id, judgement.on))


def mark_moves(judgement: Judgement, poll: str, body: str) -> None:
    """Marks a poll of members with those who moved, several into one unit, shortly before it, as the clause says."""
    rule = transfer_rule(judgement.rulebook)
    if rule is None or rule.marked is None or judgement.reported:
        return
    plain, _, unit = body.partition("@")
    found = judgement.rulebook.bodies.get(plain)
    if plain != MEMBERS and (found is None or found.filled is None or found.filled.way != "all members"):
        return
    since = rule.marked.before(day_of(judgement.on)).isoformat()
    moved: dict[str, list[str]] = {}
    for each in judgement.state.seating.transfers.values():
        here = not unit or unit_lies_in(judgement.state, each.new, unit)
        if each.standing == MOVED and since <= each.moved_on <= judgement.on and here:
            moved.setdefault(each.new, []).append(each.person)
    for into, persons in sorted(moved.items()):
        if len(persons) >= SEVERAL:
            judgement.cite(rule.place.clause_of("marked"))
            judgement.then_at_last(PollMovesMarked(poll, into, since, tuple(sorted(persons))))
