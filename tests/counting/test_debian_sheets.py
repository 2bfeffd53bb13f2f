"""Debian tally sheets: every layout since 2002 is read, every bad line is named, nothing hangs."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isonomy.counting import read_ballots
from isonomy.counting.formats.debian_tally import read_debian_csv, read_debian_tally
from isonomy.counting.formats.text import LINE_LENGTH_MAX
from isonomy.kernel.bad_input import BadInput

DATA = Path(__file__).parent / "data" / "debian"
HEADER = b"     Option 1--->: Keep\n   /  Option 2-->: Further Discussion\n   |/\n"


def sheet(*lines: bytes, header: bytes = HEADER) -> bytes:
    return header + b"".join(line + b"\n" for line in lines)


def test_a_public_sheet_gives_login_and_name_as_receipt() -> None:
    read = read_debian_tally(sheet(b"V: 12\t          moon\tLuna Example", b"V: -1\t  sun\tSol Example"))
    assert [(r.line, r.vote, r.voter) for r in read.receipts] == [
        (4, "12", "moon\tLuna Example"),
        (5, "-1", "sun\tSol Example"),
    ]
    assert read.profile.names == ("Keep", "Further Discussion")
    assert [b.ranks for b in read.profile.ballots] == [((1,), (2,)), ((2,),)]


def test_a_secret_sheet_gives_the_digest_as_receipt() -> None:
    read = read_debian_tally(sheet(b"V: 21 \t\t" + b"5d" * 32))
    assert read.receipts[0].voter == "5d" * 32


def test_the_drawing_after_the_last_name_is_no_part_of_it() -> None:
    header = b"     Option 1---->: Ann / Bo\n   /  Option 2--->: Cy\n   |/  Option 3-->: None of the Above   ||/\n"
    assert read_debian_tally(header + b"V: 123\tx\n").profile.names == ("Ann / Bo", "Cy", "None of the Above")


def test_a_sheet_that_is_not_utf8_is_read_as_latin1() -> None:
    header = HEADER.replace(b"Keep", "Raphaël".encode("latin-1"))
    assert read_debian_tally(sheet(b"V: 12\tx", header=header)).profile.names[0] == "Raphaël"


@pytest.mark.parametrize("end", [b"\r\n", b"\r", b"\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_ends_and_byte_order_marks_do_not_matter(end: bytes, mark: bytes) -> None:
    data = mark + sheet(b"V: 12\tx", b"V: 21\ty").replace(b"\n", end)
    assert read_ballots(data).paper_count == 2


def test_text_around_the_sheet_is_passed_over() -> None:
    data = b'\n\t Tally Sheet for the votes cast. \n  "V: vote \tLogin\tName"\n' + sheet(
        b"V: 12\tx", b"", b"The end. 12 votes"
    )
    assert read_debian_tally(data).profile.paper_count == 1


def test_only_the_order_of_ranks_counts() -> None:
    header = b"".join(b"Option %d--->: o%d\n" % (n, n) for n in range(1, 4))
    read = read_debian_tally(header + b"V: 159\tx\nV: 123\ty\nV: 2-2\tz\n")
    assert [(b.ranks, b.weight) for b in read.profile.ballots] == [(((1,), (2,), (3,)), 2), (((1, 3),), 1)]


def test_more_than_nine_options_are_ranked_with_letters_or_apart() -> None:
    header = b"".join(b"Option %d--->: o%d\n" % (n, n) for n in range(1, 12))
    read = read_debian_tally(header + b"V: ba987654321\tx\nV: 11 10 9 8 7 6 5 4 3 2 1 \ty\nV: -----------\tz\n")
    assert [(b.ranks[:1], b.weight) for b in read.profile.ballots] == [(((11,),), 2), ((), 1)]
    assert [r.voter for r in read.receipts] == ["x", "y", "z"]


def test_a_sheet_without_header_names_its_options_by_number() -> None:
    assert read_ballots(b"V: 12-\tx\nV: 321\ty\n").names == ("Option 1", "Option 2", "Option 3")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (b"V: 123\tx", "3 places for 2 options"),
        (b"V: 1\tx", "1 places for 2 options"),
        (b"V: 1?\tx", "'?' is not a rank"),
        (b"V: 10\tx", "'0' is not a rank"),
        (b"V: 1a\tx", "'a' is not a rank"),
        (b"V:", "without ranks"),
        (b"V 12\tx", "begins like a vote"),
    ],
)
def test_a_bad_line_is_refused_with_its_number_and_the_cure(line: bytes, says: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_ballots(sheet(b"V: 12\tx", line), "votes.txt")
    assert says in caught.value.what
    assert caught.value.where == "votes.txt: line 5"
    assert caught.value.cure


def test_options_out_of_order_are_refused() -> None:
    with pytest.raises(BadInput, match="option 3 follows option 1"):
        read_debian_tally(b"Option 1--->: a\nOption 3--->: b\nV: 12\tx\n")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"V: 12\x00\tx\n", "zero bytes"),
        (b"hello\n", "no ballot format"),
        (b"V: " + b"1" * (LINE_LENGTH_MAX + 1), "characters"),
        (b"\xff\xfeV", "UTF-16"),
    ],
)
def test_a_file_that_is_no_sheet_is_refused(data: bytes, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        read_ballots(data)


@settings(max_examples=300)
@given(
    data=st.one_of(
        st.binary(max_size=400),
        st.text(alphabet="V: 12-\t\n|/Option>,ballotvr3", max_size=400).map(str.encode),
    )
)
def test_any_bytes_give_ballots_or_a_refusal_with_words(data: bytes) -> None:
    said = ["read"]
    for read in (read_ballots, read_debian_tally, read_debian_csv):
        try:
            read(data)
        except BadInput as fault:
            said.append(fault.what)
    assert all(said)


def test_the_two_columns_of_a_csv_say_the_same_as_the_sheet() -> None:
    read = read_debian_csv(b"ballot,voter\n12,d-1\n-1,d-2\n", ["Keep", "Further Discussion"])
    assert [b.ranks for b in read.profile.ballots] == [((1,), (2,)), ((2,),)]
    assert read.profile.names == ("Keep", "Further Discussion")
    assert read_ballots(b"ballot,voter\n12,d-1\n").names == ("Option 1", "Option 2")


def test_every_sheet_at_hand_is_read_line_by_line() -> None:
    sheets = sorted(DATA.glob("*_tally.txt"))
    assert len(sheets) == 23
    for path in sheets:
        votes = sum(line.startswith(b"V:") for line in path.read_bytes().splitlines())
        assert len(read_debian_tally(path.read_bytes()).receipts) == votes
