"""Countback: who fills a vacancy, from the papers of the election itself.

Lives here: the recount for one vacancy under a rule by stages. Not here: whether the clause fills vacancies so (the
rulebook).

Text: Electoral Reform Society, 3rd edition 1997, 7.1: all original papers are counted again, passing over the member
who leaves and every candidate who now withdraws; no other member elected may be excluded; the count goes on until
somebody new is elected.

Readings: the recount is for the same number of seats under the same rule. When somebody new is elected and only those
who sit are left, more of them than seats are open, it ends: none of them is excluded, and they keep their seats. Of
several new candidates elected at the same stage the one with the most votes fills the vacancy. A later vacancy passes
over everybody who left before, and guards those who came in by countback. Constraints hold for those who sit and those
called together; where no choice meets them, nobody is called.

Invariant: a function of the papers, the rule and the lots, like every count; nobody who sits loses the seat.
"""

from __future__ import annotations

from collections.abc import Sequence

from isonomy.counting.ballot import Profile
from isonomy.counting.constraint import Infeasible
from isonomy.counting.parameters import Parameters
from isonomy.counting.registry import count, rule_named
from isonomy.counting.tie import Lots
from isonomy.counting.trace import Result
from isonomy.counting.values import replace, value
from isonomy.kernel.bad_input import BadInput


@value
class Countback:
    """Who fills the vacancy (0 when nobody is left), and the recount that says so."""

    filled_by: int
    recount: Result


def countback(
    profile: Profile,
    rule: str,
    sitting: Sequence[int],
    leaving: Sequence[int],
    parameters: Parameters | None = None,
    lots: Lots | None = None,
) -> Countback:
    """Fills the vacancy of the one who leaves.

    `sitting` are the members who stay; `leaving` the option numbers of those who left, the newest last, and of
    candidates who no longer stand. Raises `BadInput` for a rule that has no countback, or when one both sits and
    leaves.
    """
    if "guarded" not in rule_named(rule).takes:
        raise BadInput(f"{rule} has no countback", "rule", "it is for scottish-stv-2007, wigm and meek-prf")
    if set(sitting) & set(leaving):
        raise BadInput("one member both sits and leaves", "leaving", "name those who stay and those who left apart")
    given = parameters or Parameters()
    seats = given.seats or profile.seats or len(sitting) + 1
    guarded = replace(given, seats=seats, guarded=tuple(sorted(sitting)))
    standing = profile.withdraw(leaving)
    try:
        result = count(standing, rule, guarded, lots)
    except Infeasible:
        # Nobody may be called: the recount is of those who sit alone.
        alone = standing.withdraw(option for option in standing.standing if option not in sitting)
        result = count(alone, rule, replace(guarded, constraints=()), lots)
    new = [option for option in result.winners if option not in sitting]
    return Countback(new[0] if new else 0, result)
