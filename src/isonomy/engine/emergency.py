"""An emergency in the state: who declared it, on which fact, until when, what was done under it, and what became of it.

Lives here: the shape, and the questions that need only the record and a day. Not here: how it changes
(`proceedings.emergencies`), what yields (`proceedings.yielding`).

Invariant: at most one is in force on any day; the day after its last it is over without any act. How long it may last was
settled by the edition under which it was declared, and no later edition makes it longer. Source: docs/spec/acts-powers.md.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from isonomy.kernel.calendar import parse_date
from isonomy.rulebook.provisions.emergency import EmergencyRule, emergency_rules

if TYPE_CHECKING:
    from isonomy.engine.state import State


@dataclass(slots=True)
class Emergency:
    """An emergency: `until` is its last day, later with each of the `renewals` (their decisions); `ended_on` the day on which
    it was ended before. `postponed` are meetings by right (`congress 2027-05-01`) with the day to which they were put off;
    `uses` what was done under it (`notice mt-9`)."""

    id: str
    entry: int
    block: str
    edition: str
    clause: str
    seat: str
    person: str
    fact: str
    words: str
    on: str
    until: str
    decision: str = ""
    renewals: list[str] = field(default_factory=list)
    ended_on: str = ""
    ended_by: str = ""
    postponed: dict[str, str] = field(default_factory=dict)
    uses: list[str] = field(default_factory=list)
    reported_on: str = ""
    report_entry: int = 0
    approved_by: str = ""

    def is_in_force_on(self, day: str) -> bool:
        """Whether it is in force on a civil date: declared, not past its last day, not ended."""
        return self.on <= day <= self.until and not (self.ended_on and day >= self.ended_on)

    @property
    def over_on(self) -> str:
        """The first day on which it is in force no more, unless it is renewed."""
        last = parse_date(self.until)
        return self.ended_on or date.fromordinal(last.toordinal() + 1).isoformat()


def in_force(state: State, day: str) -> Emergency | None:
    """The emergency that is in force on a civil date; None where there is none."""
    return next((found for found in state.emergencies.values() if found.is_in_force_on(day)), None)


def rule_of(state: State, emergency: Emergency) -> EmergencyRule:
    """The block by which it was declared, as it stood then."""
    return emergency_rules(state.rulebook(emergency.edition))[emergency.block]


def free_from(state: State, emergency: Emergency) -> date:
    """The first day on which another may be declared after this one: after the pause of its clause, else after as many days as
    it was in force. The day on which it was ended counts as one of them, so that nobody declares and ends one every day."""
    last = parse_date(min(found for found in (emergency.ended_on, emergency.until) if found))
    rest = date.fromordinal(last.toordinal() + 1)
    pause = rule_of(state, emergency).again
    if pause is not None:
        return pause.after(rest)
    return date.fromordinal(2 * rest.toordinal() - parse_date(emergency.on).toordinal())


def postponed_to(state: State, body: str, occasion: str) -> str:
    """The day to which a meeting by right was put off, "" where it stands on its own day: also where the emergency was ended
    before that day came."""
    found = ""
    for emergency in state.emergencies.values():
        day = emergency.postponed.get(f"{body} {occasion}", "")
        if day and not (emergency.ended_on and emergency.ended_on <= occasion):
            found = max(found, day)
    return found


def put_off_to(state: State, body: str) -> set[str]:
    """The days to which meetings by right of a body were put off."""
    prefix = f"{body} "
    keys = {key for found in state.emergencies.values() for key in found.postponed if key.startswith(prefix)}
    return {postponed_to(state, body, key.removeprefix(prefix)) for key in keys} - {""}


def due_on_of(state: State, body: str, occasion: str) -> str:
    """The day by which a meeting by right that was put off is due: the day named, or the end of the emergency where that came
    first; "" where it was not put off."""
    day = postponed_to(state, body, occasion)
    if not day:
        return ""
    ends = [found.ended_on for found in state.emergencies.values() if f"{body} {occasion}" in found.postponed]
    early = max((end for end in ends if end), default="")
    return max(occasion, min(day, early)) if early and all(ends) else day
