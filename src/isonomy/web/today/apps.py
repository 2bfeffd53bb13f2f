"""The app of the first page.

Lives here: its name for Django.
"""

from django.apps import AppConfig


class TodayConfig(AppConfig):
    """The first page."""

    name = "isonomy.web.today"
    label = "today"
