"""Marking a poll with how many lost the vote shortly before it, because whoever keeps the list of standing has power over polls.

Lives here: the mark. Not here: entering arrears (`standings`), putting a poll (`putting`).

Invariant: a mark changes no verdict; it shows with the poll what the list did before it. Source: docs/spec/acts-finance.md.
"""

from __future__ import annotations

from dataclasses import dataclass

from isonomy.engine.effect import At, effect
from isonomy.engine.judgement import Judgement
from isonomy.engine.proceedings.transferring import mark_moves
from isonomy.engine.state import State, day_of
from isonomy.engine.subscription import CODE, Lost
from isonomy.rulebook.provisions.subscription import NO_VOTE, subscription_rule


@effect("poll.marked")
@dataclass(frozen=True, slots=True)
class PollMarked:
    """Since a day shortly before a poll, these members lost the vote in it by arrears."""

    poll: str
    since: str
    persons: tuple[str, ...]

    def apply(self, state: State, at: At) -> None:
        """Marks the poll."""
        state.subscriptions.marks[self.poll] = Lost(self.poll, self.since, self.persons)


def mark_poll(judgement: Judgement, poll: str, body: str) -> None:
    """Marks a poll that opens with those who lost the vote, and who moved into one unit, shortly before, as the clauses say."""
    mark_moves(judgement, poll, body)
    rule = subscription_rule(judgement.rulebook)
    if rule is None or rule.marked is None or NO_VOTE not in rule.does or judgement.reported:
        return
    since = rule.marked.before(day_of(judgement.on)).isoformat()
    lost = tuple(
        sorted(
            id for id, person in judgement.state.persons.items() if since <= person.codes.get(CODE, "") <= judgement.on
        )
    )
    if lost:
        judgement.cite(rule.place.clause_of("marked"))
        judgement.then_at_last(PollMarked(poll, since, lost))
