"""The app of removals and petitions.

Lives here: its name for Django.
"""

from django.apps import AppConfig


class RemovalsConfig(AppConfig):
    """Removals, recalls and petitions."""

    name = "isonomy.web.removals"
    label = "removals"
