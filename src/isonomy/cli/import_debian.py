"""`isonomy import debian DIR SOURCE`: the published votes of the Debian project, replayed as a history.

Lives here: founding the history, submitting its reports with their boxes, and the table of votes. Not here:
reading the sources and making the acts (`adapters.importers`), deciding (`engine`).

Invariant: outcome, quorum and majorities in the table are what the engine decided from the rulebook; what the
sources do not tell is said to be unknown. Run again on the same DIR and SOURCE it goes on where it broke off.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from isonomy.kernel.bad_input import BadInput

if TYPE_CHECKING:
    from isonomy.adapters.importers.debian_acts import Recorder, Step
    from isonomy.adapters.importers.debian_replay import Row
    from isonomy.adapters.importers.debian_vote import DebianVote

EDITIONS_FOLDER = ("paraphrase", "debian")
GOOD_UNTIL = "2099-12-31T23:59:59Z"
"""The same at every run: an act that is sent again has to have the same bytes."""
DRY = "dry-run.invalid"
QUESTION_SHOWN_MAX, OUTCOME_SHOWN_MAX = 44, 40


def run(args: argparse.Namespace) -> int:
    """Replays the votes and prints the table."""
    from pathlib import Path

    from isonomy.adapters.importers.debian import read_votes
    from isonomy.adapters.importers.debian_acts import steps_of
    from isonomy.adapters.importers.debian_replay import rows_of
    from isonomy.engine.state import State

    votes = read_votes(Path(args.source), *_table())
    if not votes:
        raise BadInput("there is no vote in this folder", args.source, "name the folder that holds index.csv")
    editions = _editions()
    state = State()
    recorder = _rehearsing() if args.dry_run else _founded(args.folder, editions[0])
    steps = list(_shown(steps_of(votes, editions, recorder, state), len(votes)))
    if not args.dry_run:
        _submit(args.folder, steps)
    rows = rows_of(votes, steps, state)
    _show(args, rows, votes)
    return 2 if any(map(_differs, rows)) else 0


def _table() -> tuple[bytes, str]:
    from isonomy.cli.models import rulebooks_folder
    from isonomy.cli.reading import read_file

    path = rulebooks_folder().joinpath(*EDITIONS_FOLDER) / "votes.csv"
    return read_file(str(path), 10_000_000), path.name


def _editions() -> list[bytes]:
    """The texts of the editions in the order of coming into force."""
    from isonomy.cli.models import rulebooks_folder
    from isonomy.cli.reading import read_file
    from isonomy.rulebook.reader import read_rulebook

    folder = rulebooks_folder().joinpath(*EDITIONS_FOLDER)
    texts = [read_file(str(path), 1_000_000) for path in folder.glob("[0-9]*.md")]
    return sorted(texts, key=lambda text: str(read_rulebook(text).front.in_force_from))


def _rehearsing() -> Recorder:
    from isonomy.adapters.importers.debian_acts import Recorder
    from isonomy.adapters.system import SystemClock
    from isonomy.record.note import SignerKey

    vkey = SignerKey.make(DRY, bytes(32)).verifier().text()
    return Recorder(DRY, vkey, "p-recorder", SystemClock().now(), GOOD_UNTIL)


def _founded(given: str, edition: bytes) -> Recorder:
    """The recorder of the history in DIR, which is founded there first where there is nothing."""
    from pathlib import Path

    from isonomy.adapters.folder import FOUNDER_KEY, found_folder, reading
    from isonomy.adapters.importers.debian_acts import Recorder
    from isonomy.adapters.key_files import read_key
    from isonomy.adapters.system import SystemClock
    from isonomy.cli.new import new_folder
    from isonomy.rulebook.reader import read_rulebook

    folder = Path(given)
    if not (folder / "record.sqlite").exists():
        folder = new_folder(given)
        since = read_rulebook(edition).front.in_force_from
        found_folder(folder, edition.decode(), kind="history", founded_on=since.isoformat() if since else None)
    with reading(folder) as reader:
        founding = next(reader.entries(0, 1), None)
        if founding is None or founding["act"].get("kind") != "history":
            raise BadInput("this organisation is not a history", given, "import into a new folder")
        key = read_key(folder / FOUNDER_KEY)
        vkey = reader.stores.signer.key.text()
    return Recorder(key.log, vkey, key.person, SystemClock().now(), GOOD_UNTIL, key.public)


def _submit(given: str, steps: Sequence[Step]) -> None:
    """Submits the reports; raises `BadInput` when the record answers otherwise than the rehearsal did."""
    from pathlib import Path

    from isonomy.adapters.folder import FOUNDER_KEY, writing
    from isonomy.adapters.key_files import read_key
    from isonomy.chamber.submit import Sent
    from isonomy.engine.refusal import Accepted

    folder = Path(given)
    key = read_key(folder / FOUNDER_KEY)
    # The founding is the first step and is in the record already.
    told = steps[1:]
    sent = (Sent(step.act, key.auth(step.act), box=step.box or None, clock_is_right=True) for step in told)
    with writing(folder) as appender:
        for step, reply in zip(told, appender.submit(sent), strict=True):
            if isinstance(reply, BadInput):
                raise reply.at(f"{step.tells} of {step.subject}")
            if reply.is_accepted != isinstance(step.verdict, Accepted):
                raise BadInput(
                    "the record answers otherwise than the rehearsal",
                    f"{step.tells} of {step.subject}",
                    "import into a new folder: this one holds something else",
                )


def _shown(steps: Iterator[Step], vote_count: int) -> Iterator[Step]:
    """The steps, with progress on a terminal."""
    import sys

    done = 0
    for step in steps:
        if step.tells == "declared":
            done += 1
            if sys.stderr.isatty():
                end = "\n" if done == vote_count else "\r"
                print(f"{done} of {vote_count} votes: {step.subject}      ", end=end, file=sys.stderr, flush=True)
        yield step


def _differs(row: Row) -> bool:
    return row.agreement is None or bool(row.agreement.differences)


def _show(args: argparse.Namespace, rows: Sequence[Row], votes: Sequence[DebianVote]) -> None:
    from isonomy.cli.printing import print_json, say, show_table

    if args.json:
        for row in rows:
            print_json(
                {
                    "vote": row.vote, "question": row.question, "turnout": row.turnout, "quorum": row.quorum,
                    "outcome": row.outcome, "clauses": list(row.clauses), "agrees": row.said, "poll": row.poll,
                    "irregularities": list(row.irregularities), "untold": list(row.untold),
                }
            )  # fmt: skip
        return
    show_table(
        ("vote", "question", "turnout", "quorum", "outcome", "clauses", "official result"),
        [
            (
                row.vote, _cut(row.question, QUESTION_SHOWN_MAX), row.turnout, row.quorum,
                _cut(row.outcome, OUTCOME_SHOWN_MAX), " ".join(row.clauses), row.said,
            )
            for row in rows
        ],
    )  # fmt: skip
    agreeing = sum(row.agreement is not None and row.agreement.agrees for row in rows)
    official = sum(vote.official is not None for vote in votes)
    say("", f"{len(rows)} votes; {agreeing} of {official} agree with the official result that was published")
    if args.dry_run:
        say("Nothing was kept.")
    else:
        say(f"  isonomy log {args.folder}", f"  isonomy export {args.folder} OUT && isonomy verify OUT")


def _cut(text: str, most: int) -> str:
    plain: str = " ".join(text.split())
    return plain if len(plain) <= most else plain[: most - 3] + "..."
