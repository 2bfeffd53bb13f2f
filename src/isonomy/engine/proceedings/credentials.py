"""Credentials: a panel examines the mandates of delegates; whom it refuses may appeal; the many may overturn it.

Lives here: `credentials.accept`, `credentials.refuse`, `credentials.appeal`, `credentials.decide`. Not here: who votes meanwhile
(`engine.roll`), the panel's vote (`polls`, `rolls`).

Invariant: a refusal has a ground of the clause's list and a decision of the panel; nobody examines a mandate of their own
unit; the panel refuses no more than the clause lets it. Source: docs/spec/acts-seating.md, section 8.
"""

from __future__ import annotations

from dataclasses import dataclass

from isonomy.engine.act import judges
from isonomy.engine.competence import Road, decided_by
from isonomy.engine.delegates import Standing, standing_of
from isonomy.engine.effect import At, effect
from isonomy.engine.judgement import Judgement
from isonomy.engine.occasions import meetings_by_right, outstanding
from isonomy.engine.proceedings.rolls import REFUSING, own_case
from isonomy.engine.seating import ACCEPTED, OVERTURNED, REFUSED, Examined
from isonomy.engine.shape import Line, ProceedingId, Slug, Text
from isonomy.engine.state import Mandate, State, day_of
from isonomy.rulebook.model import Competence, Rulebook
from isonomy.rulebook.provisions.credentials import Credentials, credentials_of

LETTING_IN = "credentials-of-"


@dataclass(frozen=True, slots=True)
class AcceptDelegates:
    """Accepts the mandates of delegates."""

    mandates: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class RefuseDelegate:
    """Refuses the mandate of a delegate on a ground of the clause, by the panel's decision."""

    mandate: Line
    ground: Slug
    text: Text
    decision: ProceedingId


@dataclass(frozen=True, slots=True)
class AppealRefusal:
    """Appeals against the refusal of one's own mandate."""

    mandate: Line
    text: Text


@dataclass(frozen=True, slots=True)
class DecideCredentials:
    """Enters that the body of the clause lets a refused delegate in, or upholds the refusal, by its decision."""

    mandate: Line
    lets_in: bool
    decision: ProceedingId


@effect("delegates.accepted")
@dataclass(frozen=True, slots=True)
class DelegatesAccepted:
    """The mandates of delegates are in order."""

    mandates: tuple[str, ...]
    on: str
    by: str

    def apply(self, state: State, at: At) -> None:
        """Enters the findings."""
        for id in self.mandates:
            state.seating.examined[id] = Examined(id, ACCEPTED, self.on, self.by)
            state.touched[id] = at.n


@effect("delegate.refused")
@dataclass(frozen=True, slots=True)
class DelegateRefused:
    """A delegate's mandate is refused; how many vote and are a quorum before and after it."""

    mandate: str
    ground: str
    text: str
    decision: str
    on: str
    by: str
    voting_before: int
    voting_after: int
    quorum_before: int
    quorum_after: int
    appeal_until: str = ""

    def apply(self, state: State, at: At) -> None:
        """Enters the finding."""
        state.seating.examined[self.mandate] = Examined(
            self.mandate, REFUSED, self.on, self.by, self.ground, self.text, self.decision, self.appeal_until
        )
        state.touched[self.mandate] = at.n


@effect("refusal.appealed")
@dataclass(frozen=True, slots=True)
class RefusalAppealed:
    """A refused delegate appeals."""

    mandate: str
    text: str
    on: str

    def apply(self, state: State, at: At) -> None:
        """Notes the appeal."""
        state.seating.examined[self.mandate].appealed_on = self.on
        state.touched[self.mandate] = at.n


@effect("refusal.decided")
@dataclass(frozen=True, slots=True)
class RefusalDecided:
    """A refused delegate is let in, or the refusal is upheld."""

    mandate: str
    finding: str
    on: str
    by: str
    decision: str

    def apply(self, state: State, at: At) -> None:
        """Enters what became of the refusal."""
        found = state.seating.examined[self.mandate]
        found.finding, found.decided_on, found.decided_by = self.finding, self.on, self.by
        state.touched[self.mandate] = at.n


@decided_by(REFUSING)
def _refusers(rulebook: Rulebook, about: str) -> Road:
    """The panel refuses; whoever hears the appeal upholds."""
    rule = credentials_of(rulebook, about)
    if rule is None:
        return ()
    return tuple(Competence(seat, rule.place) for seat in dict.fromkeys((rule.panel, *reviewers(rule))))


@decided_by(LETTING_IN)
def _letting_in(rulebook: Rulebook, about: str) -> Road:
    rule = credentials_of(rulebook, about)
    return tuple(Competence(seat, rule.place) for seat in reviewers(rule)) if rule is not None else ()


def reviewers(rule: Credentials) -> tuple[str, ...]:
    """The bodies that decide on a refusal: on appeal, or of their own accord."""
    appeal = rule.appeal.to if rule.appeal is not None else ""
    return tuple(dict.fromkeys(seat for seat in (appeal, rule.overturned_by) if seat))


def _told(judgement: Judgement, id: str) -> tuple[Mandate, Credentials]:
    mandate = judgement.state.mandates.get(id)
    if mandate is None or not mandate.is_valid_on(max(judgement.on, mandate.since)):
        raise judgement.bar("a mandate that runs is examined", {"mandate": id}, "name one, such as ma-7")
    rule = credentials_of(judgement.rulebook, mandate.seat)
    if rule is None:
        raise judgement.bar(
            f"no panel examines the mandates of {judgement.title(mandate.seat)}", {}, "nothing more is needed",
            judgement.seat(mandate.seat).place.clause,
        )  # fmt: skip
    return mandate, rule


def next_meeting_on(state: State, seat: str, day: str) -> str:
    """The day of a body's meeting that is open, called, or comes by right next; "" where none is in sight."""
    found = [
        day if one.standing in ("open", "adjourned") else one.starts[:10]
        for one in state.meetings.values()
        if one.body == seat and one.standing in ("called", "open", "adjourned")
    ]
    coming = outstanding(state, seat, meetings_by_right(state, seat, day_of(day), None))
    found += [occasion.on.isoformat() for occasion in coming]
    return min((one for one in found if one >= day), default="")


def _check_open(judgement: Judgement, rule: Credentials, seat: str) -> None:
    if rule.opens is None:
        return
    meeting = next_meeting_on(judgement.state, seat, judgement.on)
    first = rule.opens.before(day_of(meeting)).isoformat() if meeting else ""
    if not meeting or judgement.on < first:
        judgement.refuse(
            rule.place.clause_of("opens"), f"mandates are examined from {rule.opens} before the meeting",
            {"meeting": meeting or "none in sight", "today": judgement.on},
            f"examine them from {first} on" if first else "wait until the meeting is called",
        )  # fmt: skip


def _check_examiner(judgement: Judgement, rule: Credentials, mandate: Mandate) -> None:
    """A panel's member examines no mandate of their own unit, nor their own."""
    panel = judgement.beside(rule.panel, mandate.seat.partition("@")[2])
    if judgement.author in own_case(judgement.state, panel, mandate.seat, mandate.person, judgement.on):
        judgement.refuse(
            rule.place.clause_of("panel"), "nobody examines the mandate of a delegate of their own unit",
            {"mandate": mandate.id, "by": judgement.author}, "let a member of the panel from another unit do it",
        )  # fmt: skip


@judges("credentials.accept", AcceptDelegates, reportable=False)
def judge_accept(judgement: Judgement, accept: AcceptDelegates) -> None:
    """Judges an acceptance: by a member of the panel, in its time, of no mandate of the member's own unit."""
    if not accept.mandates:
        raise judgement.bar("no mandate is named", {}, 'list them under "mandates"')
    if len(set(accept.mandates)) < len(accept.mandates):
        raise judgement.bar("a mandate is named twice", {}, "name each once")
    for id in accept.mandates:
        mandate, rule = _told(judgement, id)
        clause = rule.place.clause_of("panel")
        judgement.may_act(
            (rule.panel,),
            clause,
            "mandates are examined by the panel the clause names",
            unit=mandate.seat.partition("@")[2],
        )
        _check_open(judgement, rule, mandate.seat)
        _check_examiner(judgement, rule, mandate)
        found = judgement.state.seating.examined.get(id)
        if found is not None and found.finding != REFUSED:
            raise judgement.bar(f"{id} was {found.finding} already", {"on": found.on}, "leave it out")
        if found is not None and found.decided_on:
            judgement.refuse(clause, "the refusal was upheld", {"by": found.decided_by}, "the panel cannot undo it")
    judgement.then(DelegatesAccepted(tuple(accept.mandates), judgement.on, judgement.author))


@judges("credentials.refuse", RefuseDelegate, reportable=False)
def judge_refuse(judgement: Judgement, refuse: RefuseDelegate) -> None:
    """Judges a refusal: the panel decided it, in its time, on a ground of the list, within the number it may refuse."""
    mandate, rule = _told(judgement, refuse.mandate)
    clause, plain = rule.place.clause_of("panel"), mandate.seat.partition("@")[0]
    judgement.is_granted(
        (rule.panel,), clause, f"{judgement.title(rule.panel)} refuses by its decision", decision=refuse.decision,
        matter=REFUSING + plain, about=mandate.person, unit=mandate.seat.partition("@")[2],
    )  # fmt: skip
    _check_open(judgement, rule, mandate.seat)
    _check_examiner(judgement, rule, mandate)
    if refuse.ground not in rule.grounds:
        judgement.refuse(
            rule.place.clause_of("grounds"), "a delegate is refused on a ground of the clause alone",
            {"ground": refuse.ground, "grounds": list(rule.grounds)}, "name one of these, or accept the mandate",
        )  # fmt: skip
    found = judgement.state.seating.examined.get(mandate.id)
    if found is not None and found.finding in (REFUSED, OVERTURNED):
        raise judgement.bar(
            f"{mandate.id} was {found.finding} already", {"on": found.on}, "nothing more is needed", clause
        )
    before = standing_of(judgement.state, judgement.edition, mandate.seat, judgement.on)
    _check_number(judgement, rule, before)
    after = standing_of(judgement.state, judgement.edition, mandate.seat, judgement.on, but=mandate.person)
    until = rule.appeal.within.after(day_of(judgement.on)).isoformat() if rule.appeal is not None else ""
    judgement.then(
        DelegateRefused(
            mandate.id, refuse.ground, refuse.text, refuse.decision, judgement.on, judgement.author, before.voting, after.voting,
            before.quorum, after.quorum, until,
        )
    )  # fmt: skip


def _check_number(judgement: Judgement, rule: Credentials, now: Standing) -> None:
    most = rule.most(now.delegates)
    if most is not None and now.refused + 1 > most:
        judgement.refuse(
            rule.place.clause_of("refuses at most"), f"the panel refuses at most {most} of {now.delegates} delegates",
            {"refused already": now.refused}, "accept the mandate, and lay the doubt before the meeting itself",
        )  # fmt: skip


@judges("credentials.appeal", AppealRefusal, reportable=False)
def judge_appeal(judgement: Judgement, appeal: AppealRefusal) -> None:
    """Judges an appeal: the refused delegate's own, in time, once."""
    mandate, rule = _told(judgement, appeal.mandate)
    found = judgement.state.seating.examined.get(mandate.id)
    if rule.appeal is None:
        raise judgement.bar(
            "no clause gives an appeal against a refusal", {}, "ask the body that may overturn it", rule.place.clause
        )
    clause = rule.place.clause_of("appeal")
    if found is None or found.finding != REFUSED:
        raise judgement.bar("the mandate is not refused", {"mandate": mandate.id}, "nothing more is needed", clause)
    if found.appealed_on or found.decided_on:
        raise judgement.bar(
            "it was appealed already", {"on": found.appealed_on or found.decided_on}, "wait for the decision", clause
        )
    if judgement.author != mandate.person:
        judgement.refuse(
            clause, "the delegate who was refused appeals", {"delegate": mandate.person}, f"ask {mandate.person}"
        )
    if judgement.on > found.appeal_until:
        judgement.refuse(
            clause, f"an appeal comes within {rule.appeal.within}", {"until": found.appeal_until, "today": judgement.on},
            f"ask {judgement.title(rule.overturned_by)} to overturn it" if rule.overturned_by else "be elected anew",
        )  # fmt: skip
    judgement.cite(clause)
    judgement.then(RefusalAppealed(mandate.id, appeal.text, judgement.on))


@judges("credentials.decide", DecideCredentials, reportable=False)
def judge_decide(judgement: Judgement, decide: DecideCredentials) -> None:
    """Judges what a body decided on a refusal: one that the clause names, on appeal or of its own accord."""
    mandate, rule = _told(judgement, decide.mandate)
    found = judgement.state.seating.examined.get(mandate.id)
    decision = judgement.state.decisions.get(decide.decision)
    own = decision is not None and decision.seat.partition("@")[0] == rule.overturned_by
    clause = rule.place.clause_of("overturned by" if own else "appeal")
    if found is None or found.finding != REFUSED or found.decided_on:
        raise judgement.bar(
            "no refusal waits for a decision", {"mandate": mandate.id}, "nothing more is needed", clause
        )
    if not own and not found.appealed_on:
        judgement.refuse(
            clause, "a refusal that was not appealed is not decided on appeal", {"mandate": mandate.id}, "appeal first"
        )
    start = LETTING_IN if decide.lets_in else REFUSING
    judgement.is_granted(
        reviewers(rule), clause, "a refusal is reviewed by the body the clause names", decision=decide.decision,
        matter=start + mandate.seat.partition("@")[0], about=mandate.person, unit=mandate.seat.partition("@")[2],
    )  # fmt: skip
    seat = decision.seat if decision is not None else ""
    judgement.then(
        RefusalDecided(mandate.id, OVERTURNED if decide.lets_in else REFUSED, judgement.on, seat, decide.decision)
    )
