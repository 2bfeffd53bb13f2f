"""Approval and bloc voting: every option marked on a paper gets one vote, and the most votes fill the seats.

Lives here: `approval` (any number of marks) and `bloc` (at most as many marks as seats). Not here:
proportional rules on approvals (`pav`, `phragmen`).

Text: docs/spec/counting.md, section 8. An option is marked by a score above 0, or by any rank on a ranked
paper. Readings: a paper without a mark is not valid; in `bloc` a paper with more marks than seats is not
valid.

Invariant: whole numbers.
"""

from __future__ import annotations

from collections.abc import Iterator

from isonomy.counting.ballot import Profile
from isonomy.counting.parameters import Parameters
from isonomy.counting.tally import SeatsFilled, TallyCounted, elect_largest
from isonomy.counting.tie import Lots
from isonomy.counting.trace import Result


def approvals(profile: Profile) -> Iterator[tuple[tuple[int, ...], int]]:
    """The options marked on each paper that mark any, withdrawn ones left out, with the paper's weight."""
    standing = set(profile.standing)
    for scores, weight in profile.scored:
        marked = tuple(
            n for n, score in enumerate(scores, start=1) if score is not None and score > 0 and n in standing
        )
        if marked:
            yield marked, weight
    for ranks, weight in profile.ballots:
        marked = tuple(sorted(n for rank in ranks for n in rank if n in standing))
        if marked:
            yield marked, weight


def count_approval(profile: Profile, parameters: Parameters, lots: Lots) -> Result:
    """Counts approvals; `seats` options (1 unless given, or as the file says) are elected."""
    return _count(profile, parameters, lots, "approval")


def count_bloc(profile: Profile, parameters: Parameters, lots: Lots) -> Result:
    """Counts bloc votes; a paper with more marks than seats is not valid."""
    return _count(profile, parameters, lots, "bloc")


def _count(profile: Profile, parameters: Parameters, lots: Lots, rule: str) -> Result:
    seats = parameters.seats or profile.seats or 1
    figures = dict.fromkeys(profile.standing, 0)
    valid = 0
    for marked, weight in approvals(profile):
        if rule == "bloc" and len(marked) > seats:
            continue
        valid += weight
        for option in marked:
            figures[option] += weight
    winners, why = elect_largest(figures, seats, lots, parameters.constraints)
    unit = "approvals" if rule == "approval" else "marks"
    return Result(
        rule=rule,
        options=profile.options,
        seats=seats,
        valid=valid,
        winners=winners,
        steps=(
            TallyCounted(unit, tuple(figures.items()), unit, valid),
            *why,
            SeatsFilled(f"most {unit}", winners, seats),
        ),
        ties=tuple(lots.met),
        elects=True,
        parameters={**parameters.to_json(), "seats": seats},
    )
