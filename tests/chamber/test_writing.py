"""The writer: groups, order, what a failure leaves, one head after the other, reading beside it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

import pytest

from isonomy.adapters.memory import FULL, MemorySigner
from isonomy.chamber import appender as appending
from isonomy.chamber.answers import AGAIN, ENTERED, JUDGED, REFUSED, Answer
from isonomy.chamber.ports import ForkRefused, StoreFault
from isonomy.chamber.submit import Sent
from isonomy.kernel.bad_input import BadInput
from isonomy.record.checkpoint import open_checkpoint
from isonomy.record.proof import consistency_proof, is_consistent
from isonomy.record.tree import Tree, leaf_hash
from tests.chamber.house import House


def admissions(house: House, count: int, first: int = 0) -> list[Sent]:
    acts = [house.act("member.admit", by="ada", person=f"p-m{number:05}") for number in range(first, first + count)]
    return [house.sent(act, "ada") for act in acts]


def test_a_group_is_appended_in_order_and_judged_one_after_the_other(house: House) -> None:
    size = len(house.entry_bytes())
    double = house.sent(house.act("member.admit", by="ada", person="p-m00001"), "ada")
    replies = house.send_all([*admissions(house, 3), double])
    assert [reply.what for reply in replies if isinstance(reply, Answer)] == [ENTERED] * 3 + [REFUSED]
    assert [reply.entry["n"] for reply in replies[:3] if isinstance(reply, Answer)] == [size, size + 1, size + 2]


def test_many_acts_make_several_groups_and_one_record(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(appending, "GROUP_ACTS_MAX", 7)
    assert house.appender
    stores = house._stores
    assert stores is not None
    sizes: list[int] = []
    append = stores.record.append

    def counted(first: int, entries: Sequence[bytes]) -> None:
        sizes.append(len(entries))
        append(first, entries)

    stores.record.append = counted  # type: ignore[method-assign]
    replies = house.send_all(admissions(house, 20))
    assert sizes == [7, 7, 6]
    assert all(isinstance(reply, Answer) and reply.is_accepted for reply in replies)
    assert house.replayed().digest() == house.appender.state.digest()


def test_replies_come_as_soon_as_they_are_durable_not_when_all_is_done(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(appending, "GROUP_ACTS_MAX", 2)
    taken: list[int] = []

    def acts() -> Iterator[Sent]:
        for place, sent in enumerate(admissions(house, 6)):
            taken.append(place)
            yield sent

    assert house.appender
    replies = house.appender.submit(acts())
    next(replies)
    assert len(taken) == 3
    assert len(list(replies)) == 5


def test_every_head_continues_the_one_before(house: House) -> None:
    notes = []
    for number in range(4):
        house.send_all(admissions(house, 3, 10 * number))
        stores = house.stores(writing=False)
        notes.append(stores.signer.last_note())
        stores.close()
    tree = Tree()
    heights: dict[tuple[int, int], bytes] = {}
    leaves = [leaf_hash(data) for data in house.entry_bytes()]
    tree.extend(leaves)

    def hash_at(height: int, index: int) -> bytes:
        if (height, index) not in heights:
            part = Tree()
            part.extend(leaves[index << height : (index + 1) << height])
            heights[height, index] = part.root()
        return heights[height, index]

    heads = [open_checkpoint(note or b"", house.org.log_key.verifier())[0] for note in notes]
    assert heads[-1].root == tree.root()
    for older, newer in itertools.pairwise(heads):
        proof = consistency_proof(older.size, newer.size, hash_at)
        assert is_consistent(proof, older.size, older.root, newer.size, newer.root)


def broken_append(first: int, entries: Sequence[bytes]) -> None:
    raise StoreFault(FULL, "record", "make room and send the act again")


def test_when_the_append_fails_nobody_gets_a_verdict_and_no_effect_stays(house: House) -> None:
    before = house.appender.state.digest()
    size = len(house.entry_bytes())
    stores = house._stores
    assert stores is not None
    append = stores.record.append
    stores.record.append = broken_append  # type: ignore[method-assign]
    sent = admissions(house, 3)
    no_act = Sent("no act", {"kind": "console"})
    refused = house.sent(house.act("member.admit", by="ben", person="p-m00009"), "ben")
    replies = house.send_all([*sent, no_act, refused])
    assert all(isinstance(reply, StoreFault) for reply in (*replies[:3], replies[4]))
    assert "not stored: the disk is full" in str(replies[0])
    assert isinstance(replies[3], BadInput)
    assert not isinstance(replies[3], StoreFault)
    assert house.appender.state.digest() == before
    stores.record.append = append  # type: ignore[method-assign]
    again = house.send_all(sent)
    assert [reply.what for reply in again if isinstance(reply, Answer)] == [ENTERED] * 3
    assert len(house.entry_bytes()) == size + 3
    assert house.replayed().digest() == house.appender.state.digest()


def test_an_append_that_failed_but_was_stored_after_all_is_answered_again(house: House) -> None:
    assert house.appender
    stores = house._stores
    assert stores is not None
    append = stores.record.append

    def stored_and_failed(first: int, entries: Sequence[bytes]) -> None:
        append(first, entries)
        raise StoreFault("the disk reports an error", "record", "check the disk")

    sent = admissions(house, 2)
    stores.record.append = stored_and_failed  # type: ignore[method-assign]
    assert all(isinstance(reply, StoreFault) for reply in house.send_all(sent))
    stores.record.append = append  # type: ignore[method-assign]
    assert [reply.what for reply in house.send_all(sent) if isinstance(reply, Answer)] == [AGAIN] * 2
    assert house.replayed().digest() == house.appender.state.digest()


def test_a_defect_while_judging_leaves_no_effect_behind(house: House) -> None:
    before = house.appender.state.digest()
    first, second = admissions(house, 2)

    def acts() -> Iterator[Sent]:
        yield first
        raise RuntimeError("the client went away")

    with pytest.raises(RuntimeError):
        list(house.appender.submit(acts()))
    assert house.appender.state.digest() == before
    house.send_all([second])
    assert "p-m00000" not in house.appender.state.persons
    assert house.replayed().digest() == house.appender.state.digest()


def test_when_the_signer_cannot_write_entries_stand_and_the_writer_stops_until_it_can(house: House) -> None:
    assert house.appender
    stores = house._stores
    assert stores is not None
    sign = stores.signer.sign_head

    def full(*asked: object) -> bytes:
        raise StoreFault(FULL, "signer", "make room")

    stores.signer.sign_head = full  # type: ignore[method-assign]
    first, second = admissions(house, 2)
    entered = house.send_all([first])[0]
    assert isinstance(entered, Answer)
    assert entered.what == ENTERED
    size = len(house.entry_bytes())
    stopped = house.send_all([second])[0]
    assert isinstance(stopped, StoreFault)
    assert len(house.entry_bytes()) == size
    stores.signer.sign_head = sign  # type: ignore[method-assign]
    assert [reply.what for reply in house.send_all([second]) if isinstance(reply, Answer)] == [ENTERED]
    last = stores.signer.last()
    assert last is not None
    assert last.size == size + 1


def test_a_head_that_a_crash_left_unsigned_is_signed_at_the_next_opening(house: House) -> None:
    house.appender._settle_later = lambda group: None  # type: ignore[method-assign]  # the process ends before signing
    house.send_all(admissions(house, 2))
    stores = house._stores
    assert stores is not None
    signed = stores.signer.last()
    assert signed is not None
    house.shut()
    assert house.reader().contradiction is None
    assert house.appender.state
    stores = house.stores(writing=False)
    now = stores.signer.last()
    stores.close()
    assert now is not None
    assert now.size == signed.size + 2


def test_an_older_copy_of_the_record_under_the_signer_is_not_written_to() -> None:
    """A backup is put back: entries that were signed are gone. And again after others were appended to it elsewhere."""
    house = House(None).found()
    old = list(house.memory.entries)
    house.send_all(admissions(house, 3))
    house.shut()
    signed = list(house.memory.entries)
    house.memory.entries[:] = old
    reader = house.reader()
    assert reader.contradiction is not None
    assert "entries are missing" in reader.contradiction.what
    with pytest.raises(ForkRefused, match="entries are missing"):
        _ = house.appender
    elsewhere = House(None)
    elsewhere.memory.entries[:] = old
    elsewhere.org._drawn = 1_000
    elsewhere.send_all(admissions(elsewhere, 5, 100))
    house.memory.entries[:] = elsewhere.memory.entries
    assert house.signer is not None
    heads = len(house.signer.heads)
    with pytest.raises(ForkRefused, match="forked"):
        _ = house.appender
    assert len(house.signer.heads) == heads
    house.memory.entries[:] = signed
    house.send_all(admissions(house, 1, 50))


def test_a_dry_run_answers_as_the_writer_would_and_keeps_nothing(house: House) -> None:
    before = house.entry_bytes()
    acts = [*admissions(house, 2), house.sent(house.act("member.admit", by="ben", person="p-m00009"), "ben")]
    double = house.sent(house.act("member.admit", by="ada", person="p-m00001"), "ada")
    reader = house.reader()
    state = reader.state.digest()
    tried = list(reader.dry_run([*acts, double, acts[0], Sent(None, {"kind": "console"})]))
    what = [reply.what if isinstance(reply, Answer) else "bad input" for reply in tried]
    assert what == [JUDGED, JUDGED, REFUSED, REFUSED, "bad input", "bad input"]
    first = tried[0]
    assert isinstance(first, Answer)
    assert first.to_json()["dry_run"] is True
    third = tried[2]
    assert isinstance(third, Answer)
    assert "signature" not in third.refusal
    assert reader.state.digest() == state
    assert house.entry_bytes() == before
    done = house.send_all(acts)
    assert isinstance(done[0], Answer)
    assert done[0].entry == first.entry
    reader.close()


def test_a_reader_shows_the_record_as_it_stood_when_it_was_opened(house: House) -> None:
    reader = house.reader()
    size = reader.size
    house.send_all(admissions(house, 2))
    assert len(list(reader.entries())) == size
    assert [entry["n"] for entry in reader.entries(1, 3)] == [1, 2]
    reader.close()


def test_the_memory_signer_keeps_every_head_it_signed() -> None:
    house = House(None).found()
    assert isinstance(house.signer, MemorySigner)
    sizes = [open_checkpoint(note, house.org.log_key.verifier())[0].size for note in house.signer.heads]
    assert sizes == sorted(sizes)
    assert sizes[-1] == len(house.memory.entries)
