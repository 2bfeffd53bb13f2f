"""Plain reading of what an election says beyond its procedure, in sentences that can be read aloud.

Lives here: one sentence for each key that an election has and no other procedure. Not here: the other keys (`render`).

Invariant: as in `render`: every fact that is written has one sentence, and nothing is read that is not written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from isonomy.rulebook.election_rule import BY_LOT, COUNTBACK, ELECTED, LEFT_VACANT, ElectionRule
from isonomy.rulebook.model import MEMBERS

VACANCIES = {
    COUNTBACK: "A seat that falls vacant before its term is filled by countback, from the papers of the election.",
    LEFT_VACANT: "A seat that falls vacant before its term is left vacant.",
}


def election_facts(rule: ElectionRule, the: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    """Key and sentence of everything that an election may say; `the` gives a seat its title."""
    if rule.nominations is not None:
        before, length = rule.nominations.before, rule.nominations.length
        when = f", from {before} before the vacancy" if before else ""
        open_ = f"open for {length}{when}" if length is not None else "taken at the meeting"
        yield "nominations", f"Nominations are {open_}."
    makers = " or ".join("any member" if one == MEMBERS else the(one) for one in rule.nominated_by)
    yield "nominated by", _sentence(f"{makers} may nominate; whoever is nominated must consent.")
    yield "electorate as of", f"The roll is taken as of {rule.roll_date}."
    yield "returning officer", _sentence(f"{the(rule.returning_officer)} is the returning officer.")
    watchers = " or ".join(the(one) for one in rule.scrutineers)
    yield "scrutineers", _sentence(f"{watchers} counts the box apart; the result stands once the two counts agree.")
    if rule.seats is not None:
        yield "seats", f"{rule.seats} seat{'s are' if rule.seats != 1 else ' is'} filled at one election."
    order = "in an order drawn by lot" if rule.order == BY_LOT else "in the order in which they were nominated"
    yield "order on the paper", f"Candidates stand on the paper {order}."
    held = "they are elected without a poll" if rule.uncontested == ELECTED else "the poll is held all the same"
    yield "uncontested", f"When there are no more candidates than seats, {held}."
    reopens = "has the option to re-open nominations" if rule.reopens else "has no option to re-open nominations"
    yield "reopen nominations", f"The paper {reopens}."
    usual = "A seat that falls vacant before its term is filled by another election."
    yield "vacancy", VACANCIES.get(rule.vacancy, usual)
    if rule.constraints:
        yield "constraint", f"Of those elected, {' and '.join(str(one) for one in rule.constraints)}."
    if rule.appeal is not None:
        yield "appeal", f"The result may be appealed to {the(rule.appeal.to)} within {rule.appeal.within}."
    yield "top score", f"The highest score on a paper is {rule.top_score}."


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
