"""HTML data: each clause of an edition as escaped fragments that any page can lay out.

Lives here: turning the words of clauses (Markdown) and their plain reading into HTML. Not here: pages, styles, scripts.

Invariant: nothing that stands in a rulebook becomes markup of its own: raw HTML is shown as text, images are not
loaded, links lead to http, https and mailto only; no fragment carries a style, a script or an event.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

from isonomy.rulebook.model import Rulebook
from isonomy.rulebook.render import BlockRead, plain_reading
from isonomy.rulebook.source import REFERENCE

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token


@dataclass(frozen=True, slots=True)
class ReadHtml:
    """The plain reading of one block: what it is about, and one item for each sentence with its line and clause."""

    kind: str
    name: str
    title: str
    line: int
    html: str


@dataclass(frozen=True, slots=True)
class ClauseHtml:
    """One clause: its anchor, depth (1 for `4`, 2 for `4.2`), title, words and plain reading as HTML fragments."""

    id: str
    anchor: str
    depth: int
    title: str
    words: str
    reading: tuple[ReadHtml, ...]
    machine_checked: bool
    first_line: int
    last_line: int


def to_html(rulebook: Rulebook) -> tuple[ClauseHtml, ...]:
    """Every clause of an edition as fragments; the titles are escaped, the words are rendered Markdown."""
    by_clause: dict[str, list[BlockRead]] = {}
    for block in plain_reading(rulebook):
        by_clause.setdefault(block.place.clause, []).append(block)
    return tuple(
        ClauseHtml(
            clause.id,
            anchor_of(clause.id),
            clause.id.count(".") + 1,
            escape(clause.title),
            words_html(clause.words, rulebook),
            tuple(_reading(block) for block in by_clause.get(clause.id, [])),
            bool(clause.blocks),
            clause.first_line,
            clause.last_line,
        )
        for clause in rulebook.clauses.values()
    )


def as_html(rulebook: Rulebook) -> str:
    """The whole edition as one `article`, for those who want no page of their own."""
    front = rulebook.front
    parts = [f'<article class="rulebook" lang="{escape(front.language)}">']
    parts.append(f"<h1>{escape(front.organisation)}, edition {escape(front.edition)}</h1>")
    parts.append(f'<p class="status">Status: {escape(front.status)}</p>')
    for clause in to_html(rulebook):
        level = min(6, clause.depth + 1)
        parts.append(f'<section class="clause" id="{clause.anchor}">')
        parts.append(f"<h{level}>{clause.id} {clause.title}</h{level}>")
        parts.append(clause.words)
        for block in clause.reading:
            parts.append(block.html)
        if not clause.machine_checked:
            parts.append('<p class="not-machine-checked">Not machine-checked: this clause has no block.</p>')
        parts.append("</section>")
    parts.append("</article>")
    return "\n".join(part for part in parts if part) + "\n"


def anchor_of(clause: str) -> str:
    """The anchor of a clause: `clause-4.2`."""
    return f"clause-{clause}"


def words_html(words: str, rulebook: Rulebook) -> str:
    """The words of a clause as HTML; references to clauses that exist lead to their anchors."""
    tokens = _markdown().parse(words)
    for token in tokens:
        if token.type == "inline" and token.children:
            token.children = [child for one in token.children for child in _linked(one, rulebook)]
    rendered: str = _markdown().renderer.render(tokens, _markdown().options, {})
    return rendered.strip()


def _linked(token: Token, rulebook: Rulebook) -> list[Token]:
    if token.type != "text":
        return [token]
    parts: list[Token] = []
    start = 0
    for found in REFERENCE.finditer(token.content):
        if found.group(1) not in rulebook.clauses:
            continue
        parts.append(_text(token.content[start : found.start()]))
        parts += _link(f"#{anchor_of(found.group(1))}", found.group())
        start = found.end()
    return [*parts, _text(token.content[start:])] if parts else [token]


def _text(content: str) -> Token:
    from markdown_it.token import Token

    return Token("text", "", 0, content=content)


def _link(leads_to: str, content: str) -> list[Token]:
    from markdown_it.token import Token

    return [Token("link_open", "a", 1, attrs={"href": leads_to}), _text(content), Token("link_close", "a", -1)]


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt

    markdown = MarkdownIt("commonmark", {"html": False})
    markdown.disable("image")
    return markdown


def _reading(block: BlockRead) -> ReadHtml:
    items = [f"<li>{escape(block.opening)}</li>"] if block.opening else []
    for fact in block.facts:
        place = f'data-key="{escape(fact.key)}" data-line="{fact.line}" data-clause="{escape(fact.clause)}"'
        items.append(f"<li {place}>{escape(fact.sentence)}</li>")
    html = f'<ul class="reading" data-kind="{escape(block.kind)}" data-name="{escape(block.name)}">'
    return ReadHtml(block.kind, block.name, escape(block.title), block.place.line, f"{html}{''.join(items)}</ul>")
