"""Waiting: the page at the demonstration's address while the federation lives its two years.

Lives here: a server that answers every address with how far the story is. Not here: the story, the pages that come after.

Invariant: it answers 200 and listens on this machine alone; it lets go of the port once the pages answer there.
"""

from __future__ import annotations

import socket
import threading
import time
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SERVER = "Waiting"
PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Being prepared: Lanternfield Housing Federation</title>
<noscript><meta http-equiv="refresh" content="3"></noscript>
<style>
body {{ font: 1.125rem/1.6 Georgia, serif; max-width: 34rem; margin: 15vh auto; padding: 0 1.25rem; color-scheme: light dark }}
progress {{ width: 100%; height: 1rem }}
</style>
</head>
<body>
<h1>Lanternfield Housing Federation</h1>
<p>Twelve invented branches live through two years, act by act, and every act is judged by their rulebook. This takes
less than a minute.</p>
<p><label>The story has reached {day}. <progress id="far" max="100" value="{far}">{far} of 100</progress></label></p>
<p>The first page comes here by itself.</p>
<script>
setInterval(async () => {{
  try {{
    const answer = await fetch("/", {{ cache: "no-store" }});
    const text = await answer.text();
    const page = new DOMParser().parseFromString(text, "text/html");
    if (page.getElementById("far")) document.body.replaceChildren(...page.body.children);
    else location.reload();
  }} catch {{ }}
}}, 700);
</script>
</body>
</html>
"""


class Waiting:
    """Answers at an address until it is told to stop."""

    def __init__(self, host: str, port: int) -> None:
        self.far, self.day = 0, "its founding"
        outer = self

        class Page(BaseHTTPRequestHandler):
            """Every address shows the same page."""

            server_version = SERVER

            def do_GET(self) -> None:
                """Shows how far it is."""
                data = PAGE.format(far=outer.far, day=outer.day).encode()
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(data)))
                self.send_header("Cache-Control", "no-store")
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_: object) -> None:
                """Says nothing on the terminal."""

        class Server(ThreadingHTTPServer):
            """Shares the port with the pages while they start, so that somebody always answers."""

            daemon_threads = True
            allow_reuse_port = True

        if answers(host, port):
            raise OSError(f"port {port} is taken")
        self._server = Server((host, port), Page)
        self._at = f"http://{host}:{port}/"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
        self._thread.start()

    def told(self, far: int, day: str) -> None:
        """Hears how far the story is, in hundredths, and which day it has reached."""
        self.far, self.day = far, day

    def stop_when_relieved(self) -> threading.Thread:
        """Gives the port up as soon as the pages answer at it; the thread that watches for them."""
        watch = threading.Thread(target=self._watch, daemon=True)
        watch.start()
        return watch

    def _watch(self) -> None:
        while True:
            try:
                with urllib.request.urlopen(self._at, timeout=30) as answer:
                    if not answer.headers.get("Server", "").startswith(SERVER):
                        break
            except OSError:
                pass
            time.sleep(0.1)
        self.stop()

    def stop(self) -> None:
        """Gives the port up."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def answers(host: str, port: int) -> bool:
    """Whether somebody listens at a port."""
    try:
        socket.create_connection((host, port), timeout=1).close()
    except OSError:
        return False
    return True
