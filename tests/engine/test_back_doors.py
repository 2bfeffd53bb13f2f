"""Legal-looking acts that would get somebody what no clause gives: seats, members, units, keys, the clock."""

from __future__ import annotations

from typing import Any

import pytest

from isonomy.engine.refusal import Refused
from isonomy.engine.state import HISTORY
from isonomy.kernel.bad_input import BadInput
from tests.engine.meeting_rulebooks import BRANCHES, branches
from tests.engine.rulebooks import CLUB
from tests.engine.test_deciding import assembled, declared, put
from tests.engine.test_founding import club, says
from tests.organisation import TestOrganisation


def elected(org: TestOrganisation, meeting: str, seat: str, *names: str) -> str:
    """The decision by which the congress elects one of those standing to a seat, by show of hands."""
    poll = org.accepted(
        "poll.open", by="ben", as_="secretary", body="congress", question="Who?", matter=f"election-of-{seat}",
        meeting=meeting, seat=seat, options=[{"name": name.title(), "person": org.person(name)} for name in names],
    ).effects[0]["poll"]  # fmt: skip
    effects = org.accepted(
        "poll.declare", by="ben", as_="secretary", poll=poll, rule="yes-no", tallies={"for": 2, "against": 0}
    ).effects
    return str(effects[1]["decision"])


# -- founding ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"parts": 0}, "1 to 32 parts"),
        ({"rulebook": None, "parts": 99}, "1 to 32 parts"),
        (
            {"mandates": [{"person": "p-ada000", "seat": "chair"}, {"person": "p-ben000", "seat": "chair"}]},
            "has 1 seat",
        ),
        ({"mandates": [{"person": "p-ada000", "seat": "chair"}] * 2}, "named twice"),
        ({"mandates": [{"person": "p-ada000", "seat": "congress"}]}, "not filled by mandates"),
        ({"units": [{"unit": "north", "kind": "province"}]}, "no kind of unit 'province'"),
        ({"units": [{"unit": "north", "kind": "branch", "within": "south"}]}, "lies within the organisation"),
        ({"units": [{"unit": "north", "kind": "branch"}] * 2}, "named twice"),
        ({"founded_on": "2030-01-01", "kind": HISTORY}, "in the future"),
    ],
)
def test_a_founding_gives_nothing_that_the_rulebook_has_not(changed: dict[str, Any], why: str) -> None:
    org = club(found=False, unit_of={}, units={}, mandates={})
    act = {key: value for key, value in (org.founding_acts()[0] | changed).items() if value is not None}
    verdict = org.submit_raw(act, org.signed(act, "ada"))
    assert isinstance(verdict, Refused)
    assert why in says(verdict)


def test_two_founders_do_not_share_a_key() -> None:
    org = club(found=False)
    act = org.founding_acts()[0]
    act["founders"][1]["key"] = act["founders"][0]["key"]
    verdict = org.submit_raw(act, org.signed(act, "ada"))
    assert isinstance(verdict, Refused)
    assert "the key" in says(verdict)
    assert "named twice" in says(verdict)


def test_an_author_of_whom_nothing_is_known_founds_nothing() -> None:
    org = club(found=False)
    for auth in ({"kind": "trusted"}, {}):
        verdict = org.submit_raw(org.founding_acts()[0], auth)
        assert isinstance(verdict, Refused)
        assert "how the author is known" in says(verdict)


def test_the_parts_of_a_text_come_from_whoever_lodged_the_first() -> None:
    org = club(found=False, parts=3, mandates={})
    acts = org.founding_acts()
    org._must_accept(org.submit_raw(acts[0], org.signed(acts[0], "ada")), acts[0])
    foreign = acts[1] | {"by": org.person("cy"), "text": "something else"}
    verdict = org.submit_raw(foreign, org.signed(foreign, "cy"))
    assert isinstance(verdict, Refused)
    assert "by whoever lodged the first" in says(verdict)


# -- keys --------------------------------------------------------------------------------------------------


def test_a_key_that_another_enrolled_rests_on_that_others_word() -> None:
    org = club()
    org.accepted("member.admit", by="ben", as_="secretary", person=org.person("dora"), unit="north")
    org.enrol("dora", by="ben", as_="secretary")
    assert org.state.credentials[3].assurance == "console"
    org.accepted("key.enrol", by="dora", person=org.person("dora"), key=org.key("spare"), assurance="signed")
    assert org.state.credentials[4].assurance == "console", "a further key is no better than the one that signed it"


def test_a_keeper_who_takes_a_members_key_away_leaves_a_mark_on_the_next() -> None:
    org = club()
    org.accepted("key.revoke", by="ben", as_="secretary", credential=2, why="said to be lost")
    org.accepted("key.enrol", by="ben", as_="secretary", person=org.person("cy"), key=org.key("made up"))
    assert (org.state.credentials[2].assurance, org.state.credentials[3].assurance) == ("console", "console")
    assert org.state.credentials[0].assurance == "signed"


def test_an_enrolment_shows_in_what_was_last_done_about_a_person() -> None:
    org = club()
    seen = org.state.n
    org.accepted("key.enrol", by="cy", person=org.person("cy"), key=org.key("second"))
    stale = org.refused("member.move", by="cy", person=org.person("cy"), unit="north", expects=seen - 1)
    assert "moved on since you looked" in says(stale)


@pytest.mark.parametrize("credential", ["0", None, True, [0], {}, 1.5, 99])
def test_a_credential_is_a_number_that_is_enrolled(credential: Any) -> None:
    org = club()
    act = org.act("member.leave", by="ada")
    verdict = org.submit_raw(act, {"kind": "signed", "credential": credential, "proof": "A" * 86 + "=="})
    assert isinstance(verdict, Refused)
    assert "not one that p-ada000 enrolled" in says(verdict)


# -- keepers of one branch ---------------------------------------------------------------------------------


def kept_branches() -> TestOrganisation:
    """Three branches whose secretaries keep roll, minutes and polls, each of the own branch."""
    text = BRANCHES.replace(
        "```rule office branch-treasurer, in each branch",
        "```rule office branch-registrar, in each branch\nfilled by: appointment by branch-secretary\n"
        "keeps: roll; minutes; polls\n```\n\n```rule office branch-treasurer, in each branch",
    )
    made = branches()
    settings = made._founding
    return TestOrganisation(
        text, tuple(founder["person"].removeprefix("p-").removesuffix("000") for founder in settings["founders"]),
        units=dict.fromkeys(("north", "south", "west"), "branch"),
        unit_of={founder["person"][2:-3]: founder["unit"] for founder in settings["founders"]},
        mandates={"branch-registrar@north": "ned", "branch-secretary@north": "nan", "branch-secretary@south": "sam",
                  "president": "sue", "registrar": "win"},
        at="2027-01-06T09:00:00Z", name="League of Fictional Branches",
    )  # fmt: skip


def test_a_keeper_of_one_branch_keeps_nothing_of_another() -> None:
    org = kept_branches()
    for act, fields in (
        ("key.revoke", {"credential": 3}),
        ("member.die", {"person": org.person("sue"), "on": org.today}),
        ("member.move", {"person": org.person("sue"), "unit": "north"}),
    ):
        verdict = org.submit(act, by="ned", as_="branch-registrar@north", **fields)
        assert isinstance(verdict, Refused), act
    org.accepted("key.revoke", by="ned", as_="branch-registrar@north", credential=0)
    org.accepted("member.die", by="ned", as_="branch-registrar@north", person=org.person("nia"), on=org.today)


def test_a_keeper_of_polls_in_a_branch_puts_no_question_to_the_congress() -> None:
    org = kept_branches()
    refused = org.refused(
        "poll.open", by="ned", as_="branch-registrar@north", body="congress", question="?", matter="programme"
    )
    assert any("put by the chair" in ground.says for ground in refused.grounds)


# -- members and units -------------------------------------------------------------------------------------


def test_a_member_of_a_body_that_admits_moves_nobody_alone() -> None:
    text = CLUB.replace("admitted by: secretary", "admitted by: secretary or congress")
    org = TestOrganisation(
        text, ("ada", "ben", "cy"), mandates={"chair": "ada", "secretary": "ben"},
        units={"north": "branch", "south": "branch"}, unit_of={"ada": "north", "ben": "north", "cy": "south"},
    )  # fmt: skip
    org.days(95)
    assert isinstance(org.submit("member.move", by="cy", person=org.person("ada"), unit="south"), Refused)
    assert isinstance(
        org.submit("member.move", by="cy", as_="congress", person=org.person("ada"), unit="south"), Refused
    )
    org.accepted("member.move", by="ada", person=org.person("ada"), unit="south")


def test_one_decision_founds_one_branch() -> None:
    org, meeting = assembled(matters=("founding-of-branch",))
    decision = declared(org, put(org, meeting, "founding-of-branch"), **{"for": 3, "against": 0})["decision.taken"][
        "decision"
    ]
    org.accepted("unit.found", by="ben", as_="secretary", unit="east", kind="branch", decision=decision)
    again = org.refused("unit.found", by="ben", as_="secretary", unit="west", kind="branch", decision=decision)
    assert "carried out already" in says(again)


def test_the_branch_that_is_closed_is_the_one_decided_on() -> None:
    org, meeting = assembled(matters=("closing-of-branch",))
    org.accepted("member.move", by="cy", person=org.person("cy"), unit="north")
    moved = org.accepted("motion.move", by="cy", body="congress", matter="closing-of-branch", text="Close north or so")
    poll = org.accepted(
        "poll.open", by="ada", as_="chair", body="congress", question="?", matter="closing-of-branch",
        motion=moved.effects[0]["motion"], meeting=meeting,
    ).effects[0]["poll"]  # fmt: skip
    decision = declared(org, poll, **{"for": 3, "against": 0})["decision.taken"]["decision"]
    refused = org.refused("unit.close", by="ben", as_="secretary", unit="south", decision=decision)
    assert "by a decision that names it" in says(refused)


def test_nothing_is_done_in_a_closed_branch() -> None:
    org, meeting = assembled(matters=("closing-of-branch",))
    org.accepted("member.move", by="cy", person=org.person("cy"), unit="north")
    moved = org.accepted("motion.move", by="cy", body="congress", matter="closing-of-branch", text="Close south")
    poll = org.accepted(
        "poll.open", by="ada", as_="chair", body="congress", question="?", matter="closing-of-branch",
        motion=moved.effects[0]["motion"], meeting=meeting,
    ).effects[0]["poll"]  # fmt: skip
    decision = declared(org, poll, **{"for": 3, "against": 0})["decision.taken"]["decision"]
    org.accepted("unit.close", by="ben", as_="secretary", unit="south", decision=decision)
    refused = org.refused("member.move", by="cy", person=org.person("cy"), unit="south")
    assert "a member belongs to a branch" in says(refused)


def test_who_leaves_leaves_the_office_too_although_a_successor_is_set() -> None:
    org, meeting = assembled(matters=("election-of-chair",))
    decision = elected(org, meeting, "chair", "cy")
    org.accepted("mandate.begin", by="ben", as_="secretary", person=org.person("cy"), seat="chair", decision=decision,
                 since="2027-06-01")  # fmt: skip
    assert [held.person for held in org.state.mandates_of_seat("chair", "2027-05-20")] == ["p-ada000"]
    org.accepted("member.leave", by="ada")
    assert org.state.mandates_of_seat("chair", "2027-05-20") == []
    assert [held.person for held in org.state.mandates_of_seat("chair", "2027-06-01")] == ["p-cy000"]


# -- seats -------------------------------------------------------------------------------------------------


def test_an_election_to_one_seat_elects_one() -> None:
    org, meeting = assembled(matters=("election-of-chair",))
    refused = org.refused(
        "poll.open", by="ben", as_="secretary", body="congress", question="?", matter="election-of-chair", meeting=meeting,
        seat="chair", seats=3, options=[{"name": "Cy", "person": org.person("cy")}],
    )  # fmt: skip
    assert "the chair has 1 seat" in says(refused)


def test_an_old_election_gives_no_seat_once_another_was_held() -> None:
    org, meeting = assembled(matters=("election-of-chair",))
    first = elected(org, meeting, "chair", "cy")
    second = elected(org, meeting, "chair", "ada")
    refused = org.refused(
        "mandate.begin", by="ben", as_="secretary", person=org.person("cy"), seat="chair", decision=first
    )
    assert "a later decision has given this seat" in says(refused)
    assert second in refused.grounds[0].cure


def test_an_election_is_for_the_coming_term_and_no_later_one() -> None:
    org, meeting = assembled(matters=("election-of-chair",))
    decision = elected(org, meeting, "chair", "cy")
    ahead = org.refused(
        "mandate.begin",
        by="ben",
        as_="secretary",
        person=org.person("cy"),
        seat="chair",
        decision=decision,
        since="2029-01-01",
    )
    assert "not given away further ahead than its term" in says(ahead)
    org.days(370)
    stale = org.refused("mandate.begin", by="ben", person=org.person("cy"), seat="chair", decision=decision)
    assert "within one term of the decision" in says(stale)


def test_a_term_that_was_given_is_not_cut_short_by_a_successor() -> None:
    """Nobody may remove the treasurer; appointing another would do just that."""
    org = club()
    org.days(95)
    org.accepted("mandate.begin", by="ada", as_="chair", person=org.person("cy"), seat="treasurer")
    refused = org.refused("mandate.begin", by="ada", as_="chair", person=org.person("ben"), seat="treasurer")
    assert "is held for a term" in says(refused)
    assert "begin it on 2027-10-09" in refused.grounds[0].cure
    org.accepted("mandate.begin", by="ada", as_="chair", person=org.person("ben"), seat="treasurer", since="2027-10-09")


def test_two_successors_set_ahead_never_hold_one_office_together() -> None:
    org, meeting = assembled(matters=("election-of-chair",))
    for name, since in (("cy", "2027-12-01"), ("ben", "2027-06-01")):
        decision = elected(org, meeting, "chair", name) if name == "cy" else _elected_by(org, meeting, "ada", name)
        org.accepted(
            "mandate.begin",
            by="cy",
            as_="congress",
            person=org.person(name),
            seat="chair",
            decision=decision,
            since=since,
        )
    for day in ("2027-05-31", "2027-06-01", "2027-11-30", "2027-12-01", "2028-05-31"):
        assert len(org.state.mandates_of_seat("chair", day)) <= 1, day


def _elected_by(org: TestOrganisation, meeting: str, by: str, name: str) -> str:
    poll = org.accepted(
        "poll.open", by=by, as_="chair", body="congress", question="Who?", matter="election-of-chair",
        meeting=meeting, seat="chair", options=[{"name": name.title(), "person": org.person(name)}],
    ).effects[0]["poll"]  # fmt: skip
    tallies = {"for": 2, "against": 0}
    return str(
        org.accepted("poll.declare", by=by, as_="chair", poll=poll, rule="yes-no", tallies=tallies).effects[1][
            "decision"
        ]
    )


def test_a_removal_removes_the_person_it_names_and_the_mandate_then_held() -> None:
    org, meeting = assembled(matters=("removal-from-secretary", "election-of-secretary"))
    effects = declared(
        org, put(org, meeting, "removal-from-secretary", person=org.person("ben")), **{"for": 2, "against": 1}
    )
    removal = effects["decision.taken"]["decision"]
    held = org.state.mandates_of_seat("secretary", org.today)[0].id
    chair = org.state.mandates_of_seat("chair", org.today)[0].id
    assert isinstance(org.submit("mandate.end", by="cy", mandate=chair, decision=removal), Refused)
    decision = _elected_to_secretary(org, meeting)
    org.days(1)
    org.accepted("mandate.end", by="ben", mandate=held)
    org.accepted(
        "mandate.begin", by="cy", as_="congress", person=org.person("ben"), seat="secretary", decision=decision
    )
    fresh = org.state.mandates_of_seat("secretary", org.today)[0].id
    stale = org.refused("mandate.end", by="cy", mandate=fresh, decision=removal)
    assert "the mandate that was held when it was decided" in says(stale)


def _elected_to_secretary(org: TestOrganisation, meeting: str) -> str:
    poll = org.accepted(
        "poll.open", by="ada", as_="chair", body="congress", question="Who?", matter="election-of-secretary",
        meeting=meeting, seat="secretary", options=[{"name": "Ben", "person": org.person("ben")}],
    ).effects[0]["poll"]  # fmt: skip
    tallies = {"for": 2, "against": 0}
    return str(
        org.accepted("poll.declare", by="ada", as_="chair", poll=poll, rule="yes-no", tallies=tallies).effects[1][
            "decision"
        ]
    )


def test_a_removal_is_moved_with_the_person_it_concerns_before_it_is_put() -> None:
    org, meeting = assembled(matters=("removal-from-chair",))
    refused = org.refused(
        "poll.open", by="ben", as_="secretary", body="congress", question="Shall it be?", matter="removal-from-chair",
        meeting=meeting,
    )  # fmt: skip
    assert "is moved before it is put" in says(refused)


def test_a_mandate_that_is_to_come_can_be_given_up() -> None:
    org, meeting = assembled(matters=("election-of-chair",))
    decision = elected(org, meeting, "chair", "cy")
    begun = org.accepted(
        "mandate.begin",
        by="ben",
        as_="secretary",
        person=org.person("cy"),
        seat="chair",
        decision=decision,
        since="2027-06-01",
    )
    mandate = next(effect["mandate"] for effect in begun.effects if effect["effect"] == "mandate.begun")
    org.accepted("mandate.end", by="cy", mandate=mandate)
    assert org.state.mandates_of_seat("chair", "2027-06-02") == []


def test_a_power_of_a_body_is_used_by_its_vote_and_by_no_member_alone() -> None:
    text = CLUB.replace("held by: chair", "held by: congress")
    org = TestOrganisation(
        text, ("ada", "ben", "cy"), mandates={"chair": "ada", "secretary": "ben"},
        units={"north": "branch"}, unit_of={"ada": "north", "ben": "north", "cy": "north"},
    )  # fmt: skip
    org.days(95)
    for fields in ({"as_": "congress"}, {}):
        refused = org.refused("decision.take", by="cy", matter="spending", text="Oars", amount=5, **fields)
        assert "spending is decided by the congress" in says(refused)


def test_who_acts_for_one_branch_does_not_act_for_another() -> None:
    org = branches()
    refused = org.refused(
        "meeting.call", by="nan", as_="branch-secretary@north", body="branch-meeting@south", starts="2027-02-01T18:00",
        matters=["branch-rooms"],
    )  # fmt: skip
    assert refused.grounds[0].facts["acted as"] == "branch-secretary@north"
    assert isinstance(
        org.submit("motion.move", by="nan", body="branch-meeting@south", matter="branch-rooms", text="x"), Refused
    )


def test_a_stale_view_of_a_seat_gives_no_second_holder() -> None:
    """Of two who enter a holder of one seat the first entry stands, where they say what they saw."""
    org = club()
    org.days(95)
    seen = org.state.n - 1
    org.accepted("mandate.begin", by="ada", as_="chair", person=org.person("cy"), seat="treasurer", expects=seen)
    refused = org.refused(
        "mandate.begin",
        by="ada",
        as_="chair",
        person=org.person("ben"),
        seat="treasurer",
        since="2027-10-09",
        expects=seen,
    )
    assert "moved on since you looked" in says(refused)


# -- the form of acts --------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["half of a character \ud83d", 1.5, float("nan"), {"a": 2**60}, ["x"] * 3, None])
def test_what_could_not_stand_in_an_entry_is_no_act(text: Any) -> None:
    org = club()
    act = org.act("decision.take", by="ada", as_="chair", matter="spending", amount=5) | {"text": text}
    with pytest.raises(BadInput):
        org.submit_raw(act, {"kind": "attested", "account": "ada"})


def test_an_act_that_is_refused_leaves_no_trace() -> None:
    org = club()
    before = org.state.digest()
    org.refused("decision.take", by="cy", matter="programme", text="x")
    org.refused("clock.reset", by="cy", why="so")
    assert org.state.digest() == before
