"""What a check is asked: loyalty, sizes, how far to look, how much memory it may take.

Lives here: the settings and their bounds. Not here: what they mean for the search (`model`, `control`, `timed`).

Invariant: everything a result depends on beside the rulebook stands here and is printed with it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from isonomy.kernel.bad_input import BadInput

CORE, SEATED, UNSEATABLE = "core", "seated alone", "can unseat"
LOYALTIES = (CORE, SEATED, UNSEATABLE)
"""Who counts as the coalition's: its core persons only; plus all whom it seats alone (default); plus all whom it can unseat."""

LOYALTY_WORDS = {
    CORE: "only the core persons vote with the coalition",
    SEATED: "whoever is seated by the coalition alone votes with it",
    UNSEATABLE: "whoever is seated by the coalition alone, or can be unseated by it, votes with it",
}
ROUND_DAYS = 31

Progress = Callable[[str, int], bool]
"""Told what is looked at and how many steps of it were done; answers whether to go on."""


class Enough(Exception):
    """The search ends here: whoever follows it has had enough, or a bound was met. What is known is reported."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How a rulebook is checked.

    `units` in each unit (or in the organisation) of every kind, unless `units_of` says otherwise for a kind; `members` in
    each unit that members belong to, or in all where they belong to none; a round is `round_days` days; a search in time
    looks `rounds` rounds ahead; one growth looks at a seat at most `states` times. `progress` follows the search and may end it.
    """

    loyalty: str = SEATED
    units: int = 5
    units_of: Mapping[str, int] = field(default_factory=dict)
    members: int = 9
    members_without_units: int = 45
    round_days: int = ROUND_DAYS
    rounds: int = 60
    states: int = 200_000
    progress: Progress | None = None

    def __post_init__(self) -> None:
        if self.loyalty not in LOYALTIES:
            raise BadInput(f"'{self.loyalty}' is no loyalty", "check", f"one of: {', '.join(LOYALTIES)}")
        numbers = (self.units, self.members, self.members_without_units, self.round_days, self.rounds, self.states)
        if min(*numbers, *self.units_of.values()) < 1:
            raise BadInput("a size is a whole number from 1", "check", "give a larger one")
