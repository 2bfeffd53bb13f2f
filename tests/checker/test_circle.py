"""Known answers: the circle, its remedies in all combinations, the demanded congress, pyramids of majorities."""

from __future__ import annotations

import pytest

from isonomy.checker import Settings, check_rulebook
from isonomy.checker.finding import CAPTURED, ENTRENCHED, REPELLED
from isonomy.checker.least import least_hold, votes_alone
from isonomy.checker.model import model_of
from isonomy.rulebook.reader import read_rulebook
from tests.checker import remedies
from tests.checker.faults_of_power import CIRCLE, FEDERATION, SOUND, edited

FRONT = "---\norganisation: Drawn\nlanguage: en\ntime zone: UTC\nedition: 1\nstatus: draft\n---\n"
ON_DEMAND = "on call of committee; on demand of 1/3 of the branches, held within 30 days"


def test_one_person_closes_the_circle_by_named_acts_under_named_clauses() -> None:
    report = check_rulebook(read_rulebook(CIRCLE.encode()))
    found = report.of("C01")[0]
    assert (found.persons, report.verdict) == (1, ENTRENCHED)
    assert [(step.act, step.by, step.clause) for step in found.trace] == [
        ("appoint", "general-secretary", "4"), ("nominate", "branch-secretary", "5"), ("elect", "branch-meeting", "5"),
        ("carry", "congress", "5"), ("elect", "congress", "6"), ("elect", "committee", "7"),
    ]  # fmt: skip
    assert found.seating is not None
    assert [(held.seat, held.persons) for held in found.seating.held] == [("general-secretary", (1,))]


def test_the_table_of_remedies_is_what_the_checker_says() -> None:
    assert remedies.TABLE.read_text("utf-8") == remedies.table()


def test_remedies_interact_and_one_of_them_mutes_the_congress() -> None:
    rows = {row[0]: row for row in map(remedies.row_of, [(), *[(each,) for each in remedies.REMEDIES]])}
    assert rows["A"][2] == "4"  # elected secretaries open the next door: four of them together
    assert rows["D"][2] == rows["E"][2] == "1"  # who elects the general secretary changes nothing by itself
    assert rows["G"][7].startswith("4")  # a call in collective hands lets four of the committee mute the congress


@pytest.mark.parametrize(
    ("within", "verdict", "late"),
    [
        ("30 days", ENTRENCHED, False),
        ("2 months", CAPTURED, True),
        ("6 weeks", CAPTURED, True),
        ("6 months", CAPTURED, True),
    ],
)
def test_a_demanded_congress_saves_at_one_round_what_it_cannot_save_at_six(
    within: str, verdict: str, late: bool
) -> None:
    text = edited(CIRCLE, ((ON_DEMAND, f"on demand of 1/3 of the branches, held within {within}"),))
    report = check_rulebook(read_rulebook(text))
    assert report.verdict == verdict
    assert bool(report.of("C09")) is late


def test_the_notice_of_a_congress_can_come_too_late_as_its_demand_can() -> None:
    text = edited(CIRCLE, (("notice: 14 days\n", "notice: 6 months\n"),))
    assert check_rulebook(read_rulebook(text)).of("C09")


def pyramid(levels: int) -> bytes:
    """A supreme body at the top of so many levels of majorities: members in cells, cells in larger units."""
    kinds = [f"unit-{letter}" for letter in "abcdefgh"[: levels - 1]]
    parts = [FRONT]
    for number, kind in enumerate(kinds):
        within = f"within: {kinds[number - 1]}\n" if number else "founded by: top\n"
        parts.append(f"\n## U.{number + 1} {kind}\nUnits.\n\n```rule unit {kind}\n{within}```\n")
    if kinds:
        parts.append(
            f"\n## M.1 Members\nMembers.\n\n```rule members full\nadmitted by: top\nbelong to: {kinds[-1]}\n```\n"
        )
    bodies = [("top, supreme", kinds[0] if kinds else "")]
    bodies += [(f"council-{kind}, in each {kind}", after) for kind, after in zip(kinds, [*kinds[1:], ""], strict=False)]
    for number, (name, sends) in enumerate(bodies, start=1):
        unit = name.partition("in each ")[2]
        everybody = f"all members of the {unit}" if unit else "all members"
        filled = f"delegation from each {sends}, 1 seat\nterm: 1 year" if sends else everybody
        rest = "decides: everything else\n" if number == 1 else ""
        block = f"```rule body {name}\nfilled by: {filled}\nmeets: by right every year on 1 May\n{rest}```\n"
        parts.append(f"\n## {number}. {name}\nA body.\n\n{block}")
    return "".join(parts).encode()


@pytest.mark.parametrize("levels", [1, 2, 3, 4, 5, 6])
def test_a_pyramid_of_majorities_in_trios_falls_to_two_of_three_at_each_level(levels: int) -> None:
    settings = Settings(units=3, members=3, members_without_units=3)
    model = model_of(read_rulebook(pyramid(levels)), settings)
    assert model.members == 3**levels
    hold = least_hold(model, model.members)
    assert hold is not None
    assert (votes_alone(model, model.members), hold.persons) == (2**levels, 2**levels)


def test_tiers_alone_are_a_finding_of_low_weight_only_when_few_carry_by_them() -> None:
    few = check_rulebook(read_rulebook(pyramid(4)), Settings(units=3, members=3)).of("C01")
    assert [(each.severity, each.persons) for each in few] == [("low", 16)]
    assert not check_rulebook(read_rulebook(FEDERATION.encode())).of("C01")


def test_loyalty_of_the_core_alone_needs_persons_for_every_seat() -> None:
    model = model_of(read_rulebook(CIRCLE.encode()), Settings(loyalty="core"))
    alone = least_hold(model, model.members)
    seated = least_hold(model_of(read_rulebook(CIRCLE.encode()), Settings()), 45)
    assert seated is not None
    assert alone is None or alone.persons > seated.persons


def test_a_sound_rulebook_is_repelled_and_no_report_says_safe() -> None:
    report = check_rulebook(read_rulebook(SOUND.encode()))
    assert report.verdict == REPELLED
    assert "safe" not in str(report.to_json()).lower()


def test_whoever_follows_a_check_may_end_it_and_is_told_what_is_known() -> None:
    report = check_rulebook(read_rulebook(CIRCLE.encode()), Settings(progress=lambda what, done: done < 3))
    assert (report.verdict, report.decided) == ("not decided", "not decided")
    assert any(line.startswith("C01") for line in report.undecided)


def test_a_bound_that_is_met_is_told_and_nothing_is_said_to_be_decided() -> None:
    report = check_rulebook(read_rulebook(FEDERATION.encode()), Settings(states=10))
    assert report.decided == "not decided"
    assert any("more than 10 times" in line for line in report.undecided)


TWO_HANDS = (
    FRONT
    + """
## 1. Council
The holders of three offices are the council. It meets every month.

```rule body council, supreme
filled by: holders of left; right; middle
meets: by right every month
decides: everything else
```

## 2. Offices
The first appoints the left, the second the right; all members elect the middle by secret ballot. Each has 1 year.

```rule office left
filled by: appointment by first
term: 1 year
```

```rule office right
filled by: appointment by second
term: 1 year
```

```rule office middle
filled by: election by members
term: 1 year
```

## 3. First and second
The council elects the first and the second for 1 year.

```rule office first
filled by: election by council
term: 1 year
```

```rule office second
filled by: election by council
term: 1 year
```
"""
)
APART = """
## 4. Apart
Nobody is the first and the second.

```rule limits first
not with: second
```
"""


def test_offices_that_nobody_holds_together_cost_a_second_person() -> None:
    together = check_rulebook(read_rulebook(TWO_HANDS.encode())).of("C01")[0]
    apart = check_rulebook(read_rulebook((TWO_HANDS + APART).encode())).of("C01")[0]
    assert (together.persons, apart.persons) == (1, 2)
    assert apart.seating is not None
    assert [(held.seat, held.persons) for held in apart.seating.held] == [("first", (1,)), ("second", (2,))]
