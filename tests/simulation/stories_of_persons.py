"""Stories of persons: criticised, asked to go, recalled, resigned, dead; members who come, go, and enrol keys.

Lives here: removal, petition, recall, resignation, criticism, the roll. Not here: seats and works (`stories_of_works`).
"""

from __future__ import annotations

from isonomy.record.base64_text import to_base64
from isonomy.record.commitment import seal
from tests.simulation.life import Life, Story
from tests.simulation.stories_of_meetings import close_and_declare, sitting


def sealed(life: Life, label: str, value: str) -> tuple[dict[str, str], str]:
    """A commitment to a value, and the salt that opens it in base64."""
    salt = life.random.randbytes(32)
    return seal(salt, label, value), to_base64(salt)


def removals(life: Life) -> Story:
    """Somebody asks that the chair go: by members of the committee, by members, by a branch; heard, suspended, voted on or kept."""
    while True:
        yield life.later(life.random.randrange(60, 260))
        held = [found for found in life.state.mandates_of_seat("chair", life.today) if found.is_valid_on(life.today)]
        if not held:
            continue
        mandate, concerned = held[0].id, held[0].person
        grounds = "The chair answers to nobody." if life.random.random() < 0.9 else None
        of = "members" if life.random.random() < 100 / (200 + len(life.known())) else "committee"
        askers = (
            list(life.holders("committee"))
            if of == "committee"
            else life.random.sample(life.known(), k=max(3, len(life.known()) // 8))
        )
        askers = [person for person in askers if person != concerned]
        if not askers:
            continue
        if life.random.random() < 0.2:
            unit = life.draw.pick(life.units(), "")
            item = yield from life.decided(
                f"branch-meeting@{unit}", "asking-removal-from-chair", motion={"person": concerned}
            )
            by, office = life.presiding(f"branch-meeting@{unit}")
            entry = life.act(
                "removal.ask", by, office, mandate=mandate, grounds=grounds, decision=item.decision or None
            )
        else:
            entry = life.act("removal.ask", askers[0], mandate=mandate, grounds=grounds, of=of)
        if entry is None:
            continue
        id = f"rv-{entry}"
        if life.random.random() < 0.2:
            life.act("removal.support", askers[-1], removal=id)
            life.act("removal.retract", askers[-1], removal=id)
        for asker in askers[1:]:
            life.act("removal.support", asker, removal=id)
        life.act("removal.retract", askers[0], removal=id)
        if life.random.random() < 0.5:
            life.act("removal.answer", concerned, removal=id, text="I answered every letter.")
        yield from _heard(life, id, concerned, askers[0])
        removal = life.state.removals[id]
        if removal.standing != "stands":
            continue
        if life.random.random() < 0.5:
            item = yield from life.decided("committee", "suspension-from-chair", motion={"person": concerned})
            by, office = life.presiding("committee", besides=concerned)
            life.act(
                "mandate.suspend", by, office, removal=id, decision=item.decision or None, last=life.later(40)[:10]
            )
        life.tell(_voted_on(life, id, concerned, askers[0]))
        if life.random.random() < 0.5:
            life.tell(_kept(life, concerned))
        if life.random.random() < 0.4:
            yield from life.decided("congress", "censure-of-chair", motion={"person": concerned})


def _heard(life: Life, id: str, concerned: str, asker: str) -> Story:
    who = life.one("general-secretary", concerned) if life.random.random() < 0.6 else ""
    if who:
        life.act("hearing.offer", who, "general-secretary", removal=id, starts=life.later(8, 18), place="The hall")
    else:
        yield life.later(9)
        life.act("hearing.offer", asker, removal=id, starts=life.later(8, 18))
    how = life.random.choice(("held", "waived", "not used", "waived"))
    if how == "waived":
        life.act("hearing.enter", concerned, removal=id, how=how)
        return
    yield life.later(8, 20)
    life.act("hearing.enter", who or asker, removal=id, how=how)


def _voted_on(life: Life, id: str, concerned: str, asker: str) -> Story:
    """A congress on it: called by the committee, or by those who asked once nobody did."""
    removal = life.state.removals[id]
    item = life.agenda_of_motion("congress", "removal-from-chair", removal.motion, concerned)
    if life.random.random() < 0.5:
        yield life.later(max(1, (life.arena_day(removal.call_by or life.today) - life.day()).days + 1))
        yield from sitting(life, "congress", 17, by=asker, as_="")
    else:
        called = yield from life.decided("committee", "call-of-congress", motion={"text": "The congress meets."})
        by, office = life.presiding("committee", besides=concerned)
        yield from sitting(life, "congress", 16, by=by, as_=office, decision=called.decision or None)
    yield life.later(30)
    item.done = True
    if item in life.waiting("congress"):
        life.waiting("congress").remove(item)


def _kept(life: Life, concerned: str) -> Story:
    item = yield from life.decided(
        "congress", "retention-of-chair", motion={"person": concerned, "text": "Every letter is answered in 14 days."}
    )
    if item.decision and life.random.random() < 0.6:
        yield life.later(185)
        yield from life.decided("congress", "review-of-chair", motion={"person": concerned}, carried=0.6)


def recalls(life: Life) -> Story:
    """Members of a branch petition for a recall, known to the returning officer alone; the poll is opened late or by others."""
    while True:
        yield life.later(life.random.randrange(30, 160))
        unit = life.draw.pick(life.units(), "b00")
        seat = f"branch-secretary@{unit}"
        held = [found for found in life.state.mandates_of_seat(seat, life.today) if found.is_valid_on(life.today)]
        if not held:
            continue
        members = [person for person in life.holders(f"branch-meeting@{unit}") if person != held[0].person]
        if len(members) < 3:
            continue
        opener = life.random.choice(members)
        entry = life.act(
            "petition.open", opener, text="She answers no letter.", petition="branch-secretary", mandate=held[0].id
        )
        if entry is None:
            continue
        id = f"pe-{entry}"
        life.act("petition.support", members[0], petition=id)
        enough = len(members) // 4 + 2 if life.random.random() < 0.8 else 1
        for batch in (enough // 2, enough - enough // 2):
            yield life.later(life.random.randrange(1, 20))
            life.act("petition.attest", life.one("returning-officer"), "returning-officer", petition=id,
                     commitments=[sealed(life, "supporter", str(n))[0]["c"] for n in range(batch)] or [life.draw.bytes32()])  # fmt: skip
        petition = life.state.petitions[id]
        if not petition.motion:
            continue
        late = life.random.random() < 0.4
        yield life.later(23 if late else life.random.randrange(1, 20))
        by, office = (opener, "") if late else (life.one("returning-officer"), "returning-officer")
        opened = life.sure("poll.open", by, office, body=f"branch-meeting@{unit}", question="Shall she go?", matter="recall-from-branch-secretary",
                          motion=petition.motion, closes_on=life.later(6)[:10])  # fmt: skip
        if opened is None:
            continue
        poll = life.state.polls[f"po-{opened}"]
        life.vote(poll, life.random.random() < 0.5)
        yield f"{poll.closes_on}T20:00"
        close_and_declare(life, poll, by, office)


def petitions(life: Life) -> Story:
    """Members petition the congress for a matter and the committee for an answer; some think again; some come too late."""
    while True:
        # Each voice counts all members: among thousands a petition is rarer, so that years do not take hours.
        yield life.later(life.random.randrange(20, 120) * (1 + len(life.known()) // 700))
        kind = life.random.choice(("agenda", "question"))
        told = {"matter": life.random.choice(("policy", "programme"))} if kind == "agenda" else {}
        entry = life.act("petition.open", life.member(), text="Where does the money go?", petition=kind, **told)
        if entry is None:
            continue
        id = f"pe-{entry}"
        share = 12 if kind == "agenda" else 7
        people = life.random.sample(life.known(), k=min(len(life.known()), len(life.known()) // share + 4))
        for place, person in enumerate(people):
            if life.state.petitions[id].reached_on and life.random.random() < 0.9:
                break
            life.act("petition.support", person, petition=id)
            if place == 1:
                life.act("petition.retract", person, petition=id)
            if place % 40 == 39:
                yield life.later(1)
        if not life.state.petitions[id].reached_on or kind == "agenda":
            continue
        yield life.later(2)
        item = yield from life.decided("committee", "petition-to-committee", motion={"text": "It goes to the roof."})
        by, office = life.presiding("committee")
        life.act("petition.answer", by, office, petition=id, decision=item.decision or None)


def criticisms(life: Life) -> Story:
    """Members criticise: named, known to one office, joined, answered by all to whom it comes, left unanswered, withdrawn."""
    while True:
        yield life.later(life.random.randrange(4, 40))
        unit = life.draw.pick(life.units(), "b00")
        to = life.random.choice(
            ("committee", "chair", "general-secretary", f"branch-secretary@{unit}", "returning-officer")
        )
        critic, words = life.member(), f"You did not answer letter {life.random.randrange(99)}."
        told: dict[str, object] = {"to": to, "text": words}
        salt, hidden = "", ""
        if to == "returning-officer":
            commitment, salt = sealed(life, "words", words)
            told = {"to": to, "sealed": commitment}
        if life.random.random() < 0.2:
            office = "general-secretary" if to == "returning-officer" else "returning-officer"
            commitment, hidden = sealed(life, "critic", critic)
            entry = life.act("criticism.make", life.one(office), office, author=commitment, **told)
        else:
            entry = life.act("criticism.make", critic, **told)
        if entry is not None:
            life.tell(_criticism(life, f"ct-{entry}", critic, words, salt, hidden))


def _criticism(life: Life, id: str, critic: str, words: str, salt: str, hidden: str) -> Story:
    criticism = life.state.criticisms[id]
    for _ in range(life.random.randrange(3)):
        life.act("criticism.join", life.member(), criticism=id)
    if hidden and life.random.random() < 0.6:
        life.act("criticism.avow", critic, criticism=id, salt=hidden)
    if life.random.random() < 0.1:
        life.act("criticism.withdraw", critic, criticism=id, why="It is answered.")
    yield life.later(life.random.choice((3, 15, 25)))
    if life.random.random() < 0.3:
        life.tell(_against(life, critic))
    seat = criticism.addressee
    if life.random.random() < 0.6:
        if seat == "committee":
            yield from _by_decision(life, id, seat)
        elif life.act("criticism.answer", life.one(seat), seat, criticism=id, text="We did answer it."):
            life.act("criticism.rejoin", critic, criticism=id, text="You did not.", seat=seat)
    elif life.random.random() < 0.6:
        yield life.later(30)
        yield from _by_decision(life, id, life.random.choice(("committee", "congress")))
    if salt:
        yield life.later(60)
        life.act(
            "criticism.open",
            life.random.choice((critic, life.one("general-secretary"))),
            criticism=id,
            text=words,
            salt=salt,
        )
    if life.random.random() < 0.2:
        body = life.random.choice(("committee", f"branch-meeting@{life.draw.pick(life.units(), 'b00')}"))
        item = yield from life.decided(body, "disagreement", motion={"ratifies": id, "text": "We see it otherwise."})
        by, office = life.presiding(body)
        life.act(
            "disagreement.record", by, office, about=id, text="We see it otherwise.", decision=item.decision or None
        )


def _by_decision(life: Life, id: str, body: str) -> Story:
    item = yield from life.decided(body, "answer-to-criticism", motion={"ratifies": id, "text": "We did answer it."})
    by, office = life.presiding(body)
    life.act(
        "criticism.answer",
        by,
        office,
        criticism=id,
        text="We did answer it.",
        seat=body,
        decision=item.decision or None,
    )
    life.act("criticism.rejoin", life.draw.pick(life.state.criticisms[id].critics, ""), criticism=id, text="Late.")


def _against(life: Life, critic: str) -> Story:
    """Something is done against a critic; the panel is asked now and then."""
    held = list(life.state.mandates_of_person(critic, life.today))
    if life.random.random() < 0.5:
        item = yield from life.decided("protection-panel", "protection-of-critics", motion={"person": critic})
        yield life.later(1 if item.done else 2)
    life.act(
        "member.move",
        life.one(f"branch-secretary@{life.state.persons[critic].unit}"),
        person=critic,
        unit=life.draw.pick(life.units(), "b00"),
    )
    if held:
        seat = held[0].seat.partition("@")[0]
        body = "congress" if seat == "committee" else f"branch-meeting@{life.state.persons[critic].unit}"
        item = yield from life.decided(body, f"removal-from-{seat}", motion={"person": critic})
        life.act(
            "mandate.end",
            life.one("general-secretary"),
            "general-secretary",
            mandate=held[0].id,
            decision=item.decision or None,
        )


def roll(life: Life) -> Story:
    """Members come, move, leave and die; holders resign and think again; keys are enrolled and revoked, names erased."""
    while True:
        yield life.later(life.random.randrange(2, 12))
        unit = life.draw.pick(life.units(), "b00")
        secretary, seat = life.one(f"branch-secretary@{unit}"), f"branch-secretary@{unit}"
        for _ in range(life.random.randrange(3)):
            life.born += 1
            life.act(
                "member.admit", secretary, seat, person=f"p-m{life.born:06}", unit=unit, name={"c": life.draw.bytes32()}
            )
        person = life.member()
        how = life.random.randrange(9)
        if how == 0:
            life.act("member.leave", person, why="I move abroad.")
        elif how == 1:
            life.act(
                "member.die",
                life.one("general-secretary") or secretary,
                person=person,
                on=life.today,
                evidence="a certificate",
            )
        elif how == 2:
            life.act("member.move", person, person=person, unit=unit)
        elif how == 3:
            yield from _resigned(life)
        elif how == 4:
            entry = life.act("key.enrol", person, person=person, key=life.draw.bytes32())
            numbers = [found.number for found in life.state.credentials.values() if found.person == person]
            if entry is not None and life.random.random() < 0.5:
                life.act("key.revoke", person, credential=numbers[-1], why="It is lost.")
        elif how == 5:
            found = life.state.persons[person]
            if found.name:
                life.act("erase", person, entry=found.entry, commitment=found.name["c"], ground="wish")
        elif how == 6:
            yield from _resigned(life, "chair", "general-secretary", "returning-officer")


def _resigned(life: Life, *seats: str) -> Story:
    held = [
        found
        for found in life.state.mandates.values()
        if found.is_valid_on(life.today) and (not seats or found.seat in seats)
    ]
    if not held or life.random.random() < 0.6:
        return
    mandate = life.random.choice(held)
    on = life.later(30)[:10] if mandate.seat in ("chair", "general-secretary", "returning-officer") else None
    if (
        life.act("mandate.end", mandate.person, mandate=mandate.id, why="I am tired.", on=on) is not None
        and life.random.random() < 0.4
    ):
        yield life.later(3)
        life.act("resignation.withdraw", mandate.person, mandate=mandate.id)
