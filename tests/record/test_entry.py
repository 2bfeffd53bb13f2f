"""An entry has exactly one form, and its bytes give it back."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.canonical import canonical_bytes
from isonomy.record.entry import Entry, at_console, attested_by, signed_by
from tests.record.attempt import attempt
from tests.record.small_export import entry

NAMES = st.text("abcdé\U0001f600", max_size=5)
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(2**53) + 1, 2**53 - 1), NAMES),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(NAMES, inner, max_size=3)),
    max_leaves=8,
)
OBJECTS = st.dictionaries(NAMES, VALUES, max_size=4)
AUTHS = st.one_of(
    st.builds(signed_by, st.integers(0, 2**53 - 1), st.just("A" * 86 + "==")),
    st.builds(attested_by, st.text("xyz", min_size=1, max_size=9)),
    st.just(at_console()),
)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    lists = [tuple(draw(st.lists(OBJECTS, max_size=2))) for _ in range(3)]
    clauses = tuple(draw(st.lists(NAMES, max_size=3)))
    number = draw(st.integers(0, 2**53 - 1))
    times = ("2027-03-05T18:12:03Z", "2027-03-05T19:12:03+01:00")
    return Entry(number, draw(st.integers(1, 9)), *times, draw(OBJECTS), draw(AUTHS), clauses, *lists)


@given(entries())
def test_an_entry_is_read_back_from_its_bytes(made: Entry) -> None:
    data = made.to_bytes()
    assert Entry.from_bytes(data) == made
    assert Entry.from_bytes(data).to_bytes() == data


@given(st.integers(0, 400), st.binary(max_size=3))
def test_other_bytes_are_another_entry_or_bad_input(at: int, put: bytes) -> None:
    data = entry(1).to_bytes()
    changed = data[:at] + put + data[at + 1 :]
    read, fault = attempt(Entry.from_bytes, changed)
    if fault is None:
        assert read.to_bytes() == changed
    else:
        assert fault.where.startswith("entry")


@given(st.binary(max_size=80))
def test_any_bytes_are_an_entry_or_bad_input(data: bytes) -> None:
    with pytest.raises(BadInput):
        Entry.from_bytes(data)


WRONG: list[tuple[str, Any, str]] = [
    ("n", -1, "counts from 0"), ("n", True, "counts from 0"), ("n", "1", "counts from 0"), ("v", 2, "newer program"),
    ("v", True, "newer program"), ("semantics", 0, "counts from 1"), ("verdict", "refused", "only accepted"),
    ("at", "2027-03-05T18:12:03", "instant"), ("at", "2027-02-30T18:12:03Z", "no such date"),
    ("at", "2027-03-05T18:12:03+00:00", "instant"), ("at", "2027-03-05T18:12:03Z\n", "instant"),
    ("at", 7, "a time is a text"),
    ("local", "2027-03-05T19:12:03", "offset"), ("local", "2027-03-05T19:12:03+02:00", "not the same instant"),
    ("local", "2027-03-05T18:12:03-00:00", "offset"), ("local", "2027-03-05T18:12:03+25:00", "no such date"),
    ("local", "2027-03-05 19:12:03+01:00", "offset"), ("local", "20270305T191203+0100", "offset"),
    ("semantics", True, "counts from 1"), ("semantics", "1", "counts from 1"), ("act", [], "JSON object"),
    ("clauses", "4", "list of texts"), ("clauses", [4], "list of texts"),
    ("effects", {}, "list of JSON objects"), ("effects", ["x"], "list of JSON objects"),
    ("untold", None, "list of JSON objects"), ("irregularities", [[]], "list of JSON objects"),
    ("auth", {}, "how the author"), ("auth", {"kind": "operator"}, "how the author"),
    ("auth", {"kind": ["signed"]}, "how the author"), ("auth", {"kind": "signed"}, "'credential' is missing"),
    ("auth", {"kind": "console", "by": "x"}, "'by' is not a key"),
    ("auth", {"kind": "attested", "account": ""}, "account"),
    ("auth", {"kind": "signed", "credential": 1.5, "proof": ""}, "whole number"),
    ("auth", {"kind": "signed", "credential": -1, "proof": "A" * 86 + "=="}, "credential is a number"),
    ("auth", {"kind": "signed", "credential": 1, "proof": "A" * 85 + "B=="}, "64 bytes"),
    ("auth", {"kind": "signed", "credential": True, "proof": "A" * 86 + "=="}, "credential is a number"),
    ("auth", {"kind": "signed", "credential": 1, "proof": 7}, "64 bytes"), ("auth", [], "how the author"),
    ("auth", {"kind": "attested", "account": 7}, "account"), ("auth", "console", "how the author"),
]  # fmt: skip


@pytest.mark.parametrize(("key", "value", "says"), WRONG)
def test_another_form_is_refused_with_its_key(key: str, value: Any, says: str) -> None:
    raw = {**json.loads(entry(2).to_bytes()), key: value}
    data = json.dumps(raw, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    with pytest.raises(BadInput) as caught:
        Entry.from_bytes(data)
    assert says in str(caught.value)
    assert key in str(caught.value) or "whole number" in says


@pytest.mark.parametrize("data", [b"[]", b"1", b"null", b'"x"', b"{}", b"", b"[[]]"])
def test_what_is_no_object_of_twelve_keys_is_no_entry(data: bytes) -> None:
    with pytest.raises(BadInput, match=r"^entry 7"):
        Entry.from_bytes(data, "entry 7")


def test_unknown_and_missing_keys_are_named_with_a_cure() -> None:
    raw = json.loads(entry(2).to_bytes())
    with pytest.raises(BadInput, match="'effect' is not a key here; did you mean 'effects'"):
        Entry.from_bytes(canonical_bytes({**raw, "effect": []}))
    del raw["untold"]
    with pytest.raises(BadInput, match="the key 'untold' is missing"):
        Entry.from_bytes(canonical_bytes(raw))


def test_an_entry_too_large_for_its_bundle_is_refused_when_it_is_made_and_when_it_is_read() -> None:
    large = Entry(0, 1, "2027-03-05T18:12:03Z", "2027-03-05T18:12:03+00:00", {"text": "x" * 65_535}, at_console())
    with pytest.raises(BadInput, match="beside the record"):
        large.to_bytes()
    with pytest.raises(BadInput, match="at most 65535"):
        Entry.from_bytes(canonical_bytes(large.to_json()))


def test_an_entry_that_would_not_be_read_back_is_never_made() -> None:
    for wrong in (
        Entry(0, 1, "now", "2027-03-05T18:12:03+00:00", {}, at_console()),
        Entry(0, 1, "2027-03-05T18:12:03Z", "2027-03-05T18:12:03+00:00", {"x": 0.5}, at_console()),
        Entry(0, 1, "2027-03-05T18:12:03Z", "2027-03-05T18:12:03+00:00", {}, {"kind": "signed"}),
    ):
        with pytest.raises(BadInput):
            wrong.to_bytes()
