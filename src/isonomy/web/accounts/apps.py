"""The app of accounts.

Lives here: its name for Django.
"""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Signing in."""

    name = "isonomy.web.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
