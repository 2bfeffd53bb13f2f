"""Sentences of the engine on pages: names, days and things in words; what members wrote themselves stays as they wrote it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from django.template import Context, Template

from tests.web.site import Site


def told(text: str, viewer: Any, mark: str = "telling text") -> str:
    return Template("{% " + mark + " %}").render(Context({"text": text, "viewer": viewer}))


MEMBER = SimpleNamespace(is_member=True, name=lambda person: {"p-ben0001": "Ben <Example>"}.get(person, person))
STRANGER = SimpleNamespace(is_member=False, name=lambda person: person)


def test_a_thing_is_a_link_in_words_and_never_a_bare_id() -> None:
    assert told("Ratify it (de-3149).", MEMBER) == 'Ratify it (<a href="/decisions/de-3149/">decision 3149</a>).'
    assert told("The poll po-7 is open", MEMBER) == 'The <a href="/polls/po-7/">poll 7</a> is open'
    assert told("by op-13", MEMBER) == 'by <a href="/opening-balance/">part 13 of the opening balance</a>'
    assert told("ru-5", MEMBER) == '<a href="/rulings/ru-5/">ruling 5</a>'
    assert told("de-3", MEMBER, "telling text link=False") == "decision 3"


def test_a_stranger_is_led_to_the_entry_which_is_public() -> None:
    assert told("(de-3149)", STRANGER) == '(<a href="/record/3149/">decision 3149</a>)'


def test_names_and_days_are_said_and_everything_is_escaped() -> None:
    assert told("<b> p-ben0001 until 2027-03-06", MEMBER) == (
        "&lt;b&gt; Ben &lt;Example&gt; until Saturday 6 March 2027"
    )
    assert told("<b>", None) == "&lt;b&gt;"


def test_what_is_quoted_stays_as_it_was_written() -> None:
    said = told('Ben moved "As mo-1 said on 2027-03-06" (mo-2).', MEMBER)
    assert said == 'Ben moved &quot;As mo-1 said on 2027-03-06&quot; (<a href="/motions/mo-2/">motion 2</a>).'
    assert told('elected "p-ben0001; p-ben0001"', MEMBER) == (
        "elected &quot;Ben &lt;Example&gt;; Ben &lt;Example&gt;&quot;"
    )


def test_what_a_member_wrote_stays_as_it_was_written(site: Site) -> None:
    words = "As mo-1 said on 2027-03-06."
    site.must({"act": "motion.move", "by": "ben", "body": "members-meeting", "matter": "policy", "text": words})
    (motion,) = site.state.motions
    page = site.browser("cleo").get(f"/motions/{motion}/").content.decode()
    assert page.count(words) == 2, "in the motion itself, and quoted in the record"
