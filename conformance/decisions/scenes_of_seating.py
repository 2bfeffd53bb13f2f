"""Scenes of committees at work: choices, co-option, confirmation, substitutes, interims, delegates, lots.

Lives here: what is submitted, in order, and whether it is taken. Not here: how a vector is written (`scene`).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from conformance.decisions.scene import Scene, bytes32, person
from isonomy.engine.lots import lot_of_secret

NORTH, SOUTH = ("ada", "ben", "cy", "di", "eli", "fay", "gus"), ("hal", "ida", "jo")
HANDS = {"secrecy": "by show of hands"}
BOARD = ("cy", "di", "hal")


def _founded(about: str, **held: tuple[str, ...]) -> Scene:
    """Ten founders in two branches; ada is chair, ben secretary."""
    scene = Scene(about, "seated.md")
    seats = {"chair": ("ada",), "secretary": ("ben",), "board": BOARD, "panel": ("eli", "fay", "ida")} | held
    mandates = [{"person": person(name), "seat": seat} for seat, names in seats.items() for name in names]
    units = [{"unit": unit, "kind": "branch"} for unit in ("north", "south")]
    founders = dict.fromkeys(NORTH, "north") | dict.fromkeys(SOUTH, "south")
    scene.accepted("found", "ada", **scene.found(founders, units=units, mandates=mandates))
    return scene


def _mandate(scene: Scene, name: str, seat: str) -> str:
    return next(id for id in reversed(scene.state.by_seat[seat]) if scene.state.mandates[id].person == person(name))


def _met(scene: Scene, body: str, matter: str, present: tuple[str, ...]) -> str:
    """A meeting called and noticed now, and opened four days later; its id."""
    day, called = (date.fromisoformat(scene.today) + timedelta(days=4)).isoformat(), f"mt-{scene.state.n}"
    scene.accepted("meeting.call", "ada", "chair", body=body, starts=f"{day}T19:00", matters=[matter])
    scene.accepted("notice.send", "ada", "chair", meeting=called, how="post", to_count=3)
    scene.on(day, 20)
    scene.accepted("meeting.open", "ada", "chair", meeting=called, present=[person(name) for name in present])
    return called


def _voted(scene: Scene, body: str, matter: str, meeting: str, votes: tuple[int, int], **put: Any) -> str:
    poll = f"po-{scene.state.n}"
    scene.accepted(
        "poll.open", "ada", body=body, question="Shall it be?", matter=matter, meeting=meeting, **HANDS, **put
    )
    tallies = {"for": votes[0], "against": votes[1], "abstain": 0}
    scene.accepted("poll.declare", "ada", poll=poll, rule="yes-no", tallies=tallies)
    scene.accepted("meeting.close", "ada", meeting=meeting)
    return scene.state.polls[poll].decision


def _decided(scene: Scene, body: str, matter: str, name: str, present: tuple[str, ...], votes: tuple[int, int]) -> str:
    """A decision of a body on a person; its id."""
    meeting, motion = _met(scene, body, matter, present), f"mo-{scene.state.n}"
    mover = next(each for each in present if each != name)
    scene.accepted("motion.move", mover, body=body, matter=matter, text=f"On {name}.", person=person(name))
    return _voted(scene, body, matter, meeting, votes, motion=motion)


def _elected(scene: Scene, seat: str, name: str) -> str:
    meeting = _met(scene, "assembly", f"election-of-{seat}", (*NORTH, *SOUTH))
    options = [{"name": name, "person": person(name)}]
    return _voted(scene, "assembly", f"election-of-{seat}", meeting, (9, 0), seat=seat, options=options)


def choosing() -> Scene:
    """Somebody comes to hold one seat too many, and chooses; two that do not go together are refused."""
    scene = _founded(
        "accumulation: the third seat is taken and the earlier one falls unless the person chooses", secretary=("cy",)
    )
    decision = _elected(scene, "treasurer", "cy")
    scene.accepted("mandate.begin", "cy", person=person("cy"), seat="treasurer", decision=decision)
    later = _mandate(scene, "cy", "treasurer")
    falling = scene.state.seating.choices[later].falling[0]
    scene.refused("mandate.choose", "ada", keep=falling)
    scene.refused("mandate.choose", "cy", keep="ma-9999")
    scene.accepted("mandate.choose", "cy", keep=falling)
    scene.on("2027-02-20")
    meeting = _met(scene, "assembly", "election-of-auditor", (*NORTH, *SOUTH))
    paper = {
        "seat": "auditor",
        "matter": "election-of-auditor",
        "body": "assembly",
        "question": "Who?",
        "meeting": meeting,
    }
    scene.refused("poll.open", "ada", **paper, options=[{"name": "cy", "person": person("cy")}], **HANDS)
    return scene


def filling() -> Scene:
    """Co-option, confirmation, an interim that the election ends."""
    scene = _founded("seats filled otherwise: co-opted, confirmed, ad interim, and ended by the election")
    decision = _decided(scene, "board", "co-option-to-board", "eli", BOARD, (3, 0))
    scene.refused("seat.coopt", "jo", person=person("eli"), seat="board", decision=decision)
    scene.refused("seat.coopt", "ben", person=person("fay"), seat="board", decision=decision)
    scene.accepted("seat.coopt", "ben", person=person("eli"), seat="board", decision=decision)
    scene.refused("confirmation.ask", "jo", person=person("gus"), seat="editor")
    scene.accepted("confirmation.ask", "ada", "chair", person=person("gus"), seat="editor")
    asked = f"cf-{scene.state.n - 1}"
    scene.refused("mandate.begin", "ada", "chair", person=person("gus"), seat="editor")
    scene.refused("confirmation.answer", "ben", confirmation=asked, confirms=True)
    decision = _decided(scene, "board", "confirmation-of-editor", "gus", BOARD, (2, 1))
    scene.accepted("confirmation.answer", "ben", confirmation=asked, confirms=True, decision=decision)
    scene.accepted("mandate.begin", "ada", "chair", person=person("gus"), seat="editor")
    scene.refused("seat.interim", "cy", person=person("jo"), seat="treasurer")
    scene.accepted("seat.interim", "ada", "chair", person=person("jo"), seat="treasurer")
    decision = _elected(scene, "treasurer", "fay")
    scene.accepted("mandate.begin", "ben", person=person("fay"), seat="treasurer", decision=decision)
    decision = _elected(scene, "board", "gus")
    scene.accepted("mandate.begin", "ben", person=person("gus"), seat="board", decision=decision)
    return scene


def substituting() -> Scene:
    """Substitutes step in in their order, and the first takes the seat of a holder who leaves."""
    scene = _founded(
        "substitutes: named by the holder, attested at the opening, in their order; the first follows for good"
    )
    held = _mandate(scene, "cy", "board")
    scene.refused("substitute.name", "di", mandate=held, person=person("eli"))
    for name in ("eli", "fay"):
        scene.accepted("substitute.name", "cy", mandate=held, person=person(name))
    scene.refused("substitute.name", "cy", mandate=held, person=person("gus"))
    scene.refused("substitute.withdraw", "gus", mandate=held, person=person("eli"))
    called = f"mt-{scene.state.n}"
    scene.accepted("meeting.call", "ada", "chair", body="board", starts="2027-01-10T19:00", matters=["tea"])
    scene.accepted("notice.send", "ada", "chair", meeting=called, how="post", to_count=3)
    scene.on("2027-01-10", 20)
    scene.refused("substitute.attest", "ben", mandate=held, meeting=called, person=person("fay"))
    scene.accepted("substitute.attest", "ben", mandate=held, meeting=called, person=person("fay"), away=[person("eli")])
    scene.refused("meeting.open", "ada", "chair", meeting=called, present=[person(name) for name in BOARD])
    present = [person(name) for name in ("fay", "di", "hal")]
    scene.accepted("meeting.open", "ada", "chair", meeting=called, present=present)
    scene.accepted("meeting.close", "ada", meeting=called)
    scene.accepted("substitute.withdraw", "fay", mandate=held, person=person("fay"))
    scene.refused("substitute.succeed", "eli", mandate=held)
    scene.accepted("mandate.end", "cy", mandate=held)
    scene.accepted("substitute.succeed", "eli", mandate=held)
    return scene


def delegating() -> Scene:
    """Delegates are shared out by membership, examined, refused, and let in on appeal."""
    scene = _founded(
        "delegates: shared out by membership, examined by a panel, refused, let in on appeal",
        council=("cy", "di", "gus", "hal", "jo"),
    )
    scene.accepted("delegates.apportion", "gus", body="council")
    scene.refused("delegates.apportion", "gus", body="council")
    called = f"mt-{scene.state.n}"
    scene.accepted("meeting.call", "ada", "chair", body="council", starts="2027-01-14T19:00", matters=["tea"])
    scene.accepted("notice.send", "ada", "chair", meeting=called, how="post", to_count=5)
    mandate = _mandate(scene, "hal", "council")
    scene.refused("credentials.accept", "eli", mandates=[mandate])
    decision = _decided(scene, "panel", "refusal-in-council", "hal", ("eli", "fay", "ida"), (2, 0))
    scene.refused("credentials.accept", "ida", mandates=[mandate])
    scene.accepted("credentials.accept", "eli", mandates=[_mandate(scene, "jo", "council")])
    refusal = {"mandate": mandate, "text": "There are no minutes of it.", "decision": decision}
    scene.refused("credentials.refuse", "eli", ground="unpleasant", **refusal)
    scene.accepted("credentials.refuse", "eli", ground="not-elected", **refusal)
    scene.refused("credentials.appeal", "jo", mandate=mandate, text="There are.")
    scene.refused("credentials.decide", "ben", mandate=mandate, lets_in=True, decision=decision)
    scene.accepted("credentials.appeal", "hal", mandate=mandate, text="There are.")
    decision = _decided(scene, "board", "credentials-of-council", "hal", BOARD, (2, 0))
    scene.accepted("credentials.decide", "ben", mandate=mandate, lets_in=True, decision=decision)
    return scene


def drawing() -> Scene:
    """A jury is drawn by a public lot."""
    scene = _founded("a jury by lot: announced, added to, drawn, seated")
    secret = bytes32("the secret of the lot")
    scene.refused("lot.announce", "jo", seat="jury", lot=lot_of_secret(secret), draw_from="2027-01-10")
    scene.accepted("lot.announce", "ben", seat="jury", lot=lot_of_secret(secret), draw_from="2027-01-10")
    lot = f"lo-{scene.state.n - 1}"
    scene.refused("lot.join", "ben", lot=lot)
    scene.accepted("lot.join", "jo", lot=lot)
    scene.refused("lot.draw", "ben", lot=lot, secret=secret)
    scene.on("2027-01-10")
    scene.refused("lot.draw", "ben", lot=lot, secret=bytes32("another secret"))
    scene.accepted("lot.draw", "ben", lot=lot, secret=secret)
    for drawn in scene.state.seating.lots[lot].drawn:
        scene.accepted("mandate.begin", "ben", person=drawn, seat="jury", decision=lot)
    return scene


SCENES: dict[str, Callable[[], Scene]] = {
    "choosing": choosing,
    "filling": filling,
    "substituting": substituting,
    "delegating": delegating,
    "drawing": drawing,
}
