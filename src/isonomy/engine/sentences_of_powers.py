"""Sentences of power used alone, handed over, and in an emergency.

Lives here: what the effects of `proceedings.taking` and its neighbours say. Not here: the others (`sentences`), from where the
speaker comes.

Invariant: as in `sentences`.
"""

from __future__ import annotations

from typing import Any

from isonomy.engine.sentences import Speaker, quoted, says
from isonomy.engine.words import say_day


@says("decision.refused")
def _refused(to: Speaker, e: Any) -> list[str]:
    return [f"The decision {e.decision} is not ratified and ends at once (poll {e.poll})"]


@says("decision.accounted")
def _accounted(to: Speaker, e: Any) -> list[str]:
    return [f"{to.who} reported the decision {e.decision} to {to.seat(e.to)}"]


@says("emergency.declared")
def _declared(to: Speaker, e: Any) -> list[str]:
    by = f" by the decision {e.decision}" if e.decision else ""
    return [
        f"{to.seat(e.seat)} declared an emergency{by}: {e.fact}, {quoted(e.words)} ({e.emergency})",
        f"It lapses after {say_day(e.until)} unless it is ended before, or another body renews it",
    ]


@says("emergency.renewed")
def _renewed(to: Speaker, e: Any) -> list[str]:
    return [f"The emergency {e.emergency} is renewed by the decision {e.decision}, through {say_day(e.until)}"]


@says("emergency.ended")
def _ended(to: Speaker, e: Any) -> list[str]:
    return [f"The emergency {e.emergency} is ended ({e.by})", "From here on the rules hold as they are"]


@says("emergency.used")
def _used(to: Speaker, e: Any) -> list[str]:
    what = {"notice": "its shorter notice", "quorum": "its lower quorum", "power": "the wider power"}.get(
        e.rule, e.rule
    )
    return [f"This rests on the emergency {e.emergency}: {what} ({e.thing})"]


@says("emergency.reported")
def _reported(to: Speaker, e: Any) -> list[str]:
    return [f"{to.who} reported on the emergency {e.emergency} to {to.seat(e.to)}, which is to approve it"]


@says("emergency.approved")
def _approved(to: Speaker, e: Any) -> list[str]:
    return [f"The report on the emergency {e.emergency} is approved by the decision {e.decision}"]


@says("meeting.postponed")
def _postponed(to: Speaker, e: Any) -> list[str]:
    return [
        f"{to.meeting_of(e.body)} that was due by right on {say_day(e.by_right)} is put off to {say_day(e.until)}, under the "
        f"emergency {e.emergency}",
        "On that day it meets without a call",
    ]


@says("delegation.lodged")
def _lodged(to: Speaker, e: Any) -> list[str]:
    amount = f", up to {e.amount}" if e.amount is not None else ""
    source = f", on from {e.source}" if e.source else ""
    return [
        f"{to.who} lodged terms by which {to.seat(e.body)} may hand {to.matter(e.matter)} to {to.seat(e.to)}, until "
        f"{say_day(e.until)}{amount}{source} ({e.delegation})"
    ]


@says("delegation.given")
def _given(to: Speaker, e: Any) -> list[str]:
    by = f" by the decision {e.decision}" if e.decision else ""
    holder = f", held by {to.person(e.holder)}" if e.holder else ""
    return [f"The matter of {e.delegation} is handed over{by}{holder}"]


@says("delegation.revoked")
def _revoked(to: Speaker, e: Any) -> list[str]:
    by = f" by the decision {e.decision}" if e.decision else ""
    return [f"The matter of {e.delegation} is taken back{by}"]


@says("delegation.reported")
def _of_delegation(to: Speaker, e: Any) -> list[str]:
    return [f"{to.who} reported on the delegation {e.delegation} to {to.seat(e.to)}"]
