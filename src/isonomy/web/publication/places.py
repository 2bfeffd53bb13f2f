"""Whether an organisation has the page of publication at all.

Lives here: that question, which the menu asks on every page. Not here: the page (`listing`).

Invariant: what neither the rulebook nor the record has does not appear.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from isonomy.rulebook.provisions.publication import publication_rules

if TYPE_CHECKING:
    from isonomy.web.organisation import Standing


def has_publication(standing: Standing) -> bool:
    """Whether the rulebook in force has a block of publication, or the record something of it."""
    if standing.edition is None:
        return False
    found = standing.state.publications
    return bool(publication_rules(standing.rulebook) or found.sealed or found.sessions or found.papers)
