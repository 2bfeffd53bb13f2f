"""Sentences of budgets, payments and accounts.

Lives here: what those effects say. Not here: the others (`sentences`), from where the speaker comes.

Invariant: as in `sentences`.
"""

from __future__ import annotations

from typing import Any

from isonomy.engine.sentences import Speaker, quoted, says
from isonomy.engine.words import listed, say_day


@says("budget.decided")
def _decided(to: Speaker, e: Any) -> list[str]:
    heads = listed(f"{each.head} {each.amount:,}" for each in e.heads)
    total = sum(each.amount for each in e.heads)
    return [f"{to.seat(e.body)} decided the budget of {e.year}, {total:,} together ({e.decision}): {heads}"]


@says("budget.shifted")
def _shifted(to: Speaker, e: Any) -> list[str]:
    return [f"{e.amount:,} was moved from the head {e.source} to the head {e.target} of {e.year} ({e.decision})"]


@says("accounts.settled")
def _settled(to: Speaker, e: Any) -> list[str]:
    why = f", because: {quoted(e.reason)}" if e.reason else ""
    return [f"On the accounts {e.accounts} it was decided: {e.outcome} ({e.decision}){why}"]


@says("payment.proposed")
def _proposed(to: Speaker, e: Any) -> list[str]:
    what = (
        f"a payment of {e.amount:,} to {e.to} out of the head {e.head} of {e.year}, for: {quoted(e.why)} ({e.payment})"
    )
    if not e.needed:
        return [f"{to.person(e.by)} entered {what}; it needs no second signature and is allowed"]
    until = f" by {say_day(e.lapses_on)}, or it lapses" if e.lapses_on else ""
    return [f"{to.person(e.by)} proposed {what}", f"It needs {e.needed} signatures{until}"]


@says("payment.signed")
def _signed(to: Speaker, e: Any) -> list[str]:
    found = [f"{to.person(e.person)} signed the payment {e.payment} as {to.seat(e.seat)}"]
    return [*found, "With this signature it is allowed"] if e.allowed else found


@says("payment.refused")
def _refused(to: Speaker, e: Any) -> list[str]:
    return [f"{to.person(e.person)} refused the payment {e.payment}, because: {quoted(e.reason)}"]


@says("head.charged")
def _charged(to: Speaker, e: Any) -> list[str]:
    return [f"{e.amount:,} of the decision {e.decision} counts against the head {e.head} of {e.year}"]


@says("accounts.laid")
def _laid(to: Speaker, e: Any) -> list[str]:
    figures = listed(f"{each.head} {each.spent:,} of {each.decided:,}" for each in e.heads)
    return [f"{to.person(e.by)} laid the accounts of {e.year} ({e.accounts}); spent by the record: {figures}"]


@says("accounts.examined")
def _examined(to: Speaker, e: Any) -> list[str]:
    return [f"{to.person(e.by)} examined the accounts {e.accounts} and found them {e.finding}: {quoted(e.text)}"]
