"""Key files: the private key by which a member signs acts.

Lives here: making and reading the file that `--key` names. Not here: enrolling the key (the act `key.enrol`),
signing (`record`).

Invariant: the file can be read by its owner alone, and nothing of the private half is ever shown in a
message.

    {"isonomy":"member key v1","log":"branch-one.3f9c....invalid","person":"p-7q2k","private":"...","public":"..."}
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from isonomy.adapters.durable import disk, write_whole
from isonomy.chamber.ports import StoreFault
from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.canonical import Json, canonical_bytes, parse_json
from isonomy.kernel.ids import is_person_id
from isonomy.record.base64_text import from_base64, to_base64
from isonomy.record.signature import KEY_SIZE, lot_secret, public_key_of, sign_act

FORM = "member key v1"
_KEYS = ("isonomy", "log", "person", "private", "public")


@dataclass(frozen=True, slots=True)
class MemberKey:
    """A member's key: whose it is, in which log, and its private half (never printed)."""

    person: str
    log: str
    seed: bytes = field(repr=False)

    @property
    def public(self) -> str:
        """The public half in base64, as the act `key.enrol` takes it."""
        return to_base64(public_key_of(self.seed))

    def lot_secret(self, act_id: str) -> str:
        """The secret of the lot that its owner publishes with an act, 32 bytes in base64."""
        return lot_secret(self.seed, self.log, act_id)

    def auth(self, act: Json) -> dict[str, Json]:
        """How the author of an act signed with this key is known; the chamber finds the credential's number."""
        return {"kind": "signed", "proof": sign_act(self.seed, act)}


def write_key(path: Path, key: MemberKey) -> None:
    """Writes a key file that its owner alone can read; raises `StoreFault` where there is a file already."""
    if path.exists():
        raise StoreFault("there is a file already", str(path), "choose another name; a key is not overwritten")
    shown = {
        "isonomy": FORM,
        "log": key.log,
        "person": key.person,
        "private": to_base64(key.seed),
        "public": key.public,
    }
    write_whole(path, canonical_bytes(shown) + b"\n", 0o600)


def read_key(path: Path) -> MemberKey:
    """The key of a file; raises `BadInput` for any other file, never quoting it."""
    with disk(path):
        data = path.read_bytes()[:10_000]
    try:
        raw = parse_json(data)
    except BadInput as fault:
        raise _not_a_key(path) from fault
    if not isinstance(raw, dict) or sorted(raw) != sorted(_KEYS) or raw["isonomy"] != FORM:
        raise _not_a_key(path)
    if not all(isinstance(raw[name], str) for name in _KEYS) or not is_person_id(raw["person"]):
        raise _not_a_key(path)
    key = MemberKey(raw["person"], raw["log"], from_base64(raw["private"], f"{path}: private", KEY_SIZE))
    if key.public != raw["public"]:
        raise BadInput("the two halves of the key do not belong together", str(path), "copy the key file again, whole")
    return key


def _not_a_key(path: Path) -> BadInput:
    return BadInput("this is not a member's key file", str(path), "give the file that was made with the key")
