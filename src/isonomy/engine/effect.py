"""Effects: the changes an accepted act makes, as frozen versioned data, each with its way into the state.

Lives here: the register of effects, reading and writing them. Not here: the effects' fields (each beside the act that
makes it, in `proceedings`) and the fold (`apply`).

Invariant: the state changes through effects alone, and an effect reads nothing but itself, its entry and the state it
changes. So folding the stored effects gives the state without judging anything again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, TypeVar

from isonomy.engine.shape import Json, read, write
from isonomy.kernel.bad_input import BadInput, did_you_mean

if TYPE_CHECKING:
    from isonomy.engine.state import State


@dataclass(frozen=True, slots=True)
class At:
    """The place of an effect: the entry's number, its instant, its civil date-time, how the author is known, the act."""

    n: int
    at: str
    local: str
    assurance: str
    act: Json

    @property
    def told(self) -> Json:
        """The act, or the act that was reported: where the text of an edition stands."""
        return self.act["what"] if self.act.get("act") == "report" else self.act

    @property
    def by(self) -> str:
        """The act's author."""
        return str(self.act.get("by", ""))

    @property
    def on(self) -> str:
        """The civil date of the entry."""
        return self.local[:10]


class Effect(Protocol):
    """One change: a dataclass with a name and a way into the state."""

    effect: ClassVar[str]

    def apply(self, state: State, at: At) -> None:
        """Changes the state in place."""


EFFECTS: dict[str, type[Any]] = {}
E = TypeVar("E")


def effect(name: str) -> Any:
    """Registers a dataclass as the effect of that name."""

    def register(kind: type[E]) -> type[E]:
        if name in EFFECTS:
            raise ValueError(f"the effect {name} stands twice")
        kind.effect = name  # type: ignore[attr-defined]
        EFFECTS[name] = kind
        return kind

    return register


def effect_json(made: Any) -> Json:
    """The JSON object of an effect, with its name under `effect`."""
    return {"effect": made.effect, **write(made)}


def read_effect(raw: Json, where: str = "effects") -> Any:
    """The effect that a JSON object describes; raises `BadInput` (an altered or foreign record)."""
    if not isinstance(raw, dict) or not isinstance(raw.get("effect"), str):
        raise BadInput("an effect is a JSON object with 'effect'", where)
    kind = EFFECTS.get(raw["effect"])
    if kind is None:
        raise BadInput(f"'{raw['effect'][:60]}' is not an effect", where, did_you_mean(raw["effect"], list(EFFECTS)))
    return read(kind, {key: item for key, item in raw.items() if key != "effect"}, where)
