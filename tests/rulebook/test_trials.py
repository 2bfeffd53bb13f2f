"""The literate trials: each page of `tests/rulebook/trials` and of `rulebooks/*/trials` says what the lint finds."""

from __future__ import annotations

from pathlib import Path

import pytest

from isonomy.kernel.bad_input import BadInput
from isonomy.rulebook.trials import Trial, read_trials, run_trial

HERE = Path(__file__).parent
CHECKOUT = HERE.parents[1]
PAGES = [*sorted((HERE / "trials").glob("*.md")), *sorted((CHECKOUT / "rulebooks").glob("*/trials/*.md"))]
EDITIONS = {
    f"{path.parent.name}/{path.stem}": path.read_bytes() for path in (CHECKOUT / "rulebooks").glob("*/[0-9]*.md")
}
TRIALS = [
    pytest.param(trial, id=f"{page.stem}:{trial.line}")
    for page in PAGES
    for trial in read_trials(page.read_bytes(), page.name)
    if trial.kind != "acts"
]


@pytest.mark.parametrize("trial", TRIALS)
def test_the_lint_finds_exactly_what_the_page_says(trial: Trial) -> None:
    assert run_trial(trial, EDITIONS) == ()


def test_both_kinds_are_tried_on_every_page_of_the_lint() -> None:
    for page in (HERE / "trials").glob("*.md"):
        kinds = {trial.kind for trial in read_trials(page.read_bytes(), page.name)}
        assert kinds == {"good", "bad"}, page.name


def test_a_trial_that_expects_another_line_fails() -> None:
    page = (
        b"````trial bad\n## 1. A\nWords.\n\n```rule boddy b\n```\n=> 3: error: 'boddy' is not a kind of block\n````\n"
    )
    (trial,) = read_trials(page)
    problems = run_trial(trial)
    assert len(problems) == 2
    assert problems[1].startswith("not expected: 4: error: 'boddy' is not a kind of block")


def test_a_good_trial_with_a_finding_fails() -> None:
    page = b"````trial good\n## 1. Committee\n\n```rule body committee\nfilled by: everybody\n```\n````\n"
    (trial,) = read_trials(page)
    assert any("'everybody' is not a way to fill a seat" in problem for problem in run_trial(trial))


def test_a_comparison_that_says_otherwise_fails() -> None:
    page = b"````trial compare of association/1\n- seats: 5\n+ seats: 7\n=> The committee: fine.\n````\n"
    (trial,) = read_trials(page)
    problems = run_trial(trial, EDITIONS)
    assert problems[0] == "not found: The committee: fine."
    assert problems[1].startswith("not expected: The committee: number of seats: higher, 7 instead of 5")


def test_trials_of_acts_are_kept_as_written() -> None:
    (trial,) = read_trials(b'# T\n\n````trial acts of association/1\n{"act":"x"}\n=> refused 3\n````\n')
    assert (trial.kind, trial.of, trial.lines) == ("acts", "association/1", ('{"act":"x"}', "=> refused 3"))


@pytest.mark.parametrize(
    ("page", "says"),
    [
        (b"````trial fine\n````\n", "t.md:1: 'fine' is not a kind of trial"),
        (b"````trial compare\n````\n", "t.md:1: a comparison names no edition"),
        (b"````trial bad\nx\n", "t.md:1: the trial that begins here is not closed"),
        (b"````trial bad\n````\n", "t.md:1: a bad trial expects nothing"),
        (b"````trial good\n=> 1: error: x\n````\n", "t.md:1: a good trial expects an error"),
        (b"````trial bad\n=> somewhere\n````\n", "t.md:2: '=> somewhere' is not an expectation"),
        (b"\xff", "t.md: not UTF-8 text"),
    ],
)
def test_a_trial_that_is_not_one_is_answered_with_its_line(page: bytes, says: str) -> None:
    with pytest.raises(BadInput) as raised:
        read_trials(page, "t.md")
    assert str(raised.value).startswith(says)


def test_a_change_that_fits_nowhere_is_bad_input() -> None:
    (trial,) = read_trials(b"````trial good of association/1\n- no such line\n+ another\n````\n")
    with pytest.raises(BadInput, match="stand 0 times"):
        run_trial(trial, EDITIONS)
