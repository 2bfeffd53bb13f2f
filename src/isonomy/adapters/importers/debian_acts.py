"""The acts by which Debian's editions and votes enter a record: a founding as history, then reports in
order of time.

Lives here: which act tells what, in which order, and the box that comes with a poll. Not here: reading the
sources (`debian`), submitting (the command), judging (the engine).

To name the poll that an act closes and the parameters by which its box is counted, the acts are judged and
folded here once, in memory. Whoever submits them, in this order, to an empty record gets the same entries;
an act that the engine refuses is yielded all the same, and what would have followed from it is left out.

Invariant: the same sources, editions and recorder give the same acts with the same ids, so that an import
that broke off can be sent again. No act says more than the sources: who acted is not told, and a size of
the roll stands for the roll.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from isonomy.adapters.importers.debian_vote import LEADER_ELECTION, DebianVote, Happened
from isonomy.chamber.entering import entry_of
from isonomy.counting.pairwise import pairwise_matrix, rows_of
from isonomy.counting.registry import count
from isonomy.engine.apply import apply
from isonomy.engine.competence import competent_for
from isonomy.engine.decide import CONSOLE, SEMANTICS, Submission, decide
from isonomy.engine.proceedings.outcome import parameters_of
from isonomy.engine.refusal import Accepted, Verdict
from isonomy.engine.state import HISTORY, Poll, State
from isonomy.kernel.quantity import Ratio
from isonomy.record.base64_text import to_base64
from isonomy.record.box import Ballot, box_root
from isonomy.rulebook.model import Rulebook
from isonomy.rulebook.reader import read_rulebook

DEVELOPERS = "developers"
LEADER_SEAT = "leader"
AMENDMENT, RESOLUTION = "amendment", "resolution"
LINE_MAX = 300
CERTAIN, UNCERTAIN = "certain", "uncertain"
SOURCE = "result and tally files of the Debian vote pages"


@dataclass(frozen=True, slots=True)
class Recorder:
    """Who enters the history and where: the record's origin and verifier key, the recorder's id and public
    key.

    `at` is the instant that stands for now when the acts are judged beforehand, `until` the one after which
    they are refused.
    """

    log: str
    vkey: str
    person: str
    at: str
    until: str
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One act of the import, judged beforehand.

    `tells` is what it tells: `founding`, `edition`, `opened`, `closed` or `declared`; `subject` the edition
    or vote. `box` holds the ballots of the poll that the act closes (`poll` is its id, "" where the act was
    refused).
    """

    act: dict[str, Any]
    tells: str
    subject: str
    verdict: Verdict
    poll: str = ""
    box: tuple[Ballot, ...] = ()


def acts_of(votes: Iterable[DebianVote], editions: Sequence[bytes], recorder: Recorder) -> Iterator[dict[str, Any]]:
    """The acts in order: the founding under the first edition, then editions and votes as they happened."""
    return (step.act for step in steps_of(votes, editions, recorder))


def steps_of(
    votes: Iterable[DebianVote],
    editions: Sequence[bytes],
    recorder: Recorder,
    state: State | None = None,
) -> Iterator[Step]:
    """The acts in order, each with its verdict and its box.

    `editions` are the texts in order of coming into force. `state`, an empty one, is folded along and may
    be looked at between steps. Raises `BadInput` when an edition cannot be read.
    """
    telling = _Telling(recorder, state if state is not None else State())
    books = [(text.decode(), read_rulebook(text)) for text in editions]
    yield telling.founding(*books[0])
    for _, _, tell in sorted(_events(telling, books[1:], votes), key=lambda event: event[:2]):
        yield from tell()


def _events(telling: _Telling, later: list[tuple[str, Rulebook]], votes: Iterable[DebianVote]) -> Iterator[Any]:
    """What happened, each with its instant and a key that orders what falls on one instant.

    A poll is placed where it may have happened latest; an edition comes into force after the votes of its
    day, for it is one of them that adopts it.
    """
    for number, (text, book) in enumerate(later):
        day = book.front.in_force_from
        yield f"{day}T23:59:59Z", f"~{number:03}", _edition(telling, text, book)
    for vote in votes:
        yield vote.opened.latest, f"{vote.id} 1", _opening(telling, vote)
        yield vote.closed.latest, f"{vote.id} 2", _ending(telling, vote)


def _edition(telling: _Telling, text: str, book: Rulebook) -> Any:
    return lambda: telling.edition(text, book)


def _opening(telling: _Telling, vote: DebianVote) -> Any:
    return lambda: telling.opening(vote)


def _ending(telling: _Telling, vote: DebianVote) -> Any:
    return lambda: telling.ending(vote)


def box_of(vote: DebianVote) -> tuple[Ballot, ...]:
    """The published papers of a vote as ballots of a box, each with the receipt or pseudonym it was
    published with.
    """
    ballots = []
    for paper in vote.papers:
        places: dict[int, list[int]] = {}
        for number, rank in enumerate(paper.ranks, start=1):
            if rank is not None:
                places.setdefault(rank, []).append(number)
        ranks = tuple(tuple(places[rank]) for rank in sorted(places))
        ballots.append(Ballot(ranks=ranks, receipt=paper.receipt or None))
    return tuple(ballots)


class _Telling:
    """The acts so far, folded into a state."""

    def __init__(self, recorder: Recorder, state: State) -> None:
        self.recorder, self.state = recorder, state
        self.polls: dict[str, str] = {}
        self.decisions: dict[str, tuple[str, str]] = {}

    def step(self, tells: str, subject: str, fields: dict[str, Any], **more: Any) -> Step:
        """One act, judged and where accepted folded."""
        recorder = self.recorder
        drawn = hashlib.sha256(f"isonomy import debian\n{recorder.log}\n{tells} {subject}".encode()).hexdigest()
        act = {"id": drawn[:32], "log": recorder.log, "until": recorder.until, "by": recorder.person, **fields}
        submission = Submission(act, {"kind": CONSOLE}, recorder.at, recorder.at[:-1] + "+00:00")
        verdict = decide(self.state, submission)
        if isinstance(verdict, Accepted):
            apply(self.state, entry_of(self.state.n, submission, verdict, SEMANTICS).to_json())
        return Step(act, tells, subject, verdict, **more)

    def report(
        self, tells: str, subject: str, what: dict[str, Any], happened: Happened, source: str, **more: Any
    ) -> Step:
        """A reported act."""
        certainty = more.pop("certainty", CERTAIN)
        fields: dict[str, Any] = {
            "act": "report",
            "what": what,
            "happened": {
                "earliest": happened.earliest[:10],
                "latest": happened.latest[:10],
                "known_from": _line(happened.known_from or "the sources named"),
            },
            "source": _line(source),
        }
        if certainty != CERTAIN:
            fields["certainty"] = certainty
        return self.step(tells, subject, fields, **more)

    def founding(self, text: str, book: Rulebook) -> Step:
        """The organisation as history, under its first edition; the recorder is its founder."""
        founder: dict[str, Any] = {"person": self.recorder.person}
        if self.recorder.key is not None:
            founder["key"] = self.recorder.key
        fields: dict[str, Any] = {
            "act": "found",
            "name": book.front.organisation,
            "kind": HISTORY,
            "vkey": self.recorder.vkey,
            "time_zone": book.front.time_zone,
            "sha256": _digest(text),
            "founders": [founder],
            "rulebook": text,
        }
        if book.front.in_force_from is not None:
            fields["founded_on"] = book.front.in_force_from.isoformat()
        return self.step("founding", book.front.edition, fields)

    def edition(self, text: str, book: Rulebook) -> Iterator[Step]:
        """The text of a later edition, and its coming into force by the decision that adopted it, where it
        is known.
        """
        name, day = book.front.edition, str(book.front.in_force_from)
        happened = Happened(f"{day}T00:00:00Z", f"{day}T23:59:59Z", "day", book.front.source)
        source = f"edition {name}, {book.front.source}"
        number = self.state.n
        lodged = self.report(
            "edition",
            f"{name} lodged",
            {"act": "rulebook.lodge", "sha256": _digest(text), "rulebook": text},
            happened,
            source,
        )
        yield lodged
        if not isinstance(lodged.verdict, Accepted):
            return
        adopted: dict[str, Any] = {"act": "rulebook.adopt", "edition": f"ed-{number}", "in_force_from": day}
        by = book.front.adopted_by or "the source does not say by which vote"
        if name in self.decisions:
            vote, decision = self.decisions[name]
            adopted["decision"] = decision
            by = f"{vote}, {decision}"
        yield self.report("edition", f"{name} adopted", adopted, happened, f"{source}; adopted by {by}")

    def opening(self, vote: DebianVote) -> Iterator[Step]:
        """The question as it was put."""
        matters, certainty = self.matters(vote)
        first = next(matter for matter in matters if matter)
        options = []
        for option, matter in zip(vote.options, matters, strict=True):
            put: dict[str, Any] = {"name": _line(option.name)}
            if option.is_default:
                put["default"] = True
            elif matter != first:
                put["matter"] = matter
            options.append(put)
        what: dict[str, Any] = {
            "act": "poll.open",
            "body": DEVELOPERS,
            "question": _line(vote.question or f"{vote.name} of {vote.year}"),
            "matter": first,
            "options": options,
        }
        if first == LEADER_ELECTION:
            what["seat"] = LEADER_SEAT
        if vote.secret is not None:
            what["secrecy"] = "secret" if vote.secret else "named"
        if vote.developer_count is not None:
            what["roll"] = {"lo": vote.developer_count, "hi": vote.developer_count}
        number = self.state.n
        step = self.report("opened", vote.id, what, vote.opened, _source(vote), certainty=certainty)
        if isinstance(step.verdict, Accepted):
            self.polls[vote.id] = f"po-{number}"
        yield step

    def matters(self, vote: DebianVote) -> tuple[list[str | None], str]:
        """The matter of each option as the edition in force names it, and how certain that is.

        An option whose majority nobody told is a resolution: without a stated majority it needs 1:1 (A.3).
        """
        edition = self.state.editions_between(vote.opened.earliest[:10], vote.opened.latest[:10])
        book = self.state.rulebook(edition[-1].id) if edition else None
        found: list[str | None] = []
        certainty = CERTAIN
        for option in vote.options:
            matter = option.matter
            if option.is_default:
                found.append(None)
                continue
            if matter is None:
                matter, certainty = RESOLUTION, UNCERTAIN
            elif book is not None and not competent_for(book, matter):
                matter = AMENDMENT if option.ratio == Ratio(3, 1) else RESOLUTION
            found.append(matter)
        return found, certainty

    def ending(self, vote: DebianVote) -> Iterator[Step]:
        """The close with its box, and the result that was declared."""
        poll_id = self.polls.get(vote.id)
        if poll_id is None:
            return
        box = box_of(vote)
        root = to_base64(box_root(box))
        closing = {
            "act": "poll.close",
            "poll": poll_id,
            "box_root": root,
            "box_size": len(box),
            "marked": len(box),
        }
        closed = self.report("closed", vote.id, closing, vote.closed, _source(vote), poll=poll_id, box=box)
        yield closed
        if not isinstance(closed.verdict, Accepted):
            return
        number = self.state.n
        told = self.declaration(vote, self.state.polls[poll_id], root)
        declared = self.report("declared", vote.id, told, vote.closed, _source(vote), poll=poll_id)
        if isinstance(declared.verdict, Accepted):
            for option in self.state.polls[poll_id].outcome["winners"]:
                if option in vote.adopts and f"de-{number}" in self.state.decisions:
                    self.decisions[vote.adopts[option]] = (vote.id, f"de-{number}")
        yield declared

    def declaration(self, vote: DebianVote, poll: Poll, root: str) -> dict[str, Any]:
        """The count of the published papers by the rule and the parameters that the poll's edition gives."""
        result = count(vote.profile, poll.counting, parameters_of(self.state, poll, poll.editions[0]))
        matrix = rows_of(pairwise_matrix(vote.profile.ballots, len(vote.options)))
        return {
            "act": "poll.declare",
            "poll": poll.id,
            "rule": poll.counting,
            "tallies": {"matrix": matrix, "ballots": len(vote.papers)},
            "box_root": root,
            "winners": list(result.winners),
            "trace": result.digest(),
        }


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _line(text: str) -> str:
    """One printable line that an act can carry."""
    plain = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return plain if len(plain) <= LINE_MAX else plain[: LINE_MAX - 3] + "..."


def _source(vote: DebianVote) -> str:
    return f"{vote.source} and what stands beside it: {SOURCE}"
