"""Years: what happens when, from the founding to the last day.

Lives here: the calendar of the story. Not here: how each thing is done (its neighbours), what is still open at the end
(`present`).
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from demo.federation import branches, incidents, norms
from demo.federation.ballots import BoardElection, MembersVote, countback, resigns
from demo.federation.bodies import (
    URGENT,
    balance_is_approved,
    board_meets,
    branch_is_founded,
    congress_called,
    officers_are_elected,
    rules_are_amended,
    spend_at_once,
)  # fmt: skip
from demo.federation.meetings import AUDITOR, BOARD, CHAIR, CONGRESS, GENERAL, Federation
from demo.federation.people import BRANCHES, Person
from isonomy.kernel.calendar import add_months

RULEBOOK = Path(__file__).parent / "1.md"
MONTHS = 24
CHARTERS = (
    (4, "That rents rise by no more than the price of bread.", "Shall rents rise by no more than the price of bread?", 0.44),
    (15, "That nobody is asked to leave a home for arrears of less than three months.",
     "Shall nobody leave a home for arrears of less than three months?", 0.67),
)  # fmt: skip


def second_edition(first: str) -> str:
    """The rulebook as the congress amends it in the second year: less is spent at once, more second a nomination."""
    text = first
    for before, after in (
        ("edition: 1\n", "edition: 2\n"),
        ("on spending up to 3,000 at a time", "on spending up to 2,500 at a time"), ("up to: 3000", "up to: 2500"),
        ("a nomination has 2 seconders", "a nomination has 3 seconders"),
        ("nominated by: members\nseconders: 2", "nominated by: members\nseconders: 3"),
    ):  # fmt: skip
        if text.count(before) != 1:
            raise ValueError(f"the rulebook says '{before}' {text.count(before)} times")
        text = text.replace(before, after)
    return text


class Years:
    """The two years of the federation, planned from its founding."""

    def __init__(self, here: Federation, begun_on: date) -> None:
        self.here, self.begun_on = here, begun_on

    def month(self, number: int, days: int = 0) -> date:
        """The day so many months after the founding, and so many days after that."""
        return add_months(self.begun_on, number) + timedelta(days=days)

    def plan(self) -> None:
        """Plans everything."""
        self._opening()
        self._members()
        self._branches()
        self._boards()
        self._congresses()
        self._reports()
        for month, text, question, share in CHARTERS:
            MembersVote(self.here, self.month(month, 3), text, question, share, 0.55).plan()

    def _opening(self) -> None:
        """The congress approves the opening balance in the fourth week."""
        clerk, here = self.here.clerk, self.here
        day = self.begun_on + timedelta(days=24)
        clerk.plan(self.begun_on + timedelta(days=2), "20:00", lambda: incidents.objection(here))

        def hold(meeting: str) -> None:
            balance_is_approved(here, meeting)
            self._minutes_are_sent()

        congress_called(here, day, ["opening-balance"], ahead=20, hold=hold)

    def _members(self) -> None:
        """Newcomers and leavers, spread over the months."""
        here, size = self.here, self.here.people.size
        for person in here.people.some(here.people.everybody(), size.members // 3):
            day = self.month(1, 4) + timedelta(days=here.draw.randrange(120))
            here.clerk.plan(day, "12:30", lambda person=person: branches.enrol(here, person))
        joins, leaves = size.members // 4, size.members // 16
        first, days = self.month(1, 5), (here.clerk.last - self.month(1, 5)).days
        for _ in range(joins):
            unit = here.draw.choice(here.people.units)
            day = first + timedelta(days=here.draw.randrange(days))
            here.clerk.plan(day, "17:00", lambda unit=unit: branches.admit(here, unit))
        here.clerk.plan(self.month(8, 2), "17:30", lambda: branches.leave(here, here.people.units[0]))
        for _ in range(leaves):
            unit = here.draw.choice(here.people.units)
            day = first + timedelta(days=30 + here.draw.randrange(days - 30))
            here.clerk.plan(day, "17:30", lambda unit=unit: branches.leave(here, unit))

    def _branches(self) -> None:
        """Each branch meets twice a year, and elects its secretary in one half and its delegates in another."""
        here, units = self.here, self.here.people.units
        rounds = {6: ("branch-secretary",), 12: ("congress",), 18: ("branch-secretary",), 24: ()}
        for place, unit in enumerate(units):
            for month, elects in rounds.items():
                day = self.month(month, -8 - 2 * place)
                is_last = unit == units[-1] and month == MONTHS
                if is_last:
                    incidents.stands_adjourned(here, unit, here.clerk.last - timedelta(days=3))
                    continue
                skips = elects == ("branch-secretary",) and place == 2 and month == 18 and len(units) > 2
                branches.hold_later(here, unit, day, elects=() if skips else elects)
            for month in (3, 9, 15, 21):
                branches.hold_later(here, unit, self.month(month, -9 - 2 * place), share=0.35)
        here.clerk.plan(self.month(9, 4), "19:30", lambda: branches.demanded(here, units[-1]))
        if len(units) > 2:
            here.clerk.plan(self.month(13, 9), "19:30", lambda: branches.secretary_resigns(here, units[2]))
        for unit, name in BRANCHES[len(units) : here.people.size.branches]:
            board_meets(
                here, self.month(6, -4), matters=["founding-of-branch"],
                then=lambda meeting, present, unit=unit, name=name: self._founded(unit, name, meeting, present),
            )  # fmt: skip
            branches.elect_again(here, unit, self.month(8), [branches.secretary_of(unit), CONGRESS])
            branches.hold_later(here, unit, self.month(13, -12))
            branches.hold_later(here, unit, self.month(20, -9), elects=("branch-secretary",))

    def _founded(self, unit: str, name: str, meeting: str, present: list[Person]) -> None:
        here = self.here
        branch_is_founded(here, unit, name, meeting, present)
        held = here.seated()
        neighbour = here.people.units[-1]
        for person in [one for one in here.people.of[neighbour] if one.id not in held][:14]:
            here.clerk.do("member.move", person, person=person, unit=unit)
            here.people.of[neighbour].remove(person)
            here.people.of[unit].append(person)

    def _boards(self) -> None:
        """The board meets every two months and is elected every year; one of it resigns in each year."""
        here = self.here
        later = here.people.size.founded_later
        for month in range(2, MONTHS + 1, 2):
            if month in (16, 20, MONTHS):
                self._board_instructs(month)
            elif not (month == 6 and later):
                board_meets(here, self.month(month, -5))
        small = here.people.size.members < 100
        BoardElection(here, self.month(1, 5), 9 if small else 11, 0.6, seconders=2).plan()
        BoardElection(here, self.month(12, 9), 9 if small else 12, 0.66, seconders=3).plan()
        for month, why in (
            (7, "I am moving to another town."),
            (19, "I can no longer climb the stairs to the bakery."),
        ):
            here.clerk.plan(self.month(month, 3), "11:00", lambda why=why: self._seat_falls_vacant(why))
        for place, (about, amount) in enumerate(URGENT[:4]):
            day = self.month(3 + 5 * place, 8)
            here.clerk.plan(
                day, "08:30", lambda about=about, amount=amount, last=place == 3: self._spends(about, amount, last)
            )

    def _board_instructs(self, month: int) -> None:
        """The board instructs the general secretary, hears the report and discharges; the last instruction is still open."""
        here, day = self.here, self.month(month, -5)

        def instruct(meeting: str, present: list[Person]) -> None:
            if month == MONTHS:
                due = here.clerk.last + timedelta(days=12)
                norms.instructs(here, meeting, present, "Write to every home how a repair is asked for.", due)
                return
            due = day + timedelta(days=45)
            given = norms.instructs(here, meeting, present, "Have the gutters of all branches looked at.", due)
            text = "All gutters were looked at. Three are mended, and the fourth waits for the frost to go."
            here.clerk.plan(day + timedelta(days=40), "14:00", lambda: norms.reports(here, given, text))

        if month == 20:
            board_meets(here, day, matters=["discharge"], then=lambda *held: norms.discharges(here, *held))
        else:
            board_meets(here, day, matters=["instruction"], then=instruct)

    def _seat_falls_vacant(self, why: str) -> None:
        mandate = resigns(self.here, BOARD, why)
        day = self.here.clerk.today + timedelta(days=2)
        self.here.clerk.plan(day, "09:00", lambda: countback(self.here, mandate))

    def _spends(self, about: str, amount: int, lapses: bool) -> None:
        decision = spend_at_once(self.here, about, amount)
        if lapses:
            self.here.passed_over.add(decision)

    def _congresses(self) -> None:
        """A congress in each year: the first elects the officers and amends the rules, the second hears an appeal."""
        here = self.here
        officers = [f"election-of-{seat}" for seat in (CHAIR, GENERAL, "returning-officer", AUDITOR)]
        first = self.month(11, -6)
        here.clerk.plan(first - timedelta(days=45), "10:00", self._propose_amendment)
        congress_called(
            here,
            first,
            ["policy", "programme", "amendment", "membership-target", *officers],
            ahead=40,
            hold=self._first_congress,
        )
        here.clerk.plan(first - timedelta(days=25), "18:00", lambda: incidents.motions_for(here, 0))
        second = self.month(24, -32)
        congress_called(
            here,
            second,
            ["policy", "programme", "removal-from-board", "emergency-report"],
            ahead=30,
            hold=lambda meeting: incidents.second_congress(here, meeting),
        )
        here.clerk.plan(second - timedelta(days=20), "18:00", lambda: incidents.motions_for(here, 1))
        here.clerk.plan(second - timedelta(days=34), "18:00", lambda: norms.removal_is_asked(here))
        here.clerk.plan(norms.winter_before(second), "07:30", lambda: norms.emergency(here))

    def _propose_amendment(self) -> None:
        from hashlib import sha256

        here = self.here
        text = second_edition(RULEBOOK.read_text("utf-8"))
        delegate = here.holders(CONGRESS)[0]
        fields = {"sha256": sha256(text.encode()).hexdigest(), "rulebook": text}
        self.edition = f"ed-{here.clerk.do('rulebook.lodge', delegate, **fields)}"
        words = "That the second edition governs: less is spent at once, and a nomination has three seconders."
        self.amendment = here.move(CONGRESS, "amendment", words, delegate, edition=self.edition)

    def _first_congress(self, meeting: str) -> None:
        here = self.here
        chair = here.holder(CHAIR)
        present = here.open(meeting, chair, CHAIR, 0.9)
        incidents.programme_is_voted(here, meeting, present)
        rules_are_amended(here, meeting, present, self.amendment, self.edition)
        norms.sets_target(here, meeting, present, here.clerk.last + timedelta(days=5))
        officers_are_elected(here, meeting, present)
        here.clerk.do("meeting.close", chair, CHAIR, meeting=meeting)
        self._minutes_are_sent()

    def _minutes_are_sent(self) -> None:
        """The general secretary sends the minutes of a congress within the week."""
        here, text = self.here, "Sent to every branch secretary."
        day = here.clerk.today + timedelta(days=6)
        here.clerk.plan(day, "10:00", lambda: here.discharge(GENERAL, "minutes-to-branches", text))

    def _reports(self) -> None:
        """Figures, accounts and the audit, each a little before it is due; the last figures are still owed."""
        here = self.here
        for month in range(3, MONTHS, 3):
            text = "Rents, repairs and arrears in figures, branch by branch."
            here.clerk.plan(self.month(month, -6), "15:00", lambda text=text: here.discharge(GENERAL, "figures", text))
        for month in (12, 24):
            here.clerk.plan(
                self.month(month, -9), "15:00", lambda: here.discharge(BOARD, "accounts", "The accounts of the year.")
            )
            text = "I have seen every receipt but two."
            here.clerk.plan(self.month(month, -6), "16:00", lambda text=text: here.discharge(AUDITOR, "audit", text))
        here.clerk.plan(self.month(5, 11), "11:00", lambda: incidents.protest(here))
        here.clerk.plan(self.month(9, 6), "20:00", lambda: norms.is_answered(here))
        here.clerk.plan(here.clerk.last - timedelta(days=30), "20:00", lambda: norms.is_not_answered(here))
        here.clerk.plan(self.month(10, -12), "11:00", lambda: incidents.correction(here))
        here.clerk.plan(self.month(16, 20), "11:00", lambda: incidents.erasure(here))
