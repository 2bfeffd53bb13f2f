"""Verify it yourself: the record as files, the log's key, signed heads, and comparing what somebody kept.

Lives here: this page and its downloads. Not here: what an export holds (`chamber.exporting`), judging a copy (`isonomy verify`,
which needs nothing of this site).

Invariant: what is downloaded is made by the same road as `isonomy export` and is under the log's signature; one export is made at
a time. A comparison here is a convenience: whoever does not trust the operator makes it on a machine of their own.
"""

from __future__ import annotations

import io
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views import View

from isonomy.adapters.folder import stores_of
from isonomy.adapters.system import instant_in
from isonomy.chamber.exporting import Export
from isonomy.chamber.loading import load
from isonomy.chamber.ports import MEMBERS, PUBLIC, StoreFault
from isonomy.documents.files_for_readers import files_for_readers
from isonomy.kernel.bad_input import BadInput, did_you_mean
from isonomy.record.base64_text import to_base64
from isonomy.record.checkpoint import Checkpoint, open_checkpoint
from isonomy.record.receipt import open_receipt, read_receipt
from isonomy.record.tree import root_at
from isonomy.web.live import not_live
from isonomy.web.record.views import download, hashes_of
from isonomy.web.viewer import Viewer, public

UPLOAD_MAX = 300_000
AGREES, DIFFERS, OTHER, OLDER = "agrees", "differs", "other", "older"
_making = threading.Lock()
WAITS_SECONDS = 20.0


def audiences_for(viewer: Viewer) -> list[str]:
    """For whom the viewer may have an export: the public's for everybody, the members' for members."""
    return [PUBLIC, MEMBERS] if viewer.is_member else [PUBLIC]


@dataclass(frozen=True)
class Compared:
    """What became of a comparison: how it stands, in words, and the entry and head it was about."""

    standing: str
    says: str
    size: int = 0
    entry: int | None = None


@public
@not_live
class Verify(View):
    """How anybody verifies the record, and comparing a head or receipt that was kept."""

    def get(
        self, request: HttpRequest, compared: Compared | None = None, fault: BadInput | None = None
    ) -> HttpResponse:
        """Shows the head, the key, the downloads, the commands."""
        signer = request.organisation.stores.signer
        head = signer.last()
        shown = {
            "head": head, "root": to_base64(head.root) if head is not None else "", "vkey": signer.key.text(),
            "audiences": audiences_for(request.viewer), "compared": compared, "fault": fault, "form": None,
            "name": archive_name(request, PUBLIC), "members_name": archive_name(request, MEMBERS),
        }  # fmt: skip
        return render(request, "record/verify.html", shown, status=422 if fault else 200)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Compares what was kept: a receipt or a signed head, as a file or as text."""
        given = request.FILES.get("kept")
        data = (
            given.read(UPLOAD_MAX + 1)
            if given is not None
            else request.POST.get("text", "").replace("\r\n", "\n").encode()
        )
        try:
            if not data.strip():
                raise BadInput(_("nothing was given to compare"), "", _("choose the file, or paste its text"))
            if len(data) > UPLOAD_MAX:
                raise BadInput(
                    _("this is too large to be a receipt or a signed head"), "", _("choose the file named checkpoint")
                )
            return self.get(request, compare(request, data if data.endswith(b"\n") else data + b"\n"))
        except BadInput as fault:
            return self.get(request, fault=fault)


def compare(request: HttpRequest, data: bytes) -> Compared:
    """Holds a receipt or a signed head against this record; raises `BadInput` for what is neither, or not of its key."""
    organisation = request.organisation
    signer = organisation.stores.signer
    if data.startswith(b"c2sp.org/tlog-proof"):
        receipt = read_receipt(data)
        head = open_receipt(receipt, signer.key)[0]
        return _held_against(request, head, receipt.index, receipt.entry)
    return _held_against(request, open_checkpoint(data, signer.key)[0], None, None)


def _held_against(request: HttpRequest, head: Checkpoint, index: int | None, entry: bytes | None) -> Compared:
    organisation = request.organisation
    own = organisation.stores.signer.last()
    size = own.size if own is not None else 0
    if head.size > size:
        says = _("This head covers %(kept)s entries, and the record here has only %(here)s. "
            "Entries that were signed are missing. Keep your file and show it to others.")  # fmt: skip
        return Compared(OLDER, says % {"kept": head.size, "here": size}, head.size, index)
    hashes = hashes_of(organisation)
    hashes.reach(organisation.stores.record, size)
    if root_at(head.size, hashes.at) != head.root:
        says = _("The first %(size)s entries here are not those that were signed in your file. "
            "Two records were signed with one key. Keep your file and show it to others.")  # fmt: skip
        return Compared(DIFFERS, says % {"size": head.size}, head.size, index)
    if index is not None:
        says = _(
            "Your entry %(entry)s stands in the record, unaltered, and so do all %(size)s entries of your receipt's head."
        )
        return Compared(AGREES, says % {"entry": index, "size": head.size}, head.size, index)
    says = _("The first %(size)s entries here are those of your head, unaltered.")
    return Compared(AGREES, says % {"size": head.size}, head.size)


# -- downloads


@public
@not_live
def key(request: HttpRequest) -> HttpResponse:
    """The log's verifier key."""
    return download(
        request.organisation.stores.signer.key.text().encode() + b"\n", "log.vkey", "text/plain; charset=utf-8"
    )


@public
@not_live
def checkpoint(request: HttpRequest) -> HttpResponse:
    """The last signed head."""
    note = request.organisation.stores.signer.last_note()
    if note is None:
        raise StoreFault("no head of this record was signed yet", "signer", "ask again in a moment")
    return download(note, "checkpoint", "text/plain; charset=utf-8")


def archive_name(request: HttpRequest, audience: str) -> str:
    """The folder in an archive, and its name: `rowing-club-public`."""
    return f"{slugify(request.standing.state.name)[:60] or 'record'}-{audience}"


@public
@not_live
def export(request: HttpRequest) -> HttpResponse:
    """The whole record as one audience may see it, as a ZIP archive that grows while it is sent."""
    audience = request.GET.get("for", PUBLIC)
    allowed = audiences_for(request.viewer)
    if audience not in allowed:
        raise BadInput(f"there is no export for '{audience[:20]}' here", "for", did_you_mean(audience, allowed))
    if _making.locked():
        fault = BadInput(_("another export is being made just now"), "", _("try again in a minute"))
        answer = render(request, "design/answer.html", {"title": _("Not just now"), "fault": fault}, status=429)
        answer["Retry-After"] = "60"
        return answer
    name = archive_name(request, audience)
    pieces = _archive(settings.ISONOMY_FOLDER, audience, name)
    sending = StreamingHttpResponse(pieces, content_type="application/zip")
    sending["Content-Disposition"] = f'attachment; filename="{name}.zip"'
    return sending


class _Pipe(io.RawIOBase):
    """Where an archive is written to: what was written since the last look."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        """It is written to, and never wound back."""
        return True

    def write(self, data: Any) -> int:
        """Takes bytes."""
        self._parts.append(bytes(data))
        return len(data)

    def take(self) -> bytes:
        """What was written since the last time."""
        found = b"".join(self._parts)
        self._parts.clear()
        return found


def _archive(folder: Any, audience: str, name: str) -> Iterator[bytes]:
    """The export as a ZIP archive, piece by piece, from stores of its own; one after the other."""
    if not _making.acquire(timeout=WAITS_SECONDS):
        raise StoreFault("another export is being made", "", "try again in a minute")
    stores = None
    try:
        stores = stores_of(folder, writing=False)
        made = Export(stores, audience)
        state = load(stores.record.read(0, made.head.size), None).state
        pipe = _Pipe()
        with zipfile.ZipFile(cast("IO[bytes]", pipe), "w", zipfile.ZIP_DEFLATED) as archive:
            for path, data in made.files(files_for_readers(state, instant_in(state.time_zone))):
                archive.writestr(zipfile.ZipInfo(f"{name}/{path}", (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
                yield pipe.take()
        yield pipe.take()
    finally:
        if stores is not None:
            stores.close()
        _making.release()
