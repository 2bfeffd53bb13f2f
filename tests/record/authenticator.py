"""A software authenticator: a passkey that a test holds, with a browser around it.

    device = Authenticator("cy's phone", "rowing.example")
    house.must("key.enrol", by="cy", person="p-cy000", passkey=device.enrolment())
    auth = device.auth(act)

Lives here: making passkeys and assertions as devices and browsers do, and as they never should. Not here: checking them
(`isonomy.record.passkey`).

Everything is derived from the name, ECDSA signatures too (RFC 6979), so that vectors can be made from it.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from isonomy.record.assertion import Assertion
from isonomy.record.base64_text import to_base64
from isonomy.record.passkey import EDDSA, ES256, Passkey
from isonomy.record.signature import act_challenge

P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
PRESENT, VERIFIED, ELIGIBLE, BACKED_UP, ATTESTED, EXTENDED = 0x01, 0x04, 0x08, 0x10, 0x40, 0x80


def chrome(ceremony: str, challenge: str, origin: str) -> str:
    """Client data as Chrome writes them, with the key by which it warns against templates."""
    return (
        f'{{"type":"{ceremony}","challenge":"{challenge}","origin":"{origin}","crossOrigin":false,'
        '"other_keys_can_be_added_here":"do not compare clientDataJSON against a template. See https://goo.gl/yabPex"}'
    )


def safari(ceremony: str, challenge: str, origin: str) -> str:
    """Client data as Safari writes them: three keys and no more."""
    return f'{{"type":"{ceremony}","challenge":"{challenge}","origin":"{origin}"}}'


def firefox(ceremony: str, challenge: str, origin: str) -> str:
    """Client data as older Firefox writes them: sorted, with keys of an early draft."""
    return (
        f'{{"challenge":"{challenge}","clientExtensions":{{}},"hashAlgorithm":"SHA-256",'
        f'"origin":"{origin}","type":"{ceremony}"}}'
    )


BROWSERS = {"chrome": chrome, "safari": safari, "firefox": firefox}


@dataclass
class Authenticator:
    """One passkey: its name, the relying party it is of, its algorithm; `counter` is what it signs next."""

    name: str
    rp: str = "rowing.example"
    algorithm: str = ES256
    counter: int = 0
    flags: int = PRESENT | VERIFIED | ELIGIBLE | BACKED_UP
    browser: str = "chrome"
    _seed: bytes = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._seed = sha256(f"passkey {self.name}".encode()).digest()

    @property
    def origin(self) -> str:
        return f"https://{self.rp}"

    @property
    def credential_id(self) -> bytes:
        return sha256(b"id" + self._seed).digest()[:20]

    @property
    def public(self) -> bytes:
        if self.algorithm == EDDSA:
            return Ed25519PrivateKey.from_private_bytes(self._seed).public_key().public_bytes_raw()
        return self._private().public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    @property
    def passkey(self) -> Passkey:
        return Passkey(self.algorithm, self.public, self.rp)

    def enrolment(self) -> dict[str, str]:
        """The key `passkey` of the act `key.enrol`."""
        return {"algorithm": self.algorithm, "key": to_base64(self.public), "rp": self.rp}

    def auth(self, act: Any, credential: int | None = None, **other: Any) -> dict[str, Any]:
        """The `auth` of an act signed with this passkey."""
        found = {"kind": "signed", "proof": self.assertion(act_challenge(act), **other).to_json()}
        return found if credential is None else found | {"credential": credential}

    def client_data(self, challenge: bytes, ceremony: str = "webauthn.get", origin: str | None = None) -> bytes:
        text = urlsafe_b64encode(challenge).rstrip(b"=").decode()
        return BROWSERS[self.browser](ceremony, text, origin or self.origin).encode()

    def authenticator_data(self, flags: int | None = None, rp: str | None = None, rest: bytes = b"") -> bytes:
        self.counter += 1
        given = self.flags if flags is None else flags
        return sha256((rp or self.rp).encode()).digest() + bytes([given]) + self.counter.to_bytes(4, "big") + rest

    def assertion(
        self,
        challenge: bytes,
        *,
        ceremony: str = "webauthn.get",
        origin: str | None = None,
        flags: int | None = None,
        rp: str | None = None,
        rest: bytes = b"",
        client_data: bytes | None = None,
    ) -> Assertion:
        """What it gives for a challenge; what is named is done otherwise than a good browser and device would."""
        collected = self.client_data(challenge, ceremony, origin) if client_data is None else client_data
        data = self.authenticator_data(flags, rp, rest)
        return Assertion(data, collected, self.sign(data + sha256(collected).digest()))

    def sign(self, message: bytes) -> bytes:
        if self.algorithm == EDDSA:
            return Ed25519PrivateKey.from_private_bytes(self._seed).sign(message)
        return self._private().sign(message, ec.ECDSA(SHA256(), deterministic_signing=True))

    def registration(self, challenge: bytes, key: bytes | None = None, **other: Any) -> tuple[bytes, bytes]:
        """Authenticator data and client data of `navigator.credentials.create`, with this or another COSE key."""
        given = other.pop("flags", self.flags | ATTESTED)
        credential = len(self.credential_id).to_bytes(2, "big") + self.credential_id
        rest = bytes(16) + credential + (self.cose() if key is None else key) + other.pop("rest", b"")
        return self.authenticator_data(given, other.pop("rp", None), rest), self.client_data(
            challenge, other.pop("ceremony", "webauthn.create"), **other
        )

    def cose(self) -> bytes:
        """Its public key as devices give it (RFC 9053)."""
        if self.algorithm == EDDSA:
            return bytes.fromhex("a4010103272006215820") + self.public
        return bytes.fromhex("a5010203262001215820") + self.public[1:33] + bytes.fromhex("225820") + self.public[33:]

    def used(self, challenge: bytes, **other: Any) -> dict[str, Any]:
        """What `credential.toJSON()` gives after `navigator.credentials.get`."""
        found = self.assertion(challenge, **other)
        return self._response(
            authenticatorData=found.authenticator_data,
            clientDataJSON=found.client_data,
            signature=found.signature,
            userHandle=b"handle",
        )

    def made(self, challenge: bytes, **other: Any) -> dict[str, Any]:
        """What `credential.toJSON()` gives after `navigator.credentials.create`."""
        data, collected = self.registration(challenge, **other)
        return self._response(
            authenticatorData=data, clientDataJSON=collected, attestationObject=self.attestation_object(data)
        )

    def _response(self, **parts: bytes) -> dict[str, Any]:
        shown = {key: urlsafe_b64encode(part).rstrip(b"=").decode() for key, part in parts.items()}
        id = urlsafe_b64encode(self.credential_id).rstrip(b"=").decode()
        return {
            "id": id,
            "rawId": id,
            "type": "public-key",
            "authenticatorAttachment": "platform",
            "clientExtensionResults": {},
            "response": shown,
        }

    def attestation_object(self, authenticator_data: bytes) -> bytes:
        """The CBOR around the authenticator data of a registration, as browsers send it (attestation `none`)."""
        size = len(authenticator_data).to_bytes(2, "big")
        return (
            b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData"
            + (b"\x58" + size[1:] if size[0] == 0 else b"\x59" + size)
            + authenticator_data
        )

    def _private(self) -> ec.EllipticCurvePrivateKey:
        return ec.derive_private_key(int.from_bytes(self._seed, "big") % (P256_ORDER - 1) + 1, ec.SECP256R1())


def rewritten(client_data: bytes, **changed: Any) -> bytes:
    """Client data with some keys changed, and left out where None."""
    found = json.loads(client_data) | changed
    return json.dumps({key: value for key, value in found.items() if value is not None}).encode()
