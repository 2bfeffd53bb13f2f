"""The `subscription` block: who sets what members owe, when it is due, what arrears do, who keeps the list, and who watches it.

Lives here: its shape, keys, reading, sentences, and what it may not say beside the rest. Not here: the acts
(`engine.proceedings.standings`), whether arrears take a vote today (`engine.subscription`).

Invariant: arrears do what the block lists and nothing else; whoever keeps the list does not decide on what a member contests.
Source: docs/spec/acts-finance.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from isonomy.kernel.calendar import Duration, Recurrence
from isonomy.rulebook import names as of_names
from isonomy.rulebook import readings as read
from isonomy.rulebook.blocks import BlockReader
from isonomy.rulebook.model import Place, Rulebook
from isonomy.rulebook.passage import Passage
from isonomy.rulebook.provision import Gives, ProvisionKind, Speaking, provide
from isonomy.rulebook.readings import form
from isonomy.rulebook.render import listed
from isonomy.rulebook.vocabulary import Kind

AMOUNT, STANDING, WAIVER = "subscription-amount", "standing-of-members", "waiver"
"""The matters: what members owe, a standing that a member contests, letting a member off."""
NO_VOTE, NO_CANDIDACY = "no vote", "no candidacy"
DOES = (NO_VOTE, NO_CANDIDACY)
YEARLY = Recurrence(Duration(1, "year"))
A_MONTH = Duration(1, "month")
TWO_WEEKS = Duration(14, "day")


@dataclass(frozen=True, slots=True)
class SubscriptionRule:
    """Who keeps the list and sets the amounts, when they are due, what arrears do and from when, who waives, who decides."""

    name: str
    place: Place
    kept_by: tuple[str, ...] = ()
    set_by: str = ""
    due: Recurrence = YEARLY
    arrears_after: Duration = A_MONTH
    does: tuple[str, ...] = ()
    ends_after: Duration | None = None
    notice: Duration = TWO_WEEKS
    waived_by: tuple[str, ...] = ()
    contested_to: str = ""
    contest_within: Duration = A_MONTH
    marked: Duration | None = None


def _does(passage: Passage) -> tuple[str, ...]:
    found = []
    for part in of_names.listed(passage):
        if part.text not in DOES:
            raise form(part, "something that arrears do", f"write {'; '.join(DOES)}, or one of them")
        found.append(part.text)
    return tuple(dict.fromkeys(found))


def _reads(b: BlockReader, name: str) -> SubscriptionRule:
    return SubscriptionRule(
        name,
        b.place,
        b.take_named("kept by", of_names.seats, (), "office"),
        b.take_named("set by", of_names.seat, "", "body"),
        b.take_stated("due", read.recurrence, YEARLY),
        b.take_stated("arrears after", read.duration, A_MONTH),
        b.take("in arrears", _does, ()),
        b.take_stated("ends after", read.duration, None),
        b.take_stated("notice", read.duration, TWO_WEEKS),
        b.take_named("waived by", of_names.seats, ()),
        b.take_named("contested to", of_names.seat, "", "body"),
        b.take_stated("contest within", read.duration, A_MONTH),
        b.take_stated("marked", read.duration, None),
    )


def _examine(rule: SubscriptionRule, b: BlockReader, book: Rulebook) -> None:
    del book
    if (rule.does or rule.ends_after) and not rule.contested_to:
        what = "arrears take something from a member, and nobody decides when the member contests them"
        b.contradiction("in arrears" if rule.does else "ends after", what, "add a line contested to: BODY")


def _says(rule: SubscriptionRule, speaking: Speaking) -> Iterator[tuple[str, str]]:
    yield "kept by", f"The list of who is in good standing is kept by {speaking.either(rule.kept_by)}."
    yield "set by", f"What members owe is decided by {speaking.the(rule.set_by)}."
    yield "due", f"It is due {rule.due}."
    yield "arrears after", f"Who has not paid {rule.arrears_after} after that may be entered as in arrears."
    yield "in arrears", f"Who is in arrears has {listed(rule.does)}."
    yield "ends after", f"After {rule.ends_after} in arrears membership may be ended, on notice."
    yield "notice", f"The notice is {rule.notice}, in which the member may pay or contest."
    yield "waived by", f"A member is let off by {speaking.either(rule.waived_by)}."
    yield (
        "contested to",
        f"A member may contest the entry; {speaking.the(rule.contested_to)} decides, and until then it takes nothing.",
    )
    yield "contest within", f"It is contested within {rule.contest_within}."
    yield "marked", f"With each poll it is shown how many lost the vote in the {rule.marked} before."


def _gives(rule: SubscriptionRule, speaking: Speaking) -> Iterator[Gives]:
    del speaking
    for seat in rule.kept_by:
        what = f"enters members as in arrears ({listed(rule.does)})" if rule.does else "keeps the standing of members"
        yield Gives(seat, "keeps the standing", rule.name, what, "kept by")
    if rule.set_by:
        yield Gives(rule.set_by, "sets subscriptions", rule.name, "sets what members owe", "set by")
    for seat in rule.waived_by:
        yield Gives(seat, "waives", rule.name, "lets a member off", "waived by")
    if rule.contested_to:
        yield Gives(
            rule.contested_to, "decides on standing", rule.name, "decides on a contested standing", "contested to"
        )


def subscription_rule(rulebook: Rulebook) -> SubscriptionRule | None:
    """The subscription block of an edition; None where it has none."""
    found: SubscriptionRule | None = next(iter(rulebook.provisions.get("subscription", {}).values()), None)
    return found


provide(
    ProvisionKind(
        Kind(
            "subscription",
            ("kept by", "due", "arrears after"),
            (
                "set by", "in arrears", "ends after", "notice", "waived by", "contested to", "contest within", "marked",
            ),
        ),
        _reads, _says, _gives, _examine, {"in arrears": "does"}, matters=(AMOUNT, STANDING, WAIVER), single=True,
    )
)  # fmt: skip
