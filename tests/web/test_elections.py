"""Elections by nomination on the pages: opened, nominated, seconded, consented, closed, polled, counted apart, appealed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.web.site import MODEL, Site, empty_tables, filled
from tests.web.test_polls import closed

ELECTION = """```rule election committee
by: members-meeting
taken: by poll
polling: 2 days
counting: scottish-stv-2007
secrecy: secret
tie: lot
nominations: open for 3 days
nominated by: members
seconders: 1
returning officer: secretary
scrutineers: chair
order on the paper: by lot
uncontested: elected
reopen nominations: yes
vacancy: countback
appeal: to members-meeting within 7 days
```"""
OLD = MODEL.partition("```rule election committee")[2].partition("```")[0]
BOOK = MODEL.replace("```rule election committee" + OLD + "```", ELECTION).replace(
    "seats: 5\nterm: 1 year", "seats: 2\nterm: 1 year"
)


@pytest.fixture
def club(tmp_path: Path) -> Iterator[Site]:
    """A club whose committee of two is elected by nomination."""
    found = Site(tmp_path / "club", BOOK, seats=("secretary",), members=("ben", "cleo", "dora", "emil", "fay", "gus"))
    try:
        yield found
    finally:
        found.close()
        empty_tables()


def act(site: Site, name: str, path: str, **fields: Any) -> Any:
    """One form of a page, filled in and sent by a member."""
    browser = site.browser(name)
    page = browser.get(path)
    assert page.status_code == 200, page.content.decode()
    return browser.post(path, filled(page, **fields))


def done(answer: Any) -> Any:
    assert answer.status_code == 302, answer.content.decode()
    return answer


def open_one(site: Site, **fields: Any) -> str:
    done(act(site, "ada", "/elections/new/?seat=committee&body=members-meeting", **fields))
    return next(reversed(site.state.elections))


def nominated(site: Site, election: str, *names: str) -> None:
    """Members who stand, each seconded by the next."""
    for name in names:
        done(act(site, name, f"/elections/{election}/stand/"))
        done(act(site, "gus", f"/elections/{election}/second/{site.ids[name]}/"))


def polled(site: Site, election: str) -> str:
    """Nominations closed, the poll opened, three ballots cast, closed and declared."""
    site.clock.set("2027-01-08T09:00:00Z")
    done(act(site, "ada", f"/elections/{election}/close/"))
    done(act(site, "ada", f"/polls/new/?election={election}", closes_on="2027-01-10"))
    poll = site.state.elections[election].poll
    for name in ("emil", "fay", "gus"):
        at = f"/polls/{poll}/vote/"
        review = site.browser(name).post(at, {"step": "review", "o1": "1", "o2": "2"})
        assert site.browser(name).post(at, filled(review)).status_code == 200
    site.clock.set("2027-01-11T09:00:00Z")
    closed(site, poll)
    return poll


def test_a_member_stands_is_seconded_and_the_page_says_what_is_missing(club: Site) -> None:
    election = open_one(club)
    page = club.browser("ben").get(f"/elections/{election}/").content.decode()
    assert "Nominations are open through" in page
    assert f"/elections/{election}/stand/" in page
    done(act(club, "ben", f"/elections/{election}/stand/"))
    assert "1 seconder" in club.browser("ben").get(f"/elections/{election}/").content.decode()
    done(act(club, "cleo", f"/elections/{election}/second/{club.ids['ben']}/"))
    assert "Missing" not in club.browser("ben").get(f"/elections/{election}/").content.decode()


def test_who_is_nominated_by_another_stands_only_with_their_own_consent(club: Site) -> None:
    election = open_one(club)
    done(act(club, "cleo", f"/elections/{election}/nominate/", person="Ben Example"))
    assert not club.state.elections[election].candidates[club.ids["ben"]].accepted
    assert f"/elections/{election}/consent/" in club.browser("ben").get(f"/elections/{election}/").content.decode()
    assert f"/elections/{election}/consent/" not in club.browser("dora").get(f"/elections/{election}/").content.decode()
    done(act(club, "ben", f"/elections/{election}/consent/"))
    assert club.state.elections[election].candidates[club.ids["ben"]].accepted


def test_a_name_that_nobody_bears_is_sent_back(club: Site) -> None:
    election = open_one(club)
    answer = act(club, "cleo", f"/elections/{election}/nominate/", person="Nobody Known")
    assert answer.status_code == 422
    assert "No member is called Nobody Known" in answer.content.decode()


def test_who_opened_the_election_is_told_why_they_cannot_stand(club: Site) -> None:
    election = open_one(club)
    assert (
        "who holds the secret of the lot does not stand"
        in club.browser("ada").get(f"/elections/{election}/").content.decode()
    )


def test_a_member_cannot_open_an_election_and_reads_the_clause(club: Site) -> None:
    answer = act(club, "ben", "/elections/new/?seat=committee&body=members-meeting")
    assert answer.status_code == 422
    assert "an election is opened by the returning officer" in answer.content.decode()


def test_nominations_are_not_closed_before_their_last_day_is_over(club: Site) -> None:
    election = open_one(club)
    nominated(club, election, "ben")
    answer = act(club, "ada", f"/elections/{election}/close/")
    assert answer.status_code == 422
    assert "nominations are open through their last day" in answer.content.decode()


def test_no_more_candidates_than_seats_are_elected_without_a_poll(club: Site) -> None:
    election = open_one(club)
    nominated(club, election, "ben")
    club.clock.set("2027-01-08T09:00:00Z")
    done(act(club, "ada", f"/elections/{election}/close/"))
    page = club.browser("ben").get(f"/elections/{election}/").content.decode()
    assert "provisional" in page
    assert club.state.decisions[club.state.elections[election].decision].person == club.ids["ben"]


def test_the_whole_way_from_the_lot_to_a_result_that_stands(club: Site) -> None:
    election = open_one(club)
    nominated(club, election, "ben", "cleo", "dora")
    poll = polled(club, election)
    found = club.state.polls[poll]
    assert found.standing == "declared"
    assert found.options[-1].reopen
    decision = club.state.elections[election].decision
    assert decision
    assert club.state.decisions[decision].standing_on("2027-01-11") == "provisional"
    page = club.browser("ben").get(f"/elections/{election}/").content.decode()
    assert "a scrutineer" in page
    assert "the time to appeal" in page
    assert f"/elections/{election}/appeal/" in page


def test_an_appeal_stands_on_the_page_with_its_reasons(club: Site) -> None:
    election = open_one(club)
    nominated(club, election, "ben", "cleo", "dora")
    polled(club, election)
    done(act(club, "emil", f"/elections/{election}/appeal/", text="The poll opened too late."))
    page = club.browser("fay").get(f"/elections/{election}/").content.decode()
    assert "The poll opened too late." in page
    assert "undecided" in page
    link = (
        f"/motions/new/?matter=appeal-on-committee&amp;body=members-meeting&amp;appeal={next(iter(club.state.appeals))}"
    )
    assert link in page
    moving = club.browser("fay").get(link.replace("&amp;", "&"))
    assert moving.context["form"]["matter"].value() == "appeal-on-committee"
    done(act(club, "fay", link.replace("&amp;", "&"), text="That the election is held again."))
    (motion,) = club.state.motions.values()
    assert motion.appeal == next(iter(club.state.appeals))


def test_the_next_step_of_an_election_is_shown_to_the_returning_officer_alone(club: Site) -> None:
    election = open_one(club)
    nominated(club, election, "ben", "cleo", "dora")

    def shown(name: str) -> bool:
        return "For you as returning officer" in club.browser(name).get(f"/elections/{election}/").content.decode()

    assert shown("ada")
    assert not any(map(shown, ("ben", "emil", "gus")))
    club.clock.set("2027-01-08T09:00:00Z")
    done(act(club, "ada", f"/elections/{election}/close/"))
    assert "Open the poll" in club.browser("ada").get(f"/elections/{election}/").content.decode()
    assert not any(map(shown, ("ben", "emil", "gus")))
    done(act(club, "ada", f"/polls/new/?election={election}", closes_on="2027-01-10"))
    assert not shown("ada")


def test_the_returning_officer_may_keep_the_secret_and_the_record_holds_the_lot_alone(club: Site) -> None:
    from isonomy.engine.lots import lot_of_secret, opening_of

    page = club.browser("ada").get("/elections/new/?seat=committee&body=members-meeting")
    secret = page.context["form"]["drawn"].value()
    sent = filled(page, keeper="self")
    done(club.browser("ada").post("/elections/new/?seat=committee&body=members-meeting", sent))
    (election,) = club.state.elections.values()
    assert election.lot == lot_of_secret(secret)
    assert secret not in str(club.organisation.entry(club.state.n - 1))
    nominated(club, election.id, "ben", "cleo", "dora")
    club.clock.set("2027-01-08T09:00:00Z")
    at = f"/elections/{election.id}/close/"
    wrong = act(club, "ada", at, secret="B" * 43 + "=")
    assert wrong.status_code == 422
    assert "this does not open the lot" in wrong.content.decode()
    done(act(club, "ada", at, secret=secret))
    assert club.state.elections[election.id].opening == opening_of(secret)


def test_a_candidate_withdraws_and_is_not_on_the_paper(club: Site) -> None:
    election = open_one(club)
    nominated(club, election, "ben", "cleo", "dora")
    done(act(club, "ben", f"/elections/{election}/withdraw/", why="No time."))
    club.clock.set("2027-01-08T09:00:00Z")
    done(act(club, "ada", f"/elections/{election}/close/"))
    assert club.ids["ben"] not in club.state.elections[election].paper


def test_nobody_but_a_scrutineer_attests_a_count(club: Site) -> None:
    election = open_one(club)
    nominated(club, election, "ben", "cleo", "dora")
    poll = polled(club, election)
    answer = act(club, "emil", f"/elections/{election}/attest/", trace=club.state.polls[poll].trace)
    assert answer.status_code == 422
    assert "a count is attested by a scrutineer" in answer.content.decode()
    wrong = act(club, "emil", f"/elections/{election}/attest/", trace="no digest")
    assert wrong.status_code == 422


def seated(site: Site, election: str) -> str:
    """The mandate of the first one elected, once nothing stands against the result any more."""
    site.clock.set("2027-02-01T09:00:00Z")
    decision = site.state.elections[election].decision
    person = site.state.decisions[decision].person.split()[0]
    fields = {"act": "mandate.begin", "by": "ada", "as": "secretary", "person": person, "seat": "committee"}
    site.must(fields | {"since": "2027-02-01", "decision": decision})
    return next(mandate.id for mandate in site.state.mandates.values() if mandate.seat == "committee")


def test_a_seat_that_falls_vacant_early_is_filled_by_counting_the_papers_again(tmp_path: Path) -> None:
    site = Site(tmp_path / "plain", BOOK.replace("scrutineers: chair\n", ""), seats=("secretary",),
                members=("ben", "cleo", "dora", "emil", "fay", "gus"))  # fmt: skip
    try:
        election = open_one(site)
        nominated(site, election, "ben", "cleo", "dora")
        polled(site, election)
        mandate = seated(site, election)
        person = site.state.mandates[mandate].person
        who = next(name for name, id in site.ids.items() if id == person)
        site.must({"act": "mandate.end", "by": who, "mandate": mandate})
        page = site.browser("ada").get(f"/elections/{election}/").content.decode()
        assert f"/elections/vacancy/{mandate}/" in page
        refused = act(site, "emil", f"/elections/vacancy/{mandate}/")
        assert refused.status_code == 422
        done(act(site, "ada", f"/elections/vacancy/{mandate}/"))
        assert mandate in site.state.countbacks
        assert site.state.countbacks[mandate] != person
    finally:
        site.close()
        empty_tables()


def test_the_list_offers_what_the_viewer_may_open_and_outsiders_see_nothing(club: Site) -> None:
    assert "Open an election" in club.browser("ada").get("/elections/").content.decode()
    assert "Who may open one, and when" in club.browser("ben").get("/elections/").content.decode()
    assert club.browser().get("/elections/").status_code == 302
    assert club.browser("ben").get("/elections/el-77/").status_code == 404
    assert club.browser("ada").get("/elections/new/").status_code == 404
    assert club.browser("ada").get("/elections/vacancy/ma-99/").status_code == 404
