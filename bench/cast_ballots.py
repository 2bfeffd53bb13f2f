"""How many secret ballots a minute the chamber takes: judged, marked, dropped and flushed to the disk.

    python -m bench.cast_ballots                    20,000 members vote once each, 500 to a group
    python -m bench.cast_ballots --members 100000 --group 1000
    python -m bench.cast_ballots --profile

Each voter's signature is checked. The roll and the keys are made first and are not timed; closing the box and
repeating the count are timed by themselves. Aim: 100,000 ballots a minute.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import tempfile
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from bench.fold_and_rejudge import KEEPER, LOG, RULEBOOK, Greenwich, StillClock, key, signed
from isonomy.adapters.folder import stores_of
from isonomy.adapters.signer_files import SignerFiles
from isonomy.chamber import appender as appending
from isonomy.chamber.answers import Answer
from isonomy.chamber.appender import Appender
from isonomy.chamber.completing import closing_fields, declaration_fields
from isonomy.chamber.submit import Sent
from isonomy.record.base64_text import to_base64
from isonomy.record.note import SignerKey

POLLS = (
    RULEBOOK.replace("belong to: branch\n", "")
    .replace("A member belongs to a branch and has", "A member has")
    .replace("keeps: roll; minutes; record", "keeps: roll; minutes; record; polls")
    .replace(
        "who keeps the roll, the minutes and the record", "who keeps the roll, the minutes, the record and the polls"
    )
    + """
## 4. Polls
Everything is decided by poll, secretly, by all members.

```rule decision general
by: members-meeting
matters: everything else
taken: by poll
secrecy: secret
```
"""
)


def founding(log_key: SignerKey) -> Sent:
    """The founding under a rulebook that decides by secret poll."""
    return signed(
        0,
        KEEPER,
        "found",
        name="Bench Association",
        kind="living",
        vkey=log_key.verifier().text(),
        time_zone="UTC",
        sha256=sha256(POLLS.encode()).hexdigest(),
        rulebook=POLLS,
        founders=[{"person": KEEPER, "key": key(KEEPER)}],
        mandates=[{"person": KEEPER, "seat": "secretary"}],
    )


def admissions(count: int) -> Iterator[Sent]:
    """Members with their keys."""
    for number in range(count):
        member = f"p-m{number:08}"
        yield signed(2 * number + 1, KEEPER, "member.admit", person=member)
        yield signed(2 * number + 2, KEEPER, "key.enrol", person=member, key=key(member))


def votes(count: int, poll: str) -> Iterator[Sent]:
    """A ballot of each member."""
    for number in range(count):
        member = f"p-m{number:08}"
        nonce = to_base64(sha256(f"nonce {number}".encode()).digest())
        answer = ("for", "against", "abstain")[number % 3]
        yield signed(10**9 + number, member, "ballot.cast", poll=poll, ballot=answer, nonce=nonce)


def send(appender: Appender, acts: Iterator[Sent] | list[Sent]) -> list[Answer]:
    """The answers to acts that must all be accepted."""
    answers = []
    for reply in appender.submit(acts):
        assert isinstance(reply, Answer), reply
        assert reply.is_accepted, reply.refusal
        answers.append(reply)
    return answers


def main() -> None:
    """Makes an organisation, lets it vote, and measures."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--members", type=int, default=20_000)
    parser.add_argument("--group", type=int, default=500)
    parser.add_argument("--profile", action="store_true")
    args = parser.parse_args()
    appending.GROUP_ACTS_MAX = args.group
    log_key = SignerKey.make(LOG, sha256(b"bench log").digest())
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "organisation"
        folder.mkdir()
        SignerFiles.make(folder, log_key)
        stores = stores_of(folder, writing=True, makes=True)
        appender = Appender(stores, StillClock(), Greenwich())
        send(appender, [founding(log_key)])
        send(appender, admissions(args.members))
        fields = {"body": "members-meeting", "question": "Go on?", "matter": "all"}
        opened = send(appender, [signed(10**10, KEEPER, "poll.open", **fields)])[0]
        poll = f"po-{opened.entry['n']}"
        ballots = list(votes(args.members, poll))
        profiler = cProfile.Profile() if args.profile else None
        began, processor = time.perf_counter(), time.process_time()
        if profiler is None:
            send(appender, ballots)
        else:
            profiler.runcall(send, appender, ballots)
        seconds = time.perf_counter() - began
        print(
            f"cast    {args.members:>9,} in {seconds:6.2f} s   {60 * args.members / seconds:>11,.0f} a minute "
            f"({time.process_time() - processor:.2f} s of the processor)"
        )
        if profiler is not None:
            pstats.Stats(profiler).sort_stats("tottime").print_stats(25)
        began = time.perf_counter()
        closing = closing_fields(appender.state, stores.boxes, poll)
        send(appender, [signed(10**10 + 1, KEEPER, "poll.close", poll=poll, **closing)])
        print(f"close   {args.members:>9,} in {time.perf_counter() - began:6.2f} s")
        began = time.perf_counter()
        declared = declaration_fields(appender.state, stores.boxes, poll)
        send(appender, [signed(10**10 + 2, KEEPER, "poll.declare", **declared)])
        print(f"declare {args.members:>9,} in {time.perf_counter() - began:6.2f} s, counted twice")
        stores.close()


if __name__ == "__main__":
    main()
