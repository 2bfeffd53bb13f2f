"""Each fault gives exactly its finding, at lines that stand in the text; without it nothing is found."""

from __future__ import annotations

import pytest

from isonomy.checker.finding import Finding
from isonomy.checker.inquiry import Inquiry
from isonomy.checker.properties import FINDERS
from isonomy.checker.structure import __all__ as _modules
from isonomy.rulebook.reader import examine
from tests.checker.structure.faults import FAULTS, SOUND, with_fault

BESIDE = {"the secretary appoints and is elected for ever": {"C25"}, "the returning officer answers to the secretary": {"C21", "C25"},
          "one person removes the other and may be both": {"C26"}, "local secretaries appointed from above sit in congress": {"C21", "C25"},
          "the council alone names its successors by show of hands": {"C21", "C04"}}  # fmt: skip
"""What the same lines also mean, each for a reason of its own: who appoints without limit, posts together, an answer to one."""


def found_in(text: bytes, words: bool = False) -> list[Finding]:
    """What the structure finds in a rulebook that reads; `words`: also where they differ from the blocks, which faults change alone."""
    examination = examine(text)
    assert examination.rulebook is not None, examination.findings
    inquiry = Inquiry(examination.rulebook, examination=examination if words else None)
    mine = [finder for finder in FINDERS if finder.find.__module__.startswith("isonomy.checker.structure.")]
    assert len(mine) >= len(_modules)
    return [found for finder in mine for found in finder.find(inquiry)]


def test_in_a_sound_rulebook_the_structure_finds_nothing() -> None:
    assert found_in(SOUND.encode(), words=True) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_gives_its_finding_and_no_other(fault: str) -> None:
    wanted, _ = FAULTS[fault]
    found = found_in(with_fault(fault), words=wanted == "C31")
    ids = {each.id for each in found}
    assert wanted in ids, [each.evidence for each in found]
    assert ids - {wanted} <= BESIDE.get(fault, set()), [(each.id, each.evidence) for each in found]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_finding_names_lines_of_the_text_and_the_change_that_removes_it(fault: str) -> None:
    text = with_fault(fault).decode().split("\n")
    for each in found_in(with_fault(fault)):
        assert each.clauses
        assert all(0 < place.line <= len(text) and text[place.line - 1].strip() for place in each.clauses)
        assert each.fix
        assert each.evidence.endswith(".")


def test_a_circle_that_nobody_else_enters_weighs_more_than_one_that_is_open() -> None:
    closed = next(
        each
        for each in found_in(with_fault("local secretaries appointed from above sit in congress"))
        if each.id == "C04"
    )
    assert closed.severity == "high"
    assert "Nobody outside" in closed.evidence
