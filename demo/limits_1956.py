"""1956 in ten acts: what was not called, not on the notice, not the right body, and what ends by itself.

Lives here: the fourth to the ninth act. Not here: the others, and the story (`association_1956`).
"""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

from demo.league import PEOPLE, League, no_ids, show
from demo.stage import say, scene
from isonomy.chamber.answers import Answer
from isonomy.engine.duties import duties
from isonomy.kernel.calendar import parse_date, say_date
from isonomy.record.base64_text import to_base64
from isonomy.record.commitment import seal

HANDS = "by show of hands"
CONGRESS = "2028-08-20T18:00"
WORDS = "The hall was let without asking anybody."


def _must(answer: Answer) -> Any:
    """The entry of an act of the story; a refusal here is a fault of the demonstration."""
    if not answer.is_accepted:
        raise SystemExit(f"refused, against the story: {answer.refusal}")
    return answer.entry


def _due(league: League, thing: str) -> None:
    """What is due of a thing on the day of the story."""
    now = parse_date(league.clock.at[:10])
    for duty in duties(league.appender.state, now):
        if duty.thing == thing:
            say("due", f"{duty.duty}: by {say_date(parse_date(duty.due_on))}, clause {duty.clause}")
            say("why", no_ids(league, duty.derivation))


def fourth_act(league: League) -> None:
    """The branches call the congress that nobody called."""
    scene("Act 4. The branches call the overdue congress")
    say(
        "document",
        'The same document (001): congresses "were not held at all for many years"; those who owed the call did not call.',
    )
    call = {
        "as_": "branch-secretary@south", "body": "congress", "starts": CONGRESS, "by_right": "2027-05-01",
        "matters": ["policy", "removal-from-secretary"],
    }  # fmt: skip
    league.clock.at = "2027-05-20T09:00:00Z"
    say("here", f"On {say_date(date(2027, 5, 20))}, 19 days after its day, the south calls it.")
    early = {**call, "starts": "2027-07-01T18:00"}
    show(league, league.submit("meeting.call", "member-one", **early))
    league.clock.at = "2028-08-01T09:00:00Z"
    say("here", f"It is {say_date(date(2028, 8, 1))}. The south calls it again, and sends the notice.")
    answer = league.submit("meeting.call", "member-one", **call)
    show(league, answer)
    meeting = _must(answer)["effects"][0]["meeting"]
    sent = league.submit(
        "notice.send", "member-one", as_="branch-secretary@south", meeting=meeting, how="post", to_count=5
    )
    show(league, sent)


def _meeting(league: League) -> str:
    """The congress that the south called."""
    return next(found.id for found in league.appender.state.meetings.values() if found.starts == CONGRESS)


def fifth_act(league: League) -> None:
    """A matter that no notice named."""
    scene("Act 5. A matter that was not on the notice is barred")
    say("document", 'Encyclopaedia entry (003): an "unscheduled session" without notice of its subject.')
    league.clock.at = "2028-08-20T17:05:00Z"
    present = [league.person(name) for name in PEOPLE]
    _must(league.submit("meeting.open", "chair", as_="chair", meeting=_meeting(league), present=present))
    say("here", "The congress is open. The chair puts a question that stood on no notice: the sale of the hall.")
    put = {"body": "congress", "question": "Shall the hall be sold?", "matter": "sale-of-the-hall", "secrecy": HANDS}
    show(league, league.submit("poll.open", "chair", as_="chair", meeting=_meeting(league), **put))


def _decided(league: League, question: str, matter: str, **more: Any) -> str:
    """A question that the congress carries by four votes to one; the decision."""
    put = {
        "body": "congress",
        "question": question,
        "matter": matter,
        "secrecy": HANDS,
        "meeting": _meeting(league),
        **more,
    }
    poll = _must(league.submit("poll.open", "chair", as_="chair", **put))["effects"][0]["poll"]
    tallies = {"for": 4, "against": 1, "abstain": 0}
    declared = league.submit("poll.declare", "chair", as_="chair", poll=poll, rule="yes-no", tallies=tallies)
    show(league, declared)
    return str(
        next(effect["decision"] for effect in _must(declared)["effects"] if effect["effect"] == "decision.taken")
    )


def sixth_act(league: League) -> None:
    """The secretary is removed, by the body that may."""
    scene("Act 6. The secretary is removed by the right body")
    say(
        "document",
        'Lenin\'s note of January 1923 (in document 001): "remove Stalin from his post, and to select another man".',
    )
    person = league.person("secretary")
    mandate = next(found.id for found in league.appender.state.mandates_of_seat("secretary", "2028-08-20"))
    say("here", "The chair removes the secretary alone.")
    show(league, league.submit("mandate.end", "chair", as_="chair", mandate=mandate, why="I want another"))
    say("here", "A member moves it in the congress, on whose notice it stood, and the congress decides.")
    moved = league.submit(
        "motion.move",
        "member-two",
        body="congress",
        matter="removal-from-secretary",
        text="Another secretary.",
        person=person,
    )
    motion = _must(moved)["effects"][0]["motion"]
    decision = _decided(league, "Shall the secretary be removed?", "removal-from-secretary", motion=motion)
    show(league, league.submit("mandate.end", "chair", as_="chair", mandate=mandate, decision=decision))
    say("here", "And it selects another.")
    chosen = league.person("member-three")
    option = [{"name": "Person E", "person": chosen}]
    decision = _decided(league, "Who shall be secretary?", "election-of-secretary", seat="secretary", options=option)
    show(league, league.submit("mandate.begin", "chair", person=chosen, seat="secretary", decision=decision))
    _must(league.submit("meeting.close", "chair", as_="chair", meeting=_meeting(league)))


def seventh_act(league: League) -> None:
    """A decision that could not wait, and did not last."""
    scene("Act 7. An urgent decision lapses")
    say("document", "R. Palme Dutt (002): decisions that waited for no committee's endorsement.")
    league.clock.at = "2028-09-01T09:00:00Z"
    say("here", "The chair answers a letter that cannot wait, first without and then with the grounds.")
    take = {"as_": "chair", "matter": "relations", "text": "We meet the harbour league."}
    show(league, league.submit("decision.take", "chair", **take))
    taken = league.submit("decision.take", "chair", **take, grounds="They sail tomorrow.")
    show(league, taken)
    decision = _must(taken)["effects"][0]["decision"]
    _due(league, decision)
    league.clock.at = "2028-10-02T09:00:00Z"
    standing = league.appender.state.decisions[decision].standing_on("2028-10-02")
    say(
        "here",
        f"Nobody ratifies it. On {say_date(date(2028, 10, 2))} it is: {standing}. A member wants it ratified after all.",
    )
    late = {"body": "congress", "matter": "ratification", "text": "Ratified after all.", "ratifies": decision}
    show(league, league.submit("motion.move", "member-one", **late))


def eighth_act(league: League) -> None:
    """A limit that was called temporary, and is."""
    scene("Act 8. A temporary limit expires")
    say(
        "document",
        "Central Committee of the CPSU (001): limits adopted as temporary were carried over into the standards.",
    )
    league.clock.at = "2028-10-05T09:00:00Z"
    say("here", "The hall is flooded. The chair declares the emergency of clause 7, under which no election is held.")
    declared = league.submit(
        "emergency.declare", "chair", as_="chair", emergency="hall", fact="flood", words="The hall stands under water."
    )
    show(league, declared)
    emergency = next(iter(league.appender.state.emergencies.values()))
    say(
        "here",
        f"Its last day is {say_date(parse_date(emergency.until))}. On the day after, nobody has done anything.",
    )
    league.clock.at = "2028-11-06T09:00:00Z"
    say(
        "state",
        f"{emergency.id} is {'in force' if emergency.is_in_force_on('2028-11-06') else 'over'} on {say_date(date(2028, 11, 6))}",
    )
    say("here", "The chair wants it to go on.")
    show(
        league,
        league.submit(
            "emergency.declare", "chair", as_="chair", emergency="hall", fact="flood", words="Still some water."
        ),
    )


def ninth_act(league: League) -> None:
    """Words that lie sealed, with a day on which they open."""
    scene("Act 9. A sealed speech opens on its date")
    say("document", "Encyclopaedia entry (003): the speech was reported after a month and published in full in 1989.")
    salt = hashlib.sha256(b"isonomy demonstration, not a secret: the speech").digest()
    league.clock.at = "2028-11-10T09:00:00Z"
    say("here", "A member criticises the chair. The words lie sealed, and the day on which they open is in the record.")
    made = league.submit("criticism.make", "member-two", to="chair", sealed=seal(salt, "words", WORDS))
    show(league, made)
    criticism = _must(made)["effects"][0]["criticism"]
    _due(league, criticism)
    opened = {"criticism": criticism, "text": WORDS, "salt": to_base64(salt)}
    league.clock.at = "2030-11-09T09:00:00Z"
    say("here", "On the day before, the keeper of the record opens it.")
    show(league, league.submit("criticism.open", "member-three", as_="secretary", **opened))
    league.clock.at = "2030-11-10T09:00:00Z"
    say("here", "On its day the keeper opens other words than those that were sealed, and then those.")
    show(league, league.submit("criticism.open", "member-three", as_="secretary", **{**opened, "text": "All is well."}))
    show(league, league.submit("criticism.open", "member-three", as_="secretary", **opened))
