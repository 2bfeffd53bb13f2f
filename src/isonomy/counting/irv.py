"""Instant runoff, the alternative vote: the candidate with the fewest votes goes until one has more than
half.

Lives here: `irv`, for one seat. Not here: several seats (`scottish_stv_2007`, `meek_prf`).

Text: docs/spec/counting.md, section 8; the usual rule of the alternative vote. (1) First preferences are
counted. (2) A candidate with more than half of the votes that continuing candidates hold is elected. (3) Else
the candidate with the fewest votes is excluded and the papers go to their next available preference. Equal
candidates: those with fewer votes at the most recent stage at which they were not all equal; if none, a lot.

Readings: more than half of the papers still in the count, not of all valid papers. One candidate is excluded
at a time.

Invariant: whole papers; totals and exhausted add up to the valid papers at every stage.
"""

from __future__ import annotations

from collections.abc import Sequence

from isonomy.counting.ballot import Profile
from isonomy.counting.parameters import Parameters
from isonomy.counting.stage_count import StageCount
from isonomy.counting.tie import Lots
from isonomy.counting.trace import Result


def count(profile: Profile, parameters: Parameters, lots: Lots) -> Result:
    """Counts for one seat."""
    state = StageCount(profile, 1, lots, 0, constraints=parameters.constraints)
    state.ties_backwards = True
    state.deal_first()
    state.record("1, 2", "first preferences", elected=_majority(state))
    while state.vacancies > 0:
        if len(state.continuing) <= 1:
            state.fill_last("2")
            break
        if doomed := state.doomed():
            _transfer(state, doomed)
            elected = _majority(state)
            state.record("constraints", "exclusion", doomed, elected=elected, excluded=doomed, doomed=True)
            continue
        fewest = min(state.totals[option] for option in state.continuing)
        tied = [option for option in state.continuing if state.totals[option] == fewest]
        option = tied[0]
        if len(tied) > 1:
            place = f"after stage {len(state.history)}, 3"
            option = state.by_stages(tied, highest=False, newest_first=True, question="excluded", place=place)
        rival, margin = state.next_above(option)
        _transfer(state, [option])
        elected = _majority(state)
        state.record("2, 3", "exclusion", [option], elected=elected, excluded=[option], margin=margin, rival=rival)
    return state.result("irv", "more than half", parameters.to_json())


def _transfer(state: StageCount, going: Sequence[int]) -> None:
    for option in going:
        state.standing[option] = False
    for option in going:
        for value, bundle in state.take(option).items():
            for receiver, papers in state.papers.split(bundle, state.standing).items():
                state.credit(receiver, papers, value)
        state.totals[option] = 0


def _majority(state: StageCount) -> tuple[int, ...]:
    held = sum(state.totals[option] for option in state.continuing)
    return state.elect([option for option in state.electable if 2 * state.totals[option] > held])
