"""Standing of members: what they owe, who is in arrears, what a member contests, and the end of membership after notice.

Lives here: `subscription.set`, `standing.set`, `standing.waive`, `standing.contest`, `standing.settle`, `standing.warn`,
`standing.end`. Not here: what arrears take (`engine.subscription.takes`), the mark on a poll (`marking`).

Invariant: nobody is in arrears before the time of the clause has run, nor backwards; a contested entry takes nothing until the
body has decided; nobody's membership ends unwarned. Source: docs/spec/acts-finance.md.
"""

from __future__ import annotations

from dataclasses import dataclass

from isonomy.engine.act import judges
from isonomy.engine.effect import At, effect
from isonomy.engine.judgement import FORM, Judgement
from isonomy.engine.proceedings.membership import PersonLeft
from isonomy.engine.proceedings.payments import seat_held
from isonomy.engine.shape import CivilDate, Line, Natural, PersonId, ProceedingId, Slug, Text
from isonomy.engine.state import NO_CODES, Person, State, day_of
from isonomy.engine.subscription import (
    ARREARS,
    CODE,
    GOOD,
    OVERTURNED,
    STANDINGS,
    UPHELD,
    Contest,
    Owed,
    Standing,
    last_missed,
)
from isonomy.kernel.calendar import say_date
from isonomy.kernel.ids import proceeding_id
from isonomy.rulebook.provisions.subscription import (
    AMOUNT,
    STANDING,
    WAIVER,
    SubscriptionRule,
    subscription_rule,
)


@dataclass(frozen=True, slots=True)
class SetAmount:
    """Enters what members of a class owe, as the body decided."""

    amount: Natural
    since: CivilDate
    decision: ProceedingId
    member_class: Slug | None = None


@dataclass(frozen=True, slots=True)
class SetStanding:
    """Enters how a member stands: `good` or `in arrears`."""

    person: PersonId
    standing: Line


@dataclass(frozen=True, slots=True)
class Waive:
    """Lets a member off what is owed, until a day."""

    person: PersonId
    through: CivilDate
    decision: ProceedingId | None = None


@dataclass(frozen=True, slots=True)
class ContestIt:
    """Contests one's own entry as in arrears."""

    text: Text


@dataclass(frozen=True, slots=True)
class Settle:
    """Enters what the body decided on a contested entry: `upheld` or `overturned`."""

    contest: ProceedingId
    outcome: Line
    decision: ProceedingId


@dataclass(frozen=True, slots=True)
class Warn:
    """Gives a member in arrears notice that membership will end."""

    person: PersonId


@dataclass(frozen=True, slots=True)
class End:
    """Ends the membership of a member in arrears after notice."""

    person: PersonId


def _code(state: State, person: str, since: str) -> None:
    """Sets or takes off the code of arrears; the shared empty codes are never changed."""
    known = state.persons[person]
    codes = {key: value for key, value in known.codes.items() if key != CODE}
    if since:
        codes[CODE] = since
    known.codes = codes or NO_CODES


@effect("subscription.owed")
@dataclass(frozen=True, slots=True)
class SubscriptionOwed:
    """Members of a class owe an amount from a day on."""

    member_class: str
    amount: int
    since: str
    decision: str

    def apply(self, state: State, at: At) -> None:
        """Enters it."""
        state.subscriptions.owed.append(Owed(self.member_class, self.amount, self.since, self.decision))


@effect("standing.entered")
@dataclass(frozen=True, slots=True)
class StandingEntered:
    """A member is in good standing, or in arrears since a day on which it was due; it counts from the day of the entry."""

    person: str
    standing: str
    on: str
    as_of: str
    by: str
    seat: str

    def apply(self, state: State, at: At) -> None:
        """Enters the standing, and its code."""
        state.subscriptions.standings[self.person] = Standing(
            self.person, self.standing, self.on, self.as_of, self.by, self.seat
        )
        _code(state, self.person, self.on if self.standing == ARREARS else "")
        state.touched[self.person] = at.n


@effect("standing.waived")
@dataclass(frozen=True, slots=True)
class StandingWaived:
    """A member is let off until a day, and is in good standing."""

    person: str
    until: str
    on: str
    by: str

    def apply(self, state: State, at: At) -> None:
        """Enters it."""
        state.subscriptions.standings[self.person] = Standing(
            self.person, GOOD, self.on, self.on, self.by, "", waived_until=self.until
        )
        _code(state, self.person, "")


@effect("standing.contested")
@dataclass(frozen=True, slots=True)
class StandingContested:
    """A member contests an entry; it takes nothing until the body has decided."""

    contest: str
    person: str
    text: str
    on: str
    body: str
    clause: str

    def apply(self, state: State, at: At) -> None:
        """Enters the contest and takes the code off."""
        state.subscriptions.contests[self.contest] = Contest(
            self.contest, self.person, self.text, self.on, self.body, self.clause
        )
        state.subscriptions.standings[self.person].contest = self.contest
        _code(state, self.person, "")
        state.touched[self.contest] = at.n


@effect("standing.settled")
@dataclass(frozen=True, slots=True)
class StandingSettled:
    """The body decided on a contested entry."""

    contest: str
    outcome: str
    decision: str
    on: str

    def apply(self, state: State, at: At) -> None:
        """Closes it; upheld, the arrears count again from this day on."""
        found = state.subscriptions.contests[self.contest]
        found.outcome, found.decision = self.outcome, self.decision
        standing = state.subscriptions.standings[found.person]
        if standing.contest == self.contest:
            if self.outcome == UPHELD:
                _code(state, found.person, self.on)
            else:
                standing.standing = GOOD
        state.touched[self.contest] = at.n


@effect("standing.warned")
@dataclass(frozen=True, slots=True)
class StandingWarned:
    """A member was told that membership ends from a day on."""

    person: str
    on: str
    notice_until: str

    def apply(self, state: State, at: At) -> None:
        """Notes the day."""
        found = state.subscriptions.standings[self.person]
        found.warned_on, found.notice_until = self.on, self.notice_until


# -- judging -------------------------------------------------------------------------------------------------------


def _rule(judgement: Judgement) -> SubscriptionRule:
    rule = subscription_rule(judgement.rulebook)
    if rule is None:
        raise judgement.bar("the rulebook says nothing of subscriptions", {}, "amend the rulebook first", FORM)
    return rule


def _member(judgement: Judgement, person: str) -> Person:
    found = judgement.state.persons.get(person)
    if found is None or not found.is_member_on(judgement.on):
        raise judgement.bar(f"{person or 'nobody'} is not a member", {}, "name a member")
    return found


def _in_arrears(judgement: Judgement, person: str) -> Standing:
    found = judgement.state.subscriptions.standings.get(person)
    if found is None or found.standing != ARREARS:
        raise judgement.bar(f"{person} is not in arrears", {}, "nothing is needed")
    return found


def _is_contested(judgement: Judgement, found: Standing) -> bool:
    contest = judgement.state.subscriptions.contests.get(found.contest)
    return contest is not None and not contest.outcome


@judges("subscription.set", SetAmount, reportable=False)
def judge_amount(judgement: Judgement, set_: SetAmount) -> None:
    """Judges an amount: that of the body's decision, for a class of members, not backwards."""
    rule = _rule(judgement)
    clause = rule.place.clause_of("set by")
    classes = judgement.rulebook.member_classes
    if set_.member_class is not None and set_.member_class not in classes:
        raise judgement.bar(
            f"there is no class '{set_.member_class}'", {"classes": sorted(classes)}, "name one, or none for all"
        )
    judgement.is_granted(
        (rule.set_by,) if rule.set_by else (), clause, "what members owe is decided by the body that the clause names",
        decision=set_.decision, matter=AMOUNT, about=set_.member_class or "all",
    )  # fmt: skip
    decided = judgement.state.decisions.get(set_.decision)
    if decided is not None and decided.amount != set_.amount:
        judgement.refuse(clause, "the amount is that which the body decided", {"decided": decided.amount, "given": set_.amount},
                         f"enter {decided.amount}")  # fmt: skip
    if set_.since < judgement.on:
        judgement.refuse(clause, "nobody owes more for a time that is past", {"since": set_.since, "today": judgement.on},
                         "name today or a later day")  # fmt: skip
    judgement.then(SubscriptionOwed(set_.member_class or "", int(set_.amount), set_.since, set_.decision))


@judges("standing.set", SetStanding, reportable=False)
def judge_standing(judgement: Judgement, set_: SetStanding) -> None:
    """Judges an entry: by who keeps the list; in arrears only once the time since a due day has run out."""
    rule, person = _rule(judgement), _member(judgement, set_.person)
    if set_.standing not in STANDINGS:
        raise judgement.bar(
            f"'{set_.standing[:40]}' is not a standing", {"known": list(STANDINGS)}, "write one of these"
        )
    clause = rule.place.clause_of("kept by")
    judgement.may_act(rule.kept_by, clause, "the list of standing is kept by those the clause names", unit=person.unit)
    before = judgement.state.subscriptions.standings.get(person.id)
    if (before.standing if before is not None else GOOD) == set_.standing:
        raise judgement.bar(f"{person.id} is {set_.standing} already", {}, "nothing more is needed", clause)
    as_of = judgement.on
    if set_.standing == ARREARS:
        missed = last_missed(rule, judgement.state.founded_on, judgement.on)
        after = rule.place.clause_of("arrears after")
        if missed is None or missed.isoformat() < person.admitted_on:
            due = rule.due.first_after(day_of(max(person.admitted_on, judgement.state.founded_on)))
            first = rule.arrears_after.after(due)
            judgement.refuse(
                after, f"nobody is in arrears until {rule.arrears_after} after what they owe was due",
                {"due": due.isoformat(), "not before": first.isoformat(), "today": judgement.on},
                f"wait until {say_date(first)} is past",
            )  # fmt: skip
        else:
            judgement.cite(after)
            as_of = missed.isoformat()
        if before is not None and before.waived_until >= judgement.on:
            judgement.refuse(
                rule.place.clause_of("waived by"), "whoever is let off is not in arrears", {"until": before.waived_until},
                f"wait until {judgement.day(before.waived_until)} is past",
            )  # fmt: skip
    seat = judgement.as_ or seat_held(judgement, rule.kept_by)
    judgement.then(StandingEntered(person.id, set_.standing, judgement.on, as_of, judgement.author, seat))


@judges("standing.waive", Waive, reportable=False)
def judge_waive(judgement: Judgement, waive: Waive) -> None:
    """Judges a waiver: by those whom the clause names, until a day to come."""
    rule, person = _rule(judgement), _member(judgement, waive.person)
    clause = rule.place.clause_of("waived by")
    if waive.through < judgement.on:
        raise judgement.bar("the day has passed", {"until": waive.through}, "name a day to come", clause)
    if waive.person == judgement.author:
        judgement.refuse(
            clause, "nobody lets themselves off", {"by": judgement.author}, "ask another of those the clause names"
        )
    judgement.is_granted(
        rule.waived_by, clause, "a member is let off by those the clause names",
        decision=waive.decision, matter=WAIVER, about=f"waiver {person.id}", unit=person.unit,
    )  # fmt: skip
    decision = judgement.state.decisions.get(waive.decision or "")
    if decision is not None and person.id not in decision.text:
        judgement.refuse(
            clause, "the words of the decision name whom it lets off", {"not named": person.id}, "decide it anew"
        )
    judgement.then(StandingWaived(person.id, waive.through, judgement.on, judgement.author))


@judges("standing.contest", ContestIt, reportable=False)
def judge_contest(judgement: Judgement, contest: ContestIt) -> None:
    """Judges a contest: one's own entry, within the time of the clause, once an entry."""
    rule = _rule(judgement)
    person = _member(judgement, judgement.author)
    found = _in_arrears(judgement, person.id)
    clause = rule.place.clause_of("contested to")
    if not rule.contested_to:
        judgement.refuse(
            clause, "no clause says who decides on a contested entry", {}, "ask who keeps the list to mend it"
        )
    if found.contest:
        raise judgement.bar(
            "you have contested this entry", {"contest": found.contest}, "wait for the decision", clause
        )
    last = rule.contest_within.after(day_of(found.warned_on or found.on))
    if judgement.on > last.isoformat():
        judgement.refuse(rule.place.clause_of("contest within"), f"an entry is contested within {rule.contest_within}",
                         {"last day": last.isoformat()}, "ask who keeps the list to mend it")  # fmt: skip
    judgement.cite(clause)
    judgement.then(
        StandingContested(
            proceeding_id("st", judgement.n), person.id, contest.text, judgement.on, rule.contested_to, clause
        )
    )


@judges("standing.settle", Settle, reportable=False)
def judge_settle(judgement: Judgement, settle: Settle) -> None:
    """Judges what was decided on a contest: by the body, in words that name it."""
    rule = _rule(judgement)
    found = judgement.state.subscriptions.contests.get(settle.contest)
    if found is None or found.outcome:
        raise judgement.bar(f"there is no open contest '{settle.contest}'", {}, "name one, such as st-42")
    if settle.outcome not in (UPHELD, OVERTURNED):
        raise judgement.bar(
            f"'{settle.outcome[:40]}' is not an outcome", {"known": [UPHELD, OVERTURNED]}, "write one of these"
        )
    clause = rule.place.clause_of("contested to")
    judgement.is_granted(
        (found.body,), clause, "a contested entry is decided by the body that the clause names",
        decision=settle.decision, matter=STANDING, about=found.id,
    )  # fmt: skip
    decision = judgement.state.decisions.get(settle.decision)
    if decision is not None and (found.id not in decision.text or settle.outcome not in decision.text):
        judgement.refuse(clause, f"the words of the decision name the contest, and say {settle.outcome}",
                         {"contest": found.id, "outcome": settle.outcome}, "decide it anew, in words that do")  # fmt: skip
    judgement.then(StandingSettled(found.id, settle.outcome, settle.decision, judgement.on))


@judges("standing.warn", Warn, reportable=False)
def judge_warn(judgement: Judgement, warn: Warn) -> None:
    """Judges a notice: to a member who has been in arrears as long as the clause says."""
    rule, person = _rule(judgement), _member(judgement, warn.person)
    found = _in_arrears(judgement, person.id)
    clause = rule.place.clause_of("ends after")
    judgement.may_act(rule.kept_by, clause, "notice is given by who keeps the list", unit=person.unit)
    if rule.ends_after is None:
        judgement.refuse(clause, "arrears do not end membership here", {}, "amend the rulebook first")
        return
    first = rule.ends_after.after(day_of(found.on)).isoformat()
    if judgement.on <= first:
        judgement.refuse(clause, f"membership ends only after {rule.ends_after} in arrears", {"in arrears since": found.on,
                         "not before": first, "today": judgement.on}, f"wait until {judgement.day(first)} is past")  # fmt: skip
    if _is_contested(judgement, found):
        judgement.refuse(clause, "the entry is contested", {"contest": found.contest}, "wait for the decision")
    if found.warned_on:
        raise judgement.bar(
            "notice was given", {"on": found.warned_on}, f"membership may end from {found.notice_until}", clause
        )
    judgement.then(StandingWarned(person.id, judgement.on, rule.notice.after(day_of(judgement.on)).isoformat()))


@judges("standing.end", End, reportable=False)
def judge_end(judgement: Judgement, end: End) -> None:
    """Judges the end of a membership: in arrears, warned, the notice run, nothing contested."""
    rule, person = _rule(judgement), _member(judgement, end.person)
    found = _in_arrears(judgement, person.id)
    clause = rule.place.clause_of("notice")
    judgement.may_act(rule.kept_by, clause, "it is entered by who keeps the list", unit=person.unit)
    if not found.warned_on:
        judgement.refuse(
            clause, "nobody's membership ends unwarned", {"notice": "none"}, "give notice with standing.warn"
        )
    elif judgement.on <= found.notice_until:
        judgement.refuse(clause, f"the notice is {rule.notice}", {"given on": found.warned_on, "through": found.notice_until},
                         f"wait until {judgement.day(found.notice_until)} is past")  # fmt: skip
    if _is_contested(judgement, found):
        judgement.refuse(clause, "the entry is contested", {"contest": found.contest}, "wait for the decision")
    judgement.then(PersonLeft(person.id, judgement.on))
