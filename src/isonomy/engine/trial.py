"""Trials of acts: a plainly fictional organisation under an edition, its acts one after the other, and what is expected of them.

Lives here: carrying out a script, and leaving out the lines of an edition on which it rests. Not here: reading a page
(`trial_page`, `rulebook.trials`).

Invariant: a trial is judged by `decide` and folded by `apply` alone; time, ids and lots come from the page and a count. A trial
passes when every act is accepted that is not said to be refused, and everything expected holds. Source: docs/spec/rulebook.md.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from isonomy.engine.duties import duties
from isonomy.engine.explain import explain
from isonomy.engine.refusal import Accepted, Refused, Verdict
from isonomy.engine.rehearsal import Rehearsal, bytes32
from isonomy.engine.roll import members_of_body
from isonomy.engine.state import State
from isonomy.engine.trial_page import RestsOn, Script, Statement
from isonomy.kernel.bad_input import BadInput, did_you_mean
from isonomy.kernel.ids import PROCEEDINGS
from isonomy.rulebook.reader import read_rulebook

_OPENED = re.compile(rf"(?:{'|'.join(PROCEEDINGS)})-(?:0|[1-9][0-9]*)")


@dataclass(frozen=True, slots=True)
class Problem:
    """What went otherwise than the page says, on which line; `expected`: an expectation was not met, else an act of the
    story itself was refused and the rest was not tried."""

    line: int
    what: str
    expected: bool


class _Stopped(Exception):
    """The story cannot go on."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.what)


def run_script(script: Script, editions: Mapping[str, bytes], without: RestsOn | None = None) -> tuple[Problem, ...]:
    """What went otherwise than the script says; nothing when the trial passes.

    `editions` are the bytes of the editions that it may name; `without` names lines to leave out first. Raises `BadInput` for
    an edition that is not there, lines that do not stand in it, or an edition that cannot be read.
    """
    text = edition_of(script, editions)
    if without is not None:
        text = left_out(text, without)
    story = _Story(script, text)
    try:
        story.found()
        story.tell()
    except _Stopped as stopped:
        story.problems.append(stopped.problem)
    return tuple(story.problems)


def flips(script: Script, editions: Mapping[str, bytes], line: RestsOn) -> bool:
    """Whether the trial comes out otherwise, at an expectation, when the lines it says it rests on are left out."""
    problems = run_script(script, editions, line)
    return bool(problems) and problems[0].expected


def edition_of(script: Script, editions: Mapping[str, bytes]) -> str:
    """The text of the edition that a script names, with its change; raises `BadInput`."""
    if script.of not in editions:
        raise BadInput(
            f"there is no edition '{script.of}'", f"line {script.line}", did_you_mean(script.of, list(editions))
        )
    text = editions[script.of].decode("utf-8").replace("\r\n", "\n")
    old, new = ("\n".join(lines) for lines in script.change)
    if not old and new:
        return f"{text.rstrip()}\n\n{new}\n"
    if old and text.count(f"\n{old}\n") != 1:
        cure = "write the lines to change letter for letter, so many that they stand once"
        raise BadInput(f"the lines to change do not stand once in '{script.of}'", f"line {script.line}", cure)
    return text.replace(f"\n{old}\n", f"\n{new}\n" if new else "\n") if old else text


def left_out(text: str, line: RestsOn) -> str:
    """An edition without a key of the blocks of a clause, or, where it cannot be read so, without those blocks.

    Raises `BadInput` where the clause has no such block or key.
    """
    book = read_rulebook(text.encode())
    clause = book.clauses.get(line.clause)
    if clause is None:
        raise BadInput(f"there is no clause {line.clause}", str(line), did_you_mean(line.clause, list(book.clauses)))
    lines = text.split("\n")
    without, removed = _without_key(lines, clause.first_line, clause.last_line, line)
    if not removed:
        raise BadInput(f"no block of clause {line.clause} says '{line.key}'", str(line), "name a key that stands there")
    if line.key:
        try:
            read_rulebook("\n".join(without).encode())
            return "\n".join(without)
        except BadInput:
            pass
    blocks = _without_key(lines, clause.first_line, clause.last_line, line, whole=True)[0]
    read_rulebook("\n".join(blocks).encode())
    return "\n".join(blocks)


def _without_key(lines: list[str], first: int, last: int, line: RestsOn, whole: bool = False) -> tuple[list[str], bool]:
    """The lines without the key's own and those that go on it; with `whole`, without every block that has it."""
    kept: list[str] = lines[: first - 1]
    block: list[str] = []
    inside = named = removed = False
    for text in lines[first - 1 : last]:
        if text.startswith("```rule") and not inside:
            inside, block = True, [text]
            named = not line.block or text.split(",")[0].split()[2:3] == [line.block]
        elif inside:
            block.append(text)
            if text.startswith("```"):
                inside = False
                has = named and (not line.key or any(each.startswith(f"{line.key}:") for each in block))
                removed = removed or has
                kept += block if not has else [] if whole or not line.key else _without_line(block, line.key)
        else:
            kept.append(text)
    return kept + lines[last:], removed


def _without_line(block: list[str], key: str) -> list[str]:
    kept, going = [], False
    for text in block:
        going = text.startswith(f"{key}:") or (going and text.startswith("  "))
        if not going:
            kept.append(text)
    return kept


class _Story:
    """A script being told: the state it has made so far, its clock, the names it gave."""

    def __init__(self, script: Script, text: str) -> None:
        self.script, self.text = script, text
        self.stage = Rehearsal()
        self.names: dict[str, str] = {}
        self.problems: list[Problem] = []

    @property
    def state(self) -> State:
        """What the story has made so far."""
        return self.stage.state

    # -- the founding ----------------------------------------------------------------------------------------------

    def found(self) -> None:
        """Founds the organisation with its units, people and first mandates."""
        classes = list(read_rulebook(self.text.encode()).member_classes)
        first = {"member_class": classes[0]} if len(classes) > 1 else {}
        people = [
            {"person": person(name)} | ({"unit": unit} if unit else {}) | first for name, unit in self.script.people
        ]
        if not people:
            raise BadInput("nobody founds", f"line {self.script.line}", "write people: ann, bob")
        units = [{"unit": unit, "kind": kind} for unit, kind in self.script.units]
        held = [{"person": person(name), "seat": seat} for name, seat in self.script.seats]
        self.must(self.script.line, self.stage.found(self.text, people, units, held))

    # -- telling ---------------------------------------------------------------------------------------------------

    def tell(self) -> None:
        """Carries out the statements in order; an act that is not said to be refused must be accepted."""
        statements = self.script.statements
        for at, statement in enumerate(statements):
            after = statements[at + 1] if at + 1 < len(statements) else None
            judged = after is not None and after.kind == "verdict"
            {
                "on": self._on, "meeting": self._meeting, "decides": self._decides, "act": self._act,
                "verdict": self._expect, "due": self._due, "is": self._is, "says": self._says,
            }[statement.kind](statement, judged)  # fmt: skip

    def _on(self, statement: Statement, judged: bool) -> None:
        del judged
        self.stage.set_clock(*statement.said)

    def _act(self, statement: Statement, judged: bool) -> None:
        by, seat, act = statement.said
        verdict = self.submit(by, seat, act, self.filled(statement.fields, statement.line))
        if not judged:
            self.must(statement.line, verdict)
        self.bind(statement.bind, statement.line)

    def _meeting(self, statement: Statement, judged: bool) -> None:
        """Called, noticed on the same day, and opened at its hour with everybody there."""
        body, day, hour, matters, by, seat = statement.said
        fields: dict[str, Any] = {"body": body, "starts": f"{day}T{hour}"}
        if matters:
            fields["matters"] = [matter.strip() for matter in matters.split(";")]
        if self._stops(statement, self.submit(by, seat, "meeting.call", fields), judged):
            return
        self.bind(statement.bind or "meeting", statement.line)
        meeting = self.names[statement.bind or "meeting"]
        there = self.members_on(body, day)
        sent = self.submit(by, seat, "notice.send", {"meeting": meeting, "how": "post", "to_count": len(there)})
        if self._stops(statement, sent, judged):
            return
        self.stage.set_clock(day, hour)
        opened = self.submit(by, seat, "meeting.open", {"meeting": meeting, "present": list(there)})
        self._stops(statement, opened, judged)

    def _stops(self, statement: Statement, verdict: Verdict, judged: bool) -> bool:
        """Whether a step was refused; the page says next that it should be, or the story stops."""
        if not judged:
            self.must(statement.line, verdict)
        return isinstance(verdict, Refused)

    def _decides(self, statement: Statement, judged: bool) -> None:
        """A motion is moved, put by show of hands or secretly as the clause says, and the result declared."""
        meeting, matter, in_favour, against, abstain, by, seat = statement.said
        fields = self.filled(statement.fields, statement.line)
        held = self.state.meetings[self.named(meeting, statement.line)]
        motion, poll, terms = fields.pop("motion", {}), fields.pop("poll", {}), fields.pop("terms", {})
        opens = fields.pop("opens", "de")
        if not fields.pop("no motion", False):
            text = {"body": held.body, "matter": matter, "text": f"On {matter}."}
            if self._stops(statement, self.submit(by, "", "motion.move", text | fields | motion), judged):
                return
            poll = {"motion": f"mo-{self.state.n - 1}"} | poll
            put_to = {"motion": poll["motion"], **terms}
            if terms and self._stops(statement, self.submit(by, "", "motion.terms", put_to), judged):
                return
        question = {"body": held.body, "question": "Shall it be?", "matter": matter, "meeting": held.id}
        if self._stops(statement, self.submit(by, seat, "poll.open", question | poll), judged):
            return
        put = f"po-{self.state.n - 1}"
        tallies = {"for": int(in_favour), "against": int(against), "abstain": int(abstain or 0)}
        result: dict[str, Any] = {"poll": put, "rule": "yes-no", "tallies": tallies}
        if self.state.polls[put].secrecy == "secret":
            cast = sum(tallies.values())
            box = {"box_root": bytes32(f"box of {put}"), "box_size": cast, "marked": cast}
            if self._stops(statement, self.submit(by, seat, "poll.close", {"poll": put, **box}), judged):
                return
            result["box_root"] = box["box_root"]
        self._stops(statement, self.submit(by, seat, "poll.declare", result), judged)
        self.bind(statement.bind, statement.line, opens)

    # -- expecting -------------------------------------------------------------------------------------------------

    def _expect(self, statement: Statement, judged: bool) -> None:
        del judged
        wanted, clause, words = statement.said
        verdict = self.stage.verdict
        if isinstance(verdict, Accepted):
            broke = verdict.irregularities
            clauses = [item.clause for item in broke] if wanted == "irregular" else list(verdict.clauses)
            found = "irregular" if broke and wanted == "irregular" else "accepted"
            said = "; ".join([*(f"{item.says} {item.facts}" for item in broke), self.sentence()])
        else:
            assert verdict is not None
            found = "refused"
            clauses = [ground.clause for ground in verdict.grounds]
            said = "; ".join(f"{ground.says} {ground.facts} {ground.cure}" for ground in verdict.grounds)
        if found != wanted:
            self.missed(statement.line, f"{found} [{', '.join(clauses)}] instead of {wanted}: {said}")
        elif clause and clause not in clauses:
            self.missed(statement.line, f"{found} by {', '.join(clauses) or 'no clause'}, not by {clause}: {said}")
        elif words and words not in said:
            self.missed(statement.line, f"'{words}' is not said; what is said: {said}")

    def _due(self, statement: Statement, judged: bool) -> None:
        del judged
        wanted, seat, day, words = statement.said
        known = duties(self.state, date.fromisoformat(self.stage.today))
        found = [
            duty
            for duty in known
            if (seat == "nobody" or seat in duty.seats)
            and (not day or duty.due_on == day)
            and (not words or words in f"{duty.duty}; {duty.derivation}")
            and (wanted != "overdue" or duty.is_overdue)
        ]
        if bool(found) == (wanted == "not due"):
            listed = "; ".join(f"{duty.due_on} {', '.join(duty.seats)}: {duty.duty}" for duty in known)
            self.missed(statement.line, f"{wanted} {seat} {day}: {words} does not hold; due is: {listed}")

    def _is(self, statement: Statement, judged: bool) -> None:
        del judged
        name, attribute, wanted = statement.said
        thing = self.thing(self.named(name, statement.line), statement.line)
        value = getattr(thing, attribute, None)
        value = value(self.stage.today) if callable(value) else value
        if str(value) != wanted:
            self.missed(statement.line, f"{attribute} of {name} is {value}, not {wanted}")

    def _says(self, statement: Statement, judged: bool) -> None:
        del judged
        if statement.said[0] not in self.sentence():
            self.missed(statement.line, f"'{statement.said[0]}' is not said; what is said: {self.sentence()}")

    def sentence(self) -> str:
        """What the last entry did, in plain sentences."""
        return explain(self.state, self.stage.entry) if self.stage.entry else ""

    # -- acts and names --------------------------------------------------------------------------------------------

    def submit(self, by: str, seat: str, act: str, fields: dict[str, Any]) -> Verdict:
        """Judges an act of a person of the story and enters what is accepted."""
        return self.stage.submit(person(by), seat, act, fields)

    def members_on(self, body: str, day: str) -> tuple[str, ...]:
        """Who is in a body on a day to come."""
        edition = self.state.edition_on(day)
        return members_of_body(self.state, edition.id if edition else "", body, day)

    def must(self, line: int, verdict: Verdict) -> None:
        """Stops the story where an act of its own is refused."""
        if isinstance(verdict, Refused):
            said = "; ".join(f"[{ground.clause}] {ground.says} {ground.facts}" for ground in verdict.grounds)
            raise _Stopped(Problem(line, f"refused: {said}", False))

    def missed(self, line: int, what: str) -> None:
        """Notes an expectation that was not met."""
        self.problems.append(Problem(line, what, True))

    def bind(self, name: str, line: int, kind: str = "") -> None:
        """Gives a name to what the last entry opened (of a `kind` where it opened several)."""
        if not name or not isinstance(self.stage.verdict, Accepted):
            return
        entry = str(self.state.n - 1)
        opened = [word for effect in self.stage.verdict.effects for word in _texts(effect) if _OPENED.fullmatch(word)]
        mine = [
            word for word in opened if word.partition("-")[2] == entry and (not kind or word.startswith(f"{kind}-"))
        ]
        if not mine:
            raise _Stopped(Problem(line, f"nothing was opened that could be called {name}", True))
        self.names[name] = mine[0]

    def named(self, name: str, line: int) -> str:
        """The id that a name of the page stands for."""
        if name not in self.names and self.problems:
            # What was to open it came out otherwise, as was noted already: the story ends there.
            raise _Stopped(Problem(line, f"nothing was opened that could be called {name}", True))
        if name not in self.names:
            raise BadInput(f"nothing is called '{name}' here", f"line {line}", did_you_mean(name, list(self.names)))
        return self.names[name]

    def filled(self, value: Any, line: int) -> Any:
        """Fields with `$name` and `@person` in the place of ids."""
        if isinstance(value, dict):
            return {key: self.filled(item, line) for key, item in value.items()}
        if isinstance(value, list):
            return [self.filled(item, line) for item in value]
        if isinstance(value, str) and value.startswith("$"):
            return self.named(value[1:], line)
        if isinstance(value, str) and value.startswith("@"):
            return person(value[1:])
        return value

    def thing(self, id: str, line: int) -> Any:
        """The thing of the state that bears an id."""
        tables = [getattr(self.state, name) for name in State.__dataclass_fields__ if name != "acts"]
        given, laid = self.state.instructions, self.state.publications
        money = self.state.money
        mine = (
            laid.sealed,
            laid.published,
            laid.papers,
            laid.sessions,
            money.payments,
            money.accounts,
            self.state.subscriptions.contests,
        )
        for table in (given.given, given.conditions, given.targets, *mine, *tables):
            if isinstance(table, dict) and id in table:
                return table[id]
        raise BadInput(f"the state has no {id}", f"line {line}", "name something that stays")


def person(name: str) -> str:
    """The id of a person of a trial, called by a short name."""
    return f"p-{name.ljust(4, '0')}"


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for item in value.values() for text in _texts(item)]
    return [text for item in value for text in _texts(item)] if isinstance(value, list | tuple) else []
