"""People, organisations, posts, memberships, motions and votes as Popolo JSON, for other programs.

Lives here: from the state to the classes of Popolo. Not here: whose names an audience may see (a mapping that is handed in).

Invariant: every object names the entry it stands in (`sources`); what the state does not hold is left out, never guessed; the
same state and names give the same JSON.
Source: the Popolo specification, http://www.popoloproject.com/specs/ (Person, Organization, Post, Membership, Motion, Vote
Event).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from textwrap import indent
from typing import Any

from isonomy.documents.minutes_items import figures_of, number_in
from isonomy.engine.motion import Motion
from isonomy.engine.proceedings.outcome import YES_NO
from isonomy.engine.sentences import Speaker
from isonomy.engine.state import Mandate, Poll, State
from isonomy.engine.words import title_of

Object = dict[str, Any]
NameOf = Callable[[str], str]
OPTIONS = {"for": "yes", "against": "no", "abstain": "abstain", "blank": "blank"}
RESULTS = {"carried": "pass", "voted on": "fail", "not carried": "fail", "withdrawn": "withdrawn"}


def sections(state: State, name_of: NameOf) -> dict[str, Iterator[Object]]:
    """The lists of the file by name, each made object by object as it is asked for.

    What is listed is fixed at once, so that the state may take in entries between two objects; `name_of` gives "" where a name is
    not known.
    """
    edition = state.edition_on(state.today)
    rulebook = state.rulebook(edition.id) if edition is not None else None
    seats = dict.fromkeys(
        [
            *(rulebook.bodies if rulebook is not None else ()), *(rulebook.offices if rulebook is not None else ()),
            *(mandate.seat for mandate in state.mandates.values()), *(motion.body for motion in state.motions.values()),
            *(poll.body for poll in state.polls.values()),
        ]
    )  # fmt: skip
    offices = set(rulebook.offices) if rulebook is not None else set()
    persons, units, mandates = list(state.persons), list(state.units), list(state.mandates.values())
    motions = list(state.motions.values())
    polls = [poll for poll in state.polls.values() if poll.standing == "declared"]
    return {
        "memberships": chain(
            (_membership(state, id) for id in persons), (_mandate(state, mandate, offices) for mandate in mandates)
        ),
        "motions": (_motion(motion, state) for motion in motions),
        "organizations": chain(
            [{"id": state.origin, "name": state.name, "founding_date": state.founded_on, "classification": "organisation"}],
            (_unit(state, id) for id in units),
            (
                {"id": seat, "name": title_of(rulebook, seat).removeprefix("the "), "classification": "body",
                 "parent_id": seat.partition("@")[2] or state.origin}
                for seat in seats if seat.partition("@")[0] not in offices
            ),
        ),
        "persons": (_person(state, id, name_of) for id in persons),
        "posts": (
            {"id": seat, "label": title_of(rulebook, seat).removeprefix("the "),
             "organization_id": seat.partition("@")[2] or state.origin}
            for seat in seats if seat.partition("@")[0] in offices
        ),
        "vote_events": (_vote(state, poll, name_of) for poll in polls),
    }  # fmt: skip


def popolo(state: State, names: Mapping[str, str] | None = None) -> Object:
    """The organisation as one object with a list for each class; `names` are the names of persons, by id."""
    return {key: list(found) for key, found in sections(state, _looked_up(names)).items()}


def popolo_json(state: State, names: Mapping[str, str] | None = None) -> str:
    """The same as text, sorted and ended by a line feed."""
    return "".join(popolo_pieces(state, _looked_up(names)))


def popolo_pieces(state: State, name_of: NameOf) -> Iterator[str]:
    """The same text in pieces of one object each, for whoever will not hold it whole; see `sections`."""
    made = sections(state, name_of)
    return _pieces(made)


def _pieces(made: Mapping[str, Iterator[Object]]) -> Iterator[str]:
    between = "{"
    for key in sorted(made):
        yield f'{between}\n "{key}": ['
        between, before = ",", "\n"
        for found in made[key]:
            yield before + indent(json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True), "  ")
            before = ",\n"
        yield "]" if before == "\n" else "\n ]"
    yield "\n}\n"


def _looked_up(names: Mapping[str, str] | None) -> NameOf:
    known = names or {}
    return lambda person: known.get(person, "")


def _source(state: State, entry: int) -> list[Object]:
    return [{"note": f"entry {entry} of the record {state.origin}"}]


def _numbered(state: State, id: str) -> list[Object]:
    return _source(state, number_in(id))


def _without_empty(found: Object) -> Object:
    return {key: value for key, value in found.items() if value not in ("", None, [], ())}


def _person(state: State, id: str, name_of: NameOf) -> Object:
    found = state.persons[id]
    made = {"id": id, "name": name_of(id), "death_date": found.died_on, "sources": _source(state, found.entry)}
    return _without_empty(made)


def _unit(state: State, id: str) -> Object:
    found = state.units[id]
    name = found.name if isinstance(found.name, str) and found.name else id
    made = {
        "id": id, "name": name, "classification": found.kind, "founding_date": found.founded_on,
        "dissolution_date": found.closed_on,
        "parent_id": found.within if found.within in state.units else state.origin,
        "sources": _source(state, found.entry) if found.entry >= 0 else [],
    }  # fmt: skip
    return _without_empty(made)


def _membership(state: State, id: str) -> Object:
    found = state.persons[id]
    return _without_empty({
        "id": f"member-{id}", "person_id": id, "organization_id": found.unit or state.origin, "role": "member",
        "start_date": found.admitted_on, "end_date": found.left_on or found.died_on,
        "sources": _source(state, found.entry),
    })  # fmt: skip


def _mandate(state: State, mandate: Mandate, offices: set[str]) -> Object:
    plain, _, unit = mandate.seat.partition("@")
    is_office = plain in offices
    return _without_empty({
        "id": mandate.id, "person_id": mandate.person, "role": plain,
        "organization_id": (unit or state.origin) if is_office else mandate.seat,
        "post_id": mandate.seat if is_office else "",
        "start_date": mandate.since, "end_date": mandate.ended_on or mandate.until,
        "sources": _numbered(state, mandate.id),
    })  # fmt: skip


def _motion(motion: Motion, state: State) -> Object:
    return _without_empty({
        "id": motion.id, "organization_id": motion.body, "creator_id": motion.mover, "text": motion.text,
        "classification": motion.matter, "date": motion.moved_on, "result": RESULTS.get(motion.standing, ""),
        "legislative_session_id": motion.meeting, "sources": _numbered(state, motion.id),
    })  # fmt: skip


def _vote(state: State, poll: Poll, name_of: NameOf) -> Object:
    outcome = poll.outcome or {}
    won = "pass" if outcome.get("winners") else "fail" if outcome.get("decided") else ""
    return _without_empty({
        "id": poll.id, "identifier": poll.question, "organization_id": poll.body, "motion_id": poll.motion,
        "legislative_session_id": poll.meeting, "start_date": poll.opened_on, "end_date": poll.closed_on, "result": won,
        "counts": _counts(state, poll, name_of), "votes": _votes(poll), "sources": _numbered(state, poll.id),
    })  # fmt: skip


def _counts(state: State, poll: Poll, name_of: NameOf) -> list[Object]:
    tallies = poll.tallies if isinstance(poll.tallies, dict) else {}
    if poll.counting == YES_NO and len(poll.options) < 2:
        return [{"option": said, "value": tallies[key]} for key, said in OPTIONS.items() if key in tallies]
    options = (option.person for option in poll.options if option.person)
    to = Speaker(state, None, "", {person: name for person in options if (name := name_of(person))})
    return [{"option": label, "value": value} for label, value in figures_of(poll, to) if label != "ballots"]


def _votes(poll: Poll) -> list[Object]:
    """The votes that were given by name; those of a secret poll are nobody's to tell."""
    return [
        {"voter_id": person, "option": OPTIONS[answer]}
        for person, answer in sorted(poll.named.items())
        if isinstance(answer, str) and answer in OPTIONS
    ]
