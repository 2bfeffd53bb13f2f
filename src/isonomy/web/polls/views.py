"""Pages of polls: all of them, one of them, its roll, its closing and its result.

Lives here: these views. Not here: casting (`cast`), putting a question (`putting`), count sheets (`sheet`), elections by
nominations (`elections`).
"""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from isonomy.chamber.answers import Answer
from isonomy.chamber.ports import NO_PAPERS
from isonomy.kernel.bad_input import BadInput
from isonomy.web.desk import PREPARE, REFUSED_STATUS, ActForm, ActPage, Grounds, hand_in, notify
from isonomy.web.live import live_by, not_live
from isonomy.web.passkeys import Proof
from isonomy.web.polls.counts import counted_of, declared_entry, fields_told
from isonomy.web.polls.forms import CloseForm, DeclareForm, ReceiptForm
from isonomy.web.polls.lots import kept_for_poll
from isonomy.web.polls.pile import Pile
from isonomy.web.polls.reading import CLOSED, DECLARED, OPEN, Asked, poll_named
from isonomy.web.polls.results import lines_of, published, tests_of
from isonomy.web.polls.ties import has_tie, open_ties
from isonomy.web.security import takes_post

PAGE = 20
TRIES = 6


def has_cast_in(request: HttpRequest, id: str = "") -> object:
    """What a poll's page depends on beside the record: whether the viewer has cast, was given a paper, is a teller, and for
    who presides how many have cast. Where no poll is open it is nothing: only an entry opens one."""
    state = request.viewer.standing.state
    asked = [Asked(request.viewer, state.polls[id])] if id in state.polls else _open_ones(request)
    if not asked:
        return None
    return [
        (each.poll.id, each.has_cast, each.has_paper, each.is_teller, each.cast_so_far if each.presides else None)
        for each in asked
    ]


def _open_ones(request: HttpRequest) -> list[Asked]:
    viewer = request.viewer
    return [Asked(viewer, poll) for poll in viewer.standing.state.polls.values() if poll.standing == OPEN]


@live_by(has_cast_in)
def polls(request: HttpRequest) -> HttpResponse:
    """Open elections and polls first; then those that are over, the latest first."""
    viewer, state = request.viewer, request.standing.state
    today = viewer.standing.today
    wanted = request.GET.get("q", "").strip().casefold()
    is_over = [poll for poll in reversed(state.polls.values()) if poll.standing != OPEN]
    if wanted:
        is_over = [poll for poll in is_over if wanted in f"{poll.question} {poll.id}".casefold()]
    page = Paginator(is_over, PAGE).get_page(request.GET.get("page"))
    shown = {
        "open": _open_ones(request),
        "waiting": [Asked(viewer, poll) for poll in state.polls.values() if poll.standing == CLOSED],
        "elections": [
            found for found in state.elections.values() if found.standing_on(today) in ("nominating", "closed")
        ],
        "page": page,
        "over": [Asked(viewer, poll) for poll in page],
        "q": request.GET.get("q", ""),
    }
    return render(request, "polls/polls.html", shown)


@live_by(has_cast_in)
def poll(request: HttpRequest, id: str) -> HttpResponse:
    """One poll: the question, who may vote, how it is counted, what the viewer may do, and what came of it."""
    asked = Asked(request.viewer, poll_named(request.viewer, id))
    shown: dict[str, Any] = {
        "asked": asked,
        "poll": asked.poll,
        "election": request.standing.state.elections.get(asked.poll.election),
        "lost": request.standing.state.subscriptions.marks.get(asked.poll.id),
    }
    if asked.poll.standing == DECLARED:
        shown |= {
            "lines": lines_of(asked), "tests": tests_of(asked), "entry": declared_entry(request.organisation, asked.poll)[1],
            "decision": request.standing.state.decisions.get(asked.poll.decision), "is_published": published(asked),
            "scrutinised": [(person, trace == asked.poll.trace) for person, trace in asked.poll.attested.items()],
            "winners": [asked.names[number - 1] for number in (asked.poll.outcome or {}).get("winners", []) if asked.names],
        }  # fmt: skip
    return render(request, "polls/poll.html", shown)


def roll(request: HttpRequest, id: str) -> HttpResponse:
    """The frozen roll; once the poll is closed, with the marks of those who cast."""
    asked = Asked(request.viewer, poll_named(request.viewer, id))
    found = asked.poll
    marked: set[str] = set()
    if found.standing != OPEN:
        if asked.is_secret:
            marked = set(request.organisation.stores.boxes.marked(found.id) or ())
        else:
            marked = set(found.named)
    persons = list(found.roll or ())
    wanted = request.GET.get("q", "").strip().casefold()
    if wanted:
        persons = [person for person in persons if wanted in f"{request.viewer.name(person)} {person}".casefold()]
    page = Paginator(persons, 200).get_page(request.GET.get("page"))
    rows = [(person, person in marked, person in found.struck) for person in page]
    shown = {
        "asked": asked,
        "poll": found,
        "rows": rows,
        "page": page,
        "q": request.GET.get("q", ""),
        "marked": len(marked),
    }
    return render(request, "polls/roll.html", shown)


@takes_post
@not_live
def receipt(request: HttpRequest, id: str) -> HttpResponse:
    """Whether a ballot lies in the closed box: asked with its receipt, answered to the one who asks."""
    asked = Asked(request.viewer, poll_named(request.viewer, id))
    if not asked.is_secret or asked.poll.standing == OPEN:
        raise BadInput("this poll has no closed box", "poll", "a receipt is looked for when a secret poll is closed")
    form = ReceiptForm(request.POST if request.method == "POST" else None)
    shown: dict[str, Any] = {"asked": asked, "poll": asked.poll, "form": form, "is_asked": False}
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data["receipt"]
        found = counted_of(request.viewer, asked.poll).ballot_of(wanted)
        shown |= {"is_asked": True, "found": found, "receipt": wanted}
    answer = render(request, "polls/look_for.html", shown)
    answer["Cache-Control"] = "no-store"
    return answer


class BoxPage(ActPage):
    """A page whose act speaks of a box that may fill while it is on its way: it is completed and handed in again."""

    template_name = "polls/act.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Finds the poll."""
        self.asked = Asked(request.viewer, poll_named(request.viewer, kwargs["id"]))
        return super().dispatch(request, *args, **kwargs)

    def context(self) -> dict[str, Any]:
        """The poll."""
        return {"asked": self.asked, "poll": self.asked.poll, "cancel": reverse("poll", args=[self.asked.poll.id])}

    def next_url(self, answer: Answer) -> str:
        """The poll."""
        return reverse("poll", args=[self.asked.poll.id])

    def done(self) -> None:
        """What is put away once the act is an entry."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Hands the act in, and again where a ballot was cast meanwhile."""
        if PREPARE in request.headers or Proof.of(request) is not None:
            return super().post(request, **kwargs)
        form = self.make_form(request.POST)
        if not form.is_valid():
            return self.show(form, status=REFUSED_STATUS)
        if form.cleaned_data["act_id"] in request.standing.state.acts and self.asked.poll.standing != OPEN:
            return HttpResponseRedirect(reverse("poll", args=[self.asked.poll.id]))
        refusal: Grounds | None = None
        for _turn in range(TRIES):
            form.viewer = request.viewer
            try:
                act = form.act()
                reply = hand_in(request, act, papers=getattr(form, "papers", NO_PAPERS))
            except BadInput as fault:
                return self.show(form, fault=fault, status=REFUSED_STATUS)
            if isinstance(reply, BadInput):
                return self.show(form, fault=reply, status=REFUSED_STATUS)
            if reply.is_accepted:
                self.done()
                notify(request, reply)
                return HttpResponseRedirect(self.next_url(reply))
            refusal = Grounds(reply.refusal["grounds"])
            if not any("as it is" in ground["facts"] for ground in refusal.grounds):
                break
        return self.show(form, refusal=refusal, status=REFUSED_STATUS)


class Close(BoxPage):
    """Closing a poll: its box is sealed, and nobody casts any more."""

    form_class = CloseForm
    title = _("Close the poll")

    def make_form(self, data: Any = None) -> ActForm:
        """The form."""
        return CloseForm(data, viewer=self.request.viewer, poll=self.asked.poll.id)

    def context(self) -> dict[str, Any]:
        """The pile of papers too, where there is one."""
        pile = Pile(self.asked.poll.id)
        because = _(
            "A close that brings papers is not signed with a passkey: each paper gets its secret number only as it is laid "
            "into the box, so nobody can sign beforehand what the box will hold. It rests on your sign-in, and on both tellers."
        )
        return super().context() | {
            "pile": pile if pile.is_used else None,
            "unsigned_because": because if pile.is_used else "",
        }

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Hands the close in, unless papers are still to be agreed on."""
        pile = Pile(self.asked.poll.id)
        if self.asked.poll.standing != OPEN or not pile.is_used or (pile.is_agreed and PREPARE not in request.headers):
            return super().post(request, **kwargs)
        what = (
            _("the papers of this poll are not agreed on yet")
            if not pile.is_agreed
            else _("papers are brought unsigned")
        )
        fault = BadInput(str(what), "", str(_("let both tellers finish and mend what differs, or give the papers up")))
        return self.show(self.make_form(request.POST), fault=fault, status=REFUSED_STATUS)

    def done(self) -> None:
        """The drafts of tellers and the credentials list are deleted."""
        Pile(self.asked.poll.id).forget()


class Declare(BoxPage):
    """Declaring a result: the count of the closed box, made here and repeated by the record's writer."""

    form_class = DeclareForm
    title = _("Declare the result")

    def make_form(self, data: Any = None) -> ActForm:
        """The form, with a field for each tie that the count leaves open."""
        request, found = self.request, self.asked.poll
        if found.standing != CLOSED or self.asked.is_by_hands:
            return DeclareForm(data, viewer=request.viewer, poll=found.id)
        state, boxes = request.standing.state, request.organisation.stores.boxes
        opened = request.organisation.entry(int(found.id.partition("-")[2]))
        kept = kept_for_poll(state, found, str(opened["act"]["id"]))
        asks = bool(found.lot) and not kept and has_tie(state, boxes, found)
        ties = open_ties(state, boxes, found, self.asked.names, fields_told(kept))
        return DeclareForm(data, viewer=request.viewer, poll=found.id, ties=ties, kept=kept, asks_secret=asks)
