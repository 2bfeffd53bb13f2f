"""Scenes of transfers between units: asking, consenting, letting go, moving, and the mark of a poll.

Lives here: what is submitted, in order, and whether it is taken. Not here: how a vector is written (`scene`).
"""

from __future__ import annotations

from collections.abc import Callable

from conformance.decisions.scene import Scene, person

NORTH, SOUTH = ("ada", "ben", "cy", "di"), ("eli", "fay")


def transferring() -> Scene:
    """Asked, refused with a reason, asked again, consented to, let go by silence; two who moved are shown with the poll."""
    scene = Scene("transfers between units: asked, consented to, let go, moved, a poll marked", "transferring.md")
    held = (("ada", "chair"), ("ben", "steward@north"), ("eli", "steward@south"))
    mandates = [{"person": person(name), "seat": seat} for name, seat in held]
    units = [{"unit": unit, "kind": "branch"} for unit in ("north", "south")]
    founders = dict.fromkeys(NORTH, "north") | dict.fromkeys(SOUTH, "south")
    scene.accepted("found", "ada", **scene.found(founders, units=units, mandates=mandates))
    scene.refused("member.move", "cy", person=person("cy"), unit="south")
    scene.refused("member.move", "ada", "chair", person=person("cy"), unit="south")
    scene.refused("transfer.ask", "cy", unit="west")
    scene.refused("transfer.ask", "cy", unit="north")
    scene.accepted("transfer.ask", "cy", unit="south")
    asked = f"tf-{scene.state.n - 1}"
    scene.refused("transfer.ask", "cy", unit="south")
    scene.refused("transfer.consent", "ben", "steward@north", transfer=asked, unit="south", consents=True)
    scene.refused("transfer.consent", "eli", "steward@south", transfer=asked, unit="south", consents=False)
    scene.accepted(
        "transfer.consent", "eli", "steward@south", transfer=asked, unit="south", consents=False, why="We are full."
    )
    scene.refused("transfer.consent", "eli", "steward@south", transfer=asked, unit="south", consents=True)
    asking = {}
    for name in ("cy", "di"):
        scene.accepted("transfer.ask", name, unit="south")
        asking[name] = f"tf-{scene.state.n - 1}"
    scene.refused("member.move", "cy", person=person("cy"), unit="south")
    for name in ("cy", "di"):
        scene.accepted("transfer.consent", "eli", "steward@south", transfer=asking[name], unit="south", consents=True)
    scene.refused("transfer.consent", "ben", "steward@north", transfer=asking["cy"], unit="north", consents=False)
    scene.accepted("transfer.consent", "ben", "steward@north", transfer=asking["cy"], unit="north", consents=True)
    scene.accepted("member.move", "cy", person=person("cy"), unit="south")
    scene.refused("member.move", "di", person=person("di"), unit="south")
    scene.on("2027-01-24")
    scene.refused("member.move", "di", person=person("di"), unit="south")
    scene.on("2027-01-25")
    scene.accepted("member.move", "di", person=person("di"), unit="south")
    meeting = f"mt-{scene.state.n}"
    scene.accepted("meeting.call", "ada", "chair", body="assembly", starts="2027-02-03T19:00", matters=["rest"])
    scene.accepted("notice.send", "ada", "chair", meeting=meeting, how="post", to_count=6)
    scene.on("2027-02-03", 20)
    scene.accepted("meeting.open", "ada", "chair", meeting=meeting, present=[person(name) for name in (*NORTH, *SOUTH)])
    motion = f"mo-{scene.state.n}"
    scene.accepted("motion.move", "eli", body="assembly", matter="rest", text="We rest.")
    scene.accepted(
        "poll.open", "ada", body="assembly", question="Shall it be?", matter="rest", motion=motion, meeting=meeting,
        secrecy="by show of hands",
    )  # fmt: skip
    return scene


SCENES: dict[str, Callable[[], Scene]] = {"transferring": transferring}
