"""The app of criticism and commissions.

Lives here: its name for Django.
"""

from django.apps import AppConfig


class CriticismConfig(AppConfig):
    """Criticism and commissions."""

    name = "isonomy.web.criticism"
    label = "criticism"
