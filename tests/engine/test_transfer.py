"""A member moves who asked, whom the receiving unit takes in; the old one delays and never prevents; the vote follows later."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from isonomy.engine.duties import duties
from isonomy.engine.roll import members_of_body
from isonomy.rulebook.reader import read_rulebook
from tests.engine.test_founding import says
from tests.organisation import TestOrganisation

BOOK = (Path(__file__).parents[2] / "conformance/decisions/rulebooks/transferring.md").read_text(encoding="utf-8")
MEETING = """
## 6. Branch meeting
In each branch all its members are the branch meeting.

```rule body branch-meeting, in each branch
filled by: all members of the branch
```
"""
UNITS = dict.fromkeys(("ada", "ben", "cy", "di"), "north") | dict.fromkeys(("eli", "fay"), "south")


class Society(TestOrganisation):
    """The society of the conformance scene."""

    def __init__(self, book: str = BOOK + MEETING) -> None:
        super().__init__(
            book, tuple(UNITS), units={"north": "branch", "south": "branch"}, unit_of=UNITS,
            mandates={"chair": "ada", "steward@north": "ben", "steward@south": "eli"},
        )  # fmt: skip

    def asked(self, name: str = "cy") -> str:
        self.accepted("transfer.ask", by=name, unit="south")
        return f"tf-{self.state.n - 1}"

    def answer(self, transfer: str, by: str = "eli", unit: str = "south", consents: bool = True, **more: Any) -> None:
        self.accepted(
            "transfer.consent", by=by, as_=f"steward@{unit}", transfer=transfer, unit=unit, consents=consents, **more
        )

    def moved(self, name: str = "cy") -> None:
        transfer = self.asked(name)
        self.answer(transfer)
        self.answer(transfer, by="ben", unit="north")
        self.accepted("member.move", by=name, person=self.person(name), unit="south")

    def owed(self) -> list[str]:
        return [
            f"{duty.seats[0]} {duty.due_on}: {duty.duty}" for duty in duties(self.state, date.fromisoformat(self.today))
        ]


def test_without_the_block_a_member_moves_as_before_and_nothing_is_asked() -> None:
    org = Society(BOOK[: BOOK.index("## 5.")])
    assert "no transfer" in says(org.refused("transfer.ask", by="cy", unit="south"))
    org.accepted("member.move", by="cy", person=org.person("cy"), unit="south")


def test_nobody_is_moved_who_did_not_ask_whoever_keeps_the_roll() -> None:
    org = Society()
    refused = org.refused("member.move", by="ada", as_="chair", person=org.person("cy"), unit="south")
    assert "who has asked the receiving unit" in says(refused)


def test_both_units_owe_something_and_the_duties_go_with_the_answers() -> None:
    org = Society()
    transfer = org.asked()
    owed = [duty for duty in org.owed() if duty.startswith("steward")]
    assert [each.partition(":")[0] for each in owed] == ["steward@south 2027-01-14", "steward@north 2027-01-24"]
    org.answer(transfer)
    org.answer(transfer, by="ben", unit="north")
    assert not [duty for duty in org.owed() if org.person("cy") in duty]


def test_the_old_unit_is_taken_to_have_let_go_on_the_day_after_its_last() -> None:
    org = Society()
    org.answer(org.asked())
    org.days(20)
    assert "has not let go" in says(org.refused("member.move", by="cy", person=org.person("cy"), unit="south"))
    org.days(1)
    org.accepted("member.move", by="cy", person=org.person("cy"), unit="south")


def test_a_member_whom_one_unit_leaves_waiting_asks_again_and_what_was_asked_before_is_withdrawn() -> None:
    org = Society()
    first = org.asked()
    org.answer(first, consents=False, why="Full.")
    second = org.asked()
    assert [org.state.seating.transfers[id].standing for id in (first, second)] == ["refused", "asked"]
    assert "waits for no answer" in says(
        org.refused("transfer.consent", by="eli", as_="steward@south", transfer=first, unit="south", consents=True)
    )


def test_the_vote_stays_in_the_old_unit_until_its_time_has_run() -> None:
    org = Society()
    org.moved()
    cy = org.person("cy")

    def where() -> list[str]:
        seats = ("branch-meeting@north", "branch-meeting@south")
        return [seat for seat in seats if cy in members_of_body(org.state, "ed-0", seat, org.today)]

    assert org.state.persons[cy].unit == "south"
    org.days(29)
    assert where() == ["branch-meeting@north"]
    org.days(1)
    assert where() == ["branch-meeting@south"]


def test_replayed_it_is_the_same_and_every_step_is_told() -> None:
    org = Society()
    org.moved()
    assert org.replayed().digest() == org.state.digest()
    assert org.replayed().seating.transfers == org.state.seating.transfers


def test_the_block_gives_and_is_read_aloud() -> None:
    rule = read_rulebook(BOOK.encode()).provisions["transfer"]["branches"]
    assert (rule.consented_by, str(rule.let_go_within), str(rule.vote_after)) == (("steward",), "20 days", "30 days")


REPORTING = """
## 7. Minutes
What happened in a branch is reported by the chair out of the minutes, attested by the steward, within 30 days.

```rule reporting minutes
by: chair
evidence: minutes
within: 30 days
```
"""


def test_an_asking_that_is_reported_gives_the_units_their_time_from_the_entry() -> None:
    org = Society(BOOK + MEETING + REPORTING)
    org.days(8)
    what = {"act": "transfer.ask", "by": org.person("cy"), "unit": "south"}
    happened = {"earliest": "2027-01-05", "latest": "2027-01-05"}
    org.report(what, by="ada", as_="chair", happened=happened, source="minutes")
    (transfer,) = org.state.seating.transfers.values()
    assert transfer.on == "2027-01-05"
    assert transfer.let_go_by >= "2027-02-01"
