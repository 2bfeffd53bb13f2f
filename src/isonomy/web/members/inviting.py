"""Inviting members to sign in: one by one, or many by a list of addresses.

Lives here: who waits, sending, the pages. Not here: accepting an invitation (`accounts`), handing mails over (`mail`).

Addresses are no part of the record, so the rulebook's acts say nothing of them. Whoever is entrusted with the roll invites:
the keeper of the roll under the clause of that office. Invariant: an invitation's secret is in the mail alone; whoever has an
account is never invited from here, so that no keeper binds a member's account to another address; whoever has an invitation
that can still be used is not mailed again by a list sent twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from isonomy.kernel.bad_input import BadInput
from isonomy.web.accounts.models import GOOD_FOR_DAYS, Account, Invitation
from isonomy.web.desk import REFUSED_STATUS
from isonomy.web.live import not_live
from isonomy.web.mail.post import Addressee, post
from isonomy.web.members.roll import Roll
from isonomy.web.not_here import NotHere
from isonomy.web.viewer import Viewer

LINES_MAX, SHOWN_MAX = 2_000, 200
AT_A_TIME = 100
"""So many invitations one request sends; the page says who is left."""


def invite(viewer: Viewer, person: str, email: str) -> str:
    """Sends one member an invitation; an earlier one of theirs lapses. Returns why it was not sent, "" where it was.

    Who signs in already is not invited: the address of an account is changed at the console alone.
    """
    try:
        validate_email(email)
    except ValidationError:
        return _("this is not an address")
    if Account.objects.filter(person=person).exists():
        return _("signs in already; who lost the address asks whoever runs the site for a link (isonomy invite)")
    if Account.objects.filter(email=email.lower()).exists():
        return _("this address belongs to another member's account")
    found, secret = Invitation.make(person, email, viewer.person)
    to = Addressee(person, found.email, viewer.name(person))
    context = {
        "organisation": viewer.standing.state.name, "by": viewer.name(viewer.person), "days": GOOD_FOR_DAYS,
        "href": reverse("invitation", args=[secret]),
    }  # fmt: skip
    posted = post("members/invitation", [to], context)
    return posted.failed.get(person, "")


def waiting_for() -> dict[str, Invitation]:
    """The invitations that can still be used, by person."""
    since = timezone.now() - timedelta(days=GOOD_FOR_DAYS)
    return {one.person: one for one in Invitation.objects.filter(used_at=None, made_at__gte=since)}


def is_reached(person: str) -> bool:
    """Whether a member has an account or an invitation that can still be used."""
    since = timezone.now() - timedelta(days=GOOD_FOR_DAYS)
    return (
        Account.objects.filter(person=person).exists()
        or Invitation.objects.filter(person=person, used_at=None, made_at__gte=since).exists()
    )


@dataclass
class Line:
    """A line of the list: whom it names, the address, and what became of it."""

    text: str
    person: str = ""
    email: str = ""
    says: str = ""
    is_sent: bool = False


class ListForm(forms.Form):
    """Many invitations: a line for each member."""

    lines = forms.CharField(
        label=gettext_lazy("Members and addresses"), widget=forms.Textarea(attrs={"rows": 10}), max_length=400_000,
        help_text=gettext_lazy("One line each: the name or id, a comma, the address. Ben Example, ben@example.org"),
    )  # fmt: skip


class OneForm(forms.Form):
    """One invitation."""

    email = forms.EmailField(label=gettext_lazy("Address"))


def _keeper(request: HttpRequest) -> Viewer:
    viewer: Viewer = request.viewer
    if not viewer.keeps("roll"):
        raise BadInput(
            _("addresses are kept by whoever keeps the roll"), "", _("ask the office that keeps the roll to invite")
        )
    return viewer


@not_live
class Invitations(View):
    """Who was invited and has not come in yet; inviting many at once."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The list and the form."""
        return self._show(request, _keeper(request), ListForm(), [])

    def post(self, request: HttpRequest) -> HttpResponse:
        """Sends to those of the lines who are not reached yet, up to a hundred at a time."""
        viewer = _keeper(request)
        form = ListForm(request.POST)
        if not form.is_valid():
            return self._show(request, viewer, form, [], status=REFUSED_STATUS)
        texts = [line.strip() for line in form.cleaned_data["lines"].splitlines() if line.strip()]
        if len(texts) > LINES_MAX:
            form.add_error("lines", _("At most %(most)s lines at a time.") % {"most": LINES_MAX})
            return self._show(request, viewer, form, [], status=REFUSED_STATUS)
        done, left = send_list(viewer, texts)
        return self._show(request, viewer, ListForm(initial={"lines": "\n".join(left)}), done, left=len(left))

    def _show(
        self, request: HttpRequest, viewer: Viewer, form: ListForm, done: list[Line], left: int = 0, status: int = 200
    ) -> HttpResponse:
        waiting = sorted(waiting_for().values(), key=lambda one: one.made_at, reverse=True)
        accounts = set(Account.objects.exclude(person=None).values_list("person", flat=True))
        today = viewer.standing.today
        members = sum(1 for one in viewer.standing.state.persons.values() if one.is_member_on(today))
        come = sum(
            1 for one in accounts if (found := viewer.standing.state.persons.get(one)) and found.is_member_on(today)
        )
        shown: dict[str, Any] = {
            "form": form, "waiting": waiting[:SHOWN_MAX], "waiting_count": len(waiting), "done": done, "left": left,
            "members": members, "come": come, "days": GOOD_FOR_DAYS,
        }  # fmt: skip
        return render(request, "members/invitations.html", shown, status=status)


def send_list(viewer: Viewer, texts: list[str]) -> tuple[list[Line], list[str]]:
    """What became of each line, and the lines that are left for another turn."""
    by_name = _persons_by_name(viewer)
    done: list[Line] = []
    sent = 0
    for place, text in enumerate(texts):
        line = _read(viewer, text, by_name)
        if not line.says:
            if sent >= AT_A_TIME:
                return done, texts[place:]
            line.says = invite(viewer, line.person, line.email)
            line.is_sent = not line.says
            sent += 1
        done.append(line)
    return done, []


def _persons_by_name(viewer: Viewer) -> dict[str, list[str]]:
    roll, found = Roll(viewer), {}
    for person in viewer.standing.state.persons.values():
        if person.is_member_on(viewer.standing.today):
            found.setdefault(roll.name(person.id).casefold(), []).append(person.id)
    return found


def _read(viewer: Viewer, text: str, by_name: dict[str, list[str]]) -> Line:
    whom, mark, email = text.replace(";", ",").replace("\t", ",").rpartition(",")
    line = Line(text, email=email.strip())
    whom = " ".join(whom.split())
    persons = [whom] if whom in viewer.standing.state.persons else by_name.get(whom.casefold(), [])
    if not mark or not whom:
        line.says = _("write the name or id, a comma, the address")
    elif not persons:
        line.says = _("there is no member of this name")
    elif len(persons) > 1:
        line.says = _("several members have this name; write the id")
    elif not viewer.standing.state.persons[persons[0]].is_member_on(viewer.standing.today):
        line.says = _("is a member no longer")
    elif is_reached(persons[0]):
        line.says = _("has an account or an invitation already")
    line.person = persons[0] if len(persons) == 1 else ""
    return line


@not_live
class Invite(View):
    """Inviting one member, or again where the mail was lost."""

    def get(self, request: HttpRequest, person: str) -> HttpResponse:
        """The form, with the address invited before."""
        _keeper(request)
        before = waiting_for().get(person)
        return self._show(request, person, OneForm(initial={"email": before.email if before else ""}))

    def post(self, request: HttpRequest, person: str) -> HttpResponse:
        """Sends the invitation."""
        viewer = _keeper(request)
        form = OneForm(request.POST)
        if not form.is_valid():
            return self._show(request, person, form, status=REFUSED_STATUS)
        self._check(request, person)
        email = form.cleaned_data["email"]
        why = invite(viewer, person, email)
        if why:
            form.add_error("email", why)
            return self._show(request, person, form, status=REFUSED_STATUS)
        messages.success(request, _("An invitation is on its way to %(email)s.") % {"email": email})
        return HttpResponseRedirect(reverse("member", args=[person]))

    def _check(self, request: HttpRequest, person: str) -> None:
        found = request.standing.state.persons.get(person)
        if found is None or not found.is_member_on(request.standing.today):
            raise NotHere(f"{person[:40]} is not a member", "member", "look for the member in the list")

    def _show(self, request: HttpRequest, person: str, form: OneForm, status: int = 200) -> HttpResponse:
        self._check(request, person)
        account = Account.objects.filter(person=person).first()
        shown = {
            "form": form, "about": person, "waiting": waiting_for().get(person), "account": account, "days": GOOD_FOR_DAYS,
            "cancel": reverse("member", args=[person]),
        }  # fmt: skip
        return render(request, "members/invite.html", shown, status=status)
