"""Matters: what a body may decide, in words, and what waits to be decided.

Lives here: the list that a call offers. Not here: competence (`engine.competence`).

Invariant: a matter is offered for a body only where the engine finds that body competent for it.
"""

from __future__ import annotations

from dataclasses import dataclass

from isonomy.engine.competence import (
    ADMISSION,
    AMENDMENT,
    ELECTION,
    OPENING,
    RATIFICATION,
    REMOVAL,
    ROADS,
    RULING,
    competence_in,
    has_road,
)
from isonomy.engine.motion import OPEN, Motion
from isonomy.engine.ruling import APPEALED
from isonomy.engine.sentences import Speaker
from isonomy.engine.state import State
from isonomy.engine.words import capital
from isonomy.rulebook.model import EVERYTHING_ELSE, Body, Office, Rulebook
from isonomy.rulebook.provision import PROVISIONS
from isonomy.web.organisation import Standing


def in_words(standing: Standing, matter: str) -> str:
    """A matter as members say it: `Election of the committee`."""
    rulebook = standing.rulebook if standing.edition is not None else None
    return capital(Speaker(standing.state, rulebook, "", {}).matter(matter))


@dataclass(frozen=True)
class Matter:
    """A matter a body may decide: its name, its words, its clause, the motions that wait for a meeting on it."""

    name: str
    words: str
    clause: str
    waiting: tuple[Motion, ...] = ()
    is_rare: bool = False


def matters_of(standing: Standing, seat: str) -> list[Matter]:
    """The matters that a body may decide, in the order of the rulebook; rare ones (removals, openings) last."""
    rulebook, found = standing.rulebook, []
    for name in _named(rulebook):
        competence = competence_in(rulebook, seat, name)
        if competence is None or (name == OPENING and standing.state.opening is None):
            continue
        waiting = waiting_motions(standing.state, seat, name)
        is_rare = not waiting and (
            name.startswith(REMOVAL) or has_road(name) or name in (ADMISSION, RATIFICATION, OPENING)
        )
        is_rare = is_rare or (name == RULING and not _has_appeal(standing.state, seat))
        found.append(Matter(name, in_words(standing, name), competence.place.clause, waiting, is_rare))
    return sorted(found, key=lambda matter: matter.is_rare)


def _has_appeal(state: State, seat: str) -> bool:
    """Whether an appeal against a ruling waits for a meeting of a body."""
    return any(
        found.standing == APPEALED and (found.appeal_to or found.body) == seat for found in state.rulings.values()
    )


def waiting_motions(state: State, seat: str, matter: str = "") -> tuple[Motion, ...]:
    """The motions in a body that are open, on one matter or on any."""
    return tuple(
        motion
        for motion in state.motions.values()
        if motion.body == seat and motion.standing == OPEN and matter in ("", motion.matter)
    )


def _named(rulebook: Rulebook) -> list[str]:
    """Every matter that the rulebook names or that follows from its blocks."""
    found = list(rulebook.definitions.matters) if rulebook.definitions is not None else []
    for body in rulebook.bodies.values():
        found += body.decides
    for procedure in rulebook.procedures.values():
        found += procedure.matters
    for power in rulebook.powers.values():
        found += power.matters
    seats: list[Body | Office] = [*rulebook.bodies.values(), *rulebook.offices.values()]
    found += [ELECTION + each.name for each in seats if each.filled is not None]
    found += [AMENDMENT, RATIFICATION]
    found += [REMOVAL + each.name for each in seats if each.removable is not None]
    found += [start + each.name for each in seats for start, finds in ROADS.items() if finds(rulebook, each.name)]
    found += [ADMISSION, OPENING, *([RULING] if rulebook.ruling is not None else [])]
    found += [
        name for kind, provided in PROVISIONS.items() if rulebook.provisions.get(kind) for name in provided.matters
    ]
    return [name for name in dict.fromkeys(found) if name != EVERYTHING_ELSE]
