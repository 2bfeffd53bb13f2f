"""Steps that make sense: what somebody entitled could do next, given how things stand.

Lives here: the choice among all steps, and reports of them. Not here: the steps themselves (`meeting_steps`,
`voting_steps`, `roll_steps`), acts that make none (`drawing`).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from isonomy.engine.act import ACTS
from isonomy.engine.state import HISTORY, day_of
from tests.simulation.arena import Arena
from tests.simulation.drawing import Drawer
from tests.simulation.people import Step
from tests.simulation.roll_steps import RollSteps


class Steps(RollSteps):
    """Draws acts that make sense in an arena."""

    def __init__(self, arena: Arena, drawer: Drawer) -> None:
        super().__init__(arena, drawer)
        self.ways: tuple[tuple[int, Callable[[], Step | None]], ...] = (
            (3, self.call), (4, self.notice), (6, self.open_meeting), (5, self.move), (2, self.second), (6, self.put),
            (10, self.cast), (5, self.close_poll), (8, self.declare), (3, self.close_meeting), (8, self.carry_out),
            (2, self.admit), (1, self.leave), (1, self.die), (1, self.move_unit), (1, self.enrol), (1, self.revoke),
            (2, self.take), (2, self.lodge), (2, self.demand), (3, self.support), (2, self.correct), (1, self.resign),
            (1, self.challenge), (2, self.count_present), (1, self.consent), (1, self.erase), (1, self.appoint), (3, self.elect),
            (1, self.reset), (3, self.attest), (2, self.discharge), (2, self.part), (1, self.appeal),
        )  # fmt: skip

    def next(self) -> Step | None:
        """An act that makes sense, as fields with `act`, `by` and `as`; None where the draw found nothing to do."""
        weights = [weight for weight, _ in self.ways]
        (_, way), = self.draw.random.choices(self.ways, weights)  # fmt: skip
        return way()

    def attest(self) -> Step | None:
        """Stands for a report that has no effect yet."""
        report = self.draw.pick(
            [found for found in self.state.reports.values() if found.standing.startswith("awaiting")][-5:]
        )
        block = self.draw.rulebook.reporting.get(report.under) if report and self.draw.rulebook else None
        if report is None or block is None:
            return None
        told = report.told.get("by")
        by = {"by": told} if told and self.draw.chance(0.3) else self.holder(*block.attested_by)
        return {"act": "report.attest", "report": report.id, **by}

    def report(self) -> Step | None:
        """Reports, by those entitled, an act that makes sense or makes none."""
        rulebook, state = self.draw.rulebook, self.state
        what = self.next() if self.draw.chance(0.7) else None
        if what is None or not ACTS[what["act"]].reportable:
            name = self.draw.pick([name for name, kind in ACTS.items() if kind.reportable])
            what = {"act": name, **self.draw.fields_of(name)}
        if self.draw.chance(0.3):
            what = {key: value for key, value in what.items() if key not in ("by", "as")}
        latest = day_of(self.today) - timedelta(days=self.draw.pick((0, 1, 3, 10, 40)))
        earliest = latest - timedelta(days=self.draw.pick((0, 0, 0, 2, 10, 100)))
        made: Step = {"act": "report", "what": what, "source": "minutes",
                      "happened": {"earliest": earliest.isoformat(), "latest": latest.isoformat()}}  # fmt: skip
        if state.kind == HISTORY:
            return made | {"by": self.draw.pick(state.recorders)}
        blocks = list(rulebook.reporting.values()) if rulebook else []
        if not blocks and self.draw.chance(0.9):
            return None
        if blocks and self.draw.chance(0.7):
            made["attested_by"] = [person for seat in blocks[0].attested_by for person in self.members(seat)[:1]]
        return made | self.holder(*(blocks[0].by if blocks else ()))
