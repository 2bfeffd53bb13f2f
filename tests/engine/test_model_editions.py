"""The law changes by the decision on its very text, from a day that comes, and undoes nothing that was adopted between."""

from __future__ import annotations

import hashlib

from isonomy.engine.refusal import Refused
from tests.engine.rulebooks import CLUB
from tests.engine.test_deciding import assembled, declared, put
from tests.engine.test_founding import club, says
from tests.organisation import TestOrganisation

MORE = CLUB.replace("up to: 200", "up to: 300")
LONGER = CLUB.replace("term: 6 months", "term: 8 months")


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def decided(org: TestOrganisation, meeting: str, text: str) -> tuple[str, str]:
    """A text that the congress has decided to adopt: edition and decision."""
    lodged = org.accepted("rulebook.lodge", by="cy", rulebook=text, sha256=digest(text)).effects[0]["edition"]
    effects = declared(org, put(org, meeting, "amendment", edition=lodged), **{"for": 3, "against": 0})
    return str(lodged), str(effects["decision.taken"]["decision"])


def adopt(org: TestOrganisation, edition: str, decision: str, **fields: str) -> object:
    return org.submit("rulebook.adopt", by="ben", as_="secretary", edition=edition, decision=decision, **fields)


def refused(verdict: object) -> str:
    assert isinstance(verdict, Refused), verdict
    return says(verdict)


def test_another_text_than_the_one_decided_is_not_adopted() -> None:
    org, meeting = assembled(matters=("amendment",))
    _, decision = decided(org, meeting, MORE)
    other = org.accepted("rulebook.lodge", by="cy", rulebook=LONGER, sha256=digest(LONGER)).effects[0]["edition"]
    assert "the decision is on another text" in refused(adopt(org, other, decision))


def test_one_amendment_does_not_undo_another_adopted_since() -> None:
    """Both texts were changes of the edition then in force; the second would bring back what the first changed."""
    org, meeting = assembled(matters=("amendment",))
    first, second = decided(org, meeting, MORE), decided(org, meeting, LONGER)
    assert not isinstance(adopt(org, *first), Refused)
    assert "another edition was adopted since" in refused(adopt(org, *second))


def test_what_was_decided_is_not_put_off_at_will_nor_backdated() -> None:
    org, meeting = assembled(matters=("amendment",))
    edition, decision = decided(org, meeting, MORE)
    assert "is not put off at will" in refused(adopt(org, edition, decision, in_force_from="2099-01-01"))
    assert "does not govern the past" in refused(adopt(org, edition, decision, in_force_from="2027-01-05"))


def test_a_text_that_says_from_when_it_governs_governs_from_then() -> None:
    org, meeting = assembled(matters=("amendment",))
    edition, decision = decided(org, meeting, MORE.replace("status: draft", "status: draft\nin force from: 2027-09-01"))
    assert "the text says itself from when" in refused(adopt(org, edition, decision))
    assert not isinstance(adopt(org, edition, decision, in_force_from="2027-09-01"), Refused)
    assert org.state.edition_on("2027-08-31").id == "ed-0"


def test_nobody_gains_or_loses_a_vote_because_a_text_forgets_their_class() -> None:
    org, meeting = assembled(matters=("amendment",))
    edition, decision = decided(org, meeting, CLUB.replace("rule members full", "rule members ordinary"))
    assert "knows no such class" in refused(adopt(org, edition, decision))


def test_a_decision_on_the_rules_is_carried_out_once() -> None:
    org, meeting = assembled(matters=("amendment",))
    edition, decision = decided(org, meeting, MORE)
    assert not isinstance(adopt(org, edition, decision), Refused)
    assert "is in force already" in refused(adopt(org, edition, decision))


def test_a_motion_to_amend_is_on_a_text_that_is_whole_and_not_in_force() -> None:
    org = club()
    org.days(95)
    in_force = org.refused("motion.move", by="cy", body="congress", matter="amendment", text="x", edition="ed-0")
    assert "is in force already" in says(in_force)
    part = org.accepted("rulebook.lodge", by="cy", rulebook=MORE[:900], sha256=digest(MORE), parts=2)
    half = org.refused(
        "motion.move", by="cy", body="congress", matter="amendment", text="x", edition=part.effects[0]["edition"]
    )
    assert "is not whole yet" in says(half)


def test_a_proceeding_keeps_the_edition_under_which_it_opened() -> None:
    """A poll that is open when the majority is lowered keeps the majority under which it opened."""
    lower = CLUB.replace("majority: 1/2 of cast", "majority: 1/3 of cast")
    org, meeting = assembled(matters=("amendment", "programme"))
    poll = put(org, meeting, "programme")
    edition, decision = decided(org, meeting, lower)
    assert not isinstance(adopt(org, edition, decision), Refused)
    effects = declared(org, poll, **{"for": 1, "against": 2})
    assert effects["poll.declared"]["outcome"]["tests"][0]["majority"] == "1/2 of cast"
    assert "decision.taken" not in effects


def test_an_amendment_does_not_lengthen_a_mandate() -> None:
    org, meeting = assembled(matters=("amendment",))
    until = org.state.mandates["ma-0-0"].until
    edition, decision = decided(org, meeting, CLUB.replace("term: 1 year", "term: 9 years"))
    assert not isinstance(adopt(org, edition, decision), Refused)
    assert org.state.mandates["ma-0-0"].until == until
