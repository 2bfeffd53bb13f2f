"""Incidents: what does not come round by itself: objections, amendments, rulings and appeals, slips, protests, erasures.

Lives here: single events of the two years, each with all its acts. Not here: when they happen (`years`).
"""

from __future__ import annotations

from datetime import date, timedelta

from demo.federation import norms
from demo.federation.branches import meeting_of, secretary_of
from demo.federation.meetings import BOARD, CHAIR, CONGRESS, GENERAL, Federation
from demo.federation.people import Person
from isonomy.record.base64_text import to_base64

POLICY = (
    (
        "A laundry in every branch",
        "That every branch has a laundry within 5 years, and pays for it from its own rents.",
    ),
    (
        "Repairs within a month",
        "That a repair asked for in writing is done within a month, or the branch is told why not.",
    ),
)
PROGRAMME = (
    "That nobody lives alone against their will.",
    "That homes stay with those who live in them, and are never sold.",
)


def objection(here: Federation) -> None:
    """A member objects to the opening balance: a stove that was promised is not in it."""
    person = here.draw.choice(here.people.everybody())
    here.clerk.do(
        "opening.object", person, text="The promise of a stove for the common room, of last spring, is not in it."
    )


def stands_adjourned(here: Federation, unit: str, day: date) -> None:
    """Plans a branch meeting to which too few come: it stands adjourned for a week."""
    seat = secretary_of(unit)

    def call() -> None:
        fields = {"place": "the meeting room"}
        meeting = here.call(
            meeting_of(unit), f"{day.isoformat()}T19:00", ["repairs"], here.holder(seat), seat, **fields
        )
        here.clerk.plan(day, "19:35", lambda: adjourn(meeting))

    def adjourn(meeting: str) -> None:
        officer = here.holder(seat)
        few = [officer, *here.people.some([one for one in here.voters(here.people.of[unit]) if one != officer], 1)]
        here.clerk.refused("meeting.open", officer, seat, meeting=meeting, present=few)
        here.clerk.do("meeting.adjourn", officer, seat, meeting=meeting, present=few)

    here.clerk.plan(day - timedelta(days=12), "18:00", call)


def motions_for(here: Federation, year: int) -> None:
    """Delegates move what a congress will decide: on policy, with amendments, and on the programme."""
    delegates = here.holders(CONGRESS)
    here.draw.shuffle(delegates)
    mover, second, third, fourth = delegates[:4]
    here.moved.clear()
    here.moved["policy"] = here.move(CONGRESS, "policy", POLICY[year][1], mover, [second, third])
    here.moved["programme"] = here.move(CONGRESS, "programme", PROGRAMME[year], third, [mover, second])
    if year == 0:
        return
    motion = here.moved["policy"]
    for by, passage, becomes in (
        (second, "within a month", "within two weeks"), (fourth, "asked for in writing", "asked for in writing or by word"),
    ):  # fmt: skip
        entry = here.clerk.do("motion.amend", by, motion=motion, passage=passage, becomes=becomes)
        amendment = f"am-{entry}"
        here.clerk.do("amendment.second", next(one for one in delegates if one != by), amendment=amendment)
        here.moved[passage] = amendment


def programme_is_voted(here: Federation, meeting: str, present: list[Person]) -> None:
    """The congress decides on policy by hands and on the programme by name."""
    chair = here.holder(CHAIR)
    here.by_hands(meeting, here.moved["policy"], "Shall every branch have a laundry?", chair, CHAIR, len(present), 0.4)
    here.by_name(meeting, here.moved["programme"], "Shall this stand in the programme?", chair, CHAIR, present, 0.8)


def second_congress(here: Federation, meeting: str) -> None:
    """A ruling that is overturned, amendments put the furthest first, a vote by name, an adjournment for a week."""
    chair, clerk = here.holder(CHAIR), here.clerk
    present = here.open(meeting, chair, CHAIR, 0.9)
    is_overturned(here, meeting, present)
    norms.removal_is_voted(here, meeting, present)
    norms.emergency_is_approved(here, meeting, present)
    motion, count = here.moved["policy"], len(present)
    further, nearer = here.moved["within a month"], here.moved["asked for in writing"]
    clerk.do("amendment.order", chair, CHAIR, motion=motion, amendments=[further, nearer])
    here.by_hands(meeting, motion, "Shall it be two weeks?", chair, CHAIR, count, 0.35, amendment=further)
    here.by_hands(meeting, motion, "Shall a word be enough?", chair, CHAIR, count, 0.7, amendment=nearer)
    here.by_hands(meeting, motion, "Shall the motion as amended be carried?", chair, CHAIR, count, 0.8)
    later = clerk.today + timedelta(days=7)
    resumes = f"{later.isoformat()}T10:00"
    fields = {"body": CONGRESS, "matter": "adjournment", "secrecy": "by show of hands", "resumes": resumes}
    poll = clerk.do("poll.open", chair, CHAIR, meeting=meeting, question="Shall we go on next week?", **fields)
    decision = here.hands(f"po-{poll}", chair, CHAIR, count, 0.9)
    clerk.do(
        "meeting.adjourn",
        chair,
        CHAIR,
        meeting=meeting,
        resumes=resumes,
        decision=decision,
        place="the hall of the old mill",
    )
    clerk.do("notice.send", chair, CHAIR, meeting=meeting, how="mail", to_count=len(here.holders(CONGRESS)))
    clerk.plan(later, "10:05", lambda: second_congress_goes_on(here, meeting))


def is_overturned(here: Federation, meeting: str, present: list[Person]) -> None:
    """The chair rules the motion out of order as a matter of repairs; the congress overturns the ruling."""
    chair, clerk = here.holder(CHAIR), here.clerk
    rulebook = clerk.state.rulebook(clerk.state.edition_on(clerk.today.isoformat()).id)
    place = rulebook.bodies[CONGRESS].place
    where = {"clause": place.clause_of("decides"), "line": place.line_of("decides")}
    words = "Repairs are decided in the branches. A motion on repairs is not policy, and is not put here."
    fields = {"meeting": meeting, "motion": here.moved["policy"], "reading": "out-of-order", "words": words, **where}
    ruling = f"ru-{clerk.do('ruling.make', chair, CHAIR, **fields)}"
    appellant = next(one for one in present if one != chair)
    clerk.do(
        "ruling.appeal",
        appellant,
        ruling=ruling,
        words="How soon a repair is done is policy. Which one is done is not.",
    )
    presides = next(one for one in present if one not in (chair, appellant))
    overturn = round(len(present) * 0.7)
    hands = {"sustain": len(present) - overturn, "overturn": overturn}
    for by, as_ in ((here.holder(GENERAL), GENERAL), (presides, "")):
        if by in present or by == presides:
            clerk.do("ruling.decide", by, as_, ruling=ruling, meeting=meeting, **hands)
            return


def second_congress_goes_on(here: Federation, meeting: str) -> None:
    """The adjourned congress goes on and decides on the programme by name."""
    chair, clerk = here.holder(CHAIR), here.clerk
    delegates = here.holders(CONGRESS)
    present = here.people.some(delegates, max(len(delegates) // 2 + 1, round(len(delegates) * 0.8)))
    clerk.do("meeting.resume", chair, CHAIR, meeting=meeting, present=present)
    here.by_name(meeting, here.moved["programme"], "Shall this stand in the programme?", chair, CHAIR, present, 0.75)
    clerk.do("meeting.close", chair, CHAIR, meeting=meeting)


def protest(here: Federation) -> None:
    """The general secretary tries to spend beyond the limit; the board's own member lodges another refusal as a protest."""
    clerk, person = here.clerk, here.draw.choice(here.people.everybody())
    fields = {"matter": "spending", "amount": 9_000, "text": "A new boiler at once."}
    clerk.refused("decision.take", here.holder(GENERAL), GENERAL, **fields)
    starts = f"{(clerk.today + timedelta(days=20)).isoformat()}T19:00"
    refusal = dict(clerk.refused("meeting.call", person, body=BOARD, starts=starts, matters=["rents"]).refusal)
    signature = refusal.pop("signature")
    clerk.do(
        "protest",
        person,
        refusal=refusal,
        signature=signature,
        words="Nobody would put the rents on the agenda for us.",
    )


def correction(here: Federation) -> None:
    """The general secretary mends the place of the next meeting of the board, which was written down wrongly."""
    state = here.clerk.state
    meeting = [one for one in state.meetings.values() if one.body == BOARD][-1]
    fields = {"thing": meeting.id, "key": "place", "now": "the room over the bakery, second floor"}
    why = "The first floor is the bakery's store."
    here.clerk.do("correct", here.holder(GENERAL), GENERAL, entry=int(meeting.id[3:]), why=why, **fields)


def erasure(here: Federation) -> None:
    """Somebody who left asks that the name be erased; the general secretary erases it."""
    state = here.clerk.state
    left = [one for one in state.persons.values() if one.left_on and one.sealed]
    if not left:
        return
    person = left[0]
    fields = {"entry": person.entry, "commitment": to_base64(person.sealed)}
    here.clerk.do("erase", here.holder(GENERAL), GENERAL, ground="The person left and asked for it.", **fields)
