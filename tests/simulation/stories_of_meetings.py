"""Stories of meetings: those by right, on call, on demand, put off and going on again, and the elections held there.

Lives here: sittings and the seats they fill. Not here: what else a body decides (`stories_of_*`), which waits on its agenda.
"""

from __future__ import annotations

from typing import Any

from isonomy.engine.occasions import meetings_by_right
from isonomy.engine.state import Poll
from tests.simulation.life import Life, Story
from tests.simulation.people import BY_HANDS

SECRET_SEATS = {
    "branch-meeting": ("branch-secretary", "congress", "protection-panel", "council"),
    "congress": ("committee", "chair", "returning-officer", "credentials-panel"),
    "committee": ("general-secretary",),
}
"""Which seats a body elects at its meetings."""
FULL = {"congress": 2, "protection-panel": 1, "committee": 7, "credentials-panel": 5, "council": 2}


def sitting(life: Life, body: str, days: int, by_right: str = "", **called: Any) -> Story:
    """One meeting of a body from its call to its close, with what waits for it."""
    by, office = life.seeing_to(body)
    starts = f"{by_right}T10:00" if by_right else life.later(days, life.random.randrange(9, 20))
    empty = vacant(life, body)
    matters = sorted(
        {item.matter for item in life.waiting(body)} | {f"election-of-{seat.partition('@')[0]}" for seat, _ in empty}
    )
    demand = life.state.demands.get(called.get("demand", ""))
    if demand is not None:
        matters = sorted({*matters, *demand.matters})
    if not matters:
        matters = (
            ["branch-affairs"] if body.startswith("branch") else ["budget"] if body == "committee" else ["programme"]
        )
    entry = life.sure("meeting.call", called.pop("by", by), called.pop("as_", office), body=body, starts=starts,
                     matters=matters[:30], by_right=by_right or None, **called)  # fmt: skip
    if entry is None:
        return
    meeting = f"mt-{entry}"
    if life.random.random() < 0.96:
        life.sure("notice.send", by, office, meeting=meeting, how="post", to_count=max(1, len(life.holders(body))))
    if life.random.random() < 0.05:
        life.act("notice.consent", life.one(body), meeting=meeting)
    if life.random.random() < 0.03:
        yield life.later(1)
        life.act("meeting.cancel", by, office, meeting=meeting, why="The hall is taken.")
        return
    yield starts
    opened = yield from open_it(life, body, meeting)
    if not opened or life.state.meetings[meeting].standing != "open":
        return
    business(life, body, meeting, empty)
    if life.random.random() < 0.08:
        yield from adjourned(life, body, meeting)
    if life.random.random() < 0.05:
        life.act("quorum.challenge", life.one(body), meeting=meeting)
        life.act("quorum.count", by, office, meeting=meeting, present=list(life.holders(body)))
    by, office = life.seeing_to(body)
    tidy(life, meeting)
    life.sure("meeting.close", by, office, meeting=meeting)


def open_it(life: Life, body: str, meeting: str) -> Story:
    """Opens a meeting with those who came; records that it lapsed or stands adjourned where too few did."""
    by, office = life.seeing_to(body)
    members = list(life.holders(body))
    share = life.random.choice((0.2, 0.6, 0.8, 0.9, 1, 1, 1, 1))
    present = life.random.sample(members, k=round(len(members) * share))
    if by in members and by not in present and life.random.random() < 0.9:
        present.append(by)
    if life.sure("meeting.open", by, office, meeting=meeting, present=present) is not None:
        return True
    if life.state.meetings[meeting].standing == "called":
        if (
            life.random.random() < 0.5
            and life.act("meeting.lapse", by, office, meeting=meeting, present=present) is not None
        ):
            return False
        yield life.later(0, 21)
        if life.act("meeting.adjourn", by, office, meeting=meeting, present=present[:1]) is not None:
            yield life.state.meetings[meeting].starts
            return life.act("meeting.resume", by, office, meeting=meeting, present=members) is not None
    return False


def business(life: Life, body: str, meeting: str, empty: list[tuple[str, int]]) -> None:
    """What a meeting decides: what waits for it, and the seats that are empty."""
    for seat, number in empty:
        for _ in range(3):
            if elect(life, body, meeting, seat, number):
                break
    named = life.state.meetings[meeting].matters
    waiting = [item for item in life.waiting(body) if item.matter in named or life.random.random() < 0.2]
    for item in waiting[:20]:
        life.settle(meeting, item)


def vacant(life: Life, body: str) -> list[tuple[str, int]]:
    """The seats that a body elects and that are empty, or will be soon, with how many."""
    plain, _, unit = body.partition("@")
    soon = life.later(60)[:10]
    found = []
    for name in SECRET_SEATS.get(plain, ()):
        if life.draw.rulebook is None or life.draw.rulebook.seat(name) is None:
            continue
        seat = f"{name}@{unit}" if name == "branch-secretary" else name
        held = [mandate for mandate in life.state.mandates_of_seat(seat, life.today) if mandate.is_valid_on(soon)]
        if unit and name != "branch-secretary":
            held = [mandate for mandate in held if life.state.persons[mandate.person].unit == unit]
        missing = FULL.get(name, 1) - len(held)
        if missing > 0 and life.random.random() < 0.9:
            found.append((seat, missing))
    return found


def elect(life: Life, body: str, meeting: str, seat: str, number: int) -> bool:
    """Elects at a meeting, by a secret ballot where the clause has it, and lets those elected take their seats."""
    unit, name = body.partition("@")[2], seat.partition("@")[0]
    rulebook = life.draw.rulebook
    assert rulebook is not None
    by_ballot = any(found.election and found.fills == name for found in rulebook.procedures.values())
    persons = [
        person
        for person in dict.fromkeys(life.member(unit) for _ in range(number + life.random.randrange(1, 4)))
        if person
    ]
    if not by_ballot:
        persons = persons[:1]
    by, office = life.presiding(body, besides=" ".join(persons))
    if not persons:
        return False
    entry = life.sure("poll.open", by, office, body=body, question=f"Who is elected to {name}?", matter=f"election-of-{name}", seat=seat,
                      meeting=meeting, seats=min(number, len(persons)),
                      options=[{"name": f"Candidate {place}", "person": person} for place, person in enumerate(persons)])  # fmt: skip
    if entry is None:
        return False
    poll = life.state.polls[f"po-{entry}"]
    if poll.secrecy != BY_HANDS:
        life.vote(poll)
    declared = close_and_declare(life, poll, by, office)
    decision = life.state.decisions.get(f"de-{declared}")
    keeper = life.one("general-secretary") or life.one(body)
    for person in decision.person.split() if decision else ():
        held = [found.until for found in life.state.mandates_of_seat(seat, life.today) if found.until]
        since = max(held) if held and life.random.random() < 0.1 else None
        told = {"person": person, "seat": seat, "decision": f"de-{declared}"}
        if life.act("mandate.begin", by, since=since, **told) is None:
            life.sure("mandate.begin", keeper, **told)
    return bool(decision)


def close_and_declare(life: Life, poll: Poll, by: str, office: str) -> int | None:
    """Closes the box of a poll and declares it; of a show of hands, that everybody was for it."""
    if poll.secrecy == BY_HANDS:
        present = len(life.state.meetings[poll.meeting].present or ()) if poll.meeting else 3
        return life.sure(
            "poll.declare",
            by,
            office,
            poll=poll.id,
            rule=poll.counting,
            tallies={"for": present, "against": 0},
            present=present,
        )
    if poll.standing == "open":
        size = len(life.arena.boxes.get(poll.id, ()))
        box = {"box_root": life.draw.bytes32(), "box_size": size, "marked": size, "roll_root": life.draw.bytes32()}
        life.sure("poll.close", by, office, poll=poll.id, **(box if poll.secrecy == "secret" else {}))
    return life.declared(poll, by, office)


def tidy(life: Life, meeting: str = "") -> None:
    """Polls that somebody left open are closed and declared, before a meeting closes or once their time is over."""
    for poll in list(life.state.polls.values())[-40:]:
        over = poll.meeting == meeting if meeting else not poll.meeting and poll.closes_on < life.today
        if poll.standing != "declared" and over:
            by, office = life.presiding(poll.body, besides=" ".join(option.person for option in poll.options))
            close_and_declare(life, poll, by, office)


def tidying(life: Life) -> Story:
    """Somebody looks after what others left undone."""
    while True:
        yield life.later(11)
        tidy(life)
        for meeting in list(life.state.meetings.values())[-60:]:
            by, office = life.seeing_to(meeting.body)
            if meeting.standing == "open" and (meeting.counted_on or meeting.starts[:10]) < life.today:
                tidy(life, meeting.id)
                life.act("meeting.close", by, office, meeting=meeting.id)
            elif meeting.standing == "called" and meeting.starts[:10] < life.today:
                life.act("meeting.lapse", by, office, meeting=meeting.id)


def adjourned(life: Life, body: str, meeting: str) -> Story:
    """The meeting adjourns itself and goes on, with notice of it."""
    by, office = life.presiding(body)
    resumes = life.later(life.random.choice((1, 4, 8)))
    opened = life.act(
        "poll.open",
        by,
        office,
        body=body,
        question="Shall we go on later?",
        matter="adjournment",
        meeting=meeting,
        resumes=resumes,
    )
    if opened is None:
        return
    present = len(life.state.meetings[meeting].present or ())
    declared = life.act(
        "poll.declare",
        by,
        office,
        poll=f"po-{opened}",
        rule="yes-no",
        tallies={"for": present, "against": 0},
        present=present,
    )
    if declared is None:
        return
    without = life.random.random() < 0.3
    if (
        life.act(
            "meeting.adjourn",
            by,
            office,
            meeting=meeting,
            decision=f"de-{declared}",
            resumes=None if without else resumes,
        )
        is None
    ):
        return
    if without:
        life.act("meeting.reconvene", by, office, meeting=meeting, resumes=resumes)
    life.act("notice.send", by, office, meeting=meeting, how="post", to_count=5)
    yield resumes
    life.act("meeting.resume", by, office, meeting=meeting, present=list(life.holders(body)))


def branch(life: Life, unit: str) -> Story:
    """A branch through the years: its meeting by right, some on call, some that nobody calls."""
    body = f"branch-meeting@{unit}"
    while unit in life.units():
        coming = [found.on for found in meetings_by_right(life.state, body, life.day()) if found.on > life.day()]
        if life.random.random() < 0.15:
            yield life.later(life.random.randrange(60, 300))
            continue
        if coming and (coming[0] - life.day()).days > 40 and life.random.random() < 0.6:
            yield life.later(life.random.randrange(10, 60))
            if life.waiting(body) or life.random.random() < 0.35:
                yield from sitting(life, body, life.random.choice((8, 10, 15, 3)))
            continue
        if coming:
            ahead = (coming[0] - life.day()).days
            yield life.later(max(1, ahead - life.random.choice((5, 12, 20))))
            yield from sitting(life, body, 0, coming[0].isoformat())
        yield life.later(life.random.randrange(20, 60))


def committee(life: Life) -> Story:
    """The committee, every few weeks where something waits."""
    while True:
        yield life.later(life.random.randrange(8, 40))
        if life.waiting("committee") or life.random.random() < 0.5:
            yield from sitting(life, "committee", life.random.choice((8, 9, 14, 4)))


def congress(life: Life) -> Story:
    """The congress: on its day, and between when the committee calls it."""
    while True:
        coming = [found.on for found in meetings_by_right(life.state, "congress", life.day()) if found.on > life.day()]
        ahead = (coming[0] - life.day()).days if coming else 9999
        if ahead < 160:
            if life.holders("committee") and life.random.random() < 0.15:
                yield life.later(ahead + 40)
                yield from missed(life)
                continue
            yield life.later(max(1, ahead - life.random.choice((34, 38, 20))))
            yield from sitting(life, "congress", 0, coming[0].isoformat())
            yield life.later(20)
            continue
        yield life.later(life.random.randrange(20, 70))
        item = yield from life.decided("committee", "call-of-congress", motion={"text": "The congress meets."})
        if item.decision:
            by, office = life.presiding("committee")
            yield from sitting(
                life, "congress", life.random.choice((32, 40, 18)), by=by, as_=office, decision=item.decision
            )


def missed(life: Life) -> Story:
    """A congress that nobody called is called by a branch, or by one tenth of the members."""
    if life.random.random() < 0.6:
        unit = life.draw.pick(life.units(), "")
        item = yield from life.decided(f"branch-meeting@{unit}", "call-of-congress")
        person = life.one(f"branch-secretary@{unit}")
        yield from sitting(
            life, "congress", 33, by=person, as_=f"branch-secretary@{unit}", decision=item.decision or None
        )
        yield from sitting(life, "congress", 33, by=person, as_=f"branch-secretary@{unit}")
        return
    yield life.later(30)
    joined = ""
    for person in life.random.sample(life.known(), k=len(life.known()) // 8):
        joined = person if life.act("call.join", person, body="congress") is not None else joined
    yield from sitting(life, "congress", 33, by=joined or life.member())


def demands(life: Life) -> Story:
    """Members demand a meeting of their branch, branches one of the congress; some think again."""
    while True:
        yield life.later(life.random.randrange(30, 200))
        if life.random.random() < 0.7:
            unit = life.draw.pick(life.units(), "b00")
            body = f"branch-meeting@{unit}"
            people = list(life.holders(body))
            life.random.shuffle(people)
            voices = [(person, "") for person in people[: len(people) // 4 + 3]]
            matters = ["branch-affairs"]
        else:
            body, matters = "congress", ["policy"]
            voices = [
                (life.one(f"branch-secretary@{unit}"), f"branch-secretary@{unit}")
                for unit in life.units()[: len(life.units()) // 3 + 3]
            ]
        if not voices:
            continue
        entry = life.act("meeting.demand", *voices[0], body=body, matters=matters)
        if entry is None:
            continue
        for place, (person, seat) in enumerate(voices[1:]):
            life.act("demand.support", person, seat, demand=f"ca-{entry}")
            if place == 1:
                life.act("demand.withdraw", *voices[0], demand=f"ca-{entry}", why="I thought again.")
        yield life.later(2)
        demand = life.state.demands[f"ca-{entry}"]
        if demand.reached_on:
            yield from sitting(life, body, 16 if body == "congress" else 9, demand=demand.id)


def rescued(life: Life) -> Story:
    """Where nobody presides any more and nobody calls, the delegates themselves call the congress, with all its notice."""
    while True:
        yield life.later(30)
        called = any(
            found.body == "congress" and found.standing == "called" and found.starts > life.today
            for found in life.state.meetings.values()
        )
        if called or life.holders("committee"):
            continue
        yield from sitting(life, "congress", 33, by=life.one("congress"), as_="")
