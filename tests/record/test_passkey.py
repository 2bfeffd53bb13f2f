"""A passkey vouches for exactly one act, on the site it was enrolled for, and every byte of its proof counts."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from hypothesis import given
from hypothesis import strategies as st

from isonomy.kernel.bad_input import BadInput
from isonomy.record.assertion import CLIENT_DATA_MAX, Assertion
from isonomy.record.base64_text import to_base64
from isonomy.record.passkey import (
    EDDSA,
    ES256,
    Misfit,
    Passkey,
    assertion_misfit,
    is_origin_of,
    misfit,
    read_author_key,
)
from isonomy.record.signature import act_challenge, public_key_of, sign, sign_act
from tests.record.authenticator import BACKED_UP, BROWSERS, PRESENT, VERIFIED, Authenticator, rewritten

ACT = {"act": "member.leave", "by": "p-cy000", "id": "0" * 32, "log": "riverside.test"}
CHALLENGE = act_challenge(ACT)
PHONES = {algorithm: Authenticator("cy's phone", algorithm=algorithm) for algorithm in (ES256, EDDSA)}
PARTS = ("authenticator_data", "client_data", "signature")


def fits(device: Authenticator, assertion: Assertion) -> bool:
    return misfit(device.passkey, CHALLENGE, assertion.to_json()) is None


def fault(device: Authenticator, assertion: Assertion, challenge: bytes = CHALLENGE) -> Misfit:
    found = misfit(device.passkey, challenge, assertion.to_json())
    assert found is not None
    assert found.cure
    return found


@pytest.mark.parametrize("algorithm", PHONES)
@pytest.mark.parametrize("browser", BROWSERS)
def test_an_assertion_of_each_browser_and_algorithm_vouches_for_its_act(algorithm: str, browser: str) -> None:
    device = Authenticator("cy's phone", algorithm=algorithm, browser=browser)
    assert fits(device, device.assertion(CHALLENGE))
    assert fits(device, device.assertion(CHALLENGE, flags=PRESENT))
    assert not fits(Authenticator("another phone", algorithm=algorithm), device.assertion(CHALLENGE))


@given(st.sampled_from(sorted(PHONES)), st.sampled_from(PARTS), st.data())
def test_a_flipped_bit_in_any_part_of_a_proof_is_found(algorithm: str, part: str, data: st.DataObject) -> None:
    device = Authenticator("cy's phone", algorithm=algorithm)
    given_ = device.assertion(CHALLENGE)
    at = data.draw(st.integers(0, len(getattr(given_, part)) - 1))
    changed = bytearray(getattr(given_, part))
    changed[at] ^= 1 << data.draw(st.integers(0, 7))
    parts = {name: getattr(given_, name) for name in PARTS} | {part: bytes(changed)}
    assert not fits(device, Assertion(**parts))


@given(st.sampled_from(sorted(PHONES)), st.dictionaries(st.sampled_from(PARTS), st.binary(max_size=90)))
def test_any_bytes_in_any_part_are_a_misfit_and_never_a_crash(algorithm: str, parts: dict[str, bytes]) -> None:
    device = Authenticator("cy's phone", algorithm=algorithm)
    given_ = device.assertion(CHALLENGE)
    changed = Assertion(**({name: getattr(given_, name) for name in PARTS} | parts))
    assert fits(device, changed) == (changed == given_)


def test_a_proof_for_one_act_vouches_for_no_other() -> None:
    other = act_challenge({**ACT, "id": "1" * 32})
    found = fault(PHONES[ES256], PHONES[ES256].assertion(CHALLENGE), other)
    assert found.says == "the passkey vouched for another act"
    assert set(found.facts) == {"challenge", "of the act"}


@pytest.mark.parametrize(
    ("other", "says"),
    [
        ({"ceremony": "webauthn.create"}, "something else"),
        ({"ceremony": "payment.get"}, "something else"),
        ({"origin": "https://evil.example"}, "on another site"),
        ({"origin": "http://rowing.example"}, "on another site"),
        ({"origin": "https://blog.rowing.example"}, "on another site"),
        ({"origin": "https://rowing.example.evil.example"}, "on another site"),
        ({"origin": "android:apk-key-hash:7d1043473d55bfa90e8530d35801d4e381bc69f0"}, "on another site"),
        ({"rp": "evil.example"}, "for another site"),
        ({"flags": VERIFIED}, "nobody was at the device"),
        ({"flags": PRESENT | BACKED_UP}, "contradicts itself"),
        ({"flags": PRESENT | 0x40}, "a key stands where"),
        ({"flags": PRESENT | 0x80}, "another length"),
        ({"rest": b"\xa0"}, "another length"),
    ],
)
def test_what_the_device_signed_in_another_place_or_manner_is_not_taken(other: dict[str, object], says: str) -> None:
    device = PHONES[ES256]
    found = fault(device, device.assertion(CHALLENGE, **other))  # type: ignore[arg-type]
    assert says in found.says
    assert found.facts


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"crossOrigin": True}, "inside another site's page"),
        ({"crossOrigin": "false"}, "inside another site's page"),
        ({"crossOrigin": None, "topOrigin": "https://evil.example"}, "inside another site's page"),
        ({"type": None}, "something else"),
        ({"challenge": None}, "another act"),
        ({"challenge": to_base64(CHALLENGE)}, "another act"),
        ({"challenge": ["x"]}, "another act"),
        ({"origin": None}, "another site"),
        ({"origin": ["https://rowing.example"]}, "another site"),
    ],
)
def test_client_data_say_what_was_asked_for_and_nothing_else(changed: dict[str, object], says: str) -> None:
    device = PHONES[ES256]
    assert (
        says
        in fault(
            device, device.assertion(CHALLENGE, client_data=rewritten(device.client_data(CHALLENGE), **changed))
        ).says
    )


@pytest.mark.parametrize(
    "client_data",
    [
        b"",
        b"{}x",
        b"[]",
        b'"text"',
        b"\xff\xfe{}",
        b'\xef\xbb\xbf{"type":"webauthn.get"}',
        b'{"type":"webauthn.get","type":"webauthn.get"}',
        b'{"type":"webauthn.get","share":0.5}',
        b"[" * 2000,
        b'{"a":' * 300 + b"1" + b"}" * 300,
    ],
)
def test_client_data_that_are_no_plain_object_are_a_misfit(client_data: bytes) -> None:
    device = PHONES[ES256]
    assert fault(device, device.assertion(CHALLENGE, client_data=client_data)).says


def test_keys_that_browsers_add_are_left_alone_and_a_key_that_stands_twice_is_not() -> None:
    device = PHONES[ES256]
    plain = device.client_data(CHALLENGE)
    more = rewritten(plain, tokenBinding={"status": "supported"}, added=[1, None, {"x": True}])
    assert fits(device, device.assertion(CHALLENGE, client_data=more))
    twice = plain[:-1] + b',"origin":"https://evil.example"}'
    assert "twice" in fault(device, device.assertion(CHALLENGE, client_data=twice)).says


def test_extensions_that_are_announced_and_signed_are_taken() -> None:
    device = PHONES[ES256]
    assert fits(device, device.assertion(CHALLENGE, flags=PRESENT | 0x80, rest=b"\xa1\x63abc\xf5"))


@pytest.mark.parametrize("counters", [(5, 6), (6, 5), (0, 0)])
def test_the_counter_is_recorded_and_not_judged(counters: tuple[int, int]) -> None:
    for counter in counters:
        device = Authenticator("cy's phone", counter=counter - 1 if counter else -1)
        assert fits(device, device.assertion(CHALLENGE))


def test_whether_the_device_knew_its_user_is_recorded() -> None:
    device = PHONES[ES256]
    assert device.assertion(CHALLENGE, flags=PRESENT | VERIFIED).is_user_verified()
    assert not device.assertion(CHALLENGE, flags=PRESENT).is_user_verified()


def test_an_ecdsa_signature_has_one_der_form() -> None:
    device = PHONES[ES256]
    given_ = device.assertion(CHALLENGE)
    r, s = decode_dss_signature(given_.signature)
    assert encode_dss_signature(r, s) == given_.signature
    body = given_.signature[2:]
    size = len(body)
    for signature in (
        b"\x30\x81" + bytes([size]) + body,
        b"\x30" + bytes([size + 1]) + body + b"\x00",
        given_.signature + b"\x00",
        b"\x30" + bytes([size + 1]) + b"\x02" + bytes([body[1] + 1]) + b"\x00" + body[2:],
        encode_dss_signature(0, s),
        encode_dss_signature(r, 0),
        r.to_bytes(32, "big") + s.to_bytes(32, "big"),
    ):
        found = Assertion(given_.authenticator_data, given_.client_data, signature)
        assert not fits(device, found), signature.hex()


def test_a_passkey_and_a_key_file_never_stand_for_each_other() -> None:
    seed, device = b"7" * 32, PHONES[EDDSA]
    assert misfit(public_key_of(seed), CHALLENGE, sign_act(seed, ACT)) is None
    found = misfit(public_key_of(seed), CHALLENGE, device.assertion(CHALLENGE).to_json())
    assert found is not None
    assert "key file" in found.cure
    found = misfit(device.passkey, CHALLENGE, to_base64(sign(seed, CHALLENGE)))
    assert found is not None
    assert found.says == "the credential is a passkey"
    bare = to_base64(device.sign(CHALLENGE))
    assert misfit(device.public, CHALLENGE, bare) is None, "the same private half, used as a key file's"
    assert misfit(device.passkey, CHALLENGE, bare) is not None


@pytest.mark.parametrize(
    ("origin", "rp", "is_of"),
    [
        ("https://rowing.example", "rowing.example", True),
        ("https://rowing.example:8443", "rowing.example", True),
        ("https://rowing.example:", "rowing.example", False),
        ("https://rowing.example:99999", "rowing.example", False),
        ("https://rowing.example:080", "rowing.example", False),
        ("https://rowing.example/", "rowing.example", False),
        ("https://ROWING.example", "rowing.example", False),
        ("https://x@rowing.example", "rowing.example", False),
        ("https://rowing.example\n", "rowing.example", False),
        ("http://localhost:8000", "localhost", True),
        ("https://localhost", "localhost", True),
        ("http://localhost.evil.example", "localhost", False),
        (None, "rowing.example", False),
    ],
)
def test_a_page_is_of_the_host_that_was_enrolled_over_https(origin: object, rp: str, is_of: bool) -> None:
    assert is_origin_of(origin, rp) == is_of


@pytest.mark.parametrize(
    ("key", "algorithm", "says"),
    [
        (b"\x04" + b"7" * 64, ES256, "no point"),
        (b"\x02" + b"7" * 64, ES256, "no point"),
        (b"\x00" * 65, ES256, "no point"),
        (b"7" * 33, ES256, "33 bytes"),
        (b"\x01" + bytes(31), EDDSA, "does not bind"),
        (bytes(32), "", "does not bind"),
        (b"7" * 65, "RS256", "not taken"),
    ],
)
def test_a_key_that_binds_nobody_is_refused(key: bytes, algorithm: str, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        read_author_key(to_base64(key), algorithm, "rowing.example")
    assert assertion_misfit(
        Passkey(algorithm or EDDSA, key, "rowing.example"), CHALLENGE, PHONES[ES256].assertion(CHALLENGE)
    )


@pytest.mark.parametrize("algorithm", PHONES)
def test_an_enrolled_key_is_read_as_it_was_written(algorithm: str) -> None:
    made = PHONES[algorithm].enrolment()
    assert read_author_key(made["key"], made["algorithm"], made["rp"]) == PHONES[algorithm].passkey


@pytest.mark.parametrize(
    ("raw", "place"),
    [
        (None, "proof"),
        ([], "proof"),
        ({}, "proof"),
        ({"authenticatorData": "", "clientDataJSON": ""}, "proof"),
        ({"authenticatorData": 1}, "proof.authenticatorData"),
        ({"authenticatorData": to_base64(b"7" * 36)}, "proof.authenticatorData"),
        ({"authenticatorData": to_base64(b"7" * 1025)}, "proof.authenticatorData"),
        ({"clientDataJSON": to_base64(b" " * (CLIENT_DATA_MAX + 1))}, "proof.clientDataJSON"),
        ({"clientDataJSON": "A" * 70_000}, "proof.clientDataJSON"),
        ({"signature": to_base64(b"7" * 73)}, "proof.signature"),
        ({"signature": "_-" * 32}, "proof.signature"),
        ({"signature": to_base64(b"7" * 64) + "\n"}, "proof.signature"),
        ({"signature": to_base64(b"7" * 64).rstrip("=")}, "proof.signature"),
        ({"userHandle": ""}, "proof"),
    ],
)
def test_an_assertion_has_one_form_and_a_size(raw: object, place: str) -> None:
    if isinstance(raw, dict) and len(raw) == 1:
        raw = PHONES[ES256].assertion(CHALLENGE).to_json() | raw
    with pytest.raises(BadInput) as caught:
        Assertion.from_json(raw)
    assert caught.value.where == place
    assert caught.value.cure


def test_the_largest_assertion_leaves_an_entry_its_room() -> None:
    from isonomy.kernel.canonical import canonical_bytes

    largest = Assertion(b"7" * 1024, b" " * CLIENT_DATA_MAX, b"7" * 72)
    assert Assertion.from_json(largest.to_json()) == largest
    assert len(canonical_bytes(largest.to_json())) < 4_500
