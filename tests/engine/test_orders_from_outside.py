"""Orders from outside enter by two offices, do six things, are seen by everybody, and rewrite nothing."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from isonomy.engine.duties import duties
from isonomy.engine.explain import explain
from isonomy.rulebook.reader import read_rulebook
from tests.engine.test_founding import says
from tests.organisation import TestOrganisation

BOOK = (Path(__file__).parents[2] / "conformance/decisions/rulebooks/outside.md").read_text(encoding="utf-8")
BOARD = ("ada", "ben", "cy", "di")
SHA = hashlib.sha256(b"the document").hexdigest()


class League(TestOrganisation):
    """The league of the conformance scenes, in oak and elm."""

    def __init__(self) -> None:
        units = dict.fromkeys((*BOARD, "eli", "flo", "gus"), "oak") | {"hal": "elm"}
        super().__init__(
            BOOK, tuple(units), units={"oak": "lodge", "elm": "lodge"}, unit_of=units,
            mandates={"chair": "ada", "secretary": "ben", "teller": "cy", "warden@oak": "di", "board": BOARD},
        )  # fmt: skip

    def order(self, effect: str, by: str = "ben", as_: str = "secretary", **fields: Any) -> str:
        """An order that was entered; its id."""
        self.accepted("outside.order", by=by, as_=as_, **told(self, effect) | fields)
        return f"oo-{self.state.n - 1}"

    def ordered(self, effect: str, **fields: Any) -> str:
        """An order that was entered and confirmed; its id."""
        id = self.order(effect, **fields)
        self.accepted("outside.confirm", by="cy", as_="teller", order=id, sha256=SHA)
        return id

    def mast(self) -> str:
        """A decision that the chair took alone."""
        self.accepted("decision.take", by="ada", as_="chair", matter="repairs", amount=50, text="A mast.")
        return f"de-{self.state.n - 1}"

    def owed(self) -> list[str]:
        """What is owed on the day, in words."""
        return [f"{duty.seats[0]}: {duty.duty}" for duty in duties(self.state, date.fromisoformat(self.today))]


def told(org: TestOrganisation, effect: str) -> dict[str, Any]:
    return {
        "effect": effect, "source": "court", "authority": "A fictional court", "words": "So ordered.", "sha256": SHA,
        "binds_from": org.today,
    }  # fmt: skip


def test_without_the_block_no_order_enters() -> None:
    start, end = BOOK.index("```rule orders"), BOOK.index("## 9.")
    org = TestOrganisation(
        BOOK[:start] + BOOK[end:],
        ("ada",),
        mandates={"secretary": "ada"},
        units={"oak": "lodge"},
        unit_of={"ada": "oak"},
    )
    refused = org.refused("outside.order", by="ada", as_="secretary", **told(org, "stay"), concerns="de-1")
    assert "knows no orders from outside" in says(refused)


def test_an_order_that_nobody_confirmed_never_has_an_effect() -> None:
    org = League()
    mast = org.mast()
    order = org.order("annul", concerns=mast)
    assert any("confirm it or not" in duty for duty in org.owed())
    org.days(6)
    assert org.state.orders[order].standing_on(org.today) == "without effect"
    assert "else it has no effect" in says(
        org.refused("outside.confirm", by="cy", as_="teller", order=order, sha256=SHA)
    )
    assert org.state.decisions[mast].standing_on(org.today) == "awaiting ratification"
    assert not any("confirm it or not" in duty for duty in org.owed())


def test_a_stay_ends_with_its_last_day_and_needs_no_act() -> None:
    org = League()
    mast = org.mast()
    org.ordered("stay", concerns=mast, last_day="2027-01-10")
    standing = org.state.decisions[mast].standing_on
    assert [standing(day) for day in ("2027-01-04", "2027-01-10", "2027-01-11")] == [
        "stayed", "stayed", "awaiting ratification",
    ]  # fmt: skip


def test_an_order_takes_effect_on_its_confirmation_at_the_earliest() -> None:
    org = League()
    mast = org.mast()
    order = org.order("annul", concerns=mast, binds_from="2026-12-01")
    org.days(2)
    org.accepted("outside.confirm", by="cy", as_="teller", order=order, sha256=SHA)
    assert org.state.orders[order].from_on == org.today
    assert org.state.decisions[mast].standing_on("2027-01-05") == "awaiting ratification"
    assert org.state.decisions[mast].standing_on(org.today) == "annulled"


def test_an_order_may_bind_on_a_later_day() -> None:
    org = League()
    mast = org.mast()
    order = org.ordered("annul", concerns=mast, binds_from="2027-01-20")
    assert org.state.orders[order].standing_on(org.today) == "confirmed, binds later"
    assert org.state.decisions[mast].standing_on("2027-01-19") == "awaiting ratification"
    assert org.state.decisions[mast].standing_on("2027-01-20") == "annulled"


def test_the_holder_of_a_stayed_mandate_does_not_act_and_the_seat_is_not_vacant() -> None:
    org = League()
    mandate = next(one for one in org.state.mandates.values() if one.seat == "chair")
    org.ordered("stay", concerns=mandate.id)
    refused = org.refused("decision.take", by="ada", as_="chair", matter="repairs", amount=5, text="Rope.")
    assert refused.grounds
    assert mandate.is_valid_on(org.today)


def test_nobody_seats_themselves_by_an_order() -> None:
    org = League()
    held = next(one.id for one in org.state.mandates.values() if one.person == org.person("di") and one.seat == "board")
    org.ordered("unseat", concerns=held)
    assert "seats themselves" in says(
        org.refused(
            "outside.order", by="ben", as_="secretary", **told(org, "seat"), person=org.person("ben"), seat="board"
        )
    )
    order = org.order("seat", person=org.person("cy"), seat="board")
    assert "concerns themselves" in says(org.refused("outside.confirm", by="cy", as_="teller", order=order, sha256=SHA))


def test_the_confirmation_stands_before_everybody_until_all_are_notified() -> None:
    org = League()
    order = org.ordered("stay", concerns=org.mast())
    assert "secretary: Notify all members of the order of A fictional court (oo-2)" in org.owed()
    org.accepted("outside.notify", by="cy", as_="teller", order=order, how="by letter", to_count=8)
    assert not any("Notify" in duty for duty in org.owed())


def test_an_erasure_that_was_ordered_leaves_the_entries_as_they_were() -> None:
    org = League()
    org.accepted(
        "member.admit",
        by="ben",
        as_="secretary",
        person=org.person("ivy"),
        unit="oak",
        name={"c": b64encode(bytes(32)).decode()},
    )
    before = list(org.entry_bytes)
    org.ordered("erase", concerns=org.person("ivy"))
    name = org.state.persons[org.person("ivy")].name
    assert name is not None
    assert name["c"] in org.state.erased
    assert org.entry_bytes[: len(before)] == before


def test_nothing_about_an_order_can_be_reported() -> None:
    org = League()
    act = org.act(
        "report",
        by="ben",
        what={"act": "outside.order", "by": org.person("ben")},
        happened={"earliest": "2027-01-04", "latest": "2027-01-04"},
        source="minutes",
    )
    with pytest.raises(Exception, match="cannot be reported"):
        org.submit_raw(act, org.signed(act, "ben"))


def test_each_order_is_told_in_words_with_its_authority() -> None:
    org = League()
    org.ordered("stay", concerns=org.mast())
    assert "an order of a court (A fictional court), which stays de-1 from Monday 4 January 2027" in explain(
        org.state, org.entries[-2]
    )
    assert "Stayed is de-1: it does nothing from Monday 4 January 2027 until another order" in explain(
        org.state, org.entries[-1]
    )


def test_the_two_offices_are_two() -> None:
    text = BOOK.replace("entered by: secretary and teller", "entered by: secretary and secretary")
    with pytest.raises(Exception, match="two different offices"):
        read_rulebook(text.encode())
