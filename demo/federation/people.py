"""People: the branches of the federation and its members, invented from lists of words.

Lives here: who there is, with a branch and a bank of the river. Not here: what they do.

Invariant: the same seed gives the same people; nobody is real, and every surname says so.
"""

from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass, field

FIRST = (
    "Ada", "Abel", "Bea", "Bruno", "Cleo", "Caspar", "Dora", "Dario", "Edda", "Emil", "Fay", "Felix", "Gwen", "Gil", "Hera",
    "Hugo", "Ines", "Ivo", "Juno", "Jonas", "Kaya", "Kit", "Lena", "Leo", "Mira", "Milo", "Nell", "Noor", "Olga", "Otis",
    "Pia", "Pavel", "Quinn", "Rosa", "Rafi", "Sena", "Sol", "Tess", "Timo", "Una", "Umar", "Vera", "Vito", "Wilma", "Xan",
    "Yara", "Yusuf", "Zelda",
)  # fmt: skip
LAST = (
    "Example", "Specimen", "Sample", "Fable", "Figment", "Invented", "Madeup", "Nobody", "Parable", "Pretend", "Imaginary",
    "Storybook",
)  # fmt: skip
BRANCHES = (
    ("alder-court", "Alder Court"), ("birch-row", "Birch Row"), ("cedar-steps", "Cedar Steps"),
    ("dogwood-yard", "Dogwood Yard"), ("elm-terrace", "Elm Terrace"), ("fern-wharf", "Fern Wharf"),
    ("gorse-lane", "Gorse Lane"), ("hazel-house", "Hazel House"), ("ivy-square", "Ivy Square"),
    ("juniper-close", "Juniper Close"), ("larch-gardens", "Larch Gardens"), ("maple-mews", "Maple Mews"),
)  # fmt: skip
NORTH, SOUTH = "north", "south"


@dataclass(frozen=True)
class Size:
    """How large the federation is: its branches, and its members on the last day."""

    branches: int = 12
    members: int = 400

    @property
    def founded_later(self) -> int:
        """How many of the branches the board founds on the way."""
        return 1 if self.branches > 2 else 0


WHOLE = Size()
SMALL = Size(branches=2, members=40)


@dataclass(frozen=True)
class Person:
    """An invented member: the id in the record, the name beside it, and the bank of the river."""

    id: str
    name: str
    bank: str

    @property
    def address(self) -> str:
        """An address at which nobody can be reached."""
        return f"{self.name.lower().replace(' ', '.')}.{self.id[2:6]}@example.invalid"


class Seeded:
    """A source of chance that gives the same again: for a demonstration, whose keys protect nothing."""

    def __init__(self, seed: str) -> None:
        self._seed, self._drawn = seed, 0

    def draw(self, size: int) -> bytes:
        """So many bytes that follow from the seed."""
        found = b""
        while len(found) < size:
            self._drawn += 1
            found += hashlib.sha256(f"{self._seed} {self._drawn}".encode()).digest()
        return found[:size]


@dataclass
class People:
    """The members of the federation: by branch, as they are on the day that the story has reached."""

    size: Size
    draw: random.Random
    entropy: Seeded
    names: list[str] = field(default_factory=list)
    of: dict[str, list[Person]] = field(default_factory=dict)
    """The members of each branch with a vote in it, in the order in which they came."""
    by_id: dict[str, Person] = field(default_factory=dict)
    reserved: set[str] = field(default_factory=set)
    """Those whom a visitor may act as: what is open on the last day is left to them."""

    def __post_init__(self) -> None:
        self.names = [f"{first} {last}" for last in LAST for first in FIRST]
        self.draw.shuffle(self.names)
        self.of = {unit: [] for unit, _ in BRANCHES[: self.size.branches]}

    @property
    def units(self) -> list[str]:
        """The branches that exist from the beginning."""
        return list(self.of)[: self.size.branches - self.size.founded_later]

    def bank_of(self, unit: str) -> str:
        """On which bank of the river a branch lies."""
        return NORTH if list(self.of).index(unit) < len(self.of) / 2 else SOUTH

    def newcomer(self, unit: str, id: str = "", name: str = "") -> Person:
        """Somebody who moves into a home of a branch and becomes a member of it."""
        found = Person(id or f"p-{self.entropy.draw(10).hex()}", name or self.names.pop(), self.bank_of(unit))
        self.of[unit].append(found)
        self.by_id[found.id] = found
        return found

    def gone(self, person: Person) -> None:
        """Takes somebody out who is a member no longer."""
        for members in self.of.values():
            if person in members:
                members.remove(person)

    def everybody(self) -> list[Person]:
        """All members, branch by branch."""
        return [person for members in self.of.values() for person in members]

    def unit_of(self, person: Person) -> str:
        """The branch of a member."""
        return next(unit for unit, members in self.of.items() if person in members)

    def some(self, among: list[Person], count: int) -> list[Person]:
        """So many of them, drawn."""
        return self.draw.sample(among, min(count, len(among)))
