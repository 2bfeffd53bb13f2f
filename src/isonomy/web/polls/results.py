"""Results as they were declared: figures by option, and the tests behind the outcome.

Lives here: reading tallies and outcome of a declared poll into lines. Not here: counting again (`counts`), sheets (`sheet`).

Invariant: every figure is the declaration's; a box smaller than the clause's smallest shows its tally and no more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from isonomy.chamber.exporting import smallest_box
from isonomy.chamber.ports import BODY
from isonomy.web.polls.reading import DECLARED, OPEN, Asked


@dataclass(frozen=True)
class Line:
    """One line of a result: what, its figure as text, whether it won."""

    name: str
    figure: str
    won: bool = False


def lines_of(asked: Asked) -> list[Line]:
    """The figures that were declared, in the order of the paper."""
    tallies: dict[str, Any] = asked.poll.tallies or {}
    outcome: dict[str, Any] = asked.poll.outcome or {}
    won = set(outcome.get("winners", ()))
    names = asked.names
    if "for" in tallies or "against" in tallies:
        words = [("for", _("For")), ("against", _("Against")), ("abstain", _("Abstain")), ("blank", _("Blank"))]
        return [Line(str(word), str(tallies.get(key, 0))) for key, word in words if key != "blank" or tallies.get(key)]
    figures = tallies.get("totals") or tallies.get("last") or {}
    if figures:
        return [Line(name, str(figures.get(str(n), 0)), n in won) for n, name in enumerate(names, start=1)]
    if "answers" in tallies:
        return [
            Line(name, _answered(tallies["answers"].get(str(n), {})), n in won) for n, name in enumerate(names, start=1)
        ]
    return [Line(name, "", n in won) for n, name in enumerate(names, start=1)]


def _answered(given: dict[str, int]) -> str:
    return _("%(for)s for, %(against)s against, %(abstain)s abstain") % {
        "for": given.get("for", 0), "against": given.get("against", 0), "abstain": given.get("abstain", 0),
    }  # fmt: skip


def tests_of(asked: Asked) -> list[dict[str, Any]]:
    """The tests behind the outcome, each with its clause, its answer, and the facts found."""
    found = []
    for test in (asked.poll.outcome or {}).get("tests", []):
        rest = {key: value for key, value in test.items() if key not in ("test", "clause", "result", "option")}
        option = test.get("option")
        name = asked.names[option - 1] if isinstance(option, int) and 0 < option <= len(asked.names) else ""
        found.append({"test": test.get("test"), "clause": test.get("clause", ""), "result": test.get("result"),
                      "name": name, "facts": rest})  # fmt: skip
    return found


def published(asked: Asked) -> bool:
    """Whether the viewer may see the ballots: of a named poll, of a box that is not small, and the body of every box."""
    poll = asked.poll
    if poll.standing == OPEN or asked.is_by_hands:
        return False
    if poll.named:
        return True
    if not poll.box_root:
        return False
    is_small = (poll.box_size or 0) < smallest_box(asked.viewer.standing.state, poll)
    return poll.standing == DECLARED and (not is_small or asked.viewer.audience == BODY)
