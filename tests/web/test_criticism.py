"""Pages of criticism and commissions: written calmly, answered by who owes it, silence and escalation plainly shown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from isonomy.record.base64_text import to_base64
from isonomy.record.commitment import seal
from tests.web.site import MODEL, Site, empty_tables, filled
from tests.web.test_minutes_pages import called, opened

CLAUSES = """
## 7. Questions
Any member puts a question of at most 400 characters to the members' meeting or to the chair, and members may join. An answer is
owed within 14 days. A body answers by its decision. After that the members' meeting has 30 days. One may reply within 7 days. The silence is
published to the members after 10 days. For 1 year what is done against who asked is marked.

```rule criticism questions
to: chair or members-meeting
joined by: members
length: 400
answer within: 14 days
escalates to: members-meeting, within 30 days
rejoinder within: 7 days
silence published: to members after 10 days
protected for: 1 year
called: question
```

## 8. Commissions
The members' meeting sets up commissions. They may invite the views of all members, for at least 7 days, and answer them within 14 days. They
report within 6 months.

```rule commission inquiries
set up by: members-meeting
may: invite views
report within: 6 months
views of: members
views open for: 7 days
views answered within: 14 days
```
"""
WORDS = "Why is the shed locked?"


@pytest.fixture
def club(tmp_path: Path) -> Iterator[Site]:
    """A club that has a clause on questions, and one on commissions."""
    found = Site(tmp_path / "club", MODEL + CLAUSES)
    try:
        yield found
    finally:
        found.close()
        empty_tables()


def asked(site: Site, by: str = "ben", to: str = "chair") -> str:
    """A question put beside the pages; its id."""
    return f"ct-{site.must({'act': 'criticism.make', 'by': by, 'to': to, 'text': WORDS})['n']}"


def page(site: Site, name: str, path: str) -> str:
    answer = site.browser(name).get(path)
    assert answer.status_code == 200, answer.content.decode()
    return str(answer.content.decode())


def sent(site: Site, name: str, path: str, **fields: Any) -> Any:
    """The answer to a form that was filled in as a member."""
    browser = site.browser(name)
    return browser.post(path, filled(browser.get(path)) | fields)


def test_what_the_rulebook_does_not_have_has_no_page(tmp_path: Path) -> None:
    site = Site(tmp_path / "plain")
    try:
        for path in ("/criticism/", "/criticism/write/", "/commissions/", "/commissions/new/"):
            assert site.browser("ben").get(path).status_code == 404, path
        assert 'href="/criticism/"' not in page(site, "ben", "/")
    finally:
        site.close()
        empty_tables()


def test_the_menu_and_the_list_bear_the_name_that_the_rulebook_gives_it(club: Site) -> None:
    assert '<a href="/criticism/"' in page(club, "ben", "/")
    assert "<h1>Question</h1>" in page(club, "ben", "/criticism/")


def test_the_form_says_who_will_see_it_and_when_the_answer_is_owed_before_anything_is_handed_in(club: Site) -> None:
    shown = page(club, "ben", "/criticism/write/")
    assert "with your name" in shown
    assert "18 January 2027" in shown
    assert "4 January 2028" in shown
    answer = sent(club, "ben", "/criticism/write/", to="chair", text=WORDS.replace(" ", "\r\n"))
    assert answer.status_code == 302, answer.content.decode()
    (found,) = club.state.criticisms.values()
    assert found.text == WORDS.replace(" ", "\n")


def test_a_refusal_leaves_the_words_and_says_the_clause(club: Site) -> None:
    answer = sent(club, "ben", "/criticism/write/", to="chair", text="x" * 401)
    body = answer.content.decode()
    assert answer.status_code == 422
    assert "at most 400 characters" in body
    assert "x" * 401 in body


def test_who_owes_the_answer_finds_it_on_their_first_page_and_answers_where_it_stands(club: Site) -> None:
    id = asked(club)
    assert f"/criticism/{id}/" in page(club, "ada", "/")
    assert f"/criticism/{id}/answer/" in page(club, "ada", f"/criticism/{id}/")
    assert f"/criticism/{id}/answer/" not in page(club, "cleo", f"/criticism/{id}/")
    assert sent(club, "ada", f"/criticism/{id}/answer/", text="It is not.").status_code == 302
    shown = page(club, "ben", f"/criticism/{id}/")
    assert shown.index(WORDS) < shown.index("It is not.")
    assert sent(club, "ben", f"/criticism/{id}/reply/", text="It was on Sunday.").status_code == 302
    assert "It was on Sunday." in page(club, "cleo", f"/criticism/{id}/")


def test_escalation_and_silence_are_said_in_words(club: Site) -> None:
    id = asked(club)
    club.clock.set("2027-01-19T09:00:00Z")
    shown = page(club, "cleo", f"/criticism/{id}/")
    assert "did not answer" in shown
    assert "escalated" in shown
    assert "Move an answer of the body" in shown
    club.clock.set("2027-02-27T09:00:00Z")
    assert "This silence is published since" in page(club, "cleo", f"/criticism/{id}/")
    assert "silence published" in page(club, "cleo", "/criticism/")


def test_joining_and_withdrawing_are_each_ones_own(club: Site) -> None:
    id = asked(club)
    assert sent(club, "cleo", f"/criticism/{id}/join/").status_code == 302
    assert f"/criticism/{id}/withdraw/" not in page(club, "dora", f"/criticism/{id}/")
    assert sent(club, "ada", f"/criticism/{id}/withdraw/").status_code == 422
    assert sent(club, "ben", f"/criticism/{id}/withdraw/", why="Found the key.").status_code == 302
    assert list(club.state.criticisms[id].critics) == [club.ids["cleo"]]


def test_what_is_not_there_is_not_found(club: Site) -> None:
    asked(club)
    for path in ("criticism/ct-999/", "criticism/ct-999/answer/", "commissions/co-999/", "views/vi-999/answer/"):
        assert club.browser("ben").get(f"/{path}").status_code == 404, path


def test_a_commission_is_set_up_on_what_was_decided_and_hears_and_answers_everybody(club: Site) -> None:
    meeting = called(club, "commission")
    opened(club, meeting)
    text = f"On the shed: {club.ids['cleo']} and {club.ids['dora']}."
    move = {"act": "motion.move", "by": "ben", "body": "members-meeting", "matter": "commission", "text": text}
    motion = f"mo-{club.must(move)['n']}"
    put = {
        "act": "poll.open", "by": "ada", "body": "members-meeting", "question": "Shall it?", "matter": "commission",
        "motion": motion, "meeting": meeting, "secrecy": "by show of hands",
    }  # fmt: skip
    poll = f"po-{club.must(put)['n']}"
    declared = {"act": "poll.declare", "by": "ada", "poll": poll, "rule": "yes-no"}
    decision = f"de-{club.must({**declared, 'tallies': {'for': 6, 'against': 0, 'abstain': 0}})['n']}"
    assert "Cleo Example" in page(club, "ada", "/commissions/new/")
    members = [club.ids["cleo"], club.ids["dora"]]
    begun = sent(
        club, "ada", "/commissions/new/", decision=decision, title="The shed", members=members, may=["invite views"]
    )
    assert begun.status_code == 302, begun.content.decode()
    (commission,) = club.state.commissions
    here = f"/commissions/{commission}/"
    assert f"{here}invite/" in page(club, "cleo", here)
    early = sent(club, "cleo", f"{here}invite/", closes_on="2027-02-22", question="Open or locked?")
    assert early.status_code == 422
    assert sent(club, "cleo", f"{here}invite/", closes_on="2027-03-01", question="Open or locked?").status_code == 302
    assert "Give your view" in page(club, "emil", "/")
    assert sent(club, "emil", f"{here}view/", text="Open.").status_code == 302
    (view,) = club.state.views
    assert "An answer is owed by" in page(club, "ben", here)
    assert f"/views/{view}/answer/" in page(club, "cleo", here)
    assert sent(club, "cleo", f"/views/{view}/answer/", answer="adopted", reason="So we propose.").status_code == 302
    assert "So we propose." in page(club, "emil", here)
    assert sent(club, "cleo", f"{here}report/", text="It shall be open.").status_code == 302
    assert "It shall be open." in page(club, "emil", here)
    assert "reported" in page(club, "emil", "/commissions/")


def test_a_disagreement_stands_beside_the_view_it_is_about(tmp_path: Path) -> None:
    site = Site(tmp_path / "club", MODEL + CLAUSES.replace("protected for: 1 year", "protected for: 1 year\ndisagreement by: members-meeting"))  # fmt: skip
    try:
        id = asked(site)
        assert sent(site, "ada", f"/criticism/{id}/answer/", text="It is not.").status_code == 302
        meeting = called(site, "disagreement")
        opened(site, meeting)
        about = {"matter": "disagreement", "body": "members-meeting"}
        move = {"act": "motion.move", "by": "ben", **about, "text": "It was locked all week.", "ratifies": id}
        motion = f"mo-{site.must(move)['n']}"
        put = {**about, "question": "Do we?", "motion": motion, "meeting": meeting, "secrecy": "by show of hands"}
        poll = f"po-{site.must({'act': 'poll.open', 'by': 'ada', **put})['n']}"
        tallies = {"for": 6, "against": 0, "abstain": 0}
        told = {"act": "poll.declare", "by": "ada", "poll": poll, "rule": "yes-no", "tallies": tallies}
        decision = f"de-{site.must(told)['n']}"
        assert f"/decisions/{decision}/disagreement/" in page(site, "ada", f"/decisions/{decision}/")
        answer = sent(site, "ada", f"/decisions/{decision}/disagreement/")
        assert (answer.status_code, answer.headers["Location"]) == (302, f"/criticism/{id}/")
        assert "It was locked all week." in page(site, "fay", f"/criticism/{id}/")
        assert site.browser("ada").get(f"/decisions/{decision}/").status_code == 200
        assert site.browser("ada").get("/decisions/de-999/disagreement/").status_code == 404
    finally:
        site.close()
        empty_tables()


def test_who_was_known_to_the_keeper_alone_says_who_they_are_with_the_salt(tmp_path: Path) -> None:
    clauses = CLAUSES.replace("called: question", "author: known to secretary\ncalled: question").replace(
        "The silence is", "The secretary alone may know who asks. The silence is"
    )
    site = Site(tmp_path / "club", MODEL + clauses, seats=("chair", "secretary"))
    try:
        assert "whoever runs them could read your name" in page(site, "ben", "/criticism/write/")
        salt = bytes(range(32))
        author = seal(salt, "critic", site.ids["ben"])
        make = {"act": "criticism.make", "by": "ada", "as": "secretary", "to": "members-meeting", "text": WORDS}
        id = f"ct-{site.must(make | {'author': author})['n']}"
        assert "Ben Example" not in page(site, "cleo", f"/criticism/{id}/")
        path = f"/criticism/{id}/avow/"
        assert path in page(site, "ben", f"/criticism/{id}/")
        refused = sent(site, "cleo", path, salt=to_base64(salt))
        assert refused.status_code == 422
        assert "the keeper holds another as its author" in refused.content.decode()
        assert sent(site, "ben", path, salt=to_base64(salt)).status_code == 302
        assert "Ben Example" in page(site, "cleo", f"/criticism/{id}/")
        assert path not in page(site, "ben", f"/criticism/{id}/")
    finally:
        site.close()
        empty_tables()


def test_words_whose_author_is_named_have_nobody_to_avow_them(club: Site) -> None:
    id = asked(club)
    assert club.browser("cleo").get(f"/criticism/{id}/avow/").status_code == 404
