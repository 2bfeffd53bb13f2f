"""Coded facts of a member: which the rulebook in force counts, and asking for them on a form.

Lives here: their fields. Not here: finding them in the clauses (`rulebook.counted_codes`), counting with them, the forms
themselves (`forms`).

Invariant: nothing is asked that no clause counts. A code is permanent and public, so leaving it out is always possible, and is
what stands chosen at first.
"""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _

from isonomy.rulebook.counted_codes import counted_codes
from isonomy.rulebook.model import Rulebook

PREFIX = "code_"


def fields_for(rulebook: Rulebook) -> dict[str, forms.ChoiceField]:
    """The fields that ask for them, by name; none where no clause counts any."""
    return {
        PREFIX + one.kind: forms.ChoiceField(
            label=one.kind.replace("-", " ").capitalize(), required=False,
            choices=[("", _("Not stated, or none that is counted")), *((code, code.replace("-", " ")) for code in one.codes)],
            help_text=_(
                "Clause %(clauses)s counts it in elections. It stands in the record for good, where everybody can read it: "
                "enter it only as the member states it."
            ) % {"clauses": ", ".join(one.clauses)},
        )
        for one in counted_codes(rulebook)
    }  # fmt: skip


def codes_in(cleaned: dict[str, object]) -> dict[str, str]:
    """The codes that were chosen on a form, by kind."""
    return {
        name.removeprefix(PREFIX): str(value) for name, value in cleaned.items() if name.startswith(PREFIX) and value
    }
