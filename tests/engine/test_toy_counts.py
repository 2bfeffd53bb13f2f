"""One meaning: conditions answer a world of counts as they answer a world of named persons (invariant 8)."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isonomy.engine.conditions import (
    has_consented,
    has_elapsed,
    holds_one_of,
    is_carried,
    is_demanded,
    is_noticed,
    is_quorate,
    is_shortened,
)
from isonomy.engine.facts import Group, Moment, NamedFacts
from isonomy.engine.state import Decision, Meeting, MeetingDemand
from isonomy.kernel.calendar import Duration
from isonomy.kernel.quantity import Answer, Count, Ratio, Root, Share, Span
from isonomy.rulebook.model import Majority, Quorum
from tests.engine.counted_facts import COALITION, OTHERS, CountedFacts, Sides, counted
from tests.engine.meeting_rulebooks import VILLAGERS, village

EVERYBODY = tuple(f"p-{name}000" for name in VILLAGERS)
SEAT = "members-meeting"
PRESENT, MEMBERS = Group("present", "mt-1"), Group("members", SEAT)
CONSENTING, SUPPORTERS = Group("consenting", "mt-1"), Group("supporters", "ca-1")
NOTICE, START = Moment("notice", "mt-1"), Moment("start", "mt-1")

shares = st.fractions(min_value=Fraction(1, 40), max_value=1, max_denominator=40).map(Share)
counts = st.integers(1, 14).map(Count)
roots = st.fractions(min_value=Fraction(1, 5), max_value=4, max_denominator=5).map(Root)
ratios = st.builds(Ratio, st.integers(1, 5), st.integers(1, 3))
bases = st.sampled_from(["cast", "present", "entitled", "seats"])
majorities = ratios.map(Majority) | st.builds(Majority, shares, bases)
durations = st.builds(Duration, st.integers(1, 40), st.just("day"), st.booleans()) | st.builds(
    Duration, st.integers(1, 6), st.sampled_from(["week", "month"])
)
groups_of_people = st.sets(st.sampled_from(EVERYBODY)).map(lambda found: tuple(sorted(found)))


class World:
    """A concrete state: who is there, who consents, who demands, when notice went out, what was decided."""

    def __init__(self, present, consenting, supporting, sent_days, decided) -> None:  # type: ignore[no-untyped-def]
        self.state = village().state
        start = date(2027, 6, 1)
        served = (start - timedelta(days=sent_days)).isoformat()
        self.state.meetings["mt-1"] = Meeting(
            "mt-1", SEAT, f"{start}T10:00", "2027-01-06", "p-ada000", "ed-0", present=present,
            notices=[(served, served)], consents=list(consenting),
        )  # fmt: skip
        self.state.meetings["mt-1"].present_count = len(present)
        self.state.demands["ca-1"] = MeetingDemand(
            "ca-1", SEAT, "members", ("roof",), "2027-01-06", "ed-0", list(supporting)
        )
        if decided:
            self.state.decisions["de-9"] = Decision("de-9", SEAT, "ratification", "", "2027-01-06", "3", draft="de-1")
        self.members = {PRESENT: present, MEMBERS: EVERYBODY, CONSENTING: consenting, SUPPORTERS: supporting}

    def named(self, tallies: dict[str, Span] | None = None) -> NamedFacts:
        return NamedFacts(self.state, "2027-01-06", "po-1", tallies, "ed-0")

    def counted(self, coalition: frozenset[str]) -> CountedFacts:
        seats, given = ("chair", "committee", "members", "nothing"), ((SEAT, "de-1"), (SEAT, "de-2"))
        return counted(self.named(), coalition, self.members, seats, (NOTICE, START, Moment("now")), given)


worlds = st.builds(World, groups_of_people, groups_of_people, groups_of_people, st.integers(0, 200), st.booleans())
coalitions = st.frozensets(st.sampled_from(EVERYBODY))


@given(worlds, coalitions, shares | counts | roots, st.sampled_from(["members", "seats", "roll"]))
def test_a_quorum_is_the_same_for_persons_and_for_counts(world, coalition, quantity, of) -> None:
    quorum = Quorum(quantity, of)
    named = is_quorate(world.named(), quorum, PRESENT, MEMBERS)
    assert is_quorate(world.counted(coalition), quorum, PRESENT, MEMBERS) == named


@given(worlds, coalitions, shares | counts)
def test_a_demand_is_the_same_for_persons_and_for_counts(world, coalition, quantity) -> None:
    voters = Group("voters")
    world.members[voters] = EVERYBODY
    named = is_demanded(world.named(), quantity, SUPPORTERS, voters)
    assert is_demanded(world.counted(coalition), quantity, SUPPORTERS, voters) == named


@given(worlds, coalitions, shares | counts)
def test_consent_to_short_notice_is_the_same_for_persons_and_for_counts(world, coalition, quantity) -> None:
    named = is_shortened(world.named(), quantity, CONSENTING, MEMBERS)
    assert is_shortened(world.counted(coalition), quantity, CONSENTING, MEMBERS) == named


@given(worlds, coalitions, durations)
def test_notice_and_time_are_the_same_for_persons_and_for_counts(world, coalition, duration) -> None:
    toy = world.counted(coalition)
    assert is_noticed(toy, duration, NOTICE, START) == is_noticed(world.named(), duration, NOTICE, START)
    now = Moment("now")
    assert has_elapsed(toy, duration, now, START) == has_elapsed(world.named(), duration, now, START)
    unknown = Moment("notice", "mt-7")
    assert is_noticed(toy, duration, unknown, START).answer is Answer.UNTOLD


@given(worlds, coalitions, majorities, groups_of_people, groups_of_people, groups_of_people)
def test_a_majority_is_the_same_for_persons_and_for_counts(world, coalition, majority, yes, no, idle) -> None:
    no = tuple(person for person in no if person not in yes)
    idle = tuple(person for person in idle if person not in (*yes, *no))
    voting = {
        "for": yes, "against": no, "cast": (*yes, *no), "present": (*yes, *no, *idle), "entitled": EVERYBODY,
        "seats": EVERYBODY,
    }  # fmt: skip
    tallies = {kind: Span.exactly(len(persons)) for kind, persons in voting.items()}
    world.members = {Group(kind, "po-1"): persons for kind, persons in voting.items()}
    named = is_carried(world.named(tallies), majority, "po-1")
    assert is_carried(world.counted(coalition), majority, "po-1") == named


@given(worlds, coalitions, st.lists(st.sampled_from(["chair", "committee", "members", "nothing"]), max_size=3))
def test_a_side_holds_a_seat_when_one_of_it_does(world, coalition, seats) -> None:
    toy, asked = world.counted(coalition), tuple(seats)
    for side, persons in ((COALITION, coalition), (OTHERS, frozenset(EVERYBODY) - coalition)):
        one_of_them = any(holds_one_of(world.named(), person, asked).answer is Answer.YES for person in persons)
        assert holds_one_of(toy, side, asked).answer is Answer.of(one_of_them)


@given(worlds, coalitions)
def test_a_consent_is_the_same_for_persons_and_for_counts(world, coalition) -> None:
    toy = world.counted(coalition)
    for thing in ("de-1", "de-2"):
        assert has_consented(toy, SEAT, thing) == has_consented(world.named(), SEAT, thing)


# -- the toy by itself -------------------------------------------------------------------------------------


def toy(**groups: Sides) -> CountedFacts:
    """A world of counts for one poll of a body of seven coalition members and five others."""
    return CountedFacts({Group(kind, "po-1"): sides for kind, sides in groups.items()})


@pytest.mark.parametrize(("coalition", "answer"), [(2, Answer.NO), (3, Answer.YES)])
def test_a_coalition_alone_is_a_quorum_from_a_quarter_on(coalition: int, answer: Answer) -> None:
    facts = CountedFacts({PRESENT: Sides(coalition, 0), MEMBERS: Sides(7, 5)})
    assert is_quorate(facts, Quorum(Share(Fraction(1, 4))), PRESENT, MEMBERS).answer is answer


@pytest.mark.parametrize(
    ("majority", "yes", "no", "answer"),
    [
        (Majority(Share(Fraction(1, 2))), 6, 6, Answer.NO),
        (Majority(Share(Fraction(1, 2))), 7, 6, Answer.YES),
        (Majority(Share(Fraction(2, 3))), 8, 4, Answer.YES),
        (Majority(Share(Fraction(2, 3))), 7, 4, Answer.NO),
        (Majority(Ratio(3)), 6, 2, Answer.YES),
        (Majority(Ratio(1)), 3, 3, Answer.NO),
        (Majority(Share(Fraction(1, 2))), 0, 0, Answer.NO),
    ],
)
def test_a_coalition_against_all_others_carries_what_the_majority_lets_it(
    majority: Majority, yes: int, no: int, answer: Answer
) -> None:
    facts = toy(**{"for": Sides(yes, 0), "against": Sides(0, no), "cast": Sides(yes, no)})
    assert is_carried(facts, majority, "po-1").answer is answer


@given(st.integers(0, 30), st.integers(0, 30), shares)
def test_more_present_never_undo_a_quorum(present: int, absent: int, share: Share) -> None:
    quorum = Quorum(share)
    less = CountedFacts({PRESENT: Sides(present, 0), MEMBERS: Sides(present + absent + 1, 0)})
    more = CountedFacts({PRESENT: Sides(present + 1, 0), MEMBERS: Sides(present + absent + 1, 0)})
    before = is_quorate(less, quorum, PRESENT, MEMBERS).answer
    assert before is not Answer.YES or is_quorate(more, quorum, PRESENT, MEMBERS).answer is Answer.YES
