"""Papers on the pages: naming tellers, printing, the credentials list, two entries apart, differences side by side.

Lives here: these pages of one poll. Not here: drafts (`pile`), bringing the papers with the close (`views`), what a line means
(`typed`).

Invariant: a teller sees the other's entries only when both have finished; everything here is a draft until the close.
"""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from isonomy.kernel.bad_input import BadInput
from isonomy.web.desk import REFUSED_STATUS
from isonomy.web.live import not_live
from isonomy.web.polls.models import GivenPaper, Teller
from isonomy.web.polls.papers import instruction
from isonomy.web.polls.pile import TELLERS, Pile
from isonomy.web.polls.putting import member_named
from isonomy.web.polls.reading import OPEN, Asked, poll_named
from isonomy.web.polls.typed import how_to_type, read_line, written
from isonomy.web.security import takes_post

PAGE = 100
COPIES_MAX = 500
PAPERS_MAX = 100_000


def _asked(request: HttpRequest, id: str) -> tuple[Asked, Pile]:
    asked = Asked(request.viewer, poll_named(request.viewer, id))
    if not asked.is_secret or asked.poll.standing != OPEN or asked.poll.roll is None:
        raise BadInput(_("papers belong to a secret poll that is open"), "poll", _("look at the poll itself"))
    return asked, Pile(id)


def _for_tellers(asked: Asked, pile: Pile) -> None:
    """Drafts are the tellers' own: whoever is neither teller nor presides is told who is."""
    if asked.viewer.person not in pile.persons and not asked.presides:
        raise BadInput(
            _("these pages are for the tellers of this poll"), "poll", _("whoever presides over the poll names them")
        )


@takes_post
@not_live
def papers(request: HttpRequest, id: str) -> HttpResponse:
    """Where the papers of a poll stand; whoever presides names the tellers here."""
    asked, pile = _asked(request, id)
    _for_tellers(asked, pile)
    wrong = ""
    if request.method == "POST" and asked.presides:
        wrong = _named(request, asked, pile)
        if not wrong:
            return HttpResponseRedirect(reverse("poll-papers", args=[id]))
    shown = {
        "asked": asked, "poll": asked.poll, "pile": pile, "wrong": wrong, "is_teller": asked.viewer.person in pile.persons,
        "entered": [(teller, len(pile.entered_by(teller.person))) for teller in pile.tellers], "sent": request.POST,
    }  # fmt: skip
    return render(request, "polls/papers.html", shown, status=REFUSED_STATUS if wrong else 200)


def _named(request: HttpRequest, asked: Asked, pile: Pile) -> str:
    """Names the tellers, or gives the papers up; what is wrong in words."""
    if request.POST.get("step") == "give up":
        pile.forget()
        return ""
    try:
        wanted = [
            member_named(asked.viewer, " ".join(request.POST.get(name, "").split())) for name in ("first", "second")
        ]
    except forms.ValidationError as fault:
        return " ".join(fault.messages)
    if len(set(wanted)) != TELLERS:
        return _("Two different members enter the papers.")
    if {option.person for option in asked.poll.options} & set(wanted):
        return _("A teller does not stand in the poll.")
    with transaction.atomic():
        Teller.objects.filter(poll=asked.poll.id).exclude(person__in=wanted).delete()
        for person in wanted:
            Teller.objects.get_or_create(poll=asked.poll.id, person=person)
    return ""


@not_live
def printed(request: HttpRequest, id: str) -> HttpResponse:
    """The papers to be printed, one on a page."""
    asked = Asked(request.viewer, poll_named(request.viewer, id))
    given = request.GET.get("copies", "1")
    copies = min(int(given), COPIES_MAX) if given.isascii() and given.isdigit() else 1
    how = instruction(asked.poll, request.standing.state)
    shown = {
        "asked": asked,
        "poll": asked.poll,
        "copies": range(copies),
        "number": copies,
        "instruction": how,
        "most": COPIES_MAX,
    }
    return render(request, "polls/printed.html", shown)


@takes_post
@not_live
def credentials(request: HttpRequest, id: str) -> HttpResponse:
    """The credentials list: the roll, with a mark for each who was given a paper."""
    asked, pile = _asked(request, id)
    _for_tellers(asked, pile)
    state = asked.poll
    if request.method == "POST":
        person = request.POST.get("person", "")
        if not state.has_on_roll(person) or person in state.struck:
            raise BadInput(_("this person is not on the roll"), "person", _("choose from the list"))
        if request.POST.get("step") == "take back":
            GivenPaper.objects.filter(poll=id, person=person).delete()
        elif Asked(_as_other(request, person), state).has_cast:
            messages.warning(
                request, _("%(name)s has voted on the pages already: no paper.") % {"name": asked.viewer.name(person)}
            )
        else:
            GivenPaper.objects.get_or_create(poll=id, person=person)
        return HttpResponseRedirect(f"{reverse('paper-credentials', args=[id])}?{request.GET.urlencode()}")
    wanted = request.GET.get("q", "").strip().casefold()
    persons = [person for person in state.roll or () if person not in state.struck]
    if wanted:
        persons = [person for person in persons if wanted in f"{asked.viewer.name(person)} {person}".casefold()]
    persons.sort(key=lambda person: asked.viewer.name(person).casefold())
    page = Paginator(persons, PAGE).get_page(request.GET.get("page"))
    rows = [(person, person in pile.given) for person in page]
    shown = {
        "asked": asked,
        "poll": state,
        "rows": rows,
        "page": page,
        "q": request.GET.get("q", ""),
        "given": len(pile.given),
    }
    return render(request, "polls/credentials.html", shown)


def _as_other(request: HttpRequest, person: str) -> Any:
    """A viewer that stands for another person, to ask whether they have cast."""
    viewer = request.viewer
    return type(viewer)(person, viewer.organisation, viewer.standing)


@takes_post
@not_live
def enter(request: HttpRequest, id: str) -> HttpResponse:
    """One teller's own entry: a line for each paper, Enter for the next one."""
    asked, pile = _asked(request, id)
    me = asked.viewer.person
    if me not in pile.persons:
        raise BadInput(
            _("you are not a teller of this poll"), "poll", _("whoever presides over the poll names the tellers")
        )
    entered = pile.entered_by(me)
    number = _number(request, entered)
    wrong, line = "", ""
    if request.method == "POST" and request.POST.get("step") == "finish":
        Teller.objects.filter(poll=id, person=me).update(is_finished=True)
        return HttpResponseRedirect(reverse("paper-compare", args=[id]))
    if request.method == "POST":
        line = request.POST.get("line", "")
        ballot, wrong = read_line(line, asked.poll, asked.names, request.standing.state)
        if not wrong:
            pile.enter(me, number, ballot)
            back = reverse("paper-compare", args=[id]) if pile.is_finished else reverse("paper-enter", args=[id])
            return HttpResponseRedirect(back)
    readings = [(each, written(json.loads(text), asked.poll)) for each, text in reversed(entered.items())]
    shown = {
        "asked": asked, "poll": asked.poll, "number": number, "wrong": wrong, "line": line, "readings": readings[:PAGE],
        "how": how_to_type(asked.poll), "count": len(entered),
        "options": list(enumerate(asked.names, start=1)),
    }  # fmt: skip
    return render(request, "polls/enter.html", shown, status=REFUSED_STATUS if wrong else 200)


def _number(request: HttpRequest, entered: dict[int, str]) -> int:
    """The number of the paper at hand: the one asked for, else the next."""
    given = request.POST.get("number") or request.GET.get("number") or ""
    if given.isascii() and given.isdigit() and 1 <= int(given) <= PAPERS_MAX:
        return int(given)
    return max(entered, default=0) + 1


@not_live
def compare(request: HttpRequest, id: str) -> HttpResponse:
    """The two entries held against each other, once both are finished."""
    asked, pile = _asked(request, id)
    _for_tellers(asked, pile)
    differences = [
        (each.number, [written(json.loads(text), asked.poll) if text else "" for text in each.readings])
        for each in (pile.differences() if pile.is_finished else [])
    ]
    number = len(pile.entered_by(pile.persons[0])) if pile.persons else 0
    shown = {
        "asked": asked, "poll": asked.poll, "pile": pile, "differences": differences, "number": number,
        "given": len(pile.given), "is_teller": asked.viewer.person in pile.persons,
    }  # fmt: skip
    return render(request, "polls/compare.html", shown)
