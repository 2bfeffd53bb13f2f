"""What is refused in the browser: said where the hand is, with clause and cure, and nothing is done twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

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
