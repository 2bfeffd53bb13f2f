"""Occasions: the days on which something comes round under a clause, and which of them a body has met.

Lives here: unrolling a recurrence through the editions that had it, and matching meetings by right to
occasions. Not here: what is owed because of them (`duties`), calling a meeting (`proceedings.calls`).

Invariant: an occasion follows from the record alone: its first day from the founding, or from the day the
clause came into force where that is later; an edition that leaves the recurrence as it was does not start it
anew. One meeting meets one occasion; held late, it makes good every occasion missed before it. Source:
docs/spec/duties.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from isonomy.engine.meeting import Meeting
from isonomy.engine.state import Edition, State, day_of
from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.calendar import Recurrence, say_date
from isonomy.rulebook.model import Rulebook

FIRST_DAY = "0001-01-01"
LAST_DAY = date(9800, 1, 1)
"""Beyond this day nothing is computed: the calendar ends in the year 9999."""

Coming = tuple[Recurrence, str]
"""What an edition says of something that comes round: how often, and in which clause."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """One day on which something comes round: the day, the one before it or the start, and why it is that
    day."""

    on: date
    after: date
    edition: str
    clause: str
    recurrence: Recurrence
    start: date
    started_by: str

    @property
    def names_a_day(self) -> bool:
        """Whether the clause itself names the day, so that everybody knows it without a call."""
        return self.recurrence.on is not None

    def derivation(self) -> str:
        """The sentence that says how the day was found."""
        counted = f"counted from {self.started_by} on {say_date(self.start)}"
        return f"it comes {self.recurrence}, {counted}"


@dataclass(frozen=True, slots=True)
class Run:
    """A time through which editions said the same of something that comes round (`end` None: still)."""

    coming: Coming
    edition: str
    start: date
    end: date | None


def adopted_editions(state: State) -> tuple[Edition, ...]:
    """The editions that have come into force or will, oldest first."""
    return state.editions_between(FIRST_DAY, LAST_DAY.isoformat())


def runs_of(state: State, pick: Callable[[Rulebook], Coming | None]) -> list[Run]:
    """The times through which the editions said the same; a change of clause number alone begins no new
    run."""
    runs: list[Run] = []
    editions = adopted_editions(state)
    ends: list[date | None] = [day_of(later.in_force_from) for _, later in pairwise(editions)]
    for edition, end in zip(editions, [*ends, None], strict=True):
        coming = pick(state.rulebook(edition.id))
        start = day_of(edition.in_force_from)
        if coming is None or start == end:
            continue
        last = runs[-1] if runs else None
        if last is not None and last.end == start and last.coming[0] == coming[0]:
            runs[-1] = Run(coming, edition.id, last.start, end)
        else:
            runs.append(Run(coming, edition.id, start, end))
    return runs


def occasions_of(
    state: State,
    pick: Callable[[Rulebook], Coming | None],
    born_on: date,
    born_by: str,
    now: date,
    until: date | None = None,
) -> list[Occasion]:
    """The occasions up to `until` (or up to `now` and the first one after it), oldest first.

    `pick` reads an edition; `born_on` is the founding of the organisation or unit. Raises `BadInput` for a
    day beyond the calendar.
    """
    last = max(now, until) if until is not None else now
    if last > LAST_DAY:
        raise BadInput(f"{last} is too far ahead", "until", f"name a day before {LAST_DAY}")
    found: list[Occasion] = []
    for run in runs_of(state, pick):
        recurrence, clause = run.coming
        later = run.start > born_on
        start = run.start if later else born_on
        started_by = f"the day clause {clause} came into force" if later else born_by
        for before, on in _days(recurrence, start):
            if run.end is not None and on >= run.end:
                break
            if on > last and (until is not None or (found and found[-1].on > last)):
                break
            found.append(Occasion(on, before, run.edition, clause, recurrence, start, started_by))
            if on > last:
                break
    return found


def _days(recurrence: Recurrence, start: date) -> Iterator[tuple[date, date]]:
    before, on = start, recurrence.first_after(start)
    while True:
        yield before, on
        before, on = on, recurrence.following(on)


def born(state: State, seat: str) -> tuple[date, str]:
    """The day from which a body can owe anything, and its words: its unit's founding, or the
    organisation's."""
    unit = state.units.get(seat.partition("@")[2])
    if unit is not None and unit.founded_on > state.founded_on:
        return day_of(unit.founded_on), f"the founding of {unit.id}"
    return day_of(state.founded_on), "the founding"


def meetings_by_right(state: State, seat: str, now: date, until: date | None = None) -> list[Occasion]:
    """The occasions on which a body (`congress`, `branch-meeting@north`) meets by right."""
    plain = seat.partition("@")[0]

    def pick(rulebook: Rulebook) -> Coming | None:
        body = rulebook.bodies.get(plain)
        if body is None or body.meets.by_right is None:
            return None
        return body.meets.by_right, body.place.clause_of("meets")

    born_on, born_by = born(state, seat)
    return occasions_of(state, pick, born_on, born_by, now, until)


def held_meetings(state: State, seat: str) -> list[Meeting]:
    """The meetings of a body that were opened with a quorum, or with one that cannot be told, in the order
    of days."""
    held = [found for found in state.meetings.values() if found.body == seat and found.is_held]
    return sorted(held, key=lambda found: (found.opened_on, int(found.id.partition("-")[2])))


def outstanding(state: State, seat: str, occasions: list[Occasion]) -> list[Occasion]:
    """The occasions that no meeting of the body has met yet, oldest first.

    Where the clause names the day, a meeting meets the occasion it was called or opened for, and makes good
    the ones before. Where it names none, any meeting after the occasion before and not after the day itself
    meets it; a later one makes it good and then stands for no other.
    """
    held = held_meetings(state, seat)
    by_day = [occasion for occasion in occasions if occasion.names_a_day]
    plain = [occasion for occasion in occasions if not occasion.names_a_day]
    last_met = max((found.by_right_on for found in held if found.by_right_on), default="")
    left = [occasion for occasion in by_day if occasion.on.isoformat() > last_met]
    return sorted(left + _unmet(plain, held), key=lambda occasion: occasion.on)


def _unmet(occasions: list[Occasion], held: list[Meeting]) -> list[Occasion]:
    unmet: list[Occasion] = []
    used: set[str] = set()
    for occasion in occasions:
        late = next((found for found in held if _makes_good(found, unmet, occasion, used)), None)
        if late is not None:
            used.add(late.id)
            unmet = []
        in_time = next((found for found in held if found.id not in used and _is_in_time(found, occasion)), None)
        if in_time is None:
            unmet.append(occasion)
        else:
            used.add(in_time.id)
    if unmet:
        last = unmet[-1]
        late_on = [found for found in held if found.id not in used and day_of(found.opened_latest_on) > last.on]
        unmet = [] if late_on else unmet
    return unmet


def _is_in_time(meeting: Meeting, occasion: Occasion) -> bool:
    first, last = day_of(meeting.opened_on), day_of(meeting.opened_latest_on)
    return last > occasion.after and first <= occasion.on


def _makes_good(meeting: Meeting, unmet: list[Occasion], following: Occasion, used: set[str]) -> bool:
    """Whether a meeting after a missed occasion, and not after the next one, makes it good."""
    if not unmet or meeting.id in used:
        return False
    first, last = day_of(meeting.opened_on), day_of(meeting.opened_latest_on)
    return last > unmet[-1].on and first <= following.on
