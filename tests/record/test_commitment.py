"""A commitment opens to one label and one value, and says nothing without its salt."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.canonical import canonical_bytes
from isonomy.record.commitment import (
    Opening,
    commitment,
    is_sealed,
    opens,
    read_openings,
    read_seal,
    seal,
    write_openings,
)
from tests.record.attempt import attempt

SALTS = st.binary(min_size=32, max_size=32)
TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
LABELS = TEXTS.filter(bool)


@given(SALTS, LABELS, TEXTS, SALTS, LABELS, TEXTS)
def test_it_opens_to_what_was_sealed_and_to_nothing_else(
    salt: bytes, label: str, value: str, other_salt: bytes, other_label: str, other_value: str
) -> None:
    sealed = commitment(salt, label, value)
    assert opens(sealed, salt, label, value)
    assert opens(sealed, salt, label, value.encode())
    if (salt, label, value) != (other_salt, other_label, other_value):
        assert not opens(sealed, other_salt, other_label, other_value)


@given(SALTS, LABELS, TEXTS, st.integers(1, 10))
def test_label_and_value_cannot_be_shifted_against_each_other(salt: bytes, label: str, value: str, cut: int) -> None:
    whole = label + value
    assume(cut < len(whole) and cut != len(label))
    assert not opens(commitment(salt, label, value), salt, whole[:cut], whole[cut:])


@given(SALTS, LABELS, TEXTS)
def test_a_seal_in_an_act_is_read_back(salt: bytes, label: str, value: str) -> None:
    assert is_sealed(seal(salt, label, value))
    assert read_seal(seal(salt, label, value)) == commitment(salt, label, value)


@pytest.mark.parametrize(
    "value", [{}, {"c": 1}, {"c": "x"}, {"c": "A" * 44}, {"c": "A" * 60}, {"c": "A" * 43 + "=", "d": 1}, "A" * 44, None]
)
def test_what_is_no_seal_is_refused(value: object) -> None:
    with pytest.raises(BadInput):
        read_seal(value)


def test_a_short_salt_and_an_empty_or_long_label_are_refused() -> None:
    for salt, label in ((b"short", "name"), (bytes(32), ""), (bytes(32), "x" * 201)):
        with pytest.raises(BadInput):
            commitment(salt, label, "value")
        assert not opens(bytes(32), salt, label, "value")


@given(st.lists(st.tuples(SALTS, LABELS, TEXTS, st.booleans()), max_size=5, unique_by=lambda row: row[0]))
def test_openings_are_read_back_in_order(rows: list[tuple[bytes, str, str, bool]]) -> None:
    openings = [
        Opening(commitment(salt, label, value), label, salt, None if as_file else value, "a/b" if as_file else None)
        for salt, label, value, as_file in rows
    ]
    data = write_openings(openings)
    assert sorted(openings, key=lambda opening: opening.commitment) == read_openings(data)
    lines = data.splitlines(keepends=True)
    if len(lines) > 1:
        with pytest.raises(BadInput, match=r"openings\.jsonl:2"):
            read_openings(b"".join(reversed(lines)))
        with pytest.raises(BadInput, match="sorted"):
            read_openings(lines[0] + data)


GOOD = {"c": "A" * 43 + "=", "label": "name", "salt": "A" * 43 + "=", "value": "x"}


@pytest.mark.parametrize(
    "raw",
    [
        [], "x", {}, {**GOOD, "more": "x"}, {**GOOD, "path": "a"}, {**GOOD, "c": 1}, {**GOOD, "value": None},
        {**GOOD, "c": "A" * 42 + "=="}, {**GOOD, "salt": "AAAA"}, {"c": GOOD["c"], "path": "a"},
    ],
)  # fmt: skip
def test_another_form_of_opening_is_refused_with_its_line(raw: object) -> None:
    assert read_openings(canonical_bytes(GOOD) + b"\n")
    with pytest.raises(BadInput, match=r"openings\.jsonl:1"):
        read_openings(canonical_bytes(raw) + b"\n")


def test_openings_that_break_off_are_refused() -> None:
    with pytest.raises(BadInput, match="breaks off"):
        read_openings(canonical_bytes(GOOD))


@given(st.binary(max_size=60))
def test_any_bytes_are_openings_or_bad_input(data: bytes) -> None:
    for text in (data, data + b"\n", b'{"c":"' + data + b'"}\n'):
        _, fault = attempt(read_openings, text)
        assert fault is None or fault.where.startswith("openings.jsonl")
