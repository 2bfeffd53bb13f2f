"""The page docs/spec/chamber.md says what the code does: its limits and the keys of a refusal."""

from __future__ import annotations

import json
import re

import pytest

from isonomy.chamber import appender, stamping, submit
from isonomy.record.bundle import ENTRY_SIZE_MAX
from tests.chamber.house import House
from tests.repo.house import CHECKOUT

PAGE = (CHECKOUT / "docs" / "spec" / "chamber.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("says", "number"),
    [
        (r"at most ([\d,]+) bytes as sent", submit.ACT_SIZE_MAX),
        (r"An entry has at most ([\d,]+) bytes", ENTRY_SIZE_MAX),
        (r"at most ([\d,]+) and at most 4 MB", appender.GROUP_ACTS_MAX),
        (r"at most 1,000 and at most (\d+) MB", appender.GROUP_BYTES_MAX // 1_000_000),
        (r"more than (\d+) minutes behind", stamping.BEHIND_SECONDS_MAX // 60),
        (r"more than (\d+) days ahead", stamping.AHEAD_SECONDS_MAX // 86_400),
    ],
)
def test_the_limits_are_those_of_the_code(says: str, number: int) -> None:
    found = re.search(says, PAGE)
    assert found, says
    assert int(found[1].replace(",", "")) == number


def test_the_refusal_on_the_page_has_the_keys_of_a_refusal() -> None:
    shown = re.search(r'\{"act":"5f0d.*?"verdict":"refused"\}', PAGE, re.DOTALL)
    assert shown
    keys = json.loads(re.sub(r"\{\.\.\.\}", "{}", re.sub(r"\n\s*", "", shown[0])))
    refusal = House(None).found().refused("member.admit", by="ben", person="p-fay000")
    assert set(keys) == set(refusal) - {"signature"}
    assert set(keys["grounds"][0]) == set(refusal["grounds"][0])
