"""Stories of works: instructions, conditions, targets, commissions, seats lent and filled otherwise, elections by poll, reports.

Lives here: what committees and commissions do. Not here: persons (`stories_of_persons`), power (`stories_of_power`).
"""

from __future__ import annotations

from typing import Any

from isonomy.engine.act import ACTS
from isonomy.engine.due_by_clause import owings
from isonomy.engine.duty import Outlook
from isonomy.engine.lots import lot_of_secret
from tests.simulation.electing import secret_of
from tests.simulation.life import Life, Story
from tests.simulation.stories_of_persons import sealed


def instructions(life: Life) -> Story:
    """A body instructs; reports come, in between, late or never; it is discharged, extended, withdrawn or not accepted."""
    while True:
        yield life.later(life.random.randrange(8, 60))
        body, to = life.random.choice(
            (("congress", "committee"), ("congress", "chair"), ("committee", "general-secretary"), ("committee", ""))
        )
        person = life.member() if not to else ""
        promises = (
            [{"name": "flats", "number": 40, "unit": "flats", "by_on": life.later(80)[:10]}]
            if life.random.random() < 0.5
            else None
        )
        told: dict[str, Any] = {"does": "builds 40 flats", "due_on": life.later(90)[:10], "promises": promises,
                                "to": to or None, "person": person or None, "interim_on": [life.later(60)[:10]]}  # fmt: skip
        matter = life.random.choice(("instruction", "policy" if body == "congress" else "budget"))
        terms: dict[str, Any] = {"instruct": {key: value for key, value in told.items() if value is not None}}
        if life.random.random() < 0.4:
            terms["condition"] = {
                "that": "the lender agrees",
                "owner": life.random.choice(("chair", "committee")),
                "review_on": life.later(200)[:10],
            }
        if body == "congress" and life.random.random() < 0.3:
            terms = {"target": {"number": 100, "by_on": life.later(100)[:10]}}
            matter = "membership-target"
        before = (
            set(life.state.instructions.given),
            set(life.state.instructions.conditions),
            set(life.state.instructions.targets),
        )
        yield from life.decided(body, matter, terms=terms)
        for id in set(life.state.instructions.given) - before[0]:
            life.tell(_instruction(life, id))
        for id in set(life.state.instructions.conditions) - before[1]:
            life.tell(_condition(life, id))
        for id in set(life.state.instructions.targets) - before[2]:
            life.tell(_target(life, id))


def _instruction(life: Life, id: str) -> Story:
    found = life.state.instructions.given[id]
    reporter = (lambda: found.person or life.one(found.to), "" if found.person else found.to)
    yield life.later(50)
    life.act("instruction.report", reporter[0](), reporter[1], instruction=id, text="We began.", kind="interim")
    if life.random.random() < 0.75:
        yield life.later(life.random.choice((30, 60, 100)))
        reached = [{"name": "flats", "number": 31}] if found.promises else None
        life.act("instruction.report", reporter[0](), reporter[1], instruction=id, text="We built 31.", reached=reached)
    else:
        yield life.later(200)
    for outcome in (life.random.choice(("accepted", "not accepted", "extended", "withdrawn")), "accepted"):
        if not life.state.instructions.given[id].is_open:
            break
        settle = {"instruction": id, "outcome": outcome, "reason": "It is as it is."}
        if outcome == "extended":
            settle["until"] = life.later(120)[:10]
        yield from life.decided(found.body, "discharge", terms={"discharge": settle})
    life.act("overdue.enter", life.member(), thing=id)


def _condition(life: Life, id: str) -> Story:
    found = life.state.instructions.conditions[id]
    yield life.later(150)
    life.act(
        "condition.report",
        life.one(found.owner),
        found.owner,
        condition=id,
        says=life.random.choice(("met", "not met", "cannot be told")),
        text="The letter is here.",
    )
    if life.random.random() < 0.7:
        outcome = life.random.choice(("met", "not met", "kept on"))
        review = {"condition": id, "outcome": outcome, "reason": "So we find."} | (
            {"until": life.later(200)[:10]} if outcome == "kept on" else {}
        )
        yield from life.decided(found.reviewer, "review", terms={"review": review})
    yield life.later(60)
    life.act("overdue.enter", life.member(), thing=id)


def _target(life: Life, id: str) -> Story:
    yield f"{life.state.instructions.targets[id].by_on}T12:00"
    yield life.later(life.random.choice((1, 20, 50)))
    life.act("target.follow", life.one("committee"), "committee", target=id, text="We knock at doors.")


def duties(life: Life) -> Story:
    """Duties of the clauses, done, done late, done twice, or left until what follows is entered."""
    while True:
        yield life.later(life.random.randrange(5, 40))
        edition = life.state.edition_on(life.today)
        owed = owings(Outlook(life.state, life.day(), None, edition.id)) if edition else []
        for owing in owed[-4:]:
            if life.random.random() < 0.4:
                by, office = (life.one(owing.seat), owing.seat)
                life.act("duty.discharge", by, office, duty=owing.name, occasion=owing.occasion, text="Done.")
            elif life.random.random() < 0.3:
                life.act("overdue.enter", life.member(), thing=f"{owing.name}:{owing.occasion}")


def ended_bodies(life: Life) -> Story:
    """Bodies that did nothing for years are kept, or ended."""
    while True:
        yield life.later(life.random.randrange(200, 500))
        thing = life.random.choice(("jury", "council", "auditors", "credentials-panel"))
        outcome = "ended" if thing == "council" and life.day().year > 2033 else "kept"
        yield from life.decided("congress", "ending-of-bodies", terms={"ending": {"thing": thing, "outcome": outcome}})


def commissions(life: Life) -> Story:
    """A body sets up a commission; it invites views, reports, is late, seals and publishes."""
    while True:
        yield life.later(life.random.randrange(30, 200))
        body = life.random.choice(("congress", "committee"))
        members = [person for person in dict.fromkeys(life.member() for _ in range(4)) if person]
        item = yield from life.decided(
            body, "commission", motion={"text": f"A commission on the archive: {' '.join(members)}."}
        )
        by, office = life.presiding(body)
        entry = life.act("commission.begin", by, office, decision=item.decision or None, members=members, title="Commission on the archive",
                         examines=["general-secretary"], may=["invite views", "see the minutes"])  # fmt: skip
        if entry is None:
            continue
        id, convener = f"co-{entry}", members[0]
        life.act(
            "commission.invite", convener, commission=id, closes_on=life.later(30)[:10], question="What is missing?"
        )
        views = []
        for unit in life.units()[:6]:
            seat = f"branch-secretary@{unit}"
            given = life.act("view.give", life.one(seat), seat, commission=id, text="The letters.")
            views += [f"vi-{given}"] if given is not None else []
        yield life.later(40)
        for view in views:
            life.act(
                "view.answer",
                convener,
                view=view,
                answer=life.random.choice(("adopted", "in part", "not adopted")),
                reason="We found them.",
            )
        life.act("commission.report", convener, commission=id, text="So far.", interim=True)
        yield life.later(life.random.choice((60, 100, 400)))
        commitment, salt = sealed(life, "report", "The letters are gone.")
        if life.random.random() < 0.5:
            life.act("commission.report", convener, commission=id, sealed=commitment)
            yield life.later(life.random.choice((10, 40)))
            life.act(
                "commission.publish",
                life.random.choice((convener, life.one("general-secretary"))),
                commission=id,
                text="The letters are gone.",
                salt=salt,
            )
        else:
            life.act("commission.report", convener, commission=id, text="The letters are gone.")


def seats(life: Life) -> Story:
    """Seats filled otherwise: co-opted, confirmed, ad interim, by substitutes, by a choice between two."""
    while True:
        yield life.later(life.random.randrange(10, 60))
        how = life.random.randrange(6)
        if how == 0:
            person = life.member()
            item = yield from life.decided("committee", "co-option-to-committee", motion={"person": person})
            asked = life.act(
                "confirmation.ask", life.member(), person=person, seat="committee", decision=item.decision or None
            )
            yield life.later(life.random.choice((2, 9)))
            if asked is not None:
                life.act("confirmation.answer", life.one("returning-officer"), "returning-officer", confirmation=f"cf-{asked}",
                         confirms=life.random.random() < 0.7, reasons="Too new.")  # fmt: skip
            life.act(
                "seat.coopt",
                life.one("general-secretary"),
                "general-secretary",
                person=person,
                seat="committee",
                decision=item.decision or None,
            )
        elif how == 1:
            person = life.member()
            asked = life.act(
                "confirmation.ask", life.one("returning-officer"), "returning-officer", person=person, seat="teller"
            )
            if asked is None:
                continue
            confirms = life.random.random() < 0.8
            item = yield from life.decided(
                "committee", f"{'confirmation' if confirms else 'refusal'}-of-teller", motion={"person": person}
            )
            by, office = life.presiding("committee")
            life.act(
                "confirmation.answer",
                by,
                office,
                confirmation=f"cf-{asked}",
                confirms=confirms,
                decision=item.decision or None,
                reasons="So decided.",
            )
            life.act("mandate.begin", life.one("returning-officer"), "returning-officer", person=person, seat="teller")
        elif how == 2:
            person = life.member()
            if life.holders("general-secretary") and life.random.random() < 0.7:
                continue
            item = yield from life.decided("committee", "interim-in-general-secretary", motion={"person": person})
            by, office = life.presiding("committee")
            life.act(
                "seat.interim", by, office, person=person, seat="general-secretary", decision=item.decision or None
            )
        elif how in (3, 4):
            held = [
                found for found in life.state.mandates_of_seat("congress", life.today) if found.is_valid_on(life.today)
            ]
            for mandate in life.random.sample(held, k=min(len(held), 6)):
                substitute = life.member(life.state.persons[mandate.person].unit)
                life.act("substitute.name", mandate.person, mandate=mandate.id, person=substitute)
                if life.random.random() < 0.1:
                    life.act("substitute.withdraw", substitute, mandate=mandate.id, person=substitute)
                if (
                    life.random.random() < 0.3
                    and life.act("mandate.end", mandate.person, mandate=mandate.id) is not None
                ):
                    life.act("substitute.succeed", substitute, mandate=mandate.id)
        choices = [
            found for found in life.state.seating.choices.values() if not found.chosen_on and found.until >= life.today
        ]
        for choice in choices:
            if life.random.random() < 0.5:
                life.act("mandate.choose", choice.person, keep=life.random.choice((choice.mandate, *choice.falling)))


def credentials(life: Life) -> Story:
    """Before a congress the panel accepts and refuses, substitutes step in, refused delegates appeal and are let in."""
    while True:
        yield life.later(3)
        soon = [found for found in life.state.meetings.values() if found.body == "congress" and found.standing == "called"
                and life.today <= found.starts[:10] <= life.later(13)[:10]]  # fmt: skip
        if not soon:
            continue
        held = [found for found in life.state.mandates_of_seat("congress", life.today) if found.is_valid_on(life.today)]
        if not held:
            continue
        life.act(
            "credentials.accept",
            life.one("credentials-panel"),
            "credentials-panel",
            mandates=[found.id for found in life.random.sample(held, k=min(3, len(held)))],
        )
        refused = life.random.choice(held)
        item = yield from life.decided("credentials-panel", "refusal-in-congress", motion={"person": refused.person})
        if life.act("credentials.refuse", life.one("credentials-panel"), "credentials-panel", mandate=refused.id, ground="not-elected", text="No minutes.",
                    decision=item.decision or None) is not None:  # fmt: skip
            if life.random.random() < 0.7:
                life.act("credentials.appeal", refused.person, mandate=refused.id, text="Here they are.")
            lets_in = life.random.random() < 0.6
            item = yield from life.decided(
                "congress",
                "credentials-of-congress" if lets_in else "refusal-in-congress",
                motion={"person": refused.person},
            )
            by, office = life.presiding("congress")
            life.act(
                "credentials.decide", by, office, mandate=refused.id, lets_in=lets_in, decision=item.decision or None
            )


def stepping_in(life: Life) -> Story:
    """On the morning of a congress the general secretary attests who steps in for whom."""
    while True:
        yield life.later(1, 8)
        meeting = next((found for found in life.state.meetings.values() if found.body == "congress" and found.standing == "called"
                        and found.starts[:10] == life.today), None)  # fmt: skip
        if meeting is None:
            continue
        for mandate, named in list(life.state.seating.substitutes.items())[-5:]:
            if named:
                life.act(
                    "substitute.attest",
                    life.one("general-secretary"),
                    "general-secretary",
                    mandate=mandate,
                    person=named[0],
                    meeting=meeting.id,
                )


def lots(life: Life) -> Story:
    """A jury by lot: announced, joined, drawn, and the seats taken; delegates shared out by membership."""
    while True:
        yield life.later(life.random.randrange(20, 90))
        life.act("delegates.apportion", life.member(), body="council")
        secret = secret_of(f"jury {life.state.n}")
        entry = life.act(
            "lot.announce",
            life.one("returning-officer"),
            "returning-officer",
            seat="jury",
            lot=lot_of_secret(secret),
            draw_from=life.later(5)[:10],
        )
        if entry is None:
            continue
        for _ in range(4):
            life.act("lot.join", life.member(), lot=f"lo-{entry}")
        yield life.later(life.random.choice((5, 6, 15)))
        life.act(
            "lot.draw",
            life.state.seating.lots[f"lo-{entry}"].opened_by,
            "returning-officer",
            lot=f"lo-{entry}",
            secret=secret,
        )
        for person in life.state.seating.lots[f"lo-{entry}"].drawn:
            life.act(
                "mandate.begin",
                life.one("returning-officer"),
                "returning-officer",
                person=person,
                seat="jury",
                decision=f"lo-{entry}",
            )


def auditors(life: Life) -> Story:
    """Auditors from nominations, by a poll of the delegates, with a count apart, an appeal, and a countback."""
    from tests.simulation.electing import election

    while True:
        yield life.later(life.random.randrange(30, 120))
        for made in election(life.steps):
            if made is not None:
                fields = dict(made)
                life.act(fields.pop("act"), fields.pop("by"), fields.pop("as", ""), **fields)
        life.steps.secrets.clear()


def outside(life: Life) -> Story:
    """What happened outside the record is reported, attested, late, untold; slips are corrected; refusals lodged; time set back."""
    while True:
        yield life.later(life.random.randrange(6, 50))
        how = life.random.randrange(6)
        unit = life.draw.pick(life.units(), "b00")
        secretary, seat = life.one(f"branch-secretary@{unit}"), f"branch-secretary@{unit}"
        if how < 3:
            day = life.later(-life.random.choice((1, 5, 40)))[:10]
            what: dict[str, Any] = {
                "act": "member.admit",
                "person": f"p-out{life.state.n:05}",
                "unit": unit,
                "by": secretary,
                "as": seat,
            }
            if how == 1:
                what = {
                    "act": "duty.discharge",
                    "duty": "accounts",
                    "occasion": f"{life.day().year}-03-01",
                    "by": life.one("committee"),
                    "as": "committee",
                }
            elif how == 2:
                what = {"act": "mandate.end", "mandate": life.draw.proceeding("ma"), "by": life.member()}
            entry = life.act("report", life.one("general-secretary"), "general-secretary", what=what, source="minutes",
                             happened={"earliest": day, "latest": day}, certainty="certain")  # fmt: skip
            if entry is not None:
                life.act("report.attest", life.random.choice((life.one("chair"), secretary)), report=f"rp-{entry}")
        elif how == 3:
            made = life.steps.correct()
            if made:
                life.act(made.pop("act"), made.pop("by"), made.pop("as", ""), **made)
        elif how == 4:
            life.act("protest", life.member(), refusal={"verdict": "refused", "act": f"{life.random.getrandbits(128):032x}", "grounds": []},
                     signature="AAAA", words="This is not right.")  # fmt: skip
        else:
            yield from _units(life, unit)


def _units(life: Life, unit: str) -> Story:
    name = f"new-{life.state.n}"
    item = yield from life.decided("committee", "founding-of-branch", motion={"text": f"{name} is founded."})
    by, office = life.presiding("committee")
    life.act("unit.found", by, office, unit=name, kind="branch", decision=item.decision or None)
    if life.random.random() < 0.5:
        item = yield from life.decided("congress", "closing-of-branch", motion={"text": f"{name} is closed."})
        by, office = life.presiding("congress")
        life.act("unit.close", by, office, unit=life.random.choice((name, unit)), decision=item.decision or None)


def anything(life: Life) -> Story:
    """Acts of the whole register without sense, by anybody, so that each is at least refused."""
    names = [name for name in sorted(ACTS) if name not in ("found", "member.leave", "member.die")]
    while True:
        yield life.later(life.random.randrange(2, 8))
        for name in life.random.sample(names, k=6):
            life.act(name, life.member(), **life.draw.fields_of(name))
