"""The list of who is in good standing takes nothing too early, nothing backwards, nothing contested, and nobody unwarned."""

from __future__ import annotations

from pathlib import Path

from isonomy.engine.roll import roll_of
from tests.organisation import TestOrganisation

RULES = (Path(__file__).parents[2] / "conformance/decisions/rulebooks/subscribers.md").read_text("utf-8")


def society() -> TestOrganisation:
    """Five members; ben keeps the list; the first subscription is due on 1 February 2027."""
    org = TestOrganisation(RULES, ("ada", "ben", "cy", "di", "eli"), mandates={"chair": "ada", "secretary": "ben"})
    org.clock.set("2027-03-02T09:00:00Z")
    return org


def enter(org: TestOrganisation, name: str, standing: str = "in arrears") -> None:
    """Ben enters a member."""
    org.accepted("standing.set", by="ben", as_="secretary", person=org.person(name), standing=standing)


def voters(org: TestOrganisation, day: str = "") -> tuple[str, ...]:
    """Who has a vote on a day."""
    edition = org.state.edition_on(org.today)
    assert edition is not None
    return roll_of(org.state, edition.id, day or org.today)


def test_arrears_take_the_vote_from_the_day_of_the_entry_and_never_backwards() -> None:
    org = society()
    enter(org, "cy")
    assert org.person("cy") not in voters(org)
    assert org.person("cy") in voters(org, "2027-03-01")
    enter(org, "cy", "good")
    assert org.person("cy") in voters(org)


def test_nobody_is_in_arrears_before_the_time_has_run_nor_for_a_time_before_they_were_members() -> None:
    org = society()
    org.accepted("member.admit", by="ada", as_="chair", person=org.person("fay"), member_class="full")
    refused = org.refused("standing.set", by="ben", person=org.person("fay"), standing="in arrears")
    assert refused.grounds[0].facts["due"] == "2028-02-01"
    assert refused.grounds[0].clause == "4"


def test_a_frozen_roll_keeps_a_voter_who_is_entered_afterwards() -> None:
    org = society()
    org.accepted("meeting.call", by="ada", as_="chair", body="assembly", starts="2027-03-12T19:00", matters=["paint"])
    meeting = f"mt-{org.state.n - 1}"
    org.accepted("notice.send", by="ada", as_="chair", meeting=meeting, how="post", to_count=5)
    org.clock.set("2027-03-12T20:00:00Z")
    org.accepted(
        "meeting.open",
        by="ada",
        as_="chair",
        meeting=meeting,
        present=[org.person("ada"), org.person("cy"), org.person("di")],
    )
    org.accepted("motion.move", by="ada", body="assembly", matter="paint", text="Green.")
    motion = f"mo-{org.state.n - 1}"
    org.accepted("poll.open", by="ada", body="assembly", question="Green?", matter="paint", motion=motion, meeting=meeting,
                 secrecy="named")  # fmt: skip
    poll = f"po-{org.state.n - 1}"
    enter(org, "cy")
    assert org.state.polls[poll].has_on_roll(org.person("cy"))
    org.accepted("ballot.cast", by="cy", poll=poll, ballot="for")


def test_a_poll_is_marked_with_those_who_lost_the_vote_shortly_before() -> None:
    org = society()
    org.accepted("meeting.call", by="ada", as_="chair", body="assembly", starts="2027-03-12T19:00", matters=["paint"])
    meeting = f"mt-{org.state.n - 1}"
    org.accepted("notice.send", by="ada", as_="chair", meeting=meeting, how="post", to_count=5)
    enter(org, "cy")
    enter(org, "di")
    org.clock.set("2027-03-12T20:00:00Z")
    org.accepted("meeting.open", by="ada", as_="chair", meeting=meeting, present=[org.person("ada"), org.person("eli")])
    org.accepted("motion.move", by="ada", body="assembly", matter="paint", text="Green.")
    org.accepted("poll.open", by="ada", body="assembly", question="Green?", matter="paint", motion=f"mo-{org.state.n - 1}",
                 meeting=meeting, secrecy="named")  # fmt: skip
    poll = f"po-{org.state.n - 1}"
    assert org.state.subscriptions.marks[poll].persons == tuple(sorted((org.person("cy"), org.person("di"))))
    assert poll in org.state.polls


def test_a_contested_entry_takes_nothing_and_is_due_of_the_body() -> None:
    from isonomy.engine.duties import duties
    from isonomy.engine.state import day_of

    org = society()
    enter(org, "cy")
    org.accepted("standing.contest", by="cy", text="I paid.")
    assert org.person("cy") in voters(org)
    found = [duty for duty in duties(org.state, day_of(org.today)) if duty.id.startswith("standing ")]
    assert [duty.due_on for duty in found] == ["2027-03-22"]
    org.days(90)
    late = org.refused("standing.warn", by="ben", person=org.person("cy"))
    assert any("contested" in ground.says for ground in late.grounds)


def test_whoever_is_in_arrears_does_not_stand() -> None:
    from isonomy.engine.eligibility import obstacles

    org = society()
    enter(org, "cy")
    edition = org.state.edition_on(org.today)
    assert edition is not None
    found = obstacles(org.state, org.state.rulebook(edition.id), org.person("cy"), "chair", org.today, "")
    assert [each.says for each in found] == ["whoever is in arrears does not stand"]
    enter(org, "cy", "good")
    assert not obstacles(org.state, org.state.rulebook(edition.id), org.person("cy"), "chair", org.today, "")


def test_paid_before_the_notice_has_run_the_membership_does_not_end() -> None:
    org = society()
    enter(org, "cy")
    org.days(70)
    org.accepted("standing.warn", by="ben", person=org.person("cy"))
    enter(org, "cy", "good")
    org.days(30)
    refused = org.refused("standing.end", by="ben", person=org.person("cy"))
    assert "not in arrears" in refused.grounds[0].says
