"""What a browser sends as JSON becomes the proof and the key of the record, byte for byte."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isonomy.kernel.bad_input import BadInput
from isonomy.record.base64_text import from_base64url, to_base64url
from isonomy.record.browser_response import read_made, read_used
from isonomy.record.passkey import EDDSA, ES256, assertion_misfit
from isonomy.record.signature import act_challenge
from tests.record.authenticator import Authenticator

CHALLENGE = act_challenge({"act": "member.leave"})


@pytest.mark.parametrize("algorithm", [ES256, EDDSA])
def test_a_passkey_is_made_and_used_through_the_json_of_a_browser(algorithm: str) -> None:
    device = Authenticator("dot's key", algorithm=algorithm)
    made = read_made(device.made(b"c" * 32), b"c" * 32, device.rp)
    assert made.to_json() == device.enrolment()
    used = read_used(device.used(CHALLENGE))
    assert assertion_misfit(made.passkey, CHALLENGE, used) is None


@given(st.binary(max_size=40))
def test_base64url_has_one_form(data: bytes) -> None:
    text = to_base64url(data)
    assert text == base64.urlsafe_b64encode(data).decode().rstrip("=")
    assert from_base64url(text) == data


@pytest.mark.parametrize("text", ["AA==", "+/+/", "A", "AB", "AAA\n", "ä", "AA A"])
def test_another_form_of_base64url_is_bad_input(text: str) -> None:
    with pytest.raises(BadInput):
        from_base64url(text)


@pytest.mark.parametrize("raw", [None, [], {}, {"response": []}, {"response": {}}, "x"])
def test_what_is_no_response_is_bad_input_with_its_cure(raw: Any) -> None:
    for read in (read_used, lambda given: read_made(given, CHALLENGE, "rowing.example")):
        with pytest.raises(BadInput) as caught:
            read(raw)
        assert caught.value.cure


@pytest.mark.parametrize("key", ["authenticatorData", "clientDataJSON", "signature"])
@pytest.mark.parametrize("value", [None, 7, "", "=", "A" * 9000])
def test_each_part_is_needed_in_form_and_size(key: str, value: Any) -> None:
    raw = Authenticator("dot's key").used(CHALLENGE)
    raw["response"][key] = value
    with pytest.raises(BadInput) as caught:
        read_used(raw)
    assert key in caught.value.where
