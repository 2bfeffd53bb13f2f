"""Counting: ballots, quotas, transfers, ties and the procedures built from them, each giving a typed trace.

Lives here: one module a procedure, named with its edition and pinned to its text; formats/ reads and writes
ballot files. Not here: who may vote and whether the poll was lawful (`engine`).

    from isonomy.counting import count, read_ballots, rules

    profile = read_ballots(open("tally.txt", "rb").read())
    result = count(profile, "debian-2003")
    print(result.headline())

Invariant: int, Fraction or the fixed point that the procedure states, never float; a procedure once used for
a real result is not edited, only superseded under a new name; a lot comes in as data.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from isonomy.counting.ballot import Ballot, Option, Profile, ScoredBallot
    from isonomy.counting.constraint import Constraint, read_constraints
    from isonomy.counting.formats.sniff import read_ballots, write_ballots
    from isonomy.counting.parameters import Parameters, Quorum, read_quorum, read_ratio
    from isonomy.counting.parts import read_ballots_in_parts
    from isonomy.counting.registry import Rule, count, rule_named, rules
    from isonomy.counting.tie import Draw, Lots, Tie, read_draws
    from isonomy.counting.trace import Result, Step, first_difference

__all__ = [
    "Ballot",
    "Constraint",
    "Draw",
    "Lots",
    "Option",
    "Parameters",
    "Profile",
    "Quorum",
    "Result",
    "Rule",
    "ScoredBallot",
    "Step",
    "Tie",
    "count",
    "first_difference",
    "read_ballots",
    "read_ballots_in_parts",
    "read_constraints",
    "read_draws",
    "read_quorum",
    "read_ratio",
    "rule_named",
    "rules",
    "write_ballots",
]

_HOMES = {
    "ballot": ("Ballot", "Option", "Profile", "ScoredBallot"),
    "constraint": ("Constraint", "read_constraints"),
    "formats.sniff": ("read_ballots", "write_ballots"),
    "parameters": ("Parameters", "Quorum", "read_quorum", "read_ratio"),
    "parts": ("read_ballots_in_parts",),
    "registry": ("Rule", "count", "rule_named", "rules"),
    "tie": ("Draw", "Lots", "Tie", "read_draws"),
    "trace": ("Result", "Step", "first_difference"),
}


def __getattr__(name: str) -> object:
    """A public name, its module loaded now: counting one ward loads no more than it needs."""
    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"isonomy.counting.{module}"), name)
    raise AttributeError(f"module 'isonomy.counting' has no attribute '{name}'")
