"""Sentences of the standing of members.

Lives here: what those effects say. Not here: the others (`sentences`), from where the speaker comes.

Invariant: as in `sentences`.
"""

from __future__ import annotations

from typing import Any

from isonomy.engine.sentences import Speaker, quoted, says
from isonomy.engine.words import number_of, say_day


@says("subscription.owed")
def _owed(to: Speaker, e: Any) -> list[str]:
    whose = f"Members of the class {e.member_class}" if e.member_class else "Members"
    return [f"{whose} owe {e.amount:,} from {say_day(e.since)} ({e.decision})"]


@says("standing.entered")
def _entered(to: Speaker, e: Any) -> list[str]:
    if e.standing == "good":
        return [f"{to.who} entered {to.person(e.person)} as in good standing"]
    return [f"{to.who} entered {to.person(e.person)} as in arrears with what was due on {say_day(e.as_of)}"]


@says("standing.waived")
def _waived(to: Speaker, e: Any) -> list[str]:
    return [f"{to.person(e.person)} is let off what is owed through {say_day(e.until)}"]


@says("standing.contested")
def _contested(to: Speaker, e: Any) -> list[str]:
    return [
        f"{to.person(e.person)} contested the entry as in arrears ({e.contest}): {quoted(e.text)}",
        f"It takes nothing until {to.seat(e.body)} has decided",
    ]


@says("standing.settled")
def _settled(to: Speaker, e: Any) -> list[str]:
    return [f"The contested entry was {e.outcome} ({e.contest}, {e.decision})"]


@says("standing.warned")
def _warned(to: Speaker, e: Any) -> list[str]:
    return [f"{to.who} gave {to.person(e.person)} notice: membership may end after {say_day(e.notice_until)}"]


@says("poll.marked")
def _marked(to: Speaker, e: Any) -> list[str]:
    return [f"Marked: since {say_day(e.since)} {number_of(len(e.persons), 'member')} lost the vote by arrears"]
