"""PrefLib: soc, soi, toc and toi, with the header of 2022 or the older one.

Lives here: reading and writing orders, strict or with ties, complete or not. Not here: categorical and graph
data.

    # ALTERNATIVE NAME 1: Ann Example
    5: 1,2,{3,4}

Invariant: alternatives not named are below all named ones; reading what was written gives the same profile.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from isonomy.counting.ballot import Profile, Ranks, check_ballot, merge, options_named
from isonomy.counting.formats.text import check_option_count, decoded, numbered_lines, shortened, whole_number
from isonomy.kernel.bad_input import BadInput

_PART = re.compile(r"\{[^{}]*\}|[^,{}]+")
_ORDER = re.compile(r"\s*(?:\{[\d\s,]*\}|\d+)\s*(?:,\s*(?:\{[\d\s,]*\}|\d+)\s*)*,?\s*")


def read_preflib(data: bytes, names: Sequence[str] | None = None) -> Profile:
    """Reads a PrefLib file of orders; raises `BadInput` with the line that cannot be read."""
    lines = [(number, line) for number, line in numbered_lines(decoded(data)) if line.strip()]
    if not lines:
        raise BadInput("the file is empty", "line 1", "check that it was written completely")
    if lines[0][1].lstrip().startswith("#"):
        found, title, body = _new_head(lines)
        colon = True
    else:
        found, title, body = _old_head(lines)
        colon = False
    votes: list[tuple[Ranks, int]] = []
    for number, line in body:
        where = f"line {number}"
        head, mark, rest = line.partition(":" if colon else ",")
        if not mark and not head.strip().isdigit():
            raise BadInput(f"'{shortened(line)}' is no order", where, "write count: 1,2,{3,4}")
        votes.append((_ranks(rest, len(found), where), whole_number(head, "number of voters", where, 1)))
    options = options_named(names) if names is not None and len(names) == len(found) else options_named(found)
    return Profile(options, merge(votes), title=title)


def _new_head(lines: list[tuple[int, str]]) -> tuple[list[str], str, list[tuple[int, str]]]:
    found: dict[int, str] = {}
    title, count, place = "", 0, 0
    for place, (number, line) in enumerate(lines):  # noqa: B007 - the place of the first order
        if not line.lstrip().startswith("#"):
            break
        label, colon, value = line.strip().removeprefix("#").partition(":")
        if not colon:
            continue
        words = label.split()
        index = words.pop() if words and words[-1].isdigit() else ""
        key, value = " ".join(words), value.strip()
        if key == "ALTERNATIVE NAME":
            found[whole_number(index, "number of an alternative", f"line {number}", 1)] = value
        elif key == "NUMBER ALTERNATIVES":
            count = whole_number(value, "number of alternatives", f"line {number}", 1)
        elif key == "TITLE":
            title = value
        elif key == "DATA TYPE" and value not in ("soc", "soi", "toc", "toi"):
            raise BadInput(
                f"PrefLib data of type '{shortened(value)}' are no orders",
                f"line {number}",
                "soc, soi, toc and toi are read",
            )
    else:
        place += 1
    count = count or len(found)
    check_option_count(count, "the head of the file")
    return [found.get(n, f"Alternative {n}") for n in range(1, count + 1)], title, lines[place:]


def _old_head(lines: list[tuple[int, str]]) -> tuple[list[str], str, list[tuple[int, str]]]:
    number, line = lines[0]
    count = whole_number(line, "number of alternatives", f"line {number}", 1)
    check_option_count(count, f"line {number}")
    found: list[str] = []
    for number, line in lines[1 : count + 1]:
        index, comma, name = line.partition(",")
        if not comma or whole_number(index, "number of an alternative", f"line {number}") != len(found) + 1:
            raise BadInput(f"alternative {len(found) + 1} is not named here", f"line {number}", "write 1,Name")
        found.append(name.strip())
    if len(found) != count or len(lines) < count + 2:
        raise BadInput(
            f"{len(found)} of {count} alternatives are named", f"line {lines[-1][0]}", "the file may be cut off"
        )
    return found, "", lines[count + 2 :]


def _ranks(text: str, count: int, where: str) -> Ranks:
    if not text.strip():
        return ()
    if not _ORDER.fullmatch(text):
        raise BadInput(f"'{shortened(text)}' is no order", where, "write 1,2,{3,4}")
    ranks = []
    for part in _PART.findall(text):
        numbers = [n for n in part.strip("{} ").split(",") if n.strip()]
        if numbers:
            ranks.append(tuple(sorted(whole_number(n, "alternative", where, 1, count) for n in numbers)))
    check_ballot(tuple(ranks), count, where)
    return tuple(ranks)


def write_preflib(profile: Profile) -> bytes:
    """Writes a PrefLib file of the type that the ballots need; names keep to one line."""
    strict = all(len(rank) == 1 for ballot in profile.ballots for rank in ballot.ranks)
    complete = all(sum(map(len, ballot.ranks)) == len(profile.options) for ballot in profile.ballots)
    lines = [
        f"# TITLE: {_one_line(profile.title)}",
        f"# DATA TYPE: {'s' if strict else 't'}o{'c' if complete else 'i'}",
        f"# NUMBER ALTERNATIVES: {len(profile.options)}",
        f"# NUMBER VOTERS: {profile.paper_count}",
        f"# NUMBER UNIQUE ORDERS: {len(profile.ballots)}",
        *(f"# ALTERNATIVE NAME {option.number}: {_one_line(option.name)}" for option in profile.options),
        *(f"{weight}: {','.join(map(_rank, ranks))}" for ranks, weight in profile.ballots),
    ]
    return ("\n".join(lines) + "\n").encode()


def _rank(rank: tuple[int, ...]) -> str:
    return str(rank[0]) if len(rank) == 1 else "{" + ",".join(map(str, rank)) + "}"


def _one_line(text: str) -> str:
    return " ".join(text.split("\n"))
