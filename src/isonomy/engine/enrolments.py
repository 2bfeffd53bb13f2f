"""Enrolments: the keys of members as they came in, and what each member is to be told of their own.

Lives here: words for a credential, and the news of keys since an entry. Not here: judging an enrolment
(`proceedings.keys`), sending mails.

Invariant: what is told is what the credential holds: kind, by whom, how far that author was known, and until when it
signs. Every enrolment and every revocation is news for the person whose key it is, whoever did it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from isonomy.engine.state import Credential, State

RESTS_ON = {
    "signed": "a key of the member's own",
    "attested": "the operator's word that the member had signed in",
    "console": "the word of whoever kept the roll",
}
"""What stands behind an act under a key, by the assurance that its credential keeps."""


@dataclass(frozen=True, slots=True)
class KeyNews:
    """That a key was enrolled or revoked by an entry, in words for the person whose key it is."""

    entry: int
    person: str
    credential: int
    says: str
    cure: str


def kind_of(credential: Credential) -> str:
    """What kind of key it is: `key file (Ed25519)`, `passkey for rowing.example (ES256)`."""
    return f"passkey for {credential.rp} ({credential.algorithm})" if credential.algorithm else "key file (Ed25519)"


def credentials_of(state: State, person: str = "") -> list[Credential]:
    """The credentials of a person, or of all, in the order of their numbers; revoked ones among them."""
    if person:
        return [state.credentials[number] for number in state.keys_of.get(person, ())]
    return list(state.credentials.values())


def news_of_keys(state: State, since: int) -> Iterator[KeyNews]:
    """What members are to be told of their keys from entry number `since` on, in the order of the entries."""
    found = []
    for credential in state.credentials.values():
        if credential.entry >= since:
            found.append(_enrolled(credential))
        if credential.revoked is not None and credential.revoked >= since:
            found.append(_revoked(credential))
    yield from sorted(found, key=lambda news: (news.entry, news.credential))


def _enrolled(credential: Credential) -> KeyNews:
    by = "by yourself" if credential.enrolled_by == credential.person else f"by {credential.enrolled_by}"
    says = (
        f"A {kind_of(credential)} was enrolled in your name {by}. It is key {credential.number} of the record. "
        f"Acts signed with it rest on {RESTS_ON.get(credential.assurance, credential.assurance)}."
    )
    cure = f"If it is not yours, have key {credential.number} revoked, and say so to the members."
    return KeyNews(credential.entry, credential.person, credential.number, says, cure)


def _revoked(credential: Credential) -> KeyNews:
    assert credential.revoked is not None
    says = f"Your key {credential.number}, a {kind_of(credential)}, was revoked. What it signed before stands."
    cure = "If you did not want that, enrol another key, and say so to the members."
    return KeyNews(credential.revoked, credential.person, credential.number, says, cure)
