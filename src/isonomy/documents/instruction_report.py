"""The report on what was instructed, made from the acts: every instruction of a body with its standing, numbers and reports.

Lives here: choosing, comparing what was promised with what was reached, and the report as Markdown. Not here: pages, acts.

Invariant: the draft says nothing that no entry says; a number is shown as it was promised and as it was reported, side by side,
and what was not reported is said to be so.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from isonomy.engine.instruction import Account, Condition, Figure, Instruction, Target
from isonomy.engine.proceedings.terms_decided import members_counted
from isonomy.engine.state import Mandate, State
from isonomy.engine.words import capital, number_of, say_day

Said = Callable[[str], str]
MONTHS_SHOWN = 24
"""At most so many points of a target's way are shown."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A promised number beside what was reached of it: `reached` None where nothing was reported."""

    promise: Figure
    reached: Figure | None

    @property
    def missing(self) -> int | None:
        """How much is missing; None where nothing was reported."""
        return None if self.reached is None else max(0, self.promise.number - self.reached.number)

    @property
    def verdict(self) -> str:
        """`reached`, `not reached`, or `not reported`."""
        if self.missing is None:
            return "not reported"
        return "not reached" if self.missing else "reached"


@dataclass(frozen=True, slots=True)
class Handed:
    """That an instruction to a seat passed to another holder: who, since when, by which mandate."""

    person: str
    since: str
    mandate: str


@dataclass(frozen=True, slots=True)
class Shown:
    """An instruction as it stands on a day."""

    instruction: Instruction
    standing: str
    compared: tuple[Compared, ...]
    handed: tuple[Handed, ...]
    is_late: bool

    @property
    def last(self) -> Account | None:
        """The latest report."""
        return self.instruction.accounts[-1] if self.instruction.accounts else None


def shown_on(state: State, one: Instruction, day: str) -> Shown:
    """An instruction with its standing, its numbers, and the holders to whom it passed."""
    compared = tuple(Compared(promise, one.reached(promise)) for promise in one.promises)
    final = one.final
    late = final is not None and final.on > one.report_by
    return Shown(one, one.standing_on(day), compared, handed_over(state, one, day), late)


def handed_over(state: State, one: Instruction, day: str) -> tuple[Handed, ...]:
    """Those who took an instruction over with the seat since it was given, while it was open."""
    if not one.to:
        return ()
    closed = one.outcomes[-1].on if one.outcomes and not one.is_open else day
    found: list[Mandate] = [state.mandates[id] for id in state.by_seat.get(one.to, ())]
    return tuple(
        Handed(mandate.person, mandate.since, mandate.id)
        for mandate in sorted(found, key=lambda each: each.since)
        if one.given_on < mandate.since <= closed
    )


def of_body(state: State, body: str, day: str) -> list[Shown]:
    """Every instruction that a body gave ("": all), those that are open first, by the day of their report."""
    found = [shown_on(state, one, day) for one in state.instructions.given.values() if body in ("", one.body)]
    return sorted(found, key=lambda each: (not each.instruction.is_open, each.instruction.report_by))


def to_seat(state: State, seat: str, day: str) -> list[Shown]:
    """The open instructions of a seat."""
    given = state.instructions.given.values()
    return [shown_on(state, one, day) for one in given if one.to == seat and one.is_open]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a target has come on a day: the number now (or on its day), its share in hundredths, and the way there."""

    target: Target
    count: int
    hundredths: int
    way: tuple[tuple[str, int], ...]
    admitted: tuple[int, ...]

    @property
    def is_reached(self) -> bool:
        """Whether the number is reached."""
        return self.count >= self.target.number


def progress_of(state: State, target: Target, day: str) -> Progress:
    """The progress of a target, computed from the roll: counts by month since it was set, and the entries of admissions."""
    last = min(day, target.by_on)
    days = [target.set_on, *_firsts(target.set_on, last), last]
    way = tuple((on, members_counted(state, target.unit, on)) for on in dict.fromkeys(days[-MONTHS_SHOWN:]))
    count = way[-1][1]
    entries = tuple(
        person.entry
        for person in state.persons.values()
        if target.set_on < person.admitted_on <= last and (not target.unit or person.unit == target.unit)
    )
    return Progress(target, count, min(100, count * 100 // target.number), way, entries)


def _firsts(since: str, until: str) -> list[str]:
    """The first days of the months between two days."""
    found: list[str] = []
    year, month = int(since[:4]), int(since[5:7])
    while True:
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        day = f"{year:04}-{month:02}-01"
        if day >= until:
            return found
        found.append(day)


def conditions_on(state: State, day: str) -> list[tuple[Condition, str]]:
    """Every condition with its standing on a day, those still to be reviewed first."""
    found = [(one, one.standing_on(day)) for one in state.instructions.conditions.values()]
    return sorted(found, key=lambda pair: (not pair[0].is_open, pair[0].review_on))


def draft(state: State, body: str, day: str, seat: Said, person: Said) -> str:
    """The report on the instructions of a body as Markdown, from acts alone; `seat` and `person` say those in words."""
    found = of_body(state, body, day)
    lines = [
        f"# Report on what {seat(body)} instructed",
        "",
        f"As the record stands on {say_day(day)}. Every line follows from entries.",
        "",
    ]
    if not found:
        return "\n".join([*lines, "Nothing was instructed.", ""])
    counts: dict[str, int] = {}
    for each in found:
        counts[each.standing] = counts.get(each.standing, 0) + 1
    said = ", ".join(f"{count} {standing}" for standing, count in sorted(counts.items()))
    lines += [f"{capital(number_of(len(found), 'instruction'))}: {said}.", ""]
    for each in found:
        lines += _told(each, seat, person)
    return "\n".join(lines)


def _told(each: Shown, seat: Said, person: Said) -> list[str]:
    one = each.instruction
    whom = person(one.person) if one.person else seat(one.to)
    lines = [f"## {one.id}: {' '.join(one.does.split())}", ""]
    lines.append(
        f"Given to {whom} on {say_day(one.given_on)} ({one.decision}, clause {one.clause}), due on {say_day(one.due_on)}, "
        f"report owed by {say_day(one.report_by)}. Standing: {each.standing}."
    )
    lines += [f"Taken over by {person(handed.person)} on {say_day(handed.since)}." for handed in each.handed]
    if each.compared:
        lines += ["", "| promised | number | by | reached | as of | |", "|---|---|---|---|---|---|"]
        for pair in each.compared:
            reached = (
                f"{pair.reached.number} {pair.reached.unit} | {say_day(pair.reached.on)}"
                if pair.reached
                else "not reported | "
            )
            lines.append(
                f"| {pair.promise.name} | {pair.promise.number} {pair.promise.unit} | {say_day(pair.promise.on)} | {reached} "
                f"| {pair.verdict} |"
            )
    for account in one.accounts:
        kind = "final" if account.final else "interim"
        late = " (late)" if account.final and account.on > one.report_by else ""
        lines += [
            "",
            f"Reported ({kind}) on {say_day(account.on)}{late} by {person(account.by)}, entry {account.entry}:",
            "",
        ]
        lines += [f"> {line}" for line in account.text.splitlines()]
    if not one.accounts:
        lines += ["", "No report was made."]
    for outcome in one.outcomes:
        until = f" to {say_day(outcome.until)}" if outcome.until else ""
        why = f": {' '.join(outcome.reason.split())}" if outcome.reason else ""
        lines += ["", f"Decided on {say_day(outcome.on)} ({outcome.decision}): {outcome.outcome}{until}{why}."]
    return [*lines, ""]
