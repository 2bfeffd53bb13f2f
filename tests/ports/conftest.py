"""Every test of this folder runs against every adapter."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ports.stores import InMemory, OnDisk, Stores


@pytest.fixture(params=[InMemory, OnDisk], ids=lambda kind: kind.kind)
def stores(request: pytest.FixtureRequest, tmp_path: Path) -> Stores:
    """The stores of one organisation."""
    made: Stores = request.param(tmp_path / "organisation")
    return made
