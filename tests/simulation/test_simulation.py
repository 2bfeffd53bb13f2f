"""Organisations driven at random for years: whatever is done, what must always be so is so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from isonomy.engine.act import ACTS
from isonomy.engine.state import HISTORY
from tests.simulation.arena import Arena
from tests.simulation.books import BOOKS
from tests.simulation.drawing import Drawer
from tests.simulation.episodes import endless
from tests.simulation.steps import Steps

SPARED = ("member.leave", "member.die")
"""Acts that empty an organisation when they are drawn without sense; `steps` has them with measure."""


def drive(book: str, seed: int, acts: int) -> Arena:
    """Founds the book's organisation and lets so many acts be tried; replays it at the end."""
    found = BOOKS[book]
    arena = Arena(seed, found.text, **found.settings)
    drawer = Drawer(arena.random, arena.state, found.drafts())
    steps = Steps(arena, drawer)
    episodes = endless(steps)
    for number in range(acts):
        try_one(arena, drawer, steps, episodes)
        if number % 1000 == 999:
            arena.replay_agrees()
    arena.replay_agrees()
    return arena


def try_one(arena: Arena, drawer: Drawer, steps: Steps, episodes: Iterator[dict[str, Any] | None]) -> None:
    """One act, sensible or not, and some time."""
    random = arena.random
    share = 0.9 if arena.state.kind == HISTORY else 0.12
    made: dict[str, Any] | None = None
    if random.random() < share:
        made = steps.report()
    elif random.random() < 0.6:
        made = next(episodes)
    elif random.random() < 0.85:
        made = steps.next()
    if made is None:
        name = random.choice([name for name in sorted(ACTS) if name not in SPARED])
        made = {"act": name, **drawer.fields_of(name), "by": drawer.person()}
        if random.random() < 0.3:
            made["as"] = drawer.pick(drawer.seats(), "committee")
    act = {"id": f"{random.getrandbits(128):032x}", "log": arena.log, **made}
    act.setdefault("until", "9000-01-01T00:00:00Z")
    if random.random() < 0.15:
        act = drawer.spoil(act)
    auth = arena.draw_auth(str(act.get("by", "p-ada000")))
    if random.random() < 0.01:
        now = arena.clock.now()
        arena.wait(minutes=-random.choice((1, 10, 3000)))
        arena.attempt(act, auth)
        arena.clock.set(now)
    arena.attempt(act, auth)
    if random.random() < 0.3:
        arena.wait(minutes=random.randrange(20))
    if random.random() < 0.008:
        arena.wait(days=random.choice((1, 2, 7, 30)))


@pytest.mark.parametrize("book", sorted(BOOKS))
def test_whatever_is_done_the_laws_of_the_state_hold(book: str) -> None:
    drive(book, 1, 700)


@pytest.mark.scale
@pytest.mark.parametrize("seed", range(2, 22))
@pytest.mark.parametrize("book", sorted(BOOKS))
def test_whatever_is_done_for_years_the_laws_of_the_state_hold(book: str, seed: int) -> None:
    drive(book, seed, 6000)
