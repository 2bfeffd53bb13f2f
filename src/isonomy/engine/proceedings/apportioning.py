"""Apportioning: the seats of delegates are shared out among the units by their members as of the clause's day.

Lives here: `delegates.apportion`. Not here: the method (`counting.apportionment`), electing the delegates (`polls`).

Invariant: everything follows from the record: members with a vote on the day, counted by the unit they then belonged to; a
tie at the last seat falls to the lot whose seed is the roll of that day. A sharing out changes no mandate that runs.
Source: docs/spec/acts-seating.md, section 7.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from isonomy.counting.apportionment import apportion
from isonomy.counting.tie import Lots
from isonomy.engine.act import judges
from isonomy.engine.effect import At, effect
from isonomy.engine.judgement import Judgement
from isonomy.engine.roll import is_voter, roll_digest, unit_lies_in
from isonomy.engine.seating import SharedOut, shared_out_on, unit_on
from isonomy.engine.shape import SeatName
from isonomy.engine.state import State, day_of
from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.calendar import YearlyDay
from isonomy.kernel.ids import proceeding_id
from isonomy.rulebook.model import MEMBERS, Rulebook
from isonomy.rulebook.seating_rule import Apportioned


@dataclass(frozen=True, slots=True)
class ShareOut:
    """Shares the seats of delegates out among the units, as of the last such day of the clause."""

    body: SeatName


@effect("delegates.apportioned")
@dataclass(frozen=True, slots=True)
class DelegatesApportioned:
    """So many seats for each unit, by so many members as of a day; `roll` is the digest of the members with a vote then."""

    shared: str
    body: str
    as_of: str
    on: str
    edition: str
    method: str
    seats: int
    members: dict[str, int]
    given: dict[str, int]
    roll: str
    tied: bool = False

    def apply(self, state: State, at: At) -> None:
        """Enters the sharing out."""
        state.seating.shared_out[self.shared] = SharedOut(
            self.shared, self.body, self.as_of, self.on, self.edition, self.method, self.seats, dict(self.members),
            dict(self.given), self.roll, self.tied,
        )  # fmt: skip
        state.touched[self.shared] = state.touched[self.body] = at.n


def last_as_of(day: YearlyDay, on: str, founded_on: str) -> str:
    """The last such day of the year that is not ahead; the day of the founding where the organisation is younger."""
    today = day_of(on)
    this = day.in_year(today.year)
    found: date = this if this <= today else day.in_year(today.year - 1)
    return max(found.isoformat(), founded_on)


def members_by_unit(state: State, rulebook: Rulebook, kind: str, day: str) -> tuple[dict[str, int], tuple[str, ...]]:
    """How many members with a vote each unit of a kind had on a civil date, in the order of their ids; and who they were."""
    units = sorted(
        unit.id
        for unit in state.units.values()
        if unit.kind == kind and unit.founded_on <= day and not (unit.closed_on and unit.closed_on <= day)
    )
    counted = dict.fromkeys(units, 0)
    roll = []
    for person in state.persons.values():
        if not is_voter(person, rulebook, day):
            continue
        own = unit_on(state, person.id, day)
        unit = next((one for one in units if unit_lies_in(state, own, one)), "")
        if unit:
            counted[unit] += 1
            roll.append(person.id)
    return counted, tuple(sorted(roll))


@judges("delegates.apportion", ShareOut, reportable=False)
def judge_share_out(judgement: Judgement, share: ShareOut) -> None:
    """Judges a sharing out: the clause has it, its day has come, and it was not done for that day."""
    body = judgement.body(share.body)
    rule = body.filled.apportioned if body.filled is not None else None
    if body.filled is None or rule is None:
        raise judgement.bar(
            f"the seats of {judgement.title(share.body)} are not shared out by membership", {}, "fill them as the clause says",
            body.place.clause,
        )  # fmt: skip
    clause, state = body.place.clause_of("filled by"), judgement.state
    judgement.may_act(
        (MEMBERS,), clause, "any member may have the seats shared out: the figures follow from the record"
    )
    as_of = last_as_of(rule.as_of, judgement.on, state.founded_on)
    before = shared_out_on(state, share.body, judgement.on)
    if before is not None and before.as_of >= as_of and before.edition == judgement.edition:
        raise judgement.bar(
            "the seats were shared out as of that day already", {"as of": before.as_of, "shared": before.id},
            f"wait for {rule.as_of}", clause,
        )  # fmt: skip
    members, roll = members_by_unit(state, judgement.rulebook, body.filled.unit_kind, as_of)
    digest = roll_digest(roll)
    given, tied = _given(judgement, rule, members, digest, clause)
    judgement.then(
        DelegatesApportioned(
            proceeding_id("sh", judgement.n), share.body, as_of, judgement.on, judgement.edition, rule.method, rule.seats,
            members, given, digest, tied,
        )
    )  # fmt: skip


def _given(
    judgement: Judgement, rule: Apportioned, members: dict[str, int], digest: str, clause: str
) -> tuple[dict[str, int], bool]:
    """The seats of each unit, and whether a tie at the last ones went to the lot."""
    units = list(members)
    lots = Lots(None, digest)
    try:
        found = apportion(
            {number: members[unit] for number, unit in enumerate(units, start=1)},
            rule.seats,
            rule.method,
            lots,
            rule.least,
        )
    except BadInput as fault:
        raise judgement.bar(
            fault.what, {"units": len(units)}, "amend the clause: more seats, or fewer for each", clause
        ) from fault
    return {unit: found[number] for number, unit in enumerate(units, start=1)}, bool(lots.met)
