"""Sentences of removal, hearing, condition, suspension, petition, recall and resignation.

Lives here: what the effects of those proceedings say. Not here: the others (`sentences` and its neighbours), from where the
speaker comes.

Invariant: as in `sentences`; a hearing's hour and a vote's day are said as people say them.
"""

from __future__ import annotations

from typing import Any

from isonomy.engine.sentences import Speaker, quoted, says
from isonomy.engine.words import number_of, say_day, say_time


@says("removal.asked")
def _asked(to: Speaker, e: Any) -> list[str]:
    found = [f"{to.who} asked that {to.person(e.person)} be removed from the seat of {to.seat(e.seat)} ({e.removal})"]
    if e.decision:
        found = [
            f"By the decision {e.decision} the removal of {to.person(e.person)} as {to.seat(e.seat)} is asked for ({e.removal})"
        ]
    if e.grounds:
        found.append(f"The grounds: {quoted(e.grounds)}")
    if e.protected:
        found.append("The person concerned had asked for the removal of another within the protected period")
    return found


@says("removal.supported")
def _supported(to: Speaker, e: Any) -> list[str]:
    return [f"{to.person(e.person)} stands behind the removal {e.removal}"]


@says("removal.retracted")
def _retracted(to: Speaker, e: Any) -> list[str]:
    return [f"{to.person(e.person)} stands behind the removal {e.removal} no longer"]


@says("removal.stands")
def _stands(to: Speaker, e: Any) -> list[str]:
    found = [f"Enough ask for the removal {e.removal}: its motion {e.motion} stands"]
    if e.offer_by:
        found.append(f"The hearing is offered by {say_day(e.offer_by)}")
    if e.vote_by:
        found.append(f"The vote is held by {say_day(e.vote_by)}")
    return found


@says("hearing.offered")
def _offered(to: Speaker, e: Any) -> list[str]:
    place = f", {e.place}" if e.place else ""
    return [f"{to.person(e.person)} was offered a hearing on {say_time(e.starts)}{place} ({e.removal})"]


@says("hearing.entered")
def _entered(to: Speaker, e: Any) -> list[str]:
    said = {
        "held": f"{to.person(e.person)} was heard",
        "waived": f"{to.person(e.person)} waived the hearing",
        "not used": f"{to.person(e.person)} did not use the hearing that was offered",
    }
    return [f"{said.get(e.how, e.how)} ({e.removal}); the vote may open"]


@says("removal.answered")
def _answered(to: Speaker, e: Any) -> list[str]:
    return [f"{to.person(e.person)} answered the request for removal {e.removal}: {quoted(e.text)}"]


@says("removal.settled")
def _settled(to: Speaker, e: Any) -> list[str]:
    found = [f"The removal {e.removal} is decided: {e.standing}"]
    if e.barred_until:
        found.append(f"It is not asked for again through {say_day(e.barred_until)}")
    if e.protected_until:
        found.append(f"Those who asked are protected through {say_day(e.protected_until)}")
    return found


@says("mandate.kept")
def _kept(to: Speaker, e: Any) -> list[str]:
    found = [
        f"{to.person(e.person)} is kept on a condition: {quoted(e.words)}",
        f"{to.seat(e.owner)} watches it and lays it before {to.seat(e.body)} for review on {say_day(e.review_on)}",
    ]
    if e.lapses_on:
        found.append(f"Without a review the mandate ends after {say_day(e.lapses_on)}")
    return found


@says("retention.reviewed")
def _reviewed(to: Speaker, e: Any) -> list[str]:
    mandate = to.state.mandates.get(e.mandate)
    who = to.person(mandate.person) if mandate is not None else e.mandate
    return [f"The condition was reviewed: {who} is {e.outcome}"]


@says("mandate.suspended")
def _suspended(to: Speaker, e: Any) -> list[str]:
    mandate = to.state.mandates.get(e.mandate)
    seat = f" as {to.seat(mandate.seat)}" if mandate is not None else ""
    return [f"{to.person(e.person)} is suspended{seat} through {say_day(e.until)} ({e.removal})"]


@says("petition.opened")
def _opened(to: Speaker, e: Any) -> list[str]:
    until = f"; support is gathered through {say_day(e.gather_until)}" if e.gather_until else ""
    if e.kind == "recall":
        return [
            f"{to.who} opened a petition to recall {to.person(e.person)} as {to.seat(e.seat)} ({e.petition}){until}"
        ]
    about = f"to put {to.matter(e.matter)} on its agenda" if e.asks == "a matter on the agenda" else "for an answer"
    return [
        f"{to.who} opened a petition to {to.seat(e.body)} {about} ({e.petition}){until}",
        f"It says: {quoted(e.words)}",
    ]


@says("petition.supported")
def _petition_supported(to: Speaker, e: Any) -> list[str]:
    return [f"{to.person(e.person)} supports the petition {e.petition}"]


@says("petition.retracted")
def _petition_retracted(to: Speaker, e: Any) -> list[str]:
    return [f"{to.person(e.person)} supports the petition {e.petition} no longer"]


@says("petition.attested")
def _petition_attested(to: Speaker, e: Any) -> list[str]:
    more = number_of(len(e.commitments), "further secret supporter")
    return [f"{to.person(e.person)} attests {more} of the petition {e.petition}"]


@says("petition.reached")
def _petition_reached(to: Speaker, e: Any) -> list[str]:
    petition = to.state.petitions.get(e.petition)
    found = [f"The petition {e.petition} has as many behind it as the clause asks"]
    if e.motion:
        found.append(f"Its question {e.motion} stands before the electors")
    if e.due_on:
        is_recall = petition is not None and petition.kind == "recall"
        found.append(f"{'The poll is opened' if is_recall else 'The body acts'} by {say_day(e.due_on)}")
    return found


@says("petition.answered")
def _petition_answered(to: Speaker, e: Any) -> list[str]:
    return [f"The petition {e.petition} was answered by the decision {e.decision}"]


@says("recall.settled")
def _recall_settled(to: Speaker, e: Any) -> list[str]:
    found = [f"The electors voted on the recall {e.petition}: {e.standing}"]
    return [*found, f"No other recall is asked for through {say_day(e.barred_until)}"] if e.barred_until else found


@says("resignation.withdrawn")
def _resignation_withdrawn(to: Speaker, e: Any) -> list[str]:
    mandate = to.state.mandates.get(e.mandate)
    seat = f" as {to.seat(mandate.seat)}" if mandate is not None else ""
    return [f"{to.person(e.person)} took back the resignation{seat}"]
