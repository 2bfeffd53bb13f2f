"""Pabulib: participatory budgets with projects, costs and votes.

Lives here: reading and writing `.pb` files. Not here: how the budget is shared (`equal_shares`, `phragmen`).

    META
    key;value
    budget;100000
    vote_type;approval
    PROJECTS
    project_id;cost;name
    3;7200;Bench
    VOTES
    voter_id;vote
    v1;3,7

Readings: `approval` and `choose-1` give a score of 1 to each project named; `cumulative` and `scoring` give
the points beside them; `ordinal` gives ranks. Projects are numbered in the order of the file; their own id is
the option's `code`.

Invariant: costs, budget and points are whole numbers; a vote names known projects only, each once.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from isonomy.counting.ballot import Option, Profile, Ranks, Scores, in_order, merge, merge_scores
from isonomy.counting.formats.text import check_option_count, decoded, numbered_lines, shortened, whole_number
from isonomy.kernel.bad_input import BadInput

_SECTIONS = ("META", "PROJECTS", "VOTES")


def read_pabulib(data: bytes, names: Sequence[str] | None = None) -> Profile:
    """Reads a participatory budget; raises `BadInput` with the line that cannot be read."""
    meta: dict[str, str] = {}
    options: list[Option] = []
    ranked: list[tuple[Ranks, int]] = []
    scored: list[tuple[Scores, int]] = []
    by_code: dict[str, int] = {}
    for section, where, row in _rows(decoded(data)):
        if section == "META":
            meta[row.get("key", "")] = row.get("value", "")
        elif section == "PROJECTS":
            options.append(_project(row, len(options) + 1, where))
            if options[-1].code in by_code:
                raise BadInput(f"project {options[-1].code} stands twice", where, "give each project its own id")
            by_code[options[-1].code] = options[-1].number
            check_option_count(len(options), where)
        else:
            kind = meta.get("vote_type", "approval")
            if kind == "ordinal":
                ranked.append((in_order(_named(row, by_code, where)), 1))
            else:
                scored.append((_scores(row, by_code, kind, where), 1))
    check_option_count(len(options), "PROJECTS")
    if names is not None and len(names) == len(options):
        options = [Option(o.number, name, cost=o.cost, code=o.code) for o, name in zip(options, names, strict=True)]
    budget = _whole(meta.get("budget", "0"), "budget", "META")
    return Profile(
        tuple(options), merge(ranked), merge_scores(scored), budget=budget, title=meta.get("description", "")
    )


def _rows(text: str) -> Iterator[tuple[str, str, dict[str, str]]]:
    section, header = "", None
    for number, line in numbered_lines(text):
        where = f"line {number}"
        if not line.strip():
            continue
        if line.strip().rstrip(";").upper() in _SECTIONS:
            section, header = line.strip().rstrip(";").upper(), None
            continue
        if not section:
            raise BadInput(f"'{shortened(line)}' stands before META", where, "a Pabulib file begins with META")
        try:
            cells = next(csv.reader([line], delimiter=";", strict=True))
        except csv.Error:
            cells = line.split(";")
        if header is None:
            header = [cell.strip() for cell in cells]
            continue
        yield section, where, dict(zip(header, (cell.strip() for cell in cells), strict=False))


def _project(row: dict[str, str], number: int, where: str) -> Option:
    code = row.get("project_id", "")
    if not code:
        raise BadInput("a project without project_id", where, "give each project an id")
    return Option(number, row.get("name") or code, cost=_whole(row.get("cost", ""), "cost", where), code=code)


def _whole(text: str, what: str, where: str) -> int:
    whole, point, decimals = text.strip().replace("\u00a0", "").partition(".")
    if point and decimals.strip("0"):
        raise BadInput(
            f"{what} {shortened(text)} is not a whole number", where, "give it in the smallest unit of money"
        )
    return whole_number(whole, what, where)


def _named(row: dict[str, str], by_code: dict[str, int], where: str) -> list[int]:
    codes = [code.strip() for code in row.get("vote", "").split(",") if code.strip()]
    for code in codes:
        if code not in by_code:
            raise BadInput(f"there is no project '{shortened(code)}'", where, "name projects by project_id")
    if len(set(codes)) != len(codes):
        raise BadInput("a project is named twice in a vote", where, "name each project once")
    return [by_code[code] for code in codes]


def _scores(row: dict[str, str], by_code: dict[str, int], kind: str, where: str) -> Scores:
    named = _named(row, by_code, where)
    scores: list[int | None] = [None] * len(by_code)
    if kind in ("cumulative", "scoring"):
        points = [point for point in row.get("points", "").split(",") if point.strip()]
        if len(points) != len(named):
            raise BadInput(f"{len(points)} points for {len(named)} projects", where, "one number of points a project")
        for option, point in zip(named, points, strict=True):
            scores[option - 1] = whole_number(point, "points", where, -(10**9), 10**9)
    else:
        for option in named:
            scores[option - 1] = 1
    return tuple(scores)


def write_pabulib(profile: Profile) -> bytes:
    """Writes approvals, points or ranks with their projects; raises `BadInput` for equal ranks."""
    used = {score for ballot in profile.scored for score in ballot.scores if score is not None}
    kind = "ordinal" if profile.ballots else "approval" if used <= {1} else "scoring"
    out = io.StringIO()
    write = csv.writer(out, delimiter=";", lineterminator="\n").writerow
    out.write("META\nkey;value\n")
    for key, value in (
        ("description", profile.title),
        ("num_projects", len(profile.options)),
        ("num_votes", profile.paper_count),
        ("budget", profile.budget or 0),
        ("vote_type", kind),
    ):
        write([key, value])
    out.write("PROJECTS\nproject_id;cost;name\n")
    codes = [option.code or str(option.number) for option in profile.options]
    for option, code in zip(profile.options, codes, strict=True):
        write([code, option.cost, " ".join(option.name.split("\n"))])
    out.write("VOTES\nvoter_id;vote" + (";points\n" if kind == "scoring" else "\n"))
    voter = 0
    for ranks, weight in profile.ballots:
        if any(len(rank) != 1 for rank in ranks):
            raise BadInput("a ballot has equal ranks", "", "write the profile as PrefLib or BLT")
        for _ in range(weight):
            voter += 1
            write([f"v{voter}", ",".join(codes[rank[0] - 1] for rank in ranks)])
    for scores, weight in profile.scored:
        given = [(codes[n], score) for n, score in enumerate(scores) if score is not None]
        for _ in range(weight):
            voter += 1
            row = [f"v{voter}", ",".join(code for code, _ in given)]
            write([*row, ",".join(str(score) for _, score in given)] if kind == "scoring" else row)
    return out.getvalue().encode()
