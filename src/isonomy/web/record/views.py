"""Pages of the record: the entries, one entry, its receipt and its bytes.

Lives here: these views. Not here: verifying (`verifying`), acts about entries (`mending`).

Invariant: what the public export holds, everybody may read here; names are shown as far as the viewer may see them. Entries are
never shown other than they stand.
"""

from __future__ import annotations

import json
from weakref import WeakKeyDictionary

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from isonomy.chamber.receipts import Hashes, receipt_of
from isonomy.kernel.bad_input import BadInput
from isonomy.record.tree import leaf_hash
from isonomy.web.asking import may
from isonomy.web.live import live_by, not_live
from isonomy.web.organisation import Organisation
from isonomy.web.record.ordered import has_orders
from isonomy.web.record.reading import Asked, naming, walk
from isonomy.web.record.telling import thing_said, things_of, told_of
from isonomy.web.today.places import place_of_thing
from isonomy.web.viewer import Viewer, public

SHOWN_MAX = 60
_hashes: WeakKeyDictionary[Organisation, tuple[object, Hashes]] = WeakKeyDictionary()


def hashes_of(organisation: Organisation) -> Hashes:
    """The hashes of the record that a worker keeps at hand; with another record they begin anew."""
    record = organisation.stores.record
    found = _hashes.get(organisation)
    if found is None or found[0] is not record:
        found = _hashes[organisation] = (record, Hashes())
    return found[1]


@public
def record(request: HttpRequest) -> HttpResponse:
    """The entries, the newest first, as far as they match what is asked."""
    viewer: Viewer = request.viewer
    asked = Asked.of(request.GET)
    before = _number(request.GET.get("before", ""), "before")
    found = walk(viewer.organisation, viewer.standing.size, asked, before)
    shown = {
        "asked": asked, "told": [told_of(viewer, entry) for entry in found.entries], "walk": found,
        "older": asked.query(found.goes_on) if found.goes_on is not None else "", "is_first": before is None,
        "person_name": viewer.name(asked.person) if asked.person else "",
        "keeps_record": viewer.keeps("record"), "has_orders": viewer.is_member and has_orders(request.standing),
    }  # fmt: skip
    return render(request, "record/record.html", shown)


def _number(text: str, where: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) <= 15):
        raise BadInput(f"'{text[:20]}' is not the number of an entry", where, "write a whole number")
    return int(text)


def _entry(request: HttpRequest, number: int) -> bytes:
    """The bytes of an entry; raises `Http404` where there is none."""
    if not 0 <= number < request.standing.size:
        raise Http404
    return next(request.organisation.stores.record.read(number, number + 1))


def _head_size(request: HttpRequest, **_kwargs: object) -> int:
    head = request.organisation.stores.signer.last()
    return head.size if head is not None else 0


@public
@live_by(_head_size)
def entry(request: HttpRequest, number: int) -> HttpResponse:
    """One entry: in words, how its author is known, what rests on it, then bytes and proof."""
    viewer: Viewer = request.viewer
    data = _entry(request, number)
    raw = json.loads(data)
    state, size = viewer.standing.state, viewer.standing.size
    things = things_of(raw)
    corrections = [found for found in state.corrections.values() if found.entry == number]
    # A member is named by everything they do later; that list is the record's own page about them.
    persons = [thing for thing in things if thing in state.persons]
    later = naming(viewer.organisation, size, [thing for thing in things if thing not in persons], number)
    erased = [seal for seal in state.erased if seal in data.decode()]
    shown = {
        "told": told_of(viewer, raw), "raw": raw,
        "things": [(thing_said(viewer, thing), place_of_thing(state, thing)) for thing in things[:SHOWN_MAX]],
        "more_things": max(0, len(things) - SHOWN_MAX), "persons": persons[:3],
        "later": [told_of(viewer, found) for found in later], "corrections": corrections, "erased": erased,
        "bytes": json.dumps(raw, indent=2, ensure_ascii=False, sort_keys=True), "leaf": leaf_hash(data).hex(),
        "length": len(data), "is_signed": number < _head_size(request), "before": number - 1 if number else None,
        "after": number + 1 if number + 1 < size else None, "may_correct": viewer.is_member and bool(things),
        "may_erase": _has_name(raw) and may_erase(viewer, number, raw),
    }  # fmt: skip
    return render(request, "record/entry.html", shown)


def _has_name(raw: dict[str, object]) -> bool:
    return '"c":' in json.dumps(raw["act"], separators=(",", ":"))


def may_erase(viewer: Viewer, number: int, raw: dict[str, object]) -> bool:
    """Whether the viewer could have a personal value of an entry erased now."""
    return any(
        may(viewer, "erase", entry=number, commitment=sealed, ground="on request")
        for sealed in commitments_in(raw["act"])
    )


def commitments_in(value: object) -> list[str]:
    """The commitments to personal values that stand in an act, in base64."""
    if isinstance(value, dict):
        if set(value) == {"c"} and isinstance(value["c"], str):
            return [value["c"]]
        return [found for item in value.values() for found in commitments_in(item)]
    return [found for item in value for found in commitments_in(item)] if isinstance(value, list) else []


@public
@not_live
def receipt(request: HttpRequest, number: int) -> HttpResponse:
    """The proof that an entry stands in the record, under the last signed head (C2SP tlog-proof)."""
    _entry(request, number)
    data = receipt_of(request.organisation.stores, number, hashes_of(request.organisation)).to_bytes()
    return download(data, f"entry-{number}.tlog-proof", "text/plain; charset=utf-8")


@public
@not_live
def entry_bytes(request: HttpRequest, number: int) -> HttpResponse:
    """The bytes of an entry as they were hashed."""
    return download(_entry(request, number), f"entry-{number}.json", "application/json")


def download(data: bytes, name: str, kind: str) -> HttpResponse:
    """An answer that a browser keeps as a file."""
    answer = HttpResponse(data, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
