"""An emergency lets yield what its clause lists, as long as its clause says, and ends."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from isonomy.engine.duties import duties
from isonomy.engine.refusal import Accepted, Refused
from tests.engine.emergency_rulebooks import BOOK, COUNCIL, PEOPLE, Harbour
from tests.engine.test_founding import says


def people(org: Harbour, *names: str) -> list[str]:
    return [org.person(name) for name in names]


def test_nobody_declares_an_emergency_that_no_clause_gives_them() -> None:
    org = Harbour()
    assert "declared by those the clause names" in says(org.declare(by="ben", as_="secretary"))
    refused = org.declare(fact="a feeling")
    assert isinstance(refused, Refused)
    assert refused.grounds[0].cure == "state one of them, such as 'high water'"
    assert "knows an emergency 'war'" in says(
        org.refused("emergency.declare", by="ada", emergency="war", fact="high water", words="It is war.")
    )


def test_an_emergency_is_over_after_its_last_day_without_any_act() -> None:
    org = Harbour()
    flood = org.state.emergencies[org.declared()]
    assert (flood.until, flood.over_on) == ("2027-01-14", "2027-01-15")
    assert flood.is_in_force_on("2027-01-14")
    assert not flood.is_in_force_on("2027-01-15")


def test_every_act_under_it_cites_its_clause_and_the_emergency() -> None:
    org = Harbour()
    flood = org.declared()
    called = org.accepted(
        "meeting.call", by="ada", as_="chair", body="assembly", starts="2027-01-07T19:00", matters=["roof"]
    )
    assert "5" in called.clauses
    assert {"effect": "emergency.used", "emergency": flood, "rule": "notice", "thing": "mt-2"} in called.effects
    spent = org.accepted(
        "decision.take", by="ada", as_="chair", matter="repairs", text="Sand.", amount=900, under=flood
    )
    assert "5" in spent.clauses
    assert spent.effects[0]["alone"]["under"] == flood
    assert org.state.emergencies[flood].uses == ["notice mt-2", "power de-3"]


def test_a_wider_power_is_used_only_under_the_name_of_the_emergency() -> None:
    org = Harbour()
    org.declared()
    refused = org.refused("decision.take", by="ada", as_="chair", matter="repairs", text="Sand.", amount=900)
    assert refused.grounds[0].clause == "4"


def test_after_its_lapse_the_same_acts_are_refused() -> None:
    org = Harbour()
    flood = org.declared()
    org.days(11)
    spend = {"by": "ada", "as_": "chair", "matter": "repairs", "text": "Sand.", "amount": 900, "under": flood}
    assert "the power reaches up to 100" in says(org.refused("decision.take", **spend))
    start = "2027-01-18T19:00"
    short = org.refused("meeting.call", by="ada", as_="chair", body="assembly", starts=start, matters=["roof"])
    assert "10 clear days of notice" in says(short)


def test_a_meeting_under_it_is_held_while_it_lasts() -> None:
    org = Harbour()
    org.declared("storm", by="ben", as_="secretary")
    call = {"by": "ada", "as_": "chair", "body": "assembly", "matters": ["roof"]}
    assert "10 clear days of notice" in says(org.refused("meeting.call", starts="2027-01-10T19:00", **call))
    org.accepted("meeting.call", starts="2027-01-09T19:00", **call)


def test_a_lower_quorum_opens_a_meeting_and_lets_it_decide_but_no_amendment() -> None:
    org = Harbour(BOOK.replace("; amendments;", ";"))
    flood = org.declared()
    org.accepted("rulebook.lodge", by="cy", **_draft(org))
    called = org.accepted(
        "meeting.call", by="ada", as_="chair", body="assembly", starts="2027-01-07T19:00", matters=["roof", "amendment"]
    )
    meeting = called.effects[0]["meeting"]
    org.accepted("notice.send", by="ada", as_="chair", meeting=meeting, how="post", to_count=6)
    org.set_clock("2027-01-07T19:00:00Z")
    opened = org.accepted("meeting.open", by="ada", as_="chair", meeting=meeting, present=people(org, "ada", "cy"))
    assert {"effect": "emergency.used", "emergency": flood, "rule": "quorum", "thing": meeting} in opened.effects
    assert (
        org.state.decisions[org.decides("assembly", "roof", "A roof.", ("ada", "cy"), meeting=meeting)].seat
        == "assembly"
    )
    motion = org.accepted(
        "motion.move", by="cy", body="assembly", matter="amendment", text="For ever.", edition="ed-2"
    ).effects[0]["motion"]
    put = {"body": "assembly", "question": "So?", "matter": "amendment", "motion": motion, "meeting": meeting}
    refused = org.refused("poll.open", by="ada", secrecy="by show of hands", **put)
    assert "longer or lasting is not decided by rules that yield" in says(refused)


def _draft(org: Harbour) -> dict[str, Any]:
    import hashlib

    text = BOOK.replace("lapses: after 10 days", "lapses: after 100 years").replace(
        "lapses after 10 days", "lapses after 100 years"
    )
    return {"rulebook": text, "sha256": hashlib.sha256(text.encode()).hexdigest()}


@pytest.mark.parametrize(
    ("matter", "barred"),
    [
        ("election-of-chair", "elections"),
        ("removal-from-chair", "removals"),
        ("amendment", "amendments"),
        ("expulsion", "expulsions"),
    ],
)
def test_what_is_barred_is_not_put_while_it_lasts(matter: str, barred: str) -> None:
    org = Harbour()
    seat = {"seat": "chair"} if barred == "elections" else {}
    org.declared()
    refused = org.refused("poll.open", by="ada", body="assembly", question="So?", matter=matter, **seat)
    assert refused.grounds[0].says == f"while an emergency is in force there are no {barred}"
    assert refused.grounds[0].facts["until"] == "2027-01-14"
    org.days(11)
    assert "there are no" not in says(
        org.refused("poll.open", by="ada", body="assembly", question="So?", matter=matter, **seat)
    )


def test_nobody_is_removed_and_whoever_will_resigns() -> None:
    org = Harbour()
    org.declared()
    mandate = next(one.id for one in org.state.mandates.values() if one.seat == "secretary")
    assert "there are no removals" in says(org.refused("mandate.end", by="ada", mandate=mandate))
    org.accepted("mandate.end", by="ben", mandate=mandate)


def test_who_declared_an_emergency_does_not_renew_it() -> None:
    org = Harbour(
        BOOK.replace("declared by: chair\nfacts: high water", "declared by: council or chair\nfacts: high water")
    )
    decision = org.council_decides("emergency", "The quay is under water.")
    flood = org.declared(by="cy", as_="council", decision=decision)
    assert org.state.emergencies[flood].seat == "council"
    again = org.council_decides("emergency-renewal")
    refused = org.refused("emergency.renew", by="cy", emergency=flood, decision=again)
    assert "who declared an emergency does not renew it" in says(refused)


def test_a_renewal_is_another_bodys_counted_and_never_after_the_end() -> None:
    org = Harbour()
    flood = org.declared()
    decisions = [org.council_decides("emergency-renewal") for _ in range(3)]
    renewed = org.accepted("emergency.renew", by="cy", emergency=flood, decision=decisions[0])
    assert renewed.effects[-1]["until"] == "2027-01-21"
    assert "carried out already" in says(
        org.refused("emergency.renew", by="cy", emergency=flood, decision=decisions[0])
    )
    org.accepted("emergency.renew", by="cy", emergency=flood, decision=decisions[1])
    assert "at most 2 times" in says(org.refused("emergency.renew", by="cy", emergency=flood, decision=decisions[2]))
    org.set_clock("2027-01-29T09:00:00Z")
    assert "the emergency is over" in says(
        org.refused("emergency.renew", by="cy", emergency=flood, decision=decisions[2])
    )


def test_no_decision_is_kept_in_a_drawer_for_the_next_emergency() -> None:
    org = Harbour()
    early = org.council_decides("emergency-renewal")
    flood = org.declared()
    refused = org.refused("emergency.renew", by="cy", emergency=flood, decision=early)
    assert "before there was anything to decide on" in says(refused)


def test_a_bodys_declaration_counts_from_its_decision_and_in_its_words() -> None:
    org = Harbour()
    decision = org.council_decides("emergency", "A warning came.")
    assert "in the words that it decided" in says(org.declare("storm", by="cy", as_="council", decision=decision))
    org.days(6)
    assert "lapses 5 days after it was decided" in says(
        org.declare("storm", by="cy", as_="council", decision=decision, words="A warning came.")
    )


def test_the_supreme_body_ends_it_at_once_without_notice_of_that() -> None:
    org = Harbour()
    called = org.accepted(
        "meeting.call", by="ada", as_="chair", body="assembly", starts="2027-01-20T19:00", matters=["roof"]
    )
    meeting = called.effects[0]["meeting"]
    org.accepted("notice.send", by="ada", as_="chair", meeting=meeting, how="post", to_count=6)
    org.set_clock("2027-01-15T09:00:00Z")
    flood = org.declared()
    org.set_clock("2027-01-20T19:00:00Z")
    org.accepted("meeting.open", by="ada", as_="chair", meeting=meeting, present=people(org, *PEOPLE))
    decision = org.decides("assembly", "emergency-end", "It is enough.", PEOPLE, meeting=meeting)
    ended = org.accepted("emergency.end", by="fay", emergency=flood, decision=decision)
    assert "5" in ended.clauses
    assert not org.state.emergencies[flood].is_in_force_on(org.today)
    spend = {"by": "ada", "as_": "chair", "matter": "repairs", "text": "Sand.", "amount": 900, "under": flood}
    assert "the power reaches up to 100" in says(org.refused("decision.take", **spend))


def test_those_whom_the_clause_names_end_it_and_others_do_not() -> None:
    org = Harbour()
    flood = org.declared()
    assert "ended by those who may" in says(org.refused("emergency.end", by="dora", emergency=flood))
    org.accepted("emergency.end", by="ben", as_="secretary", emergency=flood)
    assert "the emergency is over" in says(org.refused("emergency.end", by="ben", as_="secretary", emergency=flood))


def test_the_report_is_owed_and_approved_before_there_is_another() -> None:
    org = Harbour()
    flood = org.declared()
    assert "when it is over" in says(
        org.refused("emergency.report", by="ada", as_="chair", emergency=flood, text="So far.")
    )
    org.days(20)
    due = next(duty for duty in duties(org.state, date.fromisoformat(org.today)) if duty.thing == flood)
    assert (due.seats, due.due_on, due.clause) == (("chair",), "2027-01-29", "5")
    org.days(40)
    assert "the report on the last one is approved" in says(org.declare())
    assert "who declared an emergency reports" in says(
        org.refused("emergency.report", by="cy", emergency=flood, text="Wet.")
    )
    org.accepted("emergency.report", by="ada", as_="chair", emergency=flood, text="It was wet.")
    due = next(duty for duty in duties(org.state, date.fromisoformat(org.today)) if duty.thing == flood)
    assert due.seats == ("council",)
    decision = org.council_decides("emergency-report")
    org.accepted("emergency.approve", by="cy", emergency=flood, decision=decision)
    assert not [duty for duty in duties(org.state, date.fromisoformat(org.today)) if duty.thing == flood]
    org.declared()


def test_another_block_is_no_way_around_the_pause() -> None:
    org = Harbour(BOOK.replace("report: within 14 days to council\n", ""))
    org.declared()
    org.days(11)
    refused = org.declare("storm", by="ben", as_="secretary")
    assert isinstance(refused, Refused)
    assert refused.grounds[0].says == "an emergency does not follow on another at once"
    assert refused.grounds[0].facts["not before"] == "2027-01-26"
    org.set_clock("2027-01-26T09:00:00Z")
    assert isinstance(org.declare("storm", by="ben", as_="secretary"), Accepted)


def test_there_is_one_emergency_at_a_time() -> None:
    org = Harbour()
    org.declared()
    assert "in force already" in says(org.declare("storm", by="ben", as_="secretary"))


def _at_the_end_of_april() -> tuple[Harbour, str]:
    org = Harbour()
    org.set_clock("2027-04-26T09:00:00Z")
    return org, org.declared()


def test_a_meeting_by_right_is_put_off_to_a_day_on_which_it_meets_without_a_call() -> None:
    org, flood = _at_the_end_of_april()
    off = {"by": "ada", "as_": "chair", "emergency": flood, "body": "assembly", "by_right": "2027-05-01"}
    assert "not beyond the emergency" in says(org.refused("emergency.postpone", **off, to="2027-05-07"))
    org.accepted("emergency.postpone", **off, to="2027-05-05")
    day = date.fromisoformat
    due = next(duty for duty in duties(org.state, day("2027-05-04")) if duty.id == "hold assembly 2027-05-01")
    assert (due.due_on, due.is_overdue) == ("2027-05-05", False)
    org.set_clock("2027-05-01T09:00:00Z")
    present = people(org, *PEOPLE)
    assert "does not meet by right today" in says(
        org.refused("meeting.open", by="cy", body="assembly", present=present)
    )
    org.set_clock("2027-05-05T09:00:00Z")
    org.accepted("meeting.open", by="cy", body="assembly", present=present)
    assert not [duty for duty in duties(org.state, day("2027-05-06")) if duty.id == "hold assembly 2027-05-01"]


def test_what_is_put_off_falls_due_when_the_emergency_ends() -> None:
    org, flood = _at_the_end_of_april()
    off = {"by": "ada", "as_": "chair", "emergency": flood, "body": "assembly", "by_right": "2027-05-01"}
    org.accepted("emergency.postpone", **off, to="2027-05-06")
    org.set_clock("2027-05-03T09:00:00Z")
    org.accepted("emergency.end", by="ben", as_="secretary", emergency=flood)
    due = next(duty for duty in duties(org.state, date(2027, 5, 4)) if duty.id == "hold assembly 2027-05-01")
    assert due.is_overdue
    org.set_clock("2027-05-06T09:00:00Z")
    org.accepted("meeting.open", by="cy", body="assembly", present=people(org, *PEOPLE))


def test_ended_before_the_day_an_emergency_puts_nothing_off() -> None:
    org, flood = _at_the_end_of_april()
    off = {"by": "ada", "as_": "chair", "emergency": flood, "body": "assembly", "by_right": "2027-05-01"}
    org.accepted("emergency.postpone", **off, to="2027-05-06")
    org.accepted("emergency.end", by="ben", as_="secretary", emergency=flood)
    org.set_clock("2027-05-01T09:00:00Z")
    org.accepted("meeting.open", by="cy", body="assembly", present=people(org, *PEOPLE))


def test_a_call_for_a_day_that_is_put_off_does_not_stand() -> None:
    org, flood = _at_the_end_of_april()
    called = org.accepted(
        "meeting.call", by="ada", as_="chair", body="assembly", starts="2027-05-01T19:00", by_right="2027-05-01"
    )
    off = {"by": "ada", "as_": "chair", "emergency": flood, "body": "assembly", "by_right": "2027-05-01"}
    org.accepted("emergency.postpone", **off, to="2027-05-05")
    assert org.state.meetings[called.effects[0]["meeting"]].standing == "cancelled"
    again = org.refused(
        "meeting.call", by="ada", as_="chair", body="assembly", starts="2027-05-03T19:00", by_right="2027-05-01"
    )
    assert "put off in an emergency" in says(again)


def test_a_protected_clause_never_yields() -> None:
    book = BOOK.replace("report: within 14 days to council", "protects: 2; 4\nreport: within 14 days to council")
    org = Harbour(book.replace("expulsions. The chair", "expulsions; clauses 2 and 4 never yield. The chair"))
    flood = org.declared()
    short = org.refused(
        "meeting.call", by="ada", as_="chair", body="assembly", starts="2027-01-07T19:00", matters=["roof"]
    )
    assert "10 clear days of notice" in says(short)
    spend = {"by": "ada", "as_": "chair", "matter": "repairs", "text": "Sand.", "amount": 900, "under": flood}
    assert "the power reaches up to 100" in says(org.refused("decision.take", **spend))


def test_replaying_gives_the_same_state() -> None:
    org, flood = _at_the_end_of_april()
    org.accepted(
        "emergency.postpone",
        by="ada",
        as_="chair",
        emergency=flood,
        body="assembly",
        by_right="2027-05-01",
        to="2027-05-05",
    )
    org.accepted("emergency.renew", by="cy", emergency=flood, decision=org.council_decides("emergency-renewal"))
    org.accepted("emergency.end", by="ben", as_="secretary", emergency=flood)
    org.accepted("emergency.report", by="ada", as_="chair", emergency=flood, text="It was wet.")
    org.accepted("emergency.approve", by="cy", emergency=flood, decision=org.council_decides("emergency-report"))
    assert org.replayed().digest() == org.state.digest()
    assert COUNCIL
