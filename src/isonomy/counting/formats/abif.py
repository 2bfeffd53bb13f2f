"""ABIF, the aggregated ballot information format: one line of preferences, `count: A > B = C`.

Lives here: reading and writing its ranks and scores. Not here: its metadata beyond title and candidates.

    {title: "A poll"}
    =A:[Ann Example]
    27: A > B = C
    3: [Bo Example]/5, A/2

Readings: `>` separates ranks, `=` joins equal ones; a comma separates options whose order only their scores
tell; `#` begins a comment. Options are numbered in the order in which they are named first. Lines with scores
give scored ballots; a file is one or the other.

Invariant: reading what was written gives the same ballots.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from isonomy.counting.ballot import Profile, Ranks, Scores, check_ballot, merge, merge_scores, options_named
from isonomy.counting.formats.text import check_option_count, decoded, numbered_lines, shortened, whole_number
from isonomy.kernel.bad_input import BadInput

_NAME = r"(?:\[[^\]\[]*\]|\"[^\"]*\"|[\w.\-]+)"
_OPTION = re.compile(rf"\s*({_NAME})\s*(?:/\s*(\d+))?\s*")
_CANDIDATE = re.compile(rf"\s*=\s*({_NAME})\s*:\s*(.*)")
_LINE = re.compile(r"\s*(\d+)\s*:\s*(.*)")
_TITLE = re.compile(r"\{\s*\"?title\"?\s*:\s*\"([^\"]*)\"\s*\}")


def read_abif(data: bytes, names: Sequence[str] | None = None) -> Profile:
    """Reads an ABIF file; raises `BadInput` with the line that cannot be read."""
    shown: dict[str, str] = {}
    ranked: list[tuple[Ranks, int]] = []
    scored: list[tuple[dict[str, int], int]] = []
    title = ""
    for number, line in numbered_lines(decoded(data)):
        text = _without_comment(line)
        if not text or text.startswith("{"):
            found = _TITLE.match(text)
            title = found[1] if found else title
            continue
        where = f"line {number}"
        if found := _CANDIDATE.fullmatch(text):
            shown[_bare(found[1])] = _bare(found[2].strip())
        elif found := _LINE.fullmatch(text):
            weight = whole_number(found[1], "number of voters", where, 1)
            ranks, scores = _preferences(found[2], where)
            for name in (name for rank in ranks for name in rank):
                shown.setdefault(name, name)
            check_option_count(len(shown), where)
            order = {name: n for n, name in enumerate(shown, start=1)}
            numbered = tuple(tuple(sorted(order[name] for name in rank)) for rank in ranks)
            check_ballot(numbered, len(order), where)
            if scores:
                scored.append((scores, weight))
            else:
                ranked.append((numbered, weight))
        else:
            raise BadInput(f"'{shortened(text)}' is neither a candidate nor a ballot", where, "write 27: A > B = C")
    if ranked and scored:
        raise BadInput(
            "some ballots have scores and some have none", "line 1", "write scores on all ballots or on none"
        )
    check_option_count(len(shown), "line 1")
    options = (
        options_named(names) if names is not None and len(names) == len(shown) else options_named([*shown.values()])
    )
    order = {name: n for n, name in enumerate(shown, start=1)}
    if scored:
        return Profile(options, scored=merge_scores((_scores(s, order), w) for s, w in scored), title=title)
    return Profile(options, merge(ranked), title=title)


def _scores(scores: dict[str, int], order: dict[str, int]) -> Scores:
    found: list[int | None] = [None] * len(order)
    for name, score in scores.items():
        found[order[name] - 1] = score
    return tuple(found)


def _preferences(text: str, where: str) -> tuple[list[list[str]], dict[str, int]]:
    ranks: list[list[str]] = []
    scores: dict[str, int] = {}
    joins = False
    place = 0
    while place < len(text):
        found = _OPTION.match(text, place)
        if not found:
            raise BadInput(
                f"'{shortened(text[place:])}' is no option", where, "write A > B = C, names with blanks in [ ]"
            )
        name = _bare(found[1])
        if joins:
            ranks[-1].append(name)
        else:
            ranks.append([name])
        if found[2]:
            scores[name] = whole_number(found[2], "score", where)
        place = found.end()
        if place < len(text):
            if text[place] not in ">=,":
                raise BadInput(f"'{shortened(text[place:])}' follows an option", where, "separate options by > or =")
            joins = text[place] == "="
            place += 1
    return ranks, scores


def _without_comment(line: str) -> str:
    return line.partition("#")[0].strip() if "#" in line else line.strip()


def _bare(name: str) -> str:
    if len(name) >= 2 and (name[0], name[-1]) in (("[", "]"), ('"', '"')):
        return name[1:-1].strip()
    return name


def write_abif(profile: Profile) -> bytes:
    """Writes an ABIF file; options are called C1, C2 ... and their names stand in the head."""
    lines = [f'{{title: "{_plain(profile.title)}"}}'] if profile.title else []
    lines += [f"=C{option.number}:[{_plain(option.name)}]" for option in profile.options]
    for ranks, weight in profile.ballots:
        lines.append(f"{weight}: {' > '.join(' = '.join(f'C{n}' for n in rank) for rank in ranks)}".rstrip())
    for scores, weight in profile.scored:
        shown = ", ".join(f"C{n}/{score}" for n, score in enumerate(scores, start=1) if score is not None)
        lines.append(f"{weight}: {shown}".rstrip())
    return ("\n".join(lines) + "\n").encode()


def _plain(name: str) -> str:
    if any(mark in name for mark in '[]#"\n'):
        raise BadInput(f"the name '{shortened(name)}' holds a mark that ABIF cannot say", "", "write BLT or PrefLib")
    return name
