"""The plan of a meeting: the first lawful day, and the last day for each notice and paper.

Lives here: days, computed with the engine's own arithmetic of notice, and the strip on which they are drawn. Not here:
judging the call (`decide`), the form (`call`).

Invariant: a day shown is the engine's; the plan refuses and allows nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from isonomy.engine.competence import competence_in
from isonomy.engine.proceedings.calls import EARLIEST, FARTHEST, last_day_to_call
from isonomy.engine.proceedings.movers import place_clause, rule_of
from isonomy.engine.proceedings.notices import asked_of, earliest_start, latest_dispatch, served_from
from isonomy.engine.state import day_of
from isonomy.kernel.calendar import Duration, add_months, days_between
from isonomy.rulebook.model import Body, Competence
from isonomy.web.meetings.matters import in_words
from isonomy.web.organisation import Standing

STRIP_WIDTH, STRIP_EDGE, TICKS_MAX = 640, 12, 60


@dataclass(frozen=True)
class Last:
    """The last day for something before a meeting: what, by which clause, why that day; `first` if all is done today."""

    what: str
    on: date
    clause: str
    why: str
    is_late: bool
    days_late: int = 0


@dataclass(frozen=True)
class Plan:
    """A meeting of a body on some matters: the first lawful day, the day looked at, and the last days before it."""

    body: str
    first: date
    start: date | None
    lasts: tuple[Last, ...]
    hold_by: str = ""
    call_by: str = ""

    @property
    def is_late(self) -> bool:
        """Whether some notice or paper can no longer be in time for the day looked at."""
        return any(last.is_late for last in self.lasts)


def plan_of(standing: Standing, seat: str, matters: list[str], start: date | None = None, demand: str = "") -> Plan:
    """The plan of a meeting, for notice that goes out today at the earliest."""
    rulebook, today = standing.rulebook, standing.day
    body = rulebook.bodies[seat.partition("@")[0]]
    start = start if start is not None and is_within_reach(standing, start) else None
    first = free_day(standing, seat, earliest_start(body, asked_of(rulebook, seat, matters), today))
    asked = standing.state.demands.get(demand)
    call_by = last_day_to_call(standing.state, asked, body) if asked is not None else None
    lasts = lasts_of(standing, seat, matters, start or first)
    return Plan(
        seat,
        first,
        start,
        tuple(lasts),
        asked.hold_by if asked is not None else "",
        call_by.isoformat() if call_by else "",
    )


def is_within_reach(standing: Standing, day: date) -> bool:
    """Whether a day lies where the engine lets a meeting be called at all, so that no deadline leaves the calendar."""
    return EARLIEST <= day.isoformat() <= add_months(standing.day, FARTHEST).isoformat()


def free_day(standing: Standing, seat: str, first: date) -> date:
    """The first day from `first` on for which no other meeting of the body is called: of two calls for a day the first stands."""
    taken = {
        (found.resumes if found.standing == "adjourned" else found.starts)[:10]
        for found in standing.state.meetings.values()
        if found.body == seat and found.standing in ("called", "open", "adjourned")
    }
    while first.isoformat() in taken:
        first += timedelta(days=1)
    return first


def lasts_of(standing: Standing, seat: str, matters: list[str], start: date) -> list[Last]:
    """The last day for each notice and paper of a meeting on a day, in the order of days."""
    rulebook, today = standing.rulebook, standing.day
    body = rulebook.bodies[seat.partition("@")[0]]
    found = []
    for each in asked_of(rulebook, seat, matters):
        on = latest_dispatch(body, (each,), start)
        if on is not None:
            what = (
                _("Notice of %(matter)s") % {"matter": in_words(standing, each.matter)}
                if each.matter
                else _("Notice of the meeting")
            )
            found.append(_last(what, on, each.clause, _notice_words(body, each.notice, on), today))
    for matter in matters:
        competence = competence_in(rulebook, seat, matter)
        if competence is not None:
            found += _papers(standing, matter, competence, start)
    return sorted(found, key=lambda last: last.on)


def _papers(standing: Standing, matter: str, competence: Competence, start: date) -> list[Last]:
    rule, words = rule_of(competence.procedure), in_words(standing, matter)
    found = []
    for deadline, key, what in (
        (rule.deadline, "motion deadline", _("Motions: %(matter)s")),
        (rule.amendment_deadline, "amendment deadline", _("Amendments: %(matter)s")),
    ):
        if deadline is not None:
            why = _("%(time)s before the meeting") % {"time": deadline}
            on = deadline.before(start)
            found.append(_last(what % {"matter": words}, on, place_clause(competence, key), why, standing.day))
    return found


def _last(what: str, on: date, clause: str, why: str, today: date) -> Last:
    late = max(0, days_between(on, today))
    return Last(what, on, clause, why, late > 0, late)


def _notice_words(body: Body, notice: Duration, on: date) -> str:
    if body.served_after is None:
        return _("%(time)s before the meeting") % {"time": notice}
    served = served_from(body, on).isoformat()
    return _("%(time)s before the meeting, counted from %(served)s, when it is served") % {
        "time": notice, "served": served
    }  # fmt: skip


# -- the strip ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Mark:
    """A day on the strip: where it stands, from which edge its words are written, and on which line."""

    x: int
    label: str
    on: date
    kind: str
    line: int
    anchor: str = "start"

    @property
    def y(self) -> int:
        """The height of its words."""
        return 62 + 20 * self.line

    @property
    def text_x(self) -> int:
        """Where its words begin, or end."""
        return self.x + (6 if self.anchor == "start" else -6)


@dataclass(frozen=True)
class Strip:
    """The days from today to the meeting, with the last day for each notice and paper marked on it."""

    ticks: tuple[tuple[int, date, bool], ...]
    marks: tuple[Mark, ...]
    width: int = STRIP_WIDTH

    @property
    def height(self) -> int:
        """As high as its lines of words need."""
        return 76 + 20 * max((mark.line for mark in self.marks), default=0)


def strip_of(plan: Plan, today: date) -> Strip:
    """The strip of a plan; a long time is drawn to scale, with a tick for each week or month."""
    start = plan.start or plan.first
    known = [last for last in plan.lasts if not last.is_late]
    end = max([start, plan.first, *(day_of(day) for day in (plan.hold_by,) if day)])
    span = max(1, days_between(today, end))

    def place(day: date) -> int:
        return STRIP_EDGE + (STRIP_WIDTH - 2 * STRIP_EDGE) * max(0, days_between(today, day)) // span

    every = 1 if span <= 31 else 7 if span <= 200 else max(30, span // TICKS_MAX)
    days = [today + timedelta(days=step) for step in range(0, span + 1, every)]
    ticks = tuple((place(day), day, day.weekday() == 0 or every > 1) for day in days)
    wanted = [(today, _("Today"), "today")]
    wanted += [(last.on, last.what, "last") for last in known]
    if plan.first != start:
        wanted.append((plan.first, _("First lawful day"), "first"))
    if plan.hold_by:
        wanted.append((day_of(plan.hold_by), _("Held by then at the latest"), "last"))
    wanted.append((start, _("The meeting"), "meeting"))
    marks = [
        Mark(place(day), label, day, kind, line, "start" if place(day) < STRIP_WIDTH // 2 else "end")
        for line, (day, label, kind) in enumerate(sorted(wanted, key=lambda each: each[0]))
    ]
    return Strip(ticks, tuple(marks))
