"""The desk: where a form becomes an act, and the engine's answer becomes a page.

Lives here: `ActForm` and `ActPage`, which every page that hands in an act builds on. Not here: which acts there are
(each app's forms), judging (`engine`), storing (`chamber`).

Invariant: an act bears the id drawn with its form, so that a form sent twice is one act; it is handed in by the member
who is signed in and by nobody else. A refusal leaves the form as it was filled in and says clause, facts and cure.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views import View

from isonomy.adapters.system import SystemEntropy
from isonomy.chamber.answers import Answer, Reply
from isonomy.chamber.completing import sealed
from isonomy.chamber.founding import draw_act_id, hours_from
from isonomy.chamber.ports import NO_PAPERS, Papers
from isonomy.chamber.submit import Sent
from isonomy.engine.explain import explain
from isonomy.engine.refusal import Refused
from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.canonical import Json
from isonomy.record.commitment import SALT_SIZE
from isonomy.web.live import not_live
from isonomy.web.passkeys import Proof, prepare, signed_sent
from isonomy.web.viewer import Viewer, look

_PERSON = re.compile(r"\bp-[a-z0-9]{4,32}\b")
GOOD_FOR_HOURS = 12
REFUSED_STATUS = 422
PREPARE = "X-Prepare"
"""The header with which a page asks for what it needs to sign a form's act."""


@dataclass(frozen=True)
class Grounds:
    """A refusal as a page shows it: its grounds, each with clause, demand, facts, cure; all of it where the log signed it."""

    grounds: Sequence[Mapping[str, Any]]
    signed: Mapping[str, Any] = field(default_factory=dict)

    @property
    def as_given(self) -> str:
        """The signed refusal as its author keeps it; "" for a verdict that was only tried out."""
        return json.dumps(dict(self.signed), ensure_ascii=False) if "signature" in self.signed else ""

    @classmethod
    def of(cls, verdict: Refused) -> Grounds:
        """The grounds of a verdict that was only tried out."""
        return cls(verdict.to_json("")["grounds"])


class ActForm(forms.Form):
    """A form that becomes one act. Subclasses say `act_name` and, where needed, `fields_of_act`."""

    act_name = ""
    act_id = forms.RegexField(r"^[0-9a-f]{32}$", widget=forms.HiddenInput)
    until = forms.RegexField(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", widget=forms.HiddenInput)
    expects = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)
    data: Any
    required_css_class = "required"
    error_css_class = "wrong"

    def __init__(self, data: Any = None, *, viewer: Viewer, **kwargs: Any) -> None:
        self.viewer = viewer
        initial = {"act_id": draw_act_id(SystemEntropy()), "until": hours_from(viewer.standing.at, GOOD_FOR_HOURS)}
        kwargs["initial"] = initial | (kwargs.get("initial") or {})
        super().__init__(data, **kwargs)

    def fields_of_act(self) -> dict[str, Json]:
        """The act's own keys from the cleaned form; the fields of the same names where not overridden."""
        own = {"act_id", "until", "expects"}
        return {
            name: value for name, value in self.cleaned_data.items() if name not in own and value not in (None, "", [])
        }

    def act(self) -> dict[str, Json]:
        """The act as it is handed in."""
        data = self.cleaned_data
        envelope: dict[str, Json] = {
            "id": data["act_id"],
            "log": self.viewer.standing.state.origin,
            "until": data["until"],
            "act": self.act_name,
            "by": self.viewer.person,
        }
        if data.get("expects") is not None:
            envelope["expects"] = data["expects"]
        return envelope | self.fields_of_act()

    def has_lapsed(self) -> bool:
        """Whether the time for which the form was good is over, and it was never handed in."""
        standing, data = self.viewer.standing, self.cleaned_data
        return str(data["until"]) < standing.at and data["act_id"] not in standing.state.acts

    def renew(self) -> None:
        """Makes it a form that can be sent: a new act with the same words."""
        self.data = self.data.copy()
        self.data["act_id"] = draw_act_id(SystemEntropy())
        self.data["until"] = hours_from(self.viewer.standing.at, GOOD_FOR_HOURS)

    def visible(self) -> list[forms.BoundField]:
        """The fields a person fills in."""
        return list(self.visible_fields())

    def wrong(self) -> list[tuple[str, str, str]]:
        """What is wrong with the form: the id of the field, its label, the reason."""
        found = [
            (field.id_for_label, str(field.label), str(error))
            for field in self.visible_fields()
            for error in field.errors
        ]
        hidden = [error for field in self.hidden_fields() for error in field.errors]
        return found + [("", "", str(error)) for error in [*self.non_field_errors(), *hidden]]


def hand_in(
    request: HttpRequest, act: dict[str, Json], *, proof: Proof | None = None, papers: Papers = NO_PAPERS
) -> Reply:
    """Hands in one act of the viewer, signed where a proof is brought, else attested by the sign-in.

    `papers` are ballots cast on paper that come with the close of a poll.
    Values written as `{"value": ..., "label": ..., "audience": ...}` are sealed. Returns the appender's reply; the
    request's viewer then sees the state with the new entry.
    """
    viewer: Viewer = request.viewer
    organisation = viewer.organisation
    if act.get("by") != viewer.person or not viewer.person:
        raise BadInput("an act is handed in by who is signed in", "by", "sign in as a member")
    again = _same_entry(viewer, act)
    if again is not None:
        return again
    if proof is not None:
        sent = signed_sent(viewer, proof, act)
    else:
        whole, kept = sealed(act, lambda place: SystemEntropy().draw(SALT_SIZE))
        sent = Sent(whole, {"kind": "attested"}, kept)
    if papers != NO_PAPERS:
        sent = replace(sent, box=papers.ballots, marked=papers.marked)
    (reply,) = organisation.submit([sent])
    look(request, organisation, organisation.standing())
    if isinstance(reply, Answer) and not reply.is_accepted:
        # A button pressed twice: the first of the two became an entry while the second was on its way.
        return _same_entry(request.viewer, act) or reply
    return reply


def _same_entry(viewer: Viewer, act: dict[str, Json]) -> Answer | None:
    """The answer given before, where this form was sent already: the same id, author and words, salts apart."""
    number = viewer.standing.state.acts.get(str(act.get("id")))
    if number is None:
        return None
    entry = viewer.organisation.entry(number)
    if not _is_same(viewer, act, entry["act"]):
        return None
    return Answer(str(act["id"]), "again", entry=entry)


def _is_same(viewer: Viewer, handed: Json, entered: Json) -> bool:
    if isinstance(handed, dict) and "value" in handed:
        kept = viewer.organisation.kept(entered)
        return kept is not None and kept.opening.value == handed["value"]
    if isinstance(handed, dict) and isinstance(entered, dict):
        return handed.keys() == entered.keys() and all(_is_same(viewer, handed[key], entered[key]) for key in handed)
    if isinstance(handed, list) and isinstance(entered, list):
        return len(handed) == len(entered) and all(
            _is_same(viewer, *pair) for pair in zip(handed, entered, strict=True)
        )
    return bool(handed == entered)


def told(viewer: Viewer, answer: Answer) -> str:
    """What an accepted act did, in a sentence or two, with the names the viewer may see."""
    if not answer.entry:
        return _("Your ballot lies in the box.")
    persons = {found for word in _words(answer.entry) for found in _PERSON.findall(word)}
    return explain(viewer.standing.state, answer.entry, viewer.names(persons))


def _words(value: Json) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [word for item in value.values() for word in _words(item)]
    return [word for item in value for word in _words(item)] if isinstance(value, list) else []


@not_live
class ActPage(View):
    """A page with a form that becomes an act: shown, sent, answered.

    Subclasses set `form_class`, `template_name` and `title`, and say where to go next in `next_url`.
    """

    form_class: type[ActForm]
    template_name = "design/act.html"
    title = ""
    button = ""

    def make_form(self, data: Any = None) -> ActForm:
        """The form, empty or as sent."""
        return self.form_class(data, viewer=self.request.viewer, initial=self.initial())

    def initial(self) -> dict[str, Any]:
        """What the form holds when it is first shown."""
        return {}

    def context(self) -> dict[str, Any]:
        """What the page shows beside the form."""
        return {}

    def next_url(self, answer: Answer) -> str:
        """Where to go when the act is an entry."""
        raise NotImplementedError

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The empty form."""
        return self.show(self.make_form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Hands the act in; shows the form again with the refusal, or goes on with what was done."""
        form = self.make_form(request.POST)
        is_to_sign = PREPARE in request.headers
        if not form.is_valid():
            return JsonResponse({}, status=REFUSED_STATUS) if is_to_sign else self.show(form, status=REFUSED_STATUS)
        if form.has_lapsed() and not is_to_sign:
            form.renew()
            says = _("this form lay open for more than %(hours)s hours, and was not handed in") % {
                "hours": GOOD_FOR_HOURS
            }
            fault = BadInput(says, "", _("read it once more and press the button again"))
            return self.show(form, fault=fault, status=REFUSED_STATUS)
        if is_to_sign:
            return self.prepared(form)
        try:
            reply = hand_in(request, form.act(), proof=Proof.of(request))
        except BadInput as fault:
            reply = fault
        if isinstance(reply, BadInput):
            return self.show(form, fault=reply, status=REFUSED_STATUS)
        if not reply.is_accepted:
            return self.show(form, refusal=Grounds(reply.refusal["grounds"], reply.refusal), status=REFUSED_STATUS)
        notify(request, reply)
        return HttpResponseRedirect(self.next_url(reply))

    def prepared(self, form: ActForm) -> HttpResponse:
        """What the browser needs to sign the act of this form; nothing is handed in yet."""
        try:
            answer = JsonResponse(prepare(self.request.viewer, form.act()))
        except BadInput as fault:
            answer = JsonResponse({"fault": fault.sentence()}, status=REFUSED_STATUS)
        answer["Cache-Control"] = "no-store"
        return answer

    def show(
        self, form: ActForm, *, refusal: Grounds | None = None, fault: BadInput | None = None, status: int = 200
    ) -> HttpResponse:
        """The page with the form as it stands."""
        shown = {
            "form": form, "refusal": refusal, "fault": fault, "title": self.title, "button": self.button or self.title,
        }  # fmt: skip
        return render(self.request, self.template_name, shown | self.context(), status=status)


def notify(request: HttpRequest, answer: Answer) -> None:
    """Says on the next page what was done, with its entry."""
    if not answer.entry:
        messages.success(request, told(request.viewer, answer))
        return
    auth = answer.entry["auth"]
    known = _("Signed with your key %(number)s.") % {"number": auth.get("credential")}
    if auth["kind"] != "signed":
        known = _("Attested by your sign-in.")
    tags = f"entry-{answer.entry['n']}"
    messages.success(request, f"{told(request.viewer, answer)} {known}", extra_tags=tags)
