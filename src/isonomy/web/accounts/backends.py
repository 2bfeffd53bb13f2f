"""The backend for whoever has proved who they are by a link: an invitation, or a demonstration's sign-in.

Lives here: looking an account up by its number. Not here: passwords; there are none.

Invariant: it authenticates nobody by itself; views sign in an account they have proof for.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import BaseBackend

from isonomy.web.accounts.models import Account


class AccountBackend(BaseBackend):
    """Gives the account of a session back."""

    def authenticate(self, request: Any, **credentials: Any) -> None:
        """Nobody: there is nothing here to prove oneself with."""
        return

    def get_user(self, user_id: Any) -> Account | None:
        """The account with this number, while it is active."""
        return Account.objects.filter(pk=user_id, is_active=True).first()
