"""Pages of signing in that are ours: accepting an invitation, the demonstration's door, one's keys.

Lives here: these views. Not here: codes and passkeys as such (the sign-in library).

Invariant: a link signs in only the member it was made for; an account that exists is opened, and its address changed, by a link
made at the console alone; the demonstration's door exists in a demonstration alone.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import login
from django.core import signing
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from isonomy.engine.enrolments import RESTS_ON, credentials_of, kind_of
from isonomy.kernel.bad_input import BadInput
from isonomy.web.accounts.first import CONSOLE
from isonomy.web.accounts.models import Account, Invitation
from isonomy.web.live import not_live
from isonomy.web.mail.post import Addressee, post
from isonomy.web.viewer import for_any_account, public

DOOR_SALT = "isonomy demonstration door"
BACKEND = "isonomy.web.accounts.backends.AccountBackend"


def door_token(person: str) -> str:
    """The token of a demonstration's sign-in link for a member."""
    return signing.dumps(person, salt=DOOR_SALT)


@public
@not_live
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Signs in an invented member of a demonstration."""
    if not settings.ISONOMY_DEMO:
        raise Http404
    try:
        person = signing.loads(token, salt=DOOR_SALT)
    except signing.BadSignature as fault:
        raise BadInput(
            _("This link is not one of this demonstration."), "", _("take one from the first page")
        ) from fault
    account = Account.objects.filter(person=person).first()
    if account is None:
        account = Account.objects.create_user(f"{person}@example.invalid", person)
    login(request, account, backend=BACKEND)
    return HttpResponseRedirect("/")


class AddressForm(forms.Form):
    """The address to which codes are sent, where an invitation names none."""

    email = forms.EmailField(label=gettext_lazy("Your e-mail address"))


@public
@not_live
class Accept(View):
    """An invitation: who is invited, to which address codes will go, and one button."""

    def get(self, request: HttpRequest, secret: str, form: AddressForm | None = None) -> HttpResponse:
        """Shows the invitation, or says that it cannot be used."""
        found = _usable(secret)
        has_account = found is not None and Account.objects.filter(person=found.person).exists()
        shown = {
            "invitation": found, "form": form or AddressForm(), "asks_address": found and not found.email and not has_account,
        }  # fmt: skip
        status = 404 if found is None else 422 if form is not None else 200
        return render(request, "accounts/invitation.html", shown, status=status)

    def post(self, request: HttpRequest, secret: str) -> HttpResponse:
        """Makes the account and signs in; a link of the console may also give an account another address."""
        found = _usable(secret)
        if found is None:
            return self.get(request, secret)
        account = Account.objects.filter(person=found.person).first()
        email, before = found.email, account.email if account is not None else ""
        if not email and account is None:
            form = AddressForm(request.POST)
            if not form.is_valid():
                return self.get(request, secret, form)
            email = form.cleaned_data["email"].lower()
        try:
            with transaction.atomic():
                if account is None:
                    account = Account.objects.create_user(email, found.person)
                elif email and account.email != email:
                    account.email = email
                    # Whoever is still signed in with the address that was lost is signed out by it.
                    account.set_unusable_password()
                    account.save(update_fields=["email", "password"])
                found.used_at = timezone.now()
                found.save(update_fields=["used_at"])
        except IntegrityError as fault:
            what = _("This address belongs to another member's account.")
            raise BadInput(what, "", _("ask for an invitation to an address of your own")) from fault
        if before and before != account.email:
            post("accounts/address_changed", [Addressee(account.person or "", before)], {
                "organisation": request.standing.state.name,
            })  # fmt: skip
        login(request, account, backend=BACKEND)
        return redirect("today")


def _usable(secret: str) -> Invitation | None:
    """The invitation with this secret while it can be used; one that a keeper sent ends when its member has an account."""
    found = Invitation.of_secret(secret)
    if found is None or found.invited_by == CONSOLE or not Account.objects.filter(person=found.person).exists():
        return found
    return None


@public
def by_invitation(request: HttpRequest, **_kwargs: Any) -> HttpResponse:
    """Says that nobody signs up: members are invited."""
    return render(request, "accounts/by_invitation.html", status=403)


@public
def closed(request: HttpRequest) -> HttpResponse:
    """Says that an account is closed."""
    return render(request, "accounts/closed.html", status=403)


@for_any_account
@not_live
def keys(request: HttpRequest) -> HttpResponse:
    """One's passkeys, and the keys enrolled in the record."""
    from allauth.mfa.models import Authenticator

    viewer = request.viewer
    enrolled = [
        {
            "number": key.number,
            "kind": kind_of(key),
            "rests_on": RESTS_ON.get(key.assurance, key.assurance),
            "entry": key.entry,
            "revoked": key.revoked,
        }
        for key in credentials_of(viewer.standing.state, viewer.person)
        if viewer.person
    ]
    found = Authenticator.objects.filter(user=request.user, type=Authenticator.Type.WEBAUTHN)
    return render(request, "accounts/keys.html", {"passkeys": found, "enrolled": enrolled})
