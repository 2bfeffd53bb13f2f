"""What each body and office holds under an edition: competences, seats it fills, calls, keeps; and the bars in its way.

Lives here: one flat list of holdings, so that two editions can be set side by side. Not here: the comparison
(`compare`), and what a coalition could make of the holdings (the checker).

Invariant: every holding that follows from a block stands in the list once, under its holder, with clause and line. A
holding that can be more or less (a majority, a notice, an amount) carries an exact measure.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from isonomy.kernel.calendar import Duration
from isonomy.kernel.quantity import Share
from isonomy.rulebook.model import (
    EVERYTHING_ELSE,
    MEMBERS,
    Body,
    Filled,
    Majority,
    Office,
    Place,
    Power,
    Procedure,
    Quorum,
    Rulebook,
)
from isonomy.rulebook.powers_of_elections import bounds_of, given_by
from isonomy.rulebook.powers_of_meetings import (
    bounds_of_motions,
    bounds_of_sittings,
    given_by_motions,
    given_by_sittings,
    majorities_of,
)
from isonomy.rulebook.provision import PROVISIONS
from isonomy.rulebook.render import Speaker, say_share
from isonomy.rulebook.render_of_powers import bounds_of_powers
from isonomy.rulebook.size import (
    DAYS,
    NO_SIZE,
    Size,
    size_of_bound,
    size_of_given,
    size_of_length,
    size_of_majority,
    size_of_number,
    size_of_quorum,
)

AMENDMENT = "amendment"


@dataclass(frozen=True, slots=True)
class Holding:
    """That a seat holds something: `power` says what it does, `about` to what or whom.

    `says` completes a sentence about the holder (`elects the committee`), or, where `is_power` is False, names what it
    is bound by (`notice`). `detail_of` names the procedure of which the holding is only a detail.
    """

    holder: str
    power: str
    about: str
    says: str
    clause: str
    line: int
    size: Size = NO_SIZE
    is_power: bool = True
    detail_of: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes two holdings of two editions the same one."""
        return self.holder, self.power, self.about


def holdings_of(rulebook: Rulebook) -> tuple[Holding, ...]:
    """All holdings of an edition, in the order of the text; a holding said twice stands once."""
    found: dict[tuple[str, str, str], Holding] = {}
    for holding in _Holdings(rulebook).all():
        found.setdefault(holding.key, holding)
    return tuple(sorted(found.values(), key=lambda holding: (holding.line, holding.key)))


class _Holdings:
    """Goes through the blocks of one edition."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.book = rulebook
        self.speaker = Speaker(rulebook)

    def the(self, seat: str) -> str:
        """A seat as it is called."""
        return self.speaker.the(seat)

    def may(
        self, holder: str, power: str, about: str, says: str, at: tuple[Place, str], size: Size = NO_SIZE
    ) -> Holding:
        """That a seat does something, as the key of a block at `at` says."""
        place, key = at
        return Holding(holder, power, about, says, place.clause_of(key), place.line_of(key), size)

    def bound(
        self, holder: str, power: str, about: str, label: str, at: tuple[Place, str], size: Size, detail_of: str = ""
    ) -> Holding:
        """That a seat is bound by something that can be more or less."""
        place, key = at
        line = place.line_of(key)
        return Holding(holder, power, about, label, place.clause_of(key), line, size, False, detail_of)

    def all(self) -> Iterator[Holding]:
        """Every holding that follows from a block."""
        seats: list[Body | Office] = [*self.book.bodies.values(), *self.book.offices.values()]
        for seat in seats:
            yield from self._seat(seat)
        for procedure in self.book.procedures.values():
            yield from self._procedure(procedure)
        for power in self.book.powers.values():
            yield from self._power(power)
        yield from self._membership()
        yield from self._record()
        yield from self._ruling()
        yield from self._provisions()
        for duty in self.book.duties.values():
            when = f"{duty.every}" if duty.every else f"within {duty.within} of each {duty.after.replace('-', ' ')}"
            size = Size(f"{duty.does}, {when}")
            yield self.bound(duty.owed_by, "owes", duty.name, f"duty '{duty.name}'", (duty.place, "owed by"), size)

    def _seat(self, seat: Body | Office) -> Iterator[Holding]:
        place, title = seat.place, self.the(seat.name)
        yield from self._filling(seat, seat.filled or Filled(""), title)
        if seat.term is not None:
            yield self.bound(seat.name, "term", "", "term of a mandate", (place, "term"), size_of_length(seat.term))
        if seat.removable is not None:
            size = size_of_majority(seat.removable.majority)
            says = f"removes {'from ' if isinstance(seat, Body) else ''}{title}"
            yield self.may(seat.removable.by, "removes", seat.name, says, (place, "removable by"), size)
        if isinstance(seat, Body):
            yield from self._body(seat)
        else:
            for kept in seat.keeps:
                yield self.may(seat.name, "keeps", kept, f"keeps the {kept}", (place, "keeps"))

    def _filling(self, seat: Body | Office, filled: Filled, title: str) -> Iterator[Holding]:
        at = (seat.place, "filled by")
        if filled.way in ("election", "appointment"):
            does = "elects" if filled.way == "election" else "appoints"
            yield self.may(filled.by, does, seat.name, f"{does} {title}", at)
        elif filled.way == "delegation":
            size = size_of_number(filled.seats_each, f"{filled.seats_each} from each {filled.unit_kind}")
            if filled.apportioned is not None:
                size = Size(f"{filled.apportioned}, by membership of each {filled.unit_kind}")
            yield self.bound(seat.name, "delegates", filled.unit_kind, "number of delegates", at, size)
        elif filled.way == "lot":
            yield self.may(filled.by, "is drawn for", seat.name, f"may be drawn by lot for {title}", at)
        elif filled.way == "ex officio":
            for office in filled.offices:
                yield self.may(office, "sits", seat.name, f"has a seat in {title} by office", at)
        elif filled.way == "all members":
            of = f" of the {filled.unit_kind}" if filled.unit_kind else ""
            yield self.may(MEMBERS, "sit", seat.name, f"all{of} are in {title}", at)

    def _body(self, body: Body) -> Iterator[Holding]:
        place, title = body.place, self.the(body.name)
        if body.supreme:
            yield self.may(body.name, "is supreme", "", "is the supreme body", (place, ""))
        if body.seats is not None:
            yield self.bound(body.name, "seats", "", "number of seats", (place, "seats"), size_of_number(body.seats))
        for matter in body.decides:
            yield self._decides(body.name, matter, (place, "decides"))
        yield from self._bars(body.name, "", place, body.majority, body.quorum, body.notice)
        yield from self._meets(body, title)
        yield from self._sittings(body, title)
        if body.short_notice is not None:
            consent, at = body.short_notice, (place, "short notice")
            says = f"{say_share(consent) if isinstance(consent, Share) else consent} of those entitled"
            size = Size(says, Fraction(consent.value), f"bar of {type(consent).__name__}")
            yield self.bound(body.name, "short notice", "", "consent to short notice", at, size)
        if body.served_after is not None:
            size = size_of_length(body.served_after)
            yield self.bound(
                body.name, "served", "", "time after which a notice is served", (place, "notice served"), size
            )
        if body.chaired_by:
            yield self.may(body.chaired_by, "presides", body.name, f"presides in {title}", (place, "chaired by"))
        if body.minutes_by:
            says = f"keeps the minutes of {title}"
            yield self.may(body.minutes_by, "minutes", body.name, says, (place, "minutes by"))

    def _sittings(self, body: Body, title: str) -> Iterator[Holding]:
        rule, place = body.sitting, body.place
        for given in given_by_sittings(rule):
            yield self.may(given.holder, given.power, body.name, f"{given.does} {title}", (place, given.key))
        for key, label, majority in majorities_of(rule):
            yield self.bound(body.name, key, "", label, (place, key), size_of_majority(majority))
        if rule.quorum is not None:
            at, size = (place, "resumption quorum"), size_of_quorum(rule.quorum)
            yield self.bound(body.name, "resumption quorum", "", "quorum of an adjourned meeting", at, size)
        for bound in bounds_of_sittings(rule):
            yield self.bound(body.name, bound.key, "", bound.label, (place, bound.key), size_of_bound(bound))

    def _motions(self, procedure: Procedure, about: str) -> Iterator[Holding]:
        place, on = procedure.place, f"on {about.replace('-', ' ')}"
        for given in given_by_motions(procedure.motions):
            yield self.may(given.holder, given.power, about, f"{given.does} {on}", (place, given.key))
        for bound in bounds_of_motions(procedure.motions):
            if bound.key in place.lines:
                at = (place, bound.key)
                yield self.bound(
                    procedure.by, bound.label, about, f"{bound.label} {on}", at, size_of_bound(bound), about
                )

    def _meets(self, body: Body, title: str) -> Iterator[Holding]:
        at, meets = (body.place, "meets"), body.meets
        if meets.by_right is not None:
            days = meets.by_right.interval.number * DAYS[meets.by_right.interval.unit]
            size = Size(str(meets.by_right), days, "interval")
            yield self.bound(body.name, "by right", "", "meeting by right", at, size)
        for caller in meets.on_call_of:
            yield self.may(caller, "calls", body.name, f"calls {title}", at)
        for one in body.else_called_by:
            seat, says = one.seat or body.name, f"{one}: calls {title} when it is not called"
            # Of a unit or of many together no seat holds the power; the body is bound to let them.
            holder = (seat, "calls instead", f"{body.name} {one.of}", says, (body.place, "else called by"))
            length = size_of_length(one.after)
            yield self.may(*holder, length) if one.seat else self.bound(*holder, length)
        for demand in meets.on_demand:
            who = self.speaker.plural(demand.of, body)
            size = Size(
                self.speaker.demanding(demand, body), Fraction(demand.quantity.value),
                f"bar of {type(demand.quantity).__name__}",
            )  # fmt: skip
            yield self.bound(body.name, "demand", demand.of, f"meeting on demand of {who}", at, size)
            for word, within in (("call", demand.called_within), ("hold", demand.held_within)):
                if within is not None:
                    label = f"time to {word} a meeting on demand of {who}"
                    yield self.bound(body.name, f"demand, {word}", demand.of, label, at, size_of_length(within))

    def _decides(self, seat: str, matter: str, at: tuple[Place, str]) -> Holding:
        if matter == EVERYTHING_ELSE:
            return self.may(seat, "decides", matter, "decides everything that no clause gives to another", at)
        return self.may(seat, "decides", matter, f"decides on {matter.replace('-', ' ')}", at)

    def _bars(
        self, seat: str, about: str, place: Place, majority: Majority | None, quorum: Quorum | None,
        notice: Duration | None,
    ) -> Iterator[Holding]:  # fmt: skip
        on = f" on {about.replace('-', ' ')}" if about else ""
        if majority is not None:
            size = size_of_majority(majority)
            yield self.bound(seat, "majority", about, f"majority{on}", (place, "majority"), size, about)
        if quorum is not None:
            yield self.bound(seat, "quorum", about, f"quorum{on}", (place, "quorum"), size_of_quorum(quorum), about)
        if notice is not None:
            yield self.bound(seat, "notice", about, f"notice{on}", (place, "notice"), size_of_length(notice), about)

    def _procedure(self, procedure: Procedure) -> Iterator[Holding]:
        place, by = procedure.place, procedure.by
        about = {"amend": AMENDMENT, "election": f"election-of-{procedure.fills}"}.get(procedure.kind, procedure.name)
        if procedure.kind == "amend":
            yield self.may(by, "amends", "", "amends the rulebook", (place, "by"))
        elif procedure.kind == "election":
            yield self.may(by, "elects", procedure.fills, f"elects {self.the(procedure.fills)}", (place, "by"))
        for matter in procedure.matters:
            yield self._decides(by, matter, (place, "matters"))
        yield from self._bars(by, about, place, procedure.majority, procedure.quorum, procedure.notice)
        on = f"on {about.replace('-', ' ')}"
        for proposer in procedure.proposed_by:
            yield self.may(proposer, "proposes", about, f"proposes {on}", (place, "proposed by"))
        if procedure.casting_vote:
            size = Size("as a second vote" if procedure.casting_is_second else "as the only vote")
            says, at = f"has a casting vote {on}", (place, "casting vote")
            yield self.may(procedure.casting_vote, "casting vote", about, says, at, size)
        details: list[tuple[str, Size]] = [
            ("secrecy", Size(procedure.secrecy)),
            ("counting", Size(procedure.counting)),
            ("tie", Size(procedure.tie)),
            ("taken", Size({"meeting": "at a meeting", "poll": "by poll"}[procedure.taken])),
            ("default option", Size(procedure.default_option)),
            ("seconders", size_of_number(procedure.seconders)),
        ]
        details += [("discussion", size_of_length(procedure.discussion))] if procedure.discussion else []
        details += [("polling", size_of_length(procedure.polling))] if procedure.polling else []
        for key, size in details:
            if key in place.lines:
                yield self.bound(by, key, about, f"{key} {on}", (place, key), size, about)
        yield from self._motions(procedure, about)
        yield from self._election(procedure, about)
        for clause in procedure.protected:
            size, label = size_of_majority(procedure.protected_majority), f"majority for amending clause {clause}"
            yield self.bound(by, "protected", clause, label, (place, "protected"), size)

    def _election(self, procedure: Procedure, about: str) -> Iterator[Holding]:
        rule, place, title = procedure.election, procedure.place, self.the(procedure.fills)
        if rule is None:
            return
        for given in given_by(rule):
            says = f"{given.does} the election of {title}"
            yield self.may(given.holder, given.power, procedure.fills, says, (place, given.key))
        for bound in bounds_of(rule):
            if bound.key in place.lines:
                label = f"{bound.label} in the election of {title}"
                yield self.bound(procedure.by, bound.key, about, label, (place, bound.key), size_of_bound(bound), about)

    def _power(self, power: Power) -> Iterator[Holding]:
        for holder in power.held_by:
            for matter in power.matters:
                about = matter.replace("-", " ")
                size = Size("without limit")
                if power.up_to is not None:
                    size = size_of_number(power.up_to, f"up to {power.up_to}")
                says, at = f"decides alone on {about}", (power.place, "matters")
                yield self.may(holder, "decides alone", matter, says, at, size)
                if power.lapses is not None:
                    length = power.lapses.after
                    body = self.the(power.lapses.unless_ratified_by)
                    said = Size(
                        f"after {length} unless {body} ratifies", size_of_length(length).measure,
                        f"length unless {power.lapses.unless_ratified_by}",
                    )  # fmt: skip
                    label = f"lapse of decisions alone on {about}"
                    yield self.bound(holder, "lapse", matter, label, (power.place, "lapses"), said)
                for bound in bounds_of_powers(power.rule, self.the):
                    at, label = (power.place, bound.key), f"{bound.label} on {about}"
                    yield self.bound(holder, bound.label, matter, label, at, size_of_bound(bound))

    def _membership(self) -> Iterator[Holding]:
        for members in self.book.member_classes.values():
            name, place = members.name.replace("-", " "), members.place
            for seat in members.admitted_by:
                yield self.may(seat, "admits", members.name, f"admits {name} members", (place, "admitted by"))
            if members.votes:
                wait = members.vote_from
                measure = size_of_length(wait).measure if wait else Fraction(0)
                size = Size(f"{wait} after admission" if wait else "from admission", measure, "length")
                yield self.may(MEMBERS, "vote", members.name, f"vote of {name} members", (place, "vote"), size)
        for unit in self.book.units.values():
            for key, seats, does in (
                ("founded by", unit.founded_by, "founds"),
                ("closed by", unit.closed_by, "closes"),
                ("split by", unit.split_by, "splits"),
                ("merged by", unit.merged_by, "merges"),
            ):
                for seat in seats:
                    yield self.may(seat, does, unit.name, f"{does} a {unit.name}", (unit.place, key))
            if (chosen := unit.assigned_within) is not None:
                size = Size(str(chosen), size_of_length(chosen).measure, "length")
                says = f"time in which members choose when a {unit.name} is split"
                yield self.may(MEMBERS, "chooses", unit.name, says, (unit.place, "assigned within"), size)

    def _provisions(self) -> Iterator[Holding]:
        for kind, blocks in self.book.provisions.items():
            for block in blocks.values():
                for given in PROVISIONS[kind].gives(block, self.speaker):
                    place, size = block.place, size_of_given(given)
                    clause, line = place.clause_of(given.key), place.line_of(given.key)
                    yield Holding(
                        given.holder, given.power, given.about, given.says, clause, line, size, given.is_power
                    )

    def _ruling(self) -> Iterator[Holding]:
        rule = self.book.ruling
        if rule is None:
            return
        place, heard = rule.place, "rulings"
        for seat in rule.between:
            yield self.may(
                seat, "rules", "", "rules on questions of order between meetings", (place, "between meetings by")
            )
        if rule.appeal is not None:
            at = (place, "appeal")
            yield self.may(rule.appeal.to, "hears appeals", heard, "hears appeals against rulings", at)
            size = size_of_length(rule.appeal.within)
            yield self.bound(rule.appeal.to, "appeal", heard, "time to appeal against a ruling", at, size)
        if rule.presides:
            says = "presides during appeals against rulings"
            yield self.may(rule.presides, "presides", heard, says, (place, "appeal presided by"))
        if rule.general_by:
            says = "rules for all cases until the supreme body meets"
            yield self.may(rule.general_by, "rules for all", "", says, (place, "general by"))
        if "tie" in place.lines:
            holder = rule.appeal.to if rule.appeal is not None else MEMBERS
            yield self.bound(holder, "tie", heard, "tie on an appeal against a ruling", (place, "tie"), Size(rule.tie))

    def _record(self) -> Iterator[Holding]:
        for reporting in self.book.reporting.values():
            place, name = reporting.place, reporting.name
            outside = f"what happened outside the record ({name.replace('-', ' ')})"
            for seat in reporting.by:
                yield self.may(seat, "reports", name, f"reports {outside}", (place, "by"))
            for seat in reporting.attested_by:
                yield self.may(seat, "attests", name, f"attests reports on {outside}", (place, "attested by"))
            if reporting.by and "within" in place.lines:
                size = size_of_length(reporting.within)
                yield self.bound(reporting.by[0], "report", name, f"time to report {outside}", (place, "within"), size)
        record = self.book.record
        if record is None:
            return
        for key, seats, says in (
            ("kept by", record.kept_by, "keeps the record"),
            ("corrected by", record.corrected_by, "corrects slips in the record"),
            ("erased by", record.erased_by, "erases personal values"),
            ("approved by", (record.approved_by,) if record.approved_by else (), "approves corrections"),
        ):
            for seat in seats:
                yield self.may(seat, key, "record", says, (record.place, key))
        for act in record.signed:
            for seat in record.kept_by[:1]:
                says = f"takes {act} only under its author's own key"
                yield self.may(seat, "signed", act, says, (record.place, "signed"))
        if "opening approved within" in record.place.lines and self.book.supreme is not None:
            size, at = size_of_length(record.opening_within), (record.place, "opening approved within")
            yield self.bound(self.book.supreme.name, "opening", "", "time to approve an opening balance", at, size)
        if "smallest box" in record.place.lines and record.kept_by:
            size, at = size_of_number(record.box_least), (record.place, "smallest box")
            yield self.bound(
                record.kept_by[0], "smallest box", "", "smallest box whose ballots are published", at, size
            )
