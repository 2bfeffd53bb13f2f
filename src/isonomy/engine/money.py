"""Money in the state: budgets with their heads, payments and who signed them, what was spent alone, accounts.

Lives here: their shapes, and what is left of a head. Not here: how they change (`proceedings.budgeting`, `proceedings.payments`,
`proceedings.accounts`).

Invariant: whole numbers in the smallest unit; every sum is reckoned from the payments and decisions that it names, and kept
nowhere. It is no bookkeeping: a payment here is leave to pay.
"""

from __future__ import annotations

from dataclasses import dataclass, field

PROPOSED, ALLOWED, REFUSED, LAPSED = "proposed", "allowed", "refused", "lapsed"
IN_ORDER, NOT_IN_ORDER = "in order", "not in order"
FINDINGS = (IN_ORDER, NOT_IN_ORDER)
DISCHARGED, NOT_DISCHARGED = "discharged", "not discharged"
OUTCOMES = (DISCHARGED, NOT_DISCHARGED)


@dataclass(slots=True)
class Shifted:
    """Money that a body moved from one head to another."""

    on: str
    decision: str
    source: str
    target: str
    amount: int


@dataclass(slots=True)
class Budget:
    """The budget of a year: each head with its amount, as it stands after what was moved; `decisions` made it, oldest first."""

    year: int
    body: str
    on: str
    edition: str
    rule: str
    clause: str
    heads: dict[str, int]
    decisions: list[str] = field(default_factory=list)
    shifts: list[Shifted] = field(default_factory=list)


@dataclass(slots=True)
class Signature:
    """A person's signature in an office, on a day."""

    person: str
    seat: str
    on: str


@dataclass(slots=True)
class Payment:
    """Leave to pay: out of which head, how much, to whom, for what; who proposed and signed it.

    `needed` signatures make it allowed; until then it lapses after `lapses_on` ("" never). `decision` is that of the body, or
    the decision taken alone under which it is made (`covered`: that one counts against the head already).
    """

    id: str
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
    signatures: list[Signature] = field(default_factory=list)
    standing: str = PROPOSED
    allowed_on: str = ""
    reason: str = ""

    def standing_on(self, day: str) -> str:
        """`proposed`, `allowed`, `refused`, or `lapsed` from the day after its last one."""
        return LAPSED if self.standing == PROPOSED and self.lapses_on and day > self.lapses_on else self.standing


@dataclass(slots=True)
class Charge:
    """A decision taken alone that counts against a head, whatever became of it."""

    decision: str
    year: int
    head: str
    amount: int
    on: str


@dataclass(slots=True)
class Examination:
    """What an auditor found: `in order` or `not in order`, and the words."""

    on: str
    by: str
    seat: str
    finding: str
    text: str


@dataclass(slots=True)
class Accounts:
    """The accounts of a year as laid: what each head had and what of it was allowed, by the record; examined; discharged."""

    id: str
    year: int
    on: str
    by: str
    seat: str
    text: str
    edition: str
    clause: str
    decided: dict[str, int]
    spent: dict[str, int]
    examined: list[Examination] = field(default_factory=list)
    outcome: str = ""
    decision: str = ""
    reason: str = ""

    @property
    def standing(self) -> str:
        """`laid`, `examined`, `discharged` or `not discharged`."""
        return self.outcome or ("examined" if self.examined else "laid")


@dataclass(slots=True)
class Money:
    """Budgets by year, payments, charges and accounts by id."""

    budgets: dict[str, Budget] = field(default_factory=dict)
    payments: dict[str, Payment] = field(default_factory=dict)
    charges: dict[str, Charge] = field(default_factory=dict)
    accounts: dict[str, Accounts] = field(default_factory=dict)

    def budget_of(self, year: int) -> Budget | None:
        """The budget of a year."""
        return self.budgets.get(str(year))

    def accounts_of(self, year: int) -> Accounts | None:
        """The latest accounts of a year."""
        found = [each for each in self.accounts.values() if each.year == year]
        return found[-1] if found else None

    def spent(self, year: int, head: str) -> int:
        """What was allowed out of a head, and what decisions taken alone count against it."""
        paid = sum(found.amount for found in self.paid_from(year, head) if not found.covered)
        return paid + sum(found.amount for found in self.charged_to(year, head))

    def paid_from(self, year: int, head: str) -> list[Payment]:
        """The payments that were allowed out of a head."""
        return [
            found
            for found in self.payments.values()
            if (found.year, found.head, found.standing) == (year, head, ALLOWED)
        ]

    def charged_to(self, year: int, head: str) -> list[Charge]:
        """The decisions taken alone that count against a head."""
        return [found for found in self.charges.values() if (found.year, found.head) == (year, head)]

    def waiting(self, year: int, head: str, day: str) -> int:
        """What is proposed out of a head and waits for signatures."""
        return sum(
            found.amount
            for found in self.payments.values()
            if (found.year, found.head) == (year, head) and not found.covered and found.standing_on(day) == PROPOSED
        )

    def paid_under(self, decision: str, day: str) -> int:
        """What was allowed, or is proposed, under one decision."""
        return sum(
            found.amount
            for found in self.payments.values()
            if found.decision == decision and found.standing_on(day) in (PROPOSED, ALLOWED)
        )
