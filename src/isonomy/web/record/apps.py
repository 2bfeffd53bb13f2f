"""The app of the record's pages.

Lives here: its name for Django.
"""

from django.apps import AppConfig


class RecordPagesConfig(AppConfig):
    """The record's pages."""

    name = "isonomy.web.record"
    label = "record_pages"
