"""Pages of publication: what lies sealed shows its day and never its words; a silence shows; doors are closed openly."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from isonomy.chamber.exporting import Export
from tests.web.site import MODEL, Site, empty_tables, filled
from tests.web.test_minutes_pages import called, carried, moved, opened

CLAUSES = """
## 7. Publication
The secretary publishes the minutes of the members' meeting to the members within 14 days; the chair may when they are not. The members' meeting may seal its
papers for 1 year at most; the secretary keeps what is sealed, the chair may open it too. Papers are laid 3 days before the meeting. The members'
meeting may close its session.

```rule publication all-of-it
of: minutes of members-meeting; papers of members-meeting; closed sessions of members-meeting
by: secretary
within: 14 days
or else by: chair
sealed by: members-meeting
sealed at most: 1 year
kept by: secretary
opened by: chair
laid: 3 days before the meeting
closed by: members-meeting
```
"""
SECRET = "The roof was never insured."


@pytest.fixture
def club(tmp_path: Path) -> Iterator[Site]:
    """A club that may seal and close, with `ada` in every seat."""
    found = Site(tmp_path / "club", MODEL + CLAUSES)
    try:
        yield found
    finally:
        found.close()
        empty_tables()


def page(site: Site, name: str, path: str = "/publication/") -> str:
    answer = site.browser(name).get(path)
    assert answer.status_code == 200, answer.content.decode()
    return str(answer.content.decode())


def sent(site: Site, name: str, path: str, **fields: Any) -> Any:
    browser = site.browser(name)
    return browser.post(path, filled(browser.get(path)) | fields)


def sealed(site: Site) -> str:
    """A paper that the meeting sealed until 10 March, by the form; its id."""
    meeting = called(site, "sealing")
    opened(site, meeting)
    decision = carried(site, meeting, moved(site, "It lies sealed until 2027-03-10.", "sealing"), "sealing")
    words = {"decision": decision, "what": "papers", "title": "The roof", "text": SECRET}
    late = sent(site, "ada", "/publication/seal/", **words, opens_on="2029-03-10")
    assert late.status_code == 422
    assert "nothing is sealed for longer than 1 year" in late.content.decode()
    answer = sent(site, "ada", "/publication/seal/", **words, opens_on="2027-03-10")
    assert answer.status_code == 302, answer.content.decode()
    (found,) = site.state.publications.sealed
    return str(found)


def test_what_the_rulebook_does_not_have_has_no_page(tmp_path: Path) -> None:
    site = Site(tmp_path / "plain")
    try:
        for path in ("/publication/", "/publication/seal/", "/publication/mt-1/publish/"):
            assert site.browser("ben").get(path).status_code == 404, path
        assert 'href="/publication/"' not in page(site, "ben", "/")
    finally:
        site.close()
        empty_tables()


def test_what_lies_sealed_shows_its_day_and_its_words_to_nobody(club: Site) -> None:
    text = sealed(club)
    for name in ("ben", "ada"):
        shown = page(club, name)
        assert "Wednesday 10 March 2027" in shown
        assert SECRET not in shown
    for number in range(club.state.n):
        assert SECRET not in str(club.organisation.entry(number))
    early = sent(club, "ada", f"/publication/{text}/open/")
    assert early.status_code == 422
    assert "the text lies sealed" in early.content.decode()


def test_a_silence_shows_and_the_words_stand_there_once_somebody_opened_them(club: Site) -> None:
    text = sealed(club)
    club.clock.set("2027-03-15T09:00:00Z")
    assert "and was not opened" in page(club, "ben")
    answer = sent(club, "ada", f"/publication/{text}/open/")
    assert answer.status_code == 302, answer.context["fault"]
    shown = page(club, "ben")
    assert SECRET in shown
    assert "opened late" in shown


def test_an_export_holds_the_words_from_their_day_on_and_for_nobody_before_it(club: Site) -> None:
    sealed(club)

    def holds(audience: str) -> bool:
        club.organisation.head()
        return any(SECRET.encode() in data for _path, data in Export(club.organisation.stores, audience).files())

    assert not holds("body")
    club.clock.set("2027-03-15T09:00:00Z")
    club.must({"act": "motion.move", "by": "ben", "body": "members-meeting", "matter": "policy", "text": "A kettle."})
    assert holds("members")
    assert not holds("public")


def test_a_closed_session_shows_with_its_votes_and_what_was_decided_in_it(club: Site) -> None:
    meeting = called(club, "policy")
    opened(club, meeting)
    doors = carried(club, meeting, moved(club, "Behind closed doors.", "closed-session"), "closed-session")
    answer = sent(
        club,
        "ada",
        "/publication/session/",
        meeting=meeting,
        decision=doors,
        matters=["policy"],
        guests="The architect",
    )
    assert answer.status_code == 302, answer.content.decode()
    decision = carried(club, meeting, moved(club))
    (session,) = club.state.publications.sessions
    assert sent(club, "ada", f"/publication/{session}/reopen/").status_code == 302
    shown = page(club, "ben")
    assert "5 for, 1 against" in shown, shown[shown.index("Closed for") :][:300]
    assert "The architect" in shown
    assert f'href="/decisions/{decision}/"' in shown.split("Decided in it")[1]
    minutes = page(club, "ben", f"/minutes/{meeting}/")
    assert "closed its session" in minutes


def test_minutes_to_be_published_are_offered_with_their_day(club: Site) -> None:
    meeting = called(club, "policy")
    opened(club, meeting)
    club.must({"act": "meeting.close", "by": "ada", "meeting": meeting})
    assert "To be published" in page(club, "ada")
    assert sent(club, "ada", f"/publication/{meeting}/publish/").status_code == 302
    assert "To be published" not in page(club, "ada")


def test_a_paper_is_laid_and_read_and_a_late_one_says_so(club: Site) -> None:
    meeting = called(club, "policy")
    for title, day in (("Early", "2027-02-05"), ("Late", "2027-02-19")):
        club.clock.set(f"{day}T09:00:00Z")
        answer = sent(club, "ben", "/publication/paper/", meeting=meeting, matter="policy", title=title, text="Words.")
        assert answer.status_code == 302, answer.content.decode()
    shown = page(club, "cleo")
    assert "too late" in shown.split("Late")[1].split("Early")[0]
    assert "too late" not in shown.split("Early")[1].split("</article>")[0]
