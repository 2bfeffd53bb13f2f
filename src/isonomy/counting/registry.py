"""The counting rules by name, each with the edition of its text, and the one door into a count.

Lives here: what a rule is and how it is found. Not here: the table of rules (`rule_table`), the rules (one
module each).

Invariant: a name carries its edition; a rule once used for a real result is never edited, only superseded
under a new name. The code of a rule is loaded when it is first used.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

from isonomy.counting.ballot import Profile
from isonomy.counting.collector import paused_collector
from isonomy.counting.parameters import Parameters
from isonomy.counting.rule_table import RULES
from isonomy.counting.tie import Lots
from isonomy.counting.trace import Result
from isonomy.counting.values import replace, value
from isonomy.kernel.bad_input import BadInput, did_you_mean

if TYPE_CHECKING:
    from concurrent.futures import Executor

CountFunction = Callable[[Profile, Parameters, Lots], Result]


@value
class Rule:
    """A counting rule: its name with edition, what it reads, what it takes, and the text it follows.

    `ballots` is `ranks`, `scores`, or `approvals` (scores, or ranked papers on which every rank is a mark);
    `takes` names the parameters it accepts (`seats`, `quorum`, `majorities`, `default`, `constraints`, and choices by
    name);
    `settles` how ties are settled.
    """

    name: str
    title: str
    source: str
    ballots: str
    arithmetic: str
    takes: tuple[str, ...]
    settles: str
    code: str

    @property
    def count(self) -> CountFunction:
        """The counting function, loaded now."""
        module, function = self.code.split(":")
        found: CountFunction = getattr(import_module(f"isonomy.counting.{module}"), function)
        return found


def rules() -> tuple[Rule, ...]:
    """All rules, in order of name."""
    return tuple(sorted((Rule(*row) for row in RULES), key=lambda rule: rule.name))


def rule_named(name: str) -> Rule:
    """The rule of that name; raises `BadInput` with the nearest name when there is none."""
    for row in RULES:
        if row[0] == name:
            return Rule(*row)
    raise BadInput(f"there is no counting rule '{name}'", "", did_you_mean(name, [row[0] for row in RULES]))


def count(
    profile: Profile,
    rule: str,
    parameters: Parameters | None = None,
    lots: Lots | None = None,
    *,
    executor: Executor | None = None,
    parts: int = 2,
) -> Result:
    """Counts a profile by a rule.

    With an `executor` its workers share the pairwise matrix and the first dealing of papers, in so many `parts`; the
    result is the same.

    Raises `BadInput` for an unknown rule, a parameter that the rule does not take, ballots of the wrong kind,
    constraints that cannot be met, and draws that do not fit. Source: spec counting, section 1.
    """
    found = rule_named(rule)
    given = parameters or Parameters()
    _check_parameters(found, given)
    if given.constraints:
        from isonomy.counting.constraint import check_constraints

        check_constraints(given.constraints, len(profile.options))
    if not profile.options:
        raise BadInput("the poll has no options", "", "check that the file is complete")
    if profile.paper_count and found.ballots not in (profile.kind, "approvals"):
        raise BadInput(
            f"{rule} counts {found.ballots}, and these ballots are {profile.kind}",
            "",
            "choose another rule: isonomy count --rules",
        )
    if executor is not None and profile.kind == "ranks":
        from isonomy.counting.parts import PartedBallots

        profile = replace(profile, ballots=PartedBallots(profile.ballots, executor, parts))
    with paused_collector():
        result = found.count(profile, given, (lots or Lots()).fresh())
    if given.constraints:
        from isonomy.counting.limits import with_constraints

        steps = with_constraints(given.constraints, result.steps, result.winners, result.seats)
        result = replace(result, steps=steps)
    return replace(result, source=found.source, arithmetic=found.arithmetic)


def _check_parameters(rule: Rule, given: Parameters) -> None:
    used = {
        "quorum": given.quorum is not None,
        "majorities": bool(given.majorities),
        "default": given.default is not None,
        "guarded": bool(given.guarded),
        "constraints": bool(given.constraints),
        "seats": given.seats is not None and given.seats != 1,
        **dict.fromkeys(given.choices, True),
    }
    for name, is_given in used.items():
        if is_given and name not in rule.takes:
            takes = ", ".join(rule.takes) or "no parameters"
            raise BadInput(f"{rule.name} does not take {name}", name, f"it takes {takes}")
    if given.seats is not None and given.seats < 1:
        raise BadInput(f"{given.seats} seats cannot be filled", "seats", "give a number from 1")
