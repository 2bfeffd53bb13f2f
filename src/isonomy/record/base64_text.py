"""Base64 in one form: standard alphabet, padded, no line breaks, no stray bits (RFC 4648, section 4).

Lives here: writing and strictly reading base64, and base64url without padding where a browser speaks it. Not here: what
the bytes mean.

Invariant: a sequence of bytes has exactly one text and every other text is refused, so that a single changed
character of a record is either refused here or gives other bytes.
"""

from __future__ import annotations

import binascii

from isonomy.kernel.bad_input import BadInput


def to_base64(data: bytes) -> str:
    """The base64 text of some bytes."""
    return binascii.b2a_base64(data, newline=False).decode("ascii")


def from_base64(text: str, where: str = "", size: int | None = None) -> bytes:
    """The bytes of a base64 text; raises `BadInput` for another form or another size."""
    try:
        data = binascii.a2b_base64(text.encode("ascii"), strict_mode=True)
    except (UnicodeEncodeError, binascii.Error) as fault:
        raise BadInput("this is not base64", where, "copy it again, whole") from fault
    if to_base64(data) != text:
        raise BadInput("this base64 ends in bits that mean nothing", where, "copy it again, whole")
    if size is not None and len(data) != size:
        raise BadInput(f"{len(data)} bytes where {size} belong", where, "copy it again, whole")
    return data


def to_base64url(data: bytes) -> str:
    """Bytes as browsers take and give them: base64url without padding (RFC 4648, section 5)."""
    return to_base64(data).rstrip("=").replace("+", "-").replace("/", "_")


def from_base64url(text: str, where: str = "") -> bytes:
    """The bytes of a text in base64url without padding; raises `BadInput` for any other form."""
    if not set("+/=").isdisjoint(text):
        raise BadInput("this is not base64url without padding", where, "send it as the browser gave it")
    return from_base64(text.replace("-", "+").replace("_", "/") + "=" * (-len(text) % 4), where)


def decimal(text: str, where: str = "", largest: int = 2**63 - 1) -> int:
    """A whole number in ASCII digits without leading zeros, at most `largest`; raises `BadInput`."""
    if not (text.isascii() and text.isdigit()) or (text[0] == "0" and text != "0") or len(text) > 19:
        raise BadInput(f"'{text[:40]}' is not a whole number", where, "digits only, no leading zero")
    if int(text) > largest:
        raise BadInput(f"{text} is too large", where, f"at most {largest}")
    return int(text)
