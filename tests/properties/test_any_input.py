"""Whatever is sent gets an answer: a verdict with reasons, or bad input in words; never a crash, never a trace."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from isonomy.engine.act import read_act
from isonomy.engine.decide import Submission
from isonomy.engine.effect import effect_json, read_effect
from isonomy.engine.refusal import Accepted, Refused
from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.canonical import canonical_bytes, parse_canonical
from tests.properties.acts import JSON, WORDS, answered, examples, spoiled, wild_acts

ORG, EXAMPLES = examples()
DIGEST = ORG.state.digest()
AUTHS = st.one_of(
    st.fixed_dictionaries({"kind": st.just("attested"), "account": st.just("x")}),
    st.fixed_dictionaries({"kind": st.just("signed"), "credential": st.one_of(st.integers(-1, 5), JSON)}),
    st.fixed_dictionaries({"kind": st.just("console")}),
    st.dictionaries(WORDS, JSON, max_size=2),
)


def look(answer: Accepted | Refused | BadInput) -> None:
    """What every answer has."""
    if isinstance(answer, BadInput):
        assert answer.what
    elif isinstance(answer, Refused):
        assert answer.grounds
        assert all(ground.says for ground in answer.grounds)
        canonical_bytes(answer.to_json("it"))
    else:
        shown = answer.to_json("it")
        assert parse_canonical(canonical_bytes(shown)) == shown
        for effect in answer.effects:
            assert effect_json(read_effect(effect)) == effect


@given(JSON, AUTHS)
def test_any_json_is_answered(raw: Any, auth: dict[str, Any]) -> None:
    look(answered(ORG.state, ORG.submission(raw, auth)))
    assert ORG.state.digest() == DIGEST


@given(wild_acts(), AUTHS)
def test_any_fields_in_an_envelope_are_answered(raw: Any, auth: dict[str, Any]) -> None:
    look(answered(ORG.state, ORG.submission(raw, auth)))
    assert ORG.state.digest() == DIGEST


@given(st.data())
def test_an_act_that_something_happened_to_is_answered(data: st.DataObject) -> None:
    act = data.draw(st.sampled_from(EXAMPLES))
    answer = answered(ORG.state, ORG.submission(data.draw(spoiled(act)), {"kind": "attested", "account": "x"}))
    look(answer)
    assert ORG.state.digest() == DIGEST


@given(st.data())
def test_a_report_of_anything_is_answered(data: st.DataObject) -> None:
    told = data.draw(wild_acts())
    what = {key: value for key, value in told.items() if key not in ("id", "log", "until", "expects")}
    days = st.sampled_from(["2027-01-04", "2027-04-30", "2027-05-01", "2020-01-01", "9999-12-31", "x"])
    act = ORG.act("report", by="ben", as_="secretary", what=what, source="minutes",
                  happened={"earliest": data.draw(days), "latest": data.draw(days)})  # fmt: skip
    look(answered(ORG.state, ORG.submission(act, {"kind": "attested", "account": "x"})))


@given(st.sampled_from(["at", "local"]), WORDS)
def test_a_stamp_that_is_none_is_bad_input(which: str, text: str) -> None:
    stamp = {"at": "2027-05-01T10:00:00Z", "local": "2027-05-01T11:00:00+01:00"} | {which: text}
    assert isinstance(answered(ORG.state, Submission(EXAMPLES[0], {"kind": "attested"}, **stamp)), BadInput)


def test_the_acts_that_are_spoiled_are_good_ones() -> None:
    """Else the trials above would spoil nothing."""
    for act in EXAMPLES:
        answer = answered(ORG.state, ORG.submission(act, {"kind": "attested", "account": "x"}))
        assert isinstance(answer, Accepted), (act, answer)


@given(st.sampled_from(EXAMPLES))
def test_reading_an_act_adds_nothing_and_the_same_act_read_twice_is_the_same(raw: dict[str, Any]) -> None:
    once, again = read_act(raw), read_act(parse_canonical(canonical_bytes(raw)))
    assert once.fields == again.fields
    assert once.envelope == again.envelope
    assert once.raw is raw
