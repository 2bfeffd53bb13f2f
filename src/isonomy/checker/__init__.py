"""The checker: could someone come to stand above the organisation by lawful moves alone?

Lives here: the door to it, `check_rulebook`. What is read out of an edition stands in `model`, the search in `control` and
`timed`, each finding in a module of its own. Not here: judging acts (`engine`), the lint of words and blocks (`rulebook`).

Invariant: it never says "safe". It says which coalition, in how many rounds, by which clauses, or how far it looked.
`docs/spec/checking.md` is the specification.
"""

from isonomy.checker.catalogue import CATALOGUE
from isonomy.checker.finding import Finding, Report, Step
from isonomy.checker.inquiry import Inquiry, check_rulebook
from isonomy.checker.settings import Settings

__all__ = ["CATALOGUE", "Finding", "Inquiry", "Report", "Settings", "Step", "check_rulebook"]
