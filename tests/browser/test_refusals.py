"""What is refused in the browser: said where the hand is, with clause and cure, and nothing is done twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.window import Window
from tests.web.lived import Lived
from tests.web.site import Site, empty_tables

pytestmark = pytest.mark.browser
Visit = Callable[..., Window]


@pytest.fixture
def lived(tmp_path: Path) -> Iterator[Lived]:
    """A club in which something of everything is there."""
    found = Lived(tmp_path / "club")
    try:
        yield found
    finally:
        found.site.close()
        empty_tables()


@pytest.fixture
def site(lived: Lived) -> Site:
    """The same for windows and the server."""
    return lived.site


def refused(window: Window, site: Site, words: str) -> None:
    """The page refuses with these words, a clause and what one can do; it is fit for everybody, and nothing was recorded."""
    size = site.state.n
    window.page.wait_for_selector("text=Not possible")
    assert words in " ".join(window.text().split()), window.text()[:1500]
    assert "What you can do" in window.text()
    assert window.axe() == []
    assert not window.is_too_wide()
    assert site.state.n == size


def send(page: Any) -> None:
    """Presses the button of the act."""
    page.locator("main form.act button").first.click()


def test_a_seat_that_is_another_s_to_fill(lived: Lived, visit: Visit) -> None:
    window = visit("cleo")
    page = window.go("/seats/committee/begin/")
    if page.locator("#id_person").count():
        page.select_option("#id_person", lived.site.ids["fay"])
        send(page)
    refused(window, lived.site, "secretary")


def test_a_call_with_short_notice_names_the_lawful_day_as_a_button(lived: Lived, visit: Visit) -> None:
    window = visit("ben")
    page = window.go("/meetings/call/committee/")
    page.get_by_label("Budget").first.check()
    page.fill("#id_day", "2027-04-12")
    page.fill("#id_time", "19:00")
    page.locator("main").get_by_role("button", name="Check this call").click()
    refused(window, lived.site, "3 days of notice")
    page.get_by_role("link", name="Call it for Tuesday 13 April 2027").click()
    page.wait_for_selector("text=Check before you call")
    assert "19:00" in window.text()


def test_a_meeting_without_its_quorum_is_not_opened(lived: Lived, visit: Visit) -> None:
    """One of five seats: the page says how many are needed."""
    site = lived.site
    site.must({"act": "meeting.close", "by": "ben", "as": "chair", "meeting": lived.open_meeting})
    site.must({"act": "notice.send", "by": "ben", "as": "chair", "meeting": lived.coming, "how": "mail", "to_count": 3})
    site.clock.set("2027-04-20T17:01:00Z")
    window = visit("ben")
    page = window.go(f"/meetings/{lived.coming}/open/")
    page.get_by_label("Ben Example").check()
    page.locator("main").get_by_role("button", name="Open the meeting").click()
    refused(window, site, "quorum")
    assert site.state.meetings[lived.coming].standing != "open"


def test_a_question_that_was_not_on_the_notice_is_not_put(lived: Lived, visit: Visit) -> None:
    """The committee was called for spending; the budget is its matter, but not this evening."""
    moved = {"act": "motion.move", "by": "cleo", "body": "committee", "matter": "budget", "text": "Ten oars."}
    number = lived.site.must(moved)["n"]
    window = visit("ben")
    page = window.go(f"/meetings/{lived.open_meeting}/put/?motion=mo-{number}")
    if page.locator("main form.act button").count():
        send(page)
    refused(window, lived.site, "call a meeting on budget")


def test_a_form_that_lay_too_long_is_refused_and_keeps_what_was_written(lived: Lived, visit: Visit) -> None:
    """A form is good for some hours; sent after that its act has lapsed, and the page gives a fresh one with the words in it."""
    window = visit("fay")
    page = window.go("/motions/new/")
    page.fill("#id_matter", "outings")
    page.fill("#id_text", "A kettle.")
    lived.site.clock.move(minutes=60 * 24 * 3)
    before = len(lived.site.state.motions)
    send(page)
    page.wait_for_load_state()
    assert len(lived.site.state.motions) == before
    page.wait_for_selector("text=press the button again")
    assert page.input_value("#id_text") == "A kettle."
    assert window.axe() == []
    send(page)
    page.wait_for_url("**/motions/mo-*/")
    assert len(lived.site.state.motions) == before + 1


def test_a_ballot_is_marked_reviewed_and_cast_with_the_keyboard_alone(lived: Lived, visit: Visit) -> None:
    window = visit("fay")
    page = window.go(f"/polls/{lived.secret}/vote/")

    def tab_to(found: str) -> None:
        for _ in range(60):
            if page.evaluate(f"document.activeElement.matches({found!r})"):
                return
            page.keyboard.press("Tab")
        raise AssertionError(f"the tabulator does not come to {found}")

    tab_to("main input[type=radio]")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.value") == "against"
    tab_to("main form button")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=If you leave it like this")
    tab_to("main form.act button")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Your ballot lies in the box")


def test_a_button_pressed_twice_is_one_act(lived: Lived, visit: Visit) -> None:
    page = visit("fay").go("/motions/new/")
    before = len(lived.site.state.motions)
    page.fill("#id_matter", "outings")
    page.fill("#id_text", "A kettle.")
    page.locator("main form.act button").first.dblclick()
    page.wait_for_url("**/motions/mo-*/")
    assert len(lived.site.state.motions) == before + 1


def test_of_two_who_preside_the_second_is_told_what_happened(lived: Lived, visit: Visit) -> None:
    """Both have the page open; the first closes the meeting; the second is refused and reads why."""
    windows = [visit("ben"), visit("ben")]
    pages = [window.go(f"/meetings/{lived.open_meeting}/close/") for window in windows]
    pages[0].locator("main form.act button").first.click()
    pages[0].wait_for_selector("text=Recorded as")
    size = lived.site.state.n
    pages[1].locator("main form.act button").first.click()
    pages[1].wait_for_selector("text=Not possible")
    assert "What you can do" in windows[1].text()
    assert windows[1].axe() == []
    assert lived.site.state.n == size


def test_what_is_not_ones_own_is_refused_with_the_clause_and_the_form_stays(lived: Lived, visit: Visit) -> None:
    window = visit("fay")
    page = window.go("/motions/new/")
    page.fill("#id_matter", "budget")
    page.select_option("#id_body", "committee")
    page.fill("#id_text", "Ten oars.")
    page.locator("main form.act button").first.click()
    page.wait_for_selector("text=Not possible")
    assert page.input_value("#id_text") == "Ten oars."
    assert page.locator("main a[href*='/rulebook/clause/']").count()
    assert window.axe() == []


def test_a_page_that_is_not_there_and_one_for_members_say_what_to_do(lived: Lived, visit: Visit) -> None:
    window = visit()
    window.go("/motions/")
    assert "/sign-in/" in window.page.url
    for path in ("/nowhere/", "/record/999999/"):
        window.go(path)
        assert "What you can do" in window.text(), path
