"""A proven margin for Gregory transfers: how many papers may be filled in otherwise without any decision changing.

Lives here: the proof for `scottish-stv-2007`. Not here: other rules (`margin`), altered papers tried (`margin_tried`).

The proof. Hold the count beside one in which k valid papers are filled in otherwise; the quota Q is the same. Suppose
that all decisions before a stage are the same. Then every paper that is not among the k lies where it lay, in a class of
papers that moved in the same transfers; let its value differ by at most e(class), which is 0 before any transfer.

1. A candidate's total differs by at most D = the sum over the candidate's papers of e(class), plus k: an altered paper is
   worth from 0 to 1 wherever it lies, before and after.
2. When a surplus moves, a paper worth v of a candidate with total T gets v(1 - Q/T), cut off. With T differing by at most
   D < T the new value differs by at most e(class)(1 - Q/(T + D)) + v Q D / (T (T - D)), and one unit more for the cut.
3. A decision is the same when its distance exceeds the differences of both sides: who reaches the quota or not (D), whose
   surplus goes first, who is excluded (D of the one and the other together).

If every decision holds for k, the same candidates are elected. The bound is far from sharp: an order of exclusions may
change without the winners changing.

Invariant: whole units, every bound rounded up; a tie, however settled, leaves no papers to alter.
"""

from __future__ import annotations

from isonomy.counting.ballot import Profile
from isonomy.counting.stage_steps import QuotaSet, StageCounted
from isonomy.counting.trace import Result
from isonomy.counting.transfer import NOBODY, Bundle, papers_for
from isonomy.counting.values import value


@value
class _Moment:
    """A recorded stage: who was excluded or transferred to get there, and the papers of each candidate by class."""

    stage: StageCounted
    continuing: tuple[int, ...]
    waiting: tuple[int, ...]
    held: dict[int, dict[int, int]]
    born: tuple[tuple[int, int], ...]


def most_that_change_nothing(profile: Profile, result: Result) -> int:
    """The largest number of papers that, filled in otherwise, leave every decision of the count as it is; 0 when there
    is no such number."""
    quota = int(next(step.quota for step in result.steps if isinstance(step, QuotaSet)))
    moments, values = _replayed(profile, result)
    unit = 10 ** moments[0].stage.places
    low, high = 0, max(result.valid, 1)
    while high - low > 1:
        middle = (low + high) // 2
        if _holds(moments, values, middle * unit, quota * unit, result):
            low = middle
        else:
            high = middle
    return low


def _replayed(profile: Profile, result: Result) -> tuple[list[_Moment], list[int]]:
    """The count again, every transfer a new class of papers; `values` are in units."""
    papers = papers_for(profile.standing_ballots(), len(profile.options))
    stages = [step for step in result.steps if isinstance(step, StageCounted)]
    unit = 10 ** stages[0].places
    quota = unit * int(result.quota or 0)
    standing = [option in profile.standing for option in range(len(profile.options) + 1)]
    held: dict[int, dict[int, Bundle]] = {o: {} for o in profile.standing}
    values = [unit]
    waiting: list[int] = []
    moments: list[_Moment] = []
    for number, stage in enumerate(stages):
        born: list[tuple[int, int]] = []
        if not number:
            for option, bundle in papers.deal(standing).items():
                held[option][0] = bundle
        else:
            subject = stage.subjects[0]
            standing[subject] = False
            total = stages[number - 1].totals[subject - 1]
            if stage.action == "surplus":
                waiting.remove(subject)
            taken, held[subject] = held[subject], {}
            for family, bundle in taken.items():
                if stage.action == "surplus":
                    born.append((len(values), family))
                    values.append((total - quota) * values[family] // total)
                    family = len(values) - 1
                for receiver, moved in papers.split(bundle, standing).items():
                    if receiver != NOBODY:
                        there = held[receiver]
                        there[family] = papers.join(there[family], moved) if family in there else moved
        continuing = tuple(option for option in profile.standing if standing[option])
        for option in stage.elected:
            standing[option] = False
            waiting.append(option)
        counted = {o: {family: papers.papers(bundle) for family, bundle in held[o].items()} for o in held}
        moments.append(_Moment(stage, continuing, tuple(waiting), counted, tuple(born)))
    return moments, values


def _holds(moments: list[_Moment], values: list[int], changed: int, quota: int, result: Result) -> bool:
    """Whether no decision can differ when papers worth `changed` units at most are altered."""
    differ = {0: 0}
    left = result.seats
    off: dict[int, int] = {}
    for place, moment in enumerate(moments):
        totals = {option: moment.stage.totals[option - 1] for option in moment.held}
        if moment.born:
            subject = moment.stage.subjects[0]
            total, away = moments[place - 1].stage.totals[subject - 1], off[subject]
            if away >= total:
                return False
            for family, parent in moment.born:
                kept = -(-differ[parent] * (total + away - quota) // (total + away))
                factor = -(-values[parent] * quota * away // (total * (total - away)))
                differ[family] = kept + factor + 1
        off = {
            option: changed + sum(count * differ[family] for family, count in families.items())
            for option, families in moment.held.items()
        }
        for option in moment.continuing:
            reached = option in moment.stage.elected
            if reached and totals[option] - off[option] < quota:
                return False
            if not reached and totals[option] + off[option] >= quota:
                return False
        left -= len(moment.stage.elected)
        if place + 1 == len(moments):
            return True
        following = moments[place + 1].stage
        subject = following.subjects[0]
        if following.action == "surplus":
            rivals = [o for o in moment.waiting if o != subject and totals[o] > quota]
            ahead = [(totals[subject] - totals[o], o) for o in rivals]
        else:
            rivals = [o for o in moment.continuing if o not in moment.stage.elected and o != subject]
            ahead = [(totals[o] - totals[subject], o) for o in rivals]
        if any(distance <= off[subject] + off[o] for distance, o in ahead):
            return False
    return True
