"""Acts signed with a passkey before the chamber, and what a stranger's verification finds of them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from isonomy.chamber.answers import ENTERED, REFUSED, Answer
from isonomy.chamber.rejudging import FALSE_CLAIM, JUDGED_OTHERWISE
from isonomy.chamber.submit import Sent
from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.canonical import canonical_bytes
from isonomy.record.base64_text import from_base64, to_base64
from isonomy.record.discrepancy import UNSIGNED
from isonomy.record.passkey import EDDSA, ES256
from isonomy.record.signature import sign_act
from tests.chamber.exports import files_of, rewritten, signed_anew, verified
from tests.chamber.house import House
from tests.record.authenticator import Authenticator

PARTS = ("authenticatorData", "clientDataJSON", "signature")


def phone(algorithm: str = ES256, name: str = "ben's phone") -> Authenticator:
    return Authenticator(name, algorithm=algorithm)


def club(*devices: Authenticator, assurance: str = "signed") -> House:
    """A club in memory in which Ben has enrolled some passkeys."""
    house = House(None).found()
    for device in devices:
        house.must("key.enrol", by="ben", person="p-ben000", passkey=device.enrolment(), assurance=assurance)
    return house


def send(house: House, act: dict[str, Any], auth: Any) -> Answer:
    reply = house.send_all([Sent(act, auth)])[0]
    assert isinstance(reply, Answer), reply
    return reply


def motion(house: House) -> dict[str, Any]:
    return house.act("key.enrol", by="ben", person="p-ben000", key=to_base64(bytes([house.appender.state.n]) * 32))


def ground(answer: Answer) -> dict[str, Any]:
    assert answer.what == REFUSED
    found = answer.refusal["grounds"][0]
    assert found["cure"]
    return dict(found)


@pytest.mark.parametrize("algorithm", [ES256, EDDSA])
def test_an_act_signed_with_a_passkey_is_an_entry_and_verifies_offline(algorithm: str) -> None:
    device = phone(algorithm)
    house = club(device)
    number = max(house.appender.state.credentials)
    act = motion(house)
    answer = send(house, act, device.auth(act))
    assert answer.what == ENTERED
    assert answer.entry["auth"] == device_auth(answer, number)
    assert house.replayed().to_json() == house.appender.state.to_json()
    report = verified(files_of(house, "body"))
    assert report.agrees, report.discrepancies
    assert report.authors == {"signed": house.appender.state.n}


def device_auth(answer: Answer, number: int) -> dict[str, Any]:
    proof = answer.entry["auth"]["proof"]
    assert set(proof) == set(PARTS)
    return {"kind": "signed", "credential": number, "proof": proof}


def test_the_credential_is_found_among_several_keys_and_passkeys() -> None:
    devices = phone(), phone(EDDSA), phone(name="ben's key"), Authenticator("ben's old phone", rp="old.example")
    house = club(*devices)
    first = len(house.members)
    for place, device in enumerate(devices):
        act = motion(house)
        assert send(house, act, device.auth(act)).entry["auth"]["credential"] == first + place
    act = motion(house)
    reply = send(house, act, {"kind": "signed", "proof": sign_act(house.org.seed("ben"), act)})
    assert reply.entry["auth"]["credential"] == 1


@pytest.mark.parametrize(
    ("other", "says", "fact"),
    [
        ({"origin": "https://evil.example"}, "used on another site", {"page": "https://evil.example"}),
        ({"ceremony": "webauthn.create"}, "asked for something else", {"type": "webauthn.create"}),
        ({"flags": 0x04}, "nobody was at the device", {"user present": False}),
        ({"rp": "evil.example"}, "for another site", {"passkey of": "rowing.example"}),
    ],
)
def test_a_proof_that_does_not_vouch_for_the_act_is_refused_with_facts_and_cure(
    other: dict[str, Any], says: str, fact: dict[str, Any]
) -> None:
    device = phone()
    house = club(device)
    act = motion(house)
    found = ground(send(house, act, device.auth(act, **other)))
    assert says in found["says"]
    assert fact.items() <= found["facts"].items()
    assert found["facts"]["credentials tried"] == [max(house.appender.state.credentials)]
    assert "https://" not in found["cure"]


def test_another_act_another_device_and_another_member_are_refused() -> None:
    device = phone()
    house = club(device)
    act = motion(house)
    assert "another act" in ground(send(house, act, device.auth({**act, "until": "2027-01-04T09:30:00Z"})))["says"]
    assert "does not fit the passkey" in ground(send(house, act, phone(name="a thief's phone").auth(act)))["says"]
    foreign = house.act("member.leave", by="cy")
    assert "the key of a key file" in ground(send(house, foreign, device.auth(foreign)))["says"]
    number = max(house.appender.state.credentials)
    assert "is not one that" in ground(send(house, foreign, device.auth(foreign, number)))["says"]
    named = {"kind": "signed", "credential": number, "proof": sign_act(house.org.seed("ben"), act)}
    assert ground(send(house, act, named))["says"] == "the credential is a passkey"


def test_a_revoked_passkey_is_refused_and_what_it_signed_before_still_verifies() -> None:
    device = phone()
    house = club(device)
    act = motion(house)
    assert send(house, act, device.auth(act)).what == ENTERED
    house.must("key.revoke", by="ben", credential=max(house.appender.state.credentials) - 1, why="lost")
    act = motion(house)
    assert "revoked" in ground(send(house, act, device.auth(act)))["says"]
    assert verified(files_of(house, "body")).agrees


@pytest.mark.parametrize(
    ("passkey", "says"),
    [
        ({"algorithm": "ES256", "key": to_base64(b"\x04" + b"7" * 64)}, "no point of the curve"),
        ({"algorithm": "EdDSA", "key": to_base64(b"\x01" + bytes(31))}, "does not bind its owner"),
    ],
)
def test_a_passkey_that_binds_nobody_is_not_enrolled(passkey: dict[str, str], says: str) -> None:
    house = House(None).found()
    refused = house.refused("key.enrol", by="ben", person="p-ben000", passkey=passkey | {"rp": "rowing.example"})
    assert says in refused["grounds"][0]["says"]
    refused = house.refused("key.enrol", by="ben", person="p-ben000", key=to_base64(bytes(32)))
    assert "does not bind its owner" in refused["grounds"][0]["says"]


def test_a_secret_ballot_may_be_signed_with_a_passkey_and_its_proof_is_kept_nowhere() -> None:
    device = phone()
    house = club(device)
    poll = house.open_poll()
    act = house.act("ballot.cast", by="ben", poll=poll, ballot="for", nonce=house.nonce("ben"))
    size = len(house.entry_bytes())
    assert send(house, act, device.auth(act)).is_accepted
    assert len(house.entry_bytes()) == size


def test_an_act_by_login_is_attested_and_nothing_of_the_account_enters_the_record() -> None:
    house = House(None).found()
    act = house.act("member.leave", by="eve")
    reply = house.send_all([Sent(act, {"kind": "attested", "account": "eve@rowing.example"})])[0]
    assert isinstance(reply, BadInput)
    assert reply.where == "auth.account"
    answer = send(house, act, {"kind": "attested"})
    assert answer.entry["auth"] == {"kind": "attested"}
    assert verified(files_of(house, "body")).authors["attested"] == 1


@pytest.fixture(scope="module")
def signed_club() -> House:
    """Ben's two passkeys have each signed an act; the last entry is by ES256."""
    devices = phone(EDDSA), phone()
    house = club(*devices)
    for device in devices:
        act = motion(house)
        assert send(house, act, device.auth(act)).what == ENTERED
    return house


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.integers(1, 2), st.sampled_from(PARTS), st.data())
def test_a_flipped_bit_of_a_proof_is_found_although_the_log_signed_it_anew(
    signed_club: House, back: int, part: str, data: st.DataObject
) -> None:
    kept = list(signed_club.memory.entries)
    entry = json.loads(kept[-back])
    raw = bytearray(from_base64(entry["auth"]["proof"][part]))
    at = data.draw(st.integers(0, len(raw) - 1))
    raw[at] ^= 1 << data.draw(st.integers(0, 7))
    entry["auth"]["proof"][part] = to_base64(bytes(raw))
    signed_club.memory.entries[-back] = canonical_bytes(entry)
    try:
        report = verified(signed_anew(signed_club))
    finally:
        signed_club.memory.entries[:] = kept
    assert [item.kind for item in report.discrepancies] == [UNSIGNED]
    assert report.discrepancies[0].entry == entry["n"]


def test_a_proof_moved_to_another_credential_is_found(signed_club: House) -> None:
    kept = list(signed_club.memory.entries)
    entry = json.loads(kept[-1])
    entry["auth"]["credential"] -= 1
    signed_club.memory.entries[-1] = canonical_bytes(entry)
    try:
        report = verified(signed_anew(signed_club))
    finally:
        signed_club.memory.entries[:] = kept
    assert [item.kind for item in report.discrepancies] == [UNSIGNED]


def test_an_enrolment_of_another_host_or_of_no_key_is_found_although_all_is_signed_anew() -> None:
    device = phone()

    def made() -> House:
        house = club(device)
        act = motion(house)
        assert send(house, act, device.auth(act)).what == ENTERED
        return house

    def of_another_host(entries: list[dict[str, Any]]) -> None:
        entry = next(entry for entry in entries if "passkey" in entry["act"])
        entry["effects"][0]["rp"] = "evil.example"

    def of_no_key(entries: list[dict[str, Any]]) -> None:
        entry = next(entry for entry in entries if "passkey" in entry["act"])
        for place in (entry["act"]["passkey"], entry["effects"][0]):
            place["key"] = to_base64(b"\x04" + b"7" * 64)
        entry["auth"] = {"kind": "attested"}

    found = {item.kind for item in verified(rewritten(made(), of_another_host)).discrepancies}
    assert found >= {UNSIGNED}
    found = {item.kind for item in verified(rewritten(made(), of_no_key)).discrepancies}
    assert found & {FALSE_CLAIM, JUDGED_OTHERWISE, UNSIGNED}
