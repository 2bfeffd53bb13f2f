"""Word comparison: nothing is lost, the change is small, and the work is bounded."""

from __future__ import annotations

import random

from hypothesis import example, given
from hypothesis import strategies as st

from isonomy.documents.word_comparison import ADDED, SAME, STRUCK, Part, as_marked, compare_words, narrowest

WORDY = st.lists(st.sampled_from(["seeds", "peas", "and", " ", ", ", ".\n", "the "]), max_size=30).map("".join)


def joined(parts: tuple[Part, ...], *kinds: str) -> str:
    return "".join(part.text for part in parts if part.kind in kinds)


@given(st.one_of(WORDY, st.text(max_size=120)), st.one_of(WORDY, st.text(max_size=120)))
def test_both_texts_stand_in_the_comparison_to_the_last_character(old: str, new: str) -> None:
    parts = compare_words(old, new)
    assert joined(parts, SAME, STRUCK) == old
    assert joined(parts, SAME, ADDED) == new
    assert all(part.text for part in parts)


@given(WORDY)
def test_a_text_against_itself_shows_no_change(text: str) -> None:
    assert all(part.kind == SAME for part in compare_words(text, text))


def test_only_the_words_that_change_are_marked() -> None:
    parts = compare_words("Buy beans and peas.", "Buy beans and lentils.")
    assert as_marked(parts) == "Buy beans and [-peas-]{+lentils+}."


def test_a_phrase_is_struck_out_as_one() -> None:
    parts = compare_words("Pay the rent now.", "Pay a loan now.")
    assert as_marked(parts) == "Pay [-the rent-]{+a loan+} now."


def test_a_whole_other_text_is_compared_in_bounded_work() -> None:
    drawn = random.Random(5)
    old, new = (" ".join(str(drawn.randrange(9)) for _ in range(5000)) for _ in range(2))
    parts = compare_words(old, new)
    assert joined(parts, SAME, STRUCK) == old
    assert joined(parts, SAME, ADDED) == new


@given(WORDY, WORDY)
@example(" seedsseeds seeds seeds", " seedsseeds ")  # the passage stands twice, its places overlapping
def test_the_narrowest_passage_stands_once_and_makes_the_new_text(old: str, new: str) -> None:
    passage, becomes = narrowest(old, new)
    if passage:
        assert old.count(passage) == 1
        assert old.replace(passage, becomes) == new


def test_the_narrowest_passage_is_the_words_that_change() -> None:
    assert narrowest("Buy beans and peas.", "Buy beans and lentils.") == ("peas", "lentils")
    assert narrowest("One, two, one.", "One, two, one, three.") != ("", "")
    assert narrowest("All of it.", "Quite other") == ("", "")
