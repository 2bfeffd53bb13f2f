"""Handing mails over: each addressee one mail of their own, in text and HTML, and nobody twice.

Lives here: `write`, which renders a mail, and `post`, which hands it over and says what became of it. Not here: which
occasions have mails, and their templates (each app's).

A mail is three templates: `NAME.subject.txt` (one line), `NAME.txt`, `NAME.html`; the HTML extends `mail/frame.html`. They
are given the context, and `to`, the addressee. The text is written for plain text: it is not escaped.

Invariant: with a `key`, whoever was mailed under it is not mailed again, however often it is asked; a mail whose fate is not
known (the program ended in between) counts as handed over. One that failed is tried again when it is asked again.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import IntegrityError
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from isonomy.web.mail.models import CLAIMED, FAILED, SENT, Dispatch

SECONDS_AT_A_TIME = 20.0
"""How long one request hands mails over before it says how far it came."""


@dataclass(frozen=True)
class Addressee:
    """Somebody a mail goes to: the member's id ("" for no member), the address, the name where it is known."""

    person: str
    email: str
    name: str = ""


@dataclass(frozen=True)
class Letter:
    """A mail as it is written."""

    subject: str
    text: str
    html: str


@dataclass
class Posted:
    """What became of a mail to many: handed over now, before, failed (with why), not yet tried."""

    sent: list[str] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)

    @property
    def reached(self) -> int:
        """To how many it was handed over by now."""
        return len(self.sent) + len(self.before)


def write(template: str, context: Mapping[str, Any], to: Addressee | None = None) -> Letter:
    """A mail as an addressee gets it; `site` is the address of these pages."""
    whole = {"site": settings.ISONOMY_URL, "to": to, **context}
    subject = " ".join(render_to_string(f"{template}.subject.txt", whole).split())
    # A rendered template counts as safe HTML; a page that shows the plain text must escape it, so it is made plain again.
    text = render_to_string(f"{template}.txt", whole) + ""
    return Letter(subject, text, render_to_string(f"{template}.html", whole) + "")


def post(
    template: str,
    to: Iterable[Addressee],
    context: Mapping[str, Any],
    *,
    key: str = "",
    seconds: float = SECONDS_AT_A_TIME,
) -> Posted:
    """Hands a mail over to each addressee; under a `key` each person gets it once.

    Never raises for a mail that cannot be handed over: `failed` says why. Stops after `seconds` and says who is `left`.
    """
    posted, began = Posted(), time.monotonic()
    connection = get_connection()
    try:
        for one in to:
            if time.monotonic() - began > seconds:
                posted.left.append(one.person)
            elif key and not _claim(key, one.person):
                posted.before.append(one.person)
            else:
                why = _hand_over(write(template, context, one), one, connection)
                if why:
                    posted.failed[one.person] = why
                else:
                    posted.sent.append(one.person)
                if key:
                    _note(key, one.person, why)
    finally:
        connection.close()
    return posted


def dispatched(key: str) -> Posted:
    """What became of a mail so far."""
    found = Posted()
    for line in Dispatch.objects.filter(key=key).order_by("id"):
        if line.standing == FAILED:
            found.failed[line.person] = line.why
        else:
            found.before.append(line.person)
    return found


def _claim(key: str, person: str) -> bool:
    """Whether the mail to this person is ours to hand over: nobody did, or it failed."""
    again = Dispatch.objects.filter(key=key, person=person, standing=FAILED).update(standing=CLAIMED, why="")
    if again:
        return True
    try:
        Dispatch.objects.create(key=key, person=person)
    except IntegrityError:
        return False
    return True


def _note(key: str, person: str, why: str) -> None:
    Dispatch.objects.filter(key=key, person=person).update(standing=FAILED if why else SENT, why=why[:200])


def _hand_over(letter: Letter, to: Addressee, connection: Any) -> str:
    """Hands one mail over; says why where that failed, without the server's own words about other addresses."""
    mail = EmailMultiAlternatives(letter.subject, letter.text, to=[to.email], connection=connection)
    mail.attach_alternative(letter.html, "text/html")
    try:
        taken = mail.send()
    except SMTPException as fault:
        code = getattr(fault, "smtp_code", "")
        return _("the mail server refused it%(code)s") % {"code": f" ({code})" if code else ""}
    except OSError:
        return _("the mail server cannot be reached")
    except ValueError:
        return _("the address cannot be written to")
    return "" if taken else _("the mail server did not take it")
