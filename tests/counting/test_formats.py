"""Ballot files: what is written is read again without loss; a bad line is named; any bytes give words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isonomy.counting import Ballot, Profile, count, read_ballots, write_ballots
from isonomy.counting.ballot import Option, ScoredBallot, in_order, merge_scores, options_named
from isonomy.counting.formats.sniff import FORMATS, format_of
from isonomy.kernel.bad_input import BadInput
from tests.counting.elections import profiles

NAMES = (
    st.text(
        alphabet=st.characters(
            blacklist_categories=("Cs", "Cc", "Zl", "Zp"), blacklist_characters='\\"[]#{}\u00a0\u0085'
        ),
        min_size=1,
        max_size=12,
    )
    .map(str.strip)
    .filter(bool)
)


@st.composite
def named_profiles(draw: st.DrawFn, *, strict: bool) -> Profile:
    profile = draw(profiles(strict=strict))
    names = draw(st.lists(NAMES, min_size=len(profile.options), max_size=len(profile.options), unique=True))
    return replace(profile, options=options_named(names), seats=draw(st.integers(1, 4)), title=draw(NAMES))


def _same(one: Profile, other: Profile) -> bool:
    return (one.names, one.ballots, one.scored) == (other.names, other.ballots, other.scored)


@given(profile=named_profiles(strict=False), gone=st.sets(st.integers(1, 5)))
def test_blt_keeps_ballots_equal_ranks_names_seats_title_and_withdrawals(profile: Profile, gone: set[int]) -> None:
    profile = profile.withdraw(gone & set(profile.standing))
    assert read_ballots(write_ballots(profile, "blt"), format="blt") == profile


@given(profile=named_profiles(strict=False))
def test_preflib_keeps_ballots_names_and_title(profile: Profile) -> None:
    read = read_ballots(write_ballots(profile, "preflib"), format="preflib")
    assert read == replace(profile, seats=None)


@given(profile=named_profiles(strict=False))
def test_a_table_of_ranks_keeps_ballots_and_names(profile: Profile) -> None:
    assert _same(read_ballots(write_ballots(profile, "csv"), format="csv"), profile)


@given(profile=named_profiles(strict=False))
def test_abif_keeps_ballots_and_names(profile: Profile) -> None:
    assert _same(read_ballots(write_ballots(profile, "abif"), format="abif"), profile)


@given(profile=named_profiles(strict=True))
def test_the_scottish_layout_keeps_ballots_names_seats(profile: Profile) -> None:
    read = read_ballots(write_ballots(profile, "scottish"), format="scottish")
    assert (read.ballots, read.names, read.seats) == (profile.ballots, profile.names, profile.seats)


@given(
    papers=st.lists(st.tuples(*[st.one_of(st.none(), st.integers(0, 5))] * 3), min_size=1, max_size=9),
    costs=st.lists(st.integers(1, 10**6), min_size=3, max_size=3),
)
def test_pabulib_keeps_projects_costs_budget_and_points(papers: list[tuple[int | None, ...]], costs: list[int]) -> None:
    options = tuple(Option(n, f"Project {n}", cost=costs[n - 1], code=f"p{n}") for n in (1, 2, 3))
    profile = Profile(options, scored=merge_scores((paper, 1) for paper in papers), budget=1000, title="A budget")
    read = read_ballots(write_ballots(profile, "pabulib"), "x.pb")
    assert (read.options, read.budget, read.scored) == (profile.options, profile.budget, profile.scored)


@given(papers=st.lists(st.tuples(*[st.one_of(st.none(), st.integers(0, 9))] * 3), min_size=1, max_size=9))
def test_a_table_of_scores_keeps_them(papers: list[tuple[int | None, ...]]) -> None:
    profile = Profile(options_named(["Ann", "Bo", "Cy"]), scored=merge_scores((paper, 2) for paper in papers))
    assert _same(read_ballots(write_ballots(profile, "csv"), kind="scores"), profile)


def test_every_format_is_recognised_by_its_content() -> None:
    ranked = Profile(
        options_named(["Ann", "Bo", "Cy"]), (Ballot(in_order([1, 2]), 3), Ballot(in_order([3]), 2)), seats=2
    )
    for found in FORMATS:
        if found.writes and found.name != "pabulib":
            assert format_of(write_ballots(ranked, found.name)).name == found.name
    budget = Profile(options_named(["A", "B"]), scored=(ScoredBallot((1, None), 1),), budget=5)
    assert format_of(write_ballots(budget, "pabulib")).name == "pabulib"
    assert format_of(b"5\n1,Ann\n2,Bo\n3,Cy\n4,Di\n5,Ed\n1,1,1\n1,1,2\n").name == "preflib"


def test_a_blt_file_as_people_write_it_is_read() -> None:
    data = b"""# a committee
4 2   # four candidates, two seats
-2

3 1 3 4 0
(p17) 2 4=3 - 1 0
3 1 3 4 0   # the same again
1 0
0
"Ann \\"Nan\\" Example"
Bo
"Cy # not a comment" # a comment
"Di"
"A title"
"written by hand"
"""
    profile = read_ballots(data)
    assert profile.names == ('Ann "Nan" Example', "Bo", "Cy # not a comment", "Di")
    assert profile.standing == (1, 3, 4)
    assert profile.seats == 2
    assert profile.title == "A title"
    assert set(profile.ballots) == {Ballot(((1,), (3,), (4,)), 6), Ballot(((3, 4), (1,)), 2), Ballot((), 1)}


def test_answers_in_a_table_are_counted_as_answers() -> None:
    profile = read_ballots(b"weight,Motion 4,Motion 5\n12,yes,No\n3,abstain,yes\n2,,-\n")
    assert profile.scored == (ScoredBallot((1, -1), 12), ScoredBallot((0, 1), 3), ScoredBallot((None, None), 2))
    assert count(profile, "yes-no").winner_names == ["Motion 4"]


def test_no_opinion_is_not_a_rank() -> None:
    profile = read_ballots(b"Ann,Bo,Cy\n1,No opinion,20\n,2,-\n")
    assert [b.ranks for b in profile.ballots] == [((1,), (3,)), ((2,),)]


def test_ordinal_and_cumulative_budgets_are_read() -> None:
    head = b"META\nkey;value\nbudget;10\nvote_type;%s\nPROJECTS\nproject_id;cost;name\na;4;Bench\nb;5;Tree\nVOTES\n"
    ranked = read_ballots(head % b"ordinal" + b"voter_id;vote\nv1;b,a\n")
    assert ranked.ballots == (Ballot(((2,), (1,)), 1),)
    points = read_ballots(head % b"cumulative" + b"voter_id;vote;points\nv1;b,a;4,1\n")
    assert points.scored == (ScoredBallot((1, 4), 1),)


BAD = [
    ("blt", b"3\n1 1 0\n0\n", "line 1", "first line"),
    ("blt", b'2 1\n1 1 2\n0\n"A"\n"B"\n', "line 2", "does not end with 0"),
    ("blt", b'2 1\n1 1 3 0\n0\n"A"\n"B"\n', "line 2", "preference is 3"),
    ("blt", b'2 1\n1 1 0\nx 1 0\n0\n"A"\n"B"\n', "line 3", "not a whole number"),
    ("blt", b'2 1\n1 1 2 1 0\n0\n"A"\n"B"\n', "line 2", "named twice"),
    ("blt", b'2 1\n0 1 0\n0\n"A"\n"B"\n', "line 2", "weight is 0"),
    ("blt", b'2 1\n1.5 1 0\n0\n"A"\n"B"\n', "line 2", "not a whole number"),
    ("blt", b"2 1\n1 1 0\n", "line 2", "do not end"),
    ("blt", b'2 1\n1 1 0\n0\n"A"\n', "the end of the file", "1 of 2 candidates"),
    ("blt", b'2 1\n-3\n1 1 0\n0\n"A"\n"B"\n', "line 2", "withdrawn candidate is -3"),
    ("blt", b"5000 1\n0\n", "line 1", "5000 options"),
    ("scottish", b'2,1,\n1,3,\n"Candidate 1","A","",\n', "line 2", "preference is 3"),
    ("scottish", b"2,1,\n1,1,1,\n", "line 2", "named twice"),
    ("scottish", b'2,1,\n1,1,\n"Candidate 1","A","",\n', "line 3", "1 of 2 candidates"),
    ("scottish", b'2,1,\n1,1,\n"Candidate 2","A","",\n', "line 3", "candidate 1 is expected"),
    ("preflib", b"# NUMBER ALTERNATIVES: 2\n1: 1,3\n", "line 2", "alternative is 3"),
    ("preflib", b"# NUMBER ALTERNATIVES: 2\n1: {1,{2}}\n", "line 2", "no order"),
    ("preflib", b"# DATA TYPE: cat\n# NUMBER ALTERNATIVES: 2\n", "line 1", "no orders"),
    ("preflib", b"2\n1,Ann\n", "line 2", "1 of 2 alternatives"),
    ("csv", b"Ann,Bo\n1,2\n1\n", "line 3", "1 cells for 2"),
    ("csv", b"Ann,Bo\n1,x\n", "line 2", "not a whole number"),
    ("csv", b"weight,Ann\n0,1\n", "line 2", "weight is 0"),
    ("csv", b"Ann,,Bo\n1,2,3\n", "line 1", "column 2 has no name"),
    ("csv", b'Ann,"Bo\n1,2\n', "line 1", "not a line of CSV"),
    ("abif", b"3: A > \n", "", ""),
    ("abif", b"3: A > B = A\n", "line 1", "named twice"),
    ("abif", b"3: A ? B\n", "line 1", "follows an option"),
    ("abif", b"3: A > B\n2: A/5\n", "line 1", "some ballots have scores"),
    ("pabulib", b"PROJECTS\nproject_id;cost\na;1.5\n", "line 3", "not a whole number"),
    (
        "pabulib",
        b"META\nkey;value\nPROJECTS\nproject_id;cost\na;1\nVOTES\nvoter_id;vote\nv;b\n",
        "line 8",
        "no project",
    ),
    ("pabulib", b"hello\nMETA\n", "line 1", "before META"),
]


@pytest.mark.parametrize(("format", "data", "where", "says"), [bad for bad in BAD if bad[3]])
def test_a_bad_line_is_refused_with_its_number_and_reason(format: str, data: bytes, where: str, says: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_ballots(data, format=format)
    assert caught.value.where == where
    assert says in caught.value.what
    assert caught.value.cure


_SIGNS = st.text(alphabet='0123456789,;:=>-#(){}[]/"\n\r \tABCMETAPROJECTSVOTESV|Option', max_size=120).map(str.encode)


@pytest.mark.parametrize("format", [found.name for found in FORMATS])
@settings(max_examples=200)
@given(data=st.one_of(st.binary(max_size=120), _SIGNS), head=st.booleans())
def test_any_bytes_give_ballots_or_a_refusal_with_words(format: str, data: bytes, head: bool) -> None:
    heads = {
        "blt": b"3 1\n",
        "scottish": b"3,1,\n",
        "preflib": b"# NUMBER ALTERNATIVES: 3\n",
        "csv": b"A,B,C\n",
        "pabulib": b"META\nkey;value\nPROJECTS\nproject_id;cost\na;1\nVOTES\nvoter_id;vote\n",
        "debian-csv": b"ballot,voter\n",
    }
    said = ""
    try:
        profile = read_ballots((heads.get(format, b"") if head else b"") + data, format=format)
    except BadInput as fault:
        said = fault.what
    else:
        assert all(ballot.weight > 0 for ballot in profile.ballots)
    assert said != "" or profile.options


def test_the_budgets_at_hand_are_read_whole() -> None:
    folder = Path(__file__).parent / "data" / "pabulib"
    for path, projects, voters, budget in (
        ("Netherlands_Assen_2024.pb", 14, 84, 100_000),
        ("Poland_Swiecie_2023.pb", 22, 2553, 1_070_000),
    ):
        profile = read_ballots((folder / path).read_bytes(), path)
        assert (len(profile.options), profile.paper_count, profile.budget) == (projects, voters, budget)


HOSTILE = [
    b"\n" * 30_000,
    b" " * 30_000 + b"x",
    b"\n" * 30_000 + b"x",
    (b" " * 50 + b"\n") * 600 + b"x",
    b"#\n" * 15_000,
    b"#" + b" " * 90_000,
    b"# " + b"A " * 40_000,
    b"1:" * 15_000,
    b"1: [" + b"a" * 90_000,
    (b"1: " + b"a" * 200 + b"\n") * 100,
    b"Option 1--->: " + b" " * 90_000 + b"x",
    b"Option 1--->: " + b"|/ " * 30_000,
    b"V:" + b" " * 90_000,
    b"V: " + b"1 " * 40_000,
    b"3 1\n" + b"1 " + b"1=" * 40_000 + b" 0\n0\n",
    b"3 1\n0\n" + b'" ' * 40_000,
    b"META\n" + b";" * 90_000,
    b"9" * 90_000 + b" 1\n",
    b"1,1,\n" + b"9" * 90_000 + b",1,\n",
    b'"' * 90_000,
    b"a," * 45_000 + b"\n1\n",
    b"# NUMBER ALTERNATIVES: 3\n1: " + b"{" * 40_000,
    b"# NUMBER ALTERNATIVES: 3\n1: " + b"1," * 40_000,
    b"=" + b"a" * 90_000,
    b"1: " + b"A>" * 40_000,
]


@pytest.mark.parametrize("format", [None, *(found.name for found in FORMATS)])
def test_a_hostile_file_neither_hangs_nor_escapes(format: str | None) -> None:
    for data in HOSTILE:
        try:
            profile = read_ballots(data, format=format)
        except BadInput as fault:
            assert fault.sentence()
        else:
            assert len(profile.options) <= 1_000
