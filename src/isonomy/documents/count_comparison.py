"""Two counts held against each other: this one, and one that somebody recorded as JSON.

Lives here: finding the first stage and figure that differ. Not here: reading files, the digest of a trace
(`counting.trace`).

Invariant: only what the recorded count tells is compared, and never its wording; stages are compared in their order,
figures before outcomes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from isonomy.counting import first_difference
from isonomy.counting.trace import Result
from isonomy.kernel.bad_input import BadInput

_STAGE_FIGURES = ("totals", "exhausted", "lost_to_rounding", "quota")
_STAGE_OUTCOMES = ("elected", "excluded")
_TIE = ("question", "among", "at", "chosen")
_BEFORE = ("rule", "options", "seats", "valid", "parameters")
_AFTER = ("quota", "tallies", "rounds", "apportioned", "paths", "winners", "elected", "decided")
_WORDS = {"lost_to_rounding": "lost to rounding", "valid": "valid ballots"}
ABSENT = "nothing"


@dataclass(frozen=True, slots=True)
class Parting:
    """Where two counts part: the place in words, what this count has there, what the recorded one has."""

    place: str
    here: str
    recorded: str

    def sentence(self) -> str:
        """The difference in one sentence."""
        return f"The counts differ first at {self.place}: {self.here} here, {self.recorded} in the recorded count."


def compare(result: Result, recorded: Any) -> Parting | None:
    """Where a result and a recorded count (an object of `isonomy count --json`) part first; None when they agree.

    Raises `BadInput` when the recorded value is no count.
    """
    if not isinstance(recorded, Mapping) or "rule" not in recorded or not set(recorded) & {"stages", "winners"}:
        raise BadInput("this is not a recorded count", "", "record one with isonomy count FILE --rule RULE --json")
    here = result.to_json()
    return (
        _facts(here, recorded, _BEFORE)
        or _matrix(here, recorded)
        or _stages(here, recorded)
        or _facts(here, recorded, _AFTER)
        or _ties(here, recorded)
        or _digest(here, recorded)
    )


def _facts(here: Mapping[str, Any], recorded: Mapping[str, Any], keys: Sequence[str]) -> Parting | None:
    for key in keys:
        if key in recorded:
            found = _first({key: here.get(key)}, {key: recorded[key]}, "")
            if found is not None:
                return found
    return None


def _matrix(here: Mapping[str, Any], recorded: Mapping[str, Any]) -> Parting | None:
    if "matrix" not in here or "matrix" not in recorded:
        return None
    found = first_difference({"steps": [{"rows": here["matrix"]}]}, {"steps": [{"rows": recorded["matrix"]}]})
    if found is None:
        return None
    names: list[str] = here["options"]
    cell = [int(part) for part in found.path.removeprefix("rows").strip("[]").split("][") if part.isdigit()]
    if len(cell) == 2:
        place = f"the matrix, ballots that prefer {names[cell[0]]} to {names[cell[1]]}"
    else:
        place = "the size of the matrix"
    return Parting(place, _shown(found.one), _shown(found.other))


def _stages(here: Mapping[str, Any], recorded: Mapping[str, Any]) -> Parting | None:
    if "stages" not in here or "stages" not in recorded:
        return None
    mine, theirs = here["stages"], recorded["stages"]
    if not isinstance(theirs, list) or not all(isinstance(stage, Mapping) for stage in theirs):
        raise BadInput("the stages of the recorded count are not a list of objects", "stages", "record the count again")
    for one, other in zip(mine, theirs, strict=False):
        for keys in (_STAGE_FIGURES, _STAGE_OUTCOMES):
            told = [key for key in keys if key in other]
            found = _first(
                {key: one.get(key) for key in told}, {key: other[key] for key in told}, f"stage {one['number']}, "
            )
            if found is not None:
                return found
    if len(mine) != len(theirs):
        return Parting("the number of stages", str(len(mine)), str(len(theirs)))
    return None


def _ties(here: Mapping[str, Any], recorded: Mapping[str, Any]) -> Parting | None:
    theirs = recorded.get("ties")
    if not isinstance(theirs, list) or not all(isinstance(tie, Mapping) for tie in theirs):
        return None
    # How a tie was drawn may differ: a recount uses the draws that were recorded.
    for number, (one, other) in enumerate(zip(here["ties"], theirs, strict=False), start=1):
        told = [key for key in _TIE if key in other]
        found = _first({key: one[key] for key in told}, {key: other[key] for key in told}, f"tie {number}, ")
        if found is not None:
            return found
    if len(here["ties"]) != len(theirs):
        return Parting("the number of ties", str(len(here["ties"])), str(len(theirs)))
    return None


def _digest(here: Mapping[str, Any], recorded: Mapping[str, Any]) -> Parting | None:
    """The digest covers how ties were resolved: where a lot has become a recorded draw it differs lawfully."""
    theirs = recorded.get("ties", [])
    if [tie["by"] for tie in here["ties"]] != [tie.get("by") for tie in theirs]:
        return None
    return _facts(here, recorded, ("digest",))


def _first(one: Mapping[str, Any], other: Mapping[str, Any], before: str) -> Parting | None:
    """The first key, in the order given, at which two objects part."""
    for key in one:
        found = first_difference({"steps": [{key: one[key]}]}, {"steps": [{key: other[key]}]})
        if found is not None:
            path = found.path
            word = _WORDS.get(key, key)
            if path.startswith("totals."):
                place = f"the votes of {path.removeprefix('totals.')}"
            else:
                place = f"{word}{path[len(key) :].replace('.', ' ')}"
            return Parting(f"{before}{place}", _shown(found.one), _shown(found.other))
    return None


def _shown(value: Any) -> str:
    if value is None:
        return ABSENT
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
