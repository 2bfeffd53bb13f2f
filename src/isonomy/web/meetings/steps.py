"""Next steps: what the rulebook lets the viewer do about a meeting now, in order.

Lives here: the acts that come into question and the engine's answer to each. Not here: the forms of these acts, the order of
business as such (the engine refuses what comes before its turn).

Invariant: a step is offered because the engine accepts the act that its page hands in; what a page asks for itself (who is
there, what was counted) is all that may still be missing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from isonomy.engine.competence import ADJOURNMENT, ELECTION, OWN_BUSINESS, competence_in
from isonomy.engine.motion import Amendment, Motion
from isonomy.engine.proceedings.amendments import amendments_to
from isonomy.engine.proceedings.movers import rule_of
from isonomy.engine.refusal import Accepted, Refused, Verdict
from isonomy.engine.ruling import APPEALED, MADE
from isonomy.kernel.canonical import Json
from isonomy.rulebook.motion_rule import FURTHEST_FIRST
from isonomy.web.asking import is_yours, reasons
from isonomy.web.meetings.asking import judged
from isonomy.web.meetings.matters import in_words
from isonomy.web.meetings.sitting import Sitting
from isonomy.web.viewer import Viewer

QUESTION_MAX = 300
FIRST, CHAIR, MEMBER, LAST = "first", "chair", "member", "last"
"""What must come before anything else; the business; what any member may do; what ends or breaks off."""


NOTHING_BARS_IT = Refused(())
"""What is asked on the step's own page is missing here, and nothing else: no acceptance, that is the engine's alone."""


@dataclass(frozen=True)
class Step:
    """Something that can be done about a meeting: its words, its page, the engine's answer, and whose it is."""

    title: str
    href: str
    verdict: Verdict
    of: str = CHAIR

    @property
    def is_open(self) -> bool:
        """Whether the viewer may do it now."""
        return isinstance(self.verdict, Accepted) or not self.verdict.grounds

    @property
    def is_yours(self) -> bool:
        """Whether it is the viewer's to do, now or once what bars it is mended."""
        return is_yours(self.verdict)

    @property
    def grounds(self) -> list[dict[str, Json]]:
        """Why not now."""
        return reasons(self.verdict)

    @property
    def clauses(self) -> tuple[str, ...]:
        """The clauses that allow it."""
        return self.verdict.clauses if isinstance(self.verdict, Accepted) else ()


def steps_of(viewer: Viewer, sitting: Sitting) -> list[Step]:
    """Every step that comes into question, in order, with the engine's answer."""
    if not viewer.person:
        return []
    kinds = {"called": _called, "open": _open, "adjourned": _adjourned}
    found = kinds.get(sitting.meeting.standing)
    return list(found(viewer, sitting)) if found is not None else []


def but_for_presence(verdict: Verdict) -> Verdict:
    """A verdict without the grounds that only say how many are there: those are named on the step's own page."""
    if isinstance(verdict, Accepted):
        return verdict
    rest = tuple(ground for ground in verdict.grounds if "present" not in ground.facts)
    return Refused(rest)


class _Asked:
    """The steps of one meeting, asked one by one."""

    def __init__(self, viewer: Viewer, sitting: Sitting) -> None:
        self.viewer, self.sitting, self.id = viewer, sitting, sitting.meeting.id

    def step(
        self, title: str, page: str, name: str, *parts: str, of: str = CHAIR, query: str = "", **fields: Json
    ) -> Step:
        """One step: its page and the act that page hands in, about the meeting unless it names another thing."""
        href = reverse(page, args=[self.id, *parts]) + query
        return Step(title, href, judged(self.viewer, name, **fields), of)

    def there(self, title: str, page: str, name: str, *, of: str = CHAIR) -> Step:
        """A step whose page names those present."""
        verdict = but_for_presence(judged(self.viewer, name, meeting=self.id))
        return Step(title, reverse(page, args=[self.id]), verdict, of)


def _called(viewer: Viewer, sitting: Sitting) -> Iterator[Step]:
    ask, meeting = _Asked(viewer, sitting), sitting.meeting
    if not meeting.notices:
        yield ask.step(
            _("Send the notice"), "meeting-notice", "notice.send", meeting=meeting.id, how="mail", to_count=1, of=FIRST
        )
    if sitting.body.short_notice is not None and sitting.is_short and viewer.person not in meeting.consents:
        yield ask.step(_("Consent to short notice"), "meeting-consent", "notice.consent", meeting=meeting.id, of=MEMBER)
    yield ask.there(_("Open the meeting"), "meeting-open", "meeting.open")
    if sitting.body.sitting.inquorate is not None:
        yield ask.there(
            _("Record that it stands adjourned for want of a quorum"), "meeting-inquorate", "meeting.adjourn", of=LAST
        )
    yield ask.there(_("Record that no quorum came"), "meeting-lapse", "meeting.lapse", of=LAST)
    yield ask.step(_("Cancel the call"), "meeting-cancel", "meeting.cancel", meeting=meeting.id, why="?", of=LAST)


def _adjourned(viewer: Viewer, sitting: Sitting) -> Iterator[Step]:
    ask, meeting = _Asked(viewer, sitting), sitting.meeting
    if not meeting.resumes:
        later = f"{viewer.standing.day.year + 1}-{viewer.standing.today[5:7]}-01T19:00"
        yield ask.step(
            _("Name the time at which it goes on"), "meeting-reconvene", "meeting.reconvene", meeting=meeting.id,
            resumes=later, of=FIRST,
        )  # fmt: skip
        return
    if not meeting.resumption_notices and sitting.body.sitting.notice is not None:
        yield ask.step(
            _("Send notice of its going on"), "meeting-notice", "notice.send", meeting=meeting.id, how="mail", to_count=1,
            of=FIRST,
        )  # fmt: skip
    yield ask.there(_("Go on with the meeting"), "meeting-resume", "meeting.resume")
    yield ask.there(_("Record that it did not go on"), "meeting-lapse", "meeting.lapse", of=LAST)


def _open(viewer: Viewer, sitting: Sitting) -> Iterator[Step]:
    ask, meeting, state = _Asked(viewer, sitting), sitting.meeting, viewer.standing.state
    must_count = bool(meeting.challenged_by) or meeting.counted_on < viewer.standing.today or meeting.quorate == "no"
    count = ask.step(
        _("Count those present again"),
        "meeting-count",
        "quorum.count",
        meeting=meeting.id,
        of=FIRST if must_count else LAST,
    )
    if must_count:
        yield count
    for ruling in sitting.rulings:
        if ruling.standing == APPEALED:
            yield ask.step(
                _("Declare what the meeting decided on the appeal"), "ruling-decide", "ruling.decide", ruling.id, of=FIRST,
                ruling=ruling.id, meeting=meeting.id, sustain=0, overturn=0,
            )  # fmt: skip
        elif ruling.standing == MADE and ruling.on == viewer.standing.today and ruling.by != viewer.person:
            yield ask.step(
                _("Appeal against the ruling on clause %(clause)s") % {"clause": ruling.clause}, "ruling-appeal",
                "ruling.appeal", ruling.id, of=MEMBER, ruling=ruling.id,
            )  # fmt: skip
    for poll in sitting.open_polls:
        yield from _poll(ask, poll)
    yield from _business(ask)
    yield from _breaking_off(ask)
    first = sitting.body.place.clause_of("meets")
    line = state.rulebook(meeting.edition).clauses[first].first_line
    yield ask.step(
        _("Rule on a question of order"),
        "meeting-ruling",
        "ruling.make",
        meeting=meeting.id,
        clause=first,
        line=line,
        words="?",
    )
    if not meeting.challenged_by:
        yield ask.step(
            _("Challenge the quorum"), "meeting-challenge", "quorum.challenge", meeting=meeting.id, of=MEMBER
        )
    if not must_count:
        yield count
    yield ask.step(_("Close the meeting"), "meeting-close", "meeting.close", meeting=meeting.id, of=LAST)


def _poll(ask: _Asked, poll: Any) -> Iterator[Step]:
    words = {"question": poll.question}
    if poll in ask.sitting.by_hands:
        tallies: Json = {"for": 0, "against": 0, "abstain": 0}
        verdict = judged(ask.viewer, "poll.declare", poll=poll.id, rule=poll.counting, tallies=tallies)
        # What was counted is asked on the page; here only whose it is to declare, and whether something stands before it.
        if isinstance(verdict, Refused) and is_yours(verdict) and poll.options:
            verdict = NOTHING_BARS_IT
        href = reverse("meeting-declare", args=[ask.id, poll.id])
        yield Step(_("Enter the show of hands: %(question)s") % words, href, verdict, FIRST)
        return
    try:
        href = reverse("poll", args=[poll.id])
    except NoReverseMatch:
        return
    name = "poll.close" if poll.standing == "open" else "poll.declare"
    title = _("Close the poll: %(question)s") if poll.standing == "open" else _("Declare the result: %(question)s")
    fields: dict[str, Json] = {"poll": poll.id}
    if name == "poll.declare":
        fields |= {"rule": poll.counting, "tallies": {}}
    verdict = judged(ask.viewer, name, **fields)
    yield Step(title % words, href, NOTHING_BARS_IT if is_yours(verdict) else verdict, FIRST)


def question_of(motion: Motion) -> str:
    """The question on a motion: its first line, as long as a question may be."""
    return " ".join(motion.text.split())[:QUESTION_MAX]


def change_of(amendment: Amendment) -> str:
    """What an amendment changes, in a line: the passage and what it becomes, or the whole text."""
    if not amendment.passage:
        return " ".join(amendment.text.split())
    return f"“{amendment.passage}” → “{amendment.becomes}”" if amendment.becomes else f"“{amendment.passage}” → —"


def _business(ask: _Asked) -> Iterator[Step]:
    meeting, standing = ask.sitting.meeting, ask.viewer.standing
    for item in ask.sitting.items:
        words = in_words(standing, item.matter)
        if item.matter.startswith(ELECTION) or item.matter in OWN_BUSINESS:
            continue
        for motion in item.open_motions:
            yield from _motion(ask, motion)
        if not item.open_motions and not item.is_done and item.is_called:
            yield ask.step(
                _("Put a question on %(matter)s") % {"matter": words}, "meeting-put", "poll.open",
                query=f"?matter={item.matter}", body=meeting.body, meeting=meeting.id, matter=item.matter, question="?",
            )  # fmt: skip


def _motion(ask: _Asked, motion: Motion) -> Iterator[Step]:
    meeting, state = ask.sitting.meeting, ask.viewer.standing.state
    about: dict[str, Json] = {"body": meeting.body, "meeting": meeting.id, "matter": motion.matter, "motion": motion.id}
    waiting = [found for found in amendments_to(state, motion.id) if found.stands]
    competence = competence_in(ask.viewer.standing.rulebook, motion.body, motion.matter)
    furthest = competence is not None and rule_of(competence.procedure).amendments == FURTHEST_FIRST
    if any(poll.motion == motion.id for poll in ask.sitting.open_polls):
        return
    ids = [found.id for found in waiting]
    if furthest and len(ids) > 1 and not set(ids) <= set(motion.order):
        yield ask.step(
            _("Lay down the order of %(number)s amendments") % {"number": len(ids)}, "meeting-order", "amendment.order",
            motion.id, motion=motion.id, amendments=list(ids),
        )  # fmt: skip
        return
    if ids:
        next_id = next((id for id in motion.order if id in ids), ids[0]) if furthest else ids[0]
        words = {"words": change_of(state.amendments[next_id])[:90]}
        yield ask.step(
            _("Put the amendment to the vote: %(words)s") % words, "meeting-put", "poll.open",
            query=f"?motion={motion.id}&amendment={next_id}", amendment=next_id, question=next_id, **about,
        )  # fmt: skip
        return
    yield ask.step(
        _("Put to the vote: %(motion)s") % {"motion": question_of(motion)[:90]}, "meeting-put", "poll.open",
        query=f"?motion={motion.id}", question=question_of(motion), **about,
    )  # fmt: skip


def _breaking_off(ask: _Asked) -> Iterator[Step]:
    rule, meeting, state = ask.sitting.body.sitting, ask.sitting.meeting, ask.viewer.standing.state
    if not (rule.by_meeting or rule.by_offices or rule.without_quorum):
        return
    decided = [
        found.id
        for found in ask.sitting.decisions
        if found.matter == ADJOURNMENT and f"{found.id} {meeting.id}" not in state.carried_out
    ]
    if decided:
        yield ask.step(
            _("Adjourn, as the meeting decided"), "meeting-adjourn", "meeting.adjourn", meeting=meeting.id,
            decision=decided[0], of=FIRST,
        )  # fmt: skip
        return
    direct = ask.step(_("Adjourn the meeting"), "meeting-adjourn", "meeting.adjourn", meeting=meeting.id, of=LAST)
    if direct.is_open or not rule.by_meeting:
        yield direct
    if rule.by_meeting and not any(poll.matter == ADJOURNMENT for poll in ask.sitting.open_polls):
        yield ask.step(
            _("Ask the meeting whether to adjourn"), "meeting-put", "poll.open", query=f"?matter={ADJOURNMENT}",
            body=meeting.body, meeting=meeting.id, matter=ADJOURNMENT, question="?", of=LAST,
        )  # fmt: skip
