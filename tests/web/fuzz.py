"""Random requests, built from the site's addresses and from the forms its pages show.

Lives here: what is sent, and what no answer may be. Not here: how many are sent (`test_fuzz`).

A seed gives the same requests again. Every answer is below 500, shows no traceback and no path of this machine.
"""

from __future__ import annotations

import random
import sys
import traceback
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote_from_bytes, urlencode

from django.core.signals import got_request_exception

from tests.web.access import Callers, addresses
from tests.web.lived import Lived


@dataclass(frozen=True)
class Upload:
    """A file sent with a form."""

    name: str
    data: bytes


Pairs = list[tuple[str, str | bytes | Upload]]
MULTIPART = "multipart/form-data; boundary=limit"
LAST = ("/leave/", "/death/", "/end/", "/revoke/")
"""Forms that take people away; they are sent towards the end, so that there is somebody until then."""
FORM = "application/x-www-form-urlencoded"
KINDS = ("nobody", "stranger", "former", *("member",) * 4, *("chair",) * 3, *("keeper",) * 4)
ODD: tuple[str | bytes, ...] = (
    "", " ", "0", "-1", "1", "999999999999999999999999", "1e309", "NaN", "1.5", "true", "null", "[]", "{}", "[[[[[[]]]]]]",
    '{"scores":[1,null]}', "for", "on", "mo-0", "mt-999999", "po-abc", "p-", "chair", "committee", "members-meeting", "policy",
    "2027-02-30", "2027-13-45T99:99", "0000-00-00", "9999-12-31", "2027-04-20", "2027-04-20T18:00", "T", "\x00", "a\x00b",
    "\r\nSet-Cookie: a=b", "'; drop table x; --", "<script>alert(1)</script>", "{{ 7|add:7 }}", "{% debug %}", "../../etc/passwd",
    "\u202e\u0000\ufffe", "\U0001f600" * 20, "é" * 300, "x" * 70_000, "\ud800".encode("utf-8", "surrogatepass"), b"\xff\xfe\x00",
    b"\x80", "٣", "１２", "1_000", "+1", "0x10", " 3 ", "a,b;c\nd", "name,email\nx", "%", "%zz", "\n" * 50, "[1,", "-0", "1;2;3",
)  # fmt: skip
HEADERS: tuple[dict[str, str], ...] = (
    {}, {}, {}, {"If-None-Match": '"x"'}, {"If-None-Match": "*"}, {"If-Modified-Since": "never"}, {"HX-Request": "true"},
    {"X-Prepare": "1"}, {"Accept-Language": "de-DE;q=abc,\u00e9"}, {"Accept-Language": "x" * 400}, {"Accept": "application/json"},
    {"X-Requested-With": "XMLHttpRequest"}, {"X-Forwarded-Proto": "https"}, {"Range": "bytes=5-1"}, {"Accept-Encoding": "gzip"},
)  # fmt: skip


@dataclass
class Field:
    """A field of a form as its page shows it: what it holds or offers."""

    kind: str
    offered: list[str] = field(default_factory=list)


@dataclass
class Form:
    """A form of a page: how it is sent, and its fields by name."""

    action: str
    method: str
    fields: dict[str, Field] = field(default_factory=dict)


class Forms(HTMLParser):
    """The forms and links of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[str] = []
        self._open: Form | None = None
        self._last = Field("")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {key: value or "" for key, value in attrs}
        if tag == "a" and has.get("href", "").startswith("/"):
            self.links.append(has["href"].partition("#")[0])
        elif tag == "form":
            self._open = Form(has.get("action", ""), has.get("method", "get").upper())
            self.forms.append(self._open)
        elif tag == "option":
            self._last.offered.append(has.get("value", ""))
        elif self._open is not None and tag in ("input", "textarea", "select", "button") and has.get("name"):
            kind = has.get("type", "text") if tag == "input" else tag
            self._last = self._open.fields.setdefault(has["name"], Field(kind))
            if kind in ("radio", "checkbox", "button", "hidden") or "value" in has:
                self._last.offered.append(has.get("value", "on" if kind == "checkbox" else ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None


@dataclass
class Fuzz:
    """Sends random requests to a club and remembers the forms and links it is shown."""

    lived: Lived
    seed: int
    forms: dict[tuple[str, str], Form] = field(default_factory=dict)
    links: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self.callers = Callers(self.lived)
        self.addresses = addresses()
        self._raised, self._is_late = "", False

    def run(self, count: int) -> None:
        """Sends so many; `faults` then says what went wrong."""
        got_request_exception.connect(self._note)
        try:
            for place in range(count):
                self._is_late = place > 0.9 * count
                if place % 40 == 0:
                    self._browsers = {kind: self.callers.browser(kind) for kind in set(KINDS)}
                    self.lived.site.clock.move(minutes=self.chance.randrange(30))
                self._one()
        finally:
            got_request_exception.disconnect(self._note)

    def _note(self, **_: Any) -> None:
        self._raised = "".join(traceback.format_exception(*sys.exc_info())[-4:])

    def _one(self) -> None:
        kind = self.chance.choice(KINDS)
        roll = self.chance.random()
        method = "GET" if roll < 0.1 else "POST"
        wanted = (
            [key for key, form in self.forms.items() if (key[0], form.method) == (kind, method)] if roll < 0.55 else []
        )
        if wanted:
            _, path = key = self.chance.choice(sorted(wanted))
            form = self.forms[key]
            body, content_type = self._body(self._filled(form))
            if form.method == "GET" and content_type == FORM:
                self._send(kind, "GET", f"{path.partition('?')[0]}?{body.decode()[:8000]}", b"", FORM)
            else:
                self._send(kind, "POST", path, body, content_type)
        elif roll < 0.7 and self.links:
            path = self.chance.choice(sorted(self.links))
            self._send(kind, "GET", self._bent(path), b"", FORM)
        else:
            path = self._address()
            method = self.chance.choice(("GET",) * 16 + ("POST",) * 5 + ("HEAD", "OPTIONS", "PUT", "BREW"))
            body, content_type = self._body(self._pairs()) if method == "POST" else (b"", FORM)
            self._send(kind, method, self._bent(path), body, content_type)

    def _send(self, kind: str, method: str, path: str, body: bytes, content_type: str) -> None:
        client, headers = self._browsers[kind], self.chance.choice(HEADERS)
        client.raise_request_exception = False
        self._raised = ""
        answer = client.generic(method, path, body, content_type=content_type, headers=headers)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[arg-type]
        answer.close()
        status = answer.status_code
        self.statuses[status] = self.statuses.get(status, 0) + 1
        shown = f"seed {self.seed}: {kind} {method} {path[:300]!r} {content_type} {headers} {body[:600]!r}"
        if status >= 500:
            self.faults.append(f"{status} {shown}\n{self._raised}")
        elif b"Traceback (most recent" in content or bytes(self.lived.site.folder.parent) in content:
            self.faults.append(f"shows what is the machine's own: {shown}")
        if status in (200, 422) and answer.headers.get("Content-Type", "").startswith("text/html"):
            self._learn(kind, path, content.decode("utf-8"))

    def _learn(self, kind: str, path: str, text: str) -> None:
        page = Forms()
        page.feed(text)
        self.links.update(
            link for link in page.links if len(link) < 300 and not link.startswith(("/sign-out", "/static"))
        )
        for form in page.forms:
            goal = form.action or path
            goal = goal.partition("?")[0] if form.method == "GET" else goal
            if (
                form.fields
                and not goal.startswith("/sign-out")
                and len(goal) < 300
                and (self._is_late or not goal.endswith(LAST))
            ):
                self.forms[kind, goal] = form

    def _value(self) -> str | bytes:
        if self.chance.random() < 0.4:
            return self.chance.choice(self._known())
        return self.chance.choice(ODD)

    def _known(self) -> list[str]:
        """Ids and names of what is there."""
        state = self.lived.site.state
        found = [
            *self.lived.examples.values(),
            *self.lived.site.ids.values(),
            *state.motions,
            *state.polls,
            *state.meetings,
        ]
        return [
            *found,
            *state.elections,
            *state.decisions,
            *state.mandates,
            "secretary",
            "treasurer",
            "budget",
            "letters",
        ]

    def _filled(self, form: Form) -> Pairs:
        """A form as somebody careful, careless, hurried or hostile sends it."""
        hostile = self.chance.random()
        share = 0.0 if hostile < 0.5 else 0.1 if hostile < 0.8 else 0.4
        pairs: Pairs = []
        for name, shown in form.fields.items():
            if self.chance.random() < share / 4:
                continue
            given: list[Any] = list(self._usual(name, shown))
            if self.chance.random() < share and name != "act_id":
                given = [self._value()]
            if self.chance.random() < share / 8:
                given.append(self._value())
            if self.chance.random() < share / 16 or shown.kind == "file":
                given.append(self._file())
            pairs += [(name, value) for value in given]
        if self.chance.random() < share / 8:
            pairs += self._pairs()
        return pairs

    def _usual(self, name: str, shown: Field) -> list[str]:
        """What a person may well answer."""
        if shown.kind == "checkbox":
            return self.chance.sample(shown.offered, self.chance.randint(1, len(shown.offered)))
        if shown.kind in ("radio", "select", "button"):
            return [self.chance.choice(shown.offered)] if shown.offered else []
        if shown.offered:
            return [shown.offered[-1]]
        return [self.chance.choice(("Plain words.", "policy", "letters", "3", "2027-05-06", "", *self._known()))]

    def _pairs(self) -> Pairs:
        names = [name for form in self.forms.values() for name in form.fields] + ["q", "page", "body", "text", "step"]
        return [(self.chance.choice(names), self._value()) for _ in range(self.chance.randrange(5))]

    def _file(self) -> Upload:
        return Upload(self.chance.choice(("a.csv", "x" * 300, "..", "kept", "a/b\\c", "")), _bytes(self._value()))

    def _body(self, pairs: Pairs) -> tuple[bytes, str]:
        roll = self.chance.random()
        if any(isinstance(value, Upload) for _, value in pairs) or roll < 0.1:
            body = b"".join(_part(name, value) for name, value in pairs) + b"--limit--\r\n"
            return (body[: self.chance.randrange(len(body))] if roll < 0.02 else body), MULTIPART
        body = b"&".join(
            f"{quote_from_bytes(_bytes(name))}={quote_from_bytes(_bytes(value))}".encode() for name, value in pairs
        )
        if roll > 0.97:
            return body, self.chance.choice(
                ("application/json", "text/plain", FORM + "; charset=utf-7", "multipart/form-data")
            )
        return body, FORM

    def _address(self) -> str:
        """An address of the configuration, its parts filled with what is there or with anything."""
        chosen = self.chance.choice(self.addresses)
        examples = dict(self.lived.examples)
        if self.chance.random() < 0.4:
            examples |= {name: self.chance.choice(self._known()) for name in examples}
        path = chosen.example(examples)
        if self.chance.random() < 0.2:
            parts = path.split("/")
            value = quote_from_bytes(_bytes(self._value()))[:3000] or "x"
            parts[self.chance.randrange(1, len(parts))] = value
            path = "/" + "/".join(parts).lstrip("/")
        return path

    def _bent(self, path: str) -> str:
        """The address with a query nobody wrote."""
        pairs = self._pairs() if self.chance.random() < 0.5 else []
        if not pairs:
            return path
        query = urlencode([(name, _bytes(value)[:4000]) for name, value in pairs])
        return f"{path}{'&' if '?' in path else '?'}{query}"


def _bytes(value: Any) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")


def _part(name: str, value: Any) -> bytes:
    file = f'; filename="{value.name}"\r\nContent-Type: text/csv' if isinstance(value, Upload) else ""
    head = f'--limit\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n'
    return head.encode() + (value.data if isinstance(value, Upload) else _bytes(value)) + b"\r\n"
