"""Worked examples of every rule: published ones with their source, or worked by hand from the rule's text.

An example is ballots in few words, parameters, and facts of the result that are expected: a key of the result's JSON and
its value; `stages[2].totals` goes by its path.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

from isonomy.counting import Ballot, Parameters, Profile, Quorum, read_ballots
from isonomy.counting.ballot import ScoredBallot, in_order, options_named

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Example:
    """One worked example: where it is from, what is counted, and facts of the result."""

    source: str
    profile: Profile
    expected: Mapping[str, Any]
    parameters: Parameters = field(default_factory=Parameters)


def ranks(names: str, *papers: tuple[int, str]) -> Profile:
    """Ranked papers: `ranks("ABC", (5, "AB"), (3, "C"))`."""
    ballots = tuple(Ballot(in_order(names.index(one) + 1 for one in order), weight) for weight, order in papers)
    return Profile(options_named(list(names)), ballots)


def marks(names: str, *papers: tuple[int, str]) -> Profile:
    """Papers of marks: `marks("ABC", (5, "AB"))`."""
    scored = tuple(ScoredBallot(tuple(1 if n in marked else None for n in names), weight) for weight, marked in papers)
    return Profile(options_named(list(names)), scored=scored)


def scores(names: list[str], *papers: tuple[int, tuple[int, ...]]) -> Profile:
    """Papers of scores in the order of the names."""
    return Profile(options_named(names), scored=tuple(ScoredBallot(given, weight) for weight, given in papers))


CITIES = ["Memphis", "Nashville", "Chattanooga", "Knoxville"]
CAPITAL = "the capital of Tennessee, the example of many encyclopaedia articles on voting rules"


def capital() -> Profile:
    """Where the capital should be: everybody prefers the nearer city."""
    orders = ((42, (1, 2, 3, 4)), (26, (2, 3, 4, 1)), (15, (3, 4, 2, 1)), (17, (4, 3, 2, 1)))
    return Profile(options_named(CITIES), tuple(Ballot(in_order(order), weight) for weight, order in orders))


def _file(path: str) -> Profile:
    return read_ballots((DATA / path).read_bytes(), path)


SHARES = ranks("ABCD", (100, "A"), (80, "B"), (30, "C"), (20, "D"))
TWO_SEATS = ranks("ABC", (6, "AB"), (2, "AC"), (3, "B"), (2, "C"))
HAND = "worked by hand from the text"
TEXTBOOK = "100,000, 80,000, 30,000 and 20,000 votes for 8 seats, the textbook example of divisors"

EXAMPLES: dict[str, list[Example]] = {
    "approval": [
        Example(
            HAND, marks("ABC", (5, "AB"), (4, "BC"), (2, "A")), {"tallies": {"A": 7, "B": 9, "C": 4}, "elected": ["B"]}
        )
    ],
    "bloc": [
        Example(
            f"{HAND}: four papers with three marks are not valid",
            marks("ABC", (5, "AB"), (4, "ABC"), (3, "C")),
            {"tallies": {"A": 5, "B": 5, "C": 3}, "valid": 8, "elected": ["A", "B"]},
            Parameters(seats=2),
        )
    ],
    "debian-1998": [
        Example(
            f"{CAPITAL}: Nashville dominates all others", capital(), {"winners": ["Nashville"]}, Parameters(default=0)
        ),
        Example(
            f"{HAND}: a circle, so nothing is discarded; C has the fewest first preferences",
            ranks("ABC", (4, "ABC"), (3, "BCA"), (2, "CAB")),
            {"winners": ["A"]},
            Parameters(default=0),
        ),
    ],
    "debian-2003": [
        Example(CAPITAL, capital(), {"winners": ["Nashville"]}, Parameters(default=0)),
        Example(
            f"{HAND}: equality with the ratio is not enough",
            ranks("AD", (30, "AD"), (10, "DA")),
            {"winners": ["D"]},
            Parameters(quorum=Quorum(Fraction(30)), majorities={1: Fraction(3)}),
        ),
    ],
    "debian-2015": [
        Example(CAPITAL, capital(), {"winners": ["Nashville"]}, Parameters(default=0)),
        Example(
            f"{HAND}: equality with the ratio is enough",
            ranks("AD", (30, "AD"), (10, "DA")),
            {"winners": ["A"]},
            Parameters(quorum=Quorum(Fraction(30)), majorities={1: Fraction(3)}),
        ),
    ],
    "dhondt": [Example(TEXTBOOK, SHARES, {"apportioned": {"A": 4, "B": 3, "C": 1, "D": 0}}, Parameters(seats=8))],
    "sainte-lague": [Example(TEXTBOOK, SHARES, {"apportioned": {"A": 3, "B": 3, "C": 1, "D": 1}}, Parameters(seats=8))],
    "largest-remainder-hare": [
        Example(
            "47,000, 16,000, 15,900, 12,000, 6,000 and 3,100 votes for 10 seats, the textbook example of remainders",
            ranks("YWRGBP", (470, "Y"), (160, "W"), (159, "R"), (120, "G"), (60, "B"), (31, "P")),
            {"apportioned": {"Y": 5, "W": 2, "R": 1, "G": 1, "B": 1, "P": 0}},
            Parameters(seats=10),
        )
    ],
    "equal-shares": [
        Example(
            "the town of Assen, 2024 (Pabulib): nine projects, as the town decided",
            _file("pabulib/Netherlands_Assen_2024.pb"),
            {"cost": 76700, "budget": 100000},
        )
    ],
    "ers97": [
        Example(
            f"{HAND}: the surplus of A is 3.66, its eight papers are worth 0.45 each",
            TWO_SEATS,
            {
                "quota": "4.34",
                "elected": ["A", "B"],
                "stages[1].totals": {"A": "4.34", "B": "5.70", "C": "2.90"},
                "stages[1].lost_to_rounding": "0.06",
            },
            Parameters(seats=2),
        )
    ],
    "irv": [
        Example(
            CAPITAL,
            capital(),
            {
                "elected": ["Knoxville"],
                "stages[2].totals": {"Memphis": "42", "Nashville": "0", "Chattanooga": "0", "Knoxville": "58"},
            },
        )
    ],
    "meek-prf": [
        Example(
            f"{HAND}: A has 8 of 13 votes and the quota is a third of them and one unit",
            TWO_SEATS,
            {"elected": ["A", "B"], "stages[0].quota": "4.333333334"},
            Parameters(seats=2),
        )
    ],
    "pav": [
        Example(
            f"{HAND}: A and B are worth 6 + 3; A and C 6 + 2, though C adds to fewer",
            marks("ABC", (4, "AB"), (2, "AC"), (3, "B")),
            {"elected": ["A", "B"]},
            Parameters(seats=2),
        )
    ],
    "seq-pav": [
        Example(
            f"{HAND}: after A its voters count half, so C with 3 goes before B with 4 / 2",
            marks("ABC", (4, "AB"), (2, "A"), (3, "C")),
            {"elected": ["A", "C"]},
            Parameters(seats=2),
        )
    ],
    "phragmen": [
        Example(
            "S. Janson, Phragmén's and Thiele's election methods, 2016, example 13.1: A, Q, B",
            marks("ABCPQR", (1034, "ABC"), (519, "PQR"), (90, "ABQ"), (47, "APQ")),
            {"elected": ["A", "Q", "B"]},
            Parameters(seats=3),
        )
    ],
    "plurality": [
        Example(
            CAPITAL,
            capital(),
            {
                "elected": ["Memphis"],
                "tallies": {"Memphis": 42, "Nashville": 26, "Chattanooga": 15, "Knoxville": 17},
            },
        )
    ],
    "ranked-pairs-wv": [
        Example(CAPITAL, capital(), {"elected": ["Nashville", "Chattanooga", "Knoxville"]}, Parameters(seats=3))
    ],
    "schulze-wv": [
        Example(
            "M. Schulze, 2011, section 3: E, A, C, B, D",
            ranks(
                "ABCDE",
                *((5, "ACBED"), (5, "ADECB"), (8, "BEDAC"), (3, "CABED")),
                *((7, "CAEBD"), (2, "CBADE"), (7, "DCEBA"), (8, "EBADC")),
            ),
            {"elected": ["E", "A", "C", "B", "D"]},
            Parameters(seats=5),
        )
    ],
    "score": [
        Example(
            f"{CAPITAL}, scores 0 to 10",
            scores(CITIES, (42, (10, 4, 2, 0)), (26, (0, 10, 4, 2)), (15, (0, 6, 10, 6)), (17, (0, 5, 7, 10))),
            {
                "elected": ["Nashville"],
                "tallies": {"Memphis": 420, "Nashville": 603, "Chattanooga": 457, "Knoxville": 312},
            },
        )
    ],
    "star": [
        Example(
            f"{CAPITAL}, scores 0 to 5: Nashville and Chattanooga advance",
            scores(CITIES, (42, (5, 2, 1, 0)), (26, (0, 5, 2, 2)), (15, (0, 3, 5, 4)), (17, (0, 2, 4, 5))),
            {
                "elected": ["Nashville"],
                "tallies": {"Memphis": 210, "Nashville": 293, "Chattanooga": 237, "Knoxville": 197},
            },
        )
    ],
    "scottish-stv-2007": [
        Example(
            "Aberdeen, ward 10, 4 May 2017, as the council declared it",
            _file("scottish-2017/ballots/aberdeen_2017_ward10.csv"),
            {
                "quota": "1502",
                "elected": ["Jennifer Stewart", "Martin Greig", "Claire Imrie", "John Cooke"],
                "stages[4].exhausted": "493.34034",
            },
        )
    ],
    "wigm": [
        Example(
            f"{HAND}: the surplus of A is 3.6666, its eight papers get the weight 0.4583",
            TWO_SEATS,
            {
                "quota": "4.3334",
                "elected": ["A", "B"],
                "stages[1].totals": {"A": "4.3334", "B": "5.7498", "C": "2.9166"},
                "stages[1].lost_to_rounding": "0.0002",
            },
            Parameters(seats=2),
        )
    ],
    "yes-no": [
        Example(
            f"{HAND}: two thirds of those cast; abstentions are not cast",
            scores(["Ann", "Bo"], (4, (1, 1)), (2, (-1, 0)), (1, (0, -1)), (1, (0, -1))),
            {
                "winners": ["Ann", "Bo"],
                "tallies": {
                    "Ann": {"for": 4, "against": 2, "abstain": 2, "carried": True},
                    "Bo": {"for": 4, "against": 2, "abstain": 2, "carried": True},
                },
            },
            Parameters(choices={"majority": "2/3"}),
        )
    ],
}
