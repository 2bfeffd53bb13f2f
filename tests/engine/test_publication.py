"""What is kept back is kept back by a decision, until a day fixed from the first, and by nobody alone; doors are closed openly."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from conformance.decisions.scenes_of_publication import EVERYBODY, PEOPLE, _called, _founded, _put
from isonomy.engine.duties import duties
from isonomy.engine.refusal import Accepted, Refused
from isonomy.engine.rehearsal import Rehearsal
from isonomy.engine.transition import edition_for, goes_on
from isonomy.kernel.bad_input import BadInput
from isonomy.rulebook.reader import examine, read_rulebook

ROOT = Path(__file__).parents[2]
READERS = (ROOT / "conformance" / "decisions" / "rulebooks" / "readers.md").read_text()


def _says(refused: Refused) -> str:
    return "; ".join(f"{ground.says} {ground.facts} {ground.cure}" for ground in refused.grounds)


def _open(matters: list[str]) -> tuple[Any, str]:
    scene = _founded("a meeting")
    meeting = _called(scene, "2027-02-10", matters)
    scene.on("2027-02-10", 20)
    scene.accepted("meeting.open", "ada", "chair", meeting=meeting, present=EVERYBODY)
    return scene, meeting


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("sealed at most: 1 year\n", "a text is sealed by a body, and for a longest time"),
        ("opened by: chair\n", "a seal hangs on nobody alone"),
        ("kept by: secretary\n", "a seal hangs on nobody alone"),
    ],
)
def test_nothing_is_sealed_without_a_longest_time_and_a_second_opener(line: str, words: str) -> None:
    found = examine(READERS.replace(line, "").encode(), "readers.md").findings
    assert any(words in finding.what for finding in found)


def test_a_block_that_says_within_says_by_whom() -> None:
    found = examine(READERS.replace("by: secretary\nwithin", "within").encode(), "readers.md").findings
    assert any("no line says by whom" in finding.what for finding in found)


@pytest.mark.parametrize(("what", "about"), [("result", ""), ("roll", ""), ("rulebook", ""), ("papers", "po-9")])
def test_results_the_roll_and_the_rulebook_are_never_sealed(what: str, about: str) -> None:
    scene, meeting = _open(["sealing"])
    decision = _put(scene, meeting, "sealing", "Until 2027-12-01.")
    more = {"about": about} if about else {}
    refused = scene.refused(
        "text.seal", "ada", "chair", decision=decision, what=what, title="It", sealed={"c": "A" * 43 + "="},
        opens_on="2027-12-01", **more,
    )  # fmt: skip
    assert "never sealed" in _says(refused)


def test_a_decision_seals_one_text_and_not_two() -> None:
    scene, meeting = _open(["sealing"])
    decision = _put(scene, meeting, "sealing", "Until 2027-12-01.")
    about = {"decision": decision, "what": "papers", "title": "It", "sealed": {"c": "A" * 43 + "="}}
    scene.accepted("text.seal", "ada", "chair", **about, opens_on="2027-12-01")
    assert "carried out already" in _says(scene.refused("text.seal", "ada", "chair", **about, opens_on="2027-12-01"))


def test_an_opening_stays_due_of_everybody_who_holds_it_until_it_is_done() -> None:
    scene, meeting = _open(["sealing"])
    decision = _put(scene, meeting, "sealing", "Until 2027-12-01.")
    scene.accepted(
        "text.seal", "ada", "chair", decision=decision, what="papers", title="It", sealed={"c": "A" * 43 + "="},
        opens_on="2027-12-01",
    )  # fmt: skip

    def openings(day: str) -> list[Any]:
        known = duties(scene.state, date.fromisoformat(day))
        return [duty for duty in known if duty.id.startswith("open tx-")]

    assert [(duty.seats, duty.is_overdue) for duty in openings("2027-11-01")] == [(("secretary",), False)]
    assert [(duty.seats, duty.is_overdue) for duty in openings("2030-01-01")] == [(("secretary", "chair"), True)]


def test_a_paper_is_due_before_the_meeting_and_a_late_one_does_not_count() -> None:
    scene = _founded("late paper")
    meeting = _called(scene, "2027-02-10", ["budget"])
    scene.on("2027-02-08")
    laid = scene.accepted("paper.lay", "di", meeting=meeting, matter="budget", title="Late", text="Late.")
    assert laid[0]["late"] is True
    assert laid[0]["due_on"] == "2027-02-07"
    scene.on("2027-02-10", 20)
    scene.accepted("meeting.open", "ada", "chair", meeting=meeting, present=EVERYBODY)
    motion = f"mo-{scene.state.n}"
    scene.accepted("motion.move", "cy", body="assembly", matter="budget", text="As laid.")
    refused = scene.refused(
        "poll.open", "ada", body="assembly", question="?", matter="budget", motion=motion, meeting=meeting,
        secrecy="by show of hands",
    )  # fmt: skip
    assert "without a paper that was laid in time" in _says(refused)


def test_a_session_is_not_closed_by_the_decision_of_another_meeting() -> None:
    scene, meeting = _open(["letters"])
    doors = _put(scene, meeting, "closed-session", "Behind closed doors.")
    scene.accepted("meeting.close", "ada", "chair", meeting=meeting)
    second = _called(scene, "2027-03-10", ["letters"])
    scene.on("2027-03-10", 20)
    scene.accepted("meeting.open", "ada", "chair", meeting=second, present=EVERYBODY)
    refused = scene.refused(
        "session.close", "ada", "chair", meeting=second, decision=doors, matters=["letters"], present=EVERYBODY
    )
    assert "each meeting decides for itself" in _says(refused)


def test_what_was_decided_behind_the_doors_is_told_and_nothing_else() -> None:
    scene, meeting = _open(["letters", "roof"])
    before = _put(scene, meeting, "roof", "Slate.")
    doors = _put(scene, meeting, "closed-session", "Behind closed doors.")
    session = f"cs-{scene.state.n}"
    scene.accepted(
        "session.close", "ada", "chair", meeting=meeting, decision=doors, matters=["letters"], present=EVERYBODY
    )
    behind = _put(scene, meeting, "letters", "We wrote it.")
    opened = scene.accepted("session.reopen", "ada", "chair", session=session)
    assert opened[0]["decided"] == [behind]
    assert before not in opened[0]["decided"]
    assert scene.state.publications.sessions[session].votes["for"] == 4


# -- what goes on when the rulebook changes --------------------------------------------------------------------

OLD = (
    READERS.replace("status: draft", "status: adopted")
    + """
## 5. Amendment
The assembly amends these rules by more than half of the votes cast.

```rule amend rules
by: assembly
majority: 1/2 of cast
```
"""
)
NEW = (
    OLD.replace("edition: 1", "edition: 2")
    .replace("It decides everything else.", "It decides everything else, by three quarters of the votes cast.")
    .replace("decides: everything else\n", "decides: everything else\nmajority: 3/4 of cast\n")
    + """
## 6. When these rules change
For 3 months the roof is decided on as the edition before says.

```rule transition roof
matters: roof
lasts: 3 months
```
"""
)


def _amended() -> Rehearsal:
    org = Rehearsal()
    people = [{"person": f"p-{name}000"[:6]} for name in PEOPLE]
    ids = [each["person"] for each in people]
    held = [{"person": ids[0], "seat": "chair"}, {"person": ids[1], "seat": "secretary"}]

    def must(by: str, seat: str, act: str, **fields: Any) -> None:
        verdict = org.submit(by, seat, act, fields)
        assert isinstance(verdict, Accepted), verdict

    assert isinstance(org.found(OLD, people, [], held), Accepted)
    must(ids[0], "chair", "meeting.call", body="assembly", starts="2027-01-20T19:00", matters=["amendment"])
    must(ids[0], "chair", "notice.send", meeting="mt-1", how="post", to_count=4)
    digest = sha256(NEW.encode()).hexdigest()
    must(ids[2], "", "rulebook.lodge", sha256=digest, rulebook=NEW)
    must(ids[2], "", "motion.move", body="assembly", matter="amendment", text="The new text.", edition="ed-3")
    org.set_clock("2027-01-20", "19:00")
    must(ids[0], "chair", "meeting.open", meeting="mt-1", present=ids)
    must(
        ids[0], "chair", "poll.open", body="assembly", question="?", matter="amendment", motion="mo-4", meeting="mt-1",
        secrecy="by show of hands",
    )  # fmt: skip
    refused = org.submit(ids[2], "", "motion.amend", {"motion": "mo-4", "passage": "new", "becomes": "newer"})
    assert isinstance(refused, Refused), "what is voted on was altered after the poll had opened"
    must(ids[0], "chair", "poll.declare", poll="po-6", rule="yes-no", tallies={"for": 3, "against": 1, "abstain": 0})
    must(ids[0], "chair", "rulebook.adopt", edition="ed-3", decision="de-7", in_force_from="2027-02-01")
    return org


def test_the_edition_before_goes_on_for_the_matters_of_a_transition_and_no_others_until_it_ends() -> None:
    org = _amended()
    old, new = "ed-0", "ed-3"

    class Put:
        matter = "roof"

    class Other:
        matter = "budget"

    assert edition_for(org.state, "2027-01-31", "poll.open", Put()) == old
    assert edition_for(org.state, "2027-02-01", "poll.open", Put()) == old
    assert edition_for(org.state, "2027-02-01", "poll.open", Other()) == new
    assert edition_for(org.state, "2027-02-01", "text.seal", Put()) == new
    assert edition_for(org.state, "2027-04-30", "poll.open", Put()) == old
    assert edition_for(org.state, "2027-05-01", "poll.open", Put()) == new
    assert [last for _, _, last in goes_on(org.state, "2027-02-01")] == ["2027-05-01"]


def test_the_first_edition_has_none_before_it() -> None:
    org = Rehearsal()
    first = OLD + NEW[NEW.index("## 6.") :]
    assert isinstance(org.found(first, [{"person": "p-ada0"}], [], [{"person": "p-ada0", "seat": "chair"}]), Accepted)
    assert goes_on(org.state, "2027-01-05") == ()


@pytest.mark.parametrize(
    ("old", "new"), [("lasts: 3 months", "lasts: 2 years"), ("matters: roof", "matters: amendment")]
)
def test_a_transition_ends_within_a_year_and_never_touches_the_amendment_clause(old: str, new: str) -> None:
    found = examine(NEW.replace(old, new).encode(), "new.md").findings
    assert any(finding.id == "contradiction" for finding in found)


def test_a_transition_without_an_end_cannot_be_read() -> None:
    with pytest.raises(BadInput, match="lasts"):
        read_rulebook(NEW.replace("lasts: 3 months\n", "").encode())
