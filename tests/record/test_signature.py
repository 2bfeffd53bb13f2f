"""A proof holds for one act under one key; keys that bind nobody are refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isonomy.kernel.bad_input import BadInput
from isonomy.record.base64_text import to_base64
from isonomy.record.signature import (
    _SMALL_ORDER,
    act_challenge,
    is_signed,
    is_signed_act,
    key_challenge,
    public_key_of,
    read_public_key,
    sign,
    sign_act,
)

SEED, OTHER = bytes(range(32)), bytes(range(1, 33))
PRIME = 2**255 - 19
CURVE = -121665 * pow(121666, -1, PRIME) % PRIME


def test_ed25519_is_the_one_of_rfc_8032() -> None:
    """Test 1 of RFC 8032, section 7.1."""
    seed = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
    assert public_key_of(seed).hex() == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    assert sign(seed, b"").hex() == (
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
    )


@given(st.dictionaries(st.text("abc", min_size=1), st.integers(0, 9), max_size=4), st.data())
def test_a_proof_holds_for_its_act_and_key_alone(act: dict[str, int], data: st.DataObject) -> None:
    proof, key = sign_act(SEED, act), public_key_of(SEED)
    assert is_signed_act(key, act, proof)
    assert not is_signed_act(key, {**act, "more": 1}, proof)
    assert not is_signed_act(public_key_of(OTHER), act, proof)
    at = data.draw(st.integers(0, 87))
    changed = proof[:at] + chr(ord(proof[at]) ^ 1) + proof[at + 1 :]
    assert not is_signed_act(key, act, changed)


def test_an_act_a_key_claim_and_a_note_are_never_the_same_bytes() -> None:
    assert act_challenge({}) != key_challenge({})
    assert not is_signed(public_key_of(SEED), act_challenge({}), sign(SEED, key_challenge({})))


@given(st.binary(max_size=80), st.binary(max_size=80))
def test_any_bytes_for_key_and_signature_are_answered(key: bytes, signature: bytes) -> None:
    assert not is_signed(key, b"message", signature)
    assert not is_signed(public_key_of(SEED), b"message", signature)


def doubled(point: tuple[int, int]) -> tuple[int, int]:
    """A point of the curve -x^2 + y^2 = 1 + d x^2 y^2 added to itself."""
    x, y = point
    product = CURVE * x * x * y * y
    return (
        2 * x * y * pow(1 + product, -1, PRIME) % PRIME,
        (y * y + x * x) * pow(1 - product, -1, PRIME) % PRIME,
    )


def decoded(key: bytes) -> tuple[int, int]:
    y = int.from_bytes(key, "little") % 2**255 % PRIME
    square = (y * y - 1) * pow(CURVE * y * y + 1, -1, PRIME) % PRIME
    x = pow(square, (PRIME + 3) // 8, PRIME)
    if (x * x - square) % PRIME:
        x = x * pow(2, (PRIME - 1) // 4, PRIME) % PRIME
    assert (x * x - square) % PRIME == 0
    return x, y


def test_the_keys_that_bind_nobody_are_the_points_whose_eightfold_is_nothing() -> None:
    assert len(_SMALL_ORDER) == 14
    for key in _SMALL_ORDER:
        assert doubled(doubled(doubled(decoded(key)))) == (0, 1)
        with pytest.raises(BadInput, match="does not bind"):
            read_public_key(to_base64(key))
    ordinary = public_key_of(SEED)
    assert doubled(doubled(doubled(decoded(ordinary)))) != (0, 1)
    assert read_public_key(to_base64(ordinary)) == ordinary


def test_a_signature_under_a_key_of_small_order_never_holds() -> None:
    for key in _SMALL_ORDER:
        assert not is_signed(key, b"message", key + bytes(32))


def test_a_seed_has_32_bytes() -> None:
    with pytest.raises(BadInput, match="32 bytes"):
        sign(b"short", b"message")
