"""The compiled loops give the digits and the words of the Python beside them, and survive whatever they are handed.

To look for faults of memory by hand: compile with `-fsanitize=address,undefined` (the function `compiled` of
`hatch_build.py` takes further flags) and run these tests with the sanitizer's library loaded before the interpreter.
"""

from __future__ import annotations

import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hatch_build import source_digest
from isonomy.counting import Ballot, Parameters, Profile, compiled, count, read_ballots, write_ballots
from isonomy.counting.meek_prf import PLACES, _Votes
from isonomy.counting.packed_ballots import PackedBallots
from isonomy.counting.pairwise import pairwise_matrix
from isonomy.counting.stage_count import StageCount
from isonomy.counting.tie import Lots
from isonomy.counting.transfer import passing_papers_for
from isonomy.kernel.bad_input import BadInput
from tests.counting.elections import profiles

machine: Any = compiled.machine
pytestmark = pytest.mark.skipif(machine is None, reason=f"no compiled loops: {compiled.lacks}")

WARDS = Path(__file__).parent / "data" / "scottish-2017" / "ballots"


def without_machine(work: Callable[[], Any]) -> Any:
    """What the work gives by Python alone."""
    compiled.machine = None
    try:
        return work()
    finally:
        compiled.machine = machine


def outcome(data: bytes, format: str) -> Any:
    """The poll in full, or the refusal in full."""
    try:
        found = read_ballots(data, format=format)
    except BadInput as fault:
        return fault.what, fault.where, fault.cure
    return found.options, tuple(found.ballots), found.seats, found.title, found.paper_count


def packed(profile: Profile) -> Profile:
    """The same poll, its ballots as the compiled loops hold them."""
    found = read_ballots(write_ballots(profile, "packed"))
    assert isinstance(found.ballots, PackedBallots)
    return found


def test_it_was_compiled_from_these_sources() -> None:
    assert source_digest(Path(compiled.__file__).parent / "machine") == machine.SOURCE, "run `make setup` again"


BLANK = st.sampled_from([" ", " ", " ", "  ", "\t"])
END = st.sampled_from(["\n", "\n", "\n", "\n", "\r\n", " \n", " # said aloud\n", "#\n", "\t\r\n"])
ODD = st.sampled_from(
    [
        "-",
        "0",
        "00",
        "01",
        "2=1",
        "1=1",
        "1=",
        "=",
        "5",
        "x",
        "1 -",
        "-1",
        "é",
        "\x00",
        "\x0b",
        "\r",
        '"',
        "(a)",
        "1000000000001",
        "9" * 18,
        "9" * 19,
    ]
)


@st.composite
def blt_lines(draw: st.DrawFn) -> str:
    """A line of a BLT file: mostly a ballot, sometimes something that stands there too, seldom nonsense."""
    kind = draw(st.integers(0, 19))
    if kind == 0:
        return draw(
            st.sampled_from(
                ["\n", "  \n", "# a remark\n", "# \u00e9\n", "-2\n", "0 # end\n", " 0\n", "0\n", "00\n", "\r\n"]
            )
        )
    weight = draw(st.sampled_from(["1", "1", "1", "3", "007", "0", "1000000000000"] if kind < 4 else ["1", "2"]))
    parts = [weight, *map(str, draw(st.permutations([1, 2, 3, 4]))[: draw(st.integers(0, 4))]), "0"]
    if kind in (1, 2):
        parts[1:1] = [draw(ODD)]
    if kind == 3 and len(parts) > 3:
        parts[1:3] = [f"{parts[1]}={parts[2]}"]
    mark = draw(st.sampled_from(["(p17)", "(a b) ", " ( ) ", "(#)", "(é)", "("])) if kind == 4 else ""
    return mark + draw(BLANK).join(parts) + draw(END)


@settings(max_examples=400, deadline=None)
@given(
    head=st.sampled_from(
        [
            "4 2\n",
            "# a committee\n4 2 # four\n-3\n\n",
            "\ufeff4 2\n",
            "4 2\r\n",
            "-1\n4 2\n",
            "5 1\n",
            "300 1\n",
            "4 2\n-2\r1 1 0\n",
        ]
    ),
    lines=st.lists(blt_lines(), max_size=12),
    tail=st.sampled_from(
        ['0\n"A"\n"B"\n"C"\n"D"\n"E"\n', '0\r\n"Ä"\nB\nC\nD\n"title"\n', '0\n"A"\n', "0", "", "0 \n" + "a\n" * 300]
    ),
    encoding=st.sampled_from(["utf-8", "utf-8", "latin-1", "utf-16"]),
)
def test_a_blt_file_is_read_alike(head: str, lines: list[str], tail: str, encoding: str) -> None:
    data = (head + "".join(lines) + tail).encode(encoding, errors="replace")
    assert outcome(data, "blt") == without_machine(lambda: outcome(data, "blt"))


@settings(max_examples=300, deadline=None)
@given(
    lines=st.lists(
        st.tuples(
            st.sampled_from(["1", "2", "30", "0", "007", "x"]),
            st.permutations([1, 2, 3]),
            st.integers(0, 3),
            st.sampled_from([",\n", ",\n", ",\n", "\n", ",\r\n", ",,\n", ", \n", "\r"]),
        ),
        max_size=8,
    ),
    head=st.sampled_from(["3,1,\n", "3,1\n", "3,1,\r\n", "2,1,\n", "0,1,\n", "254,1,\n", "255,1,\n"]),
    tail=st.sampled_from(
        [
            '"Candidate 1","A","",\n"Candidate 2","B","P",\n"Candidate 3","C","",\n"Ward",\n',
            '"Candidate 1","A",\n',
            "",
            ' "Ward"\n',
        ]
    ),
)
def test_a_scottish_profile_is_read_alike(lines: list[tuple[str, list[int], int, str]], head: str, tail: str) -> None:
    text = (
        head
        + "".join(",".join([papers, *map(str, order[:length])]) + end for papers, order, length, end in lines)
        + tail
    )
    data = text.encode()
    assert outcome(data, "scottish") == without_machine(lambda: outcome(data, "scottish"))


@settings(max_examples=300, deadline=None)
@given(data=st.binary(max_size=60), place=st.integers(0, 60), format=st.sampled_from(["blt", "scottish"]))
def test_bytes_changed_anywhere_are_read_or_refused_alike(data: bytes, place: int, format: str) -> None:
    whole = {
        "blt": b'3 1\n2 1 2 0\n1 3 1=2 0\n1 0\n0\n"A"\n"B"\n"C"\n"T"\n',
        "scottish": b'3,1,\n2,1,2,\n1,3,\n"Candidate 1","A","",\n"Candidate 2","B","",\n"Candidate 3","C","",\n',
    }[format]
    changed = whole[:place] + data + whole[place + len(data) // 2 :]
    assert outcome(changed, format) == without_machine(lambda: outcome(changed, format))


@pytest.mark.parametrize(
    "line",
    [b"1 " + b" " * 100_001 + b"0\n", b"1 1 0 # " + b"x" * 100_001 + b"\n", b"(" + b"x" * 100_001 + b") 1 1 0\n"],
)
def test_a_line_too_long_is_refused_alike(line: bytes) -> None:
    data = b"2 1\n1 1 0\n" + line + b'0\n"A"\n"B"\n'
    assert outcome(data, "blt") == without_machine(lambda: outcome(data, "blt"))
    assert "characters" in outcome(data, "blt")[0]


def test_what_is_plain_is_read_by_the_compiled_loop() -> None:
    data = b'# remark\n4 2\n-3\n1 1 2 0\r\n(p)\t3 2 - 4=1 0 # so\n\n1 1 2 0\n1 0\n0\n"A"\n"B"\n"C"\n"D"\n'
    found = read_ballots(data)
    assert isinstance(found.ballots, PackedBallots)
    assert tuple(found.ballots) == (Ballot(((1,), (2,)), 2), Ballot(((2,), (1, 4)), 3), Ballot((), 1))
    assert isinstance(read_ballots(next(WARDS.glob("*.csv")).read_bytes()).ballots, PackedBallots)


def test_more_ballots_than_the_first_tables_hold_are_merged_in_order() -> None:
    orders = [(n % 20 + 1, n // 20 % 20 + 1, n // 400 + 1) for n in range(8_000)]
    orders = [order for order in orders if len(set(order)) == 3]
    lines = "".join(f"1 {a} {b} {c} 0\n" for a, b, c in [*orders, *reversed(orders)])
    names = "".join(f"N{n}\n" for n in range(20))
    data = f"20 1\n{lines}0\n{names}".encode()
    assert [(*(r for (r,) in b.ranks), b.weight) for b in read_ballots(data).ballots] == [(*o, 2) for o in orders]


@settings(deadline=None)
@given(profile=profiles(), place=st.integers(0), byte=st.integers(1, 255))
def test_a_packed_file_is_read_or_refused_alike(profile: Profile, place: int, byte: int) -> None:
    import hashlib

    data = bytearray(write_ballots(profile, "packed"))
    assert bytes(data) == without_machine(lambda: write_ballots(profile, "packed"))
    assert bytes(data) == write_ballots(packed(profile), "packed")
    data[20 + place % (len(data) - 20)] ^= byte
    data[-32:] = hashlib.sha256(data[:-32]).digest()
    assert outcome(bytes(data), "packed") == without_machine(lambda: outcome(bytes(data), "packed"))


@settings(deadline=None)
@given(profile=profiles(), apart=st.booleans())
def test_the_pairwise_matrix_is_the_same(profile: Profile, apart: bool) -> None:
    plain = without_machine(lambda: pairwise_matrix(tuple(profile.ballots), len(profile.options), apart=apart))
    assert pairwise_matrix(packed(profile).ballots, len(profile.options), apart=apart) == plain


RULES = ["scottish-stv-2007", "wigm", "meek-prf", "ers97", "irv", "schulze-wv", "plurality"]


@pytest.mark.parametrize("rule", RULES)
@settings(deadline=None, max_examples=60)
@given(profile=profiles(), seats=st.integers(1, 3), gone=st.sets(st.integers(1, 5), max_size=2))
def test_a_count_is_the_same(rule: str, profile: Profile, seats: int, gone: set[int]) -> None:
    left = set(profile.standing) - gone
    given = profile.withdraw(gone & set(profile.standing)) if left else profile
    parameters = Parameters(seats) if rule != "irv" else None
    plain = without_machine(lambda: count(given, rule, parameters))
    assert count(packed(given), rule, parameters) == plain


def test_wards_are_counted_alike() -> None:
    for path in sorted(WARDS.glob("*.csv"))[::12]:
        data = path.read_bytes()
        for rule in ("scottish-stv-2007", "meek-prf"):
            one = count(read_ballots(data), rule)
            other = without_machine(lambda data=data, rule=rule: count(read_ballots(data), rule))
            assert one.digest() == other.digest()


@settings(deadline=None)
@given(profile=profiles(strict=True), keep=st.lists(st.integers(0, 10**9), min_size=9, max_size=9))
def test_the_shares_of_meeks_method_are_the_same(profile: Profile, keep: list[int]) -> None:
    state = StageCount(profile, 1, Lots(), PLACES, passing_papers_for(profile.ballots))
    votes = _Votes(state)
    votes.pass_on([option for option in profile.standing if option % 2])
    votes.keep[1:] = keep[: len(votes.keep) - 1]
    votes.distribute()
    assert (state.totals, state.exhausted) == votes.distributed([0, *votes.keep[1:]])


NUMBERS = st.integers(-3, 300)


@settings(deadline=None, max_examples=300)
@given(
    runs=st.tuples(st.binary(max_size=40), st.binary(max_size=40)),
    more=st.tuples(st.binary(max_size=40), st.binary(max_size=300)),
    one=NUMBERS,
    other=NUMBERS,
)
def test_nonsense_is_refused_and_never_read_beyond_its_end(
    runs: tuple[bytes, bytes], more: tuple[bytes, bytes], one: int, other: int
) -> None:
    weights, orders = runs
    calls: list[Callable[[], Any]] = [
        lambda: machine.read_ballots(orders, one, other, abs(one) % 3),
        lambda: machine.check_ballots(weights, orders, one),
        lambda: machine.merge_ballots(weights, orders),
        lambda: machine.all_papers(weights, orders),
        lambda: machine.split_papers(weights, orders, more[0], more[1], bool(one % 2)),
        lambda: machine.split_papers(weights[:8], orders, struct.pack("<II", 0, abs(one)), more[1], bool(one % 2)),
        lambda: machine.pairwise_counts(weights, orders, one, bool(other % 2)),
        lambda: machine.share_votes(weights + orders, more[0], abs(one), abs(other)),
    ]
    for call in calls:
        try:
            call()
        except ValueError as refused:
            assert str(refused)


@settings(deadline=None)
@given(profile=profiles(), parts=st.integers(1, 9))
def test_pieces_hold_every_ballot_once_and_in_order(profile: Profile, parts: int) -> None:
    pieces = packed(profile).ballots.pieces(parts)  # type: ignore[attr-defined]
    assert [ballot for piece in pieces for ballot in piece.each()] == list(profile.ballots)
    assert all(machine.check_ballots(piece.weights_run, piece.orders_run, 254) is not None for piece in pieces if piece)


def test_a_sum_beyond_62_bits_is_left_to_python() -> None:
    weights = struct.pack("<3Q", 1 << 61, 1 << 61, 1)
    assert machine.merge_ballots(weights, b"\1\0\2\0\3") is None
    assert machine.merge_ballots(weights[:16], b"\1\0\1") == (struct.pack("<Q", 1 << 62), b"\1", 1)


def test_ballots_that_travel_come_back_the_same() -> None:
    import pickle

    ballots = read_ballots(b"2 1\n1 1 0\n2 2=1 0\n0\nA\nB\n").ballots
    again = pickle.loads(pickle.dumps(ballots))
    assert again == ballots
    assert not PackedBallots(b"", b"")


@pytest.mark.parametrize(
    ("before", "says"),
    [
        ("import os; os.environ['ISONOMY_PURE'] = '1'", "switched off by ISONOMY_PURE"),
        (
            "import sys, types; sys.modules['isonomy.counting._compiled'] = types.SimpleNamespace(VERSION=0)",
            "older source",
        ),
        ("import sys; sys.modules['isonomy.counting._compiled'] = None", "halted"),
    ],
)
def test_what_is_switched_off_old_or_missing_is_not_used(before: str, says: str) -> None:
    then = "from isonomy.counting import compiled; print(compiled.machine, compiled.lacks)"
    found = subprocess.run([sys.executable, "-c", f"{before}\n{then}"], capture_output=True, text=True, check=True)
    assert found.stdout.startswith("None ")
    assert says in found.stdout
