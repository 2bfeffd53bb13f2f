"""An election with constraints before the chamber: counted from its box, declared as counted, verified with them."""

from __future__ import annotations

import pytest

from isonomy.rulebook.vocabulary import CONSTRAINT_RULES, COUNTBACK_RULES, ONE_SEAT_RULES
from tests.chamber.election_house import CANDIDATES, ElectionHouse
from tests.chamber.test_elections import verifies, why
from tests.engine.election_rulebooks import PEOPLE

CODES = {"ann": "w", "bob": "m", "cat": "m", "dan": "w", "eve": "m"}
CONSTRAINT = "at least 2 of gender w; at most 1 of gender m"


def coded(counting: str, constraint: str = CONSTRAINT, **keys: str | None) -> ElectionHouse:
    """The club with codes of gender for those who will stand."""
    house = ElectionHouse(counting=counting, constraint=constraint, **keys)
    house.members = ("ada",)
    house.found()
    for name in PEOPLE:
        codes = {"gender": CODES[name]} if name in CODES else None
        house.must("member.admit", by="ada", person=house.org.person(name), codes=codes)
        house.must("key.enrol", by="ada", person=house.org.person(name), key=house.org.key(name))
    house.members = ("ada", *PEOPLE)
    return house


def boxed(house: ElectionHouse, counting: str, kind: str) -> str:
    poll = house.polled(house.nominated(*CANDIDATES))
    house.cast_all(poll, house.papers(poll, counting, kind))
    house.shut_box(poll)
    return poll


@pytest.mark.parametrize("kind", ["mixed", "tied", "blank"])
@pytest.mark.parametrize("counting", [rule for rule in CONSTRAINT_RULES if rule not in ONE_SEAT_RULES])
def test_each_rule_with_constraints_runs_to_a_verified_result(counting: str, kind: str) -> None:
    house = coded(counting)
    poll = boxed(house, counting, kind)
    honest = house.honest(poll)
    declared = house.must("poll.declare", by="ada", **honest).entry
    names = {house.org.person(name): code for name, code in CODES.items()}
    decision = next(effect for effect in declared["effects"] if effect["effect"] == "decision.taken")
    elected = [names[person] for person in decision["person"].split()]
    assert sorted(elected) == ["m", "w", "w"]
    verifies(house, 1)


def test_a_count_without_the_constraints_is_not_entered() -> None:
    house = coded("scottish-stv-2007")
    poll = boxed(house, "scottish-stv-2007", "mixed")
    honest = house.honest(poll)
    options = house.appender.state.polls[poll].options
    men = [n for n, option in enumerate(options, start=1) if option.person == house.org.person("bob")]
    men += [n for n, option in enumerate(options, start=1) if option.person == house.org.person("cat")]
    wrong = {**honest, "winners": [*men, honest["winners"][0]]}
    assert "of those elected" in why(house.send("poll.declare", by="ada", **wrong))
    assert "trace" in why(house.send("poll.declare", by="ada", **{**honest, "trace": "0" * 64}))
    house.must("poll.declare", by="ada", **honest)


@pytest.mark.parametrize("counting", COUNTBACK_RULES)
def test_a_countback_keeps_the_constraints(counting: str) -> None:
    house = coded(counting, "at most 2 of gender m", vacancy="countback", seats="3")
    poll = boxed(house, counting, "mixed")
    declared = house.must("poll.declare", by="ada", **house.honest(poll)).entry
    decision = next(effect for effect in declared["effects"] if effect["effect"] == "decision.taken")
    mandates = {}
    for person in decision["person"].split():
        fields = {"person": person, "seat": "council", "decision": decision["decision"]}
        begun = house.must("mandate.begin", by="ada", **fields).entry
        mandates[person] = next(effect["mandate"] for effect in begun["effects"] if effect["effect"] == "mandate.begun")
    codes = {house.org.person(name): code for name, code in CODES.items()}
    leaving = next(person for person in mandates if codes[person] == "w")
    house.must("mandate.end", by=leaving, mandate=mandates[leaving])
    filled = house.must("vacancy.fill", by="ada", **house.countback(mandates[leaving])).entry["effects"][0]
    sitting = [codes[person] for person in mandates if person != leaving]
    called = filled.get("person", "")
    assert [*sitting, codes.get(called, "")].count("m") <= 2
    verifies(house, 2)


def test_where_nobody_may_be_called_the_countback_says_so() -> None:
    house = coded("scottish-stv-2007", CONSTRAINT, vacancy="countback", seats="3")
    poll = boxed(house, "scottish-stv-2007", "mixed")
    declared = house.must("poll.declare", by="ada", **house.honest(poll)).entry
    decision = next(effect for effect in declared["effects"] if effect["effect"] == "decision.taken")
    leaving = house.org.person("ann")
    assert leaving in decision["person"].split()
    mandates = {}
    for person in decision["person"].split():
        fields = {"person": person, "seat": "council", "decision": decision["decision"]}
        begun = house.must("mandate.begin", by="ada", **fields).entry
        mandates[person] = next(effect["mandate"] for effect in begun["effects"] if effect["effect"] == "mandate.begun")
    house.must("mandate.end", by=leaving, mandate=mandates[leaving])
    filled = house.must("vacancy.fill", by="ada", **house.countback(mandates[leaving])).entry["effects"]
    assert [effect["effect"] for effect in filled] == ["vacancy.filled"]
    assert not filled[0].get("person")
    verifies(house, 2)
