"""Who calls a body that nobody called: what the key `else called by` names.

Lives here: its shape. Not here: its reading (`readings_of_stand_ins`), whether the time has come (`engine.substitutes`).

Invariant: each of those named has a time from which it may call, and before which it may not.
"""

from __future__ import annotations

from dataclasses import dataclass

from isonomy.kernel.calendar import Duration
from isonomy.kernel.quantity import Count, Share


@dataclass(frozen=True, slots=True)
class StandIn:
    """One of those who call instead: a `seat`, any unit of a kind (`of`, without `quantity`), or so many of the units or
    members (`of`) together; so long after the day that was missed."""

    after: Duration
    seat: str = ""
    of: str = ""
    quantity: Share | Count | None = None

    def __str__(self) -> str:
        if self.seat:
            who = self.seat.replace("-", " ")
        elif self.quantity is None:
            who = f"any {self.of.replace('-', ' ')}"
        else:
            plural = self.of if self.of == "members" else f"{self.of.replace('-', ' ')}s".replace("chs", "ches")
            who = f"{self.quantity} {'' if isinstance(self.quantity, Count) else 'of the '}{plural}"
        return f"{who} after {self.after}"
