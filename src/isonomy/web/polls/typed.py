"""Papers as tellers type them: what stands beside each option, read down the paper, in one line.

Lives here: from the line to the ballot and back. Not here: the paper as a form (`papers`), which checks it.

Invariant: a line and the same paper filled in on the pages make the same ballot. `.` alone is a blank paper.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from isonomy.engine.state import Poll, State
from isonomy.kernel.canonical import Json
from isonomy.web.polls.papers import ANSWERS, BLANK, MARKS, ONE, QUESTION, RANKS, SCORES, PaperForm, kind_of

EMPTY = ("-", "_")
BLANK_LINE = "."
SIGNS = {"+": "for", "f": "for", "-": "against", "a": "against", "0": "abstain", "x": "abstain"}


def how_to_type(poll: Poll) -> str:
    """How a paper is typed, in a sentence."""
    return {
        QUESTION: _("+ for, - against, 0 abstain."),
        ANSWERS: _("One sign an option, from the top: + for, - against, 0 abstain. For example: + - 0"),
        ONE: _("The number of the option that is marked."),
        MARKS: _("The numbers of the options that are marked. For example: 1 3"),
        SCORES: _("The score of each option, from the top, - where there is none. For example: 5 - 0"),
        RANKS: _("What stands beside each option, from the top, - where nothing does. For example: 2 1 - 3"),
    }[kind_of(poll)]


def read_line(line: str, poll: Poll, names: Sequence[str], state: State) -> tuple[Json, str]:
    """The ballot of a line, and "" or what is wrong with it."""
    words = line.replace(",", " ").split()
    kind = kind_of(poll)
    if words == [BLANK_LINE]:
        return ("abstain" if kind == QUESTION else BLANK), ""
    if not words:
        return None, _("Type what stands on the paper; a full stop alone for a blank paper.")
    data = QueryDict(mutable=True)
    wrong = _fill(data, kind, words, len(names))
    if wrong:
        return None, wrong
    form = PaperForm(data, poll, names, state)
    if form.is_valid():
        return form.ballot(), ""
    return None, " ".join(reason for _id, _label, reason in form.wrong())


def _fill(data: QueryDict, kind: str, words: list[str], options: int) -> str:
    if kind == QUESTION:
        if len(words) != 1 or words[0].lower() not in SIGNS:
            return _("One sign: + for, - against, 0 abstain.")
        data["answer"] = SIGNS[words[0].lower()]
        return ""
    if kind in (ONE, MARKS):
        if not all(word.isascii() and word.isdigit() and 1 <= int(word) <= options for word in words):
            return _("Options have the numbers 1 to %(options)s.") % {"options": options}
        if len(set(words)) != len(words):
            return _("Each number once.")
        if kind == ONE:
            data["answer"] = words[0] if len(words) == 1 else ""
            return "" if len(words) == 1 else _("One number alone; a paper that marks several is typed as blank.")
        data.update({f"o{int(word)}": "on" for word in words})
        return ""
    if len(words) == 1 and kind == ANSWERS and len(words[0]) == options:
        words = list(words[0])
    if len(words) != options:
        return _("There are %(options)s options, and %(typed)s were typed.") % {"options": options, "typed": len(words)}
    for number, word in enumerate(words, start=1):
        if kind == ANSWERS:
            if word.lower() not in SIGNS:
                return _("%(word)s is no answer.") % {"word": word[:10]}
            data[f"o{number}"] = SIGNS[word.lower()]
        elif word not in EMPTY:
            data[f"o{number}"] = word
    return ""


def written(ballot: Any, poll: Poll) -> str:
    """A ballot as it would be typed."""
    kind = kind_of(poll)
    if kind == QUESTION:
        return {"for": "+", "against": "-"}.get(str(ballot), "0")
    if ballot == BLANK:
        return BLANK_LINE
    if isinstance(ballot, dict):
        words = {1: "+", -1: "-"}
        if kind == ANSWERS:
            return " ".join(words.get(score or 0, "0") for score in ballot["scores"])
        return " ".join("-" if score is None else str(score) for score in ballot["scores"])
    if kind in (ONE, MARKS):
        return " ".join(str(number) for rank in ballot for number in rank)
    place = {number: str(rank) for rank, numbers in enumerate(ballot, start=1) for number in numbers}
    return " ".join(place.get(number, "-") for number in range(1, len(poll.options) + 1))
