"""What is stored for the calendar: one number for each member, from which the private address of their feed follows.

Lives here: `FeedAddress`. Not here: the feed (`documents.calendar_feed`), its page (`calendar`).

Invariant: the address itself is stored nowhere: it follows from the number and the site's key. A new number makes the old
address worth nothing.
"""

from __future__ import annotations

import secrets

from django.core import signing
from django.db import models

SALT = "isonomy calendar feed"


class FeedAddress(models.Model):
    """That a member has a feed: the number in its address."""

    person = models.CharField(max_length=40, unique=True)
    number = models.CharField(max_length=32)

    def __str__(self) -> str:
        return f"feed of {self.person}"

    @property
    def token(self) -> str:
        """The secret part of the address."""
        return signing.Signer(salt=SALT).sign(f"{self.person}.{self.number}").replace(":", ".")

    @classmethod
    def renew(cls, person: str) -> FeedAddress:
        """A new address for a member; the one before works no more."""
        found, _ = cls.objects.update_or_create(person=person, defaults={"number": secrets.token_hex(8)})
        return found

    @classmethod
    def of_token(cls, token: str) -> FeedAddress | None:
        """The feed with this address; None for one that is not there any more, or never was."""
        plain, _, signature = token.rpartition(".")
        try:
            person, _, number = signing.Signer(salt=SALT).unsign(f"{plain}:{signature}").partition(".")
        except signing.BadSignature:
            return None
        return cls.objects.filter(person=person, number=number).first()
