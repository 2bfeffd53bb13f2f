"""One person under two ids: proposed with evidence, objected to, joined, reviewed, parted again.

Lives here: `same_person` and what follows it, `not_same`. Not here: the shapes (`engine.identity`).

Invariant: nothing is rewritten: entries keep their ids. Once joined a person has one vote on every roll that opens; mandates and
terms of both count together, because they are held under one id. Source: docs/spec/acts-orders.md.
"""

from __future__ import annotations

from dataclasses import dataclass

from isonomy.engine.act import judges
from isonomy.engine.effect import At, effect
from isonomy.engine.identity import (
    DROPPED,
    JOINED,
    OBJECTED,
    ONE_PERSON,
    PARTED,
    PROPOSED,
    Joining,
    joining_of,
    now_known_as,
    unreviewed_in,
)  # fmt: skip
from isonomy.engine.judgement import Judgement
from isonomy.engine.shape import PersonId, ProceedingId, Slug, Text
from isonomy.engine.state import Poll, State, day_of
from isonomy.kernel.ids import proceeding_id
from isonomy.rulebook.provisions.identity import JOINING, PARTING, IdentityRule, identity_rule

CERTAINTIES = ("certain", "probable")


@dataclass(frozen=True, slots=True)
class SamePerson:
    """Proposes that two ids are one person, on evidence; the person may object before anything follows."""

    person: PersonId
    joined: PersonId
    evidence: Text
    certainty: Slug


@dataclass(frozen=True, slots=True)
class Object:
    """Objects, as one of the two: the ids are two persons."""

    joining: ProceedingId
    text: Text


@dataclass(frozen=True, slots=True)
class Settle:
    """Joins the two ids once the time to object is over, or as the body decided on the objection; `drops` the proposal."""

    joining: ProceedingId
    drops: bool = False
    decision: ProceedingId | None = None


@dataclass(frozen=True, slots=True)
class ReviewDouble:
    """The returning officer's review of a poll on whose roll the person stood twice: what was found, which vote is struck."""

    joining: ProceedingId
    poll: ProceedingId
    finding: Text
    strikes: PersonId | None = None


@dataclass(frozen=True, slots=True)
class NotSame:
    """Undoes a joining: the ids are two persons, by the decision of the body."""

    joining: ProceedingId
    evidence: Text
    decision: ProceedingId | None = None


@effect("persons.joining.proposed")
@dataclass(frozen=True, slots=True)
class JoiningProposed:
    """It stands on the record that two ids may be one person."""

    joining: str
    person: str
    joined: str
    evidence: str
    certainty: str
    on: str
    object_until: str
    edition: str
    clause: str

    def apply(self, state: State, at: At) -> None:
        """Enters the proposal."""
        state.joinings[self.joining] = Joining(
            self.joining, self.person, self.joined, self.evidence, self.certainty, at.by, self.on, self.object_until,
            self.edition, self.clause,
        )  # fmt: skip
        state.touched[self.joining] = at.n


@effect("persons.joining.objected")
@dataclass(frozen=True, slots=True)
class JoiningObjected:
    """One of the two objects; the body decides."""

    joining: str
    person: str
    text: str
    on: str

    def apply(self, state: State, at: At) -> None:
        """Enters the objection."""
        found = state.joinings[self.joining]
        found.standing, found.objection, found.objected_by, found.objected_on = (
            OBJECTED,
            self.text,
            self.person,
            self.on,
        )
        state.touched[self.joining] = at.n


@effect("persons.joining.dropped")
@dataclass(frozen=True, slots=True)
class JoiningDropped:
    """The proposal is dropped; nothing was joined."""

    joining: str
    on: str

    def apply(self, state: State, at: At) -> None:
        """Closes the proposal."""
        found = state.joinings[self.joining]
        found.standing, found.settled_on = DROPPED, self.on
        state.touched[self.joining] = at.n


@effect("persons.joined")
@dataclass(frozen=True, slots=True)
class PersonsJoined:
    """Two ids are one person from a day on: one of them is used, the other stands in the entries it was used in."""

    joining: str
    kept: str
    joined: str
    on: str
    decision: str = ""

    def apply(self, state: State, at: At) -> None:
        """Ends the use of the joined id, carries its mandates over, strikes the double entry on open rolls."""
        found = state.joinings[self.joining]
        found.standing, found.settled_on, found.settled_by = JOINED, self.on, self.decision
        state.persons[self.joined].left_on = self.on
        _carry_mandates(state, found, self.on)
        for poll in state.polls.values():
            if poll.standing in ("open", "closed"):
                _strike_double(poll, found)
        _carry_support(state, found)
        for meeting in state.meetings.values():
            if meeting.standing in ("open", "adjourned"):
                meeting.present = _once(meeting.present, found)
        state.touched[self.joining] = state.touched[self.kept] = state.touched[self.joined] = at.n


@effect("double.reviewed")
@dataclass(frozen=True, slots=True)
class DoubleReviewed:
    """The returning officer reviewed a roll on which one person stood twice; where both votes were named, one is struck."""

    joining: str
    poll: str
    finding: str
    strikes: str = ""

    def apply(self, state: State, at: At) -> None:
        """Strikes the second vote; the entry by which it was cast stays."""
        state.joinings[self.joining].reviewed[self.poll] = self.finding
        poll = state.polls[self.poll]
        if self.strikes:
            poll.named.pop(self.strikes, None)
            if self.strikes not in poll.struck:
                poll.struck.append(self.strikes)
            state.joinings[self.joining].struck[self.poll] = self.strikes
        state.touched[self.joining] = at.n


@effect("persons.parted")
@dataclass(frozen=True, slots=True)
class PersonsParted:
    """Two ids that were joined are two persons again from a day on."""

    joining: str
    kept: str
    joined: str
    on: str
    evidence: str
    decision: str

    def apply(self, state: State, at: At) -> None:
        """Gives the id back its use, its mandates, and its place on rolls that are still open."""
        found = state.joinings[self.joining]
        found.standing, found.parted_on, found.parted_by = PARTED, self.on, self.decision
        state.persons[self.joined].left_on = ""
        for id in found.moved:
            state.mandates[id].person = self.joined
        for id in found.ended:
            if state.mandates[id].ended_why == ONE_PERSON:
                state.mandates[id].ended_on = state.mandates[id].ended_why = ""
        for id, struck in found.struck.items():
            poll = state.polls[id]
            if poll.standing == "open" and struck in poll.struck:
                poll.struck.remove(struck)
        state.touched[self.joining] = state.touched[self.kept] = state.touched[self.joined] = at.n


def _carry_mandates(state: State, found: Joining, day: str) -> None:
    """The mandates of the joined id are held under the kept one; a seat held twice is held once."""
    held = {one.seat for one in state.mandates.values() if one.person == found.kept and one.is_valid_on(day)}
    for mandate in state.mandates.values():
        if mandate.person != found.joined:
            continue
        mandate.person = found.kept
        found.moved.append(mandate.id)
        if mandate.seat in held and mandate.is_valid_on(day):
            mandate.ended_on, mandate.ended_why = day, ONE_PERSON
            found.ended.append(mandate.id)


def _strike_double(poll: Poll, found: Joining) -> None:
    """Strikes the double entry: the one without a vote cast by name; where both or a secret box may hold two, it is reviewed."""
    both = poll.has_on_roll(found.kept) and poll.has_on_roll(found.joined)
    if not both or {found.kept, found.joined} & set(poll.struck):
        if poll.standing == "open" and poll.has_on_roll(found.joined) and found.joined not in poll.named and not both:
            poll.struck.append(found.joined)
            found.struck[poll.id] = found.joined
        return
    if found.joined in poll.named and found.kept in poll.named:
        found.doubles.append(poll.id)
        return
    if poll.standing == "open":
        struck = found.kept if found.joined in poll.named else found.joined
        poll.struck.append(struck)
        found.struck[poll.id] = struck
    if poll.secrecy == "secret":
        found.doubles.append(poll.id)


def _carry_support(state: State, found: Joining) -> None:
    """Who stands twice behind a demand, motion, petition or removal that is open stands behind it once."""
    gathered = [demand.supporters for demand in state.demands.values() if not demand.reached_on]
    gathered += [motion.seconders for motion in state.motions.values() if motion.standing == "open"]
    gathered += [petition.supporters for petition in state.petitions.values() if not petition.reached_on]
    gathered += [removal.supporters for removal in state.removals.values() if not removal.stands_on]
    for supporters in gathered:
        if found.joined in supporters:
            supporters[:] = _once(tuple(supporters), found)


def _once(persons: tuple[str, ...], found: Joining) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found.kept if person == found.joined else person for person in persons))


def check_doubles(judgement: Judgement, poll: Poll) -> None:
    """Refuses the declaration of a poll in which one person may have voted twice and nobody has looked."""
    for found in unreviewed_in(judgement.state, poll.id):
        judgement.refuse(
            found.clause, "a double entry on the roll is reviewed before the result is declared",
            {"joining": found.id, "stands twice": [found.kept, found.joined]},
            f"let the returning officer review it: same_person.review on {found.id}",
        )  # fmt: skip


def _rule(judgement: Judgement) -> IdentityRule:
    rule = identity_rule(judgement.rulebook)
    if rule is None:
        raise judgement.bar("the rulebook does not say who joins two ids of one person", {}, "amend it first")
    return rule


def _joining(judgement: Judgement, id: str) -> Joining:
    found = judgement.state.joinings.get(id)
    if found is None:
        raise judgement.bar(f"there is no joining '{id}'", {}, "name one of this record, such as jo-42")
    return found


@judges("same_person", SamePerson, reportable=False)
def judge_same_person(judgement: Judgement, same: SamePerson) -> None:
    """Judges the proposal: two members, the one admitted first is kept, evidence is named, by those the clause names."""
    rule, state = _rule(judgement), judgement.state
    clause = rule.place.clause_of("joined by")
    for id in (same.person, same.joined):
        known = state.persons.get(id)
        if known is None or not known.is_member_on(judgement.on):
            raise judgement.bar(f"{id} is not a member", {"now": now_known_as(state, id)}, "name two members", clause)
    if same.person == same.joined:
        raise judgement.bar("these are not two ids", {"person": same.person}, "name two", clause)
    open_ones = [
        one.id
        for one in state.joinings.values()
        if one.standing in (PROPOSED, OBJECTED) and {one.kept, one.joined} & {same.person, same.joined}
    ]
    if open_ones:
        raise judgement.bar("it is proposed already", {"joining": open_ones[0]}, "settle that one first", clause)
    kept, joined = state.persons[same.person], state.persons[same.joined]
    if kept.entry > joined.entry:
        judgement.refuse(
            clause, "the id that was admitted first is kept", {"admitted first": joined.id}, f"write person {joined.id}"
        )
    if same.certainty not in CERTAINTIES:
        judgement.refuse(
            clause, "two ids are joined on evidence that makes it certain or probable", {"certainty": same.certainty},
            "gather more evidence first",
        )  # fmt: skip
    judgement.may_act(rule.joined_by, clause, "two ids of one person are joined by those the clause names")
    judgement.then(
        JoiningProposed(
            proceeding_id("jo", judgement.n), same.person, same.joined, same.evidence, same.certainty, judgement.on,
            rule.objection_within.after(day_of(judgement.on)).isoformat(), judgement.edition, clause,
        )
    )  # fmt: skip


@judges("same_person.object", Object, reportable=False)
def judge_object(judgement: Judgement, objection: Object) -> None:
    """Judges an objection: by one of the two, in time. Nobody else objects for them, and nobody is to be asked."""
    found, rule = _joining(judgement, objection.joining), _rule(judgement)
    clause = rule.place.clause_of("objection within")
    if found.standing != PROPOSED:
        raise judgement.bar(
            "nothing is proposed there any more", {"standing": found.standing}, "see the joining", clause
        )
    if judgement.author not in (found.kept, found.joined):
        judgement.refuse(
            clause,
            "the person who would be joined objects",
            {"by": judgement.author},
            f"{found.kept} or {found.joined} may",
        )
    if judgement.on > found.object_until:
        judgement.refuse(
            clause, f"an objection is made within {rule.objection_within}", {"until": found.object_until},
            f"{judgement.title(rule.decided_by)} may part them again: {PARTING}",
        )  # fmt: skip
    judgement.cite(clause)
    judgement.then(JoiningObjected(found.id, judgement.author, objection.text, judgement.on))


@judges("same_person.settle", Settle, reportable=False)
def judge_settle(judgement: Judgement, settle: Settle) -> None:
    """Judges the joining itself: after the time to object, or by the body's decision on the objection."""
    found, rule = _joining(judgement, settle.joining), _rule(judgement)
    clause = rule.place.clause_of("joined by")
    if found.standing not in (PROPOSED, OBJECTED):
        raise judgement.bar("this was settled already", {"standing": found.standing}, "nothing more is needed", clause)
    judgement.may_act(rule.joined_by, clause, "two ids of one person are joined by those the clause names")
    if settle.drops:
        judgement.then(JoiningDropped(found.id, judgement.on))
        return
    for id in (found.kept, found.joined):
        if not judgement.state.persons[id].is_member_on(judgement.on):
            raise judgement.bar(f"{id} is not a member any more", {}, "drop the proposal", clause)
    if found.standing == OBJECTED:
        judgement.is_granted(
            (rule.decided_by,), rule.place.clause_of("decided by"), "the body decides on an objection",
            decision=settle.decision, matter=JOINING, about=found.joined,
        )  # fmt: skip
        decided = judgement.state.decisions.get(settle.decision or "")
        if decided is not None and decided.taken_on < found.objected_on:
            judgement.refuse(
                rule.place.clause_of("decided by"), "the body decides after the objection was made",
                {"decided": decided.taken_on, "objected": found.objected_on}, "decide it again, with the objection at hand",
            )  # fmt: skip
    elif judgement.on <= found.object_until:
        judgement.refuse(
            rule.place.clause_of("objection within"), f"the person may object within {rule.objection_within}",
            {"until": found.object_until}, f"join them after {judgement.day(found.object_until)}",
        )  # fmt: skip
    judgement.then(PersonsJoined(found.id, found.kept, found.joined, judgement.on, settle.decision or ""))


@judges("same_person.review", ReviewDouble, reportable=False)
def judge_review(judgement: Judgement, review: ReviewDouble) -> None:
    """Judges the returning officer's review: of a roll on which both stood, once; of two named votes one is struck."""
    found, rule = _joining(judgement, review.joining), _rule(judgement)
    clause = rule.place.clause_of("joined by")
    poll = judgement.state.polls.get(review.poll)
    if poll is None or review.poll not in found.doubles or review.poll in found.reviewed:
        raise judgement.bar("no double entry is to be reviewed there", {"to review": found.doubles}, "name one", clause)
    keepers = judgement.keepers("polls", poll.body.partition("@")[2]) or judgement.keepers("roll") or rule.joined_by
    judgement.may_act(keepers, clause, "the returning officer reviews a double entry")
    if judgement.author in (found.kept, found.joined):
        judgement.refuse(clause, "nobody reviews their own double entry", {"by": judgement.author}, "let another do it")
    both = {found.kept, found.joined} <= set(poll.named)
    if both and review.strikes not in (found.kept, found.joined):
        judgement.refuse(
            clause, "of two votes of one person one is struck", {"votes": [found.kept, found.joined]},
            "name under 'strikes' the id whose vote does not count",
        )  # fmt: skip
    if not both and review.strikes is not None:
        judgement.refuse(
            clause,
            "a vote in a secret box cannot be struck",
            {"secrecy": poll.secrecy},
            "leave 'strikes' out, say what was found",
        )
    judgement.then(DoubleReviewed(found.id, poll.id, review.finding, review.strikes or ""))


@judges("not_same", NotSame, reportable=False)
def judge_not_same(judgement: Judgement, undo: NotSame) -> None:
    """Judges the undoing: of what was joined, by the body's decision, as it was joined last."""
    found, rule = _joining(judgement, undo.joining), _rule(judgement)
    clause = rule.place.clause_of("decided by")
    if found.standing != JOINED:
        raise judgement.bar("these are not joined", {"standing": found.standing}, "nothing is to be undone", clause)
    later = joining_of(judgement.state, found.kept)
    if later is not None:
        raise judgement.bar(
            f"{found.kept} was joined with another since", {"joining": later.id}, f"part {later.id} first", clause
        )
    judgement.is_granted(
        (rule.decided_by,), clause, "what was joined is parted by the decision of the body",
        decision=undo.decision, matter=PARTING, about=found.joined,
    )  # fmt: skip
    judgement.then(PersonsParted(found.id, found.kept, found.joined, judgement.on, undo.evidence, undo.decision or ""))
