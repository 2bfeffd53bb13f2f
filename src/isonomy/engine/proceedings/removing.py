"""Removing: asking that a holder be removed, until enough stand behind it and its motion stands before the body.

Lives here: `removal.ask`, `removal.support`, `removal.retract`. Not here: the hearing (`hearing`), the vote and what follows
(`settling`), who keeps whom from meeting (`unhindered`).

Invariant: under a `removal` block nobody moves a removal otherwise; what stands is a motion that its mover cannot take back and
the person concerned cannot stop. Days and numbers are those of the edition under which it was asked for.
"""

from __future__ import annotations

from dataclasses import dataclass

from isonomy.engine.act import judges
from isonomy.engine.competence_on_holders import ASKING, REMOVAL
from isonomy.engine.effect import At, effect
from isonomy.engine.judgement import FORM, Judgement
from isonomy.engine.proceedings.asking import enough, group_of, slug_of
from isonomy.engine.proceedings.motions import MotionMoved
from isonomy.engine.proceedings.notices import asked_of, latest_dispatch
from isonomy.engine.proceedings.on_holders import check_protected, is_of_mover, rule_of
from isonomy.engine.protection import protect
from isonomy.engine.removal import GATHERING, STANDS, Removal
from isonomy.engine.shape import Line, ProceedingId, Slug, Text
from isonomy.engine.state import Mandate, State, day_of
from isonomy.kernel.ids import proceeding_id
from isonomy.kernel.quantity import Answer
from isonomy.rulebook.provisions.removal import STATED, Askers, RemovalRule, removal_of

ASKED_TO_GO = "asked to be removed"


@dataclass(frozen=True, slots=True)
class Ask:
    """Asks that the holder of a mandate be removed: as one of so many, or for a body that so decided (`decision`).

    `of` says among whom one counts where the clause names several: `members`, a body, `electors`.
    """

    mandate: Line
    grounds: Text | None = None
    of: Slug | None = None
    decision: ProceedingId | None = None


@dataclass(frozen=True, slots=True)
class SupportRemoval:
    """Stands behind a removal that was asked for."""

    removal: ProceedingId


@dataclass(frozen=True, slots=True)
class Retract:
    """Takes one's own name back from a removal, before enough stand behind it."""

    removal: ProceedingId


@effect("removal.asked")
@dataclass(frozen=True, slots=True)
class RemovalAsked:
    """The removal of a holder is asked for."""

    removal: str
    mandate: str
    person: str
    seat: str
    body: str
    on: str
    edition: str
    block: str
    of: str = ""
    grounds: str = ""
    decision: str = ""
    protected: bool = False

    def apply(self, state: State, at: At) -> None:
        """Enters it; who asks stands behind it, save where a body asks."""
        state.removals[self.removal] = Removal(
            self.removal, self.mandate, self.person, self.seat, self.body, self.edition, self.block, self.of, at.by, self.on,
            self.grounds, self.decision,
        )  # fmt: skip
        if self.of:
            state.removals[self.removal].supporters.append(at.by)
        state.touched[self.removal] = state.touched[self.seat] = at.n


@effect("removal.supported")
@dataclass(frozen=True, slots=True)
class RemovalSupported:
    """A further person asks for a removal."""

    removal: str
    person: str

    def apply(self, state: State, at: At) -> None:
        """Adds the person."""
        state.removals[self.removal].supporters.append(self.person)
        state.touched[self.removal] = at.n


@effect("removal.retracted")
@dataclass(frozen=True, slots=True)
class RemovalRetracted:
    """A person asks for a removal no longer."""

    removal: str
    person: str

    def apply(self, state: State, at: At) -> None:
        """Strikes the person."""
        state.removals[self.removal].supporters.remove(self.person)
        state.touched[self.removal] = at.n


@effect("removal.stands")
@dataclass(frozen=True, slots=True)
class RemovalStands:
    """Enough ask for a removal: its motion stands, the hearing is offered and the vote held by these days ("": none set)."""

    removal: str
    on: str
    motion: str
    offer_by: str = ""
    vote_by: str = ""
    call_by: str = ""

    def apply(self, state: State, at: At) -> None:
        """Sets the days; a motion that stood before is done with."""
        removal = state.removals[self.removal]
        removal.standing, removal.motion = STANDS, self.motion
        removal.stands_on = removal.stands_on or self.on
        removal.offer_by, removal.vote_by, removal.call_by = self.offer_by, self.vote_by, self.call_by
        state.touched[self.removal] = at.n


# -- asking ------------------------------------------------------------------------------------------------


@judges("removal.ask", Ask, reportable=False)
def judge_ask(judgement: Judgement, ask: Ask) -> None:
    """Judges a request: a clause has it, the mandate is held, nothing bars it, the author is one of those it names."""
    mandate, rule = _mandate_and_rule(judgement, ask.mandate)
    clause = rule.place.clause_of("asked by")
    _check_free(judgement, mandate, rule)
    check_protected(judgement, mandate.person, rule.place.clause_of("protected"))
    if rule.grounds == STATED and not ask.grounds:
        judgement.refuse(
            rule.place.clause_of("grounds"), "a removal is asked for on stated grounds", {"grounds": "none"},
            'give "grounds", in your own words',
        )  # fmt: skip
    seat = judgement.seat(mandate.seat)
    assert seat.removable is not None, "the lint lets no removal block name a seat that nobody removes from"
    body = judgement.beside(seat.removable.by, mandate.seat.partition("@")[2])
    says = f"a removal from {judgement.title(mandate.seat)} is asked for by those the clause names"
    of = ""
    if ask.decision is not None:
        judgement.is_granted(
            rule.asked_by.by_decision, clause, says, decision=ask.decision,
            matter=ASKING + mandate.seat.partition("@")[0], about=mandate.person, unit=mandate.seat.partition("@")[2],
        )  # fmt: skip
    else:
        way = _way(judgement, rule, mandate, ask.of)
        if way is None:
            judgement.refuse(
                clause, says, {"asked": "a decision", "decision": "none named"},
                f"name the decision of {' or '.join(judgement.title(each) for each in rule.asked_by.by_decision)}",
            )  # fmt: skip
            return
        of = slug_of(way.of)
        _check_one_of(judgement, mandate, way, judgement.edition, clause, says)
    made = RemovalAsked(
        proceeding_id("rv", judgement.n), mandate.id, mandate.person, mandate.seat, body, judgement.on, judgement.edition,
        rule.name, of, ask.grounds or "", ask.decision or "", is_of_mover(judgement, mandate.person),
    )  # fmt: skip
    protect(judgement, mandate.person, ASKED_TO_GO, deciding=body)
    judgement.cite(clause)
    judgement.then(made)
    removal = Removal(
        made.removal, made.mandate, made.person, made.seat, body, made.edition, rule.name, of, judgement.author,
        judgement.on, made.grounds, made.decision, [judgement.author] if of else [],
    )  # fmt: skip
    _stand(judgement, removal, rule)


def _mandate_and_rule(judgement: Judgement, id: str) -> tuple[Mandate, RemovalRule]:
    mandate = judgement.state.mandates.get(id)
    if mandate is None:
        raise judgement.bar(f"there is no mandate '{id}'", {}, "name one, such as ma-7")
    if not mandate.is_valid_on(judgement.on):
        raise judgement.bar("the mandate is over already", {"mandate": id}, "nothing more is needed")
    rule = removal_of(judgement.rulebook, mandate.seat)
    if rule is None:
        seat = judgement.seat(mandate.seat)
        cure = "amend the rulebook first"
        if seat.removable is not None:
            matter = REMOVAL + mandate.seat.partition("@")[0]
            cure = f"move it in {judgement.title(seat.removable.by)} with motion.move on {matter}"
        says = f"no clause lets a removal from {judgement.title(mandate.seat)} be asked for in this way"
        raise judgement.bar(says, {"seat": mandate.seat}, cure, seat.place.clause)
    return mandate, rule


def _check_free(judgement: Judgement, mandate: Mandate, rule: RemovalRule) -> None:
    """One removal of a holder at a time, not one's own, and not again before the clause's time."""
    if mandate.person == judgement.author:
        raise judgement.bar("nobody asks for their own removal", {"mandate": mandate.id}, "resign with mandate.end")
    for other in judgement.state.removals.values():
        if other.mandate != mandate.id:
            continue
        # Others may ask beside a request that still gathers: nobody keeps them out by asking first and gathering nothing.
        own = other.standing == GATHERING and judgement.author in other.supporters
        if own or other.standing == STANDS:
            raise judgement.bar(
                "the removal is asked for already", {"removal": other.id, "standing": other.standing},
                "others stand behind it with removal.support" if own else "the body decides on it",
            )  # fmt: skip
        if other.barred_until and judgement.on <= other.barred_until:
            judgement.refuse(
                rule.place.clause_of("barred again"),
                f"after a vote that failed it is not asked for again for {rule.barred_again}",
                {"failed": other.settled_on, "removal": other.id, "barred until": other.barred_until},
                f"ask after {judgement.day(other.barred_until)}",
            )  # fmt: skip


def _way(judgement: Judgement, rule: RemovalRule, mandate: Mandate, of: str | None) -> Askers | None:
    """The way in which the author asks: the one named, else the first whose group the author belongs to, else the first."""
    ways = rule.asked_by.together
    if of is not None:
        found = next((each for each in ways if slug_of(each.of) == of), None)
        if found is None:
            raise judgement.bar(
                f"the clause lets nobody ask as one of '{of}'", {"of": [slug_of(each.of) for each in ways]},
                "name one of them", rule.place.clause_of("asked by"),
            )  # fmt: skip
        return found
    for each in ways:
        group = group_of(judgement.state, judgement.edition, each.of, mandate.seat, mandate.person, judgement.on)
        if judgement.author in group:
            return each
    return ways[0] if ways else None


def _check_one_of(judgement: Judgement, mandate: Mandate, way: Askers, edition: str, clause: str, says: str) -> None:
    group = group_of(judgement.state, edition, way.of, mandate.seat, mandate.person, judgement.on)
    if judgement.author not in group:
        title = "those who elect" if slug_of(way.of) != way.of else judgement.title(way.of)
        judgement.refuse(
            clause, says, {"person": judgement.author, "asked": way.of}, f"ask as one of {title}"
        )  # fmt: skip


def _stand(judgement: Judgement, removal: Removal, rule: RemovalRule) -> None:
    """Where enough ask, the motion stands from this entry on, with the days of the clause."""
    state = judgement.state
    if removal.of:
        way = next(each for each in rule.asked_by.together if slug_of(each.of) == removal.of)
        group = group_of(state, removal.edition, way.of, removal.seat, removal.person, judgement.on)
        counted = sum(1 for each in removal.supporters if each in group and each != removal.person)
        if enough(judgement, removal.edition, way, counted, len(group)).answer is not Answer.YES:
            return
    stand_anew(judgement, removal, rule)


def stand_anew(judgement: Judgement, removal: Removal, rule: RemovalRule) -> None:
    """The motion of a removal stands before its body from this entry on."""
    state, on = judgement.state, day_of(judgement.on)
    matter = REMOVAL + removal.seat.partition("@")[0]
    motion = proceeding_id("mo", judgement.n)
    since = day_of(removal.stands_on) if removal.stands_on else on
    vote_by = rule.vote_within.after(since) if rule.vote_within else None
    call_by = ""
    if vote_by is not None:
        book = state.rulebook(removal.edition)
        body = book.bodies[removal.body.partition("@")[0]]
        due = latest_dispatch(body, asked_of(book, removal.body, (matter,)), vote_by) or vote_by
        call_by = max(due, since).isoformat()
    text = removal.grounds or f"That the holder be removed from {judgement.title(removal.seat)}."
    judgement.then(
        MotionMoved(
            motion, removal.body, matter, removal.asked_by, text, judgement.on, removal.edition, person=removal.person,
        )
    )  # fmt: skip
    offered = rule.offered_within.after(since).isoformat() if rule.offered_within else ""
    judgement.then(
        RemovalStands(
            removal.id, judgement.on, motion, offered, vote_by.isoformat() if vote_by else "", call_by
        )
    )  # fmt: skip


# -- standing behind it ------------------------------------------------------------------------------------


def open_removal(judgement: Judgement, id: str, *standing: str) -> Removal:
    """The removal of that id while it stands as asked; bars the act otherwise."""
    found = judgement.state.removals.get(id)
    if found is None:
        raise judgement.bar(f"there is no removal '{id}'", {}, "name one, such as rv-31")
    if found.standing not in standing:
        raise judgement.bar(f"the removal {id} {_said(found)}", {"removal": id, "standing": found.standing}, "")
    if not judgement.state.mandates[found.mandate].is_valid_on(judgement.on):
        raise judgement.bar("the mandate is over", {"removal": id, "mandate": found.mandate}, "nothing more is needed")
    return found


def _said(removal: Removal) -> str:
    if removal.standing == GATHERING:
        return "has not as many behind it as the clause asks"
    return "has reached its number" if removal.standing == STANDS else f"is decided: {removal.standing}"


@judges("removal.support", SupportRemoval, reportable=False)
def judge_support(judgement: Judgement, support: SupportRemoval) -> None:
    """Judges a support: of one who could have asked, once, not of the person concerned."""
    removal = open_removal(judgement, support.removal, GATHERING)
    rule = rule_of(judgement, removal)
    clause = rule.place.clause_of("asked by")
    if judgement.author in removal.supporters:
        raise judgement.bar(
            f"{judgement.author} asks for it already", {"removal": removal.id}, "nothing more is needed"
        )
    if judgement.author == removal.person:
        judgement.refuse(clause, "nobody asks for their own removal", {"person": judgement.author}, "resign instead")
    way = next(each for each in rule.asked_by.together if slug_of(each.of) == removal.of)
    mandate = judgement.state.mandates[removal.mandate]
    says = f"a removal from {judgement.title(removal.seat)} is asked for by those the clause names"
    _check_one_of(judgement, mandate, way, removal.edition, clause, says)
    judgement.cite(clause)
    judgement.then(RemovalSupported(removal.id, judgement.author))
    with_it = Removal(
        removal.id, removal.mandate, removal.person, removal.seat, removal.body, removal.edition, removal.block, removal.of,
        removal.asked_by, removal.asked_on, removal.grounds, removal.decision, [*removal.supporters, judgement.author],
    )  # fmt: skip
    _stand(judgement, with_it, rule)


@judges("removal.retract", Retract, reportable=False)
def judge_retract(judgement: Judgement, retract: Retract) -> None:
    """Judges a retraction: one's own, before enough stand behind it. After that nobody can be pressed to take it back."""
    removal = open_removal(judgement, retract.removal, GATHERING)
    if judgement.author not in removal.supporters:
        raise judgement.bar(f"{judgement.author} does not ask for it", {"removal": removal.id}, "")
    judgement.cite(rule_of(judgement, removal).place.clause_of("asked by") or FORM)
    judgement.then(RemovalRetracted(removal.id, judgement.author))
