"""Putting a question: to a body by poll, or an election to a meeting.

Lives here: the page on which a poll is opened. Not here: putting motions and questions of a meeting (`meetings`), nominations
(`elections`), what may be put (`engine.proceedings.putting`).

Invariant: what follows from the clause is filled in and said (how the vote is given, the default option, the last day); what
the clause leaves open is asked.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from isonomy.chamber.answers import Answer
from isonomy.engine.competence import ELECTION, competence_in
from isonomy.engine.lots import lot_of_secret
from isonomy.engine.proceedings.outcome import YES_NO
from isonomy.engine.vacant import vacant_count
from isonomy.engine.words import title_of
from isonomy.kernel.canonical import Json
from isonomy.rulebook.model import Procedure
from isonomy.web.asking import SeatedForm
from isonomy.web.desk import ActForm, ActPage
from isonomy.web.not_here import NothingNamed
from isonomy.web.polls.lots import secret_for
from isonomy.web.viewer import Viewer


class PutForm(SeatedForm):
    """Opens a poll: what is asked, of whom, until when."""

    act_name = "poll.open"
    question = forms.CharField(
        label=_("The question"), max_length=300, help_text=_("As it will stand on the ballot and in the minutes.")
    )

    def __init__(self, data: Any = None, *, about: dict[str, str], **kwargs: Any) -> None:
        self.about = about
        super().__init__(data, **kwargs)
        found = competence_in(self.viewer.standing.rulebook, about["body"], about["matter"])
        self.procedure: Procedure | None = found.procedure if found is not None else None
        self.clause = found.place.clause if found is not None else ""
        self.is_choice = self.procedure is not None and (
            self.procedure.counting != YES_NO or about["matter"].startswith(ELECTION)
        )
        if self.is_choice and not about.get("election"):
            self._ask_options()
        if self.procedure is None or not self.procedure.secrecy:
            self._ask_secrecy()
        if self.is_by_poll:
            self._ask_last_day()

    @property
    def is_by_poll(self) -> bool:
        """Whether the matter is decided by a poll outside meetings."""
        return self.procedure is not None and self.procedure.taken == "poll"

    @property
    def elects(self) -> bool:
        """Whether persons stand."""
        return self.about["matter"].startswith(ELECTION)

    def _ask_options(self) -> None:
        if self.elects:
            self.fields["candidates"] = forms.CharField(
                label=_("Who stands"), widget=forms.Textarea(attrs={"rows": 6}), max_length=20_000,
                help_text=_("One on a line: the name as the roll has it, or the member's id."),
            )  # fmt: skip
            vacant = _vacant(self.viewer, self.about.get("seat", ""), self.about["body"])
            self.fields["seats"] = forms.IntegerField(
                label=_("How many are elected"), min_value=1, max_value=1000, initial=vacant
            )
        else:
            self.fields["choices"] = forms.CharField(
                label=_("The options"), widget=forms.Textarea(attrs={"rows": 6}), max_length=20_000,
                help_text=_("One on a line, in the order of the paper. The default option of the clause is added."),
            )  # fmt: skip

    def _ask_secrecy(self) -> None:
        ways = [("secret", _("By secret ballot")), ("named", _("By name, in the record"))]
        if not self.is_by_poll:
            ways.append(("by show of hands", _("By show of hands")))
        self.fields["secrecy"] = forms.ChoiceField(
            label=_("How the vote is given"), choices=ways, widget=forms.RadioSelect
        )

    def _ask_last_day(self) -> None:
        polling = self.procedure.polling if self.procedure is not None else None
        day = self.viewer.standing.day
        least = polling.after(day) if polling is not None else day
        hint = (
            _("Ballots are taken through this day. The clause asks for %(time)s.") % {"time": polling}
            if polling
            else ""
        )
        entry = forms.DateInput(attrs={"type": "date", "min": least.isoformat()})
        self.fields["closes_on"] = forms.DateField(
            label=_("The last day"), initial=least, help_text=hint, widget=entry, required=polling is not None
        )

    def clean_candidates(self) -> list[str]:
        """The members who are named, by id."""
        return [member_named(self.viewer, line) for line in _lines(self.cleaned_data["candidates"])]

    def clean_choices(self) -> list[str]:
        """The options, one a line."""
        return _lines(self.cleaned_data["choices"])

    def fields_of_act(self) -> dict[str, Json]:
        """Body, matter, question, options, and a lot where ties go to one."""
        data = self.cleaned_data
        found: dict[str, Json] = {key: value for key, value in self.about.items() if value}
        found["question"] = data["question"]
        options: list[Json] = [{"name": person, "person": person} for person in data.get("candidates", [])]
        options += [{"name": name} for name in data.get("choices", [])]
        default = self.procedure.default_option if self.procedure is not None else ""
        if default and self.is_choice and not self.about.get("election"):
            options = [option for option in options if str(option["name"]).casefold() != default.casefold()]
            options.append({"name": default, "default": True})
        if options:
            found["options"] = options
        if data.get("closes_on"):
            found["closes_on"] = data["closes_on"].isoformat()
        if data.get("secrecy"):
            found["secrecy"] = data["secrecy"]
        if self._needs_lot(str(found.get("secrecy", ""))):
            found["lot"] = lot_of_secret(secret_for(self.viewer.standing.state.origin, data["act_id"]))
        if data.get("seats", 1) != 1:
            found["seats"] = data["seats"]
        return found

    def _needs_lot(self, told: str) -> bool:
        """Whether a lot is published with the question: of a secret poll whose ties go to one."""
        procedure = self.procedure
        if procedure is None or procedure.tie != "lot" or self.about.get("election"):
            return False
        return (procedure.secrecy or told) == "secret"


class Put(ActPage):
    """Opening a poll."""

    form_class = PutForm
    template_name = "polls/put.html"
    title = _("Open a poll")

    def make_form(self, data: Any = None) -> ActForm:
        """The form about what the address names."""
        return PutForm(data, viewer=self.request.viewer, about=self._about(), initial=self.initial())

    def initial(self) -> dict[str, Any]:
        """The question as the motion or the election suggests it."""
        state = self.request.standing.state
        about = self._about()
        motion = state.motions.get(about.get("motion", ""))
        if motion is not None:
            return {"question": " ".join(motion.text.split())[:300]}
        if about.get("seat"):
            rulebook = self.request.standing.rulebook
            return {"question": str(_("Election of %(seat)s") % {"seat": title_of(rulebook, about["seat"])})}
        return {}

    def context(self) -> dict[str, Any]:
        """What is put, and the clause."""
        about = self._about()
        form = PutForm(viewer=self.request.viewer, about=about)
        return {"about": about, "procedure": form.procedure, "clause_of": form.clause, "is_by_poll": form.is_by_poll}

    def next_url(self, answer: Answer) -> str:
        """The poll that was opened."""
        return reverse("poll", args=[f"po-{answer.entry['n']}"])

    def _about(self) -> dict[str, str]:
        """What the address says the poll is about; raises `NothingNamed` where it names nothing that can be put."""
        asked, state = self.request.GET, self.request.standing.state
        keys = ("body", "matter", "motion", "amendment", "meeting", "election", "seat")
        about = {key: asked.get(key, "").strip()[:120] for key in keys}
        election, motion = state.elections.get(about["election"]), state.motions.get(about["motion"])
        if election is not None:
            about |= {
                "body": election.body,
                "matter": ELECTION + election.seat.partition("@")[0],
                "seat": election.seat,
            }
            about["meeting"] = about["meeting"] or (election.meeting if self._is_open(election.meeting) else "")
        elif motion is not None:
            about |= {"body": motion.body, "matter": motion.matter}
        if not about["body"] or not about["matter"]:
            raise NothingNamed(
                str(_("Nothing is named that could be put to the vote.")),
                str(_("begin from a motion, an election or a meeting")), reverse("motions"), str(_("To the motions")),
            )  # fmt: skip
        if about["matter"].startswith(ELECTION) and not about["seat"]:
            about["seat"] = about["matter"].removeprefix(ELECTION)
        return {key: value for key, value in about.items() if value}

    def _is_open(self, meeting: str) -> bool:
        found = self.request.standing.state.meetings.get(meeting)
        return found is not None and found.standing == "open"


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def member_named(viewer: Viewer, line: str) -> str:
    """The member whom a line names by id or by name; raises `ValidationError`."""
    state, today = viewer.standing.state, viewer.standing.today
    if line in state.persons:
        return line
    wanted = line.casefold()
    found = [
        person.id for person in state.persons.values()
        if person.is_member_on(today) and viewer.name(person.id).casefold() == wanted
    ]  # fmt: skip
    if len(found) == 1:
        return found[0]
    if found:
        raise forms.ValidationError(_("%(name)s is the name of several members; write the id.") % {"name": line})
    raise forms.ValidationError(_("No member is called %(name)s.") % {"name": line})


def _vacant(viewer: Viewer, seat: str, body: str) -> int:
    """How many seats are vacant today, at least one."""
    standing = viewer.standing
    edition = standing.edition.id if standing.edition is not None else ""
    return max(1, vacant_count(standing.state, edition, seat, body, standing.today) or 1)
