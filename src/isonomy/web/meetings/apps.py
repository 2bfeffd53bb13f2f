"""The app of meetings.

Lives here: its name for Django.
"""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Meetings."""

    name = "isonomy.web.meetings"
    label = "meetings"
