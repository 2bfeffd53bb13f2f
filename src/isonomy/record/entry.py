"""Entries: the envelope around an accepted act, as it stands in the record for good.

Lives here: the shape of an entry, its bytes, and strict reading. Not here: what acts and effects mean
(`engine`), whether the author signed (`signature`, `passkey`), where entries are kept (adapters).

Invariant: `Entry.from_bytes(data).to_bytes() == data`; an entry has exactly these twelve keys; `at` and
`local` name the same instant; a refusal is never an entry. Only accepted acts enter the record, so that
`verdict` is always "accepted".

    {"act":{...},"at":"2027-03-05T18:12:03Z","auth":{"credential":17,"kind":"signed","proof":"..."},"clauses":["4"],
     "effects":[{...}],"irregularities":[],"local":"2027-03-05T19:12:03+01:00","n":42,"semantics":1,"untold":[],"v":1,
     "verdict":"accepted"}
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from isonomy.kernel.bad_input import BadInput, did_you_mean
from isonomy.kernel.canonical import INTEGER_MAX, Json, canonical_bytes, parse_canonical
from isonomy.record.assertion import Assertion
from isonomy.record.bundle import ENTRY_SIZE_MAX

VERSION = 1
ACCEPTED = "accepted"
SIGNED, ATTESTED, CONSOLE = "signed", "attested", "console"
"""How the author is known: by a key, by a login (the operator's word), or as entered by a keeper of minutes."""

_LISTS = ("effects", "irregularities", "untold")
_KEYS = frozenset({"act", "at", "auth", "clauses", "local", "n", "semantics", "v", "verdict", *_LISTS})
_AUTH_KEYS = {
    SIGNED: (frozenset({"kind", "credential", "proof"}),),
    # Records of the first release may name an account; it is read, and written no longer.
    ATTESTED: (frozenset({"kind"}), frozenset({"kind", "account"})),
    CONSOLE: (frozenset({"kind"}),),
}
_AT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_LOCAL = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?!-00:00)[+-][0-9]{2}:[0-9]{2}")
_PROOF = re.compile(r"[A-Za-z0-9+/]{85}[AQgw]==")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its number, its time, the act, how its author is known, and what it brought about.

    `n` counts from 0. `at` is UTC, `local` the civil date-time with its offset. `auth`, `act`, `effects`,
    `irregularities` and `untold` are JSON objects to be read, never changed. `untold` lists the tests that
    cannot be told because a fact is unknown; they are not irregularities.
    """

    n: int
    semantics: int
    at: str
    local: str
    act: Mapping[str, Any]
    auth: Mapping[str, Any]
    clauses: tuple[str, ...] = ()
    effects: tuple[Mapping[str, Any], ...] = ()
    irregularities: tuple[Mapping[str, Any], ...] = ()
    untold: tuple[Mapping[str, Any], ...] = ()

    @classmethod
    def from_bytes(cls, data: bytes, where: str = "entry") -> Entry:
        """The entry with these bytes; raises `BadInput` naming the key that is not in form."""
        if len(data) > ENTRY_SIZE_MAX:
            raise BadInput(f"an entry of {len(data)} bytes", where, f"at most {ENTRY_SIZE_MAX}")
        try:
            return cls.from_json(parse_canonical(data), where)
        except BadInput as fault:
            if fault.where.startswith(where):
                raise
            raise fault.at(where) from fault

    @classmethod
    def from_json(cls, raw: Json, where: str = "entry") -> Entry:
        """The entry that a JSON object describes; raises `BadInput` naming the key that is not in form."""
        if type(raw) is not dict or raw.keys() != _KEYS:
            raise _wrong_keys(raw, _KEYS, where)
        n, semantics, at, local = raw["n"], raw["semantics"], raw["at"], raw["local"]
        if type(n) is not int or not 0 <= n <= INTEGER_MAX:
            raise BadInput("an entry's number counts from 0", f"{where}: n")
        if type(raw["v"]) is not int or raw["v"] != VERSION:
            raise BadInput("entries of this version are not known here", f"{where}: v", "use a newer program")
        if type(semantics) is not int or not 1 <= semantics <= INTEGER_MAX:
            raise BadInput("the number of the decision semantics counts from 1", f"{where}: semantics")
        if raw["verdict"] != ACCEPTED:
            raise BadInput("only accepted acts are entries", f"{where}: verdict")
        _check_times(at, local, where)
        act = raw["act"]
        if type(act) is not dict:
            raise BadInput("an act is a JSON object", f"{where}: act")
        _check_auth(raw["auth"], where)
        clauses = raw["clauses"]
        if type(clauses) is not list:
            raise BadInput("clauses are a list of texts", f"{where}: clauses")
        for clause in clauses:
            if type(clause) is not str:
                raise BadInput("clauses are a list of texts", f"{where}: clauses")
        lists = []
        for key in _LISTS:
            items = raw[key]
            if type(items) is not list:
                raise BadInput(f"{key} are a list of JSON objects", f"{where}: {key}")
            for item in items:
                if type(item) is not dict:
                    raise BadInput(f"{key} are a list of JSON objects", f"{where}: {key}")
            lists.append(tuple(items))
        return cls(n, semantics, at, local, act, raw["auth"], tuple(clauses), *lists)

    def to_json(self) -> dict[str, Json]:
        """The entry as a JSON object."""
        return {
            "act": self.act,
            "at": self.at,
            "auth": self.auth,
            "clauses": list(self.clauses),
            "effects": list(self.effects),
            "irregularities": list(self.irregularities),
            "local": self.local,
            "n": self.n,
            "semantics": self.semantics,
            "untold": list(self.untold),
            "v": VERSION,
            "verdict": ACCEPTED,
        }

    def to_bytes(self) -> bytes:
        """The bytes of the entry, which its leaf hash is over; raises `BadInput` for what is not in form."""
        where = f"entry {self.n}"
        data = canonical_bytes(self.to_json())
        if len(data) > ENTRY_SIZE_MAX:
            raise BadInput(
                f"an entry of {len(data)} bytes",
                where,
                f"at most {ENTRY_SIZE_MAX}; put a long text beside the record",
            )
        Entry.from_json(self.to_json(), where)
        return data


def signed_by(credential: int, proof: Json) -> dict[str, Json]:
    """The author is known by a key: the number of the enrolled key, and its signature in base64 or its assertion."""
    return {"kind": SIGNED, "credential": credential, "proof": proof}


def attested() -> dict[str, Json]:
    """The author is known by a login; it rests on the operator's word, and which account it was stays outside."""
    return {"kind": ATTESTED}


def attested_by(account: str) -> dict[str, Json]:
    """A login with its account, as entries of the first release hold it; read still, written no longer."""
    return {"kind": ATTESTED, "account": account}


def at_console() -> dict[str, Json]:
    """The act was entered by a person entitled to keep minutes or to report."""
    return {"kind": CONSOLE}


@lru_cache(maxsize=4096)
def _times_fault(at: str, local: str) -> tuple[str, str, str] | None:
    """What is wrong with the two times of an entry (what, key, cure); None when they name one instant.

    Kept for the texts seen last, because entries of one moment follow each other.
    """
    if not _AT.fullmatch(at):
        return "not an instant in UTC", "at", "write it as 2027-03-05T18:12:03Z"
    if not _LOCAL.fullmatch(local):
        return "not a local time with offset", "local", "write it as 2027-03-05T19:12:03+01:00"
    try:
        if datetime.fromisoformat(at) == datetime.fromisoformat(local):
            return None
    except ValueError:
        return "there is no such date or time", "at, local", ""
    return "local is not the same instant as at", "local", "local minus its offset is at"


def _check_times(at: Json, local: Json, where: str) -> None:
    for key, value in (("at", at), ("local", local)):
        if type(value) is not str:
            raise BadInput("a time is a text", f"{where}: {key}")
    fault = _times_fault(at, local)
    if fault is not None:
        raise BadInput(fault[0], f"{where}: {fault[1]}", fault[2])


def _check_auth(auth: Json, where: str) -> None:
    kind = auth.get("kind") if type(auth) is dict else None
    keys = _AUTH_KEYS.get(kind) if type(kind) is str else None
    if keys is None:
        cure = "one of signed, attested, console"
        raise BadInput("it is not said how the author is known", f"{where}: auth.kind", cure)
    if auth.keys() not in keys:
        raise _wrong_keys(auth, keys[-1], f"{where}: auth")
    if kind == SIGNED:
        credential, proof = auth["credential"], auth["proof"]
        if type(credential) is not int or not 0 <= credential <= INTEGER_MAX:
            raise BadInput("a credential is a number", f"{where}: auth.credential")
        if type(proof) is dict:
            Assertion.from_json(proof, f"{where}: auth.proof")
        elif type(proof) is not str or not _PROOF.fullmatch(proof):
            raise BadInput("a proof is the base64 of 64 bytes, or an assertion", f"{where}: auth.proof")
    elif "account" in auth and (type(auth["account"]) is not str or not 0 < len(auth["account"]) <= 200):
        raise BadInput("an account is a text of 1 to 200 characters", f"{where}: auth.account")


def _wrong_keys(raw: Json, keys: frozenset[str], where: str) -> BadInput:
    if type(raw) is not dict:
        return BadInput("a JSON object is asked for", where)
    for key in sorted(raw.keys() - keys):
        return BadInput(f"'{key[:60]}' is not a key here", where, did_you_mean(key[:60], sorted(keys)))
    return BadInput(f"the key '{min(keys - raw.keys())}' is missing", where, "keys: " + ", ".join(sorted(keys)))
