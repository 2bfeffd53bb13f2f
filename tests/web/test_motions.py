"""Pages of motions: drafts kept private, moving, seconding, deadlines, amendments compared word by word, history."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from isonomy.web.motions.models import DRAFTS_MAX, MotionDraft
from tests.web.site import MODEL, Site, empty_tables, filled
from tests.web.test_minutes_pages import called

WORDS = "The club buys beans and peas."
SEEDS = """
## 7. Seeds
A motion on seeds in the members' meeting is seconded by 1 other member and stands 10 days before the meeting. Amendments
are seconded by 1 other, 4 days before the meeting, and put in the order received. Before the meeting the mover may accept one.

```rule decision seeds
by: members-meeting
matters: seeds
seconders: 1
motion deadline: 10 days before the meeting
amendments: in the order received
amendment seconders: 1
amendment deadline: 4 days before the meeting
mover accepts: before the meeting
```
"""


@pytest.fixture
def garden(tmp_path: Path) -> Iterator[Site]:
    """A club that has a clause on motions about seeds."""
    found = Site(tmp_path / "garden", MODEL + SEEDS)
    try:
        yield found
    finally:
        found.close()
        empty_tables()


def moved(site: Site, by: str = "ben", matter: str = "seeds", text: str = WORDS) -> str:
    move = {"act": "motion.move", "by": by, "body": "members-meeting", "matter": matter, "text": text}
    return f"mo-{site.must(move)['n']}"


def amended(site: Site, motion: str, by: str = "cleo") -> str:
    amend = {"act": "motion.amend", "by": by, "motion": motion, "passage": "peas", "becomes": "lentils"}
    return f"am-{site.must(amend)['n']}"


def page(site: Site, name: str, path: str) -> str:
    answer = site.browser(name).get(path)
    assert answer.status_code == 200, answer.content.decode()
    return str(answer.content.decode())


# -- moving and drafts -------------------------------------------------------------------------------------


def test_a_body_that_is_left_open_is_the_one_that_the_rulebook_makes_competent(site: Site) -> None:
    browser = site.browser("ada")
    for matter, body in (("budget", "committee"), ("policy", "members-meeting")):
        sent = filled(browser.get("/motions/new/"), matter=matter, text=WORDS)
        assert browser.post("/motions/new/", sent).status_code == 302
        assert list(site.state.motions.values())[-1].body == body


def test_the_page_says_who_decides_what_and_what_follows_for_the_matter(garden: Site) -> None:
    shown = page(garden, "ben", "/motions/new/?matter=seeds")
    assert "1 other must second it." in shown
    assert "It stands 10 days before the meeting" in shown
    assert "?matter=budget" in shown


def test_a_form_asks_for_the_person_only_where_the_matter_is_about_one(site: Site) -> None:
    browser = site.browser("ben")
    assert "person" not in browser.get("/motions/new/?matter=policy").context["form"].fields
    form = browser.get("/motions/new/?matter=removal-from-chair")
    assert "person" in form.context["form"].fields
    sent = filled(form, text="The chair goes.", person="nobody at all")
    answer = browser.post("/motions/new/", sent)
    assert answer.status_code == 422
    assert "No member of this name is known to you" in answer.content.decode()


def test_a_person_is_found_by_name(site: Site) -> None:
    browser = site.browser("ada")
    sent = filled(browser.get("/motions/new/?matter=admission"), text="She helps.", person="cleo example")
    answer = browser.post("/motions/new/", sent)
    assert answer.status_code == 302, answer.content.decode()
    assert next(iter(site.state.motions.values())).person == site.ids["cleo"]


def test_a_matter_that_nobody_decides_is_refused_with_the_form_filled_in(garden: Site) -> None:
    browser = garden.browser("ben")
    sent = filled(browser.get("/motions/new/"), body="committee", matter="seeds", text=WORDS)
    answer = browser.post("/motions/new/", sent)
    assert answer.status_code == 422
    assert "bring it before the members&#x27; meeting" in answer.content.decode()
    assert WORDS in answer.content.decode()


def test_a_draft_is_kept_for_its_author_alone_and_is_gone_when_it_is_moved(site: Site) -> None:
    ben, cleo = site.browser("ben"), site.browser("cleo")
    before = site.state.n
    sent = filled(ben.get("/motions/new/"), matter="policy", text="Half a thought")
    assert ben.post("/motions/new/", sent | {"keep": "yes"}).status_code == 302
    assert site.state.n == before, "nothing of a draft reaches the record"
    (draft,) = MotionDraft.objects.all()
    assert "Half a thought" in ben.get("/motions/drafts/").content.decode()
    assert "Half a thought" not in cleo.get("/motions/drafts/").content.decode()
    assert "Half a thought" not in cleo.get(f"/motions/new/?draft={draft.pk}").content.decode()
    again = ben.get(f"/motions/new/?draft={draft.pk}")
    assert "Half a thought" in again.content.decode()
    answer = ben.post("/motions/new/", filled(again, text=WORDS))
    assert answer.status_code == 302
    assert not MotionDraft.objects.exists()


def test_nobody_discards_or_moves_away_the_draft_of_another(site: Site) -> None:
    ben, cleo = site.browser("ben"), site.browser("cleo")
    ben.post("/motions/new/", filled(ben.get("/motions/new/"), text="Mine") | {"keep": "yes"})
    (draft,) = MotionDraft.objects.all()
    cleo.post(f"/motions/drafts/{draft.pk}/discard/")
    sent = filled(cleo.get("/motions/new/"), matter="policy", text=WORDS, draft=draft.pk)
    assert cleo.post("/motions/new/", sent).status_code == 302
    assert MotionDraft.objects.filter(pk=draft.pk).exists()
    assert ben.get(f"/motions/drafts/{draft.pk}/discard/").status_code == 405
    ben.post(f"/motions/drafts/{draft.pk}/discard/")
    assert not MotionDraft.objects.exists()


def test_drafts_are_bounded(site: Site) -> None:
    MotionDraft.objects.bulk_create(MotionDraft(person=site.ids["ben"]) for _ in range(DRAFTS_MAX))
    ben = site.browser("ben")
    answer = ben.post("/motions/new/", filled(ben.get("/motions/new/"), text="One more") | {"keep": "yes"})
    assert answer.status_code == 400
    assert MotionDraft.objects.count() == DRAFTS_MAX


# -- standing behind it ------------------------------------------------------------------------------------


def test_a_motion_says_how_many_must_still_second_and_by_which_day(garden: Site) -> None:
    called(garden, "seeds")
    motion = moved(garden)
    shown = page(garden, "cleo", f"/motions/{motion}/")
    assert "1 more is needed" in shown
    assert "It is to stand by" in shown
    assert "10 February 2027" in shown, "10 days before 20 February"
    assert f"/motions/{motion}/second/" in shown


def test_another_member_seconds_and_then_it_stands(garden: Site) -> None:
    motion = moved(garden)
    browser = garden.browser("cleo")
    sent = filled(browser.get(f"/motions/{motion}/second/"))
    assert browser.post(f"/motions/{motion}/second/", sent).status_code == 302
    assert garden.state.motions[motion].seconders == [garden.ids["cleo"]]
    shown = page(garden, "cleo", f"/motions/{motion}/")
    assert "Stands since" in shown
    assert f"/motions/{motion}/second/" not in shown


def test_the_mover_is_not_offered_to_second_and_is_refused_with_the_cure(garden: Site) -> None:
    motion = moved(garden)
    assert f"/motions/{motion}/second/" not in page(garden, "ben", f"/motions/{motion}/")
    browser = garden.browser("ben")
    answer = browser.post(f"/motions/{motion}/second/", filled(browser.get(f"/motions/{motion}/second/")))
    assert answer.status_code == 422
    assert "ask someone else to second" in answer.content.decode()


def test_the_mover_withdraws_and_nobody_else_is_offered_to(garden: Site) -> None:
    motion = moved(garden)
    assert f"/motions/{motion}/withdraw/" not in page(garden, "cleo", f"/motions/{motion}/")
    browser = garden.browser("ben")
    sent = filled(browser.get(f"/motions/{motion}/withdraw/"), why="I thought again.")
    assert browser.post(f"/motions/{motion}/withdraw/", sent).status_code == 302
    assert garden.state.motions[motion].standing == "withdrawn"
    assert "withdrawn" in page(garden, "cleo", f"/motions/{motion}/")


# -- amendments --------------------------------------------------------------------------------------------


def test_an_amendment_is_written_as_the_text_one_wants_and_moved_as_the_words_that_change(garden: Site) -> None:
    motion = moved(garden)
    browser = garden.browser("cleo")
    path = f"/motions/{motion}/amend/"
    wanted = "The club buys beans and lentils."
    checked = browser.post(path, filled(browser.get(path), text=wanted))
    shown = checked.content.decode()
    assert checked.status_code == 200
    assert not garden.state.amendments
    assert "peas<span" in shown.replace("\n", "")
    assert "<del>" in shown
    assert "<ins>" in shown
    assert "struck out: " in shown, "read aloud, without colour"
    assert browser.post(path, filled(checked)).status_code == 302
    (amendment,) = garden.state.amendments.values()
    assert (amendment.passage, amendment.becomes) == ("peas", "lentils")


def test_an_amendment_that_changes_nothing_is_refused_before_it_is_moved(garden: Site) -> None:
    motion = moved(garden)
    browser = garden.browser("cleo")
    path = f"/motions/{motion}/amend/"
    answer = browser.post(path, filled(browser.get(path), text=WORDS))
    assert answer.status_code == 422
    assert "an amendment changes the words of the motion" in answer.content.decode()


def test_line_ends_of_a_browser_are_no_change(garden: Site) -> None:
    motion = moved(garden, text="One.\nTwo.")
    browser = garden.browser("cleo")
    path = f"/motions/{motion}/amend/"
    answer = browser.post(path, filled(browser.get(path), text="One.\r\nTwo.\r\n"))
    assert answer.status_code == 422


def test_the_mover_accepts_an_amendment_that_stands_and_the_page_shows_what_changed(garden: Site) -> None:
    motion = moved(garden)
    amendment = amended(garden, motion)
    ben, dora = garden.browser("ben"), garden.browser("dora")
    refused = ben.post(f"/amendments/{amendment}/accept/", filled(ben.get(f"/amendments/{amendment}/accept/")))
    assert refused.status_code == 422
    assert "1 more must second" in refused.content.decode()
    dora.post(f"/amendments/{amendment}/second/", filled(dora.get(f"/amendments/{amendment}/second/")))
    sent = filled(ben.get(f"/amendments/{amendment}/accept/"))
    assert ben.post(f"/amendments/{amendment}/accept/", sent).status_code == 302
    assert garden.state.motions[motion].text == "The club buys beans and lentils."
    shown = page(garden, "fay", f"/motions/{motion}/")
    assert "What amendments changed since it was moved" in shown
    assert "accepted" in shown


def test_who_moved_an_amendment_withdraws_it(garden: Site) -> None:
    amendment = amended(garden, moved(garden))
    cleo = garden.browser("cleo")
    path = f"/amendments/{amendment}/withdraw/"
    assert cleo.post(path, filled(cleo.get(path))).status_code == 302
    assert garden.state.amendments[amendment].standing == "withdrawn"


def test_where_no_clause_takes_amendments_none_is_spoken_of(site: Site) -> None:
    motion = moved(site, matter="policy")
    shown = page(site, "cleo", f"/motions/{motion}/")
    assert "Amendments" not in shown
    assert f"/motions/{motion}/amend/" not in shown


def test_after_the_deadline_the_page_says_so_with_its_clause(garden: Site) -> None:
    called(garden, "seeds")
    motion = moved(garden)
    garden.clock.set("2027-02-18T09:00:00Z")
    shown = page(garden, "cleo", f"/motions/{motion}/")
    assert "not possible now" in shown
    assert "an amendment stands 4 days before the meeting" in shown.lower()


# -- list and history --------------------------------------------------------------------------------------


def test_motions_are_searched_by_words_body_and_whether_they_are_open(garden: Site) -> None:
    seeds, other = moved(garden), moved(garden, "ada", "policy", "A flag.")
    garden.must({"act": "motion.withdraw", "by": "ada", "motion": other})
    for query, found, not_found in (
        ("words=BEANS", seeds, other), ("which=open", seeds, other), ("body=committee", "", seeds),
    ):  # fmt: skip
        shown = page(garden, "cleo", f"/motions/?{query}")
        assert not found or f"/motions/{found}/" in shown
        assert f"/motions/{not_found}/" not in shown


def test_the_history_names_every_entry_about_the_motion_and_no_other(garden: Site) -> None:
    motion = moved(garden)
    second = garden.must({"act": "motion.second", "by": "dora", "motion": motion})
    other = garden.must({"act": "motion.move", "by": "ada", "body": "members-meeting", "matter": "policy",
                         "text": f"Like {motion}."})  # fmt: skip
    shown = page(garden, "cleo", f"/motions/{motion}/")
    assert f"entry {second['n']}<" in shown
    assert "Dora Example seconded the " in shown
    assert f"entry {other['n']}<" not in shown


def test_what_is_not_there_is_not_found(site: Site) -> None:
    for path in ("/motions/mo-99/", "/motions/mo-99/second/", "/motions/mo-99/amend/", "/amendments/am-9/accept/"):
        assert site.browser("ben").get(path).status_code == 404


def test_motions_are_for_members(garden: Site) -> None:
    motion = moved(garden)
    for path in ("/motions/", f"/motions/{motion}/", "/motions/drafts/", f"/motions/{motion}/amend/"):
        assert garden.browser().get(path).status_code == 302


def test_whoever_may_not_move_in_a_body_is_told_before_writing_who_may(site: Site) -> None:
    shown = page(site, "ben", "/motions/new/?matter=budget")
    assert "Not yours to move here" in shown
    assert "What you can do" in shown
    assert "Not yours to move here" not in page(site, "ada", "/motions/new/?matter=budget")
    assert "Not yours to move here" not in page(site, "ben", "/motions/new/?matter=policy")


def test_a_decision_that_awaits_it_is_ratified_by_a_motion_that_names_it(site: Site) -> None:
    take = {"act": "decision.take", "by": "ada", "as": "chair", "matter": "spending", "text": "New oars.", "amount": 90}
    decision = f"de-{site.must(take)['n']}"
    ada = site.browser("ada")
    sent = filled(ada.get(f"/motions/new/?matter=ratification&ratifies={decision}"), text="It is ratified.")
    answer = ada.post("/motions/new/", sent)
    assert answer.status_code == 302, answer.content.decode()
    (motion,) = site.state.motions.values()
    assert (motion.body, motion.ratifies) == ("committee", decision)
