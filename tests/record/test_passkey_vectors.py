"""The vectors of conformance/passkeys hold, are what the program makes, and stand in the specification."""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.hashes import SHA256

from conformance.passkeys.make_vectors import vectors
from conformance.record.make_vectors import text_of
from isonomy.record import assertion
from isonomy.record.base64_text import from_base64
from isonomy.record.passkey import misfit, read_author_key
from isonomy.record.passkey_registration import cose_key
from isonomy.record.signature import act_challenge

CHECKOUT = Path(__file__).parents[2]
FOLDER = CHECKOUT / "conformance" / "passkeys"
SPECIFICATION = (CHECKOUT / "docs" / "spec" / "record.md").read_text(encoding="utf-8")
MADE = json.loads((FOLDER / "assertions.json").read_text(encoding="utf-8"))
ROWS = MADE["rows"]
CHANGED_AFTER = ("a bit of the signature", "signature as r and s without DER", "length of DER in the long form",
                 "counter", "a space in the client data")  # fmt: skip


def test_what_the_program_makes_is_what_is_committed() -> None:
    for name, value in vectors().items():
        assert (FOLDER / name).read_text(encoding="utf-8") == text_of(value), f"{name} changed"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["name"])
def test_each_proof_is_taken_or_not_as_the_vectors_say(row: Any) -> None:
    key = read_author_key(row["passkey"]["key"], row["passkey"]["algorithm"], row["passkey"]["rp"])
    assert (misfit(key, act_challenge(MADE["act"]), row["proof"]) is None) == row["vouches"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["name"])
def test_the_signatures_are_what_the_page_says_in_plain_library_calls(row: Any) -> None:
    data, collected, signature = (
        base64.b64decode(row["proof"][key]) for key in ("authenticatorData", "clientDataJSON", "signature")
    )
    key, signed = base64.b64decode(row["passkey"]["key"]), data + hashlib.sha256(collected).digest()
    try:
        if row["passkey"]["algorithm"] == "EdDSA":
            ed25519.Ed25519PublicKey.from_public_bytes(key).verify(signature, signed)
        else:
            numbers = ec.EllipticCurvePublicNumbers(
                int.from_bytes(key[1:33], "big"), int.from_bytes(key[33:], "big"), ec.SECP256R1()
            )
            numbers.public_key().verify(signature, signed, ec.ECDSA(SHA256()))
        fits = True
    except InvalidSignature:
        fits = False
    assert fits == (row["name"] not in CHANGED_AFTER)
    if row["vouches"]:
        challenge = hashlib.sha256(b"isonomy act v1\n" + MADE["canonical"].encode()).digest()
        found = json.loads(collected)
        assert found["challenge"] == base64.urlsafe_b64encode(challenge).decode().rstrip("=")
        assert found["type"] == "webauthn.get"
        assert data[:32] == hashlib.sha256(row["passkey"]["rp"].encode()).digest()
        assert data[32] & 1


def test_cose_keys_are_read_into_the_form_of_the_record() -> None:
    for row in json.loads((FOLDER / "keys.json").read_text(encoding="utf-8")):
        data = from_base64(row["cose"])
        assert cose_key(data) == (row["passkey"]["algorithm"], from_base64(row["passkey"]["key"]), len(data))


def test_the_specification_shows_a_proof_and_the_limits() -> None:
    first = ROWS[0]
    for text in (first["proof"]["authenticatorData"], first["proof"]["signature"], first["passkey"]["key"]):
        assert text in SPECIFICATION
    assert base64.b64decode(first["proof"]["clientDataJSON"]).decode() in SPECIFICATION
    assert MADE["challenge"] in SPECIFICATION
    limits = f"{assertion.AUTHENTICATOR_DATA_MAX:,}; {assertion.CLIENT_DATA_MAX:,}; {assertion.SIGNATURE_MAX} bytes"
    assert f"| authenticator data; client data; signature of a passkey | {limits} |" in SPECIFICATION
