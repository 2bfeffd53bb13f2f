"""The app of motions.

Lives here: its name for Django.
"""

from django.apps import AppConfig


class MotionsConfig(AppConfig):
    """Motions."""

    name = "isonomy.web.motions"
    label = "motions"
