"""Places: on which page a duty is done, and where a thing of the record is shown.

Lives here: the way from a duty, or the id of a thing, to an address. Not here: the pages.

Invariant: a place is an address that exists on this site, else "" (what has no page yet is named without a link).
"""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse

from isonomy.engine.duty import Duty
from isonomy.engine.state import State

PAGE_OF_KIND = {
    "mt": "meeting", "mo": "motion", "po": "poll", "el": "election", "de": "decision", "ed": "edition", "ru": "ruling",
    "in": "instruction", "cn": "instruction", "tg": "instruction",
    "ct": "criticism", "co": "commission",
    "rv": "removal", "pe": "removal", "pm": "payment",
}  # fmt: skip
"""The page of a thing by the kind that its id begins with."""


def address(name: str, *args: object) -> str:
    """The address of a page; "" where there is none of that name."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def place_of_thing(state: State, thing: str) -> str:
    """The page on which a thing of the record is shown; of one without a page the entry that opened it."""
    kind, _, number = thing.partition("-")
    if kind == "am" and thing in state.amendments:
        return address("motion", state.amendments[thing].motion)
    if kind == "ma" and thing in state.mandates:
        return address("seat", state.mandates[thing].seat)
    if kind == "ap" and thing in state.appeals:
        return address("decision", state.appeals[thing].decision)
    if kind == "vi" and thing in state.views:
        return address("commission", state.views[thing].commission)
    if kind == "di" and thing in state.disagreements:
        return place_of_thing(state, state.disagreements[thing].about)
    if kind == "lo" and thing in state.seating.lots:
        return address("seat", state.seating.lots[thing].seat)
    if thing in state.delegations or thing in state.emergencies:
        return f"{address('powers')}#{thing}"
    if kind == "ca" and thing in state.demands:
        seat = state.demands[thing].body
        return address("demand", thing) or address("seat", seat)
    if thing in state.orders:
        return address("orders")
    if thing in state.joinings:
        return address("joinings")
    if thing in state.persons:
        return address("member", thing)
    if thing in state.units:
        return address("unit", thing)
    if kind in PAGE_OF_KIND and number.isdecimal():
        return address(PAGE_OF_KIND[kind], thing)
    entry = number.partition("-")[0]
    return address("entry", entry) if kind.isalpha() and len(kind) == 2 and entry.isdecimal() else ""


def place_of_duty(state: State, duty: Duty) -> str:
    """The page on which a duty is done; the page of what it is about where it is done at several."""
    verb, _, _ = duty.id.partition(" ")
    thing = duty.thing
    if verb == "adopt":
        return address("rulebook-adopt", thing)
    if verb == "approve":
        return address("founding")
    if verb in ("hold", "notice", "call") and not thing.startswith("mt-"):
        demand = state.demands.get(thing)
        seat = demand.body if demand is not None else thing
        way = _calling(seat)
        return f"{way}?demand={thing}" if way and demand is not None else way
    if verb == "notice" and thing in state.meetings:
        return address("meeting-notice", thing) or address("meeting", thing)
    if verb == "enter":
        return address("instructions-undone")
    if verb == "answer" and thing in state.criticisms:
        return address("criticism", thing)
    if verb in ("budget", "accounts") or thing.startswith("ac-"):
        return address("money")
    if verb == "duty":
        return address("clause", duty.clause)
    if seating := _place_of_seating(state, verb, thing):
        return seating
    if verb == "open" and duty.id.startswith("open election "):
        return address("elections") or address("polls")
    return place_of_thing(state, thing) or (address("seat", thing) if thing else "")


def _place_of_seating(state: State, verb: str, thing: str) -> str:
    """The page on which a duty of committees at work is done; "" of any other."""
    if verb == "choose" and thing in state.seating.choices:
        return address("mandate-choose", thing)
    if verb == "confirm" and thing in state.seating.confirmations:
        return address("seat-confirmation-answer", state.seating.confirmations[thing].seat)
    if verb == "ask" and thing in state.decisions:
        decided = state.decisions[thing]
        plain, unit = decided.matter.split("-", 2)[-1], decided.seat.partition("@")[2]
        return address("seat-confirmation", f"{plain}@{unit}" if f"{plain}@{unit}" in state.by_seat else plain)
    if verb == "examine":
        return address("seat-credentials", thing)
    if verb == "review" and thing in state.seating.examined:
        return address("seat-credentials", state.mandates[thing].seat)
    if verb == "share":
        return address("seat-delegation", thing)
    if verb == "draw" and thing in state.seating.lots:
        return address("lot-draw", thing)
    if verb == "announce":
        return address("lot-announce", thing)
    return ""


def _calling(seat: str) -> str:
    """The page on which a meeting of a body is called."""
    return address("meeting-call", seat) or address("meeting-call")
