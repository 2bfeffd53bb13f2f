"""The time before an opening balance stands: what those it lists may do, and what follows when its day goes by.

Lives here: the gate that every act passes while a balance is pending, and the question whether the powers of those it lists
to call and preside have lapsed to the members; what a motion on a balance may be on. Not here: the balance (`openings`).

Invariant: until the supreme body has approved the balance the roll is kept, notice is given, that meeting is called and held,
and the balance is decided there; nothing else enters. Source: docs/spec/acts-opening.md.
"""

from __future__ import annotations

from typing import Any

from isonomy.engine.competence import ADJOURNMENT, OPENING
from isonomy.engine.judgement import Judgement
from isonomy.engine.opening import PENDING, OpeningBalance, approval_clause, approve_by, approving_body
from isonomy.engine.state import State

ALWAYS = ("protest", "clock.reset", "erase", "rulebook.part", "opening.enter", "opening.object")
KEEPING_THE_ROLL = ("member.leave", "member.die", "member.move", "key.enrol", "key.revoke")
OF_THE_MEETING = ("meeting.", "notice.", "demand.", "quorum.", "ruling.")
OF_THE_QUESTION = ("motion.", "poll.", "ballot.")


def body_of_balance(state: State, edition: str) -> str:
    """The body before which a pending balance comes; "" where none is pending or no clause has such a body."""
    if state.opening is None or not state.opening.is_pending or not edition:
        return ""
    body = approving_body(state.rulebook(edition))
    return body.name if body is not None else ""


def check_interim(judgement: Judgement, name: str) -> None:
    """Bars what is not allowed while a balance is pending, with the clause, the day and the way out."""
    state, balance = judgement.state, judgement.state.opening
    body = body_of_balance(state, judgement.edition)
    if balance is None or not body or name in ALWAYS or name in KEEPING_THE_ROLL:
        return
    about, matter = _about(state, judgement.fields)
    if about == body and name.startswith(OF_THE_MEETING):
        return
    if about == body and name.startswith(OF_THE_QUESTION) and matter in (OPENING, ADJOURNMENT):
        return
    title = judgement.title(body)
    raise judgement.bar(
        f"until {title} has approved the opening balance, the roll is kept, notice is given and that meeting is called and "
        "held, and nothing else",
        {"act": name, "opening balance": "not approved", "to be approved by": approve_by(balance, judgement.rulebook)},
        f"call {title} on {OPENING}, and do it once the balance stands",
        approval_clause(judgement.rulebook),
    )


def _about(state: State, fields: Any) -> tuple[str, str]:
    """The body and the matter that an act is about, named in it or through its meeting, poll, motion, demand or ruling."""
    things: tuple[tuple[str, Any], ...] = (
        ("poll", state.polls), ("motion", state.motions), ("meeting", state.meetings), ("demand", state.demands),
        ("ruling", state.rulings),
    )  # fmt: skip
    body, matter = str(getattr(fields, "body", "") or ""), str(getattr(fields, "matter", "") or "")
    for key, known in things:
        thing = known.get(getattr(fields, key, None) or "")
        body = body or (thing.body if thing is not None else "")
        matter = matter or str(getattr(thing, "matter", "") or "")
    return body, matter


def has_lapsed_to_members(judgement: Judgement, body: str) -> bool:
    """Whether the day of a pending balance has gone by: then every member of the approving body may call it and preside."""
    balance = judgement.state.opening
    if balance is None or judgement.reported or body != body_of_balance(judgement.state, judgement.edition):
        return False
    return judgement.on > approve_by(balance, judgement.rulebook)


def pending_balance(judgement: Judgement) -> OpeningBalance:
    """The balance while something of it is open; bars the act otherwise."""
    balance = judgement.state.opening
    if balance is None:
        raise judgement.bar(
            "this organisation was founded without an opening balance",
            {},
            "enter what is new by its own act, or report what was done",
        )
    if not balance.is_pending:
        raise judgement.bar(
            "the opening balance is settled", {"by": balance.settled_by}, "what is left out is done anew, or reported"
        )
    return balance


def check_moved_balance(judgement: Judgement, matter: str, part: str | None) -> None:
    """A motion on the opening balance: while it is pending, on the whole or on one open part."""
    if matter != OPENING or judgement.reported:
        return
    balance = pending_balance(judgement)
    if part is not None and (part not in balance.parts or balance.parts[part].standing != PENDING):
        raise judgement.bar(
            f"'{part}' is no open part of the opening balance", {"open parts": [each.id for each in balance.open_parts]},
            "name one of these, or leave 'ratifies' out for all that is open",
        )  # fmt: skip
