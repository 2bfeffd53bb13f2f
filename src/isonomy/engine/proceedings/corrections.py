"""Corrections: slips mended in the open, from their own place on.

Lives here: `correct`. Not here: changes of substance, which are new decisions.

Invariant: nothing is rewritten. A correction is a new entry that names the old one, what it said, what it should have said
and why; it needs the power that made the entry; a roll, result or decision also needs the approval of the body whose
record it is, given for this very correction. It takes effect from its own place: what was judged before stays judged. And it
gives nobody what the act itself could not have given: no longer term, no larger amount, no later meeting than was announced.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from isonomy.engine.act import judges
from isonomy.engine.competence import CORRECTION, competent_for
from isonomy.engine.effect import At, effect
from isonomy.engine.judgement import FORM, DecisionCarriedOut, Judgement
from isonomy.engine.proceedings.calls import check_start
from isonomy.engine.proceedings.mandates import check_room, term_end
from isonomy.engine.roll import class_of
from isonomy.engine.shape import CivilDate, CivilTime, Json, Line, Natural, ProceedingId, Slug, Text, reader_of
from isonomy.engine.state import Correction, State
from isonomy.kernel.ids import proceeding_id

CORRECTABLE: dict[str, dict[str, Any]] = {
    "persons": {"unit": Slug, "member_class": Slug, "admitted_on": CivilDate},
    "units": {"name": Line},
    "meetings": {"starts": CivilTime, "place": Line},
    "motions": {"text": Text},
    "decisions": {"text": Text, "amount": Natural, "taken_on": CivilDate},
    "mandates": {"since": CivilDate, "until": CivilDate},
}
"""Which things have which keys that a slip may have got wrong, and the form of each."""
APPROVED = ("persons", "decisions", "mandates")
"""Things whose correction the body whose record it is must approve: the roll, the seats, and what was decided."""


@dataclass(frozen=True, slots=True)
class Correct:
    """Corrects a slip in an entry: which thing it made, which key, what it should say, and why."""

    entry: Natural
    thing: Line
    key: Line
    now: Json
    why: Text
    decision: ProceedingId | None = None


@effect("correction.made")
@dataclass(frozen=True, slots=True)
class CorrectionMade:
    """One key of one thing says something else from here on."""

    correction: str
    entry: int
    kind: str
    thing: str
    key: str
    was: Json
    now: Json

    def apply(self, state: State, at: At) -> None:
        """Sets the key and keeps what it was."""
        setattr(getattr(state, self.kind)[self.thing], self.key, self.now)
        state.corrections[self.correction] = Correction(
            self.correction, self.entry, self.thing, self.key, self.was, self.now, at.act["why"]
        )
        state.touched[self.thing] = at.n


@judges("correct", Correct, reportable=False)
def judge_correct(judgement: Judgement, correct: Correct) -> None:
    """Judges a correction: the entry made the thing, its author's power is there, the body approves, nothing is gained."""
    state = judgement.state
    if correct.entry >= judgement.n:
        raise judgement.bar(
            f"there is no entry {correct.entry}", {"entries": judgement.n}, "name the entry that holds the slip"
        )
    kind = next((name for name in CORRECTABLE if correct.thing in getattr(state, name)), None)
    if kind is None:
        raise judgement.bar(
            f"there is nothing called '{correct.thing[:60]}' to correct",
            {"kinds": sorted(CORRECTABLE)},
            "name a meeting, motion, decision, person, unit or mandate",
        )
    keys = CORRECTABLE[kind]
    if correct.key not in keys:
        raise judgement.bar(
            f"'{correct.key[:60]}' is not a slip to mend",
            {"may be corrected": sorted(keys)},
            "decide it anew where it is a matter of substance",
        )
    reader_of(keys[correct.key])(correct.now, "now")
    made_by = entries_of(state, kind, correct.thing)
    if correct.entry not in made_by:
        raise judgement.bar(
            "the slip stands in the entry that made the thing", {"entry": int(correct.entry), "made by": sorted(made_by)},
            f"name entry {max(made_by)}",
        )  # fmt: skip
    was = getattr(getattr(state, kind)[correct.thing], correct.key)
    if was == correct.now:
        raise judgement.bar("it says so already", {correct.key: str(was)[:80]}, "nothing needs correcting")
    CHECKS[kind](judgement, correct)
    if not judgement.is_recorder():
        _check_power(judgement, correct, kind)
        _check_approval(judgement, correct, kind)
    judgement.then(
        CorrectionMade(
            proceeding_id("cr", judgement.n), int(correct.entry), kind, correct.thing, correct.key, was, correct.now
        )
    )


def entries_of(state: State, kind: str, thing: str) -> set[int]:
    """The entries in which a slip about a thing may stand: the one that made it; of a person also the last about them."""
    if kind == "persons":
        return {state.persons[thing].entry, state.touched.get(thing, 0)}
    if kind == "units":
        return {state.units[thing].entry}
    return {int(thing.split("-")[1])}


# -- what may be set right, and what would be more than that -----------------------------------------------


def _check_person(judgement: Judgement, correct: Correct) -> None:
    state = judgement.state
    person = state.persons[correct.thing]
    block = class_of(judgement.rulebook, correct.now if correct.key == "member_class" else person.member_class)
    clause = block.place.clause if block is not None else FORM
    if correct.key == "unit":
        unit = state.units.get(correct.now)
        asked = block.belong_to if block is not None else ""
        if unit is None or unit.closed_on or (asked and unit.kind != asked):
            known = sorted(found.id for found in state.units.values() if not found.closed_on)
            raise judgement.bar(
                f"there is no such unit '{correct.now}'", {"open units": known[:20]}, "name one", clause
            )
    elif correct.key == "member_class" and block is None:
        raise judgement.bar(
            f"the rulebook has no class of members '{correct.now}'", {"classes": sorted(judgement.rulebook.member_classes)},
            "name one of them",
        )  # fmt: skip
    elif correct.key == "admitted_on" and not state.founded_on <= correct.now <= judgement.on:
        judgement.refuse(
            clause, "members are admitted between the founding and today",
            {"now": correct.now, "founded": state.founded_on}, "correct the date",
        )  # fmt: skip


def _check_nothing(judgement: Judgement, correct: Correct) -> None:
    """The name of a unit is a name."""


def _check_meeting(judgement: Judgement, correct: Correct) -> None:
    """Time and place while the meeting is to come; the time only while nobody was told of it."""
    meeting = judgement.state.meetings[correct.thing]
    if meeting.standing != "called":
        judgement.refuse(
            FORM,
            "time and place of a meeting that was held are history",
            {"standing": meeting.standing},
            "report what happened",
        )
    if correct.key == "place" or judgement.is_recorder():
        return
    body = judgement.state.rulebook(meeting.edition).bodies[meeting.body.partition("@")[0]]
    clause = body.place.clause_of("meets")
    if meeting.notices:
        judgement.refuse(
            clause, "those who had notice of a meeting come when it was called for",
            {"starts": meeting.starts, "notice sent": meeting.notices[0][0]}, "cancel it and call another",
        )  # fmt: skip
    if (meeting.by_right_on or meeting.demand) and correct.now[:10] != meeting.starts[:10]:
        judgement.refuse(
            clause,
            "a meeting by right or on demand keeps its day",
            {"starts": meeting.starts},
            "cancel it and call another",
        )
    check_start(judgement, meeting.body, correct.now, body, but=meeting.id)


def _check_motion(judgement: Judgement, correct: Correct) -> None:
    """A motion's words while they are its mover's alone: nobody seconded them, nobody votes on them."""
    motion = judgement.state.motions[correct.thing]
    put = any(poll.motion == motion.id for poll in judgement.state.polls.values())
    if motion.standing != "open" or put or motion.seconders:
        judgement.refuse(
            FORM, "the words of a motion stand once others have taken them up",
            {"standing": motion.standing, "seconders": len(motion.seconders), "put to the vote": put},
            "withdraw it and move another",
        )  # fmt: skip


def _check_decision(judgement: Judgement, correct: Correct) -> None:
    """What was decided, not more of it: an office's amount stays within its power, and nothing changes under a vote."""
    state = judgement.state
    decision = state.decisions[correct.thing]
    clause = decision.clause
    if decision.standing_on(judgement.on) == "lapsed":
        raise judgement.bar("the decision has lapsed", {"on": decision.lapses_on}, "decide it anew", clause)
    voted = [poll.id for poll in state.polls.values() if poll.standing != "declared"
             and poll.motion in state.motions and state.motions[poll.motion].ratifies == decision.id]  # fmt: skip
    if voted:
        judgement.refuse(clause, "the decision is being voted on", {"polls": voted}, "wait for the result")
    if correct.key == "taken_on" and correct.now > judgement.on:
        judgement.refuse(clause, "what was decided was decided by now", {"now": correct.now}, "correct the date")
    powers = [
        found.power for found in competent_for(judgement.rulebook, decision.matter)
        if found.power is not None and found.seat == decision.seat.partition("@")[0]
    ]  # fmt: skip
    limits = [power.up_to for power in powers if power.up_to is not None]
    if correct.key == "amount" and limits and correct.now > max(limits):
        judgement.refuse(
            clause, f"the power reaches up to {max(limits)}", {"amount": correct.now}, f"stay within {max(limits)}"
        )


def _check_mandate(judgement: Judgement, correct: Correct) -> None:
    """From when to when, within the term of the clause, and where there is room for it."""
    mandate = judgement.state.mandates[correct.thing]
    if judgement.is_recorder():
        return
    seat = judgement.seat(mandate.seat)
    clause = seat.place.clause
    if not mandate.is_valid_on(max(judgement.on, mandate.since)):
        raise judgement.bar(
            "the mandate is over", {"until": mandate.until or mandate.ended_on}, "fill the seat anew", clause
        )
    changed = replace(mandate, **{correct.key: correct.now})
    if changed.until and changed.until <= changed.since:
        raise judgement.bar(
            "a mandate ends after it begins",
            {"since": changed.since, "until": changed.until},
            "correct the date",
            clause,
        )
    last = term_end(seat, changed.since)
    if last and (not changed.until or changed.until > last):
        judgement.refuse(
            clause, f"the term is {seat.term}", {"since": changed.since, "until": changed.until or "no end"},
            f"until {last} at the latest",
        )  # fmt: skip
    check_room(judgement, seat, changed)


CHECKS: dict[str, Callable[[Judgement, Correct], None]] = {
    "persons": _check_person, "units": _check_nothing, "meetings": _check_meeting, "motions": _check_motion,
    "decisions": _check_decision, "mandates": _check_mandate,
}  # fmt: skip


# -- who may ---------------------------------------------------------------------------------------------


def _check_power(judgement: Judgement, correct: Correct, kind: str) -> None:
    """The power that made the entry, as it is held now; else those the clause names. A motion is its mover's."""
    state, record = judgement.state, judgement.rulebook.record
    clause = record.place.clause if record else FORM
    author, seat = state.author_of(int(correct.entry))
    if kind == "motions":
        if judgement.author != state.motions[correct.thing].mover:
            mover = state.motions[correct.thing].mover
            judgement.refuse(FORM, "a motion's words are its mover's", {"mover": mover}, f"ask {mover}")
        return
    if kind == "decisions" and state.decisions[correct.thing].seat.partition("@")[0] in judgement.rulebook.offices:
        seat = state.decisions[correct.thing].seat
    office = seat if seat.partition("@")[0] in judgement.rulebook.offices else ""
    if judgement.author == author and (not office or author in judgement.holders(office)):
        judgement.cite(clause)
        return
    seats = ((office,) if office else ()) + (record.corrected_by if record else ())
    judgement.may_act(
        seats, clause, "a slip is mended by those who have the power that made the entry, or whom the clause names"
    )


def _check_approval(judgement: Judgement, correct: Correct, kind: str) -> None:
    """The body whose record it is approves this very correction: what it is of, and what it shall say."""
    if kind not in APPROVED:
        return
    state, record = judgement.state, judgement.rulebook.record
    body = record.approved_by if record else ""
    if kind == "decisions":
        taken = state.decisions[correct.thing]
        by_office = taken.seat.partition("@")[0] in judgement.rulebook.offices
        if by_office and taken.standing != "ratified":
            return
        body = taken.ratify_by if by_office else taken.seat
    clause = record.place.clause if record else FORM
    if not body:
        judgement.refuse(
            clause,
            "the rulebook names no body that approves such corrections",
            {"thing": correct.thing},
            "amend the rulebook first",
        )
        return
    decision = state.decisions.get(correct.decision or "")
    says = f"{judgement.title(body)} approves corrections of its record"
    if decision is None or decision.seat != body or decision.matter != CORRECTION:
        judgement.refuse(
            clause, says, {"decision": correct.decision or "none named"}, f"name its decision on {CORRECTION}"
        )
        return
    motion = state.motions.get(decision.motion)
    about = {motion.ratifies, motion.person} - {""} if motion is not None else set()
    person = state.mandates[correct.thing].person if kind == "mandates" else correct.thing
    facts = {"decision": decision.id, "on": sorted(about) or "nothing", "words": decision.text[:80]}
    if not about & {correct.thing, person} or str(correct.now) not in decision.text:
        judgement.refuse(
            clause, f"{says}, each by itself", facts,
            f"decide on a motion on {correct.thing} whose words say '{str(correct.now)[:80]}'",
        )  # fmt: skip
    elif decision.standing_on(judgement.on) not in ("in force", "ratified"):
        judgement.refuse(clause, f"{says}; the decision named is not in force", facts, "decide it again")
    elif any(done.startswith(f"{decision.id} ") for done in state.carried_out):
        judgement.refuse(clause, f"{says}; the decision was carried out already", facts, "decide it anew")
    else:
        judgement.cite(clause)
        judgement.then(DecisionCarriedOut(decision.id, correct.thing))
