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
