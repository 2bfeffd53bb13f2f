"""Demands in the browser: opening one, how many are still needed, support and withdrawal, the call that follows."""

from __future__ import annotations

from typing import Any

from tests.web.site import Site, filled

NEW = "/meetings/demands/new/members-meeting/"


def demand(site: Site, name: str = "ben", **fields: Any) -> Any:
    """Fills in and sends a demand."""
    browser = site.browser(name)
    return browser.post(NEW, filled(browser.get(NEW), **{"matters": ["policy"], **fields}))


def press(site: Site, name: str, path: str) -> Any:
    """Opens a page with one button and presses it."""
    browser = site.browser(name)
    return browser.post(path, filled(browser.get(path)))


def test_a_member_demands_a_meeting_and_sees_how_many_are_still_needed(site: Site) -> None:
    assert "1/5 of the members" in site.browser("ben").get("/meetings/demands/new/").content.decode()
    answer = demand(site)
    (found,) = site.state.demands.values()
    assert answer.headers["Location"] == f"/meetings/demands/{found.id}/"
    page = site.browser("cleo").get(answer.headers["Location"])
    assert (page.context["behind"], page.context["needed"], page.context["entitled"]) == (1, 2, 6)
    assert page.context["may_support"]


def test_the_number_reached_brings_the_days_and_the_call(site: Site) -> None:
    path = demand(site).headers["Location"]
    press(site, "cleo", path + "support/")
    page = site.browser("ada").get(path).content.decode()
    assert "reached" in page
    assert "Monday 25 January 2027" in page
    (found,) = site.state.demands.values()
    plan = site.browser("ada").get("/meetings/call/members-meeting/", {"demand": found.id})
    assert plan.context["chosen"] == ["policy"]
    check = site.browser("ada").get(
        "/meetings/call/members-meeting/",
        {"demand": found.id, "matters": ["policy"], "day": "2027-01-20", "time": "19:00", "check": "1"},
    )
    site.browser("ada").post("/meetings/call/members-meeting/", filled(check))
    (meeting,) = site.state.meetings.values()
    assert meeting.demand == found.id
    assert "The meeting was called." in site.browser("ben").get(path).content.decode()


def test_support_is_withdrawn_and_nobody_supports_twice(site: Site) -> None:
    path = demand(site).headers["Location"]
    twice = press(site, "ben", path + "support/")
    assert twice.status_code == 422
    assert "supports the demand already" in twice.content.decode()
    assert press(site, "ben", path + "withdraw/").status_code == 302
    assert next(iter(site.state.demands.values())).supporters == []


def test_a_demand_says_what_it_is_about(site: Site) -> None:
    browser = site.browser("ben")
    answer = browser.post(NEW, filled(browser.get(NEW)))
    assert answer.status_code == 422
    assert "Say what the meeting shall be about." in answer.content.decode()
    assert not site.state.demands


def test_who_is_not_of_the_body_is_told_so(site: Site) -> None:
    page = site.browser("ben").get("/meetings/demands/new/").content.decode()
    assert "You are not among those who may demand it." in page  # the committee, of which Ben is no member
    browser = site.browser("ben")
    path = "/meetings/demands/new/committee/"
    answer = browser.post(path, filled(browser.get(path), matters=["budget"]))
    assert answer.status_code == 422
    assert "Not possible" in answer.content.decode()


def test_what_is_not_there_is_answered_in_words(site: Site) -> None:
    for path in ("/meetings/demands/ca-99/", "/meetings/demands/ca-99/support/", "/meetings/demands/new/nobody/"):
        assert site.browser("ben").get(path).status_code == 404
