"""What Debian announced is read right, and equals what its own rulebook decides from its own ballots."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from isonomy.adapters.importers.debian_agreement import AGREES, NO_COUNT, Decided, agreement_of
from isonomy.adapters.importers.debian_vote import DebianVote, MajorityTest, OfficialResult
from isonomy.counting.pairwise_steps import MajorityTested, QuorumTested
from isonomy.counting.parameters import Parameters, Quorum
from isonomy.counting.registry import count, rules
from isonomy.kernel.quantity import Ratio, Root
from isonomy.rulebook.model import Procedure, Rulebook
from isonomy.rulebook.reader import read_rulebook
from tests.importers.debian_data import EDITIONS, RULEBOOKS, WITHOUT_COUNT, oracles, votes

COUNTED = [vote for vote in votes() if vote not in WITHOUT_COUNT]
RULES = [rule.name for rule in rules()]
BOOKS = [read_rulebook((RULEBOOKS / f"{edition}.md").read_bytes(), edition, RULES) for edition in EDITIONS]


def edition_of(vote: DebianVote) -> Rulebook:
    """The edition in force when the poll opened."""
    day = vote.opened.earliest[:10]
    started = [book for book in BOOKS if str(book.front.in_force_from) <= day]
    return started[-1]


def procedure_of(book: Rulebook, matter: str) -> Procedure:
    """The procedure by which the developers decide a matter."""
    if matter == "election-of-leader":
        found = book.election_of("leader")
    elif matter == "amendment":
        found = book.amendment()
    else:
        found = next(one.procedure for one in book.competent(matter) if one.seat == "developers")
    assert found is not None
    return found


def decided_by_the_rulebook(vote: DebianVote) -> Decided:
    """The vote counted by the rule, quorum and majorities that the edition in force gives each option's matter."""
    book = edition_of(vote)
    procedures = {o.number: procedure_of(book, o.matter or "resolution") for o in vote.options if not o.is_default}
    first = next(iter(procedures.values()))
    quorum = first.quorum or book.bodies["developers"].quorum
    assert quorum is not None
    assert isinstance(quorum.quantity, Root)
    ratios = {}
    for number, procedure in procedures.items():
        assert procedure.counting == first.counting
        assert procedure.majority is not None
        assert isinstance(procedure.majority.threshold, Ratio)
        threshold = procedure.majority.threshold
        ratios[number] = Fraction(threshold.in_favour, threshold.against)
    roll = vote.developer_count
    result = count(
        vote.profile,
        first.counting,
        Parameters(
            quorum=Quorum(root=quorum.quantity, whole=roll) if roll else None,
            majorities=ratios,
            default=vote.default.number,
        ),
    )
    assert result.decided
    majority = {s.option: s for s in result.steps if isinstance(s, MajorityTested)}
    reached = {s.option: (s.votes, s.kept) for s in result.steps if isinstance(s, QuorumTested)}
    dropped = {n for n, s in majority.items() if not s.kept} | {n for n, (_, kept) in reached.items() if not kept}
    tests = tuple(
        MajorityTest(n, s.kept, s.votes, s.against, Ratio(s.ratio.numerator, s.ratio.denominator))
        for n, s in sorted(majority.items())
    )
    return Decided(result.winners, tuple(sorted(dropped)), tests, reached, roll, len(vote.papers))


@pytest.mark.parametrize("vote", COUNTED)
def test_the_published_count_is_read_as_others_tabulated_it(vote: str) -> None:
    official, oracle = votes()[vote].official, oracles()[vote]
    assert official is not None
    assert official.quorum == oracle.quorum
    assert official.winners == oracle.winners
    assert official.dropped == oracle.dropped
    assert {test.option: test.ratio for test in official.majority} == {
        option: Ratio(ratio) for option, ratio in oracle.tested.items()
    }
    passed = {test.option: test.ratio for test in official.majority if test.passed}
    assert passed == {option: Ratio(ratio) for option, ratio in oracle.passed.items()}
    assert all(reached for _, reached in official.quorum_reached.values())


@pytest.mark.parametrize("vote", COUNTED)
def test_the_published_table_of_pairs_is_the_one_the_papers_make(vote: str) -> None:
    found = votes()[vote]
    assert found.official is not None
    rows = found.official.matrix
    assert len(rows) == len(found.options)
    for a, row in enumerate(rows):
        for b, cell in enumerate(row):
            prefer = sum(
                1
                for paper in found.papers
                if paper.ranks[a] is not None and (paper.ranks[b] is None or paper.ranks[a] < paper.ranks[b])
            )
            assert cell == (None if a == b else prefer)


@pytest.mark.parametrize("vote", COUNTED)
def test_the_edition_in_force_decides_what_debian_announced(vote: str) -> None:
    found = votes()[vote]
    assert str(agreement_of(decided_by_the_rulebook(found), found.official)) == AGREES


@pytest.mark.parametrize("vote", WITHOUT_COUNT)
def test_where_no_count_is_at_hand_the_answer_says_so(vote: str) -> None:
    found = votes()[vote]
    assert found.official is None
    answer = agreement_of(Decided((1,)), found.official)
    assert str(answer) == NO_COUNT
    assert not answer.agrees


def test_the_first_edition_counts_the_votes_held_under_it() -> None:
    under = [vote.id for vote in votes().values() if edition_of(vote).front.edition == "1.0"]
    assert under == ["2002_leader2002", "2003_leader2003", "2003_gr_voting"]
    assert edition_of(votes()["2003_gr_sec415"]).front.edition == "1.1"


OFFICIAL = OfficialResult(
    quorum="45.2741648183597",
    quorum_reached={1: (174, True)},
    majority=(MajorityTest(1, True, 174, 39, Ratio(3)),),
    winners=(1,),
    total=214,
)
SAME = Decided((1,), (), OFFICIAL.majority, {1: (174, True)}, 911, 214)


def test_a_decision_with_the_same_figures_agrees() -> None:
    assert agreement_of(SAME, OFFICIAL).agrees


@pytest.mark.parametrize(
    ("decided", "says"),
    [
        (replace(SAME, winners=(2,)), "the winner is option 2, announced option 1"),
        (replace(SAME, winners=()), "the winner is none"),
        (replace(SAME, dropped=(1,)), "dropped: option 1, announced none"),
        (replace(SAME, roll=910), "a roll of 910"),
        (replace(SAME, quorum={1: (174, False)}), "option 1 missed the quorum with 174"),
        (replace(SAME, quorum={1: (173, True)}), "with 173, announced reached with 174"),
        (replace(SAME, majority=(MajorityTest(1, False, 174, 39, Ratio(3)),)), "option 1 fails 3:1"),
        (replace(SAME, majority=(MajorityTest(1, True, 174, 39, Ratio(1)),)), "option 1 passes 1:1"),
        (replace(SAME, majority=()), "the majority of option 1 was not tested"),
        (replace(SAME, paper_count=213), "213 papers, announced 214"),
    ],
)
def test_every_figure_that_differs_is_named(decided: Decided, says: str) -> None:
    answer = agreement_of(decided, OFFICIAL)
    assert not answer.agrees
    assert str(answer).startswith("differs: ")
    assert says in str(answer)
