"""Approval of minutes: a decision of a body on the matter `minutes`, whose words name the acts by their digest.

Lives here: the line that such a motion begins with, written and read, and the standing of minutes. Not here: the text itself
(`minutes`), moving and deciding (the engine: it is a motion like any other).

Invariant: minutes are approved by a decision and by nothing else; the digest is one of acts, which any program finds again.
Source: docs/spec/minutes.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from isonomy.documents.minutes import Entry, Minutes
from isonomy.engine.motion import Motion
from isonomy.engine.state import Decision, State
from isonomy.engine.words import say_day
from isonomy.kernel.canonical import canonical_bytes

MINUTES = "minutes"
IN_FORCE = ("in force", "ratified")
WAITING = {
    "draft": "Draft: not approved by a body yet", "in progress": "The meeting is not over",
    "to come": "The meeting was not held yet",
}  # fmt: skip
_APPROVES = re.compile(
    r"The minutes of (mt-\d+) are approved as written from the record through entry (\d+) "
    r"\(acts SHA-256 ([0-9a-f]{64})\)\.(?:\n+(.*))?",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Approval:
    """What a motion or decision on minutes names: the meeting, the last entry, the digest; the body's own corrections."""

    meeting: str
    last_entry: int
    digest: str
    corrections: str = ""

    def words(self) -> str:
        """The text of a motion that approves."""
        line = (
            f"The minutes of {self.meeting} are approved as written from the record through entry {self.last_entry} "
            f"(acts SHA-256 {self.digest})."
        )
        return f"{line}\n\n{self.corrections}" if self.corrections else line


@dataclass(frozen=True, slots=True)
class Standing:
    """How far minutes have come: to come, in progress, draft, proposed, approved, or approved and since corrected."""

    name: str
    approval: Approval | None = None
    decision: Decision | None = None
    motion: Motion | None = None


def digest_of(acts: Iterable[Entry], through: int) -> str:
    """SHA-256 of the entries that belong to a meeting, in order and through one entry, each followed by a line feed."""
    found = sha256()
    for entry in acts:
        if entry["n"] <= through:
            found.update(canonical_bytes(entry) + b"\n")
    return found.hexdigest()


def read_approval(text: str) -> Approval | None:
    """What words approve; None where they do not begin with the line."""
    found = _APPROVES.fullmatch(text.strip())
    if found is None:
        return None
    meeting, last, digest, corrections = found.groups()
    return Approval(meeting, int(last), digest, (corrections or "").strip())


def standing_of(state: State, minutes: Minutes, acts: Sequence[Entry], day: str) -> Standing:
    """The standing of minutes on a civil date; `acts` are the entries that belong to the meeting."""
    for decision in reversed(state.decisions.values()):
        approval = read_approval(decision.text) if decision.matter == MINUTES else None
        if approval is None or decision.standing_on(day) not in IN_FORCE or not _is_of(approval, minutes, acts):
            continue
        is_corrected = any(line.entry > approval.last_entry for line in minutes.corrections)
        return Standing("approved, since corrected" if is_corrected else "approved", approval, decision)
    for motion in reversed(state.motions.values()):
        approval = read_approval(motion.text) if motion.matter == MINUTES and motion.standing == "open" else None
        if approval is not None and _is_of(approval, minutes, acts):
            return Standing("proposed", approval, motion=motion)
    if minutes.standing == "called":
        return Standing("to come")
    return Standing("draft" if minutes.is_over else "in progress")


def standing_line(standing: Standing) -> str:
    """The standing of minutes as a sentence for their readers."""
    if standing.decision is not None:
        by = f"by decision {standing.decision.id} of {say_day(standing.decision.taken_on)}"
        since = "; slips were corrected since" if standing.name != "approved" else ""
        more = "; with corrections of the body" if standing.approval and standing.approval.corrections else ""
        return f"Approved {by}{more}{since}"
    if standing.motion is not None:
        return f"Draft; motion {standing.motion.id} asks that they be approved"
    return WAITING[standing.name]


def _is_of(approval: Approval, minutes: Minutes, acts: Sequence[Entry]) -> bool:
    """Whether an approval is of these minutes: the same meeting, and the digest is that of its acts."""
    return approval.meeting == minutes.meeting and approval.digest == digest_of(acts, approval.last_entry)
