"""Scenes of money: a budget and what is spent out of its heads, payments and their signatures, accounts and discharge.

Lives here: what is submitted, in order, and whether it is taken. Not here: how a vector is written (`scene`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from conformance.decisions.scene import Scene, person

PEOPLE = ("ada", "ben", "cy", "di", "eli")


def _founded(about: str) -> Scene:
    scene = Scene(about, "treasury.md")
    seats = (("ada", "chair"), ("ben", "treasurer"), ("cy", "secretary"), ("di", "auditors"), ("eli", "auditors"))
    mandates = [{"person": person(name), "seat": seat} for name, seat in seats]
    scene.accepted("found", "ada", **scene.found(dict.fromkeys(PEOPLE, ""), mandates=mandates))
    return scene


def _met(scene: Scene, matters: list[str], day: str) -> str:
    """An assembly called and noticed now, and opened on a day with everybody there; its id."""
    called = f"mt-{scene.state.n}"
    scene.accepted("meeting.call", "ada", "chair", body="assembly", starts=f"{day}T19:00", matters=matters)
    scene.accepted("notice.send", "ada", "chair", meeting=called, how="post", to_count=5)
    scene.on(day, 20)
    scene.accepted("meeting.open", "ada", "chair", meeting=called, present=[person(name) for name in PEOPLE])
    return called


def _decided(scene: Scene, meeting: str, matter: str, amount: int | None = None, **terms: Any) -> str:
    """A motion moved by Eli, with its terms, carried; the id of the decision."""
    motion = f"mo-{scene.state.n}"
    scene.accepted("motion.move", "eli", body="assembly", matter=matter, text=f"On {matter}.", amount=amount)
    put = {"body": "assembly", "question": "Shall it be?", "matter": matter, "motion": motion, "meeting": meeting,
           "secrecy": "by show of hands"}  # fmt: skip
    if terms:
        scene.refused("poll.open", "ada", **put)
        scene.accepted("motion.terms", "eli", motion=motion, **terms)
    poll = f"po-{scene.state.n}"
    scene.accepted("poll.open", "ada", **put)
    decision = f"de-{scene.state.n}"
    scene.accepted("poll.declare", "ada", poll=poll, rule="yes-no", tallies={"for": 4, "against": 1, "abstain": 0})
    return decision


def _pay(scene: Scene, amount: int, head: str = "hall", *, by: str = "ben", refused: bool = False, **more: Any) -> str:
    id = f"pm-{scene.state.n}"
    submit = scene.refused if refused else scene.accepted
    submit(
        "payment.propose",
        by,
        **{"as_": "treasurer", "head": head, "amount": amount, "to": "A firm", "why": "Work"} | more,
    )
    return id


def _budget(year: int, **heads: int) -> dict[str, Any]:
    return {"year": year, "heads": [{"head": name, "amount": amount} for name, amount in heads.items()]}


def spending() -> Scene:
    """A budget, its heads held against payments and a decision alone; signatures, a refusal, a lapse, a move between heads."""
    scene = _founded("money: heads of a budget, payments with two signatures, spending alone, money moved")
    _pay(scene, 50, refused=True)
    meeting = _met(scene, ["yearly-budget", "move-between-heads", "payment"], "2027-01-20")
    motion = f"mo-{scene.state.n}"
    scene.accepted("motion.move", "eli", body="assembly", matter="yearly-budget", text="Too late.")
    scene.refused("motion.terms", "eli", motion=motion, budget=_budget(2020, hall=10))
    scene.refused("motion.terms", "eli", motion=motion, budget=_budget(2027))
    scene.refused("motion.terms", "eli", motion=motion, shift={"year": 2027, "source": "a", "target": "b", "amount": 1})
    scene.accepted("motion.withdraw", "eli", motion=motion)
    _decided(scene, meeting, "yearly-budget", budget=_budget(2027, hall=1200, paper=900))
    _pay(scene, 50, "garden", refused=True)
    _pay(scene, 0, refused=True)
    _pay(scene, 50, by="ada", as_="chair", refused=True)
    _pay(scene, 50)
    _pay(scene, 501, refused=True)
    scene.refused("decision.take", "ada", "chair", matter="repairs", amount=300, text="A roof.")
    scene.refused("decision.take", "ada", "chair", matter="repairs", amount=300, text="A roof.", head="roof")
    roof = f"de-{scene.state.n}"
    scene.accepted("decision.take", "ada", "chair", matter="repairs", amount=300, text="A roof.", head="hall")
    _pay(scene, 301, decision=roof, refused=True)
    _pay(scene, 100, "paper", decision=roof, refused=True)
    under = _pay(scene, 300, decision=roof)
    scene.accepted("payment.sign", "ada", "chair", payment=under)
    scene.accepted("payment.sign", "ben", "treasurer", payment=under)
    scene.refused("payment.sign", "cy", "secretary", payment=under)
    waits = _pay(scene, 500, payee=person("cy"))
    scene.refused("payment.sign", "cy", "secretary", payment=waits)
    scene.refused("payment.sign", "di", "auditors", payment=waits)
    scene.accepted("payment.sign", "ben", "treasurer", payment=waits)
    scene.refused("payment.sign", "ben", "treasurer", payment=waits)
    _pay(scene, 400, refused=True)
    _pay(scene, 40, payee=person("ben"), refused=True)
    scene.refused("payment.refuse", "di", "auditors", payment=waits, reason="Too much.")
    scene.accepted("payment.refuse", "ada", "chair", payment=waits, reason="Too much.")
    late = _pay(scene, 200)
    other = _pay(scene, 150)
    scene.accepted("payment.sign", "ben", payment=other)
    scene.accepted("payment.sign", "cy", payment=other)
    bought = _decided(scene, meeting, "payment", 800)
    _pay(scene, 700, decision="de-1", refused=True)
    _pay(scene, 700, decision=bought, head="paper")
    _pay(scene, 200, decision=bought, head="paper", refused=True)
    motion = f"mo-{scene.state.n}"
    scene.accepted("motion.move", "eli", body="assembly", matter="move-between-heads", text="More.")
    scene.refused(
        "motion.terms", "eli", motion=motion, shift={"year": 2027, "source": "paper", "target": "hall", "amount": 300}
    )
    scene.refused(
        "motion.terms", "eli", motion=motion, shift={"year": 2027, "source": "barn", "target": "hall", "amount": 3}
    )
    _decided(
        scene, meeting, "move-between-heads", shift={"year": 2027, "source": "hall", "target": "barn", "amount": 100}
    )
    scene.on("2027-02-04")
    scene.refused("payment.sign", "ada", "chair", payment=late)
    return scene


def accounts() -> Scene:
    """Accounts: overdue, laid, examined by whoever could not spend, not discharged, laid anew, discharged."""
    scene = _founded("money: accounts laid late, what follows meanwhile, examination, discharge")
    meeting = _met(scene, ["yearly-budget"], "2027-01-20")
    _decided(scene, meeting, "yearly-budget", budget=_budget(2027, hall=1200))
    _decided(scene, meeting, "yearly-budget", budget=_budget(2028, hall=1200))
    _pay(scene, 60)
    scene.refused("accounts.lay", "ben", "treasurer", year=2027, text="Early.")
    scene.refused("accounts.lay", "ben", "treasurer", year=2026, text="No budget.")
    scene.on("2028-03-02")
    _pay(scene, 60, refused=True)
    scene.refused("accounts.lay", "di", "auditors", year=2027, text="Not mine.")
    laid = f"ac-{scene.state.n}"
    scene.accepted("accounts.lay", "ben", "treasurer", year=2027, text="60 for the hall.")
    scene.refused("accounts.lay", "ben", "treasurer", year=2027, text="Again.")
    _pay(scene, 60)
    meeting = _met(scene, ["discharge-of-accounts"], "2028-03-20")
    motion = f"mo-{scene.state.n}"
    scene.accepted("motion.move", "eli", body="assembly", matter="discharge-of-accounts", text="Well done.")
    scene.refused("motion.terms", "eli", motion=motion, acquit={"accounts": laid, "outcome": "discharged"})
    scene.refused("motion.terms", "eli", motion=motion, acquit={"accounts": laid, "outcome": "not discharged"})
    scene.refused("accounts.examine", "ada", "chair", accounts=laid, finding="in order", text="Fine.")
    scene.refused("accounts.examine", "di", "auditors", accounts=laid, finding="fine", text="Fine.")
    scene.accepted(
        "accounts.examine", "di", "auditors", accounts=laid, finding="not in order", text="A slip is missing."
    )
    scene.refused("accounts.examine", "di", "auditors", accounts=laid, finding="in order", text="Found.")
    acquit = {"accounts": laid, "outcome": "not discharged", "reason": "A slip is missing."}
    _decided(scene, meeting, "discharge-of-accounts", acquit=acquit)
    again = f"ac-{scene.state.n}"
    scene.accepted("accounts.lay", "ben", "treasurer", year=2027, text="With the slip.")
    scene.accepted("accounts.examine", "eli", "auditors", accounts=again, finding="in order", text="All there.")
    _decided(scene, meeting, "discharge-of-accounts", acquit={"accounts": again, "outcome": "discharged"})
    scene.refused("accounts.lay", "ben", "treasurer", year=2027, text="Once more.")
    return scene


SCENES: dict[str, Callable[[], Scene]] = {"money-spent": spending, "money-accounted": accounts}
