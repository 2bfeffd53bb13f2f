"""The business of an open meeting as steps: what is being voted on, motions and amendments in order, elections.

Lives here: which question may be put next. Not here: opening, breaking off and closing (`steps`), the pages of these acts.

Invariant: the order of business is the engine's: what comes before its turn is refused, and stands under what is not possible
yet with the reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from isonomy.engine.competence import (
    ELECTION,
    OWN_BUSINESS,
    URGENCY,
    WITHDRAWAL,
    competence_in,
    is_own_business,
)
from isonomy.engine.election import CLOSED, NOMINATING
from isonomy.engine.motion import Amendment, Motion
from isonomy.engine.proceedings.amendments import amendments_to
from isonomy.engine.proceedings.movers import rule_of
from isonomy.engine.proceedings.outcome import YES_NO
from isonomy.engine.proceedings.question import SECRET
from isonomy.engine.refusal import Refused
from isonomy.engine.state import Poll
from isonomy.kernel.canonical import Json
from isonomy.rulebook.motion_rule import FURTHEST_FIRST, WITH_CONSENT
from isonomy.web.asking import is_yours
from isonomy.web.meetings.asking import judged
from isonomy.web.meetings.matters import in_words, waiting_motions
from isonomy.web.meetings.step import FIRST, LAST, NOTHING_BARS_IT, Asked, Step, but_for_form

QUESTION_MAX = 300


def of_poll(ask: Asked, poll: Poll) -> Iterator[Step]:
    """What a question that was put still needs: its figures, its close, its declaration."""
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
    href = reverse("poll", args=[poll.id])
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


def of_agenda(ask: Asked) -> Iterator[Step]:
    """What may be put next, matter by matter in the order of the agenda."""
    standing = ask.viewer.standing
    for item in ask.sitting.items:
        words = in_words(standing, item.matter)
        if item.matter in OWN_BUSINESS:
            continue
        if item.matter.startswith(ELECTION):
            if not item.polls:
                yield from _election(ask, item.matter)
            continue
        for motion in item.open_motions:
            yield from _motion(ask, motion)
        if not item.open_motions and not item.is_done and item.is_called:
            yield _question(ask, _("Put a question on %(matter)s") % {"matter": words}, item.matter)


def _motion(ask: Asked, motion: Motion) -> Iterator[Step]:
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
    put = _question(ask, _("Put to the vote: %(motion)s") % {"motion": question_of(motion)[:90]}, motion.matter, motion)
    yield put
    if isinstance(put.verdict, Refused):
        yield from _urgency(ask, motion)


def _question(ask: Asked, title: str, matter: str, motion: Motion | None = None) -> Step:
    """Putting a question: where the clause counts otherwise than for and against, on the page that asks for its options."""
    meeting = ask.sitting.meeting
    competence = competence_in(ask.viewer.standing.rulebook, meeting.body, matter)
    about: dict[str, Json] = {"body": meeting.body, "meeting": meeting.id, "matter": matter}
    about |= {"motion": motion.id} if motion is not None else {}
    verdict = judged(ask.viewer, "poll.open", question=question_of(motion) if motion is not None else "?", **about)
    if competence is not None and competence.procedure is not None and competence.procedure.counting != YES_NO:
        return Step(title, f"{reverse('poll-open')}?{urlencode(about)}", but_for_form(verdict))
    query = {"motion": motion.id} if motion is not None else {"matter": matter}
    return Step(title, f"{reverse('meeting-put', args=[meeting.id])}?{urlencode(query)}", verdict)


def _urgency(ask: Asked, motion: Motion) -> Iterator[Step]:
    """Asking the meeting to take a motion that was not on its notice, or stood too late, where a clause lets it."""
    meeting, standing = ask.sitting.meeting, ask.viewer.standing
    if not is_own_business(standing.rulebook, URGENCY) or ask.sitting.body.sitting.urgent is None:
        return
    if any(poll.matter == URGENCY and poll.about == motion.id for poll in ask.sitting.polls):
        return
    yield ask.step(
        _("Ask the meeting to take it as urgent: %(motion)s") % {"motion": question_of(motion)[:90]}, "meeting-put", "poll.open",
        query=f"?motion={motion.id}&matter={URGENCY}", body=meeting.body, meeting=meeting.id, matter=URGENCY, motion=motion.id,
        question="?",
    )  # fmt: skip


def _withdrawal(ask: Asked, motion: Motion) -> Iterator[Step]:
    """Asking the meeting's consent to the withdrawal of a motion, where the clause wants it."""
    meeting, standing = ask.sitting.meeting, ask.viewer.standing
    competence = competence_in(standing.rulebook, motion.body, motion.matter)
    if competence is None or rule_of(competence.procedure).withdrawal != WITH_CONSENT:
        return
    if any(poll.matter == WITHDRAWAL and poll.about == motion.id for poll in ask.sitting.polls):
        return
    yield ask.step(
        _("Ask the meeting to let it be withdrawn: %(motion)s") % {"motion": question_of(motion)[:90]}, "meeting-put",
        "poll.open", query=f"?motion={motion.id}&matter={WITHDRAWAL}", of=LAST, body=meeting.body, meeting=meeting.id,
        matter=WITHDRAWAL, motion=motion.id, question="?",
    )  # fmt: skip


def _election(ask: Asked, matter: str) -> Iterator[Step]:
    """An election on the agenda: its nominations where they run, else opening its poll."""
    meeting, standing = ask.sitting.meeting, ask.viewer.standing
    name, unit = matter.removeprefix(ELECTION), meeting.body.partition("@")[2]
    block = standing.rulebook.seat(name)
    seat = f"{name}@{unit}" if block is not None and block.in_each and unit else name
    words = {"matter": in_words(standing, matter)}
    about: dict[str, Json] = {"body": meeting.body, "meeting": meeting.id, "matter": matter, "seat": seat}
    running = next(
        (found for found in standing.state.elections.values() if found.seat == seat and found.is_open_on(standing.today)), None
    )  # fmt: skip
    if running is not None and running.standing == NOMINATING:
        verdict = judged(ask.viewer, "nominations.close", election=running.id)
        yield Step(_("Close nominations: %(matter)s") % words, reverse("election", args=[running.id]), verdict)
        return
    if running is not None and running.standing == CLOSED:
        about = {"body": meeting.body, "meeting": meeting.id, "matter": matter, "election": running.id}
    verdict = judged(ask.viewer, "poll.open", question="?", **about, **_sample_paper(ask, matter, running is not None))
    yield Step(
        _("Open the ballot: %(matter)s") % words, f"{reverse('poll-open')}?{urlencode(about)}", but_for_form(verdict)
    )  # fmt: skip


def _sample_paper(ask: Asked, matter: str, has_nominations: bool) -> dict[str, Json]:
    """What the ballot's own page asks, filled with any two members, to hear what else the engine says."""
    standing = ask.viewer.standing
    competence = competence_in(standing.rulebook, ask.sitting.meeting.body, matter)
    procedure = competence.procedure if competence is not None else None
    if has_nominations or procedure is None:
        return {}
    members = (found.id for found in standing.state.persons.values() if found.is_member_on(standing.today))
    others = islice((person for person in members if person != ask.viewer.person), 2)
    options: list[Json] = [{"name": person, "person": person} for person in others]
    if procedure.default_option:
        options.append({"name": procedure.default_option, "default": True})
    return {"options": options, "lot": "0" * 64 if procedure.tie == "lot" and procedure.secrecy == SECRET else ""}


def of_own_business(ask: Asked) -> Iterator[Step]:
    """Motions that were not on the notice, which the meeting may hold urgent; consent to withdrawals."""
    named = {item.matter for item in ask.sitting.items}
    for motion in waiting_motions(ask.viewer.standing.state, ask.sitting.meeting.body):
        if motion.matter not in named:
            yield from _urgency(ask, motion)
        else:
            yield from _withdrawal(ask, motion)
