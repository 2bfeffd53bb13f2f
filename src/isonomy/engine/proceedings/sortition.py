"""Sortition: seats that are filled by lot, with a lot that nobody steers alone.

Lives here: `lot.announce`, `lot.join`, `lot.draw`. Not here: the order that a seed gives (`counting.tie`), taking the seat
(`mandates`).

Invariant: the pool stands before the secret of the lot meets what others add to it; whoever holds the secret is not in the
pool; who left a lot undrawn announces no other for that seat. Source: docs/spec/acts-seating.md, section 9.
"""

from __future__ import annotations

from dataclasses import dataclass

from isonomy.counting.tie import lot_order
from isonomy.engine.act import judges
from isonomy.engine.effect import At, effect
from isonomy.engine.judgement import Judgement
from isonomy.engine.lots import lot_of_secret, seed
from isonomy.engine.proceedings.standing import may_hold
from isonomy.engine.roll import members_of_body, roll_digest, without
from isonomy.engine.seating import SeatLot
from isonomy.engine.shape import Bytes32, CivilDate, ProceedingId, SeatName, Sha256
from isonomy.engine.state import State, day_of
from isonomy.engine.vacant import seat_count
from isonomy.kernel.calendar import Duration
from isonomy.kernel.ids import proceeding_id

SEATS = "seats"
DRAWN_WITHIN = Duration(7, "day")
"""How long after its day a lot may be drawn; afterwards another announces a new one."""


@dataclass(frozen=True, slots=True)
class Announce:
    """Announces a lot for the vacant seats of a body or office, with the digest of a secret and the first day of the draw."""

    seat: SeatName
    lot: Sha256
    draw_from: CivilDate


@dataclass(frozen=True, slots=True)
class Join:
    """Adds to the lot: the id of this act goes into its seed."""

    lot: ProceedingId


@dataclass(frozen=True, slots=True)
class DrawLot:
    """Opens the secret and with it whom the lot falls on."""

    lot: ProceedingId
    secret: Bytes32


@effect("lot.announced")
@dataclass(frozen=True, slots=True)
class LotAnnounced:
    """Seats will be filled by lot from the pool of that day."""

    lot: str
    seat: str
    seats: int
    among: str
    digest: str
    draw_from: str
    on: str
    edition: str
    pool_count: int
    pool_digest: str

    def apply(self, state: State, at: At) -> None:
        """Enters the lot with the pool as it stands."""
        pool = without(members_of_body(state, self.edition, self.among, self.on), (at.by,))
        state.seating.lots[self.lot] = SeatLot(
            self.lot, self.seat, self.seats, self.on, at.by, self.digest, self.draw_from, self.edition, pool
        )
        state.touched[self.lot] = state.touched[self.seat] = at.n


@effect("lot.joined")
@dataclass(frozen=True, slots=True)
class LotJoined:
    """A member adds to a lot what its announcer could not foresee."""

    lot: str
    person: str

    def apply(self, state: State, at: At) -> None:
        """Adds the id of the act."""
        found = state.seating.lots[self.lot]
        found.contributions.append(str(at.act["id"]))
        found.contributors.append(self.person)
        state.touched[self.lot] = at.n


@effect("lot.drawn")
@dataclass(frozen=True, slots=True)
class LotDrawn:
    """The lot fell on these, in this order; those passed over could not hold the seat."""

    lot: str
    secret: str
    on: str
    drawn: tuple[str, ...]
    passed: tuple[str, ...] = ()

    def apply(self, state: State, at: At) -> None:
        """Enters whom it fell on."""
        found = state.seating.lots[self.lot]
        found.drawn, found.secret, found.drawn_on = self.drawn, self.secret, self.on
        state.touched[self.lot] = state.touched[found.seat] = at.n


@judges("lot.announce", Announce, reportable=False)
def judge_announce(judgement: Judgement, announce: Announce) -> None:
    """Judges an announcement: the clause fills the seat by lot, seats are vacant, the day leaves time for others to add to it."""
    block, state = judgement.seat(announce.seat), judgement.state
    clause, unit = block.place.clause_of("filled by"), announce.seat.partition("@")[2]
    if block.filled is None or block.filled.way != "lot":
        raise judgement.bar(
            f"{judgement.title(announce.seat)} is not filled by lot",
            {},
            "fill it as its clause says",
            block.place.clause,
        )
    keepers = (keeper for what in ("polls", "roll") for keeper in judgement.keepers(what, unit))
    judgement.may_act(tuple(dict.fromkeys(keepers)), clause, "a lot is announced by a keeper of polls or of the roll")
    vacant = vacant_seats(state, judgement.edition, announce.seat, judgement.on)
    if vacant == 0:
        judgement.refuse(clause, "no seat is vacant", {"seat": announce.seat}, "wait until one is")
    running = [one for one in state.seating.lots.values() if one.seat == announce.seat and not one.drawn_on]
    open_ones = [one for one in running if judgement.on <= last_day(one)]
    if open_ones:
        raise judgement.bar(
            "a lot for this seat is announced already", {"lot": open_ones[0].id}, "add to that one", clause
        )
    if any(one.opened_by == judgement.author for one in running):
        judgement.refuse(
            clause,
            "who left a lot undrawn announces no other for that seat",
            {"lot": running[-1].id},
            "let another announce it",
        )
    if announce.draw_from <= judgement.on:
        judgement.refuse(
            clause, "a lot is drawn on a later day than it is announced, so that others can add to it",
            {"draw_from": announce.draw_from}, "name a later day",
        )  # fmt: skip
    among = judgement.beside(block.filled.by, unit)
    pool = without(members_of_body(state, judgement.edition, among, judgement.on), (judgement.author,))
    judgement.cite(clause)
    judgement.then(
        LotAnnounced(
            proceeding_id("lo", judgement.n), announce.seat, vacant, among, announce.lot, announce.draw_from, judgement.on,
            judgement.edition, len(pool), roll_digest(pool),
        )
    )  # fmt: skip


def vacant_seats(state: State, edition: str, seat: str, day: str) -> int:
    """How many seats of a body or office nobody holds on a civil date."""
    block = state.rulebook(edition).seat(seat)
    total = seat_count(state, block, seat, "", day) if block is not None else 0
    return max(0, (total or 0) - len(state.mandates_of_seat(seat, day)))


def last_day(lot: SeatLot) -> str:
    """The last day on which a lot may be drawn."""
    return DRAWN_WITHIN.after(day_of(lot.draw_from)).isoformat()


def _open(judgement: Judgement, id: str) -> SeatLot:
    found = judgement.state.seating.lots.get(id)
    if found is None:
        raise judgement.bar(f"there is no lot '{id}'", {}, "name one, such as lo-12")
    if found.drawn_on:
        raise judgement.bar("the lot is drawn", {"on": found.drawn_on}, "nothing more is needed")
    if judgement.on > last_day(found):
        raise judgement.bar(
            "the lot was not drawn in time", {"until": last_day(found)}, "let another announce a new one"
        )
    return found


@judges("lot.join", Join, reportable=False)
def judge_join(judgement: Judgement, join: Join) -> None:
    """Judges a contribution: by any member with a vote but the announcer, once, before the day of the draw."""
    found = _open(judgement, join.lot)
    clause = judgement.seat(found.seat).place.clause_of("filled by")
    judgement.may_act(("members",), clause, "a member with a vote adds to a lot")
    if judgement.author == found.opened_by or judgement.author in found.contributors:
        judgement.refuse(
            clause, "each other member adds to a lot once", {"by": judgement.author}, "let others add to it"
        )
    if judgement.on >= found.draw_from:
        judgement.refuse(
            clause,
            "a lot is added to before the day of its draw",
            {"drawn from": found.draw_from},
            "be in time next time",
        )
    judgement.then(LotJoined(found.id, judgement.author))


@judges("lot.draw", DrawLot, reportable=False)
def judge_draw(judgement: Judgement, draw: DrawLot) -> None:
    """Judges a draw: the secret is the one announced, its day has come, another has added to it."""
    found = _open(judgement, draw.lot)
    clause = judgement.seat(found.seat).place.clause_of("filled by")
    if judgement.author != found.opened_by:
        judgement.refuse(
            clause, "who announced a lot draws it", {"announced by": found.opened_by}, f"ask {found.opened_by}"
        )
    if judgement.on < found.draw_from:
        judgement.refuse(
            clause, "a lot is drawn on its day or later", {"from": found.draw_from}, f"draw it on {found.draw_from}"
        )
    if not found.contributions:
        judgement.refuse(
            clause, "nobody else has added to the lot", {"lot": found.id}, "announce it anew, for a later day"
        )
    if lot_of_secret(draw.secret) != found.lot:
        judgement.refuse(
            clause, "the secret is not the one that was announced", {"lot": found.lot}, "give the secret of this lot"
        )
    numbers = dict(enumerate(found.pool, start=1))
    drawn: list[str] = []
    passed: list[str] = []
    seated = {one.person for one in judgement.state.mandates_of_seat(found.seat, judgement.on)}
    for number in lot_order(numbers, seed(SEATS, found.id, draw.secret, found.contributions), 1):
        if len(drawn) == found.seats:
            break
        person = numbers[number]
        barred = person in seated or bool(may_hold(judgement, person, found.seat))
        (passed if barred else drawn).append(person)
    judgement.cite(clause)
    judgement.then(LotDrawn(found.id, draw.secret, judgement.on, tuple(drawn), tuple(passed)))
