"""Counts random elections with constraints by every rule that takes them: `python -m tests.counting.twins.constrained`.

Held against every choice written out: refused exactly when there is none; winners that are one; largest figures and best
committees where the rule says so; the whole count paper by paper for `scottish-stv-2007`.
"""

from __future__ import annotations

import argparse
import sys
from concurrent.futures import ProcessPoolExecutor
from random import Random
from time import monotonic

from isonomy.counting import Lots, Parameters, Profile, Result, count, rules
from isonomy.counting.approval import approvals
from isonomy.counting.constraint import Constraint, Infeasible
from isonomy.counting.tally import TallyCounted
from tests.counting.naive import constraints as naive
from tests.counting.twins import drawn
from tests.counting.twins.table import Differs, same

RULES = sorted(rule.name for rule in rules() if "constraints" in rule.takes)
TALLIES = ("approval", "bloc", "plurality", "score")


def _profile(rng: Random, rule: str) -> Profile:
    if rule in ("score", "star"):
        return drawn.scored(rng, 0, 5, most=6)
    if rule in ("approval", "bloc", "pav", "seq-pav"):
        return drawn.marked(rng, most=6)
    return drawn.ranked(rng)


def _constraints(rng: Random, options: int) -> tuple[Constraint, ...]:
    """Two or three categories that overlap; each group of a category with numbers or without."""
    made = []
    for category in range(rng.randint(1, 3)):
        kinds = rng.randint(2, 3)
        codes = [rng.randrange(kinds + 1) for _ in range(options)]
        for kind in range(kinds):
            members = tuple(n for n, code in enumerate(codes, start=1) if code == kind)
            least, most = rng.choice(((1, None), (0, 1), (0, 2), (1, 2), (2, None), (1, 1)) + ((0, None),) * 6)
            if least or most is not None:
                made.append(Constraint(f"{category}.{kind}", members, least, most))
    return tuple(made) or (Constraint("all", tuple(range(1, options + 1)), 1),)


def agree(rule: str, seed: str) -> bool:
    """Draws, counts and compares one election; whether some choice met its constraints. Raises `Differs`."""
    rng = Random(f"constrained {rule} {seed}")
    profile = _profile(rng, rule)
    constraints = _constraints(rng, len(profile.options))
    seats = 1 if rule == "irv" else rng.randint(1, 4)
    numbers = [(one.members, one.at_least, one.at_most) for one in constraints]
    every = naive.choices(numbers, profile.standing, seats)
    given = Parameters(seats=None if rule == "irv" else seats, constraints=constraints)
    try:
        result = count(profile, rule, given, Lots(seed=seed))
    except Infeasible:
        same("refused, and choices", [], every)
        return False
    if frozenset(result.winners) not in every:
        raise Differs(f"{result.winners} is none of the {len(every)} choices")
    drew = any(tie.by == "lot" for tie in result.ties)
    if rule in TALLIES and not drew:
        figures = dict(next(step for step in result.steps if isinstance(step, TallyCounted)).figures)
        best = max(sorted((figures[one] for one in chosen), reverse=True) for chosen in every)
        same("largest figures", [figures[one] for one in result.winners], best)
    if rule == "pav":
        same("worth", _worth(profile, result.winners), max(_worth(profile, chosen) for chosen in every))
    if rule == "scottish-stv-2007":
        _same_stages(profile, seats, numbers, result)
    return True


def _worth(profile: Profile, committee: object) -> float:
    # Whole numbers: 60 times 1 + 1/2 + 1/3 ...
    held = set(committee)  # type: ignore[call-overload]
    return sum(
        weight * sum(60 // place for place in range(1, len(held & set(marked)) + 1))
        for marked, weight in approvals(profile)
    )


def _same_stages(profile: Profile, seats: int, numbers: list[naive.Numbers], result: Result) -> None:
    ties = [tie for tie in result.ties if tie.by == "lot"]

    def lot(question: str, tied: list[int]) -> int:
        if not ties:
            raise Differs(f"the twin draws among {tied}, the count does not")
        tie = ties.pop(0)
        same("lot", (tie.question, tie.among), (question, tuple(sorted(tied))))
        return tie.chosen[0]

    elected, stages = naive.scottish(drawn.orders(profile), list(profile.standing), seats, numbers, lot)
    same("elected", list(result.winners), elected)
    tables = [step for step in result.to_json(steps=True)["steps"] if step["step"] == "stage"]
    same(
        "totals",
        [[int(total.replace(".", "")) for total in table["totals"]] for table in tables],
        [[stage.get(option.number, 0) for option in profile.options] for stage in stages],
    )


def compare(rule: str, first: int, number: int) -> tuple[int, list[str]]:
    """So many elections from this seed on: how many had a choice, and what differed."""
    met, differences = 0, []
    for seed in range(first, first + number):
        try:
            met += agree(rule, str(seed))
        except Differs as found:
            differences.append(f"{rule}, seed {seed}: {found}")
    return met, differences


def main() -> int:
    """Runs the comparison and prints a line a rule."""
    parser = argparse.ArgumentParser(prog="python -m tests.counting.twins.constrained", description=__doc__)
    parser.add_argument("--elections", type=int, default=10_000, help="random elections for each rule")
    parser.add_argument("--rule", action="append", choices=RULES, help="only this rule; repeatable")
    parser.add_argument("--jobs", type=int, default=2, help="processes")
    given = parser.parse_args()
    failed = 0
    with ProcessPoolExecutor(given.jobs) as pool:
        for rule in given.rule or RULES:
            began, piece = monotonic(), max(1, min(500, given.elections // given.jobs))
            starts = range(0, given.elections, piece)
            work = [pool.submit(compare, rule, start, min(piece, given.elections - start)) for start in starts]
            found = [future.result() for future in work]
            lines = [line for _, some in found for line in some]
            met, took = sum(one for one, _ in found), monotonic() - began
            print(
                f"{rule:24}{given.elections:>9} elections {met:>8} with a choice {len(lines):>5} differ {took:>6.0f} s",
                flush=True,
            )
            for line in lines[:5]:
                print(f"  {line}")
            failed += len(lines)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
