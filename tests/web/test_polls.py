"""Polls: what members see of them, papers for every rule, casting by name and in secret, closing, declaring, the count."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest

from isonomy.web.live import tag_of
from tests.web.site import MODEL, Site, filled

TAG_OF = tag_of
NAMES = ("ben", "cleo", "dora", "emil", "fay")


def book(*, counting: str = "yes-no", secrecy: str = "secret", extra: str = "", tie: str = "not carried") -> str:
    """The club's rulebook with a matter `opinion` that all members decide by poll, counted and given as said."""
    return MODEL.replace(
        "\n## 4. Chair",
        "\nOn opinions all members are asked by poll.\n\n```rule decision opinion\nby: members-meeting\nmatters: opinion\n"
        f"taken: by poll\ncounting: {counting}\nsecrecy: {secrecy}\ntie: {tie}\n{extra}```\n\n## 4. Chair",
    )


def opened(site: Site, **fields: Any) -> str:
    """A poll on an opinion, opened by the secretary."""
    act = {
        "act": "poll.open",
        "by": "ada",
        "body": "members-meeting",
        "matter": "opinion",
        "question": "Tea or coffee?",
    }
    entry = site.must(act | {"as": "secretary"} | fields)
    return f"po-{entry['n']}"


@pytest.fixture
def secret(tmp_path: Any) -> Any:
    from tests.web.site import empty_tables

    made: list[Site] = []

    def make(rulebook: str, **more: Any) -> Site:
        made.append(Site(tmp_path / f"club{len(made)}", rulebook, **more))
        return made[-1]

    yield make
    for site in made:
        site.close()
    empty_tables()


def cast(site: Site, name: str, poll: str, **paper: Any) -> Any:
    """One member's way: the paper, the review, the box."""
    browser, at = site.browser(name), f"/polls/{poll}/vote/"
    page = browser.get(at)
    assert page.status_code == 200, page.content.decode()
    review = browser.post(at, {"nonce": page.context["nonce"], "step": "review", **paper})
    assert review.status_code == 200, review.content.decode()
    return browser.post(at, filled(review))


def test_a_secret_ballot_is_reviewed_cast_once_and_answered_with_its_receipt(secret: Any) -> None:
    site = secret(book())
    poll = opened(site)
    before = site.state.n
    answer = cast(site, "ben", poll, answer="for")
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert answer.context["receipt"] in unescape(shown)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "ETag" not in answer.headers
    assert site.state.n == before
    assert site.organisation.stores.boxes.measure(poll).ballots == 1
    again = site.browser("ben").get(f"/polls/{poll}/vote/")
    assert "cast once" in again.content.decode()


def test_the_same_form_sent_again_is_already_cast_and_another_ballot_is_refused(secret: Any) -> None:
    site = secret(book())
    poll = opened(site)
    browser, at = site.browser("ben"), f"/polls/{poll}/vote/"
    page = browser.get(at)
    review = browser.post(at, {"nonce": page.context["nonce"], "step": "review", "answer": "for"})
    first, second = browser.post(at, filled(review)), browser.post(at, filled(review))
    assert "Already cast" in second.content.decode()
    assert first.context["receipt"] == second.context["receipt"]
    other = browser.post(at, filled(review) | {"ballot": '"against"'})
    assert other.status_code == 422
    assert "one member, one ballot" in other.content.decode()


PAPERS = [
    ("plurality", {"answer": "2"}, [[2]]),
    ("approval", {"o1": "on", "o3": "on"}, [[1, 3]]),
    ("score", {"o1": "5", "o2": "0"}, {"scores": [5, 0, None]}),
    ("star", {"o3": "4"}, {"scores": [None, None, 4]}),
    ("irv", {"o2": "1", "o1": "3"}, [[2], [1]]),
    ("schulze-wv", {"o2": "1", "o1": "2", "o3": "2"}, [[2], [1, 3]]),
]
OPTIONS = [{"name": "tea"}, {"name": "coffee"}, {"name": "water"}]


@pytest.mark.parametrize(("rule", "paper", "ballot"), PAPERS)
def test_a_paper_for_every_rule_makes_the_ballot_that_the_rule_reads(
    secret: Any, rule: str, paper: dict[str, str], ballot: object
) -> None:
    site = secret(book(counting=rule, secrecy="named"))
    poll = opened(site, options=OPTIONS)
    answer = cast(site, "ben", poll, **paper)
    assert answer.status_code == 302, answer.content.decode()
    assert site.state.polls[poll].named == {site.ids["ben"]: ballot}


def test_a_number_given_twice_is_sent_back_where_the_rule_reads_no_equal_ranks(secret: Any) -> None:
    site = secret(book(counting="irv"))
    at = f"/polls/{opened(site, options=OPTIONS)}/vote/"
    answer = site.browser("ben").post(at, {"step": "review", "o1": "1", "o2": "1"})
    assert answer.status_code == 422
    assert "both have the number 1" in answer.content.decode()
    assert 'value="1"' in answer.content.decode()


def test_an_empty_paper_is_no_ballot_but_one_may_be_left_blank_on_purpose(secret: Any) -> None:
    site = secret(book(counting="irv"))
    poll = opened(site, options=OPTIONS)
    browser, at = site.browser("ben"), f"/polls/{poll}/vote/"
    assert "Nothing is written" in browser.post(at, {"step": "review"}).content.decode()
    review = browser.post(at, {"step": "blank"})
    assert "Your paper is blank" in review.content.decode()
    assert browser.post(at, filled(review)).status_code == 200
    assert site.organisation.stores.boxes.measure(poll).ballots == 1


def test_a_voter_may_go_back_from_the_review_and_finds_the_paper_as_it_was(secret: Any) -> None:
    site = secret(book(counting="irv"))
    browser, at = site.browser("ben"), f"/polls/{opened(site, options=OPTIONS)}/vote/"
    review = browser.post(at, {"step": "review", "o2": "1"})
    back = dict(review.context["filled"]) | {"step": "change", "nonce": review.context["nonce"]}
    again = browser.post(at, back)
    assert again.context["nonce"] == review.context["nonce"]
    assert again.context["form"]["o2"].value() == "1"


def test_a_named_vote_is_an_entry_and_the_last_one_counts(secret: Any) -> None:
    site = secret(book(secrecy="named"))
    poll = opened(site)
    assert cast(site, "ben", poll, answer="for").status_code == 302
    assert "Change your vote" in site.browser("ben").get(f"/polls/{poll}/").content.decode()
    assert cast(site, "ben", poll, answer="against").status_code == 302
    assert site.state.polls[poll].named[site.ids["ben"]] == "against"


def test_who_is_not_on_the_frozen_roll_is_told_why_with_the_clause(secret: Any) -> None:
    site = secret(book())
    poll = opened(site)
    site.admit("gus")
    page = site.browser("gus").get(f"/polls/{poll}/vote/").content.decode()
    assert "who votes is on the roll as of the opening" in page
    assert "What you can do" in page
    assert "You cannot vote here" in site.browser("gus").get(f"/polls/{poll}/").content.decode()


def test_while_a_secret_poll_is_open_nobody_is_told_who_has_cast(secret: Any) -> None:
    site = secret(book())
    poll = opened(site)
    before = [site.browser(name).get(f"/polls/{poll}/roll/").content for name in ("ada", "cleo")]
    cast(site, "ben", poll, answer="for")
    after = [site.browser(name).get(f"/polls/{poll}/roll/").content for name in ("ada", "cleo")]
    assert [_bare(page) for page in before] == [_bare(page) for page in after]
    assert "1 of 6 have voted" in site.browser("ada").get(f"/polls/{poll}/").content.decode()
    assert "have voted" not in site.browser("cleo").get(f"/polls/{poll}/").content.decode()


def _bare(page: bytes) -> str:
    return page.decode().partition("<main")[2].partition("</main>")[0]


def voted(site: Site, poll: str, **answers: str) -> dict[str, str]:
    """Votes of several members; the receipts of secret ones."""
    found = {}
    for name, answer in answers.items():
        given = cast(site, name, poll, answer=answer)
        found[name] = given.context["receipt"] if given.status_code == 200 else ""
    return found


def closed(site: Site, poll: str) -> None:
    """Closed and declared on the pages by the secretary."""
    browser = site.browser("ada")
    for step in ("close", "declare"):
        page = browser.get(f"/polls/{poll}/{step}/")
        answer = browser.post(f"/polls/{poll}/{step}/", filled(page))
        assert answer.status_code == 302, answer.content.decode()


def test_a_poll_is_closed_declared_and_shown_with_its_figures_and_marks(secret: Any) -> None:
    site = secret(book())
    poll = opened(site)
    voted(site, poll, ben="for", cleo="for", dora="against")
    closed(site, poll)
    found = site.state.polls[poll]
    assert found.standing == "declared"
    assert found.tallies == {"for": 2, "against": 1, "abstain": 0}
    page = site.browser("ben").get(f"/polls/{poll}/").content.decode()
    assert "Carried." in page
    assert "only its tally is published" in page
    roll = site.browser("ben").get(f"/polls/{poll}/roll/").content.decode()
    assert "3 of them voted" in roll


def test_a_small_box_shows_its_ballots_to_nobody_but_the_body(secret: Any) -> None:
    site = secret(book())
    poll = opened(site)
    voted(site, poll, ben="for", cleo="against")
    closed(site, poll)
    for path in ("count/", "count.json", "ballots.jsonl"):
        assert site.browser("ben").get(f"/polls/{poll}/{path}").status_code == 400
    assert site.browser("ada").get(f"/polls/{poll}/count/").status_code == 200


def test_a_receipt_is_found_in_the_closed_box_and_another_is_not(secret: Any) -> None:
    site = secret(book())
    poll = opened(site)
    receipts = voted(site, poll, ben="for", cleo="against")
    at = f"/polls/{poll}/receipt/"
    assert site.browser("ben").get(at).status_code == 400
    closed(site, poll)
    answer = site.browser("ben").post(at, {"receipt": f" {receipts['ben']} "})
    assert "was counted as cast" in answer.content.decode()
    assert answer.headers["Cache-Control"] == "no-store"
    assert "No ballot with this receipt" in site.browser("ben").post(at, {"receipt": "A" * 43 + "="}).content.decode()
    assert "44 signs" in site.browser("ben").post(at, {"receipt": "short"}).content.decode()


def test_the_count_is_shown_again_and_its_files_give_the_same_count_elsewhere(secret: Any) -> None:
    from isonomy.counting import count, read_ballots

    site = secret(book(counting="irv", extra="").replace("smallest box: 10", "smallest box: 2"))
    poll = opened(site, options=OPTIONS)
    for name, paper in (("ben", {"o1": "1", "o2": "2"}), ("cleo", {"o2": "1"}), ("dora", {"o2": "1", "o3": "2"})):
        cast(site, name, poll, **paper)
    closed(site, poll)
    page = site.browser("emil").get(f"/polls/{poll}/count/?rule=schulze-wv").content.decode()
    assert "found what was declared" in page
    assert "What if, not the result" in page
    assert "style=" not in page
    data = site.browser("emil").get(f"/polls/{poll}/ballots.blt").content
    assert count(read_ballots(data), "irv").winner_names == ["coffee"]
    assert site.browser("emil").get(f"/polls/{poll}/count.csv").status_code == 200
    assert site.browser("emil").get(f"/polls/{poll}/ballots.xls").status_code == 404
    assert site.browser("emil").get(f"/polls/{poll}/count/?rule=nothing").status_code == 400


def test_a_close_by_a_member_is_refused_with_the_clause(secret: Any) -> None:
    site = secret(book())
    poll = opened(site)
    browser = site.browser("ben")
    answer = browser.post(f"/polls/{poll}/close/", filled(browser.get(f"/polls/{poll}/close/")))
    assert answer.status_code == 422
    assert "a poll is closed by the chair or a keeper of polls" in answer.content.decode()
    assert site.state.polls[poll].standing == "open"


def test_the_secretary_opens_a_poll_and_the_clause_fills_in_the_rest(secret: Any) -> None:
    site = secret(book(counting="schulze-wv", extra="polling: 3 days\n"))
    browser, at = site.browser("ada"), "/polls/new/?body=members-meeting&matter=opinion"
    page = browser.get(at)
    assert page.context["form"]["closes_on"].value().isoformat() == "2027-01-07"
    sent = filled(page, question="Which drink?", choices="tea\ncoffee", closes_on="2027-01-05")
    early = browser.post(at, sent)
    assert early.status_code == 422
    assert "the poll lasts 3 days" in early.content.decode()
    answer = browser.post(at, sent | {"closes_on": "2027-01-07"})
    assert answer.status_code == 302, answer.content.decode()
    (poll,) = site.state.polls.values()
    assert [option.name for option in poll.options] == ["tea", "coffee"]
    assert poll.secrecy == "secret"


def test_a_tie_is_settled_by_the_lot_that_was_published_with_the_poll(secret: Any) -> None:
    site = secret(book(counting="plurality", tie="lot"))
    browser, at = site.browser("ada"), "/polls/new/?body=members-meeting&matter=opinion"
    browser.post(at, filled(browser.get(at), question="Which drink?", choices="tea\ncoffee"))
    (poll,) = site.state.polls.values()
    assert poll.lot
    voted(site, poll.id, ben="1", cleo="2")
    closed(site, poll.id)
    assert site.state.polls[poll.id].secret
    assert len(site.state.polls[poll.id].outcome["winners"]) == 1


def test_a_tie_of_a_poll_without_a_lot_is_drawn_before_those_present_and_entered(secret: Any) -> None:
    site = secret(book(counting="plurality", tie="lot"))
    poll = opened(site, options=OPTIONS)
    voted(site, poll, ben="1", cleo="2")
    browser = site.browser("ada")
    browser.post(f"/polls/{poll}/close/", filled(browser.get(f"/polls/{poll}/close/")))
    page = browser.get(f"/polls/{poll}/declare/")
    assert "How the lot fell" in page.content.decode()
    answer = browser.post(f"/polls/{poll}/declare/", filled(page, tie1="2"))
    assert answer.status_code == 302, answer.content.decode()
    assert site.state.polls[poll].outcome["winners"] == [2]


def test_an_address_that_names_no_poll_is_answered_and_outsiders_see_nothing(secret: Any) -> None:
    site = secret(book())
    poll = opened(site)
    assert site.browser("ben").get("/polls/po-999/").status_code == 404
    assert site.browser("ben").get("/polls/new/").status_code == 404
    for path in ("", f"{poll}/", f"{poll}/vote/", f"{poll}/roll/", f"{poll}/count/"):
        assert site.browser().get(f"/polls/{path}").status_code == 302


def test_the_list_says_what_is_open_to_the_reader(secret: Any) -> None:
    site = secret(book())
    poll = opened(site)
    browser = site.browser("ben")
    page = browser.get("/polls/")
    assert f"/polls/{poll}/vote/" in page.content.decode()
    cast(site, "ben", poll, answer="for")
    after = browser.get("/polls/", headers={"if-none-match": page.headers["ETag"]})
    assert "You have voted" in after.content.decode()


def test_the_list_without_an_open_poll_is_remembered_and_shows_one_as_soon_as_it_is_opened(
    secret: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While none is open the list depends on the record alone; while one is open it is asked each time who has cast."""
    from isonomy.web import live

    site = secret(book())
    asking = {"hx-request": "true"}
    browser = site.browser("ben")
    given: list[object] = []
    monkeypatch.setattr(live, "tag_of", lambda *of: given.append(of) or TAG_OF(*of))
    tag = browser.get("/polls/", headers=asking).headers["ETag"]
    assert browser.get("/polls/", headers=asking | {"if-none-match": tag}).status_code == 304
    assert len(given) == 1
    poll = opened(site)
    page = browser.get("/polls/", headers=asking | {"if-none-match": tag})
    assert "Tea or coffee?" in page.content.decode()
    tag = page.headers["ETag"]
    assert browser.get("/polls/", headers=asking | {"if-none-match": tag}).status_code == 304
    assert len(given) == 3
    cast(site, "ben", poll, answer="for")
    assert browser.get("/polls/", headers=asking | {"if-none-match": tag}).status_code == 200
