"""What is due of the standing of members: the decision on an entry that a member contests.

Lives here: that duty. Not here: the acts (`proceedings.standings`).

Invariant: until it is discharged the entry takes nothing from the member. Source: docs/spec/acts-finance.md.
"""

from __future__ import annotations

from isonomy.engine.duty import Duty, Outlook
from isonomy.engine.state import day_of
from isonomy.engine.words import say_day
from isonomy.rulebook.provisions.subscription import subscription_rule


def due_standing(outlook: Outlook) -> list[Duty]:
    """The contested entries that wait for the body."""
    rule = subscription_rule(outlook.rulebook)
    if rule is None:
        return []
    found = [
        outlook.owed(
            f"standing {contest.id}", f"Decide on the contested standing of {contest.person} ({contest.id})", (contest.body,),
            rule.contest_within.after(day_of(contest.on)), contest.clause,
            f"Contested on {say_day(contest.on)}. Until it is decided the entry takes nothing.", contest.id,
        )
        for contest in outlook.state.subscriptions.contests.values()
        if not contest.outcome
    ]  # fmt: skip
    return [duty for duty in found if outlook.sees(day_of(duty.due_on))]
