"""Ed25519 signatures, and what exactly the author of an act signs.

Lives here: signing and checking with raw 32-byte keys, the challenge of an act and of the enrolment of a key.
Not here: who owns a key and since when (`engine`), notes (`note`), where private keys are kept (adapters).

Invariant: every signature of this project that is not a note or a cosignature is over a SHA-256 that begins
with a line of its own ("isonomy act v1"), so that a signature given for one purpose never serves for another.

    challenge = SHA-256("isonomy act v1\\n" || RFC 8785 bytes of the act)
    proof     = base64(Ed25519 signature over the 32 bytes of the challenge)
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.canonical import Json, canonical_bytes
from isonomy.record.base64_text import from_base64, to_base64

KEY_SIZE = 32
SIGNATURE_SIZE = 64

_ACT_LINE = b"isonomy act v1\n"
_KEY_LINE = b"isonomy key v1\n"
_REFUSAL_LINE = b"isonomy refusal v1\n"
_LOT_LINE = b"isonomy lot secret v1\n"

# The points of order 1, 2, 4 and 8 in every encoding: under such a key one signature fits many messages, so
# that nobody could be held to what they signed (RFC 8032 leaves refusing them to the protocol).
_SMALL_ORDER = frozenset(
    bytes.fromhex(key)
    for low, last in (
        ("01" + 30 * "00", ("00", "80")),
        ("ec" + 30 * "ff", ("7f", "ff")),
        ("00" + 30 * "00", ("00", "80")),
        ("ed" + 30 * "ff", ("7f", "ff")),
        ("ee" + 30 * "ff", ("7f", "ff")),
        ("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03", ("7a", "fa")),
        ("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc", ("05", "85")),
    )
    for key in (low + last[0], low + last[1])
)


def act_challenge(act: Json) -> bytes:
    """The 32 bytes that the author of an act signs."""
    return act_bytes_challenge(canonical_bytes(act))


def act_bytes_challenge(act: bytes) -> bytes:
    """The 32 bytes that the author signs, from the canonical bytes of the act."""
    return sha256(_ACT_LINE + act).digest()


def key_challenge(claim: Json) -> bytes:
    """The 32 bytes that the owner of a new key signs with it, to show that they hold it.

    `claim` says for what: `{"key": base64, "log": origin, "person": id}`.
    """
    return sha256(_KEY_LINE + canonical_bytes(claim)).digest()


def refusal_challenge(refusal: Json) -> bytes:
    """The 32 bytes that the log signs under a refusal, so that its author can lodge it (the act `protest`)."""
    return sha256(_REFUSAL_LINE + canonical_bytes(refusal)).digest()


def public_key_of(seed: bytes) -> bytes:
    """The 32-byte public key of a 32-byte private seed."""
    return _private(seed).public_key().public_bytes_raw()


def sign(seed: bytes, message: bytes) -> bytes:
    """The 64-byte Ed25519 signature over a message (RFC 8032)."""
    return _private(seed).sign(message)


def is_signed(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the Ed25519 signature over the message was made with the private half of this key."""
    key = _public(public_key)
    if key is None or len(signature) != SIGNATURE_SIZE:
        return False
    try:
        key.verify(signature, message)
    except InvalidSignature:
        return False
    return True


def sign_act(seed: bytes, act: Json) -> str:
    """The proof that stands in an entry: the base64 of the author's signature."""
    return to_base64(sign(seed, act_challenge(act)))


def lot_secret(seed: bytes, log: str, act_id: str) -> str:
    """The secret of a lot, 32 bytes in base64, as a key gives it for the act that publishes the lot.

    Ed25519 signatures are deterministic (RFC 8032), so the key's owner finds it again and keeps nothing. Source:
    docs/spec/elections.md, section 4.
    """
    return to_base64(sha256(sign(seed, _LOT_LINE + f"{log}\n{act_id}".encode())).digest())


def is_signed_act(public_key: bytes, act: Json, proof: str) -> bool:
    """Whether the proof was made over this act with the private half of this key."""
    return is_signed_challenge(public_key, act_challenge(act), proof)


def is_signed_challenge(public_key: bytes, challenge: bytes, proof: str) -> bool:
    """Whether the proof was made over this challenge with the private half of this key."""
    try:
        signature = from_base64(proof, size=SIGNATURE_SIZE)
    except BadInput:
        return False
    return is_signed(public_key, challenge, signature)


def read_public_key(text: str, where: str = "") -> bytes:
    """The 32 bytes of a public key in base64; raises `BadInput` for a key that binds nobody."""
    key = from_base64(text, where, KEY_SIZE)
    if key in _SMALL_ORDER or _public(key) is None:
        raise BadInput("this key does not bind its owner", where, "make a new one")
    return key


@lru_cache(maxsize=64)
def _private(seed: bytes) -> Ed25519PrivateKey:
    if len(seed) != KEY_SIZE:
        raise BadInput(f"a private key has {KEY_SIZE} bytes, this has {len(seed)}", "", "give the key file again")
    return Ed25519PrivateKey.from_private_bytes(seed)


@lru_cache(maxsize=16384)
def _public(key: bytes) -> Ed25519PublicKey | None:
    if len(key) != KEY_SIZE or key in _SMALL_ORDER:
        return None
    return Ed25519PublicKey.from_public_bytes(key)
