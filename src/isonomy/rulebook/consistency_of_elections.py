"""What an election block may not say: seats that its rule cannot fill, keys that need another, constraints that clash.

Lives here: the checks across the keys of an `election` block. Not here: those of every procedure
(`consistency`), single values (`readings_of_elections`).

Invariant: an error here is an election that the engine could not hold as the block says.
"""

from __future__ import annotations

from isonomy.rulebook.blocks import BlockReader
from isonomy.rulebook.election_rule import COUNTBACK, POLL, Constraint, ElectionRule
from isonomy.rulebook.model import Body, Office, Procedure, Rulebook
from isonomy.rulebook.vocabulary import (
    CONSTRAINT_RULES,
    COUNTBACK_RULES,
    LIST_RULES,
    ONE_SEAT_RULES,
    OPEN_TIE_RULES,
    SCORE_RULES,
)

NEED_NOMINATIONS = ("nominated by", "order on the paper", "uncontested")


def examine_election(procedure: Procedure, reader: BlockReader, book: Rulebook) -> None:
    """Writes down what an election block says against itself or against the seat it fills."""
    rule, seat = procedure.election, book.seat(procedure.fills)
    if rule is None:
        return
    _nominations(procedure, rule, reader)
    seats = _seats(rule, seat, reader)
    _counting(procedure, rule, seats, reader)
    _constraints(rule, seats, reader)
    if rule.constraints and procedure.counting not in CONSTRAINT_RULES:
        what = f"'{procedure.counting}' keeps no constraints"
        reader.contradiction("constraint", what, "name a rule that does, such as scottish-stv-2007 or plurality")


def _nominations(procedure: Procedure, rule: ElectionRule, reader: BlockReader) -> None:
    if rule.nominations is not None:
        length = rule.nominations.length
        if length is None and procedure.taken == "poll":
            what = "nominations are taken at the meeting, and there is none"
            reader.contradiction("nominations", what, "write open for 14 days, or leave out taken: by poll")
        if length is not None and length.clear:
            reader.contradiction("nominations", "nominations are open for clear days", "write open for 14 days")
        return
    needing = [key for key in NEED_NOMINATIONS if reader.has(key)]
    needing += ["electorate as of"] if rule.roll_date.moment != POLL else []
    for key in needing:
        cure = "add the line nominations: open for 2 weeks"
        reader.contradiction(key, f"'{key}' stands without 'nominations'", cure)


def _seats(rule: ElectionRule, seat: Body | Office | None, reader: BlockReader) -> int | None:
    """How many seats one election fills at most, where blocks say it."""
    if seat is None:
        return rule.seats
    most = 1 if isinstance(seat, Office) else seat.seats
    delegation = seat.filled is not None and seat.filled.way == "delegation"
    if delegation and seat.filled is not None:
        most = seat.filled.seats_each if seat.filled.apportioned is None else None
    if rule.seats is not None and most is not None and rule.seats > most:
        what = f"{rule.seats} seats are filled at one election, and '{seat.name}' has {most}"
        reader.contradiction("seats", what, "make both blocks say the same")
    return rule.seats if rule.seats is not None else most


def _counting(procedure: Procedure, rule: ElectionRule, seats: int | None, reader: BlockReader) -> None:
    counting = procedure.counting
    if counting in LIST_RULES:
        what = f"'{counting}' shares seats among lists and elects no persons"
        reader.contradiction("counting", what, "name a rule that elects, such as scottish-stv-2007")
    if counting in ONE_SEAT_RULES and seats is not None and seats > 1:
        what = f"'{counting}' fills one seat, and {seats} are to be filled"
        cure = "name a rule for several seats, or say seats: 1"
        reader.contradiction("counting", what, cure)
    if procedure.tie == "not carried" and counting not in (*OPEN_TIE_RULES, *LIST_RULES):
        what = f"'{counting}' cannot go on from a tie that is not resolved"
        reader.contradiction("tie", what, "write tie: lot")
    if rule.vacancy == COUNTBACK and counting not in COUNTBACK_RULES:
        what = f"'{counting}' has no countback"
        reader.contradiction("vacancy", what, f"count by {' or '.join(COUNTBACK_RULES)}, or hold a by-election")
    if reader.has("top score") and counting not in SCORE_RULES:
        what = f"'top score' stands beside '{counting}', which reads no scores"
        reader.contradiction("top score", what, "leave the line out")


def _constraints(rule: ElectionRule, seats: int | None, reader: BlockReader) -> None:
    least: dict[str, int] = {}
    most: dict[Constraint, int] = {}
    for one in rule.constraints:
        if one.with_stayers and rule.nominations is None:
            what = f"'{one}': who stays is told by the day on which seats fall vacant, and there are no nominations"
            reader.contradiction(
                "constraint", what, "add the line nominations: open for 2 weeks, or leave the words out"
            )
        if one.is_least and not one.with_stayers:
            least[one.kind] = least.get(one.kind, 0) + one.number
            if seats is not None and least[one.kind] > seats:
                what = f"at least {least[one.kind]} are asked for, and {seats} are elected"
                reader.contradiction("constraint", what, "lower the number or add seats")
        elif not one.is_least:
            most[one] = one.number
    for limit, number in most.items():
        for one in rule.constraints:
            same = one.is_least and (one.kind, one.code, one.with_stayers) == (
                limit.kind,
                limit.code,
                limit.with_stayers,
            )
            if same and one.number > number:
                what = f"'{one}' and '{limit}' cannot both be met"
                reader.contradiction("constraint", what, "raise the one or lower the other")
