"""Scenes of publication: texts sealed, opened and published, papers laid before a meeting, closed sessions.

Lives here: what is submitted, in order, and whether it is taken. Not here: how a vector is written (`scene`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from conformance.decisions.scene import Scene, bytes32, person
from isonomy.record.base64_text import from_base64
from isonomy.record.commitment import seal

PEOPLE = ("ada", "ben", "cy", "di")
EVERYBODY = [person(name) for name in PEOPLE]


def _founded(about: str) -> Scene:
    scene = Scene(about, "readers.md")
    mandates = [{"person": person("ada"), "seat": "chair"}, {"person": person("ben"), "seat": "secretary"}]
    scene.accepted("found", "ada", **scene.found(dict.fromkeys(PEOPLE, ""), mandates=mandates, units=[]))
    return scene


def _called(scene: Scene, day: str, matters: list[str]) -> str:
    meeting = f"mt-{scene.state.n}"
    scene.accepted("meeting.call", "ada", "chair", body="assembly", starts=f"{day}T19:00", matters=matters)
    scene.accepted("notice.send", "ada", "chair", meeting=meeting, how="post", to_count=4)
    return meeting


def _put(scene: Scene, meeting: str, matter: str, text: str, tallies: tuple[int, int] = (4, 0), **more: Any) -> str:
    motion, poll = f"mo-{scene.state.n}", f"po-{scene.state.n + 1}"
    scene.accepted("motion.move", "cy", body="assembly", matter=matter, text=text, **more)
    scene.accepted(
        "poll.open", "ada", body="assembly", question="Shall it be?", matter=matter, motion=motion, meeting=meeting,
        secrecy="by show of hands",
    )  # fmt: skip
    decision = f"de-{scene.state.n}"
    counted = {"for": tallies[0], "against": tallies[1], "abstain": 0}
    scene.accepted("poll.declare", "ada", poll=poll, rule="yes-no", tallies=counted)
    return decision


def publication() -> Scene:
    """A session closed and opened, a text sealed, opened late by another, papers and minutes; refusals beside each."""
    scene = _founded("publication: a session closed, a text sealed and opened, a paper laid, minutes published")
    meeting = _called(scene, "2027-02-10", ["letters", "sealing", "budget"])
    lying = {"meeting": meeting, "matter": "budget", "title": "The figures"}
    scene.refused("paper.lay", "di", **lying)
    scene.accepted("paper.lay", "di", **lying, text="12 in, 12 out.")
    scene.on("2027-02-10", 20)
    scene.accepted("meeting.open", "ada", "chair", meeting=meeting, present=EVERYBODY)
    doors = _put(scene, meeting, "closed-session", "Behind closed doors.", (3, 1))
    closing = {"meeting": meeting, "decision": doors, "matters": ["letters", "sealing"], "present": EVERYBODY}
    scene.refused("session.close", "ada", "chair", **{**closing, "matters": ["policy"]})
    scene.refused("session.close", "ada", "chair", **{**closing, "present": EVERYBODY[:2]})
    session = f"cs-{scene.state.n}"
    scene.accepted("session.close", "ada", "chair", **closing, guests=["The archivist"])
    sealing = _put(scene, meeting, "sealing", "The letter is opened on 2028-01-10.")
    sealed = {"c": seal(from_base64(bytes32("letter"), "salt"), "words", "Read me.")["c"]}
    about = {"decision": sealing, "what": "papers", "title": "The letter", "sealed": sealed}
    scene.refused("text.seal", "ada", "chair", **about)
    scene.refused("text.seal", "ada", "chair", **about, opens_on="2029-01-10")
    text = f"tx-{scene.state.n}"
    scene.accepted("text.seal", "ada", "chair", **about, opens_on="2028-01-10")
    scene.refused("session.reopen", "di", session=session)
    scene.accepted("session.reopen", "ada", "chair", session=session)
    _put(scene, meeting, "budget", "As laid.")
    scene.accepted("meeting.close", "ada", "chair", meeting=meeting)
    scene.refused("text.publish", "ada", "chair", what="minutes", about=meeting)
    scene.accepted("text.publish", "ben", "secretary", what="minutes", about=meeting)
    opening = {"sealed": text, "text": "Read me.", "salt": bytes32("letter")}
    scene.refused("text.open", "ben", "secretary", **opening)
    scene.on("2028-01-12")
    scene.refused("text.open", "ada", "chair", **{**opening, "text": "Burn me."})
    scene.accepted("text.open", "ada", "chair", **opening)
    return scene


SCENES: dict[str, Callable[[], Scene]] = {"publication": publication}
