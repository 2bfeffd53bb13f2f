"""The record's clock: curing an entry that was stamped wrongly ahead.

Lives here: `clock.reset`. Not here: stamping (the chamber).

Invariant: time in the record goes forward, save at a reset, which stands in the record for everyone to see.
"""

from __future__ import annotations

from dataclasses import dataclass

from isonomy.engine.act import judges
from isonomy.engine.effect import At, effect
from isonomy.engine.judgement import FORM, Judgement
from isonomy.engine.shape import Line
from isonomy.engine.state import State


@dataclass(frozen=True, slots=True)
class Reset:
    """Sets the record's time back after an entry was stamped wrongly ahead."""

    why: Line


@effect("clock.reset")
@dataclass(frozen=True, slots=True)
class ClockReset:
    """The record's time goes back, from the wrong instant to this entry's own."""

    was: str

    def apply(self, state: State, at: At) -> None:
        """Nothing but the entry's own time, which the fold sets."""
        state.touched["clock"] = at.n


def _keepers(judgement: Judgement) -> tuple[str, ...]:
    """Who keeps record or minutes of the whole organisation; where only units have such, those."""
    found = judgement.keepers("record") + judgement.keepers("minutes")
    return found or judgement.all_keepers("record") + judgement.all_keepers("minutes")


@judges("clock.reset", Reset, reportable=False)
def judge_reset(judgement: Judgement, reset: Reset) -> None:
    """Judges a reset: by a keeper of the record, when the last entry lies ahead of now."""
    del reset
    clause = judgement.rulebook.record.place.clause if judgement.rulebook.record else FORM
    if judgement.at >= judgement.state.at:
        judgement.refuse(
            FORM,
            "the last entry is not ahead of the clock",
            {"last": judgement.state.at, "now": judgement.at},
            "nothing needs setting",
        )
    if not judgement.is_recorder():
        judgement.may_act(
            _keepers(judgement),
            clause,
            "the clock is set right by a keeper of the record",
        )
    judgement.then(ClockReset(judgement.state.at))
