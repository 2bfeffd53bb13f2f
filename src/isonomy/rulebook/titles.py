"""Titles: the words by which a clause calls what a block names by a slug.

Lives here: finding `members' meeting` in the words for `members-meeting`. Not here: whether words and block
agree (`lint`).

Invariant: a title is made of words that stand in the clause, letter for letter; it is shown, never
compared.
"""

from __future__ import annotations

import re

from isonomy.rulebook.model import Clause

SEARCHED_MAX = 20_000
"""How many characters of a clause are searched for a title."""
_PARTS_BETWEEN = r"(?:['\u2019]s?)?[ \-]"


def title_in_words(name: str, clause: Clause) -> str:
    """The words of the clause or of its heading that make up the slug, small letters preferred; else nothing.

    Words stand in the singular or plural that the slug has. `Members' meeting` in a heading gives `members'
    meeting` only where the words say so too.
    """
    pattern = re.compile(rf"(?<!\w){_PARTS_BETWEEN.join(map(re.escape, name.split('-')))}(?!\w)", re.IGNORECASE)
    found = [match.group() for text in (clause.words[:SEARCHED_MAX], clause.title) for match in pattern.finditer(text)]
    small = [words for words in found if words == words.lower()]
    return (small or found or [""])[0]
