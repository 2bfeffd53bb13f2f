"""Delegations: a body hands a matter to an office or another body, within what its clause allows, and takes it back.

Lives here: `delegation.lodge`, `delegation.give`, `delegation.revoke`, `delegation.report`. Not here: deciding under one
(`taking`, `movers`), when it is over (`engine.delegation`).

Invariant: nobody hands over what is not their own: a matter that was itself handed over goes further only to whom the clause
names, once, and no longer than it was given. The terms stand in the record before the body decides on them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from isonomy.engine.act import judges
from isonomy.engine.competence import competence_in
from isonomy.engine.delegation import GIVEN, LODGED, Delegation, end_of, handed_to, is_in_force, rule_of
from isonomy.engine.effect import At, effect
from isonomy.engine.judgement import Judgement
from isonomy.engine.shape import CivilDate, Natural, ProceedingId, SeatName, Slug, Text
from isonomy.engine.state import State, day_of
from isonomy.kernel.bad_input import did_you_mean
from isonomy.kernel.ids import proceeding_id
from isonomy.rulebook.provisions.delegation import HANDING, REVOKING, DelegationRule, delegation_rules


@dataclass(frozen=True, slots=True)
class Lodge:
    """Lodges the terms of a delegation, so that the body can decide on them; `source` where it is handed on."""

    delegation: Slug
    body: SeatName
    matter: Slug
    to: SeatName
    ends: CivilDate
    amount: Natural | None = None
    source: ProceedingId | None = None


@dataclass(frozen=True, slots=True)
class Give:
    """Hands the matter over, on the terms that were lodged; `decision` of the body."""

    delegation: ProceedingId
    decision: ProceedingId | None = None


@dataclass(frozen=True, slots=True)
class Revoke:
    """Takes a matter back before the delegation is over; `decision` of the body."""

    delegation: ProceedingId
    decision: ProceedingId | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """Reports on a delegation that is over."""

    delegation: ProceedingId
    text: Text


@effect("delegation.lodged")
@dataclass(frozen=True, slots=True)
class DelegationLodged:
    """The terms of a delegation stand in the record; nothing is handed over yet."""

    delegation: str
    block: str
    edition: str
    clause: str
    body: str
    matter: str
    to: str
    until: str
    amount: int | None = None
    source: str = ""

    def apply(self, state: State, at: At) -> None:
        """Enters the terms."""
        state.delegations[self.delegation] = Delegation(
            self.delegation, self.block, self.edition, self.clause, self.body, self.matter, self.to, self.until, self.amount,
            self.source, at.on,
        )  # fmt: skip
        state.touched[self.delegation] = at.n


@effect("delegation.given")
@dataclass(frozen=True, slots=True)
class DelegationGiven:
    """A matter is handed over, by which decision; `holder` is the person in the office to which it was."""

    delegation: str
    decision: str = ""
    holder: str = ""

    def apply(self, state: State, at: At) -> None:
        """Puts the delegation into force."""
        delegation = state.delegations[self.delegation]
        delegation.standing, delegation.given_on = GIVEN, at.on
        delegation.decision, delegation.holder = self.decision, self.holder
        state.touched[self.delegation] = at.n


@effect("delegation.revoked")
@dataclass(frozen=True, slots=True)
class DelegationRevoked:
    """A matter is taken back."""

    delegation: str
    decision: str = ""

    def apply(self, state: State, at: At) -> None:
        """Ends the delegation."""
        delegation = state.delegations[self.delegation]
        delegation.revoked_on, delegation.revoked_by = at.on, self.decision or at.by
        state.touched[self.delegation] = at.n


@effect("delegation.reported")
@dataclass(frozen=True, slots=True)
class DelegationReported:
    """The report on a delegation was given to the body that handed the matter over."""

    delegation: str
    to: str

    def apply(self, state: State, at: At) -> None:
        """Notes the report."""
        state.delegations[self.delegation].reported_on = at.on
        state.touched[self.delegation] = at.n


def delegation_named(judgement: Judgement, id: str) -> Delegation:
    """The delegation of that id; bars the act otherwise."""
    found = judgement.state.delegations.get(id)
    if found is None:
        raise judgement.bar(f"there is no delegation '{id}'", {}, "name one of this record, such as dl-42")
    return found


def check_in_force(judgement: Judgement, delegation: Delegation) -> bool:
    """A ground, with the day and the reason, against acting under a delegation that is not in force."""
    if is_in_force(judgement.state, delegation, judgement.on):
        return True
    ended, why = end_of(judgement.state, delegation, judgement.on)
    facts = {"delegation": delegation.id} | (
        {"over since": ended, "why": why} if ended else {"standing": delegation.standing}
    )
    says = "the delegation is over" if ended else "nothing was handed over yet"
    judgement.refuse(delegation.clause, says, facts, f"bring it before {judgement.title(delegation.body)}")
    return False


# -- the terms ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Terms:
    """What would be handed over: under which block, by and to whom, until when, up to how much."""

    rule: DelegationRule
    body: str
    matter: str
    to: str
    until: str
    amount: int | None
    source: Delegation | None


def _check_terms(judgement: Judgement, terms: _Terms) -> None:
    """Grounds against terms that the clause does not allow."""
    rule, place = terms.rule, terms.rule.place
    if terms.matter not in rule.matters:
        judgement.refuse(
            place.clause_of("matters"), f"'{terms.matter}' is not among what may be handed over",
            {"matter": terms.matter, "may be": list(rule.matters)}, f"{judgement.title(terms.body)} decides it itself",
        )  # fmt: skip
    allowed = rule.further if terms.source is not None else rule.to
    if terms.to.partition("@")[0] not in allowed:
        key = "further" if terms.source is not None else "to"
        judgement.refuse(
            place.clause_of(key), f"it is not handed {'on' if terms.source else 'over'} to {judgement.title(terms.to)}",
            {"to": terms.to, "may be": list(allowed) or "nobody"}, f"name {' or '.join(allowed)}" if allowed else "keep it",
        )  # fmt: skip
    last = rule.at_most.after(day_of(judgement.on)).isoformat()
    if terms.source is not None:
        last = min(last, terms.source.until)
    if not judgement.on <= terms.until <= last:
        judgement.refuse(
            place.clause_of("at most"), f"a matter is handed over for {rule.at_most} at most",
            {"until": terms.until, "at the latest": last}, f"hand it over until {last} or earlier",
        )  # fmt: skip
    most = min(
        amount
        for amount in (rule.up_to, terms.source.amount if terms.source else None, AMOUNTLESS)
        if amount is not None
    )
    if most != AMOUNTLESS and (terms.amount is None or terms.amount > most):
        judgement.refuse(
            place.clause_of("up to"), f"what is handed over reaches up to {most}",
            {"amount": "none named" if terms.amount is None else terms.amount}, f'give "amount": {most} or less',
        )  # fmt: skip
    _check_own(judgement, terms)
    judgement.cite(place.clause)


AMOUNTLESS = 2**62


def _check_own(judgement: Judgement, terms: _Terms) -> None:
    """A body hands over its own matters; of what it was handed itself only what the clause lets go further, once."""
    place = terms.rule.place
    if terms.source is not None:
        check_in_force(judgement, terms.source)
        if terms.source.source:
            judgement.refuse(
                place.clause_of("further"), "what was handed on is not handed on again", {"from": terms.source.id},
                f"{judgement.title(terms.body)} decides it, or {judgement.title(terms.source.body)} takes it back",
            )  # fmt: skip
        if terms.source.to != terms.body or terms.source.matter != terms.matter:
            told = {"from": terms.source.id, "handed to": terms.source.to, "on": terms.source.matter}
            judgement.refuse(place.clause, "only what one was handed is handed on", told, "name the delegation to you")
        return
    if terms.body.partition("@")[0] != terms.rule.by:
        handed = handed_to(judgement.state, terms.body, terms.matter, judgement.on)
        says = (
            "what was itself handed over is not handed on"
            if handed
            else "a matter is handed over by the body whose it is"
        )
        facts: dict[str, Any] = {"here": terms.body, "by": terms.rule.by} | (
            {"handed over by": handed.id} if handed else {}
        )
        judgement.refuse(place.clause_of("by"), says, facts, f"bring it before {judgement.title(terms.rule.by)}")
    elif competence_in(judgement.rulebook, terms.body, terms.matter) is None:
        judgement.refuse(
            place.clause_of("matters"), f"{judgement.title(terms.body)} does not decide '{terms.matter}' itself",
            {"matter": terms.matter}, "nobody hands over what is not theirs",
        )  # fmt: skip


@judges("delegation.lodge", Lodge, reportable=False)
def judge_lodge(judgement: Judgement, lodge: Lodge) -> None:
    """Judges terms: a block allows them, the matter is the body's own, a member of who hands over lodges them."""
    rules = delegation_rules(judgement.rulebook)
    rule = rules.get(lodge.delegation)
    if rule is None:
        raise judgement.bar(
            f"no clause knows a delegation '{lodge.delegation}'", {"known": sorted(rules)},
            did_you_mean(lodge.delegation, list(rules)) if rules else "nothing is handed over here",
        )  # fmt: skip
    judgement.seat(lodge.body)
    judgement.seat(lodge.to)
    source = delegation_named(judgement, lodge.source) if lodge.source is not None else None
    amount = None if lodge.amount is None else int(lodge.amount)
    _check_terms(judgement, _Terms(rule, lodge.body, lodge.matter, lodge.to, lodge.ends, amount, source))
    body = judgement.rulebook.bodies.get(lodge.body.partition("@")[0])
    officers = tuple(office for office in (body.chaired_by, body.minutes_by) if office) if body is not None else ()
    judgement.may_act(
        (lodge.body, *officers), rule.place.clause, "the terms are lodged by a member of who hands over",
        unit=lodge.body.partition("@")[2],
    )  # fmt: skip
    judgement.then(
        DelegationLodged(
            proceeding_id("dl", judgement.n), rule.name, judgement.edition, rule.place.clause, lodge.body, lodge.matter, lodge.to,
            lodge.ends, amount, lodge.source or "",
        )
    )  # fmt: skip


def _check_decided(judgement: Judgement, delegation: Delegation, decision: str | None, matter: str, says: str) -> None:
    """Who handed over decides: an office itself, a body by a decision on a motion that names this delegation."""
    plain, _, unit = delegation.body.partition("@")
    if plain in judgement.rulebook.offices:
        judgement.may_act((delegation.body,), delegation.clause, says)
        return
    found = judgement.state.decisions.get(decision or "")
    if found is not None:
        motion = judgement.state.motions.get(found.motion)
        if motion is None or motion.ratifies != delegation.id:
            judgement.refuse(
                delegation.clause, "the decision is on other terms", {"decision": found.id, "delegation": delegation.id},
                f'move it with "ratifies": "{delegation.id}"',
            )  # fmt: skip
    judgement.is_granted(
        (plain,), delegation.clause, says, decision=decision, matter=matter, about=delegation.id, unit=unit
    )


@judges("delegation.give", Give, reportable=False)
def judge_give(judgement: Judgement, give: Give) -> None:
    """Judges a handing over: on lodged terms that the clause still allows, by the decision of who hands over."""
    delegation = delegation_named(judgement, give.delegation)
    if delegation.standing != LODGED:
        raise judgement.bar(
            "it was handed over already", {"delegation": delegation.id, "on": delegation.given_on}, "lodge other terms"
        )
    rule = delegation_rules(judgement.rulebook).get(delegation.block)
    if rule is None:
        raise judgement.bar(
            "the clause on it is no longer in force", {"delegation": delegation.id}, "lodge it under another"
        )
    source = judgement.state.delegations.get(delegation.source)
    terms = _Terms(rule, delegation.body, delegation.matter, delegation.to, delegation.until, delegation.amount, source)
    _check_terms(judgement, terms)
    _check_decided(judgement, delegation, give.decision, HANDING, "a matter is handed over by who decides it")
    holder = ""
    if delegation.to.partition("@")[0] in judgement.rulebook.offices:
        holders = judgement.holders(delegation.to)
        holder = holders[0] if holders else ""
        if not holder:
            judgement.refuse(
                delegation.clause,
                "nothing is handed to an office that nobody holds",
                {"office": delegation.to},
                "fill it first",
            )
    judgement.then(DelegationGiven(delegation.id, give.decision or "", holder))


@judges("delegation.revoke", Revoke, reportable=False)
def judge_revoke(judgement: Judgement, revoke: Revoke) -> None:
    """Judges a taking back: of one in force, by the decision of who handed it over."""
    delegation = delegation_named(judgement, revoke.delegation)
    if not is_in_force(judgement.state, delegation, judgement.on):
        ended, why = end_of(judgement.state, delegation, judgement.on)
        raise judgement.bar(
            "there is nothing to take back", {"delegation": delegation.id, "over since": ended or "never given", "why": why},
            "nothing more is needed", delegation.clause,
        )  # fmt: skip
    _check_decided(judgement, delegation, revoke.decision, REVOKING, "a matter is taken back by who handed it over")
    judgement.cite(delegation.clause)
    judgement.then(DelegationRevoked(delegation.id, revoke.decision or ""))


@judges("delegation.report", Account, reportable=False)
def judge_report(judgement: Judgement, account: Account) -> None:
    """Judges the report on a delegation: it is over, the clause asks one, it was not given yet, by who was handed the matter."""
    delegation = delegation_named(judgement, account.delegation)
    rule = rule_of(judgement.state, delegation)
    if rule.report is None or delegation.reported_on:
        what = "was given already" if delegation.reported_on else "is asked by no clause"
        raise judgement.bar(
            f"a report on it {what}", {"delegation": delegation.id}, "nothing is owed", delegation.clause
        )
    clause = rule.place.clause_of("report")
    if not end_of(judgement.state, delegation, judgement.on)[0]:
        judgement.refuse(
            clause, "a delegation is reported on when it is over", {"until": delegation.until}, "wait for its end"
        )
    if judgement.author != delegation.holder or not judgement.author:
        judgement.may_act((delegation.to,), clause, "who was handed a matter reports on it")
    judgement.cite(clause)
    judgement.then(DelegationReported(delegation.id, delegation.body))
