"""Certifying: who declares an election or examines mandates, and whether they depend on those they certify (C07).

Lives here: returning officers named by an election and credentials panels. Not here: who judges charges (`structure.judging`),
officers whom no clause names.

Invariant: a certifier with an independent check beside it (scrutineers, an appeal to a body that the certified do not decide for)
is not found.
"""

from __future__ import annotations

from collections.abc import Iterator

from isonomy.checker.catalogue import MEDIUM
from isonomy.checker.finding import Finding, cited, finding
from isonomy.checker.inquiry import Inquiry
from isonomy.checker.model import ALL_MEMBERS, Model, provisions_of
from isonomy.checker.properties import finds
from isonomy.checker.reach import may_reach, reach_of
from isonomy.checker.telling import the
from isonomy.rulebook.model import Procedure


def _depends(model: Model, certifier: str, certified: str) -> str:
    """Why a certifier depends on those certified; "" where it does not."""
    seat = model.classes.get(certifier)
    if seat is None or seat.way == ALL_MEMBERS:
        return ""
    if certifier == certified:
        return f"{the(model, certifier)} certifies its own election"
    block = seat.block
    if block is not None and block.removable is not None and block.removable.by == certified:
        return f"{the(model, certified)} can remove {the(model, certifier)}"
    if may_reach(model, certified, certifier) and reach_of(model, certified).decides(certifier):
        filled = seat.filled
        how = (
            "fills the seat of" if filled is not None and filled.by == certified else "decides, through others, who is"
        )
        return f"{the(model, certified)} {how} {the(model, certifier)}"
    return ""


@finds("C07")
def certifiers(inquiry: Inquiry) -> Iterator[Finding]:
    """Returning officers and credentials panels that depend on those whose election they certify."""
    model = inquiry.model
    for procedure in inquiry.rulebook.procedures.values():
        if procedure.kind == "election":
            yield from _returning(model, procedure)
    for rule in provisions_of(inquiry.rulebook, "credentials"):
        why = _depends(model, rule.panel, rule.seat)
        appeal = rule.appeal.to if rule.appeal is not None else ""
        independent = (
            bool(appeal) and not _depends(model, appeal, rule.seat) and not _depends(model, appeal, rule.panel)
        )
        unchecked = not independent and rule.overturned_by != rule.seat
        if why and unchecked:
            bound = "" if rule.at_most is not None else ", and may refuse every one of them"
            yield finding(
                "C07",
                f"{_cap(the(model, rule.panel))} examines the mandates of {the(model, rule.seat)}{bound}; but {why}",
                cited(rule.place, "panel"),
                fix=f"clause {rule.place.clause}: let a panel examine that {the(model, rule.seat)} does not make, "
                "or add an appeal "
                "to a body that neither makes",
                severity="" if rule.at_most is None else MEDIUM,
            )


def _returning(model: Model, procedure: Procedure) -> Iterator[Finding]:
    rule = procedure.election
    if rule is None or not rule.returning_officer or procedure.fills not in model.classes:
        return
    why = _depends(model, rule.returning_officer, procedure.fills)
    if not why:
        return
    checks = [*rule.scrutineers, *([rule.appeal.to] if rule.appeal is not None else [])]
    if any(not _depends(model, check, procedure.fills) for check in checks):
        return
    place = procedure.place
    yield finding(
        "C07",
        f"{_cap(the(model, rule.returning_officer))} opens, closes and declares the election to "
        f"{the(model, procedure.fills)}; but {why}",
        cited(place, "returning officer"),
        fix=f"clause {place.clause}: name a returning officer whom {the(model, procedure.fills)} neither fills nor removes, or "
        "scrutineers who count apart",
    )


def _cap(text: str) -> str:
    return text[:1].upper() + text[1:]
