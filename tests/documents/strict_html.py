"""A strict reader of pages: what is not closed, not known or not escaped is an error.

Lives here: parsing a page as XML and as HTML, and what stands in it. Not here: what should stand in it.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from html.parser import HTMLParser

XHTML = "{http://www.w3.org/1999/xhtml}"
VOID = {"meta", "link", "br", "hr", "img", "input"}
_ELEMENTS = """html head meta title style body main section h1 h2 h3 p strong ol ul li dl dt dd span bdi figure
figcaption svg desc g text rect line div table caption thead tbody tfoot tr th td code"""
_ATTRIBUTES = """lang xmlns charset name content http-equiv class role aria-label aria-labelledby tabindex scope id
viewBox width height fill font-size font-weight text-anchor style x y x1 x2 y1 y2 stroke stroke-width stroke-dasharray
fill-opacity transform"""
KNOWN = set(_ELEMENTS.split())
ATTRIBUTES = set(_ATTRIBUTES.split())


class Nesting(HTMLParser):
    """Elements in the order of HTML, each closed where it was opened."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag, f"</{tag}> stands where another element is open"


def read_page(text: str) -> ET.Element:
    """The page as a tree, read as XML and as HTML alike; only known elements and attributes stand in it."""
    assert text.startswith("<!DOCTYPE html>\n")
    reader = Nesting()
    reader.feed(text)
    reader.close()
    assert reader.open == []
    page = ET.fromstring(text)
    assert [bare(element) for element in page.iter()] == reader.seen
    check(page)
    return page


def check(tree: ET.Element) -> None:
    """Raises where an element or an attribute is not one that a sheet has, or an id stands twice."""
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    for element in tree.iter():
        assert bare(element) in KNOWN, element.tag
        assert set(element.keys()) <= ATTRIBUTES, element.attrib
    for element in tree.iter():
        for reference in (element.get("aria-labelledby") or "").split():
            assert reference in ids


def bare(element: ET.Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def words(element: ET.Element) -> str:
    """All text of an element, its blanks made single."""
    return " ".join("".join(element.itertext()).split())


def every(tree: ET.Element, name: str) -> list[ET.Element]:
    """All elements of a name, in order."""
    return [element for element in tree.iter() if bare(element) == name]
