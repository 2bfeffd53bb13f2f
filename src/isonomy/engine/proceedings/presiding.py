"""Presiding: who may put a question, close a poll and declare its result.

Lives here: the question `preside`. Not here: opening meetings (`meetings`, `presence`).

Invariant: the person concerned does not preside: not over a motion about them, not over an election in which they stand.
Where nobody is left who may, because the offices are vacant or their holders concerned, the body's own members may: no body
is kept from deciding for want of an officer.
"""

from __future__ import annotations

from isonomy.engine.judgement import Judgement
from isonomy.engine.proceedings.interim import has_lapsed_to_members
from isonomy.engine.proceedings.unhindered import opens_and_puts, recall_openers


def preside(
    judgement: Judgement,
    body: str,
    motion: str,
    clause: str,
    says: str,
    *,
    concerned: tuple[str, ...] = (),
    meeting: str = "",
    officer: str = "",
) -> None:
    """Whether the author may preside over a question: the chair of the body as it stands now, or a keeper of polls.

    `concerned` are those who stand as options; whom the motion names is concerned too. `meeting` is where it is put.
    `officer` is the returning officer of the clause, who presides alone where somebody holds that office and is free to.
    """
    moved = judgement.state.motions.get(motion)
    about = {
        person for person in (*concerned, moved.person if moved else "", *_discharged(judgement, motion)) if person
    }
    seats = officers(judgement, body)
    if officer and any(holder not in about for holder in judgement.holders(officer)):
        seats = (officer,)
    free = any(holder not in about for seat in seats for holder in judgement.holders(seat))
    free = free and not has_lapsed_to_members(judgement, body)
    if not free and judgement.author and judgement.author not in about and not judgement.reported:
        sitting = judgement.state.meetings.get(meeting)
        if sitting is None or judgement.author in sitting.present:
            seats = (*seats, body)
    elif opens_and_puts(judgement, body, motion, meeting):
        # An officer who stays away or does nothing keeps no vote on a holder from being put.
        seats = (*seats, body)
    asked, openers = recall_openers(judgement, motion)
    if asked:
        return
    judgement.may_act((*seats, *openers), clause, says)
    if judgement.author and judgement.author in about:
        others = " or ".join(judgement.title(seat) for seat in (seats if free else (*seats, body)))
        judgement.refuse(
            clause, "the person concerned does not preside", {"person": judgement.author, "motion": motion or "none"},
            f"let another of {others} preside",
        )  # fmt: skip


def _discharged(judgement: Judgement, motion: str) -> tuple[str, ...]:
    """Of whose own discharge a motion decides: the person instructed, or who holds the office that was."""
    terms = judgement.state.instructions.terms.get(motion)
    settle = terms.told.get("discharge", {}) if terms is not None else {}
    one = judgement.state.instructions.given.get(settle.get("instruction", ""))
    if one is None:
        return ()
    is_office = one.to.partition("@")[0] in judgement.rulebook.offices
    return (one.person, *(judgement.holders(one.to) if is_office else ()))


def officers(judgement: Judgement, body: str) -> tuple[str, ...]:
    """The offices that preside over questions in a body: its chair and keepers of polls, else of minutes or record."""
    unit = body.partition("@")[2]
    found = judgement.rulebook.bodies.get(body.partition("@")[0])
    chair = (judgement.beside(found.chaired_by, unit),) if found is not None and found.chaired_by else ()
    seats = chair + judgement.keepers("polls", unit)
    return seats or judgement.keepers("minutes", unit) + judgement.keepers("record", unit)
