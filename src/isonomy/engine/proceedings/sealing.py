"""Sealing and publishing: a text lies sealed until a day that is fixed from the first, is opened on it, and others are told.

Lives here: `text.seal`, `text.open`, `text.publish`. Not here: papers before a meeting (`papers_laid`), closed sessions
(`closed_sessions`), the duty to open and to publish (`engine.due_publication`).

Invariant: a seal is a commitment in the record; only the words that were sealed open it; no act puts its day off. Results, the
roll and the rulebook are never sealed. Source: docs/spec/acts-publication.md.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from dataclasses import dataclass

from isonomy.engine.act import judges
from isonomy.engine.effect import At, effect
from isonomy.engine.judgement import FORM, Judgement
from isonomy.engine.proceedings.criticisms import Commitment
from isonomy.engine.publication import WORDS, Published, SealedText
from isonomy.engine.shape import Bytes32, CivilDate, Line, LongText, ProceedingId
from isonomy.engine.state import Decision, State, day_of
from isonomy.kernel.ids import proceeding_id
from isonomy.record.commitment import commitment
from isonomy.rulebook.model import Rulebook
from isonomy.rulebook.provisions.publication import (
    DECISIONS,
    MINUTES,
    NEVER_SEALED,
    PAPERS,
    REPORTS,
    SEALING,
    PublicationRule,
    publication_rules,
    rule_on,
)

SEALABLE = (PAPERS, MINUTES, DECISIONS, REPORTS)


@dataclass(frozen=True, slots=True)
class Seal:
    """Seals a text on a body's decision, until a day that both name."""

    decision: ProceedingId
    what: Line
    title: Line
    sealed: Commitment
    opens_on: CivilDate | None = None
    about: ProceedingId | None = None


@dataclass(frozen=True, slots=True)
class Open:
    """Opens a sealed text with its words and their salt."""

    sealed: ProceedingId
    text: LongText
    salt: Bytes32
    decision: ProceedingId | None = None


@dataclass(frozen=True, slots=True)
class Publish:
    """Publishes the minutes of a meeting, or a decision."""

    what: Line
    about: ProceedingId
    text: LongText | None = None


@effect("text.sealed")
@dataclass(frozen=True, slots=True)
class TextSealed:
    """A text lies sealed until a day: by which decision, kept by whom, opened to whom."""

    text: str
    rule: str
    edition: str
    what: str
    title: str
    seat: str
    decision: str
    sealed: str
    on: str
    opens_on: str
    to: str
    kept_by: str
    others: tuple[str, ...] = ()
    about: str = ""

    def apply(self, state: State, at: At) -> None:
        """Enters the seal."""
        state.publications.sealed[self.text] = SealedText(
            self.text, self.rule, self.edition, self.what, self.title, self.seat, self.decision, self.sealed, self.on,
            self.opens_on, self.to, self.kept_by, self.others, self.about,
        )  # fmt: skip
        state.touched[self.text] = state.touched[self.seat] = at.n


@effect("text.opened")
@dataclass(frozen=True, slots=True)
class TextOpened:
    """The words of a sealed text lie open, so many days after its day."""

    sealed: str
    by: str
    on: str
    text: str
    late_days: int = 0

    def apply(self, state: State, at: At) -> None:
        """Opens the words."""
        found = state.publications.sealed[self.sealed]
        found.text, found.opened_on, found.opened_by = self.text, self.on, self.by
        state.touched[self.sealed] = at.n


@effect("text.published")
@dataclass(frozen=True, slots=True)
class TextPublished:
    """The minutes of a meeting, or a decision, are published to an audience, so many days after their last day."""

    publication: str
    what: str
    about: str
    seat: str
    to: str
    by: str
    on: str
    text: str = ""
    due_on: str = ""
    late_days: int = 0

    def apply(self, state: State, at: At) -> None:
        """Enters the publication."""
        state.publications.published[self.publication] = Published(
            self.publication, self.what, self.about, self.seat, self.to, self.on, self.by, self.text, self.due_on
        )
        state.touched[self.publication] = state.touched[self.about] = at.n


def rule_of_sealed(state: State, sealed: SealedText) -> PublicationRule:
    """The block under which a text was sealed."""
    return publication_rules(state.rulebook(sealed.edition))[sealed.rule]


# -- sealing ---------------------------------------------------------------------------------------------------


@judges("text.seal", Seal, reportable=False)
def judge_seal(judgement: Judgement, seal: Seal) -> None:
    """Judges a sealing: of what may be sealed, by the decision of a body that the clause names, until a day that the decision
    names and that is not too far."""
    decision = judgement.state.decisions.get(seal.decision)
    if decision is None:
        raise judgement.bar(f"there is no decision '{seal.decision}'", {}, "name the decision that seals it")
    _check_sort(judgement, seal)
    rule = _rule_for_sealing(judgement, seal, decision)
    if rule is None:
        return
    clause = rule.place.clause_of("sealed by")
    id = proceeding_id("tx", judgement.n)
    judgement.is_granted(
        rule.sealed_by, clause, "a text is sealed by a decision of those the clause names", decision=seal.decision,
        matter=SEALING, about=id, unit=decision.seat.partition("@")[2],
    )  # fmt: skip
    opens_on = _check_day(judgement, rule, seal, decision)
    judgement.then(
        TextSealed(
            id, rule.name, judgement.edition, seal.what, seal.title, decision.seat, decision.id, seal.sealed.c,
            judgement.on, opens_on, rule.to, rule.kept_by, tuple(s for s in rule.opened_by if s != rule.kept_by),
            seal.about or "",
        )
    )  # fmt: skip


def _check_sort(judgement: Judgement, seal: Seal) -> None:
    """What never may be sealed: a result, the roll and its size, the rulebook."""
    if seal.what in SEALABLE and (seal.about or "").partition("-")[0] not in ("po", "el", "ed"):
        return
    about = seal.about or "nothing"
    if seal.what in NEVER_SEALED or seal.what in SEALABLE:
        clause = next(
            (rule.place.clause_of("sealed by") for rule in publication_rules(judgement.rulebook).values()), FORM
        )
        judgement.refuse(
            clause, "results, the roll and the rulebook are never sealed", {"what": seal.what, "about": about},
            "leave it open; seal a paper, minutes, a decision or a report beside it",
        )  # fmt: skip
        return
    raise judgement.bar("this is no sort of text", {"what": seal.what[:60]}, f"write one of: {', '.join(SEALABLE)}")


def _rule_for_sealing(judgement: Judgement, seal: Seal, decision: Decision) -> PublicationRule | None:
    plain = decision.seat.partition("@")[0]
    rules = [rule for rule in publication_rules(judgement.rulebook).values() if rule.sealed_at_most is not None]
    sort = [rule for rule in rules if any(found.what == seal.what for found in rule.of)]
    fitting = [rule for rule in sort if plain in rule.sealed_by] or sort
    if fitting:
        return fitting[0]
    may = sorted({found.what for rule in rules for found in rule.of})
    if not judgement.grounds:
        clause = rules[0].place.clause_of("of") if rules else FORM
        judgement.refuse(
            clause, f"no clause lets {seal.what} be sealed", {"may be sealed": may or "nothing"},
            "leave it open, or amend the rulebook first",
        )  # fmt: skip
    return None


def _check_day(judgement: Judgement, rule: PublicationRule, seal: Seal, decision: Decision) -> str:
    clause, longest = rule.place.clause_of("sealed at most"), rule.sealed_at_most
    assert longest is not None
    last = longest.after(day_of(judgement.on)).isoformat()
    if seal.opens_on is None:
        judgement.refuse(
            clause, "a seal has its opening date from the first", {"opens_on": "none", "at the latest": last},
            f'give "opens_on": the day that the body decided on, {last} at the latest',
        )  # fmt: skip
        return last
    day: str = seal.opens_on
    if day > last:
        judgement.refuse(
            clause, f"nothing is sealed for longer than {longest}", {"opens on": day, "at the latest": last},
            f"open it on {judgement.day(last)} or earlier",
        )  # fmt: skip
    if day <= judgement.on:
        judgement.refuse(
            clause, "the day of the opening lies ahead", {"opens on": day, "today": judgement.on}, "publish it openly"
        )
    if day not in decision.text:
        judgement.refuse(
            clause, "the words of the decision name the day of the opening", {"opens on": day, "decided": decision.text[:200]},
            f"name the day that was decided, or let the body decide on {day}",
        )  # fmt: skip
    judgement.cite(clause)
    return day


# -- opening ---------------------------------------------------------------------------------------------------


@judges("text.open", Open, reportable=False)
def judge_open(judgement: Judgement, opened: Open) -> None:
    """Judges an opening: these are the words that were sealed; from its day on by its keeper or another who holds the opening;
    earlier by the decision of the body that sealed it."""
    found = judgement.state.publications.sealed.get(opened.sealed)
    if found is None:
        raise judgement.bar(f"there is no sealed text '{opened.sealed}'", {}, "name one, such as tx-31")
    rule = rule_of_sealed(judgement.state, found)
    clause = rule.place.clause_of("kept by")
    if found.opened_on:
        raise judgement.bar("the text is open", {"since": found.opened_on}, "nothing more is needed", clause)
    words = b64encode(commitment(b64decode(opened.salt), WORDS, opened.text)).decode("ascii")
    if words != found.sealed:
        judgement.refuse(
            clause, "these are not the words that were sealed", {"sealed": found.sealed, "of these words": words},
            "give the words letter for letter, with their salt",
        )  # fmt: skip
    seats = (found.kept_by, *found.others)
    if judgement.on < found.opens_on:
        _check_early(judgement, rule, found, opened)
    else:
        judgement.may_act(
            seats, rule.place.clause_of("opened by"), "a sealed text is opened by its keeper, or another who holds the opening",
            unit=found.seat.partition("@")[2],
        )  # fmt: skip
    judgement.cite(clause)
    late = max(0, (day_of(judgement.on) - day_of(found.opens_on)).days)
    judgement.then(TextOpened(found.id, judgement.author, judgement.on, opened.text, late))


def _check_early(judgement: Judgement, rule: PublicationRule, found: SealedText, opened: Open) -> None:
    """Before its day only the body that sealed it lets a text be opened, by its decision on this very text."""
    clause = rule.place.clause_of("sealed by")
    if opened.decision is None:
        judgement.refuse(
            clause, "the text lies sealed", {"until": found.opens_on, "today": judgement.on},
            f"open it on {judgement.day(found.opens_on)}, or let {judgement.title(found.seat)} decide on {SEALING}, "
            f'with {found.id} under "ratifies"',
        )  # fmt: skip
        return
    judgement.is_granted(
        (found.seat.partition("@")[0],), clause, "a text is opened early by a decision of the body that sealed it",
        decision=opened.decision, matter=SEALING, about=found.id, unit=found.seat.partition("@")[2],
    )  # fmt: skip
    decided = judgement.state.decisions.get(opened.decision)
    motion = judgement.state.motions.get(decided.motion) if decided is not None else None
    named = motion.ratifies if motion is not None else ""
    if named != found.id:
        judgement.refuse(
            clause, "the decision names the text that it opens", {"named": named or "none", "text": found.id},
            f'move it anew, with {found.id} under "ratifies"',
        )  # fmt: skip


# -- publishing ------------------------------------------------------------------------------------------------


def publication_due(state: State, what: str, about: str) -> tuple[str, str, str, PublicationRule | None]:
    """Of whom a text is (a meeting's or decision's body), from which day its time runs, until when it is to be published, and
    the block: that of the edition of that day."""
    if what == MINUTES:
        meeting = state.meetings.get(about)
        seat, since = (meeting.body, meeting.closed_on) if meeting is not None else ("", "")
    else:
        decision = state.decisions.get(about)
        seat, since = (decision.seat, decision.taken_on) if decision is not None else ("", "")
    edition = state.edition_on(since) if since else None
    rule = rule_on(state.rulebook(edition.id), what, seat, "by") if edition is not None else None
    due = rule.within.after(day_of(since)).isoformat() if rule is not None and rule.within is not None else ""
    return seat, since, due, rule


@judges("text.publish", Publish, reportable=False)
def judge_publish(judgement: Judgement, publish: Publish) -> None:
    """Judges a publication: by whom the clause names; by others when its time is over."""
    if publish.what not in (MINUTES, DECISIONS):
        raise judgement.bar(
            "minutes of a meeting or decisions are published",
            {"what": publish.what[:60]},
            f"write {MINUTES} or {DECISIONS}",
        )
    seat, since, due, rule = publication_due(judgement.state, publish.what, publish.about)
    if not seat:
        raise judgement.bar(f"there is no {publish.about} of which {publish.what} are published", {}, "name one")
    if not since:
        raise judgement.bar("the meeting is not closed", {"meeting": publish.about}, "close it first")
    if rule is None:
        judgement.refuse(
            FORM, f"no clause says who publishes the {publish.what} of {judgement.title(seat)}", {"about": publish.about},
            "amend the rulebook first",
        )  # fmt: skip
        return
    earlier = judgement.state.publications.publication_of(publish.what, publish.about)
    clause = rule.place.clause_of("by")
    if earlier is not None:
        raise judgement.bar(
            "it is published", {"since": earlier.on, "as": earlier.id}, "nothing more is needed", clause
        )
    overdue = bool(due) and judgement.on > due
    seats = (*rule.by, *(rule.otherwise_by if overdue else ()))
    judgement.may_act(seats, clause, "it is published by those the clause names", unit=seat.partition("@")[2])
    if overdue and judgement.as_ in rule.otherwise_by:
        judgement.cite(rule.place.clause_of("or else by"))
    late = (day_of(judgement.on) - day_of(due)).days if overdue else 0
    judgement.then(
        TextPublished(
            proceeding_id("pb", judgement.n), publish.what, publish.about, seat, rule.to, judgement.author, judgement.on,
            publish.text or "", due, late,
        )
    )  # fmt: skip


def may_be_sealed(rulebook: Rulebook) -> bool:
    """Whether a clause lets anything be sealed."""
    return any(rule.sealed_at_most is not None for rule in publication_rules(rulebook).values())
