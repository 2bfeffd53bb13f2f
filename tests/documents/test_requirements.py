"""The list of what the source documents describe is whole, cited and honest about what is only planned."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isonomy.documents.requirements import (
    DOCUMENTS,
    THEMES,
    Met,
    as_data,
    as_lines,
    requirement,
    requirements,
    theme_of,
)
from isonomy.documents.requirements.page import as_page
from isonomy.documents.requirements.shape import QUOTED_WORDS_MAX
from isonomy.kernel.bad_input import BadInput

CHECKOUT = Path(__file__).resolve().parents[2]


def test_there_are_ninety_five_without_a_gap() -> None:
    assert [item.number for item in requirements()] == list(range(1, 96))


def test_eight_themes_in_the_order_of_their_letters() -> None:
    assert [theme.letter for theme in THEMES] == list("ABCDEFGH")


@given(st.integers(1, 95))
def test_a_number_gives_the_requirement_of_that_number(number: int) -> None:
    item = requirement(number)
    assert item.number == number
    assert item in theme_of(item).requirements


@given(st.integers().filter(lambda number: not 1 <= number <= 95))
def test_a_number_outside_the_list_is_bad_input_that_names_the_range(number: int) -> None:
    with pytest.raises(BadInput, match="1 to 95"):
        requirement(number)


def test_every_requirement_quotes_a_short_phrase_of_a_document() -> None:
    for item in requirements():
        assert item.passages[0].phrase, item.number
        for passage in item.passages:
            assert passage.document in DOCUMENTS
            assert passage.place
            assert len(passage.phrase.split()) <= QUOTED_WORDS_MAX, (item.number, passage.phrase)


def test_every_document_has_a_title_a_date_and_is_used() -> None:
    used = {passage.document for item in requirements() for passage in item.passages}
    assert used == set(DOCUMENTS)
    assert all(document.title and document.dated for document in DOCUMENTS)


def test_what_the_documents_dispute_is_marked() -> None:
    assert [item.number for item in requirements() if item.contested] == [17, 18, 70]


def test_what_is_met_names_its_clause_and_a_trial_that_exists() -> None:
    for item in requirements():
        if item.met is Met.PLANNED:
            assert not item.trial, item.number
        else:
            assert item.clause, item.number
            file = item.trial.partition("::")[0]
            assert (CHECKOUT / file).is_file(), (item.number, item.trial)


def test_a_trial_that_names_a_test_names_one_that_is_there() -> None:
    for item in requirements():
        file, _, name = item.trial.partition("::")
        if name:
            assert f"def {name}(" in (CHECKOUT / file).read_text(encoding="utf-8"), item.trial


@given(st.integers(1, 95))
def test_data_is_json_and_lines_say_the_norm_and_its_place(number: int) -> None:
    item = requirement(number)
    data = json.loads(json.dumps(as_data(item)))
    assert data["number"] == number
    assert data["met"] == item.met.value
    text = "\n".join(as_lines(item))
    assert item.norm in text
    assert item.passages[0].phrase in text
    assert ("Met: planned" in text) is (item.met is Met.PLANNED)


def test_the_reference_page_is_written_from_the_list() -> None:
    page = (CHECKOUT / "docs" / "reference" / "requirements.md").read_text(encoding="utf-8")
    assert page == as_page(), "write it anew: python -m docs.requirements_page"
    for item in requirements():
        assert page.count(f"\n| {item.number} | ") == 1


def test_the_acts_that_a_requirement_names_are_acts() -> None:
    from isonomy.engine import decide as _registers  # noqa: F401
    from isonomy.engine.act import ACTS

    assert {act for item in requirements() for act in item.acts} <= set(ACTS)
