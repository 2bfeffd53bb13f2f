"""Votes on holders: removal, retention, review, censure; what stands before a body, and what a vote needs before it opens.

Lives here: the look-ups and conditions that motions and polls ask when they concern the holder of a seat, and the protection of
those who asked. Not here: asking (`removing`), hearing (`hearing`), what follows a vote (`settling`).

Invariant: a motion about a holder names the person; under a `removal` block a vote rests on a request and a hearing.
"""

from __future__ import annotations

from isonomy.engine.competence import has_road
from isonomy.engine.competence_on_holders import ON_HOLDERS, RECALL, RETENTION, REVIEW
from isonomy.engine.competence_on_holders import REMOVAL as REMOVAL_FROM
from isonomy.engine.judgement import FORM, Judgement
from isonomy.engine.motion import Motion
from isonomy.engine.refusal import Untold
from isonomy.engine.removal import HELD, NOT_USED, STANDS, WAIVED, Condition, Removal
from isonomy.engine.state import State
from isonomy.rulebook.provisions.removal import RemovalRule, removal_of

# -- those who asked ---------------------------------------------------------------------------------------


def _asked_against(judgement: Judgement, person: str) -> list[Removal]:
    """The removals that a person asked for and in which those who asked are protected on the day judged."""
    return [
        each
        for each in judgement.state.removals.values()
        if person in (each.asked_by, *each.supporters) and each.is_protected_on(judgement.on)
    ]


def is_of_mover(judgement: Judgement, person: str) -> bool:
    """Whether the person concerned asked for the removal of somebody within a protected period: then the request is marked."""
    return any(rule_of(judgement, each).protected is not None for each in _asked_against(judgement, person))


def check_protected(judgement: Judgement, person: str, clause: str) -> None:
    """Whoever is to be removed does not answer with the removal of those who asked."""
    for each in _asked_against(judgement, person):
        rule = rule_of(judgement, each)
        if rule.protected is None or judgement.author != each.person:
            continue
        judgement.refuse(
            clause or rule.place.clause_of("protected"), "the person concerned does not proceed against those who asked",
            {"removal": each.id, "of": each.person, "protected until": each.protected_until or f"{rule.protected} after its end"},
            f"wait until {judgement.day(each.protected_until)}" if each.protected_until else "wait until it is decided",
        )  # fmt: skip


def check_not_against_askers(judgement: Judgement, person: str | None) -> None:
    """The same for a motion that concerns a person: the one whose removal they asked for does not move it."""
    if person is not None and not judgement.reported:
        check_protected(judgement, person, "")


def rule_of(judgement: Judgement, removal: Removal) -> RemovalRule:
    """The block of a removal, in the edition under which it was asked for."""
    rule = judgement.state.rulebook(removal.edition).provisions["removal"][removal.block]
    assert isinstance(rule, RemovalRule)
    return rule


# -- moving and putting ------------------------------------------------------------------------------------


def names_a_holder(matter: str) -> bool:
    """Whether a matter is about the holder of a seat, so that its motion names the person."""
    return matter.startswith((REMOVAL_FROM, *ON_HOLDERS))


def is_about_person(matter: str) -> bool:
    """Whether a matter concerns a person, whom the motion names, and is never one option among others."""
    return names_a_holder(matter) or has_road(matter)


def check_moved_on_holder(judgement: Judgement, body: str, matter: str, person: str | None) -> None:
    """Grounds against a motion about a holder: a removal that was not asked for, a retention that nobody asks to remove, a review
    without a condition; and a motion of the person concerned against those who asked."""
    if not names_a_holder(matter) or judgement.reported:
        return
    check_not_against_askers(judgement, person)
    prefix = next(each for each in (REMOVAL_FROM, *ON_HOLDERS) if matter.startswith(each))
    rule = removal_of(judgement.rulebook, matter.removeprefix(prefix))
    if prefix == REMOVAL_FROM and rule is not None:
        judgement.refuse(
            rule.place.clause_of("asked by"), "a removal is asked for as its clause says, and then stands as a motion by itself",
            {"matter": matter, "block": rule.name}, "ask for it with removal.ask",
        )  # fmt: skip
    elif prefix == RECALL:
        judgement.refuse(FORM, "a recall is asked for by petition", {"matter": matter}, "open it with petition.open")
    elif prefix == RETENTION and person is not None and standing_removal(judgement.state, body, matter, person) is None:
        judgement.refuse(
            rule.place.clause_of("review on") if rule else FORM, "a holder is kept on a condition when a removal was asked for",
            {"matter": matter, "person": person}, "nothing needs to be decided; the mandate runs",
        )  # fmt: skip
    elif prefix == REVIEW and person is not None and condition_on(judgement.state, body, matter, person) is None:
        judgement.refuse(
            rule.place.clause_of("review on") if rule else FORM, "there is no condition to review",
            {"matter": matter, "person": person}, "it was reviewed already, or never set",
        )  # fmt: skip


def standing_removal(state: State, body: str, matter: str, person: str) -> Removal | None:
    """The removal of a person that stands before a body, for the seat that a matter names; None where there is none."""
    seat = matter.partition("-of-")[2]
    return next(
        (
            each
            for each in state.removals.values()
            if each.standing == STANDS and each.person == person and each.body == body
            and each.seat.partition("@")[0] == seat
        ),
        None,
    )  # fmt: skip


def condition_on(state: State, body: str, matter: str, person: str) -> Condition | None:
    """The condition on which a person was kept by a body in the seat of a matter, and that was not reviewed; None without one."""
    seat = matter.partition("-of-")[2]
    return next(
        (
            each
            for each in state.retentions.values()
            if each.person == person and each.body == body and each.seat.partition("@")[0] == seat and not each.outcome
        ),
        None,
    )


def removal_moved(state: State, motion: str) -> Removal | None:
    """The removal whose motion it is; None for any other motion."""
    return next((each for each in state.removals.values() if motion and each.motion == motion), None)


def check_put_on_holder(judgement: Judgement, matter: str, motion: Motion | None) -> None:
    """Grounds against putting a vote on a holder: no request, no hearing offered or done with, a review before its day."""
    if not matter.startswith((REMOVAL_FROM, REVIEW)) or motion is None:
        return
    if matter.startswith(REVIEW):
        condition = condition_on(judgement.state, motion.body, matter, motion.person)
        if condition is not None and judgement.on < condition.review_on and not judgement.reported:
            judgement.refuse(
                condition.clause, "a condition is reviewed on its day or later",
                {"review on": condition.review_on, "today": judgement.on}, f"put it on {condition.review_on} or later",
            )  # fmt: skip
        return
    rule = removal_of(judgement.state.rulebook(motion.edition), matter.removeprefix(REMOVAL_FROM))
    if rule is None:
        return
    clause = rule.place.clause_of("hearing notice" if rule.hearing_notice else "hearing offered within")
    removal = removal_moved(judgement.state, motion.id)
    if removal is None:
        if judgement.reported:
            judgement.untold.append(
                Untold(clause, "the person concerned is offered a hearing", {"hearing": "not told"})
            )
        else:
            judgement.refuse(
                rule.place.clause_of("asked by"), "a removal is asked for as its clause says", {"motion": motion.id},
                "ask for it with removal.ask",
            )  # fmt: skip
        return
    if rule.hears and removal.heard not in (HELD, WAIVED, NOT_USED):
        offered = f"for {removal.hearing_at}" if removal.hearing_at else "not yet"
        judgement.refuse(
            clause, "the person concerned is heard before the vote, or has waived it, or has not used it",
            {"removal": removal.id, "hearing offered": offered, "hearing": removal.heard or "not offered"},
            "enter what became of it with hearing.enter" if removal.heard else "offer the hearing with hearing.offer",
        )  # fmt: skip
        return
    judgement.cite(clause)
