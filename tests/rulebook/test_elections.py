"""Elections in a rulebook: read aloud, as JSON, compared, and with the lists borrowed from the counting room."""

from __future__ import annotations

from pathlib import Path

from isonomy.counting.apportionment import METHODS
from isonomy.counting.registry import rules
from isonomy.rulebook.compare import compare
from isonomy.rulebook.election_rule import OPENING, Constraint, RollDate
from isonomy.rulebook.model import Rulebook
from isonomy.rulebook.reader import read_rulebook
from isonomy.rulebook.render import plain_reading
from isonomy.rulebook.render_json import ELECTION_KEYS, to_json
from isonomy.rulebook.trials import FRONT, read_trials
from isonomy.rulebook.vocabulary import (
    _ELECTION,
    CONSTRAINT_RULES,
    COUNTBACK_RULES,
    LIST_RULES,
    ONE_SEAT_RULES,
    OPEN_TIE_RULES,
    SCORE_RULES,
)

PAGE = Path(__file__).parent / "trials" / "elections.md"
TEXT = FRONT + "\n".join(read_trials(PAGE.read_bytes())[0].lines) + "\n"


def book(text: str = TEXT) -> Rulebook:
    return read_rulebook(text.encode())


def changes(*pairs: tuple[str, str]) -> list[str]:
    text = TEXT
    for old, new in pairs:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return [change.sentence for change in compare(book(), book(text)).powers]


def test_an_election_is_read_as_a_value() -> None:
    procedure = book().procedures["council"]
    rule = procedure.election
    assert rule is not None
    assert rule.nominations is not None
    assert (str(rule.nominations.length), str(rule.nominations.before)) == ("2 weeks", "6 weeks")
    assert rule.roll_date.moment == OPENING
    assert rule.roll_date != RollDate()
    assert rule.constraints == (Constraint(True, 2, "gender", "w"),)
    assert (rule.seats, rule.reopens, rule.vacancy, rule.uncontested) == (5, True, "countback", "elected")
    assert (procedure.seconders, procedure.tie) == (2, "lot")


def test_a_constraint_may_count_those_who_stay_where_the_day_of_the_vacancy_is_told() -> None:
    told = "at least 2 of gender w with those who stay"
    rule = book(TEXT.replace("at least 2 of gender w", told)).procedures["council"].election
    assert rule is not None
    assert rule.constraints == (Constraint(True, 2, "gender", "w", True),)
    assert str(rule.constraints[0]) == told


def test_a_tied_election_goes_to_a_lot_where_the_clause_says_nothing() -> None:
    text = TEXT.replace("tie: lot\n", "")
    assert book(text).procedures["council"].tie == "lot"


def test_an_election_is_read_aloud_key_by_key() -> None:
    (read,) = [one for one in plain_reading(book()) if one.kind == "election"]
    said = {fact.key: fact.sentence for fact in read.facts}
    assert set(said) >= {key for key in _ELECTION if key != "top score"}
    assert said["nominations"] == "Nominations are open for 2 weeks, from 6 weeks before the vacancy."
    assert said["electorate as of"] == "The roll is taken as of 30 days before the opening of nominations."
    assert said["constraint"] == "Of those elected, at least 2 of gender w."
    assert said["appeal"] == "The result may be appealed to the tribunal within 14 days."


def test_every_key_of_an_election_stands_in_the_json() -> None:
    assert set(ELECTION_KEYS) == set(_ELECTION)
    block = next(one for one in to_json(book())["blocks"] if one["kind"] == "election")
    values = {fact["key"]: fact["value"] for fact in block["facts"]}
    assert values["constraint"] == ["at least 2 of gender w"]
    assert values["appeal"] == {"to": "tribunal", "within": {"number": 14, "unit": "day", "clear": False}}
    assert values["reopen nominations"] is True


def test_who_nominates_returns_watches_and_hears_appeals_is_a_power() -> None:
    found = changes(
        ("returning officer: secretary\n", ""),
        ("nominated by: members", "nominated by: meeting"),
        ("appeal: to tribunal within 14 days", "appeal: to meeting within 14 days"),
    )
    assert "Lost by the secretary: is returning officer of the election of the council (clause 2)." in found
    assert "Lost by the members: nominates for the election of the council (clause 2)." in found
    assert "Gained by the meeting: hears appeals on the election of the council (clause 2)." in found


def test_a_shorter_time_and_another_way_are_changes_of_the_election() -> None:
    found = changes(
        ("for 2 weeks\n", "for 3 weeks\n"),
        ("vacancy: countback", "vacancy: by-election"),
        ("seats: 5\norder", "seats: 4\norder"),
    )
    assert len(found) == 3
    assert any("time of nominations" in sentence and "longer" in sentence for sentence in found)
    assert any("seats filled at once" in sentence and "lower" in sentence for sentence in found)


def test_the_lists_of_rules_are_those_of_the_counting_room() -> None:
    takes = {rule.name: rule.takes for rule in rules()}
    assert set(ONE_SEAT_RULES) == {name for name, taken in takes.items() if "seats" not in taken}
    assert set(LIST_RULES) == set(METHODS)
    assert set(CONSTRAINT_RULES) == {name for name, taken in takes.items() if "constraints" in taken}
    assert set(COUNTBACK_RULES) == {name for name, taken in takes.items() if "guarded" in taken}
    assert set(SCORE_RULES) == {rule.name for rule in rules() if rule.ballots == "scores"} - {"yes-no"}
    from isonomy.engine.proceedings.outcome import AGAINST_DEFAULT, BY_TOTALS, YES_NO

    assert set(OPEN_TIE_RULES) == {*AGAINST_DEFAULT, *BY_TOTALS, YES_NO}
