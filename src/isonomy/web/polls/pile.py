"""The pile of papers of a poll: its tellers, what each has entered, where they differ, and what they agree on.

Lives here: drafts compared and made into ballots. Not here: the pages, the box.

Invariant: papers are agreed on only when two tellers have finished and every paper reads alike; each then gets a nonce of its
own, so that the box tells it from no other ballot.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from isonomy.adapters.system import SystemEntropy
from isonomy.chamber.casting import paper_of
from isonomy.chamber.ports import NO_PAPERS, Papers
from isonomy.kernel.canonical import Json, canonical_bytes
from isonomy.record.base64_text import to_base64
from isonomy.record.box import NONCE_SIZE, Ballot
from isonomy.web.polls.models import Draft, GivenPaper, Teller

TELLERS = 2


@dataclass(frozen=True)
class Difference:
    """A paper that two tellers read differently: its number, and each one's reading ("" not entered)."""

    number: int
    readings: tuple[str, ...]


class Pile:
    """The papers of one poll as they are entered."""

    def __init__(self, poll: str) -> None:
        self.poll = poll
        self.tellers = list(Teller.objects.filter(poll=poll).order_by("person"))
        self.given = {row.person for row in GivenPaper.objects.filter(poll=poll)}

    @property
    def persons(self) -> tuple[str, ...]:
        """The tellers by id."""
        return tuple(teller.person for teller in self.tellers)

    @property
    def is_used(self) -> bool:
        """Whether anything of this poll is on paper: tellers are named, or somebody was given a paper."""
        return bool(self.tellers or self.given)

    @property
    def is_finished(self) -> bool:
        """Whether both tellers have finished."""
        return len(self.tellers) == TELLERS and all(teller.is_finished for teller in self.tellers)

    def entered_by(self, person: str) -> dict[int, str]:
        """What a teller has entered, by the number of the paper."""
        return {
            row.number: row.ballot for row in Draft.objects.filter(poll=self.poll, teller=person).order_by("number")
        }

    def differences(self) -> list[Difference]:
        """The papers that do not read alike, or that only one teller has."""
        entered = [self.entered_by(person) for person in self.persons]
        numbers = sorted({number for each in entered for number in each})
        found = [Difference(number, tuple(each.get(number, "") for each in entered)) for number in numbers]
        return [each for each in found if len(set(each.readings)) != 1]

    @property
    def is_agreed(self) -> bool:
        """Whether two tellers have finished, read every paper alike, and there are no more papers than were given out."""
        return self.is_finished and not self.differences() and len(self.entered_by(self.persons[0])) <= len(self.given)

    @property
    def agreed_number(self) -> int:
        """How many papers the first teller has entered."""
        return len(self.entered_by(self.persons[0])) if self.persons else 0

    def papers(self) -> Papers:
        """What comes with the close: the papers as ballots with nonces drawn now, and who was given one."""
        if not self.is_agreed:
            return NO_PAPERS
        return Papers(tuple(map(_ballot, self.entered_by(self.persons[0]).values())), tuple(sorted(self.given)))

    def enter(self, person: str, number: int, ballot: Json) -> None:
        """Keeps what a teller read on a paper, in place of what they entered before."""
        text = canonical_bytes(ballot).decode()
        Draft.objects.update_or_create(poll=self.poll, teller=person, number=number, defaults={"ballot": text})

    def forget(self) -> None:
        """Deletes all of it: the poll is closed."""
        for model in (Draft, GivenPaper, Teller):
            model.objects.filter(poll=self.poll).delete()


def _ballot(text: str) -> Ballot:
    return paper_of(json.loads(text), to_base64(SystemEntropy().draw(NONCE_SIZE)))
