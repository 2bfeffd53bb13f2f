"""A real browser for the tests of pages: the system's Chromium, and the site behind an address of this machine.

Lives here: starting both, axe, and where a missing browser is said. Not here: the club (`tests.web.site`).

Where there is no Chromium the tests are skipped with the reason; with `ISONOMY_CI=1` that is a failure.
"""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest

from tests.web import conftest as _django  # noqa: F401  (sets Django up)
from tests.web.conftest import site  # noqa: F401  (a fixture)

# The driver keeps an event loop in this thread; the tests themselves are plain functions.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


class _Threads(ThreadingMixIn, WSGIServer):
    daemon_threads = True


@pytest.fixture(scope="session")
def chromium() -> Iterator[object]:
    """The browser, for the whole run."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        why = "no Chromium on this machine; on Debian: apt-get install chromium"
        if os.environ.get("ISONOMY_CI"):
            pytest.fail(why)
        pytest.skip(why)
    sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed: make setup")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def address(site: object) -> Iterator[str]:  # noqa: F811
    """Where the club's pages are served."""
    from django.conf import settings

    from isonomy.web.wsgi import application

    server = make_server("127.0.0.1", 0, application, _Threads, _Quiet)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    before = settings.ISONOMY_URL
    settings.ISONOMY_URL = f"http://localhost:{server.server_port}"
    try:
        yield settings.ISONOMY_URL
    finally:
        settings.ISONOMY_URL = before
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def visit(chromium, site, address, tmp_path: Path) -> Iterator[object]:  # noqa: F811
    """Opens a window for a member: `visit("ben")`, or for nobody: `visit()`; see `tests.browser.window.Window`."""
    from tests.browser.window import Window

    windows = []

    def open_window(name: str = "", **options: object) -> Window:
        window = Window(chromium, site, address, name, options)
        windows.append(window)
        return window

    yield open_window
    for window in windows:
        window.close()
