"""The plain words of `isonomy count`, read without the standard parser, which costs more than the count of a ward.

Lives here: files, `--rule`, `--seats`, `--seed` and `--json` in their plain form. Not here: every other option and
everything that is wrong: the standard parser reads that (`count`).

Invariant: what is read here means the same there; in doubt it is not read here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

_TEXTS = {"--rule": "rule", "--seats": "seats", "--seed": "seed"}


class Words:
    """The options of `count` with the values they have when they are not given."""

    def __init__(self) -> None:
        self.files: list[str] = []
        self.rule: str | None = None
        self.seats: int | None = None
        self.quorum: str | None = None
        self.majority: list[str] = []
        self.default: str | None = None
        self.withdraw: list[str] = []
        self.set: list[str] = []
        self.constraints: str | None = None
        self.ties: str | None = None
        self.seed: str | None = None
        self.format: str | None = None
        self.rules = False
        self.json = False


def plain_words(words: Sequence[str]) -> Any:
    """The options that plain words give; None leaves them to the standard parser."""
    found = Words()
    left = iter(words)
    for word in left:
        if word == "--json":
            found.json = True
        elif word in _TEXTS:
            given = next(left, "-")
            if given.startswith("-") or not given.strip():
                return None
            if word == "--seats" and not (given.isascii() and given.isdigit() and len(given) < 7):
                return None
            setattr(found, _TEXTS[word], int(given) if word == "--seats" else given)
        elif word.startswith("-") and word != "-":
            return None
        else:
            found.files.append(word)
    return found if found.files and found.rule else None
