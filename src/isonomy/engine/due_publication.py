"""What is due of publication: minutes and decisions to publish, sealed texts to open.

Lives here: those duties. Not here: the acts that meet them (`proceedings.sealing`).

Invariant: a seal that nobody opened on its day stays due, of its keeper and of everybody else who holds the opening; nothing
takes it off the list but its opening. Source: docs/spec/acts-publication.md.
"""

from __future__ import annotations

from isonomy.engine.duty import Duty, Outlook
from isonomy.engine.proceedings.sealing import publication_due, rule_of_sealed
from isonomy.engine.publication import NOT_OPENED, SealedText
from isonomy.engine.state import day_of
from isonomy.engine.words import listed, meeting_of, say_day
from isonomy.rulebook.provisions.publication import DECISIONS, MINUTES, PUBLIC, PublicationRule, publication_rules


def due_publication(outlook: Outlook) -> list[Duty]:
    """The duties of publication."""
    found = [_to_open(outlook, sealed) for sealed in outlook.state.publications.sealed.values() if not sealed.opened_on]
    if any(
        rule.within is not None
        for book in outlook.state.rulebooks.values()
        for rule in publication_rules(book).values()
    ):
        found += _to_publish(outlook)
    return [duty for duty in found if outlook.sees(day_of(duty.due_on))]


def _to_open(outlook: Outlook, sealed: SealedText) -> Duty:
    rule = rule_of_sealed(outlook.state, sealed)
    unit = sealed.seat.partition("@")[2]
    keeper = outlook.beside(sealed.kept_by, unit)
    others = tuple(outlook.beside(seat, unit) for seat in sealed.others)
    late = sealed.standing_on(outlook.today) == NOT_OPENED
    title = outlook.title(sealed.seat)
    why = f"{title[:1].upper()}{title[1:]} sealed it on {say_day(sealed.sealed_on)} until {say_day(sealed.opens_on)}"
    titles = listed((outlook.title(seat) for seat in others), "or")
    follows = f"{titles} may open it from that day" if not late else f"it was not opened; {titles} may open it now"
    if late and outlook.held_by_somebody(keeper):
        # The keeper still owes it; whoever else holds the opening is named beside.
        duty = outlook.owed(f"open {sealed.id}", "", (keeper,), day_of(sealed.opens_on), "", "", sealed.id)
        holders = tuple(dict.fromkeys((*duty.holders, *(p for seat in others for p in outlook.holders(seat)))))
        who = f"{duty.who}; or {titles}"
        return Duty(
            duty.id, f"Open the sealed text {sealed.title}", who, duty.due_on, duty.overdue_days,
            rule.place.clause_of("kept by"), f"{why}. Or else: {follows}.", (keeper, *others), holders, sealed.id,
        )  # fmt: skip
    return outlook.owed(
        f"open {sealed.id}", f"Open the sealed text {sealed.title}", (keeper, *others), day_of(sealed.opens_on),
        rule.place.clause_of("kept by"), f"{why}. Or else: {follows}.", sealed.id,
    )  # fmt: skip


def _to_publish(outlook: Outlook) -> list[Duty]:
    state, found = outlook.state, []
    for meeting in state.meetings.values():
        if meeting.standing == "closed" and meeting.closed_on:
            found += _published(outlook, MINUTES, meeting.id, f"the minutes of {{}} on {say_day(meeting.starts)}")
    for decision in state.decisions.values():
        found += _published(outlook, DECISIONS, decision.id, f"the decision {decision.id} of {{}}")
    return found


def _published(outlook: Outlook, what: str, about: str, named: str) -> list[Duty]:
    state = outlook.state
    seat, since, due, rule = publication_due(state, what, about)
    if rule is None or not due or state.publications.publication_of(what, about) is not None:
        return []
    title = outlook.title(seat)
    of = named.format(meeting_of(title) if what == MINUTES else title)
    unit = seat.partition("@")[2]
    done = "The meeting was closed" if what == MINUTES else "It was taken"
    others = listed((outlook.title(outlook.beside(each, unit)) for each in rule.otherwise_by), "or")
    follows = f" Or else: {others} may publish them." if others else ""
    return [
        outlook.owed(
            f"publish {what} {about}", f"Publish {of} to {_audience(outlook, rule)}",
            tuple(outlook.beside(each, unit) for each in rule.by), day_of(due), rule.place.clause_of("within"),
            f"{done} on {say_day(since)}; it is published within {rule.within}.{follows}", about,
        )
    ]  # fmt: skip


def _audience(outlook: Outlook, rule: PublicationRule) -> str:
    return "everybody" if rule.to == PUBLIC else outlook.title(rule.to)
