"""Branches: newcomers, leavers, half-yearly meetings, a demand, a secretary who resigns, a branch that is founded.

Lives here: what happens in one branch. Not here: when (`years`), bodies of the whole federation (`congresses`, `boards`).
"""

from __future__ import annotations

from datetime import date, timedelta

from demo.federation.meetings import RETURNING, Federation
from demo.federation.people import Person
from isonomy.record.base64_text import to_base64
from isonomy.record.signature import public_key_of

REPAIRS = (
    ("Replace the stairwell lamps", "That the lamps in all stairwells are replaced before the winter."),
    ("Paint the yard doors", "That the doors to the yard are painted, in the green of the sample card."),
    ("Mend the north roof", "That the roof over the north stairs is mended and the gutter with it."),
    ("New letter boxes", "That the letter boxes are replaced; the old ones do not lock."),
    ("Drain the cellar", "That a pump is bought for the cellar and tried before the spring."),
    ("Insulate the loft", "That the loft is insulated, beginning with the east side."),
    ("A ramp to the laundry", "That a ramp is built to the laundry room."),
)
AFFAIRS = (
    ("Quiet hours in the court", "That the court is quiet after ten in the evening."),
    ("A summer supper", "That the branch holds a supper in the court, and everybody brings a chair."),
    ("The bicycle shed", "That the bicycle shed is cleared twice a year, with two weeks of warning."),
    ("A book shelf in the hall", "That a shelf for books is put up in the hall."),
    (
        "Keys of the meeting room",
        "That the keys of the meeting room lie with two neighbours, whose names hang at the door.",
    ),
    ("Seed for the window boxes", "That seed is bought for the window boxes of those who want it."),
)


def secretary_of(unit: str) -> str:
    """The office of a branch's secretary."""
    return f"branch-secretary@{unit}"


def meeting_of(unit: str) -> str:
    """The meeting of a branch."""
    return f"branch-meeting@{unit}"


def admit(here: Federation, unit: str) -> None:
    """Somebody moves in and is admitted by the branch secretary."""
    seat = secretary_of(unit)
    if not here.holders(seat):
        return
    person = here.people.newcomer(unit)
    here.clerk.do(
        "member.admit", here.holder(seat), seat, person=person, unit=unit, codes={"bank": person.bank},
        name={"value": person.name, "label": "name", "audience": "members"},
    )  # fmt: skip


def enrol(here: Federation, person: Person) -> None:
    """Somebody enrols the key that their own machine made, to sign with from now on."""
    if here.clerk.state.persons[person.id].left_on:
        return
    key = to_base64(public_key_of(here.clerk.entropy.draw(32)))
    here.clerk.do("key.enrol", person, person=person, key=key)


def leave(here: Federation, unit: str) -> None:
    """Somebody moves away, who holds nothing."""
    held = here.seated()
    standing = {person for one in here.clerk.state.elections.values() for person in one.candidates}
    could = [one for one in here.people.of[unit] if one.id not in held | here.people.reserved | standing]
    if not could:
        return
    person = here.draw.choice(could)
    here.clerk.do(
        "member.leave", person, why=here.draw.choice(("I am moving away.", "We have found a home elsewhere."))
    )
    here.people.gone(person)


def hold_later(here: Federation, unit: str, day: date, *, elects: tuple[str, ...] = (), share: float = 0.45) -> None:
    """Plans a meeting of a branch: called two weeks before, with what it elects."""
    clerk = here.clerk

    def call() -> None:
        seat = secretary_of(unit)
        matters = ["repairs", "branch-affairs", *(f"election-of-{name}" for name in elects)]
        meeting = here.call(
            meeting_of(unit), f"{day.isoformat()}T19:00", matters, here.holder(seat), seat, place="the meeting room"
        )
        clerk.plan(day, "19:05", lambda: hold(here, unit, meeting, elects, share))

    clerk.plan(day - timedelta(days=14), "18:00", call)


def hold(here: Federation, unit: str, meeting: str, elects: tuple[str, ...], share: float) -> None:
    """Holds a meeting of a branch: motions by show of hands, elections by secret ballot."""
    seat = secretary_of(unit)
    officer = here.holder(seat)
    present = here.open(meeting, officer, seat, share, least=_quorum(here, unit))
    for matter, texts in (("repairs", REPAIRS), ("branch-affairs", AFFAIRS)):
        question, text = here.draw.choice(texts)
        motion = here.move(meeting_of(unit), matter, text, here.draw.choice(present))
        vote = here.draw.uniform(0.35, 0.9)
        if matter == "repairs":
            here.by_name(meeting, motion, f"{question}?", officer, seat, present, vote)
        else:
            here.by_hands(meeting, motion, f"{question}?", officer, seat, len(present), vote)
    for name in elects:
        elect(here, unit, meeting, name, present, officer, seat)
    if here.occasion_of("repairs-report", seat):
        text = "Every repair asked for in the last six months, what became of it and what it cost."
        here.discharge(seat, "repairs-report", text)
    here.clerk.do("meeting.close", officer, seat, meeting=meeting)


def elect(
    here: Federation, unit: str, meeting: str, name: str, present: list[Person], by: Person, as_: str
) -> list[Person]:
    """Elects the secretary or the delegates of a branch at its meeting; who is elected."""
    taken = here.seated()
    fresh = [one for one in here.voters(here.people.of[unit]) if one.id not in taken and one != by]
    delegates = name == "congress"
    seat = "congress" if delegates else secretary_of(unit)
    again = [one for one in here.holders(seat) if delegates and one in present and one in here.people.of[unit]]
    candidates = (again + here.people.some(fresh, 4))[:4]
    ends = [
        date.fromisoformat(one.until)
        for one in here.clerk.state.mandates_of_seat(seat, here.clerk.today.isoformat())
        if here.people.by_id[one.person] in here.people.of[unit]
    ]
    since = max(ends, default=here.clerk.today)
    return here.elect(meeting, seat, candidates, present, by, as_, seats=2 if delegates else 1, since=since)


def _quorum(here: Federation, unit: str) -> int:
    return -(-len(here.people.of[unit]) // 5) + 1


def demanded(here: Federation, unit: str) -> None:
    """One fifth of a branch demands a meeting about the cellar; the secretary calls it in time."""
    members = here.people.some(here.voters(here.people.of[unit]), _quorum(here, unit))
    entry = here.clerk.do("meeting.demand", members[0], body=meeting_of(unit), matters=["repairs"])
    demand = f"ca-{entry}"
    for one in members[1:]:
        if here.clerk.state.demands[demand].reached_on:
            break
        here.clerk.do("demand.support", one, demand=demand)
    seat = secretary_of(unit)
    day = here.clerk.today + timedelta(days=16)

    def call() -> None:
        meeting = here.call(
            meeting_of(unit),
            f"{day.isoformat()}T18:30",
            ["repairs"],
            here.holder(seat),
            seat,
            demand=demand,
            place="the cellar",
        )
        here.clerk.plan(day, "18:35", lambda: _about_the_cellar(here, unit, meeting))

    here.clerk.plan(here.clerk.today + timedelta(days=3), "18:00", call)


def _about_the_cellar(here: Federation, unit: str, meeting: str) -> None:
    seat = secretary_of(unit)
    officer = here.holder(seat)
    present = here.open(meeting, officer, seat, 0.6, least=_quorum(here, unit))
    text = "That the cellar is pumped dry within a week, and that the secretary says every Monday how far it is."
    motion = here.move(meeting_of(unit), "repairs", text, present[0])
    here.by_hands(meeting, motion, "Shall the cellar be pumped dry within a week?", officer, seat, len(present), 0.9)
    here.clerk.do("meeting.close", officer, seat, meeting=meeting)


def secretary_resigns(here: Federation, unit: str) -> None:
    """A secretary resigns; the branch itself calls its meeting and elects another."""
    seat = secretary_of(unit)
    held = here.clerk.state.mandates_of_seat(seat, here.clerk.today.isoformat())[0]
    here.clerk.do(
        "mandate.end", held.person, mandate=held.id, why="I have taken night shifts and cannot see to the branch."
    )
    day = here.clerk.today + timedelta(days=15)
    elect_again(here, unit, day, [seat])


def elect_again(here: Federation, unit: str, day: date, seats: list[str]) -> None:
    """The members of a branch without a secretary call their meeting, and elect."""

    def call() -> None:
        caller = here.draw.choice(here.voters(here.people.of[unit]))
        matters = [f"election-of-{name.partition('@')[0]}" for name in seats]
        meeting = here.call(
            meeting_of(unit),
            f"{day.isoformat()}T19:00",
            matters,
            caller,
            "",
            how="letters in every box",
            place="the laundry",
        )
        here.clerk.plan(day, "19:05", lambda: _elect_again(here, unit, meeting, caller, seats))

    here.clerk.plan(day - timedelta(days=11), "18:00", call)


def _elect_again(here: Federation, unit: str, meeting: str, caller: Person, seats: list[str]) -> None:
    present = here.open(meeting, caller, "", 0.5, least=_quorum(here, unit))
    for seat in seats:
        elect(here, unit, meeting, seat.partition("@")[0], present, here.holder(RETURNING), RETURNING)
    here.clerk.do("meeting.close", caller, meeting=meeting)
