"""Draws: how the ties of a count were resolved, held against the clause and the published lot.

Lives here: the shape of a draw in `poll.declare` and `vacancy.fill`, and whether it may stand. Not here: seeds (`lots`),
which ties a count met (the chamber counts again).

Invariant: a tie is resolved only as the clause says; where a lot was published, a draw is the one that its seed gives, and
whoever withholds the secret leaves the tie open. Source: docs/spec/elections.md, section 4.
"""

from __future__ import annotations

from dataclasses import dataclass

from isonomy.counting.tie import Draw, lot_order
from isonomy.engine.competence import ELECTION
from isonomy.engine.judgement import Judgement
from isonomy.engine.lots import lot_of_secret, seed_of_count
from isonomy.engine.proceedings.outcome import procedure_for
from isonomy.engine.shape import Line, Natural
from isonomy.engine.state import Poll
from isonomy.rulebook.model import Procedure

LOT, CASTING_VOTE = "lot", "casting vote"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A tie as it was resolved: among which options, for which, by `lot` or `casting vote`; the tie's number in the count."""

    among: tuple[Natural, ...]
    chosen: tuple[Natural, ...]
    by: Line
    tie: Natural | None = None


def read_draws(
    judgement: Judgement, poll: Poll, drawn: tuple[Drawn, ...], secret: str | None, edition: str
) -> tuple[Draw, ...]:
    """The draws of a declared count; grounds against those that no clause allows or that the lot does not give."""
    procedure, clause = procedure_for(judgement.state, poll, edition, poll.matter)
    for draw in drawn:
        _check_options(judgement, poll, draw)
        if not is_allowed(poll, procedure, draw.by):
            judgement.refuse(
                clause,
                f"no clause lets a {draw.by[:40]} resolve this tie",
                {"tie": procedure.tie if procedure else "not said"},
                "leave the draw out: a tie is not carried, or the vote is held again",
            )
    check_secret(judgement, poll, secret)
    if poll.lot:
        seed = seed_of_count(judgement.state, poll, secret) if secret is not None else ""
        check_lots(judgement, drawn, seed, clause)
    return tuple(Draw(tuple(draw.among), tuple(draw.chosen)) for draw in drawn)


def _check_options(judgement: Judgement, poll: Poll, drawn: Drawn) -> None:
    if not set(drawn.chosen) <= set(drawn.among) or any(not 1 <= number <= len(poll.options) for number in drawn.among):
        raise judgement.bar(
            "a draw falls on one of the options it stood among",
            {"among": list(drawn.among)},
            "record it as it was drawn",
        )


def is_allowed(poll: Poll, procedure: Procedure | None, by: str) -> bool:
    """Whether the clause lets a lot, or a casting vote, resolve a tie in this poll."""
    if procedure is None:
        return False
    by_chair = bool(procedure.casting_vote) and poll.secrecy != "secret" and not poll.matter.startswith(ELECTION)
    return (by == LOT and procedure.tie == LOT) or (by == CASTING_VOTE and by_chair)


def check_secret(judgement: Judgement, poll: Poll, secret: str | None) -> None:
    """Bars a secret that does not open the lot, or where none was published."""
    if secret is None:
        return
    if not poll.lot:
        raise judgement.bar("no lot was published for this poll", {"poll": poll.id}, 'leave "secret" out')
    if lot_of_secret(secret) != poll.lot:
        raise judgement.bar(
            "this is not the secret of the lot",
            {"lot": poll.lot},
            "give the 32 bytes whose SHA-256 of SHA-256 is the lot",
        )


def check_lots(judgement: Judgement, drawn: tuple[Drawn, ...], seed: str, clause: str) -> None:
    """Grounds against draws by lot that the published lot does not give; `seed` is "" where the secret is withheld."""
    for draw in drawn:
        if draw.by != LOT:
            continue
        if not seed:
            judgement.refuse(
                clause, "a tie is drawn from the published lot, which is opened at the declaration", {"secret": "none"},
                'give "secret"',
            )  # fmt: skip
            return
        if draw.tie is None:
            raise judgement.bar(
                "a draw names its tie", {"among": list(draw.among)}, 'give "tie": its number in the count, from 1'
            )
        given = lot_order(sorted(int(number) for number in draw.among), seed, int(draw.tie))[: len(draw.chosen)]
        if tuple(draw.chosen) != given:
            judgement.refuse(
                clause, "the draw is the one that the published lot gives",
                {"tie": int(draw.tie), "drawn": [int(number) for number in draw.chosen], "lot": list(given)},
                "declare what the count gives",
            )  # fmt: skip
