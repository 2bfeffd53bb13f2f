"""Telling entries: in words, with how the author is known and what that rests on.

Lives here: what pages show of an entry. Not here: the sentences (`engine.explain`), which entries (`reading`).

Invariant: what is told follows from the entry; names are those the viewer may see. An entry that a newer program made is shown as
it stands.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from isonomy.engine.enrolments import RESTS_ON
from isonomy.engine.explain import explain
from isonomy.engine.words import capital, meeting_of, say_day, title_of
from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.canonical import Json
from isonomy.web.design.templatetags.telling import words_of
from isonomy.web.viewer import Viewer

_PERSON = re.compile(r"p-[a-z0-9]{4,32}")
NAMES_MAX = 40
_OPENED = ("mt", "mo", "po", "de", "ca", "ed", "rp", "cr", "pr", "el", "ap", "ru", "am", "op", "ma")


@dataclass(frozen=True)
class Told:
    """An entry in words: number, act, civil time, sentences, clauses, author, and how the author is known."""

    number: int
    act: str
    local: str
    says: str
    clauses: tuple[str, ...]
    by: str
    seat: str
    kind: str
    rests_on: str
    irregular: tuple[Mapping[str, Any], ...]
    untold: tuple[Mapping[str, Any], ...]


def told_of(viewer: Viewer, entry: dict[str, Json]) -> Told:
    """An entry as the viewer reads it."""
    act, auth = entry["act"], entry["auth"]
    what = act.get("what")
    name = f"{act['act']}: {what.get('act')}" if isinstance(what, dict) else act["act"]
    kind, rests_on = how_known(viewer, auth)
    return Told(
        entry["n"], name, entry["local"][:16], _words(viewer, entry), tuple(found for found in entry["clauses"] if found),
        str(act.get("by") or ""), str(act.get("as") or ""), kind, rests_on, tuple(entry.get("irregularities", ())),
        tuple(entry.get("untold", ())),
    )  # fmt: skip


def _words(viewer: Viewer, entry: dict[str, Json]) -> str:
    found = sorted(set(_PERSON.findall(json.dumps([entry["act"], entry["effects"]]))))[:NAMES_MAX]
    try:
        return explain(viewer.standing.state, entry, viewer.names(found))
    except BadInput as fault:
        return _("%(what)s. It is shown below as it stands.") % {"what": fault.what}


def how_known(viewer: Viewer, auth: Mapping[str, Any]) -> tuple[str, str]:
    """How the author of an entry is known: in a word or two, and what that means."""
    if auth["kind"] == "signed":
        found = viewer.standing.state.credentials.get(auth["credential"])
        is_passkey = isinstance(auth.get("proof"), dict)
        word = _("signed with passkey %(number)s") if is_passkey else _("signed with key %(number)s")
        behind = RESTS_ON.get(found.assurance, found.assurance) if found is not None else ""
        means = _(
            "Nobody without that key could make this entry. That the key is the author's rests on %(behind)s."
        ) % {"behind": behind}
        return word % {"number": auth["credential"]}, means
    if auth["kind"] == "attested":
        means = _(
            "Somebody signed in as the author sent it. That this was so rests on the word of whoever runs this site."
        )
        return _("attested by a sign-in"), means
    means = _("Somebody who keeps roll, minutes or record entered it at the machine. It rests on their word.")
    return _("entered at the console"), means


def thing_said(viewer: Viewer, thing: str) -> str:
    """A thing of the record in words: its title, question, first words, or holder; its id where there is no other word."""
    state = viewer.standing.state
    rulebook = viewer.standing.rulebook if viewer.standing.edition is not None else None
    if thing in state.mandates:
        mandate = state.mandates[thing]
        seat = title_of(rulebook, mandate.seat, state.units)
        return _("%(seat)s: %(person)s") % {"seat": capital(seat), "person": viewer.name(mandate.person)}
    if thing in state.meetings:
        meeting = state.meetings[thing]
        return f"{capital(meeting_of(title_of(rulebook, meeting.body, state.units)))}, {say_day(meeting.starts)}"
    if thing in state.polls:
        return _short(state.polls[thing].question)
    for kind in (state.motions, state.decisions):
        if thing in kind:
            return _short(kind[thing].text) or thing
    if thing in state.persons:
        return viewer.name(thing)
    if thing in state.editions:
        return _("Edition %(id)s of the rulebook") % {"id": thing}
    if thing in state.elections:
        return _("Election of %(seat)s") % {"seat": title_of(rulebook, state.elections[thing].seat, state.units)}
    return words_of(thing)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 90 else line[:89].rstrip() + "\N{HORIZONTAL ELLIPSIS}"


def things_of(entry: dict[str, Json]) -> list[str]:
    """The ids of what an entry opened: `mt-42` of the entry 42, and the persons and units it brought."""
    number = entry["n"]
    form = re.compile(rf"({'|'.join(_OPENED)})-{number}(-\d+)?")
    found: list[str] = []
    for effect in entry["effects"]:
        for key, value in effect.items():
            if isinstance(value, str) and value not in found:
                is_new = effect["effect"] in ("person.admitted", "unit.founded") and key in ("person", "unit")
                if form.fullmatch(value) or (is_new and value):
                    found.append(value)
    return found
