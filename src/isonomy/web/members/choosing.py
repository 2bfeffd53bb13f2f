"""Choosing a member in a form: from a list of names where there are few, by id where there are many.

Lives here: the field. Not here: who may be chosen for what (`decide`).
"""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from isonomy.web.viewer import Viewer

LISTED_MAX = 600


def person_field(viewer: Viewer, label: str, persons: Iterable[str] | None = None, hint: str = "") -> forms.Field:
    """A field for one member: `persons`, or all members of today."""
    state, today = viewer.standing.state, viewer.standing.today
    if persons is None and len(state.persons) > LISTED_MAX:
        many = _("The member's id, as it stands on the member's page: p-7q2k.")
        return forms.CharField(
            label=label, max_length=40, help_text=f"{hint} {many}".strip(), validators=[_Known(viewer)]
        )
    found = persons if persons is not None else (one.id for one in state.persons.values() if one.is_member_on(today))
    named = sorted(((person, viewer.name(person)) for person in found), key=lambda pair: pair[1].casefold())
    return forms.ChoiceField(label=label, choices=[("", _("Choose")), *named], help_text=hint)


class _Known:
    """That there is a member of this id."""

    def __init__(self, viewer: Viewer) -> None:
        self._standing = viewer.standing

    def __call__(self, person: str) -> None:
        found = self._standing.state.persons.get(person)
        if found is None or not found.is_member_on(self._standing.today):
            raise ValidationError(_("There is no member of this id. Find the member in the list and copy the id."))
