"""Where powers and emergencies stand on other pages: in the menu, and at the head of every page while an emergency is in force.

Lives here: these questions, and which emergency is still to be reported on. Not here: the page of powers (`listing`).

Invariant: they ask nothing of the viewer, so that everybody reads the same.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from isonomy.engine.emergency import Emergency, in_force
from isonomy.engine.words import say_day
from isonomy.rulebook.provisions.delegation import delegation_rules
from isonomy.rulebook.provisions.emergency import emergency_rules
from isonomy.web.organisation import Standing


def has_powers(standing: Standing) -> bool:
    """Whether the rulebook has anything that this page tells of."""
    if standing.edition is None:
        return False
    book = standing.rulebook
    return bool(book.powers or emergency_rules(book) or delegation_rules(book))


def sentence_of_emergency(standing: Standing) -> str:
    """What stands at the head of every page while an emergency is in force; "" while none is."""
    found = in_force(standing.state, standing.today) if standing.state.emergencies else None
    if found is None:
        return ""
    told = {"since": say_day(found.on), "fact": found.fact, "until": say_day(found.until)}
    return _("An emergency is in force since %(since)s (%(fact)s), through %(until)s at the latest.") % told


def to_report(standing: Standing) -> Emergency | None:
    """The emergency that is over and not approved, the first of them."""
    waiting = (
        found for found in standing.state.emergencies.values()
        if not found.is_in_force_on(standing.today) and not found.approved_by
    )  # fmt: skip
    return next(waiting, None)
