"""The app of powers and emergencies.

Lives here: its name for Django.
"""

from django.apps import AppConfig


class PowersConfig(AppConfig):
    """Power used alone, handed over, in an emergency."""

    name = "isonomy.web.powers"
    label = "powers"
