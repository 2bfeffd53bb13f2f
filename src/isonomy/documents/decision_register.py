"""The register of decisions: each with its words, standing and clause, what it rests on and what rests on it.

Lives here: choosing, ordering, searching, and the register as CSV. Not here: votes (`minutes_items`), pages.

Invariant: nothing is judged here: standing, clause and grounds are those of the state on the day asked for. The latest stands
first.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from isonomy.documents.printable import csv_text
from isonomy.engine.sentences import Speaker
from isonomy.engine.state import Decision, State
from isonomy.engine.words import capital, say_day
from isonomy.rulebook.model import Rulebook

NameOf = Callable[[str], str]
"""A person by name where the reader may see it, else by id."""
COLUMNS = (
    "decision",
    "date",
    "body",
    "matter",
    "words",
    "amount",
    "standing",
    "clause",
    "entry",
    "vote",
    "motion",
    "meeting",
)


@dataclass(frozen=True, slots=True)
class Row:
    """One decision as the register shows it."""

    id: str
    on: str
    seat: str
    seat_said: str
    matter: str
    matter_said: str
    words: str
    standing: str
    clause: str
    entry: int
    decision: Decision

    @property
    def year(self) -> str:
        """The year in which it was taken."""
        return self.on[:4]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; "" leaves a thing open. All `words` are to stand in words, matter, body or id, in any order."""

    words: str = ""
    seat: str = ""
    matter: str = ""
    year: str = ""
    clause: str = ""
    standing: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A thing that a decision rests on, or that rests on it: its kind, its id, a sentence, and the entry it stands in."""

    kind: str
    id: str
    says: str
    entry: int = -1


def register(state: State, day: str, name_of: NameOf = str) -> list[Row]:
    """All decisions as they stand on a civil date, the latest first."""
    edition = state.edition_on(day)
    rulebook = state.rulebook(edition.id) if edition is not None else next(iter(state.rulebooks.values()), None)
    rows = [row_of(state, decision, day, rulebook, name_of) for decision in state.decisions.values()]
    return sorted(rows, key=lambda row: (row.on, row.entry), reverse=True)


def row_of(state: State, decision: Decision, day: str, rulebook: Rulebook | None, name_of: NameOf) -> Row:
    """One decision as the register shows it."""
    to = Speaker(state, rulebook, "")
    seat_said = capital(to.seat(decision.seat).removeprefix("the "))
    matter_said = capital(to.matter(decision.matter))
    words, persons = decision.text, decision.person.split()
    if persons and words.split("; ") == persons:
        # A paper whose options are the members themselves: their ids are no words.
        words = ""
    if persons:
        who = ", ".join(name_of(person) for person in persons)
        words = f"{words}\n{who}" if words else f"{matter_said}: {who}"
    return Row(
        decision.id, decision.taken_on, decision.seat, seat_said, decision.matter, matter_said, words or matter_said,
        decision.standing_on(day), decision.clause, _number(decision.id), decision,
    )  # fmt: skip


def found_in(rows: Iterable[Row], wanted: Wanted) -> list[Row]:
    """The rows that are looked for, in their order. A clause is found with all that stands under it: `3` finds `3.2`."""
    words = wanted.words.casefold().split()
    return [
        row
        for row in rows
        if wanted.seat in ("", row.seat, row.seat.partition("@")[0])
        and wanted.matter in ("", row.matter)
        and wanted.year in ("", row.year)
        and wanted.standing in ("", row.standing)
        and (not wanted.clause or row.clause == wanted.clause or row.clause.startswith(f"{wanted.clause}."))
        and all(word in f"{row.id} {row.seat_said} {row.matter_said} {row.words}".casefold() for word in words)
    ]


def rests_on(state: State, decision: Decision) -> list[Link]:
    """What a decision rests on: vote, motion, amendments, meeting, rulings, what it ratifies or brings into force."""
    found: list[Link] = []
    if decision.poll in state.polls:
        found.append(Link("poll", decision.poll, "The vote", _number(decision.poll)))
    if decision.motion in state.motions:
        found.append(Link("motion", decision.motion, "The motion", _number(decision.motion)))
    found += [Link("amendment", id, "An amendment that became part of it", _number(id)) for id in decision.amendments]
    if decision.meeting in state.meetings:
        starts = state.meetings[decision.meeting].starts
        found.append(Link("meeting", decision.meeting, f"The meeting of {say_day(starts)}", _number(decision.meeting)))
    motion = state.motions.get(decision.motion)
    if motion is not None and motion.decision:
        found.append(
            Link("decision", motion.decision, "The decision by which a body moved it", _number(motion.decision))
        )
    for ruling in state.rulings.values():
        if decision.id in ruling.rests:
            found.append(
                Link("ruling", ruling.id, f"A ruling on clause {ruling.clause} ({ruling.standing})", ruling.entry)
            )
    return found


def rested_by(state: State, decision: Decision) -> list[Link]:
    """What rests on a decision: what it ratified, the edition it adopted, what was carried out under it, corrections of it."""
    motion = state.motions.get(decision.motion)
    ratifies = motion.ratifies if motion is not None else ""
    found = []
    if ratifies in state.decisions and state.decisions[ratifies].ratified_by == decision.id:
        found.append(Link("decision", ratifies, "It ratified this decision", _number(ratifies)))
    found += [
        Link("edition", edition.id, f"An edition of the rulebook, in force from {say_day(edition.in_force_from)}",
             edition.adopted_at)
        for edition in state.editions.values()
        if edition.decision == decision.id and edition.in_force_from
    ]  # fmt: skip
    for done, entry in state.carried_out.items():
        by, _, about = done.partition(" ")
        if by == decision.id:
            kind = "person" if about.startswith("p-") else "thing"
            found.append(Link(kind, about, "Carried out", entry))
    found += [
        Link("motion", other.id, "A motion that the body moved by it", _number(other.id))
        for other in state.motions.values()
        if other.decision == decision.id
    ]
    if decision.ratified_by:
        found.append(
            Link("decision", decision.ratified_by, "The decision that ratified it", _number(decision.ratified_by))
        )
    found += [
        Link("correction", slip.id, f"A slip was corrected: {slip.key.replace('_', ' ')}", _number(slip.id))
        for slip in state.corrections.values()
        if slip.thing == decision.id
    ]
    return found


def register_csv(rows: Iterable[Row]) -> str:
    """The rows as CSV with a head (RFC 4180); a text never starts a formula."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows:
        found = row.decision
        amount = "" if found.amount is None else str(found.amount)
        cells = (
            row.id, row.on, row.seat_said, row.matter, row.words, amount, row.standing, row.clause, str(row.entry),
            found.poll, found.motion, found.meeting,
        )  # fmt: skip
        writer.writerow([csv_text(cell) for cell in cells])
    return written.getvalue()


def citation(state: State, row: Row) -> str:
    """How the decision is cited: organisation, body, day, id, clause, entry."""
    return (
        f"{state.name}, {row.seat_said}, decision of {say_day(row.on)} ({row.id}), clause {row.clause}, entry {row.entry} "
        f"of the record {state.origin}"
    )


def _number(id: str) -> int:
    number = id.partition("-")[2]
    return int(number) if number.isdigit() else -1
