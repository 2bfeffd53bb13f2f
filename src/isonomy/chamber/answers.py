"""Answers: what the author of an act is told.

Lives here: the shapes of an answer and of a signed refusal, and their JSON. Not here: how they come about
(`submit`, `appender`).

Invariant: an answer is given only when what it says is durable; keys of its JSON are only ever added. The
signature of a refusal is over the object without the key `signature` (docs/spec/chamber.md, section 7).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from isonomy.engine.refusal import Refused
from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.canonical import Json, canonical_bytes, digest
from isonomy.record.base64_text import to_base64
from isonomy.record.signature import refusal_challenge

ENTERED, AGAIN, REFUSED, BOXED, JUDGED = "entered", "again", "refused", "boxed", "judged"
"""What became of an act: an entry; an entry before; refused; a ballot in its box; judged only (a dry run)."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one act.

    `entry` is the entry as JSON (ENTERED, AGAIN; JUDGED: as it would be, numbered as if it were appended).
    `refusal` is the refusal as JSON, signed where it counts. `receipt` is the commitment of a secret ballot;
    `cast_before` that it lay in the box already.
    """

    act: str
    what: str
    entry: dict[str, Json] = field(default_factory=dict)
    refusal: dict[str, Json] = field(default_factory=dict)
    receipt: bytes = b""
    cast_before: bool = False

    @property
    def is_accepted(self) -> bool:
        """Whether the act was accepted, now or before."""
        return self.what != REFUSED

    def to_json(self) -> dict[str, Json]:
        """The answer as clients get it."""
        if self.what == REFUSED:
            return self.refusal
        found: dict[str, Json] = {"verdict": "accepted", "act": self.act}
        if self.what == BOXED:
            return found | {"boxed": True, "receipt": to_base64(self.receipt), "again": self.cast_before}
        keys = ("at", "clauses", "effects", "irregularities", "untold")
        found |= {"entry": self.entry["n"], **{key: self.entry[key] for key in keys}}
        return found | {"again": self.what == AGAIN} | ({"dry_run": True} if self.what == JUDGED else {})


Reply = Answer | BadInput
"""An answer, or what was wrong with what was sent (or with the store): nothing of such an act is kept."""


def refusal_json(act: Json, refused: Refused, *, at: str, log: str, entries: int) -> dict[str, Json]:
    """The refusal of an act, unsigned: which act, by whom, when and after how many entries it was judged, and why."""
    by = act.get("by") if isinstance(act, dict) else None
    act_id = act.get("id") if isinstance(act, dict) else None
    shown: dict[str, Json] = refused.to_json(act_id if isinstance(act_id, str) else "")
    shown |= {"at": at, "by": by if isinstance(by, str) else "", "digest": digest(act), "entries": entries, "log": log}
    canonical_bytes(shown)
    return shown


def signed_refusal(shown: dict[str, Json], sign: Callable[[bytes], bytes]) -> dict[str, Json]:
    """The refusal with the log's signature beside it."""
    return {**shown, "signature": to_base64(sign(refusal_challenge(shown)))}
