"""An order from outside in the state: what a court, a statute or a regulator orders, who entered it, and how far it has come.

Lives here: the shape, the closed list of effects, and the questions that need only an order and a day. Not here: entering and
confirming (`proceedings.outside`), what it does to a decision or mandate (`Stay` in their shapes).

Invariant: an order has one of these six effects and no other; while nobody has confirmed it, it has none; it takes effect on
its confirmation at the earliest, whatever day it names. Source: docs/spec/acts-orders.md.
"""

from __future__ import annotations

from dataclasses import dataclass, field

STAY, ANNUL, SEAT, UNSEAT, DISCLOSE, ERASE = "stay", "annul", "seat", "unseat", "disclose", "erase"
EFFECTS_OF_ORDERS = (STAY, ANNUL, SEAT, UNSEAT, DISCLOSE, ERASE)
SOURCES = ("court", "statute", "regulator")
AWAITING, WITHOUT_EFFECT, BINDS_LATER, BINDING, OVER = (
    "awaiting confirmation", "without effect", "confirmed, binds later", "binding", "ended",
)  # fmt: skip


def is_stayed(stays: dict[str, tuple[str, str]], day: str) -> bool:
    """Whether one of some stays, each from a day through a day ("" without end), runs on a civil date."""
    return any(since <= day and (not until or day <= until) for since, until in stays.values())


@dataclass(slots=True)
class OrderDisagreement:
    """What a body said against an order, by which decision, and before whom it appealed ("" nowhere)."""

    body: str
    decision: str
    on: str
    text: str
    appeal: str = ""


@dataclass(slots=True)
class OutsideOrder:
    """An order: its effect on the thing it `concerns`, the authority in words, the digest of its document, its days.

    `until` is the last day of a stay ("" without end), `lifts` the order whose stay it ends. `from_on` is the day from which it
    takes effect, "" until confirmed. `review` are the things that rested on what was annulled, `reviewed` those settled, with
    the decision.
    """

    id: str
    entry: int
    effect: str
    source: str
    authority: str
    words: str
    sha256: str
    binds_from: str
    concerns: str
    entered_by: str
    entered_in: str
    entered_on: str
    confirm_by: str
    edition: str
    clause: str
    person: str = ""
    seat: str = ""
    until: str = ""
    lifts: str = ""
    confirmed_by: str = ""
    confirmed_in: str = ""
    confirmed_on: str = ""
    from_on: str = ""
    lifted_by: str = ""
    lifted_on: str = ""
    notified_on: str = ""
    notified_how: str = ""
    carried_on: str = ""
    carried_how: str = ""
    review: tuple[str, ...] = ()
    reviewed: dict[str, str] = field(default_factory=dict)
    disagreements: list[OrderDisagreement] = field(default_factory=list)

    def standing_on(self, day: str) -> str:
        """Where it stands on a civil date, in the words above; that nobody confirmed it is computed, not entered."""
        if not self.confirmed_on:
            return AWAITING if day <= self.confirm_by else WITHOUT_EFFECT
        if (self.lifted_on and day >= self.lifted_on) or (self.until and day > self.until):
            return OVER
        return BINDING if day >= self.from_on else BINDS_LATER
