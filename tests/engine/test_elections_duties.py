"""What is due about elections, from the time to open them to the vacancy that is counted back."""

from __future__ import annotations

from datetime import date

from isonomy.engine.duties import duties
from isonomy.engine.duty import Duty
from tests.engine.election_rulebooks import PEOPLE, closed, opened, polled, stood, weir
from tests.engine.test_elections_results import appealed, held, seated
from tests.organisation import TestOrganisation


def due(org: TestOrganisation, about: str, on: str = "") -> Duty | None:
    """The one duty whose id begins so."""
    found = [duty for duty in duties(org.state, date.fromisoformat(on or org.today)) if duty.id.startswith(about)]
    assert len(found) <= 1
    return found[0] if found else None


def test_an_election_is_to_be_opened_so_long_before_the_vacancy_as_the_clause_says() -> None:
    org, _, _ = seated(nominations="open 6 weeks before the vacancy for 2 weeks", body="seats: 2\nterm: 1 year")
    duty = due(org, "open election council")
    assert duty is not None
    assert (duty.due_on, duty.who) == ("2027-12-16", "the secretary (p-ada000)")
    org.set_clock("2027-12-20")
    opened(org, vacant_on="2028-01-27")
    assert due(org, "open election council") is None


def test_nominations_are_to_be_closed_and_then_the_poll_opened() -> None:
    org = weir()
    id = opened(org)
    stood(org, id, *PEOPLE[:4])
    duty = due(org, f"close {id}")
    assert duty is not None
    assert duty.due_on == "2027-01-19"
    closed(org, id)
    assert due(org, f"close {id}") is None
    duty = due(org, f"poll {id}")
    assert duty is not None
    assert "it lapses after Friday 19 March 2027" in duty.derivation
    polled(org, id)
    assert due(org, f"poll {id}") is None


def test_a_count_apart_and_an_appeal_are_due_until_they_are_done() -> None:
    org, poll, decision = held(scrutineers="watch", appeal="to assembly within 14 days")
    duty = due(org, f"attest {poll}")
    assert duty is not None
    assert duty.holders == (org.person("cy"), org.person("dot"))
    org.accepted("count.attest", by="dot", poll=poll, trace=org.state.polls[poll].trace)
    assert due(org, f"attest {poll}") is None
    appeal = appealed(org, decision)
    duty = due(org, f"decide {appeal}")
    assert duty is not None
    assert duty.seats == ("assembly",)
    assert due(org, f"seat {decision}") is None


def test_a_vacancy_is_to_be_counted_back_and_not_elected() -> None:
    org, _, mandates = seated(vacancy="countback")
    org.accepted("mandate.end", by="dan", mandate=mandates["dan"])
    assert due(org, f"countback {mandates['dan']}") is not None
    overdue = [duty for duty in duties(org.state, date.fromisoformat(org.today)) if duty.id == "fill council"]
    assert overdue == []


def test_a_seat_left_vacant_is_not_due_until_its_term_is_over() -> None:
    org, _, mandates = seated(vacancy="left vacant")
    org.accepted("mandate.end", by="dan", mandate=mandates["dan"])
    overdue = [duty for duty in duties(org.state, date.fromisoformat(org.today)) if duty.id == "fill council"]
    assert overdue == []


def test_a_returning_officer_of_the_clause_owes_the_poll_too() -> None:
    org = weir(returning_officer="secretary")
    id = opened(org)
    stood(org, id, *PEOPLE[:4])
    closed(org, id)
    poll = polled(org, id)
    duty = due(org, f"close {poll}")
    assert duty is not None
    assert duty.seats == ("secretary",)
