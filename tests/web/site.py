"""An organisation with its pages: founded in a folder, its appender in a thread, a browser for each member.

Lives here: founding, members with accounts, acts beside the pages, the clock. Not here: what is tried.

Every member is called by a first name; `site.browser("ben")` is a Django test client signed in as that member.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY  # noqa: F401  (sessions are signed with the same key)
from django.db import connection
from django.test import Client

from isonomy.adapters.appender_client import AppenderClient
from isonomy.adapters.appender_server import AppenderServer
from isonomy.adapters.folder import found_folder, stores_of
from isonomy.adapters.key_files import read_key
from isonomy.adapters.system import SystemEntropy, SystemZone
from isonomy.chamber.answers import Answer
from isonomy.chamber.appender import Appender
from isonomy.chamber.completing import completed, sealed
from isonomy.chamber.submit import Sent
from isonomy.engine.state import State
from isonomy.kernel.bad_input import BadInput
from isonomy.web import organisation
from isonomy.web.accounts.models import Account
from tests.organisation import FakeClock

CHECKOUT = Path(__file__).resolve().parents[2]
FOUNDED = "2027-01-04T09:00:00Z"
MODEL = (CHECKOUT / "rulebooks/association/1.md").read_text("utf-8")


class Site:
    """A club whose founder is `ada`; `members` are admitted by her and have accounts."""

    def __init__(
        self,
        folder: Path,
        rulebook: str = MODEL,
        *,
        members: tuple[str, ...] = ("ben", "cleo", "dora", "emil", "fay"),
        seats: tuple[str, ...] | None = None,
        codes: Mapping[str, Mapping[str, str]] | None = None,
        kind: str = "living",
    ) -> None:
        # What a test that broke off left behind is no concern of this one.
        empty_tables()
        self.folder = folder
        self.clock = FakeClock(FOUNDED)
        found_folder(folder, rulebook, kind=kind, founder_name="Ada Example", seats=seats, clock=self.clock)
        self.ids = {"ada": read_key(folder / "founder.key").person}
        self._stores = stores_of(folder, writing=True)
        self.appender = Appender(self._stores, self.clock, SystemZone())
        self._server = AppenderServer(folder, self.appender, self.clock, lambda line: None)
        self._thread = threading.Thread(target=self._server.serve)
        self._thread.start()
        self.client = AppenderClient(folder)
        organisation.forget()
        settings.ISONOMY_FOLDER = folder
        self.organisation = organisation.Organisation(folder, self.clock, SystemZone())
        organisation._here[folder] = self.organisation
        self._account("ada")
        for name in members:
            self.admit(name, codes=dict((codes or {}).get(name, {})))

    @property
    def state(self) -> State:
        """The state with all that is durable."""
        return self.organisation.standing().state

    def admit(self, name: str, by: str = "ada", **fields: Any) -> str:
        """Admits a member under a first name and gives them an account."""
        self.ids[name] = f"p-{name}{len(self.ids):04}"
        shown = {"value": f"{name.capitalize()} Example", "label": "name", "audience": "members"}
        fields = {key: value for key, value in fields.items() if value}
        self.must({"act": "member.admit", "by": by, "person": self.ids[name], "name": shown, **fields})
        self._account(name)
        return self.ids[name]

    def _account(self, name: str) -> None:
        self.account(self.ids[name], f"{name}@example.invalid")

    def account(self, person: str, email: str) -> None:
        """Gives a member an account."""
        Account.objects.create_user(email, person)

    def send(self, act: dict[str, Any], kind: str = "attested") -> Answer | BadInput:
        """Hands in one act beside the pages; `by` is a first name or an id."""
        act = dict(act)
        act["by"] = self.ids.get(act["by"], act["by"])
        whole = completed(act, self.state, self.organisation.stores.boxes, self.clock, SystemEntropy(), self.today)
        whole, kept = sealed(whole, lambda place: SystemEntropy().draw(32))
        (reply,) = self.client.submit([Sent(whole, {"kind": kind}, kept)])
        return reply

    def must(self, act: dict[str, Any], kind: str = "attested") -> dict[str, Any]:
        """The entry of an act that is accepted."""
        reply = self.send(act, kind)
        assert isinstance(reply, Answer), reply
        assert reply.is_accepted, reply.refusal
        return reply.entry

    @property
    def today(self) -> str:
        """The civil date of the club."""
        return self.organisation.standing().today

    def browser(self, name: str = "") -> Client:
        """A browser signed in as a member, or as nobody."""
        return signed_in(Account.objects.get(person=self.ids[name]) if name else None)

    def close(self) -> None:
        """Ends the appender and closes what is open."""
        self.client.close()
        organisation.forget()
        self._server.stop()
        self._thread.join()
        self._stores.close()


def signed_in(account: Account | None) -> Client:
    """A browser signed in with an account, or with none."""
    client = Client(enforce_csrf_checks=False)
    if account is not None:
        client.force_login(account, backend="isonomy.web.accounts.backends.AccountBackend")
    return client


def empty_tables() -> None:
    """Forgets accounts, sessions and invitations."""
    from django.apps import apps

    connection.ensure_connection()
    for model in apps.get_models():
        if model._meta.app_label != "contenttypes" and model._meta.managed:
            model._base_manager.all().delete()


def filled(response: Any, **fields: Any) -> dict[str, Any]:
    """The form of a page as it was shown, with some fields filled in: what a browser would send."""
    form = response.context["form"]
    shown = {field.html_name: field.value() for field in form}
    return {name: value for name, value in (shown | fields).items() if value is not None}
