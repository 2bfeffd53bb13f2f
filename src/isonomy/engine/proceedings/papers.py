"""Papers: whether a ballot is filled in as the counting rule of its poll reads it.

Lives here: the forms of a ballot by what the rule reads: an answer, ranks, marks, scores. Not here: who may cast (`polls`),
what a count makes of it (`counting`).

Invariant: a paper that the rule cannot count never enters a box; a blank one always may. Source: docs/spec/elections.md,
section 3.
"""

from __future__ import annotations

from typing import Any

from isonomy.counting.registry import rule_named
from isonomy.engine.judgement import Judgement
from isonomy.engine.proceedings.outcome import YES_NO, top_score_of
from isonomy.engine.shape import Json
from isonomy.engine.state import Poll

ANSWERS = ("for", "against", "abstain")
SCORES = "scores"


def check_ballot(judgement: Judgement, poll: Poll, ballot: Json) -> None:
    """Bars a paper that the poll's counting rule cannot read; a blank paper is an empty list."""
    if poll.counting == YES_NO and len(poll.options) <= 1:
        if ballot not in ANSWERS:
            raise judgement.bar(
                "the answer is for, against or abstain", {"ballot": str(ballot)[:60]}, "write one of the three"
            )
        return
    reads = rule_named(poll.counting).ballots
    if isinstance(ballot, dict):
        _check_scores(judgement, poll, ballot, reads)
    elif reads == SCORES and ballot != []:
        raise judgement.bar(
            f"{poll.counting} reads scores", {"ballot": str(ballot)[:60]}, 'write {"scores":[5,null,0]}, one an option'
        )
    else:
        _check_ranks(judgement, poll, ballot)


def _check_ranks(judgement: Judgement, poll: Poll, ballot: Json) -> None:
    options = len(poll.options)
    if not isinstance(ballot, list | tuple) or not all(isinstance(rank, list | tuple) for rank in ballot):
        raise judgement.bar(
            "a ranking is a list of lists of option numbers",
            {"ballot": str(ballot)[:60]},
            "write [[2],[1,3]] for 2 first, then 1 and 3",
        )
    numbers = [number for rank in ballot for number in rank]
    wrong = [number for number in numbers if type(number) is not int or not 1 <= number <= options]
    if wrong or len(set(numbers)) != len(numbers) or not all(ballot):
        raise judgement.bar(
            "each option is named at most once, by its number",
            {"options": options, "ballot": str(ballot)[:60]},
            f"use the numbers 1 to {options}",
        )


def _check_scores(judgement: Judgement, poll: Poll, ballot: dict[str, Any], reads: str) -> None:
    options, scores = len(poll.options), ballot.get(SCORES)
    if reads == "ranks":
        raise judgement.bar(
            f"{poll.counting} reads rankings",
            {"ballot": str(ballot)[:60]},
            "write [[2],[1,3]] for 2 first, then 1 and 3",
        )
    if ballot.keys() != {SCORES} or not isinstance(scores, list) or len(scores) != options:
        raise judgement.bar(
            "a paper of scores has one for each option", {"options": options, "ballot": str(ballot)[:60]},
            'write {"scores":[5,null,0]}, null for none',
        )  # fmt: skip
    least, most = score_range(judgement, poll)
    if any(score is not None and (type(score) is not int or not least <= score <= most) for score in scores):
        raise judgement.bar(
            f"a score is a whole number from {least} to {most}, or null", {"ballot": str(ballot)[:60]},
            f"write numbers from {least} to {most}",
        )  # fmt: skip


def score_range(judgement: Judgement, poll: Poll) -> tuple[int, int]:
    """The least and the most of a score on a poll's paper."""
    if poll.counting == YES_NO:
        return -1, 1
    if rule_named(poll.counting).ballots != SCORES:
        return 0, 1
    return 0, top_score_of(judgement.state, poll, poll.editions[0])
