"""Scenes of amendments to motions and of adjourned meetings, in the parliament of gardens.

Lives here: what is submitted, in order, and whether it is taken. Not here: how a vector is written (`scene`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from conformance.decisions.scene import Scene, person

GARDENERS = ("ada", "ben", "cleo", "dora", "emil", "fay")
DAY = "2027-03-01"


def gardens(about: str) -> tuple[Scene, str]:
    """Six gardeners in two beds; the assembly is called on seeds and tools, with its notice: the scene, the meeting."""
    scene = Scene(about, "gardens.md")
    held = [{"person": person("ada"), "seat": "chair"}, {"person": person("ben"), "seat": "clerk"}]
    units = [{"unit": "east", "kind": "bed"}, {"unit": "west", "kind": "bed"}]
    beds = {name: "east" if place < 3 else "west" for place, name in enumerate(GARDENERS)}
    scene.accepted("found", "ada", **scene.found(beds, mandates=held, units=units))
    call = {"body": "assembly", "starts": f"{DAY}T10:00", "matters": ["seeds", "tools"]}
    meeting = scene.opened(scene.accepted("meeting.call", "ben", "clerk", **call), "meeting")
    scene.accepted("notice.send", "ben", "clerk", meeting=meeting, how="by post", to_count=6)
    return scene, meeting


def assembled(scene: Scene, meeting: str) -> None:
    """The assembly opens on its day with everybody."""
    scene.on(DAY, 10)
    scene.accepted("meeting.open", "ada", "chair", meeting=meeting, present=[person(name) for name in GARDENERS])


def voted(scene: Scene, meeting: str, matter: str, tally: tuple[int, int], **fields: Any) -> list[dict[str, Any]]:
    """A question put and answered by show of hands; the effects of the declaration."""
    ask = {"body": "assembly", "question": f"On {matter}?", "matter": matter, "meeting": meeting} | fields
    poll = scene.opened(scene.accepted("poll.open", "ada", "chair", **ask), "poll")
    hands = {"for": tally[0], "against": tally[1]}
    return scene.accepted("poll.declare", "ada", "chair", poll=poll, rule="yes-no", tallies=hands)


def moved(scene: Scene, by: str, matter: str, text: str) -> str:
    """A motion in the assembly; its id."""
    return scene.opened(scene.accepted("motion.move", by, body="assembly", matter=matter, text=text), "motion")


def amended(scene: Scene, by: str, motion: str, **fields: Any) -> str:
    """An amendment; its id."""
    return scene.opened(scene.accepted("motion.amend", by, motion=motion, **fields), "amendment")


def decision_of(effects: list[dict[str, Any]]) -> str:
    """The decision among the effects of a declaration."""
    return str(next(each["decision"] for each in effects if each["effect"] == "decision.taken"))


def amendments() -> Scene:
    """Amendments moved, seconded, accepted, withdrawn, put in their order, carried and not, and the motion as amended."""
    scene, meeting = gardens("amendments: by their deadline, seconded, in the order laid down; the motion as amended")
    act = {"body": "assembly", "matter": "seeds", "text": "Buy seeds for 40 and one rake"}
    scene.refused("motion.move", "ada", "chair", **(act | {"meeting": "mt-99"}))
    motion = moved(scene, "ada", "seeds", str(act["text"]))
    one = amended(scene, "dora", motion, passage="40", becomes="45")
    scene.refused("motion.amend", "emil", motion=motion, passage="e", becomes="a")
    scene.refused("motion.amend", "emil", motion=motion, passage="40", becomes="45")
    scene.refused("amendment.accept", "ada", amendment=one)
    scene.refused("amendment.second", "dora", amendment=one)
    scene.accepted("amendment.second", "emil", amendment=one)
    scene.accepted("amendment.accept", "ada", amendment=one)
    scene.accepted("motion.second", "fay", motion=motion)
    far = amended(scene, "emil", motion, passage="45", becomes="400")
    near = amended(scene, "cleo", motion, passage="45", becomes="50")
    left = amended(scene, "fay", motion, passage="rake", becomes="hoe")
    for amendment in (far, near, left):
        scene.accepted("amendment.second", "dora", amendment=amendment)
    scene.refused("amendment.withdraw", "dora", amendment=left)
    scene.accepted("amendment.withdraw", "fay", amendment=left)
    assembled(scene, meeting)
    scene.refused("motion.amend", "fay", motion=motion, text="Buy nothing")
    ask = {"body": "assembly", "question": "The motion?", "matter": "seeds", "meeting": meeting, "motion": motion}
    scene.refused("poll.open", "ada", "chair", **ask)
    scene.refused("amendment.order", "dora", motion=motion, amendments=[far, near])
    scene.refused("amendment.order", "ada", "chair", motion=motion, amendments=[far])
    scene.accepted("amendment.order", "ada", "chair", motion=motion, amendments=[far, near])
    scene.refused("poll.open", "ada", "chair", amendment=near, **ask)
    voted(scene, meeting, "seeds", (1, 5), motion=motion, amendment=far)
    voted(scene, meeting, "seeds", (5, 1), motion=motion, amendment=near)
    scene.refused("motion.withdraw", "ada", motion=motion)
    voted(scene, meeting, "seeds", (6, 0), motion=motion)
    return scene


def urgency() -> Scene:
    """A motion past its deadline, and one on a matter not on the notice, taken because the meeting holds them urgent."""
    scene, meeting = gardens(
        "urgency: a motion past its deadline and a matter not on the notice, by two thirds of those present"
    )
    scene.on("2027-02-20")
    act = {"body": "assembly", "matter": "seeds", "text": "Turnips", "meeting": meeting}
    scene.refused("motion.move", "ada", "chair", **act)
    late = moved(scene, "ada", "seeds", "Turnips")
    scene.accepted("motion.second", "fay", motion=late)
    assembled(scene, meeting)
    ask = {"body": "assembly", "question": "Turnips?", "matter": "seeds", "meeting": meeting, "motion": late}
    scene.refused("poll.open", "ada", "chair", **ask)
    voted(scene, meeting, "urgency", (3, 3), motion=late)
    scene.refused("poll.open", "ada", "chair", **ask)
    voted(scene, meeting, "urgency", (4, 2), motion=late)
    voted(scene, meeting, "seeds", (4, 2), motion=late)
    paths = moved(scene, "cleo", "paths", "Gravel")
    scene.refused("poll.open", "ada", "chair", **(ask | {"matter": "paths", "motion": paths}))
    voted(scene, meeting, "urgency", (6, 0), motion=paths)
    voted(scene, meeting, "paths", (4, 2), motion=paths)
    return scene


def adjournment() -> Scene:
    """A meeting adjourns itself, goes on with its notice and what it left unfinished, and adjourns again without day."""
    scene, meeting = gardens("adjournment: by the meeting, to a day with notice; unfinished matters; without day")
    assembled(scene, meeting)
    voted(scene, meeting, "tools", (6, 0), motion=moved(scene, "cleo", "tools", "A rake"))
    to = {"meeting": meeting, "resumes": "2027-03-06T10:00"}
    scene.refused("meeting.adjourn", "ada", "chair", **to)
    voted(scene, meeting, "adjournment", (3, 3))
    decision = decision_of(voted(scene, meeting, "adjournment", (4, 2)))
    scene.refused("meeting.adjourn", "ada", "chair", decision=decision, **(to | {"resumes": "2027-03-03T10:00"}))
    scene.accepted("meeting.adjourn", "ada", "chair", decision=decision, **to)
    scene.refused("meeting.resume", "ada", "chair", meeting=meeting, present=[person("ada")])
    scene.on("2027-03-02")
    scene.refused("notice.send", "fay", meeting=meeting, how="by post", to_count=6)
    scene.accepted("notice.send", "ben", "clerk", meeting=meeting, how="by post", to_count=6)
    scene.on("2027-03-06", 10)
    scene.accepted("meeting.resume", "ada", "chair", meeting=meeting, present=[person("ada"), person("fay")])
    again = moved(scene, "cleo", "tools", "A hoe")
    ask = {"body": "assembly", "question": "A hoe?", "matter": "tools", "meeting": meeting, "motion": again}
    scene.refused("poll.open", "ada", "chair", **ask)
    scene.refused("meeting.adjourn", "ada", "chair", meeting=meeting, decision=decision)
    decision = decision_of(voted(scene, meeting, "adjournment", (2, 0)))
    scene.accepted("meeting.adjourn", "ada", "chair", meeting=meeting, decision=decision)
    scene.refused("meeting.reconvene", "fay", meeting=meeting, resumes="2027-03-20T10:00")
    scene.accepted("meeting.reconvene", "ben", "clerk", meeting=meeting, resumes="2027-03-20T10:00", place="The shed")
    scene.on("2027-03-21")
    scene.accepted("meeting.lapse", "ada", "chair", meeting=meeting)
    return scene


def inquorate() -> Scene:
    """A meeting without a quorum stands adjourned for a week by the clause, and then those present are one."""
    scene, meeting = gardens(
        "inquorate: after 30 minutes it stands adjourned for 7 days; then those present are a quorum"
    )
    scene.on(DAY, 10)
    two = [person("ada"), person("ben")]
    scene.refused("meeting.open", "ada", "chair", meeting=meeting, present=two)
    scene.refused("meeting.adjourn", "ada", "chair", meeting=meeting, present=two)
    scene.on(DAY, 11)
    scene.refused("meeting.lapse", "ada", "chair", meeting=meeting, present=two)
    scene.refused("meeting.adjourn", "fay", meeting=meeting, present=two)
    scene.refused("meeting.adjourn", "ada", "chair", meeting=meeting, present=two, resumes="2027-03-20T10:00")
    scene.accepted("meeting.adjourn", "ada", "chair", meeting=meeting, present=two)
    scene.accepted("notice.send", "ben", "clerk", meeting=meeting, how="by post", to_count=6)
    scene.on("2027-03-08", 10)
    scene.refused("meeting.resume", "ada", "chair", meeting=meeting)
    scene.accepted("meeting.resume", "ada", "chair", meeting=meeting, present=two)
    voted(scene, meeting, "tools", (2, 0), motion=moved(scene, "cleo", "tools", "A rake"))
    return scene


SCENES: dict[str, Callable[[], Scene]] = {
    "adjournment": adjournment, "amendments": amendments, "inquorate": inquorate, "urgency": urgency,
}  # fmt: skip
