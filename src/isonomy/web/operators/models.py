"""What is stored of backups: that one was made, when, of how many entries, by whom.

Lives here: `BackupMade`. Not here: the backup (`adapters.backups`), which is downloaded and not kept on this machine.

Invariant: a line says that a backup was made whole; whether it left this machine and was kept, only who took it knows.
"""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class BackupMade(models.Model):
    """One backup that was downloaded, or made at the console (`by`)."""

    at = models.DateTimeField(default=timezone.now)
    entries = models.PositiveBigIntegerField()
    size = models.PositiveBigIntegerField()
    by = models.CharField(max_length=40)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.entries} entries by {self.by}"
