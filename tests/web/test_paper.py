"""Ballots on paper, on the pages: tellers, credentials, two entries apart, differences, and one count with the others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from isonomy.web.polls.models import Draft, GivenPaper, Teller
from isonomy.web.polls.typed import read_line, written
from tests.web.site import Site, empty_tables, filled
from tests.web.test_polls import OPTIONS, book, cast, opened


@pytest.fixture
def club(tmp_path: Path) -> Iterator[Site]:
    """A club that asks its members' opinion by instant runoff."""
    found = Site(tmp_path / "club", book(counting="irv").replace("smallest box: 10", "smallest box: 2"))
    try:
        yield found
    finally:
        found.close()
        empty_tables()


def named(site: Site, poll: str, first: str = "Emil Example", second: str = "Fay Example") -> Any:
    return site.browser("ada").post(f"/polls/{poll}/paper/", {"first": first, "second": second})


def given(site: Site, poll: str, *names: str) -> None:
    for name in names:
        site.browser("emil").post(f"/polls/{poll}/paper/credentials/", {"person": site.ids[name], "step": "give"})


def typed(site: Site, poll: str, teller: str, *lines: str) -> None:
    browser, at = site.browser(teller), f"/polls/{poll}/paper/enter/"
    for line in lines:
        page = browser.get(at)
        answer = browser.post(at, {"number": page.context["number"], "line": line})
        assert answer.status_code == 302, answer.content.decode()
    browser.post(at, {"step": "finish"})


def close(site: Site, poll: str) -> Any:
    browser, at = site.browser("ada"), f"/polls/{poll}/close/"
    return browser.post(at, filled(browser.get(at)))


def test_papers_read_alike_by_two_tellers_are_counted_with_the_ballots_cast_here(club: Site) -> None:
    poll = opened(club, options=OPTIONS)
    cast(club, "ada", poll, o1="1")
    assert named(club, poll).status_code == 302
    given(club, poll, "ben", "cleo", "dora")
    typed(club, poll, "emil", "- 1 2", "- 1 -")
    typed(club, poll, "fay", "- 1 2", "- 1 -")
    answer = close(club, poll)
    assert answer.status_code == 302, answer.content.decode()
    found = club.state.polls[poll]
    assert (found.box_size, found.marked, found.on_paper) == (3, 4, 2)
    assert set(found.tellers) == {club.ids["emil"], club.ids["fay"]}
    assert not Draft.objects.exists()
    assert not GivenPaper.objects.exists()
    assert not Teller.objects.exists()
    browser = club.browser("ada")
    browser.post(f"/polls/{poll}/declare/", filled(browser.get(f"/polls/{poll}/declare/")))
    assert club.state.polls[poll].outcome["winners"] == [2]
    assert "2 of the ballots came on paper" in club.browser("ben").get(f"/polls/{poll}/").content.decode()


def test_a_close_that_brings_papers_says_why_no_passkey_signs_it(club: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("isonomy.web.passkeys.signing_keys", lambda viewer: ["a key"])
    poll = opened(club, options=OPTIONS)
    at = f"/polls/{poll}/close/"
    assert "data-sign" in club.browser("ada").get(at).content.decode()
    named(club, poll)
    given(club, poll, "ben")
    typed(club, poll, "emil", "- 1 2")
    typed(club, poll, "fay", "- 1 2")
    shown = club.browser("ada").get(at).content.decode()
    assert "data-sign" not in shown
    assert "A close that brings papers is not signed with a passkey" in shown


def test_a_close_pressed_twice_is_one_close(club: Site) -> None:
    poll = opened(club, options=OPTIONS)
    named(club, poll)
    given(club, poll, "ben")
    typed(club, poll, "emil", "1 - -")
    typed(club, poll, "fay", "1 - -")
    browser, at = club.browser("ada"), f"/polls/{poll}/close/"
    sent = filled(browser.get(at))
    assert [browser.post(at, sent).status_code for _press in range(2)] == [302, 302]
    assert club.state.polls[poll].box_size == 1


def test_papers_that_read_differently_stand_side_by_side_and_keep_the_poll_open(club: Site) -> None:
    poll = opened(club, options=OPTIONS)
    named(club, poll)
    given(club, poll, "ben", "cleo")
    typed(club, poll, "emil", "1 2 -", "- 1 -")
    typed(club, poll, "fay", "2 1 -", "- 1 -")
    page = club.browser("fay").get(f"/polls/{poll}/paper/compare/").content.decode()
    assert "Mend paper 1" in page
    assert "Mend paper 2" not in page
    assert close(club, poll).status_code == 422
    answer = club.browser("fay").post(f"/polls/{poll}/paper/enter/", {"number": "1", "line": "1 2 -"})
    assert answer.headers["Location"].endswith("/compare/")
    assert "read all 2 papers alike" in club.browser("fay").get(f"/polls/{poll}/paper/compare/").content.decode()
    assert close(club, poll).status_code == 302


def test_neither_teller_sees_what_the_other_entered_before_both_have_finished(club: Site) -> None:
    poll = opened(club, options=OPTIONS)
    named(club, poll)
    given(club, poll, "ben")
    typed(club, poll, "emil", "3 1 2")
    for path in ("", "enter/", "compare/"):
        assert "3 1 2" not in club.browser("fay").get(f"/polls/{poll}/paper/{path}").content.decode()


def test_who_was_given_a_paper_does_not_vote_here_and_who_voted_here_gets_no_paper(club: Site) -> None:
    poll = opened(club, options=OPTIONS)
    named(club, poll)
    given(club, poll, "ben")
    assert "You were given a paper" in club.browser("ben").get(f"/polls/{poll}/vote/").content.decode()
    cast(club, "cleo", poll, o1="1")
    given(club, poll, "cleo")
    assert not GivenPaper.objects.filter(person=club.ids["cleo"]).exists()
    club.browser("emil").post(f"/polls/{poll}/paper/credentials/", {"person": club.ids["ben"], "step": "take back"})
    assert cast(club, "ben", poll, o2="1").status_code == 200


def test_a_paper_and_a_ballot_of_one_person_keep_the_poll_open(club: Site) -> None:
    poll = opened(club, options=OPTIONS)
    named(club, poll)
    given(club, poll, "ben")
    cast(club, "dora", poll, o1="1")
    GivenPaper.objects.create(poll=poll, person=club.ids["dora"])
    typed(club, poll, "emil", "1 - -")
    typed(club, poll, "fay", "1 - -")
    answer = close(club, poll)
    assert answer.status_code == 422
    assert "one member, one ballot" in answer.content.decode()
    assert club.state.polls[poll].standing == "open"


def test_more_papers_than_were_given_out_are_not_agreed_on(club: Site) -> None:
    poll = opened(club, options=OPTIONS)
    named(club, poll)
    typed(club, poll, "emil", "1 - -")
    typed(club, poll, "fay", "1 - -")
    assert (
        "Count papers and credentials list again"
        in club.browser("ada").get(f"/polls/{poll}/paper/compare/").content.decode()
    )
    assert close(club, poll).status_code == 422


def test_tellers_are_two_members_named_by_who_presides(club: Site) -> None:
    poll = opened(club, options=OPTIONS)
    assert "Two different members" in named(club, poll, second="Emil Example").content.decode()
    assert "No member is called" in named(club, poll, second="Nobody Known").content.decode()
    assert (
        club.browser("ben")
        .post(f"/polls/{poll}/paper/", {"first": "Emil Example", "second": "Fay Example"})
        .status_code
        == 400
    )
    assert not Teller.objects.exists()
    for path in ("paper/", "paper/enter/", "paper/credentials/", "paper/compare/"):
        assert club.browser("ben").get(f"/polls/{poll}/{path}").status_code == 400
        assert club.browser().get(f"/polls/{poll}/{path}").status_code == 302


def test_papers_given_up_leave_nothing_behind(club: Site) -> None:
    poll = opened(club, options=OPTIONS)
    named(club, poll)
    given(club, poll, "ben")
    assert close(club, poll).status_code == 422
    club.browser("ada").post(f"/polls/{poll}/paper/", {"step": "give up"})
    assert close(club, poll).status_code == 302


def test_the_printed_paper_has_the_options_in_order_and_as_many_copies_as_asked(club: Site) -> None:
    poll = opened(club, options=OPTIONS)
    page = club.browser("ben").get(f"/polls/{poll}/paper/print/?copies=3").content.decode()
    assert page.count('class="ballot-paper"') == 3
    lines = page.partition('<ol class="lines">')[2]
    assert lines.index("tea") < lines.index("coffee") < lines.index("water")


LINES = [
    ("yes-no", "+", "for"),
    ("yes-no", "x", "abstain"),
    ("yes-no", ".", "abstain"),
    ("plurality", "2", [[2]]),
    ("approval", "3, 1", [[1, 3]]),
    ("score", "5 - 0", {"scores": [5, None, 0]}),
    ("irv", "2 1 -", [[2], [1]]),
    ("irv", ".", []),
    ("schulze-wv", "1 1 2", [[1, 2], [3]]),
]


@pytest.mark.parametrize(("rule", "line", "ballot"), LINES)
def test_a_line_makes_the_ballot_and_is_written_back(tmp_path: Path, rule: str, line: str, ballot: object) -> None:
    site = Site(tmp_path / "club", book(counting=rule), members=())
    try:
        more = {} if rule == "yes-no" else {"options": OPTIONS}
        id = opened(site, **more)
        poll = site.state.polls[id]
        names = [option.name for option in poll.options]
        found, wrong = read_line(line, poll, names, site.state)
        assert (found, wrong) == (ballot, "")
        assert read_line(written(found, poll), poll, names, site.state)[0] == ballot
        assert read_line("", poll, names, site.state)[1]
        assert read_line("9 9 9 9", poll, names, site.state)[1]
    finally:
        site.close()
        empty_tables()
