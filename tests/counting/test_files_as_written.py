"""Ballot files as people and programs write them: every turn of the writing gives the same ballots, or is refused in words
that say what to do."""

from __future__ import annotations

import pytest

from isonomy.counting import Profile, count, read_ballots
from isonomy.kernel.bad_input import BadInput

BLT = b'3 2\n3 1 2 0\n2 2 3 0\n1 3 0\n0\n"Ann"\n"Bo"\n"Cy"\n"Branch"\n'
WARD = b'3,2,\n370,1,\n5,2,1,\n4,3,2,1,\n"Candidate 1","Ann","Oars (O)",\n"Candidate 2","Bo","",\n"Candidate 3","Cy","",\n"A Ward",\n'
SHEET = b"""
     Option 1---------->: Choice 1: Alpha
   /  Option 2--------->: Choice 2: Beta / Gamma
   |/  Option 3-------->: None of the above
   ||/
V: 123	voter-1	A B
V: 21-	voter-2
V: -1-	0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
"""
TABLE = b"Ann,Bo,Cy\n1,2,3\n2,1,\n3,,1\n"

SAME = [
    ("blt", BLT, BLT.replace(b"\n", b"\r\n"), "lines end as on Windows"),
    ("blt", BLT, BLT.replace(b"\n", b"\r"), "lines end as on old Macs"),
    ("blt", BLT, b"\xef\xbb\xbf" + BLT, "a byte-order mark"),
    ("blt", BLT, BLT.decode().encode("utf-16"), "UTF-16"),
    ("blt", BLT, BLT.rstrip(), "no end of line at the end"),
    ("blt", BLT, BLT.replace(b"3 1 2 0", b"  3\t1  2 0  "), "blanks and tabs"),
    ("blt", BLT, BLT.replace(b"3 1 2 0", b"# the first\n\n3 1 2 0 # three papers"), "comments"),
    ("blt", BLT, BLT.replace(b"3 1 2 0", b"(paper-7) 1 1 2 0\n(paper-8) 2 1 2 0"), "papers with their own numbers"),
    ("blt", BLT, BLT.replace(b"3 1 2 0", b"3 1 - 2 0"), "a rank left out"),
    ("blt", BLT, BLT.replace(b'"Ann"\n"Bo"\n"Cy"\n', b'"Ann" "Bo" "Cy"\n'), "names in one line"),
    ("blt", BLT, BLT.replace(b'"', b""), "names without quotation marks"),
    ("blt", BLT, BLT.replace(b'"Bo"', b'"Bo" # the second'), "a comment behind a name"),
    ("scottish", WARD, WARD.replace(b"\n", b"\r\n"), "lines end as on Windows"),
    ("scottish", WARD, WARD.replace(b",\n", b"\n"), "no comma at the end"),
    ("scottish", WARD, WARD.replace(b"5,2,1,", b"5,2,1,,,"), "many commas at the end"),
    ("scottish", WARD, WARD.replace(b"5,2,1,", b"\n5, 2, 1,\n"), "blanks and empty lines"),
    ("scottish", WARD, WARD.replace(b'"', b""), "no quotation marks"),
    ("scottish", WARD, b"\xef\xbb\xbf" + WARD.replace(b"3,2,\n", b"3, 2,,,\n"), "a mark and a wide first line"),
    ("debian-tally", SHEET, SHEET.replace(b"\n", b"\r\n"), "lines end as on Windows"),
    ("debian-tally", SHEET, b"<html><pre>" + SHEET + b"</pre></html>", "a page around it"),
    ("debian-tally", SHEET, b"<pre>" + SHEET.replace(b">:", b"&gt;:") + b"</pre>", "signs of a page escaped"),
    ("debian-tally", SHEET, SHEET.replace(b"V: ", b"V:\t"), "a tab before the ranks"),
    ("debian-tally", SHEET, SHEET.replace(b"V: 123", b"V: 1 2 3"), "ranks apart"),
    ("csv", TABLE, TABLE.replace(b",", b";"), "semicolons"),
    ("csv", TABLE, TABLE.replace(b",", b"\t"), "tabs"),
    ("csv", TABLE, TABLE.replace(b"\n", b",\n"), "a comma at the end of every line"),
    ("csv", TABLE, TABLE.replace(b"1,2,3", b"1.0,2.0,3.0"), "ranks as a spreadsheet shows them"),
    ("csv", TABLE, b"\xef\xbb\xbf" + TABLE.replace(b"\n", b"\r\n\r\n"), "a mark and empty lines"),
    ("csv", TABLE, b"Ann,Bo,Cy,Weight\n1,2,3,1\n2,1,,1\n3,,1,1\n", "weights in the last column"),
    ("csv", TABLE, b'Ann,Bo,Cy\n"1","2","3"\n2,1,-\n3,,1\n', "quoted cells and a dash"),
]


@pytest.mark.parametrize(("format", "plain", "written", "how"), SAME, ids=[f"{row[0]}: {row[3]}" for row in SAME])
def test_every_turn_of_the_writing_gives_the_same_ballots(format: str, plain: bytes, written: bytes, how: str) -> None:
    del how
    expected = read_ballots(plain)
    found = read_ballots(written)
    assert _told(found) == _told(expected)
    assert read_ballots(written, format=format) == found


def _told(profile: Profile) -> tuple[object, ...]:
    return profile.options, sorted(profile.ballots), profile.seats, profile.title, profile.unranked


@pytest.mark.parametrize(
    ("encoding", "name"), [("utf-8", "Zoë Ångström"), ("latin-1", "Zoë Ångström"), ("cp1252", "Zoë ’Zo’ Ångström")]
)
def test_names_of_old_files_keep_their_letters(encoding: str, name: str) -> None:
    assert read_ballots(BLT.replace(b"Ann", name.encode(encoding))).options[0].name == name


REFUSED = [
    (b'3 2\n[nick a b c]\n3 a b 0\n0\n"A"\n"B"\n"C"\n', "line 2", "an option of one counting program"),
    (BLT.replace(b"3 1 2 0", b"1.5 1 2 0"), "line 2", "'1.5' is not a whole number (weight)"),
    (BLT.replace(b"\n0\n", b"\n"), "line 5", "the names begin before the ballots end"),
    (SHEET.replace(b"V: 123", b"v: 123"), "line 6", "begins like a vote and is none"),
    (SHEET.replace(b"V: 123", b"V: 1234"), "line 6", "has 4 places for 3 options"),
    (WARD.replace(b"4,3,2,1,", b"4,3,,1,"), "line 4", "is not a whole number"),
    (TABLE.replace(b"1,2,3", b"0,1,2"), "line 2", "0 is no rank, in column 'Ann'"),
    (b"Timestamp,Ann,Bo\n2020-01-01,1,2\n", "line 2", "in column 'Timestamp'"),
    (b"1st,2nd\nAnn,Bo\n", "line 2", "in column '1st'"),
]


@pytest.mark.parametrize(("data", "where", "says"), REFUSED, ids=[row[2] for row in REFUSED])
def test_what_could_be_misread_is_refused_with_its_line(data: bytes, where: str, says: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_ballots(data)
    assert caught.value.where == where
    assert says in caught.value.what
    assert caught.value.cure


def test_a_cross_is_a_mark_where_marks_are_counted() -> None:
    profile = read_ballots(b"Ann,Bo\nx,\n,X\nx,x\n", kind="scores")
    assert count(profile, "approval").to_json()["tallies"] == {"Ann": 2, "Bo": 2}
