"""What the lint must know of a language to find quantities, times and names in the words of a clause.

Lives here: the shape. Not here: the words of any language (`words_en`), the finding (`words`).

Invariant: a language is data; another one is another file like `words_en`, entered in `words.LANGUAGES`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Language:
    """The words of a language, in small letters, without hyphens, singular and plural both.

    `durations` and `intervals` hold words that are whole durations or recurrences (`fortnight`, `annually`)
    as number and unit; `patterns` are regular expressions on text in the form that `words.plain` gives it.
    """

    numbers: Mapping[str, int]
    tens: Mapping[str, int]
    scales: Mapping[str, int]
    joins_scale: str
    articles: tuple[str, ...]
    determiners: tuple[str, ...]
    ordinals: Mapping[str, int]
    parts: Mapping[str, int]
    multiples: Mapping[str, int]
    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    units: Mapping[str, str]
    intervals: Mapping[str, tuple[int, str]]
    whole: tuple[str, ...]
    more_than_half: tuple[str, ...]
    bases: Mapping[str, tuple[str, ...]]
    signs: Mapping[str, tuple[str, ...]]
    endings: tuple[tuple[str, str], ...]
    unchanged_endings: tuple[str, ...]
    clause_reference: str
    patterns: Mapping[str, tuple[str, ...]]
