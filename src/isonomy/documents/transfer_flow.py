"""The transfers of a count by stages as a picture: a bar for every candidate at every stage.

Lives here: SVG from a stage table. Not here: the table itself, which stands beside every picture (`count_tables`).

A bar is what a candidate holds after a stage: the faint part was held before, the strong part has just arrived, a
dashed outline has just left; a stroke through each row of bars, below the figures, marks the quota. The picture speaks
in tones of one colour, the colour of the text around it, so that it reads in grey, on dark ground and on paper.

Invariant: whole units and whole pixels; every figure of the picture stands in full in its titles; equal tables give
equal bytes.
"""

from __future__ import annotations

from isonomy.counting.parameters import in_places, read_exact
from isonomy.counting.stage_steps import StageCounted
from isonomy.documents.count_tables import StageTable
from isonomy.documents.printable import markup, shortened

STAGES_A_STRIP = 4
LABEL, CELL, BAR, ROW, HEAD = 180, 140, 126, 36, 46
BAR_TOP, BAR_HEIGHT = 18, 9
DECIMALS_MAX = 2
SVG_STYLE = (
    "font-family:system-ui,-apple-system,'Segoe UI',Roboto,'Liberation Sans',Arial,sans-serif;"
    "font-variant-numeric:tabular-nums"
)


def strips(stages: StageTable, quota: str | None, prefix: str = "s") -> tuple[str, ...]:
    """The picture cut into strips of a few stages that fit a printed page, each an `svg` element of its own whose ids
    begin with `prefix`."""
    found = []
    for first in range(0, len(stages.stages), STAGES_A_STRIP):
        last = min(first + STAGES_A_STRIP, len(stages.stages))
        body = _body(stages, quota, first, last)
        found.append(_svg(stages, body, LABEL + CELL * STAGES_A_STRIP, 1, f"{prefix}{first + 1}", quota))
    return tuple(found)


def transfer_flow(stages: StageTable, quota: str | None) -> str:
    """The whole picture as one SVG file, strip under strip."""
    parts = []
    height = _height(stages)
    for row, first in enumerate(range(0, len(stages.stages), STAGES_A_STRIP)):
        last = min(first + STAGES_A_STRIP, len(stages.stages))
        parts.append(f'<g transform="translate(0 {row * height})">{_body(stages, quota, first, last)}</g>')
    return _svg(stages, "\n".join(parts), LABEL + CELL * STAGES_A_STRIP, len(parts), "s", quota)


def description(stages: StageTable, quota: str | None) -> str:
    """What the picture shows, in sentences: for those who do not see it, and under it for all."""
    told = "Faint tone: held before the stage. Strong tone: arrived in the stage. Dashed outline: left in the stage."
    if quota and quota[0].isdigit():
        told += " The upright strokes are the quota."
    cut = " Figures are cut to two decimals; the table has them in full."
    return told + (cut if stages.places > DECIMALS_MAX else "")


def _height(stages: StageTable) -> int:
    return HEAD + ROW * (len(stages.names) + 2) + 14


def _svg(stages: StageTable, body: str, width: int, strip_count: int, prefix: str, quota: str | None) -> str:
    height = _height(stages) * strip_count
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img" aria-labelledby="{prefix}-title {prefix}-desc" fill="currentColor" font-size="12" '
        f'style="{SVG_STYLE}">\n'
        f'<title id="{prefix}-title">Votes of every candidate, stage by stage</title>\n'
        f'<desc id="{prefix}-desc">{markup(description(stages, quota))}</desc>\n{body}\n</svg>\n'
    )


def _body(stages: StageTable, quota: str | None, first: int, last: int) -> str:
    rows = [*zip(stages.names, stages.totals, stages.fates, strict=True)]
    rows += [("Exhausted", stages.exhausted, ""), ("Lost to rounding", stages.lost, "")]
    parts = []
    quotas = [_quota_units(stages, stage, quota) for stage in stages.stages]
    most = max([1, *(units for _, totals, _ in rows for units in totals), *quotas])
    tops = [HEAD + ROW * number + BAR_TOP for number in range(len(stages.names))]
    for place in range(first, last):
        left = LABEL + CELL * (place - first)
        parts.append(_heading(stages, stages.stages[place], left))
        if quotas[place]:
            x = left + quotas[place] * BAR // most
            shown = stages.show(quotas[place])
            # Strokes beside the bars only: a line through the whole column would cross the figures.
            strokes = "".join(
                f'<line x1="{x}" y1="{top - 3}" x2="{x}" y2="{top + BAR_HEIGHT + 3}" stroke="currentColor"/>'
                for top in tops
            )
            parts.append(f"<g><title>Quota: {shown}</title>{strokes}</g>")
            parts.append(
                f'<text x="{left}" y="{HEAD - 5}" font-size="10">quota {_short(stages, quotas[place])}</text>'
                if place == first or quotas[place] != quotas[place - 1]
                else ""
            )
    for number, (name, totals, fate) in enumerate(rows):
        top = HEAD + ROW * number
        weight = ' font-weight="600"' if fate.startswith("elected") else ""
        shown = markup(shortened(name, 26))
        parts.append(f'<g><title>{markup(name)}</title><text x="0" y="{top + 13}"{weight}>{shown}</text></g>')
        if fate:
            parts.append(f'<text x="0" y="{top + 27}" font-size="11">{markup(fate)}</text>')
        for place in range(first, last):
            before = totals[place - 1] if place else 0
            left = LABEL + CELL * (place - first)
            parts.append(_cell(stages, name, place, before, totals[place], left, top, most))
    return "\n".join(part for part in parts if part)


def _heading(stages: StageTable, stage: StageCounted, left: int) -> str:
    names = stages.names
    who = ", ".join(names[option - 1] for option in stage.subjects)
    return (
        f"<g><title>{markup(f'Stage {stage.number}: {stage.heading(names)}')}</title>"
        f'<text x="{left}" y="13" font-weight="600">Stage {stage.number}</text>'
        f'<text x="{left}" y="27" font-size="11">{markup(shortened(_action(stage, who), 23))}</text></g>'
    )


def _action(stage: StageCounted, who: str) -> str:
    if not who:
        return stage.action
    return f"out: {who}" if stage.action == "exclusion" else f"{stage.action}: {who}"


def _cell(stages: StageTable, name: str, place: int, before: int, after: int, left: int, top: int, most: int) -> str:
    change = after - before if place else 0
    told = f"{name}, stage {stages.stages[place].number}: {stages.show(after)}"
    if change:
        told += f", {'+' if change > 0 else ''}{stages.show(change)}"
    parts = [f"<g><title>{markup(told)}</title>"]
    if after or change:
        parts.append(f'<text x="{left}" y="{top + 13}">{_short(stages, after)}</text>')
    if change:
        sign = "+" if change > 0 else "\u2212"
        x = left + BAR
        shown = f"{sign}{_short(stages, abs(change))}"
        parts.append(f'<text x="{x}" y="{top + 13}" font-size="11" text-anchor="end">{shown}</text>')
    kept = min(before, after) if place else after
    start, end = kept * BAR // most, after * BAR // most
    if start:
        parts.append(_bar(left, top, start, 'fill-opacity="0.4"'))
    if change > 0 and end > start:
        parts.append(_bar(left + start, top, end - start, ""))
    gone = before * BAR // most
    if change < 0 and gone > start:
        parts.append(_bar(left + start, top, gone - start, 'fill="none" stroke="currentColor" stroke-dasharray="2 2"'))
    return "".join([*parts, "</g>"])


def _bar(x: int, top: int, width: int, look: str) -> str:
    return f'<rect x="{x}" y="{top + BAR_TOP}" width="{width}" height="{BAR_HEIGHT}"{" " if look else ""}{look}/>'


def _short(stages: StageTable, units: int) -> str:
    if stages.places <= DECIMALS_MAX:
        return stages.show(units)
    if units < 10 ** (stages.places - DECIMALS_MAX):
        return stages.show(units) if units else "0"
    return in_places(units // 10 ** (stages.places - DECIMALS_MAX), DECIMALS_MAX)


def _quota_units(stages: StageTable, stage: StageCounted, quota: str | None) -> int:
    """The quota of a stage in units of the table; 0 where the rule has none, or says it in words."""
    if stage.quota is not None:
        return stage.quota
    if not quota or not quota[0].isdigit():
        return 0
    return int(read_exact(quota, "quota") * 10**stages.places)
