"""What follows when something owed was not done: the consequences that hold on a day, each with the day that was missed.

Lives here: finding them from the record and a day. Not here: their forms (`rulebook.consequence`), entering the lapse of a
mandate (`proceedings.overdue`), who calls instead by a body's own clause (`substitutes`).

Invariant: nothing of this is stored. A consequence holds from the day after the one that was missed, until what was owed is
done; of a finding (not accepted, not met) until the body has voted on the matter. Source: docs/spec/acts-instructions.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from isonomy.engine.due_by_clause import owings
from isonomy.engine.duty import Outlook
from isonomy.engine.instruction import NOT_ACCEPTED, NOT_MET, Condition, Instruction
from isonomy.engine.state import HISTORY, State, day_of
from isonomy.rulebook.consequence import ON_AGENDA, Consequence
from isonomy.rulebook.model import Rulebook
from isonomy.rulebook.provisions.condition import condition_rules
from isonomy.rulebook.provisions.instruction import rules_of


@dataclass(frozen=True, slots=True)
class Following:
    """A consequence that holds: of which thing, missed (or found wanting) on which day, under which clause."""

    thing: str
    missed_on: str
    consequence: Consequence
    clause: str
    seat: str = ""


def following(state: State, edition: str, day: str) -> list[Following]:
    """Every consequence that holds on a day, in the order of the days missed."""
    if state.kind == HISTORY or not state.founded:
        return []
    found = [*_of_duties(state, edition, day), *_of_instructions(state, day), *_of_conditions(state, day)]
    return sorted(found, key=lambda each: (each.missed_on, each.thing))


def _of_duties(state: State, edition: str, day: str) -> Iterator[Following]:
    if not any(duty.follows for rulebook in state.rulebooks.values() for duty in rulebook.duties.values()):
        return
    for owing in owings(Outlook(state, day_of(day), day_of(day), edition)):
        due = owing.due_on.isoformat()
        if owing.key not in state.discharged and due < day:
            clause = owing.block.place.clause_of("or else")
            for each in owing.block.follows:
                yield Following(owing.key, due, each, clause, owing.seat)


def _of_instructions(state: State, day: str) -> Iterator[Following]:
    for one in state.instructions.given.values():
        rule = rules_of(state.rulebook(one.edition)).get(one.rule)
        if rule is None:
            continue
        if one.standing_on(day) == "overdue":
            yield from _each(one, one.report_by, rule.or_else, rule.place.clause_of("or else"))
        elif one.standing == NOT_ACCEPTED and one.outcomes[-1].on < day:
            yield from _each(one, one.outcomes[-1].on, rule.not_accepted, rule.place.clause_of("not accepted"))


def _of_conditions(state: State, day: str) -> Iterator[Following]:
    for one in state.instructions.conditions.values():
        rule = condition_rules(state.rulebook(one.edition)).get(one.rule)
        if rule is None:
            continue
        if one.standing_on(day) == "unreviewed":
            yield from _each(one, one.review_on, rule.unreviewed, rule.place.clause_of("unreviewed"))
        elif one.standing == NOT_MET and one.outcomes[-1].on < day:
            yield from _each(one, one.outcomes[-1].on, rule.not_met, rule.place.clause_of("not met"))


def _each(
    thing: Instruction | Condition, missed_on: str, found: Iterable[Consequence], clause: str
) -> Iterator[Following]:
    seat = thing.to if isinstance(thing, Instruction) else thing.owner
    for each in found:
        yield Following(thing.id, missed_on, each, clause, seat)


def on_the_agenda(state: State, edition: str, body: str, day: str) -> list[Following]:
    """The matters that stand on the agenda of a body on a day because something was not done, until it has voted on them."""
    plain = body.partition("@")[0]
    if not any(_puts_on_agenda(rulebook, plain) for rulebook in state.rulebooks.values()):
        return []
    return [
        each
        for each in following(state, edition, day)
        if each.consequence.kind == ON_AGENDA
        and each.consequence.body == plain
        and not _voted_since(state, body, each.consequence.matter, each.missed_on)
    ]


def _puts_on_agenda(rulebook: Rulebook, body: str) -> bool:
    named: list[Consequence] = [each for duty in rulebook.duties.values() for each in duty.follows]
    for rule in rules_of(rulebook).values():
        named += [*rule.or_else, *rule.not_accepted]
    for condition in condition_rules(rulebook).values():
        named += [*condition.unreviewed, *condition.not_met]
    return any(each.kind == ON_AGENDA and each.body == body for each in named)


def _voted_since(state: State, body: str, matter: str, day: str) -> bool:
    return any(
        poll.body == body and poll.matter == matter and poll.standing == "declared" and poll.opened_on > day
        for poll in state.polls.values()
    )
