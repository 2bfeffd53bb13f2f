"""All motions, and one with its seconders, deadlines, amendments and history.

Lives here: these views, and what a viewer may do about a motion. Not here: doing it (`moving`, `amending`).

Invariant: what is offered was asked of the engine with the act that would be handed in; what is not possible is said with its
ground where the viewer could do something about it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from isonomy.documents.word_comparison import ADDED, STRUCK, Part, compare_words
from isonomy.engine.motion import OPEN, Amendment, Motion
from isonomy.engine.refusal import Accepted
from isonomy.engine.state import Poll
from isonomy.web.asking import is_yours, reasons, tried
from isonomy.web.history import history_of
from isonomy.web.instructions.places import has_instructions
from isonomy.web.instructions.reporting import terms_of
from isonomy.web.live import live_by
from isonomy.web.meetings.between import may_rule_on, rulings_on
from isonomy.web.meetings.matters import in_words
from isonomy.web.motions.models import MotionDraft
from isonomy.web.motions.rules import rules_for, sittings_of
from isonomy.web.rulebook.checked import amending, is_known
from isonomy.web.viewer import Viewer

A_PAGE = 25
WORDS_MAX = 200


@dataclass(frozen=True)
class Step:
    """Something the viewer may do, or may not do for these grounds."""

    label: str
    href: str
    grounds: Sequence[dict[str, Any]] = ()
    is_yours: bool = True
    is_rare: bool = False
    """Whether it is weighty and seldom done: it never stands first among what may be done."""

    @property
    def is_open(self) -> bool:
        """Whether it may be done now."""
        return not self.grounds


@dataclass(frozen=True)
class Shown:
    """An amendment with its comparison, its vote, and what the viewer may do about it."""

    amendment: Amendment
    parts: tuple[Part, ...]
    poll: Poll | None
    steps: tuple[Step, ...]
    missing: int


def motions(request: HttpRequest) -> HttpResponse:
    """Motions, the latest first; searched by words, body and whether they are open."""
    viewer: Viewer = request.viewer
    words = request.GET.get("words", "").strip()[:WORDS_MAX]
    body, which = request.GET.get("body", ""), request.GET.get("which", "")
    every = list(reversed(viewer.standing.state.motions.values()))
    found = [
        motion
        for motion in every
        if body in ("", motion.body)
        and (which != "open" or motion.standing == OPEN)
        and all(word in f"{motion.id} {motion.matter} {motion.text}".casefold() for word in words.casefold().split())
    ]
    asked = request.GET.copy()
    asked.pop("page", None)
    shown = {
        "page": Paginator(found, A_PAGE).get_page(request.GET.get("page")), "words": words, "body": body, "which": which,
        "bodies": sorted({motion.body for motion in every}), "asked": asked.urlencode(), "count": len(every),
        "drafts": MotionDraft.objects.filter(person=viewer.person).count(),
    }  # fmt: skip
    return render(request, "motions/motions.html", shown)


def _is_checked(request: HttpRequest, id: str) -> bool:
    """Whether the check of the text that is moved is known: the page changes when it is."""
    state = request.standing.state
    found = state.motions.get(id)
    return found is None or found.standing != OPEN or is_known(state, found.draft)


@live_by(_is_checked)
def motion(request: HttpRequest, id: str) -> HttpResponse:
    """One motion: its words, who stands behind it, by when, its amendments, votes and history."""
    viewer: Viewer = request.viewer
    state = viewer.standing.state
    found = state.motions.get(id)
    if found is None:
        raise Http404
    amendments = [one for one in state.amendments.values() if one.motion == id]
    polls = [poll for poll in state.polls.values() if id in (poll.motion, poll.about) and not poll.amendment]
    decided = next((one for one in reversed(state.decisions.values()) if one.motion == id), None)
    steps = steps_for(viewer, found)
    about = [id, *(one.id for one in amendments)]
    shown: dict[str, Any] = {
        "motion": found, "title": in_words(viewer.standing, found.matter), "decided": decided,
        "rules": rules_for(viewer.standing, found.body, found.matter, found.edition),
        "missing": max(0, found.seconders_needed - len(found.seconders)),
        "sittings": sittings_of(viewer.standing, found) if found.standing == OPEN else [],
        "can": [step for step in steps if step.is_open], "cannot": [step for step in steps if not step.is_open],
        "amendments": [shown_amendment(viewer, found, one) for one in amendments],
        "changes": compare_words(found.moved_text, found.text) if found.moved_text else (),
        "order": [one for one in found.order if one in state.amendments],
        "terms": terms_of(viewer, found),
        "rulings": rulings_on(viewer.standing, id), "polls": polls,
        "amending": amending(state, found.draft) if found.draft and found.standing == OPEN else None,
        "history": history_of(viewer, about, int(id.partition("-")[2])),
    }  # fmt: skip
    return render(request, "motions/motion.html", shown)


def steps_for(viewer: Viewer, found: Motion) -> list[Step]:
    """What the viewer may do about an open motion, and what not although it would be theirs to do."""
    if found.standing != OPEN:
        return []
    steps: list[Step] = []
    is_mine = viewer.person == found.mover
    rules = rules_for(viewer.standing, found.body, found.matter, found.edition)
    asks_seconders = found.seconders_needed > 0 or (rules is not None and rules.seconders > 0)
    if not is_mine and viewer.person not in found.seconders and asks_seconders:
        steps.append(_step(viewer, _("Second it"), "motion-second", found.id, "motion.second", motion=found.id))
    withdraw = _step(viewer, _("Withdraw it"), "motion-withdraw", found.id, "motion.withdraw", motion=found.id)
    if withdraw.is_open or is_mine:
        steps.append(withdraw)
    if is_mine and not found.decision and not found.seconders and has_instructions(viewer):
        steps.append(
            Step(_("Put terms to it: an instruction, a condition, a day"), reverse("motion-terms", args=[found.id]))
        )
    if rules is not None and rules.rule.amendments:
        amended = {"text": f"{found.text} ..."} | ({"edition": "ed-0"} if found.draft else {})
        amend = _step(
            viewer, _("Move an amendment"), "motion-amend", found.id, "motion.amend", motion=found.id, **amended
        )
        # For the rulebook an amendment names another lodged text, which is chosen on the next page.
        steps.append(Step(amend.label, amend.href) if found.draft else amend)
    if may_rule_on(viewer, found):
        steps.append(Step(_("Rule on a question about it"), reverse("motion-ruling", args=[found.id]), is_rare=True))
    return steps


def _step(viewer: Viewer, label: str, name: str, id: str, act: str, **fields: Any) -> Step:
    verdict, _seat = tried(viewer, act, **fields)
    grounds = () if isinstance(verdict, Accepted) else reasons(verdict)
    return Step(label, reverse(name, args=[id]), grounds, is_yours(verdict))


def shown_amendment(viewer: Viewer, found: Motion, one: Amendment) -> Shown:
    """An amendment with what it changes in the motion as it stood, or as it stands."""
    steps: list[Step] = []
    if one.standing == OPEN and found.standing == OPEN:
        if viewer.person not in (one.mover, *one.seconders) and one.seconders_needed:
            steps.append(
                _step(viewer, _("Second it"), "amendment-second", one.id, "amendment.second", amendment=one.id)
            )
        if viewer.person == found.mover and viewer.person:
            step = _step(viewer, _("Accept it"), "amendment-accept", one.id, "amendment.accept", amendment=one.id)
            steps.append(step)
        if viewer.person == one.mover:
            step = _step(viewer, _("Withdraw it"), "amendment-withdraw", one.id, "amendment.withdraw", amendment=one.id)
            steps.append(step)
    base = found.text if one.standing == OPEN else found.moved_text or found.text
    becomes = one.of(base)
    parts = compare_words(base, becomes) if becomes is not None else _passage(one)
    polls = viewer.standing.state.polls.values()
    poll = next((poll for poll in polls if poll.amendment == one.id), None)
    return Shown(
        one,
        parts,
        poll,
        tuple(step for step in steps if step.is_yours),
        max(0, one.seconders_needed - len(one.seconders)),
    )


def _passage(one: Amendment) -> tuple[Part, ...]:
    """The passage alone, where the words around it are not those it was moved to."""
    found = (Part(STRUCK, one.passage), Part(ADDED, one.becomes))
    return tuple(part for part in found if part.text)
