"""Rulings: somebody entitled reads a line of the rulebook in one case; the meeting can overturn it.

Lives here: `ruling.make`, `ruling.appeal`, `ruling.decide`, and what a vote on the matter `ruling` brings. Not here: what may
not be ruled on (`order`), how the engine obeys (`readings`).

Invariant: a ruling names clause, line and words and binds its case alone; the ruler does not preside over the appeal; what was
let through by a ruling that is overturned is reviewed, and no entry is rewritten by that. Source: docs/spec/acts-rulings.md.
"""

from __future__ import annotations

from dataclasses import dataclass

from isonomy.engine.act import judges
from isonomy.engine.competence import RULING
from isonomy.engine.effect import At, effect
from isonomy.engine.judgement import FORM, Judgement
from isonomy.engine.meeting import Meeting
from isonomy.engine.motion import Motion
from isonomy.engine.proceedings.agenda import may_decide
from isonomy.engine.proceedings.order import (
    Case,
    check_case,
    check_exclusions,
    check_line,
    check_not_overturned,
    rulers_at,
)
from isonomy.engine.proceedings.presence import may_preside, open_meeting
from isonomy.engine.ruling import APPEALED, MADE, OVERTURNED, SUSTAINED, Ruling
from isonomy.engine.shape import Line, Natural, ProceedingId, Slug, Text
from isonomy.engine.state import State, day_of
from isonomy.kernel.ids import proceeding_id
from isonomy.rulebook.ruling_rule import OVERTURNED as TIE_OVERTURNS

UNDER_APPEAL, UNDER_REVIEW, IN_FORCE, ANNULLED = "under appeal", "under review", "in force", "annulled"


@dataclass(frozen=True, slots=True)
class Make:
    """Rules on a question of order: how a line of a clause is read in this case.

    `reading` is one of the closed list, or left out for words alone. `meeting` is where it is made; left out between meetings, or
    for all cases by the `decision` of the body that the clause names.
    """

    clause: Line
    line: Natural
    words: Text
    reading: Slug | None = None
    meeting: ProceedingId | None = None
    motion: ProceedingId | None = None
    matter: Slug | None = None
    within: Slug | None = None
    decision: ProceedingId | None = None


@dataclass(frozen=True, slots=True)
class AppealRuling:
    """Appeals against a ruling: to the meeting at once, or between meetings to the body that the clause names."""

    ruling: ProceedingId
    words: Text | None = None


@dataclass(frozen=True, slots=True)
class DecideAppeal:
    """Declares, by show of hands, whether a ruling that was appealed is sustained."""

    ruling: ProceedingId
    meeting: ProceedingId
    sustain: Natural
    overturn: Natural


@effect("ruling.made")
@dataclass(frozen=True, slots=True)
class RulingMade:
    """A line of a clause is read so, in a case or for all; `appealable_until` stands for one between meetings."""

    ruling: str
    body: str
    clause: str
    line: int
    on: str
    edition: str
    reading: str = ""
    meeting: str = ""
    motion: str = ""
    matter: str = ""
    within: str = ""
    general: bool = False
    confirmed: str = ""
    appeal_to: str = ""
    appealable_until: str = ""
    seat: str = ""

    def apply(self, state: State, at: At) -> None:
        """Enters the ruling; its words stand in the act."""
        state.rulings[self.ruling] = Ruling(
            self.ruling, at.n, at.by, self.seat, self.body, self.clause, self.line, self.reading, str(at.act["words"]),
            self.on, self.edition, self.meeting, self.motion, self.matter, self.within, self.general, self.confirmed,
            appeal_to=self.appeal_to, appealable_until=self.appealable_until,
        )  # fmt: skip
        state.touched[self.ruling] = at.n


@effect("ruling.appealed")
@dataclass(frozen=True, slots=True)
class RulingAppealed:
    """A ruling is under appeal: until that is decided it lets nothing through, and what rests on it waits."""

    ruling: str
    person: str
    on: str

    def apply(self, state: State, at: At) -> None:
        """Holds up what rests on it."""
        ruling = state.rulings[self.ruling]
        ruling.standing, ruling.appealed_by, ruling.appealed_on = APPEALED, self.person, self.on
        _stand(state, ruling.rests, IN_FORCE, UNDER_APPEAL)
        state.touched[self.ruling] = at.n


@effect("ruling.decided")
@dataclass(frozen=True, slots=True)
class RulingDecided:
    """An appeal is decided: the ruling is sustained or overturned; `review` is what is to be reviewed for that."""

    ruling: str
    standing: str
    sustain: int
    overturn: int
    on: str
    review: tuple[str, ...] = ()

    def apply(self, state: State, at: At) -> None:
        """Settles the ruling; a quorum that rested on an overturned one is none."""
        ruling = state.rulings[self.ruling]
        ruling.standing, ruling.decided_on, ruling.review = self.standing, self.on, list(self.review)
        if self.standing == SUSTAINED:
            _stand(state, ruling.rests, UNDER_APPEAL, IN_FORCE)
        else:
            _stand(state, ruling.rests, UNDER_APPEAL, UNDER_REVIEW)
            _stand(state, list(self.review), IN_FORCE, UNDER_REVIEW)
            for thing in ruling.rests:
                if thing in state.meetings:
                    state.meetings[thing].quorate = "no"
                    state.touched[thing] = at.n
        state.touched[self.ruling] = at.n


@effect("ruling.confirmed")
@dataclass(frozen=True, slots=True)
class RulingConfirmed:
    """A ruling for all cases binds until its clause is amended, confirmed by the supreme body."""

    ruling: str
    by: str

    def apply(self, state: State, at: At) -> None:
        """Confirms the ruling."""
        state.rulings[self.ruling].confirmed = self.by
        state.touched[self.ruling] = at.n


@effect("ruling.reviewed")
@dataclass(frozen=True, slots=True)
class RulingReviewed:
    """What rested on an overturned ruling was reviewed: it stands by a vote of its own, or is annulled."""

    ruling: str
    thing: str
    stands: bool
    by: str

    def apply(self, state: State, at: At) -> None:
        """Settles the thing."""
        ruling = state.rulings[self.ruling]
        ruling.review = [thing for thing in ruling.review if thing != self.thing]
        _stand(state, [self.thing], UNDER_REVIEW, IN_FORCE if self.stands else ANNULLED)
        state.touched[self.thing] = state.touched[self.ruling] = at.n


def _stand(state: State, things: list[str], was: str, now: str) -> None:
    for thing in things:
        if thing in state.decisions and state.decisions[thing].standing == was:
            state.decisions[thing].standing = now


# -- making ------------------------------------------------------------------------------------------------


@judges("ruling.make", Make, reportable=False)
def judge_make(judgement: Judgement, make: Make) -> None:
    """Judges a ruling: by who may rule here, on a line that may be ruled on, with a reading of the list that fits the case."""
    if make.decision is not None:
        _make_general(judgement, make)
    elif make.meeting is not None:
        meeting = open_meeting(judgement, make.meeting)
        body = judgement.state.rulebook(meeting.edition).bodies[meeting.body.partition("@")[0]]
        clause = body.place.clause_of("chaired by")
        if judgement.author not in rulers_at(judgement, meeting):
            judgement.refuse(
                clause, "at a meeting its chair rules, or in the chair's absence who opened it",
                {"by": judgement.author, "may rule": list(rulers_at(judgement, meeting))},
                "raise it with the chair, and appeal against the ruling",
            )  # fmt: skip
        judgement.cite(clause)
        _enter(judgement, make, Case(meeting.body, meeting.edition, meeting=meeting))
    else:
        _make_between(judgement, make)


def _make_between(judgement: Judgement, make: Make) -> None:
    """Between meetings: by the office that the clause names, about a motion; it can be appealed in the clause's time."""
    rule = judgement.rulebook.ruling
    if rule is None or not rule.between or rule.appeal is None:
        clause = rule.place.clause if rule is not None else FORM
        raise judgement.bar(
            "no clause lets anybody rule between meetings", {"meeting": "none"}, "name the open meeting, and rule there",
            clause,
        )  # fmt: skip
    moved = judgement.state.motions.get(make.motion or "")
    if moved is None:
        raise judgement.bar(
            "a ruling between meetings is on a motion",
            {"motion": make.motion or "none"},
            'give "motion", such as mo-31',
        )
    unit = moved.body.partition("@")[2]
    clause = rule.place.clause_of("between meetings by")
    judgement.may_act(rule.between, clause, "between meetings those rule whom the clause names", unit=unit)
    until = rule.appeal.within.after(day_of(judgement.on)).isoformat()
    case = Case(moved.body, moved.edition, appeal_to=judgement.beside(rule.appeal.to, unit), appealable_until=until)
    _enter(judgement, make, case)


def _make_general(judgement: Judgement, make: Make) -> None:
    """For all cases: the decision of the body that the clause names, in its very words; it lapses unless confirmed."""
    rule = judgement.rulebook.ruling
    body = rule.general_by if rule is not None else ""
    if rule is None or not body or make.meeting is not None:
        raise judgement.bar(
            "no clause lets anybody rule for all cases" if not body else "a ruling for all cases is of no one meeting",
            {"decision": make.decision}, "rule in the case, at its meeting", rule.place.clause if rule is not None else FORM,
        )  # fmt: skip
    clause = rule.place.clause_of("general by")
    judgement.is_granted(
        (body,), clause, "for all cases the body rules that the clause names", decision=make.decision, matter=RULING,
        about=proceeding_id("ru", judgement.n),
    )  # fmt: skip
    decided = judgement.state.decisions.get(make.decision or "")
    if decided is not None and decided.text != make.words:
        judgement.refuse(
            clause, "a ruling for all cases has the words that were decided", {"decided": decided.text[:120]},
            "write them word for word",
        )  # fmt: skip
    supreme = judgement.rulebook.supreme
    confirmed = str(make.decision) if supreme is not None and supreme.name == body else ""
    _enter(judgement, make, Case(body, judgement.edition, general=True, confirmed=confirmed))


def _enter(judgement: Judgement, make: Make, case: Case) -> None:
    moved = judgement.state.motions.get(make.motion or "")
    if make.motion is not None and (moved is None or moved.body != case.body):
        raise judgement.bar(
            f"there is no motion '{make.motion}' in {judgement.title(case.body)}", {}, "name one of its motions"
        )
    matter = make.matter or (moved.matter if moved is not None else "")
    what = (make.meeting or "", make.motion or "", make.matter or "", make.reading or "", make.clause)
    check_not_overturned(judgement, what)
    check_line(judgement, make.clause, int(make.line), case.edition)
    check_exclusions(judgement, make.clause, int(make.line), matter, moved, case)
    check_case(
        judgement, make.reading or "", make.clause, int(make.line), make.matter or "", make.within or "", moved, case
    )
    judgement.cite(make.clause)
    judgement.then(
        RulingMade(
            proceeding_id("ru", judgement.n), case.body, make.clause, int(make.line), judgement.on, case.edition,
            make.reading or "", case.meeting.id if case.meeting is not None else "", make.motion or "", make.matter or "",
            make.within or "", case.general, case.confirmed, case.appeal_to, case.appealable_until, judgement.as_,
        )
    )  # fmt: skip


# -- appealing ---------------------------------------------------------------------------------------------


def _ruling(judgement: Judgement, ruling: str) -> Ruling:
    found = judgement.state.rulings.get(ruling)
    if found is None:
        raise judgement.bar(f"there is no ruling '{ruling}'", {}, "name one, such as ru-31")
    return found


@judges("ruling.appeal", AppealRuling, reportable=False)
def judge_appeal(judgement: Judgement, appeal: AppealRuling) -> None:
    """Judges an appeal: of somebody present, at once, before a result rests on the ruling; between meetings in its time."""
    ruling = _ruling(judgement, appeal.ruling)
    if ruling.standing != MADE:
        raise judgement.bar(f"the ruling is {ruling.standing} already", {"ruling": ruling.id}, "nothing more is needed")
    if ruling.general:
        raise judgement.bar(
            "a ruling for all cases is the decision of a body", {"ruling": ruling.id},
            "it ends with the next meeting of the supreme body unless that confirms it",
        )  # fmt: skip
    if ruling.meeting:
        _appeal_at_once(judgement, ruling)
    else:
        if judgement.on > ruling.appealable_until:
            judgement.refuse(
                ruling.clause, "an appeal is lodged in time", {"last day": ruling.appealable_until, "today": judgement.on},
                "the ruling stands",
            )  # fmt: skip
        seats = tuple(dict.fromkeys((ruling.body, ruling.appeal_to)))
        judgement.may_act(seats, ruling.clause, "a ruling is appealed by a member of the body it binds")
    judgement.then(RulingAppealed(ruling.id, judgement.author, judgement.on))


def _appeal_at_once(judgement: Judgement, ruling: Ruling) -> None:
    """On the day of the ruling, by who is or was there: neither a quick result nor a quick closing cuts an appeal off."""
    meeting = judgement.state.meetings[ruling.meeting]
    body = judgement.state.rulebook(meeting.edition).bodies[meeting.body.partition("@")[0]]
    clause = body.place.clause_of("chaired by")
    judgement.may_act((meeting.body,), clause, "a ruling is appealed by a member of the body that meets")
    if judgement.author not in meeting.present:
        judgement.refuse(clause, "who appeals against a ruling is there", {"by": judgement.author}, "be there")
    if judgement.on != ruling.on:
        judgement.refuse(
            clause, "a ruling at a meeting is appealed at once: on that day", {"ruled on": ruling.on, "today": judgement.on},
            "what was decided stands; move what should be so instead",
        )  # fmt: skip


@judges("ruling.decide", DecideAppeal, reportable=False)
def judge_decide(judgement: Judgement, decide: DecideAppeal) -> None:
    """Judges the decision of an appeal: in the right meeting, another presiding; a tie as the clause says."""
    ruling = _ruling(judgement, decide.ruling)
    if ruling.standing != APPEALED:
        raise judgement.bar("no appeal is open against that ruling", {"standing": ruling.standing}, "appeal first")
    meeting = open_meeting(judgement, decide.meeting)
    wanted = ruling.appeal_to or ruling.body
    sitting = judgement.state.meetings.get(ruling.meeting)
    elsewhere = sitting is not None and sitting.standing == "open" and sitting.id != meeting.id
    if meeting.body != wanted or elsewhere:
        raise judgement.bar(
            f"the appeal is decided by {judgement.title(wanted)}", {"meeting": meeting.id, "of": meeting.body},
            f"name {ruling.meeting or 'a meeting of that body'}",
        )  # fmt: skip
    _check_sitting(judgement, meeting, ruling)
    _check_presides(judgement, meeting, ruling)
    cast = int(decide.sustain) + int(decide.overturn)
    if cast > len(meeting.present):
        judgement.refuse(
            ruling.clause,
            "nobody votes who is not present",
            {"present": len(meeting.present), "votes": cast},
            "count again",
        )
    standing = _outcome(judgement, int(decide.sustain), int(decide.overturn))
    review = _to_review(judgement.state, ruling) if standing == OVERTURNED else ()
    judgement.cite(ruling.clause)
    judgement.then(RulingDecided(ruling.id, standing, int(decide.sustain), int(decide.overturn), judgement.on, review))


def _outcome(judgement: Judgement, sustain: int, overturn: int) -> str:
    rule = judgement.rulebook.ruling
    if sustain == overturn:
        falls = rule is not None and rule.tie == TIE_OVERTURNS
        if rule is not None:
            judgement.cite(rule.place.clause_of("tie"))
        return OVERTURNED if falls else SUSTAINED
    return SUSTAINED if sustain > overturn else OVERTURNED


def _check_sitting(judgement: Judgement, meeting: Meeting, ruling: Ruling) -> None:
    """The meeting can decide: on its own order at once, on another appeal as on any matter of its call."""
    if ruling.meeting != meeting.id:
        may_decide(judgement, meeting, RULING)
        return
    if meeting.quorate == "no" or meeting.challenged_by or judgement.on > meeting.counted_on:
        judgement.refuse(
            ruling.clause, "an appeal is decided by a meeting whose quorum stands",
            {"quorate": meeting.quorate, "challenged by": meeting.challenged_by or "nobody", "counted": meeting.counted_on},
            "count those present with quorum.count",
        )  # fmt: skip


def _check_presides(judgement: Judgement, meeting: Meeting, ruling: Ruling) -> None:
    """Another presides: the office of the clause, else another officer, else another member who is there."""
    rule, unit = judgement.rulebook.ruling, meeting.body.partition("@")[2]
    own = {ruling.by, ruling.appealed_by}
    others = [person for person in meeting.present if person not in own] or [
        person for person in meeting.present if person != ruling.by
    ]
    named = judgement.holders(judgement.beside(rule.presides, unit)) if rule is not None and rule.presides else []
    officers = [
        holder
        for seat in may_preside(judgement, meeting.body)
        if seat != meeting.body
        for holder in judgement.holders(seat)
    ]
    free = (
        [person for person in named if person in others]
        or [person for person in officers if person in others]
        or others
    )
    clause = rule.place.clause if rule is not None else ruling.clause
    if judgement.author not in free:
        judgement.refuse(
            clause, "another than who ruled presides over the appeal",
            {"by": judgement.author, "ruled": ruling.by, "may preside": free[:6]},
            f"let {' or '.join(free[:3])} preside" if free else "nobody else is there: bring it before the next meeting",
        )  # fmt: skip


def _to_review(state: State, ruling: Ruling) -> tuple[str, ...]:
    """What is reviewed for an overturned ruling: decisions that rest on it, and those of a meeting whose quorum did."""
    found = [thing for thing in ruling.rests if thing in state.decisions]
    sat = [thing for thing in ruling.rests if thing in state.meetings]
    for decision in state.decisions.values():
        if decision.meeting in sat and int(decision.id.partition("-")[2]) > ruling.entry and decision.id not in found:
            found.append(decision.id)
    return tuple(found)


# -- what a vote on the matter brings ----------------------------------------------------------------------


def decide_ruling(judgement: Judgement, motion: Motion, *, carried: bool, body: str, poll: str) -> None:
    """What the vote on a motion on the matter `ruling` brings: a general ruling confirmed, a reviewed thing settled."""
    if motion.matter != RULING:
        return
    ruling = judgement.state.rulings.get(motion.ratifies)
    supreme = judgement.rulebook.supreme
    if ruling is not None:
        if carried and ruling.general and not ruling.confirmed and supreme is not None and body == supreme.name:
            judgement.then(RulingConfirmed(ruling.id, poll))
        return
    for found in judgement.state.rulings.values():
        if motion.ratifies in found.review and body in (found.appeal_to or found.body, supreme.name if supreme else ""):
            judgement.then(RulingReviewed(found.id, motion.ratifies, carried, poll))
