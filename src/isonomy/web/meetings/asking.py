"""Candidate acts: an act about a meeting as the viewer would hand it in now, and the engine's answer.

Lives here: making the candidate. Not here: trying it in each seat (`web.asking`), which acts a page offers (`steps`).

Invariant: what is tried differs from what is handed in by its random id alone.
"""

from __future__ import annotations

from isonomy.adapters.system import SystemEntropy
from isonomy.chamber.founding import draw_act_id, hours_from
from isonomy.engine.refusal import Accepted, Verdict
from isonomy.engine.state import State
from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.canonical import Json
from isonomy.web.asking import in_best_seat, is_yours
from isonomy.web.desk import GOOD_FOR_HOURS
from isonomy.web.viewer import Viewer


def candidate(viewer: Viewer, name: str, **fields: Json) -> dict[str, Json]:
    """An act of the viewer as it would be handed in now; fields that are None or empty are left out."""
    standing = viewer.standing
    return {
        "id": draw_act_id(SystemEntropy()), "log": standing.state.origin,
        "until": hours_from(standing.at, GOOD_FOR_HOURS), "act": name, "by": viewer.person,
        **{key: value for key, value in fields.items() if value not in (None, "", [])},
    }  # fmt: skip


def judged(viewer: Viewer, name: str, **fields: Json) -> Verdict:
    """What the engine would say of an act of the viewer now, in the best of the viewer's seats."""
    return in_best_seat(viewer, candidate(viewer, name, **fields))[0]


def seat_to_act_in(viewer: Viewer, act: dict[str, Json]) -> str:
    """The seat in which the viewer hands an act in: one in which it may be done, else one to which it belongs, else none."""
    verdict, seat = in_best_seat(viewer, act)
    if seat or isinstance(verdict, Accepted):
        return seat
    try:
        return next((held for held in viewer.seats if is_yours(viewer.standing.judge(act | {"as": held}))), "")
    except BadInput:
        return ""


def seen(state: State) -> int:
    """The last entry of the record as the page shows it: what an act `expects` not to have moved on."""
    return state.n - 1
