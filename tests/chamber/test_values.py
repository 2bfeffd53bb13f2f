"""Personal values beside the record: sealed before signing, kept with their entry, gone when erased."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from isonomy.chamber.answers import Answer
from isonomy.chamber.completing import completed, sealed
from isonomy.chamber.ports import Kept, StoreFault
from isonomy.kernel.bad_input import BadInput
from isonomy.record.base64_text import to_base64
from isonomy.record.commitment import Opening, commitment
from tests.chamber.house import House

NAME = "Mira Vale of Ferry Lane"


def salt_of(message: bytes) -> bytes:
    return hashlib.sha256(b"key" + message).digest()


def admission(house: House, value: Any = NAME, **named: Any) -> tuple[dict[str, Any], tuple[Kept, ...]]:
    act = house.act("member.admit", by="ada", person="p-fay000", name={"value": value, **named})
    return sealed(act, salt_of)


def kept_in(house: House) -> list[Kept]:
    stores = house.stores(writing=False)
    found = list(stores.values.all())
    stores.close()
    return found


def admit(house: House) -> tuple[Answer, bytes]:
    act, kept = admission(house)
    reply = house.send_all([house.sent(act, "ada", kept=kept)])[0]
    assert isinstance(reply, Answer)
    assert reply.is_accepted
    return reply, kept[0].opening.commitment


def test_sealing_puts_a_commitment_in_the_place_of_the_value(house: House) -> None:
    act, (kept,) = admission(house, audience="public")
    assert act["name"] == {"c": to_base64(kept.opening.commitment)}
    assert (kept.opening.label, kept.opening.value, kept.audience) == ("name", NAME, "public")
    assert sealed(act, salt_of) == (act, ())


def test_sealing_again_under_the_same_id_gives_the_same_bytes(house: House) -> None:
    act = house.act("member.admit", by="ada", person="p-fay000", name={"value": NAME})
    assert sealed(act, salt_of) == sealed(act, salt_of)
    other = sealed(act | {"id": "0" * 32}, salt_of)
    assert other[0]["name"] != sealed(act, salt_of)[0]["name"]


@pytest.mark.parametrize("value", [{"value": 3}, {"value": "x", "audience": "friends"}, {"value": "x", "label": 1}])
def test_what_cannot_be_sealed_is_bad_input_with_its_place(house: House, value: dict[str, Any]) -> None:
    act = house.act("member.admit", by="ada", person="p-fay000", name=value)
    with pytest.raises(BadInput) as fault:
        sealed(act, salt_of)
    assert fault.value.where == "name"


def test_an_accepted_act_has_its_values_kept_and_a_refused_one_has_not(house: House) -> None:
    answer, _ = admit(house)
    assert [kept.opening.value for kept in kept_in(house)] == [NAME]
    assert NAME not in str(answer.to_json())
    refused, kept = sealed(house.act("member.admit", by="ben", person="p-gus000", name={"value": "Another"}), salt_of)
    house.send_all([house.sent(refused, "ben", kept=kept)])
    assert [kept.opening.value for kept in kept_in(house)] == [NAME]


def test_a_value_that_does_not_open_its_commitment_is_bad_input(house: House) -> None:
    act, (kept,) = admission(house)
    wrong = kept.opening
    for opening in (
        Opening(wrong.commitment, "name", wrong.salt, "Someone Else"),
        Opening(commitment(wrong.salt, "name", "x"), "name", wrong.salt, "x"),
    ):
        reply = house.send_all([house.sent(act, "ada", kept=(Kept(opening),))])[0]
        assert isinstance(reply, BadInput)
        assert reply.where == "openings[0]"
    assert "p-fay000" not in house.appender.state.persons


def test_a_document_is_kept_under_its_commitment(house: House) -> None:
    document, salt = b"Minutes of the meeting", b"d" * 32
    sealed_document = commitment(salt, "document", document)
    act = house.act("member.admit", by="ada", person="p-fay000", name={"c": to_base64(sealed_document)})
    kept = Kept(Opening(sealed_document, "document", salt, None, "documents/minutes.txt"), "public")
    missing = house.send_all([house.sent(act, "ada", kept=(kept,))])[0]
    assert isinstance(missing, BadInput)
    assert "missing" in missing.what
    house.send_all([house.sent(act, "ada", kept=(kept,), documents={sealed_document: document})])
    stores = house.stores(writing=False)
    assert stores.documents.get(sealed_document) == document
    stores.close()


def test_after_an_erasure_neither_value_nor_salt_is_there_and_the_record_stays_whole(house: House) -> None:
    answer, sealed_name = admit(house)
    entries = house.entry_bytes()
    house.must("erase", by="ada", entry=answer.entry["n"], commitment=to_base64(sealed_name), ground="her wish")
    assert kept_in(house) == []
    if house.path is not None:
        at_rest = b"".join(path.read_bytes() for path in house.path.rglob("*") if path.is_file())
        assert NAME.encode() not in at_rest
    assert house.entry_bytes()[:-1] == entries
    assert house.replayed().digest() == house.appender.state.digest()
    house.shut()
    assert house.reader().contradiction is None


def test_a_value_left_by_a_group_that_was_never_appended_is_deleted_at_the_next_opening(house: House) -> None:
    admit(house)
    stores = house._stores
    assert stores is not None
    stores.values.put([house.kept("Left behind")], len(house.entry_bytes()))
    assert len(kept_in(house)) == 2
    house.shut()
    assert house.appender.state
    assert [kept.opening.value for kept in kept_in(house)] == [NAME]


def test_an_erasure_that_a_crash_interrupted_is_finished_at_the_next_opening(house: House) -> None:
    answer, sealed_name = admit(house)
    house.appender._settle_later = lambda group: None  # type: ignore[method-assign]  # the process ends right here
    house.must("erase", by="ada", entry=answer.entry["n"], commitment=to_base64(sealed_name), ground="her wish")
    assert len(kept_in(house)) == 1
    house.shut()
    assert house.appender.state
    assert kept_in(house) == []


def test_when_values_cannot_be_kept_nothing_is_entered(house: House) -> None:
    assert house.appender
    act, kept = admission(house)
    sent = house.sent(act, "ada", kept=kept)
    before = len(house.entry_bytes())
    stores = house._stores
    assert stores is not None

    def full(values: object, size: int) -> None:
        raise StoreFault("the disk is full", "values", "make room")

    keep = stores.values.put
    stores.values.put = full  # type: ignore[method-assign]
    reply = house.send_all([sent])[0]
    assert isinstance(reply, StoreFault)
    assert "not stored" in reply.what
    assert len(house.entry_bytes()) == before
    assert "p-fay000" not in house.appender.state.persons
    stores.values.put = keep  # type: ignore[method-assign]
    again = house.send_all([sent])[0]
    assert isinstance(again, Answer)
    assert again.is_accepted


def test_completing_fills_in_what_was_left_out_and_changes_nothing_that_was_written(house: House) -> None:
    class Chance:
        def draw(self, size: int) -> bytes:
            return bytes(size)

    poll = house.open_poll()
    house.cast(poll, "ben")
    stores = house._stores
    assert stores is not None
    state, boxes, clock = house.appender.state, stores.boxes, house.org.clock
    plain = completed(
        {"act": "member.leave", "by": "p-x", "until": "2027-09-09T00:00:00Z"}, state, boxes, clock, Chance()
    )
    assert plain == {
        "act": "member.leave",
        "by": "p-x",
        "id": "0" * 32,
        "log": house.org.log,
        "until": "2027-09-09T00:00:00Z",
    }
    close = completed({"act": "poll.close", "poll": poll, "by": "p-x"}, state, boxes, clock, Chance())
    assert close["box_size"] == 1
    assert "roll_root" in close
    with pytest.raises(BadInput, match="no poll"):
        completed({"act": "poll.close", "poll": "po-999"}, state, boxes, clock, Chance())
