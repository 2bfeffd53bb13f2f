"""Editions of the rulebook: lodging a text, in parts where it is long, and adopting it.

Lives here: `rulebook.lodge`, `rulebook.part`, `rulebook.adopt`. Not here: the decision that adopts (`polls`), comparing
editions (`rulebook.compare`).

Invariant: the law stands in the record word for word, whole and checked against its digest before it can govern; an
edition governs from its effective date, never earlier than the entry that adopts it, save in a history.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from isonomy.engine.act import judges
from isonomy.engine.effect import At, effect
from isonomy.engine.judgement import FORM, Judgement
from isonomy.engine.refusal import Untold
from isonomy.engine.roll import class_of
from isonomy.engine.shape import ONE, CivilDate, LongText, Natural, ProceedingId, Sha256
from isonomy.engine.state import LIVING, Decision, Edition, State, day_of
from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.calendar import Duration
from isonomy.kernel.ids import proceeding_id
from isonomy.rulebook.model import MEMBERS, Rulebook
from isonomy.rulebook.reader import read_rulebook

PARTS_MAX = 32
AHEAD = Duration(1, "year")
"""How long after its adoption an edition begins to govern at the latest, where its text does not say."""


@dataclass(frozen=True, slots=True)
class Lodge:
    """Lodges the text of a proposed edition, whole or as the first of several parts."""

    sha256: Sha256
    rulebook: LongText
    parts: Natural = ONE


@dataclass(frozen=True, slots=True)
class LodgePart:
    """Lodges one further part of an edition's text."""

    edition: ProceedingId
    part: Natural
    text: LongText


@dataclass(frozen=True, slots=True)
class Adopt:
    """Puts a lodged edition into force on the strength of a decision that amends the rulebook."""

    edition: ProceedingId
    decision: ProceedingId | None = None
    in_force_from: CivilDate | None = None


@effect("edition.lodged")
@dataclass(frozen=True, slots=True)
class EditionLodged:
    """A text of so many parts is lodged; its first part stands in the act."""

    edition: str
    sha256: str
    parts: int

    def apply(self, state: State, at: At) -> None:
        """Enters the edition as a draft, with the text that its act carries."""
        edition = Edition(self.edition, self.sha256, at.on, self.parts)
        state.editions[self.edition] = edition
        state.touched[self.edition] = at.n
        if "rulebook" in at.told:
            edition.texts[0] = at.told["rulebook"]
            _complete(state, edition)


@effect("edition.part.lodged")
@dataclass(frozen=True, slots=True)
class EditionPartLodged:
    """A further part of an edition's text stands in the act."""

    edition: str
    part: int

    def apply(self, state: State, at: At) -> None:
        """Adds the part; reads the rulebook when it was the last."""
        edition = state.editions[self.edition]
        edition.texts[self.part] = at.act["text"]
        state.touched[self.edition] = at.n
        _complete(state, edition)


@effect("edition.adopted")
@dataclass(frozen=True, slots=True)
class EditionAdopted:
    """An edition governs from a day on, adopted by a decision ("" at the founding)."""

    edition: str
    in_force_from: str
    decision: str = ""

    def apply(self, state: State, at: At) -> None:
        """Sets the day; an edition whose text is not whole yet governs as soon as it is."""
        edition = state.editions[self.edition]
        edition.in_force_from, edition.decision, edition.adopted_at = self.in_force_from, self.decision, at.n
        state.touched[self.edition] = at.n
        if not edition.complete:
            edition.in_force_from = ""
            edition.decision = f"from {self.in_force_from}"


def _complete(state: State, edition: Edition) -> None:
    if not edition.complete:
        return
    text = whole_text(edition)
    state.rulebooks[edition.id] = read_rulebook(text.encode(), edition.id)
    if edition.decision.startswith("from "):
        edition.in_force_from, edition.decision = edition.decision[5:], ""


def whole_text(edition: Edition) -> str:
    """The text of an edition, its parts joined in order."""
    return "".join(edition.texts[part] for part in range(edition.parts))


def edition_text(judgement: Judgement, text: str | None, sha256: str, parts: int) -> str | None:
    """The text when it is whole and agrees with its digest; None when parts are still to come; bars a wrong one."""
    if not 1 <= parts <= PARTS_MAX:
        raise judgement.bar(
            f"an edition has 1 to {PARTS_MAX} parts", {"parts": parts}, "cut the text into fewer, longer parts"
        )
    if text is None or parts > 1:
        return None
    check_digest(judgement, text, sha256)
    return text


def check_digest(judgement: Judgement, text: str, sha256: str) -> None:
    """Bars a text that is not the one the digest names."""
    found = hashlib.sha256(text.encode()).hexdigest()
    if found != sha256:
        raise judgement.bar(
            "the text is not the one its digest names", {"digest": sha256, "of the text": found}, "send the text again"
        )


def read_edition(judgement: Judgement, text: str | None) -> Rulebook | None:
    """The rulebook that a whole text makes; bars the act, with line and cure, when it cannot be read."""
    if text is None:
        return None
    try:
        return read_rulebook(text.encode(), "rulebook")
    except BadInput as fault:
        raise judgement.bar(
            "the rulebook cannot be read", {"where": fault.where, "what": fault.what}, fault.cure
        ) from fault


@judges("rulebook.lodge", Lodge)
def judge_lodge(judgement: Judgement, lodge: Lodge) -> None:
    """Judges the lodging of a draft: any seat that the amendment clause names as proposer, else any member, may lodge."""
    amendment = judgement.rulebook.amendment()
    if amendment is None:
        judgement.refuse(FORM, "the rulebook has no clause by which it is amended", {}, "it cannot be amended here")
    else:
        seats = amendment.proposed_by or (MEMBERS,)
        judgement.may_act(seats, amendment.place.clause, "who may propose an amendment lodges its text")
    read_edition(judgement, edition_text(judgement, lodge.rulebook, lodge.sha256, lodge.parts))
    judgement.then(EditionLodged(proceeding_id("ed", judgement.n), lodge.sha256, lodge.parts))


def _check_founding(judgement: Judgement, rulebook: Rulebook) -> None:
    """What the founding took on trust, while its text was still to come, agrees with the text."""
    state = judgement.state
    classes = {found.member_class for found in state.persons.values()} - {""} - set(rulebook.member_classes)
    kinds = {found.kind for found in state.units.values()} - set(rulebook.units)
    if classes or kinds:
        raise judgement.bar(
            "the founding names what the text does not know", {"classes": sorted(classes), "kinds of unit": sorted(kinds)},
            "found it anew with a text that knows them",
        )  # fmt: skip


@judges("rulebook.part", LodgePart, reportable=False)
def judge_part(judgement: Judgement, part: LodgePart) -> None:
    """Judges a further part: the edition waits for it, and the last one makes the digest agree."""
    edition = judgement.state.editions.get(part.edition)
    if edition is None:
        raise judgement.bar(
            f"there is no edition '{part.edition}'",
            {"known": sorted(judgement.state.editions)[-20:]},
            "name one of these",
        )
    lodged_by, _ = judgement.state.author_of(int(part.edition.partition("-")[2]))
    if judgement.author != lodged_by:
        judgement.refuse(
            FORM, "the parts of a text are lodged by whoever lodged the first", {"lodged by": lodged_by},
            "lodge a text of your own",
        )  # fmt: skip
    if part.part in edition.texts or part.part >= edition.parts:
        missing = [number for number in range(edition.parts) if number not in edition.texts]
        raise judgement.bar(
            f"part {part.part} is not waited for", {"missing": missing},
            "send a missing part" if missing else "nothing more is needed",
        )  # fmt: skip
    texts = {**edition.texts, part.part: part.text}
    if len(texts) == edition.parts:
        whole = "".join(texts[number] for number in range(edition.parts))
        check_digest(judgement, whole, edition.sha256)
        rulebook = read_edition(judgement, whole)
        if rulebook is not None and not judgement.state.rulebooks:
            _check_founding(judgement, rulebook)
    judgement.then(EditionPartLodged(part.edition, part.part))


def _start(judgement: Judgement, adopt: Adopt, clause: str) -> str:
    """From when an edition governs: in a living organisation never earlier than the entry, nor put off at will."""
    if judgement.state.kind != LIVING:
        return adopt.in_force_from or judgement.on
    today = judgement.local[:10]
    start = adopt.in_force_from or today
    if start < today:
        judgement.refuse(
            clause, "an edition does not govern the past", {"from": start, "today": today}, f"from {today} on"
        )
    last = AHEAD.after(day_of(today)).isoformat()
    said = judgement.state.rulebook(adopt.edition).front.in_force_from
    if said is not None and said.isoformat() >= today:
        if start != said.isoformat():
            judgement.refuse(
                clause, "the text says itself from when it governs", {"from": start, "the text says": said.isoformat()},
                f"adopt it from {said.isoformat()}",
            )  # fmt: skip
    elif start > last:
        judgement.refuse(
            clause, "what was decided is not put off at will", {"from": start, "at the latest": last},
            f"from a day between {today} and {last}",
        )  # fmt: skip
    return max(start, today)


def _check_base(judgement: Judgement, adopt: Adopt, decision: Decision, clause: str) -> None:
    """A text was decided as a change of the edition then in force; on another ground it would undo what came between."""
    poll = judgement.state.polls.get(decision.poll)
    if poll is None or judgement.reported:
        return
    adopted = sorted((found for found in judgement.state.editions.values() if found.in_force_from), key=_adoption)
    if adopted and adopted[-1].id != poll.editions[0]:
        judgement.refuse(
            clause, "another edition was adopted since this one was decided",
            {"decided under": poll.editions[0], "adopted since": adopted[-1].id, "edition": adopt.edition},
            "lodge a text that holds both changes, and decide on it",
        )  # fmt: skip


def _adoption(edition: Edition) -> int:
    return edition.adopted_at


def _check_classes(judgement: Judgement, rulebook: Rulebook, clause: str) -> None:
    """Nobody gains or loses a vote because the text forgets their class of members."""
    if judgement.state.kind != LIVING:
        return
    members = (found for found in judgement.state.persons.values() if found.is_member_on(judgement.on))
    lost = sorted({found.member_class for found in members if class_of(rulebook, found.member_class) is None} - {""})
    if lost:
        judgement.refuse(
            clause, "the text knows no such class, and it has members", {"classes": lost[:20]},
            "lodge a text that keeps the class, and decide on it",
        )  # fmt: skip


@judges("rulebook.adopt", Adopt)
def judge_adopt(judgement: Judgement, adopt: Adopt) -> None:
    """Judges the coming into force: a decision on this very text, by the body of the amendment clause."""
    edition = judgement.state.editions.get(adopt.edition)
    if edition is None:
        raise judgement.bar(
            f"there is no edition '{adopt.edition}'",
            {"known": sorted(judgement.state.editions)[-20:]},
            "name one of these",
        )
    if edition.in_force_from or not edition.complete:
        what = "is in force already" if edition.in_force_from else "is not whole yet"
        cure = "lodge a new text to change it" if edition.in_force_from else "lodge its missing parts"
        raise judgement.bar(f"the edition {what}", {"edition": adopt.edition}, cure)
    amendment = judgement.rulebook.amendment()
    clause = amendment.place.clause if amendment else FORM
    start = _start(judgement, adopt, clause)
    decision = judgement.state.decisions.get(adopt.decision) if adopt.decision else None
    if amendment is None:
        judgement.refuse(FORM, "the rulebook has no clause by which it is amended", {}, "it cannot be amended here")
    elif decision is None:
        if adopt.decision:
            raise judgement.bar(
                f"there is no decision '{adopt.decision}'", {}, "name the decision on this text, such as de-42"
            )
        if judgement.reported:
            judgement.cite(clause)
            if judgement.state.kind == LIVING:
                judgement.untold.append(Untold(clause, "an edition is adopted by a decision", {"decision": "not told"}))
        else:
            judgement.refuse(
                clause,
                "an edition is adopted by a decision",
                {"decision": "none named"},
                f"name the decision of {judgement.title(amendment.by)}",
            )
    else:
        judgement.is_granted(
            (amendment.by,),
            clause,
            "the rulebook is amended by the body the clause names",
            decision=adopt.decision,
            matter="amendment",
            about=adopt.edition,
        )
        if judgement.reported and not decision.draft:
            # A history may know the decision and the text, yet not that the one was taken on the other.
            told = {"decision": decision.id, "edition": adopt.edition}
            judgement.untold.append(Untold(clause, "the decision was taken on this text", told))
        elif decision.draft != adopt.edition:
            judgement.refuse(
                clause,
                "the decision is on another text",
                {"decided": decision.draft or "no text", "edition": adopt.edition},
                "adopt the text that was decided",
            )
        _check_base(judgement, adopt, decision, clause)
        _check_classes(judgement, judgement.state.rulebook(adopt.edition), clause)
    judgement.then(EditionAdopted(adopt.edition, start, adopt.decision or ""))
