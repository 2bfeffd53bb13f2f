"""Taking a decision alone: in an office, under a power that a clause gives it, or that a body handed over; and reporting it.

Lives here: `decision.take`, `decision.account`. Not here: the effects (`decisions`), the ratification (`ratifying`), what is
counted (`engine.alone`).

Invariant: an office decides alone only what a power names or a delegation in force hands to it, within its amount, as often as
the clause lets it, on the grounds that it states; what lapsed or was refused is the body's to decide again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from isonomy.engine.act import judges
from isonomy.engine.alone import Alone, counted, exceeds, free_on, power_of, sum_of
from isonomy.engine.competence import competent_for
from isonomy.engine.delegation import Delegation
from isonomy.engine.judgement import FORM, Judgement
from isonomy.engine.proceedings.decisions import DecisionAccounted, DecisionTaken, lapse_of
from isonomy.engine.proceedings.delegations import check_in_force, delegation_named
from isonomy.engine.proceedings.payments import charge_head
from isonomy.engine.proceedings.yielding import yields_power
from isonomy.engine.refusal import Untold
from isonomy.engine.shape import Natural, ProceedingId, Slug, Text
from isonomy.engine.state import Decision
from isonomy.kernel.ids import proceeding_id
from isonomy.rulebook.model import Competence, Power
from isonomy.rulebook.power_rule import PowerRule


@dataclass(frozen=True, slots=True)
class Take:
    """Takes a decision alone, in an office, under a power that a clause gives it, or that a body handed over.

    `grounds` say why, where the clause asks it; `thing` is what it is about, so that one is known from another. `under` names
    the delegation, or the emergency that widens the power; `head` is that of the budget which the spending counts against.
    """

    matter: Slug
    text: Text
    amount: Natural | None = None
    grounds: Text | None = None
    thing: Slug | None = None
    under: ProceedingId | None = None
    head: Slug | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """Reports a decision that an office took alone to the next meeting of the body the clause names."""

    decision: ProceedingId
    text: Text


@judges("decision.take", Take)
def judge_take(judgement: Judgement, take: Take) -> None:
    """Judges a decision in an office: a power names the matter, the amount is within it, the author holds the office."""
    if take.under is not None and take.under.startswith("dl-"):
        _take_handed_over(judgement, take, take.under)
        return
    found = competent_for(judgement.rulebook, take.matter)
    # A body that holds a power decides by its vote: no member of it decides alone.
    powers = tuple(each for each in found if each.power is not None and each.seat in judgement.rulebook.offices)
    mine = _own(judgement, powers)
    if mine is None or mine.power is None:
        _refuse(judgement, take, found, powers)
        return
    power = mine.power
    clause = power.place.clause
    judgement.may_act(
        power.held_by,
        clause,
        "the decision belongs to the office the clause names",
        unit=judgement.as_.partition("@")[2],
    )
    seat = judgement.as_ or _seat_held(judgement, mine.seat)
    within = power.up_to is None or (take.amount is not None and take.amount <= power.up_to)
    under = "" if within else yields_power(judgement, power, take.amount, proceeding_id("de", judgement.n), take.under)
    if not within and not under:
        amount = "not given" if take.amount is None else take.amount
        others = [judgement.title(competence.seat) for competence in found if competence.power is None]
        cure = f"bring it before {' or '.join(others)}" if others else f"stay within {power.up_to}"
        judgement.refuse(clause, f"the power reaches up to {power.up_to}", {"amount": amount}, cure)
    alone = owed_alone(judgement, take, power, seat, under)
    lapses_on, ratify_by = lapse_of(judgement, power)
    judgement.then(
        DecisionTaken(
            proceeding_id("de", judgement.n), seat, take.matter, judgement.on, clause,
            text=take.text, amount=take.amount, lapses_on=lapses_on, ratify_by=ratify_by, reported=judgement.reported,
            alone=alone,
        )
    )  # fmt: skip
    charge_head(judgement, take.matter, take.head, take.amount, proceeding_id("de", judgement.n))


def _take_handed_over(judgement: Judgement, take: Take, under: str) -> None:
    """Judges a decision on a matter that was handed to the office: the delegation is in force, on this matter, within its
    amount."""
    delegation = delegation_named(judgement, under)
    clause = delegation.clause
    if delegation.to.partition("@")[0] not in judgement.rulebook.offices:
        raise judgement.bar(
            "it was handed to a body, which decides by its vote", {"delegation": under, "to": delegation.to},
            "put it to that body", clause,
        )  # fmt: skip
    check_in_force(judgement, delegation)
    if take.matter != delegation.matter:
        judgement.refuse(
            clause, "another matter was handed over", {"handed over": delegation.matter, "matter": take.matter},
            f"bring it before {_bodies_for(judgement, take.matter)}",
        )  # fmt: skip
    if delegation.amount is not None and (take.amount is None or take.amount > delegation.amount):
        judgement.refuse(
            clause, f"what was handed over reaches up to {delegation.amount}",
            {"amount": "not given" if take.amount is None else take.amount},
            f"bring it before {judgement.title(delegation.body)}",
        )  # fmt: skip
    judgement.may_act(
        (delegation.to,), clause, "the decision belongs to the office to which the matter was handed over"
    )
    judgement.cite(clause)
    decided = _decision_behind(judgement, delegation)
    judgement.then(
        DecisionTaken(
            proceeding_id("de", judgement.n), delegation.to, take.matter, judgement.on, clause, text=take.text,
            amount=take.amount, reported=judgement.reported,
            alone=Alone("", judgement.author, take.grounds or "", take.thing or "", delegation.id, decided),
        )
    )  # fmt: skip
    charge_head(judgement, take.matter, take.head, take.amount, proceeding_id("de", judgement.n))


def _decision_behind(judgement: Judgement, delegation: Delegation) -> str:
    """The decision of the body by which a matter was handed over, also where it was handed on since."""
    source = judgement.state.delegations.get(delegation.source)
    return delegation.decision or (source.decision if source is not None else "")


def _seat_held(judgement: Judgement, seat: str) -> str:
    """The seat in which the author decides, where the act does not say it: of an office in units, the author's own."""
    standing = judgement.standing((seat,), "")
    return next((each for each in standing if judgement.author in judgement.holders(each)), seat)


def _own(judgement: Judgement, powers: tuple[Competence, ...]) -> Competence | None:
    acted_in = judgement.as_.partition("@")[0]
    for competence in powers:
        if acted_in and competence.seat.partition("@")[0] == acted_in:
            return competence
    return powers[0] if powers and not acted_in else None


def _refuse(judgement: Judgement, take: Take, found: tuple[Competence, ...], powers: tuple[Competence, ...]) -> None:
    acting = judgement.title(judgement.as_) if judgement.as_ else "nobody alone"
    facts = {"matter": take.matter, "acted as": judgement.as_ or "no office", "by": judgement.author}
    if not found:
        judgement.refuse(FORM, f"no clause gives '{take.matter}' to anybody", facts, "amend the rulebook first")
        return
    deciding = [*powers, *(each for each in found if each.power is None)] or list(found)
    who = " or ".join(dict.fromkeys(judgement.title(competence.seat) for competence in deciding))
    judgement.refuse(
        found[0].place.clause,
        f"{take.matter} is decided by {who}; {acting} has no power of it",
        facts,
        f"bring it before {who}",
    )


# -- what is owed for it -----------------------------------------------------------------------------------


def owed_alone(judgement: Judgement, take: Take, power: Power, seat: str, under: str = "") -> Alone | None:
    """Grounds, limits and what may be decided again; what the decision keeps of them, None where nothing is asked or said."""
    rule = power.rule
    if rule == PowerRule() and not (under or take.grounds or take.thing):
        return None
    _check_grounds(judgement, take, power)
    _check_limits(judgement, take, power, seat)
    _check_again(judgement, take, power)
    return Alone(power.name, judgement.author, take.grounds or "", take.thing or "", under)


def _check_grounds(judgement: Judgement, take: Take, power: Power) -> None:
    if not power.rule.grounds:
        return
    clause, says = power.place.clause_of("grounds"), "whoever decides alone states the grounds"
    if take.grounds is not None:
        judgement.cite(clause)
    elif judgement.reported:
        judgement.untold.append(Untold(clause, says, {"grounds": "not told"}))
    else:
        judgement.refuse(clause, says, {"grounds": "none"}, 'say in "grounds" why it cannot wait for the body')


def _check_limits(judgement: Judgement, take: Take, power: Power, seat: str) -> None:
    clause, amount = power.place.clause_of("limits"), int(take.amount or 0)
    for limit in power.rule.limits:
        before = counted(judgement.state, power, limit, seat, judgement.author, judgement.on)
        if not exceeds(limit, before, amount):
            judgement.cite(clause)
            continue
        facts: dict[str, Any] = {"taken already": len(before), "decisions": [decision.id for decision in before[-10:]]}
        if limit.amount is not None:
            facts |= {"amounts together": sum_of(before), "amount": amount}
        body = _bodies_for(judgement, take.matter)
        free = free_on(limit, before, amount)
        cure = f"bring it before {body}" + (f", or wait until {free.isoformat()}" if free is not None else "")
        judgement.refuse(clause, f"of decisions alone one office, or one person, takes {limit}", facts, cure)


def _bodies_for(judgement: Judgement, matter: str) -> str:
    found = [each.seat for each in competent_for(judgement.rulebook, matter) if each.power is None]
    return " or ".join(judgement.title(seat) for seat in found) or "the body that is to ratify it"


def _check_again(judgement: Judgement, take: Take, power: Power) -> None:
    """What lapsed or was refused is not decided alone again, under the same name or in the same words."""
    body, clause = power.rule.again_by, power.place.clause_of("again")
    if not body:
        return
    if take.thing is None and not judgement.reported:
        judgement.refuse(
            clause,
            "a decision taken alone names what it is about",
            {"thing": "none"},
            'give "thing", such as boat-shed',
        )
        return
    for before in judgement.state.decisions.values():
        if before.taken_on > judgement.on or not _is_same(before, take):
            continue
        standing = before.standing_on(judgement.on)
        if standing in ("lapsed", "refused") and power_of(judgement.state, before) is not None:
            judgement.refuse(
                clause, f"what {'lapsed' if standing == 'lapsed' else 'was not ratified'} is decided again by "
                f"{judgement.title(body)} alone",
                {"decision": before.id, "taken": before.taken_on, "thing": take.thing or "the same words"},
                f"bring it before {judgement.title(body)}",
            )  # fmt: skip
            return
    judgement.cite(clause)


def _is_same(before: Decision, take: Take) -> bool:
    if before.matter != take.matter or before.poll:
        return False
    same_thing = before.alone is not None and bool(take.thing) and before.alone.thing == take.thing
    return same_thing or _words(before.text) == _words(take.text)


def _words(text: str) -> str:
    return " ".join("".join(sign if sign.isalnum() else " " for sign in text).casefold().split())


@judges("decision.account", Account)
def judge_account(judgement: Judgement, account: Account) -> None:
    """Judges the report of a decision taken alone: the clause asks it, it was not given yet, the office that took it gives it."""
    decision = judgement.state.decisions.get(account.decision)
    if decision is None:
        raise judgement.bar(
            f"there is no decision '{account.decision}'", {}, "name a decision of this record, such as de-42"
        )
    power = power_of(judgement.state, decision)
    to = power.rule.reported_to if power is not None else ""
    if power is None or not to or decision.alone is None:
        raise judgement.bar(
            "no clause asks a report of this decision", {"decision": decision.id}, "name one that an office took alone"
        )
    if decision.alone.accounted_on:
        raise judgement.bar(
            "it was reported already",
            {"decision": decision.id, "on": decision.alone.accounted_on},
            "nothing more is needed",
        )
    clause = power.place.clause_of("reported to")
    judgement.may_act((decision.seat,), clause, "a decision taken alone is reported by the office that took it")
    judgement.cite(clause)
    judgement.then(DecisionAccounted(decision.id, judgement.beside(to, decision.seat.partition("@")[2])))
