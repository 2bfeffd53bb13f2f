"""The poll of an election: its roll, its papers, withdrawals, the count derived, draws from the published lot, the result."""

from __future__ import annotations

from typing import Any

import pytest

from isonomy.chamber.casting import paper_of
from isonomy.counting.tie import lot_order
from isonomy.engine.lots import seed
from isonomy.engine.recount import recount
from isonomy.engine.refusal import Accepted
from tests.engine.election_rulebooks import (
    OPENING,
    PEOPLE,
    SECRET,
    closed,
    election,
    number_of,
    opened,
    polled,
    ready,
    stood,
    weir,
)
from tests.engine.test_founding import says
from tests.organisation import TestOrganisation


def cast(org: TestOrganisation, poll: str, papers: dict[str, Any]) -> None:
    """Named ballots, by voter."""
    for name, paper in papers.items():
        org.accepted("ballot.cast", by=name, poll=poll, ballot=paper)


def ended(org: TestOrganisation, poll: str) -> None:
    """Lets the poll run its time and closes it."""
    org.days(8)
    org.accepted("poll.close", by="ada", as_="secretary", poll=poll)


def declaration(org: TestOrganisation, poll: str, **told: Any) -> dict[str, Any]:
    """What an honest count of the named ballots declares."""
    found = org.state.polls[poll]
    papers = [paper_of(paper) for paper in found.named.values()]
    return {**recount(org.state, found, papers, told).declaration(found), **told}


def declared(org: TestOrganisation, poll: str, **told: Any) -> dict[str, Any]:
    """Declares an honest count; the effects by name."""
    accepted = org.accepted("poll.declare", by="ada", as_="secretary", **declaration(org, poll, **told))
    return {effect["effect"]: effect for effect in accepted.effects}


def test_the_roll_is_as_of_the_date_that_the_clause_names() -> None:
    org = weir(electorate_as_of="the close of nominations", secrecy="named")
    id = opened(org)
    stood(org, id, "ann", "bob", "cat", "dan")
    org.accepted("member.admit", by="ada", as_="secretary", person=org.person("early"))
    closed(org, id)
    org.accepted("member.admit", by="ada", as_="secretary", person=org.person("late"))
    org.accepted("member.leave", by="hal")
    roll = org.state.polls[polled(org, id)].roll or ()
    assert org.person("early") in roll
    assert org.person("late") not in roll
    assert org.person("hal") not in roll


def test_days_before_the_opening_of_the_poll_are_counted_back() -> None:
    org = weir(electorate_as_of="10 days before the opening of the poll", secrecy="named")
    id = opened(org)
    stood(org, id, "ann", "bob", "cat", "dan")
    org.days(4)
    org.accepted("member.admit", by="ada", as_="secretary", person=org.person("four"))
    org.days(4)
    org.accepted("member.admit", by="ada", as_="secretary", person=org.person("eight"))
    org.clock.move(days=-8)
    closed(org, id)
    roll = org.state.polls[polled(org, id)].roll or ()
    assert (org.person("four") in roll, org.person("eight") in roll) == (True, False)
    assert org.state.digest() == org.replayed().digest()


def test_the_paper_is_that_of_the_election_and_nobody_adds_to_it() -> None:
    org = weir()
    id = opened(org)
    stood(org, id, "ann", "bob", "cat", "dan")
    closed(org, id)
    refused = org.refused(
        "poll.open", by="ada", as_="secretary", body="assembly", question="?", matter="election-of-council", election=id,
        closes_on="2027-02-01", options=[{"name": "Hal", "person": org.person("hal")}],
    )  # fmt: skip
    assert "options, seats and lot follow from the election" in says(refused)
    poll = org.state.polls[polled(org, id)]
    assert (poll.seats, poll.seat, poll.election, poll.lot) == (3, "council", id, election(org, id).lot)
    assert election(org, id).standing == "polling"


def test_an_option_to_reopen_nominations_and_the_default_stand_last() -> None:
    org = weir(reopen_nominations="yes", default_option="None of these")
    _, poll = ready(org, "ann", "bob", "cat", "dan")
    options = org.state.polls[poll].options
    assert [(option.name, option.reopen, option.default) for option in options[4:]] == [
        ("Re-open nominations", True, False), ("None of these", False, True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("counting", "paper", "says_"),
    [
        ("scottish-stv-2007", {"scores": [1, 2, 3, 4]}, "reads rankings"),
        ("scottish-stv-2007", [[5]], "each option is named at most once"),
        ("scottish-stv-2007", "for", "a ranking is a list"),
        ("approval", [[1], [1]], "each option is named at most once"),
        ("approval", {"scores": [1, 0, 2, 0]}, "a score is a whole number from 0 to 1"),
        ("star", [[1]], "reads scores"),
        ("star", {"scores": [5, 6, 0, 0]}, "from 0 to 5"),
        ("star", {"scores": [5, 4]}, "one for each option"),
        ("star", {"scores": [5, 4, True, 0]}, "from 0 to 5"),
        ("score", {"scores": [5, 4, 1, 0], "by": 1}, "one for each option"),
        ("yes-no", {"scores": [1, -2, 0, 0]}, "from -1 to 1"),
        ("yes-no", [[1]], "reads scores"),
    ],
)
def test_a_paper_that_the_rule_cannot_read_is_refused(counting: str, paper: Any, says_: str) -> None:
    org = weir(counting=counting, secrecy="named")
    _, poll = ready(org, "ann", "bob", "cat", "dan")
    assert says_ in says(org.refused("ballot.cast", by="eve", poll=poll, ballot=paper))


@pytest.mark.parametrize(
    ("counting", "paper"),
    [
        ("scottish-stv-2007", [[2], [1, 3]]), ("scottish-stv-2007", []), ("approval", [[1, 3]]), ("approval", {"scores": [1, 0, None, 1]}),
        ("approval", []), ("star", {"scores": [5, 0, None, 2]}), ("star", []), ("score", {"scores": [5, 0, 3, 2]}),
        ("yes-no", {"scores": [1, -1, 0, None]}), ("seq-pav", [[4]]), ("equal-shares", [[4, 1]]),
    ],
)  # fmt: skip
def test_a_paper_as_the_rule_reads_it_is_taken(counting: str, paper: Any) -> None:
    org = weir(counting=counting, secrecy="named")
    _, poll = ready(org, "ann", "bob", "cat", "dan")
    cast(org, poll, {"eve": paper})


def test_a_higher_top_score_is_the_clauses() -> None:
    org = weir(counting="score", top_score="9", secrecy="named")
    _, poll = ready(org, "ann", "bob", "cat", "dan")
    cast(org, poll, {"eve": {"scores": [9, 0, 3, 2]}})
    assert "from 0 to 9" in says(org.refused("ballot.cast", by="fay", poll=poll, ballot={"scores": [10, 0, 0, 0]}))


def test_who_withdraws_while_the_poll_is_open_takes_no_part_in_the_count() -> None:
    org = weir(counting="plurality", secrecy="named", seats="1")
    id, poll = ready(org, "ann", "bob", "cat")
    ann, bob, cat = (number_of(org, poll, name) for name in ("ann", "bob", "cat"))
    cast(org, poll, {"eve": [[ann], [bob]], "fay": [[ann], [bob]], "gus": [[cat]], "hal": [[bob]]})
    org.accepted("nomination.withdraw", by="ann", election=id)
    ended(org, poll)
    assert org.state.polls[poll].withdrawn == (ann,)
    honest = declaration(org, poll)
    wrong = org.refused("poll.declare", by="ada", as_="secretary", **{**honest, "winners": [ann]})
    assert "not those that rulebook and tallies give" in says(wrong) or "withdrew" in says(wrong)
    effects = declared(org, poll)
    assert effects["poll.declared"]["outcome"]["winners"] == [bob]
    assert effects["decision.taken"]["person"] == org.person("bob")


def test_nobody_withdraws_between_the_close_and_the_result() -> None:
    org = weir(secrecy="named")
    id, poll = ready(org, "ann", "bob", "cat", "dan")
    ended(org, poll)
    assert "between the close and the result" in says(org.refused("nomination.withdraw", by="ann", election=id))


def test_the_persons_elected_are_named_in_the_order_of_election() -> None:
    org = weir(secrecy="named", seats="2")
    id, poll = ready(org, "ann", "bob", "cat", "dan")
    ann, bob, cat, dan = (number_of(org, poll, name) for name in ("ann", "bob", "cat", "dan"))
    votes = {
        "eve": [[dan], [ann]],
        "fay": [[dan], [ann]],
        "gus": [[dan], [bob]],
        "hal": [[ann]],
        "bob": [[bob]],
        "ada": [[cat], [ann]],
    }
    cast(org, poll, votes)
    ended(org, poll)
    effects = declared(org, poll)
    assert effects["decision.taken"]["person"].split() == [org.person("dan"), org.person("ann")]
    assert election(org, id).decision == effects["decision.taken"]["decision"]
    assert election(org, id).standing == "declared"
    for name in ("dan", "ann"):
        org.accepted(
            "mandate.begin", by="ada", as_="secretary", person=org.person(name), seat="council",
            decision=effects["decision.taken"]["decision"],
        )  # fmt: skip
    assert org.state.digest() == org.replayed().digest()


def test_nobody_is_elected_who_comes_after_the_option_to_reopen_nominations() -> None:
    org = weir(counting="approval", secrecy="named", reopen_nominations="yes")
    _, poll = ready(org, "ann", "bob", "cat", "dan")
    ann, bob, _, _ = (number_of(org, poll, name) for name in ("ann", "bob", "cat", "dan"))
    reopen = 5
    cast(
        org,
        poll,
        {"eve": [[ann, reopen]], "fay": [[ann, reopen]], "gus": [[ann, reopen]], "hal": [[ann, bob]], "ada": [[bob]]},
    )
    ended(org, poll)
    effects = declared(org, poll)
    assert effects["poll.declared"]["outcome"]["winners"] == [ann, reopen, bob]
    assert effects["decision.taken"]["person"] == org.person("ann")
    org.accepted(
        "mandate.begin", by="ada", as_="secretary", person=org.person("ann"), seat="council",
        decision=effects["decision.taken"]["decision"],
    )  # fmt: skip
    assert election(org, opened(org)).seats == 2


def tied(org: TestOrganisation) -> tuple[str, str, list[int]]:
    """An election of one by plurality with the first two tied; election, poll, their numbers."""
    id, poll = ready(org, "ann", "bob", "cat")
    ann, bob = number_of(org, poll, "ann"), number_of(org, poll, "bob")
    cast(
        org,
        poll,
        {"eve": [[ann]], "fay": [[ann]], "gus": [[bob]], "hal": [[bob]], "ada": [[number_of(org, poll, "cat")]]},
    )
    ended(org, poll)
    return id, poll, sorted((ann, bob))


def test_a_tie_is_drawn_from_the_published_lot() -> None:
    org = weir(counting="plurality", secrecy="named", seats="1")
    id, poll, pair = tied(org)
    consents = election(org, id).consents
    drawn = lot_order(pair, seed("count", poll, SECRET, consents), 1)[0]
    effects = declared(org, poll, secret=SECRET)
    assert effects["poll.declared"]["outcome"]["winners"] == [drawn]
    assert org.state.polls[poll].secret == SECRET


def test_whoever_withholds_the_secret_leaves_the_tie_open() -> None:
    org = weir(counting="plurality", secrecy="named", seats="1")
    _, poll, pair = tied(org)
    honest = declaration(org, poll, secret=SECRET)
    for fields in ({"draws": [], "winners": pair[:1], "secret": None}, {"secret": None}):
        verdict = org.judge("poll.declare", by="ada", as_="secretary", **{**honest, **fields})
        assert not isinstance(verdict, Accepted) or all(
            effect["effect"] != "decision.taken" for effect in verdict.effects
        )


def test_a_draw_is_the_one_that_the_lot_gives() -> None:
    org = weir(counting="plurality", secrecy="named", seats="1")
    _, poll, pair = tied(org)
    honest = declaration(org, poll, secret=SECRET)
    (draw,) = honest["draws"]
    other = next(number for number in pair if number not in draw["chosen"])
    steered = {**honest, "draws": [{**draw, "chosen": [other]}], "winners": [other]}
    assert "the draw is the one that the published lot gives" in says(
        org.refused("poll.declare", by="ada", as_="secretary", **steered)
    )
    another = {**honest, "secret": OPENING}
    assert "not the secret of the lot" in says(org.refused("poll.declare", by="ada", as_="secretary", **another))
    unnamed = {**honest, "draws": [{key: value for key, value in draw.items() if key != "tie"}]}
    assert "a draw names its tie" in says(org.refused("poll.declare", by="ada", as_="secretary", **unnamed))
    org.accepted("poll.declare", by="ada", as_="secretary", **honest)


STAGES = {"counting": "scottish-stv-2007", "secrecy": "named", "seats": "2"}


def counted(org: TestOrganisation) -> tuple[str, dict[str, Any]]:
    """A Scottish count of six papers for two seats, closed; what it declares."""
    _, poll = ready(org, "ann", "bob", "cat", "dan")
    ann, bob, cat, dan = (number_of(org, poll, name) for name in ("ann", "bob", "cat", "dan"))
    cast(
        org,
        poll,
        {
            "eve": [[ann], [bob]],
            "fay": [[ann], [bob]],
            "gus": [[ann], [cat]],
            "hal": [[dan]],
            "ada": [[cat]],
            "ben": [[dan]],
        },
    )
    ended(org, poll)
    return poll, declaration(org, poll, secret=SECRET)


@pytest.mark.parametrize(
    ("change", "says_"),
    [
        ({"quota": "2.00000"}, "the quota follows from the valid papers"),
        ({"valid": 5}, "first preferences add up"),
        ({"ballots": 5}, "first preferences add up"),
        ({"stages": 0}, "a count has its stages"),
        ({"first": {"1": "1e3"}}, "a text in fixed point"),
        ({"last": {"1": "9.00000"}}, "no stage has more votes"),
        ({"first": {"9": "6.00000"}}, "given by option number"),
        ({"surprise": 1}, "nothing else"),
    ],
)
def test_figures_that_cannot_come_from_these_papers_are_not_declared(change: dict[str, Any], says_: str) -> None:
    org = weir(**STAGES)
    _, honest = counted(org)
    verdict = org.refused(
        "poll.declare", by="ada", as_="secretary", **{**honest, "tallies": {**honest["tallies"], **change}}
    )
    assert says_ in says(verdict)


def test_who_reached_the_quota_at_once_is_elected_and_every_seat_is_filled() -> None:
    org = weir(**STAGES)
    poll, honest = counted(org)
    ann = number_of(org, poll, "ann")
    others = [number for number in range(1, 5) if number != ann]
    for winners, says_ in (
        (others[:2], "reaches the quota"),
        ([ann], "every seat is filled"),
        ([ann, *others], "no more win"),
    ):
        verdict = org.refused("poll.declare", by="ada", as_="secretary", **{**honest, "winners": winners})
        assert says_ in says(verdict)
    org.accepted("poll.declare", by="ada", as_="secretary", **honest)


def test_an_option_that_beats_every_other_comes_first() -> None:
    org = weir(counting="schulze-wv", secrecy="named", seats="1")
    _, poll = ready(org, "ann", "bob", "cat")
    ann, bob, cat = (number_of(org, poll, name) for name in ("ann", "bob", "cat"))
    cast(org, poll, {"eve": [[ann], [bob], [cat]], "fay": [[bob], [ann], [cat]], "gus": [[ann], [cat], [bob]]})
    ended(org, poll)
    honest = declaration(org, poll)
    assert honest["winners"] == [ann]
    wrong = org.refused("poll.declare", by="ada", as_="secretary", **{**honest, "winners": [cat]})
    assert "beats every other one" in says(wrong)


def test_answered_one_by_one_those_carried_take_the_seats_by_their_votes() -> None:
    org = weir(counting="yes-no", secrecy="named", seats="2", majority="2/3 of cast")
    _, poll = ready(org, "ann", "bob", "cat")
    order = {name: number_of(org, poll, name) - 1 for name in ("ann", "bob", "cat")}

    def paper(**answers: int) -> dict[str, list[int]]:
        scores = [0, 0, 0]
        for name, answer in answers.items():
            scores[order[name]] = answer
        return {"scores": scores}

    cast(org, poll, {
        "eve": paper(ann=1, bob=1, cat=1), "fay": paper(ann=1, bob=1, cat=-1), "gus": paper(ann=1, bob=-1, cat=-1),
    })  # fmt: skip
    ended(org, poll)
    effects = declared(org, poll)
    assert effects["decision.taken"]["person"].split() == [org.person("ann"), org.person("bob")]
    results = {test["option"] - 1: test["result"] for test in effects["poll.declared"]["outcome"]["tests"]}
    assert [results[order[name]] for name in ("ann", "bob", "cat")] == ["yes", "yes", "no"]


def test_a_rule_for_one_seat_fills_one() -> None:
    org = weir(counting="irv", body="term: 2 years")
    refused = org.refused("election.open", by="ada", as_="secretary", body="assembly", seat="council", lot="0" * 64)
    assert "how many are elected is not said" in says(refused)
    id = opened(org, seats=2)
    stood(org, id, *PEOPLE[:3])
    closed(org, id)
    refused = org.refused(
        "poll.open", by="ada", as_="secretary", body="assembly", question="?", matter="election-of-council", election=id,
        closes_on="2027-02-01",
    )  # fmt: skip
    assert "irv fills one seat" in says(refused)


def test_of_those_elected_a_constraint_is_met_or_the_result_is_not_declared() -> None:
    codes = {"ann": "w", "bob": "m", "cat": "m", "dan": "w"}
    org = weir(counting="approval", secrecy="named", seats="2", codes=codes, constraint="at least 1 of gender w")
    _, poll = ready(org, "ann", "bob", "cat", "dan")
    ann, bob, cat, dan = (number_of(org, poll, name) for name in ("ann", "bob", "cat", "dan"))
    cast(org, poll, {"eve": [[bob, cat]], "fay": [[bob, cat]], "gus": [[ann]], "hal": [[bob]]})
    ended(org, poll)
    totals = {str(number): 0 for number in range(1, 5)} | {str(bob): 3, str(cat): 2, str(ann): 1}
    fields = {"poll": poll, "rule": "approval", "tallies": {"totals": totals, "ballots": 4}}
    refused = org.refused("poll.declare", by="ada", as_="secretary", winners=[bob, cat], **fields)
    assert "of those elected, at least 1 of gender w" in says(refused)
    assert isinstance(org.judge("poll.declare", by="ada", as_="secretary", winners=[bob, ann], **fields), Accepted)
    assert dan not in (bob, ann)
