"""Payments: leave to pay out of a head of the budget, proposed by who spends, signed by two where the clause asks it, or refused.

Lives here: `payment.propose`, `payment.sign`, `payment.refuse`, and what a decision taken alone counts against a head. Not here:
the budget (`budgeting`), accounts (`accounts`).

Invariant: of no head more is allowed than the body decided; two signatures are two persons in two offices, and neither is whom it
goes to. A payment that is not signed in time lapses by itself. Source: docs/spec/acts-finance.md.
"""

from __future__ import annotations

from dataclasses import dataclass

from isonomy.engine.act import judges
from isonomy.engine.effect import At, effect
from isonomy.engine.judgement import FORM, Judgement
from isonomy.engine.money import ALLOWED, PROPOSED, REFUSED, Budget, Charge, Payment, Signature
from isonomy.engine.shape import Line, Natural, PersonId, ProceedingId, Slug, Text
from isonomy.engine.state import State, day_of
from isonomy.kernel.ids import proceeding_id
from isonomy.rulebook.provisions.finance import PAYMENT, FinanceRule, finance_rule

IN_FORCE = ("in force", "ratified")


@dataclass(frozen=True, slots=True)
class Propose:
    """Proposes a payment out of a head of this year's budget.

    `to` says to whom it goes; a member is named in `payee` as well. `decision` is that of the body, or the one taken alone, under
    which it is made.
    """

    head: Slug
    amount: Natural
    to: Line
    why: Line
    payee: PersonId | None = None
    decision: ProceedingId | None = None


@dataclass(frozen=True, slots=True)
class Sign:
    """Signs a payment in one of the offices that the clause names."""

    payment: ProceedingId


@dataclass(frozen=True, slots=True)
class Refuse:
    """Refuses a payment that waits for signatures."""

    payment: ProceedingId
    reason: Text


@effect("payment.proposed")
@dataclass(frozen=True, slots=True)
class PaymentProposed:
    """A payment is proposed; with `needed` 0 it is allowed at once."""

    payment: str
    year: int
    head: str
    amount: int
    to: str
    why: str
    by: str
    seat: str
    on: str
    edition: str
    clause: str
    payee: str = ""
    decision: str = ""
    covered: bool = False
    needed: int = 0
    lapses_on: str = ""

    def apply(self, state: State, at: At) -> None:
        """Enters it."""
        made = Payment(
            self.payment, self.year, self.head, self.amount, self.to, self.why, self.by, self.seat, self.on, self.edition,
            self.clause, self.payee, self.decision, self.covered, self.needed, self.lapses_on,
        )  # fmt: skip
        if not self.needed:
            made.standing, made.allowed_on = ALLOWED, self.on
        state.money.payments[self.payment] = made
        state.touched[self.payment] = at.n


@effect("payment.signed")
@dataclass(frozen=True, slots=True)
class PaymentSigned:
    """A person signed a payment in an office; with the last signature it is `allowed`."""

    payment: str
    person: str
    seat: str
    on: str
    allowed: bool = False

    def apply(self, state: State, at: At) -> None:
        """Adds the signature."""
        found = state.money.payments[self.payment]
        found.signatures.append(Signature(self.person, self.seat, self.on))
        if self.allowed:
            found.standing, found.allowed_on = ALLOWED, self.on
        state.touched[self.payment] = at.n


@effect("payment.refused")
@dataclass(frozen=True, slots=True)
class PaymentRefused:
    """A payment is refused."""

    payment: str
    person: str
    on: str
    reason: str

    def apply(self, state: State, at: At) -> None:
        """Closes it."""
        found = state.money.payments[self.payment]
        found.standing, found.reason = REFUSED, self.reason
        state.touched[self.payment] = at.n


@effect("head.charged")
@dataclass(frozen=True, slots=True)
class HeadCharged:
    """A decision taken alone counts against a head."""

    decision: str
    year: int
    head: str
    amount: int
    on: str

    def apply(self, state: State, at: At) -> None:
        """Counts it."""
        state.money.charges[self.decision] = Charge(self.decision, self.year, self.head, self.amount, self.on)


# -- what a head has left ------------------------------------------------------------------------------------------


def overdue_accounts(state: State, rule: FinanceRule, day: str) -> tuple[int, str] | None:
    """The first year whose accounts were to be laid before a day and were not, with their day; None where there is none."""
    if rule.accounts_within is None:
        return None
    for budget in sorted(state.money.budgets.values(), key=lambda each: each.year):
        due = rule.accounts_within.after(rule.ends(budget.year)).isoformat()
        if due < day and state.money.accounts_of(budget.year) is None:
            return budget.year, due
    return None


def check_head(judgement: Judgement, rule: FinanceRule, budget: Budget, head: str, amount: int, but: int = 0) -> None:
    """A ground where a head is not there or has not so much left; `but` is what waits for signatures and is this payment."""
    clause = rule.place.clause_of("budget by")
    money, year = judgement.state.money, budget.year
    if head not in budget.heads:
        judgement.refuse(
            clause, f"the budget of {year} has no head '{head}'", {"heads": sorted(budget.heads)},
            f"name one of these, or ask {judgement.title(rule.budget_by)} for a head of its own",
        )  # fmt: skip
        return
    decided, spent = budget.heads[head], money.spent(year, head)
    waiting = money.waiting(year, head, judgement.on) - but
    would, left = spent + waiting + amount, max(0, decided - spent - waiting)
    if would > decided:
        proposed = f", {waiting:,} are proposed" if waiting else ""
        judgement.refuse(
            clause,
            f"of {decided:,} in the head '{head}' {spent:,} are spent{proposed}; this of {amount:,} would make {would:,}",
            {"head": head, "decided": decided, "spent": spent, "proposed": waiting, "amount": amount, "left": left},
            f"stay within {left:,}, or ask {judgement.title(rule.budget_by)} to move money between heads",
        )  # fmt: skip
        return
    judgement.cite(clause)


def charge_head(judgement: Judgement, matter: str, head: str | None, amount: int | None, decision: str) -> None:
    """Holds a decision taken alone against the head that it names, where its matter is spending and the year has a budget."""
    rule = finance_rule(judgement.rulebook)
    year = rule.year_of(day_of(judgement.on)) if rule is not None else 0
    budget = judgement.state.money.budget_of(year)
    if rule is None or matter not in rule.counts or budget is None:
        if head is not None:
            raise judgement.bar("there is no budget with that head", {"head": head}, 'leave "head" out')
        return
    clause = rule.place.clause_of("counts")
    if head is None or amount is None:
        if not judgement.reported:
            judgement.refuse(
                clause, "spending that is decided alone counts against a head", {"head": head or "none", "amount": amount or 0},
                f'give "amount", and in "head" one of {", ".join(sorted(budget.heads))}',
            )  # fmt: skip
        return
    check_head(judgement, rule, budget, head, int(amount))
    judgement.cite(clause)
    judgement.then(HeadCharged(decision, year, head, int(amount), judgement.on))


# -- proposing -----------------------------------------------------------------------------------------------------


@judges("payment.propose", Propose, reportable=False)
def judge_propose(judgement: Judgement, propose: Propose) -> None:
    """Judges a proposal: by who spends, within the amount or under a decision, out of a head that has so much left."""
    rule = finance_rule(judgement.rulebook)
    if rule is None:
        judgement.refuse(FORM, "the rulebook says nothing of payments", {}, "amend the rulebook first")
        return
    amount, year = int(propose.amount), rule.year_of(day_of(judgement.on))
    if amount == 0:
        raise judgement.bar("a payment has an amount", {"amount": 0}, "name at least 1")
    clause = rule.place.clause_of("spending by")
    judgement.may_act(rule.spending_by.seats, clause, "money is spent by those the clause names")
    seat = judgement.as_ or seat_held(judgement, rule.spending_by.seats)
    if propose.payee == judgement.author:
        judgement.refuse(
            clause,
            "nobody proposes a payment to themselves",
            {"payee": propose.payee},
            "let another who spends propose it",
        )
    budget = judgement.state.money.budget_of(year)
    if budget is None:
        judgement.refuse(
            rule.place.clause_of("budget by"), f"nothing is spent before {year} has a budget", {"year": year, "budget": "none"},
            f"bring the budget of {year} before {judgement.title(rule.budget_by)}",
        )  # fmt: skip
        return
    covered = _under(judgement, rule, propose, year)
    if not covered:
        check_head(judgement, rule, budget, propose.head, amount)
    two = rule.needs_two(amount)
    lapses = (
        rule.signed_within.after(day_of(judgement.on)).isoformat() if two and rule.signed_within is not None else ""
    )
    judgement.then(
        PaymentProposed(
            proceeding_id("pm", judgement.n), year, propose.head, amount, propose.to, propose.why, judgement.author, seat,
            judgement.on, judgement.edition, clause, propose.payee or "", propose.decision or "", covered,
            2 if two else 0, lapses,
        )
    )  # fmt: skip


def seat_held(judgement: Judgement, seats: tuple[str, ...]) -> str:
    """The seat in which the author acts, where the act does not say it."""
    standing = judgement.standing(seats, "")
    return next(
        (each for each in standing if judgement.author in judgement.holders(each)), standing[0] if standing else ""
    )


def _under(judgement: Judgement, rule: FinanceRule, propose: Propose, year: int) -> bool:
    """Whether a payment is covered by a decision taken alone; grounds where it needs a decision and has none that reaches."""
    amount, up_to = int(propose.amount), rule.spending_by.amount
    money = judgement.state.money
    clause = rule.place.clause_of("above by")
    if propose.decision is not None:
        decision = judgement.state.decisions.get(propose.decision)
        if decision is None:
            raise judgement.bar(f"there is no decision '{propose.decision}'", {}, "name one, such as de-42")
        charge = money.charges.get(decision.id)
        covers = charge.amount if charge is not None else (decision.amount or 0)
        left = covers - money.paid_under(decision.id, judgement.on)
        facts = {
            "decision": decision.id,
            "amount": amount,
            "left of it": max(0, left),
            "standing": decision.standing_on(judgement.on),
        }
        if charge is None and (decision.matter != PAYMENT or decision.seat.partition("@")[0] != rule.above_by):
            judgement.refuse(
                clause, "the decision is not one on this payment", {**facts, "on": decision.matter, "of": decision.seat},
                f"name a decision of {judgement.title(rule.above_by)} on {PAYMENT}" if rule.above_by else "leave it out",
            )  # fmt: skip
        elif decision.standing_on(judgement.on) not in IN_FORCE and charge is None:
            judgement.refuse(clause, "the decision named is not in force", facts, "decide it again")
        elif charge is not None and (charge.year, charge.head) != (year, propose.head):
            judgement.refuse(clause, "the decision was on another head, or another year",
                             {**facts, "head": charge.head, "year": charge.year}, f"name the head '{charge.head}'")  # fmt: skip
        elif amount > left:
            judgement.refuse(
                clause, f"the decision reaches for {max(0, left):,} more", facts, f"stay within {max(0, left):,}"
            )
        else:
            judgement.cite(clause)
        return charge is not None
    body = judgement.title(rule.above_by) if rule.above_by else ""
    if up_to is not None and amount > up_to:
        judgement.refuse(
            rule.place.clause_of("spending by"), f"an office spends up to {up_to:,} a payment", {"amount": amount},
            f"bring it before {body} on {PAYMENT}, and name its decision" if body else f"stay within {up_to:,}",
        )  # fmt: skip
    late = overdue_accounts(judgement.state, rule, judgement.on) if rule.or_else else None
    if late is not None:
        judgement.refuse(
            rule.place.clause_of("or else"),
            f"the accounts of {late[0]} are overdue; until they are laid each payment is decided by the body",
            {"accounts of": late[0], "were due": late[1]}, f"lay the accounts, or bring the payment before {body}",
        )  # fmt: skip
    return False


# -- signing -------------------------------------------------------------------------------------------------------


def _waiting(judgement: Judgement, id: str) -> Payment:
    found = judgement.state.money.payments.get(id)
    if found is None:
        raise judgement.bar(f"there is no payment '{id}'", {}, "name one, such as pm-42")
    standing = found.standing_on(judgement.on)
    if standing != PROPOSED:
        facts = {"payment": id, "last day": found.lapses_on} if standing == "lapsed" else {"payment": id}
        raise judgement.bar(f"the payment is {standing}", facts, "propose it anew, if it is still meant", found.clause)
    return found


@judges("payment.sign", Sign, reportable=False)
def judge_sign(judgement: Judgement, sign: Sign) -> None:
    """Judges a signature: in an office that the clause names, another person and another office than before, not the payee."""
    payment = _waiting(judgement, sign.payment)
    opened = finance_rule(judgement.state.rulebook(payment.edition))
    rule = finance_rule(judgement.rulebook) or opened
    budget = judgement.state.money.budget_of(payment.year)
    if rule is None or opened is None or budget is None:
        raise judgement.bar("the rulebook says nothing of payments", {}, "amend the rulebook first")
    signers = rule.two_signatures.seats or opened.two_signatures.seats
    clause = rule.place.clause_of("two signatures")
    judgement.may_act(signers, clause, "a payment is signed in the offices that the clause names")
    seat = judgement.as_ or _free_seat(judgement, signers, payment)
    if judgement.author == payment.payee:
        judgement.refuse(
            clause,
            "nobody signs a payment to themselves",
            {"payee": payment.payee},
            _others(judgement, signers, payment),
        )
    mine = [each for each in payment.signatures if each.person == judgement.author]
    if mine:
        judgement.refuse(
            clause, "two signatures are those of two different persons", {"signed by": mine[0].person, "in": mine[0].seat},
            _others(judgement, signers, payment),
        )  # fmt: skip
    elif any(each.seat == seat for each in payment.signatures):
        judgement.refuse(
            clause, "two signatures are given in two offices", {"signed in": seat}, _others(judgement, signers, payment)
        )
    last = len(payment.signatures) + 1 >= payment.needed
    if last and not payment.covered:
        check_head(judgement, opened, budget, payment.head, payment.amount, payment.amount)
    judgement.then(PaymentSigned(payment.id, judgement.author, seat, judgement.on, last))


def _free_seat(judgement: Judgement, signers: tuple[str, ...], payment: Payment) -> str:
    """The office of the author in which nobody signed yet, else the first that the author holds."""
    taken = {each.seat for each in payment.signatures}
    mine = [each for each in judgement.standing(signers, "") if judgement.author in judgement.holders(each)]
    return next((each for each in mine if each not in taken), mine[0] if mine else "")


def signers_left(state_holders: dict[str, tuple[str, ...]], payment: Payment) -> tuple[str, ...]:
    """The offices in which somebody else may still sign: not taken, held by a person who has not signed and is not the payee."""
    gone = {payment.payee, *(each.person for each in payment.signatures)}
    taken = {each.seat for each in payment.signatures}
    return tuple(seat for seat, held in state_holders.items() if seat not in taken and set(held) - gone)


def _others(judgement: Judgement, signers: tuple[str, ...], payment: Payment) -> str:
    held = {seat: tuple(judgement.holders(seat)) for seat in judgement.standing(signers, "")}
    left = [seat for seat in signers_left(held, payment) if judgement.author not in held[seat]]
    return f"ask {' or '.join(map(judgement.title, left))}" if left else "fill another of these offices first"


@judges("payment.refuse", Refuse, reportable=False)
def judge_refuse(judgement: Judgement, refuse: Refuse) -> None:
    """Judges a refusal of a payment: by one of those who could sign it, or by who proposed it."""
    payment = _waiting(judgement, refuse.payment)
    rule = finance_rule(judgement.rulebook) or finance_rule(judgement.state.rulebook(payment.edition))
    if rule is None:
        raise judgement.bar("the rulebook says nothing of payments", {}, "amend the rulebook first")
    clause = rule.place.clause_of("two signatures")
    if judgement.author == payment.by:
        judgement.cite(payment.clause)
    else:
        judgement.may_act(rule.two_signatures.seats, clause, "a payment is refused by those who could sign it")
    judgement.then(PaymentRefused(payment.id, judgement.author, judgement.on, refuse.reason))
