"""The app of elections.

Lives here: its name for Django.
"""

from django.apps import AppConfig


class ElectionsConfig(AppConfig):
    """Elections."""

    name = "isonomy.web.elections"
    label = "elections"
