"""The inquiry: one rulebook, one set of settings, and what every finder may ask of them.

Lives here: running the finders and writing the report. Not here: any finding.

Invariant: an inquiry is a function of rulebook and settings; finders share what was computed through it, and read only.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import import_module

from isonomy.checker.finding import EXHAUSTED, REPELLED, Finding, Report, worst_first
from isonomy.checker.properties import FINDERS
from isonomy.checker.settings import Settings
from isonomy.rulebook.findings import Examination
from isonomy.rulebook.model import Rulebook

FINDING_MODULES: tuple[str, ...] = ("isonomy.checker.structure",)
"""Modules whose import registers their finders, in the order in which they are asked. `structure` is a package that imports
its own."""


@dataclass(slots=True)
class Inquiry:
    """What a finder asks of: the rulebook, the settings, and the lint's examination where there is one (C31)."""

    rulebook: Rulebook
    settings: Settings = field(default_factory=Settings)
    examination: Examination | None = None
    undecided: list[str] = field(default_factory=list)


def check_rulebook(
    rulebook: Rulebook, settings: Settings | None = None, examination: Examination | None = None
) -> Report:
    """Everything the checker finds in an edition.

    `examination` is the lint's, for the finding that text and block differ. Raises `BadInput` for settings out of range.
    """
    inquiry = Inquiry(rulebook, settings or Settings(), examination)
    for module in FINDING_MODULES:
        import_module(module)
    found: list[Finding] = []
    for finder in FINDERS:
        found += finder.find(inquiry)
    return Report(
        rulebook.front.organisation, rulebook.front.edition, REPELLED, EXHAUSTED, worst_first(found),
        undecided=tuple(inquiry.undecided),
    )  # fmt: skip
