"""Calling a meeting in the browser: the first lawful day, what a day breaks, the cure as a button, the list."""

from __future__ import annotations

from typing import Any

from tests.web.site import Site, filled

CALL = "/meetings/call/committee/"
PLAN = {"matters": ["budget"], "time": "19:00", "place": "The boathouse"}


def call(site: Site, day: str, body: str = "committee", name: str = "ada", **fields: Any) -> Any:
    """Checks and hands in a call as a browser would."""
    browser = site.browser(name)
    page = browser.get(f"/meetings/call/{body}/", PLAN | {"day": day, "check": "1"} | fields)
    return browser.post(f"/meetings/call/{body}/", filled(page))


def test_the_first_lawful_day_is_computed_and_filled_in(site: Site) -> None:
    page = site.browser("ada").get(CALL).content.decode()
    assert "The first lawful day" in page
    assert "Thursday 7 January 2027" in page
    assert 'value="2027-01-07"' in page


def test_a_matter_with_notice_of_its_own_moves_the_first_day(site: Site) -> None:
    plan = {"matters": ["amendment"], "time": "19:00", "day": ""}
    page = site.browser("ada").get("/meetings/call/members-meeting/", plan).content.decode()
    assert "Monday 1 February 2027" in page
    assert "Notice of Amendment" in page


def test_a_call_is_checked_before_it_is_made(site: Site) -> None:
    before = site.state.n
    page = site.browser("ada").get(CALL, PLAN | {"day": "2027-01-12", "check": "1"}).content.decode()
    assert "Check before you call" in page
    assert "Tuesday 12 January 2027" in page
    assert "Saturday 9 January 2027" in page  # the last day for the notice
    assert site.state.n == before


def test_a_lawful_call_becomes_a_meeting_in_the_seat_that_calls(site: Site) -> None:
    answer = call(site, "2027-01-12")
    (meeting,) = site.state.meetings.values()
    assert answer.headers["Location"] == f"/meetings/{meeting.id}/"
    assert (meeting.starts, meeting.place, meeting.matters) == ("2027-01-12T19:00", "The boathouse", ("budget",))
    assert site.organisation.entry(site.state.n - 1)["act"]["as"] == "chair"


def test_a_call_too_soon_is_refused_with_the_lawful_day_as_a_button(site: Site) -> None:
    browser = site.browser("ada")
    page = browser.get(CALL, PLAN | {"day": "2027-01-05", "check": "1"})
    shown = page.content.decode()
    assert "Not possible" in shown
    assert "Call it for Thursday 7 January 2027" in shown
    remedy = page.context["remedies"][0]
    assert "Not possible" not in browser.get(remedy.href).content.decode()


def test_a_matter_that_asks_more_notice_may_be_left_out_by_a_button(site: Site) -> None:
    site.must({"act": "meeting.demand", "by": "ada", "body": "members-meeting", "matters": ["policy"]})
    demand = next(iter(site.state.demands))
    site.must({"act": "demand.support", "by": "ben", "demand": demand})
    plan = {"matters": ["policy", "amendment"], "day": "2027-01-20", "time": "19:00", "demand": demand, "check": "1"}
    page = site.browser("ada").get("/meetings/call/members-meeting/", plan)
    labels = [remedy.label for remedy in page.context["remedies"]]
    assert "Leave amendment out" in labels
    left = next(remedy for remedy in page.context["remedies"] if remedy.label == "Leave amendment out")
    again = site.browser("ada").get(left.href)
    assert again.context["is_accepted"]
    assert "amendment" not in again.context["act"]["matters"]


def test_a_call_refused_on_handing_in_says_why_and_keeps_what_was_filled_in(site: Site) -> None:
    browser = site.browser("ada")
    page = browser.get(CALL, PLAN | {"day": "2027-01-12", "check": "1"})
    call(site, "2027-01-12")
    answer = browser.post(CALL, filled(page))
    assert answer.status_code == 422
    assert "moved on" in answer.content.decode()
    assert "The boathouse" in answer.content.decode()
    assert len(site.state.meetings) == 1


def test_a_call_sent_twice_is_one_meeting(site: Site) -> None:
    browser = site.browser("ada")
    sent = filled(browser.get(CALL, PLAN | {"day": "2027-01-12", "check": "1"}))
    first, again = browser.post(CALL, sent), browser.post(CALL, sent)
    assert first.headers["Location"] == again.headers["Location"]
    assert len(site.state.meetings) == 1


def test_a_day_on_which_the_body_meets_already_is_not_offered_as_the_first(site: Site) -> None:
    call(site, "2027-01-07")
    browser = site.browser("ada")
    assert "Friday 8 January 2027" in browser.get(CALL).content.decode()
    assert "committee" in [choice.seat for choice in browser.get("/meetings/call/").context["yours"]]


def test_who_may_not_call_is_told_who_does(site: Site) -> None:
    page = site.browser("ben").get("/meetings/call/")
    assert not page.context["yours"]
    shown = page.content.decode()
    assert "ask the chair" in shown
    plan = site.browser("ben").get(CALL, PLAN | {"day": "2027-01-12", "check": "1"}).content.decode()
    assert "Not possible" in plan
    assert "Call this meeting" not in plan


def test_a_meeting_by_right_is_called_for_its_own_day(site: Site) -> None:
    page = site.browser("ada").get("/meetings/call/members-meeting/", {"by_right": "2027-03-06"})
    assert 'value="2027-03-06"' in page.content.decode()
    call(site, "2027-03-06", body="members-meeting", by_right="2027-03-06", matters=[])
    (meeting,) = site.state.meetings.values()
    assert meeting.by_right_on == "2027-03-06"


def test_a_body_calls_by_its_decision(site: Site) -> None:
    refused = site.browser("ada").get(
        "/meetings/call/members-meeting/", {"matters": ["policy"], "day": "2027-02-12", "time": "19:00", "check": "1"}
    )
    assert "call-of-members-meeting" in refused.content.decode()


def test_a_call_without_a_day_or_of_a_strange_body_is_answered_in_words(site: Site) -> None:
    browser = site.browser("ada")
    page = browser.get(CALL, {"matters": ["budget"], "check": "1"})
    assert page.status_code == 422
    assert "Something is missing" in page.content.decode()
    assert browser.get("/meetings/call/nobody/").status_code == 404
    assert browser.get("/meetings/call/committee@north/").status_code == 404
    assert (
        browser.get(CALL, {"matters": ["Bad Matter!"], "day": "2027-01-12", "time": "19:00", "check": "1"}).status_code
        < 500
    )


def test_a_day_beyond_the_calendar_is_refused_and_breaks_nothing(site: Site) -> None:
    browser = site.browser("ada")
    for day in ("0001-01-01", "0999-12-31", "1500-01-01", "2200-01-01", "9999-12-31"):
        for more in ({}, {"check": "1"}, {"check": "1", "by_right": day}):
            for body in ("committee", "members-meeting"):
                page = browser.get(f"/meetings/call/{body}/", PLAN | {"day": day} | more)
                assert page.status_code in (200, 422)
                assert "What will be recorded" not in page.content.decode()
    sent = filled(browser.get(CALL, PLAN | {"day": "2027-01-12", "check": "1"}), starts="9999-12-31T19:00")
    assert browser.post(CALL, sent).status_code == 422


def test_the_list_shows_what_comes_and_what_is_past(site: Site) -> None:
    empty = site.browser("ben").get("/meetings/").content.decode()
    assert "No meeting is called" in empty
    call(site, "2027-01-12")
    shown = site.browser("ben").get("/meetings/").content.decode()
    assert "Tuesday 12 January 2027" in shown
    assert "notice not sent yet" in shown
    assert site.browser("ben").get("/meetings/", {"body": "members-meeting"}).content.decode().count("12 January") == 0


def test_meetings_are_for_members(site: Site) -> None:
    call(site, "2027-01-12")
    id = next(iter(site.state.meetings))
    for path in (
        "/meetings/",
        f"/meetings/{id}/",
        f"/meetings/{id}/chair/",
        "/meetings/call/",
        f"/meetings/{id}/notice/",
    ):
        assert site.browser().get(path).status_code == 302
        assert site.browser("ben").get(path).status_code == 200
    assert site.browser("ben").get("/meetings/mt-999/").status_code == 404
