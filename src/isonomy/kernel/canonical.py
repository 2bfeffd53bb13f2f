"""Canonical bytes: one value, one sequence of bytes (RFC 8785, JSON Canonicalization Scheme).

Lives here: writing and strictly reading canonical JSON, and the digest of a value. Not here: what the values mean.

Invariant: `parse_canonical(canonical_bytes(v)) == v`, and any other bytes for the same value are refused. The subset has
no floating-point numbers at all and no integer beyond 2**53 - 1, so every reader in every language sees the same number
(RFC 8785, section 3.2.2.3; larger numbers, money and shares travel as strings).
"""

from __future__ import annotations

import hashlib
import json
import re
from json.scanner import make_scanner
from typing import Any

from isonomy.kernel.bad_input import BadInput

Json = Any
"""A JSON value of the subset: None, bool, int, str, list, dict with string keys."""

INTEGER_MAX = 2**53 - 1
DEPTH_MAX = 64
"""Deeper nesting than this is refused, so that no input can exhaust the interpreter's stack."""

_encode = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"), check_circular=False
).encode


def canonical_bytes(value: Json) -> bytes:
    """The RFC 8785 bytes of a value without floats.

    Raises `BadInput` for floats, integers beyond 2**53 - 1, lone surrogates, keys that are not strings, and nesting
    deeper than `DEPTH_MAX`.
    """
    surrogate_keys = _examine(value, "", DEPTH_MAX)
    if surrogate_keys:
        # Python sorts by code point, RFC 8785 by UTF-16 unit; they differ only for keys beyond the basic plane.
        value = _reordered(value)
        encoder = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        text = encoder.encode(value)
    else:
        text = _encode(value)
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as fault:
        raise BadInput("a text holds half of a character (a lone surrogate)", "", "enter the text again") from fault


def parse_canonical(data: bytes) -> Json:
    """The value whose canonical bytes are exactly `data`; raises `BadInput` for anything else."""
    # Records are read by the million: what is ordinary and canonical is told by decoding and encoding in C.
    # All else, above all what is wrong, takes the careful road below, which says why.
    if data.count(b"{") + data.count(b"[") <= DEPTH_MAX and (data.isascii() or not _FOUR_BYTES.search(data)):
        try:
            text = data.decode("utf-8")
            value, end = _scan(text, 0)
            if end == len(text) and _encode(value).encode("utf-8") == data:
                return value
        except (ValueError, StopIteration, RecursionError):
            pass
    value = parse_json(data)
    if canonical_bytes(value) != data:
        raise BadInput(
            "the bytes are JSON but not in canonical form (RFC 8785)", "", "write them with sorted keys and no spaces"
        )
    return value


def parse_json(data: bytes | str) -> Json:
    """Any JSON text of the subset, canonical or not; raises `BadInput` for floats, double keys and broken text."""
    try:
        text = data.decode("utf-8") if isinstance(data, bytes) else data
    except UnicodeDecodeError as fault:
        raise BadInput(f"not UTF-8 text (byte {fault.start})", "", "save the file as UTF-8") from fault
    try:
        return _DECODER.decode(text)
    except json.JSONDecodeError as fault:
        raise BadInput(f"not JSON: {fault.msg}", f"line {fault.lineno}, column {fault.colno}") from fault
    except RecursionError as fault:
        raise BadInput("the JSON is nested too deeply", "", f"at most {DEPTH_MAX} levels are read") from fault


def digest(value: Json) -> str:
    """SHA-256 of the canonical bytes, in lower-case hex: equality of values as one short text."""
    return hashlib.sha256(canonical_bytes(value)).hexdigest()


def _no_float(text: str) -> Json:
    raise BadInput(f"{text} is not a whole number", "", 'write fractions, money and shares as texts, such as "2/3"')


def _small_int(text: str) -> int:
    if len(text) > 17 or abs(int(text)) > INTEGER_MAX:
        raise BadInput("a number is beyond 2^53 - 1", "", "write it as a text")
    if text == "-0":
        raise BadInput("minus zero is not a number here", "", "write 0")
    return int(text)


def _object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise BadInput(f"the key '{key}' stands twice", "", "keep one of them")
            seen.add(key)
    return found


_DECODER = json.JSONDecoder(
    object_pairs_hook=_object, parse_float=_no_float, parse_int=_small_int, parse_constant=_no_float
)


def _quick_int(text: str) -> int:
    return int(text) if len(text) < 16 else _small_int(text)


# A double key or a minus zero is not seen by this one, but is lost in the value and so in the bytes that are compared.
_quick = json.JSONDecoder(parse_float=_no_float, parse_int=_quick_int, parse_constant=_no_float)
_scan = make_scanner(_quick)  # type: ignore[arg-type]  # the stub names the scanner itself as its context
_FOUR_BYTES = re.compile(rb"[\xf0-\xff]")
"""Where a character beyond the basic plane begins: keys with one sort in another order than Python's."""


def _examine(value: Json, where: str, depth: int) -> bool:
    """Refuses what the subset does not have; says whether a key lies beyond the basic plane."""
    if value is None or value is True or value is False:
        return False
    kind = type(value)
    if kind is str:
        return False
    if kind is int:
        if -INTEGER_MAX <= value <= INTEGER_MAX:
            return False
        raise BadInput("a number is beyond 2^53 - 1", where, "write it as a text")
    if depth == 0:
        raise BadInput("the value is nested too deeply", where, f"at most {DEPTH_MAX} levels are written")
    beyond = False
    if kind is list or kind is tuple:
        for item in value:
            if type(item) is not str and _examine(item, where, depth - 1):
                beyond = True
        return beyond
    if kind is dict:
        for key, item in value.items():
            if type(key) is not str:
                raise BadInput(f"the key {key!r} is not a text", where)
            if not key.isascii() and max(key) > "\uffff":
                beyond = True
            if type(item) is not str and _examine(item, key, depth - 1):
                beyond = True
        return beyond
    raise BadInput(f"a {kind.__name__} cannot be written", where, "use whole numbers, texts, lists and objects")


def _reordered(value: Json) -> Json:
    if isinstance(value, dict):
        ordered = sorted(value, key=lambda key: key.encode("utf-16-be", "surrogatepass"))
        return {key: _reordered(value[key]) for key in ordered}
    if isinstance(value, list | tuple):
        return [_reordered(item) for item in value]
    return value
