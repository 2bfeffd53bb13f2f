"""Sentences of criticism, of the protection of critics, of disagreement, and of commissions.

Lives here: what the effects of `proceedings.criticisms`, `answering`, `commissions`, `views` and of `protection` say. Not here:
the others (`sentences`), from where the speaker comes.

Invariant: as in `sentences`; the words of a critic are quoted, never told in others.
"""

from __future__ import annotations

from typing import Any

from isonomy.engine.protection import said_in
from isonomy.engine.sentences import Speaker, quoted, says
from isonomy.engine.words import capital, listed, number_of, say_day


@says("criticism.made")
def _made(to: Speaker, e: Any) -> list[str]:
    keeper = to.seat(e.keeper) if e.keeper else "its keeper"
    who = f"Somebody whom {keeper} alone knows"
    if e.critic or e.body:
        who = to.person(e.critic) if e.critic else to.seat(e.body)
    until = f" until {say_day(e.opens_on)}" if e.opens_on else ""
    words = f": {quoted(e.text)}" if e.text else f", in words that lie sealed{until}"
    found = [f"{who} criticised {to.seat(e.addressee)} ({e.criticism}){words}"]
    if e.steps:
        found.append(f"{to.seat(e.addressee)} owes an answer by {say_day(e.steps[0].due_on)}")
    return found


@says("criticism.joined")
def _joined(to: Speaker, e: Any) -> list[str]:
    return [f"{to.person(e.person)} joined the criticism {e.criticism}"]


@says("criticism.left")
def _left(to: Speaker, e: Any) -> list[str]:
    who = to.person(e.person) if e.person else "The body that made it"
    if e.withdrawn:
        return [f"{who} withdrew the criticism {e.criticism}"]
    return [f"{who} stands behind the criticism {e.criticism} no longer; others do, and it stays open"]


@says("criticism.avowed")
def _avowed(to: Speaker, e: Any) -> list[str]:
    return [f"{to.person(e.person)} is the critic of {e.criticism}, and says so"]


@says("criticism.opened")
def _opened(to: Speaker, e: Any) -> list[str]:
    return [f"The sealed words of the criticism {e.criticism} are open: {quoted(e.text)}"]


@says("criticism.answered")
def _answered(to: Speaker, e: Any) -> list[str]:
    late = f", {number_of(e.late_days, 'day')} late" if e.late_days else ""
    return [f"{to.seat(e.seat)} answered the criticism {e.criticism}{late}: {quoted(e.text)}"]


@says("criticism.rejoined")
def _rejoined(to: Speaker, e: Any) -> list[str]:
    return [
        f"{to.person(e.by)} replied to the answer of {to.seat(e.seat)} to the criticism {e.criticism}: {quoted(e.text)}"
    ]


@says("criticism.marked")
def _marked(to: Speaker, e: Any) -> list[str]:
    let = f"; let stand by {e.panel}" if e.panel else ""
    return [f"Marked: {to.person(e.person)} was {said_in(e, e.what, to.seat(e.addressee))} ({e.criticism}){let}"]


@says("disagreement.recorded")
def _disagreed(to: Speaker, e: Any) -> list[str]:
    whose = e.seat if " " in e.seat else to.seat(e.seat)
    return [f"{to.seat(e.body)} disagrees with the view of {whose} in {e.about} ({e.disagreement}): {quoted(e.text)}"]


@says("commission.begun")
def _begun(to: Speaker, e: Any) -> list[str]:
    by = f" by {say_day(e.report_by)}" if e.report_by else ""
    found = [
        f"{to.seat(e.seat)} set up the commission {e.title} ({e.commission}), of {to.people(e.members)}, to report to "
        f"{to.seat(e.to)}{by}"
    ]
    if e.examines:
        found.append(
            f"It examines {listed(to.person(one) if one.startswith('p-') else to.seat(one) for one in e.examines)}"
        )
    return [*found, f"It may {listed(e.may)}"] if e.may else found


@says("commission.reported")
def _reported(to: Speaker, e: Any) -> list[str]:
    what = "gave its report" if e.final else "reported in the interim"
    sealed = f"; it lies sealed, to be published by {say_day(e.publish_by)}" if e.publish_by else ""
    ends = " and ended" if e.final else ""
    return [f"The commission {e.commission} {what}{ends}{sealed}"]


@says("commission.published")
def _published(to: Speaker, e: Any) -> list[str]:
    return [f"The report of the commission {e.commission} is published"]


@says("views.invited")
def _invited(to: Speaker, e: Any) -> list[str]:
    whose = "all members" if e.invited == ("members",) else number_of(len(e.invited), "unit")
    owed = f"; each is answered by {say_day(e.answers_by)}" if e.answers_by else ""
    return [f"The commission {e.commission} invites the views of {whose} until {say_day(e.until)}{owed}"]


@says("view.given")
def _given(to: Speaker, e: Any) -> list[str]:
    of = to.person(e.of) if e.of.startswith("p-") else capital(e.of)
    return [f"{of} gave its view to the commission {e.commission} ({e.view}): {quoted(e.text)}"]


@says("view.answered")
def _view_answered(to: Speaker, e: Any) -> list[str]:
    return [f"The view {e.view} was answered: {e.answer}, because {quoted(e.reason)}"]
