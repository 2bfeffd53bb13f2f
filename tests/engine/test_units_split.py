"""A unit that is split or merged ends, and nobody and nothing in it is lost."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from isonomy.engine.duties import duties
from isonomy.engine.proceedings.apportioning import members_by_unit
from isonomy.engine.refusal import Accepted
from isonomy.engine.roll import members_of_body, roll_of
from isonomy.engine.seating import in_unit_since, unit_on
from tests.engine.test_founding import says
from tests.engine.test_orders_from_outside import BOARD, League

OAK = (*BOARD, "eli", "flo", "gus")


def decided(org: League, matter: str, text: str) -> str:
    """A decision of the board at a meeting eight days ahead."""
    start = (date.fromisoformat(org.today) + timedelta(days=8)).isoformat()
    org.accepted("meeting.call", by="ada", as_="chair", body="board", starts=f"{start}T19:00", matters=[matter])
    meeting = f"mt-{org.state.n - 1}"
    org.accepted("notice.send", by="ada", as_="chair", meeting=meeting, how="post", to_count=4)
    org.set_clock(f"{start}T19:30:00Z")
    org.accepted("meeting.open", by="ada", as_="chair", meeting=meeting, present=[org.person(one) for one in BOARD])
    org.accepted("motion.move", by="ada", body="board", matter=matter, text=text)
    put = {"question": "So?", "matter": matter, "motion": f"mo-{org.state.n - 1}", "secrecy": "by show of hands"}
    org.accepted("poll.open", by="ada", body="board", meeting=meeting, **put)
    poll = f"po-{org.state.n - 1}"
    org.accepted("poll.declare", by="ada", poll=poll, rule="yes-no", tallies={"for": 4, "against": 0, "abstain": 0})
    return f"de-{org.state.n - 1}"


def split(org: League, ash: tuple[str, ...] = ("ada", "ben"), fir: tuple[str, ...] = ("cy",), **more: Any) -> Any:
    decision = decided(org, "splitting-of-lodge", "oak becomes ash and fir.")
    into = [
        {"unit": "ash", "members": [org.person(one) for one in ash]},
        {"unit": "fir", "members": [org.person(one) for one in fir]},
    ]
    return org.submit("unit.split", by="ada", unit="oak", into=into, goes_on_in="fir", decision=decision, **more)


def test_the_old_id_ends_and_names_its_successors() -> None:
    org = League()
    assert isinstance(split(org), Accepted)
    oak = org.state.units["oak"]
    assert (oak.closed_on, oak.into, oak.heir) == (org.today, ("ash", "fir"), "fir")
    refused = org.refused("member.move", by="eli", person=org.person("eli"), unit="oak")
    assert refused.grounds


def test_who_is_on_no_list_counts_above_chooses_first_and_is_then_assigned() -> None:
    org = League()
    split(org)
    eli = org.person("eli")
    assert org.state.persons[eli].unit == ""
    assert eli in roll_of(org.state, "ed-0", org.today)
    assert "chooses" in says(org.refused("member.move", by="ben", as_="secretary", person=eli, unit="ash"))
    owed = [duty for duty in duties(org.state, date.fromisoformat(org.today)) if duty.id == "assign oak"]
    assert [(duty.seats, duty.due_on) for duty in owed] == [(("secretary",), "2027-02-11")]
    org.accepted("member.move", by="eli", person=eli, unit="fir")
    org.days(31)
    org.accepted("member.move", by="ben", as_="secretary", person=org.person("flo"), unit="ash")
    assert set(org.state.to_assign) == {org.person("di"), org.person("gus")}


def test_offices_run_to_term_in_the_successor_in_which_things_go_on() -> None:
    org = League()
    split(org)
    assert members_of_body(org.state, "ed-0", "warden@fir", org.today) == (org.person("di"),)
    assert not members_of_body(org.state, "ed-0", "warden@oak", org.today)


def test_counts_as_of_a_day_before_are_those_of_that_day() -> None:
    org = League()
    before = org.today
    split(org)
    book = org.state.rulebook("ed-0")
    assert members_by_unit(org.state, book, "lodge", before)[0] == {"elm": 1, "oak": 7}
    assert members_by_unit(org.state, book, "lodge", org.today)[0] == {"ash": 2, "elm": 1, "fir": 1}
    assert unit_on(org.state, org.person("eli"), before) == "oak"


def test_time_in_the_unit_goes_on_in_a_successor() -> None:
    org = League()
    founded = org.today
    split(org)
    assert in_unit_since(org.state, org.person("ada")) == founded


def test_a_decision_that_does_not_name_the_units_splits_none() -> None:
    org = League()
    decision = decided(org, "splitting-of-lodge", "Some lodge is split.")
    into = [{"unit": "ash"}, {"unit": "fir"}]
    refused = org.refused("unit.split", by="ada", unit="oak", into=into, goes_on_in="fir", decision=decision)
    assert "a decision that names them all" in says(refused)


def test_open_motions_and_meetings_of_a_unit_go_on_and_what_is_over_keeps_the_old_id() -> None:
    from tests.engine.meeting_rulebooks import branches

    org = branches()
    org.accepted("motion.move", by="nia", body="branch-meeting@north", matter="branch-rooms", text="Two rooms.")
    from isonomy.engine.following_units import follow

    motion = f"mo-{org.state.n - 1}"
    follow(org.state, "north", "south", org.today)
    assert org.state.motions[motion].body == "branch-meeting@south"
    org.state.motions[motion].standing = "carried"
    follow(org.state, "south", "west", org.today)
    assert org.state.motions[motion].body == "branch-meeting@south"


def test_merged_units_bring_all_their_members() -> None:
    org = League()
    decision = decided(org, "merging-of-lodge", "oak and elm become wood.")
    org.accepted("unit.merge", by="ada", units=["oak", "elm"], into="wood", decision=decision)
    book = org.state.rulebook("ed-0")
    assert members_by_unit(org.state, book, "lodge", org.today)[0] == {"wood": 8}


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(["ash", "fir", ""]), min_size=len(OAK), max_size=len(OAK)), st.booleans())
def test_a_split_keeps_the_number_of_members(places: list[str], leaves: bool) -> None:
    """However they are assigned: nobody is lost, nobody is in two units, and each has one vote."""
    org = League()
    if leaves:
        org.accepted("member.leave", by="gus")
    staying = [name for name in OAK if not (leaves and name == "gus")]
    before = roll_of(org.state, "ed-0", org.today)
    lists = {
        unit: tuple(n for n, at in zip(OAK, places, strict=True) if at == unit and n in staying)
        for unit in ("ash", "fir")
    }
    assert isinstance(split(org, lists["ash"], lists["fir"]), Accepted)
    assert roll_of(org.state, "ed-0", org.today) == before
    counted = members_by_unit(org.state, org.state.rulebook("ed-0"), "lodge", org.today)[0]
    assert sum(counted.values()) + len(org.state.to_assign) == len(before)
