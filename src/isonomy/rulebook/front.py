"""The front matter: whose rulebook, in which language and time zone, which edition, of what standing.

Lives here: its keys and their forms. Not here: whether a time zone exists (the chamber asks the zone
database).

Invariant: what is missing, unknown, double or malformed is a finding with its line.
"""

from __future__ import annotations

import re
from datetime import date

from isonomy.kernel.bad_input import did_you_mean
from isonomy.rulebook import readings as read
from isonomy.rulebook.findings import Misreading, Notebook, shown
from isonomy.rulebook.model import Front
from isonomy.rulebook.passage import Passage
from isonomy.rulebook.surface import Entry, Surface
from isonomy.rulebook.vocabulary import FRONT_MAY, FRONT_NEEDS
from isonomy.rulebook.words import LANGUAGES

STATUSES = ("adopted", "draft", "model")
_ZONE = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+){0,2}")


def read_front(surface: Surface, notes: Notebook) -> Front:
    """The front matter of an edition; empty texts stand where something is missing."""
    known = [*FRONT_NEEDS, *FRONT_MAY]
    found: dict[str, Entry] = {}
    for entry in surface.front:
        key = entry.key.text
        if key not in known:
            what = f"'{shown(key)}' is not known in the front matter"
            notes.add("unknown-key", what, entry.key, cure=did_you_mean(key, known))
        elif key in found:
            what = f"'{key}' stands twice in the front matter (first on line {found[key].key.line})"
            notes.add("double-key", what, entry.key, cure="keep one of them")
        else:
            found[key] = entry
    # Without any front matter the scan has said so already.
    for key in FRONT_NEEDS if surface.front_line else ():
        if key not in found:
            what = f"the front matter does not say '{key}'"
            notes.add("missing-key", what, surface.front_line, cure=f"add a line {key}: ...")

    def text(key: str) -> str:
        if key not in found:
            return ""
        try:
            return _READERS.get(key, read.words)(found[key].value)
        except Misreading as fault:
            notes.misread(fault, "")
            return ""

    def day(key: str) -> date | None:
        if key not in found:
            return None
        try:
            return read.civil_date(found[key].value)
        except Misreading as fault:
            notes.misread(fault, "")
            return None

    return Front(
        organisation=text("organisation"), language=text("language"), time_zone=text("time zone"),
        edition=text("edition"), status=text("status"), in_force_from=day("in force from"),
        adopted_by=text("adopted by"), source=text("source"),
    )  # fmt: skip


def _language(passage: Passage) -> str:
    if passage.text not in LANGUAGES:
        raise read.form(passage, "a language whose words are known", f"known here: {', '.join(LANGUAGES)}")
    return passage.text


def _zone(passage: Passage) -> str:
    if not _ZONE.fullmatch(passage.text):
        raise read.form(passage, "the name of a time zone", "write it as Europe/London or UTC")
    return passage.text


def _status(passage: Passage) -> str:
    text = passage.text
    if text in STATUSES or (text.startswith("paraphrase of ") and text.removeprefix("paraphrase of ").strip()):
        return read.words(passage)
    cure = did_you_mean(text, [*STATUSES, "paraphrase of SOURCE"])
    raise Misreading("value-form", f"'{shown(text)}' is not a status", passage, cure)


_READERS = {"language": _language, "time zone": _zone, "status": _status}
