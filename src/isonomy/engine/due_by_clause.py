"""What is due by `duty` blocks: each occasion that comes round, or follows a meeting, until it is discharged.

Lives here: the occasions of a duty block, and the duties from them. Not here: discharging
(`proceedings.discharge`).

Invariant: every occasion of a duty has one key (`bulletin:2027-04-06`, `minutes@north:mt-12`) by which it is
discharged once. A duty as it stood when its occasion arose is owed, whatever later editions say. Source:
docs/spec/duties.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from isonomy.engine.duty import Duty, Outlook
from isonomy.engine.occasions import Coming, born, held_meetings, occasions_of
from isonomy.engine.state import State, day_of
from isonomy.engine.words import capital, say_day
from isonomy.kernel.calendar import say_date
from isonomy.rulebook import model
from isonomy.rulebook.model import Rulebook

AFTER_A_MEETING = "meeting of "


@dataclass(frozen=True, slots=True)
class Owing:
    """One occasion of a duty block: its key, what it is called in acts, who owes it, by when and why."""

    key: str
    name: str
    occasion: str
    seat: str
    block: model.Duty
    due_on: date
    derivation: str


def owing_key(name: str, seat: str, occasion: str) -> str:
    """The key of an occasion: the duty, the unit of the seat that owes it, the day or meeting."""
    unit = seat.partition("@")[2]
    return f"{name}{'@' + unit if unit else ''}:{occasion}"


def due_by_clause(outlook: Outlook) -> list[Duty]:
    """The occasions of duty blocks that are not discharged."""
    found = []
    for each in owings(outlook):
        if each.key in outlook.state.discharged or not outlook.sees(each.due_on):
            continue
        to = f" to {outlook.title(each.block.to)}" if each.block.to else ""
        or_else = f" Or else: {each.block.or_else}." if each.block.or_else else ""
        task = f"{capital(outlook.title(each.seat))} {each.block.does}{to}"
        clause = each.block.place.clause
        derivation = f"{capital(each.derivation)}.{or_else}"
        found.append(outlook.owed(f"duty {each.key}", task, (each.seat,), each.due_on, clause, derivation, each.key))
    return found


def owings(outlook: Outlook) -> list[Owing]:
    """Every occasion of every duty block up to the horizon (and the next of each), discharged ones too."""
    names = dict.fromkeys(name for rulebook in outlook.state.rulebooks.values() for name in rulebook.duties)
    return [found for name in names for found in (*_recurring(outlook, name), *_following(outlook, name))]


def _seats(outlook: Outlook, block: model.Duty) -> list[str]:
    found = outlook.rulebook.seat(block.owed_by)
    return outlook.standing(block.owed_by, found.in_each if found is not None else "")


def _recurring(outlook: Outlook, name: str) -> list[Owing]:
    state = outlook.state

    def pick(rulebook: Rulebook) -> Coming | None:
        block = rulebook.duties.get(name)
        return (block.every, block.place.clause) if block is not None and block.every is not None else None

    found = []
    for seat in _standing_anywhere(outlook, name):
        born_on, born_by = born(state, seat)
        for occasion in occasions_of(state, pick, born_on, born_by, outlook.now, outlook.until):
            block = state.rulebook(occasion.edition).duties[name]
            if seat not in _seats(outlook, block):
                continue
            day = occasion.on.isoformat()
            found.append(
                Owing(
                    owing_key(name, seat, day), name, day, seat, block, occasion.on,
                    f"it was due on {say_date(occasion.on)}: {occasion.derivation()}"
                    if occasion.on < outlook.now
                    else f"it is due on {say_date(occasion.on)}: {occasion.derivation()}",
                )
            )  # fmt: skip
    return found


def _standing_anywhere(outlook: Outlook, name: str) -> list[str]:
    """The seats that owe a duty under any edition, each once."""
    blocks = [rulebook.duties[name] for rulebook in outlook.state.rulebooks.values() if name in rulebook.duties]
    return list(dict.fromkeys(seat for block in blocks for seat in _seats(outlook, block)))


def _following(outlook: Outlook, name: str) -> list[Owing]:
    state = outlook.state
    found = []
    for body in _bodies_that_meet(state):
        for meeting in held_meetings(state, body):
            edition = state.edition_on(meeting.opened_on)
            block = state.rulebook(edition.id).duties.get(name) if edition is not None else None
            if block is None or block.within is None or block.after != AFTER_A_MEETING + body.partition("@")[0]:
                continue
            due = block.within.after(day_of(meeting.opened_latest_on))
            unit = body.partition("@")[2]
            for seat in _seats(outlook, block):
                if unit and "@" in seat and seat.partition("@")[2] != unit:
                    continue
                held = f"{outlook.title(body)} met on {say_day(meeting.opened_on)} ({meeting.id})"
                found.append(
                    Owing(
                        owing_key(name, seat, meeting.id), name, meeting.id, seat, block, due,
                        f"{held}; it is due within {block.within} of that",
                    )
                )  # fmt: skip
    return found


def _bodies_that_meet(state: State) -> list[str]:
    return list(dict.fromkeys(meeting.body for meeting in state.meetings.values()))
