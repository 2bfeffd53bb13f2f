"""What is due of criticism and commissions: answers, the opening of sealed words, reports, their publication, answers to views.

Lives here: those duties. Not here: the acts that discharge them (`proceedings.criticisms`, `answering`, `commissions`, `views`).

Invariant: an answer is owed by one seat at a time, and it passes on by itself; each duty says what follows if it is not done.
Source: docs/spec/duties.md.
"""

from __future__ import annotations

from datetime import timedelta

from isonomy.engine.commission import AT_WORK, Commission
from isonomy.engine.criticism import Criticism, Step
from isonomy.engine.duty import Duty, Outlook
from isonomy.engine.owed_answers import rule_of
from isonomy.engine.proceedings.commissions import convener_of, rule_of_commission
from isonomy.engine.state import day_of
from isonomy.engine.words import capital, say_day


def due_criticism(outlook: Outlook) -> list[Duty]:
    """The duties that follow from criticisms and commissions."""
    found: list[Duty] = []
    for criticism in outlook.state.criticisms.values():
        found += _to_answer(outlook, criticism)
        found += _to_open(outlook, criticism)
    for commission in outlook.state.commissions.values():
        found += _to_report(outlook, commission)
        found += _to_publish(outlook, commission)
        found += _to_answer_views(outlook, commission)
    return [duty for duty in found if outlook.sees(day_of(duty.due_on))]


def _to_answer(outlook: Outlook, criticism: Criticism) -> list[Duty]:
    step = criticism.owing_on(outlook.today)
    if step is None or criticism.silence_on(outlook.today):
        return []
    rule = rule_of(outlook.state, criticism)
    whose = "" if step.seat == criticism.addressee else f" of {outlook.title(criticism.addressee)}"
    why = f"It was made on {say_day(criticism.on)}; {outlook.title(step.seat)} has until {say_day(step.due_on)}"
    if whose:
        why = (
            f"It was made on {say_day(criticism.on)} and {outlook.title(criticism.addressee)} did not answer; it stands on the "
            f"agenda of {outlook.title(step.seat)} since {say_day(step.since)}, until {say_day(step.due_on)}"
        )
    clause = rule.place.clause_of("answer within" if not whose else "escalates to")
    return [
        outlook.owed(
            f"answer {criticism.id}", f"Answer the {rule.title} {criticism.id}{whose}", (step.seat,), day_of(step.due_on),
            clause, f"{why}. Or else: {_or_else(outlook, criticism, step)}.", criticism.id,
        )
    ]  # fmt: skip


def _or_else(outlook: Outlook, criticism: Criticism, step: Step) -> str:
    """What follows where this seat does not answer in time."""
    later = [each for each in criticism.steps if each.since > step.due_on]
    if later:
        return f"from {say_day(later[0].since)} it stands on the agenda of {outlook.title(later[0].seat)}"
    if criticism.silent_on:
        return f"its silence is published to {outlook.title(criticism.silent_to)} on {say_day(criticism.silent_on)}"
    return "it stays open, and overdue"


def _to_open(outlook: Outlook, criticism: Criticism) -> list[Duty]:
    if not criticism.sealed or criticism.opened_on or not criticism.opens_on:
        return []
    rule, rulebook = rule_of(outlook.state, criticism), outlook.rulebook
    keepers = [office.name for office in rulebook.offices.values() if "record" in office.keeps]
    keepers += list(rulebook.record.kept_by) if rulebook.record is not None else []
    seats = tuple(dict.fromkeys((*((criticism.keeper,) if criticism.keeper else ()), *keepers))) or (
        criticism.addressee,
    )
    return [
        outlook.owed(
            f"open {criticism.id}", f"Open the sealed words of the {rule.title} {criticism.id}", seats,
            day_of(criticism.opens_on), rule.place.clause_of("words"),
            f"They lie sealed from {say_day(criticism.on)} for {rule.sealed_for}. Or else: a critic may open them.",
            criticism.id,
        )
    ]  # fmt: skip


def _to_report(outlook: Outlook, commission: Commission) -> list[Duty]:
    """The report by its day, and before it the interim ones."""
    if commission.standing_on(outlook.today) != AT_WORK:
        return []
    rule = rule_of_commission(outlook.state, commission)
    found = []
    if commission.report_by:
        why = f"It was set up on {say_day(commission.on)} to report until {say_day(commission.report_by)}"
        found.append(
            _of_commission(
                outlook, commission, f"report {commission.id}",
                f"Report for the {rule.title} {commission.title} to {outlook.title(commission.to)}", commission.report_by,
                rule.place.clause_of("report within"), f"{why}. Or else: it ends without a report.",
            )
        )  # fmt: skip
    if rule.interim_reports_every is not None:
        last = max((report.on for report in commission.reports), default=commission.on)
        due = rule.interim_reports_every.after(day_of(last)).isoformat()
        if not commission.report_by or due < commission.report_by:
            why = f"It reports every {rule.interim_reports_every}, the last time counted from {say_day(last)}"
            found.append(
                _of_commission(
                    outlook, commission, f"interim {commission.id}:{due}",
                    f"Report in the interim for the {rule.title} {commission.title} to {outlook.title(commission.to)}", due,
                    rule.place.clause_of("interim reports every"), f"{why}.",
                )
            )  # fmt: skip
    return found


def _to_publish(outlook: Outlook, commission: Commission) -> list[Duty]:
    rule = rule_of_commission(outlook.state, commission)
    return [
        _of_commission(
            outlook, commission, f"publish {commission.id}:{report.entry}",
            f"Publish the report of the {rule.title} {commission.title}", report.publish_by,
            rule.place.clause_of("report published within"),
            f"It was handed in sealed on {say_day(report.on)} and is published within {rule.report_published_within}. "
            "Or else: whoever keeps the record may publish it.",
        )
        for report in commission.reports
        if report.sealed and not report.published_on and report.publish_by
    ]  # fmt: skip


def _to_answer_views(outlook: Outlook, commission: Commission) -> list[Duty]:
    views = [outlook.state.views[id] for id in commission.views]
    waiting = [view for view in views if not view.answer and view.answer_by]
    if not waiting:
        return []
    rule = rule_of_commission(outlook.state, commission)
    return [
        _of_commission(
            outlook, commission, f"answer {view.id}",
            f"Answer the view {view.id} given to the {rule.title} {commission.title}", view.answer_by,
            rule.place.clause_of("views answered within"),
            f"Views were invited until {say_day(commission.views_until)}; each is answered within "
            f"{rule.views_answered_within} after that. Or else: {outlook.title(commission.to)} owes the answer from "
            f"{say_day((day_of(view.answer_by) + timedelta(days=1)).isoformat())}.",
        )
        for view in waiting
    ]  # fmt: skip


def _of_commission(
    outlook: Outlook, commission: Commission, id: str, what: str, due_on: str, clause: str, derivation: str
) -> Duty:
    """A duty of a commission: its convener's; of the body it reports to where none is left, or a view stays unanswered."""
    convener = convener_of(outlook.state, commission, outlook.today)
    passed_on = what.startswith("Answer") and outlook.today > due_on
    if not convener or passed_on:
        return outlook.owed(id, what, (commission.to,), day_of(due_on), clause, derivation, commission.id)
    overdue = max(0, (outlook.now - day_of(due_on)).days)
    who = f"{capital(commission.title)} (convener {convener})"
    return Duty(id, what, who, due_on, overdue, clause, derivation, (), (convener,), commission.id)
