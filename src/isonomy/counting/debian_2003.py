"""Debian's vote counting since 2003: constitution of the Debian Project, editions 1.1 to 1.9, appendix A.

Lives here: the clauses on vote counting, A.6.1 to A.6.8 of editions 1.1 to 1.7 (A.5 in edition 1.8 and
later), under two names:

- `debian-2003`, editions 1.1 (21 June 2003) to 1.5: an option defeats the default by ratio N when V(A,D) is
  *strictly greater* than N x V(D,A) (A.6.3.2).
- `debian-2015`, editions 1.6 (13 December 2015) and later: when V(A,D) is greater than *or equal to* N x
  V(D,A) and strictly greater than V(D,A) (A.6.3.2). Everything else is the same.

Not here: the rule before 2003 (`debian_1998`), what the quorum of a poll is (4.2.7, the rulebook).

Readings, where the text leaves a choice:

- A.6.2 and A.6.3 are tested on the ballots as cast; an option that misses the quorum is not tested for its
  majority, since it is already out of consideration.
- A.6.7, "the weakest such defeats": the defeats within the Schwartz set to which no other defeat within it is
  weaker; all of them are dropped together.
- The default option has no majority and no quorum to meet; without a default (a committee choosing its chair)
  A.6.2 and A.6.3 are idle.
- A.6.8: the casting vote is data. While it is missing the result is open among the options of the Schwartz
  set.

Invariant: integers and exact fractions; the outcome is a function of the matrix, the default, the quorum, the
ratios and the casting vote, so that a tally alone can be judged (`decide_by_matrix`).
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from isonomy.counting.ballot import Profile
from isonomy.counting.pairwise import Matrix, pairwise_matrix, schwartz_set
from isonomy.counting.pairwise_steps import (
    Defeat,
    DefeatsDropped,
    DefeatsListed,
    MajorityTested,
    MatrixCounted,
    QuorumTested,
    SchwartzFound,
    WinnerFound,
)
from isonomy.counting.parameters import Parameters, Quorum
from isonomy.counting.tie import Lots
from isonomy.counting.trace import Result, Step
from isonomy.kernel.bad_input import BadInput


def count_2003(profile: Profile, parameters: Parameters, lots: Lots) -> Result:
    """Counts by editions 1.1 to 1.5 of the constitution, A.6; the winner is a single option."""
    return _count(profile, parameters, lots, strict=True)


def count_2015(profile: Profile, parameters: Parameters, lots: Lots) -> Result:
    """Counts by editions 1.6 and later of the constitution; the winner is a single option."""
    return _count(profile, parameters, lots, strict=False)


def default_option(profile: Profile, parameters: Parameters) -> int:
    """The number of the default option: as given, else the last on the paper; 0 for none."""
    if parameters.default is None:
        return len(profile.options)
    if parameters.default and parameters.default not in profile.standing:
        raise BadInput(
            f"the default option {parameters.default} does not stand", "default", "name an option that stands"
        )
    return parameters.default


def check_ratios(profile: Profile, parameters: Parameters, default: int) -> None:
    """Raises `BadInput` when a majority is asked of an option that is not on the paper, or of the default
    (A.3.2)."""
    for number in parameters.majorities:
        if not 1 <= number <= len(profile.options):
            raise BadInput(f"there is no option {number}", "majority", f"the options are 1 to {len(profile.options)}")
        if number == default and parameters.majorities[number] != 1:
            raise BadInput(
                f"option {number} is the default and cannot need a majority (A.3.2)",
                "majority",
                "leave it out",
            )


def _count(profile: Profile, parameters: Parameters, lots: Lots, *, strict: bool) -> Result:
    default = default_option(profile, parameters)
    check_ratios(profile, parameters, default)
    matrix = pairwise_matrix(profile.ballots, len(profile.options))
    counted = MatrixCounted("A.6.1", matrix, profile.paper_count)
    steps, winners, decided = decide_by_matrix(
        matrix,
        profile.standing,
        default=default,
        quorum=parameters.quorum,
        majorities=parameters.majorities,
        strict=strict,
        lots=lots,
    )
    return Result(
        rule="debian-2003" if strict else "debian-2015",
        options=profile.options,
        seats=1,
        valid=profile.paper_count,
        winners=winners,
        steps=(counted, *steps),
        ties=tuple(lots.met),
        decided=decided,
        parameters=parameters.to_json(),
    )


def decide_by_matrix(
    matrix: Matrix,
    options: tuple[int, ...],
    *,
    default: int,
    quorum: Quorum | None = None,
    majorities: Mapping[int, Fraction] | None = None,
    strict: bool = True,
    lots: Lots | None = None,
) -> tuple[tuple[Step, ...], tuple[int, ...], bool]:
    """The steps, the winners and whether they are decided, from the matrix alone (A.6.2 to A.6.8).

    `matrix[a][b]` ballots prefer option a to option b; `default` 0 for none; `strict` as in editions 1.1 to
    1.5.
    """
    lots = lots or Lots()
    steps: list[Step] = []
    remaining = []
    for option in options:
        if option == default or not default:
            remaining.append(option)
            continue
        votes, against = matrix[option][default], matrix[default][option]
        if quorum is not None:
            reached = quorum.is_reached(votes)
            steps.append(QuorumTested("A.6.2", option, default, votes, str(quorum), reached))
            if not reached:
                continue
        ratio = (majorities or {}).get(option, Fraction(1))
        kept = votes > ratio * against if strict else votes >= ratio * against and votes > against
        steps.append(MajorityTested("A.6.3", option, default, votes, against, ratio, strict, kept))
        if kept:
            remaining.append(option)
    winners, decided = _cloneproof_winners(matrix, tuple(remaining), steps, lots)
    return tuple(steps), winners, decided


def _cloneproof_winners(
    matrix: Matrix, options: tuple[int, ...], steps: list[Step], lots: Lots
) -> tuple[tuple[int, ...], bool]:
    defeats = [
        Defeat(a, b, matrix[a][b], matrix[b][a]) for a in options for b in options if matrix[a][b] > matrix[b][a]
    ]
    steps.append(DefeatsListed("A.6.4", options, tuple(defeats)))
    while True:
        schwartz = schwartz_set([(d.winner, d.loser) for d in defeats], options)
        steps.append(SchwartzFound("A.6.6", schwartz))
        within = [d for d in defeats if d.winner in schwartz and d.loser in schwartz]
        if not within:
            break
        # Fewer ballots for it is weaker; of equals, more ballots against it (A.6.7.1).
        weakest = min((d.votes, -d.against) for d in within)
        dropped = tuple(d for d in within if (d.votes, -d.against) == weakest)
        steps.append(DefeatsDropped("A.6.7", dropped))
        defeats = [d for d in defeats if d not in dropped]
    if len(schwartz) <= 1:
        steps.append(WinnerFound("A.6.8", schwartz, True, "the only option of the Schwartz set"))
        return schwartz, True
    chosen = lots.casting_vote("winner", "Schwartz set without defeats, A.6.8", schwartz, "no defeat")
    winners, decided = ((chosen,), True) if chosen else (schwartz, False)
    steps.append(WinnerFound("A.6.8", winners, decided, "by the casting vote"))
    return winners, decided
