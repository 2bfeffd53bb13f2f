"""The seat that an address names.

Lives here: finding its block. Not here: its pages (`views`, `committees`).

Invariant: an address that names no seat is answered as not there.
"""

from __future__ import annotations

from isonomy.rulebook.model import Body, Office
from isonomy.web.not_here import NotHere
from isonomy.web.organisation import Standing


def named(standing: Standing, name: str) -> Body | Office | None:
    """The block of a seat; None where only past mandates know it; raises `NotHere` where nothing does."""
    plain, _, unit = name.partition("@")
    block = standing.rulebook.seat(plain)
    known = standing.state.units.get(unit)
    is_here = block is not None and (known is not None and known.kind == block.in_each if block.in_each else not unit)
    if is_here:
        return block
    if name in standing.state.by_seat:
        return None
    raise NotHere(f"there is no body or office '{name[:80]}'", "seat", "choose one of the list of offices and bodies")
