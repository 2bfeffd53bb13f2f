"""The app of mail.

Lives here: its name for Django.
"""

from django.apps import AppConfig


class MailConfig(AppConfig):
    """Mail."""

    name = "isonomy.web.mail"
    label = "mail"
    default_auto_field = "django.db.models.BigAutoField"
