"""The site of a folder from the command line: Django set up for it, its own tables brought up to date.

Lives here: `open_site`. Not here: serving pages (`serve`), what is done with accounts (`invite`) and mails (`remind`).

Invariant: wrong settings are said in one line with their cure; what is not installed is named before anything is touched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from isonomy.kernel.bad_input import BadInput

if TYPE_CHECKING:
    from pathlib import Path

URL = "http://localhost:8000"


def need_web(verb: str) -> None:
    """Raises `BadInput` where the pages are not installed."""
    from importlib.util import find_spec

    for name in ("django", "allauth", "granian", "whitenoise"):
        if find_spec(name) is None:
            raise BadInput(f"the pages need {name}, which is not installed", verb, "pip install 'isonomy[web]'")


def set_site_up(folder: Path, url: str = "", *, is_demo: bool = False) -> str:
    """Sets Django up for a folder, which need not be there yet; says where people reach it, else as `ISONOMY_URL` says."""
    import os

    import django
    from django.core.exceptions import ImproperlyConfigured

    found = (url or os.environ.get("ISONOMY_URL") or URL).rstrip("/")
    os.environ.update(
        {
            "DJANGO_SETTINGS_MODULE": "isonomy.web.settings",
            "ISONOMY_FOLDER": str(folder.absolute()),
            "ISONOMY_URL": found,
            "ISONOMY_DEMO": "1" if is_demo else "",
        }
    )
    try:
        django.setup()
    except ImproperlyConfigured as fault:
        raise BadInput(str(fault), "settings", "see docs/reference/cli/serve.md") from fault
    return found


def open_site(folder: Path, url: str = "", *, is_demo: bool = False) -> str:
    """Sets the site of a folder up and brings its own tables up to date; says where people reach it."""
    found = set_site_up(folder, url, is_demo=is_demo)

    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections

    from isonomy.web.site_key import site_key

    # Before the folder was there a key had been drawn for the process; from now on it is the folder's.
    settings.SECRET_KEY = site_key(folder.absolute())
    call_command("migrate", verbosity=0, interactive=False)
    connections.close_all()
    return found
