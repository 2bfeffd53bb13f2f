"""Sentences of elections: what each effect of an election says to members, in the organisation's own titles.

Lives here: the effects of elections, nominations, appeals and countbacks. Not here: the others (`sentences`).

Invariant: as in `sentences`: a sentence says what changed, never more than the effect holds.
"""

from __future__ import annotations

from typing import Any

from isonomy.engine.sentences import Speaker, says
from isonomy.engine.words import listed, number_of, say_day


def _seat_of(to: Speaker, election: str) -> str:
    found = to.state.elections.get(election)
    return f"the election of {to.seat(found.seat)} ({election})" if found is not None else f"the election {election}"


@says("election.opened")
def _opened(to: Speaker, e: Any) -> list[str]:
    seats = number_of(e.seats, "seat")
    when = f", vacant on {say_day(e.vacant_on)}" if e.vacant_on != e.on else ""
    return [
        f"{to.who} opened the election of {to.seat(e.seat)} to {seats}{when} ({e.election})",
        f"Nominations are open through {say_day(e.nominations_until)}",
    ]


@says("candidate.nominated")
def _nominated(to: Speaker, e: Any) -> list[str]:
    if e.by == e.person:
        return [f"{to.person(e.person)} stands in {_seat_of(to, e.election)}"]
    return [f"{to.person(e.by)} nominated {to.person(e.person)} in {_seat_of(to, e.election)}"]


@says("candidate.seconded")
def _seconded(to: Speaker, e: Any) -> list[str]:
    return [f"{to.person(e.by)} seconded the nomination of {to.person(e.person)} in {_seat_of(to, e.election)}"]


@says("candidate.accepted")
def _accepted(to: Speaker, e: Any) -> list[str]:
    return [f"{to.person(e.person)} consented to stand in {_seat_of(to, e.election)}"]


@says("candidate.withdrew")
def _withdrew(to: Speaker, e: Any) -> list[str]:
    return [f"{to.person(e.person)} withdrew from {_seat_of(to, e.election)} on {say_day(e.on)}"]


@says("nominations.closed")
def _closed(to: Speaker, e: Any) -> list[str]:
    what = _seat_of(to, e.election)
    if e.result == "failed":
        found = [f"Nominations in {what} were closed; it has failed: {e.why}"]
    elif e.result == "elected":
        found = [f"Nominations in {what} were closed; no more stand than there are seats, and no poll is held"]
    else:
        found = [f"Nominations in {what} were closed; on the paper stand, in this order, {to.people(e.paper)}"]
    if e.dropped:
        lapsed = listed(f"{to.person(each.person)} ({each.why})" for each in e.dropped)
        found.append(f"Not on the paper: {lapsed}")
    return found


@says("count.attested")
def _attested(to: Speaker, e: Any) -> list[str]:
    found = "the result that was declared" if e.agrees else "another result than was declared"
    return [f"{to.person(e.person)} counted {e.poll} apart and found {found}"]


@says("appeal.lodged")
def _appealed(to: Speaker, e: Any) -> list[str]:
    return [f"{to.person(e.by)} appealed against {e.decision} before {to.seat(e.body)} on {say_day(e.on)} ({e.appeal})"]


@says("appeal.decided")
def _decided(to: Speaker, e: Any) -> list[str]:
    found = to.state.appeals.get(e.appeal)
    against = f" against {found.decision}" if found is not None else ""
    if e.upheld:
        return [f"The appeal {e.appeal}{against} was upheld; the election is annulled"]
    return [f"The appeal {e.appeal}{against} was dismissed"]


@says("vacancy.filled")
def _filled(to: Speaker, e: Any) -> list[str]:
    found = to.state.mandates.get(e.mandate)
    seat = f" in {to.seat(found.seat)}" if found is not None else ""
    if not e.person:
        return [
            f"The papers of {e.poll} were counted back for the seat of {e.mandate}{seat}; nobody is left to be called"
        ]
    return [f"The papers of {e.poll} call {to.person(e.person)} to the seat of {e.mandate}{seat}"]
