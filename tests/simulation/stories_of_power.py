"""Stories of power: taken alone, handed over, handed on, in an emergency; and the texts that amend all of it.

Lives here: decisions alone with their limits, delegations, emergencies, editions, rulings. Not here: meetings (`stories_of_meetings`).
"""

from __future__ import annotations

import hashlib

from tests.simulation.life import Life, Story
from tests.simulation.stories_of_meetings import sitting


def alone(life: Life) -> Story:
    """Offices decide alone, more often than their limits let them; some of it is ratified in time, some refused, some reported."""
    while True:
        yield life.later(life.random.randrange(3, 45))
        office, matter, told = life.random.choice((
            ("general-secretary", "spending", {"amount": life.random.choice((40, 300, 500, 501, 1500))}),
            ("chair", "relations", {"grounds": "The letter asks an answer by Friday.", "thing": f"letter-{life.random.randrange(6)}"}),
        ))  # fmt: skip
        under = next((found.id for found in life.state.emergencies.values() if found.is_in_force_on(life.today)), None)
        entry = life.act("decision.take", life.one(office), office, matter=matter, text=f"Words {life.random.randrange(30)}.",
                         under=under if matter == "spending" else None, **told)  # fmt: skip
        if entry is None:
            continue
        decision = f"de-{entry}"
        if life.random.random() < 0.6:
            life.tell(_ratified(life, decision, life.random.choice((0.9, 0.9, 0.0))))
        if matter == "relations" and life.random.random() < 0.7:
            yield life.later(life.random.randrange(1, 40))
            life.act("decision.account", life.one("chair"), "chair", decision=decision, text="We answered the letter.")


def _ratified(life: Life, decision: str, carried: float) -> Story:
    yield from life.decided("committee", "ratification", motion={"ratifies": decision}, carried=carried)


def delegations(life: Life) -> Story:
    """The congress hands a matter over; it is used, handed on, taken back, over by itself, and reported on."""
    while True:
        yield life.later(life.random.randrange(20, 120))
        block, matter, to = life.random.choice((
            ("policy-between-congresses", "policy", "chair"), ("policy-between-congresses", "policy", "committee"),
            ("programme-handed-over", "programme", "committee"),
        ))  # fmt: skip
        lodged = life.act("delegation.lodge", life.one("congress"), delegation=block, body="congress", matter=matter, to=to,
                          ends=life.later(life.random.choice((100, 300, 500)))[:10])  # fmt: skip
        if lodged is None:
            continue
        id = f"dl-{lodged}"
        item = yield from life.decided("congress", "delegation", motion={"ratifies": id})
        by, office = life.presiding("congress")
        if not item.decision or life.act("delegation.give", by, office, delegation=id, decision=item.decision) is None:
            continue
        yield life.later(life.random.randrange(2, 30))
        if to == "chair":
            life.act(
                "decision.take",
                life.one("chair"),
                "chair",
                matter=matter,
                text="We ask the lenders to write.",
                under=id,
            )
        elif block == "programme-handed-over":
            on = life.act("delegation.lodge", life.one("committee"), delegation=block, body="committee", matter=matter, to="chair",
                          ends=life.later(60)[:10], source=id)  # fmt: skip
            if on is not None:
                given = yield from life.decided("committee", "delegation", motion={"ratifies": f"dl-{on}"})
                by, office = life.presiding("committee")
                life.act("delegation.give", by, office, delegation=f"dl-{on}", decision=given.decision or None)
                life.act(
                    "decision.take", life.one("chair"), "chair", matter=matter, text="A word more.", under=f"dl-{on}"
                )
        else:
            yield from life.decided("committee", matter)
        if life.random.random() < 0.4:
            item = yield from life.decided("congress", "revocation", motion={"ratifies": id})
            by, office = life.presiding("congress")
            life.act("delegation.revoke", by, office, delegation=id, decision=item.decision or None)
        yield life.later(life.random.randrange(10, 300))
        life.act("decision.take", life.one("chair"), "chair", matter=matter, text="Once more.", under=id)
        life.act("delegation.report", life.one(to), to, delegation=id, text="This was done with it.")


def emergencies(life: Life) -> Story:
    """An emergency: declared, used, renewed or not, ended or run out, reported on, approved; another one too soon after."""
    while True:
        yield life.later(life.random.randrange(60, 400))
        fact = life.random.choice(("fire or flood", "epidemic", "ban on meetings", "bad weather"))
        entry = life.act(
            "emergency.declare", life.one("chair"), "chair", emergency="emergency", fact=fact, words="The river rose."
        )
        if entry is None:
            continue
        id = f"em-{entry}"
        life.tell(sitting(life, "committee", 4))
        life.act(
            "decision.take",
            life.one("general-secretary"),
            "general-secretary",
            matter="spending",
            amount=1200,
            text="Pumps.",
            under=id,
        )
        life.act(
            "emergency.declare", life.one("chair"), "chair", emergency="emergency", fact="epidemic", words="And more."
        )
        soon = life.day().replace(day=1).isoformat()
        life.act(
            "emergency.postpone",
            life.one("chair"),
            "chair",
            emergency=id,
            body="committee",
            by_right=soon,
            to=life.later(20)[:10],
        )
        for unit in life.units()[:3]:
            year = life.day().year
            for day in range(1, 8):
                life.act("emergency.postpone", life.one("chair"), "chair", emergency=id, body=f"branch-meeting@{unit}",
                         by_right=f"{year}-02-0{day}", to=life.later(26)[:10])  # fmt: skip
        if life.random.random() < 0.4:
            life.tell(_called_for_renewal(life))
            item = yield from life.decided("congress", "emergency-renewal", motion={"text": "It lasts on."})
            by, office = life.presiding("congress")
            life.act("emergency.renew", by, office, emergency=id, decision=item.decision or None)
        if life.random.random() < 0.4:
            item = yield from life.decided("committee", "emergency-end", motion={"text": "It is over."})
            by, office = life.presiding("committee")
            life.act("emergency.end", by, office, emergency=id, decision=item.decision or None)
        yield life.later(life.random.randrange(5, 45))
        if life.random.random() < 0.5:
            life.act("emergency.end", life.one("chair"), "chair", emergency=id)
        life.act("emergency.report", life.one("chair"), "chair", emergency=id, text="This was done.")
        item = yield from life.decided("congress", "emergency-report", motion={"text": "The report is approved."})
        by, office = life.presiding("congress")
        life.act("emergency.approve", by, office, emergency=id, decision=item.decision or None)


def _called_for_renewal(life: Life) -> Story:
    life.tell(sitting(life, "committee", 4))
    item = yield from life.decided("committee", "call-of-congress", motion={"text": "The congress meets in need."})
    by, office = life.presiding("committee")
    yield from sitting(life, "congress", 16, by=by, as_=office, decision=item.decision or None)


def amendments(life: Life) -> Story:
    """Editions that change thresholds, adopted while everything else goes on; some protected, some from a day to come."""
    while True:
        yield life.later(life.random.randrange(30, 160))
        drafts = life.drafts()
        text = life.draw.pick(drafts, "")
        if not text:
            return
        digest = hashlib.sha256(text.encode()).hexdigest()
        half = len(text) // 2
        author = life.one("committee")
        parts = life.random.random() < 0.5
        entry = life.act(
            "rulebook.lodge", author, sha256=digest, rulebook=text[:half] if parts else text, parts=2 if parts else None
        )
        if entry is None:
            continue
        if parts and life.act("rulebook.part", author, edition=f"ed-{entry}", part=1, text=text[half:]) is None:
            continue
        mover = life.one("committee")
        moved = life.act(
            "motion.move",
            mover,
            "committee",
            body="congress",
            matter="amendment",
            text="As lodged.",
            edition=f"ed-{entry}",
        )
        item = yield from life.decided("congress", "amendment", moved=f"mo-{moved}" if moved is not None else "", carried=0.95,
                                       motion={"edition": f"ed-{entry}"})  # fmt: skip
        by, office = life.presiding("congress")
        later = life.later(life.random.choice((0, 40)))[:10]
        life.act(
            "rulebook.adopt", by, office, edition=f"ed-{entry}", decision=item.decision or None, in_force_from=later
        )


def rulings(life: Life) -> Story:
    """Rulings between meetings, for all cases, and words alone; appealed, sustained, overturned."""
    while True:
        yield life.later(life.random.randrange(30, 150))
        edition = life.state.edition_on(life.today)
        assert edition is not None
        text = "".join(edition.texts[place] for place in sorted(edition.texts))
        line = (
            next((place for place, found in enumerate(text.splitlines(), start=1) if found.startswith("## 7.")), 1) + 1
        )
        open_motions = [found.id for found in life.state.motions.values() if found.standing == "open"]
        meetings = [found for found in life.state.meetings.values() if found.standing == "open"]
        told = {"clause": "7", "line": line, "words": "So it is read."}
        if life.random.random() < 0.4:
            item = yield from life.decided("congress", "ruling", motion={"text": "So it is read."})
            by, office = life.presiding("congress")
            entry = life.act("ruling.make", by, office, decision=item.decision or None, **told)
        elif meetings and life.random.random() < 0.5:
            by, office = life.presiding(meetings[-1].body)
            entry = life.act("ruling.make", by, office, meeting=meetings[-1].id, **told)
        else:
            entry = life.act("ruling.make", life.one("chair"), "chair", motion=life.draw.pick(open_motions), **told)
        if entry is None:
            continue
        life.act("ruling.appeal", life.one("congress"), ruling=f"ru-{entry}", words="It does not say so.")


def amended_motions(life: Life) -> Story:
    """A motion with amendments: passages, whole texts, seconded, accepted, withdrawn; nobody puts them to the vote here."""
    while True:
        yield life.later(life.random.randrange(30, 90))
        mover = life.one("congress")
        matter = life.random.choice(("policy", "programme"))
        moved = life.act(
            "motion.move", mover, body="congress", matter=matter, text="We build 40 flats, and plant trees."
        )
        if moved is None:
            continue
        motion = f"mo-{moved}"
        delegates = list(life.holders("congress"))
        for told in (
            {"passage": "40 flats", "becomes": "60 flats"},
            {"passage": ", and plant trees"},
            {"text": "We build nothing."},
            {"passage": "trees", "becomes": "oaks"},
        ):
            if life.random.random() < 0.3 or len(delegates) < 5:
                continue
            author, *others = life.random.sample(delegates, k=4)
            entry = life.act("motion.amend", author, motion=motion, **told)
            if entry is None:
                continue
            for other in others:
                life.act("amendment.second", other, amendment=f"am-{entry}")
            if life.random.random() < 0.3:
                life.act("amendment.accept", mover, amendment=f"am-{entry}")
            elif life.random.random() < 0.2:
                life.act("amendment.withdraw", author, amendment=f"am-{entry}", why="It says little.")
        if life.random.random() < 0.15:
            life.act("motion.withdraw", mover, motion=motion, why="Not now.")
