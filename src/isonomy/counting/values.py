"""Frozen values without the price of generating code: a counter of one ward starts in a blink.

Lives here: the decorator `value`, which gives a class of annotated fields what a frozen dataclass has, and `made` for a
field whose default is made anew. Not here: any value.

Invariant: a value equals another exactly when class and fields are equal, hashes by its fields and cannot be changed.
The standard functions `fields`, `replace`, `is_dataclass` and `asdict` work on it; their module, which costs more to
load than a ward to count, is loaded when they are used.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, dataclass_transform

Class = TypeVar("Class")
Made = TypeVar("Made")


class _Factory:
    def __init__(self, make: Callable[[], Any]) -> None:
        self.make = make


def made(*, default_factory: Callable[[], Made]) -> Made:
    """A field whose default is made anew for each value."""
    factory: Any = _Factory(default_factory)
    return factory  # type: ignore[no-any-return]  # the decorator takes it away again


class _Fields:
    """The fields as the standard module describes them, made when first asked for."""

    def __init__(self, names: tuple[str, ...], defaults: dict[str, Any]) -> None:
        self.names = names
        self.defaults = defaults
        self.found: dict[str, Any] | None = None

    def __get__(self, instance: object, owner: type) -> dict[str, Any]:
        if self.found is None:
            import dataclasses

            entries: list[Any] = []
            for name in self.names:
                given = self.defaults.get(name, dataclasses.MISSING)
                if isinstance(given, _Factory):
                    entries.append((name, Any, dataclasses.field(default_factory=given.make)))
                elif given is dataclasses.MISSING:
                    entries.append((name, Any))
                else:
                    entries.append((name, Any, dataclasses.field(default=given)))
            described: Any = dataclasses.make_dataclass(owner.__name__, entries)
            self.found = dict(described.__dataclass_fields__)
        return self.found


def _init(self: Any, *args: Any, **given: Any) -> None:
    names, defaults = self.__value_fields__
    held = self.__dict__
    held.update(zip(names, args, strict=False))
    if len(args) > len(names):
        raise TypeError(f"{type(self).__name__} takes {len(names)} fields, {len(args)} were given")
    for name in names[len(args) :]:
        if name in given:
            held[name] = given.pop(name)
        elif name in defaults:
            default = defaults[name]
            held[name] = default.make() if type(default) is _Factory else default
        else:
            raise TypeError(f"{type(self).__name__} needs the field '{name}'")
    if given:
        raise TypeError(f"{type(self).__name__} has no further field '{next(iter(given))}'")
    finish = getattr(self, "__post_init__", None)
    if finish is not None:
        finish()


def _equal(self: Any, other: object) -> Any:
    return self.__dict__ == other.__dict__ if type(other) is type(self) else NotImplemented


def _hash(self: Any) -> int:
    return hash((type(self), *self.__dict__.values()))


def _repr(self: Any) -> str:
    return f"{type(self).__qualname__}({', '.join(f'{name}={held!r}' for name, held in self.__dict__.items())})"


def _refuse(self: Any, name: str, held: object = None) -> None:
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(f"cannot change field '{name}'")


@dataclass_transform(frozen_default=True, field_specifiers=(made,))
def value(cls: type[Class]) -> type[Class]:
    """Makes a frozen value of a class of annotated fields; a field of a class it extends comes first."""
    own = [name for name, kind in cls.__annotations__.items() if "ClassVar" not in str(kind)]
    names, defaults = getattr(cls, "__value_fields__", ((), {}))
    names = (*names, *(name for name in own if name not in names))
    defaults = {**defaults, **{name: cls.__dict__[name] for name in own if name in cls.__dict__}}
    target: Any = cls
    target.__value_fields__ = (names, defaults)
    type.__setattr__(cls, "__match_args__", names)
    target.__dataclass_fields__ = _Fields(names, defaults)
    target.__init__, target.__eq__, target.__hash__, target.__repr__ = _init, _equal, _hash, _repr
    target.__setattr__ = target.__delattr__ = _refuse
    for name in own:
        if isinstance(defaults.get(name), _Factory):
            delattr(target, name)
    return cls


def replace(given: Class, /, **changes: Any) -> Class:
    """The same value with some fields changed."""
    return type(given)(**{**given.__dict__, **changes})
