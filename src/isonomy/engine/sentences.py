"""Sentences: what each effect says to members, in the organisation's own titles.

Lives here: one function for every effect. Not here: putting them together for an entry, and refusals
(`explain`).

Invariant: every effect has words (a test walks the register); a sentence says what changed, never more than
the effect holds.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from isonomy.engine.competence import APPOINTMENT, CALLING, CLOSING, DEMANDING, ELECTION, FOUNDING, REMOVAL
from isonomy.engine.state import State
from isonomy.engine.words import listed, meeting_of, number_of, say_day, say_time, title_of
from isonomy.rulebook.model import Rulebook

TEXT_SHOWN = 200
Sentences = Callable[["Speaker", Any], list[str]]
SENTENCES: dict[str, Sentences] = {}
ABOUT_SEATS = {ELECTION: "the election of", REMOVAL: "the removal from", APPOINTMENT: "the appointment to"}
ABOUT_MEETINGS = {CALLING: "a call of", DEMANDING: "a demand for a meeting of"}
ABOUT_UNITS = {FOUNDING: "the founding of a", CLOSING: "the closing of a"}


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks of an entry: the state, the edition whose titles hold, who acted, known names of persons."""

    state: State
    rulebook: Rulebook | None
    who: str
    names: dict[str, str] = field(default_factory=dict)

    def person(self, id: str) -> str:
        """A person by name where it is known, else by id."""
        return self.names.get(id, id) or "somebody not named"

    def people(self, ids: tuple[str, ...] | list[str]) -> str:
        """Persons in words."""
        return listed(self.person(id) for id in ids)

    def option(self, option: Any) -> str:
        """An option of a poll: the person by name where the paper has only the id, else its words."""
        return self.person(option.person) if option.person and option.name == option.person else quoted(option.name)

    def seat(self, seat: str) -> str:
        """A seat by its title."""
        return title_of(self.rulebook, seat, self.state.units)

    def meeting_of(self, seat: str, article: str = "the") -> str:
        """A meeting of a body: `a meeting of the committee`, or by its own title where that says it."""
        return meeting_of(self.seat(seat), article)

    def meeting(self, id: str) -> str:
        """The meeting of that id."""
        found = self.state.meetings.get(id)
        return self.meeting_of(found.body) if found is not None else f"the meeting {id}"

    def matter(self, matter: str) -> str:
        """A matter in words."""
        for start, said in {**ABOUT_SEATS, **ABOUT_MEETINGS}.items():
            if matter.startswith(start):
                return f"{said} {self.seat(matter[len(start) :])}"
        for start, said in ABOUT_UNITS.items():
            if matter.startswith(start):
                return f"{said} {matter[len(start) :]}"
        return matter.replace("-", " ")

    def matters(self, matters: tuple[str, ...]) -> str:
        """Matters in words."""
        return listed(self.matter(matter) for matter in matters)


def quoted(text: str) -> str:
    """A text in quotation marks, shortened where it is long."""
    return f'"{text}"' if len(text) <= TEXT_SHOWN else f'"{text[:TEXT_SHOWN]} ..."'


def says(name: str) -> Callable[[Sentences], Sentences]:
    """Registers the sentences of an effect, without their last point."""

    def register(sentences: Sentences) -> Sentences:
        SENTENCES[name] = sentences
        return sentences

    return register


# -- founding, editions, units, members --------------------------------------------------------------------


@says("organisation.founded")
def _founded(to: Speaker, e: Any) -> list[str]:
    what = "a record of the past" if e.kind == "history" else "a living organisation"
    return [f"{to.who} founded {e.name} on {say_day(e.founded_on)}, {what} ({e.time_zone})"]


@says("edition.lodged")
def _lodged(to: Speaker, e: Any) -> list[str]:
    parts = "" if e.parts == 1 else f", the first of {e.parts} parts"
    return [f"{to.who} lodged the text of {e.edition} of the rulebook{parts}"]


@says("edition.part.lodged")
def _part(to: Speaker, e: Any) -> list[str]:
    return [f"{to.who} lodged part {e.part + 1} of the text of {e.edition}"]


@says("edition.adopted")
def _adopted(to: Speaker, e: Any) -> list[str]:
    by = f", by the decision {e.decision}" if e.decision else ""
    return [f"The edition {e.edition} of the rulebook governs from {say_day(e.in_force_from)}{by}"]


@says("unit.founded")
def _unit(to: Speaker, e: Any) -> list[str]:
    called = f", called {e.name}" if e.name else ""
    within = f" in {e.within}" if e.within else ""
    return [f"The {e.kind} {e.unit}{called} was founded{within} on {say_day(e.on)}"]


@says("unit.closed")
def _unit_closed(to: Speaker, e: Any) -> list[str]:
    return [f"The unit {e.unit} was closed on {say_day(e.on)}"]


@says("person.admitted")
def _admitted(to: Speaker, e: Any) -> list[str]:
    unit = f" in {e.unit}" if e.unit else ""
    kind = f", class {e.member_class}," if e.member_class else ""
    return [f"{to.person(e.person)} became a member{kind}{unit} on {say_day(e.on)}"]


@says("person.moved")
def _moved(to: Speaker, e: Any) -> list[str]:
    return [f"{to.person(e.person)} belongs to {e.unit} now"]


@says("person.left")
def _left(to: Speaker, e: Any) -> list[str]:
    did = "died" if e.died else "left"
    return [f"{to.person(e.person)} {did} on {say_day(e.on)}; mandates ended, open rolls are shortened"]


@says("key.enrolled")
def _enrolled(to: Speaker, e: Any) -> list[str]:
    kind = f"passkey for {e.rp}" if e.rp else "key"
    return [f"A {kind} of {to.person(e.person)} was enrolled"]


@says("key.revoked")
def _revoked(to: Speaker, e: Any) -> list[str]:
    found = to.state.credentials.get(e.credential)
    whose = f" of {to.person(found.person)}" if found is not None else ""
    return [f"The key {e.credential}{whose} was revoked"]


@says("mandate.begun")
def _begun(to: Speaker, e: Any) -> list[str]:
    until = f" until {say_day(e.until)}" if e.until else ""
    return [f"{to.person(e.person)} took a seat: {to.seat(e.seat)}, from {say_day(e.since)}{until}"]


@says("mandate.ended")
def _ended(to: Speaker, e: Any) -> list[str]:
    found = to.state.mandates.get(e.mandate)
    whose = f" of {to.person(found.person)} as {to.seat(found.seat)}" if found is not None else f" {e.mandate}"
    return [f"The mandate{whose} ended on {say_day(e.on)} ({e.why})"]


# -- meetings ----------------------------------------------------------------------------------------------


@says("meeting.called")
def _called(to: Speaker, e: Any) -> list[str]:
    how = ", by right" if e.by_right else f", on the demand {e.demand}" if e.demand else ""
    about = f", about {to.matters(e.matters)}" if e.matters else ""
    place = f", at {e.place}" if e.place else ""
    found = [f"{to.who} called {to.meeting_of(e.body, 'a')} for {say_time(e.starts)}{place}{how}{about}"]
    if e.short:
        found.append("The notice is short: it needs the consent that the clause names")
    elif e.notice_due_on:
        found.append(f"Notice is due by {say_day(e.notice_due_on)}")
    return found


@says("meeting.cancelled")
def _cancelled(to: Speaker, e: Any) -> list[str]:
    found = to.state.meetings.get(e.meeting)
    when = f" of {say_time(found.starts)}" if found is not None else ""
    return [f"{to.who} cancelled {to.meeting(e.meeting)}{when}"]


@says("notice.sent")
def _sent(to: Speaker, e: Any) -> list[str]:
    served = f", served from {say_day(e.served_on)}" if e.served_on not in ("", e.sent_on) else ""
    how = e.how if e.how.startswith(("by ", "in ", "through ")) else f"by {e.how}"
    found = [f"{to.who} sent notice of {to.meeting(e.meeting)} on {say_day(e.sent_on)} to {e.to_count}, {how}{served}"]
    if e.short:
        found.append("The notice is short: it needs the consent that the clause names")
    if e.too_late_for:
        found.append(f"It is too late to decide on {to.matters(e.too_late_for)}")
    return found


@says("notice.consented")
def _consented(to: Speaker, e: Any) -> list[str]:
    return [f"{to.person(e.person)} consented to the short notice of {to.meeting(e.meeting)}"]


@says("demand.opened")
def _demand(to: Speaker, e: Any) -> list[str]:
    return [f"{to.who} demanded {to.meeting_of(e.body, 'a')}, about {to.matters(e.matters)} ({e.demand})"]


@says("demand.supported")
def _supported(to: Speaker, e: Any) -> list[str]:
    return [f"{to.person(e.supporter)} supports the demand {e.demand}"]


@says("demand.withdrawn")
def _unsupported(to: Speaker, e: Any) -> list[str]:
    return [f"{to.person(e.supporter)} supports the demand {e.demand} no longer"]


@says("demand.reached")
def _reached(to: Speaker, e: Any) -> list[str]:
    days = [f"{did} by {say_day(day)}" for did, day in (("called", e.call_by), ("held", e.hold_by)) if day]
    then = f": the meeting is to be {listed(days)}" if days else ""
    return [f"The demand {e.demand} reached its number on {say_day(e.on)}{then}"]


@says("meeting.opened")
def _opened(to: Speaker, e: Any) -> list[str]:
    count = len(e.present) or e.present_count
    there = f" with {number_of(count, 'member')} present" if count else ""
    quorum = {"yes": ", a quorum", "no": ", no quorum"}.get(e.quorate, "; whether that is a quorum cannot be told")
    what = to.meeting_of(e.body) if e.body else to.meeting(e.meeting)
    by_right = ", by right and without a call" if e.by_right else ""
    return [f"{to.who} opened {what} on {say_day(e.on)}{by_right}{there}{quorum}"]


@says("meeting.lapsed")
def _lapsed(to: Speaker, e: Any) -> list[str]:
    count = len(e.present) or e.present_count or 0
    what = to.meeting_of(e.body) if e.body else to.meeting(e.meeting)
    return [f"{what} on {say_day(e.on)} lapsed: {number_of(count, 'member')} were no quorum"]


@says("meeting.closed")
def _closed(to: Speaker, e: Any) -> list[str]:
    return [f"{to.who} closed {to.meeting(e.meeting)} on {say_day(e.on)}"]


@says("quorum.challenged")
def _challenged(to: Speaker, e: Any) -> list[str]:
    return [f"{to.person(e.person)} challenged the quorum of {to.meeting(e.meeting)}; those present are to be counted"]


@says("quorum.counted")
def _counted(to: Speaker, e: Any) -> list[str]:
    count = len(e.present) or e.present_count or 0
    found = {"yes": "a quorum", "no": "no quorum, so nothing more is decided"}
    what = found.get(e.quorate, "whether that is a quorum cannot be told")
    return [f"{to.who} counted {number_of(count, 'member')} present at {to.meeting(e.meeting)}: {what}"]


@says("duty.discharged")
def _discharged(to: Speaker, e: Any) -> list[str]:
    late = f", due on {say_day(e.due_on)}" if e.on > e.due_on else ""
    return [f"{to.who} discharged the duty {e.duty} ({e.occasion}) on {say_day(e.on)}{late}"]


# -- motions, polls, decisions -----------------------------------------------------------------------------


@says("motion.moved")
def _motion(to: Speaker, e: Any) -> list[str]:
    about = f" about {to.person(e.person)}" if e.person else ""
    where = f"in {to.seat(e.body)} on {to.matter(e.matter)}{about}"
    return [f"{to.person(e.mover)} moved {where}: {quoted(e.text)} ({e.motion})"]


@says("motion.seconded")
def _seconded(to: Speaker, e: Any) -> list[str]:
    return [f"{to.person(e.person)} seconded the motion {e.motion}"]


@says("motion.withdrawn")
def _withdrawn(to: Speaker, e: Any) -> list[str]:
    return [f"The motion {e.motion} was withdrawn"]


@says("poll.opened")
def _poll(to: Speaker, e: Any) -> list[str]:
    entitled = f" to {number_of(e.roll_count, 'member')}" if e.roll_count is not None else ""
    until = f", to run to {say_day(e.closes_on)}" if e.closes_on else ""
    how = {"secret": "by secret ballot", "named": "by named votes"}.get(e.secrecy, "by show of hands")
    put = f"{to.who} put a question to {to.seat(e.body)}, {how}{entitled}{until}: {quoted(e.question)} ({e.poll})"
    return [put, f"The options are {listed(to.option(option) for option in e.options)}"] if e.options else [put]


@says("ballot.cast")
def _cast(to: Speaker, e: Any) -> list[str]:
    return [f"{to.person(e.person)} voted by name in {e.poll}"]


@says("poll.closed")
def _poll_closed(to: Speaker, e: Any) -> list[str]:
    box = f" with {number_of(e.box_size, 'ballot')} in the box" if e.box_size is not None else ""
    found = [f"The poll {e.poll} was closed on {say_day(e.on)}{box}"]
    if e.on_paper:
        who = listed(to.person(teller) for teller in e.tellers)
        found.append(f"{number_of(e.on_paper, 'ballot')} of these came on paper, each entered twice, by {who}")
    return found


@says("poll.declared")
def _declared(to: Speaker, e: Any) -> list[str]:
    poll = to.state.polls.get(e.poll)
    options = poll.options if poll is not None else ()
    winners = [options[number - 1] for number in e.outcome["winners"] if number <= len(options)]
    if winners:
        result = f"chosen: {listed(to.option(option) for option in winners)}"
    elif e.outcome["winners"]:
        result = "carried"
    elif not e.outcome["decided"]:
        result = "what is decided cannot be told"
    else:
        result = "not carried"
    question = f" ({poll.question})" if poll is not None and poll.question else ""
    found = [f"The result of {e.poll}{question}, counted by {e.rule}, was declared on {say_day(e.on)}: {result}"]
    asked = e.outcome["quorum"]
    if asked in ("no", "cannot be told"):
        found.append("The quorum was not reached" if asked == "no" else "Whether the quorum was reached cannot be told")
    return found


@says("decision.taken")
def _decision(to: Speaker, e: Any) -> list[str]:
    amount = f", amount {e.amount}" if e.amount is not None else ""
    person = f" ({to.people(e.person.split())})" if e.person else ""
    text = f": {quoted(e.text)}" if e.text else ""
    what = f"on {to.matter(e.matter)}{person}{amount}{text} ({e.decision})"
    found = [
        f"{to.seat(e.seat)} decided {what} on {say_day(e.on)}" if not e.text else f"{to.seat(e.seat)} decided {what}"
    ]
    if e.lapses_on:
        found.append(f"It lapses after {say_day(e.lapses_on)} unless {to.seat(e.ratify_by)} ratifies it")
    if e.alone is not None:
        found += _alone(e.alone)
    if e.unattested:
        found.append("It is provisional until a scrutineer has counted and found the same")
    if e.appealable_until:
        found.append(f"It may be appealed through {say_day(e.appealable_until)}, and is provisional until then")
    return found


def _alone(made: Any) -> list[str]:
    """What a decision taken alone says beyond itself: its grounds, and on what it rests beside the clause."""
    found = [f"The grounds stated: {quoted(made.grounds)}"] if made.grounds else []
    if made.handed_by:
        found.append(f"The matter was handed over by the decision {made.handed_by} ({made.under})")
    elif made.under:
        found.append(f"It rests on the emergency {made.under}")
    return found


@says("decision.carried.out")
def _carried_out(to: Speaker, e: Any) -> list[str]:
    return [f"The decision {e.decision} was carried out on {to.person(e.about)}"]


@says("decision.ratified")
def _ratified(to: Speaker, e: Any) -> list[str]:
    return [f"The decision {e.decision} is ratified by {e.by}"]


# -- reports, corrections, the record ----------------------------------------------------------------------


@says("report.noted")
def _report(to: Speaker, e: Any) -> list[str]:
    exact = e.earliest == e.latest
    when = f"on {say_day(e.earliest)}" if exact else f"between {say_day(e.earliest)} and {say_day(e.latest)}"
    if e.standing == "in force":
        return [f"This happened {when} ({e.report})"]
    by = f" before {to.seat(e.ratify_by)} ratifies it" if e.ratify_by else ""
    return [f"A {e.act} {when} was told of; it has no effect{by} ({e.report})"]


@says("report.attested")
def _report_attested(to: Speaker, e: Any) -> list[str]:
    effect = "it has effect from here on" if e.standing == "in force" else "it has no effect yet"
    return [f"{to.person(e.person)} stands for the report {e.report}; {effect}"]


@says("report.ratified")
def _report_ratified(to: Speaker, e: Any) -> list[str]:
    return [f"The report {e.report} is ratified by {e.decision} and has effect from here on"]


@says("correction.made")
def _correction(to: Speaker, e: Any) -> list[str]:
    return [
        f"{to.who} corrected a slip in entry {e.entry}: {e.key} of {e.thing} is {quoted(str(e.now))}, "
        f"not {quoted(str(e.was))}",
        "The entry itself stands as it was",
    ]


@says("protest.lodged")
def _protest(to: Speaker, e: Any) -> list[str]:
    return [f"{to.who} put a refusal on the record ({e.protest})"]


@says("value.erased")
def _erased(to: Speaker, e: Any) -> list[str]:
    return [f"A personal value of entry {e.entry} was erased ({e.ground}); its proof stands"]


@says("clock.reset")
def _clock(to: Speaker, e: Any) -> list[str]:
    return [f"{to.who} set the record's time back from {e.was}, which was stamped wrongly ahead"]
