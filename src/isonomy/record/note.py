"""Signed notes: a text and under it one line for each key that signed it (C2SP signed-note).

Lives here: keys of both kinds in their text forms, signing, opening, cosigning. Not here: what the text says
(`checkpoint`, `manifest`), where private keys are kept (adapters), drawing them at random (the caller gives
the seed).

Invariant: a text is given out only if a known key signed it and every signature under a known name and id
holds; signatures of unknown keys are kept but never believed. The forms are those of Go's
`golang.org/x/mod/sumdb/note`.

    This is an example message.

    — example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXs...

    verifier key   example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k
    signer key     PRIVATE+KEY+<name>+<key id>+<base64 of type and seed>
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from isonomy.kernel.bad_input import BadInput
from isonomy.record.base64_text import from_base64, to_base64
from isonomy.record.signature import KEY_SIZE, SIGNATURE_SIZE, is_signed, public_key_of, sign

ED25519 = 1
COSIGNATURE = 4
NOTE_SIZE_MAX = 1_000_000
SIGNATURES_MAX = 100
TIME_MAX = 2**63 - 1
_KEY_TEXT_MAX = 1000
_TIME_SIZE = 8
_DASH = "— "
_NOT_IN_NAME = re.compile(r"[+\s\x00-\x1f\ud800-\udfff]")
_NOT_IN_TEXT = re.compile(r"[\x00-\x09\x0b-\x1f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """The public half of a key: its name, type (`ED25519` or `COSIGNATURE`) and 32 bytes."""

    name: str
    kind: int
    public: bytes

    @classmethod
    def parse(cls, text: str, where: str = "verifier key") -> VerifierKey:
        """The key of a text `name+id+base64`; raises `BadInput` for any other form, type or id."""
        name, key_id, encoded = _three_parts(text, where)
        body = from_base64(encoded, where)
        if len(body) != 1 + KEY_SIZE or body[0] not in (ED25519, COSIGNATURE):
            raise BadInput("this is not an Ed25519 key", where, "give the verifier key as the log publishes it")
        key = cls(name, body[0], body[1:])
        if key.id.hex() != key_id:
            raise BadInput("the key's id does not belong to its name and bytes", where, "copy the key again, whole")
        return key

    @property
    def id(self) -> bytes:
        """The first 4 bytes of SHA-256(name || newline || type || public key)."""
        return sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[:4]

    def text(self) -> str:
        """The key as it is published: `name+id+base64`."""
        return f"{self.name}+{self.id.hex()}+{to_base64(bytes([self.kind]) + self.public)}"


@dataclass(frozen=True, slots=True)
class SignerKey:
    """The private half of a key: its name, type and 32-byte seed. Printing it does not show the seed."""

    name: str
    kind: int
    seed: bytes

    def __repr__(self) -> str:
        return f"SignerKey({self.name!r}, {self.kind})"

    @classmethod
    def make(cls, name: str, seed: bytes, kind: int = ED25519) -> SignerKey:
        """The key of a name and 32 random bytes; raises `BadInput` for a name with a space or a plus."""
        _check_name(name, "key name")
        if len(seed) != KEY_SIZE:
            raise BadInput(f"a seed has {KEY_SIZE} bytes, this has {len(seed)}", "signer key")
        return cls(name, kind, seed)

    @classmethod
    def parse(cls, text: str, where: str = "signer key") -> SignerKey:
        """The key of a text `PRIVATE+KEY+name+id+base64`; raises `BadInput`, never quoting the text."""
        if not text.startswith("PRIVATE+KEY+"):
            raise BadInput("this is not a signer key", where, "it begins with PRIVATE+KEY+")
        name, key_id, encoded = _three_parts(text.removeprefix("PRIVATE+KEY+"), where)
        body = from_base64(encoded, where)
        if len(body) != 1 + KEY_SIZE or body[0] not in (ED25519, COSIGNATURE):
            raise BadInput("this is not an Ed25519 key", where, "give the signer key as it was made")
        key = cls(name, body[0], body[1:])
        if key.verifier().id.hex() != key_id:
            raise BadInput("the key's id does not belong to its name and bytes", where, "copy the key again, whole")
        return key

    def verifier(self) -> VerifierKey:
        """The public half."""
        return VerifierKey(self.name, self.kind, public_key_of(self.seed))

    def text(self) -> str:
        """The key as it is kept: `PRIVATE+KEY+name+id+base64`. Whoever reads it can sign."""
        return f"PRIVATE+KEY+{self.name}+{self.verifier().id.hex()}+{to_base64(bytes([self.kind]) + self.seed)}"


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature under a note: the key's name and id, and the bytes after them."""

    name: str
    key_id: bytes
    body: bytes

    @property
    def time(self) -> int | None:
        """When a cosignature was given, in seconds since 1970; None where the bytes are not those of one."""
        return int.from_bytes(self.body[:_TIME_SIZE], "big") if len(self.body) == _TIME_SIZE + SIGNATURE_SIZE else None

    def line(self) -> str:
        """The signature's line, with its newline."""
        return f"{_DASH}{self.name} {to_base64(self.key_id + self.body)}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """An opened note: its text, the signatures that hold, and those of keys that are not known here."""

    text: str
    verified: tuple[Signature, ...]
    unknown: tuple[Signature, ...]


def sign_note(text: str, key: SignerKey) -> bytes:
    """The note with one signature; raises `BadInput` when the text cannot stand in a note."""
    _check_text(text, "note")
    signature = Signature(key.name, key.verifier().id, sign(key.seed, text.encode()))
    return f"{text}\n{signature.line()}".encode()


def cosign(text: str, key: SignerKey, time: int) -> Signature:
    """A witness's timestamped signature over the text of a note (C2SP tlog-cosignature, cosignature/v1)."""
    if not 0 <= time <= TIME_MAX:
        raise BadInput(f"{time} is not a time", "cosignature", "seconds since 1970")
    body = time.to_bytes(_TIME_SIZE, "big") + sign(key.seed, _cosigned(text, time))
    return Signature(key.name, key.verifier().id, body)


def add_signatures(note: bytes, signatures: Iterable[Signature]) -> bytes:
    """The note with further signature lines; one under the same name and id is replaced."""
    text, present = split_note(note)
    added = list(signatures)
    replaced = {(signature.name, signature.key_id) for signature in added}
    kept = [signature for signature in present if (signature.name, signature.key_id) not in replaced]
    if len(kept) + len(added) > SIGNATURES_MAX:
        raise BadInput(f"a note carries at most {SIGNATURES_MAX} signatures", "note")
    return (text + "\n" + "".join(signature.line() for signature in kept + added)).encode()


def open_note(note: bytes, known: Iterable[VerifierKey], where: str = "note", size_max: int = NOTE_SIZE_MAX) -> Note:
    """The text of a note that a known key signed.

    Raises `BadInput` when the note is malformed, when a signature under a known name and id does not hold,
    and when no known key signed. Repeated signatures under one name and id count once (the first).
    """
    text, signatures = split_note(note, where, size_max)
    keys: dict[tuple[str, bytes], VerifierKey] = {}
    for key in known:
        if keys.setdefault((key.name, key.id), key) != key:
            raise BadInput(f"two different keys are called {key.name}+{key.id.hex()}", where, "name the one you trust")
    verified: dict[tuple[str, bytes], Signature] = {}
    unknown: list[Signature] = []
    for signature in signatures:
        name_and_id = (signature.name, signature.key_id)
        known_key = keys.get(name_and_id)
        if known_key is None:
            unknown.append(signature)
        elif name_and_id not in verified:
            if not _holds(known_key, text, signature):
                raise BadInput(
                    f"the signature of {signature.name} does not fit the text: one of them was altered", where
                )
            verified[name_and_id] = signature
    if not verified:
        raise BadInput("no key that is known here signed this", where, "give the log's verifier key")
    return Note(text, tuple(verified.values()), tuple(unknown))


def split_note(note: bytes, where: str = "note", size_max: int = NOTE_SIZE_MAX) -> tuple[str, list[Signature]]:
    """The text and the signatures of a note, none of them checked; raises `BadInput` when it is malformed."""
    if len(note) > size_max:
        raise BadInput(f"this note has {len(note)} bytes, at most {size_max} are read", where)
    try:
        whole = note.decode("utf-8")
    except UnicodeDecodeError as fault:
        raise BadInput(f"not UTF-8 text (byte {fault.start})", where) from fault
    cut = whole.rfind("\n\n")
    if cut < 0 or not whole.endswith("\n") or cut + 2 == len(whole):
        raise BadInput("there is no blank line with signatures after it", where, "copy the note again, whole")
    text, lines = whole[: cut + 1], whole[cut + 2 : -1].split("\n")
    _check_text(text, where)
    if len(lines) > SIGNATURES_MAX:
        raise BadInput(f"{len(lines)} signatures, at most {SIGNATURES_MAX} are read", where)
    return text, [signature_of_line(line, where) for line in lines]


def signature_of_line(line: str, where: str = "note") -> Signature:
    """The signature of one line (without its newline); raises `BadInput` for another form."""
    name, _, encoded = line.removeprefix(_DASH).partition(" ")
    if not line.startswith(_DASH) or not encoded:
        raise BadInput("a signature line is a dash, a key name and base64", where, "copy the note again, whole")
    _check_name(name, where)
    body = from_base64(encoded, where)
    if len(body) < 5:
        raise BadInput("a signature is longer than 4 bytes", where, "copy the note again, whole")
    return Signature(name, body[:4], body[4:])


def _holds(key: VerifierKey, text: str, signature: Signature) -> bool:
    if key.kind == ED25519:
        return is_signed(key.public, text.encode(), signature.body)
    time = signature.time
    if time is None or time > TIME_MAX:
        return False
    return is_signed(key.public, _cosigned(text, time), signature.body[_TIME_SIZE:])


def _cosigned(text: str, time: int) -> bytes:
    return f"cosignature/v1\ntime {time}\n{text}".encode()


def _three_parts(text: str, where: str) -> tuple[str, str, str]:
    parts = text.split("+", 2)
    if len(text) > _KEY_TEXT_MAX or len(parts) != 3 or len(parts[1]) != 8:
        raise BadInput("a key is a name, an id of 8 hex digits and base64, joined by +", where)
    _check_name(parts[0], where)
    return parts[0], parts[1], parts[2]


def _check_name(name: str, where: str) -> None:
    if not name or _NOT_IN_NAME.search(name):
        raise BadInput("a key name is not empty and has no space and no plus", where)


def _check_text(text: str, where: str) -> None:
    if not text.endswith("\n"):
        raise BadInput("the text of a note ends in a newline", where)
    if _NOT_IN_TEXT.search(text):
        raise BadInput("a note has no control characters", where)
