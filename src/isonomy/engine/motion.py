"""Motions and amendments in the state.

Lives here: what a motion and an amendment consist of, as they stand. Not here: how they change (`proceedings.motions`,
`proceedings.amendments`).

Invariant: changed in place inside the fold alone; the text of a motion changes by an amendment that was carried or accepted,
or by a correction, and by nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass, field

OPEN, ACCEPTED, CARRIED, NOT_CARRIED, WITHDRAWN, FALLEN = (
    "open", "accepted", "carried", "not carried", "withdrawn", "fallen",
)  # fmt: skip


@dataclass(slots=True)
class Motion:
    """A motion on a matter, moved in a body.

    `text` is as it stands, with the amendments that became part of it (`amended_by`, in order); `moved_text` as it was
    moved ("" where it was not amended). `seconders_needed` is how many others must stand behind it, `stood_on` the
    day on which they did. `decision` is
    that of the body which moved it, `order` the amendments as the chair puts them.
    """

    id: str
    body: str
    matter: str
    mover: str
    text: str
    moved_on: str
    edition: str
    seconders: list[str] = field(default_factory=list)
    standing: str = "open"
    draft: str = ""
    ratifies: str = ""
    seat: str = ""
    person: str = ""
    amount: int | None = None
    appeal: str = ""
    seconders_needed: int = 0
    stood_on: str = ""
    decision: str = ""
    meeting: str = ""
    moved_text: str = ""
    amended_by: list[str] = field(default_factory=list)
    order: tuple[str, ...] = ()

    @property
    def stands_since(self) -> str:
        """The day from which as many stood behind it as the clause asks; "" while they do not."""
        return self.stood_on if self.seconders_needed else self.moved_on


@dataclass(slots=True)
class Amendment:
    """An amendment to a motion: another whole `text`, or a `passage` and what it `becomes` ("" struck out).

    `draft` is the edition that takes the place of the motion's, where that is to amend the rulebook. `standing` is open,
    accepted (by the mover), carried, not carried, withdrawn or fallen (its place in the text is gone).
    """

    id: str
    motion: str
    body: str
    mover: str
    moved_on: str
    text: str = ""
    passage: str = ""
    becomes: str = ""
    draft: str = ""
    seconders: list[str] = field(default_factory=list)
    seconders_needed: int = 0
    stood_on: str = ""
    standing: str = OPEN

    @property
    def stands(self) -> bool:
        """Whether it is open and as many stand behind it as the clause asks."""
        return self.standing == OPEN and len(self.seconders) >= self.seconders_needed

    def of(self, text: str) -> str | None:
        """The words of a motion as amended by this; None where its passage does not stand in them exactly once."""
        if not self.passage:
            return self.text or text
        return text.replace(self.passage, self.becomes) if text.count(self.passage) == 1 else None
