"""The demonstration's door: one link for each of a few invented members.

Lives here: who is offered, and their links. Not here: signing in (`views.enter`).

Invariant: outside a demonstration there is no door.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from isonomy.web.viewer import Viewer

NAME = "demo.json"


@dataclass(frozen=True)
class Door:
    """A member somebody may act as: the name and what it shows."""

    href: str
    name: str
    about: str


def doors(viewer: Viewer) -> list[Door]:
    """The doors of a demonstration, as its folder names them."""
    path = settings.ISONOMY_FOLDER / NAME if settings.ISONOMY_DEMO else None
    if path is None or not path.is_file():
        return []
    from isonomy.web.accounts.views import door_token

    found = []
    for line in json.loads(path.read_text("utf-8")):
        href = reverse("enter", args=[door_token(line["person"])])
        found.append(Door(href, line["name"], line["about"]))
    return found
