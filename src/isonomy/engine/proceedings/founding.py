"""Founding: the first entry, which names the organisation, its rulebook, its founders and their first mandates.

Lives here: the act `found`. Not here: later editions (`editions`), later members (`membership`).

Invariant: exactly one founding, at entry 0, fixing the record's origin. Founders of a living organisation are its first
members and hold what the founding gives them until the term of the clause; founders of a `history` are its recorders.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from isonomy.engine.act import judges
from isonomy.engine.effect import At, effect
from isonomy.engine.judgement import FORM, Judgement
from isonomy.engine.opening import approving_body
from isonomy.engine.proceedings.editions import EditionAdopted, EditionLodged, edition_text, read_edition
from isonomy.engine.proceedings.keys import KeyEnrolled
from isonomy.engine.proceedings.mandates import MandateBegun, term_end
from isonomy.engine.proceedings.membership import PersonAdmitted, checked_class
from isonomy.engine.proceedings.openings import OpeningBegun
from isonomy.engine.proceedings.units import UnitFounded
from isonomy.engine.shape import ONE, Bytes32, CivilDate, Line, LongText, Natural, PersonId, SeatName, Sha256, Slug
from isonomy.engine.state import HISTORY, LIVING, State
from isonomy.kernel.ids import proceeding_id
from isonomy.rulebook.model import Body, Office, Rulebook

ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True)
class Commitment:
    """A personal value as it stands in an act: HMAC-SHA-256 under a salt kept beside the record (record.md)."""

    c: Bytes32


@dataclass(frozen=True, slots=True)
class FirstUnit:
    """A unit that exists from the founding; `since` when it does, of an existing body alone."""

    unit: Slug
    kind: Slug
    within: Slug | None = None
    name: Line | None = None
    since: CivilDate | None = None


@dataclass(frozen=True, slots=True)
class Founder:
    """A founder: a random id, the key the founder signs with, the class and unit joined, and `since` when (of an existing
    body alone)."""

    person: PersonId
    key: Bytes32 | None = None
    member_class: Slug | None = None
    unit: Slug | None = None
    name: Commitment | None = None
    since: CivilDate | None = None


@dataclass(frozen=True, slots=True)
class Opening:
    """That an existing body is entered here, and from what its founders and units are taken: a list, minutes, a register."""

    source: Line


@dataclass(frozen=True, slots=True)
class FirstMandate:
    """A seat that a founder holds from the founding."""

    person: PersonId
    seat: SeatName


@dataclass(frozen=True, slots=True)
class Found:
    """Founds the organisation: its name, kind, rulebook, founders, units and first mandates.

    `kind` is `living` or `history`. `rulebook` is the whole text, or left out when it comes in `parts` (rulebook.part).
    `founded_on` may be earlier than the entry in a history alone. `opening`: an existing body, whose balance follows.
    """

    name: Line
    kind: Line
    vkey: Line
    time_zone: Line
    sha256: Sha256
    founders: tuple[Founder, ...]
    rulebook: LongText | None = None
    parts: Natural = ONE
    units: tuple[FirstUnit, ...] = ()
    mandates: tuple[FirstMandate, ...] = ()
    founded_on: CivilDate | None = None
    opening: Opening | None = None


@effect("organisation.founded")
@dataclass(frozen=True, slots=True)
class OrganisationFounded:
    """The organisation exists, under a name, of a kind, in a time zone; a history names its recorders."""

    origin: str
    name: str
    kind: str
    time_zone: str
    founded_on: str
    recorders: tuple[str, ...] = ()

    def apply(self, state: State, at: At) -> None:
        """Sets what the founding fixes."""
        state.origin, state.name, state.kind = self.origin, self.name, self.kind
        state.time_zone, state.founded_on, state.recorders = self.time_zone, self.founded_on, self.recorders


@judges("found", Found, reportable=False)
def judge_found(judgement: Judgement, found: Found) -> None:
    """Judges the founding: kind, key, text and digest, founders, units, mandates (record.md, acts.md)."""
    assert judgement.act is not None, "a founding is never reported"
    envelope = judgement.act.envelope
    if found.kind not in (LIVING, HISTORY):
        raise judgement.bar(f"'{found.kind}' is not a kind of organisation", {}, "write living or history")
    if found.vkey.partition("+")[0] != envelope.log:
        raise judgement.bar(
            "the key is named otherwise than the record", {"key": found.vkey.partition("+")[0], "log": envelope.log}
        )
    if not found.founders:
        raise judgement.bar("nobody founds it", {}, "name at least one founder")
    if envelope.by not in {founder.person for founder in found.founders}:
        raise judgement.bar("the author is not among the founders", {"by": envelope.by}, "list yourself as founder")
    if found.kind == LIVING and found.founded_on not in (None, judgement.on):
        raise judgement.bar(
            "a living organisation is founded on the day of its first entry",
            {"founded_on": found.founded_on},
            "leave founded_on out",
        )
    if found.founded_on is not None and found.founded_on > judgement.on:
        raise judgement.bar(
            "nothing was founded in the future",
            {"founded_on": found.founded_on, "today": judgement.on},
            "correct the date",
        )
    if judgement.auth.get("kind") == "signed":
        keyed = [founder.person for founder in found.founders if founder.key is not None]
        number = judgement.auth.get("credential")
        if not isinstance(number, int) or not 0 <= number < len(keyed) or keyed[number] != envelope.by:
            raise judgement.bar(
                "the founding is signed with a key that it does not give its author", {}, 'give the founder\'s "key"'
            )
    _check_opening(judgement, found)
    recorders = tuple(founder.person for founder in found.founders) if found.kind == HISTORY else ()
    founded_on = found.founded_on or judgement.on
    judgement.then(OrganisationFounded(envelope.log, found.name, found.kind, found.time_zone, founded_on, recorders))
    edition = proceeding_id("ed", judgement.n)
    judgement.then(EditionLodged(edition, found.sha256, found.parts))
    rulebook = read_edition(judgement, edition_text(judgement, found.rulebook, found.sha256, found.parts))
    start = founded_on
    if rulebook is not None and found.kind == HISTORY and rulebook.front.in_force_from:
        start = rulebook.front.in_force_from.isoformat()
    judgement.then(EditionAdopted(edition, start))
    _check_doubles(judgement, found)
    _check_units(judgement, found, rulebook)
    for unit in found.units:
        judgement.then(UnitFounded(unit.unit, unit.kind, unit.since or founded_on, unit.within or "", unit.name or ""))
    for founder in found.founders:
        _join(judgement, found, founder, rulebook, founder.since or founded_on)
    if found.opening is not None:
        _begin_opening(judgement, found, found.opening, rulebook)
    for mandate in found.mandates:
        _seat(judgement, mandate, found, rulebook, founded_on)


def _check_opening(judgement: Judgement, found: Found) -> None:
    """An existing body lists its mandates with their days and sources, and says since when its founders are members."""
    said = [founder.since for founder in found.founders] + [unit.since for unit in found.units]
    since = [day for day in said if day is not None]
    if found.opening is None:
        if since:
            raise judgement.bar(
                "what is founded is there from that day", {"since": since[0]},
                'leave "since" out, or give "opening" where the body exists already',
            )  # fmt: skip
        return
    if found.kind != LIVING:
        raise judgement.bar(
            "a history has no opening balance", {"kind": found.kind}, "report what was, or write living"
        )
    if found.mandates:
        raise judgement.bar(
            "the mandates of an existing body are part of its opening balance", {"mandates": len(found.mandates)},
            "enter them with opening.enter: since when, until when, from which source",
        )  # fmt: skip
    late = next((day for day in since if day > judgement.on), None)
    if late is not None:
        raise judgement.bar("nothing is there since a day to come", {"since": late}, "correct the date")


def _begin_opening(judgement: Judgement, found: Found, opening: Opening, rulebook: Rulebook | None) -> None:
    """Opens the balance of an existing body; some body must be there before which it comes."""
    if rulebook is not None and approving_body(rulebook) is None:
        raise judgement.bar(
            "no body of this rulebook could approve an opening balance", {"bodies": sorted(rulebook.bodies)},
            "mark the highest body 'supreme'",
        )  # fmt: skip
    people = tuple(founder.person for founder in found.founders)
    things = (*people, *(unit.unit for unit in found.units))
    judgement.then(OpeningBegun(proceeding_id("op", judgement.n), opening.source, people, things, judgement.on))


def _check_doubles(judgement: Judgement, found: Found) -> None:
    named: dict[str, list[str]] = {
        "founder": [founder.person for founder in found.founders],
        "key": [founder.key for founder in found.founders if founder.key is not None],
        "unit": [unit.unit for unit in found.units],
        "mandate": [f"{mandate.seat} of {mandate.person}" for mandate in found.mandates],
    }
    for what, names in named.items():
        double = next((name for name, times in Counter(names).items() if times > 1), None)
        if double:
            raise judgement.bar(f"the {what} {double} is named twice", {}, "name each once")


def _check_units(judgement: Judgement, found: Found, rulebook: Rulebook | None) -> None:
    """Each unit is of a kind that the rulebook has, within one that is founded with it, as the block says."""
    kinds: dict[str, str] = {unit.unit: unit.kind for unit in found.units}
    for unit in found.units:
        block = rulebook.units.get(unit.kind) if rulebook is not None else None
        if rulebook is not None and block is None:
            raise judgement.bar(
                f"the rulebook has no kind of unit '{unit.kind}'", {"kinds": sorted(rulebook.units)}, "name one of them"
            )
        within = block.within if block is not None else ""
        wrong = kinds.get(unit.within or "") != within if within not in ("", ORGANISATION) else unit.within is not None
        if block is not None and wrong:
            asked = f"a {unit.kind} lies within {'the' if within == ORGANISATION else 'a'} {within}"
            cure = "leave 'within' out" if within == ORGANISATION else f"name a {within} that is founded with it"
            raise judgement.bar(
                asked, {"unit": unit.unit, "within": unit.within or "nothing"}, cure, block.place.clause
            )


def _join(judgement: Judgement, found: Found, founder: Founder, rulebook: Rulebook | None, on: str) -> None:
    assert judgement.act is not None
    if founder.unit is not None and founder.unit not in {unit.unit for unit in found.units}:
        raise judgement.bar(f"there is no unit '{founder.unit}'", {}, "list it among the units")
    if found.kind == LIVING:
        name = founder.member_class or ""
        if rulebook is not None:
            name = checked_class(judgement, rulebook, founder.member_class)
        commitment = {"c": founder.name.c} if founder.name else None
        judgement.then(PersonAdmitted(founder.person, name, on, founder.unit or "", commitment))
    if founder.key is not None:
        judgement.then(KeyEnrolled(founder.person, founder.key))


def _check_seat(judgement: Judgement, mandate: FirstMandate, seat: Body | Office, found: Found) -> None:
    """First mandates too are of seats that are held by mandate, and no more than there are."""
    clause, title = seat.place.clause, seat.title
    if seat.filled is not None and seat.filled.way in ("all members", "ex officio"):
        raise judgement.bar(
            f"the {title} is not filled by mandates", {"filled": seat.filled.way}, "leave it out", clause
        )
    held = sum(1 for other in found.mandates if other.seat == mandate.seat)
    seats = seat.seats if isinstance(seat, Body) else 1
    if seats is not None and held > seats:
        raise judgement.bar(
            f"the {title} has {seats} seat{'' if seats == 1 else 's'}",
            {"given": held},
            "give no more than there are",
            clause,
        )


def _seat(judgement: Judgement, mandate: FirstMandate, found: Found, rulebook: Rulebook | None, on: str) -> None:
    if mandate.person not in {founder.person for founder in found.founders}:
        raise judgement.bar(
            f"{mandate.person} is not a founder", {"seat": mandate.seat}, "first mandates go to founders"
        )
    if rulebook is None:
        raise judgement.bar(
            "first mandates need the rulebook in the founding itself", {}, "give its text, or begin mandates later"
        )
    seat = rulebook.seat(mandate.seat)
    if seat is None:
        raise judgement.bar(
            f"the rulebook has no body or office '{mandate.seat}'",
            {"known": sorted([*rulebook.bodies, *rulebook.offices])},
            "name one of these",
        )
    unit = mandate.seat.partition("@")[2]
    kinds: dict[str, str] = {found_unit.unit: found_unit.kind for found_unit in found.units}
    if bool(seat.in_each) != bool(unit) or (unit and kinds.get(unit) != seat.in_each):
        raise judgement.bar(
            f"'{mandate.seat}' names no seat of a unit that is founded",
            {"in each": seat.in_each or "not in units"},
            f"write {seat.name}@ and a {seat.in_each} that is founded" if seat.in_each else f"write {seat.name}",
            seat.place.clause,
        )
    _check_seat(judgement, mandate, seat, found)
    judgement.cite(seat.place.clause)
    judgement.then(
        MandateBegun(
            f"{proceeding_id('ma', judgement.n)}-{found.mandates.index(mandate)}", mandate.person, mandate.seat, on,
            term_end(seat, on), seat.place.clause, FORM or "founding",
        )
    )  # fmt: skip
