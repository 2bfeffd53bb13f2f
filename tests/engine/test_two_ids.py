"""One person under two ids has one vote, loses nothing unheard, and can be parted again."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from isonomy.engine.eligibility import mandates_of
from isonomy.engine.roll import members_of_body, roll_of
from isonomy.engine.state import State
from tests.engine.test_founding import says
from tests.engine.test_orders_from_outside import League

NAMES = ("ada", "ben", "cy", "di", "eli", "flo", "gus", "hal")


def proposed(org: League, kept: str = "eli", joined: str = "flo", by: str = "ben") -> str:
    org.accepted(
        "same_person", by=by, as_="secretary", person=org.person(kept), joined=org.person(joined), evidence="One hand.",
        certainty="certain",
    )  # fmt: skip
    return f"jo-{org.state.n - 1}"


def joined(org: League, kept: str = "eli", other: str = "flo") -> str:
    id = proposed(org, kept, other)
    org.days(11)
    org.accepted("same_person.settle", by="ben", as_="secretary", joining=id)
    return id


def test_the_person_is_heard_before_anything_is_joined() -> None:
    org = League()
    id = proposed(org)
    assert "may object within 10 days" in says(org.refused("same_person.settle", by="ben", as_="secretary", joining=id))
    org.accepted("same_person.object", by="eli", joining=id, text="We are two.")
    org.days(20)
    assert "the body decides on an objection" in says(
        org.refused("same_person.settle", by="ben", as_="secretary", joining=id)
    )
    assert len(roll_of(org.state, "ed-0", org.today)) == 8


def test_nobody_else_objects_and_nobody_objects_too_late() -> None:
    org = League()
    id = proposed(org)
    assert "the person who would be joined" in says(org.refused("same_person.object", by="gus", joining=id, text="No."))
    org.days(11)
    assert "within 10 days" in says(org.refused("same_person.object", by="flo", joining=id, text="No."))


def test_once_joined_there_is_one_vote_and_the_other_id_does_not_act() -> None:
    org = League()
    joined(org)
    roll = members_of_body(org.state, "ed-0", "assembly", org.today)
    assert org.person("eli") in roll
    assert org.person("flo") not in roll
    refused = org.refused("motion.move", by="flo", body="assembly", matter="songs", text="Another.")
    assert f"is one person with {org.person('eli')}" in says(refused)


def test_mandates_of_both_count_together_and_a_seat_held_twice_is_held_once() -> None:
    org = League()
    joined(org, "ada", "di")
    mine = mandates_of(org.state, org.person("ada"))
    assert {one.seat for one in mine} == {"chair", "board", "warden@oak"}
    assert sum(one.seat == "board" and one.is_valid_on(org.today) for one in mine) == 1
    assert members_of_body(org.state, "ed-0", "board", org.today) == tuple(
        sorted(map(org.person, ("ada", "ben", "cy")))
    )


def test_entries_keep_the_ids_under_which_they_were_made() -> None:
    org = League()
    org.accepted("motion.move", by="flo", body="assembly", matter="songs", text="An old one.")
    before = list(org.entry_bytes)
    joined(org)
    assert org.entry_bytes[: len(before)] == before
    assert org.state.motions["mo-1"].mover == org.person("flo")


def test_replaying_the_entries_gives_the_live_state() -> None:
    from isonomy.engine.apply import apply

    org = League()
    joined(org, "ada", "di")
    again = State()
    for entry in org.entries:
        apply(again, entry)
    assert again.digest() == org.state.digest()


def _songs(org: League, secrecy: str = "named") -> str:
    """A poll of the assembly that is open; its id."""
    org.accepted("meeting.call", by="ada", as_="chair", body="assembly", starts="2027-01-15T19:00", matters=["songs"])
    meeting = f"mt-{org.state.n - 1}"
    org.accepted("notice.send", by="ada", as_="chair", meeting=meeting, how="post", to_count=8)
    org.set_clock("2027-01-15T19:30:00Z")
    there = [org.person(name) for name in NAMES]
    org.accepted("meeting.open", by="ada", as_="chair", meeting=meeting, present=there)
    org.accepted("motion.move", by="cy", body="assembly", matter="songs", text="An old one.")
    put: dict[str, Any] = {
        "body": "assembly",
        "question": "Shall we?",
        "matter": "songs",
        "motion": f"mo-{org.state.n - 1}",
    }
    org.accepted("poll.open", by="ada", meeting=meeting, secrecy=secrecy, **put)
    return f"po-{org.state.n - 1}"


def test_the_double_entry_of_who_voted_once_is_struck_from_an_open_roll() -> None:
    org = League()
    id = proposed(org)
    poll = _songs(org)
    org.accepted("ballot.cast", by="flo", poll=poll, ballot="for")
    org.accepted("same_person.settle", by="ben", as_="secretary", joining=id)
    assert org.state.polls[poll].struck == [org.person("eli")]
    assert org.refused("ballot.cast", by="eli", poll=poll, ballot="for").grounds


def test_two_votes_of_one_person_are_reviewed_before_the_result_is_declared() -> None:
    org = League()
    id = proposed(org)
    poll = _songs(org)
    for name in ("eli", "flo", "cy"):
        org.accepted("ballot.cast", by=name, poll=poll, ballot="for")
    org.accepted("same_person.settle", by="ben", as_="secretary", joining=id)
    org.accepted("poll.close", by="cy", as_="teller", poll=poll)
    refused = org.refused(
        "poll.declare", by="cy", as_="teller", poll=poll, rule="yes-no", tallies={"for": 3, "against": 0, "abstain": 0}
    )
    assert "a double entry on the roll is reviewed" in says(refused)
    org.accepted(
        "same_person.review", by="cy", as_="teller", joining=id, poll=poll, finding="Alike.", strikes=org.person("flo")
    )
    org.accepted(
        "poll.declare", by="cy", as_="teller", poll=poll, rule="yes-no", tallies={"for": 2, "against": 0, "abstain": 0}
    )


def test_a_double_entry_in_a_secret_box_is_reviewed_too() -> None:
    org = League()
    id = proposed(org)
    poll = _songs(org, "secret")
    org.accepted("same_person.settle", by="ben", as_="secretary", joining=id)
    assert org.state.joinings[id].doubles == [poll]
    assert "cannot be struck" in says(
        org.refused(
            "same_person.review",
            by="cy",
            as_="teller",
            joining=id,
            poll=poll,
            finding="One.",
            strikes=org.person("flo"),
        )
    )


pairs = st.lists(st.sampled_from(NAMES), min_size=2, max_size=2, unique=True)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(pairs, st.booleans()), max_size=4))
def test_a_person_joined_never_has_two_votes_on_any_roll_opened_after(story: list[tuple[list[str], bool]]) -> None:
    """Whatever is joined in whatever order: as many votes as persons, and no joined id on any roll."""
    org = League()
    org.accepted("member.admit", by="ben", as_="secretary", person=org.person("ivy"), unit="oak")
    for (kept, other), objects in story:
        verdict = org.submit(
            "same_person", by="ben", as_="secretary", person=org.person(kept), joined=org.person(other), evidence="One hand.",
            certainty="certain",
        )  # fmt: skip
        if not hasattr(verdict, "effects"):
            continue
        id = f"jo-{org.state.n - 1}"
        if objects:
            org.submit("same_person.object", by=other, joining=id, text="No.")
        org.days(11)
        org.submit("same_person.settle", by="ben", as_="secretary", joining=id)
    gone = {one.joined for one in org.state.joinings.values() if one.standing == "joined"}
    for body in ("members", "assembly", "board"):
        roll = members_of_body(org.state, "ed-0", body, org.today)
        assert not gone & set(roll)
        assert len(roll) == len(set(roll))
    assert len(roll_of(org.state, "ed-0", org.today)) == 9 - len(gone)
