"""What is put is what was moved, an option means what the clause lets it mean, and nobody's word makes a result."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from isonomy.engine.refusal import Refused
from tests.engine.rulebooks import CLUB, FRONT
from tests.engine.test_deciding import assembled, declared, put
from tests.engine.test_founding import says
from tests.organisation import TestOrganisation

ROOT = "A" * 43 + "="

BALLOTS = (
    FRONT.format(name="Society of Ballots")
    + """## 1. Assembly
All members are the assembly. It meets on call of the registrar with 2 days of notice; a third is a quorum.

```rule body assembly, supreme
filled by: all members
meets: on call of registrar
notice: 2 days
quorum: 1/3 of the members
chaired by: president
decides: programme; roof; everything else
majority: 1/2 of present
```

```rule decision property
by: assembly
matters: property
majority: 2/3 of cast
seconders: 2
discussion: 3 days
casting vote: president, second vote
tie: casting vote
```

```rule decision wording
by: assembly
matters: wording
counting: debian-2015
default option: Further discussion
```

```rule decision ranking
by: assembly
matters: ranking
counting: schulze-wv
```

```rule decision polled
by: assembly
matters: opinion
taken: by poll
polling: 3 days
```

```rule office president
filled by: election by assembly
term: 1 year
removable by: assembly, majority 3/4
```

```rule office registrar
filled by: election by assembly
term: 1 year
removable by: assembly
keeps: roll; minutes; record
```

```rule body board
filled by: election by assembly
seats: 2
```

```rule election board
by: assembly
counting: plurality
```

```rule power purse
held by: board
matters: spending
up to: 100
lapses: after 10 days unless ratified by assembly
```

```rule amend rules
by: assembly
majority: 2/3 of cast
```
"""
)
SIX = ("ada", "ben", "cy", "dora", "emil", "fay")


def society(*matters: str, present: tuple[str, ...] = SIX) -> tuple[TestOrganisation, str]:
    """Six members with president and registrar, and a sitting of their assembly on some matters."""
    org = TestOrganisation(BALLOTS, SIX, mandates={"president": "ada", "registrar": "ben", "board": ("cy", "dora")})
    called = org.accepted(
        "meeting.call", by="ben", as_="registrar", body="assembly", starts="2027-01-08T10:00", matters=list(matters)
    )
    meeting = str(called.effects[0]["meeting"])
    org.accepted("notice.send", by="ben", as_="registrar", meeting=meeting, how="post", to_count=6)
    org.set_clock("2027-01-08T10:00:00Z")
    people = [org.person(name) for name in present]
    org.accepted("meeting.open", by="ada", as_="president", meeting=meeting, present=people)
    return org, meeting


def opened(
    org: TestOrganisation, meeting: str, matter: str, *, by: str = "ada", as_: str = "president", **fields: Any
) -> Any:
    """The verdict on putting a question in the assembly."""
    return org.submit(
        "poll.open", by=by, as_=as_, body="assembly", question="?", matter=matter, meeting=meeting or None, **fields
    )


def refused(verdict: Any) -> str:
    assert isinstance(verdict, Refused), verdict
    return says(verdict)


# -- what is put -------------------------------------------------------------------------------------------


def test_what_needs_seconders_and_discussion_is_not_put_without_a_motion() -> None:
    org, meeting = society("property")
    assert "is moved before it is put" in refused(opened(org, meeting, "property"))


@pytest.mark.parametrize("matter", ["amendment", "removal-from-president"])
def test_what_has_an_object_is_not_put_without_a_motion_that_names_it(matter: str) -> None:
    org, meeting = society(matter)
    assert "is moved before it is put" in refused(opened(org, meeting, matter))


def test_one_motion_is_voted_on_once_at_a_time() -> None:
    org, meeting = society("programme")
    moved = org.accepted("motion.move", by="cy", body="assembly", matter="programme", text="x")
    motion = moved.effects[0]["motion"]
    assert not isinstance(opened(org, meeting, "programme", motion=motion), Refused)
    assert "being voted on" in refused(opened(org, meeting, "programme", motion=motion))


def test_a_motion_is_not_withdrawn_between_the_vote_and_its_result() -> None:
    org, meeting = society("programme")
    moved = org.accepted("motion.move", by="cy", body="assembly", matter="programme", text="x")
    motion = moved.effects[0]["motion"]
    poll = opened(org, meeting, "programme", motion=motion, secrecy="named").effects[0]["poll"]
    org.accepted("ballot.cast", by="cy", poll=poll, ballot="for")
    org.accepted("poll.close", by="ada", as_="president", poll=poll)
    assert "is not withdrawn" in says(org.refused("motion.withdraw", by="cy", motion=motion))


def test_a_question_has_no_second_option_whose_winner_somebody_would_name() -> None:
    org, meeting = society("programme")
    assert "needs a counting rule" in refused(opened(org, meeting, "programme", options=[{"name": "A"}, {"name": "B"}]))


def test_persons_stand_as_options_in_an_election_alone() -> None:
    org, meeting = society("programme")
    verdict = opened(org, meeting, "programme", options=[{"name": "Yes", "person": "p-fay000"}])
    assert "in an election alone" in refused(verdict)


def test_nobody_is_made_the_default_option() -> None:
    """Marked as the option of no decision, a candidate could win and be elected to nothing."""
    org, meeting = society("election-of-board")
    candidates = [{"name": "Emil", "person": "p-emil000"}, {"name": "Fay", "person": "p-fay000", "default": True}]
    verdict = opened(org, meeting, "election-of-board", seat="board", options=candidates)
    assert "no clause has a default option here" in refused(verdict)
    org, meeting = society("wording")
    renamed = [{"name": "A"}, {"name": "B", "default": True}]
    assert "the default option is 'Further discussion'" in refused(opened(org, meeting, "wording", options=renamed))


def test_an_option_of_another_matter_does_not_come_in_by_the_side_door() -> None:
    org, meeting = society("wording", "programme")
    default = {"name": "Further discussion", "default": True}
    for matter, why in (("removal-from-registrar", "not decided as one option among others"), ("amendment", "among others"),
                        ("roof", "decides the matters it was called for")):  # fmt: skip
        verdict = opened(org, meeting, "wording", options=[{"name": "A", "matter": matter}, default])
        assert why in refused(verdict), matter
    verdict = opened(org, meeting, "programme", options=[{"name": "A", "matter": "wording"}])
    assert "tests no option by the majority of its own matter" in refused(verdict)


def test_candidates_are_members_each_once_and_named_by_id() -> None:
    org, meeting = society("election-of-board")

    def put_up(*options: dict[str, Any]) -> str:
        return refused(opened(org, meeting, "election-of-board", seat="board", options=list(options)))

    fay = {"name": "Fay", "person": "p-fay000"}
    assert "named by id" in put_up(fay, {"name": "Somebody"})
    assert "stands as two options" in put_up(fay, {"name": "Fay again", "person": "p-fay000"})
    assert "is not a member" in put_up(fay, {"name": "A stranger", "person": "p-zz9999"})


def test_a_rule_whose_winners_need_the_papers_has_papers() -> None:
    org, meeting = society("ranking")
    options = [{"name": "A"}, {"name": "B"}]
    assert "which can be counted again" in refused(opened(org, meeting, "ranking", options=options))
    assert not isinstance(opened(org, meeting, "ranking", options=options, secrecy="named"), Refused)


def test_a_poll_outside_meetings_is_not_by_show_of_hands_and_names_no_meeting() -> None:
    org, meeting = society("opinion")
    assert "by a poll outside meetings" in refused(opened(org, meeting, "opinion", closes_on="2027-01-12"))
    hands = opened(org, "", "opinion", closes_on="2027-01-12", secrecy="by show of hands")
    assert "hands are shown at a meeting" in refused(hands)
    assert "does not close before it opens" in refused(opened(org, "", "opinion", closes_on="2027-01-01"))


# -- who presides ------------------------------------------------------------------------------------------


def test_nobody_presides_over_an_election_in_which_they_stand() -> None:
    org, meeting = society("election-of-president")
    own = {"seat": "president", "options": [{"name": "Ada", "person": "p-ada000"}]}
    assert "the person concerned does not preside" in refused(opened(org, meeting, "election-of-president", **own))


def test_no_body_stands_still_because_nobody_is_left_to_preside() -> None:
    """The president stands for re-election, there is no keeper of polls: another member who is there presides."""
    org, meeting = society("election-of-president", present=("ada", "ben", "cy", "dora"))
    own = {"seat": "president", "options": [{"name": "Ada", "person": "p-ada000"}]}
    absent = org.submit(
        "poll.open", by="fay", body="assembly", question="?", matter="election-of-president", meeting=meeting, **own
    )
    assert isinstance(absent, Refused)
    org.accepted(
        "poll.open", by="cy", body="assembly", question="?", matter="election-of-president", meeting=meeting, **own
    )


def test_while_an_officer_is_free_nobody_else_presides() -> None:
    org, meeting = society("programme")
    assert "put by the chair" in refused(opened(org, meeting, "programme", by="cy", as_=None))


# -- what is declared --------------------------------------------------------------------------------------


def test_those_present_are_on_the_record_and_not_declared_fewer() -> None:
    """More than half of those present decide; whoever declares may not make them fewer, nor the hands more."""
    org, meeting = society("programme")
    poll = opened(org, meeting, "programme").effects[0]["poll"]

    def declare(**fields: Any) -> Any:
        return org.submit("poll.declare", by="ada", as_="president", poll=poll, rule="yes-no", **fields)

    assert "counted by name" in refused(declare(tallies={"for": 3, "against": 1}, present=4))
    assert "nobody votes who is not present" in refused(declare(tallies={"for": 7, "against": 0}))
    effects = {effect["effect"] for effect in declare(tallies={"for": 3, "against": 1}).effects}
    assert effects == {"poll.declared"}, "three of six are not more than half of those present"


def test_a_challenged_quorum_holds_up_the_result_and_a_lost_one_leaves_it_without_effect() -> None:
    org, meeting = society("programme")
    poll = opened(org, meeting, "programme").effects[0]["poll"]
    org.accepted("quorum.challenge", by="fay", meeting=meeting)
    tallies = {"for": 6, "against": 0}
    held = org.refused("poll.declare", by="ada", as_="president", poll=poll, rule="yes-no", tallies=tallies)
    assert "the quorum is challenged" in says(held)
    org.accepted("quorum.count", by="ada", meeting=meeting, present=[org.person("ada")])
    lost = org.accepted(
        "poll.declare", by="ada", as_="president", poll=poll, rule="yes-no", tallies={"for": 1, "against": 0}
    )
    assert [effect["effect"] for effect in lost.effects] == ["poll.declared"]
    org.accepted("meeting.close", by="ada", as_="president", meeting=meeting)


def test_a_casting_vote_breaks_a_tie_and_carries_nothing_that_needs_more() -> None:
    org, meeting = society("property")
    moved = org.accepted("motion.move", by="cy", body="assembly", matter="property", text="Sell")
    for name in ("dora", "emil"):
        org.accepted("motion.second", by=name, motion=moved.effects[0]["motion"])
    for day in ("2027-01-09", "2027-01-10", "2027-01-11"):
        org.set_clock(f"{day}T10:00:00Z")
        org.accepted(
            "quorum.count", by="ada", as_="president", meeting=meeting, present=[org.person(name) for name in SIX]
        )
    poll = opened(org, meeting, "property", motion=moved.effects[0]["motion"]).effects[0]["poll"]
    verdict = org.accepted(
        "poll.declare",
        by="ada",
        as_="president",
        poll=poll,
        rule="yes-no",
        tallies={"for": 3, "against": 3},
        casting_vote="for",
    )
    assert [effect["effect"] for effect in verdict.effects] == ["poll.declared"], "four of seven are not two thirds"


def test_a_total_left_out_makes_nobody_winner() -> None:
    org, meeting = society("election-of-board")
    options = [{"name": "Emil", "person": "p-emil000"}, {"name": "Fay", "person": "p-fay000"}]
    poll = opened(org, meeting, "election-of-board", seat="board", options=options).effects[0]["poll"]

    def declare(tallies: Any, winners: list[int]) -> Any:
        return org.submit(
            "poll.declare", by="ada", as_="president", poll=poll, rule="plurality", tallies=tallies, winners=winners
        )

    assert "every option has its total" in refused(declare({"totals": {"1": 1}, "ballots": 6}, [1]))
    assert "more votes than ballots" in refused(declare({"totals": {"1": 6, "2": 6}, "ballots": 6}, [1]))
    assert "those that rulebook and tallies give" in refused(declare({"totals": {"1": 1, "2": 5}, "ballots": 6}, [1]))
    assert "what was counted and nothing else" in refused(
        declare({"totals": {"1": 1, "2": 5}, "ballots": 6, "mood": 1}, [2])
    )


def test_only_a_secret_poll_commits_to_a_box() -> None:
    """A box of a thousand ballots that nobody cast would keep a result from ever being declared."""
    org, meeting = society("programme")
    poll = opened(org, meeting, "programme", secrecy="named").effects[0]["poll"]
    verdict = org.submit("poll.close", by="ada", as_="president", poll=poll, box_root=ROOT, box_size=1000)
    assert "only a secret poll has a box" in refused(verdict)


def test_who_died_after_voting_in_secret_has_voted() -> None:
    """Three on the roll vote in secret, one dies: three ballots are no more than the roll holds."""
    org, meeting = assembled()
    moved = org.accepted("motion.move", by="cy", body="congress", matter="programme", text="x")
    poll = org.accepted(
        "poll.open", by="ada", as_="chair", body="congress", question="?", matter="programme",
        motion=moved.effects[0]["motion"], meeting=meeting, secrecy="secret",
    ).effects[0]["poll"]  # fmt: skip
    for name in ("ada", "ben", "cy"):
        assert org.accepted("ballot.cast", by=name, poll=poll, ballot="for", nonce=ROOT).boxed
    org.accepted("member.die", by="ben", as_="secretary", person=org.person("cy"), on=org.today)
    assert "struck" in str(org.state.polls[poll])
    org.accepted("poll.close", by="ada", as_="chair", poll=poll, box_root=ROOT, box_size=3, marked=3)
    org.accepted("poll.declare", by="ada", as_="chair", poll=poll, rule="yes-no", tallies={"for": 3}, box_root=ROOT)


# -- majorities that belong to the matter ------------------------------------------------------------------


def test_a_removal_needs_the_majority_of_its_own_clause() -> None:
    org, meeting = society("removal-from-president")
    moved = org.accepted(
        "motion.move", by="cy", body="assembly", matter="removal-from-president", text="x", person=org.person("ada")
    )
    poll = org.accepted(
        "poll.open", by="dora", body="assembly", question="?", matter="removal-from-president",
        motion=moved.effects[0]["motion"], meeting=meeting,
    ).effects[0]["poll"]  # fmt: skip
    verdict = org.accepted("poll.declare", by="dora", poll=poll, rule="yes-no", tallies={"for": 4, "against": 2})
    assert [effect["effect"] for effect in verdict.effects] == ["poll.declared"]
    assert verdict.effects[0]["outcome"]["tests"][0]["majority"] == "3/4 of cast"


def test_a_body_named_for_amendments_amends_by_the_amend_clause_all_the_same() -> None:
    text = CLUB.replace("decides: programme; everything else", "decides: programme; amendment; everything else")
    org, meeting = _sitting_under(text, "amendment")
    lodged = org.accepted("rulebook.lodge", by="cy", rulebook=text + "\n", sha256=_digest(text + "\n"))
    effects = declared(
        org, put(org, meeting, "amendment", edition=lodged.effects[0]["edition"]), **{"for": 3, "against": 2}
    )
    assert effects["poll.declared"]["outcome"]["tests"][0]["majority"] == "2/3 of cast"
    assert "decision.taken" not in effects


def test_the_clause_that_protects_others_is_itself_protected() -> None:
    """Else it would be lowered first, by the easier road."""
    text = CLUB.replace("protected: 4, majority 3/4 of cast", "protected: 1, majority 3/4 of cast")
    lowered = text.replace("protected: 1, majority 3/4 of cast", "protected: 5, majority 3/4 of cast")
    org, meeting = _sitting_under(text, "amendment")
    lodged = org.accepted("rulebook.lodge", by="cy", rulebook=lowered, sha256=_digest(lowered))
    effects = declared(
        org, put(org, meeting, "amendment", edition=lodged.effects[0]["edition"]), **{"for": 3, "against": 1}
    )
    assert effects["poll.declared"]["outcome"]["tests"][0]["majority"] == "3/4 of cast"


def test_a_body_that_decides_under_a_power_keeps_its_limits() -> None:
    org = TestOrganisation(
        BALLOTS.replace("seats: 2\n", "seats: 2\nmeets: on call of president\nchaired by: president\n"), SIX,
        mandates={"president": "ada", "registrar": "ben", "board": ("cy", "dora")},
    )  # fmt: skip
    called = org.accepted(
        "meeting.call", by="ada", as_="president", body="board", starts="2027-01-04T10:00", matters=["spending"]
    )
    meeting = called.effects[0]["meeting"]
    org.set_clock("2027-01-04T10:00:00Z")
    org.accepted(
        "meeting.open", by="ada", as_="president", meeting=meeting, present=[org.person("cy"), org.person("dora")]
    )

    def spend(amount: int | None) -> Any:
        moved = org.accepted("motion.move", by="cy", body="board", matter="spending", text="x", amount=amount)
        return org.submit(
            "poll.open", by="ada", as_="president", body="board", question="?", matter="spending",
            motion=moved.effects[0]["motion"], meeting=meeting,
        )  # fmt: skip

    assert "the power reaches up to 100" in refused(spend(500))
    assert "the power reaches up to 100" in refused(spend(None))
    poll = spend(80).effects[0]["poll"]
    verdict = org.accepted(
        "poll.declare", by="ada", as_="president", poll=poll, rule="yes-no", tallies={"for": 2, "against": 0}
    )
    assert (verdict.effects[1]["lapses_on"], verdict.effects[1]["ratify_by"]) == ("2027-01-14", "assembly")


def _sitting_under(text: str, matter: str) -> tuple[TestOrganisation, str]:
    names = ("ada", "ben", "cy", "dora", "emil")
    org = TestOrganisation(
        text, names, mandates={"chair": "ada", "secretary": "ben"}, units={"north": "branch"},
        unit_of=dict.fromkeys(names, "north"),
    )  # fmt: skip
    org.days(95)
    called = org.accepted(
        "meeting.call", by="ben", as_="secretary", body="congress", starts="2027-05-01T10:00", matters=[matter]
    )
    meeting = str(called.effects[0]["meeting"])
    org.accepted("notice.send", by="ben", as_="secretary", meeting=meeting, how="post", to_count=5)
    org.set_clock("2027-05-01T09:00:00Z")
    org.accepted("meeting.open", by="ada", as_="chair", meeting=meeting, present=[org.person(name) for name in names])
    return org, meeting


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
