"""Sentences of the opening balance and of rulings.

Lives here: what the effects of `proceedings.openings`, `proceedings.rulings` and `proceedings.readings` say. Not here: the others
(`sentences`, `sentences_of_elections`), from where the speaker comes.

Invariant: as in `sentences`.
"""

from __future__ import annotations

from typing import Any

from isonomy.engine.sentences import Speaker, says
from isonomy.engine.words import listed, number_of, say_day


def _parts(parts: tuple[str, ...]) -> str:
    return f"{'part' if len(parts) == 1 else 'parts'} {listed(parts)}".rstrip()


@says("opening.begun")
def _begun(to: Speaker, e: Any) -> list[str]:
    return [
        f"It exists already: its opening balance is entered from {e.source}, by {to.people(e.entered_by)}",
        "Until its body has approved it, the roll is kept and the meeting that approves it is called and held, and nothing else",
    ]


@says("opening.entered")
def _entered(to: Speaker, e: Any) -> list[str]:
    kinds = {"members": "member", "units": "unit", "mandates": "mandate"}
    what = number_of(len(e.things), kinds[e.kind]) if e.kind in kinds else f"a {e.kind}"
    return [f"{to.who} entered {what} into the opening balance, from {e.source} ({e.part})"]


@says("opening.objected")
def _objected(to: Speaker, e: Any) -> list[str]:
    about = f"part {e.part} of the opening balance" if e.part else "the opening balance"
    return [f"{to.person(e.person)} objected to {about} ({e.objection})"]


@says("opening.approved")
def _approved(to: Speaker, e: Any) -> list[str]:
    if e.whole:
        return [
            f"The opening balance stands, approved by {e.by}: everything the clauses allow may be done from here on"
        ]
    return [f"Of the opening balance {_parts(e.parts)} now stands, approved by {e.by}"]


@says("opening.struck")
def _struck(to: Speaker, e: Any) -> list[str]:
    found = [f"Of the opening balance {_parts(e.parts)} was voted down in {e.by} and is struck"]
    return [*found, "Nothing of the balance is open any more"] if e.whole else found


def _clause(e: Any) -> str:
    return f"clause {e.clause}, line {e.line}"


@says("ruling.made")
def _made(to: Speaker, e: Any) -> list[str]:
    scope = "for all cases" if e.general else f"at {to.meeting(e.meeting)}" if e.meeting else "between meetings"
    about = f" on the motion {e.motion}" if e.motion else f" on {to.matter(e.matter)}" if e.matter else ""
    found = [f"{to.who} ruled {scope}{about}: {_clause(e)}, is read as {e.reading or 'the words say'} ({e.ruling})"]
    if e.appealable_until:
        found.append(f"It may be appealed to {to.seat(e.appeal_to)} through {say_day(e.appealable_until)}")
    return found


@says("ruling.appealed")
def _appealed(to: Speaker, e: Any) -> list[str]:
    return [f"{to.person(e.person)} appealed against the ruling {e.ruling}; what rests on it waits"]


@says("ruling.decided")
def _decided(to: Speaker, e: Any) -> list[str]:
    found = [f"The ruling {e.ruling} was {e.standing}, by {e.sustain} to {e.overturn}"]
    return [*found, f"What rested on it is to be reviewed: {listed(e.review)}"] if e.review else found


@says("ruling.applied")
def _applied(to: Speaker, e: Any) -> list[str]:
    return [f"By the ruling in entry {e.entry} on clause {e.clause} ({e.reading}): {e.thing} rests on it"]


@says("ruling.confirmed")
def _confirmed(to: Speaker, e: Any) -> list[str]:
    return [f"The ruling {e.ruling} binds until its clause is amended, confirmed by {e.by}"]


@says("ruling.reviewed")
def _reviewed(to: Speaker, e: Any) -> list[str]:
    what = "it stands" if e.stands else "it is annulled"
    return [f"{e.thing}, which rested on the ruling {e.ruling}, was reviewed in {e.by}: {what}"]
