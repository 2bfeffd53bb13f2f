"""What every signer promises: of two heads it signed the later continues the earlier, come what may to the database."""

from __future__ import annotations

import pytest

from isonomy.chamber.ports import ForkRefused
from isonomy.kernel.bad_input import BadInput
from isonomy.record.checkpoint import Checkpoint, open_checkpoint
from isonomy.record.manifest import Manifest, open_manifest
from isonomy.record.signature import is_signed
from isonomy.record.tree import Tree, root_of
from tests.ports.stores import KEY, OnDisk, Stores


def leaf(number: int, history: str = "a") -> bytes:
    return (f"{history}{number}".encode() * 32)[:32]


class History:
    """Some entries, with the root over any first ones of them."""

    def __init__(self, *leaves: bytes) -> None:
        self.leaves = leaves

    def root(self, size: int) -> bytes:
        tree = Tree()
        tree.extend(self.leaves[:size])
        return tree.root()

    def head(self, size: int | None = None) -> Checkpoint:
        length = len(self.leaves) if size is None else size
        return Checkpoint(KEY.name, length, self.root(length))


FIRST = History(*(leaf(number) for number in range(5)))


def test_heads_that_grow_are_signed_and_the_last_is_remembered(stores: Stores) -> None:
    signer = stores.signer()
    assert signer.last() is None
    assert signer.last_note() is None
    for size in (1, 3, 3, 5):
        note = signer.sign_head(FIRST.head(size), FIRST.root)
        assert open_checkpoint(note, KEY.verifier())[0] == FIRST.head(size)
        assert stores.signer().last() == FIRST.head(size)
        assert stores.signer().last_note() == note


def test_after_a_restored_backup_the_signer_signs_no_fork(stores: Stores) -> None:
    """A backup of three entries is put back after five were signed, and other entries are appended to it."""
    stores.signer().sign_head(FIRST.head(), FIRST.root)
    restored = History(*FIRST.leaves[:3])
    with pytest.raises(ForkRefused, match="entries are missing"):
        stores.signer().sign_head(restored.head(), restored.root)
    for length in (5, 6, 9):
        other = History(*FIRST.leaves[:3], *(leaf(number, "b") for number in range(3, length)))
        with pytest.raises(ForkRefused, match="forked"):
            stores.signer().sign_head(other.head(), other.root)
    assert stores.signer().last() == FIRST.head()
    caught_up = History(*FIRST.leaves, leaf(5, "b"))
    stores.signer().sign_head(caught_up.head(), caught_up.root)
    assert stores.signer().last() == caught_up.head()


def test_a_head_of_another_log_or_another_root_is_not_signed(stores: Stores) -> None:
    signer = stores.signer()
    with pytest.raises(BadInput, match="does not sign for"):
        signer.sign_head(Checkpoint("elsewhere.test", 5, FIRST.root(5)), FIRST.root)
    with pytest.raises(ForkRefused):
        signer.sign_head(Checkpoint(KEY.name, 5, root_of([leaf(9)])), FIRST.root)
    assert signer.last() is None


def test_a_manifest_is_signed_for_a_head_of_the_signed_record_alone(stores: Stores) -> None:
    signer = stores.signer()
    signer.sign_head(FIRST.head(3), FIRST.root)
    manifest = Manifest(FIRST.head(3), "public", {"checkpoint": "0" * 64})
    assert open_manifest(signer.sign_manifest(manifest, FIRST.root), KEY.verifier()) == manifest
    signer.sign_head(FIRST.head(4), FIRST.root)
    assert open_manifest(signer.sign_manifest(manifest, FIRST.root), KEY.verifier()) == manifest
    forked = History(*FIRST.leaves[:2], leaf(2, "b"), leaf(3, "b"))
    for head, history in ((forked.head(3), forked), (forked.head(3), FIRST), (FIRST.head(5), FIRST)):
        with pytest.raises(ForkRefused):
            signer.sign_manifest(Manifest(head, "public", {}), history.root)


def test_a_challenge_is_signed_with_the_log_s_key(stores: Stores) -> None:
    signer = stores.signer()
    assert is_signed(signer.key.public, b"c" * 32, signer.sign(b"c" * 32))


def test_the_private_key_on_disk_is_its_owner_s_alone(stores: Stores) -> None:
    if isinstance(stores, OnDisk):
        assert (stores.path / "signer" / "key").stat().st_mode & 0o777 == 0o600
        assert (stores.path / "signer").stat().st_mode & 0o777 == 0o700
