"""Scenes of power that one office uses alone, that a body hands over, and that an emergency widens.

Lives here: what is submitted, in order, and whether it is taken. Not here: how a vector is written (`scene`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from conformance.decisions.scene import Scene, person

HANDS = {"secrecy": "by show of hands"}
SEATED = {"ada": "chair", "ben": "secretary"}
BOARD = ("ada", "ben", "cy", "di")


def _founded(scene: Scene) -> None:
    mandates = [{"person": person(name), "seat": seat} for name, seat in SEATED.items()]
    mandates += [{"person": person(name), "seat": "board"} for name in BOARD]
    scene.accepted("found", "ada", **scene.found(dict.fromkeys((*BOARD, "eli"), ""), mandates=mandates))


def _met(scene: Scene, body: str, matters: list[str], day: str) -> str:
    """A meeting called and noticed now by the chair, and opened on a day with everybody there; its id."""
    called = f"mt-{scene.state.n}"
    scene.accepted("meeting.call", "ada", "chair", body=body, starts=f"{day}T19:00", matters=matters)
    scene.accepted("notice.send", "ada", "chair", meeting=called, how="post", to_count=5)
    scene.on(day, 20)
    there = [person(name) for name in (BOARD if body == "board" else (*BOARD, "eli"))]
    scene.accepted("meeting.open", "ada", "chair", meeting=called, present=there)
    return called


def _voted(scene: Scene, meeting: str, body: str, matter: str, votes: tuple[int, int], **more: Any) -> str:
    """A motion moved, put and declared; the id of what it decided, should it be carried."""
    motion, text = f"mo-{scene.state.n}", more.pop("text", f"On {matter}.")
    scene.accepted("motion.move", "cy", body=body, matter=matter, text=text, **more)
    poll = f"po-{scene.state.n}"
    put = {"body": body, "question": "Shall it be?", "matter": matter, "motion": motion, "meeting": meeting, **HANDS}
    scene.accepted("poll.open", "ada", **put)
    decision = f"de-{scene.state.n}"
    tallies = {"for": votes[0], "against": votes[1], "abstain": 0}
    scene.accepted("poll.declare", "ada", poll=poll, rule="yes-no", tallies=tallies)
    return decision


def alone() -> Scene:
    """Grounds, limits, a lapse, a refusal to ratify, the report, and what is not decided alone again."""
    scene = Scene("decisions taken alone: grounds, limits, lapse, refused ratification, report, not again", "alone.md")
    _founded(scene)
    boat: dict[str, Any] = {"matter": "repairs", "text": "A new mast.", "amount": 80, "thing": "mast"}
    scene.refused("decision.take", "ada", "chair", **boat)
    first = f"de-{scene.state.n}"
    scene.accepted("decision.take", "ada", "chair", **boat, grounds="It fell in the night.")
    meeting = _met(scene, "board", ["ratification"], "2027-01-12")
    _voted(scene, meeting, "board", "ratification", (1, 3), ratifies=first)
    scene.refused("decision.account", "ben", decision=first, text="I was told so.")
    scene.accepted("decision.account", "ada", decision=first, text="The mast fell; I had one ordered.")
    scene.refused("decision.account", "ada", decision=first, text="Once more.")
    scene.refused("decision.take", "ada", "chair", **boat, grounds="It is still down.")
    scene.refused("decision.take", "ada", "chair", **boat | {"thing": "spar"}, grounds="The same words.")
    sail = boat | {"thing": "sail", "text": "A sail.", "amount": 30}
    scene.refused("decision.take", "ada", "chair", **sail, grounds="It tore.")
    scene.accepted("decision.take", "ada", "chair", **sail | {"amount": 20}, grounds="It tore.")
    scene.refused(
        "decision.take", "ada", "chair", **sail | {"thing": "rope", "text": "A rope.", "amount": 0}, grounds="Worn."
    )
    scene.on("2027-02-20")
    scene.refused("decision.take", "ada", "chair", **sail | {"amount": 5}, grounds="It tore again.")
    scene.accepted(
        "decision.take", "ada", "chair", **sail | {"thing": "rope", "text": "A rope.", "amount": 5}, grounds="Worn."
    )
    return scene


def emergency() -> Scene:
    """Declared, used, renewed, ended, reported and approved, and each of these refused where the clause does not let it."""
    scene = Scene("an emergency: declared, used, renewed, a meeting put off, ended, reported, approved", "emergency.md")
    _founded(scene)
    scene.on("2027-04-20")
    flood: dict[str, Any] = {"emergency": "flood", "fact": "high water", "words": "The quay is under water."}
    scene.refused("emergency.declare", "cy", **flood)
    scene.refused("emergency.declare", "ada", "chair", **flood | {"fact": "a feeling"})
    first = f"em-{scene.state.n}"
    scene.accepted("emergency.declare", "ada", "chair", **flood)
    scene.refused("emergency.declare", "ada", "chair", **flood)
    scene.refused("poll.open", "ada", body="assembly", question="So?", matter="removal-from-secretary")
    sand = {"matter": "repairs", "text": "Sand.", "amount": 900, "under": first}
    scene.accepted("decision.take", "ada", "chair", **sand)
    scene.refused("decision.take", "ada", "chair", **sand | {"amount": 1001})
    off = {"emergency": first, "body": "assembly", "by_right": "2027-05-01"}
    scene.refused("emergency.postpone", "ada", "chair", **off, to="2027-05-10")
    early = _voted(
        scene, _met(scene, "board", ["emergency-renewal"], "2027-04-24"), "board", "emergency-renewal", (3, 1)
    )
    scene.refused("emergency.renew", "cy", emergency=first, decision="de-2")
    scene.accepted("emergency.renew", "cy", emergency=first, decision=early)
    scene.refused("emergency.renew", "cy", emergency=first, decision=early)
    scene.accepted("emergency.postpone", "ada", "chair", **off, to="2027-05-05")
    scene.refused("emergency.report", "ada", "chair", emergency=first, text="So far.")
    scene.refused("emergency.end", "cy", emergency=first)
    scene.on("2027-05-01")
    scene.refused("meeting.open", "cy", body="assembly", present=[person(name) for name in (*BOARD, "eli")])
    scene.on("2027-05-05")
    scene.accepted("meeting.open", "cy", body="assembly", present=[person("ada"), person("cy")])
    scene.accepted("emergency.end", "ben", "secretary", emergency=first)
    scene.refused("emergency.end", "ben", "secretary", emergency=first)
    scene.refused("decision.take", "ada", "chair", **sand)
    scene.refused("emergency.approve", "cy", emergency=first, decision=early)
    scene.accepted("emergency.report", "ada", "chair", emergency=first, text="It was wet; sand was bought.")
    report = _voted(
        scene, _met(scene, "board", ["emergency-report"], "2027-05-10"), "board", "emergency-report", (4, 0)
    )
    scene.accepted("emergency.approve", "cy", emergency=first, decision=report)
    scene.refused("emergency.declare", "ada", "chair", **flood)
    scene.on("2027-05-25")
    scene.accepted("emergency.declare", "ada", "chair", **flood)
    return scene


def delegation() -> Scene:
    """Lodged, given, used by an office and by a body, handed on, revoked, reported; and each refused."""
    scene = Scene("power handed over: lodged, given, used, handed on once, taken back, reported on", "delegation.md")
    _founded(scene)
    terms: dict[str, Any] = {
        "delegation": "works",
        "body": "assembly",
        "matter": "works",
        "to": "board",
        "ends": "2027-06-30",
    }
    scene.refused("delegation.lodge", "cy", **terms | {"ends": "2028-06-30"}, amount=500)
    scene.refused("delegation.lodge", "cy", **terms)
    scene.refused("delegation.lodge", "cy", **terms | {"body": "board", "to": "chair"}, amount=500)
    first = f"dl-{scene.state.n}"
    scene.accepted("delegation.lodge", "cy", **terms, amount=500)
    scene.refused("delegation.give", "cy", delegation=first)
    meeting = _met(scene, "assembly", ["delegation", "revocation"], "2027-01-15")
    decision = _voted(scene, meeting, "assembly", "delegation", (5, 0), ratifies=first)
    scene.accepted("delegation.give", "cy", delegation=first, decision=decision)
    scene.refused("delegation.give", "cy", delegation=first, decision=decision)
    on: dict[str, Any] = {
        "delegation": "works",
        "body": "board",
        "matter": "works",
        "to": "secretary",
        "ends": "2027-05-31",
    }
    scene.refused("delegation.lodge", "cy", **on | {"to": "chair"}, amount=100, source=first)
    second = f"dl-{scene.state.n}"
    scene.accepted("delegation.lodge", "cy", **on, amount=100, source=first)
    board = _met(scene, "board", ["delegation", "works"], "2027-01-20")
    onwards = _voted(scene, board, "board", "delegation", (4, 0), ratifies=second)
    scene.refused("delegation.give", "cy", delegation=second, decision=decision)
    scene.accepted("delegation.give", "cy", delegation=second, decision=onwards)
    _voted(scene, board, "board", "works", (4, 0), text="A slipway.", amount=400)
    slip = {"matter": "works", "text": "A rail.", "under": second}
    scene.refused("decision.take", "ben", "secretary", **slip, amount=101)
    scene.refused("decision.take", "ada", "chair", **slip, amount=50)
    scene.accepted("decision.take", "ben", "secretary", **slip, amount=50)
    scene.refused("delegation.report", "ben", delegation=second, text="So far.")
    scene.refused("delegation.revoke", "cy", delegation=first)
    later = _met(scene, "assembly", ["revocation"], "2027-02-10")
    back = _voted(scene, later, "assembly", "revocation", (5, 0), ratifies=first)
    scene.accepted("delegation.revoke", "cy", delegation=first, decision=back)
    scene.refused("decision.take", "ben", "secretary", **slip, amount=50)
    scene.refused("motion.move", "cy", body="board", matter="works", text="Another.")
    scene.accepted("delegation.report", "ben", "secretary", delegation=second, text="A rail.")
    scene.refused("delegation.report", "ben", "secretary", delegation=second, text="A rail.")
    return scene


SCENES: dict[str, Callable[[], Scene]] = {"taken-alone": alone, "emergency": emergency, "delegation": delegation}
