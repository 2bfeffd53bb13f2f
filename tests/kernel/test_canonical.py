"""One value, one sequence of bytes: RFC 8785, without floats."""

from contextlib import suppress

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.canonical import INTEGER_MAX, canonical_bytes, digest, parse_canonical, parse_json
from isonomy.kernel.ids import is_act_id, is_person_id, is_proceeding_id, is_slug, proceeding_id, slug

TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-INTEGER_MAX, INTEGER_MAX), TEXTS),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(TEXTS, inner, max_size=4)),
    max_leaves=20,
)


@given(VALUES)
def test_the_bytes_are_those_of_rfc_8785_and_are_read_back(value: object) -> None:
    data = canonical_bytes(value)
    assert data == rfc8785.dumps(value)  # type: ignore[arg-type]
    assert parse_canonical(data) == value


def test_keys_beyond_the_basic_plane_sort_by_utf_16_units() -> None:
    value = {"\ue000": 1, "\U0001f600": 2, "a": 3}
    assert canonical_bytes(value) == rfc8785.dumps(value)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "value", [1.0, {"a": 0.5}, 2**53, [-(2**53)], {"a": object()}, {1: 2}, "\ud800", {"a": "\udfff"}]
)
def test_floats_huge_numbers_and_broken_characters_are_refused(value: object) -> None:
    with pytest.raises(BadInput):
        canonical_bytes(value)


@pytest.mark.parametrize(
    "data",
    [
        b'{"a":1,"a":2}', b'{"b":1,"a":2}', b'{"a": 1}', b"1.0", b"1e3", b"-0", b"NaN", b"Infinity", b"", b"\xff",
        b'"\\u0061"', b"[1,]", b"9007199254740992", b'"\\ud800"', b"[" * 5000, b"99999999999999999999999999",
    ],
)  # fmt: skip
def test_bytes_that_are_not_canonical_are_refused(data: bytes) -> None:
    with pytest.raises(BadInput):
        parse_canonical(data)


def test_deep_nesting_is_refused_and_not_a_crash() -> None:
    value: list[object] = []
    for _ in range(200):
        value = [value]
    with pytest.raises(BadInput, match="deep"):
        canonical_bytes(value)


@given(st.binary(max_size=60))
def test_any_bytes_are_a_value_or_bad_input(data: bytes) -> None:
    try:
        value = parse_json(data)
    except BadInput:
        return
    with suppress(BadInput):
        assert parse_json(canonical_bytes(value)) == value


def test_equal_values_have_one_digest() -> None:
    assert digest({"b": [1], "a": None}) == digest({"a": None, "b": [1]})


def test_ids_have_their_forms() -> None:
    assert is_act_id("5f0c" * 8)
    assert not is_act_id("5F0C" * 8)
    assert is_person_id("p-7q2k")
    assert not is_person_id("Ann")
    assert is_slug("members-meeting")
    assert not is_slug("members--meeting")
    assert not is_slug("Chair")
    assert proceeding_id("mt", 42) == "mt-42"
    assert is_proceeding_id("mt-42")
    assert not is_proceeding_id("mt-042")
    assert slug("Members' meeting") == "members-meeting"
    with pytest.raises(BadInput):
        slug("42")


@given(VALUES, st.integers(0, 400), st.binary(max_size=2))
def test_the_quick_road_accepts_exactly_what_the_careful_one_does(value: object, at: int, put: bytes) -> None:
    data = canonical_bytes(value)
    changed = data[: at % (len(data) + 1)] + put + data[at % (len(data) + 1) + 1 :]
    try:
        careful: object = parse_json(changed)
        is_canonical = canonical_bytes(careful) == changed
    except BadInput:
        is_canonical = False
    if is_canonical:
        assert parse_canonical(changed) == careful
    else:
        with pytest.raises(BadInput):
            parse_canonical(changed)
