"""Packed ballot file: ranked ballots as they lie in memory, ten times quicker to read than their text.

Lives here: reading and writing the layout of spec counting, section 10. Not here: texts of ballots (their own modules).

Invariant: a file that does not end with the SHA-256 of all before is not read; every length is checked before it is
used; what is read back is what was written, ballots merged and in their order.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Sequence
from typing import Any

from isonomy.counting import compiled
from isonomy.counting.ballot import Ballot, Option, Profile, Ranks, StrictBallots, merge
from isonomy.counting.formats.text import OPTION_COUNT_MAX, WEIGHT_MAX
from isonomy.counting.packed_ballots import PackedBallots
from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.canonical import canonical_bytes, parse_canonical

MAGIC = b"isonomy ballots\n"
VERSION = 1
_FIXED = struct.Struct("<IIQ")
_HEADER_MAX = 1 << 20
_DIGEST_SIZE = 32
_EQUAL = 255
_OPTIONS_MAX = 254
_OPTION_KEYS = {"name": str, "party": str, "withdrawn": bool, "cost": int, "code": str}
_KEYS = {"seats": int, "spoiled": int, "budget": int, "title": str, "unranked": str}


def write_packed(profile: Profile) -> bytes:
    """The packed bytes of a ranked profile; raises `BadInput` for scores and for more than 254 options."""
    if profile.kind != "ranks":
        raise BadInput("scores are not packed", "", "write the profile as csv")
    if len(profile.options) > _OPTIONS_MAX:
        raise BadInput(f"{len(profile.options)} options", "", f"at most {_OPTIONS_MAX} are packed; write it as blt")
    header: dict[str, Any] = {"options": [_told(option, _OPTION_KEYS) for option in profile.options]}
    header.update(_told(profile, _KEYS))
    told = canonical_bytes(header)
    weights, orders, count = _runs(profile.ballots)
    body = MAGIC + _FIXED.pack(VERSION, len(told), count) + told + weights + orders
    return body + hashlib.sha256(body).digest()


def _runs(given: Sequence[Ballot]) -> tuple[bytes, bytes, int]:
    """Weights, orders and number of the ballots, merged."""
    if isinstance(given, PackedBallots) and compiled.machine:
        found: tuple[bytes, bytes, int] | None = compiled.machine.merge_ballots(given.weights_run, given.orders_run)
        if found is not None:
            return found
    ballots = merge(given)
    weights = struct.pack(f"<{len(ballots)}Q", *[ballot.weight for ballot in ballots])
    return weights, b"\0".join([_packed(ballot) for ballot in ballots]), len(ballots)


def _told(given: Option | Profile, keys: dict[str, type]) -> dict[str, Any]:
    return {key: getattr(given, key) for key in keys if getattr(given, key) not in (None, "", False, 0)}


def _packed(ballot: Ballot) -> bytes:
    order = bytearray()
    for rank in ballot.ranks:
        for place, number in enumerate(rank):
            if place:
                order.append(_EQUAL)
            order.append(number)
    return bytes(order)


def read_packed(data: bytes, names: Sequence[str] | None = None) -> Profile:
    """Reads a packed file; `names` replaces the names. Raises `BadInput` for anything that `write_packed` cannot have
    written."""
    start = len(MAGIC) + _FIXED.size
    if not data.startswith(MAGIC) or len(data) < start + _DIGEST_SIZE:
        raise _broken("it does not begin as a packed ballot file, or is cut off")
    version, told, count = _FIXED.unpack_from(data, len(MAGIC))
    if version != VERSION:
        raise BadInput(f"a packed ballot file of version {version}", "", f"this program reads version {VERSION}")
    end = len(data) - _DIGEST_SIZE
    if told > _HEADER_MAX or start + told + 8 * count > end:
        raise _broken("its lengths are larger than the file")
    if hashlib.sha256(memoryview(data)[:end]).digest() != data[end:]:
        raise _broken("its digest does not fit")
    options, known = _header(data[start : start + told], names)
    place = start + told
    runs = data[place : place + 8 * count], data[place + 8 * count : end]
    looked_through = (
        compiled.machine.check_ballots(*runs, len(options)) if compiled.machine and (count or not runs[1]) else None
    )
    if looked_through is not None:
        return Profile(options, PackedBallots(*runs), **known)
    weights = list(struct.unpack_from(f"<{count}Q", data, place))
    if weights and not 1 <= min(weights) <= max(weights) <= WEIGHT_MAX:
        raise _broken(f"a weight is not from 1 to {WEIGHT_MAX}")
    body = runs[1]
    orders = body.split(b"\0") if count else []
    if len(orders) != count or (not count and body):
        raise _broken("it does not hold as many ballots as it says")
    numbers = bytes(range(1, len(options) + 1))
    extra = body.translate(None, numbers + b"\0")
    if extra.strip(b"\xff"):
        raise _broken(f"a ballot names an option that is not from 1 to {len(options)}")
    if not extra:
        if sum(map(len, map(set, orders))) != sum(map(len, orders)):
            raise _broken("a ballot names an option twice")
        return Profile(options, StrictBallots.of_bytes(weights, orders), **known)
    ranked = merge((_ranks(order), weight) for order, weight in zip(orders, weights, strict=True))
    return Profile(options, ranked, **known)


def _ranks(order: bytes) -> Ranks:
    ranks: list[tuple[int, ...]] = []
    seen: set[int] = set()
    joins = False
    for number in order:
        if number == _EQUAL:
            if joins or not ranks:
                raise _broken("a mark of equal ranks stands where no option is before it")
            joins = True
            continue
        if number in seen or (joins and number < ranks[-1][-1]):
            raise _broken("a ballot names an option twice, or equal options out of order")
        seen.add(number)
        if joins:
            ranks[-1] = (*ranks[-1], number)
        else:
            ranks.append((number,))
        joins = False
    if joins:
        raise _broken("a ballot ends with a mark of equal ranks")
    return tuple(ranks)


def _header(told: bytes, names: Sequence[str] | None) -> tuple[tuple[Option, ...], dict[str, Any]]:
    try:
        header = parse_canonical(told)
    except BadInput as fault:
        raise _broken(f"its header cannot be read ({fault.what})") from fault
    listed = header.pop("options", None) if isinstance(header, dict) else None
    if not isinstance(listed, list) or not 1 <= len(listed) <= min(_OPTIONS_MAX, OPTION_COUNT_MAX):
        raise _broken("its header does not list the options")
    known = _checked(header, _KEYS)
    if known.get("unranked", "apart") not in ("below", "apart"):
        raise _broken("'unranked' is neither 'below' nor 'apart'")
    options = [
        Option(number, **{"name": "", **_checked(given, _OPTION_KEYS)}) for number, given in enumerate(listed, 1)
    ]
    if names is not None and len(names) == len(options):
        options = [
            Option(o.number, name, o.party, o.withdrawn, o.cost, o.code) for o, name in zip(options, names, strict=True)
        ]
    return tuple(options), known


def _checked(given: Any, keys: dict[str, type]) -> dict[str, Any]:
    if not isinstance(given, dict):
        raise _broken("its header is not as the specification says")
    for key, held in given.items():
        if key not in keys or type(held) is not keys[key] or (type(held) is int and held < 0):
            raise _broken(f"its header holds '{key[:40]}', which does not fit")
    return given


def _broken(why: str) -> BadInput:
    return BadInput(f"the packed ballot file is damaged: {why}", "", "copy it again, or pack the ballots again")
