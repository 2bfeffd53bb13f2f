"""Assertions: what a passkey gives for one act, as it stands in an entry.

Lives here: the three byte strings of a WebAuthn assertion, their strict form and size, what they say of themselves
(flags, counter, origin, challenge). Not here: the public key and whether the signature fits (`passkey`), whose key it is
(`engine`).

Invariant: an assertion that is read has one JSON form, at most 4,500 bytes of an entry, and every byte of it is either
signed by the passkey or the signature itself. Source: Web Authentication Level 3, sections 5.8.1, 6.1 and 7.2.

    {"authenticatorData": base64, "clientDataJSON": base64, "signature": base64}
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.canonical import Json, parse_json
from isonomy.record.base64_text import from_base64, to_base64

AUTHENTICATOR_DATA_MIN = 37
AUTHENTICATOR_DATA_MAX = 1_024
CLIENT_DATA_MAX = 2_048
SIGNATURE_MAX = 72
"""The longest ECDSA signature over P-256 in DER; one of Ed25519 has 64 bytes."""

USER_PRESENT, USER_VERIFIED, BACKUP_ELIGIBLE, BACKED_UP, ATTESTED_KEY, EXTENSIONS = 0x01, 0x04, 0x08, 0x10, 0x40, 0x80

_LIMITS = {
    "authenticatorData": (AUTHENTICATOR_DATA_MIN, AUTHENTICATOR_DATA_MAX),
    "clientDataJSON": (2, CLIENT_DATA_MAX),
    "signature": (8, SIGNATURE_MAX),
}
ASSERTION_KEYS = frozenset(_LIMITS)


@dataclass(frozen=True, slots=True)
class AuthenticatorData:
    """What the authenticator says and signs: 32 bytes of hash of the relying party's id, flags, counter, the rest."""

    rp_hash: bytes
    flags: int
    counter: int
    rest: bytes

    @classmethod
    def from_bytes(cls, data: bytes, where: str = "authenticatorData") -> AuthenticatorData:
        """The authenticator data in these bytes; raises `BadInput` where they are too short."""
        if len(data) < AUTHENTICATOR_DATA_MIN:
            cure = f"at least {AUTHENTICATOR_DATA_MIN} belong there: send what the browser gave"
            raise BadInput(f"authenticator data of {len(data)} bytes", where, cure)
        return cls(data[:32], data[32], int.from_bytes(data[33:37], "big"), data[37:])

    def has(self, flag: int) -> bool:
        """Whether a flag is set."""
        return bool(self.flags & flag)


@dataclass(frozen=True, slots=True)
class Assertion:
    """The three byte strings by which a passkey vouches for one challenge."""

    authenticator_data: bytes
    client_data: bytes
    signature: bytes

    @classmethod
    def from_json(cls, raw: Json, where: str = "proof") -> Assertion:
        """The assertion that a JSON object holds; raises `BadInput` naming the key that is not in form."""
        if type(raw) is not dict or raw.keys() != ASSERTION_KEYS:
            cure = "its keys are " + ", ".join(_LIMITS)
            raise BadInput("this is no assertion of a passkey", where, cure)
        found = {}
        for key, (least, most) in _LIMITS.items():
            text, place = raw[key], f"{where}.{key}"
            if type(text) is not str:
                raise BadInput("base64 is a text", place, "send what the browser gave, in base64")
            if len(text) > 4 * -(-most // 3):
                raise BadInput(f"more than {most:,} bytes", place, "send what the browser gave, without additions")
            found[key] = from_base64(text, place)
            if not least <= len(found[key]) <= most:
                raise BadInput(f"{len(found[key])} bytes", place, f"{least} to {most:,} belong there")
        return cls(found["authenticatorData"], found["clientDataJSON"], found["signature"])

    def to_json(self) -> dict[str, Json]:
        """The assertion as it stands in an entry under `proof`."""
        return {
            "authenticatorData": to_base64(self.authenticator_data),
            "clientDataJSON": to_base64(self.client_data),
            "signature": to_base64(self.signature),
        }

    def is_user_verified(self) -> bool:
        """Whether the device says that it knew its user, by PIN, finger or face."""
        return AuthenticatorData.from_bytes(self.authenticator_data).has(USER_VERIFIED)


def read_client_data(data: bytes, where: str = "clientDataJSON") -> dict[str, Any]:
    """What the browser collected: a JSON object without double keys; raises `BadInput` for anything else.

    Keys that are not known are left alone, as browsers add some. Whole numbers only, as everywhere in the record.
    """
    try:
        found = parse_json(data)
    except BadInput as fault:
        raise BadInput(fault.what, where, "send what the browser gave, byte for byte") from fault
    if type(found) is not dict:
        raise BadInput("this is not a JSON object", where, "send what the browser gave, byte for byte")
    return found
