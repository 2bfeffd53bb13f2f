"""Substituting: substitutes are named, step in for a meeting, and take the seat for good where the clause says so.

Lives here: `substitute.name`, `substitute.withdraw`, `substitute.attest`, `substitute.succeed`. Not
here: rolls and quorum, which count whoever sits (`engine.roll`).

Invariant: a substitute sits in the place of one holder, who then does not; the order in which they were named is kept.
Source: docs/spec/acts-seating.md, section 5.
"""

from __future__ import annotations

from dataclasses import dataclass

from isonomy.engine.act import judges
from isonomy.engine.competence import Road, decided_by
from isonomy.engine.effect import At, effect
from isonomy.engine.judgement import Judgement
from isonomy.engine.proceedings.coopting import SeatHeld
from isonomy.engine.proceedings.holding import check_holding
from isonomy.engine.proceedings.mandates import MandateBegun, check_seated
from isonomy.engine.proceedings.standing import may_hold
from isonomy.engine.seating import SUBSTITUTE, Stepping, stepped_in
from isonomy.engine.shape import Line, PersonId, ProceedingId
from isonomy.engine.state import Mandate, State
from isonomy.engine.vacant import ended_early
from isonomy.kernel.ids import proceeding_id
from isonomy.rulebook.model import Competence, Rulebook
from isonomy.rulebook.provisions.substitutes import HOLDER, TAKES_SEAT, Substitutes, substitutes_of

NAMING = "substitutes-in-"


@dataclass(frozen=True, slots=True)
class NameSubstitute:
    """Names a further substitute of a holder, the last in order."""

    mandate: Line
    person: PersonId
    decision: ProceedingId | None = None


@dataclass(frozen=True, slots=True)
class WithdrawSubstitute:
    """Takes a substitute off the list: the holder who named them, or the substitute."""

    mandate: Line
    person: PersonId


@dataclass(frozen=True, slots=True)
class Attest:
    """Attests that a substitute steps in for a holder at a meeting; `away` are those named before who are away too."""

    mandate: Line
    person: PersonId
    meeting: ProceedingId | None = None
    away: tuple[PersonId, ...] = ()


@dataclass(frozen=True, slots=True)
class Succeed:
    """Lets the first substitute take the seat of a holder who left, for the rest of the term."""

    mandate: Line


@effect("substitute.named")
@dataclass(frozen=True, slots=True)
class SubstituteNamed:
    """A person is a substitute of a holder, after those named before."""

    mandate: str
    person: str

    def apply(self, state: State, at: At) -> None:
        """Adds the substitute."""
        state.seating.substitutes.setdefault(self.mandate, []).append(self.person)
        state.touched[self.mandate] = at.n


@effect("substitute.withdrawn")
@dataclass(frozen=True, slots=True)
class SubstituteWithdrawn:
    """A person is no substitute of a holder any more."""

    mandate: str
    person: str

    def apply(self, state: State, at: At) -> None:
        """Takes the substitute off the list."""
        state.seating.substitutes[self.mandate].remove(self.person)
        state.touched[self.mandate] = at.n


@effect("substitute.stepped.in")
@dataclass(frozen=True, slots=True)
class SubstituteSteppedIn:
    """A substitute sits in the place of a holder, at a meeting or on the day of one that nobody called."""

    mandate: str
    seat: str
    person: str
    on: str
    meeting: str = ""

    def apply(self, state: State, at: At) -> None:
        """Enters it."""
        state.seating.steppings.append(Stepping(self.mandate, self.seat, self.person, self.on, self.meeting))
        state.touched[self.mandate] = at.n
        if self.meeting:
            state.touched[self.meeting] = at.n


@decided_by(NAMING)
def _namers(rulebook: Rulebook, about: str) -> Road:
    rule = substitutes_of(rulebook, about)
    return (Competence(rule.named_by, rule.place),) if rule is not None and rule.named_by != HOLDER else ()


def _rule(judgement: Judgement, id: str, valid: bool = True) -> tuple[Mandate, Substitutes]:
    """The mandate and what its clause says of substitutes; bars the act where there is none."""
    mandate = judgement.state.mandates.get(id)
    if mandate is None or (valid and not mandate.is_valid_on(judgement.on)):
        raise judgement.bar(
            "substitutes are those of somebody who holds a seat", {"mandate": id}, "name a mandate, such as ma-7"
        )
    rule = substitutes_of(judgement.rulebook, mandate.seat)
    if rule is None:
        raise judgement.bar(
            f"{judgement.title(mandate.seat)} has no substitutes", {"seat": mandate.seat}, "amend the rulebook first",
            judgement.seat(mandate.seat).place.clause,
        )  # fmt: skip
    return mandate, rule


@judges("substitute.name", NameSubstitute, reportable=False)
def judge_name(judgement: Judgement, name: NameSubstitute) -> None:
    """Judges a naming: by whom the clause lets name, of one who may sit there and does not, within the number."""
    mandate, rule = _rule(judgement, name.mandate)
    clause = rule.place.clause_of("named by")
    plain, _, unit = mandate.seat.partition("@")
    if rule.named_by == HOLDER:
        if judgement.author != mandate.person:
            judgement.refuse(
                clause, "the holder names the substitute", {"holder": mandate.person}, f"ask {mandate.person}"
            )
        judgement.cite(clause)
    else:
        judgement.is_granted(
            (rule.named_by,), clause, f"{judgement.title(rule.named_by)} names the substitutes", decision=name.decision,
            matter=NAMING + plain, about=name.person, unit=unit,
        )  # fmt: skip
    check_seated(judgement, name.person, mandate.seat, judgement.seat(mandate.seat))
    listed = judgement.state.seating.substitutes.get(mandate.id, [])
    if name.person in listed:
        raise judgement.bar(f"{name.person} is a substitute already", {"order": list(listed)}, "nothing more is needed")
    if len(listed) >= rule.number:
        judgement.refuse(
            rule.place.clause_of("number"), f"a holder has at most {rule.number} substitute{'s' * (rule.number != 1)}",
            {"named": list(listed)}, "let one of them withdraw first",
        )  # fmt: skip
    if any(one.person == name.person for one in judgement.state.mandates_of_seat(mandate.seat, judgement.on)):
        judgement.refuse(clause, "a substitute holds no seat in the body", {"person": name.person}, "name another")
    why = may_hold(judgement, name.person, mandate.seat)
    if why:
        judgement.refuse(
            clause, "a substitute is one who may hold the seat", {"person": name.person, "found": why}, "name another"
        )
    judgement.then(SubstituteNamed(mandate.id, name.person))


@judges("substitute.withdraw", WithdrawSubstitute, reportable=False)
def judge_withdraw(judgement: Judgement, withdraw: WithdrawSubstitute) -> None:
    """Judges a withdrawal: by the substitute, or by the holder where the holder named them."""
    mandate, rule = _rule(judgement, withdraw.mandate)
    clause = rule.place.clause_of("named by")
    if withdraw.person not in judgement.state.seating.substitutes.get(mandate.id, []):
        raise judgement.bar(
            f"{withdraw.person} is no substitute there", {"mandate": mandate.id}, "nothing more is needed"
        )
    may = {withdraw.person} | ({mandate.person} if rule.named_by == HOLDER else set())
    if judgement.author not in may:
        judgement.refuse(
            clause, "a substitute withdraws, or is taken off by the holder who named them", {"by": judgement.author},
            f"ask {withdraw.person}",
        )  # fmt: skip
    judgement.cite(clause)
    judgement.then(SubstituteWithdrawn(mandate.id, withdraw.person))


@judges("substitute.attest", Attest, reportable=False)
def judge_attest(judgement: Judgement, attest: Attest) -> None:
    """Judges a stepping in: attested before the opening by those the clause names, in the order of the list, once."""
    mandate, rule = _rule(judgement, attest.mandate)
    key = "attested by" if rule.attested_by else "named by"
    clause = rule.place.clause_of(key)
    body, unit = judgement.body(mandate.seat), mandate.seat.partition("@")[2]
    judgement.may_act(
        rule.attested_by or tuple(office for office in (body.chaired_by, body.minutes_by) if office), clause,
        "that a substitute steps in is attested at the opening by those the clause names", unit=unit,
    )  # fmt: skip
    _check_meeting(judgement, attest, mandate, clause)
    state = judgement.state
    listed = state.seating.substitutes.get(mandate.id, [])
    if attest.person not in listed:
        judgement.refuse(
            clause,
            f"{attest.person} is no substitute of {mandate.person}",
            {"substitutes": list(listed)},
            "name one of these",
        )
        return
    sitting = set(stepped_in(state, mandate.seat, judgement.on).values())
    before = [one for one in listed[: listed.index(attest.person)] if one not in attest.away and one not in sitting]
    if before:
        judgement.refuse(
            rule.place.clause_of("number"), "substitutes step in in the order in which they were named",
            {"before": before}, f'let {before[0]} step in, or name under "away" who is not there',
        )  # fmt: skip
    if attest.person in sitting:
        judgement.refuse(clause, "one person sits in one place", {"person": attest.person}, "let another step in")
    if mandate.id in stepped_in(state, mandate.seat, judgement.on):
        raise judgement.bar(
            "somebody has stepped in for this holder already", {"mandate": mandate.id}, "nothing more is needed"
        )
    why = may_hold(judgement, attest.person, mandate.seat)
    if why:
        judgement.refuse(
            clause,
            "a substitute is one who may hold the seat",
            {"person": attest.person, "found": why},
            "let another step in",
        )
    judgement.then(SubstituteSteppedIn(mandate.id, mandate.seat, attest.person, judgement.on, attest.meeting or ""))


def _check_meeting(judgement: Judgement, attest: Attest, mandate: Mandate, clause: str) -> None:
    """A called meeting of the body on this day that is still to be opened, or goes on; without one the day is enough."""
    if attest.meeting is None:
        is_open = any(one.body == mandate.seat and one.standing == "open" for one in judgement.state.meetings.values())
        if is_open:
            judgement.refuse(
                clause, "a substitute steps in at the opening", {"meeting": "open"}, "wait for the next meeting"
            )
        return
    meeting = judgement.state.meetings.get(attest.meeting)
    if meeting is None or meeting.body != mandate.seat:
        raise judgement.bar(
            f"there is no meeting '{attest.meeting}' of {judgement.title(mandate.seat)}", {}, "name the meeting"
        )
    day = (meeting.resumes or meeting.starts)[:10] if meeting.standing == "adjourned" else meeting.starts[:10]
    if meeting.standing not in ("called", "adjourned") or day != judgement.on:
        judgement.refuse(
            clause, "a substitute steps in on the day of the meeting, before it is opened",
            {"meeting": meeting.standing, "day": day, "today": judgement.on}, "attest it then",
        )  # fmt: skip


@judges("substitute.succeed", Succeed, reportable=False)
def judge_succeed(judgement: Judgement, succeed: Succeed) -> None:
    """Judges a succession: the holder left before the term was over, and the clause gives the seat to the first substitute."""
    mandate, rule = _rule(judgement, succeed.mandate, valid=False)
    clause = rule.place.clause_of("when the holder leaves")
    if rule.on_leaving != TAKES_SEAT:
        raise judgement.bar(
            "substitutes step in for a meeting, and take no seat",
            {"seat": mandate.seat},
            "fill the seat as its clause says",
            clause,
        )
    person = successor_of(judgement.state, mandate, judgement.on)
    if not person:
        raise judgement.bar(
            "no substitute waits for this seat", {"mandate": mandate.id, "ended": mandate.ended_on or "not"},
            "fill the seat as its clause says", clause,
        )  # fmt: skip
    if judgement.author != person:
        keepers = [
            keeper
            for what in ("roll", "record", "minutes")
            for keeper in judgement.keepers(what, mandate.seat.partition("@")[2])
        ]
        judgement.may_act(
            tuple(dict.fromkeys(keepers)), clause, "it is entered by the substitute or a keeper of roll or minutes"
        )
    block = judgement.seat(mandate.seat)
    check_seated(judgement, person, mandate.seat, block)
    taken = Mandate(
        proceeding_id("ma", judgement.n),
        person,
        mandate.seat,
        judgement.on,
        mandate.until,
        clause,
        f"after {mandate.id}",
    )
    judgement.cite(clause)
    judgement.then(MandateBegun(taken.id, person, taken.seat, taken.since, taken.until, clause, taken.ground))
    judgement.then(SeatHeld(taken.id, SUBSTITUTE, until_election=False))
    check_holding(judgement, taken, SUBSTITUTE)


def successor_of(state: State, mandate: Mandate, day: str) -> str:
    """The first substitute of a holder who left early, who is still a member and sits in no seat of the body; "" nobody."""
    if not ended_early(mandate, day) or any(one.ground == f"after {mandate.id}" for one in state.mandates.values()):
        return ""
    seated = {one.person for one in state.mandates_of_seat(mandate.seat, day)}
    for person in state.seating.substitutes.get(mandate.id, ()):
        known = state.persons.get(person)
        if known is not None and known.is_member_on(day) and person not in seated:
            return person
    return ""
