"""The replay of a trace: its abstract moves become acts of named persons, and the engine judges each of them in run mode.

Lives here: what acts a move becomes, and what came of it. Not here: the organisation they are done in (`stage`), elections
(`replay_elections`), the search that found the trace.

Invariant: a trace replays when every act of it is accepted by `decide`, in order, with its time; nothing is entered that was not
judged. A trace that does not replay is a fault of the search or of the engine, and is told as such.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from isonomy.checker.finding import Finding
from isonomy.checker.model import Model, model_of
from isonomy.checker.moves import (
    ADMIT,
    AMEND,
    APPOINT,
    CARRY,
    COOPT,
    DELEGATE,
    ELECT,
    FOUND,
    LAPSE,
    NOMINATE,
    REMOVE,
    RESIGN,
    Move,
    Seating,
)
from isonomy.checker.replay_elections import elect
from isonomy.checker.replay_powers import play
from isonomy.checker.replay_votes import decide_at_meeting
from isonomy.checker.settings import Settings
from isonomy.checker.stage import NotLawful, Stage
from isonomy.engine.competence import APPOINTMENT, REMOVAL
from isonomy.rulebook.model import EVERYTHING_ELSE
from isonomy.rulebook.reader import read_rulebook

RENEWED_AHEAD = 100
"""How many days ahead an appointment is made anew here."""
SILENT = ("operate",)
"""Moves outside the record: no act, so nothing that the engine could refuse."""
FILLING = (APPOINT, ELECT, DELEGATE)
WAITS = (0, 200, 400, 560, 700)
"""How many days after the founding a trace is begun, tried in turn: the coalition chooses its moment, so that the terms it fills
still run when the body meets by right."""


@dataclass(frozen=True, slots=True)
class Replayed:
    """What came of a replay: the acts that were entered with their instants, by the step of the trace they belong to, and the
    first problem ("" where every act was accepted); step 0 is the founding. `days` is how long it took in civil days."""

    acts: tuple[tuple[int, str, dict[str, Any]], ...]
    days: int
    problem: str = ""
    unknown: tuple[str, ...] = field(default=())
    """Moves of kinds that are not replayed, with the reason; such a trace is not shown as replayed."""

    @property
    def is_whole(self) -> bool:
        """Whether every move became acts and every act was accepted."""
        return not self.problem and not self.unknown

    def as_lines(self) -> str:
        """The acts as `isonomy act` takes them: one JSON object a line, the founding first."""
        return "".join(json.dumps(act, ensure_ascii=False) + "\n" for _, _, act in self.acts)


def replay(text: str, finding: Finding, settings: Settings | None = None) -> Replayed:
    """Replays the trace of a finding under the text of the edition it was found in.

    Raises `BadInput` where the text is no rulebook, `ValueError` where the finding has no seating.
    """
    if finding.seating is None:
        raise ValueError(f"{finding.id} has no seating to begin with")
    model = model_of(read_rulebook(text.encode()), settings or Settings())
    moves = [step.move for step in finding.trace if step.move is not None]
    first: Replayed | None = None
    for wait in WAITS if any(move.kind in FILLING for move in moves) else WAITS[:1]:
        told = _Replay(text, model, finding.seating, moves, wait).run()
        if told.is_whole:
            return told
        first = first or told
    assert first is not None
    return first


class _Replay:
    def __init__(self, text: str, model: Model, seating: Seating, moves: list[Move], wait: int = 0) -> None:
        self.text, self.model, self.seating, self.moves, self.wait = text, model, seating, moves, wait
        self.unknown: list[str] = []
        self.appointments: dict[str, Move] = {}

    def run(self) -> Replayed:
        """Plays move after move; stops at the first act that is refused."""
        acts: list[tuple[int, str, dict[str, Any]]] = []
        problem = ""
        number = 0
        start = ""
        stage: Stage | None = None
        try:
            stage = stage_here = Stage(self.text, self.model, self.seating, self._vacant(), self._free())
            stage.decide = lambda body, matter: decide_at_meeting(stage_here, body, matter, {}, agreed=True)
            stage.rehearsal.pass_days(self.wait)
            start = stage.rehearsal.today
            told = stage
            stage.renews = lambda day: self._renew(told, day)
            acts += [(0, at, act) for at, act in stage.rehearsal.acts]
            for number, move in enumerate(self.moves, 1):
                before = len(stage.rehearsal.acts)
                if not self._waits(stage, move, number):
                    self._play(stage, move)
                acts += [(number, at, act) for at, act in stage.rehearsal.acts[before:]]
        except NotLawful as refused:
            problem = f"step {number}: {refused}"
        days = (date.fromisoformat(stage.rehearsal.today) - date.fromisoformat(start)).days if stage and start else 0
        return Replayed(tuple(acts), days, problem, tuple(self.unknown))

    def _vacant(self) -> frozenset[str]:
        """Seats that the trace fills before anything else happens to them, and that the coalition does not hold at the start:
        the coalition chooses the moment at which their terms have run out."""
        held = {each.seat for each in self.seating.held}
        return frozenset(
            move.on
            for move in self.moves
            if move.kind in FILLING and (move.on not in held or self.model.classes[move.on].chain)
        )

    def _free(self) -> dict[str, int]:
        """Seats that stand free of a body when a trace begins in which others are co-opted to them."""
        return {move.on: move.count for move in self.moves if move.kind == COOPT}

    def _waits(self, stage: Stage, move: Move, number: int) -> bool:
        """Whether a body that decides also elects or amends right after: then both are done at one meeting, its next."""
        if move.kind != CARRY or number >= len(self.moves) or move.on not in self.model.rulebook.bodies:
            return False
        after = self.moves[number]
        elects = after.kind in (ELECT, AMEND) and after.actor == move.on and not self.model.classes[move.on].chain
        if not elects or any(
            found.by == move.on and found.discussion for found in self.model.rulebook.procedures.values()
        ):
            return False
        matter = move.matter or self._matter(move.on)

        def at_meeting(meeting: str) -> None:
            decide_at_meeting(stage, move.on, matter, {}, meeting=meeting)

        stage.waiting[move.on] = (matter, at_meeting)
        return True

    def _play(self, stage: Stage, move: Move) -> None:
        played: dict[str, Callable[[Stage, Move], None]] = {
            APPOINT: self._appoint, ELECT: self._elect, DELEGATE: self._elect, CARRY: self._carry, REMOVE: self._remove,
            ADMIT: self._admit, AMEND: self._amend, LAPSE: self._lapse, FOUND: self._found_unit, RESIGN: self._resign,
        }  # fmt: skip
        if move.kind == NOMINATE or move.kind in SILENT:
            return
        if play(stage, move):
            return
        if move.kind not in played:
            self.unknown.append(f"{move.kind}: such a move is told, not replayed")
            return
        played[move.kind](stage, move)

    # -- seats -----------------------------------------------------------------------------------------------------

    def _places(self, stage: Stage, move: Move) -> list[str]:
        seat = self.model.classes[move.on]
        if not seat.chain:
            return [move.on]
        units = stage.units[seat.chain[-1]]
        return [
            f"{move.on}@{units[number - 1]}"
            for number in (move.units or range(1, len(units) + 1))
            if number <= len(units)
        ]

    def _make_room(self, stage: Stage, place: str, number: int) -> None:
        """Waits until so many seats are free: until the terms of those who sit there have run out."""
        size = self.model.classes[place.partition("@")[0]].size
        while True:
            today = stage.rehearsal.today
            sitting = stage.rehearsal.state.mandates_of_seat(place, today)
            if len(sitting) + number <= size or not sitting:
                return
            ends = sorted(mandate.until for mandate in sitting if mandate.until)
            if not ends:
                raise NotLawful(f"nobody who sits as {place} has a term that ends")
            self._renew(stage, ends[0])
            stage.rehearsal.set_clock(ends[0])

    def _appoint(self, stage: Stage, move: Move) -> None:
        self.appointments[move.on] = move
        for place in self._places(stage, move):
            unit = place.partition("@")[2]
            many = min(move.count, self.model.classes[move.on].size)
            self._make_room(stage, place, many)
            besides = set(stage.holders(place)) | self._busy(stage, place)
            for person in stage.recruits(unit, many, besides):
                actor = self._beside(stage, move.actor, unit)
                fields: dict[str, Any] = {"person": person, "seat": place}
                if move.actor in self.model.rulebook.bodies:
                    fields["decision"] = self._decided(stage, actor, f"{APPOINTMENT}{move.on}", {"person": person})
                    stage.do("mandate.begin", fields, members_of=actor)
                else:
                    stage.do("mandate.begin", fields, actor)

    def _renew(self, stage: Stage, day: str) -> None:
        """Whoever an office appointed is appointed anew where the term ends before a day or soon after it, while the one who
        appoints is in office."""
        soon = (date.fromisoformat(day) + timedelta(days=RENEWED_AHEAD)).isoformat()
        for move in self.appointments.values():
            if move.actor in self.model.rulebook.bodies:
                continue
            for place in self._places(stage, move):
                for mandate in list(stage.rehearsal.state.mandates_of_seat(place, stage.rehearsal.today)):
                    if not mandate.until or mandate.until > soon:
                        continue
                    before = (date.fromisoformat(min(mandate.until, day)) - timedelta(days=1)).isoformat()
                    if before > stage.rehearsal.today:
                        stage.rehearsal.set_clock(before)
                    fields = {"person": mandate.person, "seat": place, "since": mandate.until}
                    actor = self._beside(stage, move.actor, place.partition("@")[2])
                    if stage.may("mandate.begin", fields, actor):
                        stage.do("mandate.begin", fields, actor)

    def _busy(self, stage: Stage, place: str) -> set[str]:
        """Persons who sit elsewhere: one person holds one seat here, so that no clause on several stands in the way."""
        if not any(getattr(seat.block, "seating", None) for seat in self.model.classes.values()):
            return set()
        today = stage.rehearsal.today
        state = stage.rehearsal.state
        return {
            mandate.person
            for mandate in state.mandates.values()
            if mandate.is_valid_on(today) and mandate.seat != place
        }

    def _beside(self, stage: Stage, seat: str, unit: str) -> str:
        """A seat as it stands in the unit, or in the unit around it."""
        found = self.model.classes.get(seat)
        if found is None or not found.chain:
            return seat
        kind = found.chain[-1]
        for candidate in stage.units.get(kind, []):
            if unit and stage.is_in(unit, candidate):
                return f"{seat}@{candidate}"
        return f"{seat}@{stage.units[kind][0]}"

    def _elect(self, stage: Stage, move: Move) -> None:
        elect(stage, self.model, move, self._make_room)

    def _remove(self, stage: Stage, move: Move) -> None:
        """Those who sit in a seat and are not the coalition's are removed, as many as the move says in each place."""
        for place in self._places(stage, move):
            unit = place.partition("@")[2]
            actor = self._beside(stage, move.actor, unit)
            today = stage.rehearsal.today
            sitting = [
                mandate for mandate in stage.rehearsal.state.mandates_of_seat(place, today)
                if mandate.person not in stage.loyal
            ]  # fmt: skip
            for mandate in sitting[: move.count]:
                fields: dict[str, Any] = {"mandate": mandate.id, "why": "As the clause allows."}
                if move.actor in self.model.rulebook.bodies:
                    fields["decision"] = self._decided(stage, actor, f"{REMOVAL}{move.on}", {"person": mandate.person})
                    stage.do("mandate.end", fields, members_of=actor)
                else:
                    stage.do("mandate.end", fields, actor)

    def _resign(self, stage: Stage, move: Move) -> None:
        for place in self._places(stage, move):
            today = stage.rehearsal.today
            for mandate in stage.rehearsal.state.mandates_of_seat(place, today)[: move.count]:
                stage.rehearsal.submit(mandate.person, "", "mandate.end", {"mandate": mandate.id})

    def _lapse(self, stage: Stage, move: Move) -> None:
        """Time passes until the terms of a seat have run out."""
        for place in self._places(stage, move):
            self._make_room(stage, place, self.model.classes[move.on].size)

    # -- decisions -------------------------------------------------------------------------------------------------

    def _decided(self, stage: Stage, body: str, matter: str, fields: dict[str, Any], **poll: Any) -> str:
        """A decision of a body at a lawful meeting, the coalition voting for it and all others against; its id."""
        return decide_at_meeting(stage, body, matter, fields, **poll)

    def _carry(self, stage: Stage, move: Move) -> None:
        body = move.meeting or move.actor
        matter = move.matter or self._matter(body)
        decide_at_meeting(stage, self._beside(stage, body, ""), matter, {})

    def _matter(self, body: str) -> str:
        """Something the body may decide, and nobody else."""
        book = self.model.rulebook
        told = [*book.bodies[body].decides]
        told += [matter for found in book.procedures.values() if found.by == body for matter in found.matters]
        own = [matter for matter in told if matter != EVERYTHING_ELSE]
        defined = book.definitions.matters if book.definitions is not None else ()
        left = [matter for matter in defined if all(found.seat == body for found in book.competent(matter))]
        return next(iter([*left, *own]), "whatever-it-likes")

    def _admit(self, stage: Stage, move: Move) -> None:
        units = stage.units.get(self.model.home, [""])
        for number in move.units or (1,):
            unit = units[number - 1] if units != [""] else ""
            for _ in range(move.count):
                stage.new += 1
                person = f"p-new{stage.new:04}"
                fields: dict[str, Any] = {"person": person} | ({"unit": unit} if unit else {})
                if len(self.model.rulebook.member_classes) > 1:
                    fields["member_class"] = move.on
                actor = self._beside(stage, move.actor, unit)
                if move.actor in self.model.rulebook.bodies:
                    fields["decision"] = self._decided(stage, actor, "admission", {"person": person})
                    stage.do("member.admit", fields, members_of=actor)
                else:
                    stage.do("member.admit", fields, actor)
                stage.people[person] = unit
                stage.loyal.add(person)

    def _found_unit(self, stage: Stage, move: Move) -> None:
        for _ in range(move.count):
            unit = f"{move.on}-{len(stage.units.setdefault(move.on, [])) + 1}"
            fields: dict[str, Any] = {"unit": unit, "kind": move.on}
            if move.actor in self.model.rulebook.bodies:
                fields["decision"] = self._decided(stage, move.actor, f"founding-of-{move.on}", {})
                stage.do("unit.found", fields, members_of=move.actor)
            else:
                stage.do("unit.found", fields, move.actor)
            stage.units[move.on].append(unit)

    def _amend(self, stage: Stage, move: Move) -> None:
        text = _amended(self.text, move)
        fields = {"sha256": sha256(text.encode()).hexdigest(), "rulebook": text}
        entry = stage.do("rulebook.lodge", fields, members_of=move.actor)
        edition = f"ed-{entry['n']}"
        decision = self._decided(stage, move.actor, "amendment", {"edition": edition})
        stage.do("rulebook.adopt", {"edition": edition, "decision": decision}, members_of=move.actor)


def _amended(text: str, move: Move) -> str:
    """The edition with the line changed that the move names; without one, the same rules as a new edition."""
    if move.edit is not None:
        number, old, new = move.edit
        lines = text.split("\n")
        if lines[number - 1].strip() != old.strip():
            raise NotLawful(f"line {number} does not say '{old}'")
        lines[number - 1] = new
        return "\n".join(lines)
    return re.sub(r"(?m)^edition: (.+)$", r"edition: \1-amended", text, count=1)
