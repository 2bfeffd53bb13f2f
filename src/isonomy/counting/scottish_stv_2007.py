"""Scottish local elections: the Scottish Local Government Elections Order 2007 (SSI 2007/42), schedule 1,
rules 45 to 52.

Lives here: `scottish-stv-2007`, weighted inclusive Gregory transfers to five decimals. The Orders of 2011
(SSI 2011/399) and later keep the same rules for the count. Not here: which papers are valid (rule 43, done
when they are read), by-elections.

In brief: the quota is valid / (seats + 1), decimals ignored, plus 1 (rule 46). Who has the quota is elected
(47). The largest surplus goes first; each paper's new value is surplus x its value / total of the candidate,
to five decimals, the remainder ignored (48, 49). Without a surplus the candidate with the fewest votes is
excluded and the papers go on at their value (50). When as many candidates continue as seats are open, they
are elected, and no further transfer is made (52).

Readings:

- Rules 49(2) and 51(2): at the most recent preceding stage at which the candidates were not all equal, only
  those with the highest (the lowest) number stay in; if several are left, still earlier stages decide among
  them; if none does, a lot among those left.
- The Order has no constraints; where a poll has them, docs/spec/counting.md, section 13, says what they change.
- Rule 48(1): only papers of a candidate whose votes *exceed* the quota are transferred.
- A paper that names several candidates at one rank gives its preferences before that rank only; without a
  first preference it is not valid.
- Papers without a next preference keep their part of a surplus; it is shown as exhausted, what the cut
  decimals leave as lost to rounding.

Invariant: whole units of 0.00001; totals, exhausted and lost add up to the valid papers at every stage.
"""

from __future__ import annotations

from isonomy.counting.ballot import Profile
from isonomy.counting.parameters import Parameters
from isonomy.counting.quota import droop_whole
from isonomy.counting.stage_count import StageCount
from isonomy.counting.tie import Lots
from isonomy.counting.trace import Result

PLACES = 5


def count(profile: Profile, parameters: Parameters, lots: Lots) -> Result:
    """Counts by the order of 2007; `seats` as given, else as the file says, else 1."""
    seats = parameters.seats or profile.seats or 1
    state = StageCount(profile, seats, lots, PLACES, None, parameters.guarded, parameters.constraints)
    state.ties_backwards = True
    quota = droop_whole(state.valid, seats)
    state.note_quota("rule 46", str(quota))
    run(state, quota * state.unit)
    return state.result("scottish-stv-2007", str(quota), {**parameters.to_json(), "seats": seats})


def run(state: StageCount, quota: int) -> None:
    """Counts all stages; `quota` in units."""
    state.deal_first()
    elected = state.elect(state.reaching(quota))
    state.record("rules 45, 47", "first preferences", elected=elected)
    while state.vacancies > 0:
        if len(state.continuing) <= state.vacancies:
            state.fill_last("rule 52")
            return
        if doomed := state.doomed():
            _exclude(state, doomed, quota, doomed=True)
            continue
        surplus = [option for option in state.elected if state.totals[option] > quota]
        if surplus:
            _transfer_surplus(state, _first_to_transfer(state, surplus), quota)
        elif state.is_called_back:
            return
        else:
            _exclude(state, (_first_to_exclude(state),), quota)


def _first_to_transfer(state: StageCount, surplus: list[int]) -> int:
    most = max(state.totals[option] for option in surplus)
    tied = [option for option in surplus if state.totals[option] == most]
    if len(tied) == 1:
        return tied[0]
    place = f"after stage {len(state.history)}, rule 49(2)"
    return state.by_stages(tied, highest=True, newest_first=True, question="transfer", place=place)


def _first_to_exclude(state: StageCount) -> int:
    fewest = min(state.totals[option] for option in state.excludable)
    tied = [option for option in state.excludable if state.totals[option] == fewest]
    if len(tied) == 1:
        return tied[0]
    place = f"after stage {len(state.history)}, rule 51(2)"
    return state.by_stages(tied, highest=False, newest_first=True, question="excluded", place=place)


def _transfer_surplus(state: StageCount, option: int, quota: int) -> None:
    total = state.totals[option]
    surplus = total - quota
    moved = 0
    for value, bundle in state.take(option).items():
        transfer_value = surplus * value // total
        for receiver, papers in state.papers.split(bundle, state.standing).items():
            moved += state.credit(receiver, papers, transfer_value)
    state.totals[option] = quota
    state.lost += surplus - moved
    elected = state.elect(state.reaching(quota))
    state.record("rules 47, 48", "surplus", [option], elected=elected, margin=surplus)


def _exclude(state: StageCount, going: tuple[int, ...], quota: int, *, doomed: bool = False) -> None:
    rival = margin = 0
    if not doomed:
        rival, margin = state.next_above(going[0])
        state.note_guarded(going)
    for option in going:
        state.standing[option] = False
    for option in going:
        for value, bundle in state.take(option).items():
            for receiver, papers in state.papers.split(bundle, state.standing).items():
                state.credit(receiver, papers, value)
        state.totals[option] = 0
    elected = state.elect(state.reaching(quota))
    clause = "rule 47, constraints" if doomed else "rules 47, 50"
    state.record(clause, "exclusion", going, elected=elected, excluded=going, margin=margin, rival=rival, doomed=doomed)
