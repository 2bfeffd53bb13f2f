"""The drawing of who makes whom: every seat in its row, an arrow from maker to made, the circle marked and numbered.

Lives here: layout and SVG, and the table that says the same. Not here: the page around it (`report_html`).

Invariant: nothing is told by colour: arrows of the circle are thick and numbered, all others thin; every arrow is a row of the
table. What a rulebook calls a seat is text, never markup.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from isonomy.checker.structure.making import round_of
from isonomy.checker.structure.ties import Tie, capital, makers, saying, ties
from isonomy.rulebook.model import MEMBERS, Rulebook

BOX_WIDTH, BOX_HEIGHT, GAP_X, GAP_Y, MARGIN = 168, 44, 36, 72, 40
LABEL_LENGTH_MAX = 24
ROW_MAX = 6
SEATS_DRAWN_MAX = 60


@dataclass(frozen=True, slots=True)
class Drawing:
    """The SVG ("" where there is too much to draw) and the rows of its table: number in the circle, maker, how, made, clause."""

    svg: str
    rows: tuple[tuple[str, str, str, str, str], ...]


def drawing_of(rulebook: Rulebook, marked: Sequence[Tie] = ()) -> Drawing:
    """Who makes whom in an edition; `marked` are the ties to be numbered, left out: those of its first circle."""
    all_ties = ties(rulebook)
    circle = list(marked) or round_of(rulebook)
    say = saying(rulebook)
    number = {(tie.maker, tie.made, tie.how): str(at) for at, tie in enumerate(circle, 1)}
    rows = tuple(
        (
            number.get((tie.maker, tie.made, tie.how), ""),
            capital(say.the(tie.maker)),
            tie.how,
            say.the(tie.made),
            tie.at.id,
        )
        for tie in sorted(all_ties, key=lambda tie: (number.get((tie.maker, tie.made, tie.how), "~"), tie.at.line))
    )
    seats = {seat for tie in all_ties for seat in (tie.maker, tie.made)}
    if not seats or len(seats) > SEATS_DRAWN_MAX:
        return Drawing("", rows)
    return Drawing(_svg(rulebook, all_ties, number, _placed(rulebook, seats)), rows)


def _placed(rulebook: Rulebook, seats: set[str]) -> dict[str, tuple[int, int]]:
    """Each seat's row and place in it: nobody's making first, then who is made by those above, in the order of the text."""
    made_by = makers(rulebook)
    order = [MEMBERS, *rulebook.bodies, *rulebook.offices]
    known = sorted(seats, key=lambda seat: order.index(seat) if seat in order else len(order))
    level: dict[str, int] = {seat: 0 for seat in known if seat not in made_by}
    if not level:
        supreme = rulebook.supreme
        level[supreme.name if supreme is not None and supreme.name in seats else known[0]] = 0
    while len(level) < len(known):
        ready = [seat for seat in known if seat not in level and any(tie.maker in level for tie in made_by[seat])]
        for seat in ready or [next(seat for seat in known if seat not in level)]:
            above = [level[tie.maker] for tie in made_by.get(seat, ()) if tie.maker in level and tie.maker not in ready]
            level[seat] = 1 + max(above, default=-1)
    rows: dict[int, list[str]] = {}
    for seat in known:
        rows.setdefault(level[seat], []).append(seat)
    placed: dict[str, tuple[int, int]] = {}
    at = 0
    for _, row in sorted(rows.items()):
        for start in range(0, len(row), ROW_MAX):
            for place, seat in enumerate(row[start : start + ROW_MAX]):
                placed[seat] = (at, place)
            at += 1
    return placed


def _svg(
    rulebook: Rulebook, all_ties: list[Tie], number: dict[tuple[str, str, str], str], placed: dict[str, tuple[int, int]]
) -> str:
    say = saying(rulebook)
    in_row: dict[int, int] = {}
    for row, place in placed.values():
        in_row[row] = max(in_row.get(row, 0), place + 1)
    widest = max(in_row.values())
    width = 2 * MARGIN + widest * BOX_WIDTH + (widest - 1) * GAP_X + 60
    height = 2 * MARGIN + len(in_row) * BOX_HEIGHT + (len(in_row) - 1) * GAP_Y
    corner: dict[str, tuple[int, int]] = {}
    for seat, (row, place) in placed.items():
        span = in_row[row] * BOX_WIDTH + (in_row[row] - 1) * GAP_X
        left = (width - span) // 2 + place * (BOX_WIDTH + GAP_X)
        corner[seat] = (left, MARGIN + row * (BOX_HEIGHT + GAP_Y))
    parts = [
        f'<svg class="making" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" '
        'aria-labelledby="making-title" aria-describedby="making-table" xmlns="http://www.w3.org/2000/svg">',
        f'<title id="making-title">Who makes whom in {escape(rulebook.front.organisation)}</title>',
        "<defs>"
        '<marker id="thin" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse">'
        '<path d="M0 0 8 4 0 8z" fill="currentColor"/></marker>'
        '<marker id="thick" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="4" markerHeight="4" orient="auto-start-reverse">'
        '<path d="M0 0 8 4 0 8z" fill="currentColor"/></marker></defs>',
    ]
    marks = []
    for tie in all_ties:
        told = number.get((tie.maker, tie.made, tie.how), "")
        path, middle = _arrow(corner[tie.maker], corner[tie.made], width - MARGIN)
        style = 'stroke-width="4" marker-end="url(#thick)"' if told else 'stroke-width="1.25" marker-end="url(#thin)"'
        parts.append(f'<path d="{path}" fill="none" stroke="currentColor" {style}/>')
        if told:
            marks.append(
                f'<circle cx="{middle[0]}" cy="{middle[1]}" r="12" fill="Canvas" stroke="currentColor" stroke-width="2"/>'
                f'<text x="{middle[0]}" y="{middle[1] + 5}" text-anchor="middle" font-size="14" fill="currentColor">{told}</text>'
            )
    for seat, (left, top) in corner.items():
        title = capital(say.the(seat).removeprefix("the "))
        label = title if len(title) <= LABEL_LENGTH_MAX else f"{title[: LABEL_LENGTH_MAX - 1]}\u2026"
        found = rulebook.seat(seat)
        strong = "3" if found is not None and found is rulebook.supreme else "1.5"
        parts.append(
            f'<rect x="{left}" y="{top}" width="{BOX_WIDTH}" height="{BOX_HEIGHT}" rx="3" fill="Canvas" stroke="currentColor" '
            f'stroke-width="{strong}"/><text x="{left + BOX_WIDTH // 2}" y="{top + BOX_HEIGHT // 2 + 5}" text-anchor="middle" '
            f'font-size="14" fill="currentColor">{escape(label)}</text>'
        )
    return "".join([*parts, *marks, "</svg>"])


def _arrow(maker: tuple[int, int], made: tuple[int, int], right: int) -> tuple[str, tuple[int, int]]:
    """The path of an arrow and the place of its number: down to a row below, else out to the right of everything and back."""
    half = BOX_WIDTH // 2
    if made[1] > maker[1]:
        start, end = (maker[0] + half, maker[1] + BOX_HEIGHT), (made[0] + half, made[1] - 2)
        bend = (start[1] + end[1]) // 2
        path = f"M{start[0]} {start[1]}C{start[0]} {bend} {end[0]} {bend} {end[0]} {end[1]}"
        return path, ((start[0] + end[0]) // 2, bend)
    lower = 8 if maker == made else 0
    start = (maker[0] + BOX_WIDTH, maker[1] + BOX_HEIGHT // 2 + lower)
    end = (made[0] + BOX_WIDTH + 2, made[1] + BOX_HEIGHT // 2 - lower)
    return f"M{start[0]} {start[1]}H{right}V{end[1]}H{end[0]}", (right, (start[1] + end[1]) // 2)
