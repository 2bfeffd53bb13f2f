"""The report of a check for delegates, as HTML: the verdict in three sentences, the drawing, the acts with their clauses, what
closes each door, what was assumed and not looked at.

Lives here: the fragment that pages show and the document that stands alone. Not here: the drawing (`drawing`), any finding.

Invariant: it stands without script; its one style sheet is in the document; what a rulebook says is text, never markup. It never
calls a rulebook safe.
"""

from __future__ import annotations

from html import escape

from isonomy.checker.catalogue import HIGH
from isonomy.checker.drawing import drawing_of
from isonomy.checker.finding import CAPTURED, ENTRENCHED, MUTED, NOT_DECIDED, PASSIVE, Finding, Report
from isonomy.rulebook.model import Rulebook

VERDICTS = {
    CAPTURED: "Somebody can come to stand above the organisation by lawful acts alone, even if the others use all their rights.",
    MUTED: "Somebody can keep the supreme body from meeting, by lawful acts and by leaving some undone.",
    ENTRENCHED: "Somebody can come to stand above the organisation while the others look on, and then no lawful way leads back.",
    NOT_DECIDED: "Whether somebody can come to stand above the organisation was not decided.",
    PASSIVE: "Somebody can come to stand above the organisation while the others look on; a lawful way back exists.",
}
STYLE = """
:root{color-scheme:light dark}
body{font:1.05rem/1.55 Georgia,'Times New Roman',serif;max-width:46rem;margin:2rem auto;padding:0 1rem}
h1,h2,h3,th,figcaption,.small{font-family:system-ui,sans-serif;line-height:1.25}
h1{font-size:1.7rem}h2{font-size:1.3rem;margin-top:2.2rem}h3{font-size:1.05rem;margin-top:1.8rem}
.small{font-size:.9rem}blockquote{margin:.3rem 0 .8rem 1rem;padding-left:.8rem;border-left:3px solid}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;padding:.25rem .6rem .25rem 0;border-bottom:1px solid}
figure{margin:1rem 0;overflow-x:auto}svg{max-width:100%;height:auto}li{margin:.4rem 0}
@media print{body{max-width:none}h2,h3{break-after:avoid}section{break-inside:avoid}}
"""


def as_document(report: Report, rulebook: Rulebook) -> str:
    """The whole report as one file that opens anywhere."""
    title = f"{report.rulebook}, edition {report.edition}: what lawful acts could lead to"
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, '
        f'initial-scale=1"><title>{escape(title)}</title><style>{STYLE}</style></head>\n<body><main>\n<h1>{escape(title)}</h1>\n'
        f"{as_fragment(report, rulebook)}</main></body></html>\n"
    )


def as_fragment(report: Report, rulebook: Rulebook, heading: int = 2) -> str:
    """The report without a document around it; `heading` is the level of its parts."""
    h = f"h{heading}"
    parts = [f'<p class="verdict">{" ".join(escape(each) for each in sentences(report))}</p>']
    drawing = drawing_of(rulebook)
    if drawing.rows:
        parts.append(f"<section><{h}>Who makes whom</{h}>")
        if drawing.svg:
            caption = (
                "Numbered, thick arrows are a circle: who makes depends on whom they make. The table says the same."
            )
            if not any(row[0] for row in drawing.rows):
                caption = "An arrow leads from who makes to who is made. There is no circle. The table says the same."
            parts.append(f"<figure>{drawing.svg}<figcaption>{caption}</figcaption></figure>")
        parts.append(_table(drawing.rows))
        parts.append("</section>")
    if report.findings:
        parts.append(f"<{h}>What was found</{h}>")
        parts += [_finding(found, rulebook, heading + 1) for found in report.findings]
    for title, lines in (
        ("What was assumed", report.assumptions), ("What was not looked at", report.not_looked_at),
        ("What was not decided", report.undecided),
    ):  # fmt: skip
        if lines:
            items = "".join(f"<li>{escape(line)}</li>" for line in lines)
            parts.append(f"<section><{h}>{title}</{h}><ul>{items}</ul></section>")
    return "\n".join(parts) + "\n"


def sentences(report: Report) -> tuple[str, str, str]:
    """The verdict in three sentences: what can happen, what was found, how far was looked."""
    first = VERDICTS.get(report.verdict, "No coalition was found that comes to stand above the organisation lawfully.")
    if report.decided == NOT_DECIDED:
        first = "Whether somebody can come to stand above the organisation was not decided."
    heavy = sum(found.severity == HIGH for found in report.findings)
    count = len(report.findings)
    second = "Nothing else was found either." if not count else (
        f"{count} weak {'place' if count == 1 else 'places'} in the rules {'was' if count == 1 else 'were'} found, "
        f"{heavy or 'none'} of them heavy."
    )  # fmt: skip
    return first, second, f"How far was looked: {report.decided}; that is not the same as safe."


def _table(rows: tuple[tuple[str, str, str, str, str], ...]) -> str:
    head = "".join(f'<th scope="col">{title}</th>' for title in ("Circle", "Who", "does what", "to whom", "Clause"))
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in (row[0] or "\u2013", *row[1:])) + "</tr>"
        for row in rows
    )
    return f'<table id="making-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _finding(found: Finding, rulebook: Rulebook, level: int) -> str:
    h = f"h{level}"
    parts = [
        f"<section><{h}>{escape(found.id)}: {escape(found.title)} ({escape(found.severity)})</{h}>",
        f"<p>{escape(found.evidence)}</p>",
    ]
    if found.persons is not None:
        rounds = f" in {found.rounds} rounds" if found.rounds is not None else ""
        parts.append(
            f"<p>Least coalition: {found.persons} {'person' if found.persons == 1 else 'persons'}{rounds}.</p>"
        )
    told: set[str] = set()
    if found.trace:
        parts.append("<ol>")
        for step in found.trace:
            parts.append(f"<li>{escape(step.text)}{_words(step.clause, rulebook, told)}</li>")
        parts.append("</ol>")
    if found.replayed is not None:
        parts.append(f'<p class="small">Done with named persons: {escape(found.replayed.sentence())}.</p>')
    for place in found.clauses:
        parts.append(_words(place.id, rulebook, told))
    parts.append(f"<p><strong>What closes it:</strong> {escape(found.fix)}</p>")
    for changes in found.closing:
        parts.append(f"<p>Or together: {escape('; '.join(changes))}</p>")
    if found.assumptions:
        items = "".join(f"<li>{escape(line)}</li>" for line in found.assumptions)
        parts.append(f"<details><summary>What this assumes</summary><ul>{items}</ul></details>")
    return "\n".join([*parts, "</section>"])


def _words(id: str, rulebook: Rulebook, told: set[str]) -> str:
    """The words of a clause, once in each finding."""
    clause = rulebook.clauses.get(id)
    if clause is None or id in told:
        return ""
    told.add(id)
    words = " ".join(clause.words.split())
    return f'<blockquote class="small"><strong>Clause {escape(id)} {escape(clause.title)}.</strong> {escape(words)}</blockquote>'
