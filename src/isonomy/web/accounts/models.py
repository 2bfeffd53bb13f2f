"""What is stored of an account: an address, the member it belongs to, its passkeys' ids, and invitations that wait.

Lives here: `Account`, `SigningKey` and `Invitation`. Not here: names, mandates, anything of the record.

Invariant: one account a member, one member an account; no password, no role and no permission is stored. An
invitation's secret is stored as its digest only.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from hashlib import sha256
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone

GOOD_FOR_DAYS = 14


class Accounts(BaseUserManager["Account"]):
    """Makes accounts; none has a password."""

    def create_user(self, email: str, person: str | None = None, **_: Any) -> Account:
        """A new account for a member."""
        account = self.model(email=self.normalize_email(email).lower(), person=person)
        account.set_unusable_password()
        account.save(using=self._db)
        return account

    def get_by_natural_key(self, username: str | None) -> Account:
        """The account with an address."""
        return self.get(email=(username or "").lower())


class Account(AbstractBaseUser):
    """Somebody who can sign in; `person` is the member's id in the record."""

    email = models.EmailField(unique=True)
    person = models.CharField(max_length=40, unique=True, null=True, blank=True)
    is_active = models.BooleanField(default=True)
    made_at = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[Accounts] = Accounts()

    def __str__(self) -> str:
        return self.email


class SigningKey(models.Model):
    """How a browser finds the passkey behind a credential of the record: its id, and the host it is bound to."""

    person = models.CharField(max_length=40, db_index=True)
    number = models.PositiveIntegerField(unique=True)
    credential_id = models.CharField(max_length=1400)
    host = models.CharField(max_length=253)
    name = models.CharField(max_length=60)

    def __str__(self) -> str:
        return f"key {self.number} of {self.person}"


class Invitation(models.Model):
    """An invitation to sign in as a member: by whom, to which address, until when."""

    person = models.CharField(max_length=40)
    email = models.EmailField()
    invited_by = models.CharField(max_length=40)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.person} by {self.invited_by}"

    @classmethod
    def make(cls, person: str, email: str, invited_by: str) -> tuple[Invitation, str]:
        """A new invitation and its secret, which is in the mail alone; earlier ones of the person lapse."""
        cls.objects.filter(person=person, used_at=None).delete()
        secret = secrets.token_urlsafe(32)
        found = cls.objects.create(
            person=person, email=email.lower(), invited_by=invited_by, digest=sha256(secret.encode()).hexdigest()
        )
        return found, secret

    @classmethod
    def of_secret(cls, secret: str) -> Invitation | None:
        """The invitation with this secret while it can be used."""
        since = timezone.now() - timedelta(days=GOOD_FOR_DAYS)
        digest = sha256(secret.encode()).hexdigest()
        return cls.objects.filter(digest=digest, used_at=None, made_at__gte=since).first()
