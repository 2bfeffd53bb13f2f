"""The record in the browser: entries in words for everybody, names for those who may see them, proofs that hold, downloads that verify."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest

from isonomy.adapters.files import ExportFolder
from isonomy.chamber.verification import verify
from isonomy.record.checkpoint import Checkpoint, sign_checkpoint
from isonomy.record.note import SignerKey
from isonomy.record.receipt import open_receipt, read_receipt
from tests.web.site import Site, filled

WORDS = "The club buys a kettle."


def _moved(site: Site) -> int:
    entry = site.must({"act": "motion.move", "by": "ben", "body": "members-meeting", "matter": "policy", "text": WORDS})
    return int(entry["n"])


def test_everybody_reads_the_entries_and_members_read_the_names(site: Site) -> None:
    _moved(site)
    public, members = site.browser().get("/record/"), site.browser("cleo").get("/record/")
    assert public.status_code == members.status_code == 200
    assert WORDS in public.content.decode()
    assert "Ben Example" not in public.content.decode()
    assert site.ids["ben"] in public.content.decode()
    assert "Ben Example" in members.content.decode()


def test_entries_are_found_by_act_clause_person_and_day(site: Site) -> None:
    number = _moved(site)
    browser = site.browser("ben")

    def found(query: str) -> list[int]:
        return [told.number for told in browser.get(f"/record/?{query}").context["told"]]

    assert found("act=motion.move") == [number]
    assert number in found(f"person={site.ids['ben']}")
    assert found("act=motion.move&clause=99") == []
    assert found("day=2026-12-31") == []
    assert number in found(f"day={site.today}")


def test_what_cannot_be_looked_for_is_said(site: Site) -> None:
    for query in ("act=Motion!", "person=Ben", "day=yesterday", "before=minus", "clause=%00"):
        assert site.browser("ben").get(f"/record/?{query}").status_code == 400, query


def test_a_long_record_goes_on_where_the_page_ended(site: Site) -> None:
    numbers = [_moved(site) for _ in range(45)]
    browser, seen, query = site.browser(), [], "act=motion.move"
    while query:
        page = browser.get(f"/record/?{query}")
        seen += [told.number for told in page.context["told"]]
        query = page.context["older"]
    assert seen == sorted(numbers, reverse=True)


def test_an_entry_says_how_its_author_is_known_and_what_came_of_it(site: Site) -> None:
    number = _moved(site)
    site.must({"act": "motion.withdraw", "by": "ben", "motion": f"mo-{number}"})
    shown = site.browser().get(f"/record/{number}/").content.decode()
    assert "attested by a sign-in" in shown
    assert f"/record/{number + 1}/" in shown
    assert f"mo-{number}" in shown
    assert site.browser().get("/record/9999/").status_code == 404


def test_a_receipt_from_the_page_verifies_with_the_logs_key_alone(site: Site) -> None:
    number = _moved(site)
    answer = site.browser().get(f"/record/{number}/receipt")
    receipt = read_receipt(answer.content)
    head, _ = open_receipt(receipt, site.organisation.stores.signer.key)
    assert receipt.index == number < head.size
    assert receipt.entry is not None
    assert receipt.entry == site.browser().get(f"/record/{number}/entry.json").content


def test_an_export_from_the_page_verifies_and_holds_no_name_for_the_public(site: Site, tmp_path: Path) -> None:
    _moved(site)
    answer = site.browser().get("/record/verify/export.zip")
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert archive.testzip() is None
    assert not any(b"Ben Example" in archive.read(name) for name in archive.namelist())
    archive.extractall(tmp_path)
    (folder,) = (ExportFolder(path) for path in tmp_path.iterdir() if path.name.endswith("-public"))
    report = verify(folder, folder.paths(), pinned=site.organisation.stores.signer.key)
    assert report.agrees, report.discrepancies
    assert report.size == site.state.n


def test_the_members_export_is_for_members(site: Site) -> None:
    answer = site.browser("ben").get("/record/verify/export.zip?for=members")
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert any(b"Ben Example" in archive.read(name) for name in archive.namelist())
    assert site.browser().get("/record/verify/export.zip?for=members").status_code == 400
    assert site.browser("ben").get("/record/verify/export.zip?for=body").status_code == 400


def test_a_kept_head_and_a_kept_receipt_are_held_against_the_record(site: Site) -> None:
    browser = site.browser()
    head = browser.get("/record/verify/checkpoint").content.decode()
    number = _moved(site)
    receipt = browser.get(f"/record/{number}/receipt").content.decode()
    for text in (head, receipt):
        answer = browser.post("/record/verify/", {"text": text})
        assert answer.context["compared"].standing == "agrees", answer.content.decode()
    forged = head.replace("\n", "x\n", 1)
    assert browser.post("/record/verify/", {"text": forged}).status_code == 422
    assert browser.post("/record/verify/", {"text": ""}).status_code == 422


def test_a_head_of_entries_that_are_gone_is_told(site: Site) -> None:
    signer = site.organisation.stores.signer
    key = SignerKey.parse((site.folder / "signer" / "key").read_text().strip())
    later = sign_checkpoint(Checkpoint(signer.key.name, site.state.n + 5, bytes(32)), key)
    other = sign_checkpoint(Checkpoint(signer.key.name, site.state.n - 1, bytes(32)), key)
    browser = site.browser()
    assert browser.post("/record/verify/", {"text": later.decode()}).context["compared"].standing == "older"
    assert browser.post("/record/verify/", {"text": other.decode()}).context["compared"].standing == "differs"


def test_a_refusal_is_lodged_as_a_protest_from_where_it_was_given(site: Site) -> None:
    browser = site.browser("ben")
    sent = filled(browser.get("/motions/new/"), body="committee", matter="budget", text=WORDS)
    refused = browser.post("/motions/new/", sent)
    assert refused.status_code == 422
    signed = refused.context["refusal"].signed
    shown = browser.post("/record/protest/", {"refusal": json.dumps(dict(signed))})
    answer = browser.post("/record/protest/", filled(shown, words="Every member may move this."))
    assert answer.status_code == 302, answer.content.decode()
    assert len(site.state.protests) == 1
    other = site.browser("cleo")
    again = other.post(
        "/record/protest/", filled(other.post("/record/protest/", {"refusal": json.dumps(dict(signed))}))
    )
    assert again.status_code == 422


def test_what_is_no_signed_refusal_is_not_lodged(site: Site) -> None:
    browser = site.browser("ben")
    for text in ("", "{}", "[", '{"verdict": "refused", "signature": 3}', "[" * 5000):
        shown = browser.get("/record/protest/")
        assert browser.post("/record/protest/", filled(shown, refusal=text)).status_code == 422
    assert not site.state.protests


def test_a_slip_is_mended_by_its_author_and_by_nobody_else(site: Site) -> None:
    number = _moved(site)
    address = f"/record/{number}/correct/"
    for name, status in (("cleo", 422), ("ben", 302)):
        browser = site.browser(name)
        sent = filled(
            browser.get(address), what=f"mo-{number} text", now="The club buys two kettles.", why="a word was lost"
        )
        assert browser.post(address, sent).status_code == status
    assert site.state.motions[f"mo-{number}"].text == "The club buys two kettles."
    assert "two kettles" in site.browser().get(f"/record/{number}/").content.decode()


def test_a_name_is_erased_by_its_person_or_by_who_the_clause_names(site: Site) -> None:
    admitted = site.state.persons[site.ids["ben"]].entry
    address = f"/record/{admitted}/erase/"
    outsider = site.browser("cleo")
    page = outsider.get(address)
    sealed = page.context["form"].fields["commitment"].choices[0][0]
    assert outsider.post(address, filled(page, commitment=sealed, ground="spite")).status_code == 422
    own = site.browser("ben")
    assert own.post(address, filled(own.get(address), commitment=sealed, ground="on request")).status_code == 302
    assert sealed in site.state.erased
    assert "Ben Example" not in site.browser("cleo").get("/record/").content.decode()
    assert "was erased" in site.browser().get(f"/record/{admitted}/").content.decode()


def test_a_page_looks_at_a_bounded_number_of_entries_and_goes_on(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    number = _moved(site)
    for _ in range(12):
        _moved(site)
    monkeypatch.setattr("isonomy.web.record.reading.LOOKED_MAX", 4)
    browser, seen, query, pages = site.browser(), [], "act=member.admit", 0
    while query:
        page = browser.get(f"/record/?{query}")
        seen += [told.number for told in page.context["told"]]
        query, pages = page.context["older"], pages + 1
    assert pages > 2
    assert seen == sorted((person.entry for person in site.state.persons.values() if person.entry), reverse=True)
    assert all(found < number for found in seen)
