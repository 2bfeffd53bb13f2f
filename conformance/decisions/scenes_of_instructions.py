"""Scenes of instructions, conditions, targets, and what follows when a duty is not done.

Lives here: what is submitted, in order, and whether it is taken. Not here: how a vector is written (`scene`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from conformance.decisions.scene import Scene, person

PEOPLE = ("ada", "ben", "cy", "di", "eli")
HANDS = {"secrecy": "by show of hands"}


def _founded(about: str) -> Scene:
    scene = Scene(about, "charged.md")
    seats = [
        ("ada", "chair"),
        ("ben", "secretary"),
        ("eli", "deputy"),
        *((name, "garden-committee") for name in ("cy", "di", "eli")),
    ]
    mandates = [{"person": person(name), "seat": seat} for name, seat in seats]
    scene.accepted("found", "ada", **scene.found(dict.fromkeys(PEOPLE, ""), mandates=mandates))
    return scene


def _met(scene: Scene, matters: list[str], day: str, *, by: str = "ada", as_: str = "chair", **more: Any) -> str:
    """An assembly called and noticed now, and opened on a day with everybody there; its id."""
    called = f"mt-{scene.state.n}"
    scene.accepted("meeting.call", by, as_, body="assembly", starts=f"{day}T19:00", matters=matters, **more)
    scene.accepted("notice.send", "ada" if by == "ada" else by, as_, meeting=called, how="post", to_count=5)
    scene.on(day, 20)
    scene.accepted("meeting.open", "ada", "chair", meeting=called, present=[person(name) for name in PEOPLE])
    return called


def _voted(scene: Scene, meeting: str, matter: str, *, refused: bool = False, **terms: Any) -> str:
    """A motion with terms, moved by Cy and carried; the number of the entry that declared it."""
    motion = f"mo-{scene.state.n}"
    scene.accepted("motion.move", "cy", body="assembly", matter=matter, text=f"On {matter}.")
    put = {
        "body": "assembly",
        "question": "Shall it be?",
        "matter": matter,
        "motion": motion,
        "meeting": meeting,
        **HANDS,
    }
    if refused:
        scene.refused("poll.open", "ada", **put)
    if terms:
        scene.accepted("motion.terms", "cy", motion=motion, **terms)
    poll = f"po-{scene.state.n}"
    scene.accepted("poll.open", "ada", **put)
    scene.refused("motion.terms", "cy", motion=motion, condition=KEPT)
    entry = scene.state.n
    scene.accepted("poll.declare", "ada", poll=poll, rule="yes-no", tallies={"for": 4, "against": 1, "abstain": 0})
    return str(entry)


KEPT = {"that": "the path stays open", "owner": "secretary", "review_on": "2027-06-15"}


def mandates() -> Scene:
    """An instruction with promised numbers, its reports, extension, discharge; a person who is instructed and reports."""
    scene = _founded("instructions: given with numbers and days, reported, extended, accepted, not accepted")
    meeting = _met(scene, ["instruction", "paths"], "2027-01-20")
    motion = f"mo-{scene.state.n}"
    scene.accepted("motion.move", "cy", body="assembly", matter="paths", text="A path.")
    path = {"does": "Lay the path.", "due_on": "2027-03-01", "to": "garden-committee"}
    scene.refused("motion.terms", "di", motion=motion, instruct=path)
    scene.refused("motion.terms", "cy", motion=motion)
    scene.refused("motion.terms", "cy", motion=motion, instruct={**path, "due_on": "2026-03-01"})
    scene.refused("motion.terms", "cy", motion=motion, instruct={**path, "to": "assembly"})
    scene.refused("motion.terms", "cy", motion=motion, discharge={"instruction": "in-1", "outcome": "accepted"})
    scene.refused("motion.terms", "cy", motion=motion, condition={**KEPT, "review_on": "2029-01-01"})
    scene.refused("motion.terms", "cy", motion=motion, condition={**KEPT, "owner": "chair"})
    promised = [{"name": "length", "number": 120, "unit": "metres", "by_on": "2027-02-20"}]
    given = _voted(scene, meeting, "instruction", refused=True,
                   instruct={**path, "promises": promised, "interim_on": ["2027-02-10"]})  # fmt: skip
    one = f"in-{given}"
    ask = {"does": "Ask the neighbours.", "due_on": "2027-02-01", "person": person("eli")}
    other = f"in-{_voted(scene, meeting, 'instruction', instruct=ask)}"
    reached = [{"name": "length", "number": 90}]
    scene.on("2027-02-05")
    scene.refused("instruction.report", "ada", instruction=other, text="Asked.")
    scene.accepted("instruction.report", "eli", instruction=other, text="They agree.")
    scene.refused("instruction.report", "ben", instruction=one, text="Not mine.")
    scene.accepted("instruction.report", "di", instruction=one, text="Half of it.", kind="interim", reached=reached)
    scene.on("2027-02-25")
    scene.refused("instruction.report", "di", instruction=one, text="Done.")
    scene.refused("instruction.report", "di", instruction=one, text="Done.", reached=[{"name": "width", "number": 2}])
    scene.accepted("instruction.report", "di", instruction=one, text="Nearly.", reached=reached)
    meeting = _met(scene, ["discharge"], "2027-03-10")
    _voted(scene, meeting, "discharge", discharge={"instruction": one, "outcome": "extended", "until": "2027-04-01"})
    _voted(scene, meeting, "discharge", discharge={"instruction": other, "outcome": "accepted"})
    motion = f"mo-{scene.state.n}"
    scene.accepted("motion.move", "cy", body="assembly", matter="discharge", text="Enough.")
    scene.refused("motion.terms", "cy", motion=motion, discharge={"instruction": other, "outcome": "accepted"})
    scene.refused("motion.terms", "cy", motion=motion, discharge={"instruction": one, "outcome": "accepted"})
    scene.refused("motion.terms", "cy", motion=motion, discharge={"instruction": one, "outcome": "not accepted"})
    scene.on("2027-04-02")
    scene.accepted("instruction.report", "di", instruction=one, text="As before.", reached=reached)
    meeting = _met(scene, ["discharge"], "2027-04-20")
    _voted(scene, meeting, "discharge",
           discharge={"instruction": one, "outcome": "not accepted", "reason": "30 metres are missing."})  # fmt: skip
    scene.refused("instruction.report", "di", instruction=one, text="Now it is whole.", reached=reached)
    return scene


def conditions() -> Scene:
    """Decisions on condition: reported on, kept on, not met; one that nobody reviews lapses. A target; a body that ends."""
    scene = _founded("conditions, a target and its follow-up, a body that has ceased to act")
    meeting = _met(scene, ["paths", "fences", "membership-target", "ending-of-bodies"], "2027-01-20")
    one = f"cn-{_voted(scene, meeting, 'paths', condition=KEPT)}"
    _voted(scene, meeting, "fences", condition=KEPT)
    aim = f"tg-{_voted(scene, meeting, 'membership-target', target={'number': 6, 'by_on': '2027-06-01'})}"
    scene.refused("condition.report", "cy", condition=one, says="met", text="It is.")
    scene.refused("condition.report", "ben", condition=one, says="perhaps", text="It may be.")
    scene.accepted("condition.report", "ben", "secretary", condition=one, says="met", text="It is open.")
    scene.refused("target.follow", "ben", target=aim, text="Not yet.")
    scene.refused("target.follow", "cy", target=aim, text="Not mine.")
    meeting = _met(scene, ["review"], "2027-06-10")
    _voted(scene, meeting, "review", review={"condition": one, "outcome": "kept on", "until": "2027-09-01"})
    scene.accepted("target.follow", "ben", target=aim, text="One is missing; we go on.")
    scene.refused("target.follow", "ben", target=aim, text="Again.")
    meeting = _met(scene, ["review"], "2027-08-20")
    _voted(scene, meeting, "review", review={"condition": one, "outcome": "not met", "reason": "It was closed."})
    scene.refused("condition.report", "ben", condition=one, says="met", text="It was not.")
    scene.on("2029-02-01")
    meeting = _met(scene, ["ending-of-bodies"], "2029-02-20")
    _voted(scene, meeting, "ending-of-bodies", ending={"thing": "garden-committee", "outcome": "ended"})
    motion = f"mo-{scene.state.n}"
    scene.accepted("motion.move", "cy", body="assembly", matter="ending-of-bodies", text="The assembly too.")
    scene.refused("motion.terms", "cy", motion=motion, ending={"thing": "assembly", "outcome": "ended"})
    return scene


def undone() -> Scene:
    """What follows undone: the chair's account is not given and the mandate lapses; an assembly nobody called is called."""
    scene = _founded("overdue: a mandate lapses, substitutes call the assembly in their order and not before")
    scene.on("2027-03-01")
    thing = "accounts:2027-03-01"
    scene.refused("overdue.enter", "cy", thing=thing)
    call = {"body": "assembly", "starts": "2027-06-01T19:00", "matters": ["accounts"], "by_right": "2027-05-01"}
    scene.on("2027-05-05")
    scene.refused("meeting.call", "eli", "deputy", **call)
    scene.refused("call.join", "cy", body="assembly")
    scene.refused("call.join", "cy", body="garden-committee")
    scene.on("2027-05-15")
    scene.accepted("call.join", "cy", body="assembly")
    scene.refused("call.join", "cy", body="assembly")
    scene.refused("meeting.call", "cy", **call)
    scene.accepted("call.join", "di", body="assembly")
    scene.refused("meeting.call", "ben", "garden-committee", **call)
    called = f"mt-{scene.state.n}"
    scene.accepted("meeting.call", "cy", **call)
    scene.refused("meeting.call", "eli", "deputy", **{**call, "starts": "2027-06-02T19:00"})
    scene.refused("notice.send", "di", meeting=called, how="post", to_count=5)
    scene.accepted("notice.send", "cy", meeting=called, how="post", to_count=5)
    scene.accepted("overdue.enter", "eli", thing=thing)
    scene.refused("overdue.enter", "eli", thing=thing)
    return scene


SCENES: dict[str, Callable[[], Scene]] = {
    "instructions-given": mandates, "instructions-conditions": conditions, "instructions-undone": undone,
}  # fmt: skip
