"""The app of decisions and minutes.

Lives here: its name for Django.
"""

from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    """Decisions and minutes."""

    name = "isonomy.web.decisions"
    label = "decisions"
