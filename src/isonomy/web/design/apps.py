"""The app of the design.

Lives here: its name for Django.
"""

from django.apps import AppConfig


class DesignConfig(AppConfig):
    """The frame of all pages."""

    name = "isonomy.web.design"
    label = "design"
