"""The page of publication: sealed texts with their day, closed sessions, papers laid, what is to be published and what was.

Lives here: that view. Not here: the forms (`acting`).

Invariant: a sealed text that was not opened on its day says so; the words of one that lies sealed are shown to nobody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from isonomy.engine.proceedings.closed_sessions import decided_in
from isonomy.engine.publication import NOT_OPENED, say_votes
from isonomy.rulebook.provisions.publication import publication_rules
from isonomy.web.asking import may
from isonomy.web.publication.places import has_publication

if TYPE_CHECKING:
    from isonomy.web.organisation import Standing
    from isonomy.web.viewer import Viewer

PUBLISH = "publish "


def check_has(standing: Standing) -> None:
    """404 where the organisation has none of it."""
    if not has_publication(standing):
        raise Http404


def publication(request: HttpRequest) -> HttpResponse:
    """Everything of publication, the newest first."""
    viewer: Viewer = request.viewer
    standing = viewer.standing
    check_has(standing)
    state, today, found = standing.state, standing.today, standing.state.publications
    rules = publication_rules(standing.rulebook)
    sealed = [
        {"text": text, "standing": text.standing_on(today), "is_late": text.standing_on(today) == NOT_OPENED,
         "may_open": not text.opened_on and today >= text.opens_on and _holds(viewer, (text.kept_by, *text.others))}
        for text in reversed(found.sealed.values())
    ]  # fmt: skip
    sessions = [
        {"session": session, "decided": decided_in(state, session), "votes": say_votes(session.votes),
         "may_reopen": session.until < 0 and may(viewer, "session.reopen", session=session.id)}
        for session in reversed(found.sessions.values())
    ]  # fmt: skip
    due = [duty for duty in standing.due if duty.id.startswith(PUBLISH)]
    shown: dict[str, Any] = {
        "sealed": sealed, "sessions": sessions, "papers": list(reversed(found.papers.values())),
        "published": list(reversed(found.published.values())), "due": due,
        "seals": any(rule.sealed_at_most is not None for rule in rules.values()),
        "closes": any(rule.closed_by for rule in rules.values()),
        "has_papers": any(rule.laid is not None or rule.asked_for for rule in rules.values()),
    }  # fmt: skip
    return render(request, "publication/publication.html", shown)


def _holds(viewer: Viewer, seats: tuple[str, ...]) -> bool:
    return any(held.partition("@")[0] in seats for held in viewer.seats)
