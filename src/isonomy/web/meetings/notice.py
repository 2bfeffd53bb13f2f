"""Notice of a meeting: written, sent by mail, and recorded once it is handed over.

Lives here: the notice's words and addressees, sending it, the letters for those without an address. Not here: handing over
mails (`mail.post`), whether it is in time (the engine).

Invariant: the engine is asked before the first mail goes out; the record says to how many it was handed over; nobody is
mailed twice for one day of one meeting, by whomever and however often it is asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from isonomy.chamber.answers import Answer
from isonomy.engine.meeting import Meeting
from isonomy.engine.proceedings.notices import asked_of
from isonomy.engine.refusal import Accepted, Verdict
from isonomy.engine.roll import members_of_body
from isonomy.engine.state import State
from isonomy.engine.words import listed, say_time, title_of
from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.canonical import Json
from isonomy.web.accounts.models import Account
from isonomy.web.asking import is_yours, reasons
from isonomy.web.desk import REFUSED_STATUS, Grounds, notify
from isonomy.web.desk import hand_in as handed_in
from isonomy.web.live import not_live
from isonomy.web.mail.post import Addressee, Letter, Posted, dispatched, post, write
from isonomy.web.meetings.asking import judged
from isonomy.web.meetings.chair import MeetingAct
from isonomy.web.meetings.forms import SeatForm
from isonomy.web.meetings.listing import known_meeting, title_for
from isonomy.web.meetings.matters import in_words, waiting_motions
from isonomy.web.organisation import Standing
from isonomy.web.rulebook.checked import amending
from isonomy.web.viewer import Viewer, look

TEMPLATE = "meetings/mail/notice"
OTHERS_MAX, LETTERS_MAX = 1_000_000, 500


def key_of(meeting: Meeting) -> str:
    """Under which nobody is mailed twice: the meeting and the time it is called for, or goes on."""
    return f"notice {meeting.id} {meeting.resumes or meeting.starts}"


def addressees(viewer: Viewer, meeting: Meeting) -> tuple[list[Addressee], list[str]]:
    """The members of the body who have an address here, and those who have none."""
    standing = viewer.standing
    members = members_of_body(standing.state, meeting.edition, meeting.body, standing.today)
    known = dict(Account.objects.filter(is_active=True, person__isnull=False).values_list("person", "email"))
    with_address = [Addressee(person, known[person], viewer.name(person)) for person in members if known.get(person)]
    return with_address, [person for person in members if not known.get(person)]


def words_of(standing: Standing, meeting: Meeting) -> dict[str, Any]:
    """What the notice says: which meeting, when, where, about what, and by which clause."""
    state = standing.state
    rulebook = state.rulebook(meeting.edition)
    body = rulebook.bodies[meeting.body.partition("@")[0]]
    goes_on = meeting.standing == "adjourned"
    called_as = state.author_of(int(meeting.id.partition("-")[2]))[1]
    if goes_on:
        clause, asks = body.place.clause_of("resumption notice"), str(body.sitting.notice or "")
    else:
        asked = asked_of(rulebook, meeting.body, meeting.matters)
        clause = asked[0].clause if asked else body.place.clause_of("meets")
        asks = listed(each.says for each in asked)
    items = [
        (in_words(standing, matter), [motion.text for motion in waiting_motions(state, meeting.body, matter)])
        for matter in meeting.matters
        if matter not in (meeting.finished if goes_on else ())
    ]
    drafts = dict.fromkeys(
        motion.draft
        for matter in meeting.matters
        for motion in waiting_motions(state, meeting.body, matter)
        if motion.draft
    )
    return {
        "organisation": state.name, "heading": title_for(standing, meeting), "goes_on": goes_on,
        "when": say_time(meeting.resumes if goes_on else meeting.starts), "place": meeting.place, "items": items,
        "by_right": bool(meeting.by_right_on), "called_as": title_of(rulebook, called_as, state.units) if called_as else "",
        "clause": clause, "asks": asks, "href": reverse("meeting", args=[meeting.id]),
        "changes": [change for draft in drafts for change in _changes(state, draft)],
    }  # fmt: skip


def _changes(state: State, draft: str) -> list[str]:
    """The powers that a proposed text gives and takes, and what it would leave to nobody, in sentences."""
    found = amending(state, draft)
    if found is None:
        return []
    silent = [
        _("Nobody would decide on %(matter)s.") % {"matter": one.matter.replace("-", " ")} for one in found.silent
    ]
    return [change.sentence for change in found.comparison.powers] + silent


def letter_of(standing: Standing, meeting: Meeting) -> Letter:
    """The notice as it is mailed."""
    return write(TEMPLATE, words_of(standing, meeting))


class NoticeForm(SeatForm):
    """How many are told otherwise than by mail."""

    act_name = "notice.send"
    sample: dict[str, Json] = {"how": "mail", "to_count": 1}  # noqa: RUF012
    others = forms.IntegerField(
        label=gettext_lazy("How many do you tell otherwise"), min_value=0, max_value=OTHERS_MAX, required=False, initial=0,
        help_text=gettext_lazy("By letter, by telephone or in person, today. They have no address here."),
    )  # fmt: skip
    mailed = 0

    def fields_of_act(self) -> dict[str, Json]:
        """In which way it went out, and to how many."""
        others = self.cleaned_data.get("others") or 0
        ways = []
        if self.mailed:
            ways.append(
                ngettext("by mail to %(number)s", "by mail to %(number)s", self.mailed) % {"number": self.mailed}
            )
        if others:
            ways.append(_("otherwise to %(number)s") % {"number": others})
        return {"how": ", ".join(ways) or _("by mail"), "to_count": self.mailed + others}


class Notice(MeetingAct):
    """The notice of a meeting: read, sent, recorded."""

    form_class = NoticeForm
    template_name = "meetings/notice.html"
    title = gettext_lazy("Send the notice")
    button = gettext_lazy("Send it and record it")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The notice as it will go out, and to whom."""
        form = self.make_form()
        verdict = self._asked(len(self._with_address) + len(self._without))
        return self.show(form, refusal=None if isinstance(verdict, Accepted) else Grounds(reasons(verdict)))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Asks the engine, hands the mails over, records the notice; or tries again those that failed."""
        if "again" in request.POST:
            return self._again()
        form = self.make_form(request.POST)
        if not form.is_valid():
            return self.show(form, status=REFUSED_STATUS)
        assert isinstance(form, NoticeForm)
        if str(form.cleaned_data["act_id"]) not in request.viewer.standing.state.acts:
            others = form.cleaned_data.get("others") or 0
            verdict = self._asked(len(self._with_address) + others)
            if not isinstance(verdict, Accepted):
                return self.show(form, refusal=Grounds(reasons(verdict)), status=REFUSED_STATUS)
        posted = self._mail(self._with_address)
        if posted.left:
            return self._go_on(posted)
        form.mailed = posted.reached
        if not form.fields_of_act()["to_count"]:
            fault = BadInput(
                _("no mail could be handed over, so nothing was recorded"),
                "",
                _("see below why, and send it once more"),
            )
            return self.show(form, fault=fault, status=REFUSED_STATUS)
        return self._record(form)

    def _asked(self, to_count: int) -> Verdict:
        """What the engine says of the notice before anything goes out."""
        viewer: Viewer = self.request.viewer
        return judged(viewer, "notice.send", meeting=self.meeting.id, how="mail", to_count=max(1, to_count))

    def _mail(self, to: Sequence[Addressee]) -> Posted:
        """Hands the mails over while other pages go on."""
        request, words = self.request, words_of(self.request.standing, self.meeting)
        with request.organisation.aside():
            posted = post(TEMPLATE, to, words, key=key_of(self.meeting))
        look(request, request.organisation, request.organisation.standing())
        return posted

    def _record(self, form: NoticeForm) -> HttpResponse:
        try:
            reply = handed_in(self.request, form.act())
        except BadInput as fault:
            reply = fault
        if isinstance(reply, BadInput):
            return self.show(form, fault=reply, status=REFUSED_STATUS)
        if not reply.is_accepted:
            return self.show(form, refusal=Grounds(reply.refusal["grounds"]), status=REFUSED_STATUS)
        notify(self.request, reply)
        return HttpResponseRedirect(self.next_url(reply))

    def _go_on(self, posted: Posted) -> HttpResponse:
        told = _("Handed over to %(number)s so far; %(left)s are left. Send once more to go on: nobody gets it twice.")
        messages.info(self.request, told % {"number": posted.reached, "left": len(posted.left)})
        return HttpResponseRedirect(self.request.path)

    def _again(self) -> HttpResponse:
        """Tries the mails once more that failed; the record stays as it is."""
        verdict = self._asked(len(self._with_address))
        if not isinstance(verdict, Accepted):
            return self.show(self.make_form(), refusal=Grounds(reasons(verdict)), status=REFUSED_STATUS)
        failed = dispatched(key_of(self.meeting)).failed
        posted = self._mail([one for one in self._with_address if one.person in failed])
        told = ngettext(
            "%(number)s more mail was handed over.", "%(number)s more mails were handed over.", len(posted.sent)
        )
        messages.info(self.request, told % {"number": len(posted.sent)})
        return HttpResponseRedirect(self.request.path)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Knows to whom it goes; those with addresses are told to whom the notice is theirs to send."""
        meeting = known_meeting(request.standing, kwargs["id"])
        self._with_address, self._without = addressees(request.viewer, meeting)
        return super().dispatch(request, *args, **kwargs)

    def context(self) -> dict[str, Any]:
        """The notice, its addressees, and what became of the mails so far."""
        posted = dispatched(key_of(self.meeting))
        notices = self.meeting.resumption_notices if self.meeting.standing == "adjourned" else self.meeting.notices
        return super().context() | {
            "letter": letter_of(self.request.standing, self.meeting), "is_sender": is_sender(self.request.viewer, self.meeting),
            "with_address": self._with_address,
            "without": self._without, "posted": posted, "failed": list(posted.failed.items()), "was_recorded": bool(notices),
        }  # fmt: skip

    def next_url(self, answer: Answer) -> str:
        """The same page, which now says what became of each mail."""
        return reverse("meeting-notice", args=[self.meeting.id])


def is_sender(viewer: Viewer, meeting: Meeting) -> bool:
    """Whether the notice is the viewer's to send, now or once what bars it is mended: who has an address is for them alone."""
    waits = meeting.standing == "called" or (meeting.standing == "adjourned" and bool(meeting.resumes))
    return waits and is_yours(judged(viewer, "notice.send", meeting=meeting.id, how="mail", to_count=1))


@not_live
def letters(request: HttpRequest, id: str) -> HttpResponse:
    """The notice as letters, for those who have no address here: one a page."""
    viewer: Viewer = request.viewer
    meeting = known_meeting(viewer.standing, id)
    _with_address, without = addressees(viewer, meeting)
    shown = {
        "meeting": meeting, "heading": title_for(viewer.standing, meeting), "letter": letter_of(viewer.standing, meeting),
        "people": (without[:LETTERS_MAX] if is_sender(viewer, meeting) else []) or [""],
    }  # fmt: skip
    return render(request, "meetings/letters.html", shown)
