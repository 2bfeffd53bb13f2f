"""Strategies: JSON of every kind, and acts that were valid before something happened to them.

Lives here: what properties of the engine draw. Not here: the properties.
"""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from isonomy.engine.act import ACTS
from isonomy.engine.decide import Submission, decide
from isonomy.engine.refusal import Accepted, Refused
from isonomy.engine.state import State
from isonomy.kernel.bad_input import BadInput
from tests.engine.test_deciding import assembled
from tests.organisation import TestOrganisation

KEYS = sorted({key for kind in ACTS.values() for key in kind.shape.__dataclass_fields__})
WORDS = st.one_of(
    st.sampled_from(["p-ada000", "p-ben000", "chair", "congress", "congress@north", "north", "de-1", "po-9", "mt-4", "ma-0-0",
                     "amendment", "programme", "2027-05-01", "2027-05-01T10:00", "9999-12-31", "for", "lot", "\ud800", "\x00"]),
    st.text(max_size=40),
)  # fmt: skip
NUMBERS = st.one_of(
    st.integers(-3, 20), st.sampled_from([2**53, 2**53 - 1, 10**30, -(2**70)]), st.floats(allow_nan=True)
)
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), NUMBERS, WORDS),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.one_of(st.sampled_from([*KEYS, "act", "c"]), WORDS), inner, max_size=5)
    ),
    max_leaves=12,
)  # fmt: skip


@st.composite
def wild_acts(draw: st.DrawFn) -> Any:
    """An envelope in form, around fields that may be anything."""
    name = draw(st.sampled_from(sorted(ACTS)))
    fields = sorted(ACTS[name].shape.__dataclass_fields__)
    made: dict[str, Any] = {
        "id": f"{draw(st.integers(0, 2**128 - 1)):032x}", "log": "riverside.test", "until": "2090-01-01T00:00:00Z", "act": name,
        "by": draw(st.sampled_from(["p-ada000", "p-ben000", "p-cy000", "p-zz9999"])),
    }  # fmt: skip
    for key in draw(st.lists(st.sampled_from(fields), unique=True)):
        made[key] = draw(JSON)
    if draw(st.booleans()):
        made["as"] = draw(WORDS)
    return made


def examples() -> tuple[TestOrganisation, list[dict[str, Any]]]:
    """An organisation with a sitting in hand, and acts that it would accept next."""
    org, meeting = assembled(matters=("programme", "ratification", "correction", "election-of-chair"))
    taken = org.accepted("decision.take", by="ada", as_="chair", matter="spending", text="Oars", amount=50)
    moved = org.accepted("motion.move", by="cy", body="congress", matter="programme", text="A new programme")
    motion, decision = moved.effects[0]["motion"], taken.effects[0]["decision"]
    poll = org.accepted(
        "poll.open", by="ada", as_="chair", body="congress", question="?", matter="programme", meeting=meeting,
        motion=motion, secrecy="named",
    ).effects[0]["poll"]  # fmt: skip
    made = [
        org.act("ballot.cast", by="cy", poll=poll, ballot="for"),
        org.act("decision.take", by="ada", as_="chair", matter="spending", text="A rope", amount=20),
        org.act("motion.move", by="ben", body="congress", matter="ratification", text="Yes", ratifies=decision),
        org.act("motion.move", by="ben", body="congress", matter="correction", text="cy south", person=org.person("cy")),
        org.act("member.admit", by="ben", as_="secretary", person="p-dora000", unit="north", codes={"gender": "w"}),
        org.act("member.move", by="cy", person=org.person("cy"), unit="north"),
        org.act("mandate.begin", by="ada", as_="chair", person=org.person("cy"), seat="treasurer"),
        org.act("mandate.end", by="ada", mandate="ma-0-0", why="tired"),
        org.act("key.enrol", by="cy", person=org.person("cy"), key=org.key("spare")),
        org.act("quorum.count", by="ada", as_="chair", meeting=meeting, present=[org.person("ada"), org.person("cy")]),
        org.act("quorum.challenge", by="cy", meeting=meeting),
        org.act("correct", by="ada", entry=org.state.n - 3, thing=decision, key="text", now="Oar", why="one"),
        org.act("poll.open", by="ben", as_="secretary", body="congress", question="Who?", matter="election-of-chair",
                meeting=meeting, seat="chair", options=[{"name": "Cy", "person": org.person("cy")}]),
        org.act("report", by="ben", as_="secretary", source="minutes", happened={"earliest": org.today, "latest": org.today},
                what={"act": "decision.take", "by": org.person("ada"), "as": "chair", "matter": "spending", "text": "x",
                      "amount": 5}),
        org.act("meeting.call", by="ben", as_="secretary", body="congress", starts="2027-06-12T10:00", matters=["programme"]),
        org.act("protest", by="cy", refusal={"verdict": "refused", "act": "0" * 32, "grounds": []}, signature="AA=="),
    ]  # fmt: skip
    return org, made


@st.composite
def spoiled(draw: st.DrawFn, act: dict[str, Any]) -> dict[str, Any]:
    """An act with one to three of its values replaced, removed, or added."""
    made = dict(act)
    for _ in range(draw(st.integers(1, 3))):
        key = draw(st.sampled_from(sorted({*made, *KEYS})))
        if draw(st.integers(0, 3)) == 0 and key in made:
            del made[key]
        else:
            made[key] = draw(JSON)
    return made


def answered(state: State, submission: Submission) -> Accepted | Refused | BadInput:
    """The answer to whatever was sent: a verdict, or bad input with its words. Any other exception fails the trial."""
    try:
        return decide(state, submission)
    except BadInput as fault:
        return fault
