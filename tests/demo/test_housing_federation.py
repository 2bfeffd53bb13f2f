"""The demonstration's federation: small and whole, its record verifies, and on its last day there is something to do."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from demo.federation.people import SMALL, WHOLE, Size
from demo.federation.years import RULEBOOK, second_edition
from demo.housing_federation import make
from isonomy.adapters.folder import reading
from isonomy.cli.main import main as isonomy
from isonomy.engine.duties import duties
from isonomy.engine.state import State

TODAY = date(2027, 6, 15)
MONTH_ENDS = (date(2028, 2, 29), date(2026, 8, 31))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two branches and forty members."""
    folder = tmp_path_factory.mktemp("demo") / "federation"
    make(folder, TODAY, SMALL)
    return folder


def state_of(folder: Path) -> State:
    """The state with every entry."""
    with reading(folder) as reader:
        return reader.state


def root_of(folder: Path) -> bytes:
    """The root over all entries."""
    with reading(folder) as reader:
        return reader.root


def test_an_export_of_the_federation_verifies(small: Path, tmp_path: Path) -> None:
    assert isonomy(["export", str(small), str(tmp_path / "public")]) == 0
    assert isonomy(["verify", str(tmp_path / "public")]) == 0


@pytest.mark.parametrize("amend", [str, second_edition], ids=["first", "second"])
def test_its_rulebooks_say_in_words_what_their_blocks_say(
    amend: Callable[[str], str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edition = tmp_path / "edition.md"
    edition.write_text(amend(RULEBOOK.read_text("utf-8")), "utf-8")
    assert isonomy(["rulebook", "lint", str(edition)]) == 0
    assert "no findings" in capsys.readouterr().out


def test_on_the_last_day_something_is_due_something_overdue_and_much_is_open(small: Path) -> None:
    shown = what_is_open(state_of(small), TODAY)
    assert [name for name, is_there in shown.items() if not is_there] == []


def test_what_a_small_federation_lived_through_is_in_its_record(small: Path) -> None:
    assert lived_through(small) == set()


def test_the_doors_lead_to_five_different_people_who_are_members(small: Path) -> None:
    doors = json.loads((small / "demo.json").read_text("utf-8"))
    state = state_of(small)
    assert len({door["person"] for door in doors}) == 5
    assert all(state.persons[door["person"]].is_member_on(TODAY.isoformat()) for door in doors)
    seats = [
        {mandate.seat for mandate in state.mandates_of_person(door["person"], TODAY.isoformat())} for door in doors
    ]
    assert len({frozenset(held) for held in seats}) == 5


def test_the_same_day_and_seed_give_the_same_record(small: Path, tmp_path: Path) -> None:
    make(tmp_path / "again", TODAY, SMALL)
    assert root_of(tmp_path / "again") == root_of(small)


@pytest.mark.parametrize("today", MONTH_ENDS)
def test_it_can_be_founded_on_days_that_months_do_not_all_have(tmp_path: Path, today: date) -> None:
    make(tmp_path / "federation", today, SMALL)
    found = what_is_open(state_of(tmp_path / "federation"), today)
    assert [name for name, is_there in found.items() if not is_there and name != "due today"] == []


@pytest.mark.scale
@pytest.mark.parametrize("today", [TODAY, *MONTH_ENDS, date(2026, 12, 31), date(2027, 3, 28)])
def test_the_whole_federation_lives_two_years_and_verifies(tmp_path: Path, today: date) -> None:
    here = make(tmp_path / "federation", today, WHOLE)
    assert here.clerk.state.n > 2_500
    assert abs(len(here.people.everybody()) - 400) < 40
    assert len(here.people.of) == 12
    assert lived_through(tmp_path / "federation") == set()
    test_an_export_of_the_federation_verifies(tmp_path / "federation", tmp_path)


@pytest.mark.scale
@pytest.mark.parametrize("offset", range(0, 400, 19))
def test_it_can_be_founded_on_any_day_and_with_any_seed(tmp_path: Path, offset: int) -> None:
    today = TODAY + timedelta(days=offset)
    make(tmp_path / "federation", today, Size(branches=4, members=100), seed=f"seed {offset}")
    found = what_is_open(state_of(tmp_path / "federation"), today)
    assert [name for name, is_there in found.items() if not is_there and name != "due today"] == []


def what_is_open(state: State, today: date) -> dict[str, bool]:
    """What a visitor is promised to find, and whether it is there."""
    day = today.isoformat()
    owed = duties(state, today)
    waiting = [
        motion for motion in state.motions.values()
        if motion.standing == "open" and len(motion.seconders) < motion.seconders_needed
    ]  # fmt: skip
    amended = {amendment.motion for amendment in state.amendments.values() if amendment.standing == "open"}
    ahead = (today + timedelta(days=3)).isoformat()
    return {
        "due today": any(duty.due_on == day for duty in owed),
        "overdue": any(duty.is_overdue for duty in owed),
        "open poll": any(poll.standing == "open" and poll.closes_on >= day for poll in state.polls.values()),
        "nominations": any(
            election.standing == "nominating" and election.nominations_until >= day
            for election in state.elections.values()
        ),
        "meeting next week": any(
            meeting.standing == "called" and meeting.starts[:10] >= ahead for meeting in state.meetings.values()
        ),
        "meeting today": any(
            meeting.standing == "called" and meeting.starts[:10] == day for meeting in state.meetings.values()
        ),
        "adjourned meeting": any(meeting.standing == "adjourned" for meeting in state.meetings.values()),
        "motion that waits for seconders": bool(waiting),
        "amendment to it": any(motion.id in amended for motion in waiting),
        "criticism that nobody answered": any(one.standing_on(day) == "escalated" for one in state.criticisms.values()),
        "instruction due soon": any(
            one.is_open and day <= one.due_on <= (today + timedelta(days=14)).isoformat()
            for one in state.instructions.given.values()
        ),
        "removal that was not carried": any(one.standing == "failed" for one in state.removals.values()),
        "emergency that lapsed": any(not one.is_in_force_on(day) for one in state.emergencies.values()),
        "target to be followed up": any(not one.followed_on for one in state.instructions.targets.values()),
        "decision that waits for ratification": any(
            decision.standing_on(day) == "awaiting ratification" for decision in state.decisions.values()
        ),
    }


def lived_through(folder: Path) -> set[str]:
    """Effects that two lived years are to bring and that the record lacks."""
    wanted = {
        "opening.approved", "opening.objected", "meeting.adjourned", "meeting.resumed", "demand.reached", "vacancy.filled",
        "count.attested", "ruling.decided", "amendment.taken.in", "amendment.closed", "correction.made", "protest.lodged",
        "criticism.answered", "criticism.rejoined", "instruction.given", "instruction.reported", "instruction.settled", "target.set",
        "removal.stands", "removal.answered", "emergency.declared", "emergency.reported", "emergency.approved",
        "value.erased", "edition.adopted", "decision.ratified", "duty.discharged", "key.enrolled", "person.left", "ballot.cast",
    }  # fmt: skip
    with reading(folder) as reader:
        return wanted - {str(effect["effect"]) for entry in reader.entries() for effect in entry["effects"]}
