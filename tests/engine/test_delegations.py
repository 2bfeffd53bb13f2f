"""A body hands over what is its own, within what its clause allows, and it comes back by itself."""

from __future__ import annotations

from typing import Any

from isonomy.engine.delegation import end_of
from isonomy.engine.refusal import Refused
from tests.engine.emergency_rulebooks import BOOK, Harbour
from tests.engine.test_founding import says

CLAUSE = """
## 8. Handed over
The council may hand over repairs to the secretary or the chair for 6 months at most, up to 300. The secretary may hand them on to the chair.

```rule delegation repairs
by: council
matters: repairs
to: secretary or chair
at most: 6 months
up to: 300
further: chair
```
"""
TERMS = {
    "delegation": "repairs",
    "body": "council",
    "matter": "repairs",
    "to": "secretary",
    "ends": "2027-05-31",
    "amount": 300,
}


def lodged(org: Harbour, **fields: Any) -> str:
    return str(org.accepted("delegation.lodge", by="cy", **TERMS | fields).effects[0]["delegation"])


def given(org: Harbour, **fields: Any) -> str:
    terms = lodged(org, **fields)
    decision = org.council_decides("delegation", ratifies=terms)
    org.accepted("delegation.give", by="dora", delegation=terms, decision=decision)
    return terms


def spend(org: Harbour, under: str, by: str = "ben", as_: str = "secretary", amount: int = 250) -> Any:
    return org.submit("decision.take", by=by, as_=as_, matter="repairs", text="A sail.", amount=amount, under=under)


def test_the_terms_stand_before_the_body_decides_on_them() -> None:
    org = Harbour(BOOK + CLAUSE)
    terms = lodged(org)
    assert "nothing was handed over yet" in says(spend(org, terms))
    other = lodged(org, amount=100)
    decision = org.council_decides("delegation", ratifies=other)
    refused = org.refused("delegation.give", by="dora", delegation=terms, decision=decision)
    assert "the decision is on other terms" in says(refused)


def test_a_decision_under_a_delegation_cites_the_clause_and_the_decision_behind_it() -> None:
    org = Harbour(BOOK + CLAUSE)
    terms = given(org)
    taken = spend(org, terms)
    assert taken.clauses == ("8",)
    alone = taken.effects[0]["alone"]
    assert (alone["under"], alone["handed_by"]) == (terms, org.state.delegations[terms].decision)
    assert "reaches up to 300" in says(spend(org, terms, amount=301))


def test_a_delegation_is_over_with_its_last_day() -> None:
    org = Harbour(BOOK + CLAUSE)
    terms = given(org)
    org.set_clock("2027-06-01T09:00:00Z")
    refused = spend(org, terms)
    assert refused.grounds[0].facts["why"] == "its last day"
    assert refused.grounds[0].cure == "bring it before the council"


def test_a_delegation_ends_with_the_mandate_of_its_holder() -> None:
    org = Harbour(BOOK + CLAUSE)
    terms = given(org)
    mandate = next(one.id for one in org.state.mandates.values() if one.seat == "secretary")
    org.accepted("mandate.end", by="ben", mandate=mandate)
    assert end_of(org.state, org.state.delegations[terms], org.today) == (org.today, "the mandate of its holder ended")


def test_what_is_taken_back_is_over_at_once_and_with_it_what_was_handed_on() -> None:
    org = Harbour(BOOK + CLAUSE)
    terms = given(org)
    on = TERMS | {"body": "secretary", "to": "chair", "ends": "2027-03-31", "amount": 50, "source": terms}
    further = str(org.accepted("delegation.lodge", by="ben", **on).effects[0]["delegation"])
    org.accepted("delegation.give", by="ben", as_="secretary", delegation=further)
    assert not isinstance(spend(org, further, "ada", "chair", 50), Refused)
    decision = org.council_decides("revocation", ratifies=terms)
    org.accepted("delegation.revoke", by="cy", delegation=terms, decision=decision)
    assert spend(org, terms).grounds[0].facts["why"] == "revoked"
    assert "is over: revoked" in spend(org, further, "ada", "chair", 50).grounds[0].facts["why"]


def test_what_was_handed_over_is_handed_on_once_and_to_nobody_else() -> None:
    org = Harbour(BOOK + CLAUSE)
    terms = given(org)
    on = TERMS | {"body": "secretary", "to": "chair", "ends": "2027-03-31", "amount": 50, "source": terms}
    assert "for 6 months at most" in says(org.refused("delegation.lodge", by="ben", **on | {"ends": "2027-06-30"}))
    assert "reaches up to 300" in says(org.refused("delegation.lodge", by="ben", **on | {"amount": 301}))
    further = str(org.accepted("delegation.lodge", by="ben", **on).effects[0]["delegation"])
    org.accepted("delegation.give", by="ben", as_="secretary", delegation=further)
    again = on | {"body": "chair", "to": "chair", "source": further}
    assert "what was handed on is not handed on again" in says(org.refused("delegation.lodge", by="ada", **again))


def test_without_a_clause_for_it_what_was_handed_over_is_not_handed_on() -> None:
    org = Harbour(
        BOOK + CLAUSE.replace("further: chair\n", "").replace(" The secretary may hand them on to the chair.", "")
    )
    terms = given(org)
    on = TERMS | {"body": "secretary", "to": "chair", "ends": "2027-03-31", "amount": 50}
    assert "itself handed over is not handed on" in says(org.refused("delegation.lodge", by="ben", **on))
    assert "it is not handed on to the chair" in says(org.refused("delegation.lodge", by="ben", **on, source=terms))


def test_replaying_gives_the_same_state() -> None:
    org = Harbour(BOOK + CLAUSE)
    terms = given(org)
    spend(org, terms)
    org.accepted(
        "delegation.revoke", by="cy", delegation=terms, decision=org.council_decides("revocation", ratifies=terms)
    )
    assert org.replayed().digest() == org.state.digest()
