"""The menu: what this organisation's rulebook has, and nothing else.

Lives here: the entries of the menu, in order, and for whom. Not here: the pages.

Invariant: a proceeding that the rulebook does not have has no entry.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from isonomy.engine.words import capital
from isonomy.rulebook.provisions.commission import commission_rules
from isonomy.rulebook.provisions.criticism import criticism_rules
from isonomy.web.instructions.places import has_instructions
from isonomy.web.money.places import has_money
from isonomy.web.powers.places import has_powers
from isonomy.web.publication.places import has_publication
from isonomy.web.removals.places import has_removals

if TYPE_CHECKING:
    from isonomy.web.viewer import Viewer


@dataclass(frozen=True)
class Item:
    """One entry: where it leads and how it is called."""

    href: str
    label: str


def menu_of(viewer: Viewer) -> list[Item]:
    """The entries a viewer finds; whoever is not a member finds those that are public."""
    public = [("today", _("Today")), ("rulebook", _("Rulebook")), ("record", _("Record"))]
    if not viewer.is_member:
        return _reachable(public)
    rulebook = viewer.standing.rulebook if viewer.standing.edition is not None else None
    has_elections = rulebook is not None and any(found.kind == "election" for found in rulebook.procedures.values())
    inner = [
        ("meetings", _("Meetings")),
        ("motions", _("Motions")),
        ("polls", _("Elections and polls") if has_elections else _("Polls")),
        ("decisions", _("Decisions")),
        *([("instructions", _("Mandates to act"))] if has_instructions(viewer) else []),
        *_criticism_and_commissions(viewer),
        *([("money", _("Money"))] if has_money(viewer.standing) else []),
        *([("publication", _("Publication"))] if has_publication(viewer.standing) else []),
        ("members", _("Members")),
        ("seats", _("Offices and bodies")),
        *([("removals", _("Removals and petitions"))] if has_removals(viewer) else []),
        *([("powers", _("Powers"))] if has_powers(viewer.standing) else []),
    ]
    kept = [("operators", _("Operators"))] if viewer.keeps("record") else []
    return _reachable([public[0], *inner, *public[1:], *kept])


def _criticism_and_commissions(viewer: Viewer) -> list[tuple[str, str]]:
    """Criticism under the name that the rulebook gives it, and commissions, where it has them."""
    if viewer.standing.edition is None:
        return []
    rules = criticism_rules(viewer.standing.rulebook)
    called = next((rule.called for rule in rules.values() if rule.called), "")
    found = [("criticisms", capital(called) or _("Criticism"))] if rules else []
    return found + ([("commissions", _("Commissions"))] if commission_rules(viewer.standing.rulebook) else [])


def _reachable(items: list[tuple[str, str]]) -> list[Item]:
    found = []
    for name, label in items:
        try:
            found.append(Item(reverse(name), label))
        except NoReverseMatch:
            continue
    return found
