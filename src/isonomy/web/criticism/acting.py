"""Writing a criticism, joining, answering, replying, opening, withdrawing.

Lives here: these forms and pages. Not here: whether it may be done (`engine`), what is shown of it (`listing`).

Invariant: before anything is handed in the page says who will see it, how it is known who wrote it, and when an answer is owed.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from isonomy.chamber.answers import Answer
from isonomy.engine.criticism import WORDS, Criticism
from isonomy.engine.owed_answers import rule_of
from isonomy.engine.state import day_of
from isonomy.engine.words import title_of
from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.canonical import Json
from isonomy.record.base64_text import to_base64
from isonomy.rulebook.provisions.criticism import CriticismRule
from isonomy.web.asking import SeatedForm
from isonomy.web.criticism.listing import answering, known, rules_of
from isonomy.web.criticism.listing import title_of as called
from isonomy.web.desk import ActForm, ActPage
from isonomy.web.motions.forms import plain_lines
from isonomy.web.viewer import Viewer

TEXT_MAX = 20_000
SALT = r"^[A-Za-z0-9+/]{43}=$"


def addressees(viewer: Viewer) -> list[tuple[str, CriticismRule]]:
    """Whom the viewer may address, in each unit where the seat stands in units, with the block that says so."""
    standing, found = viewer.standing, []
    for rule in rules_of(standing).values():
        for seat in rule.to:
            block = standing.rulebook.seat(seat)
            units = [unit.id for unit in standing.state.units.values() if unit.kind == (block.in_each if block else "")]
            names = [f"{seat}@{unit}" for unit in units] if block is not None and block.in_each else [seat]
            found += [(name, rule) for name in names]
    return found


class WriteForm(SeatedForm):
    """A criticism: to whom, about what, the words."""

    act_name = "criticism.make"
    to = forms.ChoiceField(label=_("To whom"))
    subject = forms.CharField(
        label=_("About"), max_length=300, required=False, help_text=_("In a line of your own; it may be left out.")
    )
    text = forms.CharField(
        label=_("Your words"), widget=forms.Textarea, max_length=TEXT_MAX,
        help_text=_("As you write them here, nobody alters or shortens them."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        standing = self.viewer.standing
        self.by_seat = dict(addressees(self.viewer))
        said = {name: title_of(standing.rulebook, name, standing.state.units) for name in self.by_seat}
        self.fields["to"].choices = [
            ("", _now("Choose")),
            *((name, said[name][:1].upper() + said[name][1:]) for name in said),
        ]

    def clean_text(self) -> str:
        """The words with line feeds alone, as the record writes them."""
        return plain_lines(self.cleaned_data["text"])

    def fields_of_act(self) -> dict[str, Json]:
        """The act's keys; words that the clause wants sealed are sealed for the members."""
        found = super().fields_of_act()
        rule = self.by_seat.get(str(found.get("to")))
        if rule is not None:
            found["rule"] = rule.name
        if rule is not None and rule.sealed_for is not None:
            found["sealed"] = {"value": found.pop("text"), "label": WORDS, "audience": "members"}
        return found


class Write(ActPage):
    """Writing a criticism, in a calm form."""

    form_class = WriteForm
    template_name = "criticism/write.html"
    title = _("Write a criticism")
    button = _("Hand it in")

    def initial(self) -> dict[str, Any]:
        """To whom, where the address says it."""
        return {"to": self.request.GET.get("to", "")}

    def context(self) -> dict[str, Any]:
        """What follows: who sees it, by when each answer would be owed today, and how critics are protected."""
        viewer: Viewer = self.request.viewer
        day = day_of(viewer.standing.today)
        told = []
        for rule in rules_of(viewer.standing).values():
            due = rule.answer_within.after(day).isoformat() if rule.answer_within else ""
            until = rule.protected_for.after(day).isoformat() if rule.protected_for else ""
            opens = rule.sealed_for.after(day).isoformat() if rule.sealed_for else ""
            told.append({"rule": rule, "due": due, "protected_until": until, "opens": opens})
        return {"told": told, "called": called(viewer.standing), "cancel": reverse("criticisms")}

    def next_url(self, answer: Answer) -> str:
        """The criticism that was made."""
        return reverse("criticism", args=[f"ct-{answer.entry['n']}"])


class OfOne(ActPage):
    """A page with a form about the criticism at this address."""

    template_name = "criticism/act.html"

    @property
    def criticism(self) -> Criticism:
        """The criticism at this address, or 404."""
        rules_of(self.request.standing)
        return known(self.request.standing.state, self.kwargs["id"])

    def make_form(self, data: Any = None) -> ActForm:
        """The form about it."""
        form = self.form_class(data, viewer=self.request.viewer, initial=self.initial())
        form.thing = self.criticism
        return form

    def context(self) -> dict[str, Any]:
        """The criticism."""
        found = self.criticism
        return {
            "criticism": found, "rule": rule_of(self.request.standing.state, found),
            "called": called(self.request.standing), "cancel": reverse("criticism", args=[found.id]),
            "words": found.text or self.request.viewer.sees({"c": found.sealed} if found.sealed else None),
        }  # fmt: skip

    def next_url(self, answer: Answer) -> str:
        """The criticism."""
        return reverse("criticism", args=[self.kwargs["id"]])


class ThingForm(SeatedForm):
    """A form about one criticism."""

    thing: Criticism

    def fields_of_act(self) -> dict[str, Json]:
        """The criticism, and what was filled in."""
        return {"criticism": self.thing.id} | super().fields_of_act()


class JoinForm(ThingForm):
    """Joining."""

    act_name = "criticism.join"


class Join(OfOne):
    """Standing behind another's criticism."""

    form_class = JoinForm
    title = _("Join this criticism")


class WithdrawForm(ThingForm):
    """Withdrawing, with the reason."""

    act_name = "criticism.withdraw"
    why = forms.CharField(label=_("Why"), max_length=300, required=False, help_text=_("In a line; it may be left out."))


class Withdraw(OfOne):
    """Standing behind it no longer."""

    form_class = WithdrawForm
    title = _("Withdraw your criticism")


class AnswerForm(ThingForm):
    """The answer: for which seat, the words; of a body those that it decided."""

    act_name = "criticism.answer"
    which = forms.ChoiceField(label=_("For whom you answer"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("The answer"), widget=forms.Textarea, max_length=TEXT_MAX, required=False,
        help_text=_("It stands beside the words it answers, and nobody judges it."),
    )  # fmt: skip

    def offer(self) -> None:
        """Fills in for whom the viewer may answer."""
        standing = self.viewer.standing
        self.possible = {f"{each.seat} {each.decision}".strip(): each for each in answering(self.viewer, self.thing)}
        choices = []
        for key, each in self.possible.items():
            said = title_of(standing.rulebook, each.seat, standing.state.units)
            words = _now("%(who)s, in the words it decided: %(words)s") % {"who": said, "words": each.text[:200]}
            choices.append((key, words if each.decision else said))
        self.fields["which"].choices = choices
        if len(choices) == 1:
            self.initial["which"] = choices[0][0]
        if choices and all(each.decision for each in self.possible.values()):
            del self.fields["text"]

    def clean(self) -> dict[str, Any]:
        """Asks for words where no body has decided them."""
        data: dict[str, Any] = super().clean() or {}
        chosen = self.possible.get(data.get("which", ""))
        if chosen is not None and not chosen.decision and not data.get("text"):
            self.add_error("text", _now("Write the answer."))
        return data

    def fields_of_act(self) -> dict[str, Json]:
        """The criticism, the seat, the words; the decision of a body that made them."""
        data = self.cleaned_data
        chosen = self.possible[data["which"]]
        found: dict[str, Json] = {"criticism": self.thing.id, "seat": chosen.seat}
        if chosen.decision:
            return found | {"decision": chosen.decision, "text": chosen.text}
        return found | {"text": plain_lines(data["text"])}


class AnswerIt(OfOne):
    """Answering."""

    form_class = AnswerForm
    title = _("Answer")

    def make_form(self, data: Any = None) -> ActForm:
        """The form, with the seats for which the viewer may answer; of those who may for none it says why."""
        form = super().make_form(data)
        form.offer()
        if data is not None and not form.possible:
            raise BadInput(
                _now("This is not yours to answer now."),
                "",
                _now("see on its page who owes the answer, and since when"),
            )
        return form

    def context(self) -> dict[str, Any]:
        """Whether the viewer may answer at all."""
        return super().context() | {"none": not answering(self.request.viewer, self.criticism)}


class ReplyForm(ThingForm):
    """The reply of a critic."""

    act_name = "criticism.rejoin"
    text = forms.CharField(label=_("Your reply"), widget=forms.Textarea, max_length=TEXT_MAX)

    def clean_text(self) -> str:
        """The words with line feeds alone."""
        return plain_lines(self.cleaned_data["text"])


class Reply(OfOne):
    """Replying to the last answer."""

    form_class = ReplyForm
    title = _("Reply to the answer")


class AvowForm(ThingForm):
    """Saying that one wrote it: with the salt that the keeper has given."""

    act_name = "criticism.avow"
    salt = forms.RegexField(
        SALT, label=_("The salt"),
        help_text=_("Whoever handed your words in keeps it, and owes it to you. It shows that the words are yours."),
    )  # fmt: skip


class Avow(OfOne):
    """Standing up for words that were handed in without one's name."""

    form_class = AvowForm
    title = _("Say that you wrote it")
    button = _("I wrote it")

    def make_form(self, data: Any = None) -> ActForm:
        """The form; words whose author is named have none."""
        if not self.criticism.author:
            raise Http404
        return super().make_form(data)


class OpenForm(ThingForm):
    """Opening sealed words: as they are kept."""

    act_name = "criticism.open"

    def fields_of_act(self) -> dict[str, Json]:
        """The words and their salt, from where they are kept beside the record."""
        kept = self.viewer.organisation.kept({"c": self.thing.sealed}) if self.thing.sealed else None
        if kept is None or kept.opening.value is None:
            raise BadInput(_now("The words are not kept here any more."), "", _now("ask the critic for them"))
        return {"criticism": self.thing.id, "text": kept.opening.value, "salt": to_base64(kept.opening.salt)}


class OpenIt(OfOne):
    """Opening the sealed words."""

    form_class = OpenForm
    title = _("Open the sealed words")

    def make_form(self, data: Any = None) -> ActForm:
        """The form; words that lie open have none."""
        if not self.criticism.sealed:
            raise Http404
        return super().make_form(data)
