"""Founding in the browser: one page, served by itself, before there is an organisation.

Lives here: that page and its little server. Not here: founding (`adapters.folder`), the site of an organisation that is there.

Invariant: the page is at an address drawn at random, which stands where the program was started and nowhere else; nothing is kept
before the rulebook reads without fault and the founding is accepted. It ends with the first organisation.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from socket import AF_INET6
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from isonomy.adapters.folder import found_folder
from isonomy.adapters.system import SystemClock, SystemZone
from isonomy.chamber.founding import with_front
from isonomy.kernel.bad_input import BadInput
from isonomy.rulebook.reader import examine

BODY_MAX = 2_000_000
GRACE_SECONDS = 1.5
STYLES = Path(__file__).parent.parent / "design" / "static" / "design"
OWN = "own"
Start = Callable[..., Any]


class FoundForm(forms.Form):
    """What a founder is asked: the rules, the name, the hour, and who founds."""

    name = forms.CharField(label=gettext_lazy("The name of the organisation"), max_length=200)
    model = forms.ChoiceField(label=gettext_lazy("Its rules to begin with"), widget=forms.RadioSelect)
    time_zone = forms.CharField(
        label=gettext_lazy("Where its clocks are"), max_length=60, help_text=gettext_lazy("Such as Europe/London.")
    )
    founder = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=200,
        help_text=gettext_lazy("Kept beside the record, for members to see."),
    )
    rulebook = forms.CharField(
        label=gettext_lazy("A rulebook of your own"), widget=forms.Textarea, max_length=1_000_000, required=False,
        help_text=gettext_lazy("Only where you chose so above. What of it cannot stand is told with its line."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, models: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.models = models
        self.fields["model"].choices = [
            *(
                (name, _("%(name)s, a model that comes with the program") % {"name": name.capitalize()})
                for name in models
            ),
            (OWN, _("a rulebook of our own, pasted below")),
        ]

    def clean_time_zone(self) -> str:
        """A zone that this machine knows."""
        zone = str(self.cleaned_data["time_zone"])
        try:
            SystemZone().local(SystemClock().now(), zone)
        except BadInput as fault:
            raise forms.ValidationError(f"{fault.what}; {fault.cure}") from fault
        return zone

    def clean(self) -> dict[str, Any]:
        """The rules with the name and zone in their front matter; says what of them cannot stand."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not {"model", "name", "time_zone"} <= data.keys():
            return data
        text = data.get("rulebook", "") if data["model"] == OWN else self.models[data["model"]]
        text = text.replace("\r\n", "\n")
        if data["model"] == OWN and not text.strip():
            self.add_error("rulebook", _("Paste the text of your rulebook, or choose a model."))
            return data
        for key, value in (("organisation", data["name"]), ("time zone", data["time_zone"])):
            text = with_front(text, key, value)
        examination = examine(text.encode(), "rulebook")
        for found in examination.errors[:20]:
            self.add_error("rulebook", found.sentence("rulebook"))
        data["text"] = text
        return data


class Founding:
    """The page as a WSGI application: the form at a secret address, until the organisation is founded."""

    def __init__(self, folder: Path, models: Mapping[str, str]) -> None:
        self.folder, self.models = folder, models
        self.path = f"/found/{secrets.token_urlsafe(24)}/"
        self.is_founded = threading.Event()
        self._turn = threading.Lock()

    def __call__(self, environ: Mapping[str, Any], start: Start) -> Iterable[bytes]:
        path = str(environ.get("PATH_INFO", ""))
        style = path.removeprefix("/static/design/")
        if style in ("tokens.css", "pages.css"):
            return self._answer(start, "200 OK", (STYLES / style).read_bytes(), "text/css; charset=utf-8")
        if not secrets.compare_digest(path.encode(), self.path.encode()):
            return self._page(start, "200 OK", {"is_closed": True})
        if environ["REQUEST_METHOD"] != "POST":
            form = FoundForm(models=self.models, initial=self._start())
            return self._page(start, "200 OK", {"form": form})
        length = int(environ.get("CONTENT_LENGTH") or 0)
        if length > BODY_MAX:
            return self._page(start, "413 Content Too Large", {"is_closed": True})
        form = FoundForm(QueryDict(environ["wsgi.input"].read(length)), models=self.models)
        return self._found(start, form)

    def _start(self) -> dict[str, str]:
        first = "association" if "association" in self.models else next(iter(self.models), OWN)
        zone = next(
            (
                line.partition(":")[2].strip()
                for line in self.models.get(first, "").split("\n")
                if line.startswith("time zone")
            ),
            "",
        )
        return {"model": first, "time_zone": zone or "UTC"}

    def _found(self, start: Start, form: FoundForm) -> Iterable[bytes]:
        if not form.is_valid():
            return self._page(start, "422 Unprocessable Content", {"form": form})
        with self._turn:
            if self.is_founded.is_set() or (self.folder.exists() and any(self.folder.iterdir())):
                return self._page(start, "200 OK", {"is_done": True})
            try:
                found_folder(self.folder, form.cleaned_data["text"], founder_name=form.cleaned_data["founder"].strip())
            except BadInput as fault:
                form.add_error(None, fault.sentence())
                return self._page(start, "422 Unprocessable Content", {"form": form})
        return _Last(self._page(start, "200 OK", {"is_done": True, "name": form.cleaned_data["name"]}), self.is_founded)

    def _page(self, start: Start, status: str, shown: dict[str, Any]) -> list[bytes]:
        text = render_to_string(
            "founding/alone.html", {"is_closed": False, "is_done": False, "site": settings.ISONOMY_URL, **shown}
        )
        return self._answer(start, status, text.encode(), "text/html; charset=utf-8")

    def _answer(self, start: Start, status: str, data: bytes, kind: str) -> list[bytes]:
        headers = {
            "Content-Type": kind, "Content-Length": str(len(data)),
            "Cache-Control": "max-age=3600" if kind.startswith("text/css") else "no-store", "X-Frame-Options": "DENY",
            "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
            "Content-Security-Policy": settings.CONTENT_SECURITY_POLICY,
        }  # fmt: skip
        start(status, list(headers.items()))
        return [data]


class _Last:
    """The last page: when it was sent whole, the little server may end."""

    def __init__(self, pieces: list[bytes], sent: threading.Event) -> None:
        self._pieces, self._sent = pieces, sent

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._pieces)

    def close(self) -> None:
        """Called when the page was sent."""
        self._sent.set()


class _Quiet(WSGIRequestHandler):
    """Writes no log: the address is secret."""

    timeout = 20

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing."""


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Server6(_Server):
    address_family = AF_INET6


def serve_until_founded(founding: Founding, host: str, port: int) -> None:
    """Serves the page until an organisation is founded; raises `BadInput` where the address is taken."""
    kind = _Server6 if ":" in host else _Server
    try:
        server = kind((host, port), _Quiet)
    except OSError as fault:
        raise BadInput(
            f"{host}:{port} cannot be listened on: {fault.strerror}", "--port", "name another port"
        ) from fault
    server.set_app(founding)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        founding.is_founded.wait()
        # The browser still asks for the styles of the last page.
        time.sleep(GRACE_SECONDS)
    finally:
        server.shutdown()
        server.server_close()
