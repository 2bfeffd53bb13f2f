"""Whatever is asked in whatever order: every act gets a verdict, and no meeting is open that should not be."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from isonomy.engine.duties import duties
from isonomy.engine.explain import explain, explain_refusal
from isonomy.engine.proceedings.notices import asked_of
from isonomy.engine.refusal import Accepted
from isonomy.engine.roll import members_of_body
from isonomy.kernel.calendar import parse_date
from tests.engine.meeting_rulebooks import NORTHERNERS, SOUTHERNERS, WESTERNERS, branches
from tests.organisation import TestOrganisation

PEOPLE = (*NORTHERNERS, *SOUTHERNERS, *WESTERNERS)
BODIES = ("council", "congress", "branch-meeting@north", "branch-meeting", "president", "nothing")
SEATS = (None, "president", "council", "branch-secretary@north", "branch-meeting@south", "registrar")

names = st.sampled_from(PEOPLE)
days = st.integers(-3, 60)
meetings = st.integers(1, 8).map(lambda number: f"mt-{number}")
demands = st.integers(1, 8).map(lambda number: f"ca-{number}")
crowds = st.lists(names, max_size=6, unique=True)
matters = st.lists(st.sampled_from(["budget", "programme", "amendment", "branch-rooms"]), max_size=2, unique=True)

acts = st.one_of(
    st.fixed_dictionaries(
        {"act": st.just("meeting.call"), "body": st.sampled_from(BODIES), "in": days, "matters": matters},
        optional={"by_right": days, "demand": demands},
    ),
    st.fixed_dictionaries(
        {"act": st.just("notice.send"), "meeting": meetings, "how": st.just("post"), "to_count": st.integers(0, 9)}
    ),
    st.fixed_dictionaries({"act": st.sampled_from(["notice.consent", "meeting.close"]), "meeting": meetings}),
    st.fixed_dictionaries({"act": st.just("meeting.cancel"), "meeting": meetings, "why": st.just("so")}),
    st.fixed_dictionaries({"act": st.just("meeting.demand"), "body": st.sampled_from(BODIES), "matters": matters}),
    st.fixed_dictionaries({"act": st.sampled_from(["demand.support", "demand.withdraw"]), "demand": demands}),
    st.fixed_dictionaries(
        {
            "act": st.sampled_from(["meeting.open", "meeting.lapse", "quorum.count"]),
            "meeting": meetings,
            "crowd": crowds,
        }
    ),
    st.fixed_dictionaries(
        {"act": st.sampled_from(["meeting.open", "meeting.lapse"]), "body": st.sampled_from(BODIES), "crowd": crowds}
    ),
    st.fixed_dictionaries({"act": st.just("quorum.challenge"), "meeting": meetings}),
    st.fixed_dictionaries({"act": st.just("member.leave")}),
    st.fixed_dictionaries({"act": st.just("days"), "in": st.integers(0, 40)}),
    st.fixed_dictionaries(
        {
            "act": st.just("duty.discharge"),
            "duty": st.just("bulletin"),
            "occasion": st.sampled_from(["2027-04-06", "x"]),
        }
    ),
)


def tried(org: TestOrganisation, step: dict[str, Any], name: str, seat: str | None) -> None:
    """Submits what a step asks, with its days and persons made concrete."""
    fields = {key: value for key, value in step.items() if key not in ("act", "in", "crowd")}
    today = date.fromisoformat(org.today)
    if step["act"] == "days":
        org.days(step["in"])
        return
    if "in" in step:
        fields["starts"] = f"{today + timedelta(days=step['in'])}T10:00"
    if "by_right" in step:
        fields["by_right"] = (today + timedelta(days=step["by_right"])).isoformat()
    if "crowd" in step:
        fields["present"] = [org.person(each) for each in step["crowd"]]
    verdict = org.submit(step["act"], by=name, as_=seat, **fields)
    if isinstance(verdict, Accepted):
        assert explain(org.state, org.entries[-1])
    else:
        assert verdict.grounds
        assert explain_refusal(org.state, verdict, {"act": step["act"], **fields}).startswith("Refused")
        for ground in verdict.grounds:
            assert ground.says


def lawful(org: TestOrganisation) -> None:
    """No meeting is open in a living organisation without its quorum, and its notice or its clause."""
    for meeting in org.state.meetings.values():
        if meeting.standing != "open" or meeting.opened_on != org.today:
            continue
        rulebook = org.state.rulebook(meeting.edition)
        body = rulebook.bodies[meeting.body.partition("@")[0]]
        members = members_of_body(org.state, meeting.edition, meeting.body, meeting.opened_on)
        if meeting.by_right_on == meeting.starts[:10]:
            continue
        for asked in asked_of(rulebook, meeting.body):
            start = parse_date(meeting.starts[:10])
            kept = any(asked.notice.after(parse_date(served)) <= start for _, served in meeting.notices)
            assert kept or (body.short_notice is not None and 10 * len(meeting.consents) >= 9 * len(members))


@given(st.lists(st.tuples(acts, names, st.sampled_from(SEATS)), max_size=30), st.integers(0, 120))
def test_whatever_is_asked_every_act_gets_a_verdict_and_no_open_meeting_is_unlawful(
    steps: list[tuple[dict[str, Any], str, str | None]], wait: int
) -> None:
    org = branches()
    org.days(wait)
    for step, name, seat in steps:
        tried(org, step, name, seat)
        lawful(org)
    assert org.replayed().digest() == org.state.digest()
    today = date.fromisoformat(org.today)
    for duty in duties(org.state, today, today + timedelta(days=800)):
        assert duty.who
        assert duty.derivation
        assert duty.overdue_days == max(0, (today - date.fromisoformat(duty.due_on)).days)


@given(st.integers(114, 117) | st.integers(0, 500), crowds)
def test_a_congress_is_opened_on_its_day_or_refused_and_due_until_then(wait: int, crowd: list[str]) -> None:
    org = branches()
    org.days(wait)
    verdict = org.submit("meeting.open", by="sue", body="congress", present=[org.person(name) for name in crowd])
    delegates = [name for name in crowd if name in ("nan", "ned", "sam", "sue", "wil", "win")]
    lawfully = org.today == "2027-05-01" and len(delegates) >= 3 and len(delegates) == len(crowd)
    assert isinstance(verdict, Accepted) == lawfully
