"""Items of minutes: what was put to a meeting, with words, votes and results.

Lives here: motions, questions and elections as the minutes tell them. Not here: the course of the meeting around them
(`minutes`), how they are printed.

Invariant: every figure is that of the declaration, and names the entry in which it was declared; what was put elsewhere, or
later, is not told here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from isonomy.engine.motion import Amendment, Motion
from isonomy.engine.proceedings.outcome import YES_NO, majority_of
from isonomy.engine.sentences import Speaker
from isonomy.engine.state import Decision, Poll, State
from isonomy.engine.words import capital, listed, say_day
from isonomy.rulebook.render import say_majority

HOW = {"secret": "by secret ballot", "named": "by named votes"}
ANSWERS = (("for", "for"), ("against", "against"), ("abstain", "abstained"), ("blank", "blank"))
FATE = {
    "accepted": "Accepted by the mover of the motion", "withdrawn": "Withdrawn",
    "fallen": "Fallen: its place in the text is gone", "carried": "Carried", "not carried": "Not carried", "open": "Not put",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Vote:
    """A question put and what came of it: figures as declared, what was asked, by which clause, in which entry (-1 none yet)."""

    poll: str
    question: str
    how: str
    figures: tuple[tuple[str, str], ...]
    result: str
    asked: str
    clause: str
    opened_at: int
    declared_at: int
    by_name: tuple[tuple[str, tuple[str, ...]], ...] = ()
    rule: str = ""
    notes: tuple[str, ...] = ()

    @property
    def figures_said(self) -> str:
        """Figures in a row: `9 for, 3 against`; of options `Ann 12; Ben 9; ballots 21`."""
        labels = {said for _, said in ANSWERS}
        if self.figures and all(label in labels for label, _ in self.figures):
            return ", ".join(f"{value} {label}" for label, value in self.figures)
        return "; ".join(f"{label} {value}" for label, value in self.figures)


@dataclass(frozen=True, slots=True)
class AmendmentTold:
    """An amendment as the minutes tell it: who moved it, what it changes, what became of it."""

    id: str
    who: str
    passage: str
    becomes: str
    text: str
    fate: str
    vote: Vote | None
    entry: int


@dataclass(frozen=True, slots=True)
class DecisionTold:
    """What was decided; `notes` say what it still depends on, `is_said` that its words stand in the item already."""

    id: str
    text: str
    clause: str
    entry: int
    notes: tuple[str, ...] = ()
    is_said: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One motion or question from its moving to its result. `words` as moved, `as_put` where amendments changed them."""

    title: str
    matter: str
    motion: str
    who: str
    words: str
    as_put: str
    amendments: tuple[AmendmentTold, ...]
    votes: tuple[Vote, ...]
    decisions: tuple[DecisionTold, ...]
    opened_at: int
    entry: int


def items_of(state: State, meeting: str, names: Mapping[str, str], declared: Mapping[str, int]) -> list[Item]:
    """The items of a meeting in the order in which they first were put; `declared` is the entry of each declaration."""
    groups: dict[str, list[Poll]] = {}
    for poll in state.polls.values():
        if poll.meeting == meeting:
            groups.setdefault(poll.motion or poll.about or poll.id, []).append(poll)
    return [_Writer(state, polls, names, declared).item() for polls in groups.values()]


class _Writer:
    """Writes one item from the polls about it."""

    def __init__(self, state: State, polls: list[Poll], names: Mapping[str, str], declared: Mapping[str, int]) -> None:
        self._state, self._polls, self._names, self._declared = state, polls, names, declared
        first = polls[0]
        self._rulebook = state.rulebook(first.editions[0])
        self._to = Speaker(state, self._rulebook, "", dict(names))
        self._motion: Motion | None = state.motions.get(first.motion or first.about)

    def item(self) -> Item:
        """The item."""
        first, motion = self._polls[0], self._motion
        votes = tuple(self._vote(poll) for poll in self._polls if not poll.amendment)
        decisions = tuple(
            self._decision(self._state.decisions[poll.decision])
            for poll in self._polls
            if poll.decision in self._state.decisions
        )
        matter = motion.matter if motion is not None else first.matter
        title = capital(self._to.matter(matter))
        if motion is None:
            return Item(title, matter, "", "", "", "", (), votes, decisions, number_in(first.id), number_in(first.id))
        moved = motion.moved_text or motion.text
        was_put = any(poll.motion == motion.id and not poll.amendment for poll in self._polls)
        as_put = motion.text if was_put and motion.text != moved else ""
        return Item(
            title, matter, motion.id, self._who(motion), moved, as_put, tuple(self._amendments(motion, was_put)), votes,
            decisions, number_in(first.id), number_in(motion.id),
        )  # fmt: skip

    def vote(self) -> Vote:
        """The first of the votes alone."""
        return self._vote(self._polls[0])

    def _who(self, made: Motion | Amendment) -> str:
        """Mover and seconders in words."""
        mover = self._to.person(made.mover)
        of = self._state.decisions.get(made.decision) if isinstance(made, Motion) else None
        by = f"Moved by {self._to.seat(of.seat)}, by its decision {of.id}" if of is not None else f"Moved by {mover}"
        about = f", about {self._to.person(made.person)}" if isinstance(made, Motion) and made.person else ""
        return by + about + (f"; seconded by {self._to.people(made.seconders)}" if made.seconders else "")

    def _amendments(self, motion: Motion, was_put: bool) -> list[AmendmentTold]:
        """Those put here; and once the motion itself was put, every one that was moved to it."""
        votes = {poll.amendment: poll for poll in self._polls if poll.amendment}
        found = []
        for amendment in self._state.amendments.values():
            if amendment.motion != motion.id or not (was_put or amendment.id in votes):
                continue
            poll = votes.get(amendment.id)
            found.append(
                AmendmentTold(
                    amendment.id, self._who(amendment), amendment.passage, amendment.becomes, amendment.text,
                    FATE.get(amendment.standing, capital(amendment.standing)),
                    self._vote(poll) if poll is not None else None, number_in(amendment.id),
                )
            )  # fmt: skip
        order = [poll.amendment for poll in self._polls if poll.amendment]
        return sorted(found, key=lambda told: (order.index(told.id) if told.id in order else -1, told.entry))

    def _vote(self, poll: Poll) -> Vote:
        how = HOW.get(poll.secrecy, "by show of hands")
        if poll.roll is not None:
            how += f", {len(poll.roll) - len(poll.struck)} entitled"
        asked, clause = self._asked(poll)
        return Vote(
            poll.id, poll.question, how, tuple(figures_of(poll, self._to)), result_of(poll, self._to), asked, clause,
            number_in(poll.id), self._declared.get(poll.id, -1), self._by_name(poll), poll.rule, tuple(self._notes(poll)),
        )  # fmt: skip

    def _asked(self, poll: Poll) -> tuple[str, str]:
        """The majority that the clause asks, of a question answered for or against."""
        matter = poll.matter
        majority, clause = majority_of(self._state, poll, poll.editions[0], matter)
        single = poll.counting == YES_NO and len(poll.options) < 2
        return (say_majority(majority) if single else "", clause)

    def _by_name(self, poll: Poll) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The votes that were given by name, where the answers are for, against and abstain."""
        if not poll.named or poll.outcome is None:
            return ()
        groups: dict[str, list[str]] = {}
        for person, answer in poll.named.items():
            if isinstance(answer, str):
                groups.setdefault(answer, []).append(self._to.person(person))
        return tuple((said, tuple(sorted(groups[key]))) for key, said in ANSWERS if key in groups)

    def _notes(self, poll: Poll) -> list[str]:
        outcome = poll.outcome or {}
        found = []
        if outcome.get("quorum") == "no":
            found.append("The quorum of the vote was not reached")
        elif outcome.get("quorum") == "cannot be told":
            found.append("Whether the quorum of the vote was reached cannot be told")
        if poll.resumes and outcome.get("winners"):
            found.append(f"The meeting goes on on {say_day(poll.resumes)}")
        return found

    def _decision(self, decision: Decision) -> DecisionTold:
        notes = []
        if decision.person:
            notes.append(capital(self._to.people(decision.person.split())))
        if decision.amount is not None:
            notes.append(f"Amount: {decision.amount}")
        if decision.lapses_on:
            notes.append(
                f"Lapses after {say_day(decision.lapses_on)} unless {self._to.seat(decision.ratify_by)} ratifies it"
            )
        if decision.appealable_until:
            notes.append(f"May be appealed through {say_day(decision.appealable_until)}")
        said = {poll.question for poll in self._polls}
        if self._motion is not None:
            said |= {self._motion.text, self._motion.moved_text}
        return DecisionTold(
            decision.id, decision.text, decision.clause, number_in(decision.id), tuple(notes), decision.text in said
        )


def figures_of(poll: Poll, to: Speaker) -> list[tuple[str, str]]:
    """The figures of a declaration, each with its label; of a count by stages those of the first and last."""
    tallies: Any = poll.tallies
    if not isinstance(tallies, dict):
        return []
    if len(poll.options) < 2 and poll.counting == YES_NO:
        shown = [(said, tallies.get(key, 0)) for key, said in ANSWERS]
        return [(said, str(count)) for said, count in shown if count or said in ("for", "against")]
    found: list[tuple[str, str]] = []
    for number, option in enumerate(poll.options, start=1):
        name, key = (to.person(option.person) if option.person else option.name), str(number)
        if key in tallies.get("totals", {}):
            found.append((name, str(tallies["totals"][key])))
        elif key in tallies.get("answers", {}):
            given = tallies["answers"][key]
            found.append((name, listed(f"{given[answer]} {said}" for answer, said in ANSWERS if answer in given)))
        elif key in tallies.get("first", {}):
            last = tallies.get("last", {}).get(key, "0")
            found.append((name, f"{tallies['first'][key]} first preferences, {last} at the last stage"))
    if isinstance(tallies.get("ballots"), int):
        found.append(("ballots", str(tallies["ballots"])))
    return found


def result_of(poll: Poll, to: Speaker) -> str:
    """What came of a poll, in a few words."""
    if poll.outcome is None:
        return "Not declared" if poll.standing != "open" else "Open"
    winners = [poll.options[number - 1] for number in poll.outcome["winners"] if number <= len(poll.options)]
    if winners:
        chosen = listed(to.person(option.person) if option.person else option.name for option in winners)
        return f"{'Elected' if poll.seat else 'Chosen'}: {chosen}"
    if poll.outcome["winners"]:
        return "Carried"
    return "Not carried" if poll.outcome["decided"] else "What is decided cannot be told"


def number_in(id: str) -> int:
    """The number of the entry that a proceeding is named after."""
    return int(id.split("-")[1])


def votes_of(state: State, poll: str, names: Mapping[str, str]) -> list[Vote]:
    """The vote behind a decision, as minutes tell it; none where it was taken by an office or outside a poll."""
    found = state.polls.get(poll)
    if found is None:
        return []
    declared = {poll: number_in(found.decision)} if found.decision else {}
    return [_Writer(state, [found], names, declared).vote()]
