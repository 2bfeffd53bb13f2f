"""Bodies: meetings of the board and of the congress, and what the officers decide and report between them.

Lives here: what happens in the bodies of the whole federation. Not here: when (`years`), branches, ballots of all members.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from demo.federation.meetings import BOARD, CHAIR, CONGRESS, GENERAL, RETURNING, Federation
from demo.federation.people import Person

BUDGET = (
    ("spending", "Insure the stairwells", "That the stairwells of all branches are insured for another year.", 5_400),
    ("spending", "A pump on loan", "That a pump is bought and lent to the branches in turn.", 1_250),
    ("rents", "Rents of empty rooms", "That empty rooms are let at the rent of the room beside them.", None),
    ("budget", "Ten in the hundred for roofs", "That a tenth of the budget is kept for roofs.", None),
    (
        "relations",
        "Join the tool library",
        "That the federation joins the tool library of its invented neighbours.",
        None,
    ),
    ("spending", "Print the rulebook", "That the rulebook is printed for every home.", 640),
    ("rents", "Arrears in instalments", "That arrears may be paid in six instalments, without a fee.", None),
    ("budget", "A reserve of three months", "That three months of spending are kept in reserve.", None),
    ("spending", "Courses for secretaries", "That every branch secretary may take a course in keeping minutes.", 900),
    (
        "relations",
        "Answer the water works",
        "That the federation answers the water works: no meters in kitchens.",
        None,
    ),
)
URGENT = (
    ("A burst pipe in the cellar of Fern Wharf", 1_900), ("A storm took tiles from two roofs", 2_400),
    ("The lift of Hazel House stands still", 1_450), ("A lock for the meter room", 180), ("Sandbags along Ivy Square", 760),
)  # fmt: skip


def board_meets(
    here: Federation, day: date, *, matters: Sequence[str] = (), then: Callable[[str, list[Person]], None] | None = None
) -> None:
    """Plans a meeting of the board, called nine days before: ratifications first, then two questions of its own."""
    clerk = here.clerk

    def call() -> None:
        named = ["budget", "spending", "rents", "relations", "ratification", *matters]
        meeting = here.call(
            BOARD, f"{day.isoformat()}T18:30", named, here.holder(CHAIR), CHAIR, place="the room over the bakery"
        )
        clerk.plan(day, "18:35", lambda: hold(meeting))

    def hold(meeting: str) -> None:
        chair = here.holder(CHAIR)
        present = here.open(meeting, chair, CHAIR, here.draw.uniform(0.75, 1.0), least=4)
        ratify_what_waits(here, meeting, present)
        for matter, question, text, amount in here.draw.sample(BUDGET, 2):
            motion = here.move(BOARD, matter, text, here.draw.choice(present), amount=amount)
            vote = here.draw.uniform(0.3, 0.95)
            if here.draw.random() < 0.5:
                here.by_hands(meeting, motion, f"{question}?", chair, CHAIR, len(present), vote)
            else:
                here.by_name(meeting, motion, f"{question}?", chair, CHAIR, present, min(vote, 0.85))
        if then is not None:
            then(meeting, present)
        clerk.do("meeting.close", chair, CHAIR, meeting=meeting)

    clerk.plan(day - timedelta(days=9), "12:00", call)


def ratify_what_waits(here: Federation, meeting: str, present: list[Person]) -> None:
    """Puts every urgent decision that waits for it to the board."""
    today = here.clerk.today.isoformat()
    waiting = [
        one for one in here.clerk.state.decisions.values()
        if one.ratify_by and not one.ratified_by and one.standing_on(today) not in ("lapsed", "annulled")
        and one.id not in here.passed_over
    ]  # fmt: skip
    for one in waiting:
        motion = here.move(
            BOARD, "ratification", f"That this stands: {one.text}", here.draw.choice(present), ratifies=one.id
        )
        here.by_hands(meeting, motion, "Shall the urgent decision stand?", here.holder(CHAIR), CHAIR, len(present), 0.9)


def spend_at_once(here: Federation, about: str, amount: int) -> str:
    """The general secretary decides on urgent spending alone; the decision."""
    text = f"{about}: up to {amount:,} are spent at once."
    fields = {"matter": "spending", "amount": amount, "text": text}
    return f"de-{here.clerk.do('decision.take', here.holder(GENERAL), GENERAL, **fields)}"


def branch_is_founded(here: Federation, unit: str, name: str, meeting: str, present: list[Person]) -> None:
    """The board founds a branch, and some of the neighbours move over to it."""
    text = f"That {name}, twenty homes by the old mill race, becomes a branch of its own."
    motion = here.move(BOARD, "founding-of-branch", text, present[0])
    decision = here.by_hands(
        meeting, motion, f"Shall {name} be a branch?", here.holder(CHAIR), CHAIR, len(present), 1.0
    )
    here.clerk.do("unit.found", here.holder(GENERAL), GENERAL, unit=unit, kind="branch", name=name, decision=decision)


# -- the congress


def congress_called(
    here: Federation, day: date, matters: Sequence[str], *, ahead: int, hold: Callable[[str], None]
) -> None:
    """Plans a congress: called so many days ahead by the chair, with notice to every delegate."""

    def call() -> None:
        meeting = here.call(
            CONGRESS, f"{day.isoformat()}T10:00", matters, here.holder(CHAIR), CHAIR, place="the hall of the old mill"
        )
        here.clerk.plan(day, "10:05", lambda: hold(meeting))

    here.clerk.plan(day - timedelta(days=ahead), "10:00", call)


def balance_is_approved(here: Federation, meeting: str) -> None:
    """The congress approves the opening balance, after a delegate has said what was missing."""
    chair = here.holder(CHAIR)
    present = here.open(meeting, chair, CHAIR, 0.9)
    motion = here.move(CONGRESS, "opening-balance", "That the opening balance stands as it was entered.", present[1])
    here.by_hands(meeting, motion, "Does the opening balance stand?", chair, CHAIR, len(present), 0.95)
    here.clerk.do("meeting.close", chair, CHAIR, meeting=meeting)


def officers_are_elected(here: Federation, meeting: str, present: list[Person]) -> None:
    """The congress elects its four officers for two years; the general secretary and the auditor stand again."""
    chair, returning = here.holder(CHAIR), here.holder(RETURNING)
    held = here.seated()
    standing = [one for one in here.voters(here.people.everybody()) if one.id not in held]
    for seat, by, as_ in (
        (CHAIR, returning, RETURNING), (GENERAL, chair, CHAIR), (RETURNING, chair, CHAIR), ("auditor", chair, CHAIR)
    ):  # fmt: skip
        # Who has held an office for two years is known: most delegates elect them again.
        again = here.holder(seat)
        rival = here.people.some(standing, 1)[0]
        standing.remove(rival)
        here.elect(meeting, seat, [again, rival], present, by, as_, since=here.until(seat), weights=(0.8, 0.2))


def rules_are_amended(here: Federation, meeting: str, present: list[Person], motion: str, edition: str) -> None:
    """The congress amends the rulebook by two thirds, and the general secretary puts the edition into force."""
    chair = here.holder(CHAIR)
    decision = here.by_hands(
        meeting, motion, "Shall the second edition of the rules govern?", chair, CHAIR, len(present), 0.88
    )
    start = here.clerk.today + timedelta(days=10)
    here.clerk.do(
        "rulebook.adopt", here.holder(GENERAL), GENERAL, edition=edition, decision=decision, in_force_from=start
    )
