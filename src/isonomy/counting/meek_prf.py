"""Meek's method, the reference rule: Proportional Representation Foundation, "Reference Meek Rule".

Lives here: `meek-prf`, nine decimals, omega 0.000001. Not here: Gregory rules, whose transfers are final
(`wigm`, `scottish_stv_2007`).

In brief: every candidate keeps a share of each paper, the keep factor, and passes the rest on. Keep factors
of the elected are lowered until their surplus is below omega (B.2); then the candidate with the fewest votes
goes (B.3). The quota sinks with the votes that find no further candidate.

Readings:

- A stage of the trace is a round: all iterations until a candidate is elected (B.2.e) or defeated (B.3). Its
  totals are those of the last distribution.
- B.3: every hopeful candidate with at most the fewest votes plus the total surplus is tied; a lot among them
  decides.
- C.1: the hopeful candidates left are elected in the order of their votes.

Invariant: whole units of 0.000000001; votes and exhausted add up to the valid papers in every round, nothing
is lost to rounding.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from itertools import chain

from isonomy.counting import arrays_meek, compiled
from isonomy.counting.ballot import Profile
from isonomy.counting.parameters import Parameters, in_places
from isonomy.counting.quota import droop_plus_unit
from isonomy.counting.stage_count import StageCount
from isonomy.counting.tie import Lots
from isonomy.counting.trace import Result
from isonomy.counting.transfer import Bundle, passing_papers_for

PLACES = 9
OMEGA = 1_000
"""0.000001 in units."""


def count(profile: Profile, parameters: Parameters, lots: Lots) -> Result:
    """Counts by the reference rule; `seats` as given, else as the file says, else 1. The quota is that of the last
    round."""
    seats = parameters.seats or profile.seats or 1
    papers = passing_papers_for(profile.standing_ballots())
    state = StageCount(profile, seats, lots, PLACES, papers, parameters.guarded, parameters.constraints)
    votes = _Votes(state)
    quota = droop_plus_unit(state.valid * state.unit, seats)
    # B.1: complete when all seats are filled, or no more candidates are left than seats.
    while state.vacancies > 0 and len(state.continuing) > state.vacancies:
        if doomed := state.doomed():
            votes.distribute()
            quota = droop_plus_unit(sum(state.totals), seats)
            for option in doomed:
                state.standing[option] = False
                votes.keep[option] = 0
            votes.pass_on(doomed)
            state.record("constraints", "exclusion", doomed, excluded=doomed, quota=quota, doomed=True)
            continue
        quota, surplus, elected = _iterate(state, votes, seats)
        if elected:
            votes.pass_on(elected)
            state.record("B.2", "iteration", elected=elected, quota=quota)
            continue
        if state.is_called_back:
            break
        option = _lowest(state, surplus)
        rival, margin = state.next_above(option)
        state.note_guarded([option])
        state.standing[option] = False
        votes.keep[option] = 0
        votes.pass_on([option])
        state.record(
            "B.2, B.3", "exclusion", [option], excluded=[option], margin=max(margin, 0), rival=rival, quota=quota
        )
    if not state.history:
        votes.distribute()
        state.record("B.2", "iteration", quota=quota)
    if state.vacancies > 0 and not state.is_called_back:
        state.fill_last("C.1")
    shown = in_places(quota, PLACES)
    return state.result("meek-prf", shown, {**parameters.to_json(), "seats": seats})


class _Votes:
    """Papers by the way their votes go: through which elected candidates, in order, to which hopeful one (or to
    nobody).

    A hopeful candidate keeps all that arrives, so papers with the same way share their votes alike whatever follows.
    """

    def __init__(self, state: StageCount) -> None:
        self.state = state
        self.keep = [state.unit if stands else 0 for stands in state.standing]
        dealt = state.papers.deal([kept > 0 for kept in self.keep])
        self.ways: dict[tuple[int, ...], Bundle] = {(option,): bundle for option, bundle in dealt.items()}
        self.weights = {way: state.papers.papers(bundle) for way, bundle in self.ways.items()}
        self._plan()

    def pass_on(self, options: Sequence[int]) -> None:
        """Lets the papers that stopped at these candidates, now elected or excluded, go on to further ones."""
        state, open_to = self.state, [kept > 0 for kept in self.keep]
        waiting = dict.fromkeys(way for way in self.ways if way[-1] in options)
        while waiting:
            way, _ = waiting.popitem()
            bundle = self.ways.pop(way)
            del self.weights[way]
            through = way if self.keep[way[-1]] else way[:-1]
            for option, papers in state.papers.split(bundle, open_to).items():
                onward = (*through, option)
                weight = state.papers.papers(papers)
                if onward in self.ways:
                    self.ways[onward] = state.papers.join(self.ways[onward], papers)
                    self.weights[onward] += weight
                else:
                    self.ways[onward], self.weights[onward] = papers, weight
                if option and not state.standing[option]:
                    waiting[onward] = None
        self._plan()

    def _plan(self) -> None:
        """The ways as a tree: for each node its parent, its candidate, and the papers that pass through it."""
        place: dict[tuple[int, ...], int] = {(): 0}
        self.parents, self.options, self.passing, self.stopping = [0], [0], [0], [0]
        for way, weight in self.weights.items():
            node = 0
            for length in range(1, len(way) + 1):
                prefix = way[:length]
                found = place.get(prefix)
                if found is None:
                    found = place[prefix] = len(self.parents)
                    self.parents.append(node)
                    self.options.append(way[length - 1])
                    self.passing.append(0)
                    self.stopping.append(0)
                node = found
                self.passing[node] += weight
            self.stopping[node] += weight

        self.compiled = compiled.machine is not None and arrays_meek.fits(self.state.valid, self.state.unit)
        if self.compiled:
            nodes = zip(self.parents, self.options, self.passing, self.stopping, strict=True)
            self.tree = struct.pack(f"<{4 * len(self.parents)}Q", *chain.from_iterable(nodes))
        large = not self.compiled and len(self.parents) >= arrays_meek.NODES_FROM
        self.levels = self._levels() if large else None

    def _levels(self) -> arrays_meek.Levels | None:
        if not arrays_meek.fits(self.state.valid, self.state.unit):
            return None
        try:
            return arrays_meek.Levels(self.parents, self.options, self.passing, self.stopping)
        except ImportError:
            return None

    def distribute(self) -> None:
        """B.2.a: every candidate keeps a share of each paper, rounded up, and passes the rest on."""
        keep = [0, *self.keep[1:]]
        if self.compiled:
            run = struct.pack(f"<{len(keep)}Q", *keep)
            found = compiled.machine.share_votes(self.tree, run, self.state.unit, self.state.valid)
            self.state.totals[:], self.state.exhausted = found[:-1], found[-1]
            return
        by_arrays = self.levels.distribute(keep, self.state.unit) if self.levels else None
        self.state.totals[:], self.state.exhausted = by_arrays or self.distributed(keep)

    def distributed(self, keep: list[int]) -> tuple[list[int], int]:
        """The votes of each candidate and the exhausted, node by node."""
        totals, left, unit = [0] * len(keep), [self.state.unit], self.state.unit
        for parent, option, passing in zip(self.parents[1:], self.options[1:], self.passing[1:], strict=True):
            arriving = left[parent]
            kept = -(-arriving * keep[option] // unit)
            totals[option] += kept * passing
            left.append(arriving - kept)
        return totals, sum([rest * stopping for rest, stopping in zip(left, self.stopping, strict=True) if stopping])


def _iterate(state: StageCount, votes: _Votes, seats: int) -> tuple[int, int, tuple[int, ...]]:
    last_surplus: int | None = None
    while True:
        votes.distribute()
        quota = droop_plus_unit(sum(state.totals), seats)
        elected = state.elect(state.reaching(quota))
        surplus = max(0, sum(state.totals[option] - quota for option in state.elected))
        if elected or surplus < OMEGA or (last_surplus is not None and surplus >= last_surplus):
            return quota, surplus, elected
        last_surplus = surplus
        for option in state.elected:
            # Both steps are rounded up to the ninth decimal (B.2.f).
            scaled = -(-votes.keep[option] * quota // state.unit)
            votes.keep[option] = -(-scaled * state.unit // state.totals[option])


def _lowest(state: StageCount, surplus: int) -> int:
    fewest = min(state.totals[option] for option in state.excludable)
    tied = [option for option in state.excludable if state.totals[option] <= fewest + surplus]
    if len(tied) == 1:
        return tied[0]
    place = f"round {len(state.history) + 1}, B.3"
    return state.lots.draw("excluded", place, tied, in_places(fewest, PLACES))
