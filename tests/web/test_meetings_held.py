"""Holding a meeting in the browser: opening it, its agenda, hands, adjournment, rulings, two chairs at once."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.web.site import Site, filled

DAY = "2027-03-06"
TEXT = "The club buys a kettle.\nIt stands in the boathouse."


@pytest.fixture
def held(site: Site) -> Site:
    """The members' meeting by right, called on policy and noticed, on its day; a motion of Ben's waits for it."""
    site.must(
        {"act": "meeting.call", "by": "ada", "body": "members-meeting", "starts": f"{DAY}T14:00", "by_right": DAY, "matters": ["policy"]}
    )  # fmt: skip
    site.clock.set("2027-02-01T12:00:00Z")
    site.must({"act": "motion.move", "by": "ben", "body": "members-meeting", "matter": "policy", "text": TEXT})
    site.clock.set("2027-02-15T12:00:00Z")
    site.must({"act": "notice.send", "by": "ada", "meeting": meeting_of(site), "how": "mail", "to_count": 6})
    site.clock.set(f"{DAY}T14:05:00Z")
    return site


def meeting_of(site: Site) -> str:
    """The one meeting there is."""
    return next(iter(site.state.meetings))


def send(site: Site, path: str, name: str = "ada", **fields: Any) -> Any:
    """Fills in the form of a page about the meeting and sends it."""
    browser = site.browser(name)
    address = f"/meetings/{meeting_of(site)}/{path}"
    return browser.post(address, filled(browser.get(address), **fields))


def tick(site: Site, *names: str) -> dict[str, Any]:
    """The ticks of a list of those present."""
    everybody = " ".join(site.ids.values())
    return {"tick": [site.ids[name] for name in names], "shown": everybody, "so_far": ""}


def opened(site: Site, *names: str) -> None:
    """Opens the meeting with some present."""
    answer = send(site, "open/", **tick(site, *(names or ("ada", "ben", "cleo"))))
    assert answer.status_code == 302, answer.content.decode()


def titles(browser: Client, site: Site) -> list[str]:
    """The steps that the chair's page offers now."""
    page = browser.get(f"/meetings/{meeting_of(site)}/chair/")
    return [step.title for step in [*page.context["now"], *page.context["any_time"]]]


def test_before_its_hour_the_page_says_from_when_it_may_be_opened(site: Site) -> None:
    site.must(
        {
            "act": "meeting.call",
            "by": "ada",
            "as": "chair",
            "body": "committee",
            "starts": "2027-01-12T19:00",
            "matters": ["budget"],
        }
    )
    site.must({"act": "notice.send", "by": "ada", "meeting": meeting_of(site), "how": "mail", "to_count": 1})
    site.clock.set("2027-01-12T18:30:00Z")
    page = site.browser("ada").get(f"/meetings/{meeting_of(site)}/chair/")
    assert "Open the meeting" in [step.title for step in page.context["not_yet"]]
    assert "open it at 19:00 or later" in page.content.decode()


def test_a_meeting_is_opened_with_those_ticked(held: Site) -> None:
    assert "Open the meeting" in titles(held.browser("ada"), held)
    opened(held, "ada", "ben", "cleo")
    meeting = held.state.meetings[meeting_of(held)]
    assert set(meeting.present) == {held.ids[name] for name in ("ada", "ben", "cleo")}
    assert meeting.quorate == "yes"
    shown = held.browser("dora").get(f"/meetings/{meeting.id}/").content.decode()
    assert "a quorum" in shown
    assert "2 are a quorum" in shown


def test_too_few_present_are_refused_with_the_clause_and_the_ticks_stay(held: Site) -> None:
    answer = send(held, "open/", **tick(held, "ada"))
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "a meeting opens with its quorum" in shown
    assert f'value="{held.ids["ada"]}" id="tick-{held.ids["ada"]}" checked' in shown
    lapsed = send(held, "lapse/", **tick(held, "ada"))
    assert lapsed.status_code == 302
    assert held.state.meetings[meeting_of(held)].standing == "lapsed"


def test_the_list_of_those_present_is_searched_in_parts_and_ticks_are_kept(held: Site) -> None:
    browser, address = held.browser("ada"), f"/meetings/{meeting_of(held)}/open/"
    first = filled(browser.get(address)) | tick(held, "ben") | {"wanted": "cleo", "search": "1"}
    found = browser.post(address, first)
    assert found.status_code == 200
    assert [name for name, _person, _there in found.context["people"]] == ["Cleo Example"]
    part = {"so_far": found.context["so_far"], "shown": found.context["shown"], "tick": [held.ids["cleo"]]}
    answer = browser.post(address, filled(found) | part)
    assert answer.status_code == 302
    assert set(held.state.meetings[meeting_of(held)].present) == {held.ids["ben"], held.ids["cleo"]}


def test_a_member_sees_the_agenda_with_its_motions_and_no_step_of_the_chair(held: Site) -> None:
    opened(held)
    browser = held.browser("ben")
    page = browser.get(f"/meetings/{meeting_of(held)}/")
    assert "The club buys a kettle." in page.content.decode()
    assert not page.context["presides"]
    assert titles(browser, held) == ["Challenge the quorum"]


def test_who_does_not_preside_sees_whose_the_steps_are_and_no_presiding(held: Site) -> None:
    opened(held)
    page = held.browser("ben").get(f"/meetings/{meeting_of(held)}/chair/")
    shown = page.content.decode()
    assert not page.context["presides"]
    assert "Presiding" not in shown
    assert "You do not preside here." in shown
    assert '<details id="not-yours" open>' in shown
    chair = held.browser("ada").get(f"/meetings/{meeting_of(held)}/chair/").content.decode()
    assert "Presiding: " in chair
    assert "Do it" not in chair
    assert ">Close the meeting</a>" in chair


def test_a_motion_is_put_and_a_show_of_hands_declared(held: Site) -> None:
    opened(held)
    assert "Put to the vote: The club buys a kettle. It stands in the boathouse." in titles(held.browser("ada"), held)
    motion = next(iter(held.state.motions))
    put = send(held, f"put/?motion={motion}")
    poll = next(iter(held.state.polls.values()))
    assert poll.question == "The club buys a kettle. It stands in the boathouse."
    assert put.headers["Location"] == f"/meetings/{meeting_of(held)}/hands/{poll.id}/"
    assert "Being decided now" in held.browser("ben").get(f"/meetings/{meeting_of(held)}/").content.decode()
    assert titles(held.browser("ada"), held)[0].startswith("Enter the show of hands")
    declared = send(held, f"hands/{poll.id}/", **{"for": 2, "against": 1, "abstain": 0})
    assert declared.status_code == 302, declared.content.decode()
    (decision,) = held.state.decisions.values()
    assert decision.text == TEXT
    assert "carried" in held.browser("ben").get(f"/meetings/{meeting_of(held)}/").content.decode()


def test_a_matter_that_is_not_on_the_call_is_refused_with_what_to_do(held: Site) -> None:
    opened(held)
    answer = send(held, "put/?matter=boathouse", question="Shall we build?")
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "decides the matters it was called for" in shown
    assert "Shall we build?" in shown


def test_of_two_chairs_the_first_stands_and_the_second_is_told_what_changed(held: Site) -> None:
    opened(held)
    motion = next(iter(held.state.motions))
    address = f"/meetings/{meeting_of(held)}/put/?motion={motion}"
    first, second = held.browser("ada"), held.browser("ada")
    one, other = filled(first.get(address)), filled(second.get(address))
    assert first.post(address, one).status_code == 302
    answer = second.post(address, other)
    assert answer.status_code == 422
    assert "moved on since you looked" in answer.content.decode()
    assert len(held.state.polls) == 1


def test_a_step_sent_twice_is_one_act(held: Site) -> None:
    opened(held)
    browser, address = held.browser("ada"), f"/meetings/{meeting_of(held)}/close/"
    sent = filled(browser.get(address))
    first, again = browser.post(address, sent), browser.post(address, sent)
    assert first.status_code == again.status_code == 302
    assert held.state.meetings[meeting_of(held)].standing == "closed"


def test_a_challenged_quorum_is_counted_before_anything_else(held: Site) -> None:
    opened(held)
    challenged = send(held, "challenge/", "cleo")
    assert challenged.status_code == 302
    browser = held.browser("ada")
    assert titles(browser, held)[0] == "Count those present again"
    barred = browser.get(f"/meetings/{meeting_of(held)}/chair/").content.decode()
    assert "the quorum is challenged" in barred.lower()
    assert send(held, "count/", **tick(held, "ada", "ben")).status_code == 302
    assert len(held.state.meetings[meeting_of(held)].present) == 2


def test_the_meeting_adjourns_by_its_own_decision_and_goes_on(held: Site) -> None:
    opened(held)
    send(held, "put/?matter=adjournment", question="Shall the meeting adjourn?")
    poll = next(iter(held.state.polls))
    send(held, f"hands/{poll}/", **{"for": 3, "against": 0, "abstain": 0})
    assert titles(held.browser("ada"), held)[0] == "Adjourn, as the meeting decided"
    adjourned = send(held, "adjourn/", day="2027-03-20", time="14:00")
    assert adjourned.status_code == 302, adjourned.content.decode()
    meeting = held.state.meetings[meeting_of(held)]
    assert (meeting.standing, meeting.resumes) == ("adjourned", "2027-03-20T14:00")
    assert "Send notice of its going on" in titles(held.browser("ada"), held)


def test_a_day_without_an_hour_is_asked_for_before_it_is_handed_in(held: Site) -> None:
    opened(held)
    before = held.state.n
    answer = send(held, "adjourn/", day="2027-03-20")
    assert answer.status_code == 422
    assert "Give both the day and the hour." in answer.content.decode()
    assert held.state.n == before


def test_a_ruling_is_made_appealed_and_decided_by_the_meeting(held: Site) -> None:
    opened(held)
    page = held.browser("ada").get(f"/meetings/{meeting_of(held)}/ruling/")
    clause = next(
        lines for title, lines in page.context["form"].fields["place"].choices if title.startswith("Clause 3")
    )
    line = next(value for value, text in clause if "by right" in text)
    answer = send(
        held, "ruling/", place=line, reading="within-the-notice", matter="boathouse", within="policy",
        words="The boathouse is a question of policy.",
    )  # fmt: skip
    assert answer.status_code == 302, answer.content.decode()
    (ruling,) = held.state.rulings.values()
    assert "Put a question" not in " ".join(titles(held.browser("ben"), held))
    appealed = send(held, f"ruling/{ruling.id}/appeal/", "ben", words="It is not.")
    assert appealed.status_code == 302
    assert titles(held.browser("ben"), held) is not None
    refused = send(held, f"ruling/{ruling.id}/decide/", sustain=1, overturn=2)
    assert refused.status_code == 422  # who ruled does not preside over the appeal
    decided = send(held, f"ruling/{ruling.id}/decide/", "cleo", sustain=1, overturn=2)
    assert decided.status_code == 302, decided.content.decode()
    assert held.state.rulings[ruling.id].standing == "overturned"


def test_a_meeting_by_right_that_nobody_called_is_opened_by_any_member(site: Site) -> None:
    for day in ("2027-02-01", "2027-02-20"):
        site.clock.set(f"{day}T12:00:00Z")
        site.admit(f"gus{day[-2:]}")
    site.clock.set(f"{DAY}T14:05:00Z")
    browser = site.browser("cleo")
    assert "Meets by right today" in browser.get("/meetings/").content.decode()
    page = browser.get("/meetings/by-right/members-meeting/")
    assert page.context["steps"][0].is_open
    address = "/meetings/by-right/members-meeting/open/"
    answer = browser.post(address, filled(browser.get(address)) | tick(site, "cleo", "dora"))
    assert answer.status_code == 302
    (meeting,) = site.state.meetings.values()
    assert (meeting.standing, meeting.by_right_on) == ("open", DAY)
    assert browser.get("/meetings/by-right/committee/").status_code == 404


def test_a_call_is_cancelled_with_a_reason_but_not_a_meeting_by_right(held: Site) -> None:
    refused = send(held, "cancel/", why="It rains.")
    assert "nobody&#x27;s to cancel" in refused.content.decode()
    held.must(
        {
            "act": "meeting.call",
            "by": "ada",
            "as": "chair",
            "body": "committee",
            "starts": "2027-03-20T19:00",
            "matters": ["budget"],
        }
    )
    id = next(found.id for found in held.state.meetings.values() if found.body == "committee")
    browser, address = held.browser("ada"), f"/meetings/{id}/cancel/"
    assert browser.post(address, filled(browser.get(address), why="Nobody can come.")).status_code == 302
    assert held.state.meetings[id].standing == "cancelled"


@pytest.mark.parametrize(
    "page", ["open", "lapse", "count", "close", "adjourn", "ruling", "put/?matter=policy", "notice", "cancel"]
)
def test_no_page_of_a_meeting_breaks_when_its_time_is_not(held: Site, page: str) -> None:
    address = f"/meetings/{meeting_of(held)}/{page}" + ("" if "?" in page else "/")
    for name in ("ada", "ben"):
        assert held.browser(name).get(address).status_code == 200
    opened(held)
    send(held, "close/")
    for name in ("ada", "ben"):
        assert held.browser(name).get(address).status_code == 200


@pytest.mark.parametrize("path", ["put/", "put/?motion=mo-1", "hands/po-1/", "order/mo-1/", "ruling/ru-1/appeal/"])
def test_what_is_not_there_is_answered_in_words(held: Site, path: str) -> None:
    assert held.browser("ada").get(f"/meetings/{meeting_of(held)}/{path}").status_code == 404
