"""Every entry and every refusal can be said in plain words, with the organisation's own titles."""

from __future__ import annotations

import dataclasses
import typing
from typing import Any

import pytest

from isonomy.engine.effect import EFFECTS
from isonomy.engine.explain import explain, explain_refusal
from isonomy.engine.refusal import Ground, Refused
from isonomy.engine.sentences import SENTENCES, Speaker
from isonomy.engine.state import State
from tests.engine.meeting_rulebooks import VILLAGERS, branches, village
from tests.engine.test_duties_of_meetings import council_meets
from tests.engine.test_reported_meetings import chronicle, told
from tests.organisation import TestOrganisation

DATES = {
    "on", "since", "until", "starts", "call_by", "hold_by", "lapses_on", "earliest", "latest", "due_on",
    "in_force_from", "notice_due_on", "sent_on", "served_on", "closes_on", "founded_on",
    "nominations_until", "resumes", "vacant_on", "appealable_until", "by_on", "report_by", "review_on",
    "answer_by", "draw_from", "as_of", "appeal_until", "notice_until",
    "opens_on", "publish_by", "answers_by", "silent_on", "rejoin_by",
    "by_right",
    "binds_from", "confirm_by", "from_on", "last_day", "object_until", "choose_until",
    "let_go_by", "offer_by", "vote_by", "gather_until", "barred_until", "protected_until",
}  # fmt: skip
SEATS = {"seat", "body", "ratify_by", "owner"}


def sample(kind: type, full: bool) -> Any:
    """An effect with a value in every field, or only in those without a default."""
    hints = typing.get_type_hints(kind)
    made: dict[str, Any] = {}
    for item in dataclasses.fields(kind):
        needed = item.default is dataclasses.MISSING and item.default_factory is dataclasses.MISSING
        if needed or full:
            made[item.name] = _value(item.name, hints[item.name])
    return kind(**made)


def _value(name: str, hint: Any) -> Any:
    if name == "outcome":
        return {"winners": [], "decided": True, "quorum": "yes", "dropped": [], "tests": []}
    if name == "terms":
        return {"condition": {"that": "it be kept"}}
    if name in DATES:
        return "2027-03-10"
    if name in SEATS:
        return "committee"
    if name in ("matters", "too_late_for"):
        return ("roof",)
    if typing.get_origin(hint) is tuple:
        return ()
    if typing.get_origin(hint) is dict:
        return {"north": 3}
    plain = next((each for each in typing.get_args(hint) if each is not type(None)), hint)
    if dataclasses.is_dataclass(plain) and isinstance(plain, type):
        return sample(plain, True)
    return {bool: True, int: 3}.get(plain, f"a {name}".replace("_", " "))


def people(org: TestOrganisation, *names: str) -> list[str]:
    return [org.person(name) for name in names]


def test_every_effect_has_words_and_every_word_an_effect() -> None:
    assert set(SENTENCES) == set(EFFECTS)


@pytest.mark.parametrize("name", sorted(EFFECTS))
@pytest.mark.parametrize("full", [False, True])
def test_the_words_of_an_effect_are_sentences(name: str, full: bool) -> None:
    for state in (State(), village().state):
        rulebook = state.rulebooks.get("ed-0")
        sentences = SENTENCES[name](Speaker(state, rulebook, "the chair (p-ada000)"), sample(EFFECTS[name], full))
        assert sentences
        for sentence in sentences:
            assert len(sentence) > 10
            assert not sentence.endswith(".")
            assert "None" not in sentence
            assert "  " not in sentence
            assert "2027-03" not in sentence, f"a bare date: {sentence}"


# -- entries -----------------------------------------------------------------------------------------------


def test_the_worked_example_in_words() -> None:
    org = village()
    org.set_clock("2027-03-05T18:12:03Z")
    org.accepted("meeting.call", by="ada", as_="chair", body="committee", starts="2027-03-10T19:00", matters=["budget"])
    assert explain(org.state, org.entries[-1]) == (
        "The chair (p-ada000) called a meeting of the committee for Wednesday 10 March 2027, 19:00, about budget "
        "(clause 4). Notice is due by Sunday 7 March 2027."
    )


def test_names_are_said_to_those_who_may_see_them() -> None:
    org = village()
    org.accepted("meeting.demand", by="ben", body="members-meeting", matters=["roof", "election-of-committee"])
    said = explain(org.state, org.entries[-1], {"p-ben000": "Ben Fictional"})
    assert said == (
        "Ben Fictional demanded the members' meeting, about roof and the election of the committee (ca-1) "
        "(clause 3). Ben Fictional supports the demand ca-1."
    )


def test_a_founding_of_many_is_told_in_numbers() -> None:
    said = explain(village().state, village().entries[0])
    assert "12 persons became members." in said
    assert "12 keys were enrolled." in said
    assert said.startswith("p-ada000 founded")
    assert "founded Village Hall Society on Wednesday 6 January 2027, a living organisation (Europe/Berlin)" in said
    assert "6 seats were taken." in said


def test_a_report_names_its_source_and_what_it_broke_or_left_open() -> None:
    org = chronicle()
    told(org, "meeting.call", "1901-05-08", body="committee", starts="1901-05-10T19:00", matters=["budget"])
    said = explain(org.state, org.entries[-1])
    assert said.startswith("Reported by p-clio000 from a fictional chronicle: ")
    assert "Irregular (clause 4): 3 days of notice, " in said
    told(org, "meeting.open", "1901-05-10", meeting="mt-1", present_count=4)
    said = explain(org.state, org.entries[-1])
    assert "whether that is a quorum" not in said
    assert "It cannot be told whether this was kept (clause 4): 3 days of notice" in said


def test_every_entry_of_a_busy_year_is_said_in_sentences() -> None:
    org = branches()
    council_meets(org, "2027-02-01")
    org.accepted("duty.discharge", by="sue", duty="minutes", occasion="mt-1")
    org.accepted("meeting.demand", by="nan", body="congress", matters=["programme"])
    org.accepted("member.leave", by="wes")
    org.accepted("mandate.end", by="ned", mandate=org.state.by_seat["branch-treasurer@north"][0])
    org.accepted("mandate.begin", by="nan", person=org.person("nia"), seat="branch-treasurer@north")
    for entry in org.entries:
        said = explain(org.state, entry)
        assert said.endswith((".", ")."))
        assert "None" not in said
        assert said[0].isupper() or said.startswith("p-")
    before = org.state.digest()
    assert before == org.replayed().digest()


# -- refusals ----------------------------------------------------------------------------------------------


def test_the_refusal_of_the_page_in_its_own_words() -> None:
    state = branches().state
    state.local = "2027-04-03T09:00:00+01:00"
    refusal = Refused(
        (
            Ground(
                "4", "14 days of notice", {"notice sent": "2027-04-03", "meeting": "2027-04-12", "days": 9},
                "call it for 2027-04-17 or later",
            ),
        )
    )  # fmt: skip
    assert explain_refusal(state, refusal, {"body": "congress"}) == (
        "Refused: the notice for this congress was sent on 3 April for 12 April; clause 4 asks 14 days. "
        "Call it for 17 April or later."
    )


def test_a_call_too_late_says_what_is_left_and_the_lawful_day() -> None:
    org = village()
    org.set_clock("2027-03-08")
    act = {"body": "committee", "starts": "2027-03-10T19:00", "matters": ["budget"]}
    refused = org.refused("meeting.call", by="ada", **act)
    assert explain_refusal(org.state, refused.to_json("5f0d"), act) == (
        "Refused: a notice for this committee sent on 8 March leaves 2 days to 10 March; clause 4 asks 3 days. "
        "Call it for 11 March or later."
    )


def test_no_notice_is_said_to_be_none() -> None:
    org = village()
    org.accepted("meeting.call", by="ada", body="committee", starts="2027-02-10T19:00", matters=["budget"])
    org.set_clock("2027-02-10T18:00:00Z")
    refused = org.refused("meeting.open", by="ada", meeting="mt-1", present=people(org, "ada", "ben"))
    assert explain_refusal(org.state, refused, {"meeting": "mt-1"}) == (
        "Refused: no notice for this committee on 10 February was sent; clause 4 asks 3 days. "
        "Call it anew for 13 February or later."
    )


def test_a_quorum_missed_shows_its_numbers() -> None:
    org = village()
    org.set_clock("2027-03-06T10:00:00Z")
    refused = org.refused("meeting.open", by="ada", body="members-meeting", present=people(org, *VILLAGERS[:2]))
    assert explain_refusal(org.state, refused) == (
        "Refused: a meeting opens with its quorum (clause 3). Found: present 2, members 12, quorum 1/4 of the members, "
        "needed 3. Record it with meeting.lapse, then call it anew for 21 March or later."
    )


def test_several_reasons_are_numbered() -> None:
    refused = village().refused("meeting.call", by="ben", body="committee", starts="2027-01-07T19:00")
    said = explain_refusal(village().state, refused, None, {"p-ben000": "Ben Fictional"})
    assert said.startswith("Refused for 3 reasons. (1) The committee is called by those the clause names (clause 4).")
    assert "person Ben Fictional" in said
    assert "(3) " in said
