"""The app of offices and bodies.

Lives here: its name for Django.
"""

from django.apps import AppConfig


class SeatsConfig(AppConfig):
    """Offices and bodies."""

    name = "isonomy.web.seats"
    label = "seats"
