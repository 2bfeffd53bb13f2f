"""Notice by mail: asked of the engine before the first mail, mailed once, recorded with to how many it went."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from isonomy.web.accounts.models import Account
from isonomy.web.mail import post as posting
from tests.web.site import Site, filled

DAY = "2027-03-06"


@pytest.fixture
def called(site: Site) -> Site:
    """The members' meeting called by right on policy; six members have accounts, Gus has none."""
    site.must(
        {"act": "meeting.call", "by": "ada", "as": "chair", "body": "members-meeting", "starts": f"{DAY}T14:00", "by_right": DAY,
         "matters": ["policy"], "place": "The boathouse"}
    )  # fmt: skip
    site.must(
        {"act": "motion.move", "by": "ben", "body": "members-meeting", "matter": "policy", "text": "We buy <a> kettle."}
    )
    site.admit("gus")
    Account.objects.filter(person=site.ids["gus"]).delete()
    mail.outbox = []
    return site


def address(site: Site) -> str:
    """The page of the notice."""
    return f"/meetings/{next(iter(site.state.meetings))}/notice/"


def notices(site: Site) -> list[tuple[str, str]]:
    """The notices on record."""
    return next(iter(site.state.meetings.values())).notices


def test_the_notice_is_shown_before_it_is_sent_with_who_gets_it_and_who_does_not(called: Site) -> None:
    page = called.browser("ada").get(address(called)).content.decode()
    assert "Notice: Members&#x27; meeting, Saturday 6 March 2027, 14:00" in page
    assert "We buy &lt;a&gt; kettle." in page
    assert "6 members of the body have an address here" in page
    assert "1 member has no address here" in page
    assert "Gus Example" in page
    assert not mail.outbox


def test_after_the_call_the_meeting_page_offers_the_notice_to_who_owes_it(called: Site) -> None:
    meeting = address(called).removesuffix("notice/")
    offered = f'href="{address(called)}">Send the notice</a>'
    assert offered in called.browser("ada").get(meeting).content.decode()
    assert address(called) not in called.browser("ben").get(meeting).content.decode()
    browser = called.browser("ada")
    browser.post(address(called), filled(browser.get(address(called)), others=1))
    assert offered not in browser.get(meeting).content.decode()


def test_every_member_with_an_address_is_mailed_and_the_record_says_to_how_many(called: Site) -> None:
    browser = called.browser("ada")
    answer = browser.post(address(called), filled(browser.get(address(called)), others=1))
    assert answer.status_code == 302, answer.content.decode()
    assert len(mail.outbox) == 6
    (sent,) = [found for found in mail.outbox if found.to == ["ben@example.invalid"]]
    assert "Members' meeting" in sent.subject
    assert "Saturday 6 March 2027" in sent.subject
    assert "We buy <a> kettle." in sent.body
    assert "clause 3" in sent.body.strip().splitlines()[-1]
    assert "We buy &lt;a&gt; kettle." in sent.alternatives[0][0]
    entry = called.organisation.entry(called.state.n - 1)["act"]
    assert (entry["how"], entry["to_count"], entry["as"]) == ("by mail to 6, otherwise to 1", 7, "chair")
    assert notices(called) == [("2027-01-04", "2027-01-04")]


def test_sent_twice_nobody_is_mailed_twice_and_it_is_one_entry(called: Site) -> None:
    browser = called.browser("ada")
    sent = filled(browser.get(address(called)))
    browser.post(address(called), sent)
    before = called.state.n
    assert browser.post(address(called), sent).status_code == 302
    assert (len(mail.outbox), called.state.n) == (6, before)


def test_of_two_who_send_at_once_one_records_and_nobody_is_mailed_twice(called: Site) -> None:
    first, second = called.browser("ada"), called.browser("ada")
    one, other = filled(first.get(address(called))), filled(second.get(address(called)))
    assert first.post(address(called), one).status_code == 302
    answer = second.post(address(called), other)
    assert answer.status_code == 422
    assert "moved on since you looked" in answer.content.decode()
    assert (len(mail.outbox), len(notices(called))) == (6, 1)


def test_who_may_not_send_the_notice_mails_nobody(called: Site) -> None:
    browser = called.browser("ben")
    answer = browser.post(address(called), filled(browser.get(address(called))))
    assert answer.status_code == 422
    assert "Not possible" in answer.content.decode()
    assert not mail.outbox


def test_a_notice_too_late_is_refused_before_the_first_mail(site: Site) -> None:
    site.must(
        {
            "act": "meeting.call",
            "by": "ada",
            "as": "chair",
            "body": "committee",
            "starts": "2027-01-07T19:00",
            "matters": ["budget"],
        }
    )
    site.clock.set("2027-01-06T09:00:00Z")
    mail.outbox = []
    browser = site.browser("ada")
    page = browser.get(address(site))
    assert "3 days of notice" in page.content.decode()
    assert browser.post(address(site), filled(page)).status_code == 422
    assert not mail.outbox
    assert not notices(site)


def test_where_no_mail_could_be_handed_over_nothing_is_recorded(called: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: EmailBackend, messages: list[Any]) -> int:
        raise ConnectionRefusedError

    browser = called.browser("ada")
    sent = filled(browser.get(address(called)))
    with monkeypatch.context() as patched:
        patched.setattr(EmailBackend, "send_messages", refuse)
        answer = browser.post(address(called), sent)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "no mail could be handed over" in shown
    assert "the mail server cannot be reached" in shown
    assert not notices(called)
    assert browser.post(address(called), sent).status_code == 302
    assert len(notices(called)) == 1


def test_what_failed_is_shown_and_tried_again_without_another_entry(
    called: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = EmailBackend.send_messages

    def refuse_ben(self: EmailBackend, messages: Any) -> int:
        found = list(messages)
        if found[0].to == ["ben@example.invalid"]:
            raise ConnectionResetError
        return int(whole(self, found))

    browser = called.browser("ada")
    with monkeypatch.context() as patched:
        patched.setattr(EmailBackend, "send_messages", refuse_ben)
        browser.post(address(called), filled(browser.get(address(called))))
    assert called.organisation.entry(called.state.n - 1)["act"]["to_count"] == 5
    page = browser.get(address(called)).content.decode()
    assert "1 mail was not handed over" in page
    before = called.state.n
    assert browser.post(address(called), {"again": "1"}).status_code == 302
    assert (len(mail.outbox), called.state.n) == (6, before)
    assert "was not handed over" not in browser.get(address(called)).content.decode()


def test_many_mails_are_handed_over_in_turns_and_recorded_when_all_are(
    called: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = called.browser("ada")
    sent = filled(browser.get(address(called)))
    with monkeypatch.context() as patched:
        patched.setattr(posting.post, "__kwdefaults__", {"key": "", "seconds": -1.0})
        answer = browser.post(address(called), sent)
    assert answer.status_code == 302
    assert not notices(called)
    assert "6 are left" in browser.get(address(called)).content.decode()
    browser.post(address(called), sent)
    assert len(notices(called)) == 1


def test_letters_are_printed_for_those_without_an_address(called: Site) -> None:
    page = called.browser("ada").get(address(called) + "letters/").content.decode()
    assert page.count('class="letter') == 1
    assert "Gus Example" in page
    assert "clause 3" in page


def test_who_has_no_address_is_for_those_who_send_the_notice(called: Site) -> None:
    browser = called.browser("ben")
    page = browser.get(address(called)).content.decode()
    assert "We buy &lt;a&gt; kettle." in page
    assert "Gus Example" not in page
    assert "Gus Example" not in browser.get(address(called) + "letters/").content.decode()
    id = next(iter(called.state.meetings))
    for day in ("2027-02-01", "2027-02-20"):
        called.clock.set(f"{day}T12:00:00Z")
        called.admit(f"gus{day[-2:]}")
    called.clock.set("2027-03-06T14:05:00Z")
    called.must(
        {
            "act": "meeting.open",
            "by": "ada",
            "meeting": id,
            "present": [called.ids[name] for name in ("ada", "ben", "cleo")],
        }
    )
    called.must({"act": "meeting.close", "by": "ada", "meeting": id})
    assert "Gus Example" not in browser.get(address(called)).content.decode()


def test_others_may_not_try_the_mails_again(called: Site) -> None:
    browser = called.browser("ada")
    browser.post(address(called), filled(browser.get(address(called))))
    from isonomy.web.mail.models import Dispatch

    Dispatch.objects.filter(person=called.ids["ben"]).update(standing="failed")
    answer = called.browser("cleo").post(address(called), {"again": "1"})
    assert answer.status_code == 422
    assert len(mail.outbox) == 6
