"""Plurality: the options with the most first preferences fill the seats.

Lives here: first preferences, counted once; with several seats this is the single non-transferable vote. Not
here: several marks a voter (`bloc`), runoffs (`irv`).

Text: common practice, with the rules of the model's "Majorities and quorum" (a tied election goes to the
clause's rule, else to a public lot). Reading: a paper that ranks several options equally first gives no
preference and is not valid; a blank paper is not valid.

Invariant: whole numbers; the figures add up to the valid ballots.
"""

from __future__ import annotations

from isonomy.counting.ballot import Profile
from isonomy.counting.parameters import Parameters
from isonomy.counting.tally import SeatsFilled, TallyCounted, elect_largest
from isonomy.counting.tie import Lots
from isonomy.counting.trace import Result


def count(profile: Profile, parameters: Parameters, lots: Lots) -> Result:
    """Counts first preferences; `seats` options (1 unless given, or as the file says) are elected."""
    seats = parameters.seats or profile.seats or 1
    figures = dict.fromkeys(profile.standing, 0)
    for ranks, weight in profile.standing_ballots():
        if ranks and len(ranks[0]) == 1:
            figures[ranks[0][0]] += weight
    valid = sum(figures.values())
    winners, why = elect_largest(figures, seats, lots, parameters.constraints)
    return Result(
        rule="plurality",
        options=profile.options,
        seats=seats,
        valid=valid,
        winners=winners,
        steps=(
            TallyCounted("first preferences", tuple(figures.items()), "first preferences", valid),
            *why,
            SeatsFilled("most first preferences", winners, seats),
        ),
        ties=tuple(lots.met),
        elects=True,
        parameters={**parameters.to_json(), "seats": seats},
    )
