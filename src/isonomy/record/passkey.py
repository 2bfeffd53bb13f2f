"""Passkeys: whether a WebAuthn assertion vouches for an act, under the public key that was enrolled.

Lives here: the public key in our form, every check of an assertion against key and challenge, and the same question for
a key of either kind. Not here: the bytes of an assertion (`assertion`), how a browser's new key is read
(`passkey_registration`), whose key it is and since when (`engine`).

Invariant: an assertion fits only if the browser made it for this very challenge, on a page of the relying party that was
bound when the key was enrolled, with somebody at the device, and the signature is the key's over all of that. Source: Web
Authentication Level 3, section 7.2; docs/spec/record.md, "Passkeys".

    signature over authenticatorData || SHA-256(clientDataJSON)
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.canonical import Json
from isonomy.record.assertion import (
    ATTESTED_KEY,
    BACKED_UP,
    BACKUP_ELIGIBLE,
    EXTENSIONS,
    USER_PRESENT,
    Assertion,
    AuthenticatorData,
    read_client_data,
)
from isonomy.record.base64_text import from_base64, to_base64url
from isonomy.record.signature import KEY_SIZE, is_signed, is_signed_challenge, read_public_key

ES256, EDDSA = "ES256", "EdDSA"
KEY_SIZES = {ES256: 65, EDDSA: KEY_SIZE}
"""ES256: 0x04, then x and y of the point of P-256 (SEC 1, uncompressed). EdDSA: the 32 bytes of Ed25519."""

ANOTHER_RP = "open the page where the passkey was enrolled, or enrol one here"
AGAIN = "sign the act again on the page"
LOCALHOST = "localhost"

_ORIGIN = re.compile(r"(https?)://([a-z0-9.-]{1,253})(?::([1-9][0-9]{0,4}))?")


@dataclass(frozen=True, slots=True)
class Passkey:
    """The public half of a passkey: algorithm (`ES256` or `EdDSA`), key, and the relying party's id, a host name."""

    algorithm: str
    key: bytes
    rp: str


AuthorKey = bytes | Passkey
"""A key by which acts are signed: the 32 bytes of a key file's public half, or a passkey."""


@dataclass(frozen=True, slots=True)
class Misfit:
    """Why a proof does not vouch for an act: what is wrong, the facts that show it, what would cure it."""

    says: str
    facts: dict[str, Any]
    cure: str


def read_author_key(key: str, algorithm: str = "", rp: str = "", where: str = "key") -> AuthorKey:
    """The public key with which acts are checked, from its texts in the record.

    Without `algorithm` it is the key of a key file. Raises `BadInput` for a key that binds nobody: of small order, not a
    point of the curve, of another size, of an algorithm that is not taken.
    """
    if not algorithm:
        return read_public_key(key, where)
    if algorithm not in KEY_SIZES:
        raise BadInput(f"passkeys of the algorithm {algorithm[:20]} are not taken", where, "ES256 or EdDSA")
    if algorithm == EDDSA:
        return Passkey(algorithm, read_public_key(key, where), rp)
    found = Passkey(algorithm, from_base64(key, where, KEY_SIZES[ES256]), rp)
    if _point(found.key) is None:
        raise BadInput("this key is no point of the curve P-256", where, "make a new passkey")
    return found


def misfit(key: AuthorKey, challenge: bytes, proof: Json) -> Misfit | None:
    """Why the proof does not vouch for the challenge under this key, whichever kind it is; None when it does."""
    if isinstance(key, bytes):
        if not isinstance(proof, str):
            facts = {"proof": "of a passkey", "credential": "a key file"}
            return Misfit("the credential is the key of a key file", facts, "sign with the key file")
        if is_signed_challenge(key, challenge, proof):
            return None
        cure = "sign exactly the act that is sent, with the key that is enrolled for its author"
        return Misfit("the signature does not fit the act", {}, cure)
    if isinstance(proof, str):
        facts = {"proof": "of a key file", "credential": "a passkey"}
        return Misfit("the credential is a passkey", facts, AGAIN)
    try:
        return assertion_misfit(key, challenge, Assertion.from_json(proof))
    except BadInput as fault:
        return Misfit(fault.what, {"where": fault.where}, fault.cure or AGAIN)


def assertion_misfit(key: Passkey, challenge: bytes, assertion: Assertion) -> Misfit | None:
    """Why an assertion does not vouch for the challenge under this passkey; None when it does.

    Raises `BadInput` where client data or authenticator data are not in form.
    """
    collected = read_client_data(assertion.client_data)
    return (
        client_misfit(collected, "webauthn.get", challenge, key.rp)
        or _device_misfit(AuthenticatorData.from_bytes(assertion.authenticator_data), key.rp)
        or _signature_misfit(key, assertion)
    )


def client_misfit(collected: dict[str, Any], ceremony: str, challenge: bytes, rp: str) -> Misfit | None:
    """Why what the browser collected is not of this ceremony, challenge and relying party; None when it is."""
    if collected.get("type") != ceremony:
        return Misfit("the passkey was asked for something else", {"type": _shown(collected.get("type"))}, AGAIN)
    if collected.get("challenge") != to_base64url(challenge):
        facts = {"challenge": _shown(collected.get("challenge")), "of the act": to_base64url(challenge)}
        return Misfit("the passkey vouched for another act", facts, "sign exactly the act that is sent")
    origin = collected.get("origin")
    if not is_origin_of(origin, rp):
        facts = {"page": _shown(origin), "passkey of": rp}
        return Misfit("the passkey was used on another site", facts, ANOTHER_RP)
    if collected.get("crossOrigin", False) is not False or "topOrigin" in collected:
        facts = {"inside a page of": _shown(collected.get("topOrigin", "another site"))}
        return Misfit("the page stood inside another site's page", facts, "open the page by itself")
    return None


def is_origin_of(origin: object, rp: str) -> bool:
    """Whether a page's origin is of the relying party: https, its very host, any port; http for `localhost` alone."""
    found = _ORIGIN.fullmatch(origin) if isinstance(origin, str) else None
    if found is None or found[2] != rp or int(found[3] or 1) > 65_535:
        return False
    return found[1] == "https" or rp == LOCALHOST


def rp_hash(rp: str) -> bytes:
    """The 32 bytes by which an authenticator names the relying party."""
    return sha256(rp.encode()).digest()


def _device_misfit(data: AuthenticatorData, rp: str) -> Misfit | None:
    if data.rp_hash != rp_hash(rp):
        return Misfit("the passkey was used for another site", {"passkey of": rp}, ANOTHER_RP)
    if not data.has(USER_PRESENT):
        return Misfit("nobody was at the device", {"user present": False}, "sign again and touch the device")
    if data.has(BACKED_UP) and not data.has(BACKUP_ELIGIBLE):
        return Misfit("the device contradicts itself", {"backed up": True, "can be backed up": False}, AGAIN)
    if data.has(ATTESTED_KEY):
        return Misfit("a key stands where a signature of one was asked for", {"flags": data.flags}, AGAIN)
    if bool(data.rest) != data.has(EXTENSIONS):
        facts = {"extensions announced": data.has(EXTENSIONS), "bytes": len(data.rest)}
        return Misfit("the authenticator data have another length than they say", facts, AGAIN)
    return None


def _signature_misfit(key: Passkey, assertion: Assertion) -> Misfit | None:
    signed = assertion.authenticator_data + sha256(assertion.client_data).digest()
    if key.algorithm == EDDSA:
        fits = is_signed(key.key, signed, assertion.signature)
    else:
        fits = key.algorithm == ES256 and _is_signed_by_point(key.key, signed, assertion.signature)
    if fits:
        return None
    return Misfit("the signature does not fit the passkey", {"algorithm": key.algorithm}, AGAIN)


def _is_signed_by_point(key: bytes, message: bytes, signature: bytes) -> bool:
    point = _point(key)
    if point is None:
        return False
    try:
        point.verify(signature, message, ec.ECDSA(SHA256()))
    except InvalidSignature:
        return False
    return True


@lru_cache(maxsize=16384)
def _point(key: bytes) -> ec.EllipticCurvePublicKey | None:
    """The point of P-256 in its one form here, uncompressed; None for any other bytes."""
    if len(key) != KEY_SIZES[ES256] or key[0] != 4:
        return None
    try:
        return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), key)
    except ValueError:
        return None


def _shown(value: object) -> str:
    return str(value)[:100]
