"""Commitments: a value enters the record sealed, and is opened only by whoever holds it and its salt.

Lives here: sealing, opening, and the openings file that lies beside the record. Not here: which fields are
personal (`engine`), drawing salts (the chamber), erasing (adapters delete value and salt; the commitment then
says nothing).

Invariant: a commitment opens to one label and one value only, and without its 32 random bytes of salt it
cannot be tested against a guess. The label's length stands before it, so that label and value cannot be
shifted against each other.

    c = HMAC-SHA-256(salt, length of label as u16 big-endian || label || value)     in an act: {"c": base64 of c}
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from dataclasses import dataclass

from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.canonical import Json, canonical_bytes, parse_canonical
from isonomy.record.base64_text import from_base64, to_base64

SALT_SIZE = 32
COMMITMENT_SIZE = 32
LABEL_SIZE_MAX = 200


def commitment(salt: bytes, label: str, value: str | bytes) -> bytes:
    """The 32 bytes that stand for a value of this label; `salt` is 32 random bytes, used once."""
    name = label.encode()
    if len(salt) != SALT_SIZE:
        raise BadInput(f"a salt has {SALT_SIZE} bytes, this has {len(salt)}", label)
    if not 0 < len(name) <= LABEL_SIZE_MAX:
        raise BadInput(f"a label has 1 to {LABEL_SIZE_MAX} bytes", label[:40])
    data = value.encode() if isinstance(value, str) else value
    return hmac.digest(salt, len(name).to_bytes(2, "big") + name + data, "sha256")


def seal(salt: bytes, label: str, value: str | bytes) -> dict[str, str]:
    """The commitment as it stands in an act."""
    return {"c": to_base64(commitment(salt, label, value))}


def is_sealed(value: Json) -> bool:
    """Whether a JSON value has the form of a commitment."""
    return isinstance(value, dict) and value.keys() == {"c"} and isinstance(value["c"], str) and len(value["c"]) == 44


def read_seal(value: Json, where: str = "") -> bytes:
    """The 32 bytes of a commitment in an act; raises `BadInput` for another form."""
    if not is_sealed(value):
        raise BadInput('a commitment is {"c": base64 of 32 bytes}', where)
    return from_base64(value["c"], where, COMMITMENT_SIZE)


def opens(sealed: bytes, salt: bytes, label: str, value: str | bytes) -> bool:
    """Whether this salt, label and value are what the commitment stands for."""
    if len(salt) != SALT_SIZE or not 0 < len(label.encode()) <= LABEL_SIZE_MAX:
        return False
    return hmac.compare_digest(sealed, commitment(salt, label, value))


@dataclass(frozen=True, slots=True)
class Opening:
    """A value with its salt, or a document of the export with its salt and path."""

    commitment: bytes
    label: str
    salt: bytes
    value: str | None
    path: str | None = None


def write_openings(openings: Iterable[Opening]) -> bytes:
    """The openings file: one canonical line each, sorted by commitment."""
    lines = []
    for opening in sorted(openings, key=lambda opening: opening.commitment):
        shown = {"path": opening.path} if opening.path is not None else {"value": opening.value}
        line = {
            "c": to_base64(opening.commitment),
            "label": opening.label,
            "salt": to_base64(opening.salt),
            **shown,
        }
        lines.append(canonical_bytes(line) + b"\n")
    return b"".join(lines)


def read_openings(data: bytes, where: str = "openings.jsonl") -> list[Opening]:
    """The openings of a file; raises `BadInput` for a line not in form. They are not tried here."""
    if data and not data.endswith(b"\n"):
        raise BadInput("the last line breaks off", where)
    openings: list[Opening] = []
    for number, line in enumerate(data.split(b"\n")[:-1], start=1):
        place = f"{where}:{number}"
        try:
            raw = parse_canonical(line)
        except BadInput as fault:
            raise fault.at(place) from fault
        opening = _opening(raw, place)
        if openings and openings[-1].commitment >= opening.commitment:
            raise BadInput("the lines are not sorted by commitment, each once", place)
        openings.append(opening)
    return openings


def _opening(raw: Json, where: str) -> Opening:
    shown = "path" if isinstance(raw, dict) and "path" in raw else "value"
    if not isinstance(raw, dict) or raw.keys() != {"c", "label", "salt", shown}:
        raise BadInput("an opening has the keys c, label, salt and value or path", where)
    if not all(isinstance(item, str) for item in raw.values()):
        raise BadInput("an opening consists of texts", where)
    sealed = from_base64(raw["c"], f"{where}: c", COMMITMENT_SIZE)
    salt = from_base64(raw["salt"], f"{where}: salt", SALT_SIZE)
    return Opening(sealed, raw["label"], salt, raw.get("value"), raw.get("path"))
