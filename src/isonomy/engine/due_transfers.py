"""What is due of transfers: the answer of the receiving unit, and letting go by the old one.

Lives here: those duties. Not here: the acts (`proceedings.transferring`).

Invariant: the old unit's duty is gone with its last day, because then it is taken to have let go; the receiving one's stays until
it is answered. Source: docs/spec/acts-transfer.md.
"""

from __future__ import annotations

from isonomy.engine.duty import Duty, Outlook
from isonomy.engine.state import day_of
from isonomy.engine.transfer import ASKED, OPEN, Transfer
from isonomy.engine.words import say_day
from isonomy.rulebook.provisions.transfer import TransferRule, transfer_rule


def due_transfers(outlook: Outlook) -> list[Duty]:
    """The transfers that wait for a unit."""
    rule = transfer_rule(outlook.rulebook)
    if rule is None:
        return []
    found: list[Duty] = []
    for transfer in outlook.state.seating.transfers.values():
        if transfer.standing in OPEN:
            found += _of_one(outlook, rule, transfer)
    return [duty for duty in found if outlook.sees(day_of(duty.due_on))]


def _of_one(outlook: Outlook, rule: TransferRule, transfer: Transfer) -> list[Duty]:
    found = []
    asked = f"{transfer.person} asked on {say_day(transfer.on)} ({transfer.id})."
    if transfer.standing == ASKED:
        seats = tuple(outlook.beside(seat, transfer.new) for seat in rule.consented_by)
        what = f"Answer {transfer.person}, who asks to move to {transfer.new}"
        why = f"{asked} Or else: nothing; the member stays where they are, and may ask another unit."
        found.append(
            outlook.owed(
                f"transfer {transfer.id}", what, seats, day_of(transfer.answer_by), rule.place.clause_of("consented by"), why,
                transfer.id,
            )
        )  # fmt: skip
    if not transfer.is_let_go_on(outlook.today):
        seats = tuple(outlook.beside(seat, transfer.old) for seat in rule.let_go_by or rule.consented_by)
        why = f"{asked} Or else: {transfer.old} is taken to have let go."
        found.append(
            outlook.owed(
                f"let go {transfer.id}", f"Let {transfer.person} go to {transfer.new}", seats, day_of(transfer.let_go_by),
                rule.place.clause_of("let go within"), why, transfer.id,
            )
        )  # fmt: skip
    return found
