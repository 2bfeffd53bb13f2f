"""Every counting rule once from nominations to a verified result with a real box; no declaration but the count's own."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest

from isonomy.chamber.answers import Answer
from isonomy.counting.registry import rules
from isonomy.rulebook.vocabulary import COUNTBACK_RULES, LIST_RULES, ONE_SEAT_RULES
from tests.chamber.election_house import CANDIDATES, ElectionHouse, day_after
from tests.chamber.exports import files_of, rewritten, verified
from tests.engine.election_rulebooks import LOT

RULES = [rule.name for rule in rules() if rule.name not in LIST_RULES]
AGAINST_DEFAULT = ("debian-1998", "debian-2003", "debian-2015")


def house_for(counting: str, **keys: str | None) -> ElectionHouse:
    one = {"body": "seats: 1\nterm: 2 years"} if counting in ONE_SEAT_RULES else {}
    default = {"default_option": "None of them"} if counting in AGAINST_DEFAULT else {}
    made = ElectionHouse(**{"counting": counting, **one, **default, **keys})
    made.found()
    return made


def boxed(house: ElectionHouse, counting: str, kind: str = "mixed") -> str:
    """An election of five whose box is closed; the poll."""
    poll = house.polled(house.nominated(*CANDIDATES))
    house.cast_all(poll, house.papers(poll, counting, kind))
    house.shut_box(poll)
    return poll


def why(answer: Any) -> str:
    assert isinstance(answer, Answer)
    assert not answer.is_accepted
    return json.dumps(answer.refusal)


def verifies(house: ElectionHouse, counted: int) -> None:
    report = verified(files_of(house, "body"))
    assert report.discrepancies == []
    assert (report.counted, report.uncounted) == (counted, ())
    assert house.replayed().digest() == house.appender.state.digest()


@pytest.mark.parametrize("kind", ["mixed", "tied", "blank"])
@pytest.mark.parametrize("counting", RULES)
def test_each_rule_runs_from_nominations_to_a_verified_result(counting: str, kind: str) -> None:
    house = house_for(counting)
    poll = boxed(house, counting, kind)
    honest = house.honest(poll)
    declared = house.must("poll.declare", by="ada", **honest)
    found = house.appender.state.polls[poll]
    assert found.standing == "declared"
    assert found.trace == honest["trace"]
    persons = [option.person for option in found.options]
    for effect in declared.entry["effects"]:
        if effect["effect"] == "decision.taken":
            assert effect["person"].split() == [persons[number - 1] for number in honest["winners"]]
    verifies(house, 1)


@pytest.mark.parametrize("counting", RULES)
def test_the_chamber_enters_no_result_but_that_of_the_box(counting: str) -> None:
    house = house_for(counting)
    poll = boxed(house, counting)
    honest = house.honest(poll)
    other = next(number for number in range(1, 6) if number not in honest["winners"])
    wrong = [
        {**honest, "winners": [other, *honest["winners"][1:]]},
        {**honest, "trace": "0" * 64},
        {**honest, "tallies": altered(honest["tallies"])},
    ]
    if len(honest["winners"]) > 1:
        wrong.append({**honest, "winners": honest["winners"][::-1]})
    for fields in wrong:
        assert why(house.send("poll.declare", by="ada", **fields))
    house.must("poll.declare", by="ada", **honest)


def altered(tallies: dict[str, Any]) -> dict[str, Any]:
    """The tallies with one figure changed."""
    made = json.loads(json.dumps(tallies))
    if "matrix" in made:
        row = next(row for row in made["matrix"] if any(row))
        place = next(place for place, cell in enumerate(row) if cell)
        row[place] -= 1
    elif "stages" in made:
        made["stages"] += 1
    elif "answers" in made:
        answers = made["answers"]["1"]
        answers["abstain"], answers["for"] = answers["abstain"] + answers["for"], 0
    else:
        name = max(made["totals"], key=lambda key: made["totals"][key])
        made["totals"][name] -= 1
    return made


@pytest.mark.parametrize("counting", LIST_RULES)
def test_lists_are_counted_in_a_poll_that_chooses_between_them(counting: str) -> None:
    house = ElectionHouse()
    house.org._rulebook = house.org._rulebook.replace("## 4. Record", LISTS.format(counting=counting) + "## 4. Record")
    house.org._founding["sha256"] = hashlib.sha256(house.org._rulebook.encode()).hexdigest()
    house.found()
    options = [{"name": name} for name in ("Upstream", "Downstream", "Still water")]
    answer = house.must("poll.open", by="ada", body="assembly", question="Whose list?", matter="lists", options=options)
    poll = f"po-{answer.entry['n']}"
    house.cast_all(poll, {"ada": [[1]], "ben": [[1]], "cy": [[2]]})
    house.close(poll)
    house.must("poll.declare", by="ada", **house.declare_fields(poll))
    assert house.appender.state.polls[poll].outcome["winners"] == [1]
    verifies(house, 1)


LISTS = """## 5. Lists

```rule decision lists
by: assembly
matters: lists
taken: by poll
secrecy: secret
counting: {counting}
```

"""


def test_a_tie_in_the_box_is_drawn_from_the_lot_and_not_by_the_declarer() -> None:
    house = house_for("plurality", seats="1")
    poll = boxed(house, "plurality", "tied")
    honest = house.honest(poll)
    (draw,) = honest["draws"]
    other = next(number for number in draw["among"] if number not in draw["chosen"])
    steered = {**honest, "winners": [other], "draws": [{**draw, "chosen": [other]}]}
    assert "the published lot gives" in why(house.send("poll.declare", by="ada", **steered))
    hidden = {key: value for key, value in honest.items() if key != "secret"}
    assert "opened at the declaration" in why(house.send("poll.declare", by="ada", **hidden))
    assert "draws" in why(house.send("poll.declare", by="ada", **{**hidden, "draws": []}))
    house.must("poll.declare", by="ada", **honest)
    verifies(house, 1)


def test_an_election_without_nominations_draws_its_ties_with_the_box() -> None:
    house = ElectionHouse(counting="plurality", nominations=None, seats="1")
    house.found()
    options = [{"name": name.title(), "person": house.org.person(name)} for name in ("ann", "bob")]
    answer = house.must(
        "poll.open", by="ada", body="assembly", question="Who?", matter="election-of-council", seat="council",
        options=options, lot=LOT, closes_on=day_after(house.org.clock.now(), 7),
    )  # fmt: skip
    poll = f"po-{answer.entry['n']}"
    house.cast_all(poll, {"cat": [[1]], "dan": [[2]]})
    house.shut_box(poll)
    honest = house.honest(poll)
    assert honest["draws"][0]["among"] == [1, 2]
    house.must("poll.declare", by="ada", **honest)
    verifies(house, 1)


@pytest.mark.parametrize("counting", COUNTBACK_RULES)
def test_a_vacancy_is_filled_from_the_box_and_verified(counting: str) -> None:
    house = house_for(counting, vacancy="countback")
    poll = boxed(house, counting)
    declared = house.must("poll.declare", by="ada", **house.honest(poll)).entry
    decision = next(effect for effect in declared["effects"] if effect["effect"] == "decision.taken")
    mandates = {}
    for person in decision["person"].split():
        begun = house.must(
            "mandate.begin", by="ada", person=person, seat="council", decision=decision["decision"]
        ).entry
        mandates[person] = next(effect["mandate"] for effect in begun["effects"] if effect["effect"] == "mandate.begun")
    leaving = decision["person"].split()[0]
    house.must("mandate.end", by=leaving, mandate=mandates[leaving])
    honest = house.countback(mandates[leaving])
    persons = [option.person for option in house.appender.state.polls[poll].options]
    sitting = decision["person"].split()[1:]
    other = next(
        number
        for number in range(1, 6)
        if persons[number - 1] not in (leaving, *sitting) and [number] != honest["winners"]
    )
    assert "the box does not give" in why(house.send("vacancy.fill", by="ada", **{**honest, "winners": [other]}))
    assert why(house.send("vacancy.fill", by="ada", **{**honest, "trace": "0" * 64}))
    filled = house.must("vacancy.fill", by="ada", **honest).entry
    assert filled["effects"][0]["person"] == persons[honest["winners"][0] - 1]
    verifies(house, 2)


def test_a_countback_that_was_altered_on_the_record_does_not_verify() -> None:
    house = house_for("scottish-stv-2007", vacancy="countback")
    poll = boxed(house, "scottish-stv-2007")
    declared = house.must("poll.declare", by="ada", **house.honest(poll)).entry
    decision = next(effect for effect in declared["effects"] if effect["effect"] == "decision.taken")
    leaving = decision["person"].split()[0]
    begun = house.must("mandate.begin", by="ada", person=leaving, seat="council", decision=decision["decision"]).entry
    mandate = next(effect["mandate"] for effect in begun["effects"] if effect["effect"] == "mandate.begun")
    house.must("mandate.end", by=leaving, mandate=mandate)
    house.must("vacancy.fill", by="ada", **house.countback(mandate))

    def steer(entries: list[dict[str, Any]]) -> None:
        entry = entries[-1]
        was = entry["act"]["winners"][0]
        taken = {*house.countback_taken(poll, decision["person"].split()), was}
        other = next(number for number in range(1, 6) if number not in taken)
        entry["act"]["winners"] = [other]

    report = verified(rewritten(house, steer))
    assert report.discrepancies


def test_where_the_clause_lets_a_tie_stand_it_is_declared_open_and_decides_nothing() -> None:
    house = house_for("plurality", seats="1", tie="not carried")
    poll = boxed(house, "plurality", "tied")
    honest = {key: value for key, value in house.honest(poll).items() if key not in ("draws", "secret")}
    assert "no clause lets a lot" in why(house.send("poll.declare", by="ada", **house.honest(poll)))
    effects = house.must("poll.declare", by="ada", **{**honest, "winners": [], "trace": None}).entry["effects"]
    assert [effect["effect"] for effect in effects] == ["poll.declared"]
    assert effects[0]["outcome"]["decided"] is False
    verifies(house, 1)


def test_a_rule_that_waits_for_a_casting_vote_takes_the_lot_in_its_place() -> None:
    house = house_for("debian-2003")
    poll = boxed(house, "debian-2003", "tied")
    honest = house.honest(poll)
    assert len(honest["winners"]) == 1
    assert honest["draws"][0]["by"] == "lot"
    effects = house.must("poll.declare", by="ada", **honest).entry["effects"]
    assert "decision.taken" in {effect["effect"] for effect in effects}
