"""Drafts of motions.

Lives here: `MotionDraft`, what a member wrote and has not moved. Not here: motions, which stand in the record.

Invariant: a draft is its author's alone: no page shows it to anybody else, and nothing of it reaches the record before it is
moved.
"""

from __future__ import annotations

from django.db import models
from django.utils import timezone

DRAFTS_MAX = 50
"""How many drafts a member may keep."""


class MotionDraft(models.Model):
    """What a member has filled in of a motion; `fields` are those of the form, by name."""

    person = models.CharField(max_length=40, db_index=True)
    fields = models.JSONField(default=dict)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """The latest first."""

        ordering = ("-changed_at",)

    def __str__(self) -> str:
        return f"draft {self.pk} of {self.person}"

    @property
    def title(self) -> str:
        """The first words of the draft."""
        return " ".join(str(self.fields.get("text", "")).split())
