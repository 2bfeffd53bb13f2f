"""An existing body enters what it is and has; until its highest body has approved that, it moves nothing."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isonomy.engine.act import ACTS
from isonomy.engine.duties import duties
from isonomy.engine.proceedings.interim import ALWAYS, KEEPING_THE_ROLL, OF_THE_MEETING, OF_THE_QUESTION
from isonomy.engine.state import day_of
from tests.engine.meeting_rulebooks import VILLAGE
from tests.organisation import TestOrganisation

PEOPLE = ("ben", "cy", "di", "eli")


def existing(**found: Any) -> TestOrganisation:
    """The village hall society as it existed for years, founded here on 4 January 2027 by ada, its chair."""
    org = TestOrganisation(VILLAGE, founders=("ada",), found=False)
    org._founding |= {"opening": {"source": "members' list of 2 January 2027"}} | found
    org._founding["founders"][0]["since"] = "2019-05-02"
    org.found()
    return org


def entered() -> TestOrganisation:
    """With four more members, a chair and a committee, a motion and a decision."""
    org = existing()
    org.accepted(
        "opening.enter", by="ada", source="members' list of 2 January 2027",
        members=[{"person": org.person(name), "since": "2020-02-01"} for name in PEOPLE],
    )  # fmt: skip
    org.accepted(
        "opening.enter", by="ada", source="minutes of 7 March 2026",
        mandates=[{"person": org.person("ada"), "seat": "chair", "since": "2026-03-07"},
                  {"person": org.person("ben"), "seat": "committee", "since": "2026-03-07"}],
    )  # fmt: skip
    org.accepted(
        "opening.enter", by="ada", source="minutes of 7 March 2026",
        decision={"seat": "members-meeting", "matter": "hall-rent", "text": "The rent is 20 a day.", "taken_on": "2026-03-07"},
    )  # fmt: skip
    return org


def met(org: TestOrganisation, starts: str = "2027-02-06T19:00", by: str = "ada") -> str:
    """The members' meeting, called on the balance, with its notice, and opened with everybody there."""
    called = org.accepted("meeting.call", by=by, body="members-meeting", starts=starts, matters=["opening-balance"])
    meeting = str(called.effects[0]["meeting"])
    org.accepted("notice.send", by=by, meeting=meeting, how="post", to_count=5)
    org.set_clock(f"{starts[:10]}T19:30:00Z")
    org.accepted("meeting.open", by=by, meeting=meeting, present=[org.person(name) for name in ("ada", *PEOPLE)])
    return meeting


def voted(
    org: TestOrganisation, meeting: str, votes: tuple[int, int], part: str | None = None, by: str = "ada"
) -> None:
    """A motion on the balance, moved, put and declared."""
    n = org.state.n
    org.accepted(
        "motion.move", by="cy", body="members-meeting", matter="opening-balance", text="That it stands.", ratifies=part
    )
    org.accepted(
        "poll.open", by=by, body="members-meeting", question="Does it stand?", matter="opening-balance", motion=f"mo-{n}",
        meeting=meeting, secrecy="by show of hands",
    )  # fmt: skip
    tallies = {"for": votes[0], "against": votes[1], "abstain": 0}
    org.accepted("poll.declare", by=by, poll=f"po-{n + 1}", rule="yes-no", tallies=tallies)


def test_a_balance_is_entered_with_its_own_days_and_sources() -> None:
    org = entered()
    assert org.state.persons["p-ada000"].admitted_on == "2019-05-02"
    assert org.state.persons["p-cy000"].admitted_on == "2020-02-01"
    chair = org.state.mandates_of_seat("chair", org.today)[0]
    assert (chair.since, chair.until) == ("2026-03-07", "2027-03-07")
    parts = org.state.opening.parts if org.state.opening else {}
    assert [(part.kind, part.source[:7], part.standing) for part in parts.values()] == [
        ("founders", "members", "pending"), ("members", "members", "pending"),
        ("mandates", "minutes", "pending"), ("decision", "minutes", "pending"),
    ]  # fmt: skip
    assert org.replayed().digest() == org.state.digest()


def test_until_it_is_approved_nothing_else_is_done() -> None:
    org = entered()
    refused = org.refused("decision.take", by="ada", as_="chair", matter="spending", text="Paint.", amount=100)
    ground = refused.grounds[0]
    assert ground.clause == "3"
    assert ground.says.startswith("until the members' meeting has approved the opening balance, the roll is kept")
    assert ground.facts["to be approved by"] == "2027-03-05"
    assert ground.cure == "call the members' meeting on opening-balance, and do it once the balance stands"
    org.refused("member.admit", by="ben", person="p-new0000")
    org.refused("meeting.call", by="ada", body="committee", starts="2027-02-06T19:00", matters=["budget"])
    org.refused("motion.move", by="cy", body="members-meeting", matter="roof", text="A roof.")
    org.accepted("member.leave", by="eli")


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(ACTS)))
def test_the_gate_lets_through_no_act_that_it_does_not_name(name: str) -> None:
    """Whatever acts there will be: one that the gate does not name is refused while a balance is pending."""
    from isonomy.engine.judgement import Barred, Judgement
    from isonomy.engine.proceedings.interim import check_interim

    org = entered()
    fields = type("Fields", (), {"body": "committee", "matter": "budget"})()
    judgement = Judgement(
        org.state, None, fields, org.state.n, "", "", org.today, org.today, "ed-0", "p-ada000", "", {}
    )
    if name in (*ALWAYS, *KEEPING_THE_ROLL):
        check_interim(judgement, name)
        return
    with pytest.raises(Barred):
        check_interim(judgement, name)
    fields.body = "members-meeting"
    if not name.startswith((*OF_THE_MEETING, *OF_THE_QUESTION)):
        with pytest.raises(Barred):
            check_interim(judgement, name)
    if name.startswith(OF_THE_QUESTION):
        with pytest.raises(Barred):
            check_interim(judgement, name)


def test_the_meeting_approves_it_and_from_then_on_everything_is_open() -> None:
    org = entered()
    org.accepted("opening.object", by="eli", part="op-3", text="The rent was 25.")
    meeting = met(org)
    voted(org, meeting, (4, 1))
    balance = org.state.opening
    assert balance is not None
    assert not balance.is_pending
    assert {part.standing for part in balance.parts.values()} == {"approved"}
    assert next(iter(balance.objections.values())).text == "The rent was 25."
    assert org.state.decisions["de-3"].standing_on(org.today) == "in force"
    org.accepted("decision.take", by="ada", as_="chair", matter="spending", text="Paint.", amount=100)
    assert org.replayed().digest() == org.state.digest()


def test_a_part_that_is_voted_down_is_struck_and_the_rest_may_stand() -> None:
    org = entered()
    meeting = met(org)
    voted(org, meeting, (1, 4), part="op-3")
    assert org.state.decisions["de-3"].standing_on(org.today) == "struck"
    assert org.state.opening is not None
    assert org.state.opening.is_pending
    voted(org, meeting, (5, 0))
    assert [part.standing for part in org.state.opening.parts.values()] == [
        "approved",
        "approved",
        "approved",
        "struck",
    ]
    refused = org.refused(
        "opening.enter", by="ada", source="memory", units=[{"unit": "a", "kind": "b", "since": "2020-01-01"}]
    )
    assert refused.grounds[0].says == "the opening balance is settled"


def test_struck_mandates_and_members_end_and_nothing_is_rewritten() -> None:
    org = entered()
    meeting = met(org)
    voted(org, meeting, (1, 4), part="op-2")
    assert org.state.mandates_of_seat("chair", org.today) == []
    assert org.state.mandates["ma-2-0"].since == "2026-03-07"
    voted(org, meeting, (0, 5), part="op-1", by="cy")
    assert not org.state.persons["p-cy000"].is_member_on(org.today)
    assert org.replayed().digest() == org.state.digest()


def test_the_whole_voted_down_settles_nothing_and_may_be_laid_before_the_meeting_again() -> None:
    org = entered()
    meeting = met(org)
    voted(org, meeting, (1, 4))
    assert org.state.opening is not None
    assert len(org.state.opening.open_parts) == 4
    voted(org, meeting, (4, 1))
    assert not org.state.opening.is_pending


def test_it_is_a_duty_with_a_day_and_the_day_gives_the_call_to_every_member() -> None:
    org = entered()
    owed = next(duty for duty in duties(org.state, day_of("2027-01-10")) if duty.id == "approve the opening balance")
    assert (owed.due_on, owed.clause, owed.holders) == ("2027-03-05", "3", ("p-ada000",))
    org.refused("meeting.call", by="di", body="members-meeting", starts="2027-02-20T19:00", matters=["opening-balance"])
    org.set_clock("2027-03-06")
    owed = next(duty for duty in duties(org.state, day_of("2027-03-06")) if duty.id == "approve the opening balance")
    assert owed.is_overdue
    assert "every member of that body may call it and preside" in owed.derivation
    meeting = met(org, "2027-04-10T19:00", by="di")
    voted(org, meeting, (5, 0), by="di")
    assert org.state.opening is not None
    assert not org.state.opening.is_pending


def test_the_list_stays_closed_while_the_meeting_is_adjourned() -> None:
    org = entered()
    meeting = met(org)
    org.state.meetings[meeting].standing = "adjourned"
    listed = [{"person": "p-late000", "since": "2026-12-01"}]
    refused = org.judge("opening.enter", by="ada", source="a slip", members=listed)
    assert "closed when notice" in refused.grounds[0].says  # type: ignore[union-attr]


def test_the_list_is_closed_when_notice_goes_out() -> None:
    org = entered()
    called = org.accepted(
        "meeting.call", by="ada", body="members-meeting", starts="2027-02-06T19:00", matters=["opening-balance"]
    )
    org.accepted("notice.send", by="ada", meeting=called.effects[0]["meeting"], how="post", to_count=5)
    refused = org.refused(
        "opening.enter", by="ada", source="a slip", members=[{"person": "p-late000", "since": "2026-12-01"}]
    )
    assert refused.grounds[0].says.startswith("an opening balance is closed when notice")


REFUSED = [
    ({"members": [{"person": "p-ben000", "since": "2020-02-01"}]}, "p-ben000 is listed already"),
    ({"members": [{"person": "p-x0000", "since": "2027-02-01"}]}, "a balance says what is, not what is to come"),
    ({"mandates": [{"person": "p-cy000", "seat": "chair", "since": "2026-03-07"}]}, "the chair is held for a term"),
    ({"mandates": [{"person": "p-zz000", "seat": "chair", "since": "2026-03-07"}]}, "p-zz000 is not listed"),
    ({"mandates": [{"person": "p-cy000", "seat": "members-meeting", "since": "2026-03-07"}]},
     "the members' meeting is not filled by mandates"),
    ({"mandates": [{"person": "p-cy000", "seat": "committee", "since": "2025-03-07"}]},
     "a balance lists the mandates that are held"),
    ({"mandates": [{"person": "p-cy000", "seat": "committee", "since": "2026-03-07", "until": "2036-03-07"}]},
     "a mandate lasts 1 year"),
    ({"mandates": [{"person": f"p-{name}000", "seat": "committee", "since": "2026-03-07"} for name in ("ada", "cy", "di", "eli")]
      + [{"person": "p-fay000", "seat": "committee", "since": "2026-03-07"}]}, "p-fay000 is not listed"),
    ({"decision": {"seat": "members-meeting", "matter": "amendment", "text": "New rules.", "taken_on": "2026-03-07"}},
     "amendment is not inherited by being listed"),
    ({"motion": {"body": "committee", "matter": "programme", "text": "x", "mover": "p-cy000", "moved_on": "2026-03-07"}},
     "programme is decided by the members' meeting"),
    ({}, "a part of the opening balance is of one kind"),
]  # fmt: skip


@pytest.mark.parametrize(("part", "says"), REFUSED)
def test_what_no_clause_could_give_is_not_listed(part: dict[str, Any], says: str) -> None:
    org = entered()
    assert [ground.says for ground in org.refused("opening.enter", by="ada", source="a list", **part).grounds] == [says]


def test_only_those_who_founded_it_here_enter_it_and_only_the_listed_object() -> None:
    org = entered()
    refused = org.refused(
        "opening.enter", by="ben", source="a list", members=[{"person": "p-x0000", "since": "2020-01-01"}]
    )
    assert refused.grounds[0].says == "an opening balance is entered by those who founded it here"
    assert "not known here" in org.refused("opening.object", by="stranger", text="No.").grounds[0].says
    org.accepted("opening.object", by="ben", text="The list is old.")


def test_an_existing_body_gives_its_mandates_days_and_sources_not_bare_seats() -> None:
    org = TestOrganisation(VILLAGE, founders=("ada",), mandates={"chair": "ada"}, found=False)
    org._founding["opening"] = {"source": "a list"}
    with pytest.raises(AssertionError, match="the mandates of an existing body are part of its opening balance"):
        org.found()
    assert not org.state.founded


def test_a_rulebook_may_set_the_time() -> None:
    book = VILLAGE + (
        "\n## 6. Record\nThe chair keeps the record. What was entered of the time before is approved within 90 days.\n\n"
        "```rule record record\nkept by: chair\nopening approved within: 90 days\n```\n"
    )
    org = TestOrganisation(book, founders=("ada",), found=False)
    org._founding["opening"] = {"source": "a list"}
    org.found()
    ground = org.refused("motion.move", by="ada", body="committee", matter="budget", text="x").grounds[0]
    assert (ground.clause, ground.facts["to be approved by"]) == ("6", "2027-04-04")
