"""Passkeys as others make and read them: a browser's own responses, and a second library's verdicts."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from fido2 import cbor
from fido2.cose import CoseKey
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    AuthenticatorAssertionResponse,
    AuthenticatorData,
    CollectedClientData,
    PublicKeyCredentialRpEntity,
)

from isonomy.kernel.bad_input import BadInput
from isonomy.record.base64_text import from_base64, from_base64url
from isonomy.record.browser_response import read_made, read_used
from isonomy.record.passkey import assertion_misfit
from isonomy.record.passkey_registration import cose_key
from isonomy.record.signature import act_challenge

FOLDER = Path(__file__).parents[2] / "conformance" / "passkeys"
CHROMIUM = json.loads((FOLDER / "chromium.json").read_text(encoding="utf-8"))
MADE = json.loads((FOLDER / "assertions.json").read_text(encoding="utf-8"))
CHALLENGE = act_challenge(MADE["act"])


def registered(row: Any) -> Any:
    challenge = from_base64url(CHROMIUM["registration_challenge"])
    return read_made({"response": row["registered"]}, challenge, CHROMIUM["rp"])


@pytest.mark.parametrize("row", CHROMIUM["rows"], ids=lambda row: row["algorithm"])
def test_what_chromium_made_and_signed_is_taken_and_rs256_is_told_apart(row: Any) -> None:
    if row["algorithm"] == "RS256":
        with pytest.raises(BadInput, match="the algorithm RS256, which is not taken"):
            registered(row)
        return
    made = registered(row)
    assert made.passkey.algorithm == row["algorithm"]
    assert made.user_verified
    used = read_used({"response": row["used"]})
    assert assertion_misfit(made.passkey, CHALLENGE, used) is None
    assert used.is_user_verified()
    found = assertion_misfit(made.passkey, act_challenge({}), used)
    assert found is not None


@pytest.mark.parametrize("row", CHROMIUM["rows"][:2], ids=lambda row: row["algorithm"])
def test_a_second_library_reads_the_same_key_from_what_chromium_made(row: Any) -> None:
    theirs = AuthenticatorData(from_base64url(row["registered"]["authenticatorData"])).credential_data
    assert theirs is not None
    ours = registered(row)
    assert theirs.credential_id == ours.credential_id
    key = theirs.public_key
    assert b"".join(key[part] for part in (-2, -3) if part in key) == ours.passkey.key[-64:]
    assert cose_key(cbor.encode(dict(key)))[:2] == (ours.passkey.algorithm, ours.passkey.key)


@pytest.mark.parametrize("row", [row for row in MADE["rows"] if row["vouches"]], ids=lambda row: row["name"])
def test_a_second_library_takes_every_proof_that_vouches(row: Any) -> None:
    assert accepted_by_second(row)


ALLOWED_ELSEWHERE = {
    "a host below the one enrolled", "inside another site's page", "with the origin of an outer page",
    "backed up, though it cannot be", "a key that stands twice", "client data with a byte order mark",
    "challenge with padding", "extensions announced that are not there", "bytes that are not announced", "a key among the authenticator data",
}  # fmt: skip
"""Where this project is stricter than a server that takes every use of a passkey within its registrable host."""


@pytest.mark.parametrize(
    "row",
    [row for row in MADE["rows"] if not row["vouches"] and row["name"] not in ALLOWED_ELSEWHERE],
    ids=lambda row: row["name"],
)
def test_a_second_library_takes_no_other(row: Any) -> None:
    assert not accepted_by_second(row)


def accepted_by_second(row: Any) -> bool:
    """Whether the library behind the pages' signing in takes the proof for the challenge of the act."""
    keys = {entry["passkey"]["key"]: from_base64(entry["cose"]) for entry in
            json.loads((FOLDER / "keys.json").read_text(encoding="utf-8"))}  # fmt: skip
    key = CoseKey.parse(cbor.decode(keys[row["passkey"]["key"]]))
    server = Fido2Server(PublicKeyCredentialRpEntity(id=row["passkey"]["rp"], name="An association"))
    credential = AttestedCredentialData.create(bytes(16), b"id", key)
    state = {"challenge": base64.urlsafe_b64encode(CHALLENGE).decode().rstrip("="), "user_verification": None}
    proof = {name: from_base64(text) for name, text in row["proof"].items()}
    try:
        response = AuthenticationResponse(
            raw_id=b"id",
            response=AuthenticatorAssertionResponse(
                client_data=CollectedClientData(proof["clientDataJSON"]),
                authenticator_data=AuthenticatorData(proof["authenticatorData"]),
                signature=proof["signature"],
            ),
        )
        server.authenticate_complete(state, [credential], response)
    except (ValueError, InvalidSignature):
        return False
    return True
