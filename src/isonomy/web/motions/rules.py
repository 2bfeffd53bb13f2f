"""What the rulebook says of a motion: who decides and moves, how many second, by when it stands, how it is amended.

Lives here: choosing from the rulebook's block, and the meetings at which a motion can come up, each with its last day. Not here:
whether somebody may (`engine`).

Invariant: every line has its clause; what no clause says is not shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from isonomy.engine.competence import competence_in, competent_for, is_own_business
from isonomy.engine.meeting import Meeting
from isonomy.engine.motion import Motion
from isonomy.engine.proceedings.movers import meetings_of, place_clause, rule_of, seats_that_move
from isonomy.engine.state import day_of
from isonomy.engine.words import capital, title_of
from isonomy.kernel.calendar import Duration
from isonomy.rulebook.model import Competence
from isonomy.rulebook.motion_rule import ALWAYS, BEFORE_MEETING, MotionRule
from isonomy.rulebook.render import say_majority
from isonomy.web.meetings.sitting import judgement_of
from isonomy.web.organisation import Standing

SEATS_MAX = 200


@dataclass(frozen=True)
class Sitting:
    """A meeting at which a motion can come up: the last day by which it stands ("" none asked), and whether that is kept."""

    meeting: Meeting
    last_day: str
    derivation: str
    is_kept: bool
    amendments_until: str


@dataclass(frozen=True)
class MotionRules:
    """The rules for motions on a matter in a body, each with its clause."""

    body: str
    matter: str
    competence: Competence
    rule: MotionRule
    movers: tuple[str, ...]
    seconders: int
    majority: str

    @property
    def clause(self) -> str:
        """The clause that gives the matter to the body."""
        return self.competence.place.clause

    def clause_of(self, key: str) -> str:
        """The clause that states a key of the block."""
        return place_clause(self.competence, key)

    @property
    def together(self) -> int:
        """How many members move together where no seat of theirs moves (0: there is no such way)."""
        return self.rule.together

    @property
    def accepts(self) -> str:
        """When the mover may take an amendment in without a vote: `always`, `before the meeting` or "" never."""
        return {ALWAYS: "always", BEFORE_MEETING: "before the meeting"}.get(self.rule.mover_accepts, "")


def rules_for(standing: Standing, body: str, matter: str, edition: str = "") -> MotionRules | None:
    """The rules for motions on a matter in a body, under an edition (today's where none is named); None where it has none."""
    if standing.edition is None:
        return None
    rulebook = standing.state.rulebook(edition) if edition else standing.rulebook
    competence = competence_in(rulebook, body, matter)
    block = rulebook.bodies.get(body.partition("@")[0])
    if competence is None or block is None:
        return None
    procedure = competence.procedure
    majority = (procedure.majority if procedure is not None else None) or block.majority
    return MotionRules(
        body, matter, competence, rule_of(procedure), seats_that_move(procedure, body),
        procedure.seconders if procedure is not None else 0, say_majority(majority) if majority is not None else "",
    )  # fmt: skip


def sittings_of(standing: Standing, motion: Motion) -> list[Sitting]:
    """The meetings to come at which a motion can come up, the next first, with the day by which it stands."""
    rules = rules_for(standing, motion.body, motion.matter, motion.edition)
    if rules is None or standing.edition is None:
        return []
    found = []
    for meeting in meetings_of(judgement_of(standing), motion):
        last, why = _last_day(rules.rule.deadline, meeting)
        until, _why = _last_day(rules.rule.amendment_deadline, meeting)
        stood = motion.stands_since
        found.append(Sitting(meeting, last, why, not last or bool(stood and stood <= last), until))
    return found


def _last_day(before: Duration | None, meeting: Meeting) -> tuple[str, str]:
    if before is None:
        return "", ""
    starts: date = day_of(meeting.starts)
    return before.before(starts).isoformat(), str(before)


def seat_said(standing: Standing, seat: str) -> str:
    """A seat as it stands in a list, with its unit by name: `Branch meeting of Alder Court`."""
    unit = standing.state.units.get(seat.partition("@")[2])
    said = title_of(standing.rulebook, seat).removeprefix("the ")
    if unit is not None and isinstance(unit.name, str) and unit.name:
        said = said.removesuffix(unit.id) + unit.name
    return capital(said)


def deciding_bodies(standing: Standing, matter: str, units: tuple[str, ...]) -> list[str]:
    """The bodies that decide a matter, those in the units given where one stands in each unit; [] where nobody does."""
    rulebook = standing.rulebook
    if is_own_business(rulebook, matter):
        return []
    found: list[str] = []
    for competence in competent_for(rulebook, matter):
        body = rulebook.bodies.get(competence.seat.partition("@")[0])
        if body is not None:
            found += [f"{body.name}@{unit}" for unit in units] if body.in_each else [body.name]
    return list(dict.fromkeys(found))


def all_bodies(standing: Standing, units: tuple[str, ...]) -> list[str]:
    """The bodies in which something can be moved: of those in each unit those of the units given, or all where they are few."""
    found: list[str] = []
    for body in standing.rulebook.bodies.values():
        if not body.in_each:
            found.append(body.name)
            continue
        kind = [unit.id for unit in standing.state.units.values() if unit.kind == body.in_each and not unit.closed_on]
        found += [f"{body.name}@{unit}" for unit in (kind if len(kind) <= SEATS_MAX else units) if unit in kind]
    return found
