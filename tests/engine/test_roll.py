"""Whether one person is entitled, and who all are: two ways to one answer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from conformance.decisions.make import FOLDER
from isonomy.chamber.entering import entry_of
from isonomy.engine.apply import apply
from isonomy.engine.decide import Submission, decide
from isonomy.engine.refusal import Accepted
from isonomy.engine.roll import MEMBERS, entitled_in, is_entitled_in
from isonomy.engine.state import State

FILES = sorted(FOLDER.glob("[0-9]*/*.jsonl"))


def _ended(path: Path) -> tuple[State, str]:
    """The state at the end of a vector, and the last civil date in it."""
    head, *lines, _end = [json.loads(line) for line in path.read_bytes().splitlines()]
    state, day = State(), ""
    for line in lines:
        submission = Submission(line["act"], line["auth"], line["at"], line["local"])
        verdict = decide(state, submission, head["semantics"])
        if isinstance(verdict, Accepted) and not verdict.boxed:
            apply(state, entry_of(state.n, submission, verdict, head["semantics"]).to_json())
            day = line["local"][:10]
    return state, day


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_person_is_entitled_exactly_where_the_list_of_all_names_them(path: Path) -> None:
    state, day = _ended(path)
    edition = state.edition_on(day)
    if edition is None:
        return
    rulebook = state.rulebook(edition.id)
    plain = [MEMBERS, *rulebook.bodies, *rulebook.offices]
    seats = [*plain, *(f"{name}@{unit}" for name in plain[1:] for unit in list(state.units)[:6])]
    persons = [*list(state.persons)[:40], "p-nobody"]
    for seat in seats:
        named = entitled_in(state, edition.id, seat, day)
        found = [person for person in persons if is_entitled_in(state, edition.id, seat, day, person)]
        assert found == [person for person in persons if person in named], seat
