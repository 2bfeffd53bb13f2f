"""A counting rule once used for a real result is not edited: each counts one election as it was first recorded.

The digests are of whole traces, so a step, a figure or an order that changes is seen, not the winner alone. A rule that has to
count otherwise is a rule of another name. `python -m tests.counting.test_frozen_rules` records those that are new; the line of
a rule by which nothing real was ever decided may be taken out and recorded again.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from isonomy.counting import Ballot, Lots, Parameters, Profile, count, rules
from isonomy.counting.ballot import ScoredBallot, in_order, options_named
from isonomy.counting.registry import rule_named

RECORDED = Path(__file__).parent / "data" / "frozen_rules.json"
OPTIONS = options_named(["Ann", "Bo", "Cy", "Dee", "Eve"])
RANKED = [("21345", 7), ("3214", 6), ("13", 5), ("45", 5), ("5412", 4), ("2", 3), ("", 1)]
SCORED = [
    ((5, 0, 3, None, 1), 7),
    ((0, 5, 2, 4, 1), 6),
    ((1, 1, None, 0, 5), 5),
    ((4, 4, 4, 0, 0), 5),
    ((None,) * 5, 1),
]
APPROVED = [((1, 1, None, None, None), 7), ((None, 1, 1, None, None), 6), ((None, None, None, 1, 1), 6), ((1,) * 5, 2)]
ANSWERED = [((1, -1, 0, 1, None), 7), ((-1, 1, 1, 0, 0), 6), ((1, 1, None, -1, 1), 5), ((None,) * 5, 1)]
ASKED = "yes-no"


def election(rule: str, reads: str) -> Profile:
    """Five options and some thirty ballots, with ties on the way, as a rule reads them."""
    if reads == "ranks":
        ballots = tuple(Ballot(in_order([int(sign) for sign in ranks]), weight) for ranks, weight in RANKED)
        return Profile(OPTIONS, ballots)
    marks = ANSWERED if rule == ASKED else APPROVED if reads == "approvals" else SCORED
    return Profile(OPTIONS, scored=tuple(ScoredBallot(scores, weight) for scores, weight in marks))


def digest_of(name: str) -> str:
    """The digest of the rule's count of that election, for two seats where it knows seats."""
    rule = rule_named(name)
    given = Parameters(seats=2) if "seats" in rule.takes else Parameters()
    return count(election(name, rule.ballots), name, given, Lots(seed="4 May")).digest()


@pytest.mark.parametrize("rule", [rule.name for rule in rules()])
def test_a_rule_counts_as_it_was_first_recorded(rule: str) -> None:
    recorded = json.loads(RECORDED.read_text(encoding="utf-8"))
    assert rule in recorded, "record the new rule: python -m tests.counting.test_frozen_rules"
    assert digest_of(rule) == recorded[rule], "a rule that counts otherwise is a rule of another name"


def test_no_recorded_rule_is_gone() -> None:
    assert set(json.loads(RECORDED.read_text(encoding="utf-8"))) <= {rule.name for rule in rules()}


if __name__ == "__main__":
    held = json.loads(RECORDED.read_text(encoding="utf-8")) if RECORDED.exists() else {}
    held = {rule.name: digest_of(rule.name) for rule in rules()} | held
    RECORDED.write_text(json.dumps(held, indent=1, sort_keys=True) + "\n", encoding="utf-8")
