"""The vocabulary, its specification and what it borrows from the counting room agree."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from isonomy.counting.registry import rules
from isonomy.rulebook import from_surface as _kinds  # noqa: F401
from isonomy.rulebook.provision import PROVISIONS, built_in_matters, kinds, matters_about
from isonomy.rulebook.vocabulary import (
    COUNTING_RULES,
    FRONT_MAY,
    FRONT_NEEDS,
    KEPT,
    RESERVED_KINDS,
    SECRECY,
    SIGNED_ACTS,
    TAKEN,
    TIES,
)

PAGES = Path(__file__).parents[2] / "docs" / "spec"
SPEC = (PAGES / "rulebook.md").read_text("utf-8")
OF_PROVISIONS = "\n".join(file.read_text("utf-8") for file in sorted(PAGES.glob("*.md")) if file.name != "rulebook.md")
"""The kinds with a module of their own are told in the specification of their proceeding."""
KINDS = kinds()
ROW = re.compile(r"^\| (\*\*)?`([^`]+)`", re.MULTILINE)


def section(heading: str) -> str:
    """The text under a heading, to the next one."""
    text = SPEC if f"{heading}\n" in SPEC else OF_PROVISIONS
    start = text.index(f"{heading}\n")
    return re.split(r"\n##", text[start + len(heading) :], maxsplit=1)[0]


def rows(text: str) -> tuple[set[str], set[str]]:
    """The keys in the first column of the tables, and those in bold."""
    found = ROW.findall(text)
    return {key for _, key in found}, {key for bold, key in found if bold}


HEADINGS = {
    tuple(re.findall(r"`(\w+)", line)): line for line in f"{SPEC}\n{OF_PROVISIONS}".split("\n") if line.startswith("### `")
}  # fmt: skip


def test_the_specification_has_every_kind_of_block_once() -> None:
    told = [kind for kinds in HEADINGS for kind in kinds]
    assert sorted(told) == sorted(KINDS)


def test_the_specification_names_each_key_of_each_kind_and_no_other() -> None:
    for told_kinds, heading in HEADINGS.items():
        told, _ = rows(section(heading))
        known = {key for kind in told_kinds for key in KINDS[kind].keys}
        if "definitions" in told_kinds:
            known.add("means TERM")
        assert told == known, heading


ROOM = Path(__file__).parents[2] / "src" / "isonomy" / "rulebook"


def texts_in(files: list[Path]) -> set[str]:
    """Every text that stands in the code of some modules."""
    nodes = (node for file in files for node in ast.walk(ast.parse(file.read_text("utf-8"))))
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def test_a_key_that_is_named_is_read_and_shown() -> None:
    """A key that nobody reads would be taken and do nothing."""
    shown = texts_in([*sorted(ROOM.glob("render*.py")), *sorted(ROOM.glob("provisions/*.py"))])
    beside = ("render", "powers", "compare", "vocabulary")
    read = texts_in([file for file in sorted(ROOM.rglob("*.py")) if not file.name.startswith(beside)])
    keys = {key for kind in KINDS.values() for key in kind.keys}
    assert keys - read == set()
    assert keys - shown == set()


def test_the_specification_marks_the_keys_that_are_needed() -> None:
    for told_kinds, heading in HEADINGS.items():
        _, bold = rows(section(heading))
        assert bold == {key for kind in told_kinds for key in KINDS[kind].needs}, heading


def test_the_specification_names_each_flag() -> None:
    for told_kinds, heading in HEADINGS.items():
        for kind in told_kinds:
            for flag in KINDS[kind].flags:
                assert f", {flag}" in heading
        assert heading.count("[,") == len(KINDS[told_kinds[0]].flags)


def test_the_specification_names_each_key_of_the_front_matter() -> None:
    text = section("### Front matter")
    told, _ = rows(text)
    assert told == {*FRONT_NEEDS, *FRONT_MAY}
    needed = {key for key in told if re.search(rf"^\| `{key}` \|.*\| yes \|$", text, re.MULTILINE)}
    assert needed == set(FRONT_NEEDS)


def test_the_specification_names_each_fixed_value_each_reserved_kind_and_each_built_in_matter() -> None:
    for value in (*KEPT, *SECRECY, *TIES, *TAKEN):
        assert f"`{value}`" in SPEC, value
    reserved = section("## Reserved kinds")
    assert set(re.findall(r"`([a-z]+)`", reserved)) == set(RESERVED_KINDS)
    assert not set(RESERVED_KINDS) & set(KINDS)
    matters = section("## Matters")
    for matter in (*built_in_matters(), *matters_about()):
        assert f"`{matter}" in f"{matters}{OF_PROVISIONS}", matter


def test_the_counting_rules_a_block_may_name_are_those_of_the_registry() -> None:
    assert sorted(COUNTING_RULES) == sorted(rule.name for rule in rules())


def test_the_acts_that_a_clause_may_want_signed_are_acts_of_the_engine() -> None:
    from isonomy.engine import decide as _registers  # noqa: F401
    from isonomy.engine.act import ACTS

    assert set(SIGNED_ACTS) <= set(ACTS)


def test_a_kind_with_a_module_of_its_own_is_listed_with_where_it_is_told() -> None:
    told = set(re.findall(r"^\| `([a-z-]+)` \|", section("## Kinds of the ordinary life"), re.MULTILINE))
    assert told == set(PROVISIONS)
