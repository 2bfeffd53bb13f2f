"""Substitute callers: who may call a body that nobody called, from which day, by which clause.

Lives here: finding them from the record and a day, and who has joined in a call of many. Not here: the call itself
(`proceedings.calls`), joining (`proceedings.overdue`), the supporters of a demand, who may call by themselves.

Invariant: nobody calls instead before the day of the clause, nor while another call stands that comes no later than theirs
could. Source: docs/spec/acts-instructions.md, "Who calls instead"; docs/decisions/0008.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from isonomy.engine.following import following
from isonomy.engine.occasions import meetings_by_right, outstanding
from isonomy.engine.state import State, day_of
from isonomy.kernel.quantity import Count, Share
from isonomy.rulebook.consequence import ANY_CALLS, CALLS
from isonomy.rulebook.model import Rulebook

ONE_DAY = timedelta(days=1)
WAITING = ("called", "open", "adjourned")


@dataclass(frozen=True, slots=True)
class Substitute:
    """One who calls instead: a seat, any unit of a kind (`of`), or so many of them or of the members together; from when, since
    which day was missed, by which clause."""

    from_on: date
    missed_on: date
    clause: str
    said: str
    seat: str = ""
    of: str = ""
    quantity: Share | Count | None = None


def missed_on(state: State, body: str, now: date) -> date | None:
    """The first day on which a body should have met by right and did not; None where nothing is missed."""
    left = outstanding(state, body, meetings_by_right(state, body, now, now))
    return next((occasion.on for occasion in left if occasion.on < now), None)


def substitutes_of(state: State, edition: str, body: str, missed: date | None, now: date) -> list[Substitute]:
    """Those who call a body instead of whoever owes it, in the order in which their time comes; `missed` is the day that
    passed, of a meeting by right or on demand."""
    rulebook, plain = state.rulebook(edition), body.partition("@")[0]
    block = rulebook.bodies.get(plain)
    found: list[Substitute] = []
    if missed is not None and block is not None:
        clause = block.place.clause_of("else called by")
        found = [
            Substitute(one.after.after(missed), missed, clause, str(one), one.seat, one.of, one.quantity)
            for one in block.else_called_by
        ]
    if _has_callers(rulebook, plain):
        for each in following(state, edition, now.isoformat()):
            named = each.consequence
            if named.kind in (CALLS, ANY_CALLS) and named.body == plain:
                day = day_of(each.missed_on)
                found.append(
                    Substitute(day + ONE_DAY, day, each.clause, named.said, seat=named.seat, of=named.unit_kind)
                )
    return sorted(found, key=lambda one: one.from_on)


def _has_callers(rulebook: Rulebook, body: str) -> bool:
    named = [each for duty in rulebook.duties.values() for each in duty.follows]
    for rule in rulebook.provisions.get("instruction", {}).values():
        named += [*rule.or_else, *rule.not_accepted]
    for rule in rulebook.provisions.get("condition", {}).values():
        named += [*rule.unreviewed, *rule.not_met]
    return any(each.kind in (CALLS, ANY_CALLS) and each.body == body for each in named)


def joining_key(body: str, missed: date) -> str:
    """The key under which those who join in a call of many are kept."""
    return f"{body}:{missed}"


def is_barred_by_a_call(state: State, body: str, earliest: date, starts: str, now: date) -> bool:
    """Whether a call stands that comes no later than the first day for which a substitute could call, or than `starts`: a late
    call stalls nobody, nor does one whose day passed unheld, and nobody calls beside one that is earlier."""
    standing = (found for found in state.meetings.values() if found.body == body and found.standing in WAITING)
    times = (found.resumes if found.standing == "adjourned" and found.resumes else found.starts for found in standing)
    return any(day_of(time) >= now and (day_of(time) <= earliest or time <= starts) for time in times)


def say_substitutes(found: list[Substitute], now: date) -> str:
    """Who calls instead, and from when, as the end of a derivation; "" where nobody does."""
    if not found:
        return ""
    said = [f"{one.said} (from {one.from_on}{', by now' if one.from_on <= now else ''})" for one in found]
    return f" Or else it is called by: {'; '.join(said)} (clause {found[0].clause})."
