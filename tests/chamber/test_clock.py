"""Time in the record: never backwards, and never stamped by a clock that is clearly wrong."""

from __future__ import annotations

import pytest

from isonomy.chamber.answers import Answer
from isonomy.chamber.stamping import ClockAhead, ClockFault
from isonomy.kernel.bad_input import BadInput
from tests.chamber.house import House, Zones


def test_an_entry_is_stamped_with_the_instant_and_the_civil_time_of_the_organisation(house: House) -> None:
    house.org.set_clock("2027-01-20T12:00:00Z")
    assert house.must("member.admit", by="ada", person="p-fay000").entry["local"] == "2027-01-20T12:00:00+00:00"
    house.org.set_clock("2027-02-10T12:00:00Z")
    house.must("member.admit", by="ada", person="p-gus000")
    house.org.set_clock("2027-03-05T12:00:00Z")
    house.must("member.admit", by="ada", person="p-hal000")
    house.org.set_clock("2027-03-29T12:00:00Z")
    assert house.must("member.admit", by="ada", person="p-ida000").entry["local"] == "2027-03-29T13:00:00+01:00"


def test_a_clock_up_to_five_minutes_behind_stamps_the_time_of_the_last_entry(house: House) -> None:
    last = house.must("member.admit", by="ada", person="p-fay000").entry["at"]
    house.org.clock.move(minutes=-5)
    assert house.must("member.admit", by="ada", person="p-gus000").entry["at"] == last


def test_a_clock_further_behind_stops_writing_with_a_clear_answer(house: House) -> None:
    house.must("member.admit", by="ada", person="p-fay000")
    size = len(house.entry_bytes())
    house.org.clock.move(minutes=-5, seconds=-1)
    reply = house.send("member.admit", by="ada", person="p-gus000")
    assert isinstance(reply, ClockFault)
    assert "clock" in reply.where
    assert "set the machine's clock right" in reply.cure
    assert len(house.entry_bytes()) == size
    house.org.clock.move(minutes=6)
    house.must("member.admit", by="ada", person="p-gus000")


def test_a_clock_more_than_thirty_days_ahead_needs_a_person_s_word(house: House) -> None:
    house.must("member.admit", by="ada", person="p-fay000")
    house.org.clock.move(days=30)
    house.must("member.admit", by="ada", person="p-gus000")
    house.org.clock.move(days=30, seconds=1)
    reply = house.send("member.admit", by="ada", person="p-hal000")
    assert isinstance(reply, ClockAhead)
    assert "p-hal000" not in house.appender.state.persons
    answer = house.must("member.admit", by="ada", person="p-hal000", beside={"clock_is_right": True})
    assert answer.entry["at"] == house.org.clock.now()


def test_an_entry_stamped_wrongly_ahead_is_cured_by_a_reset_and_by_nothing_else(house: House) -> None:
    right = house.org.clock.now()
    house.org.clock.move(days=20)
    wrong = house.must("member.admit", by="ada", person="p-fay000").entry["at"]
    house.org.set_clock(right)
    house.org.clock.move(hours=1)
    assert isinstance(house.send("member.admit", by="ada", person="p-gus000"), ClockFault)
    reset = house.must("clock.reset", by="ada", as_="secretary", why="the machine was set to the wrong month")
    assert reset.entry["at"] < wrong
    assert house.must("member.admit", by="ada", person="p-gus000").entry["at"] == house.org.clock.now()
    house.refused("clock.reset", by="ada", as_="secretary", why="again")


def test_a_founding_in_an_unknown_time_zone_is_bad_input() -> None:
    house = House(None)
    from isonomy.adapters.system import SystemZone
    from isonomy.chamber.appender import Appender

    act = house.org.founding_acts()[0] | {"time_zone": "Europe/Atlantis"}
    appender = Appender(house.stores(), house.org.clock, SystemZone())
    reply = next(iter(appender.submit([house.sent(act, "ada")])))
    assert isinstance(reply, BadInput)
    assert "Europe/Atlantis" in reply.what
    assert "tzdata" in reply.cure


@pytest.mark.parametrize("at", ["2027-01-04T09:00:00Z", "2027-07-04T09:00:00Z", "1999-12-31T23:59:59Z"])
def test_the_machine_s_zones_give_the_civil_time_with_offset(at: str) -> None:
    from isonomy.adapters.system import SystemZone

    assert SystemZone().local(at, "Europe/London") == Zones().local(at, "Europe/London")


def test_the_answer_to_an_act_never_bears_an_earlier_time_than_the_one_before(house: House) -> None:
    last = ""
    for minutes in (3, -4, 2, -5, 10, 0):
        house.org.clock.move(minutes=minutes)
        reply = house.send("member.admit", by="ada", person=f"p-m{minutes + 50}x{len(house.appender.state.persons)}")
        if isinstance(reply, Answer):
            assert reply.entry["at"] >= last
            last = reply.entry["at"]
