"""Sentences of orders from outside, of two ids of one person, and of units split and merged.

Lives here: what the effects of `proceedings.outside`, `obeying`, `joining` and `splitting` say. Not here: the others
(`sentences`), from where the speaker comes.

Invariant: as in `sentences`.
"""

from __future__ import annotations

from typing import Any

from isonomy.engine.competence_on_units import MERGING, SPLITTING
from isonomy.engine.outside import ANNUL, DISCLOSE, ERASE, SEAT, STAY, UNSEAT
from isonomy.engine.sentences import ABOUT_UNITS, Speaker, quoted, says
from isonomy.engine.words import listed, number_of, say_day

ABOUT_UNITS |= {SPLITTING: "the splitting of a", MERGING: "the merging of a"}
DOES = {
    STAY: "stays", ANNUL: "annuls", SEAT: "seats", UNSEAT: "unseats the holder of", DISCLOSE: "has disclosed what is sealed in",
    ERASE: "has erased the personal value of",
}  # fmt: skip
AUTHORITIES = {"court": "a court", "statute": "a statute", "regulator": "a regulator"}


@says("outside.order.entered")
def _entered(to: Speaker, e: Any) -> list[str]:
    does = f"{DOES.get(e.order_effect, e.order_effect)} {to.person(e.concerns)}"
    if e.order_effect == SEAT:
        does = f"seats {to.person(e.person)} as {to.seat(e.seat)}"
    elif e.lifts:
        does = f"ends the stay {e.lifts} of {e.concerns}"
    until = f" through {say_day(e.last_day)}" if e.last_day else ""
    return [
        f"{to.who} entered an order of {AUTHORITIES.get(e.source, e.source)} ({e.authority}), which {does}{until} from "
        f"{say_day(e.binds_from)}: {quoted(e.words)} ({e.order})",
        f"The other office confirms it by {say_day(e.confirm_by)}; else it has no effect",
    ]


@says("outside.order.confirmed")
def _confirmed(to: Speaker, e: Any) -> list[str]:
    found = [
        f"{to.who} confirmed the order {e.order}, which takes effect on {say_day(e.from_on)}",
        "All members are to be notified",
    ]
    if e.review:
        found.append(f"To be reviewed, for it rested on what was annulled: {listed(e.review)}")
    return found


@says("outside.stayed")
def _stayed(to: Speaker, e: Any) -> list[str]:
    until = f" through {say_day(e.until)}" if e.until else " until another order"
    return [
        f"Stayed is {listed(e.things) or e.order}: it does nothing from {say_day(e.since)}{until} (order {e.order})"
    ]


@says("outside.stay.lifted")
def _lifted(to: Speaker, e: Any) -> list[str]:
    return [
        f"The stay {e.order} ends with the order {e.by}: {listed(e.things) or 'it'} stands again from {say_day(e.on)}"
    ]


@says("outside.annulled")
def _annulled(to: Speaker, e: Any) -> list[str]:
    return [
        f"The decision {e.decision} is annulled from {say_day(e.on)} by the order {e.order}, and stays on the record"
    ]


@says("outside.notified")
def _notified(to: Speaker, e: Any) -> list[str]:
    return [f"{to.who} notified {number_of(e.to_count, 'member')} of the order {e.order}: {e.how}"]


@says("outside.carried.out")
def _carried(to: Speaker, e: Any) -> list[str]:
    return [f"{to.who} did what the order {e.order} asks: {quoted(e.how)}"]


@says("outside.reviewed")
def _reviewed(to: Speaker, e: Any) -> list[str]:
    return [f"{e.thing}, which rested on what the order {e.order} annulled, is reviewed by the decision {e.decision}"]


@says("outside.disagreed")
def _disagreed(to: Speaker, e: Any) -> list[str]:
    found = [f"{to.seat(e.body)} disagrees with the order {e.order}, by the decision {e.decision}: {quoted(e.text)}"]
    return [*found, f"It appeals outside: {e.appeal}"] if e.appeal else found


@says("persons.joining.proposed")
def _proposed(to: Speaker, e: Any) -> list[str]:
    return [
        f"{to.who} holds {to.person(e.joined)} ({e.joined}) and {to.person(e.person)} ({e.person}) for one person, "
        f"{e.certainty}: {quoted(e.evidence)} ({e.joining})",
        f"Either of them may object through {say_day(e.object_until)}; nothing is joined before",
    ]


@says("persons.joining.objected")
def _objected(to: Speaker, e: Any) -> list[str]:
    return [
        f"{to.person(e.person)} objects to the joining {e.joining}: {quoted(e.text)}",
        "The body of the clause decides",
    ]


@says("persons.joining.dropped")
def _dropped(to: Speaker, e: Any) -> list[str]:
    return [f"The joining {e.joining} is dropped; nothing was joined"]


@says("persons.joined")
def _joined(to: Speaker, e: Any) -> list[str]:
    return [
        f"{e.joined} and {e.kept} are one person, with one vote, from {say_day(e.on)} ({e.joining})",
        f"Entries keep the id under which they were made; {e.kept} is used from now on",
    ]


@says("double.reviewed")
def _double(to: Speaker, e: Any) -> list[str]:
    struck = f"; the vote of {e.strikes} is struck" if e.strikes else ""
    return [f"{to.who} reviewed the double entry on the roll of {e.poll} ({e.joining}): {quoted(e.finding)}{struck}"]


@says("persons.parted")
def _parted(to: Speaker, e: Any) -> list[str]:
    by = f", by the decision {e.decision}" if e.decision else ""
    return [
        f"{e.joined} and {e.kept} are two persons{by}: {quoted(e.evidence)}",
        f"What {e.joining} moved is moved back",
    ]


@says("unit.split")
def _split(to: Speaker, e: Any) -> list[str]:
    found = [
        f"The unit {e.unit} is split into {listed(e.into) or 'others'} and ends on {say_day(e.on)}",
        f"What was open in it goes on in {e.heir}; members are assigned by list to {listed(e.members) or 'none'}",
    ]
    if e.choose_until:
        found.append(f"All others choose through {say_day(e.choose_until)}, and count in the unit above until then")
    return found


@says("unit.merged")
def _merged(to: Speaker, e: Any) -> list[str]:
    return [
        f"The unit {e.unit} ends on {say_day(e.on)} and goes on in {e.into}, with its members and what was open in it"
    ]
