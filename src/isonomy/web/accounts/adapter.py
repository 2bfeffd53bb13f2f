"""How the sign-in library behaves here: nobody signs up, codes go by mail, words are ours.

Lives here: the adapter. Not here: its settings (`settings`), its pages (templates).

Invariant: an account comes from an invitation alone; whether an address has one is not told to strangers.
"""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ByInvitation(DefaultAccountAdapter):
    """Accounts by invitation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: members are invited."""
        return False

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Never: there is no password to ask for again, and whoever lost a passkey must be able to remove it."""
        return False

    def add_message(
        self, request: HttpRequest, level: int, message_template: Any = None, *args: Any, **kwargs: Any
    ) -> None:
        """Says nothing beside what the pages say themselves."""
