"""Debian's votes enter a history as reported acts, and the engine decides of them what Debian announced."""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from typing import Any

import pytest

from isonomy.adapters.importers.debian_acts import Recorder, Step, acts_of, box_of, steps_of
from isonomy.adapters.importers.debian_agreement import AGREES, NO_COUNT
from isonomy.adapters.importers.debian_replay import Row, rows_of
from isonomy.chamber.entering import entry_of
from isonomy.counting.ballot import Profile, merge, options_named
from isonomy.counting.registry import count
from isonomy.engine.apply import apply
from isonomy.engine.decide import SEMANTICS, Submission, decide
from isonomy.engine.proceedings.outcome import parameters_of
from isonomy.engine.refusal import Accepted, Refused
from isonomy.engine.state import State
from isonomy.record.base64_text import to_base64
from isonomy.record.box import box_root, read_box, write_box
from isonomy.record.bundle import ENTRY_SIZE_MAX
from tests.importers.debian_data import EDITIONS, RULEBOOKS, WITHOUT_COUNT, oracles, votes
from tests.importers.test_debian_official import edition_of

RECORDER = Recorder(
    log="debian.example.invalid",
    vkey="debian.example.invalid+00000000+AAAA",
    person="p-recorder",
    at="2027-01-04T09:00:00Z",
    until="2027-02-04T09:00:00Z",
)
TEXTS = [(RULEBOOKS / f"{edition}.md").read_bytes() for edition in EDITIONS]
COUNTED = [vote for vote in votes() if vote not in WITHOUT_COUNT]
WHO = ("is put by", "is closed by", "is declared by", "lodges its text", "carried out by", "taken on this text")


@cache
def replay(with_table: bool = True) -> tuple[tuple[Step, ...], State]:
    """All steps, and the state they lead to."""
    state = State()
    return tuple(steps_of(votes(with_table).values(), TEXTS, RECORDER, state)), state


@cache
def rows(with_table: bool = True) -> dict[str, Row]:
    """The table of the replay."""
    steps, state = replay(with_table)
    return {row.vote: row for row in rows_of(votes(with_table).values(), steps, state)}


def outcome_of(vote: str) -> dict[str, Any]:
    outcome = replay()[1].polls[rows()[vote].poll].outcome
    assert isinstance(outcome, dict)
    return outcome


def entries() -> list[dict[str, Any]]:
    """The entries that the acts become when they are submitted one after the other."""
    state, found = State(), []
    for act in acts_of(votes().values(), TEXTS, RECORDER):
        submission = Submission(act, {"kind": "console"}, RECORDER.at, "2027-01-04T09:00:00+00:00")
        verdict = decide(state, submission)
        assert isinstance(verdict, Accepted), verdict
        entry = entry_of(state.n, submission, verdict, SEMANTICS)
        assert len(entry.to_bytes()) <= ENTRY_SIZE_MAX
        apply(state, entry.to_json())
        found.append(entry.to_json())
    return found


def test_every_act_of_the_import_is_accepted_and_nothing_is_irregular() -> None:
    steps, state = replay()
    assert [step.subject for step in steps if isinstance(step.verdict, Refused)] == []
    assert state.n == len(steps) == 1 + 2 * (len(EDITIONS) - 1) + 3 * len(votes())
    for step in steps:
        assert isinstance(step.verdict, Accepted)
        assert step.verdict.irregularities == (), step.subject


def test_what_cannot_be_told_is_who_acted_and_nothing_else() -> None:
    for step in replay()[0]:
        assert isinstance(step.verdict, Accepted)
        assert all(any(part in untold.says for part in WHO) for untold in step.verdict.untold), step.verdict.untold


def test_no_reported_act_names_an_author_that_the_sources_do_not_name() -> None:
    for step in replay()[0]:
        if step.act["act"] == "report":
            assert not {"by", "as"} & set(step.act["what"])
            assert step.act["happened"]["known_from"]
            assert step.act["source"]


@pytest.mark.parametrize("vote", COUNTED)
def test_the_engine_decides_what_debian_announced(vote: str) -> None:
    assert rows()[vote].said == AGREES


@pytest.mark.parametrize("vote", COUNTED)
def test_the_engine_decides_what_others_tabulated(vote: str) -> None:
    outcome, oracle = outcome_of(vote), oracles()[vote]
    assert tuple(outcome["winners"]) == oracle.winners
    assert tuple(sorted(gone["option"] for gone in outcome["dropped"])) == oracle.dropped
    tests = [test for test in outcome["tests"] if test["test"] == "majority"]
    assert {test["option"]: test["asked"] for test in tests} == {n: f"{ratio}:1" for n, ratio in oracle.tested.items()}
    assert {test["option"] for test in tests if test["result"] == "yes"} == set(oracle.passed)
    assert outcome["quorum"] == "yes"


@pytest.mark.parametrize("vote", WITHOUT_COUNT)
def test_votes_without_a_published_count_are_decided_and_say_so(vote: str) -> None:
    row = rows()[vote]
    assert row.said == NO_COUNT
    assert row.quorum == "reached"
    assert row.outcome in {option.name for option in votes()[vote].options if not option.is_default}


def test_each_decision_cites_the_clauses_of_majority_and_quorum() -> None:
    assert rows()["2003_gr_voting"].clauses == ("4.2", "4.1.2")
    assert rows()["2004_gr_sarge"].clauses == ("4.2", "4.1.5", "4.1.2")
    assert rows()["2006_vote_005"].clauses == ("4.2", "4.1.1")
    assert {row.clauses for row in rows().values() if "leader for" in row.question} == {("5.2",)}


@pytest.mark.parametrize("vote", votes())
def test_a_poll_is_judged_by_the_edition_in_force_when_it_opened(vote: str) -> None:
    state = replay()[1]
    poll = state.polls[rows()[vote].poll]
    (edition,) = poll.editions
    assert state.rulebook(edition).front.edition == edition_of(votes()[vote]).front.edition


def test_editions_govern_from_their_day_on_the_strength_of_the_votes_that_adopted_them() -> None:
    state = replay()[1]
    told = {
        state.rulebook(found.id).front.edition: (found.in_force_from, found.decision)
        for found in state.editions.values()
    }
    assert [day for day, _ in told.values()] == [
        "1998-12-02", "2003-06-21", "2003-10-29", "2006-09-24", "2007-10-07", "2015-01-09", "2015-12-13", "2016-08-14"
    ]  # fmt: skip
    adopted = {edition: state.decisions[decision].poll for edition, (_, decision) in told.items() if decision}
    assert adopted == {
        "1.1": rows()["2003_gr_voting"].poll,
        "1.2": rows()["2003_gr_sec415"].poll,
        "1.3": rows()["2006_vote_003"].poll,
        "1.4": rows()["2007_vote_004"].poll,
    }


def test_acts_stand_in_order_of_time() -> None:
    told = [step.act["happened"] for step in replay()[0] if step.act["act"] == "report"]
    latest = [happened["latest"] for happened in told]
    assert latest == sorted(latest)
    assert all(happened["earliest"] <= happened["latest"] for happened in told)


def test_importing_again_gives_the_same_acts_under_the_same_ids() -> None:
    once = [step.act for step in replay()[0]]
    assert list(acts_of(votes().values(), TEXTS, RECORDER)) == once
    assert len({act["id"] for act in once}) == len(once)


def test_folding_the_entries_from_nothing_gives_the_same_state() -> None:
    state = State()
    for entry in entries():
        apply(state, deepcopy(entry))
    assert state.digest() == replay()[1].digest()


@pytest.mark.parametrize("vote", votes())
def test_the_box_holds_the_papers_and_is_the_one_the_close_commits_to(vote: str) -> None:
    found = votes()[vote]
    (close,) = [step for step in replay()[0] if step.tells == "closed" and step.subject == vote]
    assert len(close.box) == len(found.papers) == close.act["what"]["box_size"]
    read, root = read_box(write_box(close.box))
    assert to_base64(root) == close.act["what"]["box_root"]
    again = Profile(
        options_named([option.name for option in found.options]),
        merge((ballot.ranks or (), ballot.weight) for ballot in read),
    )
    assert sorted(again.ballots) == sorted(found.profile.ballots)


@pytest.mark.parametrize("vote", votes())
def test_counting_the_box_again_gives_the_trace_that_was_declared(vote: str) -> None:
    steps, state = replay()
    poll = state.polls[rows()[vote].poll]
    told = {step.tells: step for step in steps if step.subject == vote}
    ballots, _ = read_box(write_box(told["closed"].box))
    profile = Profile(
        options_named([option.name for option in poll.options]),
        merge((ballot.ranks or (), ballot.weight) for ballot in ballots),
    )
    result = count(profile, poll.counting, parameters_of(state, poll, poll.editions[0]))
    assert result.digest() == told["declared"].act["what"]["trace"]


def test_a_changed_paper_makes_another_box() -> None:
    vote = votes()["2004_gr_editorial"]
    box = box_of(vote)
    changed = (*box[:-1], box[0])
    assert box_root(changed) != box_root(box)


def test_a_result_that_the_tallies_do_not_give_is_refused() -> None:
    state = State()
    for step in steps_of(votes().values(), TEXTS, RECORDER, state):
        if step.tells == "closed" and step.subject == "2004_gr_sarge":
            break
    (declared,) = [step for step in replay()[0] if step.tells == "declared" and step.subject == "2004_gr_sarge"]
    forged = deepcopy(declared.act)
    forged["what"]["winners"] = [1]
    verdict = decide(state, Submission(forged, {"kind": "console"}, RECORDER.at, "2027-01-04T09:00:00+00:00"))
    assert isinstance(verdict, Refused)
    assert "winners" in verdict.grounds[0].says


def test_without_the_table_the_published_counts_are_decided_all_the_same() -> None:
    said = {vote: row.said for vote, row in rows(False).items()}
    assert {vote for vote, answer in said.items() if answer == AGREES} == set(COUNTED)


def test_without_the_table_a_year_of_three_editions_leaves_a_vote_untold_and_says_why() -> None:
    found = {vote: row for vote, row in rows(False).items() if row.agreement is None}
    assert set(found) == {"2003_gr_sec415", "2003_gr_voting", "2003_leader2003"}
    assert all(row.outcome.startswith("cannot be told: ") for row in found.values())


def test_without_the_size_of_the_roll_the_quorum_cannot_be_told() -> None:
    row = rows(False)["2002_leader2002"]
    assert (row.turnout, row.quorum) == ("475 of unknown", "cannot be told")
    assert row.outcome == "Bdale Garbee"
    assert any("reaches the quorum" in untold for untold in row.untold)
