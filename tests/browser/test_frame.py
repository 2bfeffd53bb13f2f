"""The frame of every page: readable by everybody, on a phone, without a mouse, without JavaScript, in the dark."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.window import PHONE, Window
from tests.web.site import Site

pytestmark = pytest.mark.browser
Visit = Callable[..., Window]
PUBLIC = ("/", "/sign-in/", "/nowhere/")
INNER = ("/", "/motions/", "/motions/new/", "/keys/", "/keys/add/")
MOTION = {"act": "motion.move", "by": "ada", "body": "members-meeting", "matter": "policy", "text": "A kettle."}


@pytest.mark.parametrize("options", [{}, {"color_scheme": "dark"}, PHONE], ids=["light", "dark", "phone"])
def test_pages_are_fit_for_everybody(visit: Visit, site: Site, options: dict[str, Any]) -> None:
    site.must(MOTION)
    for name, paths in (("", PUBLIC), ("ada", INNER)):
        window = visit(name, **options)
        for path in paths:
            window.go(path)
            assert window.axe() == [], path
            assert not window.is_too_wide(), path


def test_the_first_key_leads_past_the_menu_to_the_text(visit: Visit) -> None:
    window = visit("ben")
    page = window.go("/motions/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the text"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_motion_is_moved_with_the_keyboard_alone(visit: Visit, site: Site) -> None:
    window = visit("ben")
    page = window.go("/motions/new/")
    page.focus("#id_matter")
    typed = {"id_body": "members", "id_matter": "policy", "id_text": "A kettle."}
    for _ in range(20):
        here = page.evaluate("document.activeElement.id || document.activeElement.tagName")
        if here == "BUTTON":
            break
        page.keyboard.type(typed.get(here, ""))
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/motions/mo-*/")
    assert "Recorded as" in window.text()


def test_pages_work_without_javascript(visit: Visit, site: Site) -> None:
    window = visit("ben", java_script_enabled=False)
    page = window.go("/motions/new/")
    page.select_option("#id_body", "members-meeting")
    page.fill("#id_matter", "policy")
    page.fill("#id_text", "A kettle.")
    page.click("main form button")
    page.wait_for_url("**/motions/mo-*/")
    assert len(site.state.motions) == 1


def test_an_open_page_shows_what_others_do_without_being_loaded_again(visit: Visit, site: Site) -> None:
    window = visit("ben")
    page = window.go("/motions/")
    assert "A kettle." not in window.text()
    site.must(MOTION)
    page.wait_for_selector("text=A kettle.", timeout=8_000)


def test_an_act_signed_with_a_passkey_is_signed_in_the_record(visit: Visit, site: Site) -> None:
    window = visit("ben").with_authenticator()
    page = window.go("/keys/add/")
    page.fill("#name", "my phone")
    page.click("main form button")
    page.wait_for_url("**/keys/")
    assert "passkey for localhost" in window.text()
    window.go("/motions/new/")
    page.select_option("#id_body", "members-meeting")
    page.fill("#id_matter", "policy")
    page.fill("#id_text", "A kettle.")
    page.click("button[data-sign]")
    page.wait_for_url("**/motions/mo-*/")
    assert "Signed with your key" in window.text()
    auth = site.organisation.entry(site.state.n - 1)["auth"]
    assert auth["kind"] == "signed"
    assert set(auth["proof"]) == {"authenticatorData", "clientDataJSON", "signature"}


def test_a_passkey_signs_in(visit: Visit) -> None:
    window = visit("ben").with_authenticator()
    page = window.go("/keys/add/")
    page.click("main form button")
    page.wait_for_url("**/keys/")
    page.click("text=Sign out")
    page.wait_for_url(lambda url: url.endswith("/"))
    window.go("/sign-in/")
    page.click("#passkey-sign-in")
    page.wait_for_selector("text=Due of you")


def test_a_passkey_is_removed_by_whoever_it_belongs_to_and_by_nobody_else(visit: Visit, site: Site) -> None:
    window = visit("ben").with_authenticator()
    page = window.go("/keys/add/")
    page.click("main form button")
    page.wait_for_url("**/keys/")
    page.click("text=Remove this passkey")
    assert window.axe() == []
    address = page.url.removeprefix(window.address)
    assert site.browser("cleo").post(address).status_code == 404
    page.click("main form button")
    page.wait_for_url("**/keys/**")
    assert "None yet. You sign in with codes sent by mail." in window.text()
    assert "Revoke this key" in window.text()
