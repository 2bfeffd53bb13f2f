"""Polls: casting in a question that was put to a frozen roll, and closing it with its box.

Lives here: `ballot.cast`, `poll.close`. Not here: putting the question (`putting`), what the count makes of the box
(`declaring`, `outcome`).

Invariant: the roll is frozen when the poll opens; nobody is added to it; death or leaving strikes a person. A secret ballot
is judged here, is durable in the box before it is answered, and is no entry; the closing entry commits to box and roll.
"""

from __future__ import annotations

from dataclasses import dataclass

from isonomy.engine.act import judges
from isonomy.engine.effect import At, effect
from isonomy.engine.judgement import FORM, Judgement
from isonomy.engine.proceedings.movers import competence_of
from isonomy.engine.proceedings.outcome import procedure_for
from isonomy.engine.proceedings.papers import check_ballot
from isonomy.engine.proceedings.presiding import preside
from isonomy.engine.proceedings.question import HANDS, NAMED, SECRET
from isonomy.engine.proceedings.standing import may_hold, returning_officer
from isonomy.engine.shape import Bytes32, Json, Natural, PersonId, ProceedingId
from isonomy.engine.state import Poll, State
from isonomy.rulebook.model import Competence


@dataclass(frozen=True, slots=True)
class Cast:
    """Casts a ballot: ranks (lists of option numbers, best first), or one answer `for`, `against`, `abstain`, or scores."""

    poll: ProceedingId
    ballot: Json
    nonce: Bytes32 | None = None


@dataclass(frozen=True, slots=True)
class ClosePoll:
    """Closes a poll and commits to its box and roll: root and size of the box, how many are marked, root of the roll.

    `on_paper` of the ballots were cast on paper and entered by two `tellers`.
    """

    poll: ProceedingId
    box_root: Bytes32 | None = None
    box_size: Natural | None = None
    marked: Natural | None = None
    roll_root: Bytes32 | None = None
    on_paper: Natural | None = None
    tellers: tuple[PersonId, ...] = ()


@effect("ballot.cast")
@dataclass(frozen=True, slots=True)
class BallotCast:
    """A named vote; the ballot stands in the act. Casting again before the close replaces it."""

    poll: str
    person: str

    def apply(self, state: State, at: At) -> None:
        """Keeps the ballot under its voter."""
        state.polls[self.poll].named[self.person] = at.act["ballot"]
        state.touched[self.poll] = at.n


@effect("poll.closed")
@dataclass(frozen=True, slots=True)
class PollClosed:
    """No further ballot is taken; the box is committed to."""

    poll: str
    on: str
    box_root: str = ""
    box_size: int | None = None
    marked: int | None = None
    roll_root: str = ""
    withdrawn: tuple[int, ...] = ()
    on_paper: int = 0
    tellers: tuple[str, ...] = ()

    def apply(self, state: State, at: At) -> None:
        """Closes the poll."""
        poll = state.polls[self.poll]
        poll.standing, poll.closed_on = "closed", self.on
        poll.box_root, poll.box_size, poll.marked = self.box_root, self.box_size, self.marked
        poll.withdrawn, poll.on_paper, poll.tellers = self.withdrawn, self.on_paper, self.tellers
        state.touched[self.poll] = at.n


def poll_of(judgement: Judgement, poll: str, standing: str) -> Poll:
    """The poll of that id in that standing; bars the act otherwise."""
    found = judgement.state.polls.get(poll)
    if found is None:
        raise judgement.bar(f"there is no poll '{poll}'", {}, "name one, such as po-31")
    if found.standing != standing:
        cure = "close it first" if (found.standing, standing) == ("open", "closed") else "put the question again"
        raise judgement.bar(f"the poll is {found.standing}", {"poll": poll}, cure)
    return found


def standing_in(poll: Poll) -> tuple[str, ...]:
    """Who stands as an option of a poll."""
    return tuple(option.person for option in poll.options if option.person)


def officer_of(judgement: Judgement, poll: Poll) -> str:
    """The returning officer of the clause under which a poll was opened; "" where it names none."""
    procedure, _ = procedure_for(judgement.state, poll, poll.editions[0], poll.matter)
    return returning_officer(judgement, poll.body, procedure)


def competence_clause(judgement: Judgement, poll: Poll) -> Competence | None:
    """The competence under which a poll was opened."""
    return competence_of(judgement, poll.body, poll.matter, edition=poll.editions[0])


@judges("ballot.cast", Cast, reportable=False)
def judge_cast(judgement: Judgement, cast: Cast) -> None:
    """Judges a ballot: the poll is open, the person on its roll, the paper filled in as the counting rule reads it."""
    poll = poll_of(judgement, cast.poll, "open")
    competence = competence_clause(judgement, poll)
    clause = competence.place.clause if competence else FORM
    if poll.closes_on and judgement.on > poll.closes_on:
        judgement.refuse(
            clause, "the poll has run its time", {"closed after": poll.closes_on}, "vote while the next one is open"
        )
    if poll.secrecy == HANDS:
        raise judgement.bar(
            "this question is answered by show of hands", {"poll": poll.id}, "the chair declares the count", clause
        )
    if not poll.has_on_roll(judgement.author) or judgement.author in poll.struck:
        struck = "struck" if judgement.author in poll.struck else "not on it"
        judgement.refuse(
            clause,
            "who votes is on the roll as of the opening",
            {"person": judgement.author, "roll": struck, "opened": poll.opened_on},
            "nobody is added to an open roll; the next poll takes a new one",
        )
    else:
        judgement.cite(clause)
    check_ballot(judgement, poll, cast.ballot)
    if poll.secrecy == SECRET:
        if cast.nonce is None:
            raise judgement.bar("a secret ballot carries a nonce", {}, 'draw 32 random bytes and give them as "nonce"')
        judgement.boxed = True
    else:
        judgement.then(BallotCast(poll.id, judgement.author))


@judges("poll.close", ClosePoll)
def judge_close(judgement: Judgement, close: ClosePoll) -> None:
    """Judges a close: not before its time, by those who put questions, with what the box commits to."""
    poll = poll_of(judgement, close.poll, "open")
    competence = competence_clause(judgement, poll)
    clause = competence.place.clause if competence else FORM
    preside(
        judgement, poll.body, poll.motion, clause, "a poll is closed by the chair or a keeper of polls",
        concerned=standing_in(poll), meeting=poll.meeting, officer=officer_of(judgement, poll),
    )  # fmt: skip
    waiting = poll.roll is None or len(poll.named) < len(poll.roll) - len(poll.struck)
    if poll.closes_on and judgement.latest < poll.closes_on and waiting:
        judgement.refuse(
            clause,
            "the poll runs its time",
            {"closes on": poll.closes_on, "today": judgement.on},
            f"close it on {poll.closes_on} or later",
        )
    if poll.secrecy == SECRET and (close.box_root is None or close.box_size is None):
        raise judgement.bar(
            "the close of a secret poll commits to its box", {}, 'give "box_root", "box_size" and "marked"'
        )
    if poll.secrecy != SECRET and not judgement.reported and (close.box_root or close.box_size is not None):
        raise judgement.bar(
            "only a secret poll has a box", {"secrecy": poll.secrecy}, 'leave "box_root" and "box_size" out', clause
        )
    if close.marked is not None and close.box_size is not None and close.box_size > close.marked:
        judgement.refuse(
            clause, "no more ballots than marks on the roll", {"ballots": close.box_size, "marked": close.marked},
            "give both as the box has them",
        )  # fmt: skip
    hi = len(poll.roll) if poll.roll is not None else poll.roll_hi
    if hi is not None and close.marked is not None and close.marked > hi:
        judgement.refuse(
            clause,
            "no more marks than persons on the roll",
            {"marked": close.marked, "roll": hi},
            "count the marks again",
        )
    marked = len(poll.named) if poll.secrecy == NAMED and not judgement.reported else close.marked
    root, roll_root = close.box_root or "", close.roll_root or ""
    gone = () if judgement.reported else withdrawn_from(judgement, poll)
    _check_paper(judgement, poll, close, clause)
    judgement.then(
        PollClosed(
            poll.id, judgement.on, root, close.box_size, marked, roll_root, gone, int(close.on_paper or 0), close.tellers
        )
    )  # fmt: skip


def _check_paper(judgement: Judgement, poll: Poll, close: ClosePoll, clause: str) -> None:
    """Ballots cast on paper: of a secret poll held here, entered by two tellers who do not stand in it."""
    if not close.on_paper and not close.tellers:
        return
    if poll.secrecy != SECRET or judgement.reported:
        raise judgement.bar(
            "papers lie in the box of a secret poll",
            {"secrecy": poll.secrecy},
            'leave "on_paper" and "tellers" out',
            clause,
        )
    known = judgement.state.persons
    are_members = all(teller in known and known[teller].is_member_on(judgement.on) for teller in close.tellers)
    if not close.on_paper or len(set(close.tellers)) != 2 or len(close.tellers) != 2 or not are_members:
        raise judgement.bar(
            "papers are entered by two tellers, each alone", {"papers": close.on_paper or 0, "tellers": list(close.tellers)},
            "name two members who entered them, and how many they are", clause,
        )  # fmt: skip
    standing = sorted(set(standing_in(poll)) & set(close.tellers))
    if standing:
        judgement.refuse(
            clause,
            "a teller does not stand in the poll",
            {"person": standing},
            "let another member enter the papers too",
        )
    if close.box_size is not None and close.on_paper > close.box_size:
        judgement.refuse(
            clause, "no more papers than ballots", {"papers": int(close.on_paper), "ballots": int(close.box_size)},
            "give both as the box has them",
        )  # fmt: skip


def withdrawn_from(judgement: Judgement, poll: Poll) -> tuple[int, ...]:
    """The options that take no part in the count: who withdrew from the election, left or died while the poll was open."""
    election = judgement.state.elections.get(poll.election)
    if election is None:
        return ()
    return tuple(
        number
        for number, option in enumerate(poll.options, start=1)
        if option.person
        and (
            election.candidates[option.person].withdrawn_on
            or may_hold(judgement, option.person, election.seat, election.vacant_on)
        )
    )
