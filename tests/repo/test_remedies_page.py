"""The page on the remedies of 1956 and the editions that write them down are what the checker and the documents' lines give."""

from __future__ import annotations

import pytest

from docs import remedies_page


def test_the_page_is_what_the_checker_says_of_every_set_of_remedies() -> None:
    assert remedies_page.PAGE.read_text("utf-8") == remedies_page.as_page()


@pytest.mark.parametrize("number", remedies_page.EDITIONS)
def test_an_edition_is_the_circle_with_what_its_document_names(number: str) -> None:
    assert (remedies_page.CIRCLE / f"{number}.md").read_text("utf-8") == remedies_page.edition(number)
