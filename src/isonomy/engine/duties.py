"""Duties: what is due and overdue, for whom, under which clause, and how each day was found.

Lives here: gathering all duties of an organisation. Not here: the several kinds (`due_*`), the calendar that
members subscribe to (`documents.calendar_feed`).

Invariant: duties are computed from the record and a day that is passed in; nothing is stored, nothing looks at
a clock. The same record and day give the same duties, in the same order, everywhere. Source:
docs/spec/duties.md.
"""

from __future__ import annotations

from datetime import date

from isonomy.engine.due_by_clause import due_by_clause
from isonomy.engine.due_criticism import due_criticism
from isonomy.engine.due_decisions import due_decisions
from isonomy.engine.due_elections import due_elections
from isonomy.engine.due_emergencies import due_emergencies
from isonomy.engine.due_instructions import due_instructions
from isonomy.engine.due_meetings import due_meetings
from isonomy.engine.due_money import due_money
from isonomy.engine.due_order import due_order
from isonomy.engine.due_outside import due_outside
from isonomy.engine.due_powers import due_powers
from isonomy.engine.due_publication import due_publication
from isonomy.engine.due_removals import due_removals
from isonomy.engine.due_seating import due_seating
from isonomy.engine.due_seats import due_seats
from isonomy.engine.due_sittings import due_sittings
from isonomy.engine.due_standing import due_standing
from isonomy.engine.due_transfers import due_transfers
from isonomy.engine.duty import Duty, Outlook
from isonomy.engine.occasions import LAST_DAY
from isonomy.engine.state import HISTORY, State
from isonomy.kernel.bad_input import BadInput

__all__ = ["Duty", "duties", "outlook_on"]


def duties(state: State, now: date, until: date | None = None) -> tuple[Duty, ...]:
    """What is due on `now` and falls due up to `until`, in the order of days; None: the next of each kind.

    `state` is the fold of the entries up to `now`. A history, and an organisation whose rulebook is not whole
    yet, owe nothing. Raises `BadInput` for a day before the founding or beyond the calendar.
    """
    if not state.founded or state.kind == HISTORY:
        return ()
    if now.isoformat() < state.founded_on:
        raise BadInput(f"{now} is before the founding on {state.founded_on}", "at", "name a later day")
    if max(now, until or now) > LAST_DAY:
        raise BadInput(f"{max(now, until or now)} is too far ahead", "until", f"name a day before {LAST_DAY}")
    outlook = outlook_on(state, now, until)
    if outlook is None:
        return ()
    found = [
        *due_meetings(outlook), *due_sittings(outlook), *due_seats(outlook), *due_decisions(outlook), *due_elections(outlook),
        *due_seating(outlook),
        *due_by_clause(outlook), *due_criticism(outlook), *due_instructions(outlook), *due_order(outlook), *due_powers(outlook),
        *due_emergencies(outlook),
        *due_removals(outlook), *due_publication(outlook), *due_money(outlook), *due_standing(outlook), *due_transfers(outlook),
        *due_outside(outlook),
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda duty: (duty.due_on, duty.id)))


def outlook_on(state: State, now: date, until: date | None = None) -> Outlook | None:
    """The state as seen on a day; None while no edition governs."""
    edition = state.edition_on(now.isoformat())
    return Outlook(state, now, until, edition.id) if edition is not None else None
