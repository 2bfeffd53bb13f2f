"""Lots: seeds that nobody can steer alone, and whether a draw is the one they give.

Lives here: the published lot of an election (elections.md, 4): secret, opening, lot, contributions, seeds. Not here: the
order that a seed gives (`counting.tie`), drawing secrets (clients).

Invariant: everything here is a public function of what stands in the record; nothing is drawn.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence

from isonomy.counting.tie import Lots, Tie, lot_order
from isonomy.engine.state import Poll, State

PREFIX = "isonomy lot seed v1"
PAPER, COUNT, COUNTBACK = "paper", "count", "countback"
PAPER_LOT = 0
"""The number of the lot that orders the paper; those of ties count from 1."""


class PublishedLots(Lots):
    """The hand that resolves the ties of a count from the seed of a published lot.

    A rule that waits for a casting vote gets the lot instead: nobody has a casting vote in an election.
    """

    def __init__(self, seed: str) -> None:
        super().__init__(None, seed)

    def fresh(self) -> PublishedLots:
        """The same seed for another count."""
        return PublishedLots(self.seed or "")

    def casting_vote(self, question: str, place: str, among: Sequence[int], at: str) -> int | None:
        """The option of the lot, in the place of a casting vote."""
        options, number, seed = tuple(sorted(among)), len(self.met) + 1, self.seed or ""
        chosen = lot_order(options, seed, number)[:1]
        self.met.append(Tie(number, question, place, options, at, "lot", chosen, seed, False))
        return chosen[0]


def opening_of(secret: str) -> str:
    """The opening of a secret, both 32 bytes in base64."""
    return base64.b64encode(hashlib.sha256(base64.b64decode(secret)).digest()).decode()


def lot_of(opening: str) -> str:
    """The lot that an opening opens: SHA-256 in hexadecimal of its 32 bytes."""
    return hashlib.sha256(base64.b64decode(opening)).hexdigest()


def lot_of_secret(secret: str) -> str:
    """The lot to publish for a secret of 32 bytes in base64."""
    return lot_of(opening_of(secret))


def seed(what: str, thing: str, value: str, contributions: Iterable[str]) -> str:
    """The seed of a lot as text; `value` is the opening (of the paper) or the secret, in base64."""
    text = f"{PREFIX}\n{what} {thing}\n{value}\n" + "\n".join(contributions)
    return hashlib.sha256(text.encode()).hexdigest()


def paper_order(election: str, opening: str, consents: list[str], numbers: dict[str, int]) -> list[str]:
    """The candidates in the order of the lot; `numbers` are those of all who were nominated, in that order, from 1."""
    persons = {number: person for person, number in numbers.items()}
    return [persons[number] for number in lot_order(persons, seed(PAPER, election, opening, consents), PAPER_LOT)]


def contributions_to(state: State, poll: Poll) -> tuple[str, ...]:
    """What others than the holder of the secret contribute: the candidates' consents, else the root of the closed box."""
    election = state.elections.get(poll.election)
    return tuple(election.consents) if election is not None else (poll.box_root,)


def seed_of_count(state: State, poll: Poll, secret: str) -> str:
    """The seed by which the ties of a poll are drawn."""
    return seed(COUNT, poll.id, secret, contributions_to(state, poll))


def seed_of_countback(state: State, poll: Poll, mandate: str) -> str:
    """The seed by which the ties of a countback are drawn; "" where the poll's secret was not published."""
    return seed(COUNTBACK, mandate, poll.secret, contributions_to(state, poll)) if poll.secret else ""
