"""Forms about editions.

Lives here: the text of a proposed edition, and adopting one. Not here: who may (`decide`), what is wrong with a text
(`rulebook.reader.examine`).
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from isonomy.chamber.founding import parts_of
from isonomy.engine.state import Decision, State
from isonomy.kernel.canonical import Json
from isonomy.rulebook.source import BYTES_MAX
from isonomy.web.asking import SeatedForm

ADOPTION = "amendment"


class TextForm(forms.Form):
    """The text of an edition, written into the page or read from a file."""

    rulebook = forms.CharField(
        label=_("The whole text of the new edition"), required=False, strip=False, max_length=BYTES_MAX,
        widget=forms.Textarea(attrs={"rows": 30, "spellcheck": "true"}),
        help_text=_("It begins as the text in force. Change what you want changed, words and rule blocks alike."),
    )  # fmt: skip
    file = forms.FileField(
        label=_("Or a file with it"), required=False, help_text=_("Markdown in UTF-8; it goes before the text above.")
    )

    def clean(self) -> dict[str, Any]:
        """The text from wherever it came, with one sort of line end."""
        data: dict[str, Any] = super().clean() or {}
        given = data.get("file")
        text = data.get("rulebook") or ""
        if given is not None:
            if given.size > BYTES_MAX:
                self.add_error("file", _("The file is larger than a rulebook may be."))
                return data
            try:
                text = given.read().decode("utf-8-sig")
            except UnicodeDecodeError:
                self.add_error("file", _("The file is not UTF-8 text. Save it as UTF-8."))
                return data
        data["rulebook"] = text.replace("\r\n", "\n")
        if not data["rulebook"].strip():
            self.add_error("rulebook", _("There is no text."))
        return data


class LodgeForm(SeatedForm):
    """Lodging a text that was examined."""

    act_name = "rulebook.lodge"
    reviewed = forms.CharField(widget=forms.HiddenInput)
    rulebook = forms.CharField(widget=forms.HiddenInput, strip=False, max_length=BYTES_MAX)

    def clean_rulebook(self) -> str:
        """The text with one sort of line end, as it was examined."""
        return str(self.cleaned_data["rulebook"]).replace("\r\n", "\n")

    def fields_of_act(self) -> dict[str, Json]:
        """The text with its digest; of a long one the first part."""
        text = self.cleaned_data["rulebook"]
        parts = parts_of(text)
        found: dict[str, Json] = {"sha256": sha256(text.encode()).hexdigest(), "rulebook": parts[0]}
        return found | ({"parts": len(parts)} if len(parts) > 1 else {})

    def further_parts(self, edition: str) -> list[dict[str, Json]]:
        """The acts that lodge what did not fit the first; their ids follow from the form's, so that they can be sent again."""
        head = {key: value for key, value in self.act().items() if key in ("log", "until", "by")}
        found: list[dict[str, Json]] = []
        for number, part in enumerate(parts_of(self.cleaned_data["rulebook"])):
            if number:
                id = sha256(f"{self.cleaned_data['act_id']} {number}".encode()).hexdigest()[:32]
                found.append(
                    {"id": id, **head, "act": "rulebook.part", "edition": edition, "part": number, "text": part}
                )
        return found


class AdoptForm(SeatedForm):
    """Putting a decided edition into force."""

    act_name = "rulebook.adopt"
    decision = forms.ChoiceField(label=_("The decision that adopts it"), widget=forms.RadioSelect)
    in_force_from = forms.DateField(
        label=_("In force from"), required=False, widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Left empty: from today, or from the day the text says itself."),
    )  # fmt: skip

    def __init__(self, *args: Any, edition: str, **kwargs: Any) -> None:
        self.edition = edition
        super().__init__(*args, **kwargs)
        state = self.viewer.standing.state
        self.fields["decision"].choices = [
            (found.id, _("Decision of %(day)s: %(text)s") % {"day": found.taken_on, "text": found.text[:120]})
            for found in decisions_on(state, edition)
        ]

    def fields_of_act(self) -> dict[str, Json]:
        """The edition, its decision, its day."""
        day = self.cleaned_data.get("in_force_from")
        found: dict[str, Json] = {"edition": self.edition, "decision": self.cleaned_data["decision"]}
        return found | ({"in_force_from": day.isoformat()} if day else {})


def decisions_on(state: State, edition: str) -> list[Decision]:
    """The decisions that were taken on the text of an edition."""
    return [found for found in state.decisions.values() if found.draft == edition and found.matter == ADOPTION]
