"""Django for the tests of pages: set up once a process, on a site database of its own.

Lives here: what has to happen before the first page. Not here: the organisation that pages are tried on (`site`).
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

_BEFORE = tempfile.TemporaryDirectory(prefix="isonomy-site-")
os.environ["ISONOMY_FOLDER"] = _BEFORE.name
os.environ["ISONOMY_MAIL"] = "console"
os.environ["DJANGO_SETTINGS_MODULE"] = "isonomy.web.settings"

django = pytest.importorskip("django", reason="the pages need the extra 'web'")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402

from tests.web.site import Site, empty_tables  # noqa: E402

call_command("migrate", verbosity=0, interactive=False)
setup_test_environment(debug=False)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A small club with its pages, its appender and a clock that stands still; see `Site`."""
    found = Site(tmp_path / "club")
    try:
        yield found
    finally:
        found.close()
        empty_tables()
