"""The count sheet as one HTML page that needs nothing beside it and prints well.

Lives here: markup and the page's style. Not here: what stands on a sheet (`count_sheet`).

Invariant: every text of a ballot file is escaped; no script, no address that is loaded; the page is well-formed XML
too; nothing is told by colour alone.
"""

from __future__ import annotations

from isonomy.documents.count_sheet import CountSheet, Said
from isonomy.documents.count_tables import Table
from isonomy.documents.printable import markup
from isonomy.documents.transfer_flow import SVG_STYLE

COLOURS = {
    "light": {"ground": "#fdfcf9", "text": "#1d1c1a", "soft": "#57534c", "line": "#8a847a", "band": "#f3f0e9"},
    "dark": {"ground": "#171614", "text": "#ece8e0", "soft": "#b8b2a6", "line": "#878177", "band": "#22201d"},
    "print": {"ground": "#ffffff", "text": "#000000", "soft": "#333333", "line": "#666666", "band": "#ffffff"},
}
"""Grounds and inks. `text` and `soft` are read on `ground` and on `band` with a contrast of 4.5 to 1 or more."""

_RULES = """
*{box-sizing:border-box}
html{color-scheme:light dark;-webkit-text-size-adjust:100%}
body{margin:0 auto;padding:2rem 1.25rem 4rem;max-width:60rem;background:var(--ground);color:var(--text);
 font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",Arial,sans-serif;
 font-variant-numeric:tabular-nums lining-nums}
h1,h2,h3,.headline,.said,.chosen,.ties,.notice,.differs{
 font-family:"Iowan Old Style","Palatino Linotype",Palatino,"Liberation Serif",Georgia,"Times New Roman",serif}
h1{font-size:1.05rem;font-weight:400;color:var(--soft);margin:0 0 .35rem}
h2{font-size:1.25rem;margin:2.75rem 0 .75rem;padding-top:.6rem;border-top:1px solid var(--line)}
h3{font-size:1.1rem;margin:1.75rem 0 .5rem}
p,ol,ul,dl{margin:0 0 .75rem}
.headline{font-size:1.75rem;line-height:1.25;max-width:34em;margin:0 0 1rem}
.chosen{padding-left:1.6em;font-size:1.1rem}
.chosen .how,.margin,figcaption,.note{color:var(--soft);font-size:.875rem;
 font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",Arial,sans-serif}
.notice{border:2px solid var(--text);padding:.6rem .9rem;max-width:42em}
.facts{display:grid;grid-template-columns:9rem 1fr;gap:.2rem 1.25rem;font-size:.9375rem;max-width:46rem}
.facts dt{color:var(--soft)}
.facts dd{margin:0;overflow-wrap:anywhere}
.said{list-style:none;padding:0;counter-reset:said;font-size:1.0625rem}
.said li{counter-increment:said;display:grid;grid-template-columns:2.2rem minmax(0,40rem) minmax(7rem,1fr);
 column-gap:.6rem;padding:.35rem 0}
.said li::before{content:counter(said);color:var(--soft);text-align:right;padding-right:.35rem}
.said .margin{border-left:1px solid var(--line);padding-left:.9rem}
.said .text{overflow-wrap:anywhere}
figure{margin:0 0 1rem}
figure svg{display:block;max-width:100%;height:auto;margin:0 0 1.25rem}
figcaption{max-width:46em;margin:0 0 1rem}
.wide{overflow-x:auto;margin:0 0 1.75rem}
.wide:focus-visible,figure:focus-visible{outline:3px solid var(--text);outline-offset:2px}
table{border-collapse:collapse;font-size:.875rem;min-width:min(100%,28rem)}
caption{text-align:left;font-weight:600;font-size:.9375rem;padding:0 0 .5rem}
th,td{padding:.3rem .7rem .3rem 0;text-align:right;vertical-align:top;border-bottom:1px solid var(--line);
 font-weight:400}
thead th{font-weight:600;vertical-align:bottom;border-bottom:2px solid var(--text)}
tbody th,thead th:first-child,tfoot th,.word{text-align:left}
tbody th{max-width:20rem;overflow-wrap:anywhere}
tbody tr.stands>*{font-weight:600}
th .party{display:block;color:var(--soft);font-size:.8125rem;font-weight:400}
tbody tr:nth-child(even)>*{background:var(--band)}
tfoot>tr:first-child>*{border-top:2px solid var(--text)}
code{font-family:ui-monospace,"Liberation Mono",Menlo,Consolas,monospace;font-size:.85em;overflow-wrap:anywhere}
.whatif{border:2px dashed var(--text);padding:0 1.25rem 1rem;margin-top:3.5rem}
.whatif>h2{border:0}
@media (max-width:40rem){
 .said li{grid-template-columns:1.8rem minmax(0,1fr)}
 .said .margin{grid-column:2;border:0;padding:0}
 .facts{grid-template-columns:1fr;gap:0}
 .facts dd{margin-bottom:.5rem}
 .headline{font-size:1.4rem}
 figure{overflow-x:auto}
 figure svg{max-width:none}
}
@page{margin:16mm 14mm}
@media print{
 body{padding:0;max-width:none;font-size:10pt}
 h2,h3,caption{break-after:avoid}
 tr,.said li,figure svg,.notice,.facts{break-inside:avoid}
 .wide{overflow:visible}
 table{font-size:8pt}
 thead{display:table-header-group}
}
"""

_WON = ("elected", "wins", "selected", "carried")


def count_sheet_html(sheet: CountSheet) -> str:
    """The page, from its doctype to its end; the same sheet gives the same text."""
    parts = [
        "<!DOCTYPE html>",
        '<html lang="en" xmlns="http://www.w3.org/1999/xhtml">',
        "<head>",
        '<meta charset="utf-8"/>',
        '<meta name="viewport" content="width=device-width, initial-scale=1"/>',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"/>",
        f"<title>{markup(sheet.headline)} {markup(sheet.title)}</title>",
        f"<style>{_style()}</style>",
        "</head>",
        "<body>",
        "<main>",
        f"<h1>Count sheet: <bdi>{markup(sheet.title)}</bdi></h1>",
        *_outcome(sheet),
        *_body(sheet, 2),
        *_repeat(sheet),
        *_what_if(sheet),
        "</main>",
        "</body>",
        "</html>",
    ]
    return "\n".join(parts) + "\n"


def count_sheet_parts(sheet: CountSheet) -> str:
    """The sheet without a page around it, for a page that has its own title and style: no attribute `style` in it."""
    parts = [*_outcome(sheet), *_body(sheet, 2), *_repeat(sheet), *_what_if(sheet)]
    return "\n".join(parts).replace(f'style="{SVG_STYLE}"', 'class="picture"') + "\n"


def _style() -> str:
    def tokens(name: str) -> str:
        return ";".join(f"--{token}:{value}" for token, value in COLOURS[name].items())

    return (
        f":root{{{tokens('light')}}}\n@media (prefers-color-scheme:dark){{:root{{{tokens('dark')}}}}}\n"
        f"@media print{{:root{{{tokens('print')};color-scheme:light}}}}{_RULES}"
    )


def _outcome(sheet: CountSheet) -> list[str]:
    parts = [f'<p class="headline">{markup(sheet.headline)}</p>']
    parts += [f'<p class="notice"><strong>Note.</strong> {markup(notice)}</p>' for notice in sheet.notices]
    if len(sheet.chosen) > 1:
        parts.append('<ol class="chosen">')
        for name, how in sheet.chosen:
            told = f' <span class="how">{markup(how)}</span>' if how else ""
            parts.append(f"<li><bdi>{markup(name)}</bdi>{told}</li>")
        parts.append("</ol>")
    parts.append('<dl class="facts">')
    parts += [f"<dt>{markup(word)}</dt><dd>{markup(value)}</dd>" for word, value in sheet.facts]
    parts.append("</dl>")
    return parts


def _body(sheet: CountSheet, level: int) -> list[str]:
    head = f"h{level}"
    parts = [f"<{head}>Step by step</{head}>", *_said(sheet.said)]
    if sheet.ties:
        parts.append(f"<{head}>Ties</{head}>")
        parts += ['<ul class="ties">', *(f"<li>{markup(tie)}</li>" for tie in sheet.ties), "</ul>"]
    if sheet.pictures:
        parts += [
            f"<{head}>The figures as a picture</{head}>",
            '<figure tabindex="0" aria-label="The figures as a picture">',
        ]
        parts += [f"<figcaption>{markup(sheet.picture_tells)}</figcaption>", *sheet.pictures, "</figure>"]
    if sheet.tables:
        parts.append(f"<{head}>The figures</{head}>")
        for table in sheet.tables:
            parts += _table(table)
    return parts


def _said(said: tuple[Said, ...]) -> list[str]:
    parts = ['<ol class="said">']
    for one in said:
        clause = f'<span class="margin">{markup(one.clause)}</span>'
        parts.append(f'<li><span class="text">{markup(one.sentence)}.</span> {clause}</li>')
    return [*parts, "</ol>"]


def _table(table: Table) -> list[str]:
    caption = markup(table.caption)
    parts = [f'<div class="wide" role="region" aria-label="{caption}" tabindex="0">', "<table>"]
    parts.append(f"<caption>{caption}</caption>")
    heads = [f'<th scope="col">{markup(table.corner)}</th>']
    heads += [
        f'<th scope="col"{_word(table, place)}>{markup(column)}</th>' for place, column in enumerate(table.columns)
    ]
    parts.append(f"<thead><tr>{''.join(heads)}</tr></thead>")
    parts.append("<tbody>")
    for place, (head, cells) in enumerate(table.rows):
        stands = any(cells[place].startswith(_WON) for place in table.words)
        beside = table.beside[place] if table.beside else ""
        parts.append(_row(table, head, cells, ' class="stands"' if stands else "", beside))
    parts.append("</tbody>")
    if table.sums:
        parts.append("<tfoot>")
        parts += [_row(table, head, cells, "") for head, cells in table.sums]
        parts.append("</tfoot>")
    return [*parts, "</table>", "</div>"]


def _row(table: Table, head: str, cells: tuple[str, ...], look: str, beside: str = "") -> str:
    shown = "".join(f"<td{_word(table, place)}>{markup(cell)}</td>" for place, cell in enumerate(cells))
    party = f'<span class="party"><bdi>{markup(beside)}</bdi></span>' if beside else ""
    return f'<tr{look}><th scope="row"><bdi>{markup(head)}</bdi>{party}</th>{shown}</tr>'


def _word(table: Table, place: int) -> str:
    return ' class="word"' if place in table.words else ""


def _repeat(sheet: CountSheet) -> list[str]:
    return [
        "<h2>Count it yourself</h2>",
        "<p>Whoever counts the same ballots by the same rule, with the same recorded draws, gets this digest of the "
        "count, on any machine:</p>",
        f"<p><code>{markup(sheet.digest)}</code></p>",
    ]


def _what_if(sheet: CountSheet) -> list[str]:
    other = sheet.what_if
    if other is None:
        return []
    rule = dict(other.facts)["Rule"]
    parts = ['<section class="whatif" aria-labelledby="what-if">']
    parts.append(f'<h2 id="what-if">{markup(other.title)}: the same papers by {markup(rule)}</h2>')
    parts.append(
        "<p>Nobody voted under this rule, and voters might have filled in their papers otherwise under it. "
        "This count elects nobody and decides nothing.</p>"
    )
    parts += ['<ul class="differs">', *(f"<li>{markup(told)}</li>" for told in sheet.differences), "</ul>"]
    parts += _outcome(other)
    parts += _body(other, 3)
    return [*parts, "</section>"]
