"""When a fact of a block and the words of a clause agree.

Lives here: one test for each sort of fact, and the ways in which a seat may be called. Not here: reading
quantities out of words (`words`), which findings follow (`lint`).

Invariant: quantities are compared by value (`14 days` agrees with `a fortnight` and `two weeks`, never with
`14 clear days`); a name agrees where the words name the seat so that a reader would know which one is meant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import cast

from isonomy.kernel.calendar import Duration
from isonomy.rulebook.model import EVERYTHING_ELSE, Body, Clause, Office, Rulebook
from isonomy.rulebook.readings import Fact
from isonomy.rulebook.words import LANGUAGES, Length, Said, length, plain, ratio_of, stem

HALF, WHOLE = Fraction(1, 2), Fraction(1)
# How many letters of a matter's word must begin a word of the clause: `spending` is named by `spend`.
MATTER_LETTERS = 4
VALUES_SHOWN_MAX = 3


class Calling:
    """How the seats and units of a rulebook may be called in its words: as stems, longest names first."""

    def __init__(self, book: Rulebook) -> None:
        self.language = LANGUAGES[book.front.language]
        self.titles: dict[str, list[list[str]]] = {}
        seats: list[Body | Office] = [*book.bodies.values(), *book.offices.values()]
        for seat in seats:
            wordings = [seat.name.replace("-", " "), seat.title]
            wordings += [term for term, means in self._terms(book) if means == self._stems(seat.title)]
            stems = [self._stems(wording) for wording in dict.fromkeys(wordings)]
            self.titles[seat.name] = [found for found in stems if found]
        heads = [title[0][-1] for title in self.titles.values() if title]
        self.heads = {head for head in heads if heads.count(head) == 1}

    def _terms(self, book: Rulebook) -> list[tuple[str, list[str]]]:
        terms = book.definitions.terms if book.definitions else {}
        return [(term, self._stems(means)) for term, means in terms.items()]

    def _stems(self, wording: str) -> list[str]:
        words = [word for word in plain(wording, self.language).split() if word.isalnum()]
        while words and words[0] in self.language.determiners:
            words = words[1:]
        return [stem(word, self.language) for word in words]

    def names(self, seat: str, words: Said) -> bool:
        """Whether the words name the seat: by its title, turned round, in parts of a sentence, or by its last word."""
        titles = self.titles.get(seat) or [self._stems(seat.replace("-", " "))]
        for title in titles:
            if f" {' '.join(title)} " in words.stems or any(f" {turned} " in words.stems for turned in _turned(title)):
                return True
            if len(title) > 1 and any(
                all(f" {word} " in f" {sentence} " for word in title) for sentence in words.stems.split(" . ")
            ):
                return True
        head = titles[0][-1] if titles and titles[0] else ""
        return head in self.heads and any(f" {before} {head} " in words.stems for before in self.language.determiners)

    def any_seat(self, words: Said) -> bool:
        """Whether the words name any seat at all."""
        return any(f" {' '.join(title)} " in words.stems for titles in self.titles.values() for title in titles)


def _turned(title: list[str]) -> Iterable[str]:
    """`secretary of the branch`, `meeting of members`, `secretary general` for titles of two words or more."""
    for cut in range(1, len(title)):
        first, last = " ".join(title[:cut]), " ".join(title[cut:])
        yield from (f"{last} of {first}", f"{last} of the {first}", f"{last} of a {first}", f"{last} of each {first}")
        yield f"{last} {first}"


class Agreement:
    """The words of a clause or a quotation, to be held against facts; `naming` are the words that may name seats."""

    def __init__(self, words: Said, naming: Said, calling: Calling) -> None:
        self.words, self.naming, self.calling = words, naming, calling
        self.language = calling.language

    def holds(self, fact: Fact, key: str, clause: Clause) -> bool:
        """Whether the words say the fact too."""
        if fact.sort == "duration":
            lengths = self.words.durations | self.words.intervals if key == "term" else self.words.durations
            return length(cast(Duration, fact.value)) in lengths
        if fact.sort == "clause":
            id = cast(str, fact.value)
            return id == clause.id or id in clause.words.replace("[", " ").replace("]", " ").replace(",", " ").split()
        return self._tests()[fact.sort](fact.value)

    def _tests(self) -> dict[str, Callable[..., bool]]:
        return {
            "number": self._number, "share": self._share, "majority": self._majority, "ratio": self._ratio,
            "root": lambda factor: factor in self.words.roots, "every": self._every,
            "day": lambda day: day in self.words.days, "matter": self._matter,
            "seat": lambda seat: self.calling.names(seat, self.naming),
            "unit": lambda unit: self.calling.names(unit, self.naming),
            "base": lambda base: self.words.has_word(*self.language.bases[base]),
            "sign": lambda sign: self.words.has_word(*self.language.signs[sign]),
        }  # fmt: skip

    def _number(self, number: int) -> bool:
        # `a seconder`, `the chair`: one is said without a number, none by saying nothing
        return number <= 1 or number in self.words.numbers

    def _share(self, share: Fraction) -> bool:
        return share in self.words.shares or (share == WHOLE and self.words.has_word(*self.language.whole))

    def _majority(self, share: Fraction) -> bool:
        if self._share(share):
            return True
        if share == HALF and self.words.has_word(*self.language.more_than_half):
            return True
        return any(Fraction(more, more + less) == share for more, less in self.words.ratios)

    def _ratio(self, ratio: tuple[int, int]) -> bool:
        more, less = ratio_of(*ratio)
        if (more, less) in self.words.ratios or Fraction(more, more + less) in self.words.shares:
            return True
        return more == less and self.words.has_word(*self.language.more_than_half)

    def _every(self, interval: Duration) -> bool:
        if length(interval) in self.words.intervals:
            return True
        # `It meets on 1 May`: a day that comes round says every year
        return length(interval) == ("month", 12, False) and bool(self.words.days) and not self.words.intervals

    def _matter(self, matter: str) -> bool:
        if matter == EVERYTHING_ELSE:
            return self.words.has_word(*self.language.signs["everything else"])
        words = [word for word in plain(matter.replace("-", " "), self.language).split() if len(word) >= MATTER_LETTERS]
        return all(f" {word[: max(MATTER_LETTERS, len(word) - 4)]}" in self.words.text for word in words)

    def speaks_of(self, sort: str) -> bool:
        """Whether the words say anything of that sort, so that they could disagree."""
        said = self.words
        return {
            "number": bool(said.numbers - {1}), "share": bool(said.shares),
            "majority": bool(said.shares or said.ratios),
            "ratio": bool(said.shares or said.ratios), "root": bool(said.roots),
            "duration": bool(said.durations), "every": bool(said.intervals), "day": bool(said.days),
            "seat": self.calling.any_seat(said),
        }.get(sort, False)  # fmt: skip

    def wording(self, fact: Fact) -> str:
        """The part of a fact that the words lack: the number of a duration where they have no such number at all."""
        if fact.sort == "duration":
            duration = cast(Duration, fact.value)
            numbers = {number for _, number, _ in self.words.durations} | self.words.numbers
            if duration.number not in numbers and length(duration)[1] not in numbers:
                return str(duration.number)
        return fact.said

    def cure(self, fact: Fact, others: list[Fact]) -> str:
        """What the words say of that sort and no block repeats, where that is little enough to be the answer."""
        mine = {_comparable(other) for other in others if other.sort == fact.sort}
        said: list[str] = []
        if fact.sort == "duration":
            said = [_say_length(found) for found in sorted(self.words.durations - mine)]
        elif fact.sort == "every":
            said = [f"every {_say_length(found)}" for found in sorted(self.words.intervals - mine)]
        elif fact.sort == "number":
            said = [str(found) for found in sorted(self.words.numbers - mine)]
        elif fact.sort in ("share", "majority"):
            said = [f"{found.numerator}/{found.denominator}" for found in sorted(self.words.shares - mine)]
        elif fact.sort == "day":
            said = sorted(str(found) for found in self.words.days - mine)
        if not 0 < len(said) <= VALUES_SHOWN_MAX:
            return ""
        return f"it says {' and '.join(said)}: mend the one that is wrong"


def _comparable(fact: Fact) -> object:
    return length(fact.value) if isinstance(fact.value, Duration) else fact.value


def _say_length(found: Length) -> str:
    unit, number, clear = found
    if unit == "month" and number % 12 == 0:
        unit, number = "year", number // 12
    return str(Duration(number, unit, clear))
