"""Nothing is spent beyond the head that the body decided, nobody signs alone or for themselves, and whoever spends does not examine."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from isonomy.engine.duties import duties
from isonomy.engine.refusal import Accepted
from isonomy.engine.state import State, day_of
from tests.organisation import TestOrganisation

TREASURY = (Path(__file__).parents[2] / "conformance/decisions/rulebooks/treasury.md").read_text("utf-8")
PEOPLE = ("ada", "ben", "cy", "di", "eli")


def treasury() -> TestOrganisation:
    """A society with a treasurer and a budget of 2027: 1,200 for the hall, 900 for paper."""
    mandates = {"chair": "ada", "treasurer": "ben", "secretary": "cy", "auditors": ("di", "eli")}
    org = TestOrganisation(TREASURY, PEOPLE, mandates=mandates)
    decided(
        org,
        "yearly-budget",
        budget={"year": 2027, "heads": [{"head": "hall", "amount": 1200}, {"head": "paper", "amount": 900}]},
    )
    return org


def decided(org: TestOrganisation, matter: str, amount: int | None = None, **terms: Any) -> str:
    """A decision of the assembly, carried at a meeting a week from now; its id."""
    meeting = f"mt-{org.state.n}"
    day = (day_of(org.today) + timedelta(days=8)).isoformat()
    org.accepted("meeting.call", by="ada", as_="chair", body="assembly", starts=f"{day}T19:00", matters=[matter])
    org.accepted("notice.send", by="ada", as_="chair", meeting=meeting, how="post", to_count=5)
    org.clock.set(f"{day}T20:00:00Z")
    org.accepted("meeting.open", by="ada", as_="chair", meeting=meeting, present=[org.person(name) for name in PEOPLE])
    motion = f"mo-{org.state.n}"
    more = {"amount": amount} if amount is not None else {}
    org.accepted("motion.move", by="eli", body="assembly", matter=matter, text="So be it.", **more)
    if terms:
        org.accepted("motion.terms", by="eli", motion=motion, **terms)
    poll = f"po-{org.state.n}"
    org.accepted("poll.open", by="ada", body="assembly", question="Shall it be?", matter=matter, motion=motion, meeting=meeting,
                 secrecy="by show of hands")  # fmt: skip
    decision = f"de-{org.state.n}"
    org.accepted("poll.declare", by="ada", poll=poll, rule="yes-no", tallies={"for": 5, "against": 0, "abstain": 0})
    org.accepted("meeting.close", by="ada", as_="chair", meeting=meeting)
    return decision


def pay(org: TestOrganisation, amount: int, head: str = "hall", **more: Any) -> str:
    """A payment proposed by the treasurer; its id."""
    org.accepted(
        "payment.propose", by="ben", as_="treasurer", head=head, amount=amount, to="A firm", why="Work", **more
    )
    return f"pm-{org.state.n - 1}"


def due(state: State, day: str) -> list[tuple[str, str]]:
    """What falls due on a day or before, of money."""
    found = duties(state, day_of(day), day_of("2029-12-31"))
    return [
        (duty.id, duty.due_on)
        for duty in found
        if duty.id.split()[0] in ("budget", "sign", "accounts", "examine", "acquit")
    ]


def test_a_refusal_says_what_is_spent_and_what_this_payment_would_make() -> None:
    org = treasury()
    for _ in range(9):
        pay(org, 100)
    refused = org.refused("payment.propose", by="ben", head="hall", amount=400, to="A firm", why="Work")
    assert refused.grounds[0].says == "of 1,200 in the head 'hall' 900 are spent; this of 400 would make 1,300"
    assert refused.grounds[0].facts["left"] == 300
    assert refused.grounds[0].clause == "4"
    pay(org, 300)


def test_a_payment_above_the_amount_is_allowed_by_two_persons_and_not_before() -> None:
    org = treasury()
    payment = pay(org, 101)
    assert org.state.money.spent(2027, "hall") == 0
    org.accepted("payment.sign", by="ben", payment=payment)
    again = org.refused("payment.sign", by="ben", payment=payment)
    assert again.grounds[0].facts["signed by"] == org.person("ben")
    assert org.state.money.payments[payment].standing_on(org.today) == "proposed"
    org.accepted("payment.sign", by="cy", payment=payment)
    assert org.state.money.payments[payment].standing_on(org.today) == "allowed"
    assert org.state.money.spent(2027, "hall") == 101


def test_nobody_signs_or_proposes_a_payment_to_themselves() -> None:
    org = treasury()
    payment = pay(org, 200, payee=org.person("cy"))
    assert "to themselves" in org.refused("payment.sign", by="cy", payment=payment).grounds[0].says
    own = org.refused(
        "payment.propose", by="ben", head="hall", amount=5, to="Ben", why="Fares", payee=org.person("ben")
    )
    assert "to themselves" in own.grounds[0].says


def test_what_waits_for_signatures_is_held_back_and_comes_free_when_it_lapses() -> None:
    org = treasury()
    pay(org, 500)
    pay(org, 500)
    refused = org.refused("payment.propose", by="ben", head="hall", amount=300, to="A firm", why="Work")
    assert refused.grounds[0].facts["proposed"] == 1000
    org.days(15)
    assert [found.standing_on(org.today) for found in org.state.money.payments.values()] == ["lapsed", "lapsed"]
    pay(org, 300)


def test_signatures_are_due_of_each_office_that_may_still_sign() -> None:
    org = treasury()
    payment = pay(org, 200, payee=org.person("cy"))
    waiting = [id for id, _ in due(org.state, org.today) if id.startswith("sign")]
    assert waiting == [f"sign {payment} chair", f"sign {payment} treasurer"]
    org.accepted("payment.sign", by="ada", payment=payment)
    assert [id for id, _ in due(org.state, org.today) if id.startswith("sign")] == [f"sign {payment} treasurer"]


def test_a_decision_taken_alone_counts_against_its_head_whatever_becomes_of_it() -> None:
    org = treasury()
    alone = {"matter": "repairs", "text": "A roof.", "amount": 300}
    missing = org.refused("decision.take", by="ada", as_="chair", **alone)
    assert "hall, paper" in missing.grounds[0].cure
    org.accepted("decision.take", by="ada", as_="chair", head="hall", **alone)
    assert org.state.money.spent(2027, "hall") == 300
    roof = f"de-{org.state.n - 1}"
    pay(org, 300, decision=roof)
    assert org.state.money.spent(2027, "hall") == 300
    beyond = org.refused("payment.propose", by="ben", head="hall", amount=1, to="A firm", why="Work", decision=roof)
    assert beyond.grounds[0].facts["left of it"] == 0


def test_a_body_s_decision_reaches_as_far_as_its_amount_over_all_payments_under_it() -> None:
    org = treasury()
    assert (
        org.refused("payment.propose", by="ben", head="paper", amount=600, to="A press", why="Work").grounds[0].clause
        == "4"
    )
    decision = decided(org, "payment", 700)
    pay(org, 600, "paper", decision=decision)
    refused = org.refused(
        "payment.propose", by="ben", head="paper", amount=101, to="A press", why="Work", decision=decision
    )
    assert refused.grounds[0].facts["left of it"] == 100


def test_money_moves_between_heads_by_decision_and_leaves_what_is_spent() -> None:
    org = treasury()
    decided(org, "move-between-heads", shift={"year": 2027, "source": "paper", "target": "hall", "amount": 900})
    assert org.state.money.budgets["2027"].heads == {"hall": 2100, "paper": 0}
    assert len(org.state.money.budgets["2027"].shifts) == 1


def test_accounts_are_due_late_ones_stop_spending_alone_and_whoever_spent_does_not_examine() -> None:
    org = treasury()
    decided(org, "yearly-budget", budget={"year": 2028, "heads": [{"head": "hall", "amount": 100}]})
    assert ("accounts 2027", "2028-02-29") in due(org.state, org.today)
    org.clock.set("2028-03-01T09:00:00Z")
    late = org.refused("payment.propose", by="ben", head="hall", amount=5, to="A firm", why="Work")
    assert late.grounds[0].facts == {"accounts of": 2027, "were due": "2028-02-29"}
    org.accepted("accounts.lay", by="ben", year=2027, text="Nothing.")
    accounts = f"ac-{org.state.n - 1}"
    pay(org, 5)
    assert (f"examine {accounts}", "2028-03-31") in due(org.state, org.today)
    org.accepted("accounts.examine", by="di", accounts=accounts, finding="in order", text="Nothing was spent.")
    assert [id for id, _ in due(org.state, org.today) if id.startswith("acquit")] == [f"acquit {accounts}"]
    decided(org, "discharge-of-accounts", acquit={"accounts": accounts, "outcome": "discharged"})
    assert org.state.money.accounts[accounts].standing == "discharged"


def test_a_person_who_signed_in_the_year_does_not_examine_it_in_an_office_held_since() -> None:
    book = TREASURY.replace("seats: 2\n", "seats: 3\n").replace("2 auditors", "3 auditors")
    mandates = {"chair": "ada", "treasurer": "ben", "secretary": "cy", "auditors": ("cy", "di", "eli")}
    org = TestOrganisation(book, PEOPLE, mandates=mandates)
    decided(org, "yearly-budget", budget={"year": 2027, "heads": [{"head": "hall", "amount": 10}]})
    org.clock.set("2028-02-01T09:00:00Z")
    org.accepted("accounts.lay", by="ben", year=2027, text="Nothing.")
    refused = org.refused(
        "accounts.examine", by="cy", as_="auditors", accounts=f"ac-{org.state.n - 1}", finding="in order", text="Fine."
    )
    assert refused.grounds[0].facts["held"] == ["secretary"]


def test_the_budget_is_due_before_the_year_begins_and_without_it_nothing_is_spent() -> None:
    org = treasury()
    assert ("budget 2028", "2027-12-31") in due(org.state, org.today)
    org.clock.set("2028-01-01T09:00:00Z")
    refused = org.refused("payment.propose", by="ben", head="hall", amount=5, to="A firm", why="Work")
    assert refused.grounds[0].says == "nothing is spent before 2028 has a budget"


def test_accounts_laid_at_a_meeting_are_reported_and_what_they_broke_is_an_irregularity() -> None:
    org = treasury()
    org.clock.set("2028-01-20T09:00:00Z")
    what = {"act": "accounts.lay", "year": 2027, "text": "Nothing.", "by": org.person("di")}
    happened = {"earliest": "2028-01-15", "latest": "2028-01-15"}
    verdict = org.report(what, by="cy", happened=happened, source="minutes of the meeting")
    assert isinstance(verdict, Accepted), verdict
    assert [found.says for found in verdict.irregularities] == ["accounts are laid by those the clause names"]
    assert not org.state.money.accounts
    verdict = org.report({**what, "by": org.person("ben")}, by="cy", happened=happened, source="minutes of the meeting")
    assert isinstance(verdict, Accepted)
    assert not verdict.irregularities
    laid = next(iter(org.state.money.accounts.values()))
    assert laid.on == "2028-01-15"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("above 100 by chair or treasurer or secretary", "above 100 by chair", "two different persons sign"),
        ("examined by: auditors", "examined by: treasurer", "does not examine"),
        ("above by: assembly\n", "", "no body that decides each payment"),
        ("accounts to: assembly\n", "", "before which body"),
    ],
)
def test_a_block_that_lets_one_person_do_both_is_found_by_the_lint(old: str, new: str, words: str) -> None:
    from isonomy.kernel.bad_input import BadInput
    from isonomy.rulebook.reader import read_rulebook

    with pytest.raises(BadInput, match=words):
        read_rulebook(TREASURY.replace(old, new).encode())
