"""Sentences of amendments and adjournments: what each of their effects says to members.

Lives here: one function for every effect of amendments and adjournments. Not here: the others (`sentences`).

Invariant: as in `sentences`: every effect has words; a sentence says what changed, never more than the effect holds.
"""

from __future__ import annotations

from typing import Any

from isonomy.engine.sentences import Speaker, quoted, says
from isonomy.engine.words import listed, number_of, say_day, say_time


@says("amendment.moved")
def _moved(to: Speaker, e: Any) -> list[str]:
    what = f"to read {quoted(e.text)}" if e.text else f"to strike out {quoted(e.passage)}"
    if e.passage and e.becomes:
        what = f"to put {quoted(e.becomes)} in place of {quoted(e.passage)}"
    draft = f", with the text lodged as {e.draft}" if e.draft else ""
    return [f"{to.person(e.mover)} moved to amend the motion {e.motion}, {what}{draft} ({e.amendment})"]


@says("amendment.seconded")
def _seconded(to: Speaker, e: Any) -> list[str]:
    return [f"{to.person(e.person)} seconded the amendment {e.amendment}"]


@says("amendment.taken.in")
def _taken_in(to: Speaker, e: Any) -> list[str]:
    how = "was carried" if e.how == "carried" else "was accepted by the mover"
    return [f"The amendment {e.amendment} {how}; the motion {e.motion} now reads {quoted(e.text)}"]


@says("amendment.closed")
def _closed(to: Speaker, e: Any) -> list[str]:
    said = {"withdrawn": "was withdrawn", "not carried": "was not carried"}
    fell = "falls: its place in the motion is gone"
    return [f"The amendment {e.amendment} {said.get(e.how, fell)}"]


@says("amendment.ordered")
def _ordered(to: Speaker, e: Any) -> list[str]:
    order = f": {listed(e.amendments)}" if e.amendments else ""
    return [f"{to.who} laid down in which order the amendments to {e.motion} are put{order}"]


@says("meeting.adjourned")
def _adjourned(to: Speaker, e: Any) -> list[str]:
    what = to.meeting_of(e.body) if e.body else to.meeting(e.meeting)
    until = f"to {say_time(e.resumes)}" if e.resumes else "without day"
    place = f", at {e.place}" if e.place else ""
    if e.inquorate:
        count = len(e.present) or e.present_count or 0
        return [f"{what} stands adjourned {until}{place}: {number_of(count, 'member')} were no quorum"]
    found = [f"{to.who} adjourned {what} on {say_day(e.on)} {until}{place}"]
    if e.finished:
        found.append(f"It has dealt with {to.matters(e.finished)}")
    return found


@says("meeting.reconvened")
def _reconvened(to: Speaker, e: Any) -> list[str]:
    place = f", at {e.place}" if e.place else ""
    return [f"{to.who} called {to.meeting(e.meeting)}, which was adjourned, for {say_time(e.resumes)}{place}"]


@says("meeting.resumed")
def _resumed(to: Speaker, e: Any) -> list[str]:
    count = len(e.present) or e.present_count
    there = f" with {number_of(count, 'member')} present" if count else ""
    quorum = {"yes": ", a quorum", "no": ", no quorum"}.get(e.quorate, "; whether that is a quorum cannot be told")
    return [f"{to.who} went on with {to.meeting(e.meeting)} on {say_day(e.on)}{there}{quorum}"]
