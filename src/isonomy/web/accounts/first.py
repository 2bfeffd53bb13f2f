"""The first sign-in: how the founder comes in where nobody has an account yet.

Lives here: making that link, and one for whoever runs the machine to hand on. Not here: accepting it (`views.Accept`).

Invariant: there is no default password and no open door: the link is drawn at random, shown once where the site is started, and
works once, within two weeks; as soon as somebody has an account none is made by itself any more.
"""

from __future__ import annotations

import json

from django.db import connections
from django.urls import reverse

from isonomy.engine.state import HISTORY
from isonomy.kernel.bad_input import BadInput
from isonomy.web.accounts.models import Account, Invitation
from isonomy.web.organisation import Organisation

CONSOLE = "console"
"""Who invites where it is whoever runs the machine."""


def first_link() -> str:
    """The founder's link while nobody has an account; "" afterwards, and where nobody founded (a history)."""
    from django.conf import settings

    from isonomy.adapters.folder import stores_of

    try:
        if Account.objects.exists():
            return ""
        stores = stores_of(settings.ISONOMY_FOLDER, writing=False)
        try:
            first = next(stores.record.read(0, 1), None)
        finally:
            stores.close()
        act = json.loads(first)["act"] if first is not None else {}
        founders = act.get("founders") or []
        if act.get("kind") == HISTORY or not founders:
            return ""
        return link_for(founders[0]["person"], "")
    finally:
        connections.close_all()


def link_for(person: str, email: str) -> str:
    """The path of a new invitation for a member; without an address the member names it on accepting."""
    _found, secret = Invitation.make(person, email, CONSOLE)
    return reverse("invitation", args=[secret])


def member_called(organisation: Organisation, given: str) -> str:
    """The id of the member with an id or a name; raises `BadInput` where there is none, or several."""
    standing = organisation.standing()
    state = standing.state
    members = [found for found in state.persons.values() if found.is_member_on(standing.today)]
    if any(found.id == given for found in members):
        return given
    wanted = " ".join(given.split()).casefold()
    named = [
        found.id
        for found in members
        if (kept := organisation.kept(found.name)) is not None and (kept.opening.value or "").casefold() == wanted
    ]
    if len(named) == 1:
        return named[0]
    if named:
        raise BadInput(
            f"{len(named)} members are called '{given[:60]}'", "PERSON", f"give an id: {' or '.join(named[:4])}"
        )
    raise BadInput(f"'{given[:60]}' is no member today", "PERSON", "isonomy state DIR lists the members")
