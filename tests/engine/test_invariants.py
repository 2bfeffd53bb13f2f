"""What ARCHITECTURE.md calls invariants and no other room tests: who accepts, what an erasure leaves alone, the table itself."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from conformance.decisions.make import FOLDER
from isonomy.engine.apply import apply
from isonomy.engine.decide import Submission, decide
from isonomy.engine.facts import Facts
from isonomy.engine.refusal import Accepted, Refused, Verdict
from isonomy.engine.state import State
from tests.organisation import TestOrganisation
from tests.repo.house import CHECKOUT

SOURCE = CHECKOUT / "src" / "isonomy"
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
INVARIANTS = 9


def _calls(name: str, of: str = "") -> set[str]:
    """The modules that call something of a name, by their path in the package; those alone that name a module it is of."""
    found = set()
    for path in SOURCE.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if of not in text or name not in text:
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call):
                called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if called == name:
                    found.add(str(path.relative_to(SOURCE)))
    return found


# -- 3: authorisation is decide ----------------------------------------------------------------------------


def test_nothing_but_a_judgement_accepts_an_act() -> None:
    """No page, command, importer or table of permissions makes an acceptance of its own."""
    assert _calls("Accepted") == {"engine/judgement.py"}


def test_an_entry_is_made_only_where_its_act_has_been_decided() -> None:
    assert _calls("Entry", of="isonomy.record.entry") <= {"chamber/entering.py", "record/entry.py"}
    made = _calls("entry_of", of="isonomy.chamber.entering")
    assert made
    assert made <= _calls("decide")


def test_an_author_is_the_one_who_signed_whoever_sends_it() -> None:
    """A key signs for the member it was enrolled for, and for no other: not even for one who holds no key."""
    org = TestOrganisation((FOLDER / "rulebooks" / "electors.md").read_text(encoding="utf-8"), ("ada", "bob"),
                           mandates={"clerk": "ada"})  # fmt: skip
    act = org.act("member.leave", by="bob")
    verdict = org.submit_raw(act, org.signed(act, "ada"))
    assert isinstance(verdict, Refused)
    assert org.state.persons[org.person("bob")].is_member_on(org.today)


# -- 5: no erasable value decides --------------------------------------------------------------------------


def _recorded() -> Iterator[dict[str, Any]]:
    for path in sorted(FOLDER.glob("1/*.jsonl")):
        yield from (json.loads(line) for line in path.read_bytes().splitlines()[1:-1])


def _members_until(act: str) -> tuple[State, dict[str, Any]]:
    """The state of the scene of members before an act of a name is accepted in it, and the entry of that act."""
    state = State()
    for line in (FOLDER / "1" / "members.jsonl").read_bytes().splitlines()[1:-1]:
        told = json.loads(line)
        if "entry" not in told:
            continue
        entry = {"n": told["entry"]["n"], **told, **told["verdict"], "act": told["act"]}
        if told["act"]["act"] == act:
            return state, entry
        apply(state, entry)
    raise AssertionError(f"no {act} is accepted there")


def _heart(verdict: Verdict) -> Any:
    """What a verdict comes to, without the numbers of entries in it."""
    if isinstance(verdict, Accepted):
        return verdict.clauses, [effect["effect"] for effect in verdict.effects]
    return [(ground.clause, ground.says, ground.cure) for ground in verdict.grounds]


def test_an_erasure_changes_no_verdict_on_any_recorded_act() -> None:
    """Every act of every vector, judged where a name stands and where it has been erased: the same answer."""
    before, entry = _members_until("erase")
    erased, _ = _members_until("erase")
    apply(before, entry | {"effects": []})
    apply(erased, entry)
    assert erased.erased
    accepted = 0
    for number, line in enumerate(_recorded()):
        if line["act"]["act"] in ("erase", "found"):
            continue
        act = line["act"] | {"id": f"{number:032x}", "until": "2027-12-31T00:00:00Z"}
        act.pop("expects", None)
        auth = {"kind": "attested", "account": "any"}
        submission = Submission(act, auth, "2027-02-01T09:00:00Z", "2027-02-01T09:00:00+00:00")
        answers = [decide(state, submission) for state in (before, erased)]
        assert _heart(answers[0]) == _heart(answers[1]), act
        accepted += isinstance(answers[0], Accepted)
    assert accepted > 20, "acts that are refused anyway would show nothing"


def test_what_is_erased_was_never_in_the_state() -> None:
    """A name stands as a commitment alone, before its erasure and after it."""
    state, entry = _members_until("erase")
    names = [person.name for person in state.persons.values() if person.name is not None]
    assert names
    assert all(set(name) == {"c"} for name in names)
    apply(state, entry)
    assert entry["act"]["commitment"] in state.erased


# -- 8: one meaning for checker and engine -----------------------------------------------------------------


def test_conditions_ask_the_five_questions_and_no_other() -> None:
    """`conditions` and `facts` are what the checker will share: a sixth question would have no meaning there."""
    questions = {name for name in vars(Facts) if not name.startswith("_")}
    assert questions == {"count", "share", "elapsed", "holds", "consents"}
    tree = ast.parse((SOURCE / "engine" / "conditions.py").read_text(encoding="utf-8"))
    asked = {
        node.func.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "facts"
    }
    assert asked
    assert asked <= questions


# -- the table ---------------------------------------------------------------------------------------------


def _rows() -> dict[int, list[tuple[str, str]]]:
    """The invariants of ARCHITECTURE.md and the tests that each names."""
    text = (CHECKOUT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    section = text.partition("\n## Invariants\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (\d) \|(.*)$", section, re.MULTILINE)
    return {int(number): NAMED.findall(rest) for number, rest in rows}


def test_every_invariant_names_tests_that_fail_without_it() -> None:
    rows = _rows()
    assert sorted(rows) == list(range(1, INVARIANTS + 1))
    assert [number for number, named in rows.items() if not named] == []


@pytest.mark.parametrize("number", range(1, INVARIANTS + 1))
def test_the_tests_that_an_invariant_names_exist(number: int) -> None:
    missing = []
    for file, test in _rows()[number]:
        path = CHECKOUT / file
        if not path.exists() or f"\ndef {test}(" not in path.read_text(encoding="utf-8"):
            missing.append(f"{file}::{test}")
    assert missing == []
