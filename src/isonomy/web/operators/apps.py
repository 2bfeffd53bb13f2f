"""The app of the operators' pages.

Lives here: its name for Django.
"""

from django.apps import AppConfig


class OperatorsConfig(AppConfig):
    """The operators' pages."""

    name = "isonomy.web.operators"
    label = "operators"
    default_auto_field = "django.db.models.BigAutoField"
