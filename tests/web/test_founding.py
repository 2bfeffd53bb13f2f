"""The first days: how the founder comes in without a password, the steps and how they stand, an opening balance."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.core import mail

from isonomy.adapters.folder import reading
from isonomy.web.accounts.first import first_link, link_for
from isonomy.web.accounts.models import Account
from isonomy.web.founding.alone import Founding
from tests.web.site import MODEL, Site


def _standing(site: Site, name: str = "ada") -> dict[str, str]:
    page = site.browser(name).get("/first-days/")
    assert page.status_code == 200, page.content.decode()
    return {step.title: step.standing for step in page.context["steps"]}


def test_the_founder_comes_in_by_a_link_that_works_once_and_names_an_address(site: Site) -> None:
    Account.objects.all().delete()
    link = first_link()
    browser = site.browser()
    assert browser.post(link, {"email": "no address"}).status_code == 422
    assert not Account.objects.exists()
    assert browser.post(link, {"email": "Ada@example.invalid"}).status_code == 302
    account = Account.objects.get()
    assert (account.person, account.email) == (site.ids["ada"], "ada@example.invalid")
    assert browser.get("/keys/").status_code == 200
    assert site.browser().post(link, {"email": "eve@example.invalid"}).status_code == 404
    assert first_link() == ""


def test_while_somebody_has_an_account_no_link_is_made_by_itself(site: Site) -> None:
    assert Account.objects.exists()
    assert first_link() == ""


def test_an_address_of_another_account_is_not_taken_over(site: Site) -> None:
    Account.objects.filter(person=site.ids["ben"]).delete()
    link = link_for(site.ids["ben"], "")
    answer = site.browser().post(link, {"email": "cleo@example.invalid"})
    assert answer.status_code == 400
    assert not Account.objects.filter(person=site.ids["ben"]).exists()


def test_a_link_of_the_console_changes_an_address_and_the_old_one_is_told(site: Site) -> None:
    mail.outbox = []
    lost, ben = site.browser("ben"), site.ids["ben"]
    assert lost.get("/keys/").status_code == 200
    browser = site.browser()
    assert browser.post(link_for(ben, "ben-anew@example.invalid")).status_code == 302
    assert browser.get("/keys/").status_code == 200
    assert Account.objects.get(person=ben).email == "ben-anew@example.invalid"
    (told,) = mail.outbox
    assert told.to == ["ben@example.invalid"]
    assert "ben-anew" not in told.body
    assert lost.get("/keys/").status_code == 302, "whoever was signed in with the lost address is signed out"


def test_a_link_of_the_console_without_an_address_opens_an_account_and_changes_nothing(site: Site) -> None:
    mail.outbox = []
    browser = site.browser()
    assert browser.post(link_for(site.ids["ben"], ""), {"email": "eve@example.invalid"}).status_code == 302
    assert browser.get("/keys/").status_code == 200
    assert Account.objects.get(person=site.ids["ben"]).email == "ben@example.invalid"
    assert not mail.outbox


def test_steps_are_done_when_the_record_shows_it(site: Site) -> None:
    before = _standing(site)
    assert before["Bring your members in"] == "done"
    assert before["Call a first meeting"] == "to do"
    matters = {"act": "meeting.call", "by": "ada", "as": "chair", "body": "committee", "starts": "2027-01-20T19:00"}
    site.must(matters | {"matters": ["budget"]})
    assert _standing(site)["Call a first meeting"] == "done"


def test_the_first_page_leads_those_who_keep_the_roll_and_nobody_else(site: Site) -> None:
    assert "/first-days/" in site.browser("ada").get("/").content.decode()
    assert "/first-days/" not in site.browser("ben").get("/").content.decode()


def test_after_its_first_days_an_organisation_is_not_led_any_more(site: Site) -> None:
    site.clock.set("2027-08-01T09:00:00Z")
    assert "/first-days/" not in site.browser("ada").get("/").content.decode()


def test_the_first_page_leads_no_longer_once_the_last_step_is_done(site: Site) -> None:
    from isonomy.web.operators.models import BackupMade

    browser = site.browser("ada")
    shown = browser.get("/")
    left = [title for title, standing in _standing(site).items() if standing != "done"]
    assert "Keep a proof of the record elsewhere" in left
    BackupMade.objects.create(entries=site.state.n, size=1, by="console")
    after = browser.get("/", headers={"if-none-match": shown.headers["ETag"]})
    assert after.status_code == 200
    assert f"{len(left) - 1} steps are left." in after.content.decode()


def test_where_there_is_no_opening_balance_there_is_no_page_of_one(site: Site) -> None:
    assert site.browser("ada").get("/opening-balance/").status_code == 404
    assert site.browser("ada").get("/opening-balance/object/").status_code == 404


def _isonomy(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("ISONOMY_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, "-m", "isonomy", *words],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def _invited(folder: Path, *words: str) -> dict[str, Any]:
    done = _isonomy(folder, "invite", *words, "--json")
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


def test_invite_prints_a_link_for_a_member_and_says_who_is_none(tmp_path: Path) -> None:
    assert _isonomy(tmp_path, "new", "branch", "--founder", "Ada Example").returncode == 0
    found = _invited(tmp_path, "branch", "ada example", "ada@example.invalid", "--url", "http://localhost:9")
    assert found["link"].startswith("http://localhost:9/invitation/")
    assert _invited(tmp_path, "branch", found["person"])["person"] == found["person"]
    for words in (("Eve",), (found["person"], "no address")):
        done = _isonomy(tmp_path, "invite", "branch", *words)
        assert (done.returncode, done.stdout) == (1, ""), done.stdout
        assert "Traceback" not in done.stderr


def test_remind_mails_who_owes_something_once_a_day(tmp_path: Path) -> None:
    assert _isonomy(tmp_path, "new", "branch", "--founder", "Ada Example").returncode == 0
    first = json.loads(_isonomy(tmp_path, "remind", "branch", "--days", "366", "--json").stdout)
    assert first["sent"] == []
    assert len(first["without_account"]) == 1
    assert _isonomy(tmp_path, "remind", "branch", "--days", "1000").returncode == 1


def test_a_backup_at_the_console_counts_among_the_first_steps(tmp_path: Path) -> None:
    assert _isonomy(tmp_path, "new", "branch", "--founder", "Ada Example").returncode == 0
    assert _isonomy(tmp_path, "backup", "branch", "before.tar").returncode == 0, (
        "where there are no pages, none is told"
    )
    assert not (tmp_path / "branch/site.sqlite").exists()
    _invited(tmp_path, "branch", "ada example", "ada@example.invalid")
    assert _isonomy(tmp_path, "backup", "branch", "after.tar").returncode == 0
    with sqlite3.connect(tmp_path / "branch/site.sqlite") as tables:
        assert tables.execute('SELECT "by" FROM operators_backupmade').fetchall() == [("console",)]


class Page:
    """The page of founding, asked as a browser would."""

    def __init__(self, founding: Founding) -> None:
        self._founding, self.status, self.headers = founding, "", {}

    def ask(self, path: str, **fields: str) -> str:
        body = urlencode(fields).encode()

        def start(status: str, headers: list[tuple[str, str]]) -> None:
            self.status, self.headers = status[:3], dict(headers)

        environ = {
            "PATH_INFO": path, "REQUEST_METHOD": "POST" if fields else "GET", "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": BytesIO(body),
        }  # fmt: skip
        answer = self._founding(environ, start)
        text = b"".join(answer).decode()
        if hasattr(answer, "close"):
            answer.close()
        return text


FIELDS = {
    "name": "Riverside Rowing Club",
    "model": "association",
    "time_zone": "Europe/Paris",
    "founder": "Ada Example",
}


def test_an_organisation_is_founded_from_the_browser_with_its_name_and_hour(tmp_path: Path) -> None:
    founding = Founding(tmp_path / "club", {"association": MODEL})
    page = Page(founding)
    assert "Riverside" not in page.ask(founding.path)
    assert page.status == "200"
    assert "is founded" in page.ask(founding.path, **FIELDS)
    assert founding.is_founded.is_set()
    with reading(tmp_path / "club") as reader:
        assert (reader.state.name, reader.state.time_zone) == ("Riverside Rowing Club", "Europe/Paris")
        (person,) = reader.state.persons.values()
        assert reader.stores.values.get(person.sealed).opening.value == "Ada Example"
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]


def test_only_the_secret_address_founds(tmp_path: Path) -> None:
    founding = Founding(tmp_path / "club", {"association": MODEL})
    page = Page(founding)
    for path in ("/", "/found/", "/found/guessed/", founding.path.rstrip("/")):
        assert "<form" not in page.ask(path)
        page.ask(path, **FIELDS)
    assert not (tmp_path / "club").exists()


def test_a_rulebook_that_cannot_stand_is_told_with_its_line_and_nothing_is_founded(tmp_path: Path) -> None:
    founding = Founding(tmp_path / "club", {"association": MODEL})
    page = Page(founding)
    wrong = MODEL.replace("term: 1 year", "term: 2 years", 1)
    shown = page.ask(founding.path, **FIELDS | {"model": "own", "rulebook": wrong})
    assert page.status == "422"
    assert "rulebook:" in shown
    for fields in ({"time_zone": "Nowhere/Land"}, {"founder": ""}, {"model": "own", "rulebook": ""}, {"model": "none"}):
        page.ask(founding.path, **FIELDS | fields)
        assert page.status == "422", fields
    assert not (tmp_path / "club").exists()
    right = MODEL.replace("Model Association", "Another").replace("\n", "\r\n")
    page.ask(founding.path, **FIELDS | {"model": "own", "rulebook": right})
    assert founding.is_founded.is_set()


def test_a_folder_is_founded_once(tmp_path: Path) -> None:
    founding = Founding(tmp_path / "club", {"association": MODEL})
    page = Page(founding)
    page.ask(founding.path, **FIELDS)
    page.ask(founding.path, **FIELDS | {"name": "Another"})
    with reading(tmp_path / "club") as reader:
        assert reader.state.name == "Riverside Rowing Club"
