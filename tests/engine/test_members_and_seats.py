"""Members, units and seats: admitted, founded and filled as the clause says, and by nobody else."""

from isonomy.engine.refusal import Refused
from tests.engine.test_founding import club, says


def test_members_are_admitted_by_those_the_clause_names() -> None:
    org = club()
    refused = org.refused("member.admit", by="cy", person=org.person("dora"), unit="north")
    assert refused.grounds[0].clause == "1"
    assert "ask the secretary (held by p-ben000)" in refused.grounds[0].cure
    accepted = org.accepted("member.admit", by="ben", as_="secretary", person=org.person("dora"), unit="north")
    assert accepted.clauses == ("1",)


def test_a_member_belongs_to_a_unit_where_the_class_asks_for_one() -> None:
    org = club()
    refused = org.refused("member.admit", by="ben", as_="secretary", person=org.person("dora"))
    assert refused.grounds[0].says == "a member belongs to a branch"
    assert refused.grounds[0].facts["open branch units"] == ["north", "south"]


def test_nobody_acts_in_a_seat_they_do_not_hold() -> None:
    refused = club().refused("member.admit", by="cy", as_="secretary", person="p-dora0", unit="north")
    assert "members are admitted" in says(refused)


def test_a_new_member_holds_no_seat_before_having_a_vote() -> None:
    org = club()
    org.accepted("member.admit", by="ben", as_="secretary", person=org.person("dora"), unit="north")
    refused = org.refused("mandate.begin", by="ada", as_="chair", person=org.person("dora"), seat="treasurer")
    assert "a seat is held by a member with a vote" in says(refused)
    org.days(92)
    org.accepted("mandate.begin", by="ada", as_="chair", person=org.person("dora"), seat="treasurer")


def test_an_appointment_is_the_appointers_alone_and_ends_with_its_term() -> None:
    org = club()
    org.days(91)
    assert (
        "ask the chair"
        in org.refused("mandate.begin", by="cy", person=org.person("cy"), seat="treasurer").grounds[0].cure
    )
    org.accepted("mandate.begin", by="ada", as_="chair", person=org.person("cy"), seat="treasurer")
    held = org.state.mandates_of_seat("treasurer", org.today)[0]
    assert (held.since, held.until) == ("2027-04-05", "2027-10-05")


def test_a_mandate_does_not_begin_in_the_past() -> None:
    org = club()
    org.days(91)
    refused = org.refused(
        "mandate.begin", by="ada", as_="chair", person=org.person("cy"), seat="treasurer", since="2027-01-05"
    )
    assert "does not begin in the past" in says(refused)


def test_an_elected_seat_is_not_filled_by_a_word_of_its_friends() -> None:
    org = club()
    org.days(91)
    refused = org.refused("mandate.begin", by="ben", as_="secretary", person=org.person("cy"), seat="chair")
    assert refused.grounds[0].facts == {"decision": "none named"}
    assert "elected p-cy000" in refused.grounds[0].cure


def test_a_holder_may_resign_and_nobody_removes_without_the_body_of_the_clause() -> None:
    org = club()
    refused = org.refused("mandate.end", by="ben", as_="secretary", mandate="ma-0-0")
    assert "name the decision of the congress on removal-from-chair" in refused.grounds[0].cure
    org.accepted("mandate.end", by="ada", mandate="ma-0-0")
    assert org.state.mandates_of_seat("chair", org.today) == []


def test_leaving_is_free_and_ends_mandates() -> None:
    org = club()
    org.accepted("member.leave", by="ada")
    assert org.state.mandates_of_seat("chair", org.today) == []
    assert "is not a member" in says(org.refused("member.move", by="ada", person=org.person("ada"), unit="south"))


def test_a_death_is_recorded_by_a_keeper_of_the_roll_within_the_membership() -> None:
    org = club()
    assert isinstance(org.submit("member.die", by="cy", person=org.person("ada"), on=org.today), Refused)
    future = org.refused("member.die", by="ben", as_="secretary", person=org.person("ada"), on="2027-06-01")
    assert "is past" in says(future)
    org.accepted("member.die", by="ben", as_="secretary", person=org.person("ada"), on=org.today)
    assert org.state.persons["p-ada000"].died_on == org.today


def test_a_unit_is_founded_by_the_body_the_clause_names() -> None:
    org = club()
    refused = org.refused("unit.found", by="ben", as_="secretary", unit="east", kind="branch")
    assert "name the decision of the congress on founding-of-branch" in refused.grounds[0].cure
    assert "no kind of unit 'region'" in says(org.refused("unit.found", by="ben", unit="east", kind="region"))


def test_a_second_key_is_enrolled_by_its_member() -> None:
    org = club()
    refused = org.refused("key.enrol", by="ben", as_="secretary", person=org.person("cy"), key=org.key("spare"))
    assert "enrols the next one" in says(refused)
    org.accepted("key.enrol", by="cy", person=org.person("cy"), key=org.key("spare"))
    assert org.state.credentials[3].person == "p-cy000"
    assert "enrolled already" in says(
        org.refused("key.enrol", by="ada", person=org.person("ada"), key=org.key("spare"))
    )


def test_the_assurance_of_an_enrolment_is_kept() -> None:
    org = club()
    org.accepted("member.admit", by="ben", as_="secretary", person=org.person("dora"), unit="north")
    org.enrol("dora")
    assert org.state.credentials[3].assurance == "attested"
