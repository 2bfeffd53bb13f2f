"""People: who holds what in an arena, and who would therefore do something next.

Lives here: what the steps have in common. Not here: the steps (`meeting_steps`, `voting_steps`, `roll_steps`, `steps`).
"""

from __future__ import annotations

from typing import Any

from isonomy.engine.competence import competent_for
from isonomy.engine.roll import members_of_body
from isonomy.rulebook.model import MEMBERS, Body, Competence
from tests.organisation import local_time
from tests.simulation.arena import Arena
from tests.simulation.drawing import Drawer

Step = dict[str, Any]
BY_HANDS = "by show of hands"


class People:
    """The people of an arena and their seats."""

    def __init__(self, arena: Arena, drawer: Drawer) -> None:
        self.arena, self.draw, self.state = arena, drawer, arena.state
        self.secrets: dict[str, str] = {}

    @property
    def today(self) -> str:
        """The civil date on the arena's clock."""
        return self.arena.today

    def now(self) -> str:
        """The civil minute on the arena's clock."""
        return local_time(self.arena.clock.now(), self.arena.time_zone)[:16]

    def holder(self, *seats: str) -> Step:
        """Somebody who holds one of the seats, acting in it; else any member."""
        for seat in seats:
            held = self.members(seat)
            if held:
                made: Step = {"by": self.draw.pick(held)}
                if self.draw.chance(0.6) and seat != MEMBERS:
                    made["as"] = seat
                return made
        return {"by": self.draw.person()}

    def members(self, seat: str) -> tuple[str, ...]:
        """Who belongs to a seat today."""
        edition = self.state.edition_on(self.today)
        return members_of_body(self.state, edition.id, seat, self.today) if edition else ()

    def beside(self, office: str, seat: str) -> str:
        """An office in the unit of a seat, where it stands in units."""
        found = self.draw.rulebook.seat(office) if self.draw.rulebook else None
        return f"{office}@{seat.partition('@')[2]}" if found and found.in_each and "@" in seat else office

    def body(self, seat: str) -> Body | None:
        """The block of a body."""
        return self.draw.rulebook.bodies.get(seat.partition("@")[0]) if self.draw.rulebook else None

    def chair(self, seat: str) -> Step:
        """Somebody who presides over a body."""
        body = self.body(seat)
        offices = [self.beside(office, seat) for office in (body.chaired_by, body.minutes_by) if office] if body else []
        return self.holder(*offices, *self.keepers("polls"), seat)

    def keepers(self, what: str) -> list[str]:
        """The offices to which something is entrusted."""
        rulebook = self.draw.rulebook
        return [seat for seat in self.draw.seats() if rulebook and seat.partition("@")[0] in rulebook.offices
                and what in rulebook.offices[seat.partition("@")[0]].keeps]  # fmt: skip

    def competent(self, seat: str, matter: str) -> Competence | None:
        """The competence of a body for a matter, where some clause gives it."""
        rulebook = self.draw.rulebook
        found = competent_for(rulebook, matter) if rulebook else ()
        return next((each for each in found if each.seat == seat.partition("@")[0]), None)

    def joining(self) -> Step:
        """What an admission says beside the person."""
        rulebook = self.draw.rulebook
        made: Step = {}
        if rulebook and len(rulebook.member_classes) > 1:
            made["member_class"] = self.draw.pick(rulebook.member_classes)
        if self.state.units:
            made["unit"] = self.draw.pick(self.state.units)
        if self.draw.chance(0.5):
            made["name"] = {"c": self.draw.bytes32()}
        return made
