"""Who gets what at every address: the walk over the addresses, and the table that says what must come out.

Lives here: reading the address configuration, asking every address as every kind of account, `access.csv` beside this
file. Not here: the comparison (`test_access`).

    python -m tests.web.access          writes lines that are missing and drops those without an address; read the diff

The words of the table: `page` (shown, or a file), `on` (led to another page of the site), `door` (asked to sign in),
`again` (what was wrong is said: 400, 422), `closed` (403), `none` (404), `never` (405), `off` (503).

Kinds of account: `nobody`; `stranger` (an account without a member), `former` (a member who left), `member`, `chair`,
`keeper` (keeps roll, minutes, record and polls), and `recorder` of a history (an organisation of its own).
"""

from __future__ import annotations

import csv
import logging
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

import tests.web.conftest  # noqa: F401  (sets Django up)
from isonomy.web.accounts.models import Account
from tests.web.lived import Lived
from tests.web.site import Site, empty_tables, signed_in

TABLE = Path(__file__).with_name("access.csv")
KINDS = ("nobody", "stranger", "former", "member", "chair", "keeper", "recorder")
NAMES = {"former": "gus", "member": "fay", "chair": "ben", "keeper": "ada"}
METHODS = ("GET", "POST")
SAID = {200: "page", 301: "on", 302: "on", 400: "again", 422: "again", 403: "closed", 404: "none", 405: "never"}
EXAMPLES = {
    "person": "members", "meeting": "meetings", "motion": "motions", "amendment": "amendments", "poll": "hands",
    "mandate": "mandates", "ruling": "ruling", "step": "step", "block": "block", "seat": "seats", "number": "record", "token": "token",
    "secret": "secret", "kind": "kind", "plain": "plain", "pk": "pk",
}  # fmt: skip
"""Under which word of `Lived.examples` the example for a part of an address stands; `id` and `name` follow the address."""
FIXED = {
    "token": "x:y:z", "secret": "nobody-knows", "kind": "csv", "plain": "committee", "pk": "1", "units": "north",
    "step": "support", "block": "agenda", "criticism": "ct-0", "publication": "tx-0", "commissions": "co-0", "views": "vi-0",
    "order": "oo-0", "joining": "jo-0", "powers": "dl-0", "lots": "lo-0", "money": "pm-0",
}  # fmt: skip


@dataclass(frozen=True)
class Address:
    """One address as it is configured: `motions/<str:id>/`."""

    route: str
    pattern: URLPattern

    def parts(self) -> list[str]:
        """The names of its variable parts."""
        return list(self.pattern.pattern.converters)

    def example(self, examples: dict[str, str]) -> str:
        """The address with an example for each part; raises `KeyError` where nobody has given one."""
        found = "/" + self.route
        for name, converter in self.pattern.pattern.converters.items():
            first = self.route.partition("/")[0]
            word = first if name in ("id", "name") else EXAMPLES.get(name, name)
            if self.route.startswith("rulebook/clause/"):
                word = "clauses"
            elif self.route.startswith("rulebook/editions/"):
                word = "editions"
            elif self.route.startswith("meetings/demands/"):
                word = "demands" if name == "id" else word
            elif self.route.startswith("rulings/"):
                word = "ruling"
            elif self.route.startswith("keys/enrolled/"):
                word = "pk"
            kind = type(converter).__name__.removesuffix("Converter").lower()
            kind = {"string": "str"}.get(kind, kind)
            value = {"clauses": "3", **FIXED, **examples}[word]
            found = found.replace(f"<{kind}:{name}>", value).replace(f"<{name}>", value)
        return found


def addresses() -> list[Address]:
    """Every address of the site, in the order in which they are tried."""

    def walk(patterns: list[Any], before: str) -> Iterator[Address]:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns, before + str(pattern.pattern))
            else:
                yield Address(before + str(pattern.pattern), pattern)

    return list(walk(get_resolver().url_patterns, ""))


class Callers:
    """A browser for each kind of account."""

    def __init__(self, lived: Lived, kinds: tuple[str, ...] = KINDS[:-1]) -> None:
        self.site = lived.site
        self.kinds = kinds
        if not Account.objects.filter(person=None).exists():
            Account.objects.create_user("stranger@example.invalid")

    def browser(self, kind: str) -> Client:
        """A browser of that kind, freshly signed in."""
        if kind == "nobody":
            return self.site.browser()
        if kind == "stranger":
            return signed_in(Account.objects.get(email="stranger@example.invalid"))
        return self.site.browser(NAMES.get(kind, "ada"))


def said(response: Any) -> str:
    """The word of the table for an answer; an answer that has none is said as its number."""
    status = int(response.status_code)
    if status in (301, 302) and response.headers["Location"].startswith(("/sign-in/?next=", "/sign-in/as/?next=")):
        return "door"
    return SAID.get(status, str(status))


def asked(client: Client, method: str, path: str) -> Any:
    """The answer to a request without a body."""
    client.raise_request_exception = False
    answer = client.generic(method, path, b"", content_type="application/x-www-form-urlencoded")
    if answer.streaming:
        for _ in answer.streaming_content:
            pass
    answer.close()
    return answer


def walked(lived: Lived, examples: dict[str, str], kinds: tuple[str, ...]) -> dict[tuple[str, str], dict[str, str]]:
    """What each kind of account gets, by address and method."""
    callers = Callers(lived, kinds)
    found: dict[tuple[str, str], dict[str, str]] = {}
    for method in METHODS:
        reading = {kind: callers.browser(kind) for kind in kinds}
        for address in addresses():
            path = address.example(examples)
            for kind in kinds:
                client = reading[kind] if method == "GET" else callers.browser(kind)
                found.setdefault((address.route, method), {})[kind] = said(asked(client, method, path))
    return found


class History:
    """An organisation whose past is entered by a recorder; it has none of what the examples name."""

    def __init__(self, folder: Path) -> None:
        self.site = Site(folder, kind="history", members=())
        self.examples: dict[str, str] = {}


def whole(folder: Path) -> dict[tuple[str, str], dict[str, str]]:
    """The walk as all kinds of account; the recorder's in an organisation of its own."""
    logging.getLogger("django.request").setLevel(logging.CRITICAL)
    lived = Lived(folder / "club")
    try:
        found = walked(lived, lived.examples, KINDS[:-1])
        examples = lived.examples
    finally:
        lived.site.close()
        empty_tables()
    history = History(folder / "history")
    try:
        for key, told in walked(history, examples, KINDS[-1:]).items():  # type: ignore[arg-type]
            found[key] |= told
    finally:
        history.site.close()
        empty_tables()
    return found


def table() -> dict[tuple[str, str], dict[str, str]]:
    """What must come out."""
    with TABLE.open(newline="", encoding="utf-8") as lines:
        return {(row["address"], row["method"]): {kind: row[kind] for kind in KINDS} for row in csv.DictReader(lines)}


def write(found: dict[tuple[str, str], dict[str, str]]) -> None:
    """Writes the table anew: lines that stood stay as they stood, missing ones are as found."""
    stood = table() if TABLE.exists() and "--anew" not in sys.argv else {}
    with TABLE.open("w", newline="", encoding="utf-8") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(["address", "method", *KINDS])
        for (route, method), told in sorted(found.items()):
            kept = stood.get((route, method), told)
            writer.writerow([route, method, *(kept[kind] for kind in KINDS)])


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as holder:
        write(whole(Path(holder)))
