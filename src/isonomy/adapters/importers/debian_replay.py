"""The replay of Debian's votes as a table: what was asked, who took part, what the rulebook decided,
whether it agrees.

Lives here: a row for each vote, made from the poll as the record has it. Not here: the acts
(`debian_acts`), the comparison (`debian_agreement`), and how a table is printed (the command).

Invariant: every cell is taken from the state, the verdict or the sources; what they do not tell is said in
words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from isonomy.adapters.importers.debian_acts import Step
from isonomy.adapters.importers.debian_agreement import Agreement, Decided, agreement_of
from isonomy.adapters.importers.debian_vote import DebianVote, MajorityTest
from isonomy.engine.facts import roll_span
from isonomy.engine.refusal import Accepted, Refused
from isonomy.engine.state import Poll, State
from isonomy.kernel.quantity import Answer, Ratio

YES, NO, UNTOLD = Answer.YES.value, Answer.NO.value, Answer.UNTOLD.value
QUORUM_SAID = {YES: "reached", NO: "not reached", UNTOLD: "cannot be told"}


@dataclass(frozen=True, slots=True)
class Row:
    """One vote of the replay. `poll` is its id in the record, "" where the record has none; `clauses` those
    of its result.
    """

    vote: str
    question: str
    turnout: str
    quorum: str
    outcome: str
    clauses: tuple[str, ...]
    agreement: Agreement | None
    poll: str = ""
    irregularities: tuple[str, ...] = ()
    untold: tuple[str, ...] = ()

    @property
    def said(self) -> str:
        """The last cell: agrees, differs and how, no official count at hand, or not replayed."""
        return "not replayed" if self.agreement is None else str(self.agreement)


def rows_of(votes: Iterable[DebianVote], steps: Iterable[Step], state: State) -> tuple[Row, ...]:
    """A row for each vote, in the order given, from the steps of its import and the state they led to."""
    by_vote: dict[str, list[Step]] = {}
    for step in steps:
        by_vote.setdefault(step.subject, []).append(step)
    return tuple(_row(vote, by_vote.get(vote.id, []), state) for vote in votes)


def _row(vote: DebianVote, steps: list[Step], state: State) -> Row:
    question = vote.question or f"{vote.name} of {vote.year}"
    turnout = f"{len(vote.papers)} of {vote.developer_count or 'unknown'}"
    refused = next((step.verdict for step in steps if isinstance(step.verdict, Refused)), None)
    declared = next((step for step in steps if step.tells == "declared"), None)
    if refused is not None or declared is None:
        why = refused.grounds[0].says if refused else "no act tells of it"
        return Row(vote.id, question, turnout, QUORUM_SAID[UNTOLD], f"cannot be told: {why}", (), None)
    poll = state.polls[declared.poll]
    accepted = [step.verdict for step in steps if isinstance(step.verdict, Accepted)]
    return Row(
        vote.id,
        question,
        turnout,
        QUORUM_SAID.get(poll.outcome["quorum"], "none asked"),
        outcome_said(poll),
        next(verdict.clauses for verdict in reversed(accepted)),
        agreement_of(decided_of(poll), vote.official),
        poll.id,
        tuple(f"{item.clause}: {item.says}" for verdict in accepted for item in verdict.irregularities),
        tuple(f"{item.clause}: {item.says}" for verdict in accepted for item in verdict.untold),
    )


def outcome_said(poll: Poll) -> str:
    """What won, in the words of the ballot; among what a casting vote has to choose where it is missing."""
    names = [poll.options[number - 1].name for number in poll.outcome["winners"]]
    if not names:
        return "nothing"
    return names[0] if poll.outcome["decided"] else f"open among {', '.join(names)}"


def decided_of(poll: Poll) -> Decided:
    """The outcome of a declared poll, as the engine derived it, in the shape of a published count."""
    outcome = poll.outcome
    quorum: dict[int, tuple[int, bool]] = {}
    majority = []
    for test in outcome["tests"]:
        if test.get("result") not in (YES, NO):
            continue
        if test["test"] == "quorum":
            quorum[test["option"]] = (test["votes"], test["result"] == YES)
        else:
            majority.append(_majority(test))
    return Decided(
        tuple(outcome["winners"]),
        tuple(sorted({dropped["option"] for dropped in outcome["dropped"]})),
        tuple(majority),
        quorum,
        roll_span(poll).known,
        poll.tallies["ballots"] if isinstance(poll.tallies, Mapping) else None,
    )


def _majority(test: Mapping[str, Any]) -> MajorityTest:
    in_favour, _, against = test["asked"].partition(":")
    ratio = Ratio(int(in_favour), int(against))
    return MajorityTest(test["option"], test["result"] == YES, test["for"], test["against"], ratio)
