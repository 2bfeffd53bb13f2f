"""A new passkey becomes a key in our form, or it is said why it cannot be taken and what can."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isonomy.kernel.bad_input import BadInput
from isonomy.record.passkey import EDDSA, ES256
from isonomy.record.passkey_registration import cose_key, read_registration
from tests.record.authenticator import ATTESTED, BACKED_UP, BROWSERS, EXTENDED, PRESENT, Authenticator

CHALLENGE = b"c" * 32


def registered(device: Authenticator, **other: Any) -> Any:
    return read_registration(*device.registration(CHALLENGE, **other), CHALLENGE, "rowing.example")


@pytest.mark.parametrize("browser", BROWSERS)
@pytest.mark.parametrize("algorithm", [ES256, EDDSA])
def test_what_a_browser_gives_becomes_the_key_that_is_enrolled(algorithm: str, browser: str) -> None:
    device = Authenticator("dot's key", algorithm=algorithm, browser=browser)
    found = registered(device)
    assert (found.passkey, found.credential_id, found.user_verified) == (device.passkey, device.credential_id, True)
    assert found.to_json() == device.enrolment()
    assert registered(device, flags=PRESENT | ATTESTED | EXTENDED, rest=b"\xa0").user_verified is False


@pytest.mark.parametrize(
    ("other", "says"),
    [
        ({"ceremony": "webauthn.get"}, "something else"),
        ({"origin": "https://evil.example"}, "on another site"),
        ({"rp": "evil.example"}, "for another site"),
        ({"flags": ATTESTED}, "nobody was at the device"),
        ({"flags": PRESENT | ATTESTED | BACKED_UP}, "contradicts itself"),
        ({"flags": PRESENT}, "there is no key"),
        ({"rest": b"\x00"}, "another length"),
        ({"flags": PRESENT | ATTESTED | EXTENDED}, "another length"),
        ({"key": b""}, "breaks off"),
        ({"key": b"\xa4\x01\x01"}, "breaks off"),
        ({"key": b"\x80"}, "no COSE key"),
        ({"key": bytes.fromhex("a201020102")}, "no COSE key"),
        ({"key": bytes.fromhex("a201020126")}, "no COSE key"),
        ({"key": bytes.fromhex("a1180126")}, "no COSE key"),
        ({"key": bytes.fromhex("a5010203262001215820") + b"7" * 32 + bytes.fromhex("225820") + b"7" * 32}, "no point"),
        ({"key": bytes.fromhex("a4010103272006215820") + b"\x01" + bytes(31)}, "does not bind"),
        ({"key": bytes.fromhex("a5010203262002215820") + b"7" * 32 + bytes.fromhex("225820") + b"7" * 32}, "no public"),
    ],
)
def test_what_is_no_registration_here_is_told_with_its_cure(other: dict[str, Any], says: str) -> None:
    with pytest.raises(BadInput) as caught:
        registered(Authenticator("dot's key"), **other)
    assert says in caught.value.what
    assert caught.value.cure


@pytest.mark.parametrize(("number", "name"), [("390100", "RS256"), ("3822", "ES384"), ("382e", "ES256K")])
def test_another_algorithm_is_named_and_the_member_is_told_what_to_use(number: str, name: str) -> None:
    key = bytes.fromhex("a4010303" + number + "20420101" + "2143010001")
    with pytest.raises(BadInput) as caught:
        registered(Authenticator("dot's key"), key=key)
    assert f"the algorithm {name}" in caught.value.what
    assert "security key" in caught.value.cure


def test_a_registration_for_another_challenge_is_not_taken() -> None:
    device = Authenticator("dot's key")
    with pytest.raises(BadInput, match="another act"):
        read_registration(*device.registration(CHALLENGE), b"d" * 32, device.rp)


@given(st.binary(max_size=120))
def test_any_bytes_are_a_cose_key_or_bad_input(data: bytes) -> None:
    try:
        algorithm, key, size = cose_key(data)
    except BadInput:
        return
    assert (algorithm, len(key)) in ((ES256, 65), (EDDSA, 32))
    assert size <= len(data)


@given(st.data())
def test_any_changed_byte_of_a_registration_gives_this_key_another_or_bad_input(data: st.DataObject) -> None:
    device = Authenticator("dot's key")
    given_, client_data = device.registration(CHALLENGE)
    at = data.draw(st.integers(0, len(given_) - 1))
    changed = given_[:at] + bytes([given_[at] ^ data.draw(st.integers(1, 255))]) + given_[at + 1 :]
    try:
        found = read_registration(changed, client_data, CHALLENGE, device.rp)
    except BadInput as fault:
        assert fault.cure
        return
    assert found.passkey.rp == device.rp
