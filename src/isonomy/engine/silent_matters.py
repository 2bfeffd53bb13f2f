"""What an amendment would leave without a body: matters that somebody decides now and that nobody would decide then.

Lives here: that comparison. Not here: powers gained and lost (`rulebook.compare`), what a check opens and closes (`checker`).

Invariant: a matter that a residual body takes up is not silent; one that nobody decides is named with the clause that
gives it now.
"""

from __future__ import annotations

from dataclasses import dataclass

from isonomy.engine.competence import competent_for
from isonomy.rulebook.model import EVERYTHING_ELSE, Rulebook


@dataclass(frozen=True, slots=True)
class Silent:
    """A matter, the seats that decide it now, and the clause."""

    matter: str
    seats: tuple[str, ...]
    clause: str


def matters_of(rulebook: Rulebook) -> tuple[str, ...]:
    """The matters that an edition names: defined, given to a body or power, or put under a procedure."""
    found: dict[str, None] = dict.fromkeys(rulebook.definitions.matters if rulebook.definitions else ())
    for body in rulebook.bodies.values():
        found |= dict.fromkeys(body.decides)
    for procedure in rulebook.procedures.values():
        found |= dict.fromkeys(procedure.matters)
    for power in rulebook.powers.values():
        found |= dict.fromkeys(power.matters)
    found.pop(EVERYTHING_ELSE, None)
    return tuple(found)


def left_silent(before: Rulebook, after: Rulebook) -> tuple[Silent, ...]:
    """The matters of an edition, and its own amendment, that nobody would decide under another."""
    found = []
    for matter in (*matters_of(before), "amendment"):
        now = competent_for(before, matter)
        if now and not competent_for(after, matter):
            found.append(Silent(matter, tuple(dict.fromkeys(each.seat for each in now)), now[0].place.clause))
    return tuple(found)
