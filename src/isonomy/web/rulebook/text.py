"""The page of the whole rulebook: contents, text, plain reading, search.

Lives here: this view. Not here: laying clauses out (`reading`), other editions (`editions`).
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from isonomy.web.rulebook.proposing import may_propose
from isonomy.web.rulebook.reading import drafts, text_of
from isonomy.web.viewer import public

QUERY_MAX = 100


@public
def rulebook(request: HttpRequest) -> HttpResponse:
    """The text in force with its contents; with `q` the clauses in which those words stand."""
    standing = request.standing
    edition = standing.edition
    if edition is None:
        return render(request, "rulebook/none.html", {"editions": standing.state.editions})
    text = text_of(standing.rulebook)
    asked = request.GET.get("q", "")[:QUERY_MAX].strip()
    found = text.search(asked.casefold().split()) if asked else []
    shown = {
        "text": text, "front": standing.rulebook.front, "edition": edition, "drafts": drafts(standing.state),
        "asked": asked, "found": found, "may_propose": may_propose(request.viewer),
    }  # fmt: skip
    return render(request, "rulebook/rulebook.html", shown)
