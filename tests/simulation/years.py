"""Years of a federation: every proceeding at once, watched all the way, replayed at the end.

Lives here: which stories are told, what is looked at and when, what was never reached. Not here: the stories (`stories_of_*`),
the laws (`watch`, `laws`).
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from isonomy.engine.act import ACTS
from isonomy.engine.apply import apply
from isonomy.engine.effect import EFFECTS
from isonomy.engine.state import State
from isonomy.record.entry import Entry
from tests.simulation.arena import Arena
from tests.simulation.federation_book import drafts, found_federation
from tests.simulation.laws import broken
from tests.simulation.life import Life
from tests.simulation.stories_of_meetings import branch, committee, congress, demands, rescued, tidying
from tests.simulation.stories_of_persons import criticisms, petitions, recalls, removals, roll
from tests.simulation.stories_of_power import alone, amended_motions, amendments, delegations, emergencies, rulings
from tests.simulation.stories_of_works import (
    anything,
    auditors,
    commissions,
    credentials,
    duties,
    ended_bodies,
    instructions,
    lots,
    outside,
    seats,
    stepping_in,
)  # fmt: skip

LOOK_EVERY = 40
"""Entries from one look at all laws to the next; the laws of each entry are looked at with each."""
COMPARE_EVERY = 400
"""Entries, about, from one comparison of the fold to the next."""
STORIES = (
    committee, congress, demands, alone, delegations, emergencies, amendments, rulings, amended_motions, removals, recalls,
    petitions, criticisms, roll, instructions, duties, ended_bodies, commissions, seats, credentials, stepping_in, lots, auditors,
    outside, rescued, tidying, anything,
)  # fmt: skip
"""Told from the first day, each beside the others."""


def live(seed: int, branches: int, members: int, years: int, *, loud: bool = False) -> Arena:
    """So many years of a federation of so many branches and members; every law is looked at on the way."""
    arena = found_federation(seed, branches)
    if members > 1000:
        arena.sample, arena.strangers = 1 / members, 0.1
        if arena.watch is not None:
            arena.watch.every = LOOK_EVERY
    life = Life(arena, lambda: drafts(text_in_force(arena.state)))
    fill(life, members)
    for unit in list(life.units()):
        life.tell(branch(life, unit), f"{life.today}T00:00")
    for story in STORIES:
        life.tell(story(life))
    end = (life.day() + timedelta(days=365 * years)).isoformat()
    month, looked = "", arena.state.n
    shadow = Shadow(arena)
    for n in life.go_on(end):
        if n >= looked + LOOK_EVERY:
            looked = n
            _hold(arena)
            if arena.random.random() < LOOK_EVERY / COMPARE_EVERY:
                shadow.catch_up()
        if loud and life.today[:7] > month:
            month = life.today[:7]
            seats = (
                "congress",
                "committee",
                "chair",
                "general-secretary",
                "returning-officer",
                "credentials-panel",
                "protection-panel",
            )
            print(life.today, arena.state.n, " ".join(f"{seat} {len(life.holders(seat))}" for seat in seats))
    _hold(arena)
    shadow.catch_up()
    arena.replay_agrees()
    return arena


def _hold(arena: Arena) -> None:
    found = list(broken(arena.state, arena.today))
    assert not found, f"seed {arena.number}, entry {arena.state.n}: {'; '.join(found[:5])}"


class Shadow:
    """A state folded from the bytes of the entries alone, some way behind; it must agree whenever it has caught up."""

    def __init__(self, arena: Arena) -> None:
        self.arena, self.state = arena, State()

    def catch_up(self) -> None:
        """Folds what is new, and compares."""
        for data in self.arena.entry_bytes[self.state.n :]:
            apply(self.state, Entry.from_bytes(data).to_json())
        assert self.state.digest() == self.arena.state.digest(), (
            f"seed {self.arena.number}: the fold of the stored effects differs from the live state at entry {self.state.n}"
        )


def fill(life: Life, members: int) -> None:
    """Admits members to the branches until there are so many."""
    units = life.units()
    for number in range(members - len(life.state.persons)):
        unit = units[number % len(units)]
        seat = f"branch-secretary@{unit}"
        life.born += 1
        life.sure("member.admit", life.one(seat), seat, person=f"p-m{life.born:06}", unit=unit)


def text_in_force(state: State) -> str:
    """The text of the edition in force."""
    edition = state.edition_on(state.today)
    assert edition is not None
    return "".join(edition.texts[place] for place in sorted(edition.texts))


def never_reached(arenas: list[Arena]) -> dict[str, list[str]]:
    """Acts that were never accepted, acts that were never refused, effects that never came about."""
    counted: Counter[str] = Counter()
    effects: set[str] = set()
    for arena in arenas:
        counted += arena.counted
        effects |= {effect["effect"] for raw in arena.entries for effect in raw["effects"]}
    return {
        "never accepted": [name for name in sorted(ACTS) if not counted[f"accepted {name}"]],
        "never refused": [name for name in sorted(ACTS) if not counted[f"refused {name}"]],
        "effects that never came about": sorted(set(EFFECTS) - effects),
    }
