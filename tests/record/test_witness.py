"""A witness cosigns only what continues what it saw; its answers have the statuses of tlog-witness."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isonomy.kernel.bad_input import BadInput
from isonomy.record.checkpoint import Checkpoint, sign_checkpoint
from isonomy.record.note import COSIGNATURE, SignerKey, cosign, open_note
from isonomy.record.proof import consistency_proof
from isonomy.record.tree import EMPTY_ROOT, leaf_hash, root_of
from isonomy.record.witness import (
    COSIGNED,
    INCONSISTENT,
    MALFORMED,
    OTHER_SIZE,
    UNKNOWN_LOG,
    UNSIGNED,
    Answer,
    Submission,
    add_cosignatures,
    cosigned_by,
    judge_submission,
    read_submission,
)

LOG = SignerKey.make("example-branch.invalid", bytes(range(32)))
WITNESS = SignerKey.make("witness.invalid", bytes(range(2, 34)), COSIGNATURE)
LEAVES = [leaf_hash(b"%d" % number) for number in range(70)]


def hash_at(height: int, index: int) -> bytes:
    return root_of(LEAVES[index << height : (index + 1) << height])


def head(size: int) -> Checkpoint:
    return Checkpoint(LOG.name, size, root_of(LEAVES[:size]))


def submission(old: int, new: int) -> Submission:
    return Submission(old, consistency_proof(old, new, hash_at), sign_checkpoint(head(new), LOG))


def judged(body: bytes, seen: int | None) -> Answer:
    last = {} if seen is None else {LOG.name: head(seen)}
    return judge_submission(body, {LOG.name: [LOG.verifier()]}, last, [WITNESS], 1803924723)


@given(st.integers(0, 70), st.integers(0, 70), st.integers(0, 70))
def test_the_status_follows_from_the_sizes(seen: int, old: int, new: int) -> None:
    body = submission(min(old, new), new).to_bytes().replace(b"old %d" % min(old, new), b"old %d" % old, 1)
    answer = judged(body, seen)
    if old > new:
        assert answer.status == MALFORMED
    elif old != seen:
        assert (answer.status, answer.body, answer.content_type) == (OTHER_SIZE, f"{seen}\n", "text/x.tlog.size")
    else:
        assert answer.status == COSIGNED
        assert answer.keep == head(new)
        note = add_cosignatures(sign_checkpoint(head(new), LOG), answer.body, [WITNESS.verifier()])
        found = cosigned_by(note, LOG.verifier(), [WITNESS.verifier()])
        assert [(signature.name, signature.time) for signature in found] == [(WITNESS.name, 1803924723)]
    assert (answer.keep is not None) == (answer.status == COSIGNED)


def test_what_does_not_continue_is_not_cosigned() -> None:
    grown = submission(9, 33)
    assert judged(Submission(9, grown.proof[:-1], grown.checkpoint).to_bytes(), 9).status == INCONSISTENT
    assert judged(Submission(9, (), grown.checkpoint).to_bytes(), 9).status == INCONSISTENT
    forked = sign_checkpoint(Checkpoint(LOG.name, 9, LEAVES[0]), LOG)
    assert judged(Submission(9, (), forked).to_bytes(), 9).status == OTHER_SIZE
    assert judged(Submission(0, (LEAVES[0],), grown.checkpoint).to_bytes(), None).status == INCONSISTENT


def test_unknown_logs_and_foreign_signatures_are_told_apart() -> None:
    stranger = SignerKey.make("other.invalid", bytes(32))
    empty = Checkpoint(stranger.name, 0, EMPTY_ROOT)
    assert judged(Submission(0, (), sign_checkpoint(empty, stranger)).to_bytes(), None).status == UNKNOWN_LOG
    impostor = SignerKey.make(LOG.name, bytes(32))
    assert judged(Submission(0, (), sign_checkpoint(head(3), impostor)).to_bytes(), None).status == UNSIGNED


@given(st.integers(0, 70), st.integers(0, 70))
def test_a_submission_is_read_back(first: int, second: int) -> None:
    sent = submission(*sorted((first, second)))
    assert read_submission(sent.to_bytes()) == sent


@given(st.binary(max_size=150))
def test_any_body_is_answered(body: bytes) -> None:
    for data in (body, b"old 3\n" + body, b"old 3\n\n" + body):
        assert judged(data, 3).status in (MALFORMED, UNKNOWN_LOG, UNSIGNED)


@pytest.mark.parametrize(
    "change", [(b"old 9", b"old 09"), (b"old 9", b"new 9"), (b"old 9\n", b"old 9\n\n"), (b"\n\n", b"\n")]
)
def test_a_body_in_another_form_is_malformed(change: tuple[bytes, bytes]) -> None:
    assert judged(submission(9, 33).to_bytes().replace(*change, 1), 9).status == MALFORMED
    with pytest.raises(BadInput, match="at most 63"):
        read_submission(Submission(9, tuple(LEAVES[:64]), sign_checkpoint(head(33), LOG)).to_bytes())


def test_an_answer_counts_only_from_a_known_witness_and_for_this_head() -> None:
    note = sign_checkpoint(head(33), LOG)
    stranger = SignerKey.make("stranger.invalid", bytes(32), COSIGNATURE)
    good, strange = cosign(head(33).text(), WITNESS, 7), cosign(head(33).text(), stranger, 7)
    both = add_cosignatures(note, good.line() + strange.line(), [WITNESS.verifier()])
    assert len(open_note(both, [LOG.verifier(), WITNESS.verifier(), stranger.verifier()]).verified) == 2
    for answer in ("", "x", good.line()[:-1], strange.line(), cosign(head(32).text(), WITNESS, 7).line()):
        with pytest.raises(BadInput):
            add_cosignatures(note, answer, [WITNESS.verifier()])
