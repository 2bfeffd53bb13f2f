"""Scenes of motions, polls, decisions, editions, units, reports, corrections and protests, in the society of two branches.

Lives here: what is submitted, in order, and whether it is taken. Not here: how a vector is written (`scene`).
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import Any

from conformance.decisions.scene import Scene, bytes32, person
from conformance.decisions.scenes_of_members import society

MEETING_DAY = "2027-02-01"


def assembled(about: str, *matters: str) -> tuple[Scene, str]:
    """The society with its assembly lawfully called and open on some matters: the scene, the meeting."""
    scene = society(about, "dora")
    call = {"body": "assembly", "starts": f"{MEETING_DAY}T09:00", "matters": list(matters)}
    meeting = scene.opened(scene.accepted("meeting.call", "ben", "secretary", **call), "meeting")
    scene.accepted("notice.send", "ben", "secretary", meeting=meeting, how="by post", to_count=4)
    scene.on(MEETING_DAY)
    present = [person(name) for name in ("ada", "ben", "cy", "dora")]
    scene.accepted("meeting.open", "ada", "chair", meeting=meeting, present=present)
    return scene, meeting


def moved(scene: Scene, matter: str, **fields: Any) -> str:
    """A motion of cy's; its id."""
    made = {"text": f"On {matter}"} | fields
    return scene.opened(scene.accepted("motion.move", "cy", body="assembly", matter=matter, **made), "motion")


def put(scene: Scene, meeting: str, matter: str, motion: str, **fields: Any) -> str:
    """The motion put to the assembly; the poll."""
    made = {"question": f"On {matter}?", "matter": matter, "motion": motion, "meeting": meeting} | fields
    return scene.opened(scene.accepted("poll.open", "ada", "chair", body="assembly", **made), "poll")


def carried(scene: Scene, meeting: str, matter: str, **fields: Any) -> str:
    """A motion moved, put and carried by show of hands; the decision."""
    poll = put(scene, meeting, matter, moved(scene, matter, **fields))
    tallies = {"for": 4, "against": 0}
    declared = scene.accepted("poll.declare", "ada", "chair", poll=poll, rule="yes-no", tallies=tallies)
    return scene.opened([each for each in declared if each["effect"] == "decision.taken"], "decision")


def motions() -> Scene:
    """Motions moved, seconded, withdrawn, put, tied, carried by show of hands and by named votes."""
    scene, meeting = assembled(
        "motions: moved, seconded, withdrawn, put; a tie is not carried; named votes", "programme"
    )
    scene.refused("motion.move", "cy", body="assembly", matter="amendment", text="a motion that names no text")
    motion = moved(scene, "programme")
    scene.refused("motion.second", "cy", motion=motion)
    scene.accepted("motion.second", "dora", motion=motion)
    scene.refused("motion.withdraw", "dora", motion=motion)
    scene.accepted("motion.withdraw", "cy", motion=motion, why="overtaken")
    scene.refused("motion.second", "ben", motion=motion)

    tied = moved(scene, "programme", text="A tie")
    ask = {"body": "assembly", "question": "A tie?", "matter": "programme", "motion": tied}
    scene.refused("poll.open", "cy", meeting=meeting, **ask)
    scene.refused("poll.open", "ada", "chair", **ask)
    poll = put(scene, meeting, "programme", tied)
    hands = {"poll": poll, "rule": "yes-no"}
    scene.refused("poll.declare", "cy", tallies={"for": 2, "against": 2}, **hands)
    scene.refused("poll.declare", "ada", "chair", tallies={"for": 3, "against": 2}, **hands)
    scene.accepted("poll.declare", "ada", "chair", tallies={"for": 2, "against": 2}, **hands)

    named = put(scene, meeting, "programme", moved(scene, "programme", text="By name"), secrecy="named")
    scene.refused("ballot.cast", "cy", poll=named, ballot="perhaps")
    for name, ballot in (("ada", "for"), ("ben", "against"), ("cy", "abstain"), ("cy", "for")):
        scene.accepted("ballot.cast", name, poll=named, ballot=ballot)
    scene.refused("poll.close", "cy", poll=named)
    scene.accepted("poll.close", "ada", "chair", poll=named)
    scene.refused("ballot.cast", "dora", poll=named, ballot="for")
    scene.refused("poll.declare", "ada", "chair", poll=named, rule="yes-no", tallies={"for": 3, "against": 1})
    tallies = {"for": 2, "against": 1, "abstain": 0, "blank": 0}
    scene.accepted("poll.declare", "ada", "chair", poll=named, rule="yes-no", tallies=tallies)
    return scene


def spending() -> Scene:
    """An office decides alone within its power; what is not ratified lapses; what is stays."""
    scene, meeting = assembled(
        "spending: within the power and not beyond it; ratified, or lapsed after 30 days", "ratification"
    )
    spend = {"matter": "spending", "text": "Oars"}
    scene.refused("decision.take", "ada", "chair", amount=201, **spend)
    scene.refused("decision.take", "cy", amount=50, **spend)
    scene.refused("decision.take", "ada", "chair", matter="programme", text="A programme")
    first = scene.opened(scene.accepted("decision.take", "ada", "chair", amount=200, **spend), "decision")
    scene.accepted("decision.take", "ada", "chair", amount=50, **(spend | {"text": "Rope"}))
    ratified = scene.opened(scene.accepted("decision.take", "ada", "chair", amount=60, **spend), "decision")
    poll = put(scene, meeting, "ratification", moved(scene, "ratification", ratifies=ratified))
    scene.accepted("poll.declare", "ada", "chair", poll=poll, rule="yes-no", tallies={"for": 3, "against": 1})
    scene.on("2027-03-10")
    scene.refused("motion.move", "cy", body="assembly", matter="ratification", text="Too late", ratifies=first)
    return scene


def editions() -> Scene:
    """An amendment of a clause and one of the protected clause, with their majorities; adoption of what was decided."""
    scene, meeting = assembled(
        "editions: lodged, decided by two thirds, protected clause by three quarters, adopted", "amendment"
    )
    longer, protected = (
        scene.rulebook.replace(*change)
        for change in (("up to: 200", "up to: 300"), ("majority: 2/3 of cast", "majority: 3/5 of cast"))
    )
    longer = longer.replace("up to 200", "up to 300")
    protected = protected.replace("by two thirds of", "by three fifths of")

    def lodge(text: str, digest: str = "") -> dict[str, str]:
        return {"rulebook": text, "sha256": digest or sha256(text.encode()).hexdigest()}

    scene.refused("rulebook.lodge", "cy", **lodge(longer, "0" * 64))
    scene.refused("rulebook.lodge", "cy", **lodge(longer.replace("keeps: roll", "keps: roll")))
    edition = scene.opened(scene.accepted("rulebook.lodge", "cy", **lodge(longer)), "edition")
    other = scene.opened(scene.accepted("rulebook.lodge", "cy", **lodge(protected)), "edition")
    scene.refused("rulebook.adopt", "ben", "secretary", edition=edition)
    poll = put(scene, meeting, "amendment", moved(scene, "amendment", edition=other))
    scene.accepted("poll.declare", "ada", "chair", poll=poll, rule="yes-no", tallies={"for": 2, "against": 1})
    poll = put(scene, meeting, "amendment", moved(scene, "amendment", edition=edition))
    declared = scene.accepted(
        "poll.declare", "ada", "chair", poll=poll, rule="yes-no", tallies={"for": 2, "against": 1}
    )
    decision = scene.opened([each for each in declared if each["effect"] == "decision.taken"], "decision")
    scene.refused("rulebook.adopt", "ben", "secretary", edition=other, decision=decision)
    scene.refused("rulebook.adopt", "ben", "secretary", edition=edition, decision=decision, in_force_from="2027-01-01")
    scene.accepted("rulebook.adopt", "ben", "secretary", edition=edition, decision=decision, in_force_from="2027-03-01")
    scene.refused("decision.take", "ada", "chair", matter="spending", text="Oars", amount=250)
    scene.on("2027-03-01")
    scene.accepted("decision.take", "ada", "chair", matter="spending", text="Oars", amount=250)
    return scene


def units() -> Scene:
    """A branch founded and one closed, each by a decision of the assembly that is carried out once."""
    matters = ("founding-of-branch", "closing-of-branch")
    scene, meeting = assembled(
        "units: founded and closed by decisions of the assembly, each carried out once", *matters
    )
    east = {"unit": "east", "kind": "branch"}
    scene.refused("unit.found", "ben", "secretary", **east)
    decision = carried(scene, meeting, "founding-of-branch", text="The branch east is founded")
    scene.accepted("unit.found", "ben", "secretary", decision=decision, **east)
    scene.refused("unit.found", "ben", "secretary", decision=decision, **(east | {"unit": "west"}))
    closing = carried(scene, meeting, "closing-of-branch", text="The branch east is closed")
    scene.refused("unit.close", "ben", "secretary", unit="north", decision=closing)
    scene.refused("unit.close", "ben", "secretary", unit="east")
    scene.accepted("unit.close", "ben", "secretary", unit="east", decision=closing)
    scene.refused("member.move", "cy", person=person("cy"), unit="east")
    return scene


def reports() -> Scene:
    """What happened outside is told by those entitled, attested, in time; else it waits for the body that could do it."""
    scene = society("reports: by whom, attested in time, late, irregular; none of it a back door to an effect")
    scene.on("2027-01-20")
    spent = {
        "act": "decision.take",
        "by": person("ada"),
        "as": "chair",
        "matter": "spending",
        "text": "Oars",
        "amount": 50,
    }
    told = {
        "what": spent,
        "happened": {"earliest": "2027-01-10", "latest": "2027-01-10"},
        "source": "minutes of 10 January",
    }
    scene.refused("report", "cy", **told)
    scene.refused(
        "report", "ben", "secretary", **(told | {"happened": {"earliest": "2027-02-10", "latest": "2027-02-10"}})
    )
    report = scene.opened(scene.accepted("report", "ben", "secretary", **told), "report")
    scene.refused("report.attest", "cy", report=report)
    scene.accepted("report.attest", "ada", "chair", report=report)
    scene.refused("report.attest", "ada", "chair", report=report)
    beyond = told | {"what": spent | {"amount": 900}}
    beyond = scene.opened(scene.accepted("report", "ben", "secretary", **beyond), "report")
    scene.accepted("report.attest", "ada", "chair", report=beyond)
    scene.on("2027-03-20")
    late = scene.opened(scene.accepted("report", "ben", "secretary", **told), "report")
    scene.accepted("report.attest", "ada", "chair", report=late)
    return scene


def corrections() -> Scene:
    """A slip mended by whoever made it, within the power; on the roll only with the assembly's approval, once."""
    scene, meeting = assembled(
        "corrections: one's own slip within the power; of the roll with approval, once", "correction"
    )
    oras = {"matter": "spending", "text": "Oras", "amount": 50}
    slip = scene.opened(scene.accepted("decision.take", "ada", "chair", **oras), "decision")
    entry = scene.state.n - 1
    mend = {"entry": entry, "thing": slip, "why": "a slip of the pen"}
    scene.refused("correct", "cy", key="text", now="A yacht", **mend)
    scene.refused("correct", "ada", "chair", key="amount", now=20000, **mend)
    scene.accepted("correct", "ada", "chair", key="text", now="Oars", **mend)
    roll = {"entry": 0, "thing": person("dora"), "key": "unit", "now": "north", "why": "the wrong branch was noted"}
    scene.refused("correct", "ben", "secretary", **roll)
    decision = carried(scene, meeting, "correction", text="dora belongs to north", person=person("dora"))
    scene.accepted("correct", "ben", "secretary", decision=decision, **roll)
    scene.refused("correct", "ben", "secretary", decision=decision, **(roll | {"now": "south"}))
    return scene


def protests() -> Scene:
    """A refusal lodged on the record by the refused author, once."""
    scene = society("protests: the refused author lodges the refusal, once; another does not")
    refused = scene.refused("decision.take", "cy", matter="spending", text="Oars", amount=5)
    refusal = refused.to_json("00" * 16) | {"by": person("cy")}
    lodge = {"refusal": refusal, "signature": bytes32("signature"), "words": "I ought to be heard."}
    scene.refused("protest", "ada", **lodge)
    scene.refused("protest", "cy", **(lodge | {"refusal": {"verdict": "accepted"}}))
    scene.accepted("protest", "cy", **lodge)
    scene.refused("protest", "cy", **lodge)
    return scene


SCENES: dict[str, Callable[[], Scene]] = {
    "motions": motions, "spending": spending, "editions": editions, "units": units, "reports": reports,
    "corrections": corrections, "protests": protests,
}  # fmt: skip
