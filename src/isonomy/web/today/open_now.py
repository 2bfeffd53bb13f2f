"""Open now: what the viewer may decide, support or answer today.

Lives here: choosing among open proceedings, and asking the engine which of them are open to the viewer. Not here: doing it
(each room's pages).

Invariant: a motion, nomination or demand is listed where the engine would accept the viewer's act now. Of a secret poll only the
roll is looked at, never the box: the line stays until the poll is closed, whether or not the viewer has cast a ballot.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from django.utils.translation import gettext as _

from isonomy.engine.commission import Commission
from isonomy.engine.election import NOMINATING
from isonomy.engine.proceedings.commissions import rule_of_commission
from isonomy.engine.state import Poll
from isonomy.web.asking import may
from isonomy.web.today.bodies import coming_meetings
from isonomy.web.today.places import address, place_of_thing
from isonomy.web.viewer import Viewer

Thing = TypeVar("Thing")
ASKED_MAX = 30
"""Of so many open proceedings of a kind, the newest, the engine is asked; the others stand in their rooms."""


CAST_HERE = ("named", "secret")
"""How votes are cast in the pages; hands are shown in the meeting."""


@dataclass(frozen=True)
class Choice:
    """One thing the viewer may do now: in words, where, until when ("" no day), by which clause, and what more is to be known."""

    says: str
    href: str
    until: str = ""
    clause: str = ""
    seat: str = ""
    more: str = ""
    is_now: bool = False


def choices(viewer: Viewer) -> list[Choice]:
    """What the viewer may do now: meetings under way, polls, elections, motions, demands, the opening balance."""
    if viewer.standing.edition is None:
        return []
    kinds = (_meetings, _polls, _elections, _motions, _amendments, _demands, _views)
    return [choice for kind in kinds for choice in kind(viewer)]


def _meetings(viewer: Viewer) -> Iterator[Choice]:
    for meeting in coming_meetings(viewer):
        if meeting.standing == "open":
            says = _("Take part in the meeting that is under way")
            href = place_of_thing(viewer.standing.state, meeting.id)
            yield Choice(says, href, seat=meeting.body, is_now=True, clause=_clause(viewer, meeting.body, "meets"))


def _polls(viewer: Viewer) -> Iterator[Choice]:
    state = viewer.standing.state
    for poll in reversed(state.polls.values()):
        if (
            poll.standing != "open"
            or poll.secrecy not in CAST_HERE
            or not poll.has_on_roll(viewer.person)
            or viewer.person in poll.struck
        ):
            continue
        is_named = poll.secrecy == "named"
        if is_named and viewer.person in poll.named:
            continue
        more = (
            ""
            if is_named
            else _("A secret poll: whether you have voted is not looked up, so this stays until it is closed.")
        )
        says = _("Vote: %(question)s") % {"question": poll.question}
        clause = _procedure_clause(viewer, poll)
        href = address("poll-cast", poll.id) or place_of_thing(state, poll.id)
        yield Choice(says, href, poll.closes_on, clause, poll.body, more, is_now=True)


def _elections(viewer: Viewer) -> Iterator[Choice]:
    state, today = viewer.standing.state, viewer.standing.today
    found = (each for each in reversed(state.elections.values()) if each.standing_on(today) == NOMINATING)
    for election in islice(found, ASKED_MAX):
        href, until = place_of_thing(state, election.id), election.nominations_until
        title = election.seat
        asked = election.candidates.get(viewer.person)
        if asked is not None and not asked.accepted and not asked.withdrawn_on:
            if may(viewer, "nomination.accept", election=election.id):
                yield Choice(_("You are nominated: consent or withdraw"), href, until, "", title)
        elif asked is None and may(viewer, "nomination.make", election=election.id, person=viewer.person):
            yield Choice(_("Nominate somebody, or stand yourself"), href, until, "", title)


def _motions(viewer: Viewer) -> Iterator[Choice]:
    state = viewer.standing.state
    for motion in _newest(
        each
        for each in reversed(state.motions.values())
        if each.standing == "open" and len(each.seconders) < each.seconders_needed and each.mover != viewer.person
    ):
        if may(viewer, "motion.second", motion=motion.id):
            left = motion.seconders_needed - len(motion.seconders)
            says = _("Second a motion: %(text)s") % {"text": _short(motion.text)}
            more = _("It needs %(count)s more.") % {"count": left}
            yield Choice(says, place_of_thing(state, motion.id), "", "", motion.body, more)


def _amendments(viewer: Viewer) -> Iterator[Choice]:
    state = viewer.standing.state
    for amendment in _newest(
        each
        for each in reversed(state.amendments.values())
        if each.standing == "open" and len(each.seconders) < each.seconders_needed and each.mover != viewer.person
    ):
        if may(viewer, "amendment.second", amendment=amendment.id):
            says = _("Second an amendment: %(text)s") % {"text": _short(amendment.becomes or amendment.text)}
            yield Choice(says, place_of_thing(state, amendment.id), "", "", amendment.body)


def _demands(viewer: Viewer) -> Iterator[Choice]:
    state = viewer.standing.state
    for demand in _newest(
        each for each in reversed(state.demands.values()) if not each.reached_on and not each.meeting
    ):
        if may(viewer, "demand.support", demand=demand.id):
            about = ", ".join(matter.replace("-", " ") for matter in demand.matters)
            says = _("Support the demand for a meeting about %(about)s") % {"about": about}
            more = _("%(count)s support it so far.") % {"count": len(demand.supporters)}
            yield Choice(says, place_of_thing(state, demand.id), "", "", demand.body, more)


def _views(viewer: Viewer) -> Iterator[Choice]:
    state, today = viewer.standing.state, viewer.standing.today
    for commission in _newest(each for each in reversed(state.commissions.values()) if each.views_until >= today):
        if may(viewer, "view.give", commission=commission.id, text="?"):
            says = _("Give your view to a commission: %(title)s") % {"title": _short(commission.title)}
            href = address("view-give", commission.id)
            yield Choice(says, href, commission.views_until, _clause_of_views(viewer, commission), commission.seat)


def _clause_of_views(viewer: Viewer, commission: Commission) -> str:
    return rule_of_commission(viewer.standing.state, commission).place.clause_of("views of")


def _newest(found: Iterable[Thing]) -> Iterator[Thing]:
    return islice(found, ASKED_MAX)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 90 else line[:89].rstrip() + "\N{HORIZONTAL ELLIPSIS}"


def _clause(viewer: Viewer, seat: str, key: str) -> str:
    body = viewer.standing.rulebook.bodies.get(seat.partition("@")[0])
    return body.place.clause_of(key) if body is not None else ""


def _procedure_clause(viewer: Viewer, poll: Poll) -> str:
    rulebook = viewer.standing.state.rulebook(poll.editions[0])
    procedure = rulebook.procedures.get(poll.procedure)
    return procedure.place.clause if procedure is not None else _clause(viewer, poll.body, "meets")
