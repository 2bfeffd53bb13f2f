"""The app of the rulebook.

Lives here: its name for Django.
"""

from django.apps import AppConfig


class RulebookConfig(AppConfig):
    """The rulebook."""

    name = "isonomy.web.rulebook"
    label = "rulebook_pages"
