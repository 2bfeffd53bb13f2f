"""A club that elects its council before the chamber: the whole proceeding by secret ballot, under any counting rule.

Lives here: the club, and the way to a closed box. Not here: what is tried.
"""

from __future__ import annotations

import hashlib
import random
from datetime import date, timedelta
from typing import Any

from isonomy.chamber.answers import Answer
from isonomy.chamber.completing import declaration_fields, vacancy_fields
from isonomy.counting.registry import rule_named
from tests.chamber.house import House
from tests.engine.election_rulebooks import LOT, OPENING, PEOPLE, SECRET, rulebook
from tests.organisation import TestOrganisation

CANDIDATES = ("ann", "bob", "cat", "dan", "eve")


def day_after(at: str, days: int) -> str:
    """The civil date so many days after an instant."""
    return (date.fromisoformat(at[:10]) + timedelta(days=days)).isoformat()


class ElectionHouse(House):
    """The club of the weir in memory: ada is secretary, ben chairs, cy and dot watch, eight more are members."""

    def __init__(self, *, body: str = "seats: 3\nterm: 2 years", **keys: str | None) -> None:
        super().__init__(None)
        self.org = TestOrganisation(
            rulebook(body=body, **keys), founders=("ada", "ben", "cy", "dot"),
            mandates={"secretary": "ada", "chair": "ben", "watch": ("cy", "dot")}, found=False,
        )  # fmt: skip
        self.members = ("ada", *PEOPLE)

    @property
    def voters(self) -> tuple[str, ...]:
        return ("ada", "ben", "cy", "dot", *PEOPLE)

    def nominated(self, *names: str) -> str:
        """An election in which these stand, nominations closed; its id."""
        opened = self.must("election.open", by="ada", body="assembly", seat="council", lot=LOT)
        id = str(opened.entry["effects"][0]["election"])
        for name in names:
            self.must("nomination.make", by=name, election=id, person=self.org.person(name))
        self.org.clock.move(days=15)
        self.must("nominations.close", by="ada", election=id, opening=OPENING)
        return id

    def polled(self, id: str) -> str:
        """The poll of an election, open."""
        answer = self.must(
            "poll.open", by="ada", body="assembly", question="Who?", matter="election-of-council", election=id,
            closes_on=day_after(self.org.clock.now(), 7),
        )  # fmt: skip
        return f"po-{answer.entry['n']}"

    def cast_all(self, poll: str, papers: dict[str, Any]) -> None:
        """Secret ballots by voter."""
        for name, paper in papers.items():
            reply = self.cast(poll, name, paper, self.nonce_for(poll, name))
            assert isinstance(reply, Answer), reply
            assert reply.is_accepted, reply.refusal

    def nonce_for(self, poll: str, name: str) -> str:
        return self.nonce(f"{poll} {name}")

    def shut_box(self, poll: str) -> None:
        """Closes the poll with its box, at its last day."""
        self.org.clock.move(days=8)
        self.close(poll)

    def honest(self, poll: str, **told: Any) -> dict[str, Any]:
        """The declaration of an honest count, with the secret of the lot."""
        assert self._stores is not None
        given = {"secret": SECRET} | told
        return declaration_fields(self.appender.state, self._stores.boxes, poll, given) | given

    def countback(self, mandate: str) -> dict[str, Any]:
        """An honest countback."""
        assert self._stores is not None
        day = self.org.clock.now()[:10]
        return {"mandate": mandate} | vacancy_fields(self.appender.state, self._stores.boxes, mandate, day)

    def countback_taken(self, poll: str, persons: list[str]) -> list[int]:
        """The option numbers of persons."""
        options = self.appender.state.polls[poll].options
        return [number for number, option in enumerate(options, start=1) if option.person in persons]

    def papers(self, poll: str, counting: str, kind: str = "mixed") -> dict[str, Any]:
        """Papers as the rule reads them: mixed, all blank, or so that the first two are equal."""
        options = len(self.appender.state.polls[poll].options)
        draw = random.Random(hashlib.sha256(f"{counting} {kind}".encode()).hexdigest())
        found = {}
        for place, name in enumerate(self.voters):
            order = draw.sample(range(1, options + 1), draw.randint(1, options))
            if kind == "tied":
                order = [1, 2] if place % 2 else [2, 1]
            found[name] = [] if kind == "blank" else _paper(counting, order, options, draw)
        return found


def _paper(counting: str, order: list[int], options: int, draw: random.Random) -> Any:
    reads = rule_named(counting).ballots
    if counting == "yes-no":
        return {
            "scores": [1 if number in order[:2] else draw.choice((-1, 0, None)) for number in range(1, options + 1)]
        }
    if reads == "scores":
        return {"scores": [5 - order.index(n) if n in order else None for n in range(1, options + 1)]}
    if reads == "approvals":
        return [sorted(order[:2])]
    return [[number] for number in order]
