"""Delegates: shared out by membership, examined by a panel, let in by the many; juries by lot. docs/spec/acts-seating.md"""

from __future__ import annotations

from datetime import date

import pytest

from isonomy.counting.apportionment import METHODS
from isonomy.engine.delegates import standing_of
from isonomy.engine.duties import duties
from isonomy.engine.explain import explain
from isonomy.engine.lots import lot_of_secret
from isonomy.engine.refusal import Ground
from isonomy.engine.roll import members_of_body
from isonomy.engine.seating import shared_out_on
from isonomy.engine.state import day_of
from isonomy.engine.vacant import vacant_count
from isonomy.record.base64_text import to_base64
from isonomy.rulebook import seating_rule
from tests.engine.seating_rulebooks import NORTH, SEATED, SOUTH, decided, mandate_of, met, put_and_declared, seated
from tests.organisation import TestOrganisation

SECRET = to_base64(bytes(range(32)))


def due(org: TestOrganisation, words: str) -> list[str]:
    """The derivations of the duties of today and ahead whose words say something."""
    found = duties(org.state, day_of(org.today), date(2029, 12, 31))
    return [one.derivation for one in found if words in one.duty]


def shared(org: TestOrganisation) -> dict[str, int]:
    """The seats of the council shared out; how many for each branch."""
    org.accepted("delegates.apportion", by="gus", body="council")
    found = shared_out_on(org.state, "council", org.today)
    assert found is not None
    return found.given


# -- sharing out -------------------------------------------------------------------------------------------


def test_the_methods_a_clause_may_name_are_those_of_the_counting_room() -> None:
    assert seating_rule.METHODS == METHODS


def test_delegates_are_shared_out_by_membership_exactly_and_as_data() -> None:
    org = seated()
    assert "no delegates can be elected" in due(org, "Share out")[0]
    assert vacant_count(org.state, "ed-0", "council", "branch-meeting@north", org.today) == 0
    # Seven members and three: quotients 7, 7/3, 7/5, 7/7 and 3, 3/3; seven seats are five and two.
    assert shared(org) == {"north": 5, "south": 2}
    effect = org.entries[-1]["effects"][0]
    assert effect["members"] == {"north": 7, "south": 3}
    assert effect["as_of"] == "2027-01-04"
    assert vacant_count(org.state, "ed-0", "council", "branch-meeting@south", org.today) == 2
    assert "5 (of 7 members)" in explain(org.state, org.entries[-1])


def test_each_unit_has_its_least_and_a_larger_least_changes_the_sharing() -> None:
    org = seated(
        SEATED.replace("at least 1 each", "at least 3 each").replace("having\nat least 1.", "having\nat least 3.")
    )
    assert shared(org) == {"north": 4, "south": 3}


def test_a_least_that_cannot_be_given_is_refused_with_what_to_amend() -> None:
    org = seated(
        SEATED.replace("at least 1 each", "at least 4 each").replace("having\nat least 1.", "having\nat least 4.")
    )
    refused = org.refused("delegates.apportion", by="gus", body="council")
    assert refused.grounds[0].clause == "10"
    assert "amend" in refused.grounds[0].cure


def test_members_count_in_the_unit_to_which_they_belonged_on_the_day() -> None:
    org = seated()
    org.set_clock("2027-03-05")
    for name in ("cy", "di", "eli", "fay"):
        org.accepted("member.move", by=name, person=org.person(name), unit="south")
    org.accepted("delegates.apportion", by="gus", body="council")
    found = shared_out_on(org.state, "council", org.today)
    assert found is not None
    assert (found.as_of, found.members) == ("2027-03-01", {"north": 7, "south": 3})
    assert org.replayed().digest() == org.state.digest()
    assert org.replayed().past_units == org.state.past_units


def test_a_new_sharing_out_ends_no_mandate_that_runs_and_comes_once_a_day_of_the_clause() -> None:
    org = seated(council=("cy", "di", "hal"))
    shared(org)
    refused = org.refused("delegates.apportion", by="gus", body="council")
    assert "1 March" in refused.grounds[0].cure
    org.set_clock("2027-03-02")
    for name in ("cy", "di", "eli", "fay", "gus"):
        org.accepted("member.move", by=name, person=org.person(name), unit="south")
    org.set_clock("2028-03-02")
    held = {one.id for one in org.state.mandates.values() if one.seat == "council"}
    assert shared(org) == {"north": 1, "south": 6}
    assert held <= set(org.state.mandates)
    assert all(not org.state.mandates[id].ended_on for id in held)


def test_a_unit_sends_no_more_than_its_share() -> None:
    org = seated(
        SEATED.replace("of the branch\n```", "of the branch\nmeets: on call of chair\n```"), council=("hal", "ida")
    )
    shared(org)
    assert vacant_count(org.state, "ed-0", "council", "branch-meeting@south", org.today) == 0
    assert vacant_count(org.state, "ed-0", "council", "branch-meeting@north", org.today) == 5


# -- credentials -------------------------------------------------------------------------------------------

COUNCIL = ("cy", "di", "gus", "hal", "jo")


def council(rulebook: str = SEATED) -> TestOrganisation:
    """Five delegates, three of north and two of south; the council is called for 14 January."""
    org = seated(rulebook, council=COUNCIL)
    called = org.accepted(
        "meeting.call", by="ada", as_="chair", body="council", starts="2027-01-14T19:00", matters=["tea"]
    )
    org.accepted("notice.send", by="ada", as_="chair", meeting=called.effects[0]["meeting"], how="post", to_count=5)
    return org


def refused_by_panel(org: TestOrganisation, person: str, present: tuple[str, ...] = ("eli", "fay", "ida")) -> str:
    """The panel's decision to refuse a delegate; its id."""
    return decided(org, "panel", "refusal-in-council", person, present, (1, 0))


def ground_of(org: TestOrganisation, act: str, by: str, **fields: object) -> Ground:
    """The first ground of a refusal."""
    return org.refused(act, by=by, **fields).grounds[0]


def test_mandates_are_examined_from_the_day_of_the_clause_and_never_by_the_delegates_own_branch() -> None:
    org = council()
    mandate = mandate_of(org, "hal", "council")
    assert "from 2027-01-07 on" in ground_of(org, "credentials.accept", "eli", mandates=[mandate]).cure
    org.set_clock("2027-01-08")
    assert "those not examined vote" in due(org, "Examine the mandates of 5 delegates")[0]
    assert ground_of(org, "credentials.accept", "gus", mandates=[mandate]).clause == "11"
    assert "own unit" in ground_of(org, "credentials.accept", "ida", mandates=[mandate]).says
    org.accepted("credentials.accept", by="eli", mandates=[mandate, mandate_of(org, "jo", "council")])
    assert due(org, "Examine the mandates of 3 delegates")


def test_the_panels_vote_leaves_out_the_delegates_own_branch() -> None:
    org = council()
    refused_by_panel(org, "hal")
    poll = next(one for one in org.state.polls.values() if one.matter == "refusal-in-council")
    assert poll.roll == tuple(sorted(org.person(name) for name in ("eli", "fay")))


def test_a_refusal_has_a_ground_of_the_list_and_shows_what_it_does_to_quorum_and_majority() -> None:
    org = council()
    decision = refused_by_panel(org, "hal")
    act = {"mandate": mandate_of(org, "hal", "council"), "text": "No minutes.", "decision": decision}
    assert "not-elected" in str(ground_of(org, "credentials.refuse", "eli", ground="unpleasant", **act).facts)
    org.accepted("credentials.refuse", by="eli", ground="not-elected", **act)
    effect = org.entries[-1]["effects"][-1]
    assert (effect["voting_before"], effect["voting_after"]) == (5, 4)
    assert (effect["quorum_before"], effect["quorum_after"]) == (3, 2)
    told = explain(org.state, org.entries[-1])
    assert "the quorum falls from 3 to 2" in told
    assert org.person("hal") not in members_of_body(org.state, "ed-0", "council", org.today)


def test_a_panel_does_not_refuse_more_than_the_clause_lets_it() -> None:
    org = council()
    first = refused_by_panel(org, "hal")
    org.accepted(
        "credentials.refuse",
        by="eli",
        mandate=mandate_of(org, "hal", "council"),
        ground="not-elected",
        text="No.",
        decision=first,
    )
    second = refused_by_panel(org, "jo")
    found = ground_of(
        org, "credentials.refuse", "eli", mandate=mandate_of(org, "jo", "council"), ground="not-elected", text="No.",
        decision=second,
    )  # fmt: skip
    assert "at most 1 of 5" in found.says


def test_without_that_line_the_panel_may_refuse_them_all_and_the_lint_says_so() -> None:
    text = SEATED.replace("refuses at most: 1/4 of the delegates\n", "")
    org = council(text)
    for name in ("hal", "jo"):
        decision = refused_by_panel(org, name)
        org.accepted(
            "credentials.refuse", by="eli", mandate=mandate_of(org, name, "council"), ground="not-elected", text="No.",
            decision=decision,
        )  # fmt: skip
    assert standing_of(org.state, "ed-0", "council", org.today).refused == 2


def refused_hal() -> tuple[TestOrganisation, str]:
    """Hal, a delegate of south, refused."""
    org = council()
    decision = refused_by_panel(org, "hal")
    mandate = mandate_of(org, "hal", "council")
    org.accepted("credentials.refuse", by="eli", mandate=mandate, ground="not-elected", text="No.", decision=decision)
    return org, mandate


def test_a_refused_delegate_appeals_in_time_and_is_let_in_by_the_body_of_the_clause() -> None:
    org, mandate = refused_hal()
    assert ground_of(org, "credentials.appeal", "jo", mandate=mandate, text="But yes.").clause == "11"
    org.accepted("credentials.appeal", by="hal", mandate=mandate, text="But yes.")
    assert due(org, "Decide the appeal")
    decision = decided(org, "board", "credentials-of-council", "hal", ("cy", "di", "hal"), (2, 0))
    org.accepted("credentials.decide", by="ben", mandate=mandate, lets_in=True, decision=decision)
    assert org.person("hal") in members_of_body(org.state, "ed-0", "council", org.today)
    assert due(org, "Decide the appeal") == []
    assert org.refused(
        "credentials.refuse", by="eli", mandate=mandate, ground="not-elected", text="No.", decision=decision
    )
    assert org.replayed().digest() == org.state.digest()


def test_an_appeal_that_comes_late_is_refused_and_the_assembly_may_still_overturn() -> None:
    org, mandate = refused_hal()
    org.days(5)
    assert "within 3 days" in ground_of(org, "credentials.appeal", "hal", mandate=mandate, text="But yes.").says
    meeting = met(org, "assembly", "credentials-of-council", (*NORTH, *SOUTH))
    org.accepted(
        "motion.move",
        by="jo",
        body="assembly",
        matter="credentials-of-council",
        text="Hal is in.",
        person=org.person("hal"),
    )
    motion = f"mo-{org.state.n - 1}"
    decision = put_and_declared(org, "assembly", "credentials-of-council", meeting, (9, 1), motion=motion)
    org.accepted("credentials.decide", by="ben", mandate=mandate, lets_in=True, decision=decision)
    assert org.state.seating.examined[mandate].finding == "overturned"


@pytest.mark.parametrize(("refused", "votes"), [("vote", True), ("do not vote", False)])
def test_whether_a_refused_delegate_votes_until_the_appeal_is_decided_is_the_clauses(refused: str, votes: bool) -> None:
    org = council(SEATED.replace("refused: do not vote", f"refused: {refused}"))
    decision = refused_by_panel(org, "hal")
    mandate = mandate_of(org, "hal", "council")
    org.accepted("credentials.refuse", by="eli", mandate=mandate, ground="not-elected", text="No.", decision=decision)
    assert (org.person("hal") in members_of_body(org.state, "ed-0", "council", org.today)) is votes
    assert org.person("hal") not in members_of_body(org.state, "ed-0", "council", "2027-02-01")


def test_where_the_clause_says_so_nobody_votes_unexamined_at_the_meeting() -> None:
    org = council(SEATED.replace("unexamined: vote", "unexamined: do not vote"))
    org.set_clock("2027-01-08")
    org.accepted("credentials.accept", by="eli", mandates=[mandate_of(org, "jo", "council")])
    assert len(members_of_body(org.state, "ed-0", "council", "2027-01-13")) == 5
    assert members_of_body(org.state, "ed-0", "council", "2027-01-14") == (org.person("jo"),)


# -- by lot ------------------------------------------------------------------------------------------------


def lot(org: TestOrganisation) -> str:
    """A lot for the jury, announced by the keeper of polls for 10 January; its id."""
    org.accepted("lot.announce", by="ben", seat="jury", lot=lot_of_secret(SECRET), draw_from="2027-01-10")
    return f"lo-{org.state.n - 1}"


def test_a_jury_is_drawn_by_a_lot_that_nobody_steers_alone() -> None:
    org = seated()
    assert due(org, "Announce a lot for 2 seats")
    assert (
        "later day"
        in ground_of(org, "lot.announce", "ben", seat="jury", lot=lot_of_secret(SECRET), draw_from=org.today).says
    )
    drawn = lot(org)
    assert org.person("ben") not in org.state.seating.lots[drawn].pool
    assert ground_of(org, "lot.join", "ben", lot=drawn).clause == "12"
    assert "another announces a new one" in due(org, "Draw the lot")[0]
    assert "on its day" in ground_of(org, "lot.draw", "ben", lot=drawn, secret=SECRET).says
    org.set_clock("2027-01-10")
    assert "nobody else" in ground_of(org, "lot.draw", "ben", lot=drawn, secret=SECRET).says


def test_whom_the_lot_falls_on_takes_the_seat_and_nobody_else() -> None:
    org = seated()
    drawn = lot(org)
    org.accepted("lot.join", by="gus", lot=drawn)
    assert "once" in ground_of(org, "lot.join", "gus", lot=drawn).says
    org.set_clock("2027-01-10")
    assert "secret" in ground_of(org, "lot.draw", "ben", lot=drawn, secret=to_base64(bytes(32))).says
    org.accepted("lot.draw", by="ben", lot=drawn, secret=SECRET)
    chosen = org.state.seating.lots[drawn].drawn
    assert len(chosen) == 2
    for person in chosen:
        org.accepted("mandate.begin", by="ben", person=person, seat="jury", decision=drawn)
    other = next(one for one in org.state.persons if one not in chosen)
    assert ground_of(org, "mandate.begin", "ben", person=other, seat="jury", decision=drawn).clause == "12"
    assert due(org, "Announce a lot") == []
    assert org.replayed().digest() == org.state.digest()


def test_who_left_a_lot_undrawn_announces_no_other() -> None:
    org = seated()
    lot(org)
    org.set_clock("2027-01-20")
    found = ground_of(org, "lot.announce", "ben", seat="jury", lot=lot_of_secret(SECRET), draw_from="2027-02-01")
    assert "let another announce it" in found.cure
