"""The app of publication.

Lives here: its name for Django.
"""

from django.apps import AppConfig


class PublicationConfig(AppConfig):
    """Sealed texts, papers, closed sessions, publication."""

    name = "isonomy.web.publication"
    label = "publication"
