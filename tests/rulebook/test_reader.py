"""The reading of editions: any bytes give a rulebook or findings with a line."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isonomy.kernel.bad_input import BadInput
from isonomy.rulebook.reader import examine, read_rulebook
from isonomy.rulebook.vocabulary import KINDS

CHECKOUT = Path(__file__).parents[2]
ASSOCIATION = CHECKOUT / "rulebooks" / "association" / "1.md"
FRONT = ["---", "organisation: A", "language: en", "time zone: UTC", "edition: 1", "status: model", "---"]
TABLES = ("units", "member_classes", "bodies", "offices", "powers", "procedures", "duties", "reporting")


def test_the_model_association_is_read_whole() -> None:
    rulebook = read_rulebook(ASSOCIATION.read_bytes(), "1.md")
    assert list(rulebook.bodies) == ["committee", "members-meeting"]
    assert rulebook.supreme is not None
    assert rulebook.supreme.title == "members' meeting"
    assert str(rulebook.supreme.notice) == "14 clear days"


def test_a_misspelt_key_is_answered_with_the_line_the_clause_and_the_nearest_key() -> None:
    data = ASSOCIATION.read_bytes().replace(b"\nquorum: 1/2", b"\nquorom: 1/2")
    with pytest.raises(BadInput) as raised:
        read_rulebook(data, "rules.md")
    line = data.split(b"\n").index(b"quorom: 1/2 of the seats") + 1
    assert str(raised.value) == (
        f"rules.md:{line}, clause 2: 'quorom' is not known in a body block; did you mean 'quorum'?"
    )
    assert examine(data).rulebook is None


KNOWN_LINES = sorted(
    {line for path in CHECKOUT.glob("rulebooks/*/*.md") for line in path.read_text("utf-8").split("\n")}
)
PIECES = st.sampled_from(
    [
        "filled by", "election by", "committee", "; ", ", ", " or ", "1/2", "2/3 of", "the members", "14 clear days",
        ":",
        "every", "year", "on", "1 May", "says: ", '"', "[1]", "[9.9]", "  ", "\t", "```", "```rule body x", "````",
        "## 1. A", "---", "0", "-", "members' meeting", "means", "é", "\u202e", "%", "999999999999",
        "in each branch",
    ]
)  # fmt: skip


def found_in(data: bytes) -> None:
    """Any bytes give a rulebook, or findings with a line of the file and words that can be printed."""
    lines = data.count(b"\n") + 1
    examination = examine(data, "any.md")
    for finding in examination.findings:
        assert 1 <= finding.line <= lines
        assert finding.column >= 1
        assert finding.what
        assert "\n" not in finding.sentence("any.md")
    if examination.rulebook is not None:
        assert read_rulebook(data, "any.md") == examination.rulebook
    else:
        with pytest.raises(BadInput) as raised:
            read_rulebook(data, "any.md")
        assert raised.value.where.startswith("any.md:")


@given(st.binary(max_size=400))
def test_any_bytes_give_a_rulebook_or_findings_with_a_line(data: bytes) -> None:
    found_in(data)


@given(st.lists(st.sampled_from(KNOWN_LINES), max_size=40))
def test_lines_of_rulebooks_in_any_order_are_read_or_answered(lines: list[str]) -> None:
    found_in("\n".join([*FRONT, *lines]).encode())


@given(st.lists(st.lists(PIECES, max_size=6).map("".join), max_size=12))
def test_any_lines_in_a_block_are_read_or_answered(lines: list[str]) -> None:
    found_in("\n".join([*FRONT, "## 1. A", "Words.", "```rule body committee", *lines, "```"]).encode())


@given(
    st.sampled_from(sorted({(kind.name, key) for kind in KINDS.values() for key in kind.keys})),
    st.lists(PIECES, max_size=8).map("".join),
)
def test_any_value_of_any_key_is_read_or_answered(kind_and_key: tuple[str, str], value: str) -> None:
    kind, key = kind_and_key
    found_in("\n".join([*FRONT, "## 1. A", "Words.", f"```rule {kind} committee", f"{key}: {value}", "```"]).encode())


@given(st.data())
def test_a_rulebook_with_a_slip_anywhere_is_read_or_answered(data: st.DataObject) -> None:
    whole = ASSOCIATION.read_bytes()
    at = data.draw(st.integers(0, len(whole)))
    until = data.draw(st.integers(at, min(len(whole), at + 40)))
    found_in(whole[:at] + data.draw(st.binary(max_size=6)) + whole[until:])


@given(st.sampled_from([b"\r\n", b"\n"]), st.booleans())
def test_line_ends_and_a_byte_order_mark_change_nothing_but_the_digest(end: bytes, mark: bool) -> None:
    plain = read_rulebook(ASSOCIATION.read_bytes())
    other = read_rulebook(b"\xef\xbb\xbf" * mark + ASSOCIATION.read_bytes().replace(b"\n", end))
    assert replace(other, sha256=plain.sha256) == plain


def test_reading_is_a_function_of_the_bytes() -> None:
    data = ASSOCIATION.read_bytes()
    assert read_rulebook(data) == read_rulebook(bytes(data))
    assert read_rulebook(data).sha256 == sha256(data).hexdigest()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "any.md:1: the file does not begin with front matter"),
        (b"\xff", "any.md:1: not UTF-8 text (byte 0)"),
        (b"---\n\xff", "any.md:2: not UTF-8 text (byte 4)"),
        (b"x" * (1024 * 1024 + 1), "any.md:1: the file has 1048577 bytes"),
        (b"---\n" + b"x" * 2001, "any.md:2: the line has 2001 characters"),
        (b"---\na\x00b", "any.md:2: an invisible character (U+0000)"),
        ("---\na\u202eb".encode(), "any.md:2: an invisible character (U+202E)"),
    ],
)
def test_a_file_that_cannot_be_read_is_answered_with_its_line(data: bytes, says: str) -> None:
    with pytest.raises(BadInput) as raised:
        read_rulebook(data, "any.md")
    assert str(raised.value).startswith(says)


def test_whoever_is_flooded_with_findings_gets_a_hundred() -> None:
    lines = [*FRONT, "## 1. A", "Words.", "```rule body committee", *(f"k{n}: v" for n in range(150)), "```"]
    assert len(examine("\n".join(lines).encode()).findings) == 100


def test_the_counting_rules_a_block_may_name_can_be_given() -> None:
    data = ASSOCIATION.read_bytes().replace(b"counting: plurality", b"counting: borda-1781")
    with pytest.raises(BadInput, match="'borda-1781' is not a counting rule known here"):
        read_rulebook(data)
    assert read_rulebook(data, counting=["yes-no", "borda-1781"]).procedures["committee"].counting == "borda-1781"


def test_every_fact_of_a_block_knows_its_line() -> None:
    data = ASSOCIATION.read_bytes()
    rulebook = read_rulebook(data)
    lines = data.decode().split("\n")
    places = [block.place for table in TABLES for block in getattr(rulebook, table).values()]
    assert len(places) >= 9
    for place in places:
        assert lines[place.line - 1].startswith("```rule ")
        clause = rulebook.clauses[place.clause]
        assert clause.first_line < place.line <= clause.last_line
        for key, line in place.lines.items():
            assert lines[line - 1].startswith(f"{key}:")


def test_the_words_of_a_clause_leave_out_its_blocks_and_its_source_keeps_them() -> None:
    clause = read_rulebook(ASSOCIATION.read_bytes()).clauses["4"]
    assert clause.words.startswith("The committee elects one of its members as chair")
    assert "rule" not in clause.words
    assert clause.source.startswith("## 4. Chair\nThe committee elects")
    assert clause.source.endswith("```")
    assert clause.blocks == 2
