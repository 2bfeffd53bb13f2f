"""Orders from outside and two ids of one person in the browser: seen by everybody, entered by those of the clause."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.site import MODEL, Site, empty_tables, filled
from tests.web.test_members import BRANCHES

NORMS = """
## 92. Orders from outside
The chair and the secretary enter orders from outside; the second confirms within 5 days. All are notified within 3 days.

```rule orders outside
entered by: chair and secretary
confirmed within: 5 days
notified within: 3 days
```

## 93. One person, one entry
The secretary joins two entries of one person, who may object within 10 days. The committee decides on an objection.

```rule identity persons
joined by: secretary
objection within: 10 days
decided by: committee
```
"""
SHA = hashlib.sha256(b"the document").hexdigest()


@pytest.fixture
def bound(tmp_path: Path) -> Iterator[Site]:
    """A club whose rulebook knows orders and joinings: ada is secretary, ben is chair."""
    site = Site(tmp_path / "club", MODEL + NORMS, seats=("secretary", "committee"))
    yield site
    site.close()
    empty_tables()


def entered(site: Site) -> str:
    """An order against a mandate, entered by the secretary in the browser; its id."""
    ada = site.browser("ada")
    mandate = next(one.id for one in site.state.mandates.values() if one.seat == "committee")
    page = ada.get("/record/orders/new/")
    fields = {
        "effect": "stay", "concerns": mandate, "source": "court", "authority": "A fictional court", "words": "So ordered.",
        "sha256": SHA, "binds_from": site.today,
    }  # fmt: skip
    sent = ada.post("/record/orders/new/", filled(page, **fields))
    assert sent.status_code == 302, sent.content.decode()
    return next(iter(site.state.orders))


def test_an_order_stands_at_the_head_of_every_page_from_its_entry(bound: Site) -> None:
    fay = bound.browser("fay")
    assert 'id="order-from-outside"' not in fay.get("/").content.decode()
    order = entered(bound)
    for address in ("/", "/members/", "/decisions/"):
        assert "An order of A fictional court was entered" in fay.get(address).content.decode(), address
    shown = fay.get("/record/orders/").content.decode()
    for words in ("A fictional court", "awaiting confirmation", SHA, "Ada Example"):
        assert words in shown
    assert "order-confirm" not in shown
    assert f"/record/orders/{order}/confirm/" not in shown


def test_who_entered_an_order_is_refused_its_confirmation_in_words(bound: Site) -> None:
    order = entered(bound)
    ada = bound.browser("ada")
    page = ada.get(f"/record/orders/{order}/confirm/")
    answer = ada.post(f"/record/orders/{order}/confirm/", filled(page, sha256=SHA))
    assert answer.status_code == 422
    assert "the other of the two offices" in answer.content.decode()


def test_a_member_finds_no_way_to_enter_an_order(bound: Site) -> None:
    assert "/record/orders/new/" not in bound.browser("fay").get("/record/orders/").content.decode()
    assert "/record/orders/new/" in bound.browser("ada").get("/record/orders/").content.decode()
    assert "/record/orders/" in bound.browser("fay").get("/record/").content.decode()


def test_two_entries_are_proposed_on_a_members_page_and_the_member_objects_on_theirs(bound: Site) -> None:
    ada, emil = bound.browser("ada"), bound.browser("emil")
    first, other = bound.ids["dora"], bound.ids["emil"]
    assert f"/members/{first}/same/" in ada.get(f"/members/{first}/").content.decode()
    assert f"/members/{first}/same/" not in emil.get(f"/members/{first}/").content.decode()
    page = ada.get(f"/members/{first}/same/")
    sent = ada.post(f"/members/{first}/same/", filled(page, other=other, evidence="One hand.", certainty="probable"))
    assert sent.status_code == 302, sent.content.decode()
    joining = next(iter(bound.state.joinings))
    assert "/object/" in emil.get("/members/joinings/").content.decode()
    page = emil.get(f"/members/joinings/{joining}/object/")
    sent = emil.post(f"/members/joinings/{joining}/object/", filled(page, text="We are two."))
    assert sent.status_code == 302, sent.content.decode()
    page = ada.get(f"/members/joinings/{joining}/settle/")
    answer = ada.post(f"/members/joinings/{joining}/settle/", filled(page))
    assert answer.status_code == 422
    assert "decides on an objection" in answer.content.decode()
    page = ada.get(f"/members/joinings/{joining}/settle/")
    assert ada.post(f"/members/joinings/{joining}/settle/", filled(page, drops="on")).status_code == 302
    assert bound.state.joinings[joining].standing == "dropped"


def test_once_joined_the_member_page_says_with_whom(bound: Site) -> None:
    ada = bound.browser("ada")
    first, other = bound.ids["dora"], bound.ids["emil"]
    page = ada.get(f"/members/{other}/same/")
    ada.post(f"/members/{other}/same/", filled(page, other=first, evidence="One hand.", certainty="certain"))
    joining = next(iter(bound.state.joinings))
    assert bound.state.joinings[joining].kept == first
    bound.clock.move(days=11)
    page = ada.get(f"/members/joinings/{joining}/settle/")
    assert ada.post(f"/members/joinings/{joining}/settle/", filled(page)).status_code == 302
    assert "one person with" in ada.get(f"/members/{other}/").content.decode()


def test_without_the_blocks_there_are_no_such_pages(tmp_path: Path) -> None:
    site = Site(tmp_path / "plain")
    ada = site.browser("ada")
    for address in ("/record/orders/", "/record/orders/new/", "/members/joinings/"):
        assert ada.get(address).status_code == 404, address
    site.close()
    empty_tables()


def test_a_unit_is_split_on_its_page_and_names_its_successors(tmp_path: Path) -> None:
    book = BRANCHES.replace("split by: congress", "split by: general-secretary")
    book = book.replace("merged by: congress", "merged by: general-secretary")
    site = Site(tmp_path / "federation", book, members=())
    site.must({"act": "unit.found", "by": "ada", "unit": "north", "kind": "branch"})
    for name in ("ben", "cleo"):
        site.admit(name, unit="north")
    assert "/units/north/split/" not in site.browser("ben").get("/units/north/").content.decode()
    ada = site.browser("ada")
    assert "/units/north/merge/" in ada.get("/units/north/").content.decode()
    page = ada.get("/units/north/split/")
    wrong = ada.post("/units/north/split/", filled(page, into="hill: Nobody Here", goes_on_in="hill"))
    assert "nobody of that name is in the unit" in wrong.content.decode()
    sent = ada.post("/units/north/split/", filled(page, into="hill: Ben Example\nriver", goes_on_in="hill"))
    assert sent.status_code == 302, sent.content.decode()
    assert site.state.persons[site.ids["ben"]].unit == "hill"
    shown = ada.get("/units/north/").content.decode()
    assert "Came into" in shown
    assert "To be assigned" in shown
    page = ada.get("/units/hill/merge/")
    sent = ada.post("/units/hill/merge/", filled(page, units=["hill", "river"], into="valley"))
    assert sent.status_code == 302, sent.content.decode()
    assert site.state.persons[site.ids["ben"]].unit == "valley"
    site.close()
    empty_tables()
