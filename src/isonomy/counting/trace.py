"""The trace of a count: typed steps, the result they lead to, and its digest.

Lives here: the step as a type, sentences, JSON and digest. Not here: the steps of each family
(`pairwise_steps`, `stage_steps`, `tally_steps`), pages and printed sheets.

Invariant: a step holds option numbers and exact figures only; names and wording are added when it is shown.
Equal digests mean equal counts, whatever the options are called.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from numbers import Rational
from typing import Any, ClassVar

from isonomy.counting.ballot import Option
from isonomy.counting.tie import Tie
from isonomy.counting.values import made, value
from isonomy.kernel.canonical import INTEGER_MAX, digest

Names = Sequence[str]
"""Names in the order of the paper: option n is `names[n - 1]`."""


@value
class Step:
    """One step of a count. `clause` is the place in the rule's text that it applies."""

    kind: ClassVar[str] = ""
    clause: str

    def sentence(self, names: Names) -> str:
        """What happened, in one sentence that a member understands, without the clause."""
        raise NotImplementedError

    def to_json(self) -> dict[str, Any]:
        """The step as canonical JSON, with option numbers."""
        found = {name: plain(held) for name, held in vars(self).items()}
        return {"step": self.kind, **found}

    def add_facts(self, names: Names, facts: dict[str, Any]) -> None:
        """Adds what the step tells to the result's JSON; nothing unless the family says otherwise."""


def plain(held: Any) -> Any:
    """A figure or structure of a step as canonical JSON: fractions and integers beyond 2^53 - 1 become
    texts."""
    if held is None or isinstance(held, (bool, str)):
        return held
    if isinstance(held, int):
        return held if abs(held) <= INTEGER_MAX else str(held)
    if isinstance(held, Rational):
        return plain(int(held.numerator)) if held.denominator == 1 else f"{held.numerator}/{held.denominator}"
    if isinstance(held, (tuple, list)):
        return [plain(element) for element in held]
    if isinstance(held, Mapping):
        return {str(key): plain(element) for key, element in held.items()}
    if hasattr(held, "__value_fields__"):
        return {name: plain(part) for name, part in vars(held).items()}
    raise TypeError(f"a step cannot hold {type(held).__name__}")


def name_of(names: Names, number: int) -> str:
    """An option's name for a sentence."""
    return names[number - 1]


def listed(names: Names, numbers: Sequence[int]) -> str:
    """Names joined for a sentence: `A`, `A and B`, `A, B and C`."""
    shown = [names[number - 1] for number in numbers]
    if len(shown) < 2:
        return "".join(shown)
    return f"{', '.join(shown[:-1])} and {shown[-1]}"


@value
class Result:
    """What a count found.

    `winners` in the order of election, or in the order of the paper where no order arises; several without
    `decided` are those among whom a casting vote has to choose. `elects` says that the rule fills seats.
    `quota` as text in the rule's arithmetic.
    """

    rule: str
    options: tuple[Option, ...]
    seats: int
    valid: int
    winners: tuple[int, ...]
    steps: tuple[Step, ...]
    ties: tuple[Tie, ...] = ()
    quota: str | None = None
    decided: bool = True
    elects: bool = False
    parameters: Mapping[str, Any] = made(default_factory=dict)
    source: str = ""
    arithmetic: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Names in the order of the paper."""
        return tuple(option.name for option in self.options)

    @property
    def winner_names(self) -> list[str]:
        """Names of the winners, in their order."""
        return [self.names[number - 1] for number in self.winners]

    def trace(self) -> dict[str, Any]:
        """The value whose digest names this count (spec counting, section 4)."""
        return {
            "isonomy": "count trace v1",
            "rule": self.rule,
            "parameters": plain(self.parameters),
            "steps": [step.to_json() for step in self.steps],
            "ties": [tie.to_json() for tie in self.ties],
        }

    def digest(self) -> str:
        """SHA-256 over the canonical bytes of the trace, in hexadecimal."""
        return digest(self.trace())

    def headline(self) -> str:
        """The outcome in one sentence."""
        who = listed(self.names, self.winners)
        if self.rule == "yes-no" and not self.elects:
            return f"{who}: carried." if self.winners else "Not carried."
        if not self.winners:
            return "Nobody is elected." if self.elects else "No option wins."
        if not self.decided:
            return f"Undecided between {who}: the casting vote is not recorded."
        verb = "is" if len(self.winners) == 1 else "are"
        if self.elects:
            return f"{who} {verb} elected."
        return f"{who} {'wins' if len(self.winners) == 1 else 'win'}."

    def sentences(self) -> list[str]:
        """One sentence a step, each with its clause."""
        return [f"{step.sentence(self.names)} ({step.clause})" for step in self.steps]

    def to_json(self, *, steps: bool = False) -> dict[str, Any]:
        """The result as section 6 of the specification lays it out; with `steps` the typed steps as well."""
        facts: dict[str, Any] = {
            "rule": self.rule,
            "source": self.source,
            "arithmetic": self.arithmetic,
            "seats": self.seats,
            "valid": self.valid,
            "quota": self.quota,
            "options": list(self.names),
            "winners": self.winner_names,
            "decided": self.decided,
        }
        if self.elects:
            facts["elected"] = self.winner_names
        for step in self.steps:
            step.add_facts(self.names, facts)
        facts["ties"] = [tie.named(self.names) for tie in self.ties]
        facts["parameters"] = plain(self.parameters)
        if steps:
            facts["steps"] = [step.to_json() for step in self.steps]
        facts["digest"] = self.digest()
        return facts


@value
class Difference:
    """Where two counts part: the number of the step (from 1), and the key path of the first figure that
    differs."""

    step: int
    path: str
    one: Any
    other: Any


def first_difference(one: Mapping[str, Any], other: Mapping[str, Any]) -> Difference | None:
    """The first step and figure at which two traces differ, or None when they are equal."""
    for place, (left, right) in enumerate(zip(one["steps"], other["steps"], strict=False), start=1):
        found = _differs(left, right, "")
        if found:
            return Difference(place, *found)
    if len(one["steps"]) != len(other["steps"]):
        place = min(len(one["steps"]), len(other["steps"])) + 1
        return Difference(place, "number of steps", len(one["steps"]), len(other["steps"]))
    found = _differs(
        {key: one[key] for key in one if key != "steps"},
        {key: other[key] for key in other if key != "steps"},
        "",
    )
    return Difference(0, *found) if found else None


def _differs(one: Any, other: Any, path: str) -> tuple[str, Any, Any] | None:
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        for key in sorted(set(one) | set(other)):
            found = _differs(one.get(key), other.get(key), f"{path}.{key}" if path else str(key))
            if found:
                return found
        return None
    if isinstance(one, list) and isinstance(other, list):
        for place, (left, right) in enumerate(zip(one, other, strict=False)):
            found = _differs(left, right, f"{path}[{place}]")
            if found:
                return found
        return None if len(one) == len(other) else (f"{path} (length)", len(one), len(other))
    return None if one == other else (path, one, other)
