"""Plain reading of what a `power` block says of decisions taken alone, and what it binds.

Lives here: one sentence for each of those keys, and the bounds that the comparison of editions shows. Not here: matters,
amount and lapse (`render`, `powers`).

Invariant: as in `render`: nothing is read that is not written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from isonomy.rulebook.power_rule import PowerRule
from isonomy.rulebook.powers_of_elections import Bound

POWER_KEYS = {
    "grounds": "grounds", "limits": "limits", "again": "again_by", "refusal": "refusal", "reported to": "reported_to",
}  # fmt: skip
"""The keys of decisions taken alone, with the attributes of `PowerRule`."""


def power_facts(rule: PowerRule, the: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    """Key and sentence of everything that a power may say of decisions taken alone; `the` gives a seat its title."""
    yield "grounds", "Whoever decides so states the grounds with the decision."
    yield (
        "limits",
        f"Of such decisions one office, or one person, takes {' and '.join(str(one) for one in rule.limits)}.",
    )
    yield "again", f"What lapsed, or was not ratified, is decided again by {the(rule.again_by)} alone."
    yield "refusal", "When its ratification is voted down, such a decision ends at once."
    yield "reported to", f"Each such decision is reported to the next meeting of {the(rule.reported_to)}."


def bounds_of_powers(rule: PowerRule, the: Callable[[str], str]) -> Iterator[Bound]:
    """By what the keys bind an office that decides alone."""
    if rule.grounds:
        yield Bound("grounds", "grounds of decisions alone", rule.grounds)
    for limit in rule.limits:
        counted = "number" if limit.number is not None else "amount"
        much = limit.number if limit.number is not None else limit.amount
        label = f"{counted} of decisions alone in {limit.within}"
        yield Bound("limits", label, str(limit), number=Fraction(much or 0))
    if rule.again_by:
        yield Bound("again", "who decides again what lapsed", f"{the(rule.again_by)} alone")
    if rule.refusal:
        yield Bound("refusal", "refusal to ratify", rule.refusal)
    if rule.reported_to:
        yield Bound("reported to", "report of decisions alone", f"to the next meeting of {the(rule.reported_to)}")
