"""Every main page of a club that has lived: fit for everybody, on a phone, enlarged, in the dark, in forced colours, on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.browser.window import PHONE, Window
from tests.web.lived import Lived
from tests.web.site import Site, empty_tables

pytestmark = pytest.mark.browser
Visit = Callable[..., Window]
PAGES = {
    "": ("/", "/rulebook/", "/rulebook/clause/3/", "/record/", "/record/7/", "/record/verify/", "/sign-in/"),
    "fay": (
        "/", "/calendar/", "/meetings/", "/meetings/{open}/", "/meetings/{meetings}/", "/meetings/demands/{demands}/", "/motions/",
        "/motions/new/", "/motions/{motions}/", "/polls/", "/polls/{polls}/", "/polls/{polls}/vote/", "/polls/{secret}/vote/",
        "/elections/{elections}/", "/elections/{elections}/nominate/", "/decisions/", "/decisions/{decisions}/",
        "/minutes/{minutes}/", "/members/", "/members/{members}/", "/seats/", "/seats/committee/", "/rulebook/editions/",
        "/rulebook/compare/", "/rulebook/propose/", "/record/12/", "/keys/", "/keys/add/", "/members/leave/",
        "/instructions/", "/instructions/{instructions}/", "/instructions/report/", "/instructions/undone/",
    ),
    "ben": ("/", "/meetings/call/", "/meetings/call/members-meeting/", "/meetings/{open}/chair/",
            "/meetings/{meetings}/notice/", "/meetings/{open}/ruling/", "/rulings/", "/rulings/{ruling}/",
            "/meetings/{open}/adjourn/", "/decisions/take/",
            "/instructions/{instructions}/report/", "/motions/{motions}/terms/"),
    "ada": ("/", "/members/admit/", "/members/import/", "/members/invitations/", "/polls/{polls}/roll/",
            "/elections/{elections}/close/", "/seats/chair/begin/", "/operators/", "/first-days/"),
}  # fmt: skip
ENLARGED = {"viewport": {"width": 640, "height": 512}, "device_scale_factor": 2}
"""What a window of 1280 pixels shows at twice the size."""


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


def each(lived: Lived, visit: Visit, **options: object) -> Iterator[tuple[str, Window]]:
    """Every main page, opened as whom it is for."""
    places = lived.examples | {"open": lived.open_meeting, "secret": lived.secret}
    for name, paths in PAGES.items():
        window = visit(name, **options)
        for path in paths:
            shown = path.format_map(places)
            answer = window.page.goto(window.address + shown)
            assert answer.status == 200, (name, shown, answer.status)
            yield f"{shown} as {name or 'nobody'}", window


def test_every_main_page_is_fit_for_everybody_and_for_the_keyboard_alone(lived: Lived, visit: Visit) -> None:
    """Nothing for axe to find; whatever is pressed is reached by the tabulator, in its place, and shows where one is."""
    found = [
        f"{where}: {fault}" for where, window in each(lived, visit) for fault in window.axe() + window.keyboard_faults()
    ]
    assert found == []


def test_every_main_page_fits_a_phone_and_a_thumb(lived: Lived, visit: Visit) -> None:
    found = []
    for where, window in each(lived, visit, **PHONE):
        found += [f"{where}: sticks out: {part}" for part in window.too_wide()]
        found += [f"{where}: small: {part}" for part in window.too_small()]
    assert found == []


def test_every_main_page_can_be_enlarged_darkened_recoloured_and_printed(lived: Lived, visit: Visit) -> None:
    found = []
    for where, window in each(lived, visit, **ENLARGED):
        page = window.page
        found += [f"{where}: sticks out: {part}" for part in window.too_wide()]
        page.emulate_media(color_scheme="dark")
        found += [f"{where}: in the dark: {fault}" for fault in window.axe("color-contrast")]
        page.emulate_media(color_scheme="light", forced_colors="active")
        found += [f"{where}: no edge: {part}" for part in window.without_edge()]
        page.emulate_media(media="print", forced_colors="none")
        if page.is_visible("nav.menu") or page.is_visible("header form"):
            found.append(f"{where}: the menu is printed")
        found += [f"{where}: off the paper: {part}" for part in window.too_wide()]
        page.emulate_media(media="screen")
    assert found == []
