"""What a site needs before it is put before people: safe settings, no code within pages."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.web.site import CHECKOUT

WEB = CHECKOUT / "src/isonomy/web"
TEMPLATES = [path for path in sorted(WEB.rglob("templates/**/*.html")) if "mail" not in path.parts]
"""Pages; mails have no style sheet to lean on."""
ALONE = ("base.html", "defect.html", "alone.html")
"""Without the frame: the frame itself, what is shown when it cannot be drawn, and the page that founds: before there is an
organisation it has neither menu nor session, and its token is the address, drawn at random."""
INLINE = {
    "a script within the page": r"<script(?![^>]*\bsrc=)[^>]*>",
    "a style within the page": r"<style\b|\sstyle\s*=",
    "a handler within the page": r"\son[a-z]+\s*=\s*[\"']",
    "an address of a script": r"javascript:",
}


def _settings(tmp_path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"]
    base = {"DJANGO_SETTINGS_MODULE": "isonomy.web.settings", "ISONOMY_FOLDER": str(tmp_path), "ISONOMY_DEMO": ""}
    shown = {**os.environ, **base, **environment, "PYTHONPATH": str(CHECKOUT / "src")}
    # The browser's tests, which may have run in this process, set it for themselves.
    shown.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)
    return subprocess.run(command, env=shown, capture_output=True, text=True, cwd=tmp_path, check=False)


def test_the_settings_are_fit_for_people_elsewhere(tmp_path: Path) -> None:
    found = _settings(tmp_path, ISONOMY_URL="https://members.example.org")
    assert found.returncode == 0, found.stderr
    assert "no issues" in found.stdout


@pytest.mark.parametrize(
    ("environment", "says"),
    [
        ({"ISONOMY_URL": "http://members.example.org"}, "people elsewhere need https"),
        ({"ISONOMY_URL": "members.example.org"}, "write it as https://"),
        ({"ISONOMY_URL": "https://members.example.org", "ISONOMY_DEMO": "1"}, "to this machine alone"),
        ({"ISONOMY_URL": "https://members.example.org", "ISONOMY_MAIL": "pigeon"}, "smtp://user:password@host"),
    ],
)
def test_unsafe_settings_stop_the_start(tmp_path: Path, environment: dict[str, str], says: str) -> None:
    found = _settings(tmp_path, **environment)
    assert found.returncode != 0
    assert says in found.stderr


def test_the_key_of_a_site_is_drawn_once_and_kept_from_others(tmp_path: Path) -> None:
    from isonomy.web.site_key import site_key

    first, again = site_key(tmp_path), site_key(tmp_path)
    assert first == again
    assert len(first) >= 50
    assert (tmp_path / "site.key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("what", INLINE)
def test_no_page_holds_code_of_its_own(what: str) -> None:
    found = [
        f"{path.relative_to(WEB)}: {hit.group(0)}"
        for path in TEMPLATES
        for hit in re.finditer(INLINE[what], path.read_text("utf-8"))
    ]
    assert found == []


def test_every_page_stands_in_the_frame() -> None:
    """A page extends the frame or an own base that does; parts that others include do not."""
    strangers = [
        path.relative_to(WEB)
        for path in TEMPLATES
        if "<html" in path.read_text("utf-8") and path.name not in ALONE
        and "mail" not in path.parts
        and not path.name.endswith("_mail.html")
    ]  # fmt: skip
    assert strangers == []


def test_every_form_that_sends_carries_its_token() -> None:
    forgetful = [
        f"{path.relative_to(WEB)}: {form[:60]}"
        for path in TEMPLATES
        if path.name not in ALONE
        for form in re.findall(r"<form\b[^>]*method=\"post\".*?</form>", path.read_text("utf-8"), re.S | re.I)
        if "{% csrf_token %}" not in form
    ]
    assert forgetful == []
