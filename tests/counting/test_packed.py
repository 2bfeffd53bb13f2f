"""The packed ballot file gives back what was written, and refuses whatever else."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isonomy.counting import Profile, count, read_ballots, write_ballots
from isonomy.counting.ballot import Ballot, Option, options_named
from isonomy.kernel.bad_input import BadInput
from tests.counting.elections import profiles

WARD = Path(__file__).parent / "data" / "scottish-2017" / "ballots" / "glasgow_2017_ward11.csv"


@settings(deadline=None)
@given(profile=profiles(), seats=st.integers(1, 9), title=st.text(max_size=5).filter(str.isprintable))
def test_what_was_packed_is_read_again(profile: Profile, seats: int, title: str) -> None:
    given = replace(profile, seats=seats, title=title)
    assert read_ballots(write_ballots(given, "packed")) == given


def test_an_option_keeps_all_it_says() -> None:
    options = (Option(1, "Ann", "A party", True, 7, "X"), Option(2, "Bob"))
    profile = Profile(options, (Ballot(((2,),), 10**12), Ballot((), 3)), spoiled=4, unranked="apart")
    assert read_ballots(write_ballots(profile, "packed")) == profile


def test_a_ward_packed_gives_the_same_count() -> None:
    text = read_ballots(WARD.read_bytes())
    packed = read_ballots(write_ballots(text, "packed"))
    assert packed == text
    assert count(packed, "scottish-stv-2007") == count(text, "scottish-stv-2007")


@settings(deadline=None)
@given(place=st.integers(0), byte=st.integers(1, 255), signed=st.booleans())
def test_a_byte_changed_is_refused_or_the_profile_is_a_valid_one(place: int, byte: int, signed: bool) -> None:
    profile = Profile(options_named(["Ann", "Bob", "Cid"]), (Ballot(((1,), (2, 3)), 2), Ballot(((3,),), 1)))
    data = bytearray(write_ballots(profile, "packed"))
    data[place % len(data)] ^= byte
    if signed:  # a hostile file has the right digest
        data[-32:] = hashlib.sha256(data[:-32]).digest()
    try:
        found = read_ballots(bytes(data), format="packed")
    except BadInput:
        return
    assert signed
    assert read_ballots(write_ballots(found, "packed")) == found


@given(length=st.integers(0, 200))
def test_a_file_cut_off_is_refused(length: int) -> None:
    data = write_ballots(Profile(options_named(["Ann"]), (Ballot(((1,),), 1),)), "packed")
    with pytest.raises(BadInput):
        read_ballots(data[: min(length, len(data) - 1)], format="packed")


def test_a_length_beyond_the_file_takes_no_memory() -> None:
    data = bytearray(write_ballots(Profile(options_named(["Ann"]), (Ballot(((1,),), 1),)), "packed"))
    data[24:32] = b"\xff" * 8
    with pytest.raises(BadInput, match="lengths"):
        read_ballots(bytes(data))


def test_scores_are_not_packed() -> None:
    scores = read_ballots(b"Ann,Bob\n1,0\n", "x.csv", kind="scores")
    with pytest.raises(BadInput, match="scores"):
        write_ballots(scores, "packed")
