"""Sentences of publication: what was sealed, opened and published, papers laid, sessions closed.

Lives here: what the effects of `proceedings.sealing`, `papers_laid` and `closed_sessions` say. Not here: the others
(`sentences`), from where the speaker comes.

Invariant: as in `sentences`; a closed session is always told, with its matters, its votes and what was decided in it.
"""

from __future__ import annotations

from typing import Any

from isonomy.engine.publication import say_votes
from isonomy.engine.sentences import Speaker, quoted, says
from isonomy.engine.words import capital, listed, number_of, say_day
from isonomy.rulebook.provisions.publication import PUBLIC


@says("text.sealed")
def _sealed(to: Speaker, e: Any) -> list[str]:
    audience = "everybody" if e.to == PUBLIC else to.seat(e.to)
    others = [to.seat(seat) for seat in e.others]
    from_then = f"; {listed(others, 'or')} may open it from that day" if others else ""
    return [
        f"{capital(to.seat(e.seat))} sealed {quoted(e.title)} ({e.text}) until {say_day(e.opens_on)}, when it is opened to "
        f"{audience}",
        f"{capital(to.seat(e.kept_by))} keeps it and owes the opening{from_then}",
    ]


@says("text.opened")
def _opened(to: Speaker, e: Any) -> list[str]:
    late = f", {number_of(e.late_days, 'day')} late" if e.late_days else ""
    return [f"{capital(to.person(e.by))} opened the sealed text {e.sealed}{late}: {quoted(e.text)}"]


@says("text.published")
def _published(to: Speaker, e: Any) -> list[str]:
    audience = "everybody" if e.to == PUBLIC else to.seat(e.to)
    late = f", {number_of(e.late_days, 'day')} late" if e.late_days else ""
    return [f"The {e.what} of {to.seat(e.seat)} ({e.about}) were published to {audience}{late}"]


@says("paper.laid")
def _laid(to: Speaker, e: Any) -> list[str]:
    del to
    late = f", after its last day, {say_day(e.due_on)}" if e.late else ""
    return [f"The paper {quoted(e.title)} ({e.paper}) was laid before the meeting {e.meeting} on {e.matter}{late}"]


@says("session.closed")
def _closed(to: Speaker, e: Any) -> list[str]:
    votes = say_votes(e.votes)
    guests = f" and {listed(e.guests)}" if e.guests else ""
    return [
        f"{capital(to.seat(e.body))} closed its session ({e.session}) for {listed(e.matters)}, by its decision {e.decision}"
        + (f" ({votes})" if votes else ""),
        f"{number_of(len(e.present), 'person', 'persons')}{guests} stayed",
    ]


@says("session.reopened")
def _reopened(to: Speaker, e: Any) -> list[str]:
    del to
    decided = listed(e.decided) if e.decided else "nothing"
    return [f"The doors of the closed session {e.session} were opened again; decided in it: {decided}"]
