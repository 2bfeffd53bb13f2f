"""The budget: heads decided by the body for a year, money moved between them, the discharge; as terms of a motion.

Lives here: these terms, which of them the clause allows, and what follows once they are carried. Not here: `motion.terms` itself
(`terms`), payments (`payments`), accounts (`accounts`).

Invariant: a head never has less than was spent of it already; money moves between heads by a decision of the body alone. Source:
docs/spec/acts-finance.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from isonomy.engine.effect import At, effect
from isonomy.engine.judgement import Judgement
from isonomy.engine.money import DISCHARGED, NOT_DISCHARGED, OUTCOMES, Budget, Shifted
from isonomy.engine.motion import Motion
from isonomy.engine.shape import Line, Natural, ProceedingId, Slug, Text, read
from isonomy.engine.state import State, day_of
from isonomy.rulebook.provisions.finance import ACQUITTAL, BUDGET, SHIFT, FinanceRule, finance_rule

HEADS_MAX = 200
YEARS_AHEAD = 2
NEEDED_OF_MONEY = {BUDGET: "budget", SHIFT: "shift", ACQUITTAL: "acquit"}
"""The matters that say nothing without their term."""


@dataclass(frozen=True, slots=True)
class Allot:
    """A head of the budget and its amount."""

    head: Slug
    amount: Natural


@dataclass(frozen=True, slots=True)
class Plan:
    """The budget of a year, head by head."""

    year: Natural
    heads: tuple[Allot, ...]


@dataclass(frozen=True, slots=True)
class Shift:
    """Moves an amount from one head of a year's budget to another, which may be new."""

    year: Natural
    source: Slug
    target: Slug
    amount: Natural


@dataclass(frozen=True, slots=True)
class Acquit:
    """Decides on the accounts of a year: `discharged` or `not discharged`, then with the reason."""

    accounts: ProceedingId
    outcome: Line
    reason: Text | None = None


@effect("budget.decided")
@dataclass(frozen=True, slots=True)
class BudgetDecided:
    """A year has its budget; decided again, the new heads take the place of the old."""

    year: int
    body: str
    decision: str
    on: str
    edition: str
    rule: str
    clause: str
    heads: tuple[Allot, ...]

    def apply(self, state: State, at: At) -> None:
        """Enters the heads."""
        before = state.money.budgets.get(str(self.year))
        state.money.budgets[str(self.year)] = Budget(
            self.year, self.body, self.on, self.edition, self.rule, self.clause,
            {each.head: int(each.amount) for each in self.heads},
            [*(before.decisions if before else ()), self.decision], list(before.shifts) if before else [],
        )  # fmt: skip


@effect("budget.shifted")
@dataclass(frozen=True, slots=True)
class BudgetShifted:
    """Money was moved from one head to another."""

    year: int
    decision: str
    on: str
    source: str
    target: str
    amount: int

    def apply(self, state: State, at: At) -> None:
        """Moves it."""
        budget = state.money.budgets[str(self.year)]
        budget.heads[self.source] -= self.amount
        budget.heads[self.target] = budget.heads.get(self.target, 0) + self.amount
        budget.shifts.append(Shifted(self.on, self.decision, self.source, self.target, self.amount))


@effect("accounts.settled")
@dataclass(frozen=True, slots=True)
class AccountsSettled:
    """The body decided on the accounts of a year."""

    accounts: str
    decision: str
    outcome: str
    on: str
    reason: str = ""

    def apply(self, state: State, at: At) -> None:
        """Closes them."""
        found = state.money.accounts[self.accounts]
        found.outcome, found.decision, found.reason = self.outcome, self.decision, self.reason
        state.touched[self.accounts] = at.n


# -- the terms -----------------------------------------------------------------------------------------------------


def check_money(judgement: Judgement, motion: Motion, put: Any) -> None:
    """Grounds against the terms of money put to a motion."""
    if put.budget is not None:
        _check_plan(judgement, motion, put.budget)
    if put.shift is not None:
        _check_shift(judgement, motion, put.shift)
    if put.acquit is not None:
        _check_acquit(judgement, motion, put.acquit)


def _rule_for(judgement: Judgement, motion: Motion, matter: str, term: str) -> FinanceRule:
    if motion.matter != matter:
        raise judgement.bar(
            f"'{term}' is decided on the matter {matter}", {"matter": motion.matter}, f"move it on {matter}"
        )
    rule = finance_rule(judgement.state.rulebook(motion.edition))
    if rule is None:
        raise judgement.bar("the rulebook says nothing of a budget", {}, "amend the rulebook first")
    return rule


def _check_plan(judgement: Judgement, motion: Motion, plan: Plan) -> None:
    rule = _rule_for(judgement, motion, BUDGET, "budget")
    clause = rule.place.clause_of("budget by")
    names = [each.head for each in plan.heads]
    if not names or len(names) > HEADS_MAX or len(set(names)) < len(names):
        raise judgement.bar(f"a budget has 1 to {HEADS_MAX} heads, each once", {"heads": len(names)}, "put them so")
    running = _running(judgement, rule)
    if not running <= plan.year <= running + YEARS_AHEAD and not judgement.reported:
        judgement.refuse(
            clause, "a budget is decided for the year that runs or one to come",
            {"year": plan.year, "running": running}, f"name {running} or {running + 1}",
        )  # fmt: skip
    amounts = {str(each.head): int(each.amount) for each in plan.heads}
    _check_covers(judgement, clause, int(plan.year), amounts)
    judgement.cite(clause)


def _running(judgement: Judgement, rule: FinanceRule) -> int:
    return rule.year_of(day_of(judgement.on))


def _bound(judgement: Judgement, year: int, head: str) -> int:
    """What of a head is spent, or waits for signatures."""
    money = judgement.state.money
    return money.spent(year, head) + money.waiting(year, head, judgement.on)


def _check_covers(judgement: Judgement, clause: str, year: int, amounts: dict[str, int]) -> None:
    """A ground where a head would have less than is spent of it, or proposed."""
    before = judgement.state.money.budget_of(year)
    for head in before.heads if before is not None else ():
        bound = _bound(judgement, year, head)
        if amounts.get(head, 0) < bound:
            judgement.refuse(
                clause, f"a head has at least what is spent of it or waits for signatures: {bound:,} of '{head}'",
                {"head": head, "spent or proposed": bound, "would be": amounts.get(head, 0)}, f"leave {bound:,} in it",
            )  # fmt: skip


def _check_shift(judgement: Judgement, motion: Motion, shift: Shift) -> None:
    rule = _rule_for(judgement, motion, SHIFT, "shift")
    clause = rule.place.clause_of("budget by")
    budget = judgement.state.money.budget_of(int(shift.year))
    if budget is None or shift.source not in budget.heads:
        known = sorted(budget.heads) if budget is not None else "no budget"
        raise judgement.bar(
            f"the budget of {shift.year} has no head '{shift.source}'", {"heads": known}, "name a head", clause
        )
    if shift.amount == 0 or shift.source == shift.target:
        raise judgement.bar(
            "money moves from one head to another", {"amount": shift.amount}, "name two heads and an amount"
        )
    left = {**budget.heads, shift.source: budget.heads[shift.source] - int(shift.amount)}
    _check_covers(judgement, clause, int(shift.year), left)
    judgement.cite(clause)


def _check_acquit(judgement: Judgement, motion: Motion, acquit: Acquit) -> None:
    rule = _rule_for(judgement, motion, ACQUITTAL, "acquit")
    clause = rule.place.clause_of("accounts to")
    found = judgement.state.money.accounts.get(acquit.accounts)
    if found is None:
        raise judgement.bar(f"there are no accounts '{acquit.accounts}'", {}, "name them, such as ac-42")
    if acquit.outcome not in OUTCOMES:
        raise judgement.bar(
            f"'{acquit.outcome[:40]}' is not an outcome", {"known": list(OUTCOMES)}, "write one of these"
        )
    if found.outcome:
        raise judgement.bar(
            f"these accounts are {found.outcome} already", {"decision": found.decision}, "nothing more is needed"
        )
    if acquit.outcome == DISCHARGED and rule.examined_by and not found.examined:
        judgement.refuse(
            rule.place.clause_of("examined by"), "nobody is discharged on accounts that were not examined",
            {"accounts": found.id, "examined": "no"}, f"wait for {' or '.join(map(judgement.title, rule.examined_by))}",
        )  # fmt: skip
    if acquit.outcome == NOT_DISCHARGED and not acquit.reason:
        judgement.refuse(clause, "who is not discharged is told why", {"reason": "none"}, 'give "reason"')
    judgement.cite(clause)


# -- what follows --------------------------------------------------------------------------------------------------


def decide_money(judgement: Judgement, motion: Motion, told: dict[str, Any], decision: str) -> None:
    """What the terms of money bring once the motion is carried; what no longer fits the record by then brings nothing."""
    rule = finance_rule(judgement.state.rulebook(motion.edition))
    if rule is None:
        return
    clause = rule.place.clause_of("budget by")
    if "budget" in told:
        plan = read(Plan, told["budget"], "budget")
        amounts = {str(each.head): int(each.amount) for each in plan.heads}
        before = judgement.state.money.budget_of(int(plan.year))
        if all(
            amounts.get(head, 0) >= _bound(judgement, int(plan.year), head) for head in (before.heads if before else ())
        ):
            judgement.cite(clause)
            judgement.then(
                BudgetDecided(
                    int(plan.year), motion.body, decision, judgement.on, motion.edition, rule.name, clause, plan.heads
                )
            )
    if "shift" in told:
        shift = read(Shift, told["shift"], "shift")
        budget, amount = judgement.state.money.budget_of(int(shift.year)), int(shift.amount)
        bound = _bound(judgement, int(shift.year), shift.source)
        if budget is not None and budget.heads.get(shift.source, 0) - amount >= bound:
            judgement.cite(clause)
            judgement.then(BudgetShifted(budget.year, decision, judgement.on, shift.source, shift.target, amount))
    if "acquit" in told:
        acquit = read(Acquit, told["acquit"], "acquit")
        found = judgement.state.money.accounts.get(acquit.accounts)
        if found is not None and not found.outcome:
            judgement.cite(rule.place.clause_of("accounts to"))
            judgement.then(AccountsSettled(found.id, decision, acquit.outcome, judgement.on, acquit.reason or ""))
