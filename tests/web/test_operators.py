"""Operators: health for those who keep the record, backups that give nobody the means to act as another, mail."""

from __future__ import annotations

import sqlite3
import tarfile
from io import BytesIO
from pathlib import Path

from django.core import mail

from isonomy.adapters.backups import restore
from isonomy.web.operators.models import BackupMade
from tests.web.site import Site


def _taken(site: Site) -> bytes:
    answer = site.browser("ada").post("/operators/backup/")
    assert answer.status_code == 200, answer.content
    return b"".join(answer.streaming_content)


def test_the_page_is_for_those_whose_office_keeps_the_record(site: Site) -> None:
    assert site.browser("ada").get("/operators/").status_code == 200
    for path in ("/operators/", "/operators/backup/", "/operators/mail/"):
        send = site.browser("ben").get if path == "/operators/" else site.browser("ben").post
        answer = send(path)
        assert answer.status_code == 403
        assert "clause" in answer.content.decode()
        assert site.browser().get(path).status_code == 302
    assert not BackupMade.objects.exists()


def test_health_says_what_answers_and_what_is_signed(site: Site) -> None:
    checks = {check.title: check for check in site.browser("ada").get("/operators/").context["checks"]}
    assert checks["The signed head"].is_fine
    assert checks["The disk"].says
    assert not checks["Backup"].is_fine
    _taken(site)
    checks = {check.title: check for check in site.browser("ada").get("/operators/").context["checks"]}
    assert checks["Backup"].is_fine


def test_a_backup_from_the_page_restores_to_the_same_record(site: Site, tmp_path: Path) -> None:
    file = tmp_path / "backup.tar"
    file.write_bytes(_taken(site))
    kept = restore(file, tmp_path / "again")
    assert kept.entries == site.state.n
    assert not kept.has_site


def test_a_backup_from_the_page_holds_no_account_no_sign_in_and_no_key(site: Site) -> None:
    site.browser("ben").get("/")
    with tarfile.open(fileobj=BytesIO(_taken(site))) as archive:
        names = archive.getnames()
    assert not any("site" in name or name.startswith("signer") or "founder.key" in name for name in names), names


def test_a_whole_backup_holds_accounts_but_no_sign_in(site: Site, tmp_path: Path) -> None:
    from isonomy.adapters.backups import back_up

    database = site.folder / "site.sqlite"
    with sqlite3.connect(database) as connection:
        connection.execute("CREATE TABLE django_session (session_key TEXT)")
        connection.execute("INSERT INTO django_session VALUES ('somebody')")
    back_up(site.folder, tmp_path / "whole.tar", site.clock)
    kept = restore(tmp_path / "whole.tar", tmp_path / "again")
    assert kept.has_site
    with sqlite3.connect(tmp_path / "again" / "site.sqlite") as connection:
        assert connection.execute("SELECT count(*) FROM django_session").fetchone() == (0,)


def test_a_trial_mail_goes_to_oneself(site: Site) -> None:
    mail.outbox.clear()
    assert site.browser("ada").post("/operators/mail/").status_code == 302
    (letter,) = mail.outbox
    assert letter.to == ["ada@example.invalid"]
