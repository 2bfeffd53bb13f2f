"""How one act is taken: its form, its repetition, its author, its refusal, its size."""

from __future__ import annotations

import json
from typing import Any

import pytest

from isonomy.chamber.answers import AGAIN, ENTERED, REFUSED, Answer
from isonomy.chamber.submit import ACT_SIZE_MAX, Sent
from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.canonical import digest
from isonomy.record.base64_text import from_base64, to_base64
from isonomy.record.entry import at_console
from isonomy.record.signature import is_signed, refusal_challenge, sign_act
from tests.chamber.house import House


def admission(house: House, name: str = "fay", **fields: Any) -> dict[str, Any]:
    return house.act("member.admit", by="ada", person=house.org.person(name), **fields)


def test_an_accepted_act_is_an_entry_and_the_answer_says_which(house: House) -> None:
    size = len(house.entry_bytes())
    answer = house.must("member.admit", by="ada", person="p-fay000")
    assert answer.what == ENTERED
    entry = json.loads(house.entry_bytes()[size])
    assert answer.entry == entry
    assert answer.to_json() == {
        "verdict": "accepted",
        "act": entry["act"]["id"],
        "entry": size,
        "again": False,
        **{key: entry[key] for key in ("at", "clauses", "effects", "irregularities", "untold")},
    }


def test_replaying_the_record_from_nothing_gives_the_live_state(house: House) -> None:
    poll = house.open_poll()
    house.cast(poll, "ben")
    house.close(poll)
    house.must("poll.declare", by="ada", **house.declare_fields(poll))
    assert house.replayed().to_json() == house.appender.state.to_json()
    house.shut()
    assert house.replayed().to_json() == house.appender.state.to_json()
    assert house.reader().state.to_json() == house.appender.state.to_json()


@pytest.mark.parametrize(
    ("act", "says"),
    [
        ("member.admit", "JSON object"),
        (["member.admit"], "JSON object"),
        ({"act": "member.admit"}, "missing"),
        ({"act": 3}, "missing"),
        ({"act": "member.admitt", "id": "0" * 32}, "not an act"),
        ({"act": "member.admit", "share": 0.5}, "float"),
        ({"act": "member.admit", "text": "\ud800"}, "lone surrogate"),
    ],
)
def test_what_is_no_act_is_answered_with_its_fault_and_changes_nothing(house: House, act: Any, says: str) -> None:
    before = house.appender.state.digest()
    reply = house.send_all([Sent(act, at_console())])[0]
    assert isinstance(reply, BadInput)
    assert says in reply.sentence()
    assert house.appender.state.digest() == before


def test_a_huge_act_is_bad_input_and_one_too_large_for_an_entry_is_refused_with_the_cure(house: House) -> None:
    huge = admission(house, codes={"note": "x" * ACT_SIZE_MAX})
    reply = house.send_all([house.sent(huge, "ada")])[0]
    assert isinstance(reply, BadInput)
    assert "at most 250,000" in reply.what
    large = admission(house, codes={f"code-{number:04}": "x" * 60 for number in range(960)})
    refused = house.send_all([house.sent(large, "ada")])[0]
    assert isinstance(refused, Answer)
    assert refused.what == REFUSED
    assert "65535" in refusal_text(refused)
    assert "p-fay000" not in house.appender.state.persons


def refusal_text(answer: Answer) -> str:
    return json.dumps(answer.refusal)


def test_the_same_act_again_gets_the_same_entry_s_verdict(house: House) -> None:
    act = admission(house)
    sent = house.sent(act, "ada")
    first = house.send_all([sent])[0]
    size = len(house.entry_bytes())
    house.org.days(3)  # its own time is over by now, and its entry stands all the same
    second = house.send_all([sent])[0]
    assert isinstance(first, Answer)
    assert isinstance(second, Answer)
    assert second.what == AGAIN
    assert second.to_json() == first.to_json() | {"again": True}
    assert len(house.entry_bytes()) == size


def test_an_act_sent_twice_in_one_group_is_one_entry(house: House) -> None:
    sent = house.sent(admission(house), "ada")
    first, second = house.send_all([sent, sent])
    assert isinstance(first, Answer)
    assert isinstance(second, Answer)
    assert (first.what, second.what) == (ENTERED, AGAIN)
    assert first.entry == second.entry


def test_another_act_under_the_same_id_is_refused(house: House) -> None:
    act = admission(house)
    house.send_all([house.sent(act, "ada")])
    other = act | {"person": "p-gus000"}
    reply = house.send_all([house.sent(other, "ada")])[0]
    assert isinstance(reply, Answer)
    assert reply.what == REFUSED
    assert "another act" in refusal_text(reply)
    assert "p-gus000" not in house.appender.state.persons


def test_a_refused_id_leaves_no_trace_and_is_judged_afresh(house: House) -> None:
    act = house.act("member.admit", by="ben", person="p-fay000")
    before = house.appender.state.digest()
    reply = house.send_all([house.sent(act, "ben")])[0]
    assert isinstance(reply, Answer)
    assert reply.what == REFUSED
    assert house.appender.state.digest() == before
    house.must("mandate.end", by="ada", mandate="ma-0-0")
    assert act["id"] not in house.appender.state.acts
    again = house.send_all([house.sent(act, "ben")])[0]
    assert isinstance(again, Answer)
    assert again.what == REFUSED
    assert again.refusal["entries"] == reply.refusal["entries"] + 1


def test_an_act_without_its_author_s_signature_is_refused(house: House) -> None:
    act = admission(house)
    for seed_of in ("ben", "nobody"):
        proof = sign_act(house.org.seed(seed_of), act)
        for auth in ({"kind": "signed", "proof": proof}, {"kind": "signed", "credential": 0, "proof": proof}):
            reply = house.send_all([Sent(act, auth)])[0]
            assert isinstance(reply, Answer)
            assert reply.what == REFUSED
            assert "signature does not fit" in refusal_text(reply)
    altered = act | {"person": "p-gus000"}
    reply = house.send_all([Sent(altered, {"kind": "signed", "proof": sign_act(house.org.seed("ada"), act)})])[0]
    assert isinstance(reply, Answer)
    assert reply.what == REFUSED


def test_a_signed_act_finds_its_credential_among_the_author_s_keys(house: House) -> None:
    second = to_base64(__import__("isonomy.record.signature", fromlist=["x"]).public_key_of(b"2" * 32))
    house.must("key.enrol", by="ada", person=house.org.person("ada"), key=second)
    for seed, number in ((house.org.seed("ada"), 0), (b"2" * 32, len(house.members))):
        act = admission(house, f"fay{number}")
        reply = house.send_all([Sent(act, {"kind": "signed", "proof": sign_act(seed, act)})])[0]
        assert isinstance(reply, Answer)
        assert reply.entry["auth"]["credential"] == number


def test_a_revoked_key_signs_nothing_any_more(house: House) -> None:
    house.must("key.revoke", by="ben", credential=1)
    act = house.act("member.leave", by="ben")
    reply = house.send_all([Sent(act, {"kind": "signed", "proof": sign_act(house.org.seed("ben"), act)})])[0]
    assert isinstance(reply, Answer)
    assert "revoked" in refusal_text(reply)


def test_a_member_without_a_key_cannot_be_feigned_by_any_signature(house: House) -> None:
    house.must("member.admit", by="ada", person="p-fay000")
    act = house.act("member.leave", by="p-fay000")
    for credential in (None, 0, 99):
        auth = {"kind": "signed", "proof": sign_act(b"3" * 32, act)}
        auth |= {} if credential is None else {"credential": credential}
        reply = house.send_all([Sent(act, auth)])[0]
        assert isinstance(reply, Answer)
        assert reply.what == REFUSED
        assert "not one that" in refusal_text(reply)


@pytest.mark.parametrize(
    "auth",
    [
        {},
        {"kind": "sworn"},
        {"kind": "console", "by": "ada"},
        {"kind": "attested", "session": "x"},
        {"kind": "attested", "account": ""},
        {"kind": "attested", "account": 7},
        {"kind": "signed"},
        {"kind": "signed", "proof": 7},
        {"kind": "signed", "proof": "AAAA"},
        {"kind": "signed", "proof": "A" * 86 + "==", "credential": "0"},
        {"kind": "signed", "proof": "A" * 86 + "==", "extra": 1},
        None,
    ],
)
def test_an_author_who_is_not_told_in_form_is_bad_input(house: House, auth: Any) -> None:
    reply = house.send_all([Sent(admission(house), auth)])[0]
    assert isinstance(reply, BadInput)
    assert reply.where.startswith("auth")


def test_a_refusal_says_all_it_rests_on_and_is_signed_by_the_log(house: House) -> None:
    act = house.act("member.admit", by="ben", person="p-fay000")
    reply = house.send_all([house.sent(act, "ben")])[0]
    assert isinstance(reply, Answer)
    refusal = dict(reply.to_json())
    signature = from_base64(refusal.pop("signature"))
    assert is_signed(house.org.log_key.verifier().public, refusal_challenge(refusal), signature)
    assert refusal["digest"] == digest(act)
    assert (refusal["verdict"], refusal["act"], refusal["by"]) == ("refused", act["id"], act["by"])
    assert (refusal["log"], refusal["entries"]) == (house.org.log, len(house.entry_bytes()))
    assert refusal["grounds"][0]["clause"] == "1"
    assert refusal["grounds"][0]["cure"]


def test_a_signed_refusal_can_be_lodged_and_a_made_up_one_cannot(house: House) -> None:
    refusal = house.refused("member.admit", by="ben", person="p-fay000")
    signature = refusal.pop("signature")
    false = house.refused("protest", by="ben", refusal=refusal | {"entries": 0}, signature=signature)
    assert "did not sign" in json.dumps(false)
    house.refused("protest", by="ben", refusal=refusal, signature=to_base64(b"s" * 64))
    answer = house.must("protest", by="ben", refusal=refusal, signature=signature, words="I was told I could.")
    assert answer.entry["effects"][0]["effect"] == "protest.lodged"


def test_a_founding_under_another_log_s_key_is_refused(house: House) -> None:
    fresh = House(None)
    other = House(None)
    other.org.log_key = other.org.log_key.__class__.make(other.org.log, b"k" * 32)
    acts = fresh.org.founding_acts()
    acts[0]["vkey"] = other.org.log_key.verifier().text()
    reply = fresh.send_all([fresh.sent(acts[0], "ada")])[0]
    assert isinstance(reply, Answer)
    assert "another log's key" in refusal_text(reply)
    assert fresh.entry_bytes() == []


def test_no_act_comes_before_the_founding() -> None:
    fresh = House(None)
    reply = fresh.send_all([Sent(fresh.act("member.leave", by="ada"), at_console())])[0]
    assert isinstance(reply, Answer)
    assert "nothing is founded" in refusal_text(reply)
