"""Writes the vectors of this folder (`python -m conformance.passkeys.make_vectors`).

Lives here: proofs of passkeys that vouch for an act and proofs that do not, and COSE keys with their form in the record.
Not here: what is checked (`isonomy.record.passkey`), the software authenticator (`tests.record.authenticator`).

Invariant: running it again changes no byte; a test says so. Keys are derived from names and protect nothing; ECDSA
signatures are those of RFC 6979.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from conformance.record.make_vectors import text_of
from isonomy.kernel.canonical import canonical_bytes
from isonomy.record.assertion import Assertion
from isonomy.record.base64_text import to_base64
from isonomy.record.passkey import EDDSA, ES256
from isonomy.record.signature import act_challenge
from tests.record.authenticator import BACKED_UP, BROWSERS, PRESENT, VERIFIED, Authenticator, rewritten

FOLDER = Path(__file__).parent
RP = "association.example"
ACT = {
    "act": "motion.move",
    "body": "committee",
    "by": "p-7q2k",
    "id": "5f0d" * 8,
    "log": "example-association.conformance.invalid",
    "text": "Buy a boat.",
    "until": "2027-03-05T20:00:00Z",
}
CHALLENGE = act_challenge(ACT)


def device(algorithm: str = ES256, browser: str = "chrome") -> Authenticator:
    """The passkey of the vectors; each use begins with its counter at 1."""
    return Authenticator(f"conformance {algorithm}", RP, algorithm, browser=browser)


def fitting() -> dict[str, tuple[Authenticator, Assertion]]:
    """Proofs that vouch for the act."""
    found = {}
    for algorithm in (ES256, EDDSA):
        for browser in BROWSERS:
            made = device(algorithm, browser)
            found[f"{algorithm}, client data as {browser} writes them"] = (made, made.assertion(CHALLENGE))
    made = device()
    found["user present, not verified"] = (made, made.assertion(CHALLENGE, flags=PRESENT))
    made = device()
    found["another port of the host"] = (made, made.assertion(CHALLENGE, origin=f"https://{RP}:8443"))
    made = device()
    extended = made.assertion(CHALLENGE, flags=PRESENT | 0x80, rest=b"\xa1\x63abc\xf5")
    found["with extension data"] = (made, extended)
    made = device()
    added = rewritten(made.client_data(CHALLENGE), added={"x": [1, None]})
    found["with a key that is not known"] = (made, made.assertion(CHALLENGE, client_data=added))
    return found


def misfitting() -> dict[str, tuple[Authenticator, Assertion]]:
    """Proofs that do not vouch for the act; all but the last five are signed by the passkey as they stand."""
    plain = device().client_data(CHALLENGE)
    others: dict[str, dict[str, Any]] = {
        "type of a registration": {"ceremony": "webauthn.create"},
        "another site": {"origin": "https://evil.example"},
        "a host below the one enrolled": {"origin": f"https://blog.{RP}"},
        "http": {"origin": f"http://{RP}"},
        "hash of another host": {"rp": "evil.example"},
        "nobody at the device": {"flags": VERIFIED},
        "backed up, though it cannot be": {"flags": PRESENT | BACKED_UP},
        "a key among the authenticator data": {"flags": PRESENT | 0x40},
        "extensions announced that are not there": {"flags": PRESENT | 0x80},
        "bytes that are not announced": {"rest": b"\xa0"},
        "inside another site's page": {"client_data": rewritten(plain, crossOrigin=True)},
        "with the origin of an outer page": {"client_data": rewritten(plain, topOrigin="https://evil.example")},
        "challenge with padding": {"client_data": rewritten(plain, challenge=to_base64(CHALLENGE))},
        "a key that stands twice": {"client_data": plain[:-1] + b',"type":"webauthn.get"}'},
        "client data with a byte order mark": {"client_data": b"\xef\xbb\xbf" + plain},
    }
    found = {}
    for name, other in others.items():
        made = device()
        found[name] = (made, made.assertion(CHALLENGE, **other))
    made = device()
    found["for another act"] = (made, made.assertion(act_challenge(ACT | {"text": "Buy a barge."})))
    good = device().assertion(CHALLENGE)
    signature = good.signature
    r, s = decode_dss_signature(signature)
    for name, changed in {
        "a bit of the signature": {"signature": signature[:-1] + bytes([signature[-1] ^ 1])},
        "signature as r and s without DER": {"signature": r.to_bytes(32, "big") + s.to_bytes(32, "big")},
        "length of DER in the long form": {"signature": b"\x30\x81" + signature[1:]},
        "counter": {"authenticator_data": good.authenticator_data[:-1] + b"\x02"},
        "a space in the client data": {"client_data": good.client_data[:-1] + b" }"},
    }.items():
        found[name] = (device(), replace(good, **changed))
    return found


def vectors() -> dict[str, Any]:
    """Every file of this folder that is made, by name."""
    rows = [
        {"name": name, "vouches": vouches, "passkey": made.enrolment(), "proof": proof.to_json()}
        for vouches, proofs in ((True, fitting()), (False, misfitting()))
        for name, (made, proof) in proofs.items()
    ]
    keys = [
        {"cose": to_base64(device(algorithm).cose()), "passkey": device(algorithm).enrolment()}
        for algorithm in (ES256, EDDSA)
    ]
    return {
        "assertions.json": {
            "act": ACT,
            "canonical": canonical_bytes(ACT).decode(),
            "challenge": to_base64(CHALLENGE),
            "rows": rows,
        },
        "keys.json": keys,
    }


if __name__ == "__main__":
    for name, value in vectors().items():
        (FOLDER / name).write_text(text_of(value), encoding="utf-8")
