"""What the keys of motions, amendments and sittings give to whom, and by what they bind.

Lives here: the holdings that follow from those keys alone. Not here: the others (`powers`).

Invariant: as in `powers`: each holding stands under its holder once, with the key it follows from; only what is written
in the block is listed.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from isonomy.rulebook.model import MEMBERS, Majority
from isonomy.rulebook.motion_rule import MotionRule
from isonomy.rulebook.powers_of_elections import Bound, Given
from isonomy.rulebook.sitting_rule import THOSE_PRESENT, SittingRule


def given_by_motions(rule: MotionRule) -> Iterator[Given]:
    """What the keys of motions let seats do; `does` is completed by the matter of the procedure."""
    for body in rule.by_decision:
        yield Given(body, "proposes by decision", "proposes by its decision", "proposed by")
    for kind in rule.by_units:
        yield Given(MEMBERS, f"{kind} proposes", f"propose by a decision of each {kind}", "proposed by")
    for seat in rule.seconded_by:
        yield Given(seat, "seconds", "seconds motions", "seconded by")
    for seat in rule.amendments_by:
        yield Given(seat, "amends motions", "moves amendments", "amendments by")


def bounds_of_motions(rule: MotionRule) -> Iterator[Bound]:
    """By what the keys of motions bind a procedure."""
    if rule.together:
        yield Bound("proposed by", "members who propose together", str(rule.together), number=Fraction(rule.together))
    if rule.deadline is not None:
        yield Bound("motion deadline", "deadline for motions", f"{rule.deadline} before the meeting", rule.deadline)
    yield Bound("withdrawal", "withdrawal of motions", rule.withdrawal)
    yield Bound("amendments", "amendments to motions", rule.amendments)
    seconders = rule.amendment_seconders
    yield Bound("amendment seconders", "seconders of amendments", str(seconders), number=Fraction(seconders))
    if rule.amendment_deadline is not None:
        said = f"{rule.amendment_deadline} before the meeting"
        yield Bound("amendment deadline", "deadline for amendments", said, rule.amendment_deadline)
    yield Bound("mover accepts", "acceptance of amendments by the mover", rule.mover_accepts)


def given_by_sittings(rule: SittingRule) -> Iterator[Given]:
    """Who adjourns, beside the meeting itself; `does` is completed by the title of the body."""
    for office in rule.by_offices:
        yield Given(office, "adjourns", "adjourns", "adjourned by")
    for office in rule.without_quorum:
        yield Given(office, "adjourns without a quorum", "adjourns, without a quorum,", "adjourned by")


def majorities_of(rule: SittingRule) -> Iterator[tuple[str, str, Majority | None]]:
    """Key, label and majority of what a meeting decides about itself."""
    if rule.urgent is not None:
        yield "urgent matters", "majority for urgent matters", rule.urgent
    if rule.by_meeting:
        yield "adjourned by", "majority for an adjournment", rule.majority


def bounds_of_sittings(rule: SittingRule) -> Iterator[Bound]:
    """By what the keys of sittings bind a body, beside majorities and a quorum of its own."""
    if rule.notice is not None:
        yield Bound("resumption notice", "notice of an adjourned meeting", str(rule.notice), rule.notice)
    if rule.any_number:
        yield Bound("resumption quorum", "quorum of an adjourned meeting", THOSE_PRESENT)
    if rule.inquorate is not None:
        said = str(rule.inquorate)
        yield Bound("inquorate", "meeting without a quorum", said, rule.inquorate.adjourned_for)
