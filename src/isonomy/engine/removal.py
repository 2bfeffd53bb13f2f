"""Removals and conditions in the state: who asked, the hearing, the vote; whoever was kept on a condition, until the review.

Lives here: what a removal and a condition consist of, as they stand. Not here: how they change (`proceedings.removing`,
`proceedings.hearing`, `proceedings.settling`), petitions and recalls (`petition`).

Invariant: changed in place inside the fold alone; days are those of the edition under which the removal was asked for.
"""

from __future__ import annotations

from dataclasses import dataclass, field

GATHERING, STANDS, REMOVED, FAILED, ON_CONDITION = "gathering", "stands", "removed", "failed", "kept on a condition"
OFFERED, HELD, WAIVED, NOT_USED = "offered", "held", "waived", "not used"


@dataclass(slots=True)
class Removal:
    """A removal that was asked for: of whom, from which mandate, before which body, and how far it has come.

    `of` says which group's number counts (`members`, a body, `those who elect`; "" a body by its decision). `motion` stands
    from the day on which enough had asked (`stands_on`). `offer_by`, `vote_by`, `call_by` are days of the clause ("" none).
    `heard` is "" before a hearing was offered, then offered, held, waived or not used. `protected_until` is set with the end.
    """

    id: str
    mandate: str
    person: str
    seat: str
    body: str
    edition: str
    block: str
    of: str
    asked_by: str
    asked_on: str
    grounds: str = ""
    decision: str = ""
    supporters: list[str] = field(default_factory=list)
    stands_on: str = ""
    motion: str = ""
    offer_by: str = ""
    vote_by: str = ""
    call_by: str = ""
    heard: str = ""
    hearing_at: str = ""
    hearing_place: str = ""
    offered_on: str = ""
    offered_by: str = ""
    heard_on: str = ""
    heard_by: str = ""
    statement: str = ""
    standing: str = GATHERING
    settled_on: str = ""
    barred_until: str = ""
    protected_until: str = ""

    def is_protected_on(self, day: str) -> bool:
        """Whether those who asked are protected on a civil date: from the asking to so long after the end as the clause says."""
        if self.standing in (GATHERING, STANDS):
            return True
        return bool(self.protected_until) and day <= self.protected_until


@dataclass(slots=True)
class Condition:
    """A condition on which a holder was kept: its words, who watches it, when it is reviewed, what the review came to.

    `lapses_on` is the last day of the mandate without a review ("" where the clause lets it run). `outcome` is "" until the
    review, then kept or not kept.
    """

    decision: str
    mandate: str
    person: str
    seat: str
    body: str
    edition: str
    words: str
    owner: str
    decided_on: str
    review_on: str
    clause: str
    removal: str = ""
    lapses_on: str = ""
    reviewed_on: str = ""
    outcome: str = ""
