"""What is tried of the chamber is tried in memory and on disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.chamber.house import House


@pytest.fixture(params=["memory", "disk"])
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    """A club of five members, founded, its writer open."""
    made = House(tmp_path / "club" if request.param == "disk" else None).found()
    yield made
    made.shut()
