"""Moving a motion, keeping a draft of it, seconding, withdrawing.

Lives here: these pages. Not here: forms (`forms`), whether it may be done (`engine`).

Invariant: a draft is its author's alone and is gone when it was moved; what follows from moving is said beside the form.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from isonomy.chamber.answers import Answer
from isonomy.engine.competence import APPOINTMENT, ELECTION, REMOVAL
from isonomy.engine.motion import Motion
from isonomy.kernel.bad_input import BadInput
from isonomy.web.asking import is_yours, reasons, tried
from isonomy.web.desk import ActForm, ActPage
from isonomy.web.live import not_live
from isonomy.web.meetings.matters import matters_of
from isonomy.web.motions.forms import MoveForm, SecondForm, WithdrawForm, units_of
from isonomy.web.motions.models import DRAFTS_MAX, MotionDraft
from isonomy.web.motions.rules import MotionRules, all_bodies, rules_for, seat_said
from isonomy.web.security import takes_post
from isonomy.web.viewer import Viewer

ASKED = ("matter", "body", "text", "person", "edition", "ratifies", "appeal", "amount", "decision", "meeting")
KEPT_MAX = 20_000


class Move(ActPage):
    """Moving a motion, or keeping it as a draft."""

    form_class = MoveForm
    template_name = "motions/move.html"
    title = _("Move a motion")
    button = _("Move the motion")

    def initial(self) -> dict[str, Any]:
        """What the address asks for, or the draft that is taken up again."""
        draft = self._draft(self.request.GET.get("draft"))
        if draft is not None:
            return {**draft.fields, "draft": draft.pk}
        return {name: self.request.GET[name][:KEPT_MAX] for name in ASKED if name in self.request.GET}

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Keeps a draft where that was asked; else hands the motion in."""
        return self._keep(request) if "keep" in request.POST else super().post(request, **kwargs)

    def _keep(self, request: HttpRequest) -> HttpResponse:
        viewer: Viewer = request.viewer
        draft = self._draft(request.POST.get("draft"))
        if draft is None:
            if MotionDraft.objects.filter(person=viewer.person).count() >= DRAFTS_MAX:
                raise BadInput(
                    _now("You keep %(number)s drafts already.") % {"number": DRAFTS_MAX}, "",
                    _now("move or discard one of them first"),
                )  # fmt: skip
            draft = MotionDraft(person=viewer.person)
        draft.fields = {name: request.POST[name][:KEPT_MAX] for name in ASKED if request.POST.get(name)}
        draft.changed_at = timezone.now()
        draft.save()
        messages.success(request, _now("Kept as a draft. Nobody but you can read it, and it is not moved."))
        return HttpResponseRedirect(reverse("motion-drafts"))

    def _draft(self, number: str | None) -> MotionDraft | None:
        if not number or not number.isdigit() or len(number) > 15:
            return None
        return MotionDraft.objects.filter(person=self.request.viewer.person, pk=int(number)).first()

    def context(self) -> dict[str, Any]:
        """What may be moved where, and what follows for the matter that is chosen."""
        viewer: Viewer = self.request.viewer
        given = self.request.POST if self.request.method == "POST" else self.initial()
        matter = str(given.get("matter") or "")
        rules = self._rules(viewer, matter, str(given.get("body") or ""))
        return {
            "rules": rules, "barred": _barred(viewer, rules),
            "chosen": matter, "matters": known_matters(viewer), "persons": _holders(viewer, matter),
            "cancel": reverse("motions"),
        }  # fmt: skip

    def _rules(self, viewer: Viewer, matter: str, body: str) -> MotionRules | None:
        if not matter:
            return None
        chosen = body or MoveForm(viewer=viewer, initial={"matter": matter}).body_for(matter)
        return rules_for(viewer.standing, chosen, matter) if chosen else None

    def next_url(self, answer: Answer) -> str:
        """The motion that was moved; the draft of it is gone."""
        draft = self._draft(self.request.POST.get("draft"))
        if draft is not None:
            draft.delete()
        return reverse("motion", args=[f"mo-{answer.entry['n']}"])


def _barred(viewer: Viewer, rules: MotionRules | None) -> list[dict[str, Any]]:
    """Why a motion in this body is not the viewer's to move; nothing where it is, or where only something else is missing."""
    if rules is None:
        return []
    verdict, _seat = tried(viewer, "motion.move", body=rules.body, matter=rules.matter, text="...")
    return [] if is_yours(verdict) else reasons(verdict)


def known_matters(viewer: Viewer) -> list[tuple[str, str, list[Any]]]:
    """The bodies with the matters that they decide, each once: seat, title, matters; the viewer's own bodies first."""
    standing = viewer.standing
    found = []
    mine = units_of(viewer)
    for seat in all_bodies(standing, mine):
        unit = seat.partition("@")[2]
        # An election begins with nominations, not with a motion; a body of another unit is not one's own.
        matters = [one for one in matters_of(standing, seat) if not one.name.startswith(ELECTION)]
        if matters and (not unit or unit in mine):
            found.append((seat, seat_said(standing, seat), matters))
    return sorted(found, key=lambda line: line[0] not in viewer.seats)


def _holders(viewer: Viewer, matter: str) -> list[str]:
    """Names that a field for a person offers: those who hold the seat a removal is about."""
    prefix = next((start for start in (REMOVAL, APPOINTMENT) if matter.startswith(start)), "")
    if not prefix:
        return []
    seat, today = matter[len(prefix) :], viewer.standing.today
    held = (each for each in viewer.standing.state.mandates.values() if each.seat.partition("@")[0] == seat)
    return sorted({viewer.name(each.person) for each in held if each.is_valid_on(today)})[:200]


@not_live
def drafts(request: HttpRequest) -> HttpResponse:
    """The viewer's drafts."""
    found = MotionDraft.objects.filter(person=request.viewer.person)
    return render(request, "motions/drafts.html", {"drafts": found})


@takes_post
@not_live
@require_POST
def discard(request: HttpRequest, number: int) -> HttpResponse:
    """Discards one of the viewer's drafts."""
    MotionDraft.objects.filter(person=request.viewer.person, pk=min(number, 2**62)).delete()
    messages.success(request, _now("The draft is discarded."))
    return HttpResponseRedirect(reverse("motion-drafts"))


class AboutMotion(ActPage):
    """An act about one motion, confirmed on a page of its own."""

    template_name = "motions/act.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Knows the motion before anything else."""
        self.motion = self.found(request.viewer, kwargs["id"])
        return super().dispatch(request, *args, **kwargs)

    def found(self, viewer: Viewer, id: str) -> Motion:
        """The motion; raises Http404 where there is none."""
        motion = viewer.standing.state.motions.get(id)
        if motion is None:
            raise Http404
        return motion

    def context(self) -> dict[str, Any]:
        """The motion it is about."""
        return {"motion": self.motion, "cancel": reverse("motion", args=[self.motion.id])}

    def next_url(self, answer: Answer) -> str:
        """The motion."""
        return reverse("motion", args=[self.motion.id])


class Second(AboutMotion):
    """Seconding a motion."""

    form_class = SecondForm
    title = _("Second this motion")

    def initial(self) -> dict[str, Any]:
        """The motion."""
        return {"thing": self.motion.id}


class Withdraw(AboutMotion):
    """Withdrawing a motion."""

    form_class = WithdrawForm
    title = _("Withdraw this motion")

    def make_form(self, data: Any = None) -> ActForm:
        """The form, which knows the motion."""
        return WithdrawForm(data, viewer=self.request.viewer, motion=self.motion)
