"""No request, however odd, gives a 5xx, a traceback or a record that is not whole."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from isonomy.cli.main import main
from tests.web.fuzz import Fuzz
from tests.web.lived import Lived
from tests.web.site import empty_tables, filled

SAMPLE = 400
AT_ONCE = 4_000


def _tried(folder: Path, seed: int, count: int) -> Fuzz:
    logging.getLogger("django").setLevel(logging.CRITICAL)
    lived = Lived(folder / f"club-{seed}")
    try:
        fuzz = Fuzz(lived, seed)
        fuzz.run(count)
        assert not fuzz.faults, f"{len(fuzz.faults)} of {count}; the first:\n" + "\n\n".join(fuzz.faults[:3])
        assert lived.site.client.head(30).size == lived.site.state.n
        return fuzz
    finally:
        lived.site.close()
        empty_tables()


def test_no_request_is_answered_with_a_defect(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fuzz = _tried(tmp_path, 1, SAMPLE)
    assert len(fuzz.forms) > 20, "the forms were never reached"
    assert fuzz.statuses.get(422, 0) > 20
    assert main(["verify", str(tmp_path / "club-1")]) == 0, capsys.readouterr().out


def test_a_poll_without_a_box_is_not_counted_and_the_answer_names_no_path(tmp_path: Path) -> None:
    """Found by chance: declaring an open poll in which nobody has voted told where the folder lies."""
    lived = Lived(tmp_path / "club")
    try:
        browser, path = lived.site.browser("ada"), f"/polls/{lived.poll}/declare/"
        sent = filled(browser.get(path))
        for headers in ({}, {"X-Prepare": "1"}):
            answer = browser.post(path, sent, headers=headers)
            assert answer.status_code == 422
            assert str(tmp_path) not in answer.content.decode()
            assert "close the poll first" in answer.content.decode()
    finally:
        lived.site.close()
        empty_tables()


@pytest.mark.scale
@pytest.mark.parametrize("seed", range(2, 27))
def test_a_hundred_thousand_requests_give_no_defect(
    tmp_path: Path, seed: int, capsys: pytest.CaptureFixture[str]
) -> None:
    _tried(tmp_path, seed, AT_ONCE)
    assert main(["verify", str(tmp_path / f"club-{seed}")]) == 0, capsys.readouterr().out
