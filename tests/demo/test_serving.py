"""What `make demo` and `make screenshots` say and answer before there is a federation to show."""

from __future__ import annotations

import shutil
import socket
import threading
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from demo import housing_federation, screenshots
from demo.federation.waiting import Waiting, answers

HOST = "127.0.0.1"


@pytest.fixture
def port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as free:
        free.bind((HOST, 0))
        return int(free.getsockname()[1])


def test_the_address_answers_from_the_first_moment_and_says_how_far_it_is(port: int) -> None:
    waiting = Waiting(HOST, port)
    try:
        for path in ("", "meetings/", "favicon.ico"):
            waiting.told(37, "2026-03-04")
            with urllib.request.urlopen(f"http://{HOST}:{port}/{path}", timeout=10) as answer:
                text = answer.read().decode()
            assert (answer.status, answer.url) == (200, f"http://{HOST}:{port}/{path}")
            assert "2026-03-04" in text
            assert "37 of 100" in text
    finally:
        waiting.stop()
    assert not answers(HOST, port)


def test_the_page_that_waits_makes_room_once_the_pages_answer_at_its_address(port: int) -> None:
    class Page(BaseHTTPRequestHandler):
        """The pages that come after."""

        def do_GET(self) -> None:
            """Answers."""
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    class Pages(ThreadingHTTPServer):
        """Takes the same port, as the pages do."""

        allow_reuse_port = True

    waiting = Waiting(HOST, port)
    pages = Pages((HOST, port), Page)
    thread = threading.Thread(target=pages.serve_forever)
    thread.start()
    try:
        waiting.stop_when_relieved().join(timeout=30)
        with urllib.request.urlopen(f"http://{HOST}:{port}/", timeout=10) as answer:
            assert answer.read() == b""
    finally:
        pages.shutdown()
        pages.server_close()
        thread.join()


def test_a_port_that_is_taken_is_said_with_another_and_no_folder_is_touched(
    port: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    waiting = Waiting(HOST, port)
    try:
        assert housing_federation.main(["--port", str(port), "--folder", str(tmp_path / "federation")]) == 1
    finally:
        waiting.stop()
    assert f"make demo PORT={port + 1}" in capsys.readouterr().err
    assert not (tmp_path / "federation").exists()


@pytest.mark.parametrize("number", ["0", "65535", "-1"])
def test_what_is_no_port_is_said(number: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert housing_federation.main([f"--port={number}"]) == 1
    assert "is not a port" in capsys.readouterr().err


def test_screenshots_say_that_there_is_no_browser(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert screenshots.main(["--out", str(tmp_path / "shots")]) == 1
    assert "apt-get install chromium" in capsys.readouterr().err
    assert not (tmp_path / "shots").exists()
