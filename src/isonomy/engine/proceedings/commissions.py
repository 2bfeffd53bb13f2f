"""Commissions: a body sets one up with terms, members and powers; it reports, and its report is published.

Lives here: `commission.begin`, `commission.report`, `commission.publish`. Not here: the views it invites (`views`), its duties
(`due_commission`).

Invariant: its terms are the words that the body decided, its members stand in them, and it has no power beyond them and the
clause. It ends with its report or at its day, without an act. Source: docs/spec/acts-commissions.md.
"""

from __future__ import annotations

from base64 import b64decode
from dataclasses import dataclass

from isonomy.engine.act import judges
from isonomy.engine.commission import AT_WORK, REPORT, Commission, CommissionReport
from isonomy.engine.effect import At, effect
from isonomy.engine.judgement import Judgement
from isonomy.engine.proceedings.criticisms import Commitment
from isonomy.engine.roll import members_of_body
from isonomy.engine.shape import Bytes32, CivilDate, Line, PersonId, ProceedingId, SeatName, Slug, Text
from isonomy.engine.state import Decision, State, day_of
from isonomy.kernel.ids import proceeding_id
from isonomy.record.commitment import opens
from isonomy.rulebook.provisions.commission import COMMISSION, CommissionRule, commission_rules


@dataclass(frozen=True, slots=True)
class Begin:
    """Sets up a commission on a body's decision, whose words are its terms."""

    decision: ProceedingId
    members: tuple[PersonId, ...]
    title: Line
    rule: Slug | None = None
    examines: tuple[Line, ...] = ()
    may: tuple[Line, ...] = ()
    report_by: CivilDate | None = None
    to: SeatName | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """Reports for a commission; with a report that is not interim it ends."""

    commission: ProceedingId
    text: Text | None = None
    sealed: Commitment | None = None
    interim: bool = False


@dataclass(frozen=True, slots=True)
class Publish:
    """Publishes a report that was handed in sealed."""

    commission: ProceedingId
    text: Text
    salt: Bytes32


@effect("commission.begun")
@dataclass(frozen=True, slots=True)
class CommissionBegun:
    """A commission is at work: set up by which body, on which terms, with whom, to report to whom until when."""

    commission: str
    rule: str
    edition: str
    seat: str
    decision: str
    title: str
    terms: str
    on: str
    members: tuple[str, ...]
    to: str
    examines: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    report_by: str = ""

    def apply(self, state: State, at: At) -> None:
        """Enters the commission."""
        state.commissions[self.commission] = Commission(
            self.commission, self.rule, self.edition, self.seat, self.decision, self.title, self.terms, self.on,
            self.members, self.to, self.examines, self.may, self.report_by,
        )  # fmt: skip
        state.touched[self.commission] = state.touched[self.seat] = at.n


@effect("commission.reported")
@dataclass(frozen=True, slots=True)
class CommissionReported:
    """A commission reported, in the interim or for good; `sealed` until it is published, by `publish_by`."""

    commission: str
    by: str
    on: str
    final: bool = False
    text: str = ""
    sealed: str = ""
    publish_by: str = ""

    def apply(self, state: State, at: At) -> None:
        """Enters the report; words that lie open are published with it."""
        made = CommissionReport(
            self.by, self.on, at.n, self.final, self.text, self.sealed, self.publish_by, self.on if self.text else ""
        )
        state.commissions[self.commission].reports.append(made)
        state.touched[self.commission] = at.n


@effect("commission.published")
@dataclass(frozen=True, slots=True)
class CommissionPublished:
    """A sealed report of a commission is published."""

    commission: str
    report: int
    on: str
    text: str

    def apply(self, state: State, at: At) -> None:
        """Opens its words."""
        report = state.commissions[self.commission].reports[self.report]
        report.text, report.published_on = self.text, self.on
        state.touched[self.commission] = at.n


def rule_of_commission(state: State, commission: Commission) -> CommissionRule:
    """The block under which it was set up."""
    return commission_rules(state.rulebook(commission.edition))[commission.rule]


def known_commission(judgement: Judgement, id: str) -> Commission:
    """The commission of that id; bars the act where there is none."""
    found = judgement.state.commissions.get(id)
    if found is None:
        raise judgement.bar(f"there is no commission '{id}'", {}, "name one, such as co-31")
    return found


def convener_of(state: State, commission: Commission, day: str) -> str:
    """Who speaks for a commission: the first of its members who still belongs to the organisation; "" where none does."""
    return next(
        (
            person
            for person in commission.members
            if person in state.persons and state.persons[person].is_member_on(day)
        ),
        "",
    )


def check_convener(judgement: Judgement, commission: Commission, clause: str) -> None:
    """A ground where the author does not speak for the commission."""
    convener = convener_of(judgement.state, commission, judgement.on)
    if judgement.author != convener:
        judgement.refuse(
            clause, "its convener speaks for a commission", {"convener": convener or "nobody", "by": judgement.author},
            f"ask {convener}" if convener else f"ask {judgement.title(commission.seat)} to set it up anew",
        )  # fmt: skip
    judgement.cite(clause)


def check_at_work(judgement: Judgement, commission: Commission, clause: str) -> None:
    """A ground where the commission has ended."""
    standing = commission.standing_on(judgement.on)
    if standing != AT_WORK:
        report = commission.report
        judgement.refuse(
            clause, f"the commission has {'reported' if report else 'ended without a report'}",
            {"on": report.on if report else commission.report_by, "today": judgement.on},
            f"ask {judgement.title(commission.seat)} to set up another",
        )  # fmt: skip


@judges("commission.begin", Begin)
def judge_begin(judgement: Judgement, begin: Begin) -> None:
    """Judges the setting up: a body decided it, its words name the members, none of whom is examined; powers and days within
    the clause."""
    decision = judgement.state.decisions.get(begin.decision)
    if decision is None:
        raise judgement.bar(f"there is no decision '{begin.decision}'", {}, "name the decision that sets it up")
    rule = _rule(judgement, begin, decision)
    clause = rule.place.clause_of("set up by")
    id = proceeding_id("co", judgement.n)
    judgement.is_granted(
        rule.set_up_by, clause, "a commission is set up by a decision of those the clause names",
        decision=begin.decision, matter=COMMISSION, about=id, unit=decision.seat.partition("@")[2],
    )  # fmt: skip
    _check_members(judgement, rule, begin, decision)
    beyond = [power for power in begin.may if power not in rule.may]
    if beyond:
        judgement.refuse(
            rule.place.clause_of("may"), "a commission has the powers that the clause gives, and no other",
            {"asked": beyond, "clause": list(rule.may) or "none"}, "leave these out, or amend the rulebook first",
        )  # fmt: skip
    to = begin.to or decision.seat
    judgement.seat(to)
    judgement.then(
        CommissionBegun(
            id, rule.name, judgement.edition, decision.seat, decision.id, begin.title, decision.text, judgement.on,
            begin.members, to, begin.examines, begin.may, _report_by(judgement, rule, begin),
        )
    )  # fmt: skip


def _rule(judgement: Judgement, begin: Begin, decision: Decision) -> CommissionRule:
    rules = commission_rules(judgement.rulebook)
    if begin.rule is not None and begin.rule not in rules:
        raise judgement.bar(f"no block '{begin.rule}' rules commissions", {"known": sorted(rules)}, "name one of these")
    plain = decision.seat.partition("@")[0]
    named = [rule for rule in rules.values() if begin.rule in (None, rule.name)]
    fitting = [rule for rule in named if plain in rule.set_up_by] or named
    if not fitting:
        raise judgement.bar("no clause lets anybody set up a commission", {}, "amend the rulebook first")
    return fitting[0]


def _check_members(judgement: Judgement, rule: CommissionRule, begin: Begin, decision: Decision) -> None:
    state = judgement.state
    clause = rule.place.clause_of("members")
    members = dict.fromkeys(begin.members)
    strangers = [id for id in members if id not in state.persons or not state.persons[id].is_member_on(judgement.on)]
    if strangers:
        raise judgement.bar("a commission is made of members", {"not members": strangers}, "name members")
    unnamed = [id for id in members if id not in decision.text]
    if unnamed:
        judgement.refuse(
            rule.place.clause_of("set up by"), "the words of the decision name its members", {"not named": unnamed},
            "name those whom the body decided on, or let it decide anew",
        )  # fmt: skip
    least = rule.members or 1
    if len(members) < least:
        judgement.refuse(
            clause,
            f"at least {least} sit in a commission",
            {"named": len(members)},
            f"name {least - len(members)} more",
        )
    barred = _examined(judgement, begin) if rule.barred_examined else {}
    for seat in rule.barred:
        for each in judgement.standing((seat,), decision.seat.partition("@")[2]):
            barred |= dict.fromkeys(
                members_of_body(state, judgement.edition, each, judgement.on), judgement.title(each)
            )
    sitting: dict[str, str] = {id: barred[id] for id in members if id in barred}
    if sitting:
        judgement.refuse(
            rule.place.clause_of("may not sit"), "who is examined, or holds a seat that the clause names, does not sit in it",
            {**sitting}, "name others",
        )  # fmt: skip


def _examined(judgement: Judgement, begin: Begin) -> dict[str, str]:
    """The persons whom it examines, by id, with the seat for which they are."""
    found: dict[str, str] = {}
    for name in begin.examines:
        if name.startswith("p-"):
            if name not in judgement.state.persons:
                raise judgement.bar(f"{name} is not known here", {}, "name a member, or a body or office")
            found[name] = "examined"
        else:
            judgement.seat(name)
            holders = members_of_body(judgement.state, judgement.edition, name, judgement.on)
            found |= dict.fromkeys(holders, judgement.title(name))
    return found


def _report_by(judgement: Judgement, rule: CommissionRule, begin: Begin) -> str:
    """The last day for its report: that of the terms, not later than the clause lets it be."""
    last = rule.report_within.after(day_of(judgement.on)).isoformat() if rule.report_within is not None else ""
    day = begin.report_by or last
    if last and day > last:
        judgement.refuse(
            rule.place.clause_of("report within"), f"a commission reports within {rule.report_within}",
            {"asked": day, "at the latest": last}, f"name {last} or an earlier day",
        )  # fmt: skip
    if day and day < judgement.on:
        judgement.refuse(
            rule.place.clause_of("report within"), "the day of its report lies ahead", {"asked": day, "today": judgement.on},
            "name a later day",
        )  # fmt: skip
    return day


@judges("commission.report", Report, reportable=False)
def judge_report(judgement: Judgement, report: Report) -> None:
    """Judges a report: by the convener, while the commission is at work; in open words, or sealed to be published."""
    commission = known_commission(judgement, report.commission)
    rule = rule_of_commission(judgement.state, commission)
    clause = rule.place.clause_of("report within")
    if (report.text is None) == (report.sealed is None):
        raise judgement.bar("a report has its words, open or sealed, and not both", {}, 'give "text", or "sealed"')
    check_convener(judgement, commission, clause)
    check_at_work(judgement, commission, clause)
    within = rule.report_published_within
    if report.sealed is not None and within is None:
        judgement.refuse(clause, "no clause lets a report lie sealed", {"words": "sealed"}, 'give it as "text"')
    publish_by = within.after(day_of(judgement.on)).isoformat() if report.sealed is not None and within else ""
    judgement.then(
        CommissionReported(
            commission.id, judgement.author, judgement.on, not report.interim, report.text or "",
            report.sealed.c if report.sealed else "", publish_by,
        )
    )  # fmt: skip


@judges("commission.publish", Publish, reportable=False)
def judge_publish(judgement: Judgement, publish: Publish) -> None:
    """Judges a publication: the words are those that were sealed; by the convener, or by who keeps the record or minutes."""
    commission = known_commission(judgement, publish.commission)
    clause = rule_of_commission(judgement.state, commission).place.clause_of("report published within")
    waiting = [number for number, found in enumerate(commission.reports) if found.sealed and not found.published_on]
    if not waiting:
        raise judgement.bar(
            "no report of it lies sealed", {"commission": commission.id}, "nothing more is needed", clause
        )
    fitting = [
        number
        for number in waiting
        if opens(b64decode(commission.reports[number].sealed), b64decode(publish.salt), REPORT, publish.text)
    ]
    if not fitting:
        judgement.refuse(
            clause, "these are not the words that were sealed", {}, "give them as they were, and their salt"
        )
        return
    judgement.cite(clause)
    if judgement.author != convener_of(judgement.state, commission, judgement.on):
        seats = dict.fromkeys(
            (*judgement.keepers("record"), *judgement.keepers("minutes", commission.seat.partition("@")[2]))
        )
        judgement.may_act(tuple(seats), clause, "a report is published by the convener, or by who keeps the record")
    judgement.then(CommissionPublished(commission.id, fitting[0], judgement.on, publish.text))
