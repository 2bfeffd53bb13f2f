"""Signing an act in the browser: the exact bytes to be signed, and the proof that comes back.

Lives here: preparing an act for a passkey and taking the signed act back. Not here: checking the proof (`chamber`,
`record`), enrolling keys (`accounts.passkey_pages`).

Invariant: what comes back is handed in as it was prepared, or not at all; a preparation is sealed with the site's key and
holds for one member and a quarter of an hour.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.utils.translation import gettext as _

from isonomy.adapters.system import SystemEntropy
from isonomy.chamber.completing import sealed
from isonomy.chamber.ports import Kept
from isonomy.chamber.submit import Sent
from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.canonical import Json
from isonomy.record.base64_text import from_base64, to_base64, to_base64url
from isonomy.record.browser_response import read_used
from isonomy.record.commitment import SALT_SIZE, Opening
from isonomy.record.signature import act_challenge
from isonomy.web.accounts.models import SigningKey

if TYPE_CHECKING:
    from isonomy.web.viewer import Viewer

SALT = "isonomy prepared act"
GOOD_FOR_SECONDS = 900


def site_host() -> str:
    """The host that passkeys are bound to here, "" where browsers allow none (an address in figures)."""
    host = urlsplit(settings.ISONOMY_URL).hostname or ""
    return "" if ":" in host or host.replace(".", "").isdigit() else host


def signing_keys(viewer: Viewer) -> list[SigningKey]:
    """The viewer's passkeys that may sign acts here and now."""
    credentials = viewer.standing.state.credentials
    found = SigningKey.objects.filter(person=viewer.person, host=site_host()) if viewer.person and site_host() else []
    return [key for key in found if key.number in credentials and credentials[key.number].revoked is None]


@dataclass(frozen=True)
class Proof:
    """A passkey's signature over a prepared act, as the browser sent it."""

    prepared: str
    assertion: str

    @classmethod
    def of(cls, request: HttpRequest) -> Proof | None:
        """The proof that came with a form, None where the act was not signed."""
        prepared, assertion = request.POST.get("prepared", ""), request.POST.get("assertion", "")
        return cls(prepared, assertion) if prepared and assertion else None


def prepare(viewer: Viewer, act: dict[str, Json]) -> dict[str, Any]:
    """What the browser needs to sign an act: challenge, host, keys, and the sealed preparation to send back."""
    keys = signing_keys(viewer)
    if not keys:
        raise BadInput(_("no passkey of yours may sign acts here"), "", _("add one under your keys"))
    whole, kept = sealed(act, lambda place: SystemEntropy().draw(SALT_SIZE))
    held = {"by": viewer.person, "act": whole, "kept": [_kept_json(item) for item in kept]}
    return {
        "challenge": to_base64url(act_challenge(whole)),
        "rpId": site_host(),
        "allowCredentials": [{"type": "public-key", "id": key.credential_id} for key in keys],
        "userVerification": "preferred",
        "timeout": 120_000,
        "prepared": signing.dumps(held, salt=SALT, compress=True),
    }


def signed_sent(viewer: Viewer, proof: Proof, act: dict[str, Json]) -> Sent:
    """The signed act as it is sent; raises `BadInput` where the preparation is not this member's, or is too old."""
    again = _("sign it once more")
    try:
        held = signing.loads(proof.prepared, salt=SALT, max_age=GOOD_FOR_SECONDS)
        response = json.loads(proof.assertion)
    except (signing.BadSignature, ValueError) as fault:
        raise BadInput(_("the signature took too long, or is not of this page"), "", again) from fault
    whole = held["act"]
    if held["by"] != viewer.person or (whole["id"], whole["act"]) != (act.get("id"), act.get("act")):
        raise BadInput(_("another act was signed than the one that was sent"), "", again)
    used = response.get("id") if isinstance(response, dict) else None
    key = next((found for found in signing_keys(viewer) if found.credential_id == used), None)
    if key is None:
        raise BadInput(_("it was signed with a passkey that is not enrolled here"), "", _("use one of your keys"))
    auth = {"kind": "signed", "credential": key.number, "proof": read_used(response).to_json()}
    return Sent(whole, auth, tuple(_read_kept(item) for item in held["kept"]))


def _kept_json(kept: Kept) -> list[str]:
    opening = kept.opening
    return [to_base64(opening.commitment), opening.label, to_base64(opening.salt), opening.value or "", kept.audience]


def _read_kept(raw: list[str]) -> Kept:
    sealed_as, label, salt, value, audience = raw
    return Kept(Opening(from_base64(sealed_as), label, from_base64(salt), value), audience)
