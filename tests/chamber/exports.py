"""Exports in memory: of a club as it is, and of a club whose operator rewrote it and signed it anew.

Lives here: making them. Not here: what is found in them.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from isonomy.adapters.memory import MemoryBoxes, MemoryDocuments, MemoryRecord, MemorySigner, MemoryValues
from isonomy.chamber.answers import Answer
from isonomy.chamber.appender import Stores
from isonomy.chamber.exporting import Export
from isonomy.chamber.verification import Report, verify
from isonomy.kernel.canonical import canonical_bytes
from isonomy.record.checkpoint import Checkpoint
from isonomy.record.tree import Tree, leaf_hash
from tests.chamber.house import House

Files = dict[str, bytes]


def busy_club() -> House:
    """A club in memory that voted secretly and openly, kept a name, erased another, and heard a protest."""
    house = House(None).found()
    poll = house.open_poll()
    for name, paper in (("ada", "for"), ("ben", "for"), ("cy", "against"), ("dot", "abstain")):
        assert isinstance(house.cast(poll, name, paper), Answer)
    house.close(poll)
    house.must("poll.declare", by="ada", **house.declare_fields(poll))
    small = house.open_poll(question="Paint it blue?")
    house.cast(small, "ben")
    house.close(small)
    house.must("poll.declare", by="ada", **house.declare_fields(small))
    for number, audience in enumerate(("members", "public", "body")):
        kept = house.kept(f"Name {number}", audience)
        person = f"p-named{number}"
        house.must("member.admit", by="ada", person=person, name=sealed(kept), beside={"kept": (kept,)})
    named = house.open_poll(question="Where to?", secrecy="secret")
    del named
    refusal = house.refused("member.admit", by="ben", person="p-nobody")
    signature = refusal.pop("signature")
    house.must("protest", by="ben", refusal=refusal, signature=signature)
    house.must("member.admit", by="ada", person="p-console", assurance="console")
    house.must("member.leave", by="eve", assurance="attested")
    return house


def sealed(kept: Any) -> dict[str, str]:
    """The commitment of a value as it stands in an act."""
    from isonomy.record.base64_text import to_base64

    return {"c": to_base64(kept.opening.commitment)}


def files_of(house: House, audience: str = "public") -> Files:
    """The export of a club."""
    stores = house.stores(writing=False)
    found = dict(Export(stores, audience).files())
    stores.close()
    return found


def rewritten(house: House, change: Callable[[list[dict[str, Any]]], None], audience: str = "body") -> Files:
    """The export of a club after its operator changed entries and let the log's key sign it all anew."""
    entries = [json.loads(data) for data in house.memory.entries]
    change(entries)
    house.memory.entries[:] = [canonical_bytes(entry) for entry in entries]
    return signed_anew(house, audience)


def signed_anew(house: House, audience: str = "body") -> Files:
    """The export of what is in a club's memory now, under a signer who has forgotten what it signed."""
    signer = MemorySigner(house.org.log_key)
    tree = Tree()
    tree.extend(leaf_hash(data) for data in house.memory.entries)
    signer.sign_head(
        Checkpoint(house.org.log, tree.size, tree.root()), lambda size: Tree().root() if not size else tree.root()
    )
    memory = house.memory
    stores = Stores(
        MemoryRecord(memory, writing=False), MemoryValues(memory), MemoryDocuments(memory), MemoryBoxes(memory), signer
    )
    return dict(Export(stores, audience).files())


def verified(files: Files, **options: Any) -> Report:
    """What verifying some files finds."""
    return verify(files.get, list(files), **options)
