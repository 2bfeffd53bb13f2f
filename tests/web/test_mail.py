"""Mails: each member one of their own, nobody twice, and what failed is said."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.template import Context, Template

from isonomy.web.mail.models import CLAIMED, Dispatch
from isonomy.web.mail.post import Addressee, dispatched, post, write
from tests.web.site import empty_tables

BEN, CLEO = Addressee("p-ben1", "ben@example.invalid", "Ben"), Addressee("p-cleo2", "cleo@example.invalid", "Cleo")
SAID = {
    "organisation": "Example Club",
    "subject": "Accounts\nare due",
    "paragraphs": ["The accounts are <due>."],
    "clause": "7",
}


@pytest.fixture(autouse=True)
def outbox() -> Iterator[list[Any]]:
    mail.outbox = []
    yield mail.outbox
    empty_tables()


def test_each_gets_a_mail_of_their_own_in_text_and_html(outbox: list[Any]) -> None:
    posted = post("mail/plain", [BEN, CLEO], SAID)
    assert posted.sent == [BEN.person, CLEO.person]
    assert [sent.to for sent in outbox] == [[BEN.email], [CLEO.email]]
    (html, kind), *_ = outbox[0].alternatives
    assert kind == "text/html"
    assert "The accounts are <due>." in outbox[0].body
    assert "The accounts are &lt;due&gt;." in html


def test_a_subject_is_one_line_and_the_clause_stands_at_the_end() -> None:
    letter = write("mail/plain", SAID, BEN)
    assert letter.subject == "Accounts are due"
    assert "clause 7" in letter.text.strip().splitlines()[-1]


def test_the_words_of_a_mail_are_escaped_when_a_page_shows_them() -> None:
    letter = write("mail/plain", SAID, BEN)
    shown = Template("{{ letter.text }}").render(Context({"letter": letter}))
    assert "&lt;due&gt;" in shown


def test_under_a_key_nobody_is_mailed_twice(outbox: list[Any]) -> None:
    post("mail/plain", [BEN], SAID, key="told")
    again = post("mail/plain", [BEN, CLEO], SAID, key="told")
    assert (again.before, again.sent, again.reached) == ([BEN.person], [CLEO.person], 2)
    assert len(outbox) == 2


def test_a_mail_that_may_have_gone_out_before_a_crash_is_not_sent_again(outbox: list[Any]) -> None:
    Dispatch.objects.create(key="told", person=BEN.person, standing=CLAIMED)
    assert post("mail/plain", [BEN], SAID, key="told").before == [BEN.person]
    assert not outbox


def test_what_failed_is_said_and_tried_again(outbox: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: EmailBackend, messages: list[Any]) -> int:
        raise ConnectionRefusedError

    with monkeypatch.context() as patched:
        patched.setattr(EmailBackend, "send_messages", refuse)
        failed = post("mail/plain", [BEN], SAID, key="told")
    assert failed.failed == {BEN.person: "the mail server cannot be reached"}
    assert dispatched("told").failed == failed.failed
    assert post("mail/plain", [BEN], SAID, key="told").sent == [BEN.person]
    assert dispatched("told").failed == {}
    assert len(outbox) == 1


def test_a_request_stops_in_time_and_says_who_is_left(outbox: list[Any]) -> None:
    posted = post("mail/plain", [BEN, CLEO], SAID, key="told", seconds=-1)
    assert posted.left == [BEN.person, CLEO.person]
    assert not outbox
    assert not Dispatch.objects.exists()
