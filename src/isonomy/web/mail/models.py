"""To whom which mail went.

Lives here: `Dispatch`, one line for each mail to each person. Not here: the mail's words, which are not kept.

Invariant: of one key there is one line for each person; it is written before the mail is handed over, so that a form sent
twice, or two people at once, mail nobody twice. A line never holds an address or a word of the mail.
"""

from __future__ import annotations

from django.db import models
from django.utils import timezone

CLAIMED, SENT, FAILED = "claimed", "sent", "failed"


class Dispatch(models.Model):
    """One mail to one person: claimed before it is handed over, then sent, or failed and why."""

    key = models.CharField(max_length=200)
    person = models.CharField(max_length=40)
    standing = models.CharField(max_length=8, default=CLAIMED)
    why = models.CharField(max_length=200, default="")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        """One line for each key and person."""

        constraints = (models.UniqueConstraint(fields=["key", "person"], name="one_mail_a_person"),)

    def __str__(self) -> str:
        return f"{self.key}: {self.person} {self.standing}"
