"""Nominations: by whom, in time, with consent and seconders; the paper is fixed by a lot that nobody steers alone."""

from __future__ import annotations

import pytest

from isonomy.counting.tie import lot_order
from isonomy.engine.lots import lot_of, lot_of_secret, opening_of, seed
from tests.engine.election_rulebooks import LOT, OPENING, PEOPLE, SECRET, closed, election, opened, polled, stood, weir
from tests.engine.test_founding import says
from tests.organisation import TestOrganisation


def test_an_election_fills_the_seats_that_are_vacant_and_takes_nominations_for_its_time() -> None:
    org = weir()
    found = election(org, opened(org))
    assert (found.seats, found.vacant_on, found.nominations_until) == (3, "2027-01-04", "2027-01-18")
    assert (found.opened_by, found.lot, found.standing) == (org.person("ada"), LOT, "nominating")


def test_without_nominations_in_the_clause_there_is_no_election_to_open() -> None:
    org = weir()
    refused = org.refused("election.open", by="ada", as_="secretary", body="assembly", seat="chair", lot=LOT)
    assert "no clause has nominations" in says(refused)
    assert "poll.open" in refused.grounds[0].cure


def test_where_the_clause_has_nominations_nobody_else_names_the_candidates() -> None:
    org = weir()
    options = [{"name": "Ann", "person": org.person("ann")}, {"name": "Bob", "person": org.person("bob")}]
    refused = org.refused(
        "poll.open", by="ada", as_="secretary", body="assembly", question="?", matter="election-of-council",
        seat="council", seats=2, options=options, closes_on="2027-02-04",
    )  # fmt: skip
    assert "candidates come from nominations" in says(refused)


def test_an_election_is_opened_by_the_returning_officer_of_the_clause() -> None:
    org = weir(returning_officer="chair")
    assert "returning officer" in says(
        org.refused("election.open", by="ada", as_="secretary", body="assembly", seat="council", lot=LOT)
    )
    org.accepted("election.open", by="ben", as_="chair", body="assembly", seat="council", lot=LOT)


def test_there_is_one_election_to_a_seat_at_a_time() -> None:
    org = weir()
    opened(org)
    refused = org.refused("election.open", by="ada", as_="secretary", body="assembly", seat="council", lot=LOT)
    assert "one election to a seat at a time" in says(refused)


def test_the_lot_is_published_before_anybody_is_nominated() -> None:
    org = weir()
    refused = org.refused("election.open", by="ada", as_="secretary", body="assembly", seat="council")
    assert "the lot is published" in says(refused)
    org = weir(order_on_the_paper="order of nomination", tie="not carried", counting="plurality")
    org.accepted("election.open", by="ada", as_="secretary", body="assembly", seat="council")


def test_nominations_open_no_earlier_before_the_vacancy_than_the_clause_says() -> None:
    org = weir(nominations="open 6 weeks before the vacancy for 2 weeks")
    fields = {"body": "assembly", "seat": "council", "lot": LOT, "vacant_on": "2027-03-15"}
    refused = org.refused("election.open", by="ada", as_="secretary", **fields)
    assert refused.grounds[0].cure == "open it on 2027-02-01 or later"
    org.set_clock("2027-02-01")
    assert election(org, opened(org, vacant_on="2027-03-15")).nominations_until == "2027-02-15"


def test_a_seat_that_falls_vacant_later_is_filled_before_it_does() -> None:
    org = weir()
    for name in ("cy", "dot", "ann"):
        org.state.mandates[f"ma-{name}"] = type(org.state.mandates["ma-0-0"])(
            f"ma-{name}", org.person(name), "council", "2026-06-01", "2027-06-01", "3"
        )
        org.state.by_seat.setdefault("council", []).append(f"ma-{name}")
    found = election(org, opened(org))
    assert (found.vacant_on, found.seats) == ("2027-06-01", 3)


def test_nothing_vacant_nothing_elected() -> None:
    org = weir()
    refused = org.refused("election.open", by="ada", as_="secretary", body="assembly", seat="council", lot=LOT, seats=2)
    assert "3 are elected" in says(refused)
    assert "vacant today or fall vacant later" in says(
        org.refused(
            "election.open", by="ada", as_="secretary", body="assembly", seat="council", lot=LOT, vacant_on="2026-12-01"
        )
    )


def test_nobody_becomes_a_candidate_without_an_act_of_their_own() -> None:
    org = weir()
    id = opened(org)
    org.accepted("nomination.make", by="ann", election=id, person=org.person("bob"))
    org.accepted("nomination.make", by="ann", election=id, person=org.person("cat"))
    assert not election(org, id).candidates[org.person("bob")].accepted
    org.accepted("nomination.accept", by="bob", election=id)
    assert "is not nominated" in says(org.refused("nomination.accept", by="dan", election=id))
    effect = closed(org, id)["nominations.closed"]
    assert effect["paper"] == [org.person("bob")]
    assert effect["dropped"] == [{"person": org.person("cat"), "why": "did not consent"}]


def test_who_nominates_oneself_consents_with_it() -> None:
    org = weir()
    id = opened(org)
    stood(org, id, "ann")
    assert election(org, id).candidates[org.person("ann")].accepted
    assert "consented already" in says(org.refused("nomination.accept", by="ann", election=id))


def test_a_person_is_nominated_once() -> None:
    org = weir()
    id = opened(org)
    stood(org, id, "ann")
    refused = org.refused("nomination.make", by="bob", election=id, person=org.person("ann"))
    assert "nominated already" in says(refused)


def test_seconders_are_others_than_nominee_and_nominator_and_too_few_let_it_lapse() -> None:
    org = weir(seconders="2")
    id = opened(org)
    org.accepted("nomination.make", by="ann", election=id, person=org.person("bob"))
    org.accepted("nomination.accept", by="bob", election=id)
    for name in ("ann", "bob"):
        refused = org.refused("nomination.second", by=name, election=id, person=org.person("bob"))
        assert "different persons" in says(refused)
    org.accepted("nomination.second", by="cat", election=id, person=org.person("bob"))
    assert "different persons" in says(
        org.refused("nomination.second", by="cat", election=id, person=org.person("bob"))
    )
    stood(org, id, "dan")
    for name in ("eve", "fay"):
        org.accepted("nomination.second", by=name, election=id, person=org.person("dan"))
    effect = closed(org, id)["nominations.closed"]
    assert effect["paper"] == [org.person("dan")]
    assert effect["dropped"][0]["why"] == "1 of 2 seconders"


def test_who_may_nominate_is_as_the_clause_says() -> None:
    org = weir(nominated_by="watch")
    id = opened(org)
    assert "those the clause names" in says(
        org.refused("nomination.make", by="ann", election=id, person=org.person("ann"))
    )
    org.accepted("nomination.make", by="cy", as_="watch", election=id, person=org.person("ann"))


def test_nominations_are_taken_through_their_last_day_and_not_after_it() -> None:
    org = weir()
    id = opened(org)
    org.days(14)
    stood(org, id, "ann")
    assert "through their last day" in says(
        org.refused("nominations.close", by="ada", as_="secretary", election=id, opening=OPENING)
    )
    org.days(1)
    assert "nominations are closed" in says(
        org.refused("nomination.make", by="bob", election=id, person=org.person("bob"))
    )


def test_a_candidate_is_one_who_may_hold_the_seat() -> None:
    org = weir()
    id = opened(org)
    refused = org.refused("nomination.make", by="ann", election=id, person="p-stranger")
    assert refused.grounds[0].facts["found"] == "is not a member"
    stood(org, id, "bob")
    org.accepted("member.leave", by="bob")
    assert closed(org, id)["nominations.closed"]["dropped"][0]["why"] == "is not a member"


def test_who_holds_the_secret_of_the_lot_does_not_stand() -> None:
    org = weir()
    id = opened(org)
    refused = org.refused("nomination.make", by="ada", election=id, person=org.person("ada"))
    assert "secret of the lot" in says(refused)


def test_a_candidate_does_not_preside() -> None:
    org = weir(returning_officer="chair")
    id = str(
        org.accepted("election.open", by="ben", as_="chair", body="assembly", seat="council", lot=LOT).effects[0][
            "election"
        ]
    )
    stood(org, id, "ann", "bob", "cat", "dan")
    org.accepted("mandate.end", by="ben", mandate="ma-0-1")
    org.days(15)
    refused = org.refused("nominations.close", by="ann", election=id, opening=OPENING)
    assert refused.grounds
    org.accepted("nominations.close", by="ada", as_="secretary", election=id, opening=OPENING)


def test_a_withdrawn_candidate_is_not_on_the_paper_and_does_not_come_back() -> None:
    org = weir()
    id = opened(org)
    stood(org, id, "ann", "bob")
    org.accepted("nomination.withdraw", by="ann", election=id)
    assert "withdrawn already" in says(org.refused("nomination.withdraw", by="ann", election=id))
    assert closed(org, id)["nominations.closed"]["dropped"][0] == {"person": org.person("ann"), "why": "withdrew"}


def test_without_candidates_the_election_has_failed_and_another_may_be_opened() -> None:
    org = weir()
    id = opened(org)
    effect = closed(org, id)["nominations.closed"]
    assert (effect["result"], effect["why"]) == ("failed", "nobody stands")
    assert opened(org) != id


def test_uncontested_is_elected_at_once_where_the_clause_says_so() -> None:
    org = weir(uncontested="elected")
    id = opened(org)
    stood(org, id, "ann", "bob")
    effects = closed(org, id)
    decision = effects["decision.taken"]
    assert decision["matter"] == "election-of-council"
    assert decision["person"].split() == effects["nominations.closed"]["paper"]
    org.accepted(
        "mandate.begin",
        by="ada",
        as_="secretary",
        person=org.person("ann"),
        seat="council",
        decision=decision["decision"],
    )
    again = election(org, opened(org))
    assert again.seats == 2


def test_uncontested_is_polled_all_the_same_where_the_clause_says_nothing() -> None:
    org = weir()
    id = opened(org)
    stood(org, id, "ann")
    effects = closed(org, id)
    assert effects["nominations.closed"]["result"] == "poll"
    assert "decision.taken" not in effects
    poll = polled(org, id)
    assert [option.person for option in org.state.polls[poll].options] == [org.person("ann")]


def test_the_paper_is_in_the_order_of_the_published_lot() -> None:
    org = weir()
    id = opened(org)
    stood(org, id, *PEOPLE)
    assert "drawn from the lot" in says(org.refused("nominations.close", by="ada", as_="secretary", election=id))
    org.days(15)
    wrong = org.refused("nominations.close", by="ada", as_="secretary", election=id, opening=SECRET)
    assert "does not open the lot" in says(wrong)
    org.clock.move(days=-15)
    paper = closed(org, id)["nominations.closed"]["paper"]
    consents = [entry["act"]["id"] for entry in org.entries if entry["act"]["act"] == "nomination.make"]
    order = lot_order(range(1, 9), seed("paper", id, OPENING, consents), 0)
    assert paper == [org.person(PEOPLE[number - 1]) for number in order]
    assert paper != [org.person(name) for name in PEOPLE]


def test_an_order_of_nomination_is_what_it_says() -> None:
    org = weir(order_on_the_paper="order of nomination")
    id = opened(org)
    stood(org, id, "fay", "ann", "dan", "cat")
    assert closed(org, id, opening=None)["nominations.closed"]["paper"] == [
        org.person(name) for name in ("fay", "ann", "dan", "cat")
    ]


def test_after_a_withdrawal_nominations_are_closed_again_and_the_rest_keep_their_order() -> None:
    org = weir()
    id = opened(org)
    stood(org, id, "ann", "bob", "cat", "dan", "eve")
    paper = closed(org, id)["nominations.closed"]["paper"]
    assert "closed once" in org.refused("nominations.close", by="ada", as_="secretary", election=id).grounds[0].cure
    org.accepted("nomination.withdraw", by="cat", election=id)
    refused = org.refused(
        "poll.open", by="ada", as_="secretary", body="assembly", question="?", matter="election-of-council", election=id,
        closes_on="2027-03-01",
    )  # fmt: skip
    assert refused.grounds[0].cure == "close nominations again"
    again = org.accepted("nominations.close", by="ada", as_="secretary", election=id).effects[0]["paper"]
    assert again == [person for person in paper if person != org.person("cat")]


def test_an_election_whose_poll_is_not_opened_in_time_has_lapsed() -> None:
    org = weir()
    id = opened(org)
    stood(org, id, "ann", "bob")
    closed(org, id)
    org.set_clock("2027-03-20")
    refused = org.refused(
        "poll.open", by="ada", as_="secretary", body="assembly", question="?", matter="election-of-council", election=id,
        closes_on="2027-04-01",
    )  # fmt: skip
    assert "the election is lapsed" in says(refused)
    opened(org)


@pytest.mark.parametrize(
    ("codes", "result"), [({"ann": "w", "bob": "m"}, "failed"), ({"ann": "w", "bob": "w"}, "elected")]
)
def test_a_constraint_that_nobody_can_meet_fails_the_election_before_the_count(
    codes: dict[str, str], result: str
) -> None:
    org = weir(codes=codes, constraint="at least 2 of gender w", uncontested="elected")
    id = opened(org)
    stood(org, id, "ann", "bob")
    assert closed(org, id)["nominations.closed"]["result"] == result


def test_opening_and_lot_are_plain_digests() -> None:
    assert lot_of(opening_of(SECRET)) == lot_of_secret(SECRET)
    assert seed("count", "po-1", SECRET, ["a", "b"]) != seed("count", "po-2", SECRET, ["a", "b"])
    assert seed("count", "po-1", SECRET, ["a"]) != seed("countback", "po-1", SECRET, ["a"])


def test_the_lot_changes_with_every_consent() -> None:
    one, two = ["a" * 32, "b" * 32], ["a" * 32, "c" * 32]
    assert seed("paper", "el-1", OPENING, one) != seed("paper", "el-1", OPENING, two)


def test_of_two_closings_at_once_the_first_entry_stands() -> None:
    org = weir()
    id = opened(org)
    seen = len(org.entries) - 1
    stood(org, id, "ann", "bob", "cat", "dan")
    org.days(15)
    refused = org.refused("nominations.close", by="ada", as_="secretary", election=id, opening=OPENING, expects=seen)
    assert "moved on since you looked" in says(refused)


def at_the_meeting() -> tuple[TestOrganisation, str]:
    """The club in a meeting that elects its council, nominations taken there; the meeting."""
    org = weir(taken=None, polling=None, nominations="open at the meeting", secrecy="named")
    called = org.accepted(
        "meeting.call",
        by="ada",
        as_="secretary",
        body="assembly",
        starts=f"{org.today}T09:00",
        matters=["election-of-council"],
    )
    meeting = str(called.effects[0]["meeting"])
    present = [org.person(name) for name in ("ada", "ben", "cy", "dot", *PEOPLE)]
    org.accepted("meeting.open", by="ben", as_="chair", meeting=meeting, present=present)
    return org, meeting


def test_nominations_at_the_meeting_are_open_while_it_takes_them() -> None:
    org, meeting = at_the_meeting()
    refused = org.refused("election.open", by="ada", as_="secretary", body="assembly", seat="council", lot=LOT)
    assert "nominations are taken at the meeting" in says(refused)
    id = opened(org, meeting=meeting)
    stood(org, id, "ann", "bob", "cat", "dan")
    org.accepted("nominations.close", by="ada", as_="secretary", election=id, opening=OPENING)
    assert "nominations are closed" in says(
        org.refused("nomination.make", by="eve", election=id, person=org.person("eve"))
    )
    poll = org.accepted(
        "poll.open", by="ada", as_="secretary", body="assembly", question="Who?", matter="election-of-council",
        election=id, meeting=meeting,
    ).effects[0]["poll"]  # fmt: skip
    assert len(org.state.polls[poll].options) == 4


def test_when_the_meeting_is_over_so_are_its_nominations() -> None:
    org, meeting = at_the_meeting()
    id = opened(org, meeting=meeting)
    stood(org, id, "ann")
    org.accepted("meeting.close", by="ben", as_="chair", meeting=meeting)
    assert "nominations are closed" in says(
        org.refused("nomination.make", by="eve", election=id, person=org.person("eve"))
    )
    org = weir()
    refused = org.refused(
        "election.open", by="ada", as_="secretary", body="assembly", seat="council", lot=LOT, meeting="mt-3"
    )
    assert 'leave "meeting" out' in refused.grounds[0].cure
