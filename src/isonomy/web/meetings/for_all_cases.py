"""Ruling for all cases: what a body decided on the matter of rulings, entered with the line that it reads.

Lives here: this page. Not here: rulings in a case (`rulings`), between meetings (`between`), deciding (motions and polls).

Invariant: where the rulebook lets nobody rule for all cases there is no such page; the words are those that were decided.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from isonomy.chamber.answers import Answer
from isonomy.engine.competence import RULING
from isonomy.engine.ruling import READINGS
from isonomy.kernel.canonical import Json
from isonomy.web.asking import SeatedForm, may
from isonomy.web.desk import ActForm, ActPage
from isonomy.web.meetings.rulings import READING_WORDS, lines_of
from isonomy.web.organisation import Standing
from isonomy.web.powers.deciding import decision_field, decisions_on
from isonomy.web.viewer import Viewer

GENERAL = tuple(name for name, reading in READINGS.items() if reading.general)


def general_by(standing: Standing) -> str:
    """The body that may rule for all cases; "" where the rulebook names none."""
    rule = standing.rulebook.ruling if standing.edition is not None else None
    return rule.general_by if rule is not None else ""


class GeneralForm(SeatedForm):
    """By which decision, which line, how it is read."""

    act_name = "ruling.make"
    place = forms.ChoiceField(label=_("The line that is read"), help_text=_("Clause and line of the rulebook."))
    reading = forms.ChoiceField(label=_("How it is read"), required=False, widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        standing = self.viewer.standing
        self.fields["decision"] = decision_field(decisions_on(standing, RULING))
        self.fields["place"].choices = [("", _now("Choose")), *lines_of(standing.rulebook)]
        readings = [(name, READING_WORDS[name]) for name in GENERAL]
        self.fields["reading"].choices = [("", READING_WORDS[""]), *readings]
        self.order_fields(["decision", "place", "reading"])

    def fields_of_act(self) -> dict[str, Json]:
        """The decision and its words, clause and line, the reading."""
        data = self.cleaned_data
        clause, _colon, line = data["place"].rpartition(":")
        decision = self.viewer.standing.state.decisions[data["decision"]]
        found: dict[str, Json] = {"decision": decision.id, "words": decision.text, "clause": clause, "line": int(line)}
        return found | ({"reading": data["reading"]} if data["reading"] else {})


class Make(ActPage):
    """Entering a ruling for all cases."""

    form_class = GeneralForm
    template_name = "meetings/ruling_general.html"
    title = _("Enter a ruling for all cases")
    button = _("Enter it")

    def make_form(self, data: Any = None) -> ActForm:
        """The form; there is no such page where no clause has such rulings."""
        if not general_by(self.request.standing):
            raise Http404
        return GeneralForm(data, viewer=self.request.viewer)

    def context(self) -> dict[str, Any]:
        """The body that rules, its clause, and whether it has decided anything yet."""
        standing = self.request.standing
        rule = standing.rulebook.ruling
        assert rule is not None
        supreme = standing.rulebook.supreme
        return {
            "decider": rule.general_by, "number": rule.place.clause_of("general by"), "matter": RULING,
            "confirms": supreme.name if supreme is not None and supreme.name != rule.general_by else "",
            "lacks": not decisions_on(standing, RULING), "cancel": reverse("rulings"),
        }  # fmt: skip

    def next_url(self, answer: Answer) -> str:
        """The ruling."""
        return reverse("ruling", args=[f"ru-{answer.entry['n']}"])


def may_enter(viewer: Viewer) -> bool:
    """Whether there is a decision that the viewer may enter as a ruling for all cases."""
    standing = viewer.standing
    if not general_by(standing) or not viewer.is_member:
        return False
    rule = standing.rulebook.ruling
    assert rule is not None
    place = rule.place
    line = {"clause": place.clause_of("general by"), "line": place.line_of("general by")}
    decisions = (standing.state.decisions[id] for id, _said in decisions_on(standing, RULING))
    return any(may(viewer, "ruling.make", decision=one.id, words=one.text, **line) for one in decisions)
