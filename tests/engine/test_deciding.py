"""From motion to decision: in the right body, on notice, by the roll as frozen, and what follows is derived, not asserted."""

from typing import Any

from isonomy.engine.refusal import Refused
from tests.engine.test_founding import club, says
from tests.organisation import TestOrganisation

ROOT = "A" * 43 + "="


def assembled(
    matters: tuple[str, ...] = ("programme",), present: tuple[str, ...] = ("ada", "ben", "cy")
) -> tuple[TestOrganisation, str]:
    """A club whose congress was called with its notice and is open; everyone has a vote."""
    org = club()
    org.days(95)
    called = org.accepted(
        "meeting.call", by="ben", as_="secretary", body="congress", starts="2027-05-01T10:00", matters=list(matters)
    )
    meeting = called.effects[0]["meeting"]
    org.accepted("notice.send", by="ben", as_="secretary", meeting=meeting, how="post", to_count=3)
    org.set_clock("2027-05-01T09:00:00Z")
    org.accepted("meeting.open", by="ada", as_="chair", meeting=meeting, present=[org.person(name) for name in present])
    return org, meeting


def put(org: TestOrganisation, meeting: str, matter: str, **fields: Any) -> str:
    """Moves a motion and puts it to the vote by show of hands; the poll's id."""
    moved = org.accepted("motion.move", by="cy", body="congress", matter=matter, text=f"On {matter}", **fields)
    opened = org.accepted(
        "poll.open", by="ada", as_="chair", body="congress", question=f"On {matter}?", matter=matter,
        motion=moved.effects[0]["motion"], meeting=meeting,
    )  # fmt: skip
    return str(opened.effects[0]["poll"])


def declared(org: TestOrganisation, poll: str, **tallies: int) -> dict[str, Any]:
    """Declares a show of hands; the effects by name."""
    accepted = org.accepted("poll.declare", by="ada", as_="chair", poll=poll, rule="yes-no", tallies=tallies)
    return {effect["effect"]: effect for effect in accepted.effects}


def test_more_than_half_of_the_votes_cast_carry_and_abstentions_are_not_cast() -> None:
    org, meeting = assembled()
    effects = declared(org, put(org, meeting, "programme"), **{"for": 1, "against": 0, "abstain": 2})
    decision = effects["decision.taken"]
    assert (decision["seat"], decision["matter"], decision["clause"]) == ("congress", "programme", "2")
    assert org.state.decisions[decision["decision"]].text == "On programme"


def test_a_tie_is_not_carried() -> None:
    org, meeting = assembled()
    effects = declared(org, put(org, meeting, "programme"), **{"for": 1, "against": 1, "abstain": 1})
    assert "decision.taken" not in effects
    assert effects["poll.declared"]["outcome"]["winners"] == []


def test_nothing_cast_carries_nothing() -> None:
    org, meeting = assembled()
    assert "decision.taken" not in declared(
        org, put(org, meeting, "programme"), **{"for": 0, "against": 0, "abstain": 3}
    )


def test_no_casting_vote_where_no_clause_gives_one() -> None:
    org, meeting = assembled()
    poll = put(org, meeting, "programme")
    refused = org.refused(
        "poll.declare",
        by="ada",
        as_="chair",
        poll=poll,
        rule="yes-no",
        tallies={"for": 1, "against": 1},
        casting_vote="for",
    )
    assert "no clause gives a casting vote" in says(refused)


def test_more_votes_than_persons_on_the_roll_are_not_declared() -> None:
    org, meeting = assembled()
    poll = put(org, meeting, "programme")
    refused = org.refused(
        "poll.declare", by="ada", as_="chair", poll=poll, rule="yes-no", tallies={"for": 9, "against": 0}
    )
    assert "no more ballots than persons on the roll" in says(refused)


def test_a_matter_is_decided_by_its_own_body() -> None:
    org, _ = assembled()
    refused = org.refused("motion.move", by="cy", body="committee", matter="programme", text="x")
    assert "no body 'committee'" in says(refused)
    refused = org.refused("decision.take", by="ben", as_="secretary", matter="programme", text="x")
    assert refused.grounds[0].clause == "2"


def test_a_matter_not_on_the_notice_is_not_decided() -> None:
    org, meeting = assembled(matters=("spending",))
    org.accepted("motion.move", by="cy", body="congress", matter="programme", text="A new programme")
    refused = org.refused(
        "poll.open",
        by="ada",
        as_="chair",
        body="congress",
        question="?",
        matter="programme",
        motion=f"mo-{org.state.n - 1}",
        meeting=meeting,
    )
    assert "decides the matters it was called for" in says(refused)


def test_a_question_is_put_while_the_meeting_is_open() -> None:
    org, meeting = assembled()
    org.accepted("motion.move", by="cy", body="congress", matter="programme", text="A new programme")
    motion = f"mo-{org.state.n - 1}"
    org.accepted("meeting.close", by="ada", as_="chair", meeting=meeting)
    refused = org.refused(
        "poll.open",
        by="ada",
        as_="chair",
        body="congress",
        question="?",
        matter="programme",
        motion=motion,
        meeting=meeting,
    )
    assert "while the meeting is open" in says(refused)


def test_only_the_chair_or_a_keeper_of_polls_puts_the_question() -> None:
    org, meeting = assembled()
    org.accepted("motion.move", by="cy", body="congress", matter="programme", text="A new programme")
    refused = org.refused(
        "poll.open",
        by="cy",
        body="congress",
        question="?",
        matter="programme",
        motion=f"mo-{org.state.n - 1}",
        meeting=meeting,
    )
    assert "put by the chair" in says(refused)


def test_the_roll_is_frozen_at_the_opening_and_only_loses_the_dead_and_the_gone() -> None:
    org, meeting = assembled()
    moved = org.accepted("motion.move", by="cy", body="congress", matter="programme", text="x")
    opened = org.accepted(
        "poll.open", by="ada", as_="chair", body="congress", question="?", matter="programme",
        motion=moved.effects[0]["motion"], meeting=meeting, secrecy="named",
    )  # fmt: skip
    poll = opened.effects[0]["poll"]
    assert opened.effects[0]["roll_count"] == 3
    org.accepted("member.admit", by="ben", as_="secretary", person=org.person("dora"), unit="north")
    assert "on the roll as of the opening" in says(org.refused("ballot.cast", by="dora", poll=poll, ballot="for"))
    org.accepted("member.leave", by="cy")
    assert org.state.polls[poll].struck == ["p-cy000"]


def test_named_votes_are_entries_and_the_tally_is_theirs() -> None:
    org, meeting = assembled()
    moved = org.accepted("motion.move", by="cy", body="congress", matter="programme", text="x")
    poll = org.accepted(
        "poll.open", by="ada", as_="chair", body="congress", question="?", matter="programme",
        motion=moved.effects[0]["motion"], meeting=meeting, secrecy="named",
    ).effects[0]["poll"]  # fmt: skip
    org.accepted("ballot.cast", by="ada", poll=poll, ballot="for")
    org.accepted("ballot.cast", by="ben", poll=poll, ballot="against")
    org.accepted("ballot.cast", by="ben", poll=poll, ballot="for")
    org.accepted("poll.close", by="ada", as_="chair", poll=poll)
    wrong = org.refused(
        "poll.declare", by="ada", as_="chair", poll=poll, rule="yes-no", tallies={"for": 1, "against": 1}
    )
    assert "the tally is that of the named votes" in says(wrong)
    org.accepted("poll.declare", by="ada", as_="chair", poll=poll, rule="yes-no", tallies={"for": 2, "against": 0})


def test_a_secret_ballot_is_judged_and_is_no_entry() -> None:
    org, meeting = assembled()
    moved = org.accepted("motion.move", by="cy", body="congress", matter="programme", text="x")
    poll = org.accepted(
        "poll.open", by="ada", as_="chair", body="congress", question="?", matter="programme",
        motion=moved.effects[0]["motion"], meeting=meeting, secrecy="secret",
    ).effects[0]["poll"]  # fmt: skip
    before = len(org.entries)
    assert org.accepted("ballot.cast", by="ada", poll=poll, ballot="for", nonce=ROOT).boxed
    assert "carries a nonce" in says(org.refused("ballot.cast", by="ada", poll=poll, ballot="for"))
    assert len(org.entries) == before
    assert "commits to its box" in says(org.refused("poll.close", by="ada", as_="chair", poll=poll))
    org.accepted("poll.close", by="ada", as_="chair", poll=poll, box_root=ROOT, box_size=1, marked=1)
    other = org.refused(
        "poll.declare", by="ada", as_="chair", poll=poll, rule="yes-no", tallies={"for": 1}, box_root="B" * 42 + "A="
    )
    assert "the box declared is the box that was closed" in says(other)
    org.accepted("poll.declare", by="ada", as_="chair", poll=poll, rule="yes-no", tallies={"for": 1}, box_root=ROOT)


def test_an_amendment_needs_its_majority_and_a_protected_clause_a_higher_one() -> None:
    from tests.engine.rulebooks import CLUB

    for changed, needed in ((CLUB.replace("up to 200", "up to 300").replace("up to: 200", "up to: 300"), "2/3"),
                            (CLUB.replace("two thirds of the votes cast, clause 4 by", "three fifths of the votes cast, clause 4 by").replace("majority: 2/3 of cast", "majority: 3/5 of cast"), "3/4")):  # fmt: skip
        org, meeting = assembled(matters=("amendment",))
        lodged = org.accepted("rulebook.lodge", by="cy", rulebook=changed, sha256=sha256(changed))
        edition = lodged.effects[0]["edition"]
        effects = declared(org, put(org, meeting, "amendment", edition=edition), **{"for": 2, "against": 1})
        asked = effects["poll.declared"]["outcome"]["tests"][0]
        assert asked["majority"] == f"{needed} of cast"
        assert ("decision.taken" in effects) == (needed == "2/3")
        if needed == "2/3":
            decision = effects["decision.taken"]["decision"]
            org.accepted(
                "rulebook.adopt",
                by="ben",
                as_="secretary",
                edition=edition,
                decision=decision,
                in_force_from="2027-06-01",
            )
            assert org.state.edition_on("2027-05-31").id == "ed-0"
            assert org.state.edition_on("2027-06-01").id == edition
        else:
            assert isinstance(org.submit("rulebook.adopt", by="ben", as_="secretary", edition=edition), Refused)


def test_a_removal_is_decided_by_the_body_of_the_clause_and_carried_out_once() -> None:
    org, meeting = assembled(matters=("removal-from-secretary", "removal-from-chair"))
    own = org.accepted(
        "motion.move", by="cy", body="congress", matter="removal-from-chair", text="x", person=org.person("ada")
    )
    concerned = org.refused(
        "poll.open", by="ada", as_="chair", body="congress", question="?", matter="removal-from-chair",
        motion=own.effects[0]["motion"], meeting=meeting,
    )  # fmt: skip
    assert "the person concerned does not preside" in says(concerned)
    effects = declared(
        org, put(org, meeting, "removal-from-secretary", person=org.person("ben")), **{"for": 2, "against": 1}
    )
    decision = effects["decision.taken"]["decision"]
    held = org.state.mandates_of_seat("secretary", org.today)[0]
    assert isinstance(org.submit("mandate.end", by="cy", mandate=held.id), Refused)
    org.accepted("mandate.end", by="cy", mandate=held.id, decision=decision)
    assert org.state.mandates_of_seat("secretary", org.today) == []
    assert "is over already" in says(org.refused("mandate.end", by="cy", mandate=held.id, decision=decision))


def test_an_election_gives_its_mandate_once_and_to_the_elected() -> None:
    org, meeting = assembled(matters=("election-of-chair",))
    opened = org.accepted(
        "poll.open", by="ben", as_="secretary", body="congress", question="Who is chair?", matter="election-of-chair", meeting=meeting,
        seat="chair", options=[{"name": "Cy", "person": org.person("cy")}],
    )  # fmt: skip
    poll = opened.effects[0]["poll"]
    accepted = org.accepted(
        "poll.declare", by="ben", as_="secretary", poll=poll, rule="yes-no", tallies={"for": 3, "against": 0}
    )
    decision = accepted.effects[1]["decision"]
    assert org.state.decisions[decision].person == org.person("cy")
    assert isinstance(
        org.submit(
            "mandate.begin", by="ben", as_="secretary", person=org.person("ada"), seat="chair", decision=decision
        ),
        Refused,
    )
    org.accepted("mandate.begin", by="ben", as_="secretary", person=org.person("cy"), seat="chair", decision=decision)
    assert [held.person for held in org.state.mandates_of_seat("chair", org.today)] == ["p-cy000"]
    org.accepted("mandate.end", by="cy", mandate=org.state.mandates_of_seat("chair", org.today)[0].id)
    again = org.refused(
        "mandate.begin", by="ben", as_="secretary", person=org.person("cy"), seat="chair", decision=decision
    )
    assert "gave its mandate already" in says(again)


def test_an_urgent_decision_is_ratified_by_the_body_of_the_clause_in_time_or_lapses() -> None:
    for late in (False, True):
        org, meeting = assembled(matters=("ratification",))
        taken = org.accepted("decision.take", by="ada", as_="chair", matter="spending", text="Oars", amount=150)
        urgent = taken.effects[0]["decision"]
        poll = put(org, meeting, "ratification", ratifies=urgent)
        if late:
            org.days(31)
            assert "decision.ratified" not in declared(org, poll, **{"for": 3, "against": 0})
            assert org.state.decisions[urgent].standing_on(org.today) == "lapsed"
        else:
            effects = declared(org, poll, **{"for": 3, "against": 0})
            assert effects["decision.ratified"]["decision"] == urgent
            assert org.state.decisions[urgent].standing_on("2030-01-01") == "ratified"


def test_of_two_chairs_the_first_entry_stands() -> None:
    org, _ = assembled()
    moved = org.accepted("motion.move", by="cy", body="congress", matter="programme", text="x")
    seen = org.state.n - 1
    motion = moved.effects[0]["motion"]
    org.accepted("motion.second", by="ben", motion=motion)
    refused = org.refused("motion.withdraw", by="cy", motion=motion, expects=seen)
    assert "moved on since you looked" in says(refused)
    org.accepted("motion.withdraw", by="cy", motion=motion, expects=org.state.n - 1)


def sha256(text: str) -> str:
    import hashlib

    return hashlib.sha256(text.encode()).hexdigest()
