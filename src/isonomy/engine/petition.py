"""Petitions in the state: what is asked of whom, who stands behind it, what became of it.

Lives here: what a petition and a recall consist of, as they stand. Not here: how they change (`proceedings.petitions`,
`proceedings.recalling`), removals by a body (`removal`).

Invariant: changed in place inside the fold alone. Of secret supporters there are commitments and a number, never names; that
each stands for a different person who may support rests on the word of the office that knows them.
"""

from __future__ import annotations

from dataclasses import dataclass, field

GATHERING, REACHED, ANSWERED, RECALLED, FAILED, LAPSED = (
    "gathering", "reached", "answered", "recalled", "failed", "lapsed",
)  # fmt: skip
RECALL, PETITION = "recall", "petition"


@dataclass(slots=True)
class Petition:
    """A petition to a body, or for a recall.

    `kind` is recall or petition, `block` its block in the edition under which it was opened. `of` says whose number counts.
    `matter` is what a petition puts on the agenda, or the matter of the recall. `known_to` is the office that alone knows the
    supporters ("" they are named); then `commitments` stand for them. `due_on` is the day by which the body acts or the poll
    is opened ("" none set), from the day on which the number was reached.
    """

    id: str
    kind: str
    block: str
    edition: str
    body: str
    of: str
    matter: str
    words: str
    opened_by: str
    opened_on: str
    gather_until: str = ""
    known_to: str = ""
    mandate: str = ""
    person: str = ""
    seat: str = ""
    asks: str = ""
    supporters: list[str] = field(default_factory=list)
    commitments: list[str] = field(default_factory=list)
    attested_by: str = ""
    reached_on: str = ""
    due_on: str = ""
    motion: str = ""
    standing: str = GATHERING
    settled_on: str = ""
    decision: str = ""
    barred_until: str = ""

    @property
    def support_count(self) -> int:
        """How many stand behind it: by name, or as attested."""
        return len(self.commitments) if self.known_to else len(self.supporters)

    def standing_on(self, day: str) -> str:
        """Where it stands on a civil date: as the record says, or lapsed where its time ran out before its number was reached."""
        if self.standing == GATHERING and self.gather_until and day > self.gather_until:
            return LAPSED
        return self.standing
