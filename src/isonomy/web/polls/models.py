"""What the site keeps of ballots on paper until the poll is closed: tellers, who was given a paper, what was entered.

Lives here: `Teller`, `GivenPaper`, `Draft`. Not here: the pages (`tellers`), what enters the
record (`chamber.paper`).

Invariant: drafts hold numbers of papers and no voters, the credentials list holds voters and no ballots; both are deleted when
the poll is closed. Nothing here has an effect in the record.
"""

from __future__ import annotations

from django.db import models


class Teller(models.Model):
    """That a member enters the papers of a poll; `is_finished` once they have entered the whole pile."""

    poll = models.CharField(max_length=40)
    person = models.CharField(max_length=40)
    is_finished = models.BooleanField(default=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["poll", "person"], name="teller_once"),)

    def __str__(self) -> str:
        return f"{self.person} in {self.poll}"


class GivenPaper(models.Model):
    """That a person on the roll was given a paper: the credentials list."""

    poll = models.CharField(max_length=40)
    person = models.CharField(max_length=40)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["poll", "person"], name="given_once"),)

    def __str__(self) -> str:
        return f"{self.person} in {self.poll}"


class Draft(models.Model):
    """One paper as one teller read it: its number in the pile, and the ballot as canonical JSON."""

    poll = models.CharField(max_length=40)
    teller = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    ballot = models.TextField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["poll", "teller", "number"], name="draft_once"),)

    def __str__(self) -> str:
        return f"paper {self.number} in {self.poll}"
