"""A client under load, whose appender is killed meanwhile: a program of its own that prints every answer it got.

    python -m tests.adapters.busy_client FOLDER NAME POLL FIRST_VOTER LAST_VOTER

Lives here: the load, until standard input ends. Each line it prints is one answer or a head that it was told:
`ID entry N`, `ID receipt R`, `head SIZE ROOT`. An act without an answer, or with bad input for one, ends it with a
fault. Not here: the killing, and what must be left (`test_killed_appender`).
"""

from __future__ import annotations

import os
import random
import select
import sys
from pathlib import Path

from isonomy.adapters.appender_client import AppenderClient
from isonomy.chamber.answers import BOXED, Answer
from isonomy.chamber.submit import Sent
from isonomy.record.base64_text import to_base64
from tests.adapters.appenders import NOW
from tests.adapters.busy_writer import act_id
from tests.chamber.house import House

DEADLINE_SECONDS = 240.0


class Load:
    """What one client sends: admissions with names, alone and by the dozen, and its voters' ballots, some of them twice."""

    def __init__(self, folder: str, name: str, poll: str, voters: range) -> None:
        self.house, self.client = House(None), AppenderClient(Path(folder), DEADLINE_SECONDS)
        self.house.org.clock.set(NOW)
        self.name, self.poll, self.voters = name, poll, list(voters)
        self.random = random.Random(name)
        self.number = 0

    def admission(self) -> Sent:
        self.number += 1
        name = f"p-{self.name}{self.number:06}"
        kept = self.house.kept(name)
        act = self.house.act("member.admit", by="ada", person=name, name={"c": to_base64(kept.opening.commitment)})
        act |= {"id": act_id(name)}
        return Sent(act, {"kind": "signed", "proof": self.house.org.signed(act, "ada")["proof"]}, (kept,))

    def ballot(self, voter: int) -> Sent:
        name = f"voter{voter}"
        nonce = self.house.nonce(name)
        act = self.house.act("ballot.cast", by=name, poll=self.poll, ballot="for", nonce=nonce)
        act |= {"id": act_id(name)}
        return Sent(act, self.house.org.auth(act, name, "attested"))

    def send(self, acts: list[Sent]) -> None:
        """Sends acts and prints their answers."""
        for reply in self.client.submit(acts):
            assert isinstance(reply, Answer), reply
            assert reply.is_accepted, reply.refusal
            what = f"receipt {to_base64(reply.receipt)}" if reply.what == BOXED else f"entry {reply.entry['n']}"
            print(reply.act, what)
        head = self.client.head()
        print("head", head.size, to_base64(head.root), flush=True)

    def once(self) -> None:
        """Sends something."""
        kind = self.random.random()
        if kind < 0.4 and self.voters:
            voter = self.voters.pop()
            self.send([self.ballot(voter)])
            if kind < 0.1:
                self.send([self.ballot(voter)])
        elif kind < 0.8:
            self.send([self.admission()])
        else:
            self.send([self.admission() for _ in range(12)])


def main(folder: str, name: str, poll: str, first: str, last: str) -> None:
    """Sends until standard input ends, with pauses now and then as people make them."""
    load = Load(folder, name, poll, range(int(first), int(last)))
    while not select.select([0], [], [], load.random.choice([0, 0, 0.02, 0.1]))[0]:
        load.once()
    assert os.read(0, 1) == b""


if __name__ == "__main__":
    main(*sys.argv[1:])
