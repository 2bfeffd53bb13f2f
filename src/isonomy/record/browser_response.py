"""Browser responses: what `credential.toJSON()` sends after a passkey was made or used, read into the record's forms.

Lives here: the parts of the two responses that are needed. Not here: what is checked (`passkey`,
`passkey_registration`).

Invariant: a response gives the very bytes that the browser gave, or `BadInput`; what else the browser sends along (ids, kinds of
transport, results of extensions, a handle of the user) goes no further. Source: Web Authentication Level 3, section 5.1.
"""

from __future__ import annotations

from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.canonical import Json
from isonomy.record.assertion import AUTHENTICATOR_DATA_MAX, CLIENT_DATA_MAX, SIGNATURE_MAX, Assertion
from isonomy.record.base64_text import from_base64url
from isonomy.record.passkey_registration import Registration, read_registration

REGISTRATION_DATA_MAX = 4_096
"""Bytes of authenticator data with a key in it: an id of up to 1,023 bytes, the key, extensions."""

_CURE = "try again; if it stays so, another browser"


def read_used(raw: Json) -> Assertion:
    """The assertion in a response of `navigator.credentials.get`; raises `BadInput` for anything else."""
    response = _response(raw)
    found = Assertion(
        _bytes(response, "authenticatorData", AUTHENTICATOR_DATA_MAX),
        _bytes(response, "clientDataJSON", CLIENT_DATA_MAX),
        _bytes(response, "signature", SIGNATURE_MAX),
    )
    return Assertion.from_json(found.to_json(), "response")


def read_made(raw: Json, challenge: bytes, rp: str) -> Registration:
    """The new passkey in a response of `navigator.credentials.create` to this challenge; raises `BadInput`."""
    response = _response(raw)
    data = _bytes(response, "authenticatorData", REGISTRATION_DATA_MAX)
    return read_registration(data, _bytes(response, "clientDataJSON", CLIENT_DATA_MAX), challenge, rp)


def _response(raw: Json) -> dict[str, Json]:
    response = raw.get("response") if isinstance(raw, dict) else None
    if not isinstance(response, dict):
        raise BadInput("this is not what a browser gives for a passkey", "response", _CURE)
    return response


def _bytes(response: dict[str, Json], key: str, most: int) -> bytes:
    text = response.get(key)
    if not isinstance(text, str) or not text:
        raise BadInput(f"the browser gave no {key}", f"response.{key}", _CURE)
    if len(text) > 4 * -(-most // 3):
        raise BadInput(f"more than {most:,} bytes", f"response.{key}", _CURE)
    return from_base64url(text, f"response.{key}")
