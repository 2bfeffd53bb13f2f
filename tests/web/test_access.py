"""Access: every address, method and kind of account gets what `access.csv` says, and nothing else."""

from __future__ import annotations

from pathlib import Path

from tests.web.access import KINDS, Callers, addresses, asked, said, table, whole
from tests.web.lived import Lived


def test_every_address_gives_each_kind_of_account_what_the_table_says(tmp_path: Path) -> None:
    found, declared = whole(tmp_path), table()
    missing = sorted({route for route, _ in found.keys() - declared.keys()})
    assert missing == [], "addresses without a line: python -m tests.web.access, then read what it wrote"
    assert sorted({route for route, _ in declared.keys() - found.keys()}) == [], "lines without an address"
    wrong = [
        f"{method} /{route} as {kind}: {told[kind]}, the table says {declared[route, method][kind]}"
        for (route, method), told in found.items()
        for kind in KINDS
        if told[kind] != declared[route, method][kind]
    ]
    assert wrong == []


def test_nobody_gets_a_members_page_and_nothing_is_a_defect() -> None:
    """What the table must never say, whatever the pages are."""
    for (route, method), told in table().items():
        assert not any(word.startswith("5") for word in told.values()), route
        if told["nobody"] == "door":
            assert told["stranger"] in ("closed", "page", "again", "on", "none"), route
        if told["former"] == "page":
            assert told["stranger"] == "page", (route, method)


def test_other_methods_give_nobody_more_than_reading_does(tmp_path: Path) -> None:
    lived = Lived(tmp_path / "club")
    try:
        callers, before, declared = Callers(lived), lived.site.state.n, table()
        for kind in ("nobody", "stranger", "member"):
            client = callers.browser(kind)
            for address in addresses():
                path = address.example(lived.examples)
                read = declared[address.route, "GET"][kind]
                for method in ("PUT", "DELETE", "PATCH", "TRACE"):
                    assert said(asked(client, method, path)) == "never", (method, path)
                head = asked(client, "HEAD", path)
                assert (said(head), getattr(head, "content", b"")) == (read, b""), path
                if read in ("door", "closed"):
                    assert said(asked(client, "OPTIONS", path)) == read, path
        assert lived.site.state.n == before
    finally:
        lived.site.close()


def test_what_is_only_read_takes_nothing_that_is_sent() -> None:
    """A function shows its page to a reader; unless it says that it has a form, nothing may be sent to it."""
    declared = table()
    for address in addresses():
        view = address.pattern.callback
        is_form = hasattr(view, "view_class") or getattr(view, "takes_post", False)
        sent = set(declared[address.route, "POST"].values())
        assert is_form or sent == {"never"}, address.route


def test_what_is_not_there_is_said_with_a_way_on(tmp_path: Path) -> None:
    lived = Lived(tmp_path / "club")
    try:
        browser = lived.site.browser("ada")
        for path in ("/members/p-nobody/", "/meetings/mt-999/", "/rulebook/editions/ed-999/", "/record/999999/"):
            answer = browser.get(path)
            assert answer.status_code == 404, path
            assert "Not here" in answer.content.decode(), path
        meeting = lived.examples["meetings"]
        put = browser.get(f"/meetings/{meeting}/put/")
        assert put.status_code == 404
        assert f'href="/meetings/{meeting}/"' in put.content.decode()
        assert "which motion or matter" in put.content.decode()
    finally:
        lived.site.close()
