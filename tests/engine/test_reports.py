"""A report is never a back door to an effect, and what is unknown is never called irregular."""

from typing import Any

from isonomy.engine.refusal import Accepted, Refused
from tests.engine.rulebooks import CLUB
from tests.engine.test_deciding import declared, put
from tests.engine.test_founding import club, says
from tests.organisation import TestOrganisation

SPENT = {"act": "decision.take", "by": "p-ada000", "as": "chair", "matter": "spending", "text": "Oars", "amount": 50}


def on(day: str, latest: str = "") -> dict[str, str]:
    return {"earliest": day, "latest": latest or day}


def told(org: TestOrganisation, what: dict[str, Any], happened: dict[str, str], **fields: Any) -> Accepted:
    verdict = org.report(what, by="ben", as_="secretary", happened=happened, source="minutes", **fields)
    assert isinstance(verdict, Accepted), verdict
    return verdict


def names(accepted: Accepted) -> list[str]:
    return [effect["effect"] for effect in accepted.effects]


def test_reports_are_made_by_those_the_clause_names() -> None:
    verdict = club().report(SPENT, by="cy", happened=on("2027-01-04"), source="hearsay")
    assert isinstance(verdict, Refused)
    assert verdict.grounds[0].clause == "5"


def test_a_report_in_time_has_its_effect_when_it_is_attested() -> None:
    org = club()
    org.days(10)
    report = told(org, SPENT, on("2027-01-05"), attested_by=[org.person("ada")]).effects[0]["report"]
    accepted = org.accepted("report.attest", by="ada", as_="chair", report=report)
    assert names(accepted) == ["report.attested", "decision.taken"]
    assert accepted.effects[1]["on"] == "2027-01-05"
    assert org.state.reports[report].standing == "in force"


def test_an_unattested_report_has_no_effect_until_the_competent_body_ratifies_it() -> None:
    org = club()
    org.days(10)
    accepted = told(org, SPENT, on("2027-01-05"))
    assert names(accepted) == ["report.noted"]
    assert accepted.effects[0]["standing"] == "awaiting ratification"
    assert accepted.effects[0]["ratify_by"] == "congress"
    assert accepted.untold[0].says == "attested by the chair"
    assert org.state.decisions == {}


def test_a_late_report_has_no_effect_until_ratified() -> None:
    org = club()
    org.days(40)
    accepted = told(org, SPENT, on("2027-01-05"), attested_by=[org.person("ada")])
    assert accepted.effects[0]["standing"] == "awaiting ratification"
    assert "reported within 30 days" in accepted.untold[0].says


def test_ratification_gives_a_report_its_effect_from_its_own_entry() -> None:
    org = club()
    org.days(10)
    report = told(org, SPENT, on("2027-01-05")).effects[0]["report"]
    org.days(85)
    called = org.accepted(
        "meeting.call", by="ben", as_="secretary", body="congress", starts="2027-05-01T10:00", matters=["ratification"]
    )
    meeting = called.effects[0]["meeting"]
    org.accepted("notice.send", by="ben", as_="secretary", meeting=meeting, how="post", to_count=3)
    org.set_clock("2027-05-01T09:00:00Z")
    org.accepted("meeting.open", by="ada", as_="chair", meeting=meeting, present=[org.person("ada"), org.person("cy")])
    effects = declared(org, put(org, meeting, "ratification", ratifies=report), **{"for": 2, "against": 0})
    assert effects["report.ratified"]["report"] == report
    assert org.state.reports[report].standing == "ratified"
    spent = [found for found in org.state.decisions.values() if found.matter == "spending"]
    assert [(found.taken_on, found.text) for found in spent] == [("2027-05-01", "Oars")]


def test_what_the_reported_act_broke_is_named_with_its_clause_and_has_no_effect_in_a_living_organisation() -> None:
    org = club()
    org.days(10)
    personal = {
        "act": "decision.take",
        "by": "p-ben000",
        "as": "secretary",
        "matter": "programme",
        "text": "A new programme",
    }
    accepted = told(org, personal, on("2027-01-05"), attested_by=[org.person("ada")])
    assert [(item.clause, item.says) for item in accepted.irregularities] == [
        ("2", "programme is decided by the congress; the secretary has no power of it")
    ]
    assert names(accepted) == ["report.noted"]


def test_who_acted_is_untold_and_not_irregular_where_the_report_does_not_say() -> None:
    org = club()
    org.days(10)
    accepted = told(org, {key: value for key, value in SPENT.items() if key not in ("by", "as")}, on("2027-01-05"))
    assert accepted.irregularities == ()
    assert any("belongs to the office" in item.says for item in accepted.untold)


def test_an_irregularity_holds_over_the_whole_time_told_or_cannot_be_told() -> None:
    """Another held the chair from 4 January 2028 on: what happened after is irregular, what may have been before is not."""
    history = TestOrganisation(CLUB, ("ada",), kind="history", founded_on="2020-01-01", at="2028-02-01T09:00:00Z")
    for person, day in (("p-ada000", "2027-01-04"), ("p-ben000", "2028-01-04")):
        begun = history.report(
            {"act": "mandate.begin", "person": person, "seat": "chair"}, by="ada", happened=on(day), source="minutes"
        )
        assert isinstance(begun, Accepted)
    after = history.report(SPENT, by="ada", happened=on("2028-01-10"), source="minutes")
    around = history.report(SPENT, by="ada", happened=on("2027-12-20", "2028-01-10"), source="minutes")
    assert isinstance(after, Accepted)
    assert isinstance(around, Accepted)
    assert ["office" in item.says for item in after.irregularities] == [True]
    assert around.irregularities == ()
    assert any("office" in item.says for item in around.untold)


def test_in_a_history_a_seat_of_which_nothing_is_known_is_untold() -> None:
    history = TestOrganisation(CLUB, ("ada",), kind="history", founded_on="2020-01-01", at="2028-02-01T09:00:00Z")
    verdict = history.report(SPENT, by="ada", happened=on("2028-01-10"), source="minutes")
    assert isinstance(verdict, Accepted)
    assert verdict.irregularities == ()
    assert any("office" in item.says for item in verdict.untold)


def test_in_a_history_reports_take_effect_at_once_with_their_irregularities() -> None:
    history = TestOrganisation(CLUB, ("ada",), kind="history", founded_on="2020-01-01")
    personal = {"act": "decision.take", "matter": "spending", "as": "chair", "text": "A house", "amount": 9000}
    verdict = history.report(personal, by="ada", happened=on("2022-03-01"), source="minutes")
    assert isinstance(verdict, Accepted)
    assert names(verdict) == ["report.noted", "decision.taken"]
    assert [item.says for item in verdict.irregularities] == ["the power reaches up to 200"]


def test_a_recorder_of_a_history_reports_and_does_nothing_else() -> None:
    history = TestOrganisation(CLUB, ("ada",), kind="history", founded_on="2020-01-01")
    assert isinstance(
        history.submit("decision.take", by="ada", as_="chair", matter="spending", text="x", amount=1), Refused
    )


def test_the_future_is_not_reported() -> None:
    org = club()
    verdict = org.report(SPENT, by="ben", as_="secretary", happened=on("2027-06-01"), source="a prophecy")
    assert isinstance(verdict, Refused)
    assert "what has happened" in says(verdict)


def test_before_the_first_edition_there_is_nothing_to_judge_by() -> None:
    org = club()
    verdict = org.report(SPENT, by="ben", as_="secretary", happened=on("2020-01-01"), source="minutes")
    assert isinstance(verdict, Refused)
    assert verdict.grounds[0].facts["first edition"] == "2027-01-04"


def test_a_roll_told_as_bounds_leaves_the_quorum_untold_or_told() -> None:
    from tests.engine.rulebooks import FRONT

    book = (
        FRONT.format(name="Society by Post")
        + """## 1. Members
All members decide everything else by poll; a poll needs a quorum of half of the roll. More than half of the votes cast carry.

```rule body members-poll, supreme
filled by: all members
decides: everything else
```

```rule decision ordinary
by: members-poll
matters: everything else
taken: by poll
quorum: 1/2 of the roll
```
"""
    )
    for roll, said in (({"lo": 10, "hi": 10}, "yes"), ({"lo": 10}, "cannot be told"), ({"lo": 30}, "no")):
        history = TestOrganisation(book, ("ada",), kind="history", founded_on="2020-01-01")
        opened = history.report(
            {"act": "poll.open", "body": "members-poll", "question": "Move?", "matter": "programme", "roll": roll},
            by="ada", happened=on("2022-03-01"), source="minutes",
        )  # fmt: skip
        assert isinstance(opened, Accepted), opened
        poll = next(effect["poll"] for effect in opened.effects if "poll" in effect)
        for what in ({"act": "poll.close", "poll": poll},
                     {"act": "poll.declare", "poll": poll, "rule": "yes-no", "tallies": {"for": 6, "against": 1}}):  # fmt: skip
            verdict = history.report(what, by="ada", happened=on("2022-03-20"), source="minutes")
            assert isinstance(verdict, Accepted), verdict
        assert history.state.polls[poll].outcome["quorum"] == said
        assert bool(history.state.decisions) == (said != "no")
