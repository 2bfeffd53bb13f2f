"""The rulebook's pages: everybody reads the law; members see what was done under it and how it would change."""

from __future__ import annotations

from hashlib import sha256

import pytest

from isonomy.web import traces
from tests.web.site import MODEL, Site, filled

WITHOUT_CAP = MODEL.replace("up to: 200\n", "").replace("may spend up to 200 at a time", "may spend money")
WITHOUT_CAP = WITHOUT_CAP.replace("edition: 1", "edition: 2")


def lodged(site: Site, text: str = WITHOUT_CAP, by: str = "ben") -> str:
    entry = site.must(
        {"act": "rulebook.lodge", "by": by, "sha256": sha256(text.encode()).hexdigest(), "rulebook": text}
    )
    return f"ed-{entry['n']}"


def test_everybody_reads_the_whole_text_with_its_contents(site: Site) -> None:
    shown = site.browser().get("/rulebook/").content.decode()
    assert "All members are the members&#x27; meeting" in shown or "All members are the members' meeting" in shown
    assert 'href="#clause-3"' in shown
    assert "in force from" in shown


def test_a_search_gives_the_clauses_in_which_all_words_stand(site: Site) -> None:
    page = site.browser().get("/rulebook/", {"q": "QUORUM  seats"})
    assert [laid.id for laid, *_ in page.context["found"]] == ["2"]
    none = site.browser().get("/rulebook/", {"q": "submarine"}).content.decode()
    assert "No clause has all of these words" in none


def test_words_that_are_searched_for_stay_words(site: Site) -> None:
    shown = site.browser().get("/rulebook/", {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in shown


def test_a_clause_stands_beside_what_the_program_reads_in_it(site: Site) -> None:
    shown = site.browser().get("/rulebook/clause/4/").content.decode()
    assert "Between its meetings the chair may spend up to 200" in shown
    assert "chair may decide" in shown.split("What the program reads here")[1]


def test_what_was_done_under_a_clause_stands_there_newest_first_with_its_entry(site: Site) -> None:
    page = site.browser("ben").get("/rulebook/clause/1/")
    numbers = [item["n"] for item in page.context["done"]]
    assert numbers == sorted(numbers, reverse=True)
    assert len(numbers) == 5 or len(numbers) == 6
    shown = page.content.decode()
    assert "Fay Example" in shown
    before = page.headers["ETag"]
    site.admit("gus")
    again = site.browser("ben").get("/rulebook/clause/1/")
    assert again.headers["ETag"] != before
    assert "Gus Example" in again.content.decode()


def test_what_was_done_is_told_to_members_alone(site: Site) -> None:
    shown = site.browser().get("/rulebook/clause/1/").content.decode()
    assert "Example</a>" not in shown
    assert "Fay" not in shown
    assert "cite it" in shown


def test_many_entries_under_a_clause_come_page_by_page(site: Site) -> None:
    for number in range(20):
        site.admit(f"guest{number}")
    browser = site.browser("ben")
    first = browser.get("/rulebook/clause/1/").context["done"]
    second = browser.get("/rulebook/clause/1/", {"page": "2"}).context["done"]
    assert len(first) == 20
    assert second[0]["n"] < first[-1]["n"]


def test_an_unknown_clause_or_edition_is_said_to_be_unknown(site: Site) -> None:
    browser = site.browser()
    assert browser.get("/rulebook/clause/99/").status_code == 404
    assert browser.get("/rulebook/clause/1/", {"edition": "ed-77"}).status_code == 404
    assert browser.get("/rulebook/editions/ed-77/").status_code == 404
    assert browser.get("/rulebook/compare/", {"before": "x"}).status_code == 404


def test_a_proposed_text_shows_what_it_gives_and_takes(site: Site) -> None:
    edition = lodged(site)
    shown = site.browser("cleo").get(f"/rulebook/editions/{edition}/").content.decode()
    assert "Proposed text" in shown
    assert "200" in shown.split("Powers gained and lost")[1]
    assert "<del>" in shown
    assert f"edition={edition}" in shown
    assert "A new text is proposed" in site.browser().get("/rulebook/").content.decode()


def test_a_clause_of_a_proposed_text_says_that_it_is_not_in_force(site: Site) -> None:
    edition = lodged(site)
    shown = site.browser().get("/rulebook/clause/4/", {"edition": edition}).content.decode()
    assert "It is not in force" in shown
    assert "<ins>" in shown


def test_the_text_as_a_file_has_the_digest_of_the_record(site: Site) -> None:
    answer = site.browser().get("/rulebook/editions/ed-0/text.md")
    assert sha256(answer.content).hexdigest() == site.state.editions["ed-0"].sha256


def test_two_editions_are_compared_as_powers_and_as_clauses(site: Site) -> None:
    edition = lodged(site)
    page = site.browser().get("/rulebook/compare/", {"before": "ed-0", "after": edition})
    assert {change.after for change in page.context["comparison"].clauses} == {"4"}
    same = site.browser().get("/rulebook/compare/", {"before": "ed-0", "after": "ed-0"}).content.decode()
    assert "No body or office gains or loses anything" in same


def test_a_text_is_shown_with_its_findings_before_it_is_lodged(site: Site) -> None:
    browser = site.browser("ben")
    before = site.state.n
    assert "organisation: Model Association" in browser.get("/rulebook/propose/").content.decode()
    look = browser.post("/rulebook/propose/", {"rulebook": WITHOUT_CAP.replace("\n", "\r\n")})
    assert look.status_code == 200
    assert "Powers gained and lost" in look.content.decode()
    assert site.state.n == before
    done = browser.post("/rulebook/propose/", filled(look))
    assert done.status_code == 302, done.content.decode()
    edition = site.state.editions[f"ed-{site.state.n - 1}"]
    assert edition.texts[0] == WITHOUT_CAP
    assert done.headers["Location"] == f"/rulebook/editions/{edition.id}/"


def test_a_text_sent_twice_is_lodged_once(site: Site) -> None:
    browser = site.browser("ben")
    sent = filled(browser.post("/rulebook/propose/", {"rulebook": WITHOUT_CAP}))
    browser.post("/rulebook/propose/", sent)
    browser.post("/rulebook/propose/", sent)
    assert len(site.state.editions) == 2


def test_a_long_text_is_lodged_in_parts(site: Site) -> None:
    long = WITHOUT_CAP + "\n## 7. Annex\n" + "Words that say nothing much, at some length.\n" * 1200
    browser = site.browser("ben")
    look = browser.post("/rulebook/propose/", {"rulebook": long})
    done = browser.post("/rulebook/propose/", filled(look))
    assert done.status_code == 302, done.content.decode()
    (edition,) = (found for found in site.state.editions.values() if found.id != "ed-0")
    assert edition.complete
    assert edition.parts > 1
    browser.post("/rulebook/propose/", filled(look))
    assert len(site.state.editions) == 2


def test_a_text_that_cannot_be_read_is_not_lodged_and_says_line_and_cure(site: Site) -> None:
    wrong = MODEL.replace("quorum: 1/4", "quorum: 25 %")
    look = site.browser("ben").post("/rulebook/propose/", {"rulebook": wrong})
    shown = look.content.decode()
    line = next(number for number, words in enumerate(wrong.split("\n"), 1) if "25 %" in words)
    assert "Must be mended" in shown
    assert any(found.line == line and found.cure for found in look.context["findings"])
    assert "cannot be lodged" in shown
    empty = site.browser("ben").post("/rulebook/propose/", {"rulebook": " "})
    assert empty.status_code == 422


def test_who_is_not_a_member_proposes_nothing(site: Site) -> None:
    assert site.browser().get("/rulebook/propose/").status_code == 302
    assert "Propose a change" not in site.browser().get("/rulebook/").content.decode()


def test_no_edition_comes_into_force_without_a_decision(site: Site) -> None:
    edition = lodged(site)
    browser = site.browser("ben")
    shown = browser.get(f"/rulebook/editions/{edition}/adopt/").content.decode()
    assert "No decision has been taken on this text" in shown
    sent = filled(browser.get(f"/rulebook/editions/{edition}/adopt/"), decision="de-1")
    assert browser.post(f"/rulebook/editions/{edition}/adopt/", sent).status_code == 422
    assert not site.state.editions[edition].in_force_from


def test_a_long_record_is_gone_through_some_entries_a_page(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(traces, "AT_ONCE", 2)
    browser = site.browser("ben")
    first = browser.get("/rulebook/clause/1/")
    assert "have been gone through" in first.content.decode()
    for _ in range(site.state.n):
        last = browser.get("/rulebook/clause/1/")
    assert last.headers["ETag"] != first.headers["ETag"]
    assert "have been gone through" not in last.content.decode()
    assert last.context["count"] == 5


def test_a_proposed_text_shows_the_motions_to_adopt_it_and_where_to_move_one(site: Site) -> None:
    edition = lodged(site)
    motion = {"act": "motion.move", "by": "ada", "body": "members-meeting", "matter": "amendment", "edition": edition}
    site.must(motion | {"text": "The second edition is adopted."})
    shown = site.browser("ben").get(f"/rulebook/editions/{edition}/").content.decode()
    assert "The second edition is adopted." in shown
    assert "body=members-meeting" in shown
