"""The app of money.

Lives here: its name for Django.
"""

from django.apps import AppConfig


class MoneyConfig(AppConfig):
    """The budget, its heads, payments."""

    name = "isonomy.web.money"
    label = "money"
