"""Scenes of founding, members, keys, seats and the clock.

Lives here: what is submitted, in order, and whether it is taken. Not here: how a vector is written (`scene`).
"""

from __future__ import annotations

from collections.abc import Callable

from conformance.decisions.scene import Scene, bytes32, person

UNITS = [{"unit": "north", "kind": "branch"}, {"unit": "south", "kind": "branch"}]
MANDATES = [{"person": person("ada"), "seat": "chair"}, {"person": person("ben"), "seat": "secretary"}]
FOUNDERS = {"ada": "north", "ben": "south", "cy": "north"}


def society(about: str, *more: str) -> Scene:
    """The society of two branches, founded: ada chairs, ben is secretary, cy and more are members, all in a branch."""
    scene = Scene(about, "society.md")
    founders = FOUNDERS | dict.fromkeys(more, "south")
    scene.accepted("found", "ada", **scene.found(founders, units=UNITS, mandates=MANDATES))
    return scene


def founding() -> Scene:
    """Nothing before the founding, one founding, a text that comes in parts."""
    scene = Scene("founding: the text in two parts; nothing before it is whole; once", "society.md")
    fields = scene.found(FOUNDERS, units=UNITS, mandates=MANDATES)
    scene.refused("member.leave", "ada")
    scene.refused("found", "ada", **(fields | {"sha256": "0" * 64}))
    scene.refused("found", "dora", assurance="attested", **fields)
    text = scene.rulebook
    half = len(text) // 2
    scene.refused("found", "ada", **(fields | {"rulebook": text[:half], "parts": 2}))
    fields = scene.found(dict.fromkeys(FOUNDERS, ""), member_class="")
    scene.accepted("found", "ada", **(fields | {"rulebook": text[:half], "parts": 2}))
    scene.refused("member.leave", "cy")
    scene.refused("rulebook.part", "ada", edition="ed-0", part=1, text="another text")
    scene.accepted("rulebook.part", "ada", edition="ed-0", part=1, text=text[half:])
    scene.refused("rulebook.part", "ada", edition="ed-0", part=1, text=text[half:])
    scene.refused("found", "ada", **fields)
    return scene


def envelope() -> Scene:
    """The envelope: its log, its time, its id, what its author had seen, how the author is known."""
    scene = society("envelope: another log, too late, an id again, an author unknown, a key that is not the author's")
    act = scene.act("member.move", "cy", person=person("cy"), unit="south")
    scene.send(act | {"log": "elsewhere.conformance.invalid"}, scene.auth(act, "cy", "attested"))
    scene.send(act | {"until": "2027-01-04T08:59:59Z"}, scene.auth(act, "cy", "attested"))
    scene.send(act, scene.auth(act, "cy"))
    scene.send(act, scene.auth(act, "cy"))
    scene.send(act | {"unit": "north"}, scene.auth(act, "cy", "attested"))
    other = scene.act("member.move", "cy", person=person("cy"), unit="north")
    scene.send(other, scene.auth(other, "ben"))
    scene.refused("member.move", "nobody", assurance="attested", person=person("cy"), unit="north")
    scene.refused("member.move", "cy", assurance="console", person=person("cy"), unit="north")
    scene.accepted(
        "member.admit", "ben", "secretary", assurance="console", person=person("emil"), member_class="friend"
    )
    scene.refused("member.move", "cy", person=person("cy"), unit="north", expects=0)
    scene.accepted("member.move", "cy", person=person("cy"), unit="north", expects=1)
    return scene


def members() -> Scene:
    """Admission, moving, leaving, death, and a name that is erased."""
    scene = society("members: who admits, who moves, who leaves; death; erasing a name")
    name = {"c": bytes32("name of dora")}
    dora = {"person": person("dora"), "member_class": "full", "unit": "north", "name": name}
    scene.refused("member.admit", "cy", **dora)
    scene.refused("member.admit", "ben", "secretary", **(dora | {"unit": "west"}))
    scene.accepted("member.admit", "ben", "secretary", **dora)
    scene.refused("member.admit", "ben", "secretary", **dora)
    scene.accepted("member.admit", "ben", "secretary", person=person("emil"), member_class="friend")
    scene.refused("member.move", "cy", person=person("dora"), unit="south")
    scene.accepted("member.move", "dora", person=person("dora"), unit="south")
    scene.refused("erase", "cy", entry=1, commitment=name["c"], ground="curiosity")
    scene.accepted("erase", "dora", entry=1, commitment=name["c"], ground="the person's own request")
    scene.refused("member.die", "ben", "secretary", person=person("emil"), on="2027-02-01")
    scene.accepted("member.die", "ben", "secretary", person=person("emil"), on="2027-01-04")
    scene.accepted("member.leave", "dora", why="moving abroad")
    scene.refused("member.leave", "dora")
    return scene


def keys() -> Scene:
    """Keys by their member and by a keeper; assurance follows the enrolment."""
    scene = society("keys: a first key by the keeper of the roll, a further one by its member; revoked")
    scene.accepted("member.admit", "ben", "secretary", person=person("dora"), member_class="full", unit="north")
    scene.refused("key.enrol", "cy", person=person("dora"), key=scene.key("dora"))
    scene.accepted("key.enrol", "ben", "secretary", person=person("dora"), key=scene.key("dora"))
    scene.keyed.append("dora")
    scene.refused("key.enrol", "ben", "secretary", person=person("dora"), key=scene.key("dora again"))
    scene.accepted("key.enrol", "dora", person=person("dora"), key=scene.key("dora again"))
    scene.accepted("key.enrol", "cy", assurance="attested", person=person("cy"), key=scene.key("cy again"))
    scene.refused("key.revoke", "cy", credential=0)
    scene.accepted("key.revoke", "ada", credential=0, why="lost")
    scene.refused("key.revoke", "ada", assurance="attested", credential=0)
    scene.refused("member.leave", "ada")
    return scene


def seats() -> Scene:
    """A seat by appointment, its end, and what a keeper of the record does with a clock that ran ahead."""
    scene = society("seats: an appointment, a resignation; the clock set back")
    treasurer = {"person": person("cy"), "seat": "treasurer"}
    scene.refused("mandate.begin", "ben", "secretary", **treasurer)
    begun = scene.accepted("mandate.begin", "ada", "chair", **treasurer)
    mandate = scene.opened(begun, "mandate")
    scene.refused("mandate.end", "ben", "secretary", mandate=mandate)
    scene.accepted("mandate.end", "cy", mandate=mandate, why="no time")
    scene.refused("clock.reset", "ben", "secretary", why="nothing is ahead")
    scene.on("2031-01-04")
    scene.accepted("member.move", "cy", person=person("cy"), unit="south")
    scene.on("2027-01-05")
    scene.refused("member.move", "cy", person=person("cy"), unit="north")
    scene.refused("clock.reset", "cy", why="the clock was four years ahead")
    scene.accepted("clock.reset", "ben", "secretary", why="the clock was four years ahead")
    scene.accepted("member.move", "cy", person=person("cy"), unit="north")
    return scene


SCENES: dict[str, Callable[[], Scene]] = {
    "founding": founding, "envelope": envelope, "members": members, "keys": keys, "seats": seats,
}  # fmt: skip
