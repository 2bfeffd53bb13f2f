"""Discharge: saying that a duty of a `duty` block was done, for one of its occasions.

Lives here: `duty.discharge`. Not here: which occasions there are (`due_by_clause`), duties that other acts
discharge by being done (meetings, elections, ratification).

Invariant: an occasion is discharged once, by the seat that owes it; done late it is done, and the record shows
how late.
"""

from __future__ import annotations

from dataclasses import dataclass

from isonomy.engine.act import judges
from isonomy.engine.due_by_clause import Owing, owing_key, owings
from isonomy.engine.duty import Outlook
from isonomy.engine.effect import At, effect
from isonomy.engine.judgement import Judgement
from isonomy.engine.shape import Line, Slug, Text
from isonomy.engine.state import State, day_of
from isonomy.kernel.bad_input import did_you_mean


@dataclass(frozen=True, slots=True)
class Discharge:
    """Says that a duty was done for one of its occasions: a day that came round, or a meeting.

    `text` is what was done, or the report itself.
    """

    duty: Slug
    occasion: Line
    text: Text | None = None


@effect("duty.discharged")
@dataclass(frozen=True, slots=True)
class DutyDischarged:
    """An occasion of a duty is done with: by which seat, on which day, due when."""

    duty: str
    occasion: str
    seat: str
    on: str
    due_on: str

    def apply(self, state: State, at: At) -> None:
        """Keeps the day under the occasion's key."""
        key = owing_key(self.duty, self.seat, self.occasion)
        state.discharged[key] = self.on
        state.touched[key] = at.n


@judges("duty.discharge", Discharge)
def judge_discharge(judgement: Judgement, discharge: Discharge) -> None:
    """Judges a discharge: the occasion is one of the duty's, not discharged yet, and the author's seat owes it."""
    owing = _owing(judgement, discharge)
    clause = owing.block.place.clause
    if owing.key in judgement.state.discharged:
        raise judgement.bar(
            "this is discharged already",
            {"on": judgement.state.discharged[owing.key]},
            "nothing more is needed",
            clause,
        )
    plain, _, unit = owing.seat.partition("@")
    body = judgement.rulebook.bodies.get(plain)
    officers = (body.chaired_by, body.minutes_by) if body is not None else ()
    seats = (owing.seat, *(judgement.beside(office, unit) for office in officers if office))
    judgement.may_act(tuple(dict.fromkeys(seats)), clause, f"the duty is {judgement.title(owing.seat)}'s to discharge")
    judgement.then(
        DutyDischarged(discharge.duty, discharge.occasion, owing.seat, judgement.on, owing.due_on.isoformat())
    )


def _owing(judgement: Judgement, discharge: Discharge) -> Owing:
    """The occasion that is meant; bars a duty or occasion that is not there."""
    outlook = Outlook(judgement.state, day_of(judgement.on), None, judgement.edition)
    found = [each for each in owings(outlook) if each.name == discharge.duty]
    if not found:
        known = sorted(judgement.rulebook.duties)
        raise judgement.bar(
            f"no duty '{discharge.duty}' has an occasion yet", {"duties": known}, did_you_mean(discharge.duty, known)
        )
    meant = [each for each in found if each.occasion == discharge.occasion]
    if not meant:
        waiting = [each.occasion for each in found if each.key not in judgement.state.discharged]
        raise judgement.bar(
            f"'{discharge.occasion}' is no occasion of that duty", {"waiting": waiting[:10]},
            "name one of its occasions",
            found[0].block.place.clause,
        )  # fmt: skip
    unit = judgement.as_.partition("@")[2]
    own = [each for each in meant if _is_authors(judgement, each, unit)]
    return (own or meant)[0]


def _is_authors(judgement: Judgement, owing: Owing, unit: str) -> bool:
    if unit:
        return owing.seat.partition("@")[2] == unit
    return judgement.author in judgement.holders(owing.seat)
