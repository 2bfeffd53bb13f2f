"""Real elections for the tests of count sheets: a ward, a project's votes, a committee, a town's budget."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from isonomy.counting import Ballot, Parameters, Profile, Result, ScoredBallot, count, read_ballots
from isonomy.counting.ballot import options_named

DATA = Path(__file__).parents[1] / "counting" / "data"
WARD = DATA / "scottish-2017" / "ballots" / "aberdeen_2017_ward10.csv"
DEBIAN = DATA / "debian" / "2006_vote_002_tally.txt"
KUBERNETES = DATA / "kubernetes" / "2021_ballots.csv"
ASSEN = DATA / "pabulib" / "Netherlands_Assen_2024.pb"

HOSTILE = (
    "</td><script>alert(1)</script>",
    "\"'><img src=x onerror=alert(1)>",
    '=HYPERLINK("http://example.invalid","Ann")',
    "Ann \u202eelpmaxE & <b>Bo</b>",
    "-->]]></style><title>x",
    "line\nbreak\x00\x1b[31m\ud800 end",
)
"""Names that try to leave the place where a name stands."""


@cache
def counted(case: str) -> Result:
    """A real count by its name in `CASES`."""
    path, rule, parameters, kind = CASES[case]
    return count(read_ballots(path.read_bytes(), str(path), kind=kind), rule, parameters)


CASES: dict[str, tuple[Path, str, Parameters, str]] = {
    "ward": (WARD, "scottish-stv-2007", Parameters(), "ranks"),
    "ward by wigm": (WARD, "wigm", Parameters(), "ranks"),
    "ward by ers97": (WARD, "ers97", Parameters(), "ranks"),
    "ward by meek": (WARD, "meek-prf", Parameters(), "ranks"),
    "ward by irv": (WARD, "irv", Parameters(), "ranks"),
    "ward by plurality": (WARD, "plurality", Parameters(), "ranks"),
    "ward by dhondt": (WARD, "dhondt", Parameters(seats=4), "ranks"),
    "ward by approval": (WARD, "approval", Parameters(seats=4), "ranks"),
    "ward by pav": (WARD, "seq-pav", Parameters(seats=4), "ranks"),
    "ward by phragmen": (WARD, "phragmen", Parameters(seats=4), "ranks"),
    "debian": (DEBIAN, "debian-2003", Parameters(), "ranks"),
    "debian by 1998": (DEBIAN, "debian-1998", Parameters(), "ranks"),
    "kubernetes": (KUBERNETES, "schulze-wv", Parameters(seats=4), "ranks"),
    "kubernetes by ranked pairs": (KUBERNETES, "ranked-pairs-wv", Parameters(seats=4), "ranks"),
    "town budget": (ASSEN, "equal-shares", Parameters(), "scores"),
}
STAGED = ("ward", "ward by wigm", "ward by ers97", "ward by meek", "ward by irv")


def hostile_ranks() -> Profile:
    """A small poll whose candidates bear hostile names."""
    size = len(HOSTILE)
    ballots = tuple(Ballot(((n,), (n % size + 1,)), 3 + n) for n in range(1, size + 1))
    return Profile(options_named(HOSTILE), ballots, seats=2, title=HOSTILE[0])


def hostile_scores(other: int) -> Profile:
    """The same with scores: 1 for two options, `other` for the rest."""
    size = len(HOSTILE)
    scored = tuple(
        ScoredBallot(tuple(1 if m == n or m == n % size + 1 else other for m in range(1, size + 1)), 3 + n)
        for n in range(1, size + 1)
    )
    return Profile(options_named(HOSTILE), scored=scored, seats=2, title=HOSTILE[0])
