"""The laws of the ordinary life, looked at from outside: what no sequence of acts may bring about, computed without the engine's own judges.

Lives here: what must be so of emergencies, limits, criticism, lapses, panels, delegations, suspensions. Not here: the laws of
seats, rolls and standings (`watch`).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from isonomy.engine.emergency import rule_of
from isonomy.engine.state import State, day_of

ANSWERED = {"answered", "answered late"}
OVER = ANSWERED | {"withdrawn", "silence published"}
MONTH = 31
YEAR = 366


def broken(state: State, today: str) -> Iterator[str]:
    """Every law that is broken in a state on a day, in words."""
    for law in (
        _emergencies,
        _seats_together,
        _terms,
        _criticism,
        _alone,
        _panels,
        _handed_over,
        _suspended,
        _commissions,
        _removals,
    ):
        yield from law(state, today)


def _days(first: str, last: str) -> int:
    return (day_of(last) - day_of(first)).days


def _emergencies(state: State, today: str) -> Iterator[str]:
    """Each has its last day from the first, renewals are bounded, and there is one at a time with time between them."""
    before = ""
    for found in state.emergencies.values():
        rule = rule_of(state, found)
        longest = MONTH * (1 + rule.renewals)
        if not found.until or _days(found.on, found.until) > longest:
            yield f"{found.id} lasts from {found.on} until {found.until}"
        if len(found.renewals) > rule.renewals:
            yield f"{found.id} was renewed {len(found.renewals)} times"
        if before and found.on <= before:
            yield f"{found.id} began on {found.on}, before the last one was over on {before}"
        before = found.ended_on or found.until
        if today > found.until and found.is_in_force_on(today):
            yield f"{found.id} outlives its last day"
    if sum(found.is_in_force_on(today) for found in state.emergencies.values()) > 1:
        yield "two emergencies are in force"


def _seats_together(state: State, today: str) -> Iterator[str]:
    """Nobody holds more seats of an accumulation than its clause lets, nor two that do not go together, save while choosing."""
    edition = state.edition_on(today)
    if edition is None:
        return
    held: dict[str, list[str]] = {}
    since: dict[str, str] = {}
    for mandate in state.mandates.values():
        if mandate.is_valid_on(today) and mandate.since != state.founded_on:
            held.setdefault(mandate.person, []).append(mandate.seat.partition("@")[0])
            since[mandate.person] = max(since.get(mandate.person, ""), mandate.since)
    posts = {"chair", "general-secretary", "returning-officer", "committee"}
    choosing = {
        choice.person for choice in state.seating.choices.values() if not choice.chosen_on and choice.until >= today
    }
    for person, seats in held.items():
        if person in choosing:
            continue
        if len(posts & set(seats)) > 2:
            yield f"{person} holds {seats}"
        if "general-secretary" in seats and {"chair", "returning-officer"} & set(seats):
            yield f"{person} holds {seats}"


def _terms(state: State, today: str) -> Iterator[str]:
    """Nobody is general secretary for more than four full terms in a row."""
    terms: dict[str, list[str]] = {}
    for mandate in state.mandates.values():
        if mandate.seat == "general-secretary" and mandate.until and _days(mandate.since, mandate.until) > YEAR:
            terms.setdefault(mandate.person, []).append(mandate.since)
    for person, begun in terms.items():
        row = 1
        for first, second in zip(sorted(begun), sorted(begun)[1:], strict=False):
            row = row + 1 if _days(first, second) < 4 * YEAR - 2 else 1
            if row > 4:
                yield f"{person} is general secretary for the {row}th time in a row"


def _criticism(state: State, today: str) -> Iterator[str]:
    """None is over without an answer, a withdrawal or a published silence, and what owes an answer is somebody's."""
    for found in state.criticisms.values():
        standing = found.standing_on(today)
        closed = {
            "answered": bool(found.answers), "answered late": bool(found.answers), "withdrawn": bool(found.withdrawn_on),
            "silence published": bool(found.silent_on) and found.silent_on <= today,
        }  # fmt: skip
        if found.is_over(today) and not closed.get(standing):
            yield f"{found.id} is over and stands as {standing}"
        if (
            standing not in OVER
            and not found.answers
            and found.steps
            and found.owing_on(today) is None
            and today <= found.steps[-1].due_on
        ):
            yield f"{found.id} is {standing} and nobody owes the answer"
        if found.withdrawn_on and found.critics:
            yield f"{found.id} is withdrawn and {len(found.critics)} stand behind it"
        if len({answer.seat for answer in found.answers}) < len(found.answers):
            yield f"{found.id} is answered twice for one seat"


def _alone(state: State, today: str) -> Iterator[str]:
    """What lapsed is not in force; what was ratified was ratified in time; nobody decides alone oftener than the clause lets."""
    taken: dict[tuple[str, str], list[str]] = {}
    for decision in state.decisions.values():
        standing = decision.standing_on(today)
        if (
            decision.lapses_on
            and today > decision.lapses_on
            and not decision.ratified_by
            and standing not in ("lapsed", "refused")
        ):
            yield f"{decision.id} lapsed on {decision.lapses_on} and is {standing}"
        if (
            decision.stands_until
            and today > decision.stands_until
            and standing not in ("lapsed", "annulled", "refused")
        ):
            yield f"{decision.id} stood until {decision.stands_until} and is {standing}"
        ratified = state.decisions.get(decision.ratified_by)
        if ratified is not None and decision.lapses_on and ratified.taken_on > decision.lapses_on:
            yield f"{decision.id} was ratified on {ratified.taken_on}, after its lapse on {decision.lapses_on}"
        if decision.alone is not None and not decision.alone.under and not decision.reported:
            taken.setdefault((decision.seat, decision.matter), []).append(decision.taken_on)
    most = {("general-secretary", "spending"): (4, 80), ("chair", "relations"): (2, 170)}
    for place, days in taken.items():
        number, window = most.get(place, (99, 1))
        for first in days:
            last = (day_of(first) + timedelta(days=window)).isoformat()
            if sum(first <= day <= last for day in days) > number:
                yield f"{place} decided alone more than {number} times within {window} days of {first}"


def _panels(state: State, today: str) -> Iterator[str]:
    """Nobody sits on a panel about themselves; nobody of the credentials panel examines a delegate of their own branch."""
    for poll in state.polls.values():
        motion = state.motions.get(poll.motion)
        if poll.body not in ("credentials-panel", "protection-panel") or motion is None or not motion.person:
            continue
        roll = set(poll.roll or ())
        if poll.matter == "refusal-in-congress":
            if motion.person in roll:
                yield f"{motion.person} is on the roll of {poll.id} about their own mandate"
            mandate = next(
                (
                    found
                    for found in state.mandates.values()
                    if found.person == motion.person and found.seat == "congress"
                ),
                None,
            )
            if mandate is None:
                continue
    for found in state.seating.examined.values():
        mandate = state.mandates.get(found.mandate)
        if mandate is not None and found.by == mandate.person:
            yield f"{found.by} examined their own mandate {found.mandate}"
    co_opted = [
        id
        for id, held in state.seating.held.items()
        if held.how == "co-option" and state.mandates[id].is_valid_on(today)
    ]
    if len(co_opted) > 2:
        yield f"{len(co_opted)} sit co-opted in the committee"


def _handed_over(state: State, today: str) -> Iterator[str]:
    """What was handed over ends within a year; what was handed on ends no later."""
    for found in state.delegations.values():
        if found.given_on and _days(found.given_on, found.until) > YEAR:
            yield f"{found.id} was given on {found.given_on} until {found.until}"
        source = state.delegations.get(found.source)
        if found.given_on and source is not None and found.until > source.until:
            yield f"{found.id} lasts longer than {source.id}, from which it comes"


def _suspended(state: State, today: str) -> Iterator[str]:
    """A suspension has its last day, no more than the clause lets."""
    for mandate in state.mandates.values():
        if mandate.suspended_on and (
            not mandate.suspended_until or _days(mandate.suspended_on, mandate.suspended_until) > 61
        ):
            yield f"{mandate.id} is suspended from {mandate.suspended_on} until {mandate.suspended_until}"


def _commissions(state: State, today: str) -> Iterator[str]:
    """A commission that did not report by its day is at work no more; nobody examined sits in one."""
    for found in state.commissions.values():
        if found.report_by and today > found.report_by and found.standing_on(today) == "at work":
            yield f"{found.id} is at work after {found.report_by}"
        if set(found.members) & set(found.examines):
            yield f"somebody examined sits in {found.id}"


def _removals(state: State, today: str) -> Iterator[str]:
    """One removal of a holder stands at a time, and what follows a vote that carried is the end of the mandate."""
    standing = [found.mandate for found in state.removals.values() if found.standing == "stands"]
    for id in set(standing):
        if standing.count(id) > 1 and state.mandates[id].is_valid_on(today):
            yield f"two removals from {id} stand"
    for found in state.removals.values():
        mandate = state.mandates[found.mandate]
        if (
            found.standing == "removed"
            and mandate.is_valid_on(today)
            and today > found.settled_on
            and not _under_appeal(state)
        ):
            yield f"{found.id} removed {found.person}, who still holds {mandate.id}"


def _under_appeal(state: State) -> bool:
    return any(ruling.standing == "under appeal" for ruling in state.rulings.values())
