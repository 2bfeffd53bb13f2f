"""What a `power` block says of decisions taken alone, beside matters, amount and lapse: grounds, limits, what follows a refusal.

Lives here: the frozen shapes that the engine reads. Not here: their notation (`readings_of_powers`), their sentences
(`render_of_powers`), counting (`engine.alone`).

Invariant: a value like the rest of an edition; a limit is reckoned over every stretch of time of its length, never over a
calendar year, so that nobody takes December's share and January's within one week.
"""

from __future__ import annotations

from dataclasses import dataclass

from isonomy.kernel.calendar import Duration

STATED = "stated"
ENDS_IT = "ends it at once"


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many decisions (`number`), or together up to so much (`amount`), in any stretch of time so long."""

    within: Duration
    number: int | None = None
    amount: int | None = None

    def __str__(self) -> str:
        what = f"at most {self.number}" if self.number is not None else f"together up to {self.amount}"
        return f"{what} in {self.within}"


@dataclass(frozen=True, slots=True)
class PowerRule:
    """What an office owes for deciding alone.

    `grounds` "stated": the act says why. `limits` count what one office or one person has taken. `again_by` alone decides what
    lapsed or was refused. `refusal`: a ratification that is voted down ends the decision at once, else it lapses on its day.
    `reported_to` is the body whose next meeting is told of each.
    """

    grounds: str = ""
    limits: tuple[Limit, ...] = ()
    again_by: str = ""
    refusal: str = ""
    reported_to: str = ""
