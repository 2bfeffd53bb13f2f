"""Scenes of removal with hearing, suspension, condition and review, of recall and petition, of resignation and death.

Lives here: what is submitted, in order, and whether it is taken. Not here: how a vector is written (`scene`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from conformance.decisions.scene import Scene, bytes32, person

PEOPLE = ("ada", "ben", "cy", "di", "eve", "flo")
SEATS = {"chair": "ada", "deputy": "ben", "clerk": "cy", "steward@north": "eve"}


def _founded(about: str) -> Scene:
    """A guild with a chair, a deputy, a clerk and a steward of its branch north."""
    scene = Scene(about, "guild.md")
    fields = scene.found(
        dict.fromkeys(PEOPLE, "north"), units=[{"unit": "north", "kind": "branch"}],
        mandates=[{"person": person(name), "seat": seat} for seat, name in SEATS.items()],
    )  # fmt: skip
    scene.accepted("found", "ada", **fields)
    return scene


def _mandate(scene: Scene, seat: str) -> str:
    return scene.state.mandates_of_seat(seat, scene.today)[0].id


def _met(scene: Scene, by: str, as_: str, matters: list[str], day: str, opener: str) -> str:
    called = f"mt-{scene.state.n}"
    scene.accepted("meeting.call", by, as_, body="assembly", starts=f"{day}T19:00", matters=matters)
    scene.accepted("notice.send", by, as_, meeting=called, how="post", to_count=6)
    scene.on(day, 20)
    scene.accepted("meeting.open", opener, meeting=called, present=[person(name) for name in PEOPLE])
    return called


def _voted(scene: Scene, meeting: str, motion: str, votes: tuple[int, int], by: str = "cy", as_: str = "clerk") -> None:
    """A vote at a meeting, secret where the clause says so."""
    matter, poll = scene.state.motions[motion].matter, f"po-{scene.state.n}"
    secret = matter.startswith("removal-from-")
    secrecy = "secret" if secret else "by show of hands"
    scene.accepted(
        "poll.open", by, as_, body="assembly", question="Shall it be?", matter=matter, motion=motion, meeting=meeting,
        secrecy=secrecy,
    )  # fmt: skip
    more: dict[str, Any] = {}
    if secret:
        root, size = bytes32(f"box of {poll}"), sum(votes)
        scene.accepted("poll.close", by, as_, poll=poll, box_root=root, box_size=size, marked=size)
        more = {"box_root": root}
    tallies = {"for": votes[0], "against": votes[1], "abstain": 0}
    scene.accepted("poll.declare", by, as_, poll=poll, rule="yes-no", tallies=tallies, **more)


def _moved(scene: Scene, matter: str, text: str, **more: Any) -> str:
    motion = f"mo-{scene.state.n}"
    scene.accepted("motion.move", "di", body="assembly", matter=matter, text=text, **more)
    return motion


def removal() -> Scene:
    """The chair is asked to go: suspended, heard, kept on a condition by those who called the meeting themselves, not kept."""
    scene = _founded(
        "removal: asked for, suspended, hearing, substitute callers, kept on a condition, reviewed, barred"
    )
    chair, grounds = _mandate(scene, "chair"), "The minutes are written in advance."
    scene.refused("removal.ask", "di", mandate=chair)
    scene.refused("removal.ask", "ada", mandate=chair, grounds=grounds)
    scene.refused("motion.move", "di", body="assembly", matter="removal-from-chair", text="Out.", person=person("ada"))
    asked = f"rv-{scene.state.n}"
    scene.accepted("removal.ask", "di", mandate=chair, grounds=grounds)
    scene.accepted("removal.support", "eve", removal=asked)
    scene.refused("removal.support", "eve", removal=asked)
    scene.refused("removal.retract", "flo", removal=asked)
    scene.accepted("removal.retract", "eve", removal=asked)
    scene.accepted("removal.support", "eve", removal=asked)
    scene.accepted("removal.support", "flo", removal=asked)
    scene.refused("motion.withdraw", "di", motion=scene.state.removals[asked].motion)
    scene.refused("removal.answer", "di", removal=asked, text="They were.")
    scene.accepted("removal.answer", "ada", removal=asked, text="They are read out and approved.")
    scene.refused("hearing.offer", "di", removal=asked, starts="2027-01-20T18:00")
    scene.refused("hearing.offer", "cy", removal=asked, starts="2027-01-05T18:00")
    meeting = _met(scene, "ada", "chair", ["suspension-from-chair", "removal-from-chair"], "2027-01-12", "cy")
    scene.refused("meeting.close", "ada", "chair", meeting=meeting)
    _voted(scene, meeting, _moved(scene, "suspension-from-chair", "Until then.", person=person("ada")), (4, 2))
    decision = f"de-{scene.state.n - 1}"
    scene.refused("mandate.suspend", "cy", "clerk", removal=asked, decision=decision, last="2027-03-01")
    scene.accepted("mandate.suspend", "cy", "clerk", removal=asked, decision=decision, last="2027-01-30")
    scene.refused("meeting.close", "ada", meeting=meeting)
    motion = scene.state.removals[asked].motion
    put = {"body": "assembly", "question": "Out?", "matter": "removal-from-chair", "motion": motion, "meeting": meeting}
    scene.refused("poll.open", "cy", "clerk", **put, secrecy="secret")
    scene.accepted("meeting.close", "cy", "clerk", meeting=meeting)
    scene.accepted("hearing.offer", "di", removal=asked, starts="2027-01-18T18:00", place="the hall")
    scene.refused("hearing.enter", "di", removal=asked, how="not used")
    scene.on("2027-01-18", 19)
    scene.accepted("hearing.enter", "cy", "clerk", removal=asked, how="held")
    scene.refused("meeting.call", "di", body="assembly", starts="2027-02-04T19:00", matters=["removal-from-chair"])
    scene.on("2027-01-26")
    matters = ["removal-from-chair", "retention-of-chair"]
    meeting = _met(scene, "di", "", matters, "2027-02-04", "di")
    kept = _moved(scene, "retention-of-chair", "Kept on condition that the criticism is heeded.", person=person("ada"))
    _voted(scene, meeting, kept, (4, 2), "di", "")
    scene.refused("poll.open", "cy", "clerk", **put | {"meeting": meeting}, secrecy="secret")
    scene.accepted("meeting.close", "di", meeting=meeting)
    scene.on("2027-05-06")
    meeting = _met(scene, "di", "", ["review-of-chair"], "2027-05-15", "di")
    _voted(scene, meeting, _moved(scene, "review-of-chair", "Is she kept?", person=person("ada")), (2, 4), "di", "")
    scene.accepted("meeting.close", "di", meeting=meeting)
    scene.accepted(
        "meeting.call", "ben", "chair", body="assembly", starts="2027-06-01T19:00", matters=["election-of-chair"]
    )
    return scene


def removed() -> Scene:
    """A vote that fails bars another for a time; the next one removes."""
    scene = _founded("removal: a failed vote, barred again, protected, then carried by secret ballot")
    for votes, day, when in (((3, 3), "2027-01-13", "2027-01-04"), ((4, 2), "2027-07-24", "2027-07-15")):
        scene.on(when)
        asked, chair = f"rv-{scene.state.n}", _mandate(scene, "chair")
        scene.accepted("removal.ask", "di", mandate=chair, grounds="The lamps stay dark.")
        scene.accepted("removal.support", "eve", removal=asked)
        scene.accepted("removal.support", "flo", removal=asked)
        scene.accepted("hearing.offer", "cy", "clerk", removal=asked, starts=f"{day}T18:00")
        scene.accepted("hearing.enter", "ada", removal=asked, how="waived")
        meeting = _met(scene, "ada", "chair", ["removal-from-chair"], day, "cy")
        _voted(scene, meeting, scene.state.removals[asked].motion, votes)
        scene.accepted("meeting.close", "cy", "clerk", meeting=meeting)
        if votes == (3, 3):
            scene.refused("removal.ask", "di", mandate=chair, grounds="Again.")
            scene.refused(
                "motion.move", "ada", body="assembly", matter="censure-of-chair", text="No.", person=person("di")
            )
    return scene


def petitions() -> Scene:
    """A recall with secret supporters whose poll nobody opens, a matter put on the agenda, an answer that is owed."""
    scene = _founded(
        "petitions: secret supporters, an overdue recall poll, a matter on the agenda by itself, an answer"
    )
    steward = _mandate(scene, "steward@north")
    scene.refused("petition.open", "eve", mandate=steward, text="Of myself.")
    recall = f"pe-{scene.state.n}"
    scene.accepted("petition.open", "di", mandate=steward, text="The lamps stay dark.")
    scene.refused("petition.support", "flo", petition=recall)
    scene.refused("petition.attest", "ben", petition=recall, commitments=[bytes32("di")])
    scene.accepted("petition.attest", "cy", "clerk", petition=recall, commitments=[bytes32("di"), bytes32("flo")])
    found = scene.state.petitions[recall]
    put = {
        "body": found.body,
        "question": "Recalled?",
        "matter": found.matter,
        "motion": found.motion,
        "secrecy": "secret",
    }
    scene.refused("poll.open", "di", **put, closes_on="2027-02-01")
    agenda = f"pe-{scene.state.n}"
    scene.accepted("petition.open", "di", petition="agenda", matter="lamps", text="New lamps.")
    scene.accepted("petition.support", "flo", petition=agenda)
    scene.refused("petition.retract", "flo", petition=agenda)
    question = f"pe-{scene.state.n}"
    scene.accepted("petition.open", "di", petition="question", text="Where did the oil go?")
    scene.accepted("petition.support", "ben", petition=question)
    scene.accepted("petition.retract", "ben", petition=question)
    for name in ("eve", "flo"):
        scene.accepted("petition.support", name, petition=question)
    scene.on("2027-01-05")
    meeting = _met(scene, "ada", "chair", ["petition-to-assembly"], "2027-01-14", "cy")
    _voted(scene, meeting, _moved(scene, "lamps", "Ten new lamps."), (5, 0))
    _voted(scene, meeting, _moved(scene, "petition-to-assembly", "To the harbour lamp."), (5, 0))
    decision = f"de-{scene.state.n - 1}"
    scene.refused("petition.answer", "cy", "clerk", petition=agenda, decision=decision)
    scene.accepted("petition.answer", "cy", "clerk", petition=question, decision=decision)
    scene.on("2027-01-19")
    poll = f"po-{scene.state.n}"
    scene.accepted("poll.open", "di", **put, closes_on="2027-01-25")
    scene.on("2027-01-25")
    root = bytes32("box of the recall")
    scene.accepted("poll.close", "di", poll=poll, box_root=root, box_size=5, marked=5)
    tallies = {"for": 4, "against": 1, "abstain": 0}
    scene.accepted("poll.declare", "di", poll=poll, rule="yes-no", tallies=tallies, box_root=root)
    return scene


def leaving() -> Scene:
    """A resignation that takes effect later, is taken back and given again; a death on evidence."""
    scene = _founded("leaving office: a resignation with its time, taken back; a death entered on evidence")
    chair = _mandate(scene, "chair")
    scene.refused("mandate.end", "ada", mandate=chair, on="2027-01-05")
    scene.accepted("mandate.end", "ada", mandate=chair)
    scene.refused("resignation.withdraw", "di", mandate=chair)
    scene.accepted("resignation.withdraw", "ada", mandate=chair)
    scene.accepted("mandate.end", "ada", mandate=chair)
    scene.on("2027-01-20")
    scene.refused("resignation.withdraw", "ada", mandate=chair)
    scene.refused("member.die", "cy", "clerk", person=person("ben"), on="2027-01-19")
    scene.refused("member.die", "di", person=person("ben"), on="2027-01-19", evidence="I was told.")
    scene.accepted("member.die", "cy", "clerk", person=person("ben"), on="2027-01-19", evidence="a certificate")
    return scene


SCENES: dict[str, Callable[[], Scene]] = {
    "removal": removal, "removed": removed, "petitions": petitions, "leaving-office": leaving,
}  # fmt: skip
