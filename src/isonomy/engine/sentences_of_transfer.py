"""Sentences of transfers between units.

Lives here: what those effects say. Not here: the others (`sentences`), from where the speaker comes.

Invariant: as in `sentences`.
"""

from __future__ import annotations

from typing import Any

from isonomy.engine.sentences import Speaker, quoted, says
from isonomy.engine.words import say_day


@says("transfer.asked")
def _asked(to: Speaker, e: Any) -> list[str]:
    found = [
        f"{to.person(e.person)} asks to move to {e.new} ({e.transfer})",
        f"{e.new} answers by {say_day(e.answer_by)}",
    ]
    return [*found, f"{e.old} lets go by {say_day(e.let_go_by)}, or is taken to have"] if e.let_go_by else found


@says("transfer.answered")
def _answered(to: Speaker, e: Any) -> list[str]:
    why = f": {quoted(e.why)}" if e.why else ""
    return [f"{to.who} {'consented to' if e.consents else 'refused'} the transfer {e.transfer}{why}"]


@says("transfer.let-go")
def _let_go(to: Speaker, e: Any) -> list[str]:
    return [f"{to.who} let the member go ({e.transfer})"]


@says("transfer.moved")
def _moved(to: Speaker, e: Any) -> list[str]:
    return [f"The transfer {e.transfer} is done"]


@says("poll.moves-marked")
def _marked(to: Speaker, e: Any) -> list[str]:
    return [f"Since {say_day(e.since)} these moved into {e.unit} before the poll {e.poll}: {to.people(e.persons)}"]
