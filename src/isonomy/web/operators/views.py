"""Pages of operators: how the site is, backups, mail, versions.

Lives here: these pages, for those whose office keeps the record. Not here: making backups (`adapters.backups`), what an
operator could do unseen (the record's page on verifying), acts (erasing stands at the entry that holds the value).

Invariant: nothing here moves the organisation: no act is done on these pages. A backup that is downloaded holds no account, no
address, no sign-in and no key, so that an office gives nobody the means to act as another.
"""

from __future__ import annotations

import os
import platform
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.contrib import messages
from django.core.mail import EmailMultiAlternatives
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from isonomy import __version__
from isonomy.adapters.backups import back_up
from isonomy.adapters.system import SystemClock
from isonomy.engine.decide import SEMANTICS
from isonomy.kernel.bad_input import BadInput
from isonomy.web.mail.models import FAILED, Dispatch
from isonomy.web.mail.post import Addressee, write
from isonomy.web.mail_settings import OUTBOX
from isonomy.web.operators.models import BackupMade
from isonomy.web.security import takes_post
from isonomy.web.viewer import Viewer

SPACE_MIN = 500 * 1024 * 1024
LETTERS_SHOWN = 20
PIECE = 256 * 1024


@dataclass(frozen=True)
class Check:
    """One thing that was looked at: how it is, in words, and the cure where it is lacking."""

    title: str
    is_fine: bool
    says: str
    cure: str = ""


def for_keepers(view: Any) -> Any:
    """Lets those in whose office the record is kept see a page; tells everybody else whose it is."""

    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.viewer.keeps("record"):
            record = request.standing.rulebook.record if request.standing.edition is not None else None
            told = {"record": record, "title": _("This page is for those who keep the record")}
            return render(request, "operators/not_yours.html", told, status=403)
        answer: HttpResponse = view(request, *args, **kwargs)
        return answer

    shown.is_not_live = True  # type: ignore[attr-defined]
    shown.__module__, shown.__doc__ = view.__module__, view.__doc__
    return shown


def checks_of(viewer: Viewer) -> Iterator[Check]:
    """How the parts of this site are now."""
    organisation, standing = viewer.organisation, viewer.standing
    try:
        head = organisation.head()
        since = head.started_at.replace("T", " ").removesuffix("Z")
        says = _("It answers, with %(size)s entries; it runs since %(since)s UTC.") % {
            "size": head.size,
            "since": since,
        }
        yield Check(
            _("The appender"), head.size == standing.size, says, _("load the page again: an entry came meanwhile")
        )
    except BadInput as fault:
        yield Check(_("The appender"), False, fault.what, fault.cure or _("end isonomy serve and start it again"))
    signed = organisation.stores.signer.last()
    says = _("%(signed)s of %(size)s entries are under a signed head.")
    size = signed.size if signed is not None else 0
    yield Check(
        _("The signed head"), size == standing.size, says % {"signed": size, "size": standing.size},
        _("wait a moment; if it stays so, end isonomy serve and read what isonomy doctor says"),
    )  # fmt: skip
    free = shutil.disk_usage(organisation.folder).free
    says = _("%(free)s MiB are free.") % {"free": f"{free // 1024**2:,}"}
    yield Check(_("The disk"), free >= SPACE_MIN, says, _("make room: a full disk stops every act"))
    yield _mail_check()
    yield _backup_check(standing.size)


def _mail_check() -> Check:
    backend = settings.EMAIL_BACKEND.rsplit(".", 2)[-2]
    failed = Dispatch.objects.filter(standing=FAILED).count()
    kinds = {
        "smtp": _("Mails go to %(host)s.") % {"host": getattr(settings, "EMAIL_HOST", "")},
        "filebased": _("Mails are written to files and leave this machine with nobody."),
        "console": _("Mails are printed where isonomy serve runs, and reach nobody."),
    }
    says = kinds.get(backend, _("Mails are kept for tests."))
    if failed:
        says += " " + _("%(count)s could not be handed over.") % {"count": failed}
    cure = _("set ISONOMY_MAIL=smtp://user:password@host:587 and start again")
    return Check(_("Mail"), backend == "smtp" and not failed, says, cure)


def _backup_check(size: int) -> Check:
    last = BackupMade.objects.order_by("-at").first()
    cure = _("download one, and keep it on another disk")
    if last is None:
        return Check(_("Backup"), False, _("None was taken yet."), cure)
    days = (timezone.now() - last.at).days
    says = _("The last one holds %(entries)s of %(size)s entries and is %(days)s days old.")
    return Check(_("Backup"), days <= 7, says % {"entries": last.entries, "size": size, "days": days}, cure)


@for_keepers
def operators(request: HttpRequest) -> HttpResponse:
    """How the site is, and what an operator does."""
    viewer: Viewer = request.viewer
    record = viewer.standing.rulebook.record
    shown = {
        "checks": list(checks_of(viewer)), "backups": BackupMade.objects.order_by("-at")[:10], "letters": letters(),
        "writes_files": settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"), "record_block": record,
        "versions": [
            ("Isonomy", __version__), (_("Semantics of the engine"), SEMANTICS), ("Python", platform.python_version()),
            ("Django", django.get_version()),
        ],
        "shows_addresses": viewer.keeps("roll"), "sender": settings.DEFAULT_FROM_EMAIL, "url": settings.ISONOMY_URL,
    }  # fmt: skip
    return render(request, "operators/operators.html", shown)


# -- mail


@dataclass(frozen=True)
class Letter:
    """A mail that lies in a file: its file, to whom, its subject, when."""

    name: str
    to: str
    subject: str
    at: float


def letters() -> list[Letter]:
    """The newest mails that were written to files; their words are shown to nobody here, as they hold links that sign in."""
    from email import policy
    from email.parser import BytesHeaderParser

    given = getattr(settings, "EMAIL_FILE_PATH", None)
    place = Path(given) if given else None
    if place is None or place.name != OUTBOX or not place.is_dir():
        return []
    files = sorted(place.glob("*.log"), key=lambda path: path.stat().st_mtime, reverse=True)[:LETTERS_SHOWN]
    found = []
    for path in files:
        with path.open("rb") as stream:
            head = BytesHeaderParser(policy=policy.default).parse(stream)
        found.append(Letter(path.name, str(head.get("To", "")), str(head.get("Subject", "")), path.stat().st_mtime))
    return found


@takes_post
@for_keepers
def try_mail(request: HttpRequest) -> HttpResponse:
    """Sends a mail to oneself, to see whether mails arrive."""
    if request.method != "POST":
        return redirect("operators")
    account: Any = request.user
    context = {
        "organisation": request.standing.state.name, "subject": _("A trial of the mail settings"),
        "href": reverse("operators"), "clause": "",
        "paragraphs": [_("If you read this, mails of this site arrive.")],
    }  # fmt: skip
    letter = write("mail/plain", context, Addressee(account.person or "", account.email))
    mail = EmailMultiAlternatives(letter.subject, letter.text, to=[account.email])
    mail.attach_alternative(letter.html, "text/html")
    try:
        mail.send()
    except OSError:
        messages.warning(request, _("The mail server could not be reached, or refused the mail. Look at ISONOMY_MAIL."))
        return redirect("operators")
    messages.success(
        request, _("A mail to %(email)s was handed over. Look whether it arrives.") % {"email": account.email}
    )
    return redirect("operators")


# -- backup


@takes_post
@for_keepers
def backup(request: HttpRequest) -> HttpResponse:
    """Makes a backup and sends it: all that belongs to the signed head, without signer, accounts and sign-ins."""
    if request.method != "POST":
        return redirect("operators")
    organisation = request.organisation
    # The file loses its name at once; it lives as long as it is sent.
    with tempfile.TemporaryDirectory(prefix="isonomy-backup-") as aside:
        file = Path(aside) / "backup.tar"
        kept = back_up(organisation.folder, file, SystemClock(), with_site=False)
        stream = file.open("rb")
    BackupMade.objects.create(entries=kept.entries, size=kept.size, by=request.viewer.person)
    answer = StreamingHttpResponse(iter(lambda: stream.read(PIECE), b""), content_type="application/x-tar")
    answer._resource_closers.append(stream.close)
    answer["Content-Length"] = str(os.fstat(stream.fileno()).st_size)
    name = f"{slugify(request.standing.state.name)[:60] or 'record'}-{kept.entries}.tar"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer
