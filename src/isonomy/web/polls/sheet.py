"""The count sheet: a declared poll counted again before the reader's eyes, with its files for a recount elsewhere.

Lives here: the sheet, what another rule would have made of it, and the downloads. Not here: what stands on a sheet
(`documents.count_sheet`), formats of ballots (`counting.formats`).

Invariant: a box that is small for the clause is counted for nobody but the body that keeps it; a count by another rule is
labelled as no result; files hold ballots in an order that says nothing of when they were cast.
"""

from __future__ import annotations

import json

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from isonomy.counting import write_ballots
from isonomy.counting.ballot import Option
from isonomy.counting.parameters import Parameters
from isonomy.counting.registry import count, rule_named, rules
from isonomy.counting.trace import Result
from isonomy.counting.values import replace as in_counting
from isonomy.documents.count_sheet import count_sheet
from isonomy.documents.count_sheet_csv import count_sheet_csv
from isonomy.documents.count_sheet_html import count_sheet_parts
from isonomy.kernel.bad_input import BadInput
from isonomy.record.box import write_box
from isonomy.web.live import not_live
from isonomy.web.polls.counts import Counted, counted_of
from isonomy.web.polls.reading import Asked, poll_named
from isonomy.web.polls.results import published

BALLOT_FILES = {"blt": "text/plain", "csv": "text/csv", "soi": "text/plain", "toc": "text/plain", "abif": "text/plain"}
PREFLIB = ("soi", "toc")


def _counted(request: HttpRequest, id: str) -> tuple[Asked, Counted]:
    asked = Asked(request.viewer, poll_named(request.viewer, id))
    if not published(asked):
        raise BadInput(
            _("there are no ballots here to count again"), "poll",
            _("wait for the result; of a small box only the tally is published"),
        )  # fmt: skip
    return asked, counted_of(request.viewer, asked.poll)


def named(asked: Asked, result: Result) -> Result:
    """A result with the names that the viewer may see."""
    names = asked.names or (asked.poll.question,)
    options = tuple(
        Option(option.number, name, withdrawn=option.withdrawn)
        for option, name in zip(result.options, names, strict=True)
    )
    return in_counting(result, options=options)


def sheet(request: HttpRequest, id: str) -> HttpResponse:
    """The count sheet."""
    asked, counted = _counted(request, id)
    wanted = request.GET.get("rule", "")
    other = _by_another(asked, counted, wanted) if wanted else None
    made = count_sheet(named(asked, counted.result), asked.poll.question, named(asked, other) if other else None)
    reads = rule_named(asked.poll.counting).ballots
    others = [rule for rule in rules() if rule.ballots == reads and rule.name != asked.poll.counting]
    shown = {
        "asked": asked, "poll": asked.poll, "sheet": mark_safe(count_sheet_parts(made)), "others": others, "rule": wanted,
        "agrees": counted.recount.trace == asked.poll.trace, "digest": counted.recount.trace,
        "files": BALLOT_FILES if reads == "ranks" else {}, "weighty": len(counted.ballots),
    }  # fmt: skip
    return render(request, "polls/sheet.html", shown)


def _by_another(asked: Asked, counted: Counted, wanted: str) -> Result:
    rule = rule_named(wanted)
    seats = asked.poll.seats if "seats" in rule.takes else None
    # Of what the clause asks the other rule gets the seats alone: quorum, majorities and constraints are of its own rule.
    return count(counted.profile(asked.poll), wanted, Parameters(seats=seats))


@not_live
def ballots(request: HttpRequest, id: str, kind: str) -> HttpResponse:
    """The ballots as a file for another counting program, or as the box that the record commits to."""
    asked, counted = _counted(request, id)
    if kind == "jsonl":
        return _file(write_box(counted.ballots), f"{id}.box.jsonl", "application/x-ndjson")
    if kind not in BALLOT_FILES:
        raise Http404
    profile = counted.profile(asked.poll)
    options = tuple(
        Option(option.number, name, withdrawn=option.withdrawn)
        for option, name in zip(profile.options, asked.names or (asked.poll.question,), strict=True)
    )
    profile = in_counting(profile, options=options, seats=counted.result.seats, title=asked.poll.question)
    data = write_ballots(profile, "preflib" if kind in PREFLIB else kind)
    return _file(data, f"{id}.{kind}", BALLOT_FILES[kind])


@not_live
def trace(request: HttpRequest, id: str, kind: str) -> HttpResponse:
    """The count: its whole trace as JSON, or its table as CSV."""
    asked, counted = _counted(request, id)
    if kind == "json":
        data = json.dumps(counted.result.trace(), ensure_ascii=False, indent=1).encode()
        return _file(data, f"{id}.count.json", "application/json")
    return _file(count_sheet_csv(named(asked, counted.result)).encode(), f"{id}.count.csv", "text/csv")


def _file(data: bytes, name: str, kind: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=f"{kind}; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
