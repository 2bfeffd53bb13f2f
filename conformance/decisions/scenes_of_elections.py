"""Scenes of an election by single transferable vote, in the society of electors: from the call for names to a vacancy.

Lives here: what is submitted, in order, and whether it is taken. Not here: how a vector is written (`scene`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from conformance.decisions.scene import Scene, bytes32, person
from isonomy.chamber.casting import paper_of
from isonomy.engine.lots import lot_of_secret
from isonomy.engine.recount import countback_task, recount
from isonomy.record.base64_text import to_base64
from isonomy.record.box import Ballot, box_root

SECRET = bytes32("secret of the lot")
LOT = lot_of_secret(SECRET)
ELECTORS = ("ada", "rob", "tess", "ann", "bob", "cat", "dan", "eve", "fay")
MANDATES = [
    {"person": person(name), "seat": seat} for name, seat in (("ada", "clerk"), ("rob", "returner"), ("tess", "teller"))
]
PAPERS = {
    "ada": "ann bob", "tess": "ann bob", "ann": "ann bob", "bob": "bob", "cat": "cat bob", "eve": "cat", "fay": "ann dan",
}  # fmt: skip


def electors(about: str) -> Scene:
    """The society of electors: ada is clerk, rob returning officer, tess a teller, six more."""
    scene = Scene(about, "electors.md")
    scene.accepted("found", "ada", **scene.found(dict.fromkeys(ELECTORS, ""), mandates=MANDATES))
    return scene


def nominated(scene: Scene) -> str:
    """An election opened, with ann, bob, cat and dan standing, each seconded; its id."""
    opening = {"body": "assembly", "seat": "council", "lot": LOT}
    scene.refused("election.open", "ada", "clerk", **opening)
    election = scene.opened(scene.accepted("election.open", "rob", "returner", **opening), "election")
    scene.refused("election.open", "rob", "returner", **opening)
    scene.refused("nomination.make", "eve", election=election, person=person("rob"))
    for name in ("ann", "bob", "cat", "dan"):
        if name == "ann":
            scene.refused("nomination.second", "fay", election=election, person=person("ann"))
        scene.accepted("nomination.make", "eve", election=election, person=person(name))
        if name == "ann":
            scene.refused("nomination.second", "eve", election=election, person=person("ann"))
        scene.accepted("nomination.second", "fay", election=election, person=person(name))
        scene.accepted("nomination.accept", name, election=election)
    scene.accepted("nomination.make", "ada", election=election, person=person("fay"))
    scene.accepted("nomination.accept", "fay", election=election)
    scene.refused("nomination.accept", "eve", election=election)
    scene.refused("nomination.withdraw", "eve", election=election)
    scene.accepted("nomination.withdraw", "fay", election=election, why="no time after all")
    scene.refused("nominations.close", "rob", "returner", election=election)
    scene.on("2027-01-11")
    scene.refused("nominations.close", "ada", "clerk", election=election)
    scene.accepted("nominations.close", "rob", "returner", election=election)
    scene.refused("nomination.make", "eve", election=election, person=person("tess"))
    return election


def polled(scene: Scene, election: str) -> str:
    """The poll of the election, voted in secretly and closed with its box; its id."""
    ask = {
        "body": "assembly",
        "question": "Who sits on the council?",
        "matter": "election-of-council",
        "election": election,
    }
    scene.refused("poll.open", "rob", "returner", closes_on="2027-01-11", **ask)
    poll = scene.opened(scene.accepted("poll.open", "rob", "returner", closes_on="2027-01-13", **ask), "poll")
    numbers = {option.person: number for number, option in enumerate(scene.state.polls[poll].options, start=1)}
    scene.refused("ballot.cast", "ann", poll=poll, ballot=[[9]], nonce=bytes32("nonce of ann"))
    scene.refused("ballot.cast", "ann", poll=poll, ballot=[[1]])
    for name, ranks in PAPERS.items():
        paper = [[numbers[person(each)]] for each in ranks.split()]
        scene.accepted("ballot.cast", name, poll=poll, ballot=paper, nonce=bytes32(f"nonce of {name}"))
    close = {
        "poll": poll,
        "box_root": to_base64(box_root(box(scene, poll))),
        "box_size": len(PAPERS),
        "marked": len(PAPERS),
    }
    scene.refused("poll.close", "rob", "returner", **close)
    scene.on("2027-01-14")
    scene.refused("poll.close", "rob", "returner", poll=poll)
    scene.refused("poll.close", "rob", "returner", **(close | {"marked": len(PAPERS) - 1}))
    scene.accepted("poll.close", "rob", "returner", **close)
    return poll


def box(scene: Scene, poll: str) -> list[Ballot]:
    """The ballots that were cast."""
    return [paper_of(act["ballot"], act["nonce"]) for act in scene.ballots[poll].values()]


def declared(scene: Scene, poll: str) -> str:
    """The result declared as counted; its decision."""
    found = scene.state.polls[poll]
    counted = recount(scene.state, found, box(scene, poll), {"secret": SECRET}).declaration(found)
    wrong = [number for number in range(1, 5) if number not in counted["winners"]]
    scene.refused("poll.declare", "rob", "returner", **(counted | {"winners": wrong}))
    scene.refused("poll.declare", "rob", "returner", **(counted | {"box_root": bytes32("another box")}))
    scene.refused("poll.declare", "rob", "returner", **(counted | {"rule": "plurality"}))
    effects = scene.accepted("poll.declare", "rob", "returner", **counted)
    return scene.opened([each for each in effects if each["effect"] == "decision.taken"], "decision")


def appealed(scene: Scene, decision: str) -> None:
    """An appeal that the assembly dismisses."""
    lodge = {"decision": decision, "text": "The roll was wrong."}
    appeal = scene.opened(scene.accepted("election.appeal", "dan", **lodge), "appeal")
    scene.refused("election.appeal", "gus", assurance="attested", **lodge)
    call = {"body": "assembly", "starts": "2027-01-20T09:00", "matters": ["appeal-on-council"]}
    meeting = scene.opened(scene.accepted("meeting.call", "ada", "clerk", **call), "meeting")
    scene.accepted("notice.send", "ada", "clerk", meeting=meeting, how="by post", to_count=9)
    scene.on("2027-01-20")
    scene.accepted("meeting.open", "ada", "clerk", meeting=meeting, present=[person(name) for name in ELECTORS])
    matter = {"matter": "appeal-on-council", "body": "assembly"}
    scene.refused("motion.move", "eve", text="Uphold it", **matter)
    motion = scene.opened(scene.accepted("motion.move", "eve", text="Uphold it", appeal=appeal, **matter), "motion")
    ask = {"question": "Is the appeal upheld?", "motion": motion, "meeting": meeting} | matter
    poll = scene.opened(scene.accepted("poll.open", "ada", "clerk", **ask), "poll")
    scene.accepted("poll.declare", "ada", "clerk", poll=poll, rule="yes-no", tallies={"for": 2, "against": 6})
    scene.on("2027-01-25")
    scene.refused("election.appeal", "dan", **lodge)


def election() -> Scene:
    """The whole way: names, secret poll, count, a count apart, an appeal dismissed, seats, a vacancy by countback."""
    scene = electors(
        "an election by single transferable vote: names, secret poll, count apart, appeal, seats, countback"
    )
    poll = polled(scene, nominated(scene))
    decision = declared(scene, poll)
    trace = scene.state.polls[poll].trace
    scene.refused("count.attest", "eve", poll=poll, trace=trace)
    scene.accepted("count.attest", "tess", poll=poll, trace=trace)
    scene.refused("count.attest", "tess", poll=poll, trace=trace)
    winner = scene.state.decisions[decision].person.split()[0]
    seat: dict[str, Any] = {"seat": "council", "decision": decision}
    scene.refused("mandate.begin", "ada", "clerk", person=winner, **seat)
    appealed(scene, decision)
    scene.refused("mandate.begin", "ada", "clerk", person=person("eve"), **seat)
    mandates = []
    for each in scene.state.decisions[decision].person.split():
        begun = scene.accepted("mandate.begin", "ada", "clerk", person=each, **seat)
        mandates.append(scene.opened(begun, "mandate"))
    scene.on("2027-04-01")
    filling = {"tallies": {}, "winners": [4], "mandate": mandates[0]}
    scene.refused("vacancy.fill", "rob", "returner", **filling)
    scene.accepted("mandate.end", winner.removeprefix("p-").removesuffix("0000"), mandate=mandates[0], why="moved away")
    task, _ = countback_task(scene.state, mandates[0], scene.today)
    counted = task.count(box(scene, poll))
    filling = {
        "mandate": mandates[0],
        "tallies": counted.tallies,
        "winners": list(counted.winners),
        "trace": counted.trace,
    }
    filling |= {"draws": counted.draws} if counted.draws else {}
    scene.refused("vacancy.fill", "ada", "clerk", **filling)
    filled = scene.accepted("vacancy.fill", "rob", "returner", **filling)
    taken = next(each for each in filled if each["effect"] == "decision.taken")
    called = {"person": taken["person"], "seat": "council", "decision": taken["decision"]}
    scene.refused("mandate.begin", "ada", "clerk", **called)
    scene.on("2027-04-08")
    scene.accepted("mandate.begin", "ada", "clerk", **called)
    return scene


SCENES: dict[str, Callable[[], Scene]] = {"election": election}
