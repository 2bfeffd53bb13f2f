"""Scenes of an opening balance, and of rulings with appeal.

Lives here: what is submitted, in order, and whether it is taken. Not here: how a vector is written (`scene`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from conformance.decisions.scene import Scene, person

PEOPLE = ("ada", "ben", "cy", "di", "eli")
HANDS = {"secrecy": "by show of hands"}


def _line(scene: Scene, block: str, key: str) -> dict[str, Any]:
    """Clause and line of a key, as a ruling names them."""
    book = scene.state.rulebook("ed-0")
    place = {**book.bodies, **book.procedures}[block].place
    return {"clause": place.clause_of(key), "line": place.line_of(key)}


def _met(scene: Scene, body: str, matters: list[str], day: str) -> str:
    """A meeting called and noticed now by the chair, and opened on a day with everybody there; its id."""
    called = f"mt-{scene.state.n}"
    scene.accepted("meeting.call", "ada", "chair", body=body, starts=f"{day}T19:00", matters=matters)
    scene.accepted("notice.send", "ada", "chair", meeting=called, how="post", to_count=5)
    scene.on(day, 20)
    there = PEOPLE if body == "assembly" else PEOPLE[:4]
    scene.accepted("meeting.open", "ada", "chair", meeting=called, present=[person(name) for name in there])
    return called


def _moved(scene: Scene, body: str, matter: str, **more: Any) -> str:
    motion = f"mo-{scene.state.n}"
    scene.accepted("motion.move", "cy", body=body, matter=matter, text=f"On {matter}.", **more)
    return motion


def _voted(scene: Scene, meeting: str, body: str, matter: str, votes: tuple[int, int], **more: Any) -> None:
    motion, poll = _moved(scene, body, matter, **more), f"po-{scene.state.n}"
    scene.accepted(
        "poll.open", "ada", body=body, question="Shall it be?", matter=matter, motion=motion, meeting=meeting, **HANDS
    )
    tallies = {"for": votes[0], "against": votes[1], "abstain": 0}
    scene.accepted("poll.declare", "ada", poll=poll, rule="yes-no", tallies=tallies)


def opening() -> Scene:
    """An existing body is entered, objected to, laid before its assembly, approved in part and struck in part."""
    scene = Scene("opening balance: entered with sources, closed by notice, approved but for one part", "orderly.md")
    fields = scene.found({"ada": ""}, opening={"source": "a list of 2 January 2027"})
    fields["founders"][0]["since"] = "2019-05-02"
    scene.refused("found", "ada", **fields, mandates=[{"person": person("ada"), "seat": "chair"}])
    scene.accepted("found", "ada", **fields)
    listed = [{"person": person(name), "since": "2020-02-01"} for name in PEOPLE[1:]]
    scene.accepted("opening.enter", "ada", source="the same list", members=listed)
    scene.refused("opening.enter", "ada", source="the same list", members=listed[:1])
    scene.refused(
        "opening.enter",
        "ben",
        assurance="attested",
        source="another list",
        members=[{"person": person("fay"), "since": "2020-02-01"}],
    )
    held = [{"person": person("ada"), "seat": "chair", "since": "2026-05-01"}]
    scene.refused("opening.enter", "ada", source="minutes", mandates=[{**held[0], "until": "2031-05-01"}])
    scene.accepted("opening.enter", "ada", source="minutes of 1 May 2026", mandates=held)
    decision = {"seat": "assembly", "matter": "rent", "text": "The rent is 20 a day.", "taken_on": "2026-05-01"}
    scene.accepted("opening.enter", "ada", source="minutes of 1 May 2026", decision=decision)
    motion = {"body": "assembly", "matter": "roof", "text": "A roof.", "mover": person("cy"), "moved_on": "2026-12-01"}
    scene.accepted("opening.enter", "ada", source="a letter", motion={**motion, "seconders": [person("di")]})
    scene.refused("motion.move", "cy", assurance="attested", body="assembly", matter="roof", text="A roof.")
    scene.accepted("opening.object", "di", assurance="attested", part="op-3", text="The rent was 25.")
    scene.refused("opening.object", "di", assurance="attested", part="op-9", text="There is none.")
    meeting = _met(scene, "assembly", ["opening-balance"], "2027-01-25")
    _voted(scene, meeting, "assembly", "opening-balance", (1, 4), ratifies="op-3")
    scene.refused(
        "poll.open", "ada", body="assembly", question="A roof?", matter="roof", motion="mo-4", meeting=meeting, **HANDS
    )
    _voted(scene, meeting, "assembly", "opening-balance", (5, 0))
    scene.refused("opening.object", "di", assurance="attested", text="Too late.")
    scene.accepted("motion.move", "cy", assurance="attested", body="assembly", matter="roof", text="Another roof.")
    return scene


def rulings() -> Scene:
    """A ruling that lets a question through, one that keeps one out, appeals sustained and overturned, one for all cases."""
    scene = Scene(
        "rulings: obeyed and cited, appealed at once, another presides, overturned, reviewed, for all cases",
        "orderly.md",
    )
    seats = [("ada", "chair"), ("ben", "secretary"), *((name, "board") for name in PEOPLE[:4])]
    mandates = [{"person": person(name), "seat": seat} for name, seat in seats]
    scene.accepted("found", "ada", **scene.found(dict.fromkeys(PEOPLE, ""), mandates=mandates))
    letter = _moved(scene, "assembly", "letters")
    between = {
        "words": "Discussed enough.",
        "reading": "discussed-enough",
        "motion": letter,
        **_line(scene, "letters", "discussion"),
    }
    scene.refused("ruling.make", "ben", **between)
    first = f"ru-{scene.state.n}"
    scene.accepted("ruling.make", "ada", **between)
    poll = f"po-{scene.state.n}"
    scene.accepted(
        "poll.open",
        "ada",
        body="assembly",
        question="A letter?",
        matter="letters",
        motion=letter,
        closes_on="2027-01-06",
    )
    scene.accepted("ballot.cast", "cy", poll=poll, ballot="for")
    scene.on("2027-01-07")
    scene.accepted("poll.close", "ada", poll=poll)
    decision = f"de-{scene.state.n}"
    scene.accepted("poll.declare", "ada", poll=poll, rule="yes-no", tallies={"for": 1, "against": 0, "abstain": 0})
    scene.accepted("ruling.appeal", "eli", ruling=first, words="It was not.")
    scene.refused("ruling.appeal", "di", ruling=first)
    board = _met(scene, "board", ["ruling"], "2027-01-12")
    scene.refused("ruling.decide", "ada", ruling=first, meeting=board, sustain=3, overturn=0)
    scene.accepted("ruling.decide", "ben", ruling=first, meeting=board, sustain=2, overturn=2)
    _voted(scene, board, "board", "ruling", (3, 1), ratifies=decision)
    _voted(scene, board, "board", "ruling", (4, 0))
    every = {"words": "On ruling.", "reading": "days-counted", **_line(scene, "dues", "notice")}
    scene.refused("ruling.make", "ben", **every, decision=decision)
    scene.accepted("ruling.make", "ben", **every, decision=f"de-{scene.state.n - 1}")
    scene.accepted("meeting.close", "ada", "chair", meeting=board)
    meeting = _met(scene, "assembly", ["roof"], "2027-02-01")
    paint = _moved(scene, "assembly", "paint")
    meets = _line(scene, "assembly", "meets")
    put = {"body": "assembly", "question": "Paint?", "matter": "paint", "motion": paint, "meeting": meeting, **HANDS}
    scene.refused("poll.open", "ada", **put)
    scene.refused(
        "ruling.make",
        "ada",
        meeting=meeting,
        words="So.",
        reading="outside-the-notice",
        matter="removal-from-chair",
        **meets,
    )
    reading = {"words": "Paint is roof.", "reading": "within-the-notice", "matter": "paint", "within": "roof", **meets}
    second = f"ru-{scene.state.n}"
    scene.accepted("ruling.make", "ada", meeting=meeting, **reading)
    poll = f"po-{scene.state.n}"
    scene.accepted("poll.open", "ada", **put)
    scene.accepted("ruling.appeal", "cy", ruling=second)
    tallies = {"for": 5, "against": 0, "abstain": 0}
    scene.refused("poll.declare", "ada", poll=poll, rule="yes-no", tallies=tallies)
    scene.accepted("ruling.decide", "ben", ruling=second, meeting=meeting, sustain=4, overturn=1)
    scene.accepted("poll.declare", "ada", poll=poll, rule="yes-no", tallies=tallies)
    return scene


SCENES: dict[str, Callable[[], Scene]] = {"opening-balance": opening, "rulings": rulings}
