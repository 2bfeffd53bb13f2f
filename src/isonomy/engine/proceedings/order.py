"""Order: which line a ruling may read, which reading fits which case, and what is never ruled on.

Lives here: the checks of `ruling.make` and who makes one at a meeting. Not here: the acts (`rulings`), obeying them (`readings`).

Invariant: no ruling touches the ruler's own mandate, the amendment clause, the matters by which rulings and balances are judged,
or the roll, secrecy or threshold of a poll that is not declared; a reading reads the very line on which the refusal would rest.
Source: docs/spec/acts-rulings.md.
"""

from __future__ import annotations

from dataclasses import dataclass

from isonomy.engine.competence import (
    ADMISSION,
    AMENDMENT,
    APPEAL,
    APPOINTMENT,
    CALLING,
    CLOSING,
    CORRECTION,
    DEMANDING,
    ELECTION,
    FOUNDING,
    OPENING,
    RATIFICATION,
    REMOVAL,
    RULING,
    competence_in,
    has_road,
)
from isonomy.engine.judgement import Judgement
from isonomy.engine.meeting import Meeting
from isonomy.engine.motion import Motion
from isonomy.engine.ruling import (
    DAYS_COUNTED,
    DISCUSSED,
    FILLED_SEATS,
    LATE_AMENDMENT,
    OUTSIDE_THE_NOTICE,
    OVERTURNED,
    READINGS,
    WITHIN_THE_NOTICE,
)
from isonomy.rulebook.model import Body, Office, Place, Procedure, Rulebook

NEVER = (AMENDMENT, OPENING, RULING)
"""Matters that no ruling reaches: what would change the rules, or the check on rulings and on balances."""
BUILT_IN = (RATIFICATION, ADMISSION, CORRECTION)
ABOUT_SEATS = (ELECTION, REMOVAL, APPOINTMENT, APPEAL)
NAMED_ROADS = (*ABOUT_SEATS, FOUNDING, CLOSING, CALLING, DEMANDING)
OF_A_MANDATE = ("filled by", "term", "removable by", "seats")
OF_A_POLL = (
    "majority", "quorum", "secrecy", "counting", "casting vote", "tie", "default option", "electorate as of", "taken",
    "constraint", "protected", "top score", "vote", "belong to", "filled by", "seats",
)  # fmt: skip
"""Keys that decide who votes in a poll, how secretly, and what carries."""


@dataclass(frozen=True, slots=True)
class Case:
    """The case in which a ruling is made: the body and edition, its meeting, or all cases, and where it is appealed."""

    body: str
    edition: str
    meeting: Meeting | None = None
    general: bool = False
    confirmed: str = ""
    appeal_to: str = ""
    appealable_until: str = ""


def rulers_at(judgement: Judgement, meeting: Meeting) -> tuple[str, ...]:
    """Who rules at an open meeting: its chair where present, else who opened it."""
    body = judgement.body(meeting.body)
    chair = judgement.beside(body.chaired_by, meeting.body.partition("@")[2]) if body.chaired_by else ""
    there = tuple(holder for holder in judgement.holders(chair) if holder in meeting.present) if chair else ()
    return there or (meeting.opened_by,)


def check_not_overturned(judgement: Judgement, what: tuple[str, str, str, str, str]) -> None:
    """A ground against making an overturned ruling again: the same meeting, motion, matter, reading and clause."""
    for found in judgement.state.rulings.values():
        if found.standing == OVERTURNED and what == (
            found.meeting, found.motion, found.matter, found.reading, found.clause
        ):  # fmt: skip
            judgement.refuse(
                found.clause, "this ruling was overturned, and is not made again in the same case", {"ruling": found.id},
                "follow what was decided on the appeal",
            )  # fmt: skip


def check_line(judgement: Judgement, clause: str, line: int, edition: str) -> None:
    """Bars a clause that is not there, and a line that stands outside it."""
    book = judgement.state.rulebook(edition)
    found = book.clauses.get(clause)
    if found is None:
        raise judgement.bar(
            f"there is no clause '{clause[:40]}'", {"clauses": list(book.clauses)[:20]}, "name one of this edition"
        )
    pointed = any(
        place.clause_of(key) == clause for place in _places(book) for key in place.lines if place.lines[key] == line
    )
    if not found.first_line <= line <= found.last_line and not pointed:
        raise judgement.bar(
            "the line stands in another clause", {"line": line, "clause": f"{found.first_line} to {found.last_line}"},
            "name the line of the rulebook's text that is read", clause,
        )  # fmt: skip


def _places(book: Rulebook) -> list[Place]:
    """Where every block of an edition stands."""
    tables = (
        book.units, book.member_classes, book.bodies, book.offices, book.powers, book.procedures, book.duties, book.reporting
    )  # fmt: skip
    found = [block.place for table in tables for block in table.values()]
    return found + [block.place for block in (book.record, book.ruling, book.definitions) if block is not None]


def _keys_at(place: Place, line: int) -> set[str]:
    """The keys of a block that stand on a line; a key that runs on over further lines counts to the next key."""
    above = [found for found in place.lines.values() if found <= line]
    nearest = max(above) if above and line >= place.line else None
    return {key for key, found in place.lines.items() if found == nearest}


def _in_a_block(book: Rulebook, line: int) -> Place | None:
    """The block to which a line belongs: the last that begins before it, as far as its keys reach; None for words."""
    within = [place for place in _places(book) if place.line <= line <= max([place.line, *place.lines.values()])]
    return max(within, key=lambda place: place.line) if within else None


def _reads(book: Rulebook, place: Place, keys: tuple[str, ...], clause: str, line: int) -> bool:
    """Whether a line reads one of these keys of a block: its own line, or words of the clause that states it."""
    if not place.lines:
        return False
    at = _in_a_block(book, line)
    if at is not None:
        return at == place and bool(_keys_at(place, line) & set(keys))
    return any(key in place.lines and place.clause_of(key) == clause for key in keys)


def check_exclusions(
    judgement: Judgement, clause: str, line: int, matter: str, moved: Motion | None, case: Case
) -> None:
    """Grounds against ruling at all: the amendment clause, one's own mandate, a poll that is not declared."""
    book = judgement.state.rulebook(case.edition)
    amendment = book.amendment()
    guarded = {amendment.place.clause, *amendment.place.clauses.values()} if amendment is not None else set()
    if clause in guarded or matter in NEVER:
        judgement.refuse(
            clause, "nobody rules on the amendment of the rulebook, on rulings themselves, or on an opening balance",
            {"clause": clause, "matter": matter or "none"}, "the words stand as they are; amend them where they are unclear",
        )  # fmt: skip
    if not case.general:
        _check_own(judgement, book, clause, line, matter, moved)
    _check_polls(judgement, clause, line)


def _check_own(judgement: Judgement, book: Rulebook, clause: str, line: int, matter: str, moved: Motion | None) -> None:
    """Never on the ruler's own mandate: neither its clause, nor a question about it or about the person."""
    mine = judgement.state.mandates_of_person(judgement.author, judgement.on)
    for mandate in mine:
        seat: Body | Office | None = book.seat(mandate.seat)
        plain = mandate.seat.partition("@")[0]
        about = matter.startswith(ABOUT_SEATS) and matter.endswith(f"-{plain}") and matter.split("-", 2)[2] == plain
        if about or (seat is not None and _reads(book, seat.place, OF_A_MANDATE, clause, line)):
            judgement.refuse(
                clause, "nobody rules on their own mandate", {"seat": mandate.seat, "by": judgement.author},
                "let another preside, and rule",
            )  # fmt: skip
    if moved is not None and moved.person == judgement.author:
        judgement.refuse(
            clause, "nobody rules on a motion about themselves", {"motion": moved.id}, "let another preside, and rule"
        )


def _check_polls(judgement: Judgement, clause: str, line: int) -> None:
    """Never on the roll, secrecy or threshold of a poll that is put and not declared."""
    state = judgement.state
    for poll in state.polls.values():
        if poll.standing == "declared":
            continue
        book = state.rulebook(poll.editions[0])
        procedure: Procedure | None = book.procedures.get(poll.procedure)
        body = book.bodies.get(poll.body.partition("@")[0])
        blocks = [block.place for block in (procedure, body) if block is not None]
        blocks += [found.place for found in book.member_classes.values()]
        if any(_reads(book, place, OF_A_POLL, clause, line) for place in blocks):
            judgement.refuse(
                clause, "nobody rules on the roll, the secrecy or the threshold of a poll while it runs",
                {"poll": poll.id, "standing": poll.standing}, "declare its result first",
            )  # fmt: skip
            return


# -- which reading fits ------------------------------------------------------------------------------------


def check_case(
    judgement: Judgement,
    reading: str,
    clause: str,
    line: int,
    matter: str,
    within: str,
    moved: Motion | None,
    case: Case,
) -> None:
    """Grounds against a reading: not on the list, without its object, of another line, or beyond its bounds."""
    if not reading:
        return
    known = READINGS.get(reading)
    if known is None:
        raise judgement.bar(
            f"'{reading}' is not a reading that is executed", {"readings": sorted(READINGS)},
            "name one of these, or leave 'reading' out: words bind people all the same",
        )  # fmt: skip
    if (case.general and not known.general) or (
        not case.general and case.meeting is None and (known.of != "motion" or reading == LATE_AMENDMENT)
    ):
        raise judgement.bar(
            f"{reading} is read at a meeting, in its case" if case.general else f"{reading} is read at a meeting",
            {"reading": reading}, "rule where the question arises", clause,
        )  # fmt: skip
    wants_motion, wants_matter = known.of == "motion", known.of == "matter" and not case.general
    if (
        (moved is not None) != wants_motion
        or bool(matter) != wants_matter
        or bool(within) != (reading == WITHIN_THE_NOTICE)
    ):
        raise judgement.bar(
            f"{reading} is about {'a ' + known.of if known.of and not case.general else 'no one question'}",
            {"motion": moved.id if moved is not None else "none", "matter": matter or "none", "within": within or "none"},
            f'give "{known.of}"' + (' and "within"' if reading == WITHIN_THE_NOTICE else "") if known.of and not case.general
            else "leave motion, matter and within out",
        )  # fmt: skip
    if moved is not None and moved.standing != "open":
        raise judgement.bar(f"the motion is {moved.standing}", {"motion": moved.id}, "nothing is to be ruled on it")
    _check_bounds(judgement, reading, matter, within, clause, case)
    if known.key and not _is_read(judgement, reading, known.key, clause, line, matter, moved, case):
        judgement.refuse(
            clause, f"{reading} reads the line on '{known.key}' on which the answer rests",
            {"clause": clause, "line": line, "reads": _where(judgement, reading, known.key, matter, moved, case)},
            "name that clause and line",
        )  # fmt: skip


def _check_bounds(judgement: Judgement, reading: str, matter: str, within: str, clause: str, case: Case) -> None:
    named = case.meeting.matters if case.meeting is not None else ()
    if reading == WITHIN_THE_NOTICE:
        own = matter in (*NEVER, *BUILT_IN) or matter.startswith(NAMED_ROADS) or has_road(matter)
        if own or within not in named:
            judgement.refuse(
                clause, "a matter is read into another that the call named, and never one that has a road of its own",
                {"matter": matter, "within": within, "matters in the call": list(named)}, "call a meeting on it",
            )  # fmt: skip


def _read_places(judgement: Judgement, reading: str, matter: str, moved: Motion | None, case: Case) -> list[Place]:
    """The blocks whose line a reading reads in this case; for all cases, every block that has such a line."""
    book = judgement.state.rulebook(case.edition)
    if case.general:
        blocks: list[Body | Procedure] = (
            [*book.bodies.values()] if reading == FILLED_SEATS else [*book.procedures.values()]
        )
        return [block.place for block in blocks if not (isinstance(block, Body) and not _of_seats(block))]
    body = book.bodies.get(case.body.partition("@")[0])
    if reading in (WITHIN_THE_NOTICE, OUTSIDE_THE_NOTICE):
        return [body.place] if body is not None else []
    if reading == FILLED_SEATS:
        return [body.place] if body is not None and _of_seats(body) else []
    about = moved.matter if moved is not None else matter
    competence = competence_in(book, case.body, about)
    procedure = competence.procedure if competence is not None else None
    return [procedure.place] if procedure is not None and reading in (DAYS_COUNTED, DISCUSSED, LATE_AMENDMENT) else []


def _of_seats(body: Body) -> bool:
    return body.quorum is not None and body.quorum.of == "seats"


def _is_read(
    judgement: Judgement, reading: str, key: str, clause: str, line: int, matter: str, moved: Motion | None, case: Case
) -> bool:
    return any(
        key in place.lines and (place.clause_of(key), place.line_of(key)) == (clause, line)
        for place in _read_places(judgement, reading, matter, moved, case)
    )


def _where(judgement: Judgement, reading: str, key: str, matter: str, moved: Motion | None, case: Case) -> str:
    found = [place for place in _read_places(judgement, reading, matter, moved, case) if key in place.lines]
    said = [f"clause {place.clause_of(key)}, line {place.line_of(key)}" for place in found]
    return " or ".join(said[:4]) or "nothing here"
