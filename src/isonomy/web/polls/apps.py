"""The app of polls.

Lives here: its name for Django.
"""

from django.apps import AppConfig


class PollsConfig(AppConfig):
    """Polls."""

    name = "isonomy.web.polls"
    label = "polls"
