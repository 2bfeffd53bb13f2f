"""Plain reading of a `ruling` block: one sentence for each key that is written.

Lives here: those sentences. Not here: the shape (`ruling_rule`), the other blocks (`render`).

Invariant: as in `render`: nothing is read that is not written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from isonomy.rulebook.ruling_rule import RulingRule


def ruling_facts(rule: RulingRule, the: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    """Key and sentence of everything a `ruling` block may say; `the` gives a seat as it is called."""
    rulers = " or ".join(the(seat) for seat in rule.between)
    yield "between meetings by", f"{rulers[:1].upper()}{rulers[1:]} rules on questions of order between meetings."
    if rule.appeal is not None:
        yield "appeal", f"Such a ruling may be appealed to {the(rule.appeal.to)} within {rule.appeal.within}."
    presides = the(rule.presides)
    yield "appeal presided by", f"{presides[:1].upper()}{presides[1:]} presides while a meeting decides on an appeal."
    body = the(rule.general_by)
    yield "general by", f"{body[:1].upper()}{body[1:]} may rule for all cases until the supreme body next meets."
    yield "tie", f"When votes on an appeal are equal, the ruling is {rule.tie}."
