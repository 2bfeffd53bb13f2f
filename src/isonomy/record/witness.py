"""Witnesses: what a log sends to have its head seen, and how a witness judges it (C2SP tlog-witness).

Lives here: the body of `add-checkpoint`, the judgement with its status, the answer and how the log reads it.
Not here: HTTP, the clock, keeping the last head durable before answering (adapters).

Invariant: a witness cosigns only a head that continues the last one it cosigned for that origin. Judging and
keeping the new head must be one step for an origin (two requests at once would otherwise roll it back).

    old 20852014
    PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
    jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=

    example.com/behind-the-sofa
    20852163
    CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

    — example.com/behind-the-sofa Az3grlgt...
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from isonomy.kernel.bad_input import BadInput
from isonomy.record.base64_text import decimal, from_base64, to_base64
from isonomy.record.checkpoint import CHECKPOINT_SIZE_MAX, Checkpoint, open_checkpoint, read_checkpoint
from isonomy.record.note import (
    SIGNATURES_MAX,
    Signature,
    SignerKey,
    VerifierKey,
    add_signatures,
    cosign,
    open_note,
    signature_of_line,
    split_note,
)
from isonomy.record.proof import PROOF_LENGTH_MAX, Proof, is_consistent
from isonomy.record.tree import EMPTY_ROOT, HASH_SIZE

REQUEST_SIZE_MAX = CHECKPOINT_SIZE_MAX + 10_000
SIZE_TYPE = "text/x.tlog.size"
TEXT_TYPE = "text/plain; charset=utf-8"

COSIGNED, MALFORMED, UNSIGNED, UNKNOWN_LOG, OTHER_SIZE, INCONSISTENT = 200, 400, 403, 404, 409, 422
"""The statuses of the answer, as tlog-witness gives them."""


@dataclass(frozen=True, slots=True)
class Submission:
    """What a log submits: the size the witness saw last, the proof from there, and the signed head."""

    old_size: int
    proof: Proof
    checkpoint: bytes

    def to_bytes(self) -> bytes:
        """The body of the request."""
        lines = [f"old {self.old_size}", *map(to_base64, self.proof), "", ""]
        return "\n".join(lines).encode() + self.checkpoint


@dataclass(frozen=True, slots=True)
class Answer:
    """What the witness answers, and the head to keep durable before it does (None: no change)."""

    status: int
    body: str
    content_type: str = TEXT_TYPE
    keep: Checkpoint | None = None


def read_submission(data: bytes, where: str = "add-checkpoint") -> Submission:
    """The submission that a request body states; raises `BadInput` naming the line that is not in form."""
    if len(data) > REQUEST_SIZE_MAX:
        raise BadInput(f"the body has {len(data)} bytes, at most {REQUEST_SIZE_MAX} are read", where)
    head, blank, checkpoint = data.partition(b"\n\n")
    try:
        lines = head.decode("ascii").split("\n")
    except UnicodeDecodeError as fault:
        raise BadInput("the lines before the checkpoint are ASCII", where) from fault
    if not lines[0].startswith("old ") or not blank:
        raise BadInput("the first line is 'old' and a size, the checkpoint follows a blank line", f"{where}: line 1")
    if len(lines) - 1 > PROOF_LENGTH_MAX:
        raise BadInput(f"a proof has at most {PROOF_LENGTH_MAX} hashes", where)
    old_size = decimal(lines[0].removeprefix("old "), f"{where}: line 1")
    proof = tuple(from_base64(line, f"{where}: line {at}", HASH_SIZE) for at, line in enumerate(lines[1:], start=2))
    read_checkpoint(split_note(checkpoint, where, CHECKPOINT_SIZE_MAX)[0], f"{where}: checkpoint")
    return Submission(old_size, proof, checkpoint)


def judge_submission(
    data: bytes,
    logs: Mapping[str, Sequence[VerifierKey]],
    seen: Mapping[str, Checkpoint],
    signers: Sequence[SignerKey],
    time: int,
) -> Answer:
    """The witness's answer to a request body.

    `logs` names the keys of each origin in its policy, `seen` the last head it cosigned for each, `signers`
    its own keys of type `COSIGNATURE`, `time` the seconds since 1970 that the cosignature states.
    """
    try:
        submission = read_submission(data)
    except BadInput as fault:
        return Answer(MALFORMED, fault.sentence() + "\n")
    asked = read_checkpoint(split_note(submission.checkpoint)[0])
    if asked.origin not in logs:
        return Answer(UNKNOWN_LOG, "this witness does not follow that log\n")
    if not _is_signed_by_log(submission.checkpoint, logs[asked.origin]):
        return Answer(UNSIGNED, "no key of that log signed this\n")
    if submission.old_size > asked.size:
        return Answer(MALFORMED, "the old size is larger than the checkpoint's\n")
    last = seen.get(asked.origin) or Checkpoint(asked.origin, 0, EMPTY_ROOT)
    if submission.old_size != last.size:
        return Answer(OTHER_SIZE, f"{last.size}\n", SIZE_TYPE)
    if asked.size == last.size and asked.root != last.root:
        return Answer(OTHER_SIZE, f"{last.size}\n", SIZE_TYPE)
    if not is_consistent(submission.proof, last.size, last.root, asked.size, asked.root):
        return Answer(INCONSISTENT, "the proof does not lead from the old size to this checkpoint\n")
    lines = "".join(cosign(asked.text(), key, time).line() for key in signers)
    return Answer(COSIGNED, lines, keep=asked)


def add_cosignatures(checkpoint: bytes, answer: str, witnesses: Iterable[VerifierKey]) -> bytes:
    """The head with those cosignatures of an answer that known witnesses gave.

    Signatures of unknown keys are left out. Raises `BadInput` when a line is malformed, when a known
    witness's signature does not hold, and when there is none.
    """
    lines = answer.split("\n")
    if lines.pop() or not lines or len(lines) > SIGNATURES_MAX:
        raise BadInput("the witness's answer is signature lines, each with its newline", "witness")
    offered = [signature_of_line(line, "witness") for line in lines]
    text, _ = split_note(checkpoint)
    note = (text + "\n" + "".join(signature.line() for signature in offered)).encode()
    opened = open_note(note, witnesses, "witness")
    return add_signatures(checkpoint, opened.verified)


def cosigned_by(checkpoint: bytes, key: VerifierKey, witnesses: Iterable[VerifierKey]) -> tuple[Signature, ...]:
    """The cosignatures of known witnesses under a signed head; none makes the head an unwitnessed one."""
    _, note = open_checkpoint(checkpoint, key, witnesses)
    return tuple(signature for signature in note.verified if signature.name != key.name)


def _is_signed_by_log(checkpoint: bytes, keys: Sequence[VerifierKey]) -> bool:
    for key in keys:
        try:
            open_note(checkpoint, (key,))
        except BadInput:
            continue
        return True
    return False
