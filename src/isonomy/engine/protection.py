"""Protection of critics: what is done against somebody soon after they criticised is marked, and goes to a panel in whose making
those criticised had no part.

Lives here: who is protected on a day, whether the one who acts is partial, and `protect`, which every act against a person
asks. Not here: criticising (`proceedings.criticisms`), the panel's vote (motions and polls, on the matter
`protection-of-critics`).

Invariant: an act against a critic within the time of the clause never enters the record unmarked. Where those criticised do it,
or had a part in making whoever does, it is refused until the panel lets it stand. Source: docs/spec/acts-criticism.md.
"""

from __future__ import annotations

from dataclasses import dataclass

from isonomy.engine.criticism import Criticism
from isonomy.engine.effect import At, effect
from isonomy.engine.judgement import DecisionCarriedOut, Judgement
from isonomy.engine.owed_answers import beside_unit, rule_of
from isonomy.engine.roll import members_of_body
from isonomy.engine.state import Decision, State, day_of
from isonomy.rulebook.model import MEMBERS, Rulebook
from isonomy.rulebook.provisions.criticism import PROTECTING, CriticismRule, had_a_part

REMOVED, MOVED, SUCCEEDED, CHARGED, EXPELLED, REFUSED = (
    "removed", "moved to another unit", "followed in office", "charged", "expelled", "refused a mandate",
)  # fmt: skip
SUSPENDED, RECALLED = "suspended", "recalled"


@dataclass(frozen=True, slots=True)
class Protection:
    """That a person is protected on a day: by which criticism, since when, until when, and by which block."""

    criticism: Criticism
    rule: CriticismRule
    since: str
    until: str
    days: int


@effect("criticism.marked")
@dataclass(frozen=True, slots=True)
class CriticismMarked:
    """Something was done against a critic so many days after they criticised a seat; `panel`: what let it stand."""

    criticism: str
    person: str
    what: str
    days: int
    addressee: str
    by: str
    panel: str = ""

    def apply(self, state: State, at: At) -> None:
        """Keeps the mark under the person."""
        state.marks.setdefault(self.person, []).append(f"{at.n} {self.criticism} {self.what}")
        state.touched[self.criticism] = at.n


def protections_of(state: State, person: str, day: str) -> list[Protection]:
    """The criticisms for which a person is protected on a civil date, the latest first. Withdrawing one ends no protection."""
    found = []
    for criticism in state.criticisms.values():
        since = criticism.stood_behind(person)
        rule = rule_of(state, criticism)
        if not since or rule.protected_for is None or since > day:
            continue
        until = rule.protected_for.after(day_of(since)).isoformat()
        if day <= until:
            days = (day_of(day) - day_of(since)).days
            found.append(Protection(criticism, rule, since, until, days))
    return sorted(found, key=lambda each: (each.since, each.criticism.entry), reverse=True)


def is_partial(state: State, edition: str, protection: Protection, seat: str, day: str) -> bool:
    """Whether those criticised decide as `seat`: they are it, had a part in its making, or sit in it.

    That one of them sits in the supreme body or in one of all members makes it not partial: everybody has a say there.
    """
    rulebook, addressee = state.rulebook(edition), protection.criticism.addressee
    if seat == MEMBERS:
        return False
    if had_a_part(rulebook, addressee, seat):
        return True
    block = rulebook.bodies.get(seat.partition("@")[0])
    if block is not None and (block.supreme or (block.filled is not None and block.filled.way == "all members")):
        return False
    sitting = set(members_of_body(state, edition, seat, day))
    return bool(sitting & set(protection.criticism.criticised))


def said_in(mark: CriticismMarked | Protection, what: str, title: str) -> str:
    """The mark in words: `removed 12 days after criticising the committee`."""
    days = f"{mark.days} day{'' if mark.days == 1 else 's'} after" if mark.days else "on the day of"
    return f"{what} {days} criticising {title}"


def protect(judgement: Judgement, person: str, what: str, *, deciding: str, marks_only: bool = False) -> None:
    """Asked by every act against a person, whether it removes, suspends, moves, charges or expels.

    `what` is the act in a word or two (`charged`), `deciding` the seat that does it or on whose decision it is done, as it stands
    in its unit. Marks the act where the person is protected; refuses it where `deciding` is partial and the panel has not let it
    stand. `marks_only`: where electors themselves have voted, it is marked and stands. The case proceeding asks the same, with
    `charged` and `expelled`.
    """
    if person == judgement.author or not judgement.edition:
        return
    state = judgement.state
    found = protections_of(state, person, judgement.on)
    partial = [each for each in found if is_partial(state, judgement.edition, each, deciding, judgement.on)]
    # No later criticism opens a way around the panel that an earlier one has.
    partial.sort(key=lambda each: not each.rule.protected_panel)
    for protection in (partial or found)[:1]:
        rule, criticism = protection.rule, protection.criticism
        judgement.cite(rule.place.clause_of("protected for"))
        allowed = None
        if rule.protected_panel and partial and not marks_only:
            allowed = _let_stand(judgement, protection, person)
            if allowed is None:
                _send_to_panel(judgement, protection, person, what, deciding)
                return
            judgement.then(DecisionCarriedOut(allowed.id, person))
        judgement.then(
            CriticismMarked(
                criticism.id, person, what, protection.days, criticism.addressee, deciding,
                allowed.id if allowed is not None else "",
            )
        )  # fmt: skip


def _send_to_panel(judgement: Judgement, protection: Protection, person: str, what: str, deciding: str) -> None:
    rule, criticism = protection.rule, protection.criticism
    panel = judgement.title(panel_of(judgement.state.rulebook(criticism.edition), protection))
    judgement.refuse(
        rule.place.clause_of("protected panel"),
        f"{said_in(protection, what, judgement.title(criticism.addressee))}: {panel} must first let it stand, for those "
        "criticised have a part in it",
        {"criticism": criticism.id, "made": protection.since, "protected until": protection.until, "by": deciding},
        f"bring it before {panel}: a motion on {PROTECTING}, naming {person}",
    )  # fmt: skip


def panel_of(rulebook: Rulebook, protection: Protection) -> str:
    """The panel that protects the critic, as it stands in the unit of the addressee."""
    return beside_unit(rulebook, protection.rule.protected_panel, protection.criticism.addressee)


def _let_stand(judgement: Judgement, protection: Protection, person: str) -> Decision | None:
    """The panel's decision by which an act against the person may stand; used once, and given after the criticism."""
    state = judgement.state
    panel = panel_of(state.rulebook(protection.criticism.edition), protection)
    for decision in state.decisions.values():
        if (
            decision.seat == panel
            and decision.matter == PROTECTING
            and person in decision.person.split()
            and decision.taken_on >= protection.since
            and decision.standing_on(judgement.on) in ("in force", "ratified")
            and f"{decision.id} {person}" not in state.carried_out
        ):
            return decision
    return None
