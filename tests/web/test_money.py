"""Money in the browser: each figure leads to what it is counted from, and whoever must sign finds it on Today."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.site import MODEL, Site, empty_tables, filled
from tests.web.test_minutes_pages import called, carried, moved, opened

MONEY = """
## 90. Money
The members' meeting decides the budget. The chair may spend up to 500 a payment. Above 100 two of these offices sign: chair, secretary. What is not signed
within 14 days lapses. What the chair decides alone on spending counts against a head.

```rule finance money
budget by: members-meeting
spending by: chair up to 500
two signatures: above 100 by chair or secretary
signed within: 14 days
counts: spending
```
"""


@pytest.fixture
def treasury(tmp_path: Path) -> Iterator[Site]:
    """A club whose rulebook has a budget."""
    site = Site(tmp_path / "club", MODEL + MONEY)
    yield site
    site.close()
    empty_tables()


def test_without_a_budget_the_page_says_so(treasury: Site) -> None:
    ada = treasury.browser("ada")
    assert "nothing is spent" in ada.get("/money/").content.decode()
    assert 'href="/money/"' in ada.get("/").content.decode()


def budgeted(site: Site) -> None:
    """The members' meeting decides 1,200 for the hall."""
    meeting = called(site, "yearly-budget")
    motion = moved(site, "The budget.", "yearly-budget")
    heads = [{"head": "hall", "amount": 1200}]
    site.must({"act": "motion.terms", "by": "ben", "motion": motion, "budget": {"year": 2027, "heads": heads}})
    opened(site, meeting)
    carried(site, meeting, motion, "yearly-budget")


def proposed(site: Site, amount: int) -> str:
    """A payment proposed by the chair in the browser; its id."""
    ada = site.browser("ada")
    page = ada.get("/money/propose/")
    sent = ada.post("/money/propose/", filled(page, head="hall", amount=str(amount), to="The hall", why="Rent"))
    assert sent.status_code == 302, sent.content.decode()
    return list(site.state.money.payments)[-1]


def test_each_head_is_shown_with_its_figures_a_bar_and_the_payments_behind_them(treasury: Site) -> None:
    budgeted(treasury)
    paid = proposed(treasury, 100)
    shown = treasury.browser("cleo").get("/money/").content.decode()
    assert "<td>1,200</td><td>100</td><td>0</td><td>1,100</td>" in shown
    assert 'max="1200" value="100"' in shown
    assert f'href="/money/{paid}/"' in shown


def test_who_must_sign_finds_it_on_today_and_nobody_signs_twice(treasury: Site) -> None:
    budgeted(treasury)
    payment = proposed(treasury, 150)
    ada = treasury.browser("ada")
    today = ada.get("/").content.decode()
    assert "Sign or refuse the payment of 150" in today
    assert f'href="/money/{payment}/"' in today
    sign = f"/money/{payment}/sign/"
    page = ada.get(sign)
    assert ada.post(sign, filled(page)).status_code == 302
    assert "1 of 2 signatures" in ada.get(f"/money/{payment}/").content.decode()
    again = ada.post(sign, filled(ada.get(sign)))
    assert again.status_code == 422
    assert "two different persons" in again.content.decode()
    refuse = f"/money/{payment}/refuse/"
    assert ada.post(refuse, filled(ada.get(refuse), reason="Too much.")).status_code == 302
    assert "Too much." in ada.get(f"/money/{payment}/").content.decode()


def test_more_than_a_head_has_left_is_refused_with_figures(treasury: Site) -> None:
    budgeted(treasury)
    for _ in range(9):
        proposed(treasury, 100)
    ada = treasury.browser("ada")
    sent = ada.post("/money/propose/", filled(ada.get("/money/propose/"), head="hall", amount="400", to="A", why="B"))
    assert sent.status_code == 422
    assert "900 are spent; this of 400 would make 1,300" in sent.content.decode().replace("&#x27;", "'")


def test_where_the_rulebook_has_no_budget_there_is_no_page(site: Site) -> None:
    ada = site.browser("ada")
    assert ada.get("/money/").status_code == 404
    assert 'href="/money/"' not in ada.get("/").content.decode()


def test_a_decision_alone_names_its_head_in_the_form_and_counts_against_it(treasury: Site) -> None:
    assert 'name="head"' not in treasury.browser("ada").get("/decisions/take/").content.decode()
    budgeted(treasury)
    ada = treasury.browser("ada")
    page = ada.get("/decisions/take/")
    told = {"what": "chair spending", "text": "New oars.", "amount": "150", "head": "hall", "checked": "yes"}
    assert ada.post("/decisions/take/", filled(page, **told)).status_code == 302
    assert treasury.state.money.spent(2027, "hall") == 150
    assert "<td>1,050</td>" in ada.get("/money/").content.decode()


TREASURER = """
## 91. Treasurer
The chair appoints a treasurer for 1 year.

```rule office treasurer
filled by: appointment by chair
term: 1 year
```
"""


@pytest.fixture
def signed_by_ben(tmp_path: Path) -> Iterator[Site]:
    """A club whose payments the treasurer signs too, who is ben from the founding on."""
    book = MODEL + MONEY.replace("by chair or secretary", "by chair or secretary or treasurer") + TREASURER
    site = Site(tmp_path / "signed", book, seats=("chair", "secretary", "committee"))
    site.must({"act": "mandate.begin", "by": "ada", "as": "chair", "person": site.ids["ben"], "seat": "treasurer"})
    yield site
    site.close()
    empty_tables()


def test_the_member_to_whom_a_payment_goes_is_named_and_does_not_sign_it(signed_by_ben: Site) -> None:
    treasury = signed_by_ben
    budgeted(treasury)
    ada, ben = treasury.browser("ada"), treasury.browser("ben")
    page = ada.get("/money/propose/")
    told = {"head": "hall", "amount": "150", "payee": treasury.ids["ben"], "why": "Painting"}
    assert ada.post("/money/propose/", filled(page, **told)).status_code == 302
    payment = list(treasury.state.money.payments.values())[-1]
    assert (payment.payee, payment.to) == (treasury.ids["ben"], "a member")
    assert "it goes to" in ben.get(f"/money/{payment.id}/").content.decode()
    sign = f"/money/{payment.id}/sign/"
    sent = ben.post(sign, filled(ben.get(sign)))
    assert sent.status_code == 422
    assert "nobody signs a payment to themselves" in sent.content.decode()
    assert ada.post(sign, filled(ada.get(sign))).status_code == 302


def test_a_payment_to_oneself_is_refused_and_a_member_is_not_hidden_in_words(treasury: Site) -> None:
    budgeted(treasury)
    ada = treasury.browser("ada")

    def said(**fields: str) -> str:
        page = ada.get("/money/propose/")
        sent = ada.post("/money/propose/", filled(page, head="hall", amount="50", why="Paint", **fields))
        assert sent.status_code == 422
        return str(sent.content.decode())

    assert "nobody proposes a payment to themselves" in said(payee=treasury.ids["ada"])
    assert "choose a member, or name somebody outside" in said()
    assert "choose the member in the field above" in said(to="ben  example")
    assert not treasury.state.money.payments
