"""`isonomy keys DIR`: every key with who enrolled it and what acts under it rest on."""

from __future__ import annotations

from pathlib import Path

from isonomy.adapters.key_files import read_key
from tests.cli.conftest import Isonomy, motion, write_acts
from tests.record.authenticator import Authenticator


def test_the_list_shows_how_each_key_came_in_and_whether_it_still_signs(isonomy: Isonomy, branch: Path) -> None:
    founder, device = read_key(branch / "founder.key"), Authenticator("the founder's phone")
    made = {"act": "key.enrol", "person": founder.person, "passkey": device.enrolment()}
    assert isonomy("act", "branch", write_acts(branch.parent / "enrol.jsonl", made)).status == 0
    revoked = {"act": "key.revoke", "credential": 1, "why": "lost"}
    assert isonomy("act", "branch", write_acts(branch.parent / "revoke.jsonl", revoked)).status == 0
    first, second = isonomy("keys", "branch", "--json").lines
    assert (first["kind"], first["key"], first["rp"], first["revoked"]) == ("key file", founder.public, None, None)
    assert second["key"] == device.enrolment()["key"]
    assert (second["kind"], second["algorithm"], second["rp"]) == ("passkey", "ES256", "rowing.example")
    assert (second["enrolled_by"], second["assurance"]) == (founder.person, "signed")
    assert second["revoked"] == second["entry"] + 1
    told = set((Path(__file__).parents[2] / "docs/reference/cli/keys.md").read_text(encoding="utf-8").split("`"))
    assert set(second) <= told
    enrolled, gone = isonomy("keys", "branch", "--since", str(second["entry"]), "--json").lines
    assert (enrolled["credential"], gone["credential"], gone["entry"]) == (1, 1, second["revoked"])
    assert set(enrolled) <= told
    assert "was revoked" in isonomy("keys", "branch", "--since", "1", "--person", founder.person).out
    assert isonomy("keys", "branch", "--since", "1", "--person", "p-nobody").out == ""
    assert isonomy("keys", "branch", "--since", "yesterday").status == 1
    shown = isonomy("keys", "branch", "--person", founder.person)
    assert "passkey for rowing.example (ES256)" in shown.out
    assert "a key of the member's own" in shown.out
    assert f"by entry {second['revoked']}" in shown.out
    assert "No key" in isonomy("keys", "branch", "--person", "p-nobody").out


def test_a_person_is_named_by_id(isonomy: Isonomy, branch: Path) -> None:
    ran = isonomy("keys", "branch", "--person", "Ada Example")
    assert ran.status == 1
    assert "is not a person's id" in ran.err


def test_an_act_signed_with_a_passkey_is_submitted_shown_and_verified_from_an_export(
    isonomy: Isonomy, branch: Path
) -> None:
    founder, device = read_key(branch / "founder.key"), Authenticator("the founder's phone")
    enrol = {"act": "key.enrol", "person": founder.person, "passkey": device.enrolment()}
    assert isonomy("act", "branch", write_acts(branch.parent / "enrol.jsonl", enrol)).status == 0
    act = motion() | {"by": founder.person, "id": "0" * 32, "log": founder.log, "until": "2025-01-06T10:00:00Z"}
    whole = {"act": act, "auth": device.auth(act)}
    assert isonomy("act", "branch", write_acts(branch.parent / "signed.jsonl", whole)).status == 0
    assert "signed with passkey 1" in isonomy("log", "branch").out
    assert isonomy("export", "branch", "public").status == 0
    verified = isonomy("verify", "public", "--json").json
    assert verified["agrees"]
    assert verified["authors"] == {"signed": verified["entries"]}
    forged = {"act": act | {"id": "1" * 32}, "auth": device.auth(act)}
    refused = isonomy("act", "branch", write_acts(branch.parent / "forged.jsonl", forged), "--json")
    assert refused.status == 2
    (ground,) = refused.json["grounds"]
    assert ground["says"] == "the passkey vouched for another act"
    assert ground["cure"]
