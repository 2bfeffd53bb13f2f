"""A second world for the conditions: how many of a coalition and how many others, nobody by name.

Lives here: facts over counts, as small as they can be. Not here: the trials, and the checker's own counts.

Invariant: nothing but the five questions can be asked of it, so a condition that asks for more fails.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from isonomy.engine.facts import Group, Moment, NamedFacts, share_by_count
from isonomy.engine.state import State
from isonomy.kernel.calendar import Duration
from isonomy.kernel.quantity import Answer, Count, Root, Share, Span

COALITION, OTHERS = "coalition", "others"


@dataclass(frozen=True, slots=True)
class Sides:
    """How many of each side."""

    coalition: int = 0
    others: int = 0

    @property
    def both(self) -> int:
        return self.coalition + self.others


@dataclass(slots=True)
class CountedFacts:
    """Facts over counts: groups and seats by side, moments as day numbers, consents as they were given."""

    groups: dict[Group, Sides] = field(default_factory=dict)
    seats: dict[str, Sides] = field(default_factory=dict)
    days: dict[Moment, int] = field(default_factory=dict)
    given: set[tuple[str, str]] = field(default_factory=set)

    def count(self, group: Group) -> Span:
        return Span.exactly(self.groups[group].both) if group in self.groups else Span(0, None)

    def share(self, part: Group, whole: Group, least: Share | Count | Root, *, more_than_half: bool) -> Answer:
        return share_by_count(self, part, whole, least, more_than_half=more_than_half)

    def elapsed(self, period: Duration, since: Moment, until: Moment) -> Answer:
        if since not in self.days or until not in self.days:
            return Answer.UNTOLD
        return Answer.of(period.after(date.fromordinal(self.days[since])).toordinal() <= self.days[until])

    def holds(self, who: str, seat: str) -> Answer:
        sides = self.seats.get(seat, Sides())
        return Answer.of((sides.coalition if who == COALITION else sides.others) > 0)

    def consents(self, seat: str, to: str) -> Answer:
        return Answer.of((seat, to) in self.given)


def counted(
    named: NamedFacts,
    coalition: frozenset[str],
    members: Mapping[Group, Iterable[str]],
    seats: Iterable[str],
    moments: Iterable[Moment],
    given: Iterable[tuple[str, str]],
) -> CountedFacts:
    """The counts of a named world: who is in each group, seen only as one of a coalition or one of the others."""
    found = CountedFacts()
    for group, persons in members.items():
        found.groups[group] = _sides(persons, coalition)
    for seat in seats:
        found.seats[seat] = _sides(
            _holders(named.state, lambda person, seat=seat: named.holds(person, seat)), coalition
        )
    for moment in moments:
        day = named.date_of(moment)
        if day is not None:
            found.days[moment] = day.toordinal()
    found.given = {each for each in given if named.consents(*each) is Answer.YES}
    return found


def _sides(persons: Iterable[str], coalition: frozenset[str]) -> Sides:
    everybody = list(persons)
    inside = sum(1 for person in everybody if person in coalition)
    return Sides(inside, len(everybody) - inside)


def _holders(state: State, holds: Callable[[str], Answer]) -> list[str]:
    return [person for person in state.persons if holds(person) is Answer.YES]
