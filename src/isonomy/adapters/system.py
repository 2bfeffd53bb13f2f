"""System: the machine's clock, chance and zone database.

Lives here: the ports that ask the operating system. Not here: what is done with the answers (`chamber`).

Invariant: these are the only places where the program asks the time or draws at random for an act or entry.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import UTC, datetime

from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.calendar import parse_instant


class SystemClock:
    """The machine's clock."""

    def now(self) -> str:
        """The present instant in whole seconds."""
        return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class SystemEntropy:
    """The operating system's source of chance."""

    def draw(self, size: int) -> bytes:
        """So many random bytes."""
        return secrets.token_bytes(size)


class SystemZone:
    """The machine's zone database."""

    def __init__(self) -> None:
        self._zones: dict[str, object] = {}

    def local(self, at: str, zone: str) -> str:
        """The civil time with offset of an instant; raises `BadInput` for a zone that this machine does not know."""
        from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

        known = self._zones.get(zone)
        if not isinstance(known, ZoneInfo):
            try:
                known = ZoneInfo(zone)
            except (ZoneInfoNotFoundError, ValueError, OSError) as fault:
                raise BadInput(
                    f"the time zone '{zone[:60]}' is not known on this machine",
                    "time_zone",
                    "write a name such as Europe/London; if it is one, install the system's tzdata package",
                ) from fault
            self._zones[zone] = known
        return parse_instant(at).replace(tzinfo=UTC).astimezone(known).isoformat(timespec="seconds")


def instant_in(zone: str) -> Callable[[str], str]:
    """From a civil time in a zone to its instant: `2027-03-10T19:00` to `2027-03-10T18:00:00Z`. Of a time that
    comes twice the first is meant (PEP 495).
    """
    from zoneinfo import ZoneInfo

    there = ZoneInfo(zone)

    def instant_of(civil: str) -> str:
        return datetime.fromisoformat(civil).replace(tzinfo=there).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    return instant_of
