"""Properties: the registry of those who find, each under the ids of the catalogue it finds.

Lives here: the registration and the order. Not here: any finder (one module each: `capture`, `amendment_routes` ... and the
package `structure`).

Invariant: each finder is a function of the inquiry alone; what one finds does not depend on which others ran.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from isonomy.checker.catalogue import CATALOGUE

if TYPE_CHECKING:
    from isonomy.checker.finding import Finding
    from isonomy.checker.inquiry import Inquiry

Find = Callable[["Inquiry"], Iterable["Finding"]]


@dataclass(frozen=True, slots=True)
class Finder:
    """A function that finds, and the ids it may find."""

    ids: tuple[str, ...]
    find: Find


FINDERS: list[Finder] = []


def finds(*ids: str) -> Callable[[Find], Find]:
    """Registers a function of the inquiry as the finder of these ids; raises `KeyError` for an id outside the catalogue."""
    for id in ids:
        CATALOGUE[id]

    def register(find: Find) -> Find:
        FINDERS.append(Finder(ids, find))
        return find

    return register
