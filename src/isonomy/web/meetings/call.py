"""Calling a meeting: which body, the plan with its days, the check, the call.

Lives here: these pages. Not here: the arithmetic of notice and who may call (`engine`), drawing the plan (`plan`).

Invariant: what may be called, and by when, is the engine's answer to the call as it would be handed in; a cure that names a
day or a matter is one press away.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from isonomy.chamber.answers import Answer
from isonomy.engine.competence import CALLING
from isonomy.engine.explain import explain
from isonomy.engine.occasions import Occasion, meetings_by_right, outstanding
from isonomy.engine.refusal import Accepted, Verdict
from isonomy.engine.roll import unit_lies_in
from isonomy.engine.state import State
from isonomy.engine.words import say_day
from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.canonical import Json
from isonomy.rulebook.model import Body
from isonomy.web.asking import in_best_seat, reasons
from isonomy.web.desk import REFUSED_STATUS, ActForm, ActPage, Grounds
from isonomy.web.meetings.asking import candidate
from isonomy.web.meetings.forms import CallForm, PlanForm
from isonomy.web.meetings.matters import in_words, matters_of
from isonomy.web.meetings.plan import plan_of, strip_of
from isonomy.web.not_here import NotHere
from isonomy.web.organisation import Standing
from isonomy.web.viewer import Viewer

USUAL_HOUR = "19:00"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


# -- which body --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Choice:
    """A body that somebody calls: whether the viewer may, else why not; its occasions and demands that wait for a call."""

    seat: str
    verdict: Verdict
    occasions: tuple[Occasion, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether the viewer may call it for some day."""
        return isinstance(self.verdict, Accepted)

    @property
    def grounds(self) -> list[dict[str, Json]]:
        """Why not."""
        return reasons(self.verdict)


def bodies_near(viewer: Viewer) -> list[str]:
    """The bodies of the organisation, and of units those in which the viewer is a member or holds a seat."""
    standing, found = viewer.standing, []
    for body in standing.rulebook.bodies.values():
        if not body.in_each:
            found.append(body.name)
        else:
            found += [f"{body.name}@{unit}" for unit in _units_near(viewer, body)]
    return found


def _units_near(viewer: Viewer, body: Body) -> list[str]:
    state = viewer.standing.state
    person = state.persons.get(viewer.person)
    own = {seat.partition("@")[2] for seat in viewer.seats} | ({person.unit} if person is not None else set())
    return [
        unit.id
        for unit in state.units.values()
        if unit.kind == body.in_each
        and not unit.closed_on
        and any(unit_lies_in(state, near, unit.id) for near in own if near)
    ]


def occasions_ahead(standing: Standing, seat: str) -> tuple[Occasion, ...]:
    """The days on which a body meets by right that no meeting has met and nobody called yet."""
    left = outstanding(standing.state, seat, meetings_by_right(standing.state, seat, standing.day))
    called = {
        found.by_right_on
        for found in standing.state.meetings.values()
        if found.body == seat and found.standing == "called"
    }
    return tuple(found for found in left if found.names_a_day and found.on.isoformat() not in called)[-2:]


def _choice(viewer: Viewer, seat: str) -> Choice:
    standing = viewer.standing
    matters = matters_of(standing, seat)
    named = [matters[0].name] if matters else ["other-business"]
    plan = plan_of(standing, seat, named)
    call: dict[str, Json] = {"body": seat, "starts": f"{plan.first}T23:59", "matters": list(named)}
    _act, verdict = best_call(viewer, call)
    occasions = occasions_ahead(standing, seat)
    if not isinstance(verdict, Accepted) and occasions:
        by_right = {"body": seat, "starts": f"{occasions[-1].on}T23:59", "by_right": occasions[-1].on.isoformat()}
        verdict = best_call(viewer, by_right)[1]
    return Choice(seat, verdict, occasions)


def choose(request: HttpRequest) -> HttpResponse:
    """Which body shall meet: those the viewer may call, and of the others who calls them."""
    viewer: Viewer = request.viewer
    choices = [_choice(viewer, seat) for seat in bodies_near(viewer)]
    choices = [choice for choice in choices if choice.is_open or _ever_meets(viewer.standing, choice.seat)]
    waiting = [found for found in viewer.standing.state.demands.values() if found.reached_on and not found.meeting]
    return render(
        request,
        "meetings/choose.html",
        {
            "yours": [choice for choice in choices if choice.is_open],
            "others": [choice for choice in choices if not choice.is_open],
            "demands": waiting,
        },
    )


def _ever_meets(standing: Standing, seat: str) -> bool:
    """Whether any clause lets a body meet: one that only votes outside meetings is not spoken of here."""
    meets = standing.rulebook.bodies[seat.partition("@")[0]].meets
    return bool(meets.by_right or meets.on_call_of or meets.on_demand)


# -- the call as an act ------------------------------------------------------------------------------------


def best_call(viewer: Viewer, call: dict[str, Json]) -> tuple[dict[str, Json], Verdict]:
    """The call as the viewer may hand it in: in the right seat, and on a decision where a body calls."""
    state, body = viewer.standing.state, str(call["body"]).partition("@")[0]
    first: tuple[dict[str, Json], Verdict] | None = None
    for decision in ["", *_decisions_to_call(state, viewer.standing.today, body)]:
        act = candidate(viewer, "meeting.call", **{**call, "decision": decision})
        verdict, seat = in_best_seat(viewer, act)
        act |= {"as": seat} if seat else {}
        if isinstance(verdict, Accepted):
            return act, verdict
        first = first or (act, verdict)
    assert first is not None
    return first


def _decisions_to_call(state: State, today: str, body: str) -> list[str]:
    used = {done.partition(" ")[0] for done in state.carried_out}
    return [
        found.id
        for found in state.decisions.values()
        if found.matter == CALLING + body
        and found.id not in used
        and found.standing_on(today) in ("in force", "ratified")
    ]


def foretold(viewer: Viewer, act: dict[str, Json], verdict: Verdict) -> str:
    """What an act would do, in sentences; "" for a refused one."""
    if not isinstance(verdict, Accepted):
        return ""
    entry: dict[str, Any] = {
        "local": viewer.standing.local, "act": act, "effects": list(verdict.effects), "clauses": list(verdict.clauses)
    }  # fmt: skip
    return explain(viewer.standing.state, entry, viewer.names([viewer.person]))


# -- the plan and the check --------------------------------------------------------------------------------


class Call(ActPage):
    """A call of one body: the plan; with `check` what will be handed in; then the call."""

    form_class = CallForm
    title = gettext_lazy("Call a meeting")
    button = gettext_lazy("Call this meeting")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Knows the body before anything else; raises `BadInput` where there is none."""
        self.seat = kwargs["seat"]
        known_body(request.standing, self.seat)
        self.matters = matters_of(request.standing, self.seat)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The plan, or the check of what is filled in."""
        if not request.GET.keys() & {"day", "matters", "other"}:
            return self._plan(PlanForm(initial=self._start(), matters=self.matters))
        plan = PlanForm(request.GET, matters=self.matters)
        if plan.is_valid() and "check" in request.GET:
            return self._check(plan.call())
        return self._plan(plan, was_sent="check" in request.GET)

    def make_form(self, data: Any = None) -> ActForm:
        """The call as it was checked."""
        return CallForm(data, viewer=self.request.viewer, known={"body": self.seat})

    def show(
        self, form: ActForm, *, refusal: Grounds | None = None, fault: BadInput | None = None, status: int = 200
    ) -> HttpResponse:
        """The check again, with the refusal that came on handing in."""
        if not form.is_valid():
            raise BadInput(_("the call came back other than it was shown"), "", _("begin the call again"))
        call = {key: value for key, value in form.act().items() if key in CALL_KEYS}
        return self._check(call, form=form, refusal=refusal, fault=fault, status=status)

    def next_url(self, answer: Answer) -> str:
        """The meeting that was called."""
        return reverse("meeting", args=[f"mt-{answer.entry['n']}"])

    def _start(self) -> dict[str, Any]:
        """What the plan holds when it is first shown: the first lawful day, the body's usual hour and place."""
        standing, query = self.request.standing, self.request.GET
        demand, by_right = query.get("demand", ""), query.get("by_right", "")
        asked = standing.state.demands.get(demand)
        matters = [matter.name for matter in self.matters if matter.waiting]
        if asked is not None:
            matters = list(asked.matters)
        known = {matter.name for matter in self.matters}
        matters += [name for name in query.getlist("matters") if name in known and name not in matters]
        before = [
            found for found in standing.state.meetings.values() if found.body == self.seat and "T" in found.starts
        ]
        start = {
            "matters": matters, "demand": demand, "by_right": by_right,
            "time": before[-1].starts[11:16] if before else USUAL_HOUR, "place": before[-1].place if before else "",
        }  # fmt: skip
        return start | {"day": by_right or plan_of(standing, self.seat, matters, demand=demand).first}

    def _plan(self, form: PlanForm, *, was_sent: bool = False) -> HttpResponse:
        standing = self.request.standing
        if form.is_bound:
            form.is_valid()
            chosen, day, demand = form.chosen(), form.cleaned_data.get("day"), form.cleaned_data.get("demand", "")
        else:
            chosen, day, demand = form.initial["matters"], None, form.initial["demand"]
        plan = plan_of(standing, self.seat, chosen, day, demand)
        shown = {
            "form": form, "seat_name": self.seat, "plan": plan, "strip": strip_of(plan, standing.day), "matters": self.matters,
            "was_sent": was_sent and bool(form.errors), "chosen": chosen, "body": known_body(standing, self.seat),
            "by_right": str(form["by_right"].value() or ""), "demand": standing.state.demands.get(demand),
        }  # fmt: skip
        return render(
            self.request, "meetings/call.html", shown, status=REFUSED_STATUS if was_sent and form.errors else 200
        )

    def _check(
        self,
        call: dict[str, Json],
        *,
        form: ActForm | None = None,
        refusal: Grounds | None = None,
        fault: BadInput | None = None,
        status: int = 200,
    ) -> HttpResponse:
        viewer: Viewer = self.request.viewer
        standing, starts, matters = viewer.standing, str(call["starts"]), list(call.get("matters") or [])
        act, verdict = best_call(viewer, {**call, "body": self.seat})
        if refusal is None and not isinstance(verdict, Accepted):
            refusal = Grounds(reasons(verdict))
        if form is None:
            initial = {key: act.get(key, "") for key in CALL_KEYS} | {"matters": " ".join(map(str, matters))}
            form = CallForm(
                viewer=viewer, known={"body": self.seat}, initial=initial | {"acting_as": act.get("as", "")}
            )
        plan = plan_of(standing, self.seat, matters, day_or_none(starts), str(call.get("demand") or ""))
        shown = {
            "form": form, "refusal": refusal, "fault": fault, "button": self.button, "seat_name": self.seat, "plan": plan,
            "strip": strip_of(plan, standing.day), "starts": starts, "place": call.get("place") or "", "act": act,
            "matters": [in_words(standing, str(matter)) for matter in matters], "is_accepted": isinstance(verdict, Accepted),
            "foretold": foretold(viewer, act, verdict), "by_right": call.get("by_right") or "",
            "back": f"{self.request.path}?{query_of(call)}",
            "remedies": remedies(self.request.path, call, refusal) if refusal else [],
        }  # fmt: skip
        return render(self.request, "meetings/check.html", shown, status=status)


CALL_KEYS = ("starts", "matters", "place", "by_right", "demand", "decision")


def known_body(standing: Standing, seat: str) -> Body:
    """The body of that name, in its unit; raises `BadInput` where there is none."""
    plain, _at, unit = seat.partition("@")
    found = standing.rulebook.bodies.get(plain)
    kind = standing.state.units[unit].kind if unit in standing.state.units else ""
    if found is None or found.in_each != kind or (unit and not kind):
        raise NotHere(
            _("there is no body '%(seat)s' here") % {"seat": seat[:60]}, "body", _("choose one from the list")
        )
    return found


def day_or_none(starts: str) -> Any:
    """The day of a civil time as a date; None where it is none."""
    from isonomy.kernel.calendar import parse_date

    try:
        return parse_date(starts[:10])
    except BadInput:
        return None


# -- the cure as a button ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Remedy:
    """What would mend a refused call, as a link that fills the form."""

    label: str
    href: str


def query_of(call: dict[str, Json], **changed: Json) -> str:
    """A call as the address of its plan."""
    whole = {**call, **changed}
    starts = str(whole["starts"])
    pairs = [("matters", str(matter)) for matter in whole.get("matters") or []]
    pairs += [("day", starts[:10]), ("time", starts[11:16])]
    pairs += [(key, str(whole[key])) for key in ("place", "by_right", "demand") if whole.get(key)]
    return urlencode(pairs)


def remedies(path: str, call: dict[str, Json], refusal: Grounds) -> list[Remedy]:
    """The cures of a refused call that change the form: another day, a matter left out or added."""
    found: dict[str, str] = {}
    starts, matters = str(call["starts"]), [str(matter) for matter in call.get("matters") or []]
    for ground in refusal.grounds:
        cure, missing = str(ground["cure"]), ground["facts"].get("missing", [])
        for day in _DAY.findall(cure)[:1]:
            changed = {"starts": day + starts[10:]}
            label = _("Call it for %(day)s") % {"day": say_day(day)}
            found[label] = query_of(call, **changed, **({"by_right": day} if cure.startswith("name ") else {}))
        for matter in matters:
            if cure.startswith(f"leave {matter} out"):
                label = _("Leave %(matter)s out") % {"matter": matter.replace("-", " ")}
                found[label] = query_of(call, matters=[other for other in matters if other != matter])
        if missing:
            found[_("Add what was demanded")] = query_of(call, matters=[*matters, *map(str, missing)])
    return [Remedy(label, f"{path}?{query}&check=1") for label, query in found.items()]
