"""Tallies: what a declaration says was counted, read strictly and held against roll, box and named votes.

Lives here: reading the tallies of `poll.declare`. Not here: what follows from them (`outcome`, `declaring`).

Invariant: tallies that cannot come from this poll's ballots are not judged: more preferences than ballots, more ballots than
the box or the roll holds, other votes than the named ones on record.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from isonomy.engine.facts import roll_span
from isonomy.engine.judgement import FORM, Judgement
from isonomy.engine.proceedings.outcome import AGAINST_DEFAULT, BY_ORDER, BY_STAGES, BY_TOTALS, YES_NO
from isonomy.engine.proceedings.question import NAMED
from isonomy.engine.shape import Json
from isonomy.engine.state import Poll

ANSWERS = ("for", "against", "abstain")
KNOWN = {
    "for",
    "against",
    "abstain",
    "blank",
    "matrix",
    "totals",
    "ballots",
    "answers",
    "quota",
    "valid",
    "first",
    "last",
    "stages",
}
STAGES_MAX = 100_000
_DECIMAL = re.compile(r"[0-9]{1,15}(\.[0-9]{1,12})?")


@dataclass(slots=True)
class Counted:
    """Tallies as read: how many ballots, answers to one question, or the matrix, or totals by option.

    `options` are the answers to each of several options. Of a count by stages: the `quota` (None where the rule has no
    figure for it), the `valid` papers, and the totals of the `first` and the `last` stage.
    """

    ballots: int = 0
    answers: dict[str, int] = field(default_factory=dict)
    matrix: list[list[int]] = field(default_factory=list)
    totals: dict[int, int] = field(default_factory=dict)
    options: dict[int, dict[str, int]] = field(default_factory=dict)
    quota: Fraction | None = None
    valid: int = 0
    first: dict[int, Fraction] = field(default_factory=dict)
    last: dict[int, Fraction] = field(default_factory=dict)


def read_tallies(judgement: Judgement, poll: Poll, tallies: Json) -> Counted:
    """The tallies of a declaration as numbers; bars what cannot be tallies of this poll."""
    raw = tallies
    if not isinstance(raw, dict):
        raise judgement.bar("tallies are an object", {}, 'give {"for": 12, "against": 3}')
    if not raw.keys() <= KNOWN:
        strange = sorted(str(key)[:40] for key in raw.keys() - KNOWN)
        raise judgement.bar(
            "tallies hold what was counted and nothing else", {"not known": strange[:5]}, "leave it out"
        )
    counted = Counted()
    if poll.counting in (*AGAINST_DEFAULT, *BY_ORDER):
        counted.matrix = _matrix(judgement, raw.get("matrix"), len(poll.options))
        counted.ballots = _number(judgement, raw.get("ballots"), "ballots")
        most = max(
            (counted.matrix[a][b] + counted.matrix[b][a] for a in range(len(poll.options)) for b in range(a)), default=0
        )
        if most > counted.ballots:
            raise judgement.bar(
                "more preferences than ballots", {"ballots": counted.ballots, "preferences": most}, "count again"
            )
    elif poll.counting in BY_STAGES:
        _read_stages(judgement, poll, raw, counted)
    elif len(poll.options) > 1 and poll.counting == YES_NO:
        _read_answers(judgement, poll, raw, counted)
    elif poll.counting == YES_NO:
        counted.answers = {
            key: _number(judgement, raw.get(key, 0), key) for key in ("for", "against", "abstain", "blank")
        }
        counted.ballots = sum(counted.answers.values())
    else:
        totals = _by_option(judgement, poll, raw.get("totals"), "totals")
        counted.totals = {int(key): _number(judgement, value, f"totals.{key}") for key, value in totals.items()}
        counted.ballots = _number(judgement, raw.get("ballots"), "ballots")
        _check_totals(judgement, poll, counted)
    if poll.secrecy == NAMED and not judgement.reported:
        _check_named(judgement, poll, counted)
    if poll.box_size is not None and counted.ballots != poll.box_size:
        judgement.refuse(
            FORM,
            "as many ballots are tallied as the box holds",
            {"box": poll.box_size, "tallied": counted.ballots},
            "count the box again",
        )
    roll = roll_span(poll)
    if roll.hi is not None and counted.ballots > roll.hi:
        judgement.refuse(
            FORM,
            "no more ballots than persons on the roll",
            {"roll": roll.hi, "ballots": counted.ballots},
            "count again",
        )
    return counted


def _by_option(judgement: Judgement, poll: Poll, raw: Any, key: str) -> dict[str, Any]:
    """An object keyed by option number; bars anything else."""
    if not isinstance(raw, dict) or not all(
        name in {str(number) for number in range(1, len(poll.options) + 1)} for name in raw
    ):
        raise judgement.bar(
            f"{key} are given by option number",
            {"options": len(poll.options)},
            'give {"totals": {"1": 12}, "ballots": 20}' if key == "totals" else f'give {{"{key}": {{"1": ...}}}}',
        )
    return raw


def _read_answers(judgement: Judgement, poll: Poll, raw: dict[str, Any], counted: Counted) -> None:
    """The answers to each of several options: every paper answers each, or abstains on it."""
    counted.ballots = _number(judgement, raw.get("ballots"), "ballots")
    for key, given in _by_option(judgement, poll, raw.get("answers"), "answers").items():
        if not isinstance(given, dict) or not given.keys() <= set(ANSWERS):
            raise judgement.bar(
                "the answers to an option are for, against and abstain",
                {"option": key},
                'give {"for": 5, "against": 2}',
            )
        counted.options[int(key)] = {
            answer: _number(judgement, given.get(answer, 0), f"answers.{key}.{answer}") for answer in ANSWERS
        }
    for number in range(1, len(poll.options) + 1):
        if number in poll.withdrawn:
            continue
        if sum(counted.options.get(number, {}).values()) != counted.ballots:
            raise judgement.bar(
                "every paper answers each option, or abstains on it", {"option": number, "ballots": counted.ballots},
                "count abstentions too",
            )  # fmt: skip


def _read_stages(judgement: Judgement, poll: Poll, raw: dict[str, Any], counted: Counted) -> None:
    """A count by stages: quota, valid papers, totals of the first and last stage; first preferences are the valid papers."""
    counted.ballots = _number(judgement, raw.get("ballots"), "ballots")
    counted.valid = _number(judgement, raw.get("valid"), "valid")
    if not 1 <= _number(judgement, raw.get("stages"), "stages") <= STAGES_MAX:
        raise judgement.bar("a count has its stages", {"stages": raw.get("stages")}, "give their number")
    quota = raw.get("quota")
    counted.quota = _figure(judgement, quota, "quota") if poll.counting != "irv" else None
    for key, figures in (("first", counted.first), ("last", counted.last)):
        for name, value in _by_option(judgement, poll, raw.get(key), key).items():
            figures[int(name)] = _figure(judgement, value, f"{key}.{name}")
    if counted.valid > counted.ballots or sum(counted.first.values()) != counted.valid:
        raise judgement.bar(
            "first preferences add up to the valid papers",
            {"first": str(sum(counted.first.values())), "valid": counted.valid, "ballots": counted.ballots}, "count again",
        )  # fmt: skip
    if sum(counted.last.values()) > counted.valid:
        raise judgement.bar(
            "no stage has more votes than there are valid papers",
            {"last": str(sum(counted.last.values()))},
            "count again",
        )


def _figure(judgement: Judgement, value: Any, where: str) -> Fraction:
    """A figure in fixed point, written as text and read exactly."""
    if not isinstance(value, str) or not _DECIMAL.fullmatch(value):
        raise judgement.bar(
            "a figure of a stage is a text in fixed point", {"key": where, "value": str(value)[:40]}, 'write "12.00000"'
        )
    return Fraction(value)


def _check_totals(judgement: Judgement, poll: Poll, counted: Counted) -> None:
    """Every option has its total; where each paper has one vote, or one an option, there are no more votes than papers."""
    if poll.counting not in BY_TOTALS:
        return
    if poll.counting in ("approval", "bloc") and max(counted.totals.values(), default=0) > counted.ballots:
        raise judgement.bar(
            "no option has more votes than there are ballots", {"ballots": counted.ballots}, "count again"
        )
    missing = [
        number
        for number in range(1, len(poll.options) + 1)
        if number not in counted.totals and number not in poll.withdrawn
    ]
    if missing:
        raise judgement.bar(
            "every option has its total, be it 0", {"missing": missing[:20]}, "give the total of each option"
        )
    if poll.counting != "plurality":
        return
    if sum(counted.totals.values()) > counted.ballots:
        raise judgement.bar(
            "more votes than ballots",
            {"votes": sum(counted.totals.values()), "ballots": counted.ballots},
            "count again",
        )
    if poll.secrecy == NAMED and not judgement.reported:
        recorded = dict.fromkeys(counted.totals, 0)
        for paper in poll.named.values():
            ranks = ([number for number in rank if number not in poll.withdrawn] for rank in paper)
            first = next((rank for rank in ranks if rank), [])
            if len(first) == 1 and first[0] in recorded:
                recorded[first[0]] += 1
        if recorded != counted.totals:
            judgement.refuse(
                FORM, "the tally is that of the named votes",
                {"recorded": {str(number): count for number, count in recorded.items()}}, "declare what was recorded",
            )  # fmt: skip


def _number(judgement: Judgement, value: Any, where: str) -> int:
    if type(value) is not int or value < 0:
        raise judgement.bar("a tally is a whole number from 0", {"key": where, "value": str(value)[:40]}, "count again")
    return int(value)


def _matrix(judgement: Judgement, raw: Any, size: int) -> list[list[int]]:
    if (
        not isinstance(raw, list)
        or len(raw) != size
        or not all(isinstance(row, list) and len(row) == size for row in raw)
    ):
        raise judgement.bar(
            f"the matrix has {size} rows of {size} counts", {"options": size}, "give it as isonomy count writes it"
        )
    matrix = [
        [_number(judgement, cell, f"matrix[{a}][{b}]") for b, cell in enumerate(row)] for a, row in enumerate(raw)
    ]
    if any(matrix[place][place] for place in range(size)):
        raise judgement.bar("no ballot prefers an option to itself", {}, "write 0 on the diagonal")
    return matrix


def _check_named(judgement: Judgement, poll: Poll, counted: Counted) -> None:
    """Named votes stand in the record: their tally is checked here, with nobody's word for it."""
    if len(poll.options) <= 1 and poll.counting == "yes-no":
        found = {
            answer: sum(1 for cast in poll.named.values() if cast == answer) for answer in ("for", "against", "abstain")
        }
        given = {key: counted.answers[key] for key in found}
        if found != given:
            judgement.refuse(
                FORM,
                "the tally is that of the named votes",
                {"recorded": found, "declared": given},
                "declare what was recorded",
            )
    elif counted.ballots != len(poll.named):
        judgement.refuse(
            FORM,
            "every named vote is tallied",
            {"recorded": len(poll.named), "tallied": counted.ballots},
            "count again",
        )
