"""Present: what is open, due and overdue on the last day, so that whoever looks in finds something to do.

Lives here: acts of the last weeks whose end lies ahead. Not here: what is over (`years`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from demo.federation.ballots import BoardElection, MembersVote
from demo.federation.bodies import URGENT, spend_at_once
from demo.federation.branches import meeting_of, secretary_of
from demo.federation.meetings import AUDITOR, BOARD, CHAIR, CONGRESS, EVERYBODY, GENERAL, Federation
from demo.federation.people import Person


@dataclass(frozen=True)
class Visitor:
    """Somebody a visitor may act as: the person, and what their day shows."""

    person: Person
    about: str


def plan(here: Federation, last: date, hour: str) -> None:
    """Plans the last weeks; `hour` is when a branch meets on the day after the last."""
    clerk = here.clerk
    clerk.plan(last - timedelta(days=11), "18:00", lambda: branch_meets_today(here, last + timedelta(days=1), hour))
    clerk.plan(last - timedelta(days=19), "12:00", lambda: reserve(here))
    text = "That every home has a tenants' book, in which repairs asked for and done are written down."
    question = "Shall every home have a tenants' book?"
    MembersVote(here, last - timedelta(days=18), text, question, 0.58, 0.5).plan()
    few = here.people.size.members < 100
    BoardElection(here, last - timedelta(days=5), 8 if few else 10, 0.6, seconders=3).plan()
    about, amount = URGENT[4]
    clerk.plan(last - timedelta(days=3), "08:30", lambda: spend_at_once(here, about, amount))
    clerk.plan(last - timedelta(days=2), "18:00", lambda: waits_for_seconders(here))
    clerk.plan(last - timedelta(days=1), "12:00", lambda: board_is_called(here))


def reserve(here: Federation) -> None:
    """From now on those whom a visitor may act as leave what is open to the visitor."""
    here.people.reserved.update(one.person.id for one in visitors(here))


def visitors(here: Federation) -> list[Visitor]:
    """Five people with different mandates."""
    unit = here.people.units[0]
    secretary = here.holder(secretary_of(unit))
    held = here.seated()
    standing = {one for election in here.clerk.state.elections.values() for one in election.candidates}
    members = [one for one in here.voters(here.people.of[unit]) if one.id not in held | standing]
    return [
        Visitor(here.holder(GENERAL), "General secretary: keeps roll, minutes and record; owes figures and minutes"),
        Visitor(here.holder(CHAIR), "Chair: calls the board and the congress, presides, rules on questions of order"),
        Visitor(secretary, "Secretary of Alder Court: calls the branch meeting, admits members, presides"),
        Visitor(members[0], "Member of Alder Court without any office: votes, nominates, moves, demands a meeting"),
        Visitor(here.holder(AUDITOR), "Auditor: counts elections apart, looks into the accounts, may protest"),
    ]


def branch_meets_today(here: Federation, day: date, hour: str) -> None:
    """The first branch is called for the day on which a visitor looks in, with a motion that waits for it."""
    unit = here.people.units[0]
    seat = secretary_of(unit)
    matters = ["repairs", "branch-affairs"]
    here.call(meeting_of(unit), f"{day.isoformat()}T{hour}", matters, here.holder(seat), seat, place="the meeting room")
    mover = here.draw.choice([one for one in here.voters(here.people.of[unit]) if one != here.holder(seat)])
    here.move(meeting_of(unit), "repairs", "That the lamp over the gate is mended before the dark months.", mover)


def waits_for_seconders(here: Federation) -> None:
    """A delegate and a member move motions that lack seconders still; to the first there is an amendment."""
    delegates = [one for one in here.holders(CONGRESS) if one.id not in here.people.reserved]
    mover, second, other = here.people.some(delegates, 3)
    text = "That the minutes of every branch hang in its stairwell within a week, in letters that can be read without glasses."
    motion = here.move(CONGRESS, "policy", text, mover, [second])
    here.clerk.do("motion.amend", other, motion=motion, passage="within a week", becomes="within three days")
    among = [one for one in here.voters(here.people.everybody()) if one.id not in here.people.reserved]
    mover, second = here.people.some(among, 2)
    here.move(
        EVERYBODY, "rent-charter", "That no rent is asked for a month in which the water was off.", mover, [second]
    )


def board_is_called(here: Federation) -> None:
    """The chair calls the board for next week, to ratify what was spent at once."""
    day = here.clerk.today + timedelta(days=7)
    matters = ["ratification", "budget", "rents"]
    here.call(BOARD, f"{day.isoformat()}T18:30", matters, here.holder(CHAIR), CHAIR, place="the room over the bakery")
