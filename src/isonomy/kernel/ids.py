"""Identifiers: the forms of names by which acts point at things.

Lives here: the checking of forms and the naming of proceedings. Not here: drawing random numbers (clients draw act and
person ids; the chamber offers to).

Invariant: an id never carries a personal value. Persons and acts have random ids; a proceeding is named after the entry
that opened it (`mt-42`), so that replaying the record names everything the same; bodies, offices and units bear the slugs
that the rulebook or the founding act gives them.
"""

from __future__ import annotations

import re

from isonomy.kernel.bad_input import BadInput

_ACT = re.compile(r"[0-9a-f]{32}")
_PERSON = re.compile(r"p-[a-z0-9]{4,32}")
_SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_SEAT = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*(@[a-z][a-z0-9]*(-[a-z0-9]+)*)?")
NAME_LENGTH_MAX = 64

PROCEEDINGS = {
    "mt": "meeting", "mo": "motion", "po": "poll", "de": "decision", "ca": "call on demand", "rp": "report",
    "ed": "edition", "cr": "correction", "ma": "mandate",
    "pr": "protest", "el": "election", "ap": "appeal", "ru": "ruling", "op": "part of the opening balance",
    "am": "amendment", "in": "instruction", "cn": "condition", "tg": "target",
    "cf": "confirmation", "sh": "sharing out of delegates", "lo": "lot for seats",
    "ct": "criticism", "di": "disagreement", "co": "commission", "vi": "view",
    "em": "emergency", "dl": "delegation",
    "rv": "removal", "pe": "petition",
    "tx": "sealed text", "pb": "publication", "pp": "paper", "cs": "closed session",
    "pm": "payment", "ac": "accounts", "st": "contest of a standing", "tf": "transfer",
    "oo": "order from outside", "jo": "joining of two ids",
}  # fmt: skip
_PROCEEDING = re.compile(f"({'|'.join(PROCEEDINGS)})-(0|[1-9][0-9]{{0,14}})")


def is_act_id(text: str) -> bool:
    """32 lower-case hex digits: 128 random bits drawn by the client."""
    return _ACT.fullmatch(text) is not None


def is_person_id(text: str) -> bool:
    """`p-` and 4 to 32 letters or digits, drawn at random."""
    return _PERSON.fullmatch(text) is not None


def is_slug(text: str) -> bool:
    """Lower-case words joined by hyphens, as bodies, offices, units and matters are named."""
    return len(text) <= NAME_LENGTH_MAX and _SLUG.fullmatch(text) is not None


def is_seat_name(text: str) -> bool:
    """A body or office, with its unit where it stands in each unit: `committee`, `branch-secretary@north`."""
    return len(text) <= 2 * NAME_LENGTH_MAX and _SEAT.fullmatch(text) is not None


def is_proceeding_id(text: str) -> bool:
    """The kind of proceeding and the number of the entry that opened it: `mt-42`."""
    return _PROCEEDING.fullmatch(text) is not None


def proceeding_id(kind: str, entry: int) -> str:
    """The id of the proceeding that entry number `entry` opened; `kind` is one of `PROCEEDINGS`."""
    if kind not in PROCEEDINGS:
        raise ValueError(f"no such kind of proceeding: {kind}")
    return f"{kind}-{entry}"


def slug(words: str) -> str:
    """The slug of a name in words: `members' meeting` gives `members-meeting`; raises `BadInput` when none is left."""
    found = re.sub(r"[^a-z0-9]+", "-", words.strip().lower().replace("'", "").replace("\u2019", "")).strip("-")
    if not found or not found[0].isalpha():
        raise BadInput(f"'{words}' cannot be made a name", "", "begin with a letter from a to z")
    return found[:NAME_LENGTH_MAX].rstrip("-")
