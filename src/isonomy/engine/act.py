"""Acts: what someone asks to do, with author and time, as strict versioned JSON.

Lives here: the envelope that every act has, the register of acts, and reading an act. Not here: the acts' own fields and
judges (each in its module of `proceedings`).

Invariant: the bytes a client signed are the bytes that are judged; reading adds nothing and forgives nothing. Every act is
documented in `docs/spec/acts.md`, which a test compares with this register.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from isonomy.engine.shape import ActId, Instant, Json, Line, Natural, PersonId, SeatName, read
from isonomy.kernel.bad_input import BadInput, did_you_mean
from isonomy.kernel.canonical import canonical_bytes

if TYPE_CHECKING:
    from isonomy.engine.judgement import Judgement

ACT_VERSION = 1
B = TypeVar("B")


@dataclass(frozen=True, slots=True)
class Envelope:
    """What every act carries beside its own fields.

    `id` 128 random bits; `log` the origin it is meant for; `until` the instant after which it is refused; `by` the person;
    `as_` the seat in which the person acts; `expects` the last entry the author saw of the proceeding.
    """

    id: ActId
    log: Line
    until: Instant
    act: str
    by: PersonId
    as_: SeatName | None = None
    expects: Natural | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What a reported act carries: its name and, where known, who did it and in which seat."""

    act: str
    by: PersonId | None = None
    as_: SeatName | None = None


@dataclass(frozen=True, slots=True)
class ActKind:
    """A registered act: its name, its shape, its judge, what it is for, and whether a report of it has effects."""

    name: str
    shape: type
    judge: Callable[[Judgement, Any], None]
    does: str
    reportable: bool


ACTS: dict[str, ActKind] = {}
ENVELOPE_KEYS = ("id", "log", "until", "act", "by", "as", "expects")


def judges(
    name: str, shape: type[B], *, reportable: bool = True
) -> Callable[[Callable[[Judgement, B], None]], Callable[[Judgement, B], None]]:
    """Registers the judge of an act under its name; the shape's docstring says what the act does."""

    def register(judge: Callable[[Judgement, B], None]) -> Callable[[Judgement, B], None]:
        if name in ACTS:
            raise ValueError(f"the act {name} has two judges")
        does = (shape.__doc__ or "").strip().split("\n")[0]
        ACTS[name] = ActKind(name, shape, judge, does, reportable)
        return judge

    return register


@dataclass(frozen=True, slots=True)
class Act:
    """An act as read: the envelope, the fields of its kind, and the JSON it was read from."""

    envelope: Envelope
    fields: Any
    raw: Json


def _kind_of(raw: Json, where: str) -> ActKind:
    if not isinstance(raw, dict):
        raise BadInput("an act is a JSON object", where, 'write {"id": ..., "act": ...}')
    name = raw.get("act")
    if not isinstance(name, str):
        raise BadInput("'act' is missing", where, 'add "act" with the name of the act')
    kind = ACTS.get(name)
    if kind is None:
        raise BadInput(
            f"'{name[:60]}' is not an act", f"{where}.act" if where else "act", did_you_mean(name, list(ACTS))
        )
    return kind


def _split(raw: dict[str, Json], keys: tuple[str, ...]) -> tuple[dict[str, Json], dict[str, Json]]:
    return (
        {key: item for key, item in raw.items() if key in keys},
        {key: item for key, item in raw.items() if key not in keys},
    )


def read_act(raw: Json, where: str = "") -> Act:
    """The act that a JSON object describes; raises `BadInput` with the key path and a suggestion.

    What could not stand in an entry (a number with a point, half of a character) is no act, wherever in it that stands.
    """
    kind = _kind_of(raw, where)
    canonical_bytes(raw)
    head, rest = _split(raw, ENVELOPE_KEYS)
    return Act(read(Envelope, head, where), read(kind.shape, rest, where), raw)


def read_told(raw: Json, where: str = "what") -> tuple[Told, ActKind, Any]:
    """The act inside a report: its name, its author where known, its fields; raises `BadInput`."""
    kind = _kind_of(raw, where)
    if not kind.reportable:
        raise BadInput(f"'{kind.name}' cannot be reported", f"{where}.act", "it is done here or not at all")
    for key in ("id", "log", "until", "expects"):
        if key in raw:
            raise BadInput(f"'{key}' has no place inside a report", where, "leave it out")
    head, rest = _split(raw, ("act", "by", "as"))
    return read(Told, head, where), kind, read(kind.shape, rest, where)
