"""The app of the first days.

Lives here: its name for Django.
"""

from django.apps import AppConfig


class FoundingConfig(AppConfig):
    """The first days."""

    name = "isonomy.web.founding"
    label = "founding"
