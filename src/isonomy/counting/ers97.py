"""Electoral Reform Society, "How to conduct an election by the single transferable vote", third edition 1997
(ERS97), section 5.

Lives here: `ers97`, two decimals, transfers of the last batch only. Not here: casual vacancies (section 7).

In brief: the quota is valid / (seats + 1) to two decimals, raised where it is not exact (5.1.6). Elected is
who has the quota, or the total active vote divided by one more than the places not yet filled (5.1.7, 5.3.13,
5.4.9). The largest surplus goes first, unless all surpluses together cannot change who goes next (5.2.2,
5.2.3); only the last batch received is transferred (5.3). Else as many candidates with the fewest votes as
possible are excluded together (5.2.5), their papers going in batches by value, highest first, and candidates
are elected after each batch (5.4).

Readings:

- 5.2.2: surpluses are deferred when some candidates could be excluded under 5.2.5 with all surpluses counted
  in; for one candidate this is the difference of 5.2.2(a), for several that of 5.2.2(b).
- 5.2.3, 5.2.5, 5.6.2: the earliest point at which those tied were not all equal; those who are not highest
  (lowest) there drop out, and later points decide among the rest. Points are the first stage and each
  transfer of a batch.
- 5.3.7: when the transferable papers are worth no more than the surplus they keep their value, and the rest
  of the surplus is non-transferable, shown as exhausted; otherwise the non-transferable difference is shown
  as lost to rounding.
- 5.4.8: the quota sinks after each batch while nobody has been elected.
- 5.2.5 with constraints: a batch is excluded together only if any choice among equal candidates may be.
- 5.5.1: an exclusion that would leave as many candidates as places is not carried out.
- 5.5.2: when the places are filled between two batches, the batches left stay where they are.

Invariant: whole units of 0.01; totals, exhausted and lost add up to the valid papers at every stage.
"""

from __future__ import annotations

from itertools import combinations
from math import comb

from isonomy.counting.ballot import Profile
from isonomy.counting.parameters import Parameters, in_places
from isonomy.counting.quota import droop_rounded_up
from isonomy.counting.stage_count import StageCount
from isonomy.counting.tie import Lots
from isonomy.counting.trace import Result
from isonomy.counting.transfer import NOBODY, Bundle

PLACES = 2
BATCHES_MAX = 100
"""So many ways to choose among equal candidates are tried before a batch that constraints touch is not excluded together."""


def count(profile: Profile, parameters: Parameters, lots: Lots) -> Result:
    """Counts by ERS97; `seats` as given, else as the file says, else 1. The quota of the result is the one at
    the end."""
    seats = parameters.seats or profile.seats or 1
    state = StageCount(profile, seats, lots, PLACES, constraints=parameters.constraints)
    counting = _Ers97(state)
    counting.run()
    return state.result("ers97", in_places(counting.quota, PLACES), {**parameters.to_json(), "seats": seats})


class _Ers97:
    def __init__(self, state: StageCount) -> None:
        self.state = state
        # Each candidate's batches as (value, papers), in the order received.
        self.batches: list[list[tuple[int, Bundle]]] = [[] for _ in state.totals]
        self.points: list[tuple[int, ...]] = []
        self.quota = droop_rounded_up(state.valid * state.unit, state.seats)

    def run(self) -> None:
        state = self.state
        state.note_quota("5.1.6", in_places(self.quota, PLACES))
        for option, bundle in state.papers.deal(state.standing).items():
            self._give(option, bundle, state.unit)
        self._note_point()
        elected = self._deem_elected()
        state.record("5.1.7", "first preferences", elected=elected, quota=self.quota)
        while state.vacancies > 0:
            if len(state.continuing) <= state.vacancies:
                state.fill_last("4.3")
                return
            if doomed := state.doomed():
                self._exclude(list(doomed), doomed=True)
                continue
            surplus = [option for option in state.elected if state.totals[option] > self.quota]
            if surplus and not self._excludable():
                self._transfer_surplus(self._largest(surplus))
                continue
            going = self._lowest(self._excludable())
            if len(state.continuing) - len(going) <= state.vacancies:
                state.note_guarded(going)
                for option in going:
                    state.standing[option] = False
                state.fill_last("5.5.1")
                return
            self._exclude(going)

    def _give(self, option: int, bundle: Bundle, value: int) -> int:
        worth: int = self.state.papers.papers(bundle) * value
        if option == NOBODY:
            self.state.exhausted += worth
        else:
            self.state.totals[option] += worth
            self.batches[option].append((value, bundle))
        return worth

    def _note_point(self) -> None:
        self.points.append(tuple(self.state.totals))

    def _surpluses(self) -> int:
        return sum(max(0, self.state.totals[option] - self.quota) for option in self.state.elected)

    def _active(self) -> int:
        state = self.state
        held: int = sum(min(state.totals[option], self.quota) for option in state.elected)
        active: int = state.valid * state.unit - state.exhausted - state.lost - held
        return active

    def _deem_elected(self) -> tuple[int, ...]:
        state = self.state
        elected: list[int] = []
        while state.vacancies > 0 and (open_to := state.electable):
            most = max(state.totals[option] for option in open_to)
            if most < self.quota and most * (state.vacancies + 1) < self._active():
                break
            tied = [option for option in open_to if state.totals[option] == most]
            if len(tied) > state.vacancies or (len(tied) > 1 and not state.may_elect(tied)):
                # 5.6.2: an earlier point decides; where none does, nobody is elected at this stage.
                first = self._by_points(tied, highest=True)
                if len(first) > 1:
                    break
                at = in_places(most, PLACES)
                state.lots.earlier("elected", f"stage {len(state.history) + 1}, 5.6.2", tied, at, first[0])
                tied = first
            elected.extend(state.elect(tied[:1]))
        return tuple(elected)

    def _by_points(self, tied: list[int], *, highest: bool) -> list[int]:
        left = list(tied)
        for totals in self.points:
            best = (max if highest else min)(totals[option] for option in left)
            left = [option for option in left if totals[option] == best]
            if len(left) == 1:
                break
        return left

    def _single_out(self, tied: list[int], *, highest: bool, question: str, clause: str) -> int:
        left = self._by_points(tied, highest=highest)
        place = f"after stage {len(self.state.history)}, {clause}"
        at = in_places(self.state.totals[tied[0]], PLACES)
        if len(left) == 1:
            return self.state.lots.earlier(question, place, tied, at, left[0])
        return self.state.lots.draw(question, place, left, at)

    def _largest(self, surplus: list[int]) -> int:
        most = max(self.state.totals[option] for option in surplus)
        tied = [option for option in surplus if self.state.totals[option] == most]
        if len(tied) == 1:
            return tied[0]
        return self._single_out(tied, highest=True, question="transfer", clause="5.2.3")

    def _excludable(self) -> int:
        """How many of the candidates with the fewest votes can be excluded together (5.2.5), all surpluses
        counted in."""
        state = self.state
        order = sorted(state.excludable, key=lambda option: state.totals[option])
        votes = [state.totals[option] for option in order]
        together, found, surpluses = 0, 0, self._surpluses()
        for size in range(1, min(len(votes), len(state.continuing) - state.vacancies) + 1):
            together += votes[size - 1]
            if size < len(votes) and together + surpluses <= votes[size] and self._may_go(order, size):
                found = size
        return found

    def _may_go(self, order: list[int], size: int) -> bool:
        """Whether constraints let any so many with the fewest votes be excluded together."""
        if self.state.limits is None:
            return True
        totals = self.state.totals
        below = [option for option in order if totals[option] < totals[order[size - 1]]]
        equal = [option for option in order if totals[option] == totals[order[size - 1]]]
        if comb(len(equal), size - len(below)) > BATCHES_MAX:
            return False
        return all(self.state.may_exclude([*below, *some]) for some in combinations(equal, size - len(below)))

    def _lowest(self, wanted: int) -> list[int]:
        left = self.state.excludable
        going: list[int] = []
        while len(going) < max(wanted, 1):
            fewest = min(self.state.totals[option] for option in left)
            tied = [option for option in left if self.state.totals[option] == fewest]
            if len(tied) <= wanted - len(going) or len(tied) == 1:
                chosen = tied
            else:
                chosen = [self._single_out(tied, highest=False, question="excluded", clause="5.2.5")]
            going.extend(chosen)
            left = [option for option in left if option not in chosen]
        return going

    def _transfer_surplus(self, option: int) -> None:
        state = self.state
        surplus = state.totals[option] - self.quota
        value, bundle = self.batches[option].pop()
        groups = state.papers.split(bundle, state.standing)
        groups.pop(NOBODY, None)
        transferable = sum(state.papers.papers(papers) for papers in groups.values())
        worth_more = transferable * value > surplus
        new_value = surplus // transferable if worth_more else value
        moved = sum(self._give(receiver, papers, new_value) for receiver, papers in groups.items())
        if worth_more:
            state.lost += surplus - moved
        else:
            state.exhausted += surplus - moved
        state.totals[option] = self.quota
        self._note_point()
        elected = self._deem_elected()
        state.record("5.3", "surplus", [option], elected=elected, margin=surplus, quota=self.quota)

    def _exclude(self, going: list[int], *, doomed: bool = False) -> None:
        state = self.state
        rival, margin = state.next_above(going[0]) if len(going) == 1 and not doomed else (0, 0)
        if not doomed:
            state.note_guarded(going)
        by_value: dict[int, list[tuple[int, Bundle]]] = {}
        for option in going:
            state.standing[option] = False
            for value, bundle in self.batches[option]:
                by_value.setdefault(value, []).append((option, bundle))
            self.batches[option] = []
        elected: list[int] = []
        for value in sorted(by_value, reverse=True):
            self._transfer_batch(value, by_value[value])
            # Values become non-transferable only in exclusions while nobody is elected (5.4.8).
            if not state.elected:
                live = state.valid * state.unit - state.exhausted - state.lost
                self.quota = droop_rounded_up(live, state.seats)
            self._note_point()
            elected.extend(self._deem_elected())
            if state.vacancies <= 0:
                break
        state.record(
            "5.4, constraints" if doomed else "5.4",
            "exclusion",
            sorted(going),
            elected=elected,
            excluded=sorted(going),
            margin=margin,
            rival=rival,
            quota=self.quota,
            doomed=doomed,
        )

    def _transfer_batch(self, value: int, bundles: list[tuple[int, Bundle]]) -> None:
        state = self.state
        received: dict[int, Bundle] = {}
        for option, bundle in bundles:
            state.totals[option] -= state.papers.papers(bundle) * value
            for receiver, papers in state.papers.split(bundle, state.standing).items():
                joined = received.get(receiver)
                received[receiver] = papers if joined is None else state.papers.join(joined, papers)
        for receiver, papers in received.items():
            self._give(receiver, papers, value)
