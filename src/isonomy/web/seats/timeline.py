"""The timeline: who held what from when to when, as a picture.

Lives here: SVG for mandates, in whole pixels and with presentation attributes alone. Not here: the table beside it, which
says the same in words (`seats/mandates.html`), which mandates there are (`held`).

Invariant: what lies behind is grey, what is held now is solid, what a term still leaves is outlined; today is a line. The
picture tells nothing by colour. Equal mandates give equal bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from isonomy.kernel.calendar import parse_date

WIDTH, LABEL, ROW, BAR, HEAD = 760, 190, 26, 14, 24
ROWS_MAX, LABEL_LENGTH_MAX = 40, 26
QUARTERS_UP_TO_DAYS = 800
PAST, LEFT = 'fill-opacity="0.35"', 'fill="none" stroke="currentColor"'


@dataclass(frozen=True)
class Span:
    """A mandate as a stretch of days: `until` is the end that holds, "" where none is in sight."""

    since: str
    until: str
    tells: str


@dataclass(frozen=True)
class Row:
    """One line of the picture: whose it is and its stretches."""

    label: str
    spans: tuple[Span, ...]


def picture(rows: Sequence[Row], today: date, title: str) -> SafeString:
    """The picture as one `svg` element; "" where there is nothing to draw. At most 40 rows, the last of those given."""
    shown = [row for row in rows if row.spans][-ROWS_MAX:]
    if not shown:
        return mark_safe("")
    days = [parse_date(day) for row in shown for span in row.spans for day in (span.since, span.until) if day]
    scale = _Scale(min([*days, today]), max([*days, today]))
    height = HEAD + ROW * len(shown) + 8
    parts = [_axis(scale, height)]
    for number, row in enumerate(shown):
        parts.append(_row(row, HEAD + ROW * number, scale, today))
    at = scale.x(today)
    parts.append(
        f'<line x1="{at}" y1="{HEAD - 4}" x2="{at}" y2="{height}" stroke="currentColor" stroke-dasharray="3 3"/>'
    )
    told = escape(_("Grey: over. Solid: held now. Outlined: what is left of the term. The dashed line is today."))
    return mark_safe(
        f'<svg class="timeline" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" role="img" '
        f'aria-labelledby="timeline-title timeline-desc" fill="currentColor" font-size="13" font-family="system-ui, sans-serif">'
        f'<title id="timeline-title">{escape(title)}</title><desc id="timeline-desc">{told}</desc>{"".join(parts)}</svg>'
    )


class _Scale:
    """Days as pixels."""

    def __init__(self, first: date, last: date) -> None:
        self.first, self.last = first, last
        self._days = max(1, (last - first).days)

    def x(self, day: date) -> int:
        """Where a day lies."""
        return LABEL + (day - self.first).days * (WIDTH - LABEL - 12) // self._days

    def marks(self) -> list[tuple[int, str]]:
        """The beginnings of years, or of quarters where the time is short, with their names."""
        step = 3 if self._days <= QUARTERS_UP_TO_DAYS else 12
        every = max(1, self._days // 365 // 12)
        found = []
        for year in range(self.first.year, self.last.year + 1, every):
            for month in range(1, 13, step):
                day = date(year, month, 1)
                if self.first <= day <= self.last:
                    found.append((self.x(day), str(year) if month == 1 else f"{month}/{year}"))
        return found


def _axis(scale: _Scale, height: int) -> str:
    parts, last = [], -100
    first = scale.marks()[:1]
    if not first or first[0][0] - LABEL >= 60:
        parts.append(f'<text x="{LABEL}" y="12" font-size="11">{scale.first.year}</text>')
    for at, name in scale.marks():
        parts.append(
            f'<line x1="{at}" y1="{HEAD - 4}" x2="{at}" y2="{height}" stroke="currentColor" stroke-opacity="0.2"/>'
        )
        if at - last >= 60 and at < WIDTH - 40:
            parts.append(f'<text x="{at}" y="12" font-size="11">{name}</text>')
            last = at
    return "".join(parts)


def _row(row: Row, top: int, scale: _Scale, today: date) -> str:
    label = (
        row.label
        if len(row.label) <= LABEL_LENGTH_MAX
        else row.label[: LABEL_LENGTH_MAX - 1] + "\N{HORIZONTAL ELLIPSIS}"
    )
    parts = [f'<text x="0" y="{top + 16}">{escape(label)}</text>']
    for span in row.spans:
        since = parse_date(span.since)
        until = parse_date(span.until) if span.until else scale.last
        start, end = scale.x(since), max(scale.x(since) + 2, scale.x(until))
        tells = f"<title>{escape(row.label)}: {escape(span.tells)}</title>"
        if until <= today:
            parts.append(f"<g>{tells}{_bar(start, end, top, PAST)}</g>")
            continue
        now = min(end, max(start, scale.x(today)))
        solid = _bar(start, now, top, "") if now > start else ""
        rest = _bar(now, end, top, LEFT) if end > now else ""
        parts.append(f"<g>{tells}{rest}{solid}</g>")
    return "".join(parts)


def _bar(start: int, end: int, top: int, how: str) -> str:
    return f'<rect x="{start}" y="{top + 5}" width="{max(1, end - start)}" height="{BAR}"{" " + how if how else ""}/>'
