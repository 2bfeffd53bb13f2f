"""Shapes: frozen dataclasses to and from strict JSON, for acts and effects alike.

Lives here: the field kinds that acts and effects are made of, and the reading and writing of their JSON. Not here: which
acts and effects there are (`act`, `effect`, `proceedings`), and canonical bytes (`kernel.canonical`).

Invariant: reading is strict (an unknown key, a missing key, a wrong form is `BadInput` with its key path and a
suggestion) and writing is its inverse; a key whose value is the field's default is left out.
"""

from __future__ import annotations

import base64
import binascii
import dataclasses
import types
from collections.abc import Callable
from typing import Any, NewType, TypeVar, Union, get_args, get_origin, get_type_hints

from isonomy.kernel.bad_input import BadInput, did_you_mean
from isonomy.kernel.calendar import parse_civil_time, parse_date, parse_instant
from isonomy.kernel.ids import is_act_id, is_person_id, is_proceeding_id, is_seat_name, is_slug

PersonId = NewType("PersonId", str)
SeatName = NewType("SeatName", str)
Slug = NewType("Slug", str)
ActId = NewType("ActId", str)
ProceedingId = NewType("ProceedingId", str)
CivilDate = NewType("CivilDate", str)
CivilTime = NewType("CivilTime", str)
Instant = NewType("Instant", str)
Line = NewType("Line", str)
"""One line of text, 1 to 300 characters."""
Text = NewType("Text", str)
"""Text of up to 20,000 characters; longer ones are documents."""
LongText = NewType("LongText", str)
"""Text of up to 40,000 characters: a part of a rulebook."""
Sha256 = NewType("Sha256", str)
"""64 lower-case hex digits."""
Bytes32 = NewType("Bytes32", str)
"""32 bytes in base64 (keys, roots, salts)."""
Base64 = NewType("Base64", str)
Natural = NewType("Natural", int)
Json = Any
ONE = Natural(1)

LINE_MAX, TEXT_MAX, LONG_TEXT_MAX, ITEMS_MAX = 300, 20_000, 40_000, 5_000
T = TypeVar("T")
Reader = Callable[[Any, str], Any]


def _text(value: Any, where: str) -> str:
    if not isinstance(value, str):
        raise BadInput(f"{_kind(value)} stands where a text is expected", where)
    return value


def _kind(value: Any) -> str:
    names = {bool: "a yes/no value", int: "a number", str: "a text", list: "a list", dict: "an object"}
    return names.get(type(value), "nothing")


def _form(check: Callable[[str], bool], what: str, cure: str) -> Reader:
    def read(value: Any, where: str) -> str:
        text = _text(value, where)
        if not check(text):
            raise BadInput(f"'{text[:60]}' is not {what}", where, cure)
        return text

    return read


def _parsed(parse: Callable[[str, str], object]) -> Reader:
    def read(value: Any, where: str) -> str:
        text = _text(value, where)
        parse(text[:40], where)
        return text

    return read


def _bounded(most: int, one_line: bool) -> Reader:
    def read(value: Any, where: str) -> str:
        text = _text(value, where)
        if not text.strip():
            raise BadInput("the text is empty", where, "write something or leave the key out")
        if len(text) > most:
            raise BadInput(f"the text has {len(text):,} characters, at most {most:,} are taken", where, "shorten it")
        if one_line and not text.isprintable():
            raise BadInput("the text has line breaks or control characters", where, "write it on one line")
        return text

    return read


def _base64(length: int | None) -> Reader:
    def read(value: Any, where: str) -> str:
        text = _text(value, where)
        try:
            data = base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError) as fault:
            raise BadInput("this is not base64", where) from fault
        if length is not None and len(data) != length:
            raise BadInput(f"{len(data)} bytes stand where {length} are expected", where)
        if base64.b64encode(data).decode() != text:
            # One value has one spelling: else a key or commitment could stand twice under two texts.
            raise BadInput("the last sign of this base64 has bits that mean nothing", where, "encode the bytes again")
        return text

    return read


def _integer(value: Any, where: str) -> int:
    if type(value) is not int:
        raise BadInput(f"{_kind(value)} stands where a whole number is expected", where)
    return value


def _natural(value: Any, where: str) -> int:
    if _integer(value, where) < 0:
        raise BadInput(f"{value} is less than nothing", where, "write 0 or more")
    return int(value)


def _yes_no(value: Any, where: str) -> bool:
    if type(value) is not bool:
        raise BadInput(f"{_kind(value)} stands where true or false is expected", where)
    return value


def _hex64(text: str) -> bool:
    return len(text) == 64 and all(digit in "0123456789abcdef" for digit in text)


READERS: dict[Any, Reader] = {
    str: _text,
    int: _integer,
    bool: _yes_no,
    Any: lambda value, where: value,
    PersonId: _form(is_person_id, "a person's id", "write it as p-7q2k"),
    SeatName: _form(is_seat_name, "the name of a body or office", "write it as committee or branch-secretary@north"),
    Slug: _form(is_slug, "a name", "write lower-case words joined by hyphens"),
    ActId: _form(is_act_id, "an act id", "draw 128 random bits and write them as 32 hex digits"),
    ProceedingId: _form(is_proceeding_id, "the id of a proceeding", "write it as mt-42"),
    CivilDate: _parsed(parse_date),
    CivilTime: _parsed(parse_civil_time),
    Instant: _parsed(parse_instant),
    Line: _bounded(LINE_MAX, one_line=True),
    Text: _bounded(TEXT_MAX, one_line=False),
    LongText: _bounded(LONG_TEXT_MAX, one_line=False),
    Sha256: _form(_hex64, "a SHA-256 digest", "write 64 lower-case hex digits"),
    Bytes32: _base64(32),
    Base64: _base64(None),
    Natural: _natural,
}


def reader_of(kind: Any) -> Reader:
    """The reader of a field kind: a named kind, an optional, a tuple, a mapping of names, or a dataclass."""
    if kind in READERS:
        return READERS[kind]
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        inner = reader_of(next(argument for argument in arguments if argument is not type(None)))
        return lambda value, where: None if value is None else inner(value, where)
    if origin is tuple:
        return _list_of(reader_of(arguments[0]))
    if origin is dict:
        return _object_of(reader_of(arguments[0]), reader_of(arguments[1]))
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        READERS[kind] = _dataclass(kind)
        return READERS[kind]
    raise TypeError(f"no reader for {kind}")


def _list_of(inner: Reader) -> Reader:
    def read(value: Any, where: str) -> tuple[Any, ...]:
        if not isinstance(value, list | tuple):
            raise BadInput(f"{_kind(value)} stands where a list is expected", where)
        if len(value) > ITEMS_MAX:
            raise BadInput(f"the list has {len(value):,} items, at most {ITEMS_MAX:,} are taken", where)
        return tuple(inner(item, f"{where}[{place}]") for place, item in enumerate(value))

    return read


def _object_of(name: Reader, inner: Reader) -> Reader:
    def read(value: Any, where: str) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise BadInput(f"{_kind(value)} stands where an object is expected", where)
        if len(value) > ITEMS_MAX:
            raise BadInput(f"the object has {len(value):,} keys, at most {ITEMS_MAX:,} are taken", where)
        return {name(key, where): inner(item, f"{where}.{key}") for key, item in value.items()}

    return read


def json_key(name: str) -> str:
    """The JSON key of a field: a trailing underscore, which keeps a name apart from a keyword, is dropped."""
    return name.rstrip("_")


def _dataclass(kind: type[T]) -> Reader:
    hints = get_type_hints(kind)
    fields = [
        (json_key(item.name), item.name, reader_of(hints[item.name]), _has_default(item))
        for item in dataclasses.fields(kind)  # type: ignore[arg-type]
    ]
    known = {key for key, *_ in fields}

    def read(value: Any, where: str) -> T:
        if not isinstance(value, dict):
            raise BadInput(f"{_kind(value)} stands where an object is expected", where)
        prefix = f"{where}." if where else ""
        for key in value:
            if key not in known:
                raise BadInput(f"'{key}' is not known here", where, did_you_mean(str(key), sorted(known)))
        given: dict[str, Any] = {}
        for key, name, reader, optional in fields:
            if key in value:
                given[name] = reader(value[key], prefix + key)
            elif not optional:
                raise BadInput(f"'{key}' is missing", where, f'add "{key}"')
        return kind(**given)

    return read


def _has_default(item: dataclasses.Field[Any]) -> bool:
    return item.default is not dataclasses.MISSING or item.default_factory is not dataclasses.MISSING


def read(kind: type[T], value: Any, where: str = "") -> T:
    """The dataclass that a JSON object describes; raises `BadInput` with the key path."""
    found: T = reader_of(kind)(value, where)
    return found


_PLANS: dict[type, tuple[tuple[str, str, Any], ...]] = {}


def write(shape: Any) -> Json:
    """The JSON object of a dataclass; fields that have their default value are left out."""
    kind = type(shape)
    plan = _PLANS.get(kind)
    if plan is None:
        plan = tuple(
            (
                json_key(item.name),
                item.name,
                item.default_factory() if item.default_factory is not dataclasses.MISSING else item.default,
            )
            for item in dataclasses.fields(shape)
        )
        _PLANS[kind] = plan
    found: dict[str, Json] = {}
    for key, name, default in plan:
        value = getattr(shape, name)
        if default is dataclasses.MISSING or value != default or type(value) is not type(default):
            found[key] = _plain(value)
    return found


def _plain(value: Any) -> Json:
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return write(value)
