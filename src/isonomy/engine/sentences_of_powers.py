"""Sentences of power used alone, handed over, and in an emergency.

Lives here: what the effects of `proceedings.taking` and its neighbours say. Not here: the others (`sentences`), from where the
speaker comes.

Invariant: as in `sentences`.
"""

from __future__ import annotations

from typing import Any

from isonomy.engine.sentences import Speaker, says


@says("decision.refused")
def _refused(to: Speaker, e: Any) -> list[str]:
    return [f"The decision {e.decision} is not ratified and ends at once (poll {e.poll})"]


@says("decision.accounted")
def _accounted(to: Speaker, e: Any) -> list[str]:
    return [f"{to.who} reported the decision {e.decision} to {to.seat(e.to)}"]
