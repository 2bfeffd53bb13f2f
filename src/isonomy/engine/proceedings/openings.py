"""The opening balance: an existing body enters what it is and has, with sources, and its supreme body approves it.

Lives here: `opening.enter`, `opening.object`, and what a vote on the balance brings. Not here: founding with a balance
(`founding`), what is allowed until it stands (`interim`), the checks of each kind of part (`inheriting`).

Invariant: what was entered stands on the roll from its own entry, with the days that the source tells, and moves nothing until
the body has approved it; a part that is voted down is struck, and nothing in the record is rewritten by that.
Source: docs/spec/acts-opening.md.
"""

from __future__ import annotations

from dataclasses import dataclass

from isonomy.engine.act import judges
from isonomy.engine.competence import OPENING
from isonomy.engine.effect import At, effect
from isonomy.engine.judgement import Judgement
from isonomy.engine.motion import Motion
from isonomy.engine.opening import (
    APPROVED,
    PENDING,
    STRUCK,
    Objection,
    OpeningBalance,
    Part,
    approval_clause,
)
from isonomy.engine.proceedings.inheriting import Enter, enter_part
from isonomy.engine.proceedings.interim import body_of_balance, pending_balance
from isonomy.engine.proceedings.mandates import MandateEnded
from isonomy.engine.proceedings.membership import PersonLeft
from isonomy.engine.proceedings.units import UnitClosed
from isonomy.engine.shape import ProceedingId, Text
from isonomy.engine.state import State
from isonomy.kernel.ids import proceeding_id

VOTED_DOWN = "struck from the opening balance"


@dataclass(frozen=True, slots=True)
class Object:
    """Objects, as a person whom the balance lists, to a part of it or to the whole."""

    text: Text
    part: ProceedingId | None = None


@effect("opening.begun")
@dataclass(frozen=True, slots=True)
class OpeningBegun:
    """An existing body is founded here: its balance is entered by its founders, who are its first part."""

    part: str
    source: str
    entered_by: tuple[str, ...]
    things: tuple[str, ...]
    on: str

    def apply(self, state: State, at: At) -> None:
        """Opens the balance with its first part."""
        first = Part(self.part, "founders", self.source, self.things, self.on)
        state.opening = OpeningBalance(self.entered_by, self.on, {self.part: first})
        state.touched[self.part] = at.n


@effect("opening.entered")
@dataclass(frozen=True, slots=True)
class OpeningEntered:
    """A part of the balance: what kind of things, how many, from which source."""

    part: str
    kind: str
    source: str
    things: tuple[str, ...]
    on: str

    def apply(self, state: State, at: At) -> None:
        """Adds the part."""
        if state.opening is not None:
            state.opening.parts[self.part] = Part(self.part, self.kind, self.source, self.things, self.on)
        state.touched[self.part] = at.n


@effect("opening.objected")
@dataclass(frozen=True, slots=True)
class OpeningObjected:
    """A listed person objects; the words stand in the act."""

    objection: str
    person: str
    on: str
    part: str = ""

    def apply(self, state: State, at: At) -> None:
        """Keeps the objection."""
        if state.opening is not None:
            made = Objection(self.objection, self.part, self.person, str(at.act["text"]), self.on)
            state.opening.objections[self.objection] = made


@effect("opening.approved")
@dataclass(frozen=True, slots=True)
class OpeningApproved:
    """Parts of the balance stand, by a vote of the body; `whole` when nothing of it is open any more."""

    parts: tuple[str, ...]
    by: str
    whole: bool

    def apply(self, state: State, at: At) -> None:
        """Settles the parts."""
        _settle(state, at, self.parts, APPROVED, self.by, whole=self.whole)


@effect("opening.struck")
@dataclass(frozen=True, slots=True)
class OpeningStruck:
    """A part of the balance was voted down and is struck; `whole` when nothing of it is open any more."""

    parts: tuple[str, ...]
    by: str
    on: str
    whole: bool

    def apply(self, state: State, at: At) -> None:
        """Settles the parts and ends what they brought."""
        for part in self.parts:
            for thing in state.opening.parts[part].things if state.opening is not None else ():
                _strike(state, at, thing, self.on)
        _settle(state, at, self.parts, STRUCK, self.by, whole=self.whole)


def _settle(state: State, at: At, parts: tuple[str, ...], standing: str, by: str, *, whole: bool) -> None:
    balance = state.opening
    if balance is None:
        return
    for part in parts:
        balance.parts[part].standing, balance.parts[part].settled_by = standing, by
        state.touched[part] = at.n
    if whole:
        balance.settled_by = by


def _strike(state: State, at: At, thing: str, on: str) -> None:
    if thing in state.persons and state.persons[thing].is_member_on(on):
        PersonLeft(thing, on).apply(state, at)
    elif thing in state.mandates and state.mandates[thing].is_valid_on(on):
        MandateEnded(thing, on, VOTED_DOWN).apply(state, at)
    elif thing in state.units and not state.units[thing].closed_on:
        UnitClosed(thing, on).apply(state, at)
    elif thing in state.motions and state.motions[thing].standing == "open":
        state.motions[thing].standing = STRUCK
    elif thing in state.decisions:
        state.decisions[thing].standing = STRUCK


@judges("opening.enter", Enter, reportable=False)
def judge_enter(judgement: Judgement, enter: Enter) -> None:
    """Judges a part of the balance: by those who enter it, before notice of the approving meeting, one kind, from a source."""
    balance = pending_balance(judgement)
    clause = approval_clause(judgement.rulebook)
    if judgement.author not in balance.entered_by:
        judgement.refuse(
            clause, "an opening balance is entered by those who founded it here",
            {"by": judgement.author, "entered by": list(balance.entered_by)},
            f"ask {' or '.join(balance.entered_by[:3])}, or object to it",
        )  # fmt: skip
    noticed = _noticed(judgement)
    if noticed:
        judgement.refuse(
            clause, "an opening balance is closed when notice of the meeting that approves it goes out",
            {"meeting": noticed}, "cancel that meeting and call another, or bring it as a matter of its own afterwards",
        )  # fmt: skip
    part = proceeding_id("op", judgement.n)
    kind, things = enter_part(judgement, enter, clause)
    judgement.cite(clause)
    judgement.then(OpeningEntered(part, kind, enter.source, things, judgement.on))


def _noticed(judgement: Judgement) -> str:
    """The meeting of the approving body of which notice went out, or which is open; "" where there is none."""
    body = body_of_balance(judgement.state, judgement.edition)
    for meeting in judgement.state.meetings.values():
        told = meeting.standing in ("open", "adjourned") or (meeting.standing == "called" and meeting.notices)
        if meeting.body == body and told:
            return meeting.id
    return ""


@judges("opening.object", Object, reportable=False)
def judge_object(judgement: Judgement, told: Object) -> None:
    """Judges an objection: of a person whom the balance lists, to a part that is still open or to the whole."""
    balance = pending_balance(judgement)
    part = balance.parts.get(told.part or "")
    if told.part is not None and part is None:
        raise judgement.bar(f"there is no part '{told.part}'", {"parts": sorted(balance.parts)}, "name one of these")
    if part is not None and part.standing != PENDING:
        raise judgement.bar(f"the part is {part.standing} already", {"part": part.id}, "nothing more is needed")
    judgement.cite(approval_clause(judgement.rulebook))
    judgement.then(OpeningObjected(f"ob-{judgement.n}", judgement.author, judgement.on, told.part or ""))


# -- what the vote brings ----------------------------------------------------------------------------------


def decide_balance(judgement: Judgement, motion: Motion, *, carried: bool, poll: str) -> None:
    """What the vote on the balance brings: carried, what was moved stands; a single part that is voted down is struck.

    The whole voted down settles nothing: it may be laid before the body again, or part by part.
    """
    balance = judgement.state.opening
    if motion.matter != OPENING or balance is None or not balance.is_pending:
        return
    open_parts = tuple(part.id for part in balance.open_parts)
    about = (motion.ratifies,) if motion.ratifies else open_parts
    if any(part not in open_parts for part in about) or not (carried or motion.ratifies):
        return
    whole = set(about) == set(open_parts)
    if carried:
        judgement.then(OpeningApproved(about, poll, whole))
    else:
        judgement.then(OpeningStruck(about, poll, judgement.on, whole))
