"""The vectors of decisions: every verdict, effect, entry and final state as it was recorded, and every act among them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from conformance.decisions.make import FOLDER, REASONS, scenes, told_of, vectors, written
from conformance.decisions.scene import told_state
from isonomy.chamber.entering import entry_of
from isonomy.engine.act import ACTS
from isonomy.engine.apply import apply
from isonomy.engine.decide import MEANINGS, SEMANTICS, Submission, decide, refusal_of
from isonomy.engine.refusal import Accepted
from isonomy.engine.state import State
from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.canonical import canonical_bytes
from isonomy.record.base64_text import from_base64
from isonomy.record.entry import Entry
from isonomy.record.signature import is_signed_act

FILES = sorted(FOLDER.glob("[0-9]*/*.jsonl"))


def _name(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def _read(path: Path) -> tuple[dict[str, Any], list[dict[str, Any]], dict[str, Any]]:
    """The head of a vector, its submissions and its end."""
    head, *lines, end = [json.loads(line) for line in path.read_bytes().splitlines()]
    return head, lines, end


def _entry(line: dict[str, Any], semantics: int) -> dict[str, Any]:
    """The entry that a vector's line stands for, from the line alone."""
    verdict = line["verdict"]
    made = {
        "n": line["entry"]["n"], "v": 1, "semantics": semantics, "at": line["at"], "local": line["local"],
        "act": line["act"], "auth": line["auth"], "untold": [],
    }  # fmt: skip
    return made | {key: verdict[key] for key in verdict if key != "act"}


def _digest(state: State) -> str:
    return sha256(canonical_bytes(told_state(state))).hexdigest()


def _submissions() -> Iterator[dict[str, Any]]:
    for path in FILES:
        yield from _read(path)[1]


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_every_recorded_submission_gets_its_recorded_verdict(path: Path) -> None:
    """Invariant 4: who alters a recorded verdict gives the meaning a new number and keeps the old one runnable."""
    head, lines, end = _read(path)
    semantics, state = head["semantics"], State()
    for number, line in enumerate(lines, start=2):
        submission = Submission(line["act"], line["auth"], line["at"], line["local"])
        verdict = decide(state, submission, semantics)
        assert verdict.to_json(line["act"]["id"]) == line["verdict"], f"{_name(path)}, line {number}"
        assert isinstance(verdict, Accepted) == ("boxed" in line)
        if not isinstance(verdict, Accepted):
            continue
        assert verdict.boxed == line["boxed"]
        if not verdict.boxed:
            entry = entry_of(state.n, submission, verdict, semantics)
            assert (entry.n, sha256(entry.to_bytes()).hexdigest()) == (line["entry"]["n"], line["entry"]["sha256"])
            apply(state, entry.to_json())
    assert state.n == end["entries"]
    assert told_state(state) == end["state"]


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_the_recorded_entries_alone_give_the_recorded_state(path: Path) -> None:
    """Invariant 1: the fold reads the stored effects and judges nothing again."""
    head, lines, end = _read(path)
    state = State()
    for line in lines:
        if "entry" in line:
            entry = _entry(line, head["semantics"])
            data = canonical_bytes(entry)
            assert sha256(data).hexdigest() == line["entry"]["sha256"]
            apply(state, Entry.from_bytes(data).to_json())
    assert _digest(state) == end["state_sha256"] == sha256(canonical_bytes(end["state"])).hexdigest()


def test_every_act_is_recorded_accepted_and_refused() -> None:
    """An act without a scene fails here: CONTRIBUTING.md, "Add an act", says where its scene goes."""
    verdicts: dict[str, set[str]] = defaultdict(set)
    for line in _submissions():
        verdicts[line["act"]["act"]].add(line["verdict"]["verdict"])
    lacking = {act: sorted({"accepted", "refused"} - verdicts[act]) for act in ACTS}
    assert {act: wanting for act, wanting in lacking.items() if wanting} == {}


def test_every_refusal_names_what_was_asked_and_what_was_found() -> None:
    for line in _submissions():
        if line["verdict"]["verdict"] == "refused":
            assert line["verdict"]["grounds"]
            assert all(ground["says"] and isinstance(ground["facts"], dict) for ground in line["verdict"]["grounds"])


def test_every_recorded_signature_is_good_under_the_key_it_names() -> None:
    checked = 0
    for path in FILES:
        keys: list[str] = []
        for line in _read(path)[1]:
            founded = [founder["key"] for founder in line["act"].get("founders", ()) if "key" in founder]
            if line["auth"]["kind"] == "signed" and (keys or founded):
                key = (keys or founded)[line["auth"]["credential"]]
                assert is_signed_act(from_base64(key, "key"), line["act"], line["auth"]["proof"]), line["act"]
                checked += 1
            effects = line["verdict"].get("effects", ()) if "entry" in line else ()
            keys += [effect["key"] for effect in effects if effect["effect"] == "key.enrolled"]
    assert checked


def test_every_way_of_knowing_an_author_is_recorded() -> None:
    assert {line["auth"]["kind"] for line in _submissions()} == {"signed", "attested", "console"}


def test_every_number_of_semantics_has_its_vectors_and_stays_runnable() -> None:
    recorded = {int(path.parent.name) for path in FILES}
    assert recorded == set(MEANINGS)
    assert max(recorded) == SEMANTICS
    for path in FILES:
        assert _read(path)[0]["semantics"] == int(path.parent.name)


def test_the_scenes_give_the_vectors_that_stand_in_the_folder() -> None:
    made = vectors()
    assert {path for path in FILES if path.parent.name == str(SEMANTICS)} == set(made)
    assert [_name(path) for path, data in made.items() if path.read_bytes() != data] == []
    assert len(made) == len(scenes())


def test_a_vector_is_not_changed_under_its_number_without_a_reason_that_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "1" / "scene.jsonl"
    assert written({path: b"as first judged"}) == []
    assert written({path: b"as first judged"}) == []
    assert written({path: b"judged otherwise"}) == [path]
    assert path.read_bytes() == b"as first judged"
    assert not (tmp_path / REASONS).exists()
    assert written({path: b"judged otherwise"}, "the clause was misread") == []
    assert path.read_bytes() == b"judged otherwise"
    assert (tmp_path / REASONS).read_text(encoding="utf-8") == "- `1/scene.jsonl`: the clause was misread\n"


def test_it_is_said_whether_a_verdict_would_change_or_only_how_the_state_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "scene.jsonl"
    path.write_bytes(b"head\nverdict\nstate\n")
    assert "at its end alone" in told_of(path, b"head\nverdict\nanother state\n")
    assert "Raise SEMANTICS" in told_of(path, b"head\nanother verdict\nstate\n")


def test_a_kind_of_thing_that_is_not_there_does_not_change_a_vector() -> None:
    """A later release may know more kinds of things; a state that has none of them reads as before."""
    state = State()
    assert told_state(state) == {}


def test_what_is_no_act_is_told_as_bad_input_and_not_judged() -> None:
    with pytest.raises(BadInput) as fault:
        decide(State(), Submission({"act": "crown"}, {"kind": "console"}, "2027-01-04T09:00:00Z", ""))
    assert refusal_of(fault.value).grounds[0].says == "'crown' is not an act"
