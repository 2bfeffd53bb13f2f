"""Stamping: the instant and civil time that the chamber puts on an act.

Lives here: when an act counts as recorded, and when the clock cannot be believed. Not here: the clock and the
zone database (ports), deadlines (`engine`).

Invariant: in the record time never runs backwards, save at a `clock.reset`; a clock that is clearly wrong
stamps nothing.
"""

from __future__ import annotations

from isonomy.chamber.ports import Clock, Zone
from isonomy.engine.decide import CLOCK_RESET, FOUNDING
from isonomy.engine.state import State
from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.calendar import seconds_between
from isonomy.kernel.canonical import Json

BEHIND_SECONDS_MAX = 5 * 60
AHEAD_SECONDS_MAX = 30 * 24 * 60 * 60


class ClockFault(BadInput):
    """The machine's clock and the record are too far apart; nothing is written until someone looks."""


class ClockAhead(ClockFault):
    """The clock is far ahead of the last entry: a person may say that it is right."""


def stamp(
    state: State, act: dict[str, Json], clock: Clock, zone: Zone, *, clock_is_right: bool = False
) -> tuple[str, str]:
    """The instant `at` and the civil time `local` of an act that is judged now on this state.

    `at` is the later of now and the last entry's. Raises `ClockFault` for a clock more than 5 minutes behind
    the last entry, `ClockAhead` for one more than 30 days ahead unless `clock_is_right`. Source:
    docs/spec/chamber.md, section 5.
    """
    now = clock.now()
    name = act.get("act")
    at = now
    if state.at and name != CLOCK_RESET:
        ahead = seconds_between(state.at, now)
        if ahead < -BEHIND_SECONDS_MAX:
            raise ClockFault(
                f"the clock says {now}, but the last entry was made at {state.at}",
                "clock",
                "set the machine's clock right; if the entry's time is wrong, a keeper of the record sends clock.reset",
            )
        if ahead > AHEAD_SECONDS_MAX and not clock_is_right:
            raise ClockAhead(
                f"the clock says {now}, more than 30 days after the last entry ({state.at})",
                "clock",
                "look at the clock; if it is right, say so",
            )
        at = max(now, state.at)
    zone_name = state.time_zone
    if not zone_name and name == FOUNDING and isinstance(act.get("time_zone"), str):
        zone_name = str(act["time_zone"])
    return at, zone.local(at, zone_name or "UTC")
