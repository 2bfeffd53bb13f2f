"""Mandates to act, conditions, targets, what follows undone: what members should not get by them, reports, replay."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from isonomy.cli.overview import overview
from isonomy.documents.instruction_report import draft, progress_of
from isonomy.engine.duties import duties
from isonomy.engine.explain import explain
from isonomy.engine.refusal import Accepted
from isonomy.engine.state import day_of
from tests.organisation import TestOrganisation

RULEBOOK = (Path(__file__).parents[2] / "conformance/decisions/rulebooks/charged.md").read_text("utf-8")
PEOPLE = ("ada", "ben", "cy", "di", "eli")
REPORTING = """
## 10. Reports
The secretary reports what was done outside within 30 days.

```rule reporting meetings
by: secretary
within: 30 days
```
"""


def society() -> TestOrganisation:
    return TestOrganisation(
        RULEBOOK + REPORTING, founders=PEOPLE, mandates={"chair": "ada", "secretary": "ben", "deputy": "eli"}
    )


def meeting(org: TestOrganisation, *matters: str, on: str) -> str:
    """An assembly called now by the chair, held with everybody there."""
    called = f"mt-{org.state.n}"
    org.accepted("meeting.call", by="ada", as_="chair", body="assembly", starts=f"{on}T19:00", matters=list(matters))
    org.accepted("notice.send", by="ada", as_="chair", meeting=called, how="post", to_count=5)
    org.set_clock(f"{on}T20:00:00Z")
    org.accepted("meeting.open", by="ada", as_="chair", meeting=called, present=[org.person(name) for name in PEOPLE])
    return called


def put(org: TestOrganisation, sitting: str, matter: str, by: str = "ada", **terms: Any) -> dict[str, Any]:
    """A motion of di's with terms, and its question, not put yet."""
    motion = f"mo-{org.state.n}"
    org.accepted("motion.move", by="di", body="assembly", matter=matter, text=f"On {matter}.")
    org.accepted("motion.terms", by="di", motion=motion, **terms)
    return {
        "by": by, "body": "assembly", "question": "Shall it be?", "matter": matter, "motion": motion, "meeting": sitting,
        "secrecy": "by show of hands",
    }  # fmt: skip


def carried(org: TestOrganisation, sitting: str, matter: str, by: str = "ada", **terms: Any) -> Accepted:
    question = put(org, sitting, matter, by, **terms)
    poll = f"po-{org.state.n}"
    org.accepted("poll.open", **question)
    return org.accepted("poll.declare", by=by, poll=poll, rule="yes-no", tallies={"for": 4, "against": 1, "abstain": 0})


def charged(org: TestOrganisation, to: str = "chair", **more: Any) -> str:
    sitting = meeting(org, "instruction", on="2027-01-20")
    number = org.state.n + 3
    carried(org, sitting, "instruction", instruct={"does": "Mend the roof.", "due_on": "2027-02-01", "to": to, **more})
    assert f"in-{number}" in org.state.instructions.given
    return f"in-{number}"


def test_whoever_was_instructed_does_not_preside_over_the_own_discharge() -> None:
    org = society()
    one = charged(org)
    org.accepted("instruction.report", by="ada", instruction=one, text="Mended.")
    sitting = meeting(org, "discharge", on="2027-02-10")
    question = put(org, sitting, "discharge", discharge={"instruction": one, "outcome": "accepted"})
    refused = org.refused("poll.open", **question)
    assert "does not preside" in refused.grounds[0].says
    org.accepted("poll.open", **{**question, "by": "cy"})


def test_an_instruction_to_a_seat_stays_with_the_seat_and_waits_for_the_successor() -> None:
    org = society()
    one = charged(org)
    mandate = next(found.id for found in org.state.mandates_of_seat("chair", "2027-01-20"))
    org.accepted("mandate.end", by="ada", mandate=mandate, why="I resign")
    due = next(duty for duty in duties(org.state, day_of("2027-01-21")) if duty.id == f"report {one}")
    assert due.holders == ()
    assert "vacant" in due.who


def test_terms_stand_once_another_is_behind_the_motion_or_it_is_put() -> None:
    org = society()
    sitting = meeting(org, "instruction", on="2027-01-20")
    asked = {"does": "Mend the roof.", "due_on": "2027-02-01", "to": "chair"}
    question = put(org, sitting, "instruction", instruct=asked)
    org.accepted("poll.open", **question)
    refused = org.refused("motion.terms", by="di", motion=question["motion"], instruct={**asked, "to": "secretary"})
    assert "being voted on" in refused.grounds[0].says


def test_a_report_that_comes_late_is_taken_and_shown_as_late() -> None:
    org = society()
    one = charged(org)
    org.set_clock("2027-04-01")
    assert org.state.instructions.given[one].standing_on("2027-04-01") == "overdue"
    org.accepted("instruction.report", by="ada", instruction=one, text="Mended at last.")
    told = draft(org.state, "assembly", "2027-04-01", str, str)
    assert "(late)" in told
    assert "Mended at last." in told


def test_a_report_made_outside_may_be_reported_and_one_by_another_is_irregular_and_without_effect() -> None:
    org = society()
    one = charged(org)
    told = {"act": "instruction.report", "by": org.person("ada"), "instruction": one, "text": "Mended."}
    report = org.accepted(
        "report", by="ben", as_="secretary", what=told, happened={"earliest": "2027-01-20", "latest": "2027-01-20"},
        source="minutes",
    )  # fmt: skip
    assert [effect["effect"] for effect in report.effects] == ["report.noted", "instruction.reported"]
    assert report.irregularities == ()
    stranger = {**told, "by": org.person("eli")}
    irregular = org.accepted(
        "report", by="ben", as_="secretary", what=stranger, happened={"earliest": "2027-01-20", "latest": "2027-01-20"},
        source="minutes",
    )  # fmt: skip
    assert [found.clause for found in irregular.irregularities] == ["5"]
    assert "instruction.reported" not in [effect["effect"] for effect in irregular.effects]


def test_a_matter_stands_on_the_agenda_only_while_something_is_undone() -> None:
    org = society()
    one = charged(org)
    org.set_clock("2027-03-04")
    late = org.state.instructions.given[one]
    assert late.standing_on("2027-03-04") == "overdue"
    sitting = meeting(org, "roof", on="2027-03-20")
    carried(org, sitting, "discharge", by="cy", discharge={"instruction": one, "outcome": "withdrawn"})
    question = put(
        org, sitting, "review", "cy", condition={"that": "x", "owner": "secretary", "review_on": "2027-06-01"}
    )
    assert org.refused("poll.open", **question).grounds


def test_progress_of_a_target_is_counted_from_the_roll() -> None:
    org = society()
    sitting = meeting(org, "membership-target", on="2027-01-20")
    carried(org, sitting, "membership-target", target={"number": 7, "by_on": "2027-06-01"})
    target = next(iter(org.state.instructions.targets.values()))
    org.set_clock("2027-02-09")
    org.accepted("member.admit", by="ada", as_="chair", person=org.person("flo"), member_class="full")
    org.set_clock("2027-02-10")
    found = progress_of(org.state, target, "2027-02-10")
    assert (found.count, found.is_reached, len(found.admitted)) == (6, False, 1)
    assert found.way[-1] == ("2027-02-10", 6)


def test_replay_equals_live() -> None:
    org = society()
    one = charged(org)
    org.accepted("instruction.report", by="ada", instruction=one, text="Mended.")
    assert org.replayed().digest() == org.state.digest()
    assert "instructed" in explain(org.state, org.entries[-2])


def test_the_overview_lists_what_is_asked_for_and_what_follows() -> None:
    org = society()
    one = charged(org)
    shown = overview(org.state, "2027-03-04", lambda person: "")["open"]
    mine = [item for item in shown if item["id"] == one]
    assert mine[0]["stands"] == "overdue, report owed by 2027-03-03"
    assert {"instruction", "follows"} <= {item["kind"] for item in mine}
