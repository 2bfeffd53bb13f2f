"""Elections: opened for the seats that fall vacant, closed with the paper fixed, elected where nobody contests.

Lives here: `election.open`, `nominations.close`. Not here: nominating (`nominations`), the poll (`putting`, `polls`), the
result (`declaring`), appeals (`appeals`), vacancies (`vacancies`).

Invariant: an election fills no more seats than fall vacant; its paper holds those who consented, were seconded as the
clause asks and may hold the seat, in an order that no one could steer alone. Source: docs/spec/elections.md.
"""

from __future__ import annotations

from dataclasses import dataclass

from isonomy.engine.act import judges
from isonomy.engine.competence import ELECTION
from isonomy.engine.effect import At, effect
from isonomy.engine.election import CLOSED, DECLARED, FAILED, NOMINATING, Election
from isonomy.engine.group_numbers import as_counted
from isonomy.engine.judgement import Judgement
from isonomy.engine.lots import lot_of, paper_order
from isonomy.engine.proceedings.agenda import may_decide
from isonomy.engine.proceedings.constraining import groups_of, why_infeasible
from isonomy.engine.proceedings.decisions import DecisionTaken
from isonomy.engine.proceedings.movers import competence_of
from isonomy.engine.proceedings.standing import check_returning, may_hold, rule_of
from isonomy.engine.shape import Bytes32, CivilDate, Natural, ProceedingId, SeatName, Sha256
from isonomy.engine.state import State, day_of
from isonomy.engine.vacant import elects_in, next_vacancy, vacant_count
from isonomy.kernel.ids import proceeding_id
from isonomy.rulebook.election_rule import BY_LOT, ELECTED, ElectionRule, NominationTime
from isonomy.rulebook.model import Procedure

TO_POLL = "poll"
SEATS_MAX = 1_000


@dataclass(frozen=True, slots=True)
class OpenElection:
    """Opens an election to a seat: nominations can be made from now on. `lot` is SHA-256 of SHA-256 of a secret."""

    body: SeatName
    seat: SeatName
    vacant_on: CivilDate | None = None
    seats: Natural | None = None
    lot: Sha256 | None = None
    meeting: ProceedingId | None = None


@dataclass(frozen=True, slots=True)
class CloseNominations:
    """Closes nominations and fixes the paper; `opening` is SHA-256 of the secret."""

    election: ProceedingId
    opening: Bytes32 | None = None


@dataclass(frozen=True, slots=True)
class Dropped:
    """Whose nomination has lapsed, and why."""

    person: str
    why: str


@effect("election.opened")
@dataclass(frozen=True, slots=True)
class ElectionOpened:
    """An election is open for nominations, to so many seats that fall vacant on a day."""

    election: str
    seat: str
    body: str
    seats: int
    procedure: str
    edition: str
    vacant_on: str
    on: str
    nominations_until: str
    order: str
    lot: str = ""
    meeting: str = ""

    def apply(self, state: State, at: At) -> None:
        """Enters the election."""
        state.elections[self.election] = Election(
            self.election, self.seat, self.body, self.seats, self.procedure, self.edition, self.vacant_on, self.on,
            at.by, str(at.act["id"]), self.nominations_until, self.order, self.lot,
            self.meeting,
        )  # fmt: skip
        state.touched[self.election] = state.touched[self.body] = state.touched[self.seat] = at.n


@effect("nominations.closed")
@dataclass(frozen=True, slots=True)
class NominationsClosed:
    """No further nomination is taken. `result` is poll (the paper is fixed), elected (uncontested) or failed."""

    election: str
    on: str
    result: str
    paper: tuple[str, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    opening: str = ""
    why: str = ""

    def apply(self, state: State, at: At) -> None:
        """Fixes the paper."""
        election = state.elections[self.election]
        election.paper, election.closed_on = list(self.paper), self.on
        election.opening = self.opening or election.opening
        election.standing = {TO_POLL: CLOSED, ELECTED: DECLARED}.get(self.result, FAILED)
        state.touched[self.election] = at.n


@judges("election.open", OpenElection, reportable=False)
def judge_open(judgement: Judgement, opened: OpenElection) -> None:
    """Judges the opening: the clause has nominations, seats fall vacant, the time has come, no other election is open."""
    judgement.body(opened.body)
    block = judgement.seat(opened.seat)
    competence = competence_of(judgement, opened.body, ELECTION + block.name)
    if competence is None:
        return
    clause, procedure = competence.place.clause, competence.procedure
    rule = procedure.election if procedure is not None else None
    if procedure is None or rule is None or rule.nominations is None:
        raise judgement.bar(
            f"no clause has nominations for {judgement.title(opened.seat)}", {"seat": opened.seat},
            "put the question with poll.open and name the candidates there", clause,
        )  # fmt: skip
    _check_unit(judgement, opened, clause)
    _check_other(judgement, opened, clause)
    check_returning(judgement, opened.body, procedure, clause, "an election is opened by the returning officer")
    _check_lot(judgement, opened, procedure, rule)
    _check_meeting(judgement, opened, procedure, rule.nominations)
    vacant_on = _vacant_on(judgement, opened, clause)
    seats = _seats(judgement, opened, rule, vacant_on, clause)
    before = rule.nominations.before
    earliest = before.before(day_of(vacant_on)).isoformat() if before is not None else judgement.on
    if judgement.on < earliest:
        judgement.refuse(
            procedure.place.clause_of("nominations"), f"nominations are {rule.nominations}",
            {"vacant on": vacant_on, "today": judgement.on}, f"open it on {earliest} or later",
        )  # fmt: skip
    judgement.cite(clause)
    judgement.then(
        ElectionOpened(
            proceeding_id("el", judgement.n), opened.seat, opened.body, seats, procedure.name, judgement.edition,
            vacant_on, judgement.on, _last_day(judgement, rule.nominations), rule.order, opened.lot or "",
            opened.meeting or "",
        )
    )  # fmt: skip


def _last_day(judgement: Judgement, time: NominationTime) -> str:
    """The last day of nominations; today where the meeting takes them."""
    return time.length.after(day_of(judgement.on)).isoformat() if time.length is not None else judgement.on


def _check_meeting(judgement: Judgement, opened: OpenElection, procedure: Procedure, time: NominationTime) -> None:
    """Where the clause has nominations at the meeting, the election is opened at one that may decide the matter."""
    clause = procedure.place.clause_of("nominations")
    if time.length is not None:
        if opened.meeting is not None:
            raise judgement.bar(f"nominations are {time}", {"meeting": opened.meeting}, 'leave "meeting" out', clause)
        return
    meeting = judgement.state.meetings.get(opened.meeting or "")
    if meeting is None or meeting.body != opened.body or meeting.standing != "open":
        raise judgement.bar(
            "nominations are taken at the meeting", {"meeting": opened.meeting or "none"}, "open the meeting and name it",
            clause,
        )  # fmt: skip
    may_decide(judgement, meeting, ELECTION + opened.seat.partition("@")[0], procedure)


def _check_unit(judgement: Judgement, opened: OpenElection, clause: str) -> None:
    """A seat of a unit is filled by the electing body of that unit, where there is one in each; delegates come from inside."""
    unit, own = opened.seat.partition("@")[2], opened.body.partition("@")[2]
    if not elects_in(judgement.state, judgement.seat(opened.seat), unit, own):
        raise judgement.bar(
            f"{judgement.title(opened.body)} elects to no seat of {unit}", {"seat": opened.seat}, f"elect there, or in {own}",
            clause,
        )  # fmt: skip


def _check_other(judgement: Judgement, opened: OpenElection, clause: str) -> None:
    for other in judgement.state.elections.values():
        if (other.seat, other.body) == (opened.seat, opened.body) and other.is_open_on(judgement.on):
            judgement.refuse(
                clause, "there is one election to a seat at a time",
                {"open": other.id, "standing": other.standing_on(judgement.on)}, f"bring {other.id} to its result first",
            )  # fmt: skip


def _check_lot(judgement: Judgement, opened: OpenElection, procedure: Procedure, rule: ElectionRule) -> None:
    if opened.lot is None and (rule.order == BY_LOT or procedure.tie == "lot"):
        raise judgement.bar(
            "the lot is published before anybody is nominated", {"lot": "none"},
            'draw 32 random bytes and give SHA-256 of their SHA-256 as "lot"', procedure.place.clause,
        )  # fmt: skip


def _vacant_on(judgement: Judgement, opened: OpenElection, clause: str) -> str:
    if opened.vacant_on is not None:
        if opened.vacant_on < judgement.on:
            judgement.refuse(
                clause, "seats are filled that are vacant today or fall vacant later", {"vacant_on": opened.vacant_on},
                "leave it out",
            )  # fmt: skip
        return opened.vacant_on
    found = next_vacancy(judgement.state, judgement.edition, opened.seat, opened.body, judgement.on)
    if not found:
        raise judgement.bar(
            f"no seat of {judgement.title(opened.seat)} falls vacant", {"seat": opened.seat},
            "wait until a mandate has an end", clause,
        )  # fmt: skip
    return found


def _seats(judgement: Judgement, opened: OpenElection, rule: ElectionRule, vacant_on: str, clause: str) -> int:
    vacant = vacant_count(judgement.state, judgement.edition, opened.seat, opened.body, vacant_on)
    if vacant == 0:
        judgement.refuse(
            clause, f"no seat of {judgement.title(opened.seat)} is vacant then", {"on": vacant_on}, "name a later day"
        )
    told = None if opened.seats is None else int(opened.seats)
    limits = [number for number in (vacant, rule.seats) if number is not None]
    seats = min(limits) if limits else told
    if seats is None or not 0 <= seats <= SEATS_MAX:
        raise judgement.bar(
            "how many are elected is not said", {"seats": "none"}, f'give "seats", at most {SEATS_MAX}', clause
        )
    if told == 0 or (told is not None and told != seats):
        judgement.refuse(clause, f"{seats} are elected", {"seats": told}, 'leave "seats" out')
    return seats


@judges("nominations.close", CloseNominations, reportable=False)
def judge_close(judgement: Judgement, close: CloseNominations) -> None:
    """Judges the close: after the last day, by the returning officer, with the lot opened; the result follows."""
    election = election_of(judgement, close.election)
    procedure, rule = rule_of(judgement.state, election)
    clause = procedure.place.clause
    standing = election.standing_on(judgement.on)
    again = standing == CLOSED and any(not _stands(judgement, election, person) for person in election.paper)
    if standing != NOMINATING and not again:
        raise judgement.bar(
            f"the election is {standing}", {"election": election.id},
            "nominations are closed once, and again when a candidate has withdrawn", clause,
        )  # fmt: skip
    if judgement.on <= election.nominations_until and not election.meeting:
        judgement.refuse(
            procedure.place.clause_of("nominations"), "nominations are open through their last day",
            {"last day": election.nominations_until, "today": judgement.on}, "close them the day after, or later",
        )  # fmt: skip
    left, dropped = _left(judgement, election, procedure)
    says = "nominations are closed by the returning officer"
    check_returning(judgement, election.body, procedure, clause, says, standing=tuple(left))
    opening = _opening(judgement, close, election)
    result, why = _result(judgement, election, rule, left)
    paper = _paper(election, left, opening) if result != FAILED else []
    judgement.cite(clause)
    judgement.then(
        NominationsClosed(
            election.id, judgement.on, result, tuple(paper), tuple(dropped), close.opening or "", why
        )
    )  # fmt: skip
    if result == ELECTED:
        judgement.then(
            DecisionTaken(
                proceeding_id("de", judgement.n), election.body, ELECTION + election.seat.partition("@")[0], judgement.on,
                clause, text="Elected without a poll", person=" ".join(paper), election=election.id,
                appealable_until=appealable_until(rule, judgement.on),
            )
        )  # fmt: skip


def election_of(judgement: Judgement, id: str) -> Election:
    """The election of that id; bars the act otherwise."""
    found = judgement.state.elections.get(id)
    if found is None:
        raise judgement.bar(f"there is no election '{id}'", {}, "name one, such as el-12")
    return found


def appealable_until(rule: ElectionRule | None, on: str) -> str:
    """The last day of the time to appeal against a result declared on a day; "" where no clause has appeals."""
    return rule.appeal.within.after(day_of(on)).isoformat() if rule is not None and rule.appeal is not None else ""


def _left(judgement: Judgement, election: Election, procedure: Procedure) -> tuple[list[str], list[Dropped]]:
    """Who stands at the close, in the order of nomination, and whose nomination lapses."""
    left: list[str] = []
    dropped: list[Dropped] = []
    for candidate in election.candidates.values():
        why = "withdrew" if candidate.withdrawn_on else ""
        why = why or ("" if candidate.accepted else "did not consent")
        if not why and len(candidate.seconders) < procedure.seconders:
            why = f"{len(candidate.seconders)} of {procedure.seconders} seconders"
        why = why or may_hold(judgement, candidate.person, election.seat, election.vacant_on)
        if why:
            dropped.append(Dropped(candidate.person, why))
        else:
            left.append(candidate.person)
    return left, dropped


def _stands(judgement: Judgement, election: Election, person: str) -> bool:
    return not election.candidates[person].withdrawn_on and not may_hold(
        judgement, person, election.seat, election.vacant_on
    )


def _opening(judgement: Judgement, close: CloseNominations, election: Election) -> str:
    """The opening of the lot, given now or at an earlier close."""
    if close.opening is not None and lot_of(close.opening) != election.lot:
        raise judgement.bar(
            "this does not open the lot", {"lot": election.lot or "none"},
            "give SHA-256 of the secret, 32 bytes in base64; SHA-256 of these is the lot",
        )  # fmt: skip
    opening = close.opening or election.opening
    if not opening and election.order == BY_LOT:
        raise judgement.bar(
            "the order of the paper is drawn from the lot",
            {"lot": election.lot},
            'give "opening": SHA-256 of the secret',
        )
    return opening


def _paper(election: Election, left: list[str], opening: str) -> list[str]:
    if election.order != BY_LOT:
        return left
    numbers = {person: number for number, person in enumerate(election.candidates, start=1) if person in left}
    return paper_order(election.id, opening, election.consents, numbers)


def _result(judgement: Judgement, election: Election, rule: ElectionRule, left: list[str]) -> tuple[str, str]:
    """What follows from the candidates left; why, where the election has failed."""
    if not left:
        return FAILED, "nobody stands"
    groups = groups_of(judgement.state, left, rule.constraints, election)
    why = why_infeasible(groups, range(1, len(left) + 1 + rule.reopens), election.seats) if groups else ""
    if why:
        return FAILED, why
    is_met = all(one.is_met(range(1, len(left) + 1)) for one in as_counted(groups))
    if len(left) <= election.seats and rule.uncontested == ELECTED and is_met:
        return ELECTED, ""
    return TO_POLL, ""
