"""The Debian folder is read as it was published, and what it does not tell stays unknown."""

from __future__ import annotations

import contextlib
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isonomy.adapters.importers.debian import read_votes, votes_of
from isonomy.adapters.importers.debian_results import (
    counted_by,
    developers_of_quorum,
    is_default_name,
    ratio_on_ballot,
    read_majority_tests,
    read_quorum_file,
    read_results,
)
from isonomy.adapters.importers.debian_table import by_option, read_table
from isonomy.adapters.importers.debian_vote import LEADER_ELECTION
from isonomy.counting.ballot import ranks_from_positions
from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.quantity import Ratio
from tests.importers.debian_data import FOLDER, RULEBOOKS, WITHOUT_COUNT, oracles, votes

INDEX_HEAD = b"year,vote,options,developer_count,winner_options,majority_tests,secret\n"
TWO = b'"{""1"": ""Do it"", ""2"": ""Further Discussion""}"'


def folder(files: dict[str, bytes], table: bytes | None = None):
    """The votes of a folder that exists only here."""
    names: dict[str, tuple[str, ...]] = {}
    for path in files:
        year, _, name = path.partition("/")
        if name:
            names[year] = (*names.get(year, ()), name)
    return votes_of(files.get, names, read_table(table) if table else {})


def test_the_folder_holds_twenty_seven_votes_in_order_of_opening() -> None:
    found = list(votes().values())
    assert len(found) == 27
    assert [vote.opened.earliest for vote in found] == sorted(vote.opened.earliest for vote in found)
    assert sum(len(vote.papers) for vote in found) == 9557 - 27


@pytest.mark.parametrize("vote", oracles())
def test_as_many_options_and_papers_are_read_as_were_counted(vote: str) -> None:
    assert len(votes()[vote].options) == oracles()[vote].options
    assert len(votes()[vote].papers) == oracles()[vote].ballots


@pytest.mark.parametrize("vote", votes())
def test_every_paper_keeps_the_ranks_that_are_written_on_it(vote: str) -> None:
    found = votes()[vote]
    told = Counter(
        ranks_from_positions({n: rank for n, rank in enumerate(paper.ranks, 1) if rank is not None})
        for paper in found.papers
    )
    assert told == Counter({ballot.ranks: ballot.weight for ballot in found.profile.ballots})
    assert all(len(paper.ranks) == len(found.options) for paper in found.papers)


@pytest.mark.parametrize("vote", votes())
def test_the_last_option_stands_for_no_decision_and_has_no_matter(vote: str) -> None:
    found = votes()[vote]
    assert found.default.number == len(found.options)
    assert is_default_name(found.default.name)
    assert found.default.matter is None
    assert [option.is_default for option in found.options].count(True) == 1


@pytest.mark.parametrize("with_table", [True, False])
def test_secret_votes_are_the_elections_of_the_leader(with_table: bool) -> None:
    for vote in votes(with_table).values():
        assert vote.secret is vote.is_leader_election, vote.id
        assert vote.is_leader_election == ("leader" in vote.name or vote.default.name.lower().startswith("none of"))


@pytest.mark.parametrize("vote", votes())
def test_the_receipts_of_a_secret_vote_are_all_different(vote: str) -> None:
    receipts = [paper.receipt for paper in votes()[vote].papers]
    assert len(set(receipts)) == len(receipts)


def test_without_the_table_a_majority_on_the_ballot_or_in_the_result_gives_the_matter() -> None:
    found = votes(with_table=False)
    sarge = found["2004_gr_sarge"].options
    assert [option.ratio for option in sarge[:-1]] == [Ratio(3)] * 5 + [Ratio(1)]
    assert [option.matter for option in sarge[:-1]] == ["foundation-document"] * 5 + ["resolution"]
    assert found["2006_vote_003"].options[0].matter == "amendment"
    assert found["2007_vote_004"].options[0].ratio == Ratio(3)
    assert found["2007_vote_004"].options[0].ratio_known_from == "the published count"
    assert {option.matter for option in found["2002_leader2002"].options[:-1]} == {LEADER_ELECTION}


def test_without_the_table_a_majority_that_nobody_told_stays_unknown() -> None:
    option = votes(with_table=False)["2003_gr_voting"].options[0]
    assert (option.matter, option.ratio) == (None, None)


@pytest.mark.parametrize("vote", votes())
def test_the_table_contradicts_no_majority_that_was_printed(vote: str) -> None:
    asked = {"amendment": Ratio(3), "foundation-document": Ratio(3)}
    for option in votes()[vote].options:
        if option.matter and option.ratio:
            assert asked.get(option.matter, Ratio(1)) == option.ratio, option


@pytest.mark.parametrize("vote", votes())
def test_a_poll_opens_before_it_closes_and_closes_before_the_count_may_have_begun(vote: str) -> None:
    found = votes()[vote]
    assert found.opened.earliest <= found.opened.latest < found.closed.latest
    assert found.opened.latest < found.closed.earliest <= found.closed.latest
    if found.official and found.official.counted_at:
        assert found.closed.latest == counted_by(found.official.counted_at)


@pytest.mark.parametrize("vote", votes())
def test_without_the_table_the_year_bounds_the_poll_and_says_so(vote: str) -> None:
    found = votes(with_table=False)[vote]
    assert found.question is None
    assert found.opened.precision == found.closed.precision == "year"
    assert found.opened.earliest == f"{found.year}-01-01T00:00:00Z"
    known = votes()[vote]
    assert found.opened.earliest <= known.opened.earliest <= known.opened.latest <= found.opened.latest
    assert found.closed.earliest <= known.closed.earliest
    assert known.closed.earliest <= found.closed.latest


def test_the_size_of_the_roll_comes_from_quorum_files_whatever_their_numbers() -> None:
    found = votes(with_table=False)
    sizes = {vote.id: vote.developer_count for vote in found.values()}
    assert sizes["2004_leader2004"] == sizes["2004_gr_editorial"] == 911
    assert (sizes["2004_gr_non_free"], sizes["2004_gr_sarge"], sizes["2005_leader2005"]) == (908, 909, 965)
    assert (sizes["2003_gr_sec415"], sizes["2010_vote_002"]) == (928, 891)
    unknown = [vote for vote, size in sizes.items() if size is None]
    assert unknown == ["2002_leader2002", "2003_gr_voting", "2003_leader2003"]
    assert [votes()[vote].developer_count for vote in unknown] == [939, 804, 831]


@given(st.integers(1, 10_000_000))
def test_a_quorum_printed_as_a_decimal_names_the_roll_it_was_made_of(developers: int) -> None:
    from decimal import Decimal, localcontext

    with localcontext() as context:
        context.prec = 15
        figure = str(3 * Decimal(developers).sqrt() / 2)
    if "E" not in figure:
        assert developers_of_quorum(figure) == developers


def test_a_quorum_that_no_whole_roll_makes_names_none() -> None:
    assert developers_of_quorum("47.5") is None
    assert developers_of_quorum("0") is None


@pytest.mark.parametrize("vote", [vote for vote in votes() if vote not in WITHOUT_COUNT])
def test_the_quorum_printed_is_three_halves_of_the_root_of_the_roll(vote: str) -> None:
    found = votes()[vote]
    assert found.official is not None
    assert found.developer_count == developers_of_quorum(found.official.quorum or "")


def test_ratios_are_read_in_every_way_ballots_write_them() -> None:
    for text in ("A [3:1 majority needed]", "B  [needs 3:1]", "C [3:1]", "D [3:1 majority required]"):
        assert ratio_on_ballot(text) == Ratio(3), text
    assert ratio_on_ballot("E [needs 1:1]") == Ratio(1)
    assert ratio_on_ballot("at a ratio of 3:1") is None
    assert ratio_on_ballot("F [1:3]") is None


def test_a_stamp_without_a_zone_is_read_as_late_as_any_zone_allows() -> None:
    result = read_results("Starting results calculation at Sat Dec 31 23:29:22 2005\n")
    assert result.counted_at == "2005-12-31T23:29:22"
    assert counted_by(result.counted_at) == "2006-01-01T11:29:22Z"


def test_two_quorum_figures_in_one_result_are_refused() -> None:
    text = "Option 1 Reached quorum: 5 > 4.1\nOption 2 Reached quorum: 5 > 4.2\n"
    with pytest.raises(BadInput, match="two quorum figures"):
        read_results(text, "r.txt")


def test_an_index_that_contradicts_its_result_file_is_refused() -> None:
    files = {
        "index.csv": INDEX_HEAD + b"2011,v," + TWO + b",,2,,no\n",
        "2011/v_ballots.csv": b"ballot,voter\n12,x\n",
        "2011/v_results.txt": b'The winners are:\n\t Option 1 "Do it"\n',
    }
    with pytest.raises(BadInput, match="index names option 2"):
        folder(files)


def test_a_vote_of_another_year_is_read_without_table_result_or_roll() -> None:
    files = {
        "index.csv": INDEX_HEAD + b"2031,vote_009," + TWO + b",,,,\n",
        "2031/vote_009_ballots.csv": b"ballot,voter\n12,x\n-1,y\n--,z\n",
    }
    (vote,) = folder(files)
    assert (vote.developer_count, vote.official, vote.secret, vote.question) == (None, None, None, None)
    assert vote.options[0].matter is None
    assert [paper.ranks for paper in vote.papers] == [(1, 2), (None, 1), (None, None)]
    assert (vote.opened.earliest, vote.closed.latest) == ("2031-01-01T00:00:00Z", "2031-12-31T23:59:59Z")


def test_more_than_nine_options_are_ranked_by_letters() -> None:
    options = ", ".join(f'""{n}"": ""Candidate {n}""' for n in range(1, 11)) + ', ""11"": ""None Of The Above""'
    files = {
        "index.csv": INDEX_HEAD + f'2012,leader2012,"{{{options}}}",,,,yes\n'.encode(),
        "2012/leader2012_ballots.csv": b"ballot,voter\n123456789ab,x\n",
    }
    (vote,) = folder(files)
    assert vote.papers[0].ranks == tuple(range(1, 12))
    assert vote.secret is True


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({}, "no index.csv"),
        ({"index.csv": b"year,vote\n"}, "'options' is missing"),
        ({"index.csv": INDEX_HEAD + b"2011,v,nothing,,,,\n"}, "not JSON"),
        ({"index.csv": INDEX_HEAD + b'2011,v,"{""2"": ""x""}",,,,\n'}, "not numbered"),
        ({"index.csv": INDEX_HEAD + b"11,v," + TWO + b",,,,\n"}, "not a year"),
        ({"index.csv": INDEX_HEAD + b"2011,../v," + TWO + b",,,,\n"}, "not the name of a vote"),
        ({"index.csv": INDEX_HEAD + b"2011,v," + TWO + b",,,,\n"}, "ballots of 2011_v are missing"),
        ({"index.csv": INDEX_HEAD + 2 * (b"2011,v," + TWO + b",,,,\n")}, "stands twice"),
        (
            {
                "index.csv": INDEX_HEAD + b"2011,v," + TWO + b",,,,\n",
                "2011/v_ballots.csv": b"ballot,voter\n123,x\n",
            },
            "3 places for 2 options",
        ),
        (
            {
                "index.csv": INDEX_HEAD + b"2011,v," + TWO + b",many,,,\n",
                "2011/v_ballots.csv": b"ballot,voter\n12,x\n",
            },
            "not a number of developers",
        ),
    ],
)
def test_a_broken_folder_is_answered_with_place_and_cure(files: dict[str, bytes], says: str) -> None:
    with pytest.raises(BadInput) as found:
        folder(files)
    assert says in found.value.what
    assert found.value.where
    assert found.value.cure


def test_a_folder_that_is_not_there_is_answered(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no such folder"):
        read_votes(tmp_path / "nowhere")


@given(st.binary(max_size=400), st.binary(max_size=200), st.binary(max_size=200))
def test_any_bytes_give_votes_or_bad_input(index: bytes, ballots: bytes, result: bytes) -> None:
    whole = INDEX_HEAD + b"2011,v," + TWO + b",,,,\n"
    for files in (
        {"index.csv": index},
        {"index.csv": whole, "2011/v_ballots.csv": ballots, "2011/v_results.txt": result},
        {"index.csv": whole, "2011/v_ballots.csv": b"ballot,voter\n12,x\n", "2011/v_results.txt": result},
    ):
        with contextlib.suppress(BadInput):
            folder(files)


@given(st.text(max_size=300))
def test_any_text_is_read_as_a_result_or_answered(text: str) -> None:
    for read in (read_results, read_quorum_file, read_majority_tests, by_option):
        with contextlib.suppress(BadInput):
            read(text)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_as_a_table_of_votes_or_answered(data: bytes) -> None:
    for table in (data, b"vote,matters,opened_earliest,opened_latest\n" + data):
        with contextlib.suppress(BadInput):
            read_table(table)


def test_a_table_with_an_unknown_column_names_the_one_that_was_meant() -> None:
    with pytest.raises(BadInput, match="did you mean 'secrecy'"):
        read_table(b"vote,secrcy\n")


def test_the_shipped_table_names_every_vote_once() -> None:
    table = read_table((RULEBOOKS / "votes.csv").read_bytes())
    assert set(table) == set(votes())
    assert {vote: told.adopts for vote, told in table.items() if told.adopts} == {
        "2003_gr_voting": {1: "1.1"},
        "2003_gr_sec415": {1: "1.2"},
        "2006_vote_003": {1: "1.3"},
        "2007_vote_004": {1: "1.4"},
    }
    assert FOLDER.is_dir()


def test_exact_thresholds_are_never_met_by_equality_in_these_votes() -> None:
    for vote in votes().values():
        for test in vote.official.majority if vote.official else ():
            assert test.votes * test.ratio.against != test.against * test.ratio.in_favour, (vote.id, test)
