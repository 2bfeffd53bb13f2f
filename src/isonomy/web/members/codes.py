"""Coded facts of a member: which the rulebook in force counts, and asking for them on a form.

Lives here: finding them in the clauses, their fields. Not here: counting with them (`engine.proceedings.constraining`), the
forms themselves (`forms`).

Invariant: nothing is asked that no clause counts. A code is permanent and public, so leaving it out is always possible, and is
what stands chosen at first.
"""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext as _

from isonomy.rulebook.model import Rulebook

PREFIX = "code_"


@dataclass(frozen=True)
class CountedCode:
    """A kind of code that constraints speak of, with the codes they name and their clauses."""

    kind: str
    codes: tuple[str, ...]
    clauses: tuple[str, ...]


def counted_codes(rulebook: Rulebook) -> list[CountedCode]:
    """The kinds of codes that the constraints of elections count, in the order of the clauses."""
    codes: dict[str, dict[str, None]] = {}
    clauses: dict[str, dict[str, None]] = {}
    for procedure in rulebook.procedures.values():
        rule = procedure.election
        for one in rule.constraints if rule is not None else ():
            codes.setdefault(one.kind, {})[one.code] = None
            clauses.setdefault(one.kind, {})[procedure.place.clause_of("constraint")] = None
    return [CountedCode(kind, tuple(named), tuple(clauses[kind])) for kind, named in codes.items()]


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
