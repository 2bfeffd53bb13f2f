"""A commission in the state: its terms, its members, the views it invited, its reports; and where it stands on a day.

Lives here: the shapes, and the questions that need only a commission and a day. Not here: the acts (`proceedings.commissions`,
`proceedings.views`), duties (`due_commission`).

Invariant: it ends with its report or at the end of its last day, without an act; what it then still owes stays owed.
Source: docs/spec/acts-commissions.md.
"""

from __future__ import annotations

from dataclasses import dataclass, field

AT_WORK, REPORTED, ENDED = "at work", "reported", "ended without a report"
ADOPTED, IN_PART, NOT_ADOPTED = "adopted", "in part", "not adopted"
REPLIES = (ADOPTED, IN_PART, NOT_ADOPTED)
REPORT = "report"
"""The label under which a report is committed that is to be published later."""


@dataclass(slots=True)
class CommissionReport:
    """A report, interim or final: its words, or the commitment to them until they are published."""

    by: str
    on: str
    entry: int
    final: bool = False
    text: str = ""
    sealed: str = ""
    publish_by: str = ""
    published_on: str = ""


@dataclass(slots=True)
class View:
    """What a unit or member said, and the answer owed to it: adopted, in part or not adopted, with the reason."""

    id: str
    commission: str
    of: str
    by: str
    text: str
    on: str
    answer_by: str = ""
    answer: str = ""
    reason: str = ""
    answered_by: str = ""
    answered_on: str = ""


@dataclass(slots=True)
class Commission:
    """A commission that `seat` set up by the decision `decision`, whose words are its terms.

    `members` are its persons, the first of them its convener; `examines` the persons and seats it examines. It reports to `to`
    until `report_by` ("" where the clause sets no day). Views of `invited` (units, or `members`) are taken until `views_until`.
    """

    id: str
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
    question: str = ""
    invited: tuple[str, ...] = ()
    invited_on: str = ""
    views_until: str = ""
    answers_by: str = ""
    views: list[str] = field(default_factory=list)
    reports: list[CommissionReport] = field(default_factory=list)

    @property
    def report(self) -> CommissionReport | None:
        """The report with which it ended."""
        return next((found for found in self.reports if found.final), None)

    def standing_on(self, day: str) -> str:
        """`at work`, `reported`, or `ended without a report` from the day after its last one."""
        if self.report is not None:
            return REPORTED
        return ENDED if self.report_by and day > self.report_by else AT_WORK
