"""Standing of members in the state: who is in arrears since when, what is contested, and how many lost the vote before a poll.

Lives here: their shapes, the code that a person bears, and questions that only need looking up. Not here: how they change
(`proceedings.standings`).

Invariant: arrears are a code of the person (`arrears`: the day from which they count), attested by who keeps the list; the code
counts from the day of its entry and never earlier, and is off while a contest or a waiver is open. A frozen roll knows nothing of
it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from isonomy.kernel.calendar import parse_date

if TYPE_CHECKING:
    from isonomy.engine.state import Person
    from isonomy.rulebook.model import Rulebook
    from isonomy.rulebook.provisions.subscription import SubscriptionRule

GOOD, ARREARS = "good", "in arrears"
STANDINGS = (GOOD, ARREARS)
CODE = "arrears"
UPHELD, OVERTURNED = "upheld", "overturned"


@dataclass(slots=True)
class Standing:
    """How a member stands: since which entry's day, as of which day, by whom; the warning; until when let off."""

    person: str
    standing: str
    on: str
    as_of: str
    by: str
    seat: str
    warned_on: str = ""
    notice_until: str = ""
    waived_until: str = ""
    contest: str = ""


@dataclass(slots=True)
class Contest:
    """A member contests an entry of arrears; the body decides: upheld or overturned."""

    id: str
    person: str
    text: str
    on: str
    body: str
    clause: str
    outcome: str = ""
    decision: str = ""


@dataclass(slots=True)
class Owed:
    """What members of a class owe, from a day on, as a body decided."""

    member_class: str
    amount: int
    since: str
    decision: str


@dataclass(slots=True)
class Lost:
    """Before a poll opened, so many lost the vote by arrears since a day; their entries' days."""

    poll: str
    since: str
    persons: tuple[str, ...]


@dataclass(slots=True)
class Subscriptions:
    """Amounts, standings by person, contests and marks by id."""

    owed: list[Owed] = field(default_factory=list)
    standings: dict[str, Standing] = field(default_factory=dict)
    contests: dict[str, Contest] = field(default_factory=dict)
    marks: dict[str, Lost] = field(default_factory=dict)


def takes(person: Person, rulebook: Rulebook, day: str, what: str) -> bool:
    """Whether arrears take the vote, or candidacy, from a member on a civil date."""
    from isonomy.rulebook.provisions.subscription import subscription_rule

    since = person.codes.get(CODE, "")
    if not since or since > day:
        return False
    rule = subscription_rule(rulebook)
    return rule is not None and what in rule.does


def last_due(rule: SubscriptionRule, founded_on: str, day: str) -> date | None:
    """The latest day on which subscriptions were due, up to a civil date; None before the first."""
    found, occasion = None, rule.due.first_after(parse_date(founded_on))
    while occasion.isoformat() <= day:
        found, occasion = occasion, rule.due.following(occasion)
    return found


def last_missed(rule: SubscriptionRule, founded_on: str, day: str) -> date | None:
    """The latest due day whose time has run out by a civil date: from there on a member may be entered as in arrears."""
    found, occasion = None, rule.due.first_after(parse_date(founded_on))
    while rule.arrears_after.after(occasion).isoformat() < day:
        found, occasion = occasion, rule.due.following(occasion)
    return found
