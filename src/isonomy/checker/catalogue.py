"""The catalogue of findings: each with its title, its fragment and how heavy it weighs unless the finder says otherwise.

Lives here: C01 to C34 as data, the severities and their other names. Not here: any search.

Invariant: an id is never given another meaning. F is found by the fixpoint, S in the structure of the text, T by a search in
time (docs/spec/checking.md).
"""

from __future__ import annotations

from dataclasses import dataclass

from isonomy.kernel.bad_input import BadInput, did_you_mean

HIGH, MEDIUM, LOW = "high", "medium", "low"
SEVERITIES = (HIGH, MEDIUM, LOW)
"""Worst first."""
ALIASES = {"error": HIGH, "warning": MEDIUM, "note": LOW}
"""The lint's names for the same three, taken by `--fail-on`."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One row of the catalogue: `fragment` names the ways it is found (`F`, `S`, `T`)."""

    id: str
    title: str
    fragment: str
    severity: str


CATALOGUE: dict[str, Kind] = {
    kind.id: kind
    for kind in (
        Kind("C01", "capture by a few persons", "FT", HIGH),
        Kind("C02", "the supreme body can be muted", "FT", HIGH),
        Kind("C03", "no lawful return", "T", HIGH),
        Kind("C04", "circle of making: who appoints depends on those appointed", "S", HIGH),
        Kind("C05", "elected in name: elected below, confirmed from above", "S", HIGH),
        Kind("C06", "the slate-maker decides: one slate, open vote", "S", MEDIUM),
        Kind("C07", "who certifies depends on those certified", "F", HIGH),
        Kind("C08", "nobody is obliged to call the body", "S", MEDIUM),
        Kind("C09", "the call comes too late", "T", HIGH),
        Kind("C10", "the quorum cannot be met, or is met by the caller's own people", "F", HIGH),
        Kind("C11", "judge in own cause", "SF", HIGH),
        Kind("C12", "punishment before the appeal is over", "S", MEDIUM),
        Kind("C13", "expulsion changes who votes on it", "F", HIGH),
        Kind("C14", "confession suffices", "S", HIGH),
        Kind("C15", "emergency without lapse", "S", HIGH),
        Kind("C16", "emergency that its holder can renew, or with elections or amendment inside", "T", HIGH),
        Kind("C17", "amendment easier than what it protects", "F", MEDIUM),
        Kind("C18", "the amendment clause amends itself downward", "F", MEDIUM),
        Kind("C19", "no removal path for an office", "S", MEDIUM),
        Kind("C20", "the remover can be removed first", "T", HIGH),
        Kind("C21", "re-election without limit, with power to appoint", "S", MEDIUM),
        Kind("C22", "a vacancy stays unfilled, or is filled by those who gain", "S", MEDIUM),
        Kind("C23", "co-option can reach a majority", "F", HIGH),
        Kind("C24", "the size of a body is set by those who gain", "F", MEDIUM),
        Kind("C25", "one person may hold incompatible posts", "S", MEDIUM),
        Kind("C26", "a watching or returning office answers to one person", "S", HIGH),
        Kind("C27", "secret decision without a date of publication", "S", MEDIUM),
        Kind("C28", "duty without an 'or else'", "S", LOW),
        Kind("C29", "silent or conflicting clauses: no body, or two, for one act", "S", MEDIUM),
        Kind("C30", "deadlock: no lawful next act", "T", HIGH),
        Kind("C31", "text and block differ", "S", MEDIUM),
        Kind("C32", "a critic can be charged before or by those criticised", "SF", HIGH),
        Kind("C33", "conditional decision without a review date or an owner", "S", MEDIUM),
        Kind("C34", "rehabilitation cannot be asked for, or has no answer date", "S", MEDIUM),
    )
}


def severity_named(word: str, where: str = "") -> str:
    """The severity that a word names: `high`, `medium`, `low`, or `error`, `warning`, `note`.

    Raises `BadInput` for any other word.
    """
    plain = word.strip().lower()
    found = ALIASES.get(plain, plain)
    if found not in SEVERITIES:
        raise BadInput(f"'{word}' is no severity", where, did_you_mean(plain, [*SEVERITIES, *ALIASES]))
    return found


def is_at_least(severity: str, bar: str) -> bool:
    """Whether a severity reaches a bar: high reaches every bar, low only its own."""
    return SEVERITIES.index(severity) <= SEVERITIES.index(bar)
