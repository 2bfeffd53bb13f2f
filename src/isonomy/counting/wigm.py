"""Weighted inclusive Gregory, the reference rule: Proportional Representation Foundation, "Reference WIGM
Rule".

Lives here: `wigm`, four decimals, one defeat at a time (the optional step B.2 is not taken). Not here: the
Scottish statute, which differs in quota, decimals and ties (`scottish_stv_2007`).

Readings:

- A.1: the quota is cut to four decimals (D.4) before 0.0001 is added.
- B.3: weight x surplus is cut to four decimals, and so is its division by the candidate's vote (D.4). A
  candidate with a surplus of zero is transferred too: the papers have no weight left, and it is a stage of
  its own.
- B.4: when the defeat of a candidate completes the count, the papers are not transferred.
- D.1 speaks of a random order fixed before the count; here each tie is a lot by itself, which falls on every
  candidate alike.

Invariant: whole units of 0.0001; totals, exhausted and lost add up to the valid papers at every stage.
"""

from __future__ import annotations

from collections.abc import Sequence

from isonomy.counting.ballot import Profile
from isonomy.counting.parameters import Parameters, in_places
from isonomy.counting.quota import droop_plus_unit
from isonomy.counting.stage_count import StageCount
from isonomy.counting.stage_steps import LastExcluded
from isonomy.counting.tie import Lots
from isonomy.counting.trace import Result
from isonomy.counting.transfer import NOBODY

PLACES = 4


def count(profile: Profile, parameters: Parameters, lots: Lots) -> Result:
    """Counts by the reference rule; `seats` as given, else as the file says, else 1."""
    seats = parameters.seats or profile.seats or 1
    state = StageCount(profile, seats, lots, PLACES, None, parameters.guarded, parameters.constraints)
    quota = droop_plus_unit(state.valid * state.unit, seats)
    state.note_quota("A.1", in_places(quota, PLACES))
    _run(state, quota)
    return state.result("wigm", in_places(quota, PLACES), {**parameters.to_json(), "seats": seats})


def _is_complete(state: StageCount) -> bool:
    return state.vacancies <= 0 or len(state.continuing) <= state.vacancies


def _run(state: StageCount, quota: int) -> None:
    state.deal_first()
    pending: list[int] = []

    def elect_reaching() -> tuple[int, ...]:
        elected = () if _is_complete(state) else state.elect(state.reaching(quota))
        pending.extend(elected)
        return elected

    state.record("A.5, B.1", "first preferences", elected=elect_reaching())
    while not _is_complete(state):
        if doomed := state.doomed():
            _transfer_all(state, doomed)
            elected = elect_reaching()
            state.record("B.1, constraints", "exclusion", doomed, elected=elected, excluded=doomed, doomed=True)
            continue
        if pending:
            option = _one_of(state, pending, highest=True)
            pending.remove(option)
            surplus = _transfer_surplus(state, option, quota)
            state.record("B.1, B.3", "surplus", [option], elected=elect_reaching(), margin=surplus)
            continue
        if state.is_called_back:
            return
        option = _one_of(state, state.excludable, highest=False)
        rival, margin = state.next_above(option)
        state.note_guarded([option])
        state.standing[option] = False
        if _is_complete(state):
            state.steps.append(LastExcluded("B.4", option, rival, margin, PLACES))
            break
        _transfer_all(state, [option])
        state.record(
            "B.1, B.4", "exclusion", [option], elected=elect_reaching(), excluded=[option], margin=margin, rival=rival
        )
    if state.vacancies > 0:
        state.fill_last("C")


def _transfer_all(state: StageCount, going: Sequence[int]) -> None:
    for option in going:
        state.standing[option] = False
    for option in going:
        for value, bundle in state.take(option).items():
            for receiver, papers in state.papers.split(bundle, state.standing).items():
                state.credit(receiver, papers, value)
        state.totals[option] = 0


def _one_of(state: StageCount, options: list[int], *, highest: bool) -> int:
    best = (max if highest else min)(state.totals[option] for option in options)
    tied = [option for option in options if state.totals[option] == best]
    if len(tied) == 1:
        return tied[0]
    question = "transfer" if highest else "excluded"
    return state.lots.draw(question, f"after stage {len(state.history)}, D.1", tied, in_places(best, PLACES))


def _transfer_surplus(state: StageCount, option: int, quota: int) -> int:
    total = state.totals[option]
    surplus = total - quota
    moved = 0
    for weight, bundle in state.take(option).items():
        new_weight = (weight * surplus // state.unit) * state.unit // total
        for receiver, papers in state.papers.split(bundle, state.standing).items():
            moved += state.credit(receiver if new_weight else NOBODY, papers, new_weight)
    state.totals[option] = quota
    state.lost += surplus - moved
    return surplus
