"""Steps of meetings: called, demanded, noticed, opened, counted, closed.

Lives here: acts about meetings that make sense. Not here: what is decided there (`voting_steps`).
"""

from __future__ import annotations

from datetime import timedelta

from isonomy.engine.state import Meeting, day_of
from tests.simulation.people import People, Step


class MeetingSteps(People):
    """Acts about meetings that make sense."""

    def _meetings(self, *standing: str) -> list[Meeting]:
        return [found for found in self.state.meetings.values() if found.standing in standing][-10:]

    def call(self, seat: str = "", ahead: int = 0) -> Step | None:
        """Calls a body that meets on call, on demand or by right."""
        seat = seat or self.draw.pick(self.draw.bodies(), "")
        body = self.body(seat) if seat else None
        if body is None:
            return None
        ahead = ahead or self.draw.pick((1, 3, 5, 8, 16, 30, 45))
        starts = f"{(day_of(self.today) + timedelta(days=ahead)).isoformat()}T{self.draw.random.randrange(9, 20):02}:00"
        matters = self.draw.random.sample(self.draw.matters(), k=min(4, len(self.draw.matters())))
        own = [each for each in self.draw.matters() if self.competent(seat, each)]
        made = {"act": "meeting.call", "body": seat, "starts": starts, "matters": sorted({*matters[:1], *own[:12]})}
        demands = [
            found
            for found in self.state.demands.values()
            if found.body == seat and found.reached_on and not found.meeting
        ]
        if demands:
            made |= {"demand": demands[0].id, "matters": sorted({*made["matters"], *demands[0].matters})}
            return made | self.chair(seat)
        callers = [self.beside(office, seat) for office in body.meets.on_call_of]
        return made | self.holder(*callers, *([self.beside(body.chaired_by, seat)] if body.chaired_by else []))

    def notice(self, meeting: Meeting | None = None) -> Step | None:
        """Sends the notice of a meeting that was called."""
        called = self._meetings("called")
        meeting = meeting or self.draw.pick([found for found in called if not found.notices] or called)
        if meeting is None:
            return None
        return {"act": "notice.send", "meeting": meeting.id, "how": "post", "to_count": 9, **self.chair(meeting.body)}

    def open_meeting(self) -> Step | None:
        """Opens a meeting whose hour has come, or lets it lapse; waits for the hour where it is near."""
        waiting = sorted(self._meetings("called"), key=lambda found: found.starts)
        for meeting in waiting:
            if meeting.starts[:10] < self.today:
                if self.draw.chance(0.5):
                    return {"act": "meeting.lapse", "meeting": meeting.id, **self.chair(meeting.body)}
                continue
            if meeting.starts[:16] > self.now() and self.draw.chance(0.7):
                self.arena.wait_until(meeting.starts)
            share = self.draw.pick((0.2, 0.5, 0.8, 1, 1, 1))
            return self.opening(meeting, share)
        seat = self.draw.pick(self.draw.bodies())
        if seat is None or not self.draw.chance(0.2):
            return None
        return {"act": "meeting.open", "body": seat, "present": list(self.members(seat)), **self.chair(seat)}

    def opening(self, meeting: Meeting, share: float) -> Step:
        """Opens a meeting with a share of its members, or records that it lapsed for want of them."""
        members = list(self.members(meeting.body))
        present = self.draw.random.sample(members, k=round(len(members) * share))
        name = "meeting.open" if share > 0.2 else "meeting.lapse"
        return {"act": name, "meeting": meeting.id, "present": present, **self.chair(meeting.body)}

    def close_meeting(self, meeting: Meeting | None = None) -> Step | None:
        """Closes an open meeting."""
        given, meeting = meeting, meeting or self.draw.pick(self._meetings("open"))
        if meeting is None:
            return None
        if given is None and self.draw.chance(0.1):
            cancel = self.draw.pick(self._meetings("called")) or meeting
            return {
                "act": "meeting.cancel",
                "meeting": cancel.id,
                "why": "for want of time",
                **self.chair(meeting.body),
            }
        return {"act": "meeting.close", "meeting": meeting.id, **self.chair(meeting.body)}

    def challenge(self) -> Step | None:
        """Challenges the quorum of an open meeting."""
        meeting = self.draw.pick(self._meetings("open"))
        return meeting and {"act": "quorum.challenge", "meeting": meeting.id, **self.holder(meeting.body)}

    def count_present(self) -> Step | None:
        """Counts those present again."""
        meeting = self.draw.pick(self._meetings("open"))
        if meeting is None:
            return None
        members = list(self.members(meeting.body))
        present = self.draw.random.sample(members, k=self.draw.random.randint(len(members) // 2, len(members)))
        return {"act": "quorum.count", "meeting": meeting.id, "present": present, **self.chair(meeting.body)}

    def consent(self) -> Step | None:
        """Consents to short notice."""
        meeting = self.draw.pick(self._meetings("called"))
        return meeting and {"act": "notice.consent", "meeting": meeting.id, **self.holder(meeting.body)}

    def demand(self) -> Step | None:
        """Demands a meeting."""
        seat = self.draw.pick(
            [each for each in self.draw.bodies() if (found := self.body(each)) and found.meets.on_demand]
        )
        if seat is None:
            return None
        return {
            "act": "meeting.demand",
            "body": seat,
            "matters": [self.draw.pick(self.draw.matters())],
            **self.holder(seat),
        }

    def support(self) -> Step | None:
        """Supports a demand, or no longer."""
        demand = self.draw.pick([found for found in self.state.demands.values() if not found.reached_on][-3:])
        if demand is None:
            return None
        name = "demand.support" if self.draw.chance(0.9) else "demand.withdraw"
        return {"act": name, "demand": demand.id, "by": self.draw.person()}
