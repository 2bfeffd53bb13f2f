"""Ties: who was equal, at what figure, and how it was resolved; recorded draws, public lots, casting votes.

Lives here: the tie as data, the order a lot gives, and the hand that resolves ties in one count. Not here:
which question may be resolved how (each rule says it), sortition from a pool (`sortition`).

Invariant: nothing is drawn at random here. A lot is a public function of a seed; a recount with recorded
draws never draws again; a tie that was not resolved stays visible.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from isonomy.counting.ballot import Profile
from isonomy.counting.values import value
from isonomy.kernel.bad_input import BadInput

LOT_PREFIX = "isonomy lot v1"
DRAWN = ("lot", "recorded draw", "casting vote")
"""What came from outside the count; every other tie was settled by the count's own figures."""


@value
class Tie:
    """A tie that was met. `chosen` is empty while a casting vote is missing.

    `question` says what is decided (`winner`, `elected`, `excluded`, `transfer`); `place` where in the count;
    `at` the figure at which the options are equal; `by` what resolved it: `lot`, `recorded draw`, `casting
    vote`, or figures of the count itself: `earlier stage`, and in STAR `head to head`, `score`, `top scores`.
    """

    number: int
    question: str
    place: str
    among: tuple[int, ...]
    at: str
    by: str
    chosen: tuple[int, ...] = ()
    seed: str | None = None
    provisional: bool = False

    def sentence(self, names: Sequence[str]) -> str:
        """The tie in one sentence."""
        who = ", ".join(names[n - 1] for n in self.among)
        what = {
            "winner": "to win",
            "elected": "for a seat",
            "excluded": "for exclusion",
            "transfer": "for the next transfer",
        }
        at = self.at
        if "/" in at:
            from isonomy.counting.wording import in_words

            at = in_words(at)
        head = f"Tie {what.get(self.question, self.question)} at {at} ({self.place}): {who}"
        if not self.chosen:
            return f"{head}; the {self.by} decides, and is not recorded."
        chosen = ", ".join(names[n - 1] for n in self.chosen)
        verb = {"lot": "falls on", "recorded draw": "falls on", "top scores": "decide for"}.get(self.by, "decides for")
        how = f"the {self.by} {verb}"
        note = " (provisional: drawn with the empty seed)" if self.provisional else ""
        return f"{head}; {how} {chosen}{note}."

    def to_json(self) -> dict[str, Any]:
        """The tie with option numbers, for the trace."""
        found: dict[str, Any] = {
            "among": list(self.among),
            "at": self.at,
            "by": self.by,
            "chosen": list(self.chosen),
            "place": self.place,
            "question": self.question,
            "tie": self.number,
        }
        if self.seed is not None:
            found["seed"] = self.seed
            found["provisional"] = self.provisional
        return found

    def named(self, names: Sequence[str]) -> dict[str, Any]:
        """The tie with names, for the result."""
        found = self.to_json()
        found["among"] = [names[n - 1] for n in self.among]
        found["chosen"] = [names[n - 1] for n in self.chosen]
        found.setdefault("provisional", False)
        return found


@value
class Draw:
    """A recorded draw or casting vote: the options among which it stood and the one or ones it fell on, in
    order."""

    among: tuple[int, ...]
    chosen: tuple[int, ...]


def lot_order(numbers: Iterable[int], seed: str, tie_number: int) -> tuple[int, ...]:
    """The order the published procedure gives the options: first the one drawn first (spec counting, section
    5)."""

    def key(number: int) -> bytes:
        return hashlib.sha256(f"{LOT_PREFIX}\n{seed}\n{tie_number}\n{number}".encode()).digest()

    return tuple(sorted(numbers, key=key))


class Lots:
    """Resolves the ties of one count and remembers them in order.

    With `recorded` every lot and casting vote is taken from the record, in order, and a missing one is
    `BadInput`. Without, a lot is drawn from `seed`, or provisionally from the empty seed when none is given.
    """

    def __init__(self, recorded: Sequence[Draw] | None = None, seed: str | None = None) -> None:
        self.recorded = recorded
        self.seed = seed
        self.met: list[Tie] = []
        self._used = 0

    def fresh(self) -> Lots:
        """The same record and seed for another count."""
        return Lots(self.recorded, self.seed)

    def earlier(
        self,
        question: str,
        place: str,
        among: Sequence[int],
        at: str,
        chosen: int,
        how: str = "earlier stage",
    ) -> int:
        """Records a tie that the count's own figures resolve, such as an earlier stage."""
        return self.narrowed(question, place, among, at, (chosen,), how)[0]

    def narrowed(
        self, question: str, place: str, among: Sequence[int], at: str, chosen: Sequence[int], how: str
    ) -> Sequence[int]:
        """Records a tie from which the count's own figures single out some."""
        self.met.append(Tie(len(self.met) + 1, question, place, tuple(sorted(among)), at, how, tuple(chosen)))
        return chosen

    def draw(self, question: str, place: str, among: Sequence[int], at: str) -> int:
        """The option a lot falls on."""
        return self.draw_several(question, place, among, at, 1)[0]

    def draw_several(self, question: str, place: str, among: Sequence[int], at: str, wanted: int) -> tuple[int, ...]:
        """The first `wanted` options in the order of a lot."""
        options, number = tuple(sorted(among)), len(self.met) + 1
        if self.recorded is not None:
            chosen = self._next_record(options, number, question, wanted)
            tie = Tie(number, question, place, options, at, "recorded draw", chosen)
        else:
            seed = self.seed or ""
            chosen = lot_order(options, seed, number)[:wanted]
            tie = Tie(number, question, place, options, at, "lot", chosen, seed, self.seed is None or seed == "")
        self.met.append(tie)
        return chosen

    def casting_vote(self, question: str, place: str, among: Sequence[int], at: str) -> int | None:
        """The option of the recorded casting vote, or None while there is none."""
        options, number = tuple(sorted(among)), len(self.met) + 1
        chosen: tuple[int, ...] = ()
        if self.recorded is not None:
            chosen = self._next_record(options, number, question, 1)
        self.met.append(Tie(number, question, place, options, at, "casting vote", chosen))
        return chosen[0] if chosen else None

    def _next_record(self, options: tuple[int, ...], number: int, question: str, wanted: int) -> tuple[int, ...]:
        shown = _shown(options)
        assert self.recorded is not None
        if self._used >= len(self.recorded):
            raise BadInput(
                f"tie {number} ({question}) among options {shown} has no recorded draw",
                f"ties[{self._used}]",
                f'record it as {{"among": [{shown}], "chosen": [...]}}',
            )
        draw = self.recorded[self._used]
        if tuple(sorted(draw.among)) != options:
            raise BadInput(
                f"the recorded draw stands among options {_shown(draw.among)}, the tie among {shown}",
                f"ties[{self._used}]",
                "record the draws of this count, in order",
            )
        if (
            len(draw.chosen) < wanted
            or not set(draw.chosen) <= set(options)
            or len(set(draw.chosen)) != len(draw.chosen)
        ):
            raise BadInput(
                f"the recorded draw has to name {wanted} of the options {shown}",
                f"ties[{self._used}].chosen",
                "name options that stood in the tie, each once",
            )
        self._used += 1
        return draw.chosen[:wanted]


def read_draws(value: Any, profile: Profile) -> tuple[Draw, ...]:
    """Recorded draws from JSON: a list, or a result with `ties`; ties that the count's own figures resolved are
    passed over."""
    if isinstance(value, Mapping):
        value = value.get("ties")
    if not isinstance(value, list):
        raise BadInput("the record of draws is not a list", "ties", 'write [{"among": [...], "chosen": [...]}]')
    draws = []
    for place, element in enumerate(value):
        where = f"ties[{place}]"
        if not isinstance(element, Mapping):
            raise BadInput("a recorded draw is not an object", where, 'write {"among": [...], "chosen": [...]}')
        if element.get("by", "lot") not in DRAWN:
            continue
        draws.append(Draw(_numbers(element, "among", profile, where), _numbers(element, "chosen", profile, where)))
    return tuple(draws)


def _shown(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, sorted(numbers)))


def _numbers(element: Mapping[str, Any], key: str, profile: Profile, where: str) -> tuple[int, ...]:
    given = element.get(key)
    if isinstance(given, (str, int)) and not isinstance(given, bool):
        given = [given]
    if not isinstance(given, list) or not all(isinstance(g, (str, int)) and not isinstance(g, bool) for g in given):
        raise BadInput(f"'{key}' is not a list of options", f"{where}.{key}", "give numbers or exact names")
    try:
        return tuple(_number(g, profile) for g in given)
    except BadInput as fault:
        raise fault.at(f"{where}.{key}") from fault


def _number(given: str | int, profile: Profile) -> int:
    # A name may look like a number: an exact name wins over a number given as text.
    if isinstance(given, str) and profile.names.count(given) == 1:
        return profile.names.index(given) + 1
    return profile.number_of(given)
