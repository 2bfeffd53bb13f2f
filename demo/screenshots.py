"""Screenshots: every page of the federation, light and dark, on a desk and on a phone, into one folder with an index.

Lives here: finding an address for every page of the URL configuration, taking the pictures, writing the index. Not here: the
federation (`demo.housing_federation`), the tests of pages (`tests/browser`).

Addresses are found as people find them: by following links, signed in as each of the five visitors and as nobody. A page to
which no link leads is named in the index. An answer of 500 ends it with status 1.
"""

from __future__ import annotations

import argparse
import html
import http.cookiejar
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from demo.federation.people import SMALL, WHOLE
from demo.housing_federation import HOST, make, now_here

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
DEVICES = {"desk": (1200, 900), "phone": (360, 740)}
SCHEMES = ("light", "dark")
VISITS_A_PAGE = 3
"""How many addresses of one page a visitor follows from one other: the poll of an election is found from the election."""
NO_PAGES = {"enter", "account_logout", "feed", "invitation"}
NOBODY = "nobody"


@dataclass
class Shown:
    """One page of the configuration: where it was found, as whom, and what was noticed."""

    name: str
    path: str
    visitor: str
    size: int
    noticed: list[str] = field(default_factory=list)


class Links(HTMLParser):
    """The addresses that a page links to."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keeps the addresses of links and of forms that ask."""
        given = dict(attrs)
        if tag == "a" and given.get("href"):
            self.found.append(str(given["href"]))


class Visitor:
    """Somebody who follows links, with a session."""

    def __init__(self, base: str, name: str, door: str) -> None:
        self.base, self.name = base, name
        self._jar = http.cookiejar.CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self._jar))
        if door:
            self.get(door)

    def get(self, path: str) -> tuple[int, str, str]:
        """Status, final address and text of a page; the text is empty where it is no page."""
        try:
            with self._opener.open(urljoin(self.base, path), timeout=30) as answer:
                is_page = answer.headers.get("Content-Type", "").startswith("text/html")
                is_page = is_page and not answer.headers.get("Content-Disposition", "").startswith("attachment")
                return answer.status, answer.geturl(), answer.read().decode("utf-8", "replace") if is_page else ""
        except urllib.error.HTTPError as fault:
            return fault.code, path, ""

    @property
    def cookies(self) -> list[dict[str, Any]]:
        """The session, as the browser takes it."""
        return [{"name": one.name, "value": one.value, "url": self.base} for one in self._jar]


def names_of_pages() -> list[str]:
    """The names of all pages in the URL configuration."""
    from django.urls import URLPattern, URLResolver, get_resolver

    def walk(patterns: list[Any]) -> Iterator[str]:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns)
            elif isinstance(pattern, URLPattern) and pattern.name and pattern.name not in NO_PAGES:
                yield pattern.name

    return list(dict.fromkeys(walk(get_resolver().url_patterns)))


def found_by(visitor: Visitor) -> tuple[list[Shown], list[str]]:
    """The pages that a visitor comes to by following links, and what answered 500."""
    from django.urls import Resolver404, resolve

    waiting, seen, often = deque([("/", "")]), {"/"}, dict[tuple[str, str], int]()
    shown, faults = list[Shown](), list[str]()
    while waiting:
        path, source = waiting.popleft()
        try:
            name = resolve(urlsplit(path).path).url_name or ""
        except Resolver404:
            faults.append(f"{path}: a link that leads nowhere, as {visitor.name}")
            continue
        often[source, name] = often.get((source, name), 0) + 1
        if name in NO_PAGES or often[source, name] > VISITS_A_PAGE:
            continue
        status, _, text = visitor.get(path)
        if status >= 500:
            faults.append(f"{path}: answers {status}, as {visitor.name}")
        if status != 200 or not text:
            continue
        shown.append(Shown(name, path, visitor.name, len(text)))
        links = Links()
        links.feed(text)
        for link in links.found:
            target = urlsplit(urljoin(urljoin(visitor.base, path), link))
            there = target.path + (f"?{target.query}" if target.query else "")
            if target.netloc == urlsplit(visitor.base).netloc and there not in seen:
                seen.add(there)
                waiting.append((there, name))
    return shown, faults


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The pages of a folder at an address of this machine, for the time of a `with`."""
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = free.getsockname()[1]
    url = f"http://localhost:{port}"
    command = [sys.executable, "-m", "isonomy", "serve", str(folder), "--demo", "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(300):
            try:
                urllib.request.urlopen(url, timeout=5).close()
                break
            except OSError:
                if process.poll() is not None:
                    raise SystemExit(f"the pages did not start: {' '.join(command)}") from None
                time.sleep(0.1)
        yield url
    finally:
        process.terminate()
        process.wait()


def picture(page: Any, shown: Shown, url: str, out: Path, device: str, scheme: str) -> None:
    """Takes one picture; notices what scrolls sideways."""
    page.goto(url + shown.path)
    page.wait_for_timeout(80)
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        shown.noticed.append(f"scrolls sideways on the {device}")
    page.screenshot(path=out / f"{shown.name}-{device}-{scheme}.png", full_page=True)


def write_index(out: Path, pages: list[Shown], unseen: list[str], faults: list[str]) -> None:
    """Writes the page on which all pictures are seen side by side."""
    lines = [
        "<!DOCTYPE html><html lang='en'><meta charset='utf-8'><title>Pages of the federation</title>",
        "<style>body{font:1rem/1.5 sans-serif;margin:2rem}img{border:1px solid #888;vertical-align:top;max-height:32rem}"
        "section{margin:2rem 0}</style><h1>Pages of the federation</h1>",
        *(f"<p><strong>{html.escape(fault)}</strong></p>" for fault in faults),
    ]
    for shown in pages:
        noticed = "".join(f" <strong>{html.escape(one)}</strong>" for one in dict.fromkeys(shown.noticed))
        about = f"<code>{html.escape(shown.path)}</code> as {html.escape(shown.visitor)}"
        lines.append(f"<section><h2>{shown.name}</h2><p>{about}{noticed}</p>")
        for device in DEVICES:
            for scheme in SCHEMES:
                file = f"{shown.name}-{device}-{scheme}.png"
                alt = f"{shown.name}, {device}, {scheme}"
                lines.append(f"<a href='{file}'><img loading='lazy' src='{file}' alt='{alt}'></a>")
        lines.append("</section>")
    lines.append(f"<h2>To which no link led</h2><p>{', '.join(unseen) or 'none'}</p></html>")
    (out / "index.html").write_text("\n".join(lines), "utf-8")


def main(words: list[str] | None = None) -> int:
    """Takes the pictures of all pages."""
    parser = argparse.ArgumentParser(prog="make screenshots", description=__doc__.split("\n\n")[0])
    parser.add_argument(
        "--out", type=Path, default=Path("out/screenshots"), help="the folder, made anew (out/screenshots)"
    )
    parser.add_argument("--only", default="", help="names of pages, separated by commas (all)")
    parser.add_argument("--small", action="store_true", help="of a federation of two branches")
    args = parser.parse_args(words)
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        print("There is no Chromium on this machine. On Debian and Ubuntu: apt-get install chromium", file=sys.stderr)
        return 1
    out = args.out.absolute()
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    folder = out / "organisation"
    print("The federation lives its two years", flush=True)
    today, hour = now_here()
    make(folder, today, SMALL if args.small else WHOLE, hour=hour)
    with served(folder) as url:
        return taken(browser, folder, url, out, set(filter(None, args.only.split(","))))


def taken(browser: str, folder: Path, url: str, out: Path, only: set[str]) -> int:
    """Finds the pages, takes the pictures, writes the index; 1 where a page answered 500 or a link leads nowhere."""
    os.environ |= {"DJANGO_SETTINGS_MODULE": "isonomy.web.settings", "ISONOMY_FOLDER": str(folder), "ISONOMY_URL": url}
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    import django
    from playwright.sync_api import sync_playwright

    django.setup()
    names = [name for name in names_of_pages() if not only or name in only]
    links = Links()
    links.feed(Visitor(url, NOBODY, "").get("/")[2])
    doors = [link for link in links.found if "/enter/" in link]
    visitors = [
        Visitor(url, NOBODY, ""),
        *(Visitor(url, f"visitor {n}", door) for n, door in enumerate(doors, start=1)),
    ]
    faults, pages = list[str](), dict[str, Shown]()
    for visitor in (*visitors[1:], visitors[0]):
        found, wrong = found_by(visitor)
        faults += wrong
        for shown in found:
            # Of several the one with most on it: a count of many stages shows more than one of two.
            pages[shown.name] = max(pages.get(shown.name, shown), shown, key=lambda one: one.size)
    chosen = [pages[name] for name in names if name in pages]
    unseen = [name for name in names if name not in pages]
    print(f"{len(chosen)} pages of {len(names)} found by following links", flush=True)
    with sync_playwright() as playwright:
        engine = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        for device, (width, height) in DEVICES.items():
            for scheme in SCHEMES:
                for visitor in visitors:
                    context = engine.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
                    context.add_cookies(visitor.cookies)
                    page = context.new_page()
                    for shown in chosen:
                        if shown.visitor == visitor.name:
                            picture(page, shown, url, out, device, scheme)
                    context.close()
                print(f"  {device}, {scheme}", flush=True)
        engine.close()
    write_index(out, chosen, unseen, faults)
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"{out / 'index.html'}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
