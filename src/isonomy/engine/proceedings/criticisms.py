"""Criticism: said in the critic's own words, joined by others, withdrawn by those who stand behind it and by nobody else.

Lives here: `criticism.make`, `criticism.join`, `criticism.withdraw`, `criticism.avow`, `criticism.open`. Not here: answers and
replies (`answering`), protection of critics (`engine.protection`), where a criticism stands (`engine.criticism`).

Invariant: no act alters words, and none closes a criticism against its critics: whoever is addressed can answer and do nothing
else. Source: docs/spec/acts-criticism.md.
"""

from __future__ import annotations

from base64 import b64decode
from dataclasses import dataclass

from isonomy.engine.act import judges
from isonomy.engine.criticism import CRITIC, WORDS, Criticism, Step
from isonomy.engine.effect import At, effect
from isonomy.engine.judgement import FORM, Judgement
from isonomy.engine.owed_answers import rule_of, silent_on, steps_of
from isonomy.engine.roll import members_of_body
from isonomy.engine.shape import Bytes32, Line, ProceedingId, SeatName, Slug, Text
from isonomy.engine.state import State, day_of
from isonomy.kernel.ids import proceeding_id
from isonomy.record.commitment import opens
from isonomy.rulebook.model import MEMBERS, Body
from isonomy.rulebook.provisions.criticism import MAKING, CriticismRule, criticism_rules


@dataclass(frozen=True, slots=True)
class Commitment:
    """A text as a commitment: HMAC-SHA-256 under a salt kept beside the record (record.md)."""

    c: Bytes32


@dataclass(frozen=True, slots=True)
class Make:
    """Criticises a body or office holder, in the critic's own words."""

    to: SeatName
    text: Text | None = None
    sealed: Commitment | None = None
    subject: Line | None = None
    rule: Slug | None = None
    author: Commitment | None = None
    decision: ProceedingId | None = None


@dataclass(frozen=True, slots=True)
class Join:
    """Stands behind a criticism that another made."""

    criticism: ProceedingId


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Stands behind a criticism no longer; with its last critic it is withdrawn."""

    criticism: ProceedingId
    why: Line | None = None
    decision: ProceedingId | None = None


@dataclass(frozen=True, slots=True)
class Avow:
    """Says openly that one is the critic whom only the keeper knew."""

    criticism: ProceedingId
    salt: Bytes32


@dataclass(frozen=True, slots=True)
class Open:
    """Opens the sealed words of a criticism."""

    criticism: ProceedingId
    text: Text
    salt: Bytes32


@effect("criticism.made")
@dataclass(frozen=True, slots=True)
class CriticismMade:
    """A criticism stands: of whom, by whom, in which words, and who owes an answer until when."""

    criticism: str
    rule: str
    edition: str
    addressee: str
    on: str
    critic: str = ""
    body: str = ""
    text: str = ""
    subject: str = ""
    sealed: str = ""
    opens_on: str = ""
    author: str = ""
    keeper: str = ""
    criticised: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    silent_on: str = ""
    silent_to: str = ""

    def apply(self, state: State, at: At) -> None:
        """Enters the criticism."""
        state.criticisms[self.criticism] = Criticism(
            self.criticism, self.rule, self.edition, self.addressee, self.on, at.n, self.text, self.subject, self.sealed,
            self.opens_on, author=self.author, keeper=self.keeper, body=self.body,
            critics={self.critic: self.on} if self.critic else {}, criticised=self.criticised, steps=self.steps,
            silent_on=self.silent_on, silent_to=self.silent_to,
        )  # fmt: skip
        state.touched[self.criticism] = state.touched[self.addressee] = at.n


@effect("criticism.joined")
@dataclass(frozen=True, slots=True)
class CriticismJoined:
    """A further critic stands behind a criticism, from a day on."""

    criticism: str
    person: str
    on: str

    def apply(self, state: State, at: At) -> None:
        """Adds the critic."""
        criticism = state.criticisms[self.criticism]
        criticism.critics[self.person] = self.on
        criticism.gone.pop(self.person, None)
        state.touched[self.criticism] = at.n


@effect("criticism.left")
@dataclass(frozen=True, slots=True)
class CriticismLeft:
    """A critic ("" the body that made it) stands behind it no longer; with the last one it is `withdrawn`."""

    criticism: str
    person: str
    on: str
    withdrawn: bool = False

    def apply(self, state: State, at: At) -> None:
        """Strikes the critic; whoever once stood behind it is remembered."""
        criticism = state.criticisms[self.criticism]
        if self.person in criticism.critics:
            criticism.gone[self.person] = criticism.critics.pop(self.person)
        elif not self.person:
            criticism.body = ""
        if self.withdrawn:
            criticism.withdrawn_on = self.on
        state.touched[self.criticism] = at.n


@effect("criticism.avowed")
@dataclass(frozen=True, slots=True)
class CriticismAvowed:
    """The critic whom the keeper alone knew is named, as critic from the day on which it was made."""

    criticism: str
    person: str

    def apply(self, state: State, at: At) -> None:
        """Names the critic."""
        criticism = state.criticisms[self.criticism]
        criticism.critics[self.person] = criticism.on
        criticism.author = ""
        state.touched[self.criticism] = at.n


@effect("criticism.opened")
@dataclass(frozen=True, slots=True)
class CriticismOpened:
    """The sealed words of a criticism are open."""

    criticism: str
    on: str
    text: str

    def apply(self, state: State, at: At) -> None:
        """Sets the words."""
        criticism = state.criticisms[self.criticism]
        criticism.text, criticism.opened_on = self.text, self.on
        state.touched[self.criticism] = at.n


def known_criticism(judgement: Judgement, id: str) -> Criticism:
    """The criticism of that id; bars the act where there is none."""
    found = judgement.state.criticisms.get(id)
    if found is None:
        raise judgement.bar(f"there is no criticism '{id}'", {}, "name one, such as ct-31")
    return found


def waiting_criticism(judgement: Judgement, id: str) -> Criticism:
    """The criticism of that id while it is not over; bars the act otherwise."""
    found = known_criticism(judgement, id)
    if found.over_on:
        raise judgement.bar(
            f"the criticism is {found.standing_on(judgement.on)}", {"since": found.over_on}, "make one of your own"
        )
    return found


def rule_for(judgement: Judgement, to: str, name: str | None) -> CriticismRule:
    """The block by which a seat may be criticised; bars the act where no clause lets anybody, or several do."""
    rules = criticism_rules(judgement.rulebook)
    plain = to.partition("@")[0]
    found = [rule for rule in rules.values() if plain in rule.to and name in (None, rule.name)]
    if not found:
        known = sorted({seat for rule in rules.values() for seat in rule.to})
        raise judgement.bar(
            f"no clause lets anybody address {judgement.title(to)} so",
            {"may be addressed": known} if known else {}, "address one of these" if known else "amend the rulebook first",
        )  # fmt: skip
    if len(found) > 1:
        raise judgement.bar(
            "several clauses say how that seat is addressed", {"rules": [rule.name for rule in found]},
            'say which with "rule"',
        )  # fmt: skip
    return found[0]


def may_criticise(judgement: Judgement, seats: tuple[str, ...], clause: str, says: str) -> bool:
    """Whether the author may, in person: a member where the clause says members, with a vote or without, else by a seat."""
    if MEMBERS in seats and not judgement.as_:
        judgement.cite(clause)
        return True
    return judgement.may_act(seats, clause, says)


@judges("criticism.make", Make, reportable=False)
def judge_make(judgement: Judgement, make: Make) -> None:
    """Judges a criticism: who may address whom, how long the words may be, whether they lie open. Never what they say."""
    block = judgement.seat(make.to)
    rule = rule_for(judgement, make.to, make.rule)
    id = proceeding_id("ct", judgement.n)
    judgement.cite(rule.place.clause_of("to"))
    _check_words(judgement, rule, make)
    critic, body = _critic(judgement, rule, make, id)
    criticised = () if _is_everybody(block) else members_of_body(
        judgement.state, judgement.edition, make.to, judgement.on
    )  # fmt: skip
    if (critic and critic in criticised and not isinstance(block, Body)) or (body and body == make.to):
        judgement.refuse(
            rule.place.clause_of("to"), "nobody criticises themselves, to answer it themselves", {"holds": make.to},
            "say it in a report of your own, or let another member say it",
        )  # fmt: skip
    steps = steps_of(judgement.rulebook, rule, make.to, judgement.on)
    if steps:
        judgement.cite(rule.place.clause_of("answer within"))
    publication = rule.silence_published
    judgement.then(
        CriticismMade(
            id, rule.name, judgement.edition, make.to, judgement.on, critic, body, make.text or "", make.subject or "",
            make.sealed.c if make.sealed else "",
            rule.sealed_for.after(day_of(judgement.on)).isoformat() if rule.sealed_for else "",
            make.author.c if make.author else "", rule.keeper if make.author else "", tuple(criticised), steps,
            silent_on(rule, steps), publication.to if publication else "",
        )
    )  # fmt: skip


def _is_everybody(block: object) -> bool:
    return isinstance(block, Body) and block.filled is not None and block.filled.way == "all members"


def _check_words(judgement: Judgement, rule: CriticismRule, make: Make) -> None:
    clause = rule.place.clause_of("words")
    if (make.text is None) == (make.sealed is None):
        raise judgement.bar("a criticism has its words, open or sealed, and not both", {}, 'give "text", or "sealed"')
    if make.sealed is not None and rule.sealed_for is None:
        judgement.refuse(clause, "the words lie open", {"words": "sealed"}, 'give them as "text"')
    if make.text is not None and rule.sealed_for is not None:
        judgement.refuse(
            clause, f"the words lie sealed for {rule.sealed_for}", {"words": "open"}, 'give them as "sealed"'
        )
    check_length(judgement, rule, make.text)


def check_length(judgement: Judgement, rule: CriticismRule, text: str | None) -> None:
    """A ground where the words are longer than the clause lets them be: the only limit that a clause can set."""
    if text is not None and rule.length is not None and len(text) > rule.length:
        judgement.refuse(
            rule.place.clause_of("length"), f"the words have at most {rule.length} characters",
            {"characters": len(text)}, f"shorten them by {len(text) - rule.length}",
        )  # fmt: skip


def _critic(judgement: Judgement, rule: CriticismRule, make: Make, id: str) -> tuple[str, str]:
    """The person who is named as critic ("" where the keeper alone knows them), and the body that criticises by its decision."""
    clause, says = rule.place.clause_of("by"), "criticism is made by those the clause names"
    if make.author is not None:
        clause = rule.place.clause_of("author")
        if not rule.keeper:
            judgement.refuse(
                clause,
                "the critic is named",
                {"author": "not named"},
                "make it in your own name, or let another make it",
            )
        else:
            judgement.may_act(
                (rule.keeper,), clause, "a criticism whose author is not named is handed in by its keeper"
            )
        return "", ""
    if make.decision is None:
        may_criticise(judgement, rule.by, clause, says)
        return judgement.author, ""
    bodies = tuple(seat for seat in rule.by if seat in judgement.rulebook.bodies)
    judgement.is_granted(
        bodies, clause, says, decision=make.decision, matter=MAKING, about=id,
        unit=judgement.state.decisions[make.decision].seat.partition("@")[2]
        if make.decision in judgement.state.decisions else "",
    )  # fmt: skip
    decision = judgement.state.decisions[make.decision]
    check_decided(judgement, clause, make.decision, make.text)
    return "", decision.seat


def check_decided(judgement: Judgement, clause: str, decision: str, text: str | None, about: str = "") -> None:
    """A ground where what is handed in for a body is not what it decided, word for word, or not on what it decided."""
    found = judgement.state.decisions.get(decision)
    if found is None:
        return
    if text is not None and text != found.text:
        judgement.refuse(
            clause, "what a body says is what it decided, word for word", {"decision": decision, "differs": True},
            f"give the words of {decision}",
        )  # fmt: skip
    motion = judgement.state.motions.get(found.motion)
    named = motion.ratifies if motion is not None else ""
    if about and named != about:
        judgement.refuse(
            clause, "the motion named what it is about", {"motion on": named or "nothing named", "here": about},
            f'move it anew, with {about} under "ratifies"',
        )  # fmt: skip


@judges("criticism.join", Join, reportable=False)
def judge_join(judgement: Judgement, join: Join) -> None:
    """Judges a joining: by whom the clause lets join, once, while no answer has come."""
    criticism = waiting_criticism(judgement, join.criticism)
    rule = rule_of(judgement.state, criticism)
    clause = rule.place.clause_of("joined by")
    if judgement.author in criticism.critics:
        raise judgement.bar("you stand behind this criticism already", {}, "nothing more is needed", clause)
    if not rule.joined_by:
        judgement.refuse(clause, "no clause lets anybody join a criticism", {}, "make one of your own")
        return
    may_criticise(judgement, rule.joined_by, clause, "a criticism is joined by those the clause names")
    judgement.then(CriticismJoined(criticism.id, judgement.author, judgement.on))


@judges("criticism.withdraw", Withdraw, reportable=False)
def judge_withdraw(judgement: Judgement, withdraw: Withdraw) -> None:
    """Judges a withdrawal: a critic's own alone; what others stand behind stays."""
    criticism = waiting_criticism(judgement, withdraw.criticism)
    rule = rule_of(judgement.state, criticism)
    clause = rule.place.clause_of("by")
    person = judgement.author
    if criticism.body and withdraw.decision is not None:
        judgement.is_granted(
            (criticism.body.partition("@")[0],), clause, "a body withdraws its criticism by its decision",
            decision=withdraw.decision, matter=MAKING, about=criticism.id, unit=criticism.body.partition("@")[2],
        )  # fmt: skip
        check_decided(judgement, clause, withdraw.decision, None, criticism.id)
        person = ""
    elif person not in criticism.critics:
        judgement.refuse(
            clause, "a criticism is withdrawn by its critics and by nobody else",
            {"by": judgement.author, "critics": list(criticism.critics) or [criticism.body or "known to the keeper alone"]},
            "answer it, where it is yours to answer",
        )  # fmt: skip
        return
    judgement.cite(clause)
    staying = (set(criticism.critics) - {person}) | ({criticism.body} - {"" if person else criticism.body, ""})
    alone = not staying and not criticism.author
    judgement.then(CriticismLeft(criticism.id, person, judgement.on, withdrawn=alone))


@judges("criticism.avow", Avow, reportable=False)
def judge_avow(judgement: Judgement, avow: Avow) -> None:
    """Judges an avowal: the commitment opens to the author's own id."""
    criticism = known_criticism(judgement, avow.criticism)
    clause = rule_of(judgement.state, criticism).place.clause_of("author")
    if not criticism.author:
        raise judgement.bar("this criticism's author is named", {}, "nothing more is needed", clause)
    if not opens(b64decode(criticism.author), b64decode(avow.salt), CRITIC, judgement.author):
        judgement.refuse(
            clause, "the keeper holds another as its author", {"by": judgement.author}, "ask the keeper for the salt"
        )
    judgement.cite(clause)
    judgement.then(CriticismAvowed(criticism.id, judgement.author))


@judges("criticism.open", Open, reportable=False)
def judge_open(judgement: Judgement, opened: Open) -> None:
    """Judges the opening of sealed words: they are the words that were sealed; a critic at any time, a keeper on its day."""
    criticism = known_criticism(judgement, opened.criticism)
    clause = rule_of(judgement.state, criticism).place.clause_of("words")
    if not criticism.sealed or criticism.opened_on:
        raise judgement.bar("the words are open", {"since": criticism.opened_on or criticism.on}, "", clause)
    if not opens(b64decode(criticism.sealed), b64decode(opened.salt), WORDS, opened.text):
        judgement.refuse(
            clause, "these are not the words that were sealed", {}, "give them as they were, and their salt"
        )
    if judgement.author not in criticism.critics:
        if judgement.on < criticism.opens_on:
            judgement.refuse(
                clause, "the words lie sealed", {"until": criticism.opens_on, "today": judgement.on},
                f"open them on {criticism.opens_on}, or let a critic open them",
            )  # fmt: skip
        seats = dict.fromkeys((*judgement.keepers("record"), *judgement.keepers("minutes"), criticism.keeper))
        judgement.may_act(
            tuple(seat for seat in seats if seat),
            clause,
            "sealed words are opened by a critic or a keeper of the record",
        )
    judgement.cite(clause or FORM)
    judgement.then(CriticismOpened(criticism.id, judgement.on, opened.text))
