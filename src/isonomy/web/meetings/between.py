"""Rulings as pages: all of them, one of them; ruling between meetings on a motion, and appealing against that.

Lives here: these pages. Not here: ruling, appealing and deciding at a meeting (`rulings`), what a ruling may read
(`engine.ruling`).

Invariant: where the rulebook lets nobody rule between meetings there is no page for it; whether a ruling or an appeal is possible
the engine says.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy

from isonomy.chamber.answers import Answer
from isonomy.engine.competence import RULING
from isonomy.engine.motion import Motion
from isonomy.engine.ruling import APPEALED, LATE_AMENDMENT, MADE, READINGS, Ruling
from isonomy.kernel.canonical import Json
from isonomy.web.asking import is_yours, tried
from isonomy.web.desk import ActForm, ActPage
from isonomy.web.meetings.for_all_cases import general_by, may_enter
from isonomy.web.meetings.rulings import READING_WORDS, AppealForm, RulingForm, known_ruling, lines_of
from isonomy.web.organisation import Standing
from isonomy.web.viewer import Viewer

ON_A_PAGE = 25
BETWEEN = tuple(name for name, reading in READINGS.items() if reading.of == "motion" and name != LATE_AMENDMENT)
"""The readings that can be made between meetings: those on a motion, but for what belongs to the open meeting."""


def has_between(standing: Standing) -> bool:
    """Whether the rulebook in force lets an office rule between meetings."""
    rule = standing.rulebook.ruling if standing.edition is not None else None
    return rule is not None and bool(rule.between) and rule.appeal is not None


def may_rule_on(viewer: Viewer, motion: Motion) -> bool:
    """Whether a ruling between meetings on a motion is the viewer's to make, but for what the page asks."""
    if not viewer.is_member or not has_between(viewer.standing):
        return False
    return is_yours(tried(viewer, "ruling.make", **_sample(viewer.standing, motion))[0])


def _sample(standing: Standing, motion: Motion) -> dict[str, Json]:
    place = standing.state.rulebook(motion.edition).bodies[motion.body.partition("@")[0]].place
    return {"motion": motion.id, "clause": place.clause_of("meets"), "line": place.line_of("meets"), "words": "?"}


def rulings(request: HttpRequest) -> HttpResponse:
    """All rulings, the latest first."""
    standing = request.standing
    found = list(reversed(standing.state.rulings.values()))
    rule = standing.rulebook.ruling if standing.edition is not None else None
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "page": page, "rule": rule if has_between(standing) else None, "may_enter": may_enter(request.viewer),
        "general": rule if general_by(standing) else None,
    }  # fmt: skip
    return render(request, "meetings/rulings.html", shown)


def ruling(request: HttpRequest, id: str) -> HttpResponse:
    """One ruling: its words, what it reads and binds, how long it may be appealed, and what became of it."""
    viewer: Viewer = request.viewer
    found = known_ruling(request, id)
    shown = {
        "ruling": found, "reading": READING_WORDS.get(found.reading, found.reading), "motion": _motion_of(viewer, found),
        "may_appeal": _may_appeal(viewer, found), "is_open": found.standing == MADE and bool(found.appealable_until)
        and viewer.standing.today <= found.appealable_until,
        "hears": (found.appeal_to or found.body) if found.standing == APPEALED else "", "calls": _calls(viewer, found),
        "meetings": _meetings_on(viewer.standing, found),
    }  # fmt: skip
    return render(request, "meetings/one_ruling.html", shown)


def _motion_of(viewer: Viewer, found: Ruling) -> Motion | None:
    return viewer.standing.state.motions.get(found.motion)


def _may_appeal(viewer: Viewer, found: Ruling) -> bool:
    return found.standing == MADE and viewer.is_member and not _grounds_against(viewer, found)


def _grounds_against(viewer: Viewer, found: Ruling) -> tuple[Any, ...]:
    """What the engine has against an appeal of the viewer; nothing where it may be lodged."""
    verdict, _seat = tried(viewer, "ruling.appeal", ruling=found.id)
    return getattr(verdict, "grounds", ())


def _meetings_on(standing: Standing, found: Ruling) -> list[str]:
    """The meetings to come, or under way, at which an appeal can be decided."""
    if found.standing != APPEALED:
        return []
    return [
        meeting.id
        for meeting in standing.state.meetings.values()
        if meeting.body == (found.appeal_to or found.body)
        and meeting.standing in ("called", "open", "adjourned")
        and (RULING in meeting.matters or meeting.id == found.meeting)
    ]


def _calls(viewer: Viewer, found: Ruling) -> str:
    """The page on which the body that hears the appeal is called, with the matter filled in; "" where that is no need."""
    if found.standing != APPEALED or _meetings_on(viewer.standing, found):
        return ""
    seat = found.appeal_to or found.body
    return f"{reverse('meeting-call-body', args=[seat])}?{urlencode({'matters': RULING})}"


class BetweenForm(RulingForm):
    """Which line is read how, about the motion of the page."""

    def __init__(self, *args: Any, motion: Motion, standing: Standing, **kwargs: Any) -> None:
        rulebook = standing.state.rulebook(motion.edition)
        body = rulebook.bodies[motion.body.partition("@")[0]]
        super().__init__(*args, body=body, rulebook=rulebook, matters=(), motions=[motion], readings=BETWEEN, **kwargs)
        for name in ("motion", "matter", "within"):
            del self.fields[name]
        self.about = motion

    def fields_of_act(self) -> dict[str, Json]:
        """Clause, line, reading and words; the motion is that of the page."""
        self.cleaned_data["motion"] = self.about.id
        return super().fields_of_act()


class Make(ActPage):
    """Ruling on a motion between meetings."""

    template_name = "meetings/ruling_between.html"
    title = gettext_lazy("Rule on a motion, between meetings")
    button = gettext_lazy("Rule so")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Knows the motion; there is no such page where no clause has such rulings."""
        found = request.standing.state.motions.get(kwargs["id"])
        if found is None or not has_between(request.standing):
            raise Http404
        self.motion = found
        return super().dispatch(request, *args, **kwargs)

    def make_form(self, data: Any = None) -> ActForm:
        """The form about this motion."""
        standing = self.request.standing
        rulebook = standing.state.rulebook(self.motion.edition)
        return BetweenForm(
            data, viewer=self.request.viewer, known={"motion": self.motion.id}, lines=lines_of(rulebook), motion=self.motion,
            standing=standing,
        )  # fmt: skip

    def context(self) -> dict[str, Any]:
        """The motion, who rules and who hears the appeal."""
        rule = self.request.standing.rulebook.ruling
        assert rule is not None
        return {"motion": self.motion, "rule": rule, "cancel": reverse("motion", args=[self.motion.id])}

    def next_url(self, answer: Answer) -> str:
        """The ruling."""
        return reverse("ruling", args=[f"ru-{answer.entry['n']}"])


class Appeal(ActPage):
    """Appealing against a ruling made between meetings."""

    template_name = "meetings/ruling_appeal.html"
    title = gettext_lazy("Appeal against a ruling")
    button = gettext_lazy("Appeal")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Knows the ruling."""
        self.ruling = known_ruling(request, kwargs["id"])
        return super().dispatch(request, *args, **kwargs)

    def make_form(self, data: Any = None) -> ActForm:
        """Why one appeals."""
        return AppealForm(data, viewer=self.request.viewer, known={"ruling": self.ruling.id})

    def context(self) -> dict[str, Any]:
        """The ruling in its words, and who hears the appeal."""
        return {
            "ruling": self.ruling, "hears": self.ruling.appeal_to or self.ruling.body,
            "cancel": reverse("ruling", args=[self.ruling.id]),
        }  # fmt: skip

    def next_url(self, answer: Answer) -> str:
        """The ruling, now under appeal."""
        return reverse("ruling", args=[self.ruling.id])


def rulings_on(standing: Standing, motion: str) -> list[Ruling]:
    """The rulings about a motion, the latest first."""
    return [found for found in reversed(standing.state.rulings.values()) if found.motion == motion]
