"""Scenes of orders from outside, of one person under two ids, and of units split and merged.

Lives here: what is submitted, in order, and whether it is taken. Not here: how a vector is written (`scene`).
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import Any

from conformance.decisions.scene import Scene, bytes32, person

HANDS = {"secrecy": "by show of hands"}
BOARD = ("ada", "ben", "cy", "di")
SEATED = {"ada": "chair", "ben": "secretary", "cy": "teller", "di": "warden@oak"}
PAPER = {"source": "court", "authority": "A fictional court, file 7"}


def _digest(words: str) -> str:
    return sha256(words.encode()).hexdigest()


def _founded(scene: Scene) -> None:
    mandates = [{"person": person(name), "seat": seat} for name, seat in SEATED.items()]
    mandates += [{"person": person(name), "seat": "board"} for name in BOARD]
    founders = dict.fromkeys((*BOARD, "eli", "flo", "gus"), "oak") | {"hal": "elm"}
    units = [{"unit": "oak", "kind": "lodge"}, {"unit": "elm", "kind": "lodge"}]
    scene.accepted("found", "ada", **scene.found(founders, mandates=mandates, units=units))


def _decided(scene: Scene, matter: str, day: str, text: str, **more: Any) -> str:
    """The board's decision on a matter, on a day; its id."""
    meeting = f"mt-{scene.state.n}"
    scene.accepted("meeting.call", "ada", "chair", body="board", starts=f"{day}T19:00", matters=[matter])
    scene.accepted("notice.send", "ada", "chair", meeting=meeting, how="post", to_count=4)
    scene.on(day, 20)
    scene.accepted("meeting.open", "ada", "chair", meeting=meeting, present=[person(name) for name in BOARD])
    motion = f"mo-{scene.state.n}"
    scene.accepted("motion.move", "ada", body="board", matter=matter, text=text, **more)
    poll = f"po-{scene.state.n}"
    put = {"body": "board", "question": "Shall it be?", "matter": matter, "motion": motion, "meeting": meeting, **HANDS}
    scene.accepted("poll.open", "ada", **put)
    decision = f"de-{scene.state.n}"
    scene.accepted("poll.declare", "ada", poll=poll, rule="yes-no", tallies={"for": 3, "against": 1, "abstain": 0})
    return decision


def _order(scene: Scene, effect: str, **fields: Any) -> str:
    """An order entered by the secretary; its id."""
    order = f"oo-{scene.state.n}"
    told = {"words": f"An order to {effect}.", "sha256": _digest(effect), "binds_from": scene.today, **PAPER}
    scene.accepted("outside.order", "ben", "secretary", effect=effect, **told | fields)
    return order


def _confirm(scene: Scene, order: str, effect: str) -> None:
    scene.accepted("outside.confirm", "cy", "teller", order=order, sha256=_digest(effect))


def orders() -> Scene:
    """Each of the six effects; a stay that another order ends, an order that nobody confirmed, a review, a disagreement."""
    scene = Scene("orders from outside: six effects, two offices, notice, review, disagreement", "outside.md")
    _founded(scene)
    mast = f"de-{scene.state.n}"
    scene.accepted("decision.take", "ada", "chair", matter="repairs", amount=50, text="A mast.")
    told = {"words": "Stop.", "sha256": _digest("stay"), "binds_from": scene.today, "concerns": mast, **PAPER}
    scene.refused("outside.order", "ada", "chair", effect="stay", **told)
    scene.refused("outside.order", "ben", "secretary", effect="amend", **told)
    scene.refused("outside.order", "ben", "secretary", effect="annul", **told | {"concerns": "de-999"})
    late = _order(scene, "annul", concerns=mast)
    scene.on("2027-01-12")
    scene.refused("outside.confirm", "cy", "teller", order=late, sha256=_digest("annul"))
    stay = _order(scene, "stay", concerns=mast)
    scene.refused("outside.confirm", "ben", "secretary", order=stay, sha256=_digest("stay"))
    scene.refused("outside.confirm", "cy", "teller", order=stay, sha256=_digest("another document"))
    scene.refused("outside.notify", "ben", "secretary", order=stay, how="by letter", to_count=8)
    _confirm(scene, stay, "stay")
    scene.refused("outside.confirm", "cy", "teller", order=stay, sha256=_digest("stay"))
    scene.accepted("outside.notify", "ben", "secretary", order=stay, how="by letter", to_count=8)
    scene.refused("outside.notify", "cy", "teller", order=stay, how="by letter", to_count=8)
    scene.refused("outside.disagree", "ada", order=stay, text="We hold it wrong.")
    decision = _decided(scene, "disagreement-with-orders", "2027-01-25", "We disagree and appeal.", ratifies=stay)
    scene.accepted(
        "outside.disagree", "ada", order=stay, text="We hold it wrong.", appeal="to another court", decision=decision
    )
    lifted = _order(scene, "stay", concerns=mast, lifts=stay)
    _confirm(scene, lifted, "stay")
    scene.refused("outside.order", "ben", "secretary", effect="stay", **told | {"lifts": stay})
    founding = _decided(scene, "founding-of-lodge", "2027-02-10", "A lodge called ash.")
    scene.accepted("unit.found", "ada", unit="ash", kind="lodge", decision=founding)
    annul = _order(scene, "annul", concerns=founding)
    _confirm(scene, annul, "annul")
    scene.refused("outside.review", "ada", order=annul, thing="ash")
    review = _decided(scene, "review-after-orders", "2027-02-20", "The lodge ash is closed.")
    scene.refused("outside.review", "ada", order=annul, thing="oak", decision=review)
    scene.accepted("outside.review", "ada", order=annul, thing="ash", decision=review)
    scene.refused(
        "outside.order", "ben", "secretary", effect="seat", **told | {"person": person("eli"), "seat": "board"}
    )
    held = next(
        found.id for found in scene.state.mandates.values() if found.seat == "board" and found.person == person("di")
    )
    _confirm(scene, _order(scene, "unseat", concerns=held), "unseat")
    seat = _order(scene, "seat", person=person("eli"), seat="board", concerns=None)
    _confirm(scene, seat, "seat")
    scene.accepted("member.admit", "ben", "secretary", person=person("ivy"), unit="oak", name={"c": bytes32("ivy")})
    disclose = _order(scene, "disclose", concerns=person("ivy"))
    scene.refused("outside.carry", "ben", "secretary", order=disclose, how="Shown.")
    _confirm(scene, disclose, "disclose")
    scene.refused("outside.carry", "ada", "chair", order=disclose, how="Shown.")
    scene.accepted("outside.carry", "ben", "secretary", order=disclose, how="Shown to the court.")
    scene.refused("outside.carry", "ben", "secretary", order=disclose, how="Shown again.")
    _confirm(scene, _order(scene, "erase", concerns=person("ivy")), "erase")
    return scene


def two_ids() -> Scene:
    """Proposed, objected to, decided, joined, reviewed, parted; another dropped; another joined without objection."""
    scene = Scene("one person under two ids: evidence, objection, joining, a double entry, parting", "outside.md")
    _founded(scene)
    same = {"person": person("eli"), "joined": person("flo"), "evidence": "One handwriting.", "certainty": "probable"}
    scene.refused("same_person", "ada", "chair", **same)
    scene.accepted("member.admit", "ben", "secretary", person=person("ivy"), unit="oak")
    scene.refused("same_person", "ben", "secretary", **same | {"person": person("ivy"), "joined": person("eli")})
    scene.refused("same_person", "ben", "secretary", **same | {"certainty": "uncertain"})
    first = f"jo-{scene.state.n}"
    scene.accepted("same_person", "ben", "secretary", **same)
    scene.refused("same_person", "ben", "secretary", **same)
    scene.refused("same_person.settle", "ben", "secretary", joining=first)
    scene.refused("same_person.object", "gus", joining=first, text="I know both.")
    scene.accepted("same_person.object", "flo", joining=first, text="Eli is my brother.")
    scene.refused("not_same", "ada", joining=first, evidence="Both came.")
    song = f"mt-{scene.state.n}"
    scene.accepted("meeting.call", "ada", "chair", body="assembly", starts="2027-01-18T20:00", matters=["songs"])
    scene.accepted("notice.send", "ada", "chair", meeting=song, how="post", to_count=8)
    decision = _decided(scene, "joining-of-persons", "2027-01-18", "They are one.", person=person("flo"))
    scene.accepted(
        "meeting.open", "ada", "chair", meeting=song, present=[person(name) for name in (*BOARD, "eli", "flo")]
    )
    motion = f"mo-{scene.state.n}"
    scene.accepted("motion.move", "cy", body="assembly", matter="songs", text="An old one.")
    poll = f"po-{scene.state.n}"
    put = {"body": "assembly", "question": "Shall we?", "matter": "songs", "motion": motion, "meeting": song}
    scene.accepted("poll.open", "ada", secrecy="named", **put)
    for name in ("eli", "flo", "cy"):
        scene.accepted("ballot.cast", name, poll=poll, ballot="for")
    scene.accepted("same_person.settle", "ben", "secretary", joining=first, decision=decision)
    scene.refused("motion.move", "flo", body="assembly", matter="songs", text="Another.")
    scene.refused(
        "same_person.review", "ada", "chair", joining=first, poll=poll, finding="Both.", strikes=person("flo")
    )
    scene.refused("same_person.review", "cy", "teller", joining=first, poll=poll, finding="Both voted.")
    scene.accepted(
        "same_person.review",
        "cy",
        "teller",
        joining=first,
        poll=poll,
        finding="Both voted, alike.",
        strikes=person("flo"),
    )
    parting = _decided(scene, "parting-of-persons", "2027-02-01", "They are two.", person=person("flo"))
    scene.accepted("not_same", "ada", joining=first, evidence="Both came to the meeting.", decision=parting)
    scene.refused("not_same", "ada", joining=first, evidence="Once more.", decision=parting)
    second = f"jo-{scene.state.n}"
    scene.accepted("same_person", "ben", "secretary", **same)
    scene.accepted("same_person.settle", "ben", "secretary", joining=second, drops=True)
    third = f"jo-{scene.state.n}"
    scene.accepted("same_person", "ben", "secretary", **same | {"joined": person("gus"), "certainty": "certain"})
    scene.on("2027-02-12")
    scene.refused("same_person.object", "gus", joining=third, text="Too late.")
    scene.accepted("same_person.settle", "ben", "secretary", joining=third)
    return scene


def units() -> Scene:
    """A lodge split by a decision that names it, members who choose, two lodges merged."""
    scene = Scene("units split and merged: lists, own choice, what goes on", "outside.md")
    _founded(scene)
    scene.accepted("motion.move", "cy", body="assembly", matter="songs", text="An old one.")
    into = [
        {"unit": "ash", "members": [person("ada"), person("ben")]},
        {"unit": "fir", "name": "Fir Lodge", "members": [person("cy")]},
    ]
    split: dict[str, Any] = {"unit": "oak", "into": into, "goes_on_in": "fir"}
    scene.refused("unit.split", "ada", **split)
    decision = _decided(scene, "splitting-of-lodge", "2027-01-15", "oak becomes ash and fir.")
    scene.refused("unit.split", "ada", **split | {"into": into[:1]}, decision=decision)
    scene.refused("unit.split", "ada", **split | {"goes_on_in": "elm"}, decision=decision)
    strange = [into[0], {"unit": "fir", "members": [person("hal")]}]
    scene.refused("unit.split", "ada", **split | {"into": strange}, decision=decision)
    scene.accepted("unit.split", "ada", **split, decision=decision)
    scene.refused("unit.split", "ada", **split, decision=decision)
    scene.refused("member.move", "ben", "secretary", person=person("eli"), unit="ash")
    scene.accepted("member.move", "eli", person=person("eli"), unit="ash")
    scene.on("2027-02-20")
    scene.accepted("member.move", "ben", "secretary", person=person("flo"), unit="ash")
    merge: dict[str, Any] = {"units": ["ash", "elm"], "into": "wood", "name": "The Wood"}
    scene.refused("unit.merge", "ada", **merge)
    merging = _decided(scene, "merging-of-lodge", "2027-03-01", "ash and elm become wood.")
    scene.refused("unit.merge", "ada", **merge | {"into": "fir"}, decision=merging)
    scene.refused("unit.merge", "ada", **merge | {"units": ["ash"]}, decision=merging)
    scene.accepted("unit.merge", "ada", **merge, decision=merging)
    return scene


SCENES: dict[str, Callable[[], Scene]] = {
    "orders-from-outside": orders,
    "two-ids": two_ids,
    "units-split-and-merged": units,
}
