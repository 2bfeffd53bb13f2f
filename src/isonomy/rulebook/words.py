"""What the words of a clause say: the numbers, shares, ratios, durations, recurrences, days and names in them.

Lives here: bringing words into a plain form and taking quantities out of it, with the data of a language. Not
here: which of them must agree with what (`lint`).

Invariant: what is part of a longer saying is not counted twice: the 14 of `14 days` is no number of seats,
the 5 of `clause 5` is no quantity at all, the `May` of `5 may demand` is no day.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import gcd

from isonomy.kernel.calendar import Duration, YearlyDay
from isonomy.rulebook.language import Language
from isonomy.rulebook.source import CLAUSE_ID
from isonomy.rulebook.words_en import ENGLISH

LANGUAGES: Mapping[str, Language] = {"en": ENGLISH}

Length = tuple[str, int, bool]
"""A duration as it compares: counted in days or in months, how many, clear or not (2 weeks are 14 days)."""


@dataclass(frozen=True, slots=True)
class Said:
    """What some words say; `stems` are all their words in the singular, with a space before and after each."""

    numbers: frozenset[int]
    shares: frozenset[Fraction]
    ratios: frozenset[tuple[int, int]]
    roots: frozenset[Fraction]
    durations: frozenset[Length]
    intervals: frozenset[Length]
    days: frozenset[YearlyDay]
    text: str
    stems: str

    def has_word(self, *words: str) -> bool:
        """Whether one of the words, or sequences of words, stands in them (singular or plural)."""
        return any(f" {word} " in self.stems or f" {word} " in self.text for word in words)


def length(duration: Duration) -> Length:
    """A duration as it compares."""
    by_days = {"day": 1, "week": 7, "fortnight": 14}
    if duration.unit in by_days:
        return ("day", duration.number * by_days[duration.unit], duration.clear)
    return ("month", duration.number * (12 if duration.unit == "year" else 1), duration.clear)


def ratio_of(in_favour: int, against: int) -> tuple[int, int]:
    """A ratio in lowest terms."""
    divisor = gcd(in_favour, against) or 1
    return in_favour // divisor, against // divisor


def stem(word: str, language: Language) -> str:
    """A word in the singular, as far as its ending tells."""
    if len(word) < 4 or word.endswith(language.unchanged_endings):
        return word
    for ending, instead in language.endings:
        if word.endswith(ending):
            return word[: -len(ending)] + instead
    return word


TOKEN_LENGTH_MAX = 40
"""Longer runs of letters or digits say nothing that a block could say."""
NUMBER_MAX = 10**9
"""A number in words ends where it grows beyond this."""

_LINK = re.compile(r"\[([^\[\]]*)\]\([^()\s]*\)")
_REFERENCE = re.compile(rf"\[{CLAUSE_ID}\]")
_URL = re.compile(r"\bhttps?://\S+")
_MARKER = re.compile(r"^[ \t]*(?:[-*+]|[0-9]{1,3}[.)]|\([a-z0-9]{1,3}\))[ \t]+", re.MULTILINE)
_ISO_DATE = re.compile(r"\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b")
_THOUSANDS = re.compile(r"\b[0-9]{1,3}(?:,[0-9]{3})+\b")
_TOKEN = re.compile(
    r"[0-9]{1,9} ?/ ?[0-9]{1,9}|[0-9]{1,9} ?: ?[0-9]{1,9}|[0-9]{1,9}\.[0-9]{1,6}|[0-9]+(?:st|nd|rd|th)?"
    r"|[^\W\d_]+[0-9]{0,2}|[%.;:!?,()]"
)
_MONTH = "xmonth"


def plain(words: str, language: Language) -> str:
    """Words in plain form: small letters, one space between tokens, numbers in digits, months as `xmonth5`.

    Markdown, references to clauses and dates with their year are taken out.
    """
    text = unicodedata.normalize("NFKC", re.sub("(?=[\u00bc-\u00be\u2150-\u215e])", " ", words))
    text = text.replace("\u2044", "/").replace("\u2019", "'").replace("\u2018", "'")
    for pattern in (_URL, _REFERENCE, _MARKER, _ISO_DATE):
        text = pattern.sub(" ", text)
    text = " ".join(_LINK.sub(r"\1", text).split())
    reference = rf"\b{language.clause_reference}(?:s (?:[0-9][\w.]*(?:, | and | or | to ))+| )[0-9][\w.]*"
    text = re.sub(reference, " ", text, flags=re.IGNORECASE)
    for number, month in enumerate(language.months, 1):
        text = re.sub(rf"\b{month}\b", f" {_MONTH}{number} ", text)
    text = re.sub(r"[*_`~]", "", text.lower())
    text = _THOUSANDS.sub(lambda found: found.group().replace(",", ""), text)
    text = re.sub(r"'s\b|(?<=s)'(?!\w)", "", text)
    text = re.sub(r"(?<=\w)[-\u2010\u2011](?=\w)", " ", text)
    tokens = [token.replace(" ", "") for token in _TOKEN.findall(text) if len(token) <= TOKEN_LENGTH_MAX]
    joined = f" {' '.join(_in_digits(tokens, language))} "
    # `fourteen (14) days`, as lawyers write it, is one number
    return re.sub(r"\b(\d+) \( \1 \)", r"\1", joined)


def _in_digits(tokens: list[str], language: Language) -> list[str]:
    """The tokens with number words written in digits: `one hundred and twenty` gives `120`."""
    found: list[str] = []
    at = 0
    while at < len(tokens):
        number, after = _number_at(tokens, at, language)
        found.append(tokens[at] if after == at else str(number))
        at = max(after, at + 1)
    return found


def _number_at(tokens: list[str], start: int, language: Language) -> tuple[int, int]:
    """The number that begins at a token, and the index after it (the same index where none begins)."""
    total = current = 0
    at, scaled = start, False

    def begins(index: int) -> bool:
        return index < len(tokens) and (tokens[index] in language.numbers or tokens[index] in language.tens)

    while at < len(tokens):
        word = tokens[at]
        if total + current > NUMBER_MAX:
            break
        if word in language.numbers and current % 10 == 0 and (current % 100 == 0 or language.numbers[word] < 10):
            current += language.numbers[word]
        elif word in language.tens and current % 100 == 0:
            current += language.tens[word]
        elif word in language.scales and at > start:
            current *= language.scales[word]
            scaled = True
            if language.scales[word] >= 1000:
                total, current = total + current, 0
        elif word == language.joins_scale and scaled and begins(at + 1) and current % 100 == 0:
            pass
        elif word in language.articles and at == start and at + 1 < len(tokens) and tokens[at + 1] in language.scales:
            current = 1
        else:
            break
        at += 1
    return total + current, at


@lru_cache(maxsize=256)
def read_words(words: str, language_name: str) -> Said:
    """Everything that the words say in numbers, times and names, in the language of that name."""
    language = LANGUAGES[language_name]
    text = plain(words, language)
    return _Taking(text, language).said()


class _Taking:
    """Takes sayings out of plain text, the longer ones first, so that no part of one is read again."""

    def __init__(self, text: str, language: Language) -> None:
        self.whole, self.rest, self.language = text, text, language
        self.numbers: set[int] = set()
        self.shares: set[Fraction] = set()
        self.ratios: set[tuple[int, int]] = set()
        self.roots: set[Fraction] = set()
        self.durations: set[Length] = set()
        self.intervals: set[Length] = set()
        self.days: set[YearlyDay] = set()

    def said(self) -> Said:
        """Runs all patterns in order."""
        self._roots()
        self._days()
        self._intervals()
        self._durations()
        self._shares()
        self._ratios_and_numbers()
        stems = " ".join(stem(word, self.language) for word in self.whole.split())
        return Said(
            frozenset(self.numbers), frozenset(self.shares), frozenset(self.ratios), frozenset(self.roots),
            frozenset(self.durations), frozenset(self.intervals), frozenset(self.days), self.whole, f" {stems} ",
        )  # fmt: skip

    def take(self, name: str, handle: Callable[[re.Match[str]], None], keep: bool = False, start: str = "") -> None:
        """Hands every match of the language's patterns of that name over, and takes it out of the rest."""
        ordinals = "|".join(word for word in self.language.ordinals if word != "last")
        for pattern in self.language.patterns[name]:
            filled = pattern.replace("MONTH", rf"{_MONTH}(\d+)").replace("ORDINAL", ordinals)
            filled = filled.replace("WEEKDAY", "|".join(self.language.weekdays))
            compiled = re.compile(start + filled)
            for found in compiled.finditer(self.rest):
                handle(found)
            if not keep:
                self.rest = compiled.sub(" _ ", self.rest)

    def _roots(self) -> None:
        language = self.language
        parts = "|".join(language.parts)
        number = rf"(?:(\d+)/(\d+) |(\d+) and (?:a|1) half |(\d+|a|an)? ?({parts}) |(\d+) )?"

        def root(found: re.Match[str]) -> None:
            above, below, and_half, part_of, part, plain_number = found.groups()
            if above:
                if int(below):
                    self.roots.add(Fraction(int(above), int(below)))
            elif and_half:
                self.roots.add(int(and_half) + Fraction(1, 2))
            elif part:
                many = int(part_of) if part_of and part_of.isdigit() else 1
                self.roots.add(Fraction(many, language.parts[part]))
            else:
                self.roots.add(Fraction(int(plain_number or 1)))

        if any(re.search(pattern, self.rest) for pattern in language.patterns["root"]):
            self.take("root", root, start=number)

    def _days(self) -> None:
        language = self.language

        def day(found: re.Match[str]) -> None:
            groups = found.groups()
            month_first = found.group().lstrip().startswith(_MONTH)
            month = int(groups[0] if month_first else groups[3])
            digits, tens, ordinal = groups[1:4] if month_first else groups[:3]
            number = int(digits) if digits else int(tens or 0) + language.ordinals.get(ordinal, 0)
            if 1 <= number <= 31:
                self.days.add(YearlyDay(month, day=number))

        def weekday(found: re.Match[str]) -> None:
            order, name, month = found.groups()
            self.days.add(YearlyDay(int(month), nth=language.ordinals[order], weekday=language.weekdays.index(name)))

        if _MONTH in self.rest:
            self.take("weekday of month", weekday)
            self.take("day of month", day)

    def _intervals(self) -> None:
        language = self.language

        def interval(found: re.Match[str]) -> None:
            number, unit = found.groups() if found.lastindex == 2 else (1, found.group(1))
            self.intervals.add(length(Duration(int(number), language.units[unit])))

        def nth(found: re.Match[str]) -> None:
            number = {"other": 2, "alternate": 2}.get(found.group(1)) or language.ordinals.get(found.group(1))
            digits = re.match(r"\d+", found.group(1))
            number = int(digits.group()) if digits else number
            self.intervals.add(length(Duration(number or 1, language.units[found.group(2)])))

        def times(found: re.Match[str]) -> None:
            many = int(found.group(1))
            if many and 12 % many == 0:
                self.intervals.add(("month", 12 // many, False))

        self.take("times a year", times)
        for words in sorted(language.intervals, key=len, reverse=True):
            if f" {words} " in self.rest:
                self.intervals.add(length(Duration(*language.intervals[words])))
                self.rest = self.rest.replace(f" {words} ", " _ ")
        self.take("nth interval", nth)
        self.take("interval", interval)

    def _durations(self) -> None:
        units = self.language.units

        def add(number: int, unit: str, clear: bool) -> None:
            self.durations.add(length(Duration(number, units[unit], clear and units[unit] == "day")))

        def several(found: re.Match[str]) -> None:
            first, second, clear, unit = found.groups()
            add(int(first), unit, bool(clear))
            add(int(second), unit, bool(clear))

        def one(found: re.Match[str]) -> None:
            groups = found.groups()
            number = int(groups[0]) if len(groups) == 4 else 1
            before, unit, after = groups[-3:]
            add(number, unit, bool(before or after))

        self.take("half a year", lambda found: self.durations.add(("month", 6, False)))
        self.take("durations", several)
        self.take("duration", one)

    def _shares(self) -> None:
        parts = self.language.parts

        def fraction(found: re.Match[str]) -> None:
            above, below = int(found.group(1)), int(found.group(2))
            if below and 0 < above <= below:
                self.shares.add(Fraction(above, below))

        def percent(found: re.Match[str]) -> None:
            whole, _, decimals = found.group(1).partition(".")
            self.shares.add(Fraction(int(whole + decimals), 100 * 10 ** len(decimals)))

        self.take("percent", percent)
        for found in re.finditer(r"(\d+)/(\d+)", self.rest):
            fraction(found)
        self.rest = re.sub(r"\d+/\d+", "_", self.rest)
        articles = "|".join(self.language.articles)
        named = re.compile(rf"(?:\b(\d+|{articles}) )?\b({'|'.join(parts)})\b")
        for found in named.finditer(self.rest):
            number, part = found.groups()
            # `the third Saturday` is an order, `half` alone a share
            if number or parts[part] == 2:
                many = int(number) if number and number.isdigit() else 1
                if 0 < many <= parts[part]:
                    self.shares.add(Fraction(many, parts[part]))
        self.rest = named.sub(lambda found: " _ " if found.group(1) else found.group(), self.rest)
        self.take("share of", fraction, keep=True)

    def _ratios_and_numbers(self) -> None:
        def ratio(found: re.Match[str]) -> None:
            in_favour, against = int(found.group(1)), int(found.group(2) or 1)
            if in_favour and against:
                self.ratios.add(ratio_of(in_favour, against))

        for found in re.finditer(r"(\d+):(\d+)", self.rest):
            ratio(found)
        self.rest = re.sub(r"\d+:\d+", "_", self.rest)
        self.take("ratio", ratio, keep=True)
        for word, many in self.language.multiples.items():
            if f" {word} " in self.rest:
                self.numbers.add(many)
                self.ratios.add((many, 1))
        # a decimal number is no count
        self.numbers |= {int(found) for found in re.findall(r"(?<![\d.])\d+(?![\d.])", self.rest)}
