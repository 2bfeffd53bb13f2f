"""Readings of what an `election` block says: roll date, time of nominations, constraints, appeal.

Lives here: the values of keys that an election has and no other procedure. Not here: their shapes
(`election_rule`), what they may not say together (`consistency_of_elections`).

Invariant: as in `readings`: an exact value and its facts, or `Misreading` with the place and the form asked for.
"""

from __future__ import annotations

import re

from isonomy.kernel.ids import is_slug
from isonomy.rulebook import names as of_names
from isonomy.rulebook import readings as read
from isonomy.rulebook.blocks import BlockReader
from isonomy.rulebook.election_rule import (
    AS_NOMINATED,
    AT_MEETING,
    BY_ELECTION,
    BY_LOT,
    CLOSE,
    COUNTBACK,
    ELECTED,
    LEFT_VACANT,
    OPENING,
    POLL,
    POLL_HELD,
    TOP_SCORE,
    AppealRule,
    Constraint,
    ElectionRule,
    NominationTime,
    RollDate,
)
from isonomy.rulebook.findings import Misreading
from isonomy.rulebook.names import Names, listed, seat
from isonomy.rulebook.passage import Passage
from isonomy.rulebook.readings import Fact, duration, form, note, whole

TOP_SCORE_MAX = 1_000
ROLL_FORMS = "write the opening of nominations, the close of nominations, or 30 days before the opening of the poll"
TIME_FORMS = "write open for 2 weeks, open 6 weeks before the vacancy for 2 weeks, or open at the meeting"
CONSTRAINT_FORMS = "write at least 2 of gender w, at most 1 of employer mill, or either with those who stay"
_ROLL_DATE = re.compile(r"(?:(.+?)\s+before\s+)?the\s+((?:opening|close)\s+of\s+(?:nominations|the\s+poll))")
SIGNS = {COUNTBACK: "countback", BY_ELECTION: "by-election", LEFT_VACANT: "left vacant", ELECTED: "uncontested"}
"""Values that say much in little, and the sign that the words of the clause must show for each."""


def roll_date(passage: Passage, facts: list[Fact]) -> RollDate:
    """`the close of nominations`, `30 days before the opening of the poll`."""
    found = _ROLL_DATE.fullmatch(passage.text)
    moment = " ".join(found.group(2).split()) if found else ""
    if found is None or moment not in (OPENING, CLOSE, POLL):
        raise form(passage, "a date as of which a roll is taken", ROLL_FORMS)
    if not found.group(1):
        return RollDate(moment)
    before = passage.group(found, 1)
    value = duration(before, facts)
    if value.clear:
        raise form(before, "a time before it", "write 30 days, or 4 weeks")
    return RollDate(moment, value)


def nomination_time(passage: Passage, facts: list[Fact]) -> NominationTime:
    """`open for 2 weeks`, `open 6 weeks before the vacancy for 2 weeks`, `open at the meeting`."""
    if " ".join(passage.text.split()) == AT_MEETING:
        return NominationTime(None)
    found = re.fullmatch(r"open(?:\s+(.+?)\s+before\s+the\s+vacancy)?\s+for\s+(.+)", passage.text)
    if found is None:
        raise form(passage, "a time of nominations", TIME_FORMS)
    before = duration(passage.group(found, 1), facts) if found.group(1) else None
    return NominationTime(duration(passage.group(found, 2), facts), before)


def constraints(passage: Passage, facts: list[Fact]) -> tuple[Constraint, ...]:
    """`at least 2 of gender w; at most 1 of employer mill with those who stay`."""
    made: list[Constraint] = []
    for part in listed(passage):
        found = re.fullmatch(
            r"at\s+(least|most)\s+([0-9]+)\s+of\s+(\S+)\s+(\S+)(\s+with\s+those\s+who\s+stay)?", part.text
        )
        if found is None or not is_slug(found.group(3)) or not is_slug(found.group(4)):
            raise form(part, "a constraint", CONSTRAINT_FORMS)
        number = whole(part.group(found, 2), facts)
        stayers = bool(found.group(5))
        constraint = Constraint(found.group(1) == "least", number, found.group(3), found.group(4), stayers)
        same = [one for one in made if _what(one) == _what(constraint)]
        if same:
            raise Misreading("double-value", f"'{same[0]}' is said already", part, "say it once")
        made.append(constraint)
    return tuple(made)


def _what(constraint: Constraint) -> tuple[bool, str, str, bool]:
    return constraint.is_least, constraint.kind, constraint.code, constraint.with_stayers


def appeal(passage: Passage, names: Names, facts: list[Fact]) -> AppealRule:
    """`to tribunal within 14 days`."""
    found = re.fullmatch(r"to\s+(.+?)\s+within\s+(.+)", passage.text)
    if found is None:
        raise form(passage, "an appeal", "write to BODY within 14 days")
    return AppealRule(seat(passage.group(found, 1), names, facts, "body"), duration(passage.group(found, 2), facts))


def election_rule(b: BlockReader) -> ElectionRule:
    """What the block of an election says beyond the procedure; with the signs that its clause must show."""
    rule = ElectionRule(
        nominations=b.take_stated("nominations", nomination_time, None),
        nominated_by=b.take_named("nominated by", of_names.seats, (), "seat", True),
        roll_date=b.take_stated("electorate as of", roll_date, RollDate()),
        returning_officer=b.take_named("returning officer", of_names.seat, "", "office"),
        scrutineers=b.take_named("scrutineers", of_names.seats, ()),
        seats=b.take_stated("seats", read.whole, None),
        order=b.take("order on the paper", read.one_of, BY_LOT, (BY_LOT, AS_NOMINATED)),
        uncontested=b.take("uncontested", read.one_of, POLL_HELD, (ELECTED, POLL_HELD)),
        reopens=b.take("reopen nominations", read.one_of, "no", ("yes", "no")) == "yes",
        vacancy=b.take("vacancy", read.one_of, BY_ELECTION, (COUNTBACK, BY_ELECTION, LEFT_VACANT)),
        constraints=b.take_stated("constraint", constraints, ()),
        appeal=b.take_named("appeal", appeal, None),
        top_score=b.take_stated("top score", read.whole, TOP_SCORE, 1, TOP_SCORE_MAX),
    )
    _signs(b, rule)
    return rule


def _signs(b: BlockReader, rule: ElectionRule) -> None:
    said = [("vacancy", SIGNS.get(rule.vacancy, "")), ("uncontested", SIGNS.get(rule.uncontested, ""))]
    said += [("reopen nominations", "re-open" if rule.reopens else "")]
    said += [("order on the paper", "lot" if rule.order == BY_LOT else "")]
    for key, sign in said:
        entry = b.entries.get(key)
        if entry is not None and sign:
            facts: list[Fact] = []
            note(facts, "sign", sign, entry.value)
            b.state(key, facts)
