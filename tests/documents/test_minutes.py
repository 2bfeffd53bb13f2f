"""Minutes: written from the acts of one meeting, each line with its entry, and approved by a decision that names them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isonomy.documents.minutes import Line, Minutes, acts_of, minutes_of, persons_in
from isonomy.documents.minutes_approval import Approval, digest_of, read_approval, standing_line, standing_of
from isonomy.documents.minutes_html import minutes_html
from isonomy.documents.minutes_items import Item
from isonomy.documents.minutes_text import minutes_text
from isonomy.engine.noted import Correction
from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.canonical import canonical_bytes
from tests.documents.strict_html import read_page
from tests.engine.motion_rulebooks import GARDENERS, amended, called, made, moved, opened, people, voted
from tests.engine.order_rulebooks import assembled, line, orderly, places
from tests.organisation import TestOrganisation

WORDS = "Buy beans and peas.\nSow them in *April*."


def names(org: TestOrganisation) -> dict[str, str]:
    return {org.person(name): f"{name.title()} Example" for name in GARDENERS}


def held() -> TestOrganisation:
    """A meeting that amended and carried a motion, lost another, and closed."""
    org = called()
    motion = moved(org, "ada", "seeds", WORDS, "ben")
    amendment = amended(org, "cleo", motion, "dora", passage="peas", becomes="lentils")
    opened(org, "ada", "ben", "cleo", "dora")
    voted(org, "seeds", motion, amendment, tally=(3, 1))
    voted(org, "seeds", motion, tally=(4, 0))
    lost = moved(org, "emil", "tools", "Buy a golden spade.")
    voted(org, "tools", lost, tally=(1, 3))
    org.accepted("meeting.close", by="ada", meeting="mt-1")
    return org


def written(org: TestOrganisation, shown: dict[str, str] | None = None) -> Minutes:
    acts = acts_of(org.state, "mt-1", org.entries)
    return minutes_of(org.state, "mt-1", acts, names(org) if shown is None else shown)


def test_minutes_tell_the_meeting_from_its_call_to_its_close() -> None:
    minutes = written(held())
    assert minutes.title == "The assembly"
    assert [line.entry for line in minutes.convened] == [1, 2]
    assert "called the assembly" in minutes.convened[0].text
    course = [told for told in minutes.course if isinstance(told, Line)]
    assert "opened" in course[0].text
    assert "closed" in course[-1].text
    assert [item.title for item in minutes.items] == ["Seeds", "Tools"]


def test_those_present_stand_by_name_where_the_reader_may_see_it_else_by_id() -> None:
    org = held()
    assert written(org).presence.names == ("Ada Example", "Ben Example", "Cleo Example", "Dora Example")
    assert written(org, {}).presence.names == tuple(sorted(people(org, "ada", "ben", "cleo", "dora")))
    assert "Example" not in minutes_text(written(org, {}))


def test_the_quorum_is_told_with_its_clause() -> None:
    presence = written(held()).presence
    assert (presence.quorum, presence.clause) == ("Quorum reached (at least half of the members)", "2")


def test_an_item_tells_words_amendment_votes_decision_and_where_each_stands_in_the_record() -> None:
    org = held()
    first, second = written(org).items
    assert (first.words, first.as_put) == (WORDS, WORDS.replace("peas", "lentils"))
    assert first.who == "Moved by Ada Example; seconded by Ben Example"
    (amendment,) = first.amendments
    assert (amendment.passage, amendment.becomes, amendment.fate) == ("peas", "lentils", "Carried")
    assert amendment.vote is not None
    assert amendment.vote.figures == (("for", "3"), ("against", "1"))
    (vote,) = first.votes
    assert (vote.result, vote.asked, vote.clause) == ("Carried", "more than half of the votes cast", "4")
    for poll in (vote, amendment.vote):
        assert org.entries[poll.declared_at]["act"]["act"] == "poll.declare"
        assert org.entries[poll.declared_at]["act"]["poll"] == poll.poll
    assert [decision.id for decision in first.decisions] == [f"de-{vote.declared_at}"]
    assert (second.votes[0].result, second.decisions) == ("Not carried", ())


def test_every_line_names_an_entry_that_belongs_to_the_meeting() -> None:
    org = held()
    acts = acts_of(org.state, "mt-1", org.entries)
    numbers = {entry["n"] for entry in acts}
    for told in written(org).course:
        assert (told.entry if isinstance(told, Line) else told.opened_at) in numbers


def test_what_another_meeting_or_motion_did_does_not_stand_in_them() -> None:
    org = called()
    other = moved(org, "ada", "seeds", "Another wish.", "ben")
    opened(org)
    org.accepted("meeting.close", by="ada", meeting="mt-1")
    assert not written(org).items
    assert other not in minutes_text(written(org))


def test_a_challenge_of_the_quorum_and_the_count_that_answers_it_stand_in_the_course() -> None:
    org = called()
    opened(org)
    org.accepted("quorum.challenge", by="cleo", meeting="mt-1")
    org.accepted("quorum.count", by="ada", meeting="mt-1", present=people(org, "ada", "ben", "cleo", "dora"))
    course = [told for told in written(org).course if isinstance(told, Line)]
    assert [next(word for word in ("opened", "challenged", "counted") if word in line.text) for line in course] == [
        "opened",
        "challenged",
        "counted",
    ]
    assert course[-1].details == ("Present: Ada Example, Ben Example, Cleo Example and Dora Example.",)


def test_a_ruling_stands_in_the_course_with_its_words_and_its_appeal_after_it() -> None:
    org = orderly()
    meeting = assembled(org, "assembly", ["roof"], 20)
    where = line(org, places(org)["assembly"], "meets")
    org.accepted(
        "ruling.make", by="ada", meeting=meeting, words="Paint is roof.", reading="within-the-notice", matter="paint",
        within="roof", **where,
    )  # fmt: skip
    org.accepted("ruling.appeal", by="cy", ruling=f"ru-{org.state.n - 1}")
    minutes = minutes_of(org.state, meeting, acts_of(org.state, meeting, org.entries))
    made_line, appealed = [told for told in minutes.course if isinstance(told, Line)][-2:]
    assert made_line.details == ("Paint is roof.",)
    assert "appealed against the ruling" in appealed.text


def test_of_a_small_body_also_those_who_were_absent_are_told() -> None:
    from tests.engine.meeting_rulebooks import village

    org = village()
    org.set_clock("2027-03-06T10:00:00Z")
    there = [org.person(name) for name in ("ada", "ben", "cleo")]
    verdict = org.accepted("meeting.open", by="ada", body="members-meeting", present=there)
    meeting = made(verdict, "meeting.opened")["meeting"]
    minutes = minutes_of(org.state, meeting, acts_of(org.state, meeting, org.entries))
    assert not minutes.presence.absent, "of a body of all members nobody is listed as absent"


def test_a_meeting_that_is_not_there_is_bad_input() -> None:
    with pytest.raises(BadInput, match="there is no meeting 'mt-99'"):
        acts_of(held().state, "mt-99", [])


def test_reading_only_entries_that_hold_an_id_gives_the_same_minutes() -> None:
    from isonomy.documents.minutes import first_entry, things_of

    org = held()
    things = things_of(org.state, "mt-1")
    few = [
        entry
        for entry in org.entries[first_entry(things) :]
        if any(f'"{thing}"'.encode() in canonical_bytes(entry) for thing in things)
    ]
    assert acts_of(org.state, "mt-1", few) == acts_of(org.state, "mt-1", org.entries)


# -- approval ----------------------------------------------------------------------------------------------


def approving(org: TestOrganisation, **more: Any) -> Approval:
    acts = acts_of(org.state, "mt-1", org.entries)
    last = org.entries[-1]["n"]
    return Approval("mt-1", last, digest_of(acts, last), **more)


def standing(org: TestOrganisation) -> str:
    acts = acts_of(org.state, "mt-1", org.entries)
    return standing_of(org.state, written(org), acts, org.state.today).name


def approve(org: TestOrganisation, words: str) -> None:
    """A later assembly carries a motion on the minutes, which are its own matter as everything else is."""
    org.accepted("meeting.call", by="ben", body="assembly", starts="2027-04-05T10:00", matters=["minutes"])
    org.accepted("notice.send", by="ben", meeting=f"mt-{len(org.entries) - 1}", how="post", to_count=6)
    meeting = f"mt-{len(org.entries) - 2}"
    motion = moved(org, "cleo", "minutes", words)
    assert standing(org) in ("proposed", "draft")
    org.set_clock("2027-04-05T10:00:00Z")
    org.accepted("meeting.open", by="ada", meeting=meeting, present=people(org, *GARDENERS))
    put = org.accepted("poll.open", by="ada", body="assembly", question="Approve?", matter="minutes", motion=motion,
                       meeting=meeting)  # fmt: skip
    poll = made(put, "poll.opened")["poll"]
    org.accepted("poll.declare", by="ada", poll=poll, rule="yes-no", tallies={"for": 6, "against": 0})


def test_minutes_are_a_draft_until_a_body_approves_them() -> None:
    org = called()
    assert standing(org) == "to come"
    opened(org)
    assert standing(org) == "in progress"
    org.accepted("meeting.close", by="ada", meeting="mt-1")
    assert standing(org) == "draft"
    approve(org, approving(org, corrections="Cleo came at eleven.").words())
    assert standing(org) == "approved"
    found = standing_of(org.state, written(org), acts_of(org.state, "mt-1", org.entries), org.state.today)
    assert found.approval is not None
    assert found.approval.corrections == "Cleo came at eleven."
    assert standing_line(found).startswith(f"Approved by decision {found.decision.id if found.decision else ''}")


def test_an_approval_with_another_digest_approves_nothing() -> None:
    org = held()
    approve(org, Approval("mt-1", org.entries[-1]["n"], "0" * 64).words())
    assert standing(org) == "draft"


def test_a_slip_mended_after_the_approval_is_listed_and_the_approval_stands() -> None:
    org = called()
    opened(org)
    org.accepted("meeting.close", by="ada", meeting="mt-1")
    approve(org, approving(org).words())
    number = len(org.entries)
    slip = Correction(f"cr-{number}", 1, "mt-1", "place", "The new barn", "The old barn", "It rained.")
    org.state.corrections[slip.id] = slip
    assert standing(org) == "approved, since corrected"
    (told,) = written(org).corrections
    assert (told.entry, told.details) == (number, ("It rained.",))
    assert "The old barn" in told.text


def test_the_words_of_an_approval_are_read_as_they_are_written() -> None:
    approval = Approval("mt-9", 58, "ab" * 32, "One line.\nAnother.")
    assert read_approval(approval.words()) == approval
    assert read_approval("The minutes of mt-9 are approved.") is None


def test_the_digest_is_that_of_the_acts_as_lines() -> None:
    from hashlib import sha256

    org = held()
    acts = acts_of(org.state, "mt-1", org.entries)
    lines = b"".join(canonical_bytes(entry) + b"\n" for entry in acts)
    assert digest_of(acts, org.entries[-1]["n"]) == sha256(lines).hexdigest()
    assert digest_of(acts, acts[-2]["n"]) != digest_of(acts, acts[-1]["n"])


# -- text and page -----------------------------------------------------------------------------------------


def test_the_text_holds_words_figures_clauses_and_entries() -> None:
    org = held()
    text = minutes_text(written(org), "Draft")
    assert "# Minutes: The assembly" in text
    assert "**Draft**" in text
    assert "> Buy beans and lentils." in text
    assert "**Carried**: 4 for, 0 against (clause 4; entry " in text
    assert "Sow them in \\*April\\*." in text


def test_the_page_is_strict_and_needs_nothing_beside_it() -> None:
    page = minutes_html(written(held()), "Draft")
    read_page(page)
    assert "http" not in page.replace("http://www.w3.org/1999/xhtml", "")


@settings(max_examples=40)
@given(st.text(max_size=80), st.text(max_size=80))
def test_whatever_is_moved_is_text_and_never_markup(words: str, place: str) -> None:
    org = held()
    motion = next(iter(org.state.motions.values()))
    motion.moved_text = words.encode("utf-8", "ignore").decode()
    org.state.meetings["mt-1"].place = place.encode("utf-8", "ignore").decode()
    minutes = written(org)
    read_page(minutes_html(minutes))
    assert all(not line.lstrip().startswith("<") for line in minutes_text(minutes).splitlines())


def test_persons_in_minutes_are_those_in_the_acts() -> None:
    org = held()
    assert persons_in(org.state, acts_of(org.state, "mt-1", org.entries)) == set(people(org, *GARDENERS[:5]))


def test_items_stand_where_they_were_first_put() -> None:
    minutes = written(held())
    kinds = [type(told) for told in minutes.course]
    assert kinds == [Line, Item, Item, Line]
