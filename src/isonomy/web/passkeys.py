"""Signing an act in the browser: the exact bytes to be signed, and the proof that comes back.

Lives here: preparing an act for a passkey and taking the signed act back. Not here: checking the proof (`chamber`,
`record`), enrolling keys (`accounts`).

Invariant: what comes back is handed in as it was prepared, or not at all; the preparation is sealed with the site's key
and holds for one member and a quarter of an hour.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from isonomy.chamber.submit import Sent
from isonomy.kernel.canonical import Json


@dataclass(frozen=True)
class Proof:
    """A passkey's signature over a prepared act."""

    prepared: str
    assertion: str

    @classmethod
    def of(cls, request: HttpRequest) -> Proof | None:
        """The proof that came with a form, None where the act was not signed."""
        prepared, assertion = request.POST.get("prepared", ""), request.POST.get("assertion", "")
        return cls(prepared, assertion) if prepared and assertion else None


def signed_sent(proof: Proof, act: dict[str, Json]) -> Sent:
    """The signed act as it is sent; raises `BadInput` where the preparation is not this member's, or is too old."""
    raise NotImplementedError
