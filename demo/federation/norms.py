"""Norms: how members ask, instruct, ask for a removal and come through a flood: criticism, mandates to act, an emergency.

Lives here: what is done under the clauses 18 to 21, each with all its acts. Not here: when (`years`), motions on other matters.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from demo.federation.meetings import BOARD, CHAIR, CONGRESS, GENERAL, Federation
from demo.federation.people import Person

LAMPS = "The lamps on the quay have been dark since the autumn. Three of us have written, and nobody says when they will burn."
FIGURES = "The figures name the arrears of each branch and not what is done about them. Say that too."


# -- criticism


def asks(here: Federation, to: str, text: str, subject: str, joined: int) -> str:
    """A member without any office criticises, and others join; the criticism."""
    held = here.seated()
    could = [one for one in here.voters(here.people.everybody()) if one.id not in held | here.people.reserved]
    critic, *others = here.people.some(could, joined + 1)
    made = f"ct-{here.clerk.do('criticism.make', critic, to=to, subject=subject, text=text)}"
    for other in others:
        here.clerk.do("criticism.join", other, criticism=made)
    return made


def is_answered(here: Federation) -> None:
    """A criticism of the general secretary is answered in time, and its critic replies."""
    made = asks(here, GENERAL, FIGURES, "the figures on rents and arrears", 2)
    critic = here.clerk.state.criticisms[made].critics
    first = next(iter(critic))

    def answer() -> None:
        text = "You are right. From the next quarter on, each figure on arrears has a line on what was agreed."
        here.clerk.do("criticism.answer", here.holder(GENERAL), GENERAL, criticism=made, text=text)

    def reply() -> None:
        if not here.clerk.state.persons[first].left_on:
            here.clerk.do("criticism.rejoin", first, criticism=made, text="Thank you. We shall read them.")

    here.clerk.plan(here.clerk.today + timedelta(days=11), "19:00", answer)
    here.clerk.plan(here.clerk.today + timedelta(days=16), "19:00", reply)


def is_not_answered(here: Federation) -> None:
    """A criticism of the chair that nobody answers: it goes on to the board by itself."""
    asks(here, CHAIR, LAMPS, "the lamps on the quay", 3)


# -- mandates to act, targets


def with_terms(
    here: Federation, meeting: str, present: list[Person], body: str, matter: str, text: str, question: str, **terms: Any
) -> str:  # fmt: skip
    """Moves something with terms and has it carried by show of hands; the decision."""
    chair = here.holder(CHAIR)
    mover = next(one for one in present if one != chair)
    motion = here.move(body, matter, text, mover)
    here.clerk.do("motion.terms", mover, motion=motion, **terms)
    return here.by_hands(meeting, motion, question, chair, CHAIR, len(present), 1.0)


def instructs(here: Federation, meeting: str, present: list[Person], does: str, due_on: date) -> str:
    """The board instructs the general secretary to do something by a day; the instruction."""
    asked = {"does": does, "to": GENERAL, "due_on": due_on.isoformat()}
    decision = with_terms(here, meeting, present, BOARD, "instruction", does, "Shall it be done?", instruct=asked)
    return f"in-{decision[3:]}"


def reports(here: Federation, instruction: str, text: str) -> None:
    """The general secretary reports on what was to be done."""
    here.clerk.do("instruction.report", here.holder(GENERAL), GENERAL, instruction=instruction, text=text)


def discharges(here: Federation, meeting: str, present: list[Person]) -> None:
    """The board finds that what it instructed was done."""
    for one in list(here.clerk.state.instructions.given.values()):
        if one.is_open and one.final is not None:
            found = {"instruction": one.id, "outcome": "accepted"}
            text = "That the report is accepted and the general secretary discharged."
            with_terms(here, meeting, present, BOARD, "discharge", text, "Is it discharged?", discharge=found)


def sets_target(here: Federation, meeting: str, present: list[Person], by_on: date) -> None:
    """The congress sets how many members the federation is to have by a day."""
    count = len(here.people.everybody()) * 11 // 10
    text = f"That the federation has {count} members when the second year is over."
    target = {"number": count, "by_on": by_on.isoformat()}
    with_terms(here, meeting, present, CONGRESS, "membership-target", text, "Shall this be the target?", target=target)


# -- a removal that is not carried


def removal_is_asked(here: Federation) -> None:
    """Two delegates ask for the removal of a member of the board, who answers; the congress is to vote."""
    delegates = [one for one in here.holders(CONGRESS) if one.id not in here.people.reserved]
    first, second = here.people.some(delegates, 2)
    held = here.clerk.state.mandates_of_seat(BOARD, here.clerk.today.isoformat())
    concerned = next(one for one in held if one.person not in {first.id, second.id, here.holder(CHAIR).id})
    grounds = "Three meetings of the board in a row were left before the vote on the rents."
    asked = f"rv-{here.clerk.do('removal.ask', first, mandate=concerned.id, grounds=grounds)}"
    here.clerk.do("removal.support", second, removal=asked)
    answer = "The last ferry to Fern Wharf goes at eight. I have asked for an earlier hour, and was there again since."
    here.clerk.do("removal.answer", concerned.person, removal=asked, text=answer)


def removal_is_voted(here: Federation, meeting: str, present: list[Person]) -> None:
    """The congress votes by name on the removal that was asked for, and does not carry it."""
    chair = here.holder(CHAIR)
    for one in list(here.clerk.state.removals.values()):
        if one.standing != "stands":
            continue
        poll = here.put(meeting, one.motion, "Shall the mandate on the board end?", chair, CHAIR, secrecy="named")
        voters = [each for each in present if each.id != one.person]
        # Who asked first stands alone: the other has heard the answer, and abstains.
        said = {one.asked_by: "for"} | {each: "abstain" for each in one.supporters if each != one.asked_by}
        here.clerk.cast(poll, {each.id: said.get(each.id, "against") for each in voters})
        here.clerk.do("poll.close", chair, CHAIR, poll=poll)
        here.clerk.do("poll.declare", chair, CHAIR, poll=poll, rule="yes-no")


# -- an emergency that lapsed


def emergency(here: Federation) -> None:
    """The river stands in the cellars: the chair declares an emergency, which lapses after 30 days, and reports."""
    words = "The river stands in the cellars of four branches, and the bridge to Fern Wharf is closed."
    fields = {"emergency": "high-water", "fact": "fire or flood", "words": words}
    declared = f"em-{here.clerk.do('emergency.declare', here.holder(CHAIR), CHAIR, **fields)}"

    def report() -> None:
        text = "The water fell after nine days. No meeting was moved, and nothing was decided under the emergency."
        here.clerk.do("emergency.report", here.holder(CHAIR), CHAIR, emergency=declared, text=text)

    here.clerk.plan(here.clerk.today + timedelta(days=40), "11:00", report)


def emergency_is_approved(here: Federation, meeting: str, present: list[Person]) -> None:
    """The congress approves the report on the emergency."""
    for one in list(here.clerk.state.emergencies.values()):
        if one.reported_on and not one.approved_by:
            motion = here.move(
                CONGRESS, "emergency-report", "That the report on the high water is approved.", present[0]
            )
            chair = here.holder(CHAIR)
            decision = here.by_hands(meeting, motion, "Is the report approved?", chair, CHAIR, len(present), 1.0)
            here.clerk.do("emergency.approve", here.holder(GENERAL), GENERAL, emergency=one.id, decision=decision)


def winter_before(day: date) -> date:
    """The last 8 January before a day that leaves time for an emergency to lapse and to be reported on."""
    last = day - timedelta(days=75)
    return date(last.year if last >= date(last.year, 1, 8) else last.year - 1, 1, 8)
