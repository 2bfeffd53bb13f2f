"""Scenes of criticism with its owed answer, of the protection of critics, of disagreement, and of a commission with its views.

Lives here: what is submitted, in order, and whether it is taken. Not here: how a vector is written (`scene`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from conformance.decisions.scene import Scene, bytes32, person
from isonomy.record.base64_text import from_base64
from isonomy.record.commitment import seal

PEOPLE = ("ada", "ben", "cy", "di", "eli", "fay")
HANDS = {"secrecy": "by show of hands"}


def _founded(about: str) -> Scene:
    scene = Scene(about, "critics.md")
    seats = [
        ("ada", "chair"), ("ben", "secretary"), ("ada", "board"), ("cy", "board"), ("di", "board"), ("eli", "elders"),
        ("fay", "elders"), ("fay", "warden@south"),
    ]  # fmt: skip
    mandates = [{"person": person(name), "seat": seat} for name, seat in seats]
    branch = {name: "south" if name == "fay" else "north" for name in PEOPLE}
    units = [{"unit": unit, "kind": "branch"} for unit in ("north", "south")]
    scene.accepted("found", "ada", **scene.found(branch, mandates=mandates, units=units))
    return scene


def _decided(scene: Scene, body: str, matter: str, day: str, text: str, **more: Any) -> str:
    """A motion carried at a meeting of a body on a day; the decision's id."""
    there = {"board": ("ada", "cy", "di"), "elders": ("eli", "fay")}.get(body, PEOPLE)
    meeting = f"mt-{scene.state.n}"
    scene.accepted("meeting.call", "ada", "chair", body=body, starts=f"{day}T19:00", matters=[matter])
    scene.on(day, 20)
    scene.accepted("meeting.open", "ada", "chair", meeting=meeting, present=[person(name) for name in there])
    motion = f"mo-{scene.state.n}"
    scene.accepted("motion.move", there[-1], body=body, matter=matter, text=text, **more)
    poll = f"po-{scene.state.n}"
    scene.accepted(
        "poll.open", "ada", body=body, question="Shall it be?", matter=matter, motion=motion, meeting=meeting, **HANDS
    )
    decision = f"de-{scene.state.n}"
    tallies = {"for": len(there), "against": 0, "abstain": 0}
    scene.accepted("poll.declare", "ada", poll=poll, rule="yes-no", tallies=tallies)
    scene.accepted("meeting.close", "ada", "chair", meeting=meeting)
    return decision


def criticism() -> Scene:
    """Made, joined, answered late by the next body, replied to, withdrawn, sealed and opened, avowed; refusals beside each."""
    scene = _founded("criticism: made, joined, escalated, answered by the chair, replied to, withdrawn; sealed; avowed")
    scene.refused("criticism.make", "eli", to="secretary", text="x" * 501)
    scene.refused("criticism.make", "eli", to="elders", text="You never met.")
    scene.refused("criticism.make", "ben", "secretary", to="secretary", text="I am too modest.")
    first = f"ct-{scene.state.n}"
    scene.accepted("criticism.make", "eli", to="secretary", text="The roll is wrong.", subject="The roll")
    scene.accepted("criticism.join", "fay", criticism=first)
    scene.refused("criticism.join", "fay", criticism=first)
    scene.refused("criticism.withdraw", "ben", criticism=first)
    scene.refused("criticism.answer", "ada", "chair", criticism=first, text="It is right.")
    scene.refused("criticism.rejoin", "eli", criticism=first, text="Well?")
    scene.accepted("criticism.withdraw", "fay", criticism=first, why="It is mended.")
    scene.on("2027-01-20")
    scene.refused("criticism.answer", "cy", "board", criticism=first, text="It is mended.")
    scene.accepted("criticism.answer", "ada", "chair", criticism=first, seat="board", text="It is mended.")
    scene.accepted("criticism.rejoin", "eli", criticism=first, text="Thank you.")
    scene.accepted("criticism.answer", "ben", "secretary", criticism=first, text="I mended it.")
    second = f"ct-{scene.state.n}"
    sealed = seal(from_base64(bytes32("letter"), "salt"), "words", "Step down.")
    scene.refused("criticism.make", "di", to="chair", text="Step down.")
    scene.accepted("criticism.make", "di", to="chair", sealed=sealed)
    words = {"criticism": second, "text": "Step down.", "salt": bytes32("letter")}
    scene.refused("criticism.open", "ben", "secretary", **words)
    scene.on("2027-04-20")
    scene.refused("criticism.open", "ben", "secretary", **{**words, "text": "Stay."})
    scene.accepted("criticism.open", "ben", "secretary", **words)
    third = f"ct-{scene.state.n}"
    hidden = seal(from_base64(bytes32("critic"), "salt"), "critic", person("cy"))
    scene.refused("criticism.make", "ben", "secretary", to="board", text="You are asleep.", author=hidden)
    scene.accepted("criticism.make", "ada", "chair", to="board", text="You are asleep.", author=hidden)
    scene.refused("criticism.avow", "di", criticism=third, salt=bytes32("critic"))
    scene.accepted("criticism.avow", "cy", criticism=third, salt=bytes32("critic"))
    scene.accepted("criticism.withdraw", "cy", criticism=third)
    return scene


def protection() -> Scene:
    """A critic is removed: refused while the criticised do it alone, let stand by the elders and marked; moved and marked."""
    scene = _founded("critics: removed by those criticised, let stand by the panel and marked; a disagreement recorded")
    scene.accepted("criticism.make", "ben", to="board", text="You decide without papers.")
    decision = _decided(scene, "board", "removal-from-secretary", "2027-02-01", "Off.", person=person("ben"))
    ending = {"mandate": "ma-0-1", "decision": decision}
    scene.refused("mandate.end", "ada", "chair", **ending)
    scene.refused("disagreement.record", "di", about=decision, text="It was unjust.")
    _decided(scene, "elders", "protection-of-critics", "2027-02-05", "It is no reprisal.", person=person("ben"))
    scene.accepted("mandate.end", "ada", "chair", **ending)
    view = _decided(scene, "assembly", "disagreement", "2027-02-10", "It was unjust.", ratifies=decision)
    scene.refused("disagreement.record", "ada", about=decision, text="It was just.", decision=view)
    scene.accepted("disagreement.record", "ada", about=decision, text="It was unjust.", decision=view)
    return scene


def commission() -> Scene:
    """Set up on terms, views invited and answered, a report handed in sealed and published; refusals beside each."""
    scene = _founded("a commission: set up, views invited, given and answered, a report sealed and published")
    words = f"On the roof: {person('di')}, {person('eli')}. It examines {person('ben')}."
    decision = _decided(scene, "assembly", "commission", "2027-02-01", words)
    setting = {"decision": decision, "title": "The roof", "may": ["invite views"], "examines": ["secretary"]}
    scene.refused("commission.begin", "ada", "chair", **setting, members=[person("ben"), person("di")])
    scene.refused("commission.begin", "ada", "chair", **{**setting, "may": ["see the minutes"]}, members=[person("di")])
    commission = f"co-{scene.state.n}"
    scene.accepted("commission.begin", "ada", "chair", **setting, members=[person("di"), person("eli")])
    about = {"commission": commission}
    scene.refused("commission.invite", "eli", **about, closes_on="2027-03-01")
    scene.refused("view.give", "fay", "warden@south", **about, text="Slate.")
    scene.accepted("commission.invite", "di", **about, closes_on="2027-03-01", question="Slate or tin?")
    view = f"vi-{scene.state.n}"
    scene.accepted("view.give", "fay", "warden@south", **about, text="Slate.")
    scene.refused("view.answer", "di", view=view, answer="perhaps", reason="It rains.")
    scene.accepted("view.answer", "di", view=view, answer="in part", reason="Slate on the south side.")
    scene.accepted("commission.report", "di", **about, text="So far: slate is dear.", interim=True)
    scene.refused("commission.report", "eli", **about, text="Tin.")
    report = seal(from_base64(bytes32("report"), "salt"), "report", "Slate.")
    scene.accepted("commission.report", "di", **about, sealed=report)
    scene.refused("commission.publish", "di", **about, text="Tin.", salt=bytes32("report"))
    scene.accepted("commission.publish", "di", **about, text="Slate.", salt=bytes32("report"))
    return scene


SCENES: dict[str, Callable[[], Scene]] = {
    "criticism": criticism, "protection-of-critics": protection, "commission": commission,
}  # fmt: skip
