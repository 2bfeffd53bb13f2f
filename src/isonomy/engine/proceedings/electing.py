"""From an election to its poll: the paper as options, the date of the roll, the lot, and what an election's question must be.

Lives here: what `poll.open` does beyond any other question where it is about an election. Not here: the rest of putting a
question (`putting`), nominations (`nominations`), the result (`elected`).

Invariant: where the clause has nominations nobody but they put a name on the paper; the roll is that of the date the
clause names. Source: docs/spec/elections.md, sections 2 to 4.
"""

from __future__ import annotations

from dataclasses import replace

from isonomy.counting.registry import rule_named
from isonomy.engine.competence import ELECTION
from isonomy.engine.election import CLOSED, Election
from isonomy.engine.eligibility import obstacles, term_until
from isonomy.engine.judgement import Judgement
from isonomy.engine.proceedings.elections import election_of
from isonomy.engine.proceedings.question import SECRET, OpenPoll, OptionPut
from isonomy.engine.proceedings.standing import may_hold, rule_of
from isonomy.engine.shape import Line, Natural, PersonId, SeatName
from isonomy.engine.state import day_of
from isonomy.rulebook.election_rule import CLOSE, OPENING, ElectionRule
from isonomy.rulebook.model import Procedure

REOPEN = "Re-open nominations"


def with_paper(judgement: Judgement, put: OpenPoll) -> tuple[OpenPoll, str]:
    """The question with the paper of its election as options, and the edition under which it is put."""
    if put.election is None:
        return put, judgement.edition
    election = election_of(judgement, put.election)
    procedure, rule = rule_of(judgement.state, election)
    matter = ELECTION + election.seat.partition("@")[0]
    if put.body != election.body or put.matter != matter or put.seat not in (None, election.seat):
        raise judgement.bar(
            "the election is another", {"elects": election.body, "matter": matter, "seat": election.seat},
            "put it in its own body and matter",
        )  # fmt: skip
    if put.options or put.lot is not None or put.seats not in (1, election.seats):
        raise judgement.bar(
            "options, seats and lot follow from the election", {"election": election.id},
            'leave "options", "seats" and "lot" out', procedure.place.clause,
        )  # fmt: skip
    _check_standing(judgement, election, procedure)
    options = [OptionPut(Line(person), person=PersonId(person)) for person in election.paper]
    options += [OptionPut(Line(REOPEN), reopen=True)] if rule.reopens else []
    options += [OptionPut(Line(procedure.default_option), default=True)] if procedure.default_option else []
    return replace(
        put, options=tuple(options), seat=SeatName(election.seat), seats=Natural(election.seats)
    ), election.edition  # fmt: skip


def _check_standing(judgement: Judgement, election: Election, procedure: Procedure) -> None:
    standing = election.standing_on(judgement.on)
    if standing != CLOSED:
        raise judgement.bar(
            f"the election is {standing}", {"election": election.id}, "close nominations first, and open the poll in time",
            procedure.place.clause,
        )  # fmt: skip
    gone = [
        person
        for person in election.paper
        if election.candidates[person].withdrawn_on or may_hold(judgement, person, election.seat, election.vacant_on)
    ]
    if gone:
        judgement.refuse(
            procedure.place.clause, "the paper names nobody who has withdrawn or could not hold the seat", {"gone": gone},
            "close nominations again",
        )  # fmt: skip


def check_election(judgement: Judgement, put: OpenPoll, procedure: Procedure | None, clause: str) -> None:
    """What holds of a question because it is about an election, or has what only an election has."""
    rule = procedure.election if procedure is not None else None
    elects = put.matter.startswith(ELECTION)
    if any(option.reopen for option in put.options) and (not elects or rule is None or not rule.reopens):
        raise judgement.bar(
            "no clause re-opens nominations here", {"matter": put.matter}, 'leave the option with "reopen" out', clause
        )
    if put.lot is not None:
        _check_lot(judgement, put, procedure, clause)
    if judgement.reported or not elects:
        return
    _check_candidates(judgement, put)
    if procedure is not None and rule is not None:
        _check_rule(judgement, put, procedure, rule)
    counting = procedure.counting if procedure is not None else "yes-no"
    if put.seats > 1 and "seats" not in rule_named(counting).takes:
        judgement.refuse(
            clause, f"{counting} fills one seat", {"seats": int(put.seats)}, "elect one, or amend the clause"
        )


def _check_candidates(judgement: Judgement, put: OpenPoll) -> None:
    """Whoever stands without nominations may hold the seat from today on, or may choose between it and another."""
    until = term_until(judgement.rulebook, put.seat or "", judgement.on)
    for option in put.options if put.election is None else ():
        if option.person is not None:
            about = (judgement.state, judgement.rulebook, option.person, put.seat or "", judgement.on, until)
            for found in obstacles(*about):
                if found.chooses is None:
                    judgement.refuse(found.clause, found.says, {"person": option.person, **found.facts}, found.cure)


def _check_rule(judgement: Judgement, put: OpenPoll, procedure: Procedure, rule: ElectionRule) -> None:
    if put.election is not None:
        return
    clause_of = procedure.place.clause_of
    if rule.nominations is not None:
        judgement.refuse(
            clause_of("nominations"), "candidates come from nominations", {"election": "none"},
            "open the election with election.open, and name it when nominations are closed",
        )  # fmt: skip
    if rule.seats is not None and put.seats != rule.seats:
        judgement.refuse(
            clause_of("seats"), f"{rule.seats} are elected", {"seats": int(put.seats)}, f'give "seats": {rule.seats}'
        )
    reopens = sum(option.reopen for option in put.options)
    if reopens != rule.reopens:
        judgement.refuse(
            clause_of("reopen nominations"), "the paper has one option to re-open nominations", {"options": reopens},
            f'add {{"name": "{REOPEN}", "reopen": true}}',
        )  # fmt: skip


def _check_lot(judgement: Judgement, put: OpenPoll, procedure: Procedure | None, clause: str) -> None:
    """A lot is published where ties go to a lot and the ballots of a box contribute to it."""
    secrecy = put.secrecy or (procedure.secrecy if procedure is not None else "")
    if procedure is None or procedure.tie != "lot" or secrecy != SECRET:
        raise judgement.bar(
            "a lot is published for a secret poll whose ties go to a lot", {"secrecy": secrecy or "not said"},
            'leave "lot" out', clause,
        )  # fmt: skip


def roll_day(judgement: Judgement, put: OpenPoll, procedure: Procedure | None) -> str:
    """The date of the roll where the clause names another than that of the opening; "" where it is today."""
    rule = procedure.election if procedure is not None else None
    if rule is None or not put.matter.startswith(ELECTION):
        return ""
    election = judgement.state.elections.get(put.election or "")
    day = judgement.on
    if election is not None:
        day = {OPENING: election.opened_on, CLOSE: election.nominations_until}.get(rule.roll_date.moment, day)
    if rule.roll_date.before is not None:
        day = rule.roll_date.before.before(day_of(day)).isoformat()
    return "" if day == judgement.on else day
