"""How fast a record is folded into its state, and how fast every act in it is judged again.

    python -m bench.fold_and_rejudge                     20,000 signed acts of one organisation
    python -m bench.fold_and_rejudge --entries 200000
    python -m bench.fold_and_rejudge --profile fold      where the time goes (fold, rejudge, enter)

Four acts are repeated: a member is admitted, the member's key is enrolled, the member moves to another branch
under the own key, and from time to time one leaves. The record is made first, through the chamber, into memory
("enter": signatures checked, no disk). Seconds are those of one processor. Aims: 20,000 entries a second folded
and 3,000 acts a second judged again.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import time
from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import Any

from isonomy.adapters.memory import (
    MemoryBoxes,
    MemoryDocuments,
    MemoryFolder,
    MemoryRecord,
    MemorySigner,
    MemoryValues,
)
from isonomy.chamber.answers import Answer
from isonomy.chamber.appender import Appender, Stores
from isonomy.chamber.loading import load
from isonomy.chamber.rejudging import rejudge
from isonomy.chamber.submit import Sent
from isonomy.record.base64_text import to_base64
from isonomy.record.note import SignerKey
from isonomy.record.signature import public_key_of, sign_act

LOG = "bench.example.invalid"
AT = "2027-01-04T09:00:00Z"
UNTIL = "2027-12-31T00:00:00Z"
BRANCHES = 20
KEEPER = "p-keeper"

RULEBOOK = """---
organisation: Bench Association
language: en
time zone: UTC
edition: 1
status: adopted
in force from: 2027-01-04
---

## 1. Members
The secretary admits members. A member belongs to a branch and has one vote from admission.

```rule members full
admitted by: secretary
belong to: branch
vote: from admission
```

```rule unit branch
founded by: members-meeting
closed by: members-meeting
```

## 2. Secretary
The members' meeting elects a secretary for 1 year, who keeps the roll, the minutes and the record.

```rule office secretary
filled by: election by members-meeting
term: 1 year
keeps: roll; minutes; record
```

## 3. Members' meeting
All members are the members' meeting, which decides everything.

```rule body members-meeting, supreme
filled by: all members
decides: everything else
```
"""


class StillClock:
    """A clock that stands."""

    def now(self) -> str:
        return AT


class Greenwich:
    """A zone database with one zone."""

    def local(self, at: str, zone: str) -> str:
        return f"{at[:-1]}+00:00"


def seed(name: str) -> bytes:
    """The private key of a person."""
    return sha256(f"bench {name}".encode()).digest()


def key(name: str) -> str:
    """The public key of a person."""
    return to_base64(public_key_of(seed(name)))


def signed(number: int, by: str, act: str, **fields: Any) -> Sent:
    """An act signed by its author."""
    made = {"id": f"{number:032x}", "log": LOG, "until": UNTIL, "act": act, "by": by, **fields}
    return Sent(made, {"kind": "signed", "proof": sign_act(seed(by), made)})


def acts(count: int, log_key: SignerKey) -> Iterator[Sent]:
    """The founding and then `count` acts."""
    yield signed(
        0,
        KEEPER,
        "found",
        name="Bench Association",
        kind="living",
        vkey=log_key.verifier().text(),
        time_zone="UTC",
        sha256=sha256(RULEBOOK.encode()).hexdigest(),
        rulebook=RULEBOOK,
        founders=[{"person": KEEPER, "key": key(KEEPER), "unit": "branch-0"}],
        units=[{"unit": f"branch-{number}", "kind": "branch"} for number in range(BRANCHES)],
        mandates=[{"person": KEEPER, "seat": "secretary"}],
    )
    for number in range(1, count + 1):
        turn, step = divmod(number - 1, 4)
        member = f"p-m{turn:08}"
        if step == 0:
            commitment = {"c": to_base64(sha256(member.encode()).digest())}
            yield signed(
                number, KEEPER, "member.admit", person=member, unit=f"branch-{turn % BRANCHES}", name=commitment
            )
        elif step == 1:
            yield signed(number, KEEPER, "key.enrol", person=member, key=key(member))
        elif step == 2:
            yield signed(number, member, "member.move", person=member, unit=f"branch-{(turn + 1) % BRANCHES}")
        elif turn % 10 == 9:
            yield signed(number, member, "member.leave")
        else:
            yield signed(number, member, "member.move", person=member, unit=f"branch-{(turn + 2) % BRANCHES}")


def timed(what: str, count: int, work: Callable[[], object], profile: str) -> float:
    """Does some work and prints how many of `count` it did a second."""
    if profile == what:
        profiler = cProfile.Profile()
        profiler.runcall(work)
        pstats.Stats(profiler).sort_stats("tottime").print_stats(28)
    began = time.process_time()
    work()
    seconds = time.process_time() - began
    print(f"{what:8} {count:>9,} in {seconds:6.2f} s   {count / seconds:>9,.0f} a second")
    return count / seconds


def main() -> None:
    """Makes a record and measures."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--entries", type=int, default=20_000)
    parser.add_argument("--profile", choices=("enter", "fold", "rejudge"), default="")
    args = parser.parse_args()
    log_key = SignerKey.make(LOG, sha256(b"bench log").digest())
    sent = list(acts(args.entries, log_key))
    folder = MemoryFolder()

    def enter() -> None:
        folder.entries.clear()
        folder.is_written = False
        stores = Stores(
            MemoryRecord(folder),
            MemoryValues(folder),
            MemoryDocuments(folder),
            MemoryBoxes(folder),
            MemorySigner(log_key),
        )
        for reply in Appender(stores, StillClock(), Greenwich()).submit(sent):
            assert isinstance(reply, Answer), reply
            assert reply.is_accepted, reply.refusal

    def fold() -> None:
        assert load(folder.entries, None).state.n == len(folder.entries)

    def judge_again() -> None:
        for found in rejudge(folder.entries, log_key.verifier()):
            last = found
        assert last.count == len(folder.entries)
        assert not last.discrepancies, last.discrepancies[:3]

    size = len(sent)
    timed("enter", size, enter, args.profile)
    print(f"         {sum(map(len, folder.entries)) // size} bytes an entry")
    timed("fold", size, fold, args.profile)
    timed("rejudge", size, judge_again, args.profile)


if __name__ == "__main__":
    main()
