"""The inquiry: one rulebook, one set of settings, and what every finder may ask of them.

Lives here: what is computed once for all finders, running them, and writing the report. Not here: any finding.

Invariant: an inquiry is a function of rulebook and settings; finders share what was computed through it, and read only.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING

from isonomy.checker.finding import (
    EXHAUSTED,
    NOT_DECIDED,
    PROVED,
    REPELLED,
    Finding,
    Front,
    Report,
    exhausted_up_to,
    worst_first,
)
from isonomy.checker.properties import FINDERS
from isonomy.checker.settings import Enough, Settings
from isonomy.rulebook.findings import Examination
from isonomy.rulebook.model import Rulebook

if TYPE_CHECKING:
    from isonomy.checker.model import Model
    from isonomy.checker.outcome import Outcome

FINDING_MODULES: tuple[str, ...] = (
    "isonomy.checker.capture",
    "isonomy.checker.certifying",
    "isonomy.checker.quorums",
    "isonomy.checker.removing",
    "isonomy.checker.emergencies",
    "isonomy.checker.amendment_routes",
    "isonomy.checker.sizes",
    "isonomy.checker.structure",
)
"""Modules whose import registers their finders, in the order in which they are asked. `structure` is a package that imports
its own."""
NOT_LOOKED_AT = (
    "force, fear, poverty of choice, and members who do not look",
    "forged reports and false entries: they are not lawful moves, and show in the audit",
    "clauses without a block: their words are the law all the same",
)


@dataclass
class Inquiry:
    """What a finder asks of: the rulebook, the settings, and the lint's examination where there is one (C31)."""

    rulebook: Rulebook
    settings: Settings = field(default_factory=Settings)
    examination: Examination | None = None
    undecided: list[str] = field(default_factory=list)

    @cached_property
    def model(self) -> Model:
        """The classes of seats of the rulebook."""
        from isonomy.checker.model import model_of

        return model_of(self.rulebook, self.settings)

    @cached_property
    def outcome(self) -> Outcome:
        """What the least coalition reaches, as far as the search went; computed once."""
        from isonomy.checker.outcome import Outcome, look_into

        outcome = Outcome(self.model)
        try:
            look_into(outcome)
        except Enough as why:
            self.undecided += [f"{id}: {why}" for id in ("C01", "C02", "C03", "C09")]
        return outcome


def check_rulebook(
    rulebook: Rulebook, settings: Settings | None = None, examination: Examination | None = None
) -> Report:
    """Everything the checker finds in an edition.

    `examination` is the lint's, for the finding that text and block differ. Raises `BadInput` for settings out of range.
    """
    from isonomy.checker.capture import assumptions_of

    inquiry = Inquiry(rulebook, settings or Settings(), examination)
    for module in FINDING_MODULES:
        import_module(module)
    found: list[Finding] = []
    for number, finder in enumerate(FINDERS):
        progress = inquiry.settings.progress
        if progress is not None and not progress(", ".join(finder.ids), number):
            inquiry.undecided += [f"{id}: interrupted" for later in FINDERS[number:] for id in later.ids]
            break
        try:
            found += finder.find(inquiry)
        except Enough as why:
            inquiry.undecided += [f"{id}: {why}" for id in finder.ids]
    outcome = inquiry.outcome
    decided = _decided(inquiry, outcome.verdict)
    verdict = NOT_DECIDED if decided == NOT_DECIDED and outcome.verdict == REPELLED else outcome.verdict
    return Report(
        rulebook.front.organisation, rulebook.front.edition, verdict, decided, worst_first(found),
        _fragment(inquiry), _fronts(inquiry), assumptions_of(outcome.model), NOT_LOOKED_AT, tuple(inquiry.undecided),
    )  # fmt: skip


def _decided(inquiry: Inquiry, verdict: str) -> str:
    if inquiry.model.supreme is None or inquiry.undecided:
        return NOT_DECIDED
    if verdict == REPELLED:
        return PROVED if _is_monotone(inquiry) else EXHAUSTED
    return exhausted_up_to(inquiry.settings.rounds) if inquiry.outcome.hold is not None else EXHAUSTED


def _is_monotone(inquiry: Inquiry) -> bool:
    """Whether nothing in the rulebook lies outside the fragment for which the fixpoint is exact."""
    provisions = getattr(inquiry.rulebook, "provisions", {})
    timed = ("emergency", "credentials", "limits", "accumulation", "confirmation", "case", "removal", "recall")
    amendment = inquiry.rulebook.amendment()
    supreme = inquiry.rulebook.supreme
    if supreme is None or (amendment is not None and amendment.by != supreme.name):
        return False
    founders = {seat for kind in inquiry.rulebook.units.values() for seat in kind.founded_by}
    return founders <= {supreme.name} and not any(provisions.get(kind) for kind in timed)


def _fragment(inquiry: Inquiry) -> str:
    if inquiry.model.supreme is None:
        return "no supreme body is named: nothing was searched"
    if _is_monotone(inquiry) and inquiry.outcome.hold is None:
        return "monotone: who can make whom, closed under a fixpoint over classes of interchangeable units"
    return "timed: a search over classes, counts and rounds on top of the fixpoint"


def _fronts(inquiry: Inquiry) -> tuple[Front, ...]:
    outcome, loyalty = inquiry.outcome, inquiry.settings.loyalty
    found = []
    if outcome.least is not None:
        pairs = tuple(outcome.front) or ((outcome.least.persons, outcome.least.rounds),)
        found.append(Front(loyalty, "passive", pairs))
    if outcome.resisted is not None:
        found.append(Front(loyalty, "vigilant", (outcome.resisted,)))
    return tuple(found)
