"""Publicly verifiable sortition: RFC 3797, "Publicly Verifiable Nominations Committee (NomCom) Random
Selection".

Lives here: the key string from public sources and the selection from a pool. Not here: ties in a count
(`tie`).

The pool, its order, the sources and their time are published before the sources are known; anyone can repeat
the selection afterwards. MD5 is the function that the RFC fixes; nothing rests on its being hard to collide,
since the pool is fixed before the key exists.

Invariant: a selection is a function of key and pool; nobody is selected twice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from isonomy.counting.values import value
from isonomy.kernel.bad_input import BadInput

SELECTED_MAX = 65_536
"""The counter that is hashed has two bytes (section 4)."""


@value
class Selection:
    """One selection: its number from 1, the digest in hexadecimal, the place in the pool as published (from
    1), and who."""

    number: int
    digest: str
    place: int
    chosen: str


def key_string(sources: Sequence[str | int | Sequence[int]]) -> str:
    """The key of RFC 3797, section 4.2: each source's numbers sorted, each followed by a point, the source
    closed by a slash.

    A source is a whole number, a list of whole numbers, or a text, which is taken in upper case without
    blanks and signs.
    """
    parts = []
    for place, source in enumerate(sources, start=1):
        if isinstance(source, str) and not source.strip().isdigit():
            letters = "".join(sign for sign in source.upper() if sign.isascii() and sign.isalnum())
            if not letters:
                raise BadInput("a source is empty", f"sources[{place - 1}]", "give its letters and digits")
            parts.append(f"{letters}./")
            continue
        numbers = [int(source)] if isinstance(source, (str, int)) else sorted(source)
        if not numbers or min(numbers) < 0:
            raise BadInput("a source has no whole numbers", f"sources[{place - 1}]", "give numbers from 0")
        parts.append("".join(f"{number}." for number in numbers) + "/")
    return "".join(parts)


def digest_of(key: str, counter: int) -> str:
    """MD5 of counter, key, counter, with the counter as two bytes, in upper-case hexadecimal (section
    4.3)."""
    prefix = counter.to_bytes(2, "big")
    return hashlib.md5(prefix + key.encode() + prefix, usedforsecurity=False).hexdigest().upper()


def select(key: str, pool: Sequence[str], wanted: int) -> tuple[Selection, ...]:
    """Selects `wanted` names from the pool, in order; raises `BadInput` when the pool is too small."""
    if not 0 <= wanted <= min(len(pool), SELECTED_MAX):
        raise BadInput(
            f"{wanted} cannot be selected from {len(pool)}", "wanted", "give a number up to the size of the pool"
        )
    left = list(enumerate(pool, start=1))
    chosen = []
    for number in range(wanted):
        digest = digest_of(key, number)
        place, name = left.pop(int(digest, 16) % len(left))
        chosen.append(Selection(number + 1, digest, place, name))
    return tuple(chosen)
