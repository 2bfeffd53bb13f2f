"""Laws of judging: names do not matter, who has no part changes nothing, and more votes for never carry less."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from isonomy.chamber.entering import entry_of
from isonomy.engine.apply import apply
from isonomy.engine.decide import SEMANTICS, Submission, decide
from isonomy.engine.refusal import Accepted
from isonomy.engine.state import State
from isonomy.kernel.bad_input import BadInput
from tests.engine.rulebooks import CLUB
from tests.organisation import TestOrganisation
from tests.simulation.books import BOOKS
from tests.simulation.test_simulation import drive

PERSON = re.compile(r"p-[a-z0-9]{4,32}")
ACTS_TRIED = 160
LAW_ACTS = settings(max_examples=max(5, settings.default.max_examples // 20), deadline=None)


@functools.lru_cache(maxsize=16)
def tried(book: str, seed: int) -> tuple[Submission, ...]:
    """What was submitted in a short simulation, accepted or not, in order."""
    arena = drive(book, seed, ACTS_TRIED)
    return tuple(arena.tried)


def answers(submissions: tuple[Submission, ...], change: Callable[[Any], Any]) -> list[Any]:
    """The answers to changed submissions, each judged after the entries before it."""
    state, found = State(), []
    for given_one in submissions:
        submission = Submission(change(given_one.act), given_one.auth, given_one.at, given_one.local)
        try:
            verdict = decide(state, submission)
        except BadInput as fault:
            found.append({"bad input": fault.what})
            continue
        shown = verdict.to_json("it")
        for effect in shown.get("effects", ()):
            effect.pop("roll_digest", None)  # it commits to the ids themselves
        found.append(shown)
        if isinstance(verdict, Accepted) and not verdict.boxed:
            try:
                apply(state, entry_of(state.n, submission, verdict, SEMANTICS).to_json())
            except BadInput:
                continue
    return found


def renamed(value: Any, names: Callable[[str], str], units: dict[str, str]) -> Any:
    """A JSON value with other ids of persons and units; the rulebook's own text is nobody's name and stays."""
    if isinstance(value, dict):
        return {
            key: item if key in ("rulebook", "sha256", "vkey") else renamed(item, names, units)
            for key, item in value.items()
        }
    if isinstance(value, list | tuple):
        return [renamed(item, names, units) for item in value]
    if not isinstance(value, str):
        return value
    text = PERSON.sub(lambda found: names(found.group()), value)
    for unit, other in units.items():
        text = re.sub(rf"(?<![\w-]){unit}(?![\w-])", other, text)
    return text


@LAW_ACTS
@given(st.sampled_from(["club", "branches", "federation"]), st.integers(1, 4))
def test_names_of_persons_and_units_do_not_matter(book: str, seed: int) -> None:
    """In the same order, other ids give the same answers in the same words."""
    units = {"north": "aquilo", "south": "auster", "west": "zephyr"}

    def other(id: str) -> str:
        return f"p-k{id[2:]}k"[:34]

    submissions = tried(book, seed)
    plain = answers(submissions, lambda act: act)
    changed = answers(submissions, lambda act: renamed(act, other, units))
    assert [renamed(answer, other, units) for answer in plain] == changed


@LAW_ACTS
@given(st.sampled_from(["club", "ballots", "association"]), st.integers(1, 4))
def test_the_alphabet_gives_nobody_an_advantage(book: str, seed: int) -> None:
    """With the order of ids reversed, everybody may do what they might before."""

    def mirrored(id: str) -> str:
        return "p-" + "".join(chr(ord("a") + ord("z") - ord(sign)) if sign.isalpha() else sign for sign in id[2:])

    def kinds(found: list[Any]) -> list[Any]:
        return [
            (answer.get("verdict"), [effect["effect"] for effect in answer.get("effects", ())],
             [(ground["clause"], PERSON.sub("p", ground["says"])) for ground in answer.get("grounds", ())])
            for answer in found
        ]  # fmt: skip

    submissions = tried(book, seed)
    assert kinds(answers(submissions, lambda act: act)) == kinds(
        answers(submissions, lambda act: renamed(act, mirrored, {}))
    )


@LAW_ACTS
@given(st.integers(1, 6))
def test_who_has_no_vote_and_does_nothing_changes_no_answer(seed: int) -> None:
    def with_a_friend(act: Any) -> Any:
        if not isinstance(act, dict) or act.get("act") != "found" or not isinstance(act.get("founders"), list):
            return act
        friend = {"person": "p-bystander", "member_class": "friend"}
        return act | {"founders": [*act["founders"], friend]}

    submissions = tried("ballots", seed)
    plain, more = answers(submissions, lambda act: act), answers(submissions, with_a_friend)
    assert json.dumps(plain[1:]) == json.dumps(more[1:])


# -- quorum and majority -----------------------------------------------------------------------------------


@functools.lru_cache(maxsize=64)
def sitting(members: int, majority: str) -> tuple[TestOrganisation, str, int]:
    """A congress of so many members, called and noticed, on its day; the entry before it is opened."""
    names = [f"m{number:03}" for number in range(members)]
    text = CLUB.replace("majority: 1/2 of cast", f"majority: {majority} of cast")
    org = TestOrganisation(
        text, names, mandates={"chair": names[0], "secretary": names[0]}, units={"north": "branch"},
        unit_of=dict.fromkeys(names, "north"),
    )  # fmt: skip
    org.days(95)
    made = org.accepted("meeting.call", by=names[0], body="congress", starts="2027-05-08T10:00", matters=["programme"])
    meeting = str(made.effects[0]["meeting"])
    org.accepted("notice.send", by=names[0], meeting=meeting, how="post", to_count=members)
    org.set_clock("2027-05-08T10:00:00Z")
    return org, meeting, len(org.entries)


def fresh(members: int, majority: str = "1/2") -> tuple[TestOrganisation, str]:
    """The sitting as it was before anybody opened it."""
    org, meeting, length = sitting(members, majority)
    org.state = State()
    del org.entries[length:], org.entry_bytes[length:]
    for entry in org.entries:
        apply(org.state, entry)
    return org, meeting


@given(st.integers(1, 30), st.data())
def test_a_quorum_is_at_least_the_share_of_the_clause(members: int, data: st.DataObject) -> None:
    org, meeting = fresh(members)
    present = data.draw(st.integers(0, members))
    people = [f"p-m{number:03}000" for number in range(present)]
    verdict = org.judge("meeting.open", by="p-m000000", meeting=meeting, present=people)
    assert isinstance(verdict, Accepted) == (present > 0 and Fraction(present, members) >= Fraction(1, 4))


def carried(org: TestOrganisation, poll: str, answers: tuple[int, int, int]) -> bool:
    """Whether so many for, against and abstaining carry the question."""
    tallies = dict(zip(("for", "against", "abstain"), answers, strict=True))
    verdict = org.judge("poll.declare", by="p-m000000", poll=poll, rule="yes-no", tallies=tallies)
    assert isinstance(verdict, Accepted), verdict
    return any(effect["effect"] == "decision.taken" for effect in verdict.effects)


@given(st.sampled_from(["1/2", "2/3", "3/4", "3/5"]), st.integers(4, 24), st.data())
def test_a_majority_is_of_the_votes_cast_and_more_for_never_carry_less(
    majority: str, members: int, data: st.DataObject
) -> None:
    org, meeting = fresh(members, majority)
    people = [f"p-m{number:03}000" for number in range(members)]
    org.accepted("meeting.open", by="p-m000000", meeting=meeting, present=people)
    opened = org.accepted(
        "poll.open", by="p-m000000", body="congress", question="?", matter="programme", meeting=meeting
    )
    poll = opened.effects[0]["poll"]
    yes = data.draw(st.integers(0, members))
    no = data.draw(st.integers(0, members - yes))
    abstain = data.draw(st.integers(0, members - yes - no))
    found = carried(org, poll, (yes, no, abstain))
    share = Fraction(majority)
    enough = Fraction(yes) > share * (yes + no) if share == Fraction(1, 2) else Fraction(yes) >= share * (yes + no)
    assert found == (yes > 0 and enough)
    assert carried(org, poll, (yes, no, 0)) == found, "abstentions are not cast"
    if yes + no < members:
        assert carried(org, poll, (yes + 1, no, 0)) or not found
        assert found or not carried(org, poll, (yes, no + 1, 0))
    if no:
        assert carried(org, poll, (yes, no - 1, 0)) or not found


@given(st.sampled_from(sorted(BOOKS)), st.integers(1, 3))
@settings(max_examples=4, deadline=None)
def test_a_digest_is_of_the_state_and_not_of_the_way_it_was_written(book: str, seed: int) -> None:
    """Two states folded from the same entries are equal; one entry less and they are not."""
    arena = drive(book, seed, 120)
    again, less = arena.replayed(), State()
    for entry in arena.entries[:-1]:
        apply(less, entry)
    assert again.digest() == arena.state.digest() != less.digest()
