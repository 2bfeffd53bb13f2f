"""Forms about motions.

Lives here: what a member fills in. Not here: who may (`decide`), the pages (`views`).
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from isonomy.web.desk import ActForm


class MoveForm(ActForm):
    """Moving a motion in a body."""

    act_name = "motion.move"
    body = forms.ChoiceField(label=_("Which body decides"))
    matter = forms.SlugField(label=_("The matter"), help_text=_("As the rulebook names it, such as budget."))
    text = forms.CharField(
        label=_("The words to be decided"), widget=forms.Textarea, max_length=20_000,
        help_text=_("As they will stand in the minutes."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rulebook = self.viewer.standing.rulebook
        self.fields["body"].choices = [(body.name, body.title) for body in rulebook.bodies.values()]
