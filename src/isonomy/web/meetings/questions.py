"""Questions at a meeting: put to the vote, answered by a show of hands, amendments in their order.

Lives here: putting, the tellers' figures, the order of amendments. Not here: casting ballots and counting them (the pages of
polls), moving motions (the pages of motions).

Invariant: the question stands on the page as it will be put; what a show of hands brings follows from the figures alone.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from isonomy.chamber.answers import Answer
from isonomy.engine.competence import ADJOURNMENT, URGENCY, competence_in
from isonomy.engine.proceedings.outcome import BY_TOTALS, YES_NO, procedure_for
from isonomy.engine.proceedings.question import HANDS, NAMED, SECRET
from isonomy.engine.state import Poll
from isonomy.kernel.canonical import Json
from isonomy.rulebook.model import Procedure
from isonomy.web.meetings.business import QUESTION_MAX, change_of, question_of
from isonomy.web.meetings.chair import MeetingAct
from isonomy.web.meetings.forms import NAME_MAX, SeatForm
from isonomy.web.meetings.matters import in_words
from isonomy.web.not_here import NotHere, NothingNamed
from isonomy.web.organisation import Standing

SECRECIES = (
    (HANDS, gettext_lazy("By show of hands")),
    (NAMED, gettext_lazy("By named vote: who voted how stands in the record")),
    (SECRET, gettext_lazy("By secret ballot")),
)
HANDS_MAX = 10_000_000


# -- putting -----------------------------------------------------------------------------------------------


class PutForm(SeatForm):
    """The question, and how the vote is given where no clause says so."""

    act_name = "poll.open"
    sample: dict[str, Json] = {"question": "?"}  # noqa: RUF012
    question = forms.CharField(label=gettext_lazy("The question as you will put it"), max_length=QUESTION_MAX)
    secrecy = forms.ChoiceField(
        label=gettext_lazy("How the vote is given"), choices=SECRECIES, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, procedure: Procedure | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.procedure = procedure
        if procedure is not None and procedure.secrecy:
            del self.fields["secrecy"]

    def clean_question(self) -> str:
        """One line."""
        return " ".join(str(self.cleaned_data["question"]).split())

    def fields_of_act(self) -> dict[str, Json]:
        """Question and secrecy."""
        found: dict[str, Json] = {"question": self.cleaned_data["question"]}
        if self.cleaned_data.get("secrecy"):
            found["secrecy"] = self.cleaned_data["secrecy"]
        return found


class Put(MeetingAct):
    """Putting a motion, an amendment or a question to the vote."""

    template_name = "meetings/put.html"
    title = gettext_lazy("Put to the vote")
    button = gettext_lazy("Put this question")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Knows what is put; raises `NothingNamed` where the address names none."""
        state = request.standing.state
        self.motion = state.motions.get(request.GET.get("motion", ""))
        self.amendment = state.amendments.get(request.GET.get("amendment", ""))
        self.matter = self.motion.matter if self.motion is not None else request.GET.get("matter", "")[:NAME_MAX]
        if not self.matter or (request.GET.get("amendment") and self.amendment is None):
            raise NothingNamed(
                _("It is not said which motion or matter is put to the vote."),
                _("choose it on the page of the meeting, where every item has its question"),
                reverse("meeting", args=[kwargs["id"]]), _("To the meeting"),
            )  # fmt: skip
        if self.motion is not None and request.GET.get("matter"):
            self.matter = request.GET["matter"][:NAME_MAX]
        return super().dispatch(request, *args, **kwargs)

    def known(self) -> dict[str, Json]:
        """What is put, where."""
        return {
            "body": self.meeting.body, "meeting": self.meeting.id, "matter": self.matter,
            "motion": self.motion.id if self.motion is not None else "",
            "amendment": self.amendment.id if self.amendment is not None else "",
        }  # fmt: skip

    def make_form(self, data: Any = None) -> Any:
        """The form, with what the procedure of the matter leaves open."""
        competence = competence_in(self.request.standing.rulebook, self.meeting.body, self.matter)
        self.procedure = competence.procedure if competence is not None else None
        return PutForm(
            data, viewer=self.request.viewer, known=self.known(), initial=self.initial(), procedure=self.procedure,
        )  # fmt: skip

    def initial(self) -> dict[str, Any]:
        """The words of the motion or amendment; a show of hands."""
        return {"question": self._words(), "secrecy": HANDS}

    def _words(self) -> str:
        if self.amendment is not None:
            found = self.amendment
            if found.text:
                return (_("Shall the whole text read: %(text)s") % {"text": found.text})[:QUESTION_MAX]
            if not found.becomes:
                return (_("Shall this be struck out: %(passage)s") % {"passage": found.passage})[:QUESTION_MAX]
            words = {"passage": found.passage, "becomes": found.becomes}
            return " ".join((_("Shall “%(passage)s” become “%(becomes)s”?") % words).split())[:QUESTION_MAX]
        if self.motion is not None and self.matter == self.motion.matter:
            return question_of(self.motion)
        words = {"matter": in_words(self.request.standing, self.matter)}
        if self.motion is not None:
            kind = _("Shall the meeting take it as urgent") if self.matter == URGENCY else _("Shall it be withdrawn")
            return f"{kind}: {question_of(self.motion)}"[:QUESTION_MAX]
        return _("Shall the meeting adjourn?") if self.matter == ADJOURNMENT else _("%(matter)s?") % words

    def context(self) -> dict[str, Any]:
        """The words that are voted on."""
        return super().context() | {
            "motion": self.motion, "amendment": self.amendment, "matter_name": self.matter, "procedure": self.procedure,
            "parts": self._parts(),
        }  # fmt: skip

    def _parts(self) -> tuple[str, str] | None:
        """What of the motion stands before and after the passage that is amended; None where it stands there not once."""
        if self.motion is None or self.amendment is None or not self.amendment.passage:
            return None
        before, found, after = self.motion.text.partition(self.amendment.passage)
        return (before, after) if found else None

    def next_url(self, answer: Answer) -> str:
        """To the figures where hands are shown, else to the poll."""
        id = f"po-{answer.entry['n']}"
        effects: Any = answer.entry["effects"]
        if any(made.get("secrecy") == HANDS for made in effects):
            return reverse("meeting-declare", args=[self.meeting.id, id])
        try:
            return reverse("poll", args=[id])
        except NoReverseMatch:
            return super().next_url(answer)


# -- a show of hands ---------------------------------------------------------------------------------------


class HandsForm(SeatForm):
    """What the tellers counted: for, against, abstaining; or how many for each option."""

    act_name = "poll.declare"

    def __init__(self, *args: Any, poll: Poll, casting: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.poll = poll
        for name, label in self.asked():
            self.fields[name] = forms.IntegerField(label=label, min_value=0, max_value=HANDS_MAX)
        if casting:
            self.fields["casting_vote"] = forms.ChoiceField(
                label=_("Casting vote, at a tie alone"), required=False, widget=forms.RadioSelect,
                choices=[("", _("none")), ("for", _("for")), ("against", _("against"))],
            )  # fmt: skip

    def asked(self) -> list[tuple[str, str]]:
        """The figures that are asked for, with their labels."""
        if self.poll.counting == YES_NO:
            return [("for", _("For")), ("against", _("Against")), ("abstain", _("Abstaining"))]
        return [(f"option-{number}", option.name) for number, option in enumerate(self.poll.options, start=1)]

    def fields_of_act(self) -> dict[str, Json]:
        """The tallies, and the winners that follow from them."""
        data = self.cleaned_data
        if self.poll.counting == YES_NO:
            found: dict[str, Json] = {"tallies": {name: data[name] for name, _label in self.asked()}}
        else:
            totals = {number: data[f"option-{number}"] for number in range(1, len(self.poll.options) + 1)}
            order = sorted(totals, key=lambda number: (-totals[number], number))
            found = {
                "tallies": {"totals": {str(number): total for number, total in totals.items()}, "ballots": sum(totals.values())},
                "winners": sorted(order[: self.poll.seats]),
            }  # fmt: skip
        if data.get("casting_vote"):
            found["casting_vote"] = data["casting_vote"]
        return found | {"rule": self.poll.counting}


class Declare(MeetingAct):
    """Entering a show of hands: the result is derived by the engine."""

    title = gettext_lazy("Enter the show of hands")
    button = gettext_lazy("Declare the result")
    template_name = "meetings/declare.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Knows the poll; raises `BadInput` for one that is not answered by show of hands here."""
        found = request.standing.state.polls.get(kwargs["poll"])
        if found is None or found.meeting != kwargs["id"] or found.secrecy != HANDS or not _is_simple(found):
            raise NotHere(
                _("no question '%(poll)s' waits here for a show of hands") % {"poll": kwargs["poll"][:40]}, "poll",
                _("look at the chair's page of the meeting"),
            )  # fmt: skip
        self.poll = found
        return super().dispatch(request, *args, **kwargs)

    def known(self) -> dict[str, Json]:
        """The poll."""
        return {"poll": self.poll.id}

    def make_form(self, data: Any = None) -> Any:
        """The figures that its counting asks for."""
        return HandsForm(
            data, viewer=self.request.viewer, known=self.known(), poll=self.poll,
            casting=bool(_casting_office(self.request.standing, self.poll)),
        )  # fmt: skip

    def context(self) -> dict[str, Any]:
        """The question, and how many may vote."""
        return super().context() | {"poll": self.poll, "roll": len(self.poll.roll or ())}


def _is_simple(poll: Poll) -> bool:
    return (poll.counting == YES_NO and len(poll.options) < 2) or (poll.counting in BY_TOTALS and bool(poll.options))


def _casting_office(standing: Standing, poll: Poll) -> str:
    """The office to which the clause gives a casting vote in this poll; "" where it gives none."""
    procedure, _clause = procedure_for(standing.state, poll, poll.editions[0], poll.matter)
    return procedure.casting_vote if procedure is not None else ""


# -- the order of amendments -------------------------------------------------------------------------------


class OrderForm(SeatForm):
    """In which order amendments are put: a number for each, the one that goes furthest first."""

    act_name = "amendment.order"

    def __init__(self, *args: Any, amendments: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ids = [found.id for found in amendments]
        for place, found in enumerate(amendments, start=1):
            self.fields[found.id] = forms.IntegerField(
                label=change_of(found), min_value=1, max_value=len(amendments),
                initial=place, help_text=found.id,
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Each place is taken once."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        places = [data[id] for id in self.ids if id in data]
        if len(set(places)) != len(places):
            self.add_error(None, _("Give each amendment a place of its own."))
        return data

    def fields_of_act(self) -> dict[str, Json]:
        """The amendments in their order."""
        order: list[Json] = []
        order += sorted(self.ids, key=lambda id: self.cleaned_data[id])
        return {"amendments": order}


class Order(MeetingAct):
    """Laying down the order in which amendments are put."""

    title = gettext_lazy("Lay down the order of amendments")
    button = gettext_lazy("Lay down this order")
    lead = gettext_lazy("The one that goes furthest from the motion is put first: give it the number 1.")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Knows the motion; raises `BadInput` where there is none."""
        found = request.standing.state.motions.get(kwargs["motion"])
        if found is None:
            raise NotHere(
                _("there is no motion '%(motion)s'") % {"motion": kwargs["motion"][:40]}, "motion",
                _("begin from the chair's page of the meeting"),
            )  # fmt: skip
        self.motion = found
        return super().dispatch(request, *args, **kwargs)

    def known(self) -> dict[str, Json]:
        """The motion."""
        return {"motion": self.motion.id}

    def make_form(self, data: Any = None) -> Any:
        """A place for each amendment that stands, in the order laid down so far."""
        state = self.request.standing.state
        standing = [found for found in state.amendments.values() if found.motion == self.motion.id and found.stands]
        order = {id: place for place, id in enumerate(self.motion.order)}
        standing.sort(key=lambda found: order.get(found.id, len(order)))
        return OrderForm(data, viewer=self.request.viewer, known=self.known(), amendments=standing)
