"""Explaining: an entry, or a refusal, in a few plain sentences.

Lives here: `explain` and `explain_refusal`. Not here: the words of each effect (`sentences`).

Invariant: an explanation adds nothing: every sentence follows from the entry, the refusal and the titles of the
rulebook. What is unknown is said to be unknown.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from isonomy.engine import sentences_of_criticism as _criticism  # noqa: F401  (importing registers their words)
from isonomy.engine import sentences_of_elections as _elections  # noqa: F401  (importing registers their words)
from isonomy.engine import sentences_of_instructions as _instructions  # noqa: F401  (importing registers their words)
from isonomy.engine import sentences_of_meetings as _meetings  # noqa: F401  (importing registers their words)
from isonomy.engine import sentences_of_money as _money  # noqa: F401
from isonomy.engine import sentences_of_order as _order  # noqa: F401  (importing registers their words)
from isonomy.engine import sentences_of_outside as _outside  # noqa: F401  (importing registers their words)
from isonomy.engine import sentences_of_powers as _powers  # noqa: F401  (importing registers their words)
from isonomy.engine import sentences_of_publication as _publication  # noqa: F401  (importing registers their words)
from isonomy.engine import sentences_of_removal as _removal  # noqa: F401  (importing registers their words)
from isonomy.engine import sentences_of_seating as _seating  # noqa: F401  (importing registers their words)
from isonomy.engine import sentences_of_standing as _standing  # noqa: F401
from isonomy.engine import sentences_of_transfer as _transfer  # noqa: F401
from isonomy.engine.effect import read_effect
from isonomy.engine.refusal import Refused
from isonomy.engine.sentences import SENTENCES, Speaker
from isonomy.engine.state import State, day_of
from isonomy.engine.words import capital, listed, number_of, title_of
from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.calendar import MONTHS
from isonomy.rulebook.model import Rulebook

MANY = 3
"""Of more than so many effects of one kind only their number is told."""
_ISO_DATE = re.compile(r"(?<![\d-])(\d{4}-\d\d-\d\d)(?![\d-])")
Json = dict[str, Any]


def explain(state: State, entry: Json, names: Mapping[str, str] | None = None) -> str:
    """What an entry did, in plain sentences with the organisation's own titles.

    `state` holds the entry already or is any later one; `names` are names of persons the reader may see, by
    id. Raises `BadInput` for an effect that is not known.
    """
    rulebook = _rulebook_on(state, entry["local"][:10])
    act = entry["act"]
    told, opening = (act["what"], _reported(state, rulebook, act, names)) if act["act"] == "report" else (act, "")
    speaker = Speaker(state, rulebook, _who(state, rulebook, told, names), dict(names or {}))
    made = [read_effect(raw) for raw in entry["effects"]]
    found = _said(speaker, made)
    if not found:
        found = [f"{speaker.who} did {act['act']}, which changed nothing"]
    found[0] += _clauses(entry.get("clauses", []))
    for item in entry.get("irregularities", []):
        found.append(f"Irregular{_clauses([item['clause']])}: {item['says']}, {_facts(state, item['facts'])}")
    for item in entry.get("untold", []):
        found.append(f"It cannot be told whether this was kept{_clauses([item['clause']])}: {item['says']}")
    return opening + " ".join(f"{capital(sentence)}." for sentence in found)


def _said(speaker: Speaker, effects: list[Any]) -> list[str]:
    """The sentences of effects in their order; of many of one kind only how many, where the first one stands."""
    counts = Counter(each.effect for each in effects)
    found: list[str] = []
    for each in effects:
        name, count = each.effect, counts[each.effect]
        if count > MANY:
            found.append(number_of(count, *COUNTED.get(name, (f"effect {name}", f"effects {name}"))))
            counts[name] = 0
        elif count:
            found += SENTENCES[name](speaker, each)
    return found


COUNTED = {
    "person.admitted": ("person became a member", "persons became members"),
    "key.enrolled": ("key was enrolled", "keys were enrolled"),
    "unit.founded": ("unit was founded", "units were founded"),
    "mandate.begun": ("seat was taken", "seats were taken"),
}


def _rulebook_on(state: State, day: str) -> Rulebook | None:
    edition = state.edition_on(day)
    if edition is None:
        return next(iter(state.rulebooks.values()), None)
    return state.rulebook(edition.id)


def _who(state: State, rulebook: Rulebook | None, act: Json, names: Mapping[str, str] | None) -> str:
    """Who acted: the seat with the person in it, or the person."""
    person = act.get("by") or ""
    said = (names or {}).get(person, person) or "somebody not named"
    seat = act.get("as") or ""
    return f"{title_of(rulebook, seat, state.units)} ({said})" if seat else said


def _reported(state: State, rulebook: Rulebook | None, act: Json, names: Mapping[str, str] | None) -> str:
    by = _who(state, rulebook, act, names)
    certainty = act.get("certainty", "certain")
    doubt = "" if certainty == "certain" else f", {certainty}"
    return f"Reported by {by} from {act['source']}{doubt}: "


def _clauses(clauses: list[str]) -> str:
    named = [clause for clause in clauses if clause]
    if not named:
        return ""
    return f" (clause{'s' if len(named) > 1 else ''} {listed(named)})"


# -- refusals ----------------------------------------------------------------------------------------------


def explain_refusal(
    state: State, refusal: Refused | Json, act: Json | None = None, names: Mapping[str, str] | None = None
) -> str:
    """Why an act was refused and what would cure it, in plain sentences.

    `refusal` is the verdict or its JSON; with the `act` at hand the thing it was about is called by its title.
    """
    raw = refusal.to_json("") if isinstance(refusal, Refused) else refusal
    reasons = [_reason(state, ground, act, names) for ground in raw["grounds"]]
    if len(reasons) == 1:
        return f"Refused: {reasons[0]}"
    return f"Refused for {len(reasons)} reasons. " + " ".join(
        f"({number}) {capital(reason)}" for number, reason in enumerate(reasons, start=1)
    )


def _reason(state: State, ground: Json, act: Json | None, names: Mapping[str, str] | None) -> str:
    facts = {key: _named(value, names) for key, value in ground["facts"].items()}
    said = _notice(state, ground, facts, act) or _plain(state, ground, facts)
    cure = capital(spoken(state, ground.get("cure") or ""))
    return said + (f" {cure}{'' if cure.endswith(('.', '?')) else '.'}" if cure else "")


def _notice(state: State, ground: Json, facts: Json, act: Json | None) -> str:
    """The sentence of too short a notice: when it was sent, for when, and what the clause asks."""
    start = facts.get("meeting")
    sent = facts.get("notice sent")
    if not start or " of notice" not in ground["says"]:
        return ""
    thing = _meeting_title(state, act)
    asks = f"clause {ground['clause']} asks {ground['says'].replace(' of notice', '', 1)}"
    if sent == "none":
        return f"no notice for {thing} on {_day(state, start)} was sent; {asks}."
    if sent:
        return f"the notice for {thing} was sent on {_day(state, sent)} for {_day(state, start)}; {asks}."
    left = next((f"{value} {key}" for key, value in facts.items() if key in ("days", "clear days")), "")
    return (
        f"a notice for {thing} sent on {_day(state, facts['called on'])} leaves {left} to {_day(state, start)}; {asks}."
    )


def _meeting_title(state: State, act: Json | None) -> str:
    act = act or {}
    meeting = state.meetings.get(act.get("meeting") or "")
    seat = act.get("body") or (meeting.body if meeting is not None else "")
    if not seat:
        return "this meeting"
    return "this " + title_of(_rulebook_on(state, state.today), seat, state.units).removeprefix("the ")


def _plain(state: State, ground: Json, facts: Json) -> str:
    clause = f" (clause {ground['clause']})" if ground["clause"] else ""
    found = f" Found: {_facts(state, facts)}." if facts else ""
    return f"{spoken(state, ground['says'])}{clause}.{found}"


def _named(value: Any, names: Mapping[str, str] | None) -> Any:
    if isinstance(value, str):
        return (names or {}).get(value, value)
    if isinstance(value, list | tuple):
        return [_named(item, names) for item in value]
    return value


def _facts(state: State, facts: Json) -> str:
    """Facts in a row: `notice sent 1 March, meeting 12 March, clear days 10`."""
    return ", ".join(f"{key} {_value(state, value)}" for key, value in facts.items())


def _value(state: State, value: Any) -> str:
    if isinstance(value, list | tuple):
        return listed(_value(state, item) for item in value) or "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return _facts(state, value)
    return spoken(state, str(value))


def spoken(state: State, text: str) -> str:
    """A text with its dates as people say them; the year is left out where it is the record's own."""
    return _ISO_DATE.sub(lambda found: _day(state, found.group(1)), text)


def _day(state: State, text: str) -> str:
    try:
        day = day_of(text)
    except BadInput:
        return text
    year = "" if state.today[:4] == text[:4] else f" {day.year}"
    return f"{day.day} {MONTHS[day.month - 1]}{year}"
