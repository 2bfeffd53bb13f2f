"""The paraphrased editions say what Debian's constitution says, and differ only where it changed."""

from __future__ import annotations

import itertools
from datetime import date
from fractions import Fraction

import pytest

from isonomy.counting.registry import rules
from isonomy.kernel.calendar import Duration
from isonomy.kernel.quantity import Count, Ratio, Root
from isonomy.rulebook.findings import ERROR
from isonomy.rulebook.model import Procedure, Rulebook
from isonomy.rulebook.reader import examine, read_rulebook
from tests.importers.debian_data import EDITIONS, RULEBOOKS

RULES = [rule.name for rule in rules()]
IN_FORCE = (
    "1998-12-02",
    "2003-06-21",
    "2003-10-29",
    "2006-09-24",
    "2007-10-07",
    "2015-01-09",
    "2015-12-13",
    "2016-08-14",
)
WEEK = "week"


def data_of(edition: str) -> bytes:
    return (RULEBOOKS / f"{edition}.md").read_bytes()


def book_of(edition: str) -> Rulebook:
    return read_rulebook(data_of(edition), edition, RULES)


def from_(edition: str) -> tuple[str, ...]:
    return EDITIONS[EDITIONS.index(edition) :]


def by_developers(book: Rulebook) -> dict[str, Procedure]:
    found = {
        matter: procedure
        for procedure in book.procedures.values()
        if procedure.by == "developers"
        for matter in procedure.matters
    }
    amendment = book.amendment()
    assert amendment is not None
    return {**found, "amendment": amendment}


@pytest.mark.parametrize("edition", EDITIONS)
def test_an_edition_reads_without_errors_and_names_its_source(edition: str) -> None:
    examination = examine(data_of(edition), edition, RULES)
    assert [finding.what for finding in examination.findings if finding.severity == ERROR] == []
    book = book_of(edition)
    assert book.front.is_paraphrase
    assert book.front.status == f"paraphrase of the Debian constitution, edition {edition}"
    assert "debian.org/devel/constitution" in book.front.source
    assert book.front.in_force_from == date.fromisoformat(IN_FORCE[EDITIONS.index(edition)])


@pytest.mark.parametrize("edition", EDITIONS)
def test_little_is_found_in_an_edition(edition: str) -> None:
    found = examine(data_of(edition), edition, RULES).findings
    assert len([finding for finding in found if finding.severity == "warning"]) <= 2


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_developers_are_supreme_and_their_quorum_is_three_halves_of_the_root_of_the_roll(edition: str) -> None:
    book = book_of(edition)
    assert book.supreme is not None
    assert book.supreme.name == "developers"
    assert book.supreme.filled is not None
    assert book.supreme.filled.way == "all members"
    quorum = book.supreme.quorum
    assert quorum is not None
    assert quorum.quantity == Root(Fraction(3, 2))
    assert quorum.of == "roll"
    leader = book.election_of("leader")
    assert leader is not None
    assert leader.quorum == quorum


@pytest.mark.parametrize("edition", EDITIONS)
def test_each_matter_has_the_majority_its_clause_asks(edition: str) -> None:
    found = by_developers(book_of(edition))
    asked = {"amendment": 3, "override-committee": 2}
    if edition in from_("1.2"):
        asked["foundation-document"] = 3
    for matter, procedure in found.items():
        assert procedure.majority is not None
        assert procedure.majority.threshold == Ratio(asked.get(matter, 1)), matter
        assert procedure.place.clause.startswith("4.1."), matter
    assert found["amendment"].place.clause == "4.1.2"
    assert found["resolution"].place.clause == "4.1.5"


@pytest.mark.parametrize("edition", EDITIONS)
def test_foundation_documents_are_protected_from_edition_1_2_on(edition: str) -> None:
    assert ("foundation-document" in by_developers(book_of(edition))) == (edition in from_("1.2"))


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_developers_decide_on_property_alone_from_edition_1_3_on(edition: str) -> None:
    found = by_developers(book_of(edition))
    assert ("property" in found) == ("appointment-of-secretary" in found) == (edition in from_("1.3"))


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_poll_is_counted_by_the_rule_of_its_edition(edition: str) -> None:
    rule = "debian-1998" if edition == "1.0" else "debian-2015" if edition in from_("1.6") else "debian-2003"
    counted = {procedure.counting for procedure in book_of(edition).procedures.values()}
    assert counted == {rule}
    assert rule in RULES


@pytest.mark.parametrize("edition", EDITIONS)
def test_resolutions_are_public_and_the_leader_breaks_their_ties(edition: str) -> None:
    for procedure in by_developers(book_of(edition)).values():
        assert (procedure.taken, procedure.secrecy) == ("poll", "named")
        assert procedure.default_option == "Further Discussion"
        assert (procedure.casting_vote, procedure.casting_is_second, procedure.tie) == ("leader", True, "casting vote")
        assert procedure.seconders == 5
        assert procedure.discussion == procedure.polling == Duration(2, WEEK)


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_leader_is_elected_secretly_for_a_year_by_a_poll_that_edition_1_4_shortened(edition: str) -> None:
    book = book_of(edition)
    election = book.election_of("leader")
    assert election is not None
    assert (election.by, election.secrecy, election.default_option) == ("developers", "secret", "None Of The Above")
    assert election.polling == Duration(2 if edition in from_("1.4") else 3, WEEK)
    assert book.offices["leader"].term == Duration(1, "year")
    removable = book.offices["leader"].removable
    assert removable is not None
    assert removable.by == "developers"


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_secretary_keeps_the_polls_and_reports_the_votes(edition: str) -> None:
    book = book_of(edition)
    assert book.offices["secretary"].keeps == ("roll", "polls")
    assert book.offices["secretary"].term == Duration(1, "year")
    assert book.reporting["votes"].by == ("secretary",)


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_technical_committee_overrules_a_developer_by_three_to_one_with_two_present(edition: str) -> None:
    book = book_of(edition)
    overrule = book.procedures["overrule-developer"]
    assert overrule.by == "technical-committee"
    assert overrule.majority is not None
    assert overrule.majority.threshold == Ratio(3)
    assert overrule.quorum is not None
    assert overrule.quorum.quantity == Count(2)
    assert book.bodies["technical-committee"].seats == 8


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_chairman_is_the_chair_from_edition_1_7_on(edition: str) -> None:
    book = book_of(edition)
    name = "chair" if edition in from_("1.7") else "chairman"
    assert name in book.offices
    assert book.bodies["technical-committee"].chaired_by == name


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_clauses_carry_debians_own_numbers(edition: str) -> None:
    clauses = set(book_of(edition).clauses)
    asked = {
        "2.1",
        "3.1",
        "3.2",
        "4.1.1",
        "4.1.5",
        "4.1.6",
        "4.2",
        "5.1",
        "5.2",
        "6.1",
        "6.3",
        "7.2",
        "8.2",
        "9.2",
        "A.6",
    }
    assert asked <= clauses
    assert ("4.1.7" in clauses) == ("9.3" in clauses) == (edition in from_("1.3"))
    assert ("A.0" in clauses) == (edition in from_("1.6"))


def test_neighbouring_editions_differ_in_few_lines() -> None:
    import difflib

    changed = []
    for one, other in itertools.pairwise(EDITIONS):
        lines = [data_of(edition).decode().splitlines() for edition in (one, other)]
        diff = [line for line in difflib.unified_diff(*lines, n=0, lineterm="") if line[0] in "+-"]
        changed.append(len([line for line in diff if not line.startswith(("+++", "---"))]))
    assert max(changed) <= 90, changed
