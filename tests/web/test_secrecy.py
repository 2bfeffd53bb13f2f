"""Secret ballots cast on the pages: who holds everything after the close links voters to ballots no better than chance."""

from __future__ import annotations

import logging
import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib import messages
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse

from isonomy.record.base64_text import to_base64
from isonomy.web.accounts.models import Account
from isonomy.web.polls.cast import Cast
from tests.web.adversary import CHANCE_MAX, BallotHeld, Holdings, Voter, answers_guessed, attempts, right
from tests.web.site import Site, empty_tables, filled
from tests.web.test_polls import book, closed, opened

VOTERS = 24
TOKENS = {"for": (b"You vote for", b'"for"', b"=for"), "against": (b"You vote against", b'"against"', b"=against")}


@dataclass
class Held:
    """A poll that was held on the pages, the truth of it, and what the adversary holds."""

    poll: str
    truth: dict[str, str]
    answers: dict[str, str]
    ballots: list[BallotHeld]
    cast_in: list[str]
    holdings: Holdings
    voters: list[Voter]

    def best(self) -> tuple[int, str]:
        """The best attempt of all: how many links are right, and what it rests on."""
        tried = attempts(self.holdings, self.voters, self.ballots, self.cast_in)
        return max(((right(attempt, self.truth), name) for name, attempt in tried), default=(0, "none"))


class _Lines(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[bytes] = []

    def emit(self, record: logging.LogRecord) -> None:
        request = getattr(record, "request", "")
        self.lines.append(f"{record.name} {record.getMessage()} {request} {record.args}".encode())


def hold(folder: Path) -> Held:
    """Holds a poll in which every member casts, in an order and with answers drawn anew; what was logged is held too."""
    handler, root = _Lines(), logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    names = tuple(f"m{number:02}" for number in range(VOTERS))
    site = Site(folder, book(), members=names)
    try:
        return _held(site, names, handler.lines)
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
        site.close()
        empty_tables()


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Held:
    """A poll as the site holds it."""
    return hold(tmp_path_factory.mktemp("honest") / "club")


def _held(site: Site, names: tuple[str, ...], lines: list[bytes]) -> Held:
    poll = opened(site)
    at = f"/polls/{poll}/vote/"
    draw = random.Random(19_560_225)
    order = list(names)
    draw.shuffle(order)
    answers = dict(zip(draw.sample(order, len(order)), ["for", "against"] * len(order), strict=False))
    truth, ballots, voters = {}, {}, {}
    for name in order:
        browser = site.browser(name)
        browser.get(f"/polls/{poll}/")
        page = browser.get(at)
        review = browser.post(at, {"nonce": page.context["nonce"], "step": "review", "answer": answers[name]})
        shown = browser.post(at, filled(review)).context
        person, receipt = site.ids[name], shown["receipt"]
        truth[person] = receipt
        ballots[receipt] = BallotHeld.of(receipt, shown["nonce"], answers[name])
        session = browser.cookies[settings.SESSION_COOKIE_NAME].value
        email = f"{name}@example.invalid"
        voters[person] = Voter(person, (person.encode(), email.encode(), session.encode()))
    closed(site, poll)
    site.browser("ada").get(f"/polls/{poll}/count/")
    holdings = Holdings()
    holdings.add_folder(site.folder)
    holdings.add_folder(Path(settings.DATABASES["default"]["NAME"]).parent)
    holdings.add("sessions", _sessions(site))
    holdings.add("logs", lines)
    return Held(
        poll, truth, {site.ids[name]: answer for name, answer in answers.items()}, list(ballots.values()),
        [site.ids[name] for name in order], holdings, list(voters.values()),
    )  # fmt: skip


def _sessions(site: Site) -> list[bytes]:
    """The sessions as the site keeps them, opened with its key: each with the account it belongs to."""
    found = []
    for session in Session.objects.all():
        data = SessionStore().decode(session.session_data)
        account = Account.objects.filter(pk=data.get("_auth_user_id")).first()
        found.append(f"{account.person if account else ''} {data}".encode())
    return found


def test_who_holds_all_tables_files_and_journals_links_no_better_than_chance(held: Held) -> None:
    assert len(held.truth) == len(set(held.truth.values())) == VOTERS
    tried = dict(attempts(held.holdings, held.voters, held.ballots, held.cast_in))
    assert len(tried) >= 4, "the adversary has found orders to lay against each other"
    number, name = held.best()
    assert number <= CHANCE_MAX, f"{number} of {VOTERS} voters are linked by {name}"


def test_no_record_tells_how_a_member_voted(held: Held) -> None:
    assert answers_guessed(held.holdings, held.voters, TOKENS) == {}


def test_of_a_ballot_nothing_lies_outside_its_box_once_it_is_closed(held: Held) -> None:
    box = f"boxes/{held.poll}.sqlite"
    for name, records in held.holdings.places.items():
        if name.startswith(box):
            continue
        for ballot in held.ballots:
            assert not any(word in record for record in records for word in ballot.words), f"{ballot.receipt} in {name}"


def _notice(self: Cast, request: HttpRequest, receipt: str, person: str) -> None:
    messages.success(request, f"Your ballot lies in the box: {receipt}")


def _log(self: Cast, request: HttpRequest, receipt: str, person: str) -> None:
    logging.getLogger("site").info("%s cast %s", person, receipt)


def _journal(self: Cast, request: HttpRequest, receipt: str, person: str) -> None:
    with (request.organisation.folder / "cast.journal").open("a") as stream:  # type: ignore[attr-defined]
        stream.write(receipt + "\n")


@pytest.mark.parametrize("leak", [_notice, _log, _journal])
def test_the_same_adversary_catches_a_site_that_leaks(
    tmp_path: Path, leak: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = Cast.receipt

    def leaky(self: Cast, form: Any, answer: Any) -> HttpResponse:
        shown = honest(self, form, answer)
        leak(self, self.request, to_base64(answer.receipt), self.request.viewer.person)
        return shown

    monkeypatch.setattr(Cast, "receipt", leaky)
    number, name = hold(tmp_path / "leaky").best()
    assert number > CHANCE_MAX, f"the best attempt, {name}, links {number}"
