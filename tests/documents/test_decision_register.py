"""The register of decisions: found by words, body, matter, year, clause and standing; what rests on what is said."""

from __future__ import annotations

import csv
import io

from isonomy.documents.decision_register import Wanted, citation, found_in, register, register_csv, rested_by, rests_on
from tests.documents.test_minutes import held
from tests.engine.motion_rulebooks import called, moved, opened, voted
from tests.organisation import TestOrganisation


def decided() -> TestOrganisation:
    """Two decisions of one meeting: on seeds and on tools."""
    org = called()
    seeds = moved(org, "ada", "seeds", "Buy beans.", "ben")
    tools = moved(org, "ada", "tools", "=Buy a spade.")
    opened(org)
    voted(org, "seeds", seeds, tally=(5, 1))
    voted(org, "tools", tools, tally=(6, 0))
    return org


def test_the_latest_decision_stands_first_with_its_standing_and_clause() -> None:
    org = decided()
    first, second = register(org.state, org.today)
    assert (first.matter, second.matter) == ("tools", "seeds")
    assert (first.standing, first.clause, first.seat_said) == ("in force", "5", "Assembly")


def test_a_decision_is_found_by_each_of_its_marks() -> None:
    org = decided()
    rows = register(org.state, org.today)
    assert [row.matter for row in found_in(rows, Wanted(words="BEANS buy"))] == ["seeds"]
    assert [row.matter for row in found_in(rows, Wanted(matter="tools"))] == ["tools"]
    assert [row.matter for row in found_in(rows, Wanted(clause="4"))] == ["seeds"]
    assert found_in(rows, Wanted(clause="44")) == []
    assert found_in(rows, Wanted(year="2026")) == []
    assert len(found_in(rows, Wanted(seat="assembly", year="2027", standing="in force"))) == 2


def test_what_a_decision_rests_on_names_vote_motion_amendment_and_meeting() -> None:
    org = held()
    decision = next(iter(org.state.decisions.values()))
    assert [link.kind for link in rests_on(org.state, decision)] == ["poll", "motion", "amendment", "meeting"]
    for link in rests_on(org.state, decision):
        assert link.entry < len(org.entries)


def test_a_correction_and_what_was_carried_out_rest_on_it() -> None:
    org = decided()
    decision = next(iter(org.state.decisions.values()))
    org.state.carried_out[f"{decision.id} mt-1"] = 12
    assert [(link.id, link.entry) for link in rested_by(org.state, decision)] == [("mt-1", 12)]


def test_the_csv_has_one_line_a_decision_and_no_formula() -> None:
    org = decided()
    rows = list(csv.DictReader(io.StringIO(register_csv(register(org.state, org.today)))))
    assert [row["matter"] for row in rows] == ["tools", "seeds"]
    assert rows[0]["words"] == "'=Buy a spade."


def test_a_citation_names_body_day_clause_and_entry() -> None:
    org = decided()
    row = register(org.state, org.today)[-1]
    cited = citation(org.state, row)
    assert f"({row.id}), clause 4, entry {row.entry}" in cited
    assert "Monday 1 March 2027" in cited
