"""A pending amendment is shown with who gains and loses by it, what it opens and closes, and what it would leave to nobody."""

from __future__ import annotations

from isonomy.web.rulebook import checked
from tests.web.site import MODEL, Site
from tests.web.test_rulebook import WITHOUT_CAP, lodged


def _moved(site: Site, text: str = WITHOUT_CAP) -> str:
    edition = lodged(site, text)
    entry = site.must(
        {
            "act": "motion.move", "by": "ben", "body": "members-meeting", "matter": "amendment", "text": "As lodged.",
            "edition": edition,
        }
    )  # fmt: skip
    return f"mo-{entry['n']}"


def test_the_motion_shows_who_gains_and_who_loses_by_the_text(site: Site) -> None:
    motion = _moved(site)
    shown = site.browser("cleo").get(f"/motions/{motion}/").content.decode()
    assert "Who gains and who loses by it" in shown
    assert "up to 200" in shown.split("Who gains and who loses by it")[1]


def test_a_page_never_waits_for_the_check_and_says_how_anybody_gets_it(site: Site, monkeypatch: object) -> None:
    motion = _moved(site)
    state = site.state
    draft = state.motions[motion].draft
    with_check, checked.checked = checked.checked, lambda old, new: None  # type: ignore[assignment]
    try:
        shown = site.browser("cleo").get(f"/motions/{motion}/").content.decode()
    finally:
        checked.checked = with_check  # type: ignore[assignment]
    assert f"isonomy check {draft}.md --against ed-0.md" in shown


def test_once_it_is_computed_the_page_shows_what_the_text_opens_and_closes(site: Site) -> None:
    motion = _moved(site)
    state = site.state
    draft = state.editions[state.motions[motion].draft]
    known = checked.waited(state.editions["ed-0"], draft, 60)
    shown = site.browser("cleo").get(f"/motions/{motion}/").content.decode()
    assert "isonomy check" not in shown
    for found in (*known.opens, *known.closes):
        assert found.id in shown


def test_what_would_be_left_without_a_body_is_named_with_the_clause_that_gives_it_now(site: Site) -> None:
    text = MODEL.replace("edition: 1", "edition: 2")
    i = text.index("```rule amend")
    text = text[:i] + text[text.index("```\n", i + 3) + 4 :]
    draft = lodged(site, text)
    found = checked.amending(site.state, draft)
    assert found is not None
    assert [one.matter for one in found.silent] == ["amendment"]
