"""Pages of minutes: written from the acts while the meeting goes on, files to keep, and their approval by a motion."""

from __future__ import annotations

from typing import Any

import pytest

from tests.web.site import Site, filled

WORDS = "The club buys a kettle."


def carried(site: Site, meeting: str, motion: str, matter: str = "policy") -> str:
    """A motion put by show of hands and carried; the id of the decision."""
    put = {
        "act": "poll.open", "by": "ada", "body": "members-meeting", "question": "Shall it be?", "matter": matter,
        "motion": motion, "meeting": meeting, "secrecy": "by show of hands",
    }  # fmt: skip
    poll = f"po-{site.must(put)['n']}"
    declare = {"act": "poll.declare", "by": "ada", "poll": poll, "rule": "yes-no", "tallies": {"for": 5, "against": 1}}
    return f"de-{site.must(declare)['n']}"


def moved(site: Site, text: str = WORDS, matter: str = "policy") -> str:
    move = {"act": "motion.move", "by": "ben", "body": "members-meeting", "matter": matter, "text": text}
    return f"mo-{site.must(move)['n']}"


@pytest.fixture
def held(site: Site) -> tuple[Site, str, str]:
    """A meeting that carried a motion of ben's and closed: the site, the meeting, the decision."""
    meeting = called(site, "policy")
    motion = moved(site)
    opened(site, meeting)
    decision = carried(site, meeting, motion)
    site.must({"act": "meeting.close", "by": "ada", "meeting": meeting})
    return site, meeting, decision


def called(site: Site, *matters: str, starts: str = "2027-02-20T10:00", now: str = "2027-02-01T09:00:00Z") -> str:
    """A members' meeting demanded by ben and cleo, called, and noticed in time."""
    site.clock.set(now)
    opened_by = {"act": "meeting.demand", "by": "ben", "body": "members-meeting", "matters": list(matters)}
    demand = f"ca-{site.must(opened_by)['n']}"
    site.must({"act": "demand.support", "by": "cleo", "demand": demand})
    call = {
        "act": "meeting.call", "by": "ada", "body": "members-meeting", "starts": starts, "matters": list(matters),
        "demand": demand,
    }  # fmt: skip
    meeting = f"mt-{site.must(call)['n']}"
    site.must({"act": "notice.send", "by": "ada", "meeting": meeting, "how": "post", "to_count": 6})
    return meeting


def opened(site: Site, meeting: str, at: str = "2027-02-20T10:00:00Z") -> None:
    site.clock.set(at)
    site.must({"act": "meeting.open", "by": "ada", "meeting": meeting, "present": sorted(site.ids.values())})


def test_minutes_stand_there_while_the_meeting_goes_on(site: Site) -> None:
    meeting = called(site, "policy")
    opened(site, meeting)
    shown = site.browser("cleo").get(f"/minutes/{meeting}/").content.decode()
    assert "The meeting is not over" in shown
    assert "opened the members&#x27; meeting" in shown


def test_they_tell_those_present_by_name_and_the_motion_with_its_vote_clause_and_entry(held: Any) -> None:
    site, meeting, decision = held
    shown = site.browser("cleo").get(f"/minutes/{meeting}/").content.decode()
    assert "Ben Example" in shown
    assert WORDS in shown
    assert "<strong>Carried</strong>: 5 for, 1 against" in shown
    assert f'href="/decisions/{decision}/"' in shown
    assert "clause 3" in shown
    assert "Draft: not approved by a body yet" in shown


def test_the_files_hold_the_same_minutes(held: Any) -> None:
    site, meeting, _ = held
    browser = site.browser("cleo")
    text = browser.get(f"/minutes/{meeting}/minutes.md")
    assert WORDS in text.content.decode()
    assert text.headers["Content-Disposition"] == f'attachment; filename="minutes-{meeting}.md"'
    assert browser.get(f"/minutes/{meeting}/minutes.html").content.decode().startswith("<!DOCTYPE html>")


def test_the_pdf_is_one_or_says_what_to_do_instead(held: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    site, meeting, _ = held
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    answer = site.browser("cleo").get(f"/minutes/{meeting}/minutes.pdf")
    assert answer.status_code == 400
    assert "print the HTML page from a browser" in answer.content.decode()


def test_minutes_are_for_members(held: Any) -> None:
    site, meeting, _ = held
    for path in (f"/minutes/{meeting}/", f"/minutes/{meeting}/minutes.md", "/minutes/"):
        assert site.browser().get(path).status_code == 302
    assert site.browser("ben").get("/minutes/mt-999/").status_code == 404


def test_a_member_moves_that_they_are_approved_and_the_motion_names_the_acts(held: Any) -> None:
    site, meeting, _ = held
    browser = site.browser("dora")
    assert f"/minutes/{meeting}/approve/" in browser.get(f"/minutes/{meeting}/").content.decode()
    page = browser.get(f"/minutes/{meeting}/approve/")
    answer = browser.post(f"/minutes/{meeting}/approve/", filled(page, corrections="Fay left at eleven."))
    assert answer.status_code == 302, answer.content.decode()
    motion = list(site.state.motions.values())[-1]
    assert motion.matter == "minutes"
    assert motion.text.startswith(f"The minutes of {meeting} are approved as written from the record through entry ")
    assert motion.text.endswith("Fay left at eleven.")
    assert f"motion {motion.id} asks that they be approved" in browser.get(f"/minutes/{meeting}/").content.decode()


def test_minutes_that_a_meeting_approved_say_by_which_decision(held: Any) -> None:
    site, meeting, _ = held
    browser = site.browser("dora")
    browser.post(f"/minutes/{meeting}/approve/", filled(browser.get(f"/minutes/{meeting}/approve/")))
    motion = list(site.state.motions)[-1]
    later = called(site, "minutes", starts="2027-03-13T10:00", now="2027-02-21T09:00:00Z")
    opened(site, later, "2027-03-13T10:00:00Z")
    decision = carried(site, later, motion, "minutes")
    shown = browser.get(f"/minutes/{meeting}/").content.decode()
    assert f"Approved by decision {decision}" in shown
    assert ">approved<" in browser.get("/minutes/").content.decode()


def test_minutes_of_a_meeting_that_is_not_over_are_not_approved(site: Site) -> None:
    meeting = called(site, "policy")
    opened(site, meeting)
    browser = site.browser("dora")
    assert f"/minutes/{meeting}/approve/" not in browser.get(f"/minutes/{meeting}/").content.decode()
    answer = browser.get(f"/minutes/{meeting}/approve/")
    assert answer.status_code == 400
    assert "close it first" in answer.content.decode()


def test_what_was_not_read_is_not_approved(held: Any) -> None:
    site, meeting, _ = held
    browser = site.browser("dora")
    sent = filled(browser.get(f"/minutes/{meeting}/approve/"))
    for through in (2, site.state.n + 5):
        answer = browser.post(f"/minutes/{meeting}/approve/", sent | {"through": through})
        assert answer.status_code == 422
    assert not any(motion.matter == "minutes" for motion in site.state.motions.values())
