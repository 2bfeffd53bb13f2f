"""decide: one act, one state, one verdict.

Lives here: the order of judging that every act goes through before its own judge. Not here: the judges (`proceedings`),
verifying a signature (the chamber and `verify` do it, before), drawing time (the chamber stamps it).

Invariant: a pure function. The same state, act and stamp give the same verdict on every machine, now and in forty years:
`SEMANTICS` numbers the meaning, an entry stores its number, and every number stays runnable.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from isonomy.engine import proceedings as _registered  # noqa: F401  (importing registers every act and effect)
from isonomy.engine.act import ACTS, Act, read_act
from isonomy.engine.identity import now_known_as
from isonomy.engine.judgement import FORM, Barred, Judgement
from isonomy.engine.proceedings.interim import check_interim
from isonomy.engine.proceedings.yielding import check_barred
from isonomy.engine.refusal import Ground, Refused, Verdict
from isonomy.engine.state import HISTORY, State
from isonomy.engine.transition import edition_for
from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.calendar import parse_instant, parse_local
from isonomy.kernel.canonical import digest

SEMANTICS = 1
SIGNED, ATTESTED, CONSOLE = "signed", "attested", "console"
EXPECTED_OF = (
    "election", "poll", "motion", "meeting", "demand", "edition", "mandate", "thing", "seat", "person", "unit", "body",
    "criticism", "commission", "view", "removal", "petition", "decision",
)  # fmt: skip
OPENS_IN = {"motion.move": "body", "meeting.demand": "body"}
"""Which key names the thing that `expects` is about: the proceeding, or for an act that opens one its body."""
FOUNDING, LODGE_PART, CLOCK_RESET = "found", "rulebook.part", "clock.reset"


@dataclass(frozen=True, slots=True)
class Submission:
    """An act as it reached the chamber: its JSON, how the author is known, and the chamber's stamp.

    `auth` is the entry's `auth` object; where its kind is `signed`, the chamber has verified the signature against the
    named credential. `at` is UTC, `local` the civil date-time with offset.
    """

    act: Any
    auth: dict[str, Any]
    at: str
    local: str


def decide(state: State, submission: Submission, semantics: int = SEMANTICS) -> Verdict:
    """Judges an act against the state under a numbered meaning; raises `BadInput` for what is not an act at all."""
    judge = MEANINGS.get(semantics)
    if judge is None:
        raise BadInput(f"decision semantics {semantics} is not known here", "semantics", "use a newer release")
    return judge(state, submission)


def _decide_1(state: State, submission: Submission) -> Verdict:
    act = read_act(submission.act)
    try:
        judgement = _prepared(state, act, submission)
        ACTS[act.envelope.act].judge(judgement, act.fields)
        return judgement.verdict()
    except Barred as barred:
        return Refused((barred.ground,))


MEANINGS: dict[int, Callable[[State, Submission], Verdict]] = {1: _decide_1}


def _prepared(state: State, act: Act, submission: Submission) -> Judgement:
    """The judgement of an act whose envelope, time and author stand; bars it otherwise."""
    envelope, auth = act.envelope, submission.auth
    parse_instant(submission.at, "at")
    parse_local(submission.local, "local")
    today = submission.local[:10]
    edition = edition_for(state, today, envelope.act, act.fields)
    judgement = Judgement(
        state, act, act.fields, state.n, submission.at, submission.local, today, today,
        edition, envelope.by, envelope.as_ or "", auth,
    )  # fmt: skip
    _check_founded(judgement, envelope.act, envelope.log)
    _check_time(judgement, envelope.act, envelope.until)
    _check_id(judgement, act)
    if state.founded:
        _check_author(judgement, auth)
        _check_edition(judgement, envelope.act)
        check_interim(judgement, envelope.act)
        check_barred(judgement, envelope.act, judgement.fields)
        _check_assurance(judgement, envelope.act)
        _check_expected(judgement, envelope.expects)
    return judgement


def _check_founded(judgement: Judgement, name: str, log: str) -> None:
    state = judgement.state
    if judgement.auth.get("kind") not in (SIGNED, ATTESTED, CONSOLE):
        kind = str(judgement.auth.get("kind"))[:40]
        raise judgement.bar("it is not said how the author is known", {"auth": kind}, "sign the act, or log in")
    if not state.founded and name != FOUNDING:
        raise judgement.bar("nothing is founded here yet", {"act": name}, "begin with the act 'found'")
    if state.founded and name == FOUNDING:
        raise judgement.bar(
            "this organisation is founded already", {"on": state.founded_on}, "found another in its own folder"
        )
    if state.founded and log != state.origin:
        raise judgement.bar("the act is meant for another record", {"act": log, "here": state.origin}, "send it there")


def _check_time(judgement: Judgement, name: str, until: str) -> None:
    if judgement.at < judgement.state.at and name != CLOCK_RESET:
        raise judgement.bar(
            "the clock is behind the record",
            {"now": judgement.at, "last entry": judgement.state.at},
            "set the clock right",
        )
    if until < judgement.at:
        raise judgement.bar(
            "the act came after its own time",
            {"until": until, "now": judgement.at},
            "send it anew with a later 'until'",
        )


def _check_id(judgement: Judgement, act: Act) -> None:
    entry = judgement.state.acts.get(act.envelope.id)
    if entry is None:
        return
    same = judgement.state.act_digests[entry].hex() == digest(act.raw)
    if same:
        raise judgement.bar(
            "this act is an entry already", {"entry": entry}, f"see entry {entry}; nothing more is needed"
        )
    raise judgement.bar(
        "the id belongs to another act", {"entry": entry}, "draw a new id: 128 random bits as 32 hex digits"
    )


def _check_author(judgement: Judgement, auth: dict[str, Any]) -> None:
    state, by = judgement.state, judgement.author
    person = state.persons.get(by)
    recorder = state.kind == HISTORY and by in state.recorders
    if person is None and not recorder:
        raise judgement.bar(f"{by} is not known here", {"by": by}, "the keeper of the roll admits members first")
    if person is not None and (now := now_known_as(state, by)) != by:
        raise judgement.bar(
            f"{by} is one person with {now}",
            {"by": by, "now": now},
            f"act as {now}; {by} stays in the entries it is in",
        )
    if person is not None and not person.is_member_on(judgement.on) and not recorder:
        gone = f"died on {person.died_on}" if person.died_on else f"left on {person.left_on}"
        raise judgement.bar(f"{by} is not a member", {"by": by, "since": gone}, "a member acts")
    kind = auth.get("kind")
    if kind == SIGNED:
        number = auth.get("credential")
        credential = state.credentials.get(number) if type(number) is int else None
        if credential is None or credential.person != by:
            raise judgement.bar(
                f"the key is not one that {by} enrolled", {"credential": str(number)[:40]}, "enrol it first"
            )
        if credential.revoked is not None:
            raise judgement.bar("the key was revoked", {"by entry": credential.revoked}, "sign with another key")
    elif kind == CONSOLE:
        _check_console(judgement, recorder)


def _check_console(judgement: Judgement, recorder: bool) -> None:
    """A console entry rests on nobody's key: only a keeper of minutes, roll or record may make one."""
    if recorder:
        return
    keepers = {seat for what in ("minutes", "roll", "record") for seat in judgement.all_keepers(what)}
    held = {mandate.seat for mandate in judgement.state.mandates_of_person(judgement.author, judgement.on)}
    if not keepers & held:
        clause = judgement.rulebook.record.place.clause if judgement.rulebook.record else FORM
        raise judgement.bar(
            "only a keeper of minutes, roll or record enters acts at the console",
            {"by": judgement.author, "keepers": sorted(keepers)},
            "sign the act with an enrolled key",
            clause,
        )


def _check_edition(judgement: Judgement, name: str) -> None:
    if not judgement.edition:
        waiting = [found for found in judgement.state.editions.values() if not found.complete]
        if waiting and name == LODGE_PART:
            return
        raise judgement.bar(
            "no edition of the rulebook is in force yet",
            {"waiting for": f"{waiting[0].parts - len(waiting[0].texts)} part(s) of {waiting[0].id}"}
            if waiting
            else {},
            "lodge the missing parts of the text with 'rulebook.part'",
        )


def _check_assurance(judgement: Judgement, name: str) -> None:
    """A clause may demand the author's own key: then neither login nor console serves."""
    record = judgement.rulebook.record if judgement.edition else None
    if record is None or name not in record.signed:
        return
    kind = judgement.auth.get("kind")
    clause = record.place.clause_of("signed")
    says = f"'{name}' needs the author's own signature"
    if kind != SIGNED:
        judgement.refuse(clause, says, {"author known by": str(kind)}, "enrol a key and sign the act with it")
    else:
        judgement.cite(clause)


def _check_expected(judgement: Judgement, expects: int | None) -> None:
    """Of two chairs the first entry stands: an act that saw an older standing of its thing is refused."""
    if expects is None or judgement.act is None:
        return
    keys = (OPENS_IN.get(judgement.act.envelope.act, ""), *EXPECTED_OF)
    things = (getattr(judgement.fields, key, None) for key in keys if key)
    thing = next((found for found in things if isinstance(found, str)), judgement.as_)
    mandate = judgement.state.mandates.get(thing)
    judgement.expects_unmoved(mandate.seat if mandate else thing, expects)


def refusal_of(fault: BadInput) -> Refused:
    """Bad input as a refusal, for clients that send many acts and want an answer for each."""
    return Refused((Ground(FORM, fault.what, {"where": fault.where} if fault.where else {}, fault.cure),))
