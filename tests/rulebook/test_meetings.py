"""What a block says of motions, amendments and sittings, as the engine, a member and another program read it."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from isonomy.kernel.calendar import Duration
from isonomy.kernel.quantity import Share
from isonomy.rulebook.model import Majority, Rulebook
from isonomy.rulebook.motion_rule import BEFORE_MEETING, FURTHEST_FIRST, WITH_CONSENT, MotionRule
from isonomy.rulebook.reader import read_rulebook
from isonomy.rulebook.render import plain_reading
from isonomy.rulebook.render_json import to_json
from isonomy.rulebook.sitting_rule import Inquorate, SittingRule
from tests.engine.motion_rulebooks import PARLIAMENT


def parliament() -> Rulebook:
    """The rulebook in which every key stands."""
    return read_rulebook(PARLIAMENT.encode())


def facts(name: str) -> dict[str, Any]:
    """The values of a block as JSON, by key."""
    block = next(block for block in to_json(parliament())["blocks"] if block["name"] == name)
    return {fact["key"]: fact["value"] for fact in block["facts"]}


def test_the_engine_reads_motions_as_they_are_written() -> None:
    procedure = parliament().procedures["seeds"]
    assert procedure.proposed_by == ("chair",)
    assert procedure.motions == MotionRule(
        by_units=("bed",), together=3, seconded_by=("members",), deadline=Duration(10, "day"), withdrawal=WITH_CONSENT,
        amendments=FURTHEST_FIRST, amendments_by=("members",), amendment_seconders=1,
        amendment_deadline=Duration(4, "day"), mover_accepts=BEFORE_MEETING,
    )  # fmt: skip


def test_the_engine_reads_sittings_as_they_are_written() -> None:
    assert parliament().bodies["assembly"].sitting == SittingRule(
        urgent=Majority(Share(Fraction(2, 3)), "present"), by_meeting=True, majority=Majority(Share(Fraction(1, 2))),
        without_quorum=("chair",), notice=Duration(3, "day"), any_number=True, inquorate=Inquorate(30, Duration(7, "day")),
    )  # fmt: skip


def test_another_program_reads_the_same() -> None:
    assert facts("seeds") | {"by": "", "matters": "", "seconders": ""} == {
        "by": "", "matters": "", "seconders": "", "proposed by": ["chair", "each bed", "3 members"], "seconded by": ["members"],
        "motion deadline": {"number": 10, "unit": "day", "clear": False},
        "withdrawal": "by the mover, with the consent of the meeting", "amendments": "furthest first",
        "amendments by": ["members"], "amendment seconders": 1,
        "amendment deadline": {"number": 4, "unit": "day", "clear": False}, "mover accepts": "before the meeting",
    }  # fmt: skip
    found = facts("assembly")
    assert found["adjourned by"] == {
        "meeting": True, "majority": {"threshold": "1/2", "of": "cast"}, "offices": [], "without_quorum": ["chair"],
    }  # fmt: skip
    assert found["resumption quorum"] == "those present"
    assert found["inquorate"] == {"minutes": 30, "adjourned_for": {"number": 7, "unit": "day", "clear": False}}
    assert found["urgent matters"] == {"threshold": "2/3", "of": "present"}


def test_a_member_hears_who_adjourns_and_what_follows_without_a_quorum() -> None:
    read = next(block for block in plain_reading(parliament()) if block.name == "assembly")
    assert read.sentences[-5:] == (
        "A matter that was not on the notice is taken by at least two thirds of those present.",
        "The meeting itself, by more than half of the votes cast, or the chair while there is no quorum may adjourn it.",
        "An adjourned meeting goes on with 3 days of notice.",
        "The quorum of an adjourned meeting is those present, whatever their number.",
        "Without a quorum 30 minutes after its hour a meeting stands adjourned for 7 days.",
    )
