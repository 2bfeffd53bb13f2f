"""Adding a passkey: one ceremony, two uses: signing in here, and signing acts that nobody can forge.

Lives here: these pages. Not here: checking signatures (`record`), what signing is good for (`desk`).

Invariant: the browser's answer is checked twice, by the sign-in library and by the record's own reader; the key is
enrolled by an act of the member, like any other act.
"""

from __future__ import annotations

import json
from typing import Any

from allauth.mfa.webauthn.internal import auth
from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from isonomy.adapters.system import SystemEntropy
from isonomy.chamber.answers import Answer
from isonomy.chamber.founding import draw_act_id, hours_from
from isonomy.engine.enrolments import credentials_of
from isonomy.kernel.bad_input import BadInput
from isonomy.record.base64_text import from_base64url, to_base64url
from isonomy.record.browser_response import read_made
from isonomy.record.passkey_registration import COSE_ALGORITHMS
from isonomy.web.accounts.models import SigningKey
from isonomy.web.desk import ActForm, ActPage, hand_in, notify
from isonomy.web.live import not_live
from isonomy.web.passkeys import site_host
from isonomy.web.viewer import for_any_account

CREDENTIAL_SIZE_MAX = 20_000


@for_any_account
@not_live
class AddPasskey(View):
    """The page that makes a passkey, and what the browser sends back."""

    def get(self, request: HttpRequest, fault: BadInput | None = None) -> HttpResponse:
        """Shows the form with what the browser needs."""
        host = site_host()
        options: dict[str, Any] = {}
        if host:
            options = auth.begin_registration(request.user, True)
            made = options.get("publicKey", options)
            made["pubKeyCredParams"] = [{"type": "public-key", "alg": number} for number in COSE_ALGORITHMS]
        shown = {"options": options, "host": host, "fault": fault}
        return render(request, "accounts/add_passkey.html", shown, status=422 if fault else 200)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Checks the new passkey, keeps it for signing in, and enrols it for signing acts."""
        host = site_host()
        name = request.POST.get("name", "").strip()[:60] or _("My passkey")
        text = request.POST.get("credential", "")
        try:
            if not host or not text or len(text) > CREDENTIAL_SIZE_MAX:
                raise BadInput(_("the browser made no passkey"), "", _("try again; it needs JavaScript"))
            raw = json.loads(text)
            challenge = from_base64url(str((auth.get_state() or {}).get("challenge", "")))
            made = read_made(raw, challenge, host)
            with transaction.atomic():
                auth.complete_registration(raw)
                auth.WebAuthn.add(request.user, name, raw)
        except BadInput as fault:
            return self.get(request, fault)
        except (ValueError, KeyError, TypeError, ValidationError):
            return self.get(request, BadInput(_("the browser's answer could not be read"), "", _("make it once more")))
        if request.viewer.is_member:
            self._enrol(request, made.to_json(), to_base64url(made.credential_id), host, name)
        return redirect("keys")

    def _enrol(self, request: HttpRequest, passkey: dict[str, str], credential_id: str, host: str, name: str) -> None:
        viewer = request.viewer
        act = {
            "id": draw_act_id(SystemEntropy()),
            "log": viewer.standing.state.origin,
            "until": hours_from(viewer.standing.at, 1),
            "act": "key.enrol",
            "by": viewer.person,
            "person": viewer.person,
            "passkey": passkey,
        }
        reply = hand_in(request, act)
        if isinstance(reply, Answer) and reply.is_accepted:
            state, entry = request.viewer.standing.state, reply.entry["n"]
            number = next(key.number for key in credentials_of(state, viewer.person) if key.entry == entry)
            SigningKey.objects.update_or_create(
                number=number,
                defaults={"person": viewer.person, "credential_id": credential_id, "host": host, "name": name},
            )
            notify(request, reply)
            return
        why = reply.sentence() if isinstance(reply, BadInput) else str(reply.refusal["grounds"][0]["says"])
        messages.warning(request, _("The passkey signs you in, but signs no acts: %(why)s.") % {"why": why})


class RevokeForm(ActForm):
    """Revoking one of one's keys."""

    act_name = "key.revoke"
    why = forms.CharField(label=gettext_lazy("Why"), max_length=300, required=False)

    def __init__(self, *args: Any, number: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.number = number

    def fields_of_act(self) -> dict[str, Any]:
        """The key and the reason."""
        return super().fields_of_act() | {"credential": self.number}


class Revoke(ActPage):
    """A page to revoke a key: what is signed with it afterwards is refused."""

    title = gettext_lazy("Revoke a key")

    def make_form(self, data: Any = None) -> ActForm:
        """The form for the key of the address."""
        return RevokeForm(data, viewer=self.request.viewer, number=self.kwargs["number"])

    def next_url(self, answer: Answer) -> str:
        """One's keys."""
        return "/keys/"
