"""Every trial of acts beside a rulebook passes, and comes out otherwise without each line it says it rests on."""

from __future__ import annotations

from pathlib import Path

import pytest

from isonomy.engine.trial import flips, run_script
from isonomy.engine.trial_page import RestsOn, Script, read_script
from isonomy.kernel.bad_input import BadInput
from isonomy.rulebook.trials import read_trials

ROOT = Path(__file__).parents[2] / "rulebooks"
EDITIONS = {
    f"{path.parent.relative_to(ROOT).as_posix()}/{path.stem}": path.read_bytes()
    for path in sorted(ROOT.glob("**/*.md"))
    if path.parent != ROOT and path.parent.name != "trials"
}


def _scripts() -> list[tuple[str, Script]]:
    found = []
    for page in sorted(ROOT.glob("**/trials/*.md")):
        name = page.relative_to(ROOT).as_posix()
        for trial in read_trials(page.read_bytes(), name):
            if trial.kind == "acts":
                found.append((f"{name}:{trial.line}", read_script(trial)))
    return found


SCRIPTS = _scripts()
LINES = [(place, script, line) for place, script in SCRIPTS for line in script.rests_on]


@pytest.mark.parametrize(("place", "script"), SCRIPTS, ids=[place for place, _ in SCRIPTS])
def test_the_acts_get_the_verdicts_that_the_page_says(place: str, script: Script) -> None:
    assert [f"{place}, line {found.line}: {found.what}" for found in run_script(script, EDITIONS)] == []


@pytest.mark.parametrize(
    ("place", "script", "line"), LINES, ids=[f"{place} without {line}" for place, _, line in LINES]
)
def test_without_the_lines_it_rests_on_a_trial_comes_out_otherwise(place: str, script: Script, line: RestsOn) -> None:
    """A rulebook without the norm lets the same acts pass: so the norm is what refused them."""
    assert flips(script, EDITIONS, line), (place, run_script(script, EDITIONS, line))


@pytest.mark.parametrize(("place", "script"), SCRIPTS, ids=[place for place, _ in SCRIPTS])
def test_every_trial_names_what_it_rests_on(place: str, script: Script) -> None:
    assert script.rests_on, place


def _script(text: str) -> Script:
    page = f"# A page\n\n````trial acts of association/1\n{text}\n````\n"
    return read_script(read_trials(page.encode())[0])


def test_a_line_that_is_no_statement_is_named_with_its_line() -> None:
    with pytest.raises(BadInput, match="is not a statement") as caught:
        _script("people: ann\nann does as she likes")
    assert caught.value.where == "line 5"


def test_a_trial_that_expects_what_does_not_happen_fails_at_its_expectation() -> None:
    wrong = _script(
        'people: ann, bob\nseats: ann is secretary\nann as secretary: member.admit {"person": "@cem"}\n=> refused 1'
    )
    (problem,) = run_script(wrong, EDITIONS)
    assert problem.expected
    assert "accepted" in problem.what


def test_a_story_whose_own_act_is_refused_stops_there_and_flips_nothing() -> None:
    wrong = _script('people: ann, bob\nbob: member.admit {"person": "@cem"}\non 2027-02-01\n=> due committee: never')
    (problem,) = run_script(wrong, EDITIONS)
    assert not problem.expected


def test_a_trial_cannot_rest_on_a_line_that_is_not_there() -> None:
    script = _script("people: ann\nrests on 4: quorum")
    with pytest.raises(BadInput, match="no block of clause 4 says 'quorum'"):
        run_script(script, EDITIONS, script.rests_on[0])
