"""Accounts: an invented address for every member, so that notices have somewhere to go (into files, never out).

Lives here: setting Django up for the folder and making the accounts. Not here: signing in (`isonomy.web.accounts`).
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from demo.federation.people import Person


def give_accounts(folder: Path, url: str, people: Iterable[Person]) -> None:
    """Makes the tables of the pages and an account for each person; the addresses reach nobody."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "isonomy.web.settings", "ISONOMY_FOLDER": str(folder.absolute()), "ISONOMY_URL": url,
        "ISONOMY_DEMO": "1", "ISONOMY_MAIL": "file",
    }  # fmt: skip
    import django
    from django.core.management import call_command
    from django.db import connections

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    from isonomy.web.accounts.models import Account

    made = []
    for person in people:
        account = Account(email=person.address, person=person.id)
        account.set_unusable_password()
        made.append(account)
    Account.objects.bulk_create(made)
    connections.close_all()
