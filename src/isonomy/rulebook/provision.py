"""A provision: a kind of block of the ordinary life of an organisation, told to the rulebook's stages by one module each.

Lives here: what such a module says of its kind (keys, reading, sentences, powers, checks across blocks), and the register.
Not here: the kinds themselves (`provisions`), and the kinds that every rulebook stands on (`vocabulary`, `from_surface`).

Invariant: a kind is registered once, under a name that no other kind bears; what its keys say is read, read aloud, compared
and given as JSON from the one module that names them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Protocol

from isonomy.kernel.calendar import Duration
from isonomy.kernel.quantity import Share
from isonomy.rulebook.vocabulary import BUILT_IN_MATTERS, KINDS, MATTERS_ABOUT, Kind

if TYPE_CHECKING:
    from isonomy.rulebook.blocks import BlockReader
    from isonomy.rulebook.model import Majority, Place, Rulebook


class Provision(Protocol):
    """A block of such a kind as the engine reads it: a frozen dataclass with at least these two."""

    @property
    def name(self) -> str:
        """The name that the block bears."""

    @property
    def place(self) -> Place:
        """Where the block and each of its keys stand."""


class Speaking(Protocol):
    """Says seats as the clauses call them."""

    def the(self, seat: str) -> str:
        """`the members' meeting`."""

    def either(self, seats: tuple[str, ...]) -> str:
        """`the chair or the secretary`."""


Scale = Duration | Fraction | int | Share
"""What makes one value of a key more or less than another: a time, a number, an amount."""


@dataclass(frozen=True, slots=True)
class Gives:
    """That `holder` holds a power over or about something, as `key` says (`is_power`), or else is bound by it.

    `says` completes a sentence about the holder (`declares an emergency`), or names what binds (`time to answer`);
    `amount` is said in brackets, `size` makes it comparable, a `majority` is both.
    """

    holder: str
    power: str
    about: str
    says: str
    key: str
    amount: str = ""
    size: Scale | None = None
    majority: Majority | None = None
    is_power: bool = True


def _gives_nothing(block: Any, speaking: Speaking) -> Iterator[Gives]:
    del block, speaking
    return iter(())


@dataclass(frozen=True, slots=True)
class ProvisionKind:
    """A registered kind.

    `reads` builds the frozen block from its lines (misreadings go to the notebook by the reader's own `take`); `says` gives
    key and sentence of everything it may say; `gives` what it gives to whom; `examine` notes what it may not say beside the
    rest of the rulebook. `attributes` names the attribute of a key where it is not the key with underscores. `matters` are
    built in with the kind, `matters_about` begin with a text and name a seat or a unit. `single`: at most one such block.
    `executed`: whether the engine carries it out; else the lint warns that it is read and checked only.
    """

    kind: Kind
    reads: Callable[[BlockReader, str], Any]
    says: Callable[[Any, Speaking], Iterator[tuple[str, str]]]
    gives: Callable[[Any, Speaking], Iterator[Gives]] = _gives_nothing
    examine: Callable[[Any, BlockReader, Rulebook], None] | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    matters: tuple[str, ...] = ()
    matters_about: Mapping[str, str] = field(default_factory=dict)
    single: bool = False
    executed: bool = True


PROVISIONS: dict[str, ProvisionKind] = {}


def provide(kind: ProvisionKind) -> ProvisionKind:
    """Registers a kind; raises `ValueError` where its name is taken."""
    name = kind.kind.name
    if name in PROVISIONS or name in KINDS:
        raise ValueError(f"the kind of block {name} stands twice")
    PROVISIONS[name] = kind
    return kind


def kind_named(name: str) -> Kind | None:
    """The kind of block of that name, wherever it is told."""
    provided = PROVISIONS.get(name)
    return provided.kind if provided is not None else KINDS.get(name)


def kinds() -> dict[str, Kind]:
    """Every kind of block, by name."""
    return KINDS | {name: provided.kind for name, provided in PROVISIONS.items()}


def built_in_matters() -> tuple[str, ...]:
    """The matters that no rulebook needs to define."""
    return BUILT_IN_MATTERS + tuple(matter for provided in PROVISIONS.values() for matter in provided.matters)


def matters_about() -> dict[str, str]:
    """How the built-in matters begin that are about a `seat` or a kind of `unit`."""
    found = dict(MATTERS_ABOUT)
    for provided in PROVISIONS.values():
        found |= provided.matters_about
    return found
