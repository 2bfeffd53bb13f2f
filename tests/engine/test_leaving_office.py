"""Leaving office: a resignation takes effect as the clause says and may be taken back; a death is entered on evidence."""

from __future__ import annotations

from tests.engine.test_removal import guild, mandate_of, says


def test_a_resignation_takes_effect_as_the_clause_says_and_is_taken_back_before() -> None:
    org = guild()
    mandate = mandate_of(org, "chair")
    assert "says when" in says(org.refused("mandate.end", by="ada", mandate=mandate, on="2027-01-05"))
    org.accepted("mandate.end", by="ada", mandate=mandate)
    assert org.state.mandates[mandate].ended_on == "2027-01-18"
    assert org.state.mandates_of_seat("chair", org.today)
    org.refused("resignation.withdraw", by="di", mandate=mandate)
    org.accepted("resignation.withdraw", by="ada", mandate=mandate)
    assert org.state.mandates[mandate].ended_on == ""
    org.accepted("mandate.end", by="ada", mandate=mandate)
    org.set_clock("2027-01-18")
    assert "taken effect" in says(org.refused("resignation.withdraw", by="ada", mandate=mandate))


def test_without_a_block_a_resignation_takes_effect_at_once_and_stays() -> None:
    org = guild()
    mandate = mandate_of(org, "clerk")
    org.refused("mandate.end", by="cy", mandate=mandate, on="2027-02-01")
    org.accepted("mandate.end", by="cy", mandate=mandate)
    assert not org.state.mandates_of_seat("clerk", org.today)
    org.refused("resignation.withdraw", by="cy", mandate=mandate)


def test_a_death_is_entered_by_those_the_clause_names_on_evidence() -> None:
    org = guild()
    die = {"person": org.person("ben"), "on": "2027-01-03"}
    org.refused("member.die", by="di", **die, evidence="a certificate")
    org.set_clock("2027-01-06")
    die["on"] = "2027-01-05"
    assert "on evidence" in says(org.refused("member.die", by="cy", as_="clerk", **die))
    org.accepted("member.die", by="cy", as_="clerk", **die, evidence="a certificate of 5 January")
    assert not org.state.mandates_of_seat("deputy", org.today)
