"""A writer under load, made to be killed: a program of its own that says on its standard output what was answered.

    python -m tests.adapters.busy_writer FOLDER ROUND [GROUP]

Lives here: the load. Each line it prints is an answer that its author got, flushed at once: `ID entry N` or
`ID receipt R`. Not here: the killing and what must be left (`test_killed_writer`).
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

from isonomy.adapters.folder import stores_of
from isonomy.chamber.answers import BOXED, Answer
from isonomy.chamber.appender import Appender
from isonomy.chamber.submit import Sent
from isonomy.record.base64_text import to_base64
from tests.chamber.house import House, Zones


def load(house: House, appender: Appender, prefix: str) -> Iterator[Sent]:
    """Admissions with names, a secret ballot of each new member where a poll is open, a poll now and then closed."""
    poll = ""
    for number in range(1_000_000):
        name = f"p-{prefix}{number:06}"
        kept = house.kept(f"{prefix} {number}")
        act = house.act("member.admit", by="ada", person=name, name={"c": to_base64(kept.opening.commitment)})
        yield house.sent(act | {"id": act_id(name)}, "ada", kept=(kept,))
        if number % 20 == 10 and not poll:
            act = house.act("poll.open", by="ada", body="members-meeting", question=name, matter="boats")
            yield house.sent(act | {"id": act_id(name + "open")}, "ada")
            found = [poll.id for poll in appender.state.polls.values() if poll.standing == "open"]
            poll = found[-1] if found else ""
        elif poll and number % 20 != 5:
            voters = appender.state.polls[poll].roll or ()
            voter = voters[number % len(voters)]
            nonce = to_base64(hashlib.sha256(f"{poll} {voter}".encode()).digest())
            act = house.act("ballot.cast", by=voter, poll=poll, ballot="for", nonce=nonce)
            yield house.sent(act | {"id": act_id(name + "cast")}, voter, assurance="attested")
        elif poll:
            act = house.act("poll.close", by="ada", **house.close_fields(poll))
            yield house.sent(act | {"id": act_id(name + "close")}, "ada")
            poll = ""


def act_id(name: str) -> str:
    """An act id that follows from a name, so that rounds do not draw the same ones."""
    return hashlib.sha256(name.encode()).hexdigest()[:32]


def main(folder: str, prefix: str, group: str = "8") -> None:
    """Writes until it is killed."""
    from isonomy.chamber import appender as appending

    appending.GROUP_ACTS_MAX = int(group)
    house = House(None)
    house.path = Path(folder)
    house.org.clock.move(minutes=int(prefix))
    house._stores = stores_of(house.path, writing=True)
    house._appender = Appender(house._stores, house.org.clock, Zones())
    for reply in house._appender.submit(load(house, house._appender, prefix)):
        assert isinstance(reply, Answer), reply
        if not reply.is_accepted:
            # A close that was drawn up before the last ballots of its group were dropped.
            assert "another box" in str(reply.refusal), reply.refusal
            continue
        if reply.what == BOXED:
            effects = f"receipt {to_base64(reply.receipt)}"
        else:
            effects = f"entry {reply.entry['n']}"
        print(reply.act, effects, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
