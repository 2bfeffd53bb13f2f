"""Two editions side by side: clauses with their words, powers gained and lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isonomy.rulebook.compare import CHANGED, GAINED, LOST, Comparison, compare
from isonomy.rulebook.model import Rulebook
from isonomy.rulebook.powers import holdings_of
from isonomy.rulebook.reader import read_rulebook

RULEBOOKS = Path(__file__).parents[2] / "rulebooks"
ASSOCIATION = (RULEBOOKS / "association" / "1.md").read_text("utf-8")
EDITIONS = [
    read_rulebook(path.read_bytes())
    for path in sorted([*RULEBOOKS.glob("*/[0-9]*.md"), *RULEBOOKS.glob("paraphrase/*/[0-9]*.md")])
]


def changed(*pairs: tuple[str, str]) -> Comparison:
    """The model association compared with itself after the replacements."""
    text = ASSOCIATION
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new)
    return compare(read_rulebook(ASSOCIATION.encode()), read_rulebook(text.encode()))


def sentences(*pairs: tuple[str, str]) -> list[str]:
    return [change.sentence for change in changed(*pairs).powers]


def test_a_seat_that_is_appointed_and_no_longer_elected_is_gained_and_lost() -> None:
    appointed = "```rule office secretary\nfilled by: appointment by chair\n"
    found = changed(("```rule office secretary\nfilled by: election by committee\n", appointed))
    assert [(change.change, change.holder, change.power) for change in found.powers] == [
        (GAINED, "chair", "appoints"),
        (LOST, "committee", "elects"),
    ]
    assert list(found.by_holder()) == ["chair", "committee"]


def test_the_details_of_a_new_procedure_are_not_told_apart_from_it() -> None:
    block = "\n```rule decision budget\nby: members-meeting\nmatters: budget\nsecrecy: secret\nmajority: 2/3\n```\n"
    assert sentences(("decides: budget; spending\n```\n", f"decides: spending\n```\n{block}")) == [
        "Lost by the committee: decides on budget (clause 2).",
        "Gained by the members' meeting: decides on budget (clause 2).",
    ]


def test_words_that_change_are_shown_word_by_word() -> None:
    found = changed(("up to: 200", "up to: 300"), ("may spend up to 200", "may spend up to 300"))
    (clause,) = found.clauses
    assert (clause.change, clause.before, clause.after, clause.blocks_changed) == ("changed", "4", "4", True)
    assert [(word.kind, word.text) for word in clause.words if word.kind != "same"] == [("out", "200"), ("in", "300")]
    assert " ".join(word.text for word in clause.words if word.kind != "in").endswith("committee ratifies it.")


def test_a_change_of_words_alone_changes_no_power() -> None:
    found = changed(("may leave at any time", "may leave whenever they like"))
    assert found.powers == ()
    assert [(clause.after, clause.blocks_changed) for clause in found.clauses] == [("1", False)]


def test_a_change_of_a_block_alone_is_a_change_of_its_clause() -> None:
    (clause,) = changed(("seats: 5", "seats: 6")).clauses
    assert clause.blocks_changed
    assert all(word.kind == "same" for word in clause.words)


def test_clauses_are_added_removed_and_renumbered() -> None:
    new = ASSOCIATION.replace("## 6. Secretary and record", "## 7. Secretary and record").replace("[6]", "[7]")
    new += "\n## 8. Seal\nThere is no seal.\n"
    both = compare(read_rulebook(ASSOCIATION.encode()), read_rulebook(new.encode()))
    assert [(one.change, one.before, one.after) for one in both.clauses if one.change != "changed"] == [
        ("renumbered", "6", "7"),
        ("added", "", "8"),
    ]
    assert both.powers == ()
    back = compare(read_rulebook(new.encode()), read_rulebook(ASSOCIATION.encode()))
    assert ("removed", "8", "") in [(one.change, one.before, one.after) for one in back.clauses]


@pytest.mark.parametrize(
    "edition", EDITIONS, ids=lambda edition: f"{edition.front.organisation} {edition.front.edition}"
)
def test_an_edition_compared_with_itself_gives_nothing(edition: Rulebook) -> None:
    found = compare(edition, edition)
    assert (found.clauses, found.powers) == ((), ())
    assert holdings_of(edition)


@given(st.sampled_from(EDITIONS), st.sampled_from(EDITIONS))
def test_exchanging_the_editions_turns_every_gain_into_a_loss(one: Rulebook, other: Rulebook) -> None:
    there, back = compare(one, other), compare(other, one)
    turned = {GAINED: LOST, LOST: GAINED, CHANGED: CHANGED}

    def keys(found: Comparison, turn: bool) -> set[tuple[str, ...]]:
        told = set()
        for one in found.powers:
            sizes = (one.after, one.before) if turn else (one.before, one.after)
            told.add((turned[one.change] if turn else one.change, one.holder, one.power, one.about, *sizes))
        return told

    assert keys(there, False) == keys(back, True)


@pytest.mark.parametrize(
    "edition", EDITIONS, ids=lambda edition: f"{edition.front.organisation} {edition.front.edition}"
)
def test_every_holding_cites_a_clause_and_a_line_of_the_edition(edition: Rulebook) -> None:
    for holding in holdings_of(edition):
        clause = edition.clauses[holding.clause]
        assert holding.line > 0
        assert holding.says
        assert clause.first_line > 0


def test_each_line_of_a_ruling_block_is_a_power_or_binds_one() -> None:
    """A changed ruling block shows as powers: who rules, who hears appeals, for how long, and what a tie comes to."""
    front = "---\norganisation: Orderly\nlanguage: en\ntime zone: Europe/London\nedition: 1\nstatus: draft\n---\n\n"
    seats = (
        "## 1. Seats\nx\n\n```rule body assembly, supreme\nfilled by: all members\ndecides: everything else\n```\n\n"
        "```rule body council\nfilled by: election by assembly\n```\n\n"
        "```rule office chair\nfilled by: election by assembly\n```\n\n"
        "```rule office deputy\nfilled by: election by assembly\n```\n\n"
    )
    before = "between meetings by: chair\nappeal: to council within 14 days\ngeneral by: council\ntie: sustained\n"
    after = (
        "between meetings by: deputy\nappeal: to assembly within 7 days\nappeal presided by: chair\ntie: overturned\n"
    )
    texts = [f"{front}{seats}```rule ruling order\n{block}```\n" for block in (before, after)]
    texts += [
        f"{texts[1]}\n```rule record record\nkept by: chair\nopening approved within: {days} days\n```\n"
        for days in (60, 90)
    ]
    books = [read_rulebook(text.encode()) for text in texts]
    found = " ".join(change.sentence for change in compare(books[0], books[1]).powers)
    for words in ("rules on questions of order between meetings", "hears appeals against rulings", "rules for all cases",
                  "presides during appeals against rulings"):  # fmt: skip
        assert words in found, words
    later = [change.sentence for change in compare(books[2], books[3]).powers]
    assert len(later) == 1
    assert "time to approve an opening balance" in later[0]
    ties = [text.replace("tie: overturned", "tie: sustained") for text in texts[1:2]]
    tied = [change.sentence for change in compare(read_rulebook(ties[0].encode()), books[1]).powers]
    assert len(tied) == 1
    assert "tie on an appeal against a ruling" in tied[0]
