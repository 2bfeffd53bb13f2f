"""A vote of the Debian project as plain data: what was asked, when, who may have voted, the papers, what
was announced.

Lives here: the shapes that the Debian importer yields. Not here: where they are read from
(`debian_results`, `debian_table`, `debian`), and the acts they become.

Invariant: None and an empty mapping mean that the sources do not tell; every fact that could come from
several places says from which one it came.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from isonomy.counting.ballot import Profile
from isonomy.kernel.quantity import Ratio

Ranks = tuple[int | None, ...]
"""The rank a paper gives each option, in the order of the options; None where it gives none."""

LEADER_ELECTION = "election-of-leader"


@dataclass(frozen=True, slots=True)
class Happened:
    """When something happened, as far as it is known: `earliest` to `latest`, instants in UTC.

    `precision` is the unit in which the source speaks (`second`, `day`, `year`), `known_from` the source.
    """

    earliest: str
    latest: str
    precision: str
    known_from: str


@dataclass(frozen=True, slots=True)
class VoteOption:
    """An option of the ballot: the matter it decides and the ratio for : against it needs, where that is
    known.
    """

    number: int
    name: str
    is_default: bool = False
    matter: str | None = None
    matter_known_from: str = ""
    ratio: Ratio | None = None
    ratio_known_from: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """One ballot paper as published: its ranks, the line as written, and its receipt digest or the voter's
    pseudonym.
    """

    ranks: Ranks
    written: str
    receipt: str


@dataclass(frozen=True, slots=True)
class MajorityTest:
    """A published test of an option against the default: votes for and against, the ratio, whether it
    passed.
    """

    option: int
    passed: bool
    votes: int
    against: int
    ratio: Ratio


@dataclass(frozen=True, slots=True)
class OfficialResult:
    """What Debian published of a count.

    `quorum` is the figure as printed (a decimal), `quorum_reached` option to (votes, reached), `majority`
    the tests in the order of the options, `dropped` and `winners` option numbers, `matrix` the rows of the
    pairwise table (None on the diagonal) or nothing, `total` the number of papers where it is printed,
    `counted_at` the local time stamp of the count.
    """

    quorum: str | None = None
    quorum_reached: Mapping[int, tuple[int, bool]] = field(default_factory=dict)
    majority: tuple[MajorityTest, ...] = ()
    dropped: tuple[int, ...] = ()
    winners: tuple[int, ...] = ()
    matrix: tuple[tuple[int | None, ...], ...] = ()
    total: int | None = None
    counted_at: str | None = None


@dataclass(frozen=True, slots=True)
class DebianVote:
    """One vote. `id` is `2004_gr_sarge`; `adopts` names the edition that an option puts into force when it
    wins.
    """

    id: str
    year: int
    name: str
    question: str | None
    options: tuple[VoteOption, ...]
    papers: tuple[Paper, ...]
    profile: Profile
    opened: Happened
    closed: Happened
    secret: bool | None
    developer_count: int | None = None
    developers_known_from: str = ""
    official: OfficialResult | None = None
    adopts: Mapping[int, str] = field(default_factory=dict)
    source: str = ""

    @property
    def default(self) -> VoteOption:
        """The option that stands for no decision."""
        return next(option for option in self.options if option.is_default)

    @property
    def is_leader_election(self) -> bool:
        """Whether the options are candidates for leader."""
        return any(option.matter == LEADER_ELECTION for option in self.options)
