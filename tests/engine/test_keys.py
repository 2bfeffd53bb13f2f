"""Keys and passkeys: who enrols them, what is kept of how they came in, and what an act under them is worth."""

from __future__ import annotations

from typing import Any

import pytest

from isonomy.engine.enrolments import credentials_of, news_of_keys
from isonomy.engine.refusal import Refused
from isonomy.record.base64_text import to_base64
from tests.engine.rulebooks import CLUB
from tests.engine.test_founding import club
from tests.organisation import TestOrganisation

POINT = to_base64(b"\x04" + b"7" * 64)
RP = "rowing.example"


def passkey(**changed: Any) -> dict[str, Any]:
    return {"algorithm": "ES256", "key": POINT, "rp": RP} | changed


def says(verdict: Refused) -> str:
    return " ".join(f"{ground.says} {ground.facts} {ground.cure}" for ground in verdict.grounds)


def enrol(org: TestOrganisation, assurance: str = "attested", by: str = "cy", **fields: Any) -> dict[str, Any]:
    return org.accepted("key.enrol", by=by, person=org.person("cy"), assurance=assurance, **fields).effects[0]


def test_a_member_enrols_a_passkey_after_signing_in_and_it_rests_on_the_operators_word() -> None:
    org = club()
    effect = enrol(org, passkey=passkey())
    assert effect == {"effect": "key.enrolled", "person": "p-cy000", "key": POINT, "algorithm": "ES256", "rp": RP}
    found = org.state.credentials[3]
    assert (found.assurance, found.enrolled_by, found.algorithm, found.rp) == ("attested", "p-cy000", "ES256", RP)
    assert org.replayed().to_json() == org.state.to_json()


def test_a_passkey_enrolled_under_a_signature_is_as_good_as_the_key_that_signed() -> None:
    org = club()
    org.accepted("key.enrol", by="ada", person=org.person("ada"), passkey=passkey(), assurance="signed")
    assert org.state.credentials[3].assurance == "signed", "the founder's own key stands behind it"
    enrol(org, "signed", passkey=passkey(key=to_base64(b"\x04" * 65)))
    assert org.state.credentials[4].assurance == "console", "the founding act gave cy the key by another's word"


def test_a_keeper_gives_a_member_without_a_key_a_first_passkey_and_the_credential_says_so() -> None:
    org = club()
    org.accepted("key.revoke", by="ben", as_="secretary", credential=2, why="the phone is lost")
    enrol(org, "signed", by="ben", as_="secretary", passkey=passkey())
    found = org.state.credentials[3]
    assert (found.assurance, found.enrolled_by, found.person) == ("console", "p-ben000", "p-cy000")
    second = org.refused(
        "key.enrol", by="ben", as_="secretary", person=org.person("cy"), passkey=passkey(key=to_base64(b"\x04" * 65))
    )
    assert "enrols the next one" in says(second)


def test_a_lost_device_is_replaced_after_signing_in_and_what_follows_is_no_better_than_that() -> None:
    org = club()
    org.accepted("key.revoke", by="cy", credential=2, assurance="attested", why="the phone is lost")
    enrol(org, passkey=passkey())
    assert (org.state.credentials[2].revoked, org.state.credentials[3].assurance) == (org.state.n - 2, "attested")
    act = org.act("key.enrol", by="cy", person=org.person("cy"), key=org.key("third"))
    org.submit_raw(act, {"kind": "signed", "credential": 3, "proof": "A" * 86 + "=="})
    assert org.state.credentials[4].assurance == "attested", "no better than the enrolment of the key that signed it"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "one key is enrolled at a time"),
        ({"key": to_base64(b"7" * 32), "passkey": passkey()}, "one key is enrolled at a time"),
        ({"passkey": passkey(algorithm="RS256")}, "RS256 are not taken"),
        ({"passkey": passkey(key=to_base64(b"7" * 64))}, "65 bytes belong there"),
        ({"passkey": passkey(key=to_base64(b"7" * 66))}, "65 bytes belong there"),
        ({"passkey": passkey(algorithm="EdDSA")}, "32 bytes belong there"),
        ({"passkey": passkey(algorithm="EdDSA", key=to_base64(b"7" * 33))}, "32 bytes belong there"),
        ({"passkey": passkey(rp="https://rowing.example")}, "bound to a host name"),
        ({"passkey": passkey(rp="Rowing.example")}, "bound to a host name"),
        ({"passkey": passkey(rp="rowing")}, "bound to a host name"),
        ({"passkey": passkey(rp="192.0.2.7")}, "bound to a host name"),
        ({"passkey": passkey(rp="rowing.example:8443")}, "bound to a host name"),
        ({"passkey": passkey(rp="." + RP)}, "bound to a host name"),
        ({"passkey": passkey(rp=f"{'a' * 63}." * 4 + "example")}, "bound to a host name"),
    ],
)
def test_an_enrolment_that_is_not_of_one_key_in_form_is_refused_with_its_cure(
    fields: dict[str, Any], words: str
) -> None:
    org = club()
    refused = org.refused("key.enrol", by="cy", person=org.person("cy"), **fields)
    assert words in says(refused)
    assert refused.grounds[0].cure


@pytest.mark.parametrize("rp", [RP, "localhost", "members.xn--rudern-3ya.example", "a-b.c1.example"])
def test_a_passkey_is_bound_to_a_host_name(rp: str) -> None:
    org = club()
    assert enrol(org, passkey=passkey(rp=rp))["rp"] == rp


def test_a_key_is_enrolled_once_as_a_key_file_or_as_a_passkey() -> None:
    org = club()
    enrol(org, passkey=passkey(algorithm="EdDSA", key=to_base64(b"7" * 32)))
    for fields in ({"key": to_base64(b"7" * 32)}, {"passkey": passkey(algorithm="EdDSA", key=to_base64(b"7" * 32))}):
        assert "enrolled already" in says(org.refused("key.enrol", by="ada", person=org.person("ada"), **fields))


def test_a_revoked_passkey_signs_nothing_any_more() -> None:
    org = club()
    enrol(org, passkey=passkey())
    org.accepted("key.revoke", by="cy", credential=3, assurance="attested")
    act = org.act("member.leave", by="cy")
    verdict = org.submit_raw(act, {"kind": "signed", "credential": 3, "proof": {}})
    assert isinstance(verdict, Refused)
    assert "revoked" in says(verdict)


def test_a_member_is_told_of_every_enrolment_and_revocation_whoever_did_it() -> None:
    org = club()
    since = org.state.n
    assert list(news_of_keys(org.state, since)) == []
    enrol(org, passkey=passkey())
    org.accepted("key.revoke", by="ben", as_="secretary", credential=2)
    org.accepted("key.revoke", by="ben", as_="secretary", credential=3)
    enrol(org, "signed", by="ben", as_="secretary", key=org.key("made up"))
    news = list(news_of_keys(org.state, since))
    assert [(found.entry - since, found.person, found.credential) for found in news] == [
        (0, "p-cy000", 3), (1, "p-cy000", 2), (2, "p-cy000", 3), (3, "p-cy000", 4),
    ]  # fmt: skip
    assert "passkey for rowing.example (ES256) was enrolled in your name by yourself" in news[0].says
    assert "the operator's word that the member had signed in" in news[0].says
    assert "Your key 2, a key file (Ed25519), was revoked" in news[1].says
    assert "in your name by p-ben000" in news[3].says
    assert "the word of whoever kept the roll" in news[3].says
    assert all(found.cure for found in news)
    assert [found.credential for found in news_of_keys(org.state, org.state.n - 1)] == [4]
    assert [found.number for found in credentials_of(org.state, "p-cy000")] == [2, 3, 4]


def test_a_clause_may_demand_that_a_key_is_enrolled_with_a_signature() -> None:
    text = CLUB.replace("erased by: secretary\n", "erased by: secretary\nsigned: key.enrol\n")
    assert text != CLUB
    text = text.replace("```rule record record", "An enrolment is signed (key.enrol).\n\n```rule record record")
    org = TestOrganisation(text, ("ada", "ben"), mandates={"secretary": "ben"})
    refused = org.refused("key.enrol", by="ada", person=org.person("ada"), passkey=passkey(), assurance="attested")
    assert "needs the author's own signature" in says(refused)
    org.accepted("key.enrol", by="ada", person=org.person("ada"), passkey=passkey(), assurance="signed")
