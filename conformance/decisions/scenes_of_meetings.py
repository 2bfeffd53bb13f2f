"""Scenes of meetings, notices, demands and duties, in the society of two branches.

Lives here: what is submitted, in order, and whether it is taken. Not here: how a vector is written (`scene`).
"""

from __future__ import annotations

from collections.abc import Callable

from conformance.decisions.scene import Scene, person
from conformance.decisions.scenes_of_members import society

SIX = ("ada", "ben", "cy", "dora", "emil", "fay")


def six(about: str) -> Scene:
    """The society with six members who have a vote, and a friend who has none."""
    scene = society(about, "dora", "emil", "fay")
    scene.accepted("member.admit", "ben", "secretary", person=person("gus"), member_class="friend")
    return scene


def demands() -> Scene:
    """A demand gathers a third of the members; the meeting is called for it."""
    scene = six("demands: a third of six members; whoever has no vote does not count; the meeting answers it")
    matters = ["programme"]
    scene.refused("meeting.demand", "gus", body="assembly", matters=matters)
    scene.refused("meeting.demand", "cy", body="assembly", matters=[])
    demand = scene.opened(scene.accepted("meeting.demand", "cy", body="assembly", matters=matters), "demand")
    scene.refused("demand.support", "cy", demand=demand)
    scene.refused("demand.support", "gus", demand=demand)
    scene.refused("demand.withdraw", "dora", demand=demand)
    scene.accepted("demand.withdraw", "cy", demand=demand, why="not now")
    scene.accepted("demand.support", "cy", demand=demand)
    scene.accepted("demand.support", "emil", demand=demand)
    scene.refused("demand.support", "fay", demand=demand)
    scene.refused("demand.withdraw", "emil", demand=demand)
    call = {"body": "assembly", "starts": "2027-01-16T18:00", "demand": demand}
    scene.refused("meeting.call", "ben", "secretary", matters=["boats"], **call)
    scene.refused("meeting.call", "ben", "secretary", matters=matters, **(call | {"starts": "2027-02-20T18:00"}))
    scene.accepted("meeting.call", "ben", "secretary", matters=matters, **call)
    scene.refused("meeting.call", "ben", "secretary", matters=matters, **(call | {"starts": "2027-01-17T18:00"}))
    return scene


def meetings() -> Scene:
    """A meeting from its call to its close, with its quorum challenged and counted."""
    scene = six("meetings: called, noticed, opened with a quorum, challenged, counted, closed; another cancelled")
    call = {"body": "assembly", "starts": "2027-02-01T18:00", "matters": ["programme"]}
    scene.refused("meeting.call", "cy", **call)
    scene.refused("meeting.call", "ben", "secretary", **(call | {"starts": "2027-01-01T18:00"}))
    meeting = scene.opened(scene.accepted("meeting.call", "ben", "secretary", **call), "meeting")
    other = scene.accepted("meeting.call", "ben", "secretary", **(call | {"starts": "2027-03-01T18:00"}))
    scene.refused("meeting.cancel", "cy", meeting=scene.opened(other, "meeting"), why="I am away")
    scene.accepted(
        "meeting.cancel", "ben", "secretary", meeting=scene.opened(other, "meeting"), why="nothing to decide"
    )
    scene.refused("notice.send", "cy", meeting=meeting, how="by post", to_count=6)
    scene.accepted("notice.send", "ben", "secretary", meeting=meeting, how="by post", to_count=6)
    scene.on("2027-02-01", 17)
    present = [person(name) for name in SIX[:4]]
    scene.refused("meeting.open", "ada", "chair", meeting=meeting, present=present)
    scene.on("2027-02-01", 18)
    scene.refused("meeting.open", "cy", meeting=meeting, present=present)
    scene.refused("meeting.open", "ada", "chair", meeting=meeting, present=present[:1])
    scene.refused("meeting.open", "ada", "chair", meeting=meeting, present=[*present, person("gus")])
    scene.accepted("meeting.open", "ada", "chair", meeting=meeting, present=present)
    scene.refused("quorum.challenge", "gus", meeting=meeting)
    scene.accepted("quorum.challenge", "cy", meeting=meeting)
    scene.refused("quorum.count", "cy", meeting=meeting, present=present[:1])
    scene.accepted("quorum.count", "ben", "secretary", meeting=meeting, present=present[:1])
    scene.accepted("quorum.count", "ben", "secretary", meeting=meeting, present=present[:3])
    scene.refused("meeting.close", "cy", meeting=meeting)
    scene.accepted("meeting.close", "ada", "chair", meeting=meeting)
    scene.refused("meeting.close", "ada", "chair", meeting=meeting)
    return scene


def short_notice() -> Scene:
    """A late call stands or falls with the consent of all; a meeting without a quorum lapses."""
    scene = six("short notice: by consent of all; without it the meeting does not open; without a quorum it lapses")
    call = {"body": "assembly", "starts": "2027-01-08T18:00", "matters": ["programme"]}
    meeting = scene.opened(scene.accepted("meeting.call", "ben", "secretary", **call), "meeting")
    scene.accepted("notice.send", "ben", "secretary", meeting=meeting, how="by telephone", to_count=6)
    scene.refused("notice.consent", "gus", meeting=meeting)
    for name in SIX[:5]:
        scene.accepted("notice.consent", name, meeting=meeting)
    scene.refused("notice.consent", "cy", meeting=meeting)
    scene.on("2027-01-08", 18)
    present = [person(name) for name in SIX[:5]]
    scene.refused("meeting.open", "ada", "chair", meeting=meeting, present=present)
    scene.refused("meeting.lapse", "ada", "chair", meeting=meeting, present=present)
    scene.accepted("notice.consent", "fay", meeting=meeting)
    scene.accepted("meeting.lapse", "ada", "chair", meeting=meeting, present=present[:1])
    scene.refused("meeting.open", "ada", "chair", meeting=meeting, present=present)
    return scene


def by_right() -> Scene:
    """A meeting by right needs no call and no notice; without notice it decides only what the rulebook itself assigns."""
    scene = six("by right: any member opens it on its day; without notice it decides what the clause assigns to it")
    scene.on("2027-04-30")
    scene.refused("meeting.open", "cy", body="assembly", present=[person("cy"), person("dora")])
    scene.on("2027-05-01")
    scene.refused("meeting.open", "gus", body="assembly", present=[person("cy"), person("dora")])
    opened = scene.accepted("meeting.open", "cy", body="assembly", present=[person("cy"), person("dora")])
    meeting = scene.opened(opened, "meeting")
    for matter, ask in (("boats", scene.refused), ("programme", scene.accepted)):
        moved = scene.accepted("motion.move", "cy", body="assembly", matter=matter, text=f"On {matter}")
        put = {"matter": matter, "motion": scene.opened(moved, "motion"), "meeting": meeting}
        ask("poll.open", "ada", "chair", body="assembly", question=f"On {matter}?", **put)
    return scene


def duties() -> Scene:
    """A duty that comes round, discharged late, by the seat that owes it."""
    scene = six("duties: the bulletin every three months; late is done; nobody else's, and not twice")
    scene.on("2027-06-01")
    scene.refused("duty.discharge", "cy", duty="bulletin", occasion="2027-04-04")
    scene.refused("duty.discharge", "ben", "secretary", duty="bulletin", occasion="2027-04-05")
    scene.refused("duty.discharge", "ben", "secretary", duty="minutes", occasion="2027-04-04")
    scene.accepted("duty.discharge", "ben", "secretary", duty="bulletin", occasion="2027-04-04", text="No 1")
    scene.refused("duty.discharge", "ben", "secretary", duty="bulletin", occasion="2027-04-04")
    return scene


SCENES: dict[str, Callable[[], Scene]] = {
    "demands": demands, "meetings": meetings, "short-notice": short_notice, "by-right": by_right, "duties": duties,
}  # fmt: skip
