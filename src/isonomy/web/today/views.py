"""The first page: what is due of the viewer, what the viewer may decide now, what comes next.

Lives here: choosing among the engine's duties and open proceedings. Not here: what is due (`engine.duties`), which acts are
open (`open_now`), where things are done (`places`).

Invariant: every line says its clause; what is shown as open to the viewer was asked of the engine.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from isonomy.engine.duty import Duty
from isonomy.web.accounts.door import doors
from isonomy.web.founding.steps import next_step
from isonomy.web.live import live_by
from isonomy.web.motions.models import MotionDraft
from isonomy.web.today.bodies import SHOWN_MAX, coming_meetings, sits_in, when
from isonomy.web.today.open_now import choices
from isonomy.web.today.places import place_of_duty
from isonomy.web.viewer import Viewer, public

SOON = timedelta(days=60)
"""What falls due later is folded away, but for the next one."""


@dataclass(frozen=True)
class Owed:
    """A duty as the page shows it: where it is done, and who holds the seats that owe it."""

    duty: Duty
    href: str

    @property
    def holders(self) -> tuple[str, ...]:
        """Who holds the seats, as far as they are told by name."""
        return self.duty.holders[:6]

    @property
    def more_holders(self) -> int:
        """How many others."""
        return max(0, len(self.duty.holders) - 6)


def owed(viewer: Viewer, duties: Iterable[Duty]) -> list[Owed]:
    """Duties with the pages on which they are done."""
    return [Owed(duty, place_of_duty(viewer.standing.state, duty)) for duty in duties]


def divided(lines: list[Owed], horizon: str) -> tuple[list[Owed], list[Owed]]:
    """Duties up to a day, at least the next one; and those after it."""
    count = max(1, sum(line.duty.due_on <= horizon for line in lines))
    return lines[:count], lines[count:]


def is_due_of(viewer: Viewer, duty: Duty) -> bool:
    """Whether a duty is the viewer's own: of a seat the viewer holds, alone or with others."""
    return viewer.person in duty.holders or bool(set(viewer.seats) & set(duty.seats))


def drafts_of(viewer: Viewer) -> list[MotionDraft]:
    """The motions that the viewer has begun to write, the latest first."""
    return list(MotionDraft.objects.filter(person=viewer.person)[: SHOWN_MAX + 1])


def _beside_the_record(request: HttpRequest, **_kwargs: object) -> object:
    """What the page shows that no entry tells: the first steps, for who takes them, and one's drafts; None of neither."""
    viewer: Viewer = request.viewer
    if not viewer.is_member:
        return None
    step = next_step(viewer)
    drafts = [(draft.pk, str(draft.changed_at)) for draft in drafts_of(viewer)]
    return (step.says if step is not None else "", drafts) if step is not None or drafts else None


@live_by(_beside_the_record)
@public
def today(request: HttpRequest) -> HttpResponse:
    """The member's day; for everybody else, what this organisation is and how its record is verified."""
    viewer: Viewer = request.viewer
    if not viewer.is_member:
        return render(request, "today/entrance.html", {"doors": doors(viewer), "head": _front(viewer)})
    due = viewer.standing.due
    mine = [duty for duty in due if is_due_of(viewer, duty)]
    shared = [duty for duty in due if duty not in mine and any(sits_in(viewer, seat) for seat in duty.seats)]
    others = [duty for duty in due if duty not in mine and duty not in shared]
    drafts = drafts_of(viewer)
    meetings = [(meeting, when(meeting)) for meeting in coming_meetings(viewer)]
    horizon = viewer.standing.day + SOON
    soon, later = divided(owed(viewer, mine), horizon.isoformat())
    shared_soon, shared_later = divided(owed(viewer, shared), horizon.isoformat())
    shown = {
        "mine": soon, "mine_later": later, "shared": shared_soon, "shared_later": shared_later, "others": owed(viewer, others),
        "overdue_of_others": sum(duty.is_overdue for duty in others), "choices": choices(viewer),
        "meetings": meetings[:SHOWN_MAX], "more_meetings": len(meetings) > SHOWN_MAX, "step": next_step(viewer),
        "drafts": drafts[:SHOWN_MAX], "more_drafts": len(drafts) > SHOWN_MAX,
    }  # fmt: skip
    return render(request, "today/today.html", shown)


def _front(viewer: Viewer) -> dict[str, object]:
    """What the entrance says of the organisation: editions, members, entries."""
    state, day = viewer.standing.state, viewer.standing.today
    edition = viewer.standing.edition
    return {
        "members": sum(person.is_member_on(day) for person in state.persons.values()),
        "units": sum(not unit.closed_on for unit in state.units.values()),
        "edition": edition,
        "front": viewer.standing.rulebook.front if edition is not None else None,
    }
