"""Asking before acting: what the engine would say of an act of the viewer, and in which of the viewer's seats.

Lives here: acts that are tried out, and forms whose act is handed in from the seat in which it may be done. Not here:
handing in (`desk`), which acts a page offers (each app).

Invariant: whether somebody may do something is asked of the engine with the act they would hand in; no page knows better.
"""

from __future__ import annotations

from typing import Any

from isonomy.adapters.system import SystemEntropy
from isonomy.chamber.completing import sealed
from isonomy.chamber.founding import draw_act_id, hours_from
from isonomy.engine.decide import refusal_of
from isonomy.engine.refusal import Accepted, Refused, Verdict
from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.canonical import Json
from isonomy.record.commitment import SALT_SIZE
from isonomy.web.desk import GOOD_FOR_HOURS, ActForm
from isonomy.web.viewer import Viewer

OTHERS = ("acted as", "asked", "may rule")
"""Facts by which the engine says that an act belongs to another seat."""


def tried(viewer: Viewer, name: str, **fields: Json) -> tuple[Verdict, str]:
    """What the engine would say of an act of the viewer now, in the seat in which it may be done ("" in none)."""
    act: dict[str, Json] = {
        "id": draw_act_id(SystemEntropy()), "log": viewer.standing.state.origin,
        "until": hours_from(viewer.standing.at, GOOD_FOR_HOURS), "act": name, "by": viewer.person,
        **{key: value for key, value in fields.items() if value not in (None, "", [])},
    }  # fmt: skip
    return in_best_seat(viewer, act)


def may(viewer: Viewer, name: str, **fields: Json) -> bool:
    """Whether the viewer may do it now."""
    return viewer.is_member and isinstance(tried(viewer, name, **fields)[0], Accepted)


def in_best_seat(viewer: Viewer, act: dict[str, Json]) -> tuple[Verdict, str]:
    """The verdict on an act in that seat of the viewer in which it may be done, and the seat ("" in none).

    Where it may be done in none, the seat is the first to which the act belongs at all.
    """
    whole, _ = sealed(act, lambda place: bytes(SALT_SIZE))
    try:
        best, place = viewer.standing.judge(whole), ""
        belongs = is_yours(best)
        for seat in viewer.seats:
            verdict = viewer.standing.judge(whole | {"as": seat})
            if isinstance(verdict, Accepted):
                return verdict, seat
            if not belongs and is_yours(verdict):
                best, place, belongs = verdict, seat, True
    except BadInput as fault:
        return refusal_of(fault), ""
    return best, place


def is_yours(verdict: Verdict) -> bool:
    """Whether nothing in a verdict says that the act belongs to another seat than those of the author."""
    if isinstance(verdict, Accepted):
        return True
    return not any(fact in ground.facts for ground in verdict.grounds for fact in OTHERS)


def needs_no_other(verdict: Verdict) -> bool:
    """Whether an act is the author's own to do: it belongs to no other seat and waits for no decision of a body."""
    if isinstance(verdict, Accepted):
        return True
    return is_yours(verdict) and not any("decision" in ground.facts for ground in verdict.grounds)


def reasons(verdict: Verdict) -> list[dict[str, Any]]:
    """The grounds of a refusal as pages show them; none of an accepted act."""
    found: list[dict[str, Any]] = verdict.to_json("")["grounds"] if isinstance(verdict, Refused) else []
    return found


class SeatedForm(ActForm):
    """A form whose act is handed in from the seat of the viewer in which it may be done."""

    def act(self) -> dict[str, Json]:
        """The act, with the seat it is done in."""
        act = super().act()
        if "as" not in act:
            seat = self._seat_before(str(act["id"])) or in_best_seat(self.viewer, act)[1]
            if seat:
                act["as"] = seat
        return act

    def _seat_before(self, id: str) -> str:
        """The seat in which this very form was handed in before; what it did may be refused by now."""
        number = self.viewer.standing.state.acts.get(id)
        if number is None:
            return ""
        author, seat = self.viewer.standing.state.author_of(number)
        return seat if author == self.viewer.person else ""
