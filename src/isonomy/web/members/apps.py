"""The app of members and units.

Lives here: its name for Django.
"""

from django.apps import AppConfig


class MembersConfig(AppConfig):
    """Members and units."""

    name = "isonomy.web.members"
    label = "members"
