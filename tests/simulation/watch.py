"""The laws that hold in every state, however it came about: looked at after every entry.

Lives here: what must be so of seats, rolls, decisions, editions, ids and time. Not here: driving (`arena`).
"""

from __future__ import annotations

from random import Random
from typing import Any

from isonomy.engine.competence import competent_for
from isonomy.engine.state import HISTORY, LIVING, Mandate, State

MEETING_GOES = {
    "called": {"open", "lapsed", "cancelled", "adjourned"}, "open": {"closed", "adjourned"},
    "adjourned": {"open", "lapsed", "closed"},
}  # fmt: skip
POLL_GOES = {"open": {"closed", "declared"}, "closed": {"declared"}}
MOTION_GOES = {"open": {"withdrawn", "carried", "voted on", "fallen"}, "voted on": {"carried", "fallen"}}
IN_A_HISTORY = {"withdrawn": {"carried", "voted on"}}
"""What several tellers may tell of one thing."""
SECRET_NAME = "Plainly Fictional Name"
"""A personal value that clients try to write where only a commitment may stand."""


class Watch:
    """What was seen so far of one state, and the laws it is held against."""

    def __init__(self, state: State, seed: int) -> None:
        self.state, self.seed = state, seed
        self.random = Random(seed)
        self.rolls: dict[str, tuple[str, ...] | None] = {}
        self.struck: dict[str, int] = {}
        self.lapsed: set[str] = set()
        self.standing: dict[str, str] = {}
        self.touched: dict[str, int] = {}
        self.ids: set[str] = set()
        self.carried: set[str] = set()
        self.at = ""
        self.was_reset = False
        self.every = 1

    # -- before and after an entry -------------------------------------------------------------------------

    def before(self, raw: dict[str, Any]) -> None:
        """The laws of the effects, seen before they are folded."""
        state = self.state
        assert SECRET_NAME not in str(raw), f"a personal value stands in entry {raw['n']}"
        if raw["at"] < state.at:
            assert raw["act"]["act"] == "clock.reset", f"time went back at entry {raw['n']}"
            self.was_reset = True
        for effect in raw["effects"]:
            self._check_effect(raw, effect)

    def _check_effect(self, raw: dict[str, Any], effect: dict[str, Any]) -> None:
        state, name = self.state, effect["effect"]
        if name == "edition.adopted" and state.founded and state.kind == LIVING:
            assert effect["in_force_from"] >= raw["local"][:10], f"an edition governs the past: {raw}"
        if name == "decision.taken" and not effect.get("reported"):
            poll = state.polls.get(effect.get("poll", ""))
            edition = state.edition_on(raw["local"][:10])
            assert edition is not None
            rulebook = state.rulebook(poll.editions[0] if poll else edition.id)
            seats = {found.seat for found in competent_for(rulebook, effect["matter"])}
            seats |= {
                found.to for found in state.delegations.values()
                if found.given_on and not found.revoked_on and effect["on"] <= found.until and effect["matter"] == found.matter
            }  # fmt: skip
            assert effect["seat"].partition("@")[0] in seats, f"{effect} is decided by one not competent"
        made = {
            "meeting.called": "meeting", "motion.moved": "motion", "poll.opened": "poll", "decision.taken": "decision",
            "demand.opened": "demand", "edition.lodged": "edition", "correction.made": "correction",
            "report.noted": "report", "protest.lodged": "protest", "mandate.begun": "mandate",
        }  # fmt: skip
        if name in made:
            id = effect[made[name]]
            assert id not in self.ids, f"{id} is given twice"
            self.ids.add(id)

    def after(self, raw: dict[str, Any]) -> None:
        """The laws of the state, seen after an entry."""
        self._check_standings()
        if raw["n"] % self.every:
            return
        self._check_order(raw)
        self._check_polls()
        self._check_decisions(raw["local"][:10])
        if self.every > 1 or any(
            effect["effect"].startswith(("mandate", "person", "correction")) for effect in raw["effects"]
        ):
            self._check_seats(raw)

    # -- the laws ------------------------------------------------------------------------------------------

    def _check_order(self, raw: dict[str, Any]) -> None:
        for thing, entry in self.state.touched.items():
            assert self.touched.get(thing, -1) <= entry <= raw["n"], f"{thing} was touched at {entry}"
        self.touched = dict(self.state.touched)
        carried = set(self.state.carried_out)
        assert self.carried <= carried, "what was carried out is carried out no more"
        self.carried = carried

    def _check_polls(self) -> None:
        for poll in self.state.polls.values():
            roll = self.rolls.setdefault(poll.id, poll.roll)
            assert poll.roll == roll, f"the roll of {poll.id} changed"
            assert len(poll.struck) >= self.struck.get(poll.id, 0), f"somebody came back on the roll of {poll.id}"
            self.struck[poll.id] = len(poll.struck)
            if poll.roll is not None:
                assert set(poll.struck) <= set(poll.roll)
                assert set(poll.named) <= set(poll.roll), f"a stranger voted in {poll.id}"

    def _check_decisions(self, today: str) -> None:
        for decision in self.state.decisions.values():
            standing = decision.standing_on(today)
            if decision.id in self.lapsed and not self.was_reset:
                assert standing == "lapsed", f"{decision.id} lapsed and is {standing} again"
            if standing == "lapsed":
                self.lapsed.add(decision.id)

    def _check_standings(self) -> None:
        state = self.state
        for things, goes in (
            (state.meetings, MEETING_GOES), (state.polls, POLL_GOES), (state.motions, MOTION_GOES),
        ):  # fmt: skip
            for thing in things.values():
                before = self.standing.get(thing.id)
                if before is not None and before != thing.standing:
                    told = IN_A_HISTORY.get(before, set()) if state.kind == HISTORY else set()
                    assert thing.standing in goes.get(before, set()) | told, (
                        f"{thing.id} went from {before} to {thing.standing}"
                    )
                self.standing[thing.id] = thing.standing

    def _check_seats(self, raw: dict[str, Any]) -> None:
        """No seat too many, one holder an office, nobody twice, nobody who is gone: today and on every later day."""
        state, today = self.state, raw["local"][:10]
        edition = state.edition_on(today)
        if edition is None or state.kind != LIVING:
            return
        rulebook = state.rulebook(edition.id)
        for seat, ids in state.by_seat.items():
            mandates = [state.mandates[id] for id in ids]
            days = {today, *(found.since for found in mandates if found.since > today)}
            found = rulebook.seat(seat)
            for day in days if found is not None else ():
                valid = [mandate for mandate in mandates if mandate.is_valid_on(day)]
                self._check_holders(seat, day, valid)
                plain = seat.partition("@")[0]
                if plain in rulebook.offices:
                    assert len(valid) <= 1, f"{seat} has {len(valid)} holders on {day}, after {raw['act']}"
                seats = self._most_seats(plain)
                if seats is not None:
                    assert len(valid) <= seats, f"{seat} has {len(valid)} holders for {seats} seats, after {raw['act']}"

    def _most_seats(self, body: str) -> int | None:
        """The most seats that any edition so far gave a body: mandates keep their term when an amendment takes seats away."""
        found = [
            book.bodies[body].seats
            for id, book in self.state.rulebooks.items()
            if self.state.editions[id].in_force_from and body in book.bodies
        ]
        return None if not found or None in found else max(number for number in found if number is not None)

    def _check_holders(self, seat: str, day: str, valid: list[Mandate]) -> None:
        persons = [mandate.person for mandate in valid]
        assert len(set(persons)) == len(persons), f"somebody holds {seat} twice on {day}"
        for person in persons:
            known = self.state.persons.get(person)
            assert known is None or known.is_member_on(self.state.today), f"{person}, who is gone, holds {seat}"
