"""Registrations: the public key of a new passkey, from what a browser gives when one is made.

Lives here: reading authenticator data with a key in it, COSE keys, and the checks of a registration. Not here: enrolling
the key (the act `key.enrol`), assertions (`passkey`).

Invariant: what is read is either a key in our form, made on a page of this relying party for this challenge, or
`BadInput` that says what a member can do instead. Attestation is not asked for and not looked at: which maker's device a
member uses is nobody's business here. Source: Web Authentication Level 3, sections 6.5.1 and 7.1; RFC 9052, section 7;
RFC 8949, section 3.
"""

from __future__ import annotations

from dataclasses import dataclass

from isonomy.kernel.bad_input import BadInput
from isonomy.record.assertion import (
    ATTESTED_KEY,
    BACKED_UP,
    BACKUP_ELIGIBLE,
    EXTENSIONS,
    USER_PRESENT,
    USER_VERIFIED,
    AuthenticatorData,
    read_client_data,
)
from isonomy.record.base64_text import to_base64
from isonomy.record.passkey import EDDSA, ES256, Misfit, Passkey, client_misfit, read_author_key, rp_hash

COSE_ALGORITHMS = (-7, -8)
"""ES256 and EdDSA by their COSE numbers, as a page asks the browser for them (`pubKeyCredParams`), in this order."""

CREDENTIAL_ID_MAX = 1_023
_AAGUID = 16
_TYPE, _ALGORITHM, _CURVE, _X, _Y = 1, 3, -1, -2, -3
_OTHER_ALGORITHMS = {-257: "RS256", -37: "PS256", -35: "ES384", -36: "ES512", -47: "ES256K", -53: "Ed448"}
_CURE = "make the passkey with a phone, a security key or the browser itself; those give ES256"
_BROKEN = "send what the browser gave, byte for byte"


@dataclass(frozen=True, slots=True)
class Registration:
    """A new passkey: its public half, the id by which the browser finds it again, whether the device knew its user.

    The id is for asking the browser; it has no place in the record.
    """

    passkey: Passkey
    credential_id: bytes
    user_verified: bool

    def to_json(self) -> dict[str, str]:
        """The key `passkey` of the act `key.enrol`."""
        return {"algorithm": self.passkey.algorithm, "key": to_base64(self.passkey.key), "rp": self.passkey.rp}


def read_registration(authenticator_data: bytes, client_data: bytes, challenge: bytes, rp: str) -> Registration:
    """The passkey that a browser made for this challenge and relying party; raises `BadInput` with the cure.

    `authenticator_data` is what `response.getAuthenticatorData()` gives, `client_data` is `response.clientDataJSON`.
    """
    fault = client_misfit(read_client_data(client_data), "webauthn.create", challenge, rp)
    data = AuthenticatorData.from_bytes(authenticator_data)
    if fault is None and data.rp_hash != rp_hash(rp):
        fault = Misfit("the passkey was made for another site", {}, "make it on the page of the organisation")
    if fault is None and not data.has(USER_PRESENT):
        fault = Misfit("nobody was at the device", {}, "make it again and touch the device")
    if fault is None and data.has(BACKED_UP) and not data.has(BACKUP_ELIGIBLE):
        fault = Misfit("the device contradicts itself", {}, "make the passkey again")
    if fault is not None:
        raise BadInput(fault.says, "the new passkey", fault.cure)
    if not data.has(ATTESTED_KEY):
        raise BadInput("there is no key in what the browser gave", "authenticatorData", _BROKEN)
    start = _AAGUID + 2
    length = int.from_bytes(data.rest[_AAGUID:start], "big")
    credential_id, rest = data.rest[start : start + length], data.rest[start + length :]
    if not 0 < length <= CREDENTIAL_ID_MAX or len(credential_id) != length:
        raise BadInput("the passkey's id is cut off", "authenticatorData", _BROKEN)
    algorithm, key, size = cose_key(rest)
    if (size < len(rest)) != data.has(EXTENSIONS):
        raise BadInput("the key has another length than was announced", "authenticatorData", _BROKEN)
    passkey = read_author_key(to_base64(key), algorithm, rp, "the new passkey")
    assert isinstance(passkey, Passkey), "a key with an algorithm is a passkey"
    return Registration(passkey, credential_id, data.has(USER_VERIFIED))


def cose_key(data: bytes) -> tuple[str, bytes, int]:
    """Algorithm, key in our form and length in bytes of the COSE key that begins these bytes.

    Raises `BadInput` for another algorithm, naming it, and for what is no COSE key.
    """
    fields, size = _cbor_map(data)
    number = fields.get(_ALGORITHM)
    x, y = fields.get(_X), fields.get(_Y)
    if number == -7 and (fields.get(_TYPE), fields.get(_CURVE)) == (2, 1):
        if isinstance(x, bytes) and isinstance(y, bytes) and len(x) == len(y) == 32:
            return ES256, b"\x04" + x + y, size
    elif number == -8 and (fields.get(_TYPE), fields.get(_CURVE)) == (1, 6):
        if isinstance(x, bytes) and len(x) == 32:
            return EDDSA, x, size
    elif isinstance(number, int) and number not in COSE_ALGORITHMS:
        name = _OTHER_ALGORITHMS.get(number, f"number {number}")
        raise BadInput(f"this device makes passkeys of the algorithm {name}, which is not taken", "the key", _CURE)
    raise BadInput("this is no public key of a passkey", "the key", _BROKEN)


def _cbor_map(data: bytes) -> tuple[dict[int, int | bytes], int]:
    """The CBOR map of whole numbers to whole numbers and byte strings that begins these bytes, and its length."""
    kind, count, at = _cbor_head(data, 0)
    if kind != 5 or count > 20:
        raise BadInput("this is no COSE key", "the key", _BROKEN)
    found: dict[int, int | bytes] = {}
    for _ in range(count):
        name, at = _cbor_item(data, at)
        value, at = _cbor_item(data, at)
        if not isinstance(name, int) or name in found:
            raise BadInput("this is no COSE key", "the key", _BROKEN)
        found[name] = value
    return found, at


def _cbor_item(data: bytes, at: int) -> tuple[int | bytes, int]:
    kind, value, at = _cbor_head(data, at)
    if kind == 0:
        return value, at
    if kind == 1:
        return -1 - value, at
    if kind == 2 and at + value <= len(data):
        return data[at : at + value], at + value
    raise BadInput("this is no COSE key", "the key", _BROKEN)


def _cbor_head(data: bytes, at: int) -> tuple[int, int, int]:
    """Major type, value or length, and where what follows begins; the shortest form alone is read, as CTAP2 has it."""
    if at >= len(data):
        raise BadInput("the key breaks off", "the key", _BROKEN)
    kind, value = data[at] >> 5, data[at] & 31
    if value < 24:
        return kind, value, at + 1
    width = {24: 1, 25: 2}.get(value, 0)
    raw = data[at + 1 : at + 1 + width]
    value = int.from_bytes(raw, "big")
    if not width or len(raw) != width or value < (24 if width == 1 else 256):
        raise BadInput("this is no COSE key", "the key", _BROKEN)
    return kind, value, at + 1 + width
