"""Steps of the pairwise rules: matrix, tests against the default, defeats, Schwartz set, winner.

Lives here: the step types and their sentences. Not here: when a step is taken (the rules).

Invariant: numbers and exact figures only; every dropped option has a test step that says why.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any, ClassVar

from isonomy.counting.pairwise import Matrix, rows_of
from isonomy.counting.parameters import show_ratio
from isonomy.counting.trace import Names, Step, listed, name_of
from isonomy.counting.values import value


@value
class MatrixCounted(Step):
    """How many ballots prefer each option to each other one."""

    kind: ClassVar[str] = "matrix"
    matrix: Matrix
    valid: int

    def sentence(self, names: Names) -> str:
        return f"{self.valid} ballots are compared option by option"

    def to_json(self) -> dict[str, Any]:
        return {"step": self.kind, "clause": self.clause, "matrix": rows_of(self.matrix), "valid": self.valid}

    def add_facts(self, names: Names, facts: dict[str, Any]) -> None:
        facts["matrix"] = rows_of(self.matrix)
        facts["dropped"] = []
        facts["defeats"] = []


@value
class QuorumTested(Step):
    """Whether enough ballots prefer an option to the default."""

    kind: ClassVar[str] = "quorum"
    option: int
    default: int
    votes: int
    required: str
    kept: bool

    def sentence(self, names: Names) -> str:
        told = "reaches" if self.kept else "misses"
        return (
            f"{name_of(names, self.option)} {told} the quorum: {self.votes} ballots prefer it to "
            f"{name_of(names, self.default)}, at least {self.required} are needed"
        )

    def add_facts(self, names: Names, facts: dict[str, Any]) -> None:
        _tested(self, "quorum", names, facts)


@value
class MajorityTested(Step):
    """Whether an option defeats the default by its ratio; `strict` when equality with the ratio is not
    enough."""

    kind: ClassVar[str] = "majority"
    option: int
    default: int
    votes: int
    against: int
    ratio: Fraction
    strict: bool
    kept: bool

    def sentence(self, names: Names) -> str:
        told = "has" if self.kept else "lacks"
        need = "more than" if self.strict or self.ratio == 1 else "at least"
        return (
            f"{name_of(names, self.option)} {told} its majority of {show_ratio(self.ratio)}: "
            f"{self.votes} ballots prefer it to {name_of(names, self.default)}, {self.against} the reverse; "
            f"{need} {show_ratio(self.ratio)} is needed"
        )

    def add_facts(self, names: Names, facts: dict[str, Any]) -> None:
        _tested(self, "majority", names, facts)


def _tested(step: QuorumTested | MajorityTested, why: str, names: Names, facts: dict[str, Any]) -> None:
    if not step.kept:
        facts["dropped"].append(
            {
                "option": name_of(names, step.option),
                "number": step.option,
                "why": why,
                "says": step.sentence(names),
            }
        )


@value
class Defeat:
    """More ballots prefer `winner` to `loser` than the reverse."""

    winner: int
    loser: int
    votes: int
    against: int

    def named(self, names: Names) -> dict[str, Any]:
        """The defeat with names, for the result."""
        return {
            "winner": name_of(names, self.winner),
            "loser": name_of(names, self.loser),
            "for": self.votes,
            "against": self.against,
        }


@value
class DefeatsListed(Step):
    """All pairwise defeats among the options that remain."""

    kind: ClassVar[str] = "defeats"
    options: tuple[int, ...]
    defeats: tuple[Defeat, ...]

    def sentence(self, names: Names) -> str:
        if not self.defeats:
            return f"No option defeats another among {listed(names, self.options)}"
        told = "; ".join(
            f"{name_of(names, d.winner)} defeats {name_of(names, d.loser)} by {d.votes} to {d.against}"
            for d in self.defeats
        )
        return f"{len(self.defeats)} defeats: {told}" if len(self.defeats) > 1 else told

    def add_facts(self, names: Names, facts: dict[str, Any]) -> None:
        facts["defeats"] = [defeat.named(names) for defeat in self.defeats]


@value
class SchwartzFound(Step):
    """The options that nobody outside defeats, directly or through others."""

    kind: ClassVar[str] = "schwartz"
    options: tuple[int, ...]

    def sentence(self, names: Names) -> str:
        told = "is the only option" if len(self.options) == 1 else "are the options"
        return f"{listed(names, self.options)} {told} not defeated from outside (the Schwartz set)"

    def add_facts(self, names: Names, facts: dict[str, Any]) -> None:
        facts["schwartz"] = [name_of(names, option) for option in self.options]


@value
class DefeatsDropped(Step):
    """The weakest defeats within the Schwartz set, which are dropped."""

    kind: ClassVar[str] = "dropped-defeats"
    defeats: tuple[Defeat, ...]

    def sentence(self, names: Names) -> str:
        told = "; ".join(
            f"{name_of(names, d.winner)} over {name_of(names, d.loser)} by {d.votes} to {d.against}"
            for d in self.defeats
        )
        return (
            f"The weakest defeat is dropped: {told}"
            if len(self.defeats) == 1
            else f"The weakest defeats are dropped: {told}"
        )


@value
class WinnerFound(Step):
    """The winner, or the options among which a casting vote that is not recorded has to choose."""

    kind: ClassVar[str] = "winner"
    winners: tuple[int, ...]
    decided: bool
    how: str

    def sentence(self, names: Names) -> str:
        if not self.decided:
            return f"The casting vote has to choose among {listed(names, self.winners)}"
        return f"{listed(names, self.winners)} {'wins' if len(self.winners) == 1 else 'win'}: {self.how}"
