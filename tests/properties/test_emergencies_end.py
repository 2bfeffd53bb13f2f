"""Limits that were adopted as temporary do not become permanent norms: in whatever order anybody declares, renews, ends, reports."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from isonomy.engine.emergency import free_from, in_force, rule_of
from isonomy.engine.refusal import Refused
from isonomy.kernel.calendar import parse_date
from tests.engine.emergency_rulebooks import PEOPLE, Harbour

ORDERS = settings(max_examples=max(20, settings.default.max_examples // 2), deadline=None)
NO_REPORT = "report: within 14 days to council\n"

steps = st.one_of(
    st.tuples(st.just("declare"), st.sampled_from([("flood", "ada", "chair"), ("storm", "ben", "secretary")])),
    st.tuples(st.just("declare together"), st.just("storm")),
    st.tuples(st.just("renew"), st.sampled_from(["council", "assembly"])),
    st.tuples(st.just("renew by a kept decision"), st.none()),
    st.tuples(st.just("end"), st.sampled_from([("ada", "chair"), ("ben", "secretary"), ("cy", None)])),
    st.tuples(st.just("report"), st.none()),
    st.tuples(st.just("approve"), st.none()),
    st.tuples(st.just("use"), st.none()),
    st.tuples(st.just("wait"), st.integers(1, 12)),
)


class Orders:
    """Takes steps, whether they are accepted or not, and knows what was in force on each day."""

    def __init__(self, has_report: bool) -> None:
        from tests.engine.emergency_rulebooks import BOOK

        self.org = Harbour(BOOK if has_report else BOOK.replace(NO_REPORT, ""))
        self.has_report, self.kept = has_report, list[str]()

    @property
    def last(self) -> str:
        return next(reversed(self.org.state.emergencies), "em-1")

    def take(self, step: tuple[str, Any]) -> None:
        org, (what, how) = self.org, step
        if what == "declare":
            org.declare(*how)
        elif what == "declare together":
            decision = org.council_decides("emergency", "The quay is under water.")
            org.declare(how, by="cy", as_="council", decision=decision)
        elif what == "renew" and how == "council":
            decision = org.council_decides("emergency-renewal")
            self.kept.append(decision)
            org.submit("emergency.renew", by="cy", emergency=self.last, decision=decision)
        elif what == "renew":
            org.submit("emergency.renew", by="ada", as_="chair", emergency=self.last, decision="de-1")
        elif what == "renew by a kept decision" and self.kept:
            org.submit("emergency.renew", by="cy", emergency=self.last, decision=self.kept[0])
        elif what == "end":
            org.submit("emergency.end", by=how[0], **({"as_": how[1]} if how[1] else {}), emergency=self.last)
        elif what == "report":
            org.submit("emergency.report", by="ada", as_="chair", emergency=self.last, text="It was wet.")
            org.submit("emergency.report", by="ben", as_="secretary", emergency=self.last, text="It was windy.")
        elif what == "approve" and self.has_report:
            decision = org.council_decides("emergency-report")
            org.submit("emergency.approve", by="cy", emergency=self.last, decision=decision)
        elif what == "use":
            probes(org, self.last)
        elif what == "wait":
            org.days(how)


def probes(org: Harbour, emergency: str) -> list[Any]:
    """Acts that only an emergency lets through, handed in now; the answers without what differs from day to day."""
    start = (parse_date(org.today) + timedelta(days=4)).isoformat()
    found = [
        org.submit("decision.take", by="ada", as_="chair", matter="repairs", text="Sand.", amount=900, under=emergency),
        org.submit("meeting.call", by="ada", as_="chair", body="assembly", starts=f"{start}T19:00", matters=["roof"]),
    ]
    return [
        [(ground.clause, ground.says) for ground in each.grounds] if isinstance(each, Refused) else each
        for each in found
    ]


@ORDERS
@given(st.lists(steps, max_size=25), st.booleans())
def test_limits_adopted_as_temporary_never_become_permanent(taken: list[tuple[str, Any]], has_report: bool) -> None:
    orders = Orders(has_report)
    state = orders.org.state
    for step in taken:
        orders.take(step)
    emergencies = list(state.emergencies.values())
    for found in emergencies:
        rule, longest = rule_of(state, found), parse_date(found.on)
        longest = rule.lapses.after(longest)
        for _ in range(rule.renewals):
            longest = rule.renewed_for.after(longest)
        # It is over in time, was not renewed by who declared it, and nothing was done under it but while it lasted.
        assert found.until <= longest.isoformat()
        assert all(state.decisions[decision].seat not in ("", found.seat) for decision in found.renewals)
    for before, after in pairwise(emergencies):
        # Between two there is a time without, under whatever block; and where a report is owed it was approved.
        assert after.on >= free_from(state, before).isoformat() > before.over_on
        assert rule_of(state, before).report is None or before.approved_by
    for entry in orders.org.entries:
        for made in entry["effects"]:
            if made["effect"] == "emergency.used":
                used = state.emergencies[made["emergency"]]
                assert used.on <= entry["local"][:10] <= min(used.until, used.ended_on or used.until)
    # The text of the rules never changed, and when the last one is over everything is as where there never was one.
    assert list(state.editions) == ["ed-0"]
    while in_force(state, orders.org.today) is not None:
        orders.org.days(1)
    untouched = Harbour()
    untouched.set_clock(orders.org.clock.now())
    for then, before in zip(probes(orders.org, orders.last), probes(untouched, orders.last), strict=True):
        assert isinstance(then, list), then
        assert set(before) <= set(then)  # a meeting called meanwhile may be a ground more


@ORDERS
@given(st.lists(steps, max_size=25))
def test_of_any_time_at_least_as_much_is_free_of_emergencies(taken: list[tuple[str, Any]]) -> None:
    """The pause is as long as the emergency where the clause names no longer one: never are two days in a row under two."""
    orders = Orders(False)
    for step in taken:
        orders.take(step)
    days = [date(2027, 1, 4) + timedelta(days=number) for number in range(500)]
    running = [_touched(orders.org, day.isoformat()) for day in days]
    for today, tomorrow in pairwise(running):
        assert today is None or tomorrow is None or today == tomorrow
    assert sum(1 for found in running if found is not None) <= len(days) // 2 + 24


def _touched(org: Harbour, day: str) -> str | None:
    """The emergency that was in force at any hour of a day, the one on which it was ended too."""
    return next(
        (found.id for found in org.state.emergencies.values() if found.on <= day <= (found.ended_on or found.until)),
        None,
    )


@ORDERS
@given(st.lists(steps, max_size=15))
def test_replay_equals_live_in_any_order(taken: list[tuple[str, Any]]) -> None:
    orders = Orders(True)
    for step in taken:
        orders.take(step)
    assert orders.org.replayed().digest() == orders.org.state.digest()
    assert PEOPLE
