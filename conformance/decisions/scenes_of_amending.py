"""Scenes of amendments to a motion and of an adjourned meeting, in the society of gardeners.

Lives here: what is submitted, in order, and whether it is taken. Not here: how a vector is written (`scene`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from conformance.decisions.scene import Scene, person

GARDENERS = ("ada", "ben", "cleo", "dora", "emil", "fay")
PRESENT = [person(name) for name in GARDENERS]
MANDATES = [{"person": person("ada"), "seat": "chair"}, {"person": person("ben"), "seat": "clerk"}]


def assembled(about: str) -> tuple[Scene, str]:
    """The society of gardeners: ada chairs, ben is clerk; its assembly is open on seeds: the scene, the meeting."""
    scene = Scene(about, "gardeners.md")
    scene.accepted("found", "ada", **scene.found(dict.fromkeys(GARDENERS, ""), mandates=MANDATES))
    call = {"body": "assembly", "starts": "2027-03-01T10:00", "matters": ["seeds"]}
    meeting = scene.opened(scene.accepted("meeting.call", "ben", "clerk", **call), "meeting")
    scene.accepted("notice.send", "ben", "clerk", meeting=meeting, how="by post", to_count=6)
    scene.on("2027-03-01", 10)
    scene.accepted("meeting.open", "ada", "chair", meeting=meeting, present=PRESENT)
    return scene, meeting


def carried(scene: Scene, votes: int, **question: Any) -> str:
    """A question put and answered by show of hands, so many of six for it; the decision, "" where none was taken."""
    poll = scene.opened(scene.accepted("poll.open", "ada", "chair", body="assembly", question="?", **question), "poll")
    tallies = {"for": votes, "against": 6 - votes}
    effects = scene.accepted("poll.declare", "ada", "chair", poll=poll, rule="yes-no", tallies=tallies)
    return next((str(each["decision"]) for each in effects if each["effect"] == "decision.taken"), "")


def amending() -> Scene:
    """Amendments moved, seconded, withdrawn, accepted by the mover, ordered by the chair and put before their motion."""
    scene, meeting = assembled(
        "amendments: moved, seconded, withdrawn, accepted, ordered, put furthest first, then the motion"
    )
    move = {"body": "assembly", "matter": "seeds", "text": "Buy seeds for 40 and one rake"}
    motion = scene.opened(scene.accepted("motion.move", "cleo", **move), "motion")

    def amended(by: str, passage: str, becomes: str) -> str:
        made = scene.accepted("motion.amend", by, motion=motion, passage=passage, becomes=becomes)
        return scene.opened(made, "amendment")

    scene.refused("motion.amend", "dora", motion=motion, passage="beans", becomes="peas")
    near, far = amended("dora", "40", "45"), amended("emil", "40", "400")
    scene.refused("amendment.second", "dora", amendment=near)
    for amendment in (near, far):
        scene.accepted("amendment.second", "fay", amendment=amendment)
    hoe, two = amended("dora", "rake", "hoe"), amended("emil", "one rake", "two rakes")
    scene.refused("amendment.withdraw", "emil", amendment=hoe)
    scene.accepted("amendment.withdraw", "dora", amendment=hoe, why="a rake will do")
    scene.refused("amendment.accept", "cleo", amendment=two)
    scene.accepted("amendment.second", "fay", amendment=two)
    scene.refused("amendment.accept", "dora", amendment=two)
    scene.accepted("amendment.accept", "cleo", amendment=two)
    ask = {"matter": "seeds", "motion": motion, "meeting": meeting}
    scene.refused("poll.open", "ada", "chair", body="assembly", question="?", amendment=near, **ask)
    scene.refused("amendment.order", "dora", motion=motion, amendments=[near, far])
    scene.refused("amendment.order", "ada", "chair", motion=motion, amendments=[far])
    scene.accepted("amendment.order", "ada", "chair", motion=motion, amendments=[far, near])
    scene.refused("poll.open", "ada", "chair", body="assembly", question="?", **ask)
    carried(scene, 1, amendment=far, **ask)
    carried(scene, 5, amendment=near, **ask)
    carried(scene, 6, **ask)
    return scene


def adjourning() -> Scene:
    """A meeting adjourns itself without day, is reconvened by who calls it, and goes on with its notice as the same meeting."""
    scene, meeting = assembled("adjournment: by the meeting's own decision, once; reconvened, noticed, resumed")
    scene.refused("meeting.adjourn", "ada", "chair", meeting=meeting)
    decision = carried(scene, 4, matter="adjournment", meeting=meeting)
    scene.refused("meeting.reconvene", "ben", "clerk", meeting=meeting, resumes="2027-03-10T10:00")
    scene.accepted("meeting.adjourn", "ada", "chair", meeting=meeting, decision=decision)
    scene.refused("meeting.resume", "ada", "chair", meeting=meeting, present=PRESENT)
    scene.refused("meeting.reconvene", "cleo", meeting=meeting, resumes="2027-03-10T10:00")
    scene.refused("meeting.reconvene", "ben", "clerk", meeting=meeting, resumes="2027-02-20T10:00")
    scene.accepted("meeting.reconvene", "ben", "clerk", meeting=meeting, resumes="2027-03-10T10:00")
    scene.accepted("notice.send", "ben", "clerk", meeting=meeting, how="by post", to_count=6)
    scene.on("2027-03-10", 9)
    scene.refused("meeting.resume", "ada", "chair", meeting=meeting, present=PRESENT)
    scene.on("2027-03-10", 10)
    scene.refused("meeting.resume", "cleo", meeting=meeting, present=PRESENT)
    scene.accepted("meeting.resume", "ada", "chair", meeting=meeting, present=PRESENT[:2])
    scene.accepted("meeting.close", "ada", "chair", meeting=meeting)
    scene.refused("meeting.resume", "ada", "chair", meeting=meeting, present=PRESENT)
    return scene


SCENES: dict[str, Callable[[], Scene]] = {"amending": amending, "adjourning": adjourning}
