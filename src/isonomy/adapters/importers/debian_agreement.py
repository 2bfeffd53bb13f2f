"""Whether what was decided here of a vote equals what Debian announced.

Lives here: the comparison of one decision with one published count, and its answer in words. Not here:
deciding (the engine), counting (`counting`), reading the published count (`debian_results`).

Invariant: the published figures are compared one by one and none is corrected; where nothing was published
the answer says so and is neither agreement nor difference.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from isonomy.adapters.importers.debian_results import developers_of_quorum
from isonomy.adapters.importers.debian_vote import MajorityTest, OfficialResult

AGREES = "agrees"
NO_COUNT = "no official count at hand"


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided of a vote, option by option; what is not known is left out.

    `quorum` option number to (votes over the default, whether it reached the quorum); `majority` the tests
    against the default; `dropped` option numbers; `winners` option numbers, the default's when nothing
    carried; `roll` the size of the roll on which the quorum rests.
    """

    winners: tuple[int, ...]
    dropped: tuple[int, ...] = ()
    majority: tuple[MajorityTest, ...] = ()
    quorum: Mapping[int, tuple[int, bool]] = field(default_factory=dict)
    roll: int | None = None
    paper_count: int | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """The answer: whether a count was published, and each difference in one sentence."""

    published: bool
    differences: tuple[str, ...] = ()

    @property
    def agrees(self) -> bool:
        """Whether a count was published and nothing differs from it."""
        return self.published and not self.differences

    def __str__(self) -> str:
        if not self.published:
            return NO_COUNT
        return f"differs: {'; '.join(self.differences)}" if self.differences else AGREES


def agreement_of(decided: Decided, official: OfficialResult | None) -> Agreement:
    """Compares a decision with the published count; figures that were not published are not compared."""
    if official is None:
        return Agreement(False)
    found: list[str] = []
    if official.winners and sorted(official.winners) != sorted(decided.winners):
        found.append(f"the winner is {_options(decided.winners)}, announced {_options(official.winners)}")
    if sorted(official.dropped) != sorted(decided.dropped):
        found.append(f"dropped: {_options(decided.dropped)}, announced {_options(official.dropped)}")
    found += _quorum(decided, official)
    found += _majority(decided, official)
    if None not in (official.total, decided.paper_count) and official.total != decided.paper_count:
        found.append(f"{decided.paper_count} papers, announced {official.total}")
    return Agreement(True, tuple(found))


def _options(numbers: tuple[int, ...]) -> str:
    if not numbers:
        return "none"
    return f"option{'s' if len(numbers) > 1 else ''} {', '.join(map(str, sorted(numbers)))}"


def _quorum(decided: Decided, official: OfficialResult) -> list[str]:
    found = []
    if official.quorum and decided.roll is not None:
        of = developers_of_quorum(official.quorum)
        if of is not None and of != decided.roll:
            found.append(f"the quorum rests on a roll of {decided.roll}, announced {official.quorum} (of {of})")
    for option, (votes, reached) in sorted(official.quorum_reached.items()):
        here = decided.quorum.get(option)
        if here is not None and here != (votes, reached):
            told = "reached" if here[1] else "missed"
            was = "reached" if reached else "missed"
            found.append(f"option {option} {told} the quorum with {here[0]}, announced {was} with {votes}")
    return found


def _majority(decided: Decided, official: OfficialResult) -> list[str]:
    here = {test.option: test for test in decided.majority}
    found = []
    for test in official.majority:
        other = here.get(test.option)
        if other is None:
            found.append(f"the majority of option {test.option} was not tested, announced {_test(test)}")
        elif other != test:
            found.append(f"option {test.option} {_test(other)}, announced {_test(test)}")
    return found


def _test(test: MajorityTest) -> str:
    told = "passes" if test.passed else "fails"
    return f"{told} {test.ratio} with {test.votes} to {test.against}"
