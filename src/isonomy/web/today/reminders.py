"""Reminders: one mail a day to each member of whose seats something is due soon or overdue.

Lives here: who is reminded of what. Not here: what is due (`engine.duties`), handing mails over (`mail`), when it runs (`isonomy
remind`, from a timer of the machine).

Invariant: a person gets one mail a day at the most, however often it is run; nobody is reminded of what is due of others.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from isonomy.engine.duty import Duty
from isonomy.engine.words import say_day
from isonomy.kernel.calendar import days_between, parse_date
from isonomy.web.accounts.models import Account
from isonomy.web.mail.post import Addressee, post
from isonomy.web.organisation import Organisation, Standing
from isonomy.web.today.places import place_of_duty
from isonomy.web.viewer import Viewer

DAYS = 7
"""How many days ahead somebody is reminded, unless it is said otherwise."""


@dataclass
class Reminded:
    """What became of it: persons mailed now, mailed before today, who failed and why, and who has no account."""

    sent: list[str] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    without_account: list[str] = field(default_factory=list)


def due_by_person(standing: Standing, days: int) -> dict[str, list[Duty]]:
    """The duties overdue or due within so many days, by each who holds a seat that owes them."""
    found: dict[str, list[Duty]] = {}
    for duty in standing.due:
        if days_between(standing.day, parse_date(duty.due_on)) <= days:
            for person in duty.holders:
                found.setdefault(person, []).append(duty)
    return found


def remind(organisation: Organisation, days: int = DAYS) -> Reminded:
    """Mails each of them what is due of them; who was mailed today already is left out."""
    standing = organisation.standing()
    accounts = {account.person: account for account in Account.objects.filter(is_active=True, person__isnull=False)}
    done = Reminded()
    for person, duties in sorted(due_by_person(standing, days).items()):
        account = accounts.get(person)
        if account is None:
            done.without_account.append(person)
            continue
        viewer = Viewer(person, organisation, standing)
        if not viewer.is_member:
            continue
        to = Addressee(person, account.email, viewer.name(person))
        posted = post("today/mail/reminder", [to], _context(viewer, duties), key=f"reminder {standing.today}")
        done.sent += posted.sent
        done.before += posted.before
        done.failed |= posted.failed
    return done


def _context(viewer: Viewer, duties: list[Duty]) -> dict[str, Any]:
    state = viewer.standing.state
    lines = [
        {
            "duty": named(viewer, duty.duty), "day": say_day(duty.due_on), "overdue": duty.overdue_days, "clause": duty.clause,
            "why": named(viewer, duty.derivation), "href": settings.ISONOMY_URL + (place_of_duty(state, duty) or "/"),
        }
        for duty in duties
    ]  # fmt: skip
    return {"organisation": state.name, "duties": lines, "first": lines[0], "more": len(lines) - 1}


def named(viewer: Viewer, text: str) -> str:
    """A sentence with names in the place of persons' ids, as its reader may see them."""
    from isonomy.web.design.templatetags.words import PERSON

    return PERSON.sub(lambda found: viewer.name(found.group()), text)
