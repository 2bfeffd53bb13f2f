"""Minutes as one HTML page that needs nothing beside it and prints well: text in the wide column, clause and entry in the margin.

Lives here: markup and the page's style. Not here: what stands in minutes (`minutes`), a PDF of the page (`adapters`).

Invariant: every text of a member is escaped; no script, no address that is loaded; the page is well-formed XML too.
"""

from __future__ import annotations

from isonomy.documents.count_sheet_html import COLOURS
from isonomy.documents.minutes import Line, Minutes, date_line, present_line
from isonomy.documents.minutes_items import AmendmentTold, DecisionTold, Item, Vote
from isonomy.documents.printable import markup
from isonomy.engine.words import capital, listed, say_time

_RULES = """
*{box-sizing:border-box}
html{color-scheme:light dark}
body{margin:0 auto;padding:2rem 1.25rem 4rem;max-width:54rem;background:var(--ground);color:var(--text);
 font:1.0625rem/1.55 "Iowan Old Style","Palatino Linotype",Palatino,"Liberation Serif",Georgia,serif;
 font-variant-numeric:tabular-nums lining-nums}
h1{font-size:1.9rem;line-height:1.2;margin:0 0 .5rem}
h2{font-size:1.25rem;margin:2rem 0 .5rem;padding-top:.5rem;border-top:1px solid var(--line)}
h3{font-size:1.1rem;margin:1.5rem 0 .35rem}
p,ul{margin:0 0 .6rem}
.standing{border:2px solid var(--text);display:inline-block;padding:.2rem .7rem}
.row{display:grid;grid-template-columns:minmax(0,1fr) 10rem;column-gap:1.5rem}
.margin{color:var(--soft);border-left:1px solid var(--line);padding-left:.8rem;
 font:.8125rem/1.4 system-ui,"Segoe UI","Liberation Sans",Arial,sans-serif}
.margin span{display:block}
.words{border-left:3px solid var(--line);padding-left:1rem;margin:0 0 .6rem;white-space:pre-line;overflow-wrap:anywhere}
.result{font-weight:600}
.soft{color:var(--soft)}
.text{overflow-wrap:anywhere;min-width:0}
@media (max-width:40rem){.row{grid-template-columns:minmax(0,1fr)}.margin{border:0;padding:0;margin-bottom:.6rem}}
@page{margin:20mm 18mm;@bottom-right{content:counter(page) " / " counter(pages);font-size:9pt}}
@media print{body{padding:0;max-width:none;font-size:10.5pt}h2,h3{break-after:avoid}.row{break-inside:avoid}}
"""


def minutes_html(minutes: Minutes, standing: str = "") -> str:
    """The minutes as a page; `standing` is a sentence on how far they have come."""
    parts = [
        "<!DOCTYPE html>",
        '<html lang="en" xmlns="http://www.w3.org/1999/xhtml">',
        '<head><meta charset="utf-8"/><meta name="viewport" content="width=device-width, initial-scale=1"/>',
        f"<title>{markup(f'Minutes: {minutes.title}, {date_line(minutes)}')}</title><style>{_style()}</style></head>",
        "<body><main>",
        f'<p class="soft">{markup(minutes.organisation)}</p><h1>{markup(f"Minutes: {minutes.title}")}</h1>',
        f"<p>{markup(date_line(minutes))} ({minutes.meeting})</p>",
    ]
    if standing:
        parts.append(f'<p class="standing">{markup(standing)}</p>')
    if minutes.convened:
        parts += ["<h2>How it came together</h2>", *(_line(line) for line in minutes.convened)]
    parts += _present(minutes)
    if minutes.course:
        parts.append("<h2>Course of the meeting</h2>")
    number = 0
    for told in minutes.course:
        if isinstance(told, Item):
            number += 1
            parts += _item(number, told)
        else:
            parts.append(_line(told))
    if minutes.corrections:
        parts += ["<h2>Corrected since</h2>", *(_line(line) for line in minutes.corrections)]
    return "\n".join([*parts, "</main></body>", "</html>", ""])


def _style() -> str:
    def tokens(name: str) -> str:
        return "".join(f"--{word}:{COLOURS[name][word]};" for word in ("ground", "text", "soft", "line"))

    return (
        f":root{{{tokens('light')}}}@media (prefers-color-scheme:dark){{:root{{{tokens('dark')}}}}}"
        f"@media print{{:root{{{tokens('print')}color-scheme:light}}}}{_RULES}"
    )


def _row(text: str, clauses: tuple[str, ...], entry: int) -> str:
    beside = [f"<span>clause{'s' if len(clauses) > 1 else ''} {markup(listed(clauses))}</span>"] if clauses else []
    if entry >= 0:
        beside.append(f"<span>entry {entry}</span>")
    return f'<div class="row"><div class="text">{text}</div><div class="margin">{"".join(beside)}</div></div>'


def _words(text: str) -> str:
    """A text with its lines, each escaped."""
    lines = "\n".join(markup(line) for line in text.strip().splitlines())
    return f'<div class="words">{lines}</div>'


def _line(line: Line) -> str:
    at = f'<span class="soft">{markup(say_time(line.at))}</span> ' if line.at else ""
    details = "".join(_words(detail) for detail in line.details)
    return _row(f"<p>{at}{markup(line.text)}</p>{details}", line.clauses, line.entry)


def _present(minutes: Minutes) -> list[str]:
    presence = minutes.presence
    if presence.entry < 0:
        return []
    names = f"<p>{markup(listed(presence.names))}.</p>" if presence.names else ""
    absent = f"<p>Absent: {markup(listed(presence.absent))}.</p>" if presence.absent else ""
    text = f"<p>{markup(present_line(presence))}. {markup(presence.quorum)}.</p>{names}{absent}"
    return ["<h2>Present</h2>", _row(text, (presence.clause,) if presence.clause else (), presence.entry)]


def _item(number: int, item: Item) -> list[str]:
    found = [f"<h3>{number}. {markup(item.title)}</h3>"]
    if item.motion:
        found.append(_row(f"<p>{markup(item.who)}:</p>{_words(item.words)}", (), item.entry))
    for amendment in item.amendments:
        found += _amendment(amendment)
    if item.as_put:
        found.append(_row(f"<p>The motion as amended:</p>{_words(item.as_put)}", (), -1))
    found += [_vote(vote) for vote in item.votes]
    return found + [_decision(decision) for decision in item.decisions]


def _amendment(told: AmendmentTold) -> list[str]:
    text = f"<p>Amendment {told.id}. {markup(told.who)}:</p>"
    if told.passage:
        text += f"<p>Strike out:</p>{_words(told.passage)}"
        text += f"<p>Put in its place:</p>{_words(told.becomes)}" if told.becomes else ""
    else:
        text += f"<p>In the place of the whole text:</p>{_words(told.text)}"
    if told.vote is None:
        text += f'<p class="result">{markup(told.fate)}.</p>'
    found = [_row(text, (), told.entry)]
    return found if told.vote is None else [*found, _vote(told.vote)]


def _vote(vote: Vote) -> str:
    asked = f"; asked: {vote.asked}" if vote.asked else ""
    figures = f": {vote.figures_said}" if vote.figures else ""
    rule = f", counted by {vote.rule}" if vote.rule and vote.rule != "yes-no" else ""
    text = f'<p>Put: {markup(vote.question)} <span class="soft">({markup(vote.how + asked)})</span></p>'
    text += f'<p><span class="result">{markup(vote.result)}</span>{markup(figures + rule)}.</p>'
    for answer, names in vote.by_name:
        text += f"<p>{markup(capital(answer))}: {markup(listed(names))}.</p>"
    text += "".join(f"<p>{markup(note)}.</p>" for note in vote.notes)
    return _row(text, (vote.clause,) if vote.clause else (), vote.declared_at)


def _decision(decision: DecisionTold) -> str:
    text = f"<p>Decided: {decision.id}.</p>"
    if decision.text and not decision.is_said:
        text += _words(decision.text)
    text += "".join(f"<p>{markup(note)}.</p>" for note in decision.notes)
    return _row(text, (decision.clause,) if decision.clause else (), decision.entry)
