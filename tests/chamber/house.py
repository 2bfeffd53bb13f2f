"""A small organisation before the chamber: the same acts through memory or a folder on disk.

Lives here: its rulebook, its stores, sending acts as its members do. Not here: what is tried.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from isonomy.adapters.folder import stores_of
from isonomy.adapters.memory import (
    MemoryBoxes,
    MemoryDocuments,
    MemoryFolder,
    MemoryRecord,
    MemorySigner,
    MemoryValues,
)
from isonomy.adapters.signer_files import SignerFiles
from isonomy.chamber.answers import Answer, Reply
from isonomy.chamber.appender import Appender, Stores
from isonomy.chamber.completing import closing_fields, declaration_fields
from isonomy.chamber.ports import Kept
from isonomy.chamber.reader import Reader
from isonomy.chamber.submit import Sent
from isonomy.engine.apply import apply
from isonomy.engine.state import State
from isonomy.record.base64_text import to_base64
from isonomy.record.box import Ballot
from isonomy.record.commitment import Opening, commitment
from isonomy.record.entry import Entry
from tests.organisation import TestOrganisation, moment

RULEBOOK = """---
organisation: Riverside Rowing Club
language: en
time zone: Europe/London
edition: 1
status: adopted
in force from: 2027-01-04
---

## 1. Members
The secretary admits members. Every member votes from admission.

```rule members full
admitted by: secretary
vote: from admission
```

## 2. Secretary
The members elect a secretary by poll, secretly, for 1 year; more than half may remove the secretary. The secretary
keeps the roll, the minutes, the record and the polls.

```rule office secretary
filled by: election by members-meeting
term: 1 year
removable by: members-meeting
keeps: roll; minutes; record; polls
```

```rule election secretary
by: members-meeting
taken: by poll
counting: plurality
secrecy: secret
tie: lot
```

## 3. Members' meeting
All members are the members' meeting. It decides everything.

```rule body members-meeting, supreme
filled by: all members
decides: everything else
majority: 1/2 of cast
```

```rule decision general
by: members-meeting
matters: everything else
taken: by poll
secrecy: secret
```

## 4. Record
The secretary corrects and erases. A box of fewer than 3 ballots publishes its tally only.

```rule record record
kept by: secretary
corrected by: secretary
erased by: secretary
approved by: members-meeting
smallest box: 3
```
"""


class Zones:
    """The zone database, as the chamber asks it."""

    def local(self, at: str, zone: str) -> str:
        return moment(at).astimezone(ZoneInfo(zone)).isoformat(timespec="seconds")


class House:
    """The organisation. `org` makes and signs acts; `open` gives the writer anew, as after a restart."""

    def __init__(self, folder: Path | None = None, *, members: Iterable[str] = ("ben", "cy", "dot", "eve")) -> None:
        self.org = TestOrganisation(RULEBOOK, ("ada",), mandates={"secretary": "ada"}, found=False)
        self.members = ("ada", *members)
        self.path = folder
        self.makes = folder is not None
        self.memory = MemoryFolder()
        self.signer: MemorySigner | None = None if folder else MemorySigner(self.org.log_key)
        if folder is not None:
            folder.mkdir()
            SignerFiles.make(folder, self.org.log_key)
        self._appender: Appender | None = None
        self._stores: Stores | None = None

    def stores(self, *, writing: bool = True) -> Stores:
        if self.path is not None:
            return stores_of(self.path, writing=writing, makes=writing and self.makes)
        assert self.signer is not None
        return Stores(
            MemoryRecord(self.memory, writing=writing),
            MemoryValues(self.memory),
            MemoryDocuments(self.memory),
            MemoryBoxes(self.memory),
            self.signer,
        )

    @property
    def appender(self) -> Appender:
        """The writer, opened where it is not."""
        if self._appender is None:
            self._stores = self.stores()
            done = False
            try:
                self._appender = Appender(self._stores, self.org.clock, Zones())
                done = True
            finally:
                if not done:
                    self._stores.close()
        return self._appender

    def shut(self) -> None:
        """Ends the writer."""
        if self._appender is not None:
            self._appender.close()
            self._appender = None

    def reader(self) -> Reader:
        return Reader(self.stores(writing=False), self.org.clock, Zones())

    # -- acts

    def found(self) -> House:
        """Founds the club, admits its members and enrols their keys."""
        self.send_all([self.sent(act, "ada") for act in self.org.founding_acts()])
        sent = []
        for name in self.members[1:]:
            person = self.org.person(name)
            sent.append(self.sent(self.act("member.admit", by="ada", person=person), "ada"))
            sent.append(self.sent(self.act("key.enrol", by="ada", person=person, key=self.org.key(name)), "ada"))
        for reply in self.send_all(sent):
            assert isinstance(reply, Answer)
            assert reply.is_accepted, reply
        return self

    def act(self, name: str, /, *, by: str, **fields: Any) -> dict[str, Any]:
        return self.org.act(name, by=by, **fields)

    def sent(self, act: dict[str, Any], by: str, *, assurance: str = "", **beside: Any) -> Sent:
        self.org.state = self._appender.state if self._appender is not None else State()
        auth = self.org.auth(act, by, assurance or None)
        return Sent(act, auth, **beside)

    def send_all(self, sent: Iterable[Sent]) -> list[Reply]:
        return list(self.appender.submit(sent))

    def send(
        self, name: str, /, *, by: str, assurance: str = "", beside: dict[str, Any] | None = None, **fields: Any
    ) -> Reply:
        act = self.act(name, by=by, **fields)
        assert self.appender
        return self.send_all([self.sent(act, by, assurance=assurance, **(beside or {}))])[0]

    def must(self, name: str, /, **fields: Any) -> Answer:
        reply = self.send(name, **fields)
        assert isinstance(reply, Answer), reply
        assert reply.is_accepted, reply.refusal
        return reply

    def refused(self, name: str, /, **fields: Any) -> dict[str, Any]:
        reply = self.send(name, **fields)
        assert isinstance(reply, Answer), reply
        assert not reply.is_accepted
        return reply.refusal

    # -- polls

    def nonce(self, name: str) -> str:
        return to_base64(hashlib.sha256(f"nonce of {name}".encode()).digest())

    def open_poll(self, **fields: Any) -> str:
        """A secret poll on a general question; its id."""
        made: dict[str, Any] = {"body": "members-meeting", "question": "Buy a new boat?", "matter": "boats"} | fields
        answer = self.must("poll.open", by="ada", **made)
        return f"po-{answer.entry['n']}"

    def cast(self, poll: str, name: str, paper: Any = "for", nonce: str = "") -> Reply:
        return self.send("ballot.cast", by=name, poll=poll, ballot=paper, nonce=nonce or self.nonce(name))

    def close(self, poll: str, **fields: Any) -> Answer:
        """Closes a poll with what its box holds."""
        return self.must("poll.close", by="ada", **(self.close_fields(poll) | fields))

    def close_fields(self, poll: str) -> dict[str, Any]:
        assert self._stores is not None
        return {"poll": poll} | closing_fields(self.appender.state, self._stores.boxes, poll)

    def declare_fields(self, poll: str) -> dict[str, Any]:
        assert self._stores is not None
        return declaration_fields(self.appender.state, self._stores.boxes, poll)

    def ballot(self, name: str, paper: str = "for") -> Ballot:
        return Ballot(answer=paper, nonce=hashlib.sha256(f"nonce of {name}".encode()).digest())

    # -- values

    def kept(self, value: str, audience: str = "members") -> Kept:
        salt = hashlib.sha256(f"salt of {value}".encode()).digest()
        return Kept(Opening(commitment(salt, "name", value), "name", salt, value), audience)

    # -- looking

    def entry_bytes(self) -> list[bytes]:
        stores = self.stores(writing=False)
        found = list(stores.record.read())
        stores.close()
        return found

    def replayed(self) -> State:
        """The state folded from nothing, strictly, from the bytes in the store."""
        state = State()
        for data in self.entry_bytes():
            apply(state, Entry.from_bytes(data).to_json())
        return state
