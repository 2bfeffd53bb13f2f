"""Scenes of standing: what members owe, arrears, waiver, contest, notice and the end of a membership.

Lives here: what is submitted, in order, and whether it is taken. Not here: how a vector is written (`scene`).
"""

from __future__ import annotations

from collections.abc import Callable

from conformance.decisions.scene import Scene, person

PEOPLE = ("ada", "ben", "cy", "di", "eli")


def _met(scene: Scene, matter: str, day: str) -> str:
    """An assembly on one matter, opened on a day with everybody there; its id."""
    called = f"mt-{scene.state.n}"
    scene.accepted("meeting.call", "ada", "chair", body="assembly", starts=f"{day}T19:00", matters=[matter])
    scene.accepted("notice.send", "ada", "chair", meeting=called, how="post", to_count=5)
    scene.on(day, 20)
    scene.accepted("meeting.open", "ada", "chair", meeting=called, present=[person(name) for name in PEOPLE])
    return called


def _decided(scene: Scene, meeting: str, matter: str, text: str, amount: int | None = None) -> str:
    """A decision of the assembly; its id."""
    motion = f"mo-{scene.state.n}"
    scene.accepted("motion.move", "eli", body="assembly", matter=matter, text=text, amount=amount)
    poll = f"po-{scene.state.n}"
    scene.accepted("poll.open", "ada", body="assembly", question="Shall it be?", matter=matter, motion=motion, meeting=meeting,
                   secrecy="by show of hands")  # fmt: skip
    decision = f"de-{scene.state.n}"
    scene.accepted("poll.declare", "ada", poll=poll, rule="yes-no", tallies={"for": 3, "against": 0, "abstain": 0})
    return decision


def standing() -> Scene:
    """A list that is kept: too early, in arrears, off the roll, let off, contested, warned, ended."""
    scene = Scene(
        "standing: what members owe, arrears and the vote, waiver, contest, the end of membership", "subscribers.md"
    )
    mandates = [{"person": person(name), "seat": seat} for name, seat in (("ada", "chair"), ("ben", "secretary"))]
    scene.accepted("found", "ada", **scene.found(dict.fromkeys(PEOPLE, ""), mandates=mandates))
    meeting = _met(scene, "subscription-amount", "2027-01-20")
    decision = _decided(scene, meeting, "subscription-amount", "Twenty.", 20)
    owed = {"decision": decision, "since": "2027-02-01"}
    scene.refused("subscription.set", "ada", amount=30, **owed)
    scene.refused("subscription.set", "ada", amount=20, member_class="none", **owed)
    scene.refused("subscription.set", "ada", amount=20, decision=decision, since="2026-02-01")
    scene.accepted("subscription.set", "ada", amount=20, **owed)
    late = {"person": person("cy"), "standing": "in arrears"}
    scene.refused("standing.set", "ben", "secretary", **late)
    scene.refused("standing.contest", "cy", text="I am not.")
    scene.on("2027-03-02")
    scene.refused("standing.set", "ada", "chair", **late)
    scene.refused("standing.set", "ben", "secretary", person=person("cy"), standing="bad")
    scene.refused("standing.set", "ben", "secretary", person=person("cy"), standing="good")
    scene.accepted("standing.set", "ben", "secretary", **late)
    scene.accepted("standing.set", "ben", "secretary", person=person("di"), standing="in arrears")
    scene.refused("standing.waive", "ben", "secretary", person=person("di"), through="2027-12-31")
    scene.refused("standing.waive", "ada", "chair", person=person("ada"), through="2027-12-31")
    scene.refused("standing.waive", "ada", "chair", person=person("di"), through="2027-01-31")
    scene.accepted("standing.waive", "ada", "chair", person=person("di"), through="2027-12-31")
    scene.refused("standing.set", "ben", "secretary", person=person("di"), standing="in arrears")
    scene.refused("standing.warn", "ben", "secretary", person=person("cy"))
    scene.refused("standing.end", "ben", "secretary", person=person("cy"))
    scene.accepted("standing.contest", "cy", text="I paid.")
    contest = f"st-{scene.state.n - 1}"
    scene.refused("standing.contest", "cy", text="I paid.")
    meeting = _met(scene, "standing-of-members", "2027-03-15")
    decision = _decided(scene, meeting, "standing-of-members", f"{contest} is upheld.")
    scene.refused("standing.settle", "ada", contest="st-1", outcome="upheld", decision=decision)
    scene.refused("standing.settle", "ada", contest=contest, outcome="perhaps", decision=decision)
    scene.refused("standing.settle", "ada", contest=contest, outcome="overturned", decision=decision)
    scene.accepted("standing.settle", "ada", contest=contest, outcome="upheld", decision=decision)
    _decided(scene, meeting, "standing-of-members", "Nothing else.")
    scene.on("2027-05-03")
    scene.refused("standing.warn", "ada", "chair", person=person("cy"))
    scene.accepted("standing.warn", "ben", "secretary", person=person("cy"))
    scene.refused("standing.warn", "ben", "secretary", person=person("cy"))
    scene.refused("standing.end", "ben", "secretary", person=person("cy"))
    scene.on("2027-05-18")
    scene.accepted("standing.end", "ben", "secretary", person=person("cy"))
    return scene


SCENES: dict[str, Callable[[], Scene]] = {"standing": standing}
