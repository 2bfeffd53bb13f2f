"""`minutes`: written from the acts, in every form, and the digest that an approval names."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from isonomy.adapters.key_files import read_key
from tests.cli.conftest import Isonomy, write_acts
from tests.cli.test_act import ELECTION, meeting_now


@pytest.fixture
def held(isonomy: Isonomy, branch: Path) -> str:
    """The association after a meeting with an election; the id of the meeting."""
    person = read_key(branch / "founder.key").person
    ending = [{"act": "poll.close", "poll": "po-7"}, {"act": "poll.declare", "poll": "po-7"}]
    acts = [*meeting_now(person, "election-of-committee"), *ELECTION, *ending]
    assert isonomy("act", "branch", write_acts(branch.parent / "acts.jsonl", *acts)).status == 0
    (meeting,) = isonomy("minutes", "branch", "--json").json
    return str(meeting["id"])


def test_minutes_tell_the_election_with_its_figures(isonomy: Isonomy, held: str) -> None:
    told = isonomy("minutes", "branch", held).out
    assert "### 1. The election of the committee" in told
    assert "by secret ballot" in told
    assert "**Elected:" in told
    assert "**The meeting is not over**" in told


def test_the_digest_is_that_of_the_lines_that_acts_prints(isonomy: Isonomy, held: str) -> None:
    lines = isonomy("minutes", "branch", held, "--acts").out
    told = isonomy("minutes", "branch", held, "--json").json
    assert told["acts_sha256"] == sha256(lines.encode()).hexdigest()
    assert told["approval"] == "in progress"


def test_html_and_pdf_are_whole_files(isonomy: Isonomy, held: str) -> None:
    assert isonomy("minutes", "branch", held, "--format", "html").out.startswith("<!DOCTYPE html>\n")


def test_without_a_meeting_the_meetings_are_listed(isonomy: Isonomy, held: str) -> None:
    assert held in isonomy("minutes", "branch").out


@pytest.mark.parametrize("words", [["mt-99"], ["mt-1", "--format", "word"]])
def test_what_is_not_there_is_bad_input(isonomy: Isonomy, branch: Path, words: list[str]) -> None:
    ran = isonomy("minutes", "branch", *words)
    assert ran.status == 1
    assert len(ran.err.splitlines()) == 2


def test_where_no_pdf_can_be_made_that_is_said_with_the_cure(
    isonomy: Isonomy, held: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "weasyprint", None)
    ran = isonomy("minutes", "branch", held, "--format", "pdf")
    assert ran.status == 1
    assert "isonomy[pdf]" in ran.err
