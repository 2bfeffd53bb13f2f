"""The count sheet: nothing is lost from stage to stage, who wins is told in words, hostile names stay names."""

from __future__ import annotations

import csv
import io
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isonomy.counting import Profile, Result, count
from isonomy.documents.count_comparison import compare
from isonomy.documents.count_sheet import WHAT_IF, count_sheet, differences, picture
from isonomy.documents.count_sheet_csv import count_sheet_csv
from isonomy.documents.count_sheet_html import COLOURS, count_sheet_html
from isonomy.documents.count_tables import stage_table, tables
from isonomy.documents.printable import csv_text, markup, plain_text, shortened
from isonomy.kernel.bad_input import BadInput
from tests.counting.elections import profiles
from tests.documents.count_cases import CASES, HOSTILE, STAGED, counted, hostile_ranks, hostile_scores
from tests.documents.strict_html import check, every, read_page, words


def page_of(result: Result, title: str = "A count", other: Result | None = None) -> ET.Element:
    return read_page(count_sheet_html(count_sheet(result, title, other)))


@settings(max_examples=60, deadline=None)
@given(
    profile=profiles(strict=True, options_min=3, options_max=6, ballots_max=12),
    rule=st.sampled_from(["scottish-stv-2007", "wigm", "meek-prf", "ers97", "irv"]),
    seats=st.integers(1, 3),
)
def test_totals_exhausted_and_rounding_add_up_to_the_valid_vote_at_every_stage(
    profile: Profile, rule: str, seats: int
) -> None:
    result = count(replace(profile, seats=1 if rule == "irv" else seats), rule)
    stages = stage_table(result)
    if stages is None:
        assert result.valid == 0
        return
    assert stages.conserved()
    rows = list(csv.reader(io.StringIO(count_sheet_csv(result))))
    for column in range(1, len(rows[0]) - 1):
        parts = [Fraction(row[column]) for row in rows[1:-1]]
        assert sum(parts) == Fraction(rows[-1][column]) == result.valid
    read_page(count_sheet_html(count_sheet(result, "Random")))
    drawn = picture(result)
    assert drawn is not None
    check(ET.fromstring(drawn))


def test_a_table_from_which_a_vote_is_missing_does_not_add_up() -> None:
    stages = stage_table(counted("ward"))
    assert stages is not None
    assert stages.conserved()
    assert not replace(stages, lost=(1, *stages.lost[1:])).conserved()


@pytest.mark.parametrize("case", CASES)
def test_a_page_of_a_real_count_is_strict_and_names_every_option(case: str) -> None:
    result = counted(case)
    page = page_of(result)
    assert words(every(page, "h1")[0]) == "Count sheet: A count"
    said = words(page)
    for name in result.names:
        assert plain_text(name) in said
    assert result.digest() in said
    assert not every(page, "script")
    assert len(every(page, "style")) == 1


@pytest.mark.parametrize("case", CASES)
def test_every_table_has_a_caption_and_heads_with_their_scope(case: str) -> None:
    page = page_of(counted(case))
    found = every(page, "table")
    assert found
    for table in found:
        assert words(every(table, "caption")[0])
        assert {head.get("scope") for head in every(table, "th")} == {"col", "row"}
        width = len(every(every(table, "thead")[0], "th"))
        for row in every(table, "tr"):
            assert len(list(row)) == width


@pytest.mark.parametrize("case", CASES)
def test_winners_are_marked_by_a_word_in_a_table(case: str) -> None:
    result = counted(case)
    marked = set()
    for table in tables(result):
        for head, cells in table.rows:
            if any(cells[place].startswith(("elected", "wins", "selected")) for place in table.words):
                marked.add(head)
    names = set(result.winner_names)
    assert marked
    assert {head for head in marked if not any(head.endswith(name) for name in names)} == set()
    assert all(any(head.endswith(name) for head in marked) for name in names)


@pytest.mark.parametrize("case", CASES)
def test_a_picture_is_strict_xml_and_tells_itself_in_words(case: str) -> None:
    drawn = picture(counted(case))
    assert drawn is not None
    tree = ET.fromstring(drawn)
    check(tree)
    title, desc = list(tree)[:2]
    assert title.tag.endswith("title")
    assert desc.tag.endswith("desc")
    assert words(title)
    assert words(desc)
    assert {value for element in tree.iter() if (value := element.get("fill"))} <= {"currentColor", "none"}


@pytest.mark.parametrize("case", STAGED)
def test_the_picture_of_stages_has_every_figure_in_full_in_its_titles(case: str) -> None:
    result = counted(case)
    stages = stage_table(result)
    assert stages is not None
    told = [words(title) for title in every(ET.fromstring(picture(result) or ""), "title")]
    for name, totals in zip(stages.names, stages.totals, strict=True):
        for stage, total in zip(stages.stages, totals, strict=True):
            start = f"{name}, stage {stage.number}: {stages.show(total)}"
            assert any(title == start or title.startswith(f"{start},") for title in told)


def test_every_step_is_told_in_a_sentence_beside_its_clause() -> None:
    result = counted("ward")
    page = page_of(result)
    (steps,) = (found for found in every(page, "ol") if found.get("class") == "said")
    told = [words(item) for item in every(steps, "li")]
    assert len(told) == len(result.steps)
    assert told[4] == "Stage 4: John Mcleod is 770.62357 votes behind John Cooke and is excluded. rules 47, 50"
    assert told[0].endswith("the quota is 1502. rule 46")


def test_those_elected_stand_in_the_order_of_their_election_with_their_party() -> None:
    sheet = count_sheet(counted("ward"), "Ward")
    assert [name for name, _ in sheet.chosen] == ["Jennifer Stewart", "Martin Greig", "Claire Imrie", "John Cooke"]
    assert sheet.chosen[0][1] == "Liberal Democrat (LD); elected, stage 1"
    assert sheet.chosen[3][1].endswith("; elected, last seat")


def test_a_party_stands_beside_every_candidate_and_in_a_column_of_the_csv() -> None:
    result = counted("ward")
    page = count_sheet_html(count_sheet(result, "Ward", spoiled=87, margin="The margin is 3 ballots."))
    for option in result.options:
        assert f'<bdi>{option.name}</bdi><span class="party"><bdi>{option.party}</bdi></span>' in page
    assert "<dt>Spoiled papers</dt><dd>87</dd>" in page
    assert "<dt>Margin</dt><dd>The margin is 3 ballots.</dd>" in page
    rows = list(csv.reader(io.StringIO(count_sheet_csv(result))))
    assert rows[0][:2] == ["Candidate", "Party"]
    assert [row[:2] for row in rows[1:]][: len(result.options)] == [[o.name, o.party] for o in result.options]
    assert {len(row) for row in rows} == {len(rows[0])}


def test_no_stroke_of_the_quota_crosses_a_figure() -> None:
    drawn = ET.fromstring(picture(counted("ward")) or "")
    svg = "{http://www.w3.org/2000/svg}"
    figures = [int(text.get("y", 0)) for text in drawn.iter(f"{svg}text")]
    strokes = list(drawn.iter(f"{svg}line"))
    assert strokes
    for stroke in strokes:
        # A figure of 12 pixels stands from its baseline upwards; marks of fate stand in the column of names.
        top, bottom = int(stroke.get("y1", 0)), int(stroke.get("y2", 0))
        cells = [y for text, y in zip(drawn.iter(f"{svg}text"), figures, strict=True) if int(text.get("x", 0)) >= 180]
        assert not any(y - 10 < bottom and y > top for y in cells)


def test_a_sentence_of_a_budget_shows_no_bare_fraction() -> None:
    result = counted("town budget")
    told = [step.sentence(result.names) for step in result.steps]
    assert not any(re.search(r"(?<!\()\b\d+/\d+", sentence) for sentence in told)
    assert any("about" in sentence for sentence in told)


def test_a_budget_tells_cost_and_outcome_of_every_project_and_what_is_spent() -> None:
    result = counted("town budget")
    (table,) = tables(result)
    assert len(table.rows) == len(result.options)
    costs = {option.name: option.cost for option in result.options}
    selected = [head for head, cells in table.rows if cells[3].startswith("selected")]
    assert selected == result.winner_names
    assert sum(costs[name] for name in selected) == int(table.sums[0][1][0])


def test_a_lot_drawn_as_an_example_is_announced_before_all_else() -> None:
    profile = Profile(hostile_ranks().options[:2], hostile_ranks().ballots[:0], seats=1)
    result = count(profile, "plurality")
    sheet = count_sheet(result, "Even")
    assert any(tie.provisional for tie in result.ties)
    assert "provisional" in sheet.notices[0]
    assert len(sheet.ties) == len(result.ties)


@pytest.mark.parametrize("rule", ["scottish-stv-2007", "meek-prf", "irv", "debian-2003", "debian-1998", "schulze-wv"])
def test_hostile_names_of_candidates_stay_names(rule: str) -> None:
    profile = hostile_ranks()
    _assert_harmless(count(replace(profile, seats=1) if rule == "irv" else profile, rule), HOSTILE[1])


@pytest.mark.parametrize("rule", ["approval", "score", "star", "yes-no", "seq-pav", "phragmen", "equal-shares"])
def test_hostile_names_of_options_with_scores_stay_names(rule: str) -> None:
    profile = hostile_scores(0 if rule == "star" else -1)
    _assert_harmless(count(profile, rule), HOSTILE[4])


def _assert_harmless(result: Result, title: str) -> None:
    text = count_sheet_html(count_sheet(result, title, result))
    page = read_page(text)  # refuses every element and attribute that a sheet does not have
    assert not every(page, "script")
    assert not every(page, "img")
    assert "\u202e" not in text
    assert words(every(page, "h1")[0]) == f"Count sheet: {plain_text(title)}"
    check(ET.fromstring(picture(result) or ""))
    text.encode("utf-8")
    for row in csv.reader(io.StringIO(count_sheet_csv(result))):
        for cell in row:
            assert not cell.startswith(("=", "+", "@", "\t"))
            assert cell.isprintable()


@given(st.text())
def test_any_text_is_one_line_that_xml_can_hold(text: str) -> None:
    shown = markup(text)
    assert words(ET.fromstring(f'<a b="{shown}">{shown}</a>')) == " ".join(plain_text(text).split())
    assert "\n" not in plain_text(text)
    assert len(shortened(text, 10)) <= 10
    assert not csv_text(text).startswith(("=", "+", "-", "@"))


def test_what_if_is_labelled_and_names_whose_place_would_change() -> None:
    result, other = counted("ward"), counted("ward by meek")
    page = page_of(result, "Ward", other)
    (section,) = every(page, "section")
    heading = words(every(section, "h2")[0])
    assert heading.startswith(WHAT_IF)
    (headline,) = (p for p in every(section, "p") if p.get("class") == "headline")
    assert words(headline).startswith(WHAT_IF)
    assert differences(result, other)[1:] == (
        "Chosen under scottish-stv-2007 only: John Cooke.",
        "Chosen under meek-prf only: Steve Robertson.",
    )


def test_a_count_agrees_with_its_own_record() -> None:
    for case in CASES:
        result = counted(case)
        assert compare(result, result.to_json()) is None


def test_the_first_stage_and_figure_that_differ_are_named() -> None:
    result = counted("ward")
    recorded = result.to_json()
    recorded["stages"][4]["exhausted"] = "0.00000"
    recorded["stages"][2]["totals"]["Claire Imrie"] = "1395.41934"
    parting = compare(result, recorded)
    assert parting is not None
    assert parting.place == "stage 3, the votes of Claire Imrie"
    assert (parting.here, parting.recorded) == ("1395.41933", "1395.41934")


def test_a_changed_cell_of_a_matrix_is_named() -> None:
    result = counted("debian")
    recorded = result.to_json()
    recorded["matrix"][3][0] += 1
    parting = compare(result, recorded)
    assert parting is not None
    assert parting.place == "the matrix, ballots that prefer Anthony Towns to Jeroen van Wolffelaar"
    assert (parting.here, parting.recorded) == ("230", "231")


@pytest.mark.parametrize("value", [None, [], "count", {}, {"rule": "irv"}, {"stages": []}])
def test_what_is_no_count_is_refused(value: object) -> None:
    with pytest.raises(BadInput, match="not a recorded count"):
        compare(counted("ward"), value)


def luminance(colour: str) -> Fraction:
    """Relative luminance (WCAG 2.2) in exact steps: near enough for a bound with room to spare."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return Fraction(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2])


@pytest.mark.parametrize("scheme", COLOURS)
@pytest.mark.parametrize(("ink", "least"), [("text", 7), ("soft", Fraction(9, 2)), ("line", 3)])
@pytest.mark.parametrize("ground", ["ground", "band"])
def test_ink_stands_out_from_its_ground(scheme: str, ink: str, least: Fraction, ground: str) -> None:
    one, other = sorted((luminance(COLOURS[scheme][ink]), luminance(COLOURS[scheme][ground])), reverse=True)
    assert (one + Fraction(1, 20)) / (other + Fraction(1, 20)) >= least
