"""`isonomy state` shows each head of a budget with what is left of it, and the payments that wait."""

from __future__ import annotations

import pytest

from isonomy.cli.overview_of_money import budgets, payments_waiting
from isonomy.cli.state import _show_budgets
from tests.engine.test_money import pay, treasury


def test_a_head_is_shown_with_what_is_decided_spent_proposed_and_left(capsys: pytest.CaptureFixture[str]) -> None:
    org = treasury()
    paid = pay(org, 100)
    waiting = pay(org, 400)
    found = budgets(org.state, org.today)
    hall = {
        "head": "hall",
        "decided": 1200,
        "spent": 100,
        "proposed": 400,
        "left": 700,
        "payments": [paid],
        "decisions": [],
    }
    assert found[0]["heads"][0] == hall
    assert payments_waiting(org.state, org.today)[0]["id"] == waiting
    _show_budgets(found)
    shown = capsys.readouterr().out
    assert "Budget of 2027" in shown
    assert "1,200" in shown
    assert "700" in shown
