"""How much memory the folded state of an organisation takes, by its members.

    python -m bench.hold_members                       a million members, each with a name and a key
    python -m bench.hold_members --members 100000
    python -m bench.hold_members --parts               what each part of the state takes (slower: it is weighed object by object)

Two entries a member (admitted, key enrolled) are made one after the other as they are read from a record, folded and
forgotten: what remains is the state. Printed is what the process takes more after the fold than before it. Aim: a million
members in 1 GB.
"""

from __future__ import annotations

import argparse
import dataclasses
import gc
import json
import sys
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from bench.fold_and_rejudge import BRANCHES, KEEPER, LOG, RULEBOOK
from isonomy.engine.apply import apply
from isonomy.engine.decide import Submission, decide
from isonomy.engine.refusal import Accepted
from isonomy.engine.state import State
from isonomy.record.base64_text import to_base64
from isonomy.record.note import SignerKey

AT, LOCAL, DAY = "2027-01-04T09:00:00Z", "2027-01-04T09:00:00+00:00", "2027-01-04"
PROOF = to_base64(bytes(64))


def founding() -> dict[str, Any]:
    """The entry of the founding, judged."""
    key = SignerKey.make(LOG, bytes(32))
    act = {
        "id": f"{0:032x}", "log": LOG, "until": AT, "act": "found", "by": KEEPER, "name": "Bench Association", "kind": "living",
        "vkey": key.verifier().text(), "time_zone": "UTC", "sha256": sha256(RULEBOOK.encode()).hexdigest(), "rulebook": RULEBOOK,
        "founders": [{"person": KEEPER, "key": _bytes32("keeper"), "unit": "branch-0"}],
        "units": [{"unit": f"branch-{number}", "kind": "branch"} for number in range(BRANCHES)],
        "mandates": [{"person": KEEPER, "seat": "secretary"}],
    }  # fmt: skip
    auth = {"kind": "attested"}
    verdict = decide(State(), Submission(act, auth, AT, LOCAL))
    assert isinstance(verdict, Accepted), verdict
    return _entry(0, act, verdict.effects, auth)


def entries(members: int) -> Iterator[bytes]:
    """Two entries for each member, as a record holds them."""
    for number in range(members):
        person, n = f"p-{sha256(number.to_bytes(8, 'big')).hexdigest()[:16]}", 1 + 2 * number
        unit, name, key = f"branch-{number % BRANCHES}", {"c": _bytes32(f"name {number}")}, _bytes32(f"key {number}")
        admit = {"act": "member.admit", "person": person, "unit": unit, "name": name}
        admitted = {
            "effect": "person.admitted",
            "person": person,
            "member_class": "full",
            "on": DAY,
            "unit": unit,
            "name": name,
        }
        enrol = {"act": "key.enrol", "person": person, "key": key}
        yield _as_bytes(n, admit, admitted)
        yield _as_bytes(n + 1, enrol, {"effect": "key.enrolled", "person": person, "key": key})


def _as_bytes(n: int, act: dict[str, Any], effect: dict[str, Any]) -> bytes:
    made = {"id": sha256(f"act {n}".encode()).hexdigest()[:32], "log": LOG, "until": AT, "by": KEEPER, **act}
    return json.dumps(_entry(n, made, (effect,), {"kind": "signed", "credential": 0, "proof": PROOF})).encode()


def _entry(n: int, act: dict[str, Any], effects: tuple[Any, ...], auth: dict[str, Any]) -> dict[str, Any]:
    return {"n": n, "at": AT, "local": LOCAL, "act": act, "auth": auth, "effects": list(effects)}


def _bytes32(words: str) -> str:
    return to_base64(sha256(words.encode()).digest())


def resident() -> int:
    """What the process holds in memory now, in bytes (Linux)."""
    told = Path("/proc/self/statm").read_text(encoding="ascii").split()
    return int(told[1]) * 4096


def weighed(part: Any, seen: set[int]) -> int:
    """The bytes of an object and of all that it holds and nobody before it did."""
    total, waiting = 0, [part]
    while waiting:
        item = waiting.pop()
        if id(item) in seen or isinstance(item, type):
            continue
        seen.add(id(item))
        total += sys.getsizeof(item) + (16 if gc.is_tracked(item) else 0)
        waiting += gc.get_referents(item)
        if isinstance(item, dict):
            waiting += item
    return total


def main() -> None:
    """Folds and prints."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--members", type=int, default=1_000_000)
    parser.add_argument("--parts", action="store_true", help="weigh each part of the state")
    given = parser.parse_args()
    state = State()
    apply(state, founding())
    gc.collect()
    before, began = resident(), time.process_time()
    for data in entries(given.members):
        apply(state, json.loads(data))
    took = time.process_time() - began
    gc.collect()
    held = resident() - before
    print(
        f"{given.members:,} members, {state.n:,} entries: {held / 1e6:,.0f} MB, {held / given.members:,.0f} bytes a member"
    )
    print(f"{took:,.0f} s of one processor, the making of the entries included")
    if given.parts:
        seen: set[int] = set()
        sizes = {item.name: weighed(getattr(state, item.name), seen) for item in dataclasses.fields(state)}
        for name, size in sorted(sizes.items(), key=lambda item: -item[1]):
            if size > held // 1000:
                print(f"  {name:<16}{size / 1e6:>8,.1f} MB {size / given.members:>8,.0f} bytes a member")


if __name__ == "__main__":
    main()
