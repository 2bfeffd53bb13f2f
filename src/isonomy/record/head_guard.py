"""The guard of the signer: a log never signs two heads of which neither continues the other.

Lives here: the judgement whether a head may be signed after the last one. Not here: keeping the last signed
head durable, outside the database and its backups, before the signature is given out (adapters).

Invariant: of any two heads let through one after the other, the later tree begins with the whole earlier
tree. A database restored from a backup therefore cannot be signed again until it has caught up with what was
signed, entry by entry.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from isonomy.record.checkpoint import Checkpoint

PrefixRoot = Callable[[int], bytes]
"""Given a size: the root over that many first entries of the tree that is to be signed."""


@dataclass(frozen=True, slots=True)
class HeadRefusal:
    """Why the signer does not sign: what it found, and what cures it."""

    last: Checkpoint
    asked: Checkpoint
    says: str
    cure: str


def refusal_to_sign(last: Checkpoint | None, asked: Checkpoint, prefix_root: PrefixRoot) -> HeadRefusal | None:
    """None when `asked` may be signed after `last` (None: nothing was ever signed), else why not.

    Lawful is the same head again, or a larger tree whose first entries, as many as the last signed head
    counts, have the last signed root (C2SP tlog-checkpoint, section "Signatures").
    """
    if last is None:
        last = Checkpoint(asked.origin, 0, prefix_root(0))
    if asked.origin != last.origin:
        return HeadRefusal(
            last,
            asked,
            f"this signer signs for {last.origin}, not for {asked.origin}",
            "use the key of this log",
        )
    if asked.size < last.size:
        return HeadRefusal(
            last,
            asked,
            f"the record holds {asked.size} entries, but {last.size} were signed: entries are missing",
            "restore a newer copy; an export holds every signed entry",
        )
    if prefix_root(asked.size) != asked.root:
        return HeadRefusal(last, asked, "the root is not that of the entries", "report this: the program is at fault")
    if prefix_root(last.size) != last.root:
        return HeadRefusal(
            last,
            asked,
            f"the first {last.size} entries are not those that were signed: the record has forked",
            "restore a copy that holds the signed entries and submit what came after it again",
        )
    return None
