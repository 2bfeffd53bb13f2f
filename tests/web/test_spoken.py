"""Cures of the engine as members read them: no act stands there by its name."""

from __future__ import annotations

import pytest

from isonomy.web.design.templatetags.words import spoken

CURES = (
    ("record it with meeting.lapse, then call it anew for 2027-03-21 or later",
     "record that it did not take place, then call it anew for Sunday 21 March 2027 or later"),
    ("name its time with meeting.reconvene", "name its time"),
    ("give it with emergency.report first", "give it first"),
    ("move it with motion.move and name the motion", "move it and name the motion"),
    ("put it to the meeting (poll.open on adjournment), then name the decision", "put it to the meeting, then name the decision"),
    ("or let the meeting take it by 2/3 of cast (poll.open on urgency, naming the motion)",
     "or let the meeting take it by 2/3 of cast, naming the motion"),
    ("meet with Ada. She knows", "meet with Ada. She knows"),
    ("write to p.o.box 3 with a letter", "write to p.o.box 3 with a letter"),
)  # fmt: skip


@pytest.mark.parametrize(("given", "read"), CURES)
def test_a_cure_is_read_in_words_and_names_no_act(given: str, read: str) -> None:
    assert spoken(given) == read
